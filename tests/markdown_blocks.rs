//! The incremental store against itself made anew: after any sequence of edits the same blocks, and little work.

#[path = "support/posts.rs"]
mod posts;

use std::collections::HashSet;

use apercu::markdown::block::{Block, BlockStore, Patch, Slot};
use apercu::markdown::token::{Token, to_html};
use apercu::markdown::{Dialect, Options};
use apercu::text::Span;
use proptest::prelude::*;

/// The page, the block's span, and its elements' spans.
type Shown = (String, Span, Vec<Option<Span>>);

/// All that a page shows of a block, and where it came from.
fn shown(block: &Block) -> Shown {
    let spans = block.tokens.iter().filter_map(|token| match token {
        Token::Open { span, .. } => Some(*span),
        _ => None,
    });
    (to_html(&block.tokens), block.span, spans.collect())
}

/// A page that follows patches as the real one does: by ids of blocks.
#[derive(Default)]
struct Page(Vec<u64>);

impl Page {
    fn follow(&mut self, patch: &Patch, store: &BlockStore) {
        let old = std::mem::take(&mut self.0);
        let new: Vec<u64> = store.blocks().iter().map(|block| block.id).collect();
        assert!(patch.keep_start + patch.keep_end <= old.len().min(new.len()), "{patch:?}");
        assert_eq!(patch.keep_start + patch.middle.len() + patch.keep_end, new.len(), "{patch:?}");
        let mut page = old[..patch.keep_start].to_vec();
        for (place, slot) in patch.middle.iter().enumerate() {
            page.push(match slot {
                Slot::Kept(index) => old[*index],
                Slot::New => {
                    let id = new[patch.keep_start + place];
                    assert!(!old.contains(&id), "a new block has a new id");
                    id
                }
            });
        }
        page.extend(&old[old.len() - patch.keep_end..]);
        assert_eq!(page, new);
        assert_eq!(page.iter().collect::<HashSet<_>>().len(), page.len(), "no block stands twice");
        self.0 = page;
    }
}

/// Runs texts through one store and compares it with a fresh one after each.
fn check(texts: &[String], options: &Options) {
    let mut store = BlockStore::new();
    let mut page = Page::default();
    for text in texts {
        let patch = store.update(text, options);
        page.follow(&patch, &store);
        let new = patch.middle.iter().filter(|slot| **slot == Slot::New).count();
        assert_eq!(store.rendered(), new, "only what is new is rendered");
        let mut fresh = BlockStore::new();
        fresh.update(text, options);
        let kept: Vec<_> = store.blocks().iter().map(shown).collect();
        let anew: Vec<_> = fresh.blocks().iter().map(shown).collect();
        assert_eq!(kept, anew, "after {text:?}");
        assert_eq!(store.outline(), fresh.outline());
        assert_eq!(store.diagnostics(), fresh.diagnostics());
        for block in store.blocks() {
            let source = text.get(block.span.start..block.span.end).expect("a block's span is a piece of the text");
            for span in shown(block).2.into_iter().flatten() {
                assert!(source.get(span.start..span.end).is_some(), "{span:?} of {source:?} in {text:?}");
            }
        }
    }
}

/// Replaces some characters of a text by others: positions are taken modulo what is there.
fn edited(text: &str, at: usize, length: usize, with: &str) -> String {
    let starts: Vec<usize> = text.char_indices().map(|(i, _)| i).chain([text.len()]).collect();
    let from = at % starts.len();
    let to = (from + length).min(starts.len() - 1);
    [&text[..starts[from]], with, &text[starts[to]..]].concat()
}

const SNIPPETS: &[&str] = &[
    "A paragraph of text.\n\n",
    "Un paragraphe *accentué* avec `code`.\n\n",
    "# A header\n\n",
    "## A header\n\n",
    "> quoted\n> text\n\n",
    "- one\n- two\n  - three\n\n",
    "1. one\n\n2. two\n\n",
    "- [ ] open\n- [x] done\n\n",
    "```ruby\nputs 1\n```\n\n",
    "| a | b |\n|---|--:|\n| 1 | 2 |\n\n",
    "<figure class=\"highlight\"><pre><code><span class=\"k\">end</span> # a</code></pre></figure>\n\n",
    "<div class=\"x\">*a* <br> 'b'</div>\n\n",
    "See [one][r] and [two].\n\n",
    "[r]: https://example.org/r\n\n",
    "[two]: https://example.org/two \"Two\"\n\n",
    "Noted[^n] and again[^n] and[^m].\n\n",
    "[^n]: The note.\n\n",
    "[^m]: Another, with[^n] a note.\n\n",
    "<div class=\"x\">\n\n",
    "</div>\n\n",
    "<details><summary>More</summary>\n\n",
    "</details>\n\n",
    "<b>bold\n\n",
    "text</b></div>\n\n",
    "<!-- comment -->\n\n",
    "***\n\n",
    "$$x^2$$\n\n",
    "Term\n: Meaning\n\n",
    "![alt](https://example.org/a.png) ![local](b.png)\n\n",
    "* toc\n{:toc}\n\n",
    "{: .class}\n",
    "*[HTML]: Hyper\n\nHTML here\n\n",
    "<div markdown=\"1\">\n\n# A header\n\n</div>\n\n",
    "```\n\n",
    "~~~~\n",
    "$$\n\n",
    "-->\n\n",
    "<!--\n\n",
    "{::comment}\n\n",
    "{:/comment}\n\n",
    "<div\n\n",
    "<div a=\"\n\n",
    ">\n\n",
    "A \"quoted\" and 'quoted' text\n\n",
    "<pre>\n\n",
    "</pre>\n\n",
    ": meaning\n\n",
    "{:.late}\n\n",
    "^\n\n",
    "    code\n\n",
    "---\n\n",
    "===\n",
    "{:name: .x}\n\n",
    "\ttab\n\n",
    "é",
    "\n",
    "    ",
    "`",
    "<",
    "*",
];

/// Of `SNIPPETS`, those up to this one keep to themselves.
const CALM: usize = 13;

fn edits() -> impl Strategy<Value = Vec<String>> {
    let any_snippet = prop::sample::select(SNIPPETS);
    let calm = prop::sample::select(&SNIPPETS[..CALM]);
    let start = prop_oneof![
        prop::collection::vec(any_snippet.clone(), 0..12),
        prop::collection::vec(prop_oneof![30 => calm.clone(), 1 => any_snippet.clone()], 0..24),
    ];
    let place = (any::<usize>(), prop_oneof![3 => Just(0usize), 2 => 1usize..6, 1 => 6usize..60]);
    let edit = (place, prop_oneof![2 => any_snippet, 1 => calm]);
    (start, prop::collection::vec(edit, 1..12)).prop_map(|(start, edits)| {
        let mut texts = vec![start.concat()];
        for ((at, length), with) in edits {
            let with = if length % 3 == 2 { "" } else { with };
            let next = edited(texts.last().expect("a text"), at, length, with);
            texts.push(next);
        }
        texts
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 500, ..ProptestConfig::default() })]

    #[test]
    fn after_any_edits_the_store_is_as_made_anew(texts in edits()) {
        check(&texts, &Options::of(Dialect::Jekyll));
        check(&texts, &Options::of(Dialect::GitHub));
    }
}

#[test]
fn footnotes_stand_last_or_where_they_are_placed() {
    let pages = |body: &str| {
        let mut store = BlockStore::new();
        store.update(body, &Options::default());
        store.blocks().iter().map(|block| to_html(&block.tokens)).collect::<Vec<_>>()
    };
    let last = pages("a[^1]\n\n[^1]: note\n\nb\n");
    assert!(last.len() == 3 && last[2].contains("class=\"footnotes\""), "{last:?}");
    let placed = pages("a[^1]\n\n* here\n{:footnotes}\n\n[^1]: note\n\nb\n");
    assert!(placed.len() == 3 && placed[1].contains("class=\"footnotes\""), "{placed:?}");
}

#[test]
#[ignore = "needs real posts: APERCU_POSTS"]
fn real_posts_after_edits_are_as_made_anew() {
    for (index, (_, body)) in posts::bodies().into_iter().enumerate() {
        let mut texts = vec![body];
        for round in 0..4 {
            let snippet = SNIPPETS[(index * 7 + round * 5) % SNIPPETS.len()];
            let at = (index + 1) * 7919 * (round + 1);
            let next = edited(texts.last().expect("a text"), at, round * 9, snippet);
            texts.push(next);
        }
        check(&texts, &Options::default());
    }
}

/// A document of so many paragraphs, with a header, a link by reference and a list among each ten.
fn document(paragraphs: usize) -> String {
    let mut text = String::new();
    for number in 0..paragraphs {
        match number % 10 {
            0 => text.push_str(&format!("## Part {number}\n\n")),
            5 => text.push_str(&format!("- item {number}\n- [link][ref]\n\n")),
            _ => text.push_str(&format!("Paragraph {number} with some *words*.\n\n")),
        }
    }
    text + "[ref]: https://example.org\n"
}

/// How many bytes a change parses anew.
fn parsed(before: &str, after: &str) -> usize {
    let mut store = BlockStore::new();
    store.update(before, &Options::default());
    store.update(after, &Options::default());
    store.parsed()
}

#[test]
fn a_key_parses_one_part_however_long_the_text() {
    for paragraphs in [20, 200, 2000] {
        let before = document(paragraphs);
        for (place, most) in [(1, 200), (paragraphs / 2 + 1, 200), (paragraphs - 1, 200), (paragraphs / 2 + 5, 300)] {
            let words = if place % 10 == 5 { format!("item {place}") } else { format!("Paragraph {place} with") };
            for typed in ["x", " *", "`", "\n", "\n\n", "\n- ", " \"", " [a](b)"] {
                let after = before.replace(&words, &format!("{words}{typed}"));
                assert_ne!(before, after);
                // A list that ends in a definition, with nothing between them, is the exception.
                if (place, typed) == (paragraphs - 1, "\n- ") {
                    continue;
                }
                let parsed = parsed(&before, &after);
                assert!(parsed < most, "{parsed} bytes for {typed:?} in block {place} of {paragraphs}");
            }
        }
        // What concerns the whole text is read with the whole text.
        let words = format!("Paragraph {} with", paragraphs / 2 + 1);
        for typed in
            ["\n\n```\n\n", "\n\n# Header\n\n", "\n\n[one]: two\n\n", "[^1]", "\n\n<div>\n\n", "\n\n{:a: .b}\n\n"]
        {
            let after = before.replace(&words, &format!("{typed}{words}"));
            assert_eq!(parsed(&before, &after), after.len(), "{typed:?}");
        }
    }
}

#[test]
fn html_that_ends_what_it_starts_does_not_make_the_part_longer() {
    let code = "<figure class=\"highlight\"><pre><code>a <span class=\"k\">end</span></code></pre></figure>";
    for html in [code, "<div>\n<p>a</p>\n</div>", "<hr>", "<b>a</b>", "<!-- a -->", "<svg><path/></svg>", "</div>"] {
        let part = |number| format!("Paragraph {number} with some *words*.\n\n{html}\n\n");
        let before: String = (0..200).map(part).collect();
        let parsed = parsed(&before, &before.replace("Paragraph 100 with", "Paragraph 100 x with"));
        assert!(parsed < 300, "{parsed} bytes for {html:?}");
        let parsed = self::parsed(&before, &before.replacen(html, "<em>\n\n</em>", 1));
        assert!(parsed < 300, "{parsed} bytes for {html:?}");
    }
    // What is open, or was, is read with the whole text.
    let before = document(200);
    let after = before.replace("Paragraph 101 with", "<div>\n\nParagraph 101 with");
    assert_eq!([parsed(&before, &after), parsed(&after, &before)], [after.len(), before.len()]);
}

/// How many blocks a change renders anew.
fn rendered(before: &str, after: &str) -> usize {
    let mut store = BlockStore::new();
    store.update(before, &Options::default());
    store.update(after, &Options::default());
    store.rendered()
}

#[test]
fn a_key_renders_one_block_however_long_the_text() {
    for paragraphs in [20, 200, 2000] {
        let before = document(paragraphs);
        let words = format!("Paragraph {} with", paragraphs / 2 + 1);
        let after = before.replace(&words, &format!("{words}x"));
        assert_ne!(before, after);
        assert_eq!(rendered(&before, &after), 1);
        // Splitting a paragraph makes two, an empty line none, a swap none.
        assert_eq!(rendered(&before, &before.replace(&words, &format!("a\n\n{words}"))), 1);
        assert_eq!(rendered(&before, &before.replace(&words, &format!("\n\n{words}"))), 0);
        let first = "Paragraph 1 with some *words*.\n\n";
        assert_eq!(rendered(&before, &[&before.replace(first, "")[..], "\n\n", first].concat()), 0);
    }
}

#[test]
fn a_definition_renders_the_blocks_that_refer_to_it() {
    let before = document(100);
    let after = before.replace("https://example.org", "https://example.com");
    assert_eq!(rendered(&before, &after), 10);
}

#[test]
fn a_new_footnote_renumbers_what_comes_after() {
    let before = "a[^1]\n\nb\n\nc[^2]\n\nd\n\n[^1]: x\n[^2]: y\n[^3]: z\n";
    // The new reference, the one whose number moves, and the section.
    assert_eq!(rendered(before, &before.replace("b\n", "b[^3]\n")), 3);
    assert_eq!(rendered(before, &before.replace("b\n", "bb\n")), 1, "the section stands as it was");
    let between = "a[^1] b[^2]\n\n[^1]: x\n\nc\n\n[^2]: y\n";
    assert_eq!(rendered(between, &between.replace("c\n", "cc\n")), 2, "the paragraph, and the section around it");
}

#[test]
fn a_repeated_header_renders_only_what_gets_a_new_id() {
    let before = "# A\n\ntext\n\n# B\n\ntext two\n\n# A\n\nend\n";
    // The second header is now what the third was; the third is new.
    assert_eq!(rendered(before, &before.replace("# B", "# A")), 1);
}

#[test]
fn spans_of_inner_elements_are_counted_from_the_block() {
    let mut store = BlockStore::new();
    let body = "first\n\nsome *words* here\n";
    store.update(body, &Options::default());
    let block = &store.blocks()[1];
    let spans: Vec<_> = block
        .tokens
        .iter()
        .filter_map(|token| match token {
            Token::Open { span: Some(span), .. } => Some(span.shifted(block.span.start).of(body)),
            _ => None,
        })
        .collect();
    assert_eq!(spans, ["some *words* here", "*words*"]);
}

#[test]
fn changing_the_dialect_renders_everything() {
    let mut store = BlockStore::new();
    store.update("a\n\nb\n", &Options::of(Dialect::Jekyll));
    store.update("a\n\nb\n", &Options::of(Dialect::GitHub));
    assert_eq!(store.rendered(), 2);
}
