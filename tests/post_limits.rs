//! Texts made to hurt: deep, long, self-multiplying. Each must be read or refused, quickly.

use std::time::{Duration, Instant};

use apercu::post::{Post, date_text, excerpt, read, slug, yaml};

/// Reads lines as a front matter and demands that it took no longer than `limit` milliseconds. The limits leave room for a
/// slow machine without optimization; what grows too fast goes far beyond them.
fn within(limit: u64, lines: &str) -> Post {
    let text = ["---\n", lines, "\n---\nBody"].concat();
    let start = Instant::now();
    let post = read("2014-12-08-a.md", &text);
    let took = start.elapsed();
    let shown: String = lines.chars().take(20).collect();
    assert!(took < Duration::from_millis(limit), "{shown:?}… took {took:?}");
    post
}

fn refused(limit: u64, lines: &str, code: &str) {
    let post = within(limit, lines);
    let codes: Vec<&str> = post.diagnostics.iter().map(|found| &*found.code).collect();
    assert!(post.failed && codes.contains(&code), "{codes:?}");
}

#[test]
fn deep_nesting_is_refused() {
    for piece in ["[", "{", "- ", "? ", "[{", "{a: ", "- ? ", "!!a [", "&a [", "{[a]: "] {
        let lines = piece.repeat(100_000);
        let post = within(10_000, &lines);
        assert!(post.failed, "{piece:?}");
        assert_eq!(post.diagnostics.len(), 1, "{piece:?}");
    }
    let indented: String = (0..2000).map(|depth| " ".repeat(depth) + "a:\n").collect();
    refused(10_000, &indented, "yaml-too-large");
}

#[test]
fn pieces_in_great_number_are_read_or_refused() {
    for piece in [
        "&a",
        "*a",
        "*a ",
        "&a ",
        "!a ",
        "\"",
        "'",
        "\\",
        "#",
        ": ",
        ":",
        "a: ",
        "a: b\n",
        "- a\n",
        "a\n",
        "\n",
        "\t",
        " ",
        "%",
        "@",
        ",",
        "]",
        "}",
        "|",
        ">",
        "<<: ",
        "? a\n",
        "---\n ",
        "...a\n",
        "\u{2028}",
        "é",
        "\u{FEFF}",
        "\0",
        "a: \"\nb\"\n",
        "a: [\nb]\n",
        "[a, ",
        "a:\n\t\n",
        "'a'b",
        "\"\n",
    ] {
        within(10_000, &piece.repeat(30_000));
        within(10_000, &["a: ", &piece.repeat(30_000)].concat());
        within(10_000, &["a: \"", &piece.repeat(30_000)].concat());
        within(10_000, &["a: [", &piece.repeat(30_000)].concat());
        within(10_000, &["a: |\n  ", &piece.repeat(30_000)].concat());
    }
}

#[test]
fn bombs_of_aliases_are_refused_at_once() {
    let mut laughs = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
    for level in 1..30 {
        let alias = format!("*a{}, ", level - 1);
        laughs += &format!("a{level}: &a{level} [{}]\n", alias.repeat(10));
    }
    refused(2000, &laughs, "yaml-too-large");

    let mut merges = "m0: &m0 {k: v}\n".to_owned();
    for level in 1..40 {
        merges += &format!("m{level}: &m{level}\n  a: *m{0}\n  b: *m{0}\n", level - 1);
    }
    refused(2000, &merges, "yaml-too-large");

    let long = ["t: &t ", &"x".repeat(1_000_000), "\nl: [", &"*t, ".repeat(5000), "]"].concat();
    refused(5000, &long, "yaml-too-large");

    let anchors: String = "&a [".repeat(120) + &"x, ".repeat(20_000) + &"]".repeat(120);
    refused(5000, &["n: ", &anchors].concat(), "yaml-too-large");
}

// Ten megabytes each: what is not linear would take hours.
#[test]
fn many_values_are_refused_and_long_ones_read() {
    refused(60_000, &"a: b\n".repeat(2_000_000), "yaml-too-large");
    let long = within(60_000, &["title: ", &"x".repeat(10_000_000)].concat());
    assert_eq!(long.title().len(), 10_000_000);
    let quoted = within(60_000, &["title: \"", &"x\n".repeat(1_000_000), "\""].concat());
    assert!(!quoted.title().is_empty());
    let comments = within(60_000, &"# x\n".repeat(2_500_000));
    assert!(!comments.failed && comments.diagnostics.is_empty());
}

#[test]
fn an_alias_inside_of_its_own_anchor_is_nothing() {
    let post = within(500, "a: &a [*a, 1]");
    assert!(!post.failed);
    assert_eq!(post.diagnostics.first().map(|found| &*found.code), Some("yaml-unknown-alias"));
}

#[test]
fn control_characters_are_errors_and_have_fixes() {
    for c in ['\0', '\u{1}', '\u{7}', '\u{B}', '\u{1B}', '\u{7F}', '\u{80}', '\u{9F}', '\u{FFFE}'] {
        let post = within(500, &format!("title: a{c}b"));
        assert!(post.failed, "{c:?}");
        assert!(post.diagnostics.first().is_some_and(|found| found.fix.is_some()), "{c:?}");
    }
}

#[test]
fn everything_else_is_linear_too() {
    let start = Instant::now();
    let brackets = "[".repeat(200_000) + "\n\n" + &"[".repeat(200_000);
    excerpt::extract(&brackets, "\n\n");
    excerpt::extract(&("[a]\n\n".to_owned() + &"[a]: /b\n".repeat(100_000)), "\n\n");
    excerpt::extract(&("{% if ".repeat(100_000) + "\n\nx"), "\n\n");
    excerpt::extract(&("{% if %}".repeat(100_000) + "\n\nx"), "\n\n");
    slug::slugify(&"- é".repeat(200_000), slug::Mode::Latin, slug::Case::Lower);
    date_text::read(&"1:".repeat(200_000));
    date_text::read(&"1".repeat(128));
    let name = "a/".repeat(200_000) + "2014-12-08-a.md";
    read(&name, "---\npermalink: /:path/:title\n---\n").categories();
    yaml::read(&"\u{2028}".repeat(200_000), 0);
    assert!(start.elapsed() < Duration::from_secs(30), "{:?}", start.elapsed());
}
