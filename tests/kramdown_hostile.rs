//! Texts that are hard on a parser: spans hold. In: made texts. Neighbours: `kramdown_fixtures.rs` looks at what comes
//! out, `growth/` at the work.

#[path = "support/families.rs"]
mod families;

use apercu::markdown::event::{Event, Item};
use apercu::markdown::{KramdownOptions, kramdown};
use families::{FAMILIES, made};

/// Spans lie in the body on characters' bounds; those of elements hold those of their content; nothing stays open.
fn check_spans(body: &str, items: &[Item<'_>]) {
    let mut open = Vec::new();
    for item in items {
        let span = item.span;
        assert!(body.get(span.start..span.end).is_some(), "{span:?} of {body:?}");
        if let Event::End(_) = item.event {
            assert_eq!(open.pop(), Some(span), "{body:?}");
            continue;
        }
        if let Some(&outer) = open.last() {
            let outer: apercu::text::Span = outer;
            assert!(outer.start <= span.start && span.end <= outer.end, "{item:?} not in {outer:?} of {body:?}");
        }
        if let Event::Start(..) = item.event {
            open.push(span);
        }
    }
    assert!(open.is_empty(), "{body:?}");
}

#[test]
fn spans_nest_in_hostile_texts() {
    for &family in FAMILIES {
        let text = made(family, 600);
        check_spans(&text, &kramdown::parse(&text, &KramdownOptions::default()));
        let windows = text.replace('\n', "\r\n");
        check_spans(&windows, &kramdown::parse(&windows, &KramdownOptions::default()));
    }
}

#[test]
fn top_level_blocks_come_in_order() {
    let body = "a[^1]\n\n[^1]: note\n\n- x\n- y\n\nt\n: d\n\n{:.k}\n> q\n\n| a |\n\n# h\n";
    let items = kramdown::parse(body, &KramdownOptions::default());
    let mut depth = 0usize;
    let mut last = 0;
    for item in &items {
        match item.event {
            Event::Start(..) => {
                if depth == 0 {
                    assert!(item.span.start >= last, "{item:?}");
                    last = item.span.start;
                }
                depth += 1;
            }
            Event::End(_) => depth -= 1,
            _ => {}
        }
    }
}

const PIECES: &[&str] = &[
    "a",
    "é",
    "日",
    "\n",
    "\n\n",
    " ",
    "  ",
    "    ",
    "\t",
    "*",
    "**",
    "_",
    "`",
    "``",
    "[",
    "]",
    "(",
    ")",
    "!",
    "<",
    ">",
    "<b>",
    "</b>",
    "<div>",
    "</div>",
    "<div markdown=\"1\">",
    "<!--",
    "-->",
    "\"",
    "'",
    "{:",
    "}",
    "{:.x}",
    "{::",
    "/}",
    "- ",
    "1. ",
    "> ",
    "# ",
    ": ",
    "|",
    "|-|",
    "=",
    "---",
    "```",
    "~~~",
    "~~",
    "$$",
    "&amp;",
    "&",
    "\\",
    "[^1]",
    "[^1]: ",
    "[a]: b",
    "*[a]: b",
    "^",
    "{:toc}",
    "\r\n",
    "https://a",
    "0",
];

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig { cases: 2000, failure_persistence: None, ..Default::default() })]

    #[test]
    fn spans_nest_in_any_text(pieces in proptest::collection::vec(proptest::sample::select(PIECES), 0..40)) {
        let body = pieces.concat();
        check_spans(&body, &kramdown::parse(&body, &KramdownOptions::default()));
    }
}
