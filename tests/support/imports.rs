//! Which file of `src` imports which. In: the sources. Out: edges between modules, cycles among them. Neighbours:
//! `tests/structure.rs` says what may be.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// The files below `src`, by the path of their module (`app::editor::controller`).
pub fn modules(src: &Path) -> BTreeMap<String, PathBuf> {
    let mut found = BTreeMap::new();
    let mut folders = vec![src.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for path in fs::read_dir(&folder).expect("a folder of sources").flatten().map(|entry| entry.path()) {
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let below = path.strip_prefix(src).expect("a file below src").with_extension("");
                let mut names: Vec<&str> = below.iter().filter_map(|name| name.to_str()).collect();
                if names.last() == Some(&"mod") {
                    names.pop();
                }
                found.insert(names.join("::"), path);
            }
        }
    }
    found
}

/// The modules that the file of `module` names: in `use` and within expressions, by `crate::`, `apercu::`, `super::` and
/// `self::`. Its tests do not count.
pub fn imports(module: &str, source: &str, modules: &BTreeMap<String, PathBuf>) -> BTreeSet<String> {
    let code: String = source
        .split("#[cfg(test)]\nmod tests")
        .next()
        .unwrap_or_default()
        .lines()
        .map(|line| line.split("//").next().unwrap_or_default())
        .collect::<Vec<_>>()
        .join("\n");
    let own: Vec<&str> = module.split("::").filter(|name| !name.is_empty()).collect();
    let mut found = BTreeSet::new();
    for path in paths(&code) {
        let mut names: Vec<&str> = path.split("::").filter(|name| !name.is_empty()).collect();
        let mut base = Vec::new();
        match names.first() {
            Some(&("crate" | "apercu")) => drop(names.remove(0)),
            Some(&"self") => {
                names.remove(0);
                base.clone_from(&own);
            }
            Some(&"super") => {
                base.clone_from(&own);
                while names.first() == Some(&"super") {
                    names.remove(0);
                    base.pop();
                }
            }
            _ => continue,
        }
        base.extend(names);
        let known =
            (1..=base.len()).rev().map(|length| base[..length].join("::")).find(|name| modules.contains_key(name));
        found.extend(known.filter(|known| known != module));
    }
    found
}

/// All paths in the code that begin with one of the four words, with the trees of `use` written out.
fn paths(code: &str) -> Vec<String> {
    let mut found = Vec::new();
    for start in ["crate::", "apercu::", "super::", "self::"] {
        for (at, _) in code.match_indices(start) {
            let before = code[..at].chars().next_back();
            // `super::super::` and `pub(crate::…)` are read from their beginning.
            if before.is_some_and(|c| c.is_alphanumeric() || c == '_' || c == ':') {
                continue;
            }
            tree(&code[at..], String::new(), &mut found);
        }
    }
    found
}

/// Reads one path, or the tree of a `use`, from the start of `code`. Gives how many bytes it is long.
fn tree(code: &str, prefix: String, found: &mut Vec<String>) -> usize {
    let length = code.find(|c: char| !(c.is_alphanumeric() || c == '_' || c == ':')).unwrap_or(code.len());
    let path = format!("{prefix}{}", &code[..length]);
    if !path.ends_with("::") || !code[length..].starts_with('{') {
        found.push(path);
        return length;
    }
    let mut at = length + 1;
    while at < code.len() && !code[at..].starts_with('}') {
        let skipped = code[at..].find(|c: char| !(c.is_whitespace() || c == ',')).unwrap_or(code.len() - at);
        at += skipped;
        if code[at..].starts_with('}') || at >= code.len() {
            break;
        }
        let read = tree(&code[at..], path.clone(), found);
        at += read;
        // `as name`, and whatever else stands before the next comma.
        at += code[at..].find([',', '}']).unwrap_or(code.len() - at);
    }
    (at + 1).min(code.len())
}

/// Groups of modules that import each other, directly or by others; each in the order of names.
pub fn cycles(graph: &BTreeMap<String, BTreeSet<String>>) -> Vec<Vec<String>> {
    let reach = |from: &String| {
        let mut seen = BTreeSet::new();
        let mut next: Vec<&String> = graph.get(from).into_iter().flatten().collect();
        while let Some(module) = next.pop() {
            if seen.insert(module.clone()) {
                next.extend(graph.get(module).into_iter().flatten());
            }
        }
        seen
    };
    let reached: BTreeMap<&String, BTreeSet<String>> = graph.keys().map(|module| (module, reach(module))).collect();
    let mut groups: Vec<Vec<String>> = Vec::new();
    for (module, others) in &reached {
        if others.contains(*module) && !groups.iter().flatten().any(|known| known == *module) {
            let group = others.iter().filter(|other| reached.get(other).is_some_and(|back| back.contains(*module)));
            groups.push(group.cloned().collect());
        }
    }
    groups
}
