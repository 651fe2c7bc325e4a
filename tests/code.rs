//! What stands around the tokens of code, in every place and under every option, against the real thing:
//! `tests/fixtures/post/code.tsv`, which `scripts/code-fixtures.rb` writes. And what a page does while something is missing.

#[path = "support/dom.rs"]
mod dom;
#[path = "support/tables.rs"]
mod tables;
#[path = "support/words.rs"]
mod words;

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;

use apercu::code::{Highlighter, Highlighting};
use apercu::highlight::Highlighted;
use apercu::markdown::block::Slot;
use apercu::markdown::token::Token;
use apercu::post::site;
use apercu::render::{Engines, RenderOptions, RenderedPost, Renderer, Request};
use tables::{report, rows};
use words::Words;

fn request(text: &str) -> Request<'_> {
    Request { file_name: Some("_posts/2014-12-08-a.md"), text, now: 1_420_070_400, checks: None }
}

fn renderer(config: &str) -> Renderer {
    let settings = Rc::new(site::read(config).settings);
    let highlighting = Highlighting::with(Rc::new(Words));
    Renderer::new(&RenderOptions { highlighting, ..RenderOptions::of_site(&settings) }, Engines::all())
}

#[test]
fn code_is_written_as_jekyll_writes_it() {
    let rows = rows("code.tsv");
    let mut wrong = Vec::new();
    for row in &rows {
        let [settings, body, expected] = row.as_slice() else { panic!("a row of {} cells", row.len()) };
        let text = ["---\ntitle: A\n---\n", body].concat();
        let found = renderer(settings).render(&request(&text)).converted();
        if dom::nodes(&found) != dom::nodes(expected) {
            wrong.push(format!("{settings}\n{body}\n--- expected\n{expected}\n--- found\n{found}"));
        }
    }
    report("code.tsv", rows.len(), &wrong);
}

/// Gives the same code the same runs, as languages do, which keep them.
#[derive(Debug, Default)]
struct Remembering(RefCell<HashMap<String, Highlighted>>);

impl Highlighter for Remembering {
    fn highlight(&self, language: &str, code: &str) -> Highlighted {
        let mut known = self.0.borrow_mut();
        known.entry(code.to_owned()).or_insert_with(|| Words.highlight(language, code)).clone()
    }

    fn add_table(&self, _file: &str, _bytes: &[u8]) -> bool {
        false
    }
}

#[test]
fn code_written_before_is_written_the_same_at_another_place() {
    let block = |tag: &str| format!("{{% highlight {tag} %}}\na 1 <é>\nb\n{{% endhighlight %}}\n\n");
    let looped = format!("{{% for x in page.tags %}}{}{{% endfor %}}", block("ruby linenos"));
    let texts = [
        block("ruby"),
        ["One\n\n", &block("ruby"), &block("ruby linenos"), &block("ruby")].concat(),
        [&block("ruby mark_lines=\"1 2\""), "One ", &block("ruby mark_lines=\"2\"")].concat(),
        [&looped, &block("js"), "{% capture c %}", &block("ruby"), "{% endcapture %}{{ c }}", &looped].concat(),
        ["One é", &block("ruby").replace("%}", " %}"), &block("ruby").replace("1", "{{ 1 }}"), &looped].concat(),
        [&block("ruby").replace("\na", "\n\n\na"), "{% if page.title %}", &block("ruby"), "{% endif %}"].concat(),
        block("ruby").replace("b\n", "b\n\n\n"),
    ];
    let highlighting = Highlighting::with(Rc::new(Remembering::default()));
    let mut kept = Renderer::new(&RenderOptions { highlighting, ..RenderOptions::default() }, Engines::all());
    for at in [0, 1, 2, 3, 4, 5, 6, 4, 3, 0, 2, 6, 1, 5, 1] {
        let text = ["---\ntitle: A\ntags: [a, b]\n---\n", &texts[at]].concat();
        let mut fresh = renderer("");
        let (kept, fresh) = (kept.render(&request(&text)), fresh.render(&request(&text)));
        assert!(fresh.body.contains("<span class=\"n\">"), "{text}");
        assert_eq!(kept.body, fresh.body);
        assert_eq!(kept.map, fresh.map, "{text}");
    }
}

/// Reads nothing before its table comes.
#[derive(Debug, Default)]
struct Late(Cell<bool>);

impl Highlighter for Late {
    fn highlight(&self, language: &str, code: &str) -> Highlighted {
        match language {
            "perl" => Highlighted::OverBudget,
            _ if self.0.get() => Words.highlight(language, code),
            _ => Highlighted::TableMissing(vec!["words-1".to_owned()]),
        }
    }

    fn add_table(&self, _file: &str, _bytes: &[u8]) -> bool {
        !self.0.replace(true)
    }
}

#[test]
fn only_code_that_lacked_something_is_rendered_again() {
    let text = "One\n\n```ruby\na 1\n```\n\n~~~\nplain\n~~~\n\n- b\n\n  ```js\n  c\n  ```\n\nTwo\n";
    let highlighting = Highlighting::default();
    let options = RenderOptions { highlighting: highlighting.clone(), ..RenderOptions::default() };
    let mut renderer = Renderer::new(&options, Engines::default());
    let ids = |rendered: &RenderedPost<'_>| rendered.blocks.iter().map(|block| block.id).collect::<Vec<_>>();

    let rendered = renderer.render(&request(text));
    let plain = ids(&rendered);
    assert!(highlighting.is_wanted() && highlighting.missing_tables().is_empty());
    assert!(!rendered.converted().contains("<span"));

    let late = Rc::new(Late::default());
    highlighting.set(late.clone());
    let rendered = renderer.render(&request(text));
    assert!(!rendered.highlighting.is_wanted());
    assert_eq!(rendered.highlighting.missing_tables(), ["words-1"]);
    let waiting = ids(&rendered);
    assert_eq!([0, 2, 4].map(|at| waiting[at]), [0, 2, 4].map(|at| plain[at]));

    // Nothing has come: nothing is rendered.
    assert_eq!(ids(&renderer.render(&request(text))), waiting);

    assert!(late.add_table("words-1", b""));
    highlighting.tables_added(&["words-1".to_owned()]);
    let rendered = renderer.render(&request(text));
    assert!(rendered.highlighting.missing_tables().is_empty());
    assert_eq!(rendered.patch.keep_start, 1);
    assert_eq!(rendered.patch.middle, [Slot::New, Slot::Kept(2), Slot::New]);
    assert_eq!(rendered.converted().matches("<span class=\"n\">").count(), 2);

    // A key elsewhere renders what it touches alone.
    let known = ids(&rendered);
    let typed = text.replace("One", "On");
    let rendered = renderer.render(&request(&typed));
    assert_eq!(ids(&rendered)[1..], known[1..]);
}

#[test]
fn code_that_takes_too_long_gets_a_note_and_stays_plain() {
    let text = "a\n\n```perl\nb\n```\n\n{% highlight perl %}\nc\n{% endhighlight %}\n";
    let highlighting = Highlighting::with(Rc::new(Late::default()));
    let options = RenderOptions { highlighting, ..RenderOptions::default() };
    let mut renderer = Renderer::new(&options, Engines::all());
    let rendered = renderer.render(&request(text));
    let found: Vec<_> = rendered.diagnostics.iter().map(|found| (&*found.code, found.span.of(text))).collect();
    let expected = ["```perl\nb\n```\n", "{% highlight perl %}"].map(|source| ("code-not-highlighted", source));
    assert!(expected.iter().all(|note| found.contains(note)), "{found:?}");
    assert!(!rendered.converted().contains("<span") && rendered.highlighting.missing_tables().is_empty());
}

#[test]
fn tokens_know_their_place_in_the_text() {
    let text = "x\n\n> ```ruby\n> ab 12\n> cd\n> ```\n";
    let mut renderer = renderer("");
    let rendered = renderer.render(&request(text));
    let block = rendered.blocks.last().expect("a block");
    let places: Vec<&str> = block
        .tokens
        .iter()
        .filter_map(|token| match token {
            Token::Open { name, span: Some(span), .. } if &**name == "span" => {
                Some(span.shifted(block.span.start).of(text))
            }
            _ => None,
        })
        .collect();
    assert_eq!(places, ["ab", "12", "cd"]);
}
