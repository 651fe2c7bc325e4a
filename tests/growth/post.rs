//! Reading a post: front matter, date, slug, excerpt. In: marks of YAML and Markdown repeated. Neighbours: `main.rs`;
//! `tests/post_limits.rs` holds what is refused.

use crate::Growth;
use crate::yaml_marks::MARKS;

#[test]
fn front_matter() {
    let mut growth = Growth::of("post");
    for piece in MARKS {
        for before in ["", "a: ", "a: \"", "a: '", "a: [", "a: |\n  ", "- ", "? ", "{"] {
            growth.add(|bytes| ["---\n", before, &piece.repeat(bytes / piece.len()), "\n---\nBody"].concat());
        }
    }
    growth.check();
}

#[test]
fn nested_front_matter() {
    let mut growth = Growth::of("post");
    for piece in [
        "[",
        "{",
        "- ",
        "? ",
        "[{",
        "{a: ",
        "- ? ",
        "!!a [",
        "&a [",
        "{[a]: ",
        "[\n",
        "{a:\n",
        "- - a\n",
        "a: 'b\nc'\n",
    ] {
        growth.add(|bytes| ["---\n", &piece.repeat(bytes / piece.len()), "\n---\nBody"].concat());
    }
    growth.check();
}

#[test]
fn bodies() {
    let mut growth = Growth::of("post");
    growth.add(|bytes| ["[".repeat(bytes / 2), "[".repeat(bytes / 2)].join("\n\n"));
    growth.add(|bytes| ["[a]\n\n", &"[a]: /b\n".repeat(bytes / 8)].concat());
    growth.add(|bytes| ["{% if ".repeat(bytes / 6), "x".to_owned()].join("\n\n"));
    growth.add(|bytes| ["{% if %}".repeat(bytes / 8), "x".to_owned()].join("\n\n"));
    growth.check();
}

#[test]
fn slugs() {
    let mut growth = Growth::of("slug");
    growth.repeat("- é");
    growth.check();
}

#[test]
fn dates() {
    let mut growth = Growth::of("date");
    growth.repeat("1:");
    growth.repeat("1");
    growth.check();
}

#[test]
fn names_of_files() {
    let mut growth = Growth::of("file_name");
    growth.add(|bytes| ["a/".repeat(bytes / 2), "2014-12-08-a.md".to_owned()].concat());
    growth.check();
}
