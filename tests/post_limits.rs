//! Front matter made to hurt: deep, long, self-multiplying. Each is read or refused; what is not refused in time would
//! not end. In: made texts. Neighbours: `growth/post.rs` counts the work.

#[path = "support/yaml_marks.rs"]
mod yaml_marks;

use apercu::post::{Post, read};
use yaml_marks::MARKS;

/// Reads lines as a front matter.
fn read_front(lines: &str) -> Post {
    read("2014-12-08-a.md", &["---\n", lines, "\n---\nBody"].concat())
}

fn refused(lines: &str, code: &str) {
    let post = read_front(lines);
    let codes: Vec<&str> = post.diagnostics.iter().map(|found| &*found.code).collect();
    assert!(post.failed && codes.contains(&code), "{codes:?}");
}

#[test]
fn deep_nesting_is_refused() {
    for piece in ["[", "{", "- ", "? ", "[{", "{a: ", "- ? ", "!!a [", "&a [", "{[a]: "] {
        let lines = piece.repeat(100_000);
        let post = read_front(&lines);
        assert!(post.failed, "{piece:?}");
        assert_eq!(post.diagnostics.len(), 1, "{piece:?}");
    }
    let indented: String = (0..2000).map(|depth| " ".repeat(depth) + "a:\n").collect();
    refused(&indented, "yaml-too-large");
}

#[test]
fn pieces_in_great_number_are_read_or_refused() {
    for piece in MARKS.into_iter().chain(["a: \"\nb\"\n"]) {
        read_front(&piece.repeat(30_000));
        read_front(&["a: ", &piece.repeat(30_000)].concat());
        read_front(&["a: \"", &piece.repeat(30_000)].concat());
        read_front(&["a: [", &piece.repeat(30_000)].concat());
        read_front(&["a: |\n  ", &piece.repeat(30_000)].concat());
    }
}

#[test]
fn bombs_of_aliases_are_refused_at_once() {
    let mut laughs = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
    for level in 1..30 {
        let alias = format!("*a{}, ", level - 1);
        laughs += &format!("a{level}: &a{level} [{}]\n", alias.repeat(10));
    }
    refused(&laughs, "yaml-too-large");

    let mut merges = "m0: &m0 {k: v}\n".to_owned();
    for level in 1..40 {
        merges += &format!("m{level}: &m{level}\n  a: *m{0}\n  b: *m{0}\n", level - 1);
    }
    refused(&merges, "yaml-too-large");

    let long = ["t: &t ", &"x".repeat(1_000_000), "\nl: [", &"*t, ".repeat(5000), "]"].concat();
    refused(&long, "yaml-too-large");

    let anchors: String = "&a [".repeat(120) + &"x, ".repeat(20_000) + &"]".repeat(120);
    refused(&["n: ", &anchors].concat(), "yaml-too-large");
}

// Ten megabytes each.
#[test]
fn many_values_are_refused_and_long_ones_read() {
    refused(&"a: b\n".repeat(2_000_000), "yaml-too-large");
    let long = read_front(&["title: ", &"x".repeat(10_000_000)].concat());
    assert_eq!(long.title().len(), 10_000_000);
    let quoted = read_front(&["title: \"", &"x\n".repeat(1_000_000), "\""].concat());
    assert!(!quoted.title().is_empty());
    let comments = read_front(&"# x\n".repeat(2_500_000));
    assert!(!comments.failed && comments.diagnostics.is_empty());
}

#[test]
fn an_alias_inside_of_its_own_anchor_is_nothing() {
    let post = read_front("a: &a [*a, 1]");
    assert!(!post.failed);
    assert_eq!(post.diagnostics.first().map(|found| &*found.code), Some("yaml-unknown-alias"));
}

#[test]
fn control_characters_are_errors_and_have_fixes() {
    for c in ['\0', '\u{1}', '\u{7}', '\u{B}', '\u{1B}', '\u{7F}', '\u{80}', '\u{9F}', '\u{FFFE}'] {
        let post = read_front(&format!("title: a{c}b"));
        assert!(post.failed, "{c:?}");
        assert!(post.diagnostics.first().is_some_and(|found| found.fix.is_some()), "{c:?}");
    }
}
