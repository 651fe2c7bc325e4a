//! Every text of `tests/fixtures/kramdown/CONSTRUCT/` gives what real Jekyll makes of it, white space included.
//! In: `NAME.md` and `NAME.html`, which `scripts/fixtures.rb` writes; the heads of the files in `src/markdown/kramdown/`.
//! Out: a failure that names the text or the file. Neighbours: `src/markdown/kramdown/`, with one file for each construct.
//!
//! Two pages are compared as trees of the HTML Standard's parser. The spans that Jekyll's highlighter puts into code are
//! left out on both sides.

#[path = "support/dom.rs"]
mod dom;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use apercu::markdown::{Dialect, Options, render_html};
use dom::Node;

/// Texts of which we are known to make something else; `src/markdown/kramdown/README.md` says why.
const KNOWN_DIFFERENCES: &[&str] = &[
    "extension_span/nomarkdown_half_a_tag",
    "list/comment_after_tight_text",
    "unhandled_line/comment",
    "unhandled_line/in_item",
];

/// Folders of fixtures that are no construct, and why.
const OTHER_FOLDERS: &[&str] = &[
    // Whole posts, in which many constructs stand together.
    "documents",
];

/// Constructs that kramdown's documentation does not describe, and why.
const UNDOCUMENTED: &[&str] = &[
    // kramdown itself calls it a line that should not occur.
    "unhandled_line",
];

fn fixtures() -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> = entries(FIXTURES)
        .iter()
        .flat_map(|folder| std::fs::read_dir(folder).expect("the folder of a construct"))
        .map(|file| file.expect("a file").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "md"))
        .collect();
    found.sort();
    found
}

/// The fixtures, one folder for each construct.
const FIXTURES: &str = "tests/fixtures/kramdown";

/// The files and folders in a folder of the project.
fn entries(folder: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    std::fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()).collect()
}

fn stem(path: &Path) -> String {
    path.file_stem().expect("a name").to_string_lossy().into_owned()
}

/// The constructs: the names of the files and folders in `block/` and `span/`, with their sources.
fn constructs() -> Vec<(String, String)> {
    let mut found = Vec::new();
    for kind in ["block", "span"] {
        for path in entries(&format!("src/markdown/kramdown/{kind}")) {
            let name = stem(&path);
            let file = if path.is_dir() { path.join("mod.rs") } else { path };
            if name != "mod" {
                found.push((name, std::fs::read_to_string(file).expect("a source")));
            }
        }
    }
    found
}

/// The tree, without the spans in `pre` and in highlighted `code`.
fn tree(html: &str) -> Vec<Node> {
    let mut kept: Vec<Node> = Vec::new();
    let mut code = 0;
    for node in dom::nodes(html) {
        match (&node, kept.last_mut()) {
            (Node::Open { name, .. }, _) if name == "pre" || name == "code" => code += 1,
            (Node::Close(name), _) if name == "pre" || name == "code" => code -= 1,
            (Node::Open { name, .. } | Node::Close(name), _) if name == "span" && code > 0 => continue,
            (Node::Text(more), Some(Node::Text(before))) => {
                before.push_str(more);
                continue;
            }
            _ => {}
        }
        kept.push(node);
    }
    kept
}

fn name(path: &Path) -> String {
    let parts: Vec<_> = path.components().rev().take(2).map(|part| part.as_os_str().to_string_lossy()).collect();
    format!("{}/{}", parts[1], parts[0].trim_end_matches(".md"))
}

#[test]
fn every_fixture_is_as_jekyll_publishes_it() {
    let options = Options::of(Dialect::Jekyll);
    let mut differing = BTreeSet::new();
    let paths = fixtures();
    assert!(paths.len() >= 350, "fixtures are missing: {}", paths.len());
    for path in &paths {
        let text = std::fs::read_to_string(path).expect("a text");
        let expected = std::fs::read_to_string(path.with_extension("html")).expect("what Jekyll makes of it");
        let ours = render_html(&text, &options);
        let name = name(path);
        if tree(&ours) != tree(&expected) {
            if !KNOWN_DIFFERENCES.contains(&name.as_str()) {
                eprintln!("--- {name}\n{text}\n--- expected\n{expected}\n--- ours\n{ours}");
            }
            differing.insert(name);
        }
    }
    let known: BTreeSet<String> = KNOWN_DIFFERENCES.iter().map(|name| (*name).to_owned()).collect();
    assert_eq!(differing, known, "what differs (left) is what is known to differ (right)");
}

#[test]
fn every_construct_has_its_file_and_its_fixtures() {
    let names: BTreeSet<String> = constructs().into_iter().map(|(name, _)| name).collect();
    let mut folders: BTreeSet<String> = entries(FIXTURES).iter().map(|path| stem(path)).collect();
    for other in OTHER_FOLDERS {
        assert!(folders.remove(*other), "{other} is no folder of fixtures");
    }
    assert_eq!(names, folders, "constructs with a file (left) are those with fixtures (right)");
    for folder in folders {
        let prefix = format!("{folder}/");
        assert!(fixtures().iter().any(|path| name(path).starts_with(&prefix)), "{folder} holds no text");
    }
}

/// The lines between the fence of `language` and its end, in the head of a source.
fn fenced(head: &str, language: &str) -> Option<String> {
    let start = format!("```{language}\n");
    let (_, rest) = head.split_once(&start)?;
    // `⇥` stands for a tab.
    rest.split_once("```\n\n").map(|(text, _)| text.replace('⇥', "\t"))
}

#[test]
fn the_head_of_every_construct_gives_grammar_example_and_sources() {
    for (name, source) in constructs() {
        let head: Vec<&str> = source.lines().map_while(|line| line.strip_prefix("//!")).collect();
        let head: String = head.iter().flat_map(|line| [line.strip_prefix(' ').unwrap_or(line), "\n"]).collect();
        assert!(fenced(&head, "bnf").is_some_and(|grammar| grammar.contains("::=")), "{name} has no grammar");
        let text = fenced(&head, "markdown").unwrap_or_else(|| panic!("{name} has no example"));
        let expected = fenced(&head, "html").unwrap_or_else(|| panic!("{name} has no HTML of its example"));
        let ours = render_html(&text, &Options::of(Dialect::Jekyll));
        // The head does not keep the line ends at the end of the page.
        assert_eq!(tree(ours.trim_end()), tree(expected.trim_end()), "the example of {name}: {ours}");
        let documented = head.contains("\nSyntax: <https://kramdown.gettalong.org/");
        assert_eq!(documented, !UNDOCUMENTED.contains(&name.as_str()), "{name} and its documentation");
        for part in ["\nFollows: kramdown", "In: ", "Out: ", "Neighbours:"] {
            assert!(head.contains(part), "{name} does not say {part:?}");
        }
    }
}
