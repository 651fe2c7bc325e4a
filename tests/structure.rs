//! What the map promises of the tree itself. In: the sources. Out: a failure that names the file.
//! Neighbours: `src/README.md` states each of these.

#[path = "support/imports.rs"]
mod imports;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use apercu::cli::{Topic, reference};
use apercu::commands::{COMMANDS, MORE_COMMANDS};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn files(folder: &str, extension: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![root().join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("the folder can be read").flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e == extension) {
                found.push(path);
            }
        }
    }
    assert!(!found.is_empty(), "{folder} holds no .{extension}");
    found
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).expect("the file can be read")
}

#[test]
fn every_file_opens_by_saying_what_it_is() {
    for path in files("src", "rs") {
        assert!(read(&path).starts_with("//! "), "{} has no opening line", path.display());
    }
}

#[test]
fn no_file_is_longer_than_one_sitting() {
    for path in files("src", "rs") {
        let lines = read(&path).lines().count();
        assert!(lines <= 700, "{} has {lines} lines", path.display());
    }
}

/// Names of two types. `InitialPreview` of `main.rs` is what JavaScript gets of the one in `app/preview/`; the others are
/// of Liquid or the page, and once more of the tables that `highlight/` runs. This list may only become shorter.
const KNOWN_PAIRS: [&str; 9] =
    ["Condition", "Expression", "InitialPreview", "Interpreter", "Item", "Run", "State", "Target", "Value"];

/// The name that a line declares: of a struct, an enum, a trait, a type of a module, or a component of Yew.
fn declared(line: &str) -> Option<&str> {
    let visibility = line.trim_start().strip_prefix("pub(").and_then(|rest| rest.split_once(") "));
    let item = visibility.map_or(line.trim_start(), |(_, item)| item);
    let item = item.strip_prefix("pub ").unwrap_or(item);
    let (keyword, rest) = item.split_once(' ')?;
    let is_type = match keyword {
        "struct" | "enum" | "trait" | "union" => true,
        // An indented `type` is one of a trait.
        "type" => !line.starts_with(' '),
        "fn" => rest.starts_with(char::is_uppercase),
        _ => false,
    };
    rest.split(|c: char| !c.is_alphanumeric() && c != '_').next().filter(|_| is_type)
}

#[test]
fn a_name_of_a_type_stands_for_one_thing() {
    let mut places: BTreeMap<String, Vec<PathBuf>> = BTreeMap::new();
    for path in files("src", "rs") {
        for name in read(&path).lines().filter_map(declared).filter(|name| !KNOWN_PAIRS.contains(name)) {
            places.entry(name.to_owned()).or_default().push(path.clone());
        }
    }
    assert!(places.len() > 300, "{} types: the sources were not read", places.len());
    places.retain(|_, paths| paths.len() > 1);
    assert!(places.is_empty(), "two types have one name: {places:#?}");
}

/// The layers in the order of the map, and what of our own each may import.
const LAYERS: [(&str, &[&str]); 18] = [
    ("text", &[]),
    ("post", &["text"]),
    ("highlight", &["text"]),
    ("code", &["text", "highlight"]),
    ("liquid", &["text", "post", "highlight", "code"]),
    ("markdown", &["text", "post", "code", "liquid"]),
    ("commands", &["text", "post", "liquid", "markdown"]),
    ("paste", &["text", "code", "markdown", "commands"]),
    ("compare", &["text", "markdown"]),
    ("checks", &["text", "post", "code", "markdown"]),
    ("render", &["text", "post", "code", "liquid", "markdown", "checks"]),
    ("site", &["text", "post", "code", "liquid", "markdown", "render"]),
    ("cli", &["text", "post", "highlight", "code", "liquid", "markdown", "commands", "checks", "render", "site"]),
    ("storage", &["text", "post", "liquid", "markdown", "commands"]),
    ("view", &["text", "post", "code", "markdown", "checks"]),
    ("writing", &["text", "post", "view"]),
    (
        "app",
        &[
            "text",
            "post",
            "highlight",
            "code",
            "liquid",
            "markdown",
            "commands",
            "paste",
            "compare",
            "checks",
            "render",
            "site",
            "storage",
            "view",
            "writing",
            "split_point",
        ],
    ),
    (
        "embed",
        &[
            "text",
            "post",
            "highlight",
            "code",
            "liquid",
            "markdown",
            "commands",
            "checks",
            "render",
            "storage",
            "view",
            "app",
        ],
    ),
];

#[test]
fn nothing_flows_uphill() {
    for (layer, below) in LAYERS {
        for path in files(&format!("src/{layer}"), "rs") {
            for line in read(&path).lines().filter(|line| !line.trim_start().starts_with("//")) {
                for part in line.split("crate::").skip(1) {
                    let name: String = part.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
                    // `use crate::{…}` and macros of the crate name no layer.
                    let known = name == layer || below.contains(&name.as_str()) || name.is_empty();
                    assert!(known, "{} imports {name}", path.display());
                }
            }
        }
    }
}

/// Files that still import each other: a type and what reads it, in most of them. This list may only become shorter.
const KNOWN_CYCLES: [&[&str]; 4] = [
    &["cli::policy", "cli::post_file", "cli::sites"],
    &["markdown::kramdown::block_scanner", "markdown::kramdown::chip_line"],
    &["markdown::kramdown::span::codespan", "markdown::kramdown::span::emphasis", "markdown::kramdown::span_parser"],
    &["post::permalink", "post::site", "post::site_checks"],
];

#[test]
fn no_further_files_import_each_other() {
    let modules = imports::modules(&root().join("src"));
    // The files that run Rouge's tables call each other: a lexer may use other lexers.
    let counts = |module: &str| !module.starts_with("highlight::");
    let graph: BTreeMap<String, BTreeSet<String>> = modules
        .iter()
        .filter(|(module, _)| counts(module))
        .map(|(module, path)| {
            let named = imports::imports(module, &read(path), &modules);
            (module.clone(), named.into_iter().filter(|name| counts(name)).collect())
        })
        .collect();
    let edges: usize = graph.values().map(BTreeSet::len).sum();
    assert!(graph.len() > 300 && edges > 900, "{} files and {edges} imports: the sources were not read", graph.len());
    assert_eq!(imports::cycles(&graph), KNOWN_CYCLES);
}

#[test]
fn every_file_that_a_head_names_exists() {
    let sources: Vec<PathBuf> = ["rs", "js", "ts", "md"].iter().flat_map(|kind| files("src", kind)).collect();
    let others =
        ["index.html", "preview.html", "site.html", "with-scripts.html", "build.rs"].map(|name| root().join(name));
    let scripts = files("scripts", "mjs").into_iter().chain(files("scripts", "rb")).chain(files("scripts", "rs"));
    let known: Vec<String> = sources
        .iter()
        .cloned()
        .chain(others)
        .chain(scripts)
        .chain(files("styles", "css"))
        .chain(files("tests", "rs"))
        .map(|path| path.display().to_string())
        .collect();
    let mut missing = Vec::new();
    for path in files("src", "rs") {
        for line in read(&path).lines().take_while(|line| line.starts_with("//!")) {
            for name in line.split('`').skip(1).step_by(2) {
                let is_file = [".rs", ".js", ".mjs", ".css", ".html"].iter().any(|end| name.ends_with(end));
                let is_plain = name.chars().all(|c| c.is_alphanumeric() || "_-./".contains(c));
                let tail = format!("/{}", name.trim_start_matches("../"));
                if is_file && is_plain && !known.iter().any(|path| path.ends_with(&tail)) {
                    missing.push(format!("{}: {name}", path.display()));
                }
            }
        }
    }
    assert!(missing.is_empty(), "heads name files that are not there: {missing:#?}");
}

/// What only the pipeline and the layers below it may name.
const STEPS: [&str; 8] = [
    "post::read(",
    "post::read_body",
    "Reader::",
    "liquid::of_post",
    "liquid::render",
    "BlockStore",
    "markdown::render_html",
    "Review {",
];

#[test]
fn there_is_one_pipeline() {
    let callers = ["src/cli", "src/app", "src/embed", "benches", "fuzz", "examples"];
    for path in callers.iter().flat_map(|folder| files(folder, "rs")) {
        // The tests of growth count the instructions of each step by itself.
        if path.ends_with("examples/steps.rs") {
            continue;
        }
        let source = read(&path);
        for step in STEPS {
            assert!(!source.contains(step), "{} names {step}: `render/` does that", path.display());
        }
    }
}

#[test]
fn the_core_knows_no_browser() {
    for layer in ["text", "post", "liquid", "markdown", "compare", "commands", "checks", "render", "site", "view"] {
        for path in files(&format!("src/{layer}"), "rs") {
            // What JavaScript's engine knows is not carried twice.
            if path.ends_with("text/case.rs") || path.ends_with("text/float.rs") {
                continue;
            }
            let source = read(&path);
            for browser in ["web_sys", "js_sys", "wasm_bindgen", "gloo"] {
                assert!(!source.contains(browser), "{} names {browser}", path.display());
            }
        }
    }
    let tree = Command::new(env!("CARGO"))
        .args(["tree", "--edges", "normal", "--target", "x86_64-unknown-linux-gnu", "--offline"])
        .current_dir(root())
        .output()
        .expect("cargo tree runs");
    let tree = String::from_utf8_lossy(&tree.stdout);
    assert!(tree.contains("pulldown-cmark"), "the tree was not read: {tree}");
    for browser in ["web-sys", "js-sys", "wasm-bindgen", "yew"] {
        assert!(!tree.contains(browser), "a native build needs {browser}");
    }
}

#[test]
fn the_reference_is_what_the_program_writes() {
    for (topic, file) in [(Topic::Checks, "docs/checks.md"), (Topic::Commands, "docs/commands.md")] {
        let kept = read(&root().join(file));
        assert_eq!(kept, reference(topic), "{file} is not up to date: ./dev docs writes it");
    }
}

#[test]
fn the_packages_types_name_every_command() {
    let types = read(&root().join("src/embed/index.d.ts"));
    let list =
        types.split_once("export type CommandName =").and_then(|(_, rest)| rest.split_once(';')).expect("the list").0;
    let names: Vec<&str> =
        list.split('|').map(|name| name.trim().trim_matches('"')).filter(|name| !name.is_empty()).collect();
    let ids: Vec<&str> = COMMANDS.iter().chain(MORE_COMMANDS).map(|command| command.id).collect();
    assert_eq!(names, ids, "CommandName in src/embed/index.d.ts is not the table of commands");
}
