//! Whole sites, file by file. In: archives, or folders of them, each with `site/`, perhaps `theme/`, and what Jekyll made
//! of it in `expected/`; `files.tsv` names files that two builds of Jekyll make differently. Out: how many files are the
//! same. Neighbours: `levels.rs` compares HTML.
//!
//! HTML is compared as documents at level `a`, XML without white space between its elements, style sheets rule by rule,
//! anything else as text.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use apercu::cli;

use crate::levels::{self, Levels};

/// The clock of the builds that made `expected/`.
const NOW: &str = "2026-01-01 00:00:00 +0000";

/// Files of one kind: how many there are, how many are the same, and the same with colours of code.
#[derive(Clone, Copy, Default)]
struct Count {
    all: usize,
    same: usize,
    exact: usize,
}

/// Builds the sites in the archives, and tells what is the same.
pub fn compare(arguments: impl Iterator<Item = String>) -> std::io::Result<()> {
    let mut examples = 0;
    let mut sums: BTreeMap<&str, Count> = BTreeMap::new();
    let mut archives: Vec<PathBuf> = Vec::new();
    let mut arguments = arguments.peekable();
    while let Some(argument) = arguments.next() {
        if argument == "--examples" {
            examples = arguments.next().and_then(|count| count.parse().ok()).unwrap_or(0);
        } else if Path::new(&argument).is_dir() {
            archives.extend(std::fs::read_dir(&argument)?.filter_map(|entry| entry.ok().map(|entry| entry.path())));
        } else {
            archives.push(argument.into());
        }
    }
    archives.retain(|path| path.extension().is_some_and(|extension| extension == "xz"));
    archives.sort();
    for archive in archives {
        let place = tempfile::tempdir()?;
        let unpacked = Command::new("tar").arg("-C").arg(place.path()).arg("-xf").arg(&archive).status()?;
        if !unpacked.success() {
            return Err(std::io::Error::other(format!("{} cannot be unpacked", archive.display())));
        }
        let root = std::fs::read_dir(place.path())?.filter_map(Result::ok).map(|entry| entry.path());
        let root = root.chain([place.path().to_owned()]).find(|root| root.join("site").is_dir());
        let Some(root) = root else { continue };
        let start = Instant::now();
        build(&root);
        let took = start.elapsed();
        let mut counts: BTreeMap<&str, Count> = BTreeMap::new();
        let mut wrong = Vec::new();
        for path in stable_files(&root)? {
            let (kind, same, exact, excerpt) = compare_file(&root, &path);
            for count in [counts.entry(kind).or_default(), sums.entry(kind).or_default()] {
                count.all += 1;
                count.same += usize::from(same);
                count.exact += usize::from(exact);
            }
            if !same {
                wrong.push(if wrong.len() < examples { format!("{path}\n{excerpt}") } else { path });
            }
        }
        let name = archive.file_name().unwrap_or_default().to_string_lossy().into_owned();
        println!("{name}: {} in {took:.1?}", told(&counts));
        wrong.iter().take(6).for_each(|path| println!("    {path}"));
    }
    println!("all: {}", told(&sums));
    Ok(())
}

fn told(counts: &BTreeMap<&str, Count>) -> String {
    let part = |(kind, count): (&&str, &Count)| {
        let percent = |part: usize| 100.0 * part as f64 / count.all.max(1) as f64;
        let Count { all, same, exact } = *count;
        format!("{kind} {same}/{all} = {:.2} % (with colours {:.2} %)", percent(same), percent(exact))
    };
    counts.iter().map(part).collect::<Vec<_>>().join(", ")
}

/// Builds the site as `apercu build` does, next to what is expected.
fn build(root: &Path) {
    let site = root.join("site");
    let configs = [site.join("_config.yml"), site.join("_pinned.yml")];
    let configs: Vec<String> = configs.iter().map(|path| path.to_string_lossy().into_owned()).collect();
    let mut arguments: Vec<OsString> = vec!["build".into(), site.into(), "-d".into(), root.join("ours").into()];
    arguments.extend(["--config".into(), configs.join(",").into(), "--now".into(), NOW.into()]);
    if root.join("theme").is_dir() {
        arguments.extend(["--theme".into(), root.join("theme").into()]);
    }
    let (mut out, mut errors) = (Vec::new(), Vec::new());
    cli::run(arguments.into_iter(), &mut out, &mut errors);
}

/// The files that Jekyll wrote, but for those that it makes differently each time.
fn stable_files(root: &Path) -> std::io::Result<Vec<String>> {
    let list = std::fs::read_to_string(root.join("files.tsv")).unwrap_or_default();
    let unstable: BTreeSet<&str> =
        list.lines().filter(|line| line.contains("unstable")).filter_map(|line| line.split('\t').next()).collect();
    let mut found = Vec::new();
    let mut folders = vec![root.join("expected")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder)?.filter_map(Result::ok) {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if let Ok(path) = path.strip_prefix(root.join("expected")) {
                found.push(path.to_string_lossy().into_owned());
            }
        }
    }
    found.retain(|path| !unstable.contains(&**path));
    found.sort();
    Ok(found)
}

/// The kind of a file, whether it is the same, whether also the colours of its code are, and the first difference.
fn compare_file(root: &Path, path: &str) -> (&'static str, bool, bool, String) {
    let text = |folder: &str| {
        std::fs::read(root.join(folder).join(path)).map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
    };
    let kind = match path.rsplit('.').next() {
        Some("html" | "htm") => "html",
        Some("xml") => "xml",
        Some("css") => "css",
        _ => "other",
    };
    let (Ok(expected), Ok(ours)) = (text("expected"), text("ours")) else {
        return (kind, false, false, "    missing".to_owned());
    };
    let alike = |same: bool| (kind, same, same, String::new());
    match kind {
        "html" => {
            let levels = Levels::of_documents(&expected, &ours);
            let excerpt = if levels.a_minus { String::new() } else { levels::excerpt_of_documents(&expected, &ours) };
            (kind, levels.a_minus, levels.a, excerpt)
        }
        "xml" => alike(squeezed(&expected) == squeezed(&ours)),
        "css" => {
            let (expected, ours) = (rules(&expected), rules(&ours));
            let different = expected.symmetric_difference(&ours).count();
            alike(different * 200 <= expected.len().max(1))
        }
        _ => alike(expected.trim() == ours.trim()),
    }
}

/// XML without white space between elements and around texts.
fn squeezed(xml: &str) -> String {
    let parts = xml.trim_start_matches('\u{FEFF}').split('<').map(|part| match part.split_once('>') {
        Some((tag, text)) => [tag.trim_end_matches('/').trim(), ">", text.trim()].concat(),
        None => part.trim().to_owned(),
    });
    parts.collect::<Vec<_>>().join("<")
}

/// The rules of a style sheet, white space and comments aside.
fn rules(css: &str) -> BTreeSet<String> {
    let mut plain = String::new();
    let mut rest = css.trim_start_matches('\u{FEFF}');
    while let Some((before, after)) = rest.split_once("/*") {
        plain.push_str(before);
        rest = after.split_once("*/").map_or("", |(_, after)| after);
    }
    plain.push_str(rest);
    let words = plain.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut tight = String::with_capacity(words.len());
    for c in words.chars() {
        let is_mark = |c: char| "{};:,>+~/".contains(c);
        if is_mark(c) && tight.ends_with(' ') {
            tight.pop();
        }
        if c != ' ' || !tight.ends_with(is_mark) {
            tight.push(c);
        }
    }
    tight.split('}').map(|rule| rule.trim().trim_end_matches(';').to_owned()).filter(|rule| !rule.is_empty()).collect()
}
