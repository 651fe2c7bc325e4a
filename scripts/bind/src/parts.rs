//! Which files the parts of a program consist of. In: the files that the parts were written to, one for each set of parts
//! that share something. Out: fewer and larger files, which are smaller with compression. Neighbours: `merge.rs`.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::error::Error;
use std::fs;
use std::path::Path;

use crate::merge::{calls, merge};

/// For each part, the names of its files.
pub type Parts = BTreeMap<String, BTreeSet<String>>;

/// A part that is wanted.
pub struct WantedPart<'a> {
    name: &'a str,
    /// The part that is always there before this one is loaded.
    earlier: Option<&'a str>,
}

impl<'a> WantedPart<'a> {
    /// `NAME`, or `NAME@EARLIER`.
    pub fn read(text: &'a str) -> Self {
        match text.split_once('@') {
            Some((name, earlier)) => Self { name, earlier: Some(earlier) },
            None => Self { name: text, earlier: None },
        }
    }
}

/// A file of at most so many bytes, not optimised, is not worth a request.
const SMALL: u64 = 32_000;

/// Merges the files in `folder` that the same `wanted` parts need, and removes those that none needs. What the part
/// `first` needs is one file, even where others need it too: that part is loaded in any case. What a part and an earlier one
/// need is a file of the earlier one. A small file is merged with the smallest one that is loaded wherever it is needed. `pointers` are the names of the functions that the program has
/// pointers to, `called` the places of the table that the main part calls.
///
/// # Errors
///
/// Where a file cannot be read, merged or written.
pub fn gather(
    folder: &Path,
    mut parts: Parts,
    wanted: &[WantedPart<'_>],
    first: Option<&str>,
    pointers: &HashSet<String>,
    called: &HashSet<u32>,
) -> Result<Parts, Box<dyn Error>> {
    let files: BTreeSet<String> = parts.values().flatten().cloned().collect();
    parts.retain(|part, _| wanted.iter().any(|wanted| wanted.name == part));
    let earlier = |part: &str| wanted.iter().find(|wanted| wanted.name == part)?.earlier;
    // The file of `first` is loaded with all of them.
    let all: BTreeSet<String> = parts.keys().cloned().collect();
    let mut groups: BTreeMap<BTreeSet<String>, Vec<Vec<u8>>> = BTreeMap::new();
    for file in files {
        let path = folder.join(&file);
        let needs_it = |part: &str| parts.get(part).is_some_and(|files| files.contains(&file));
        let is_first_to = |part: &&String| needs_it(part) && !earlier(part).is_some_and(needs_it);
        let users: BTreeSet<String> = all.iter().filter(is_first_to).cloned().collect();
        let of_first = first.is_some_and(|first| users.contains(first));
        if !users.is_empty() {
            groups.entry(if of_first { all.clone() } else { users }).or_default().push(fs::read(&path)?);
        }
        fs::remove_file(path)?;
    }

    let is_of_first = |users: &BTreeSet<String>| first.is_some() && *users == all;
    let mut by_number: Vec<BTreeSet<String>> = groups.keys().filter(|users| !is_of_first(users)).cloned().collect();
    by_number.sort_by_key(BTreeSet::len);
    for users in by_number {
        if size(&groups[&users]) > SMALL {
            continue;
        }
        let is_loaded_for = |others: &BTreeSet<String>, user: &String| {
            others.contains(user) || earlier(user).is_some_and(|earlier| others.contains(earlier))
        };
        let larger = groups.keys().filter(|others| {
            **others != users && users.iter().all(|user| is_loaded_for(others, user)) && !is_of_first(others)
        });
        let Some(target) = larger.min_by_key(|others| size(&groups[*others])).cloned() else { continue };
        let modules = groups.remove(&users).unwrap_or_default();
        groups.entry(target).or_default().extend(modules);
    }

    let calls_of = |modules: &Vec<Vec<u8>>| {
        modules
            .iter()
            .map(|module| calls(module))
            .collect::<Result<Vec<_>, _>>()
            .map(|calls| calls.into_iter().flatten().collect())
    };
    let calls = groups.values().map(calls_of).collect::<Result<Vec<HashSet<u32>>, _>>()?;
    let mut gathered: Parts = all.iter().map(|part| (part.clone(), BTreeSet::new())).collect();
    for (group, (users, modules)) in groups.into_iter().enumerate() {
        let names: Vec<&str> = users.iter().map(String::as_str).collect();
        let name = match (first, &names[..]) {
            (Some(first), _) if users == all => format!("split_{first}.wasm"),
            (_, [part]) => format!("split_{part}.wasm"),
            _ => format!("shared_{}.wasm", names.join("_")),
        };
        let others = |place| calls.iter().enumerate().any(|(other, calls)| other != group && calls.contains(&place));
        let is_called = |place, name: &str| pointers.contains(name) || called.contains(&place) || others(place);
        fs::write(folder.join(&name), merge(&modules, is_called)?)?;
        for part in users {
            gathered.entry(part).or_default().insert(name.clone());
        }
    }
    for part in wanted {
        let files = part.earlier.and_then(|earlier| gathered.get(earlier)).cloned().unwrap_or_default();
        gathered.entry(part.name.to_owned()).or_default().extend(files);
    }
    Ok(gathered)
}

/// Of all modules, in bytes.
fn size(modules: &[Vec<u8>]) -> u64 {
    modules.iter().map(|module| module.len() as u64).sum()
}
