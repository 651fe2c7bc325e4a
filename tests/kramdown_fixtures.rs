//! Every text of `tests/fixtures/CONSTRUCT/` gives what real Jekyll makes of it, white space included.
//! In: `NAME.md` and `NAME.html`, which `scripts/fixtures.rb` writes. Neighbours: `src/markdown/kramdown/`.
//!
//! The two are compared as trees of the HTML Standard's parser. The spans that Jekyll's highlighter puts into code are
//! left out on both sides.

#[path = "support/dom.rs"]
mod dom;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use apercu::markdown::{Dialect, Options, render_html};
use dom::Node;

/// Texts of which we are known to make something else; `src/markdown/kramdown/README.md` says why.
const KNOWN_DIFFERENCES: &[&str] = &[
    "extensions/nomarkdown_half_a_tag",
    "list/comment_after_tight_text",
    "paragraph/loose_line_in_item",
    "paragraph/loose_line_of_comment",
];

fn fixtures() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
    let mut found = Vec::new();
    for folder in std::fs::read_dir(root).expect("the folder of fixtures") {
        for file in std::fs::read_dir(folder.expect("a folder").path()).expect("a construct's folder") {
            let path = file.expect("a file").path();
            if path.extension().is_some_and(|extension| extension == "md") {
                found.push(path);
            }
        }
    }
    found.sort();
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
