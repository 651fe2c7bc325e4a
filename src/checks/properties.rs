//! What holds for any text: nothing panics, every span and every fix fits the text, diagnostics come in order.

use proptest::prelude::*;

use super::review::liquid_in;
use super::{CHECKS, Checked, Input, liquid_lines, run};
use crate::markdown::{Dialect, Options, parse};
use crate::post::publishing::SiteSettings;
use crate::post::read;
use crate::post::zone::Zone;
use crate::text::Severity;

const PARTS: &[&str] = &[
    "a",
    "é",
    "日",
    "😀",
    "e\u{301}",
    " ",
    "\n",
    "\n\n",
    "\r\n",
    "\t",
    "\u{A0}",
    "*",
    "_",
    "~",
    "~~",
    "`",
    "```\n",
    "~~~",
    "~~~ Ruby?é\n",
    "[",
    "]",
    "](",
    "][",
    "]: b\n",
    "[^1]",
    "[^1]: n\n",
    "(",
    ")",
    "!",
    "![](",
    "#",
    "## ",
    "#### ",
    "# ",
    "|",
    "\\|",
    "- ",
    "1) ",
    "\n2) ",
    "1. ",
    "> ",
    "> [!NOTE]\n",
    "{{ a }}",
    "{{",
    "}}",
    "{%",
    "%}",
    "{% if %}",
    "{% endif %}",
    "{% raw %}",
    "{% endraw %}",
    "{% highlight c %}\n",
    "{% endhighlight %}\n",
    "{% box %}",
    "{% endbox %}",
    "{% comment %}",
    "{% endcomment %}",
    "<div>",
    "</div>",
    "<p",
    "<String>",
    "<b>",
    "</b>",
    "<img src=\"x\">",
    "<a id=\"x\">",
    "{#x}",
    "{: #x}\n",
    "http://a.example",
    "https://",
    "[x](#y)",
    "« ",
    " »",
    " !",
    " :",
    " ?",
    "<!--",
    "-->",
    "---\n",
    "\0",
    "\u{FEFF}",
    "::",
];

const LINES: &[&str] = &[
    "title: x",
    "title: 1,000",
    "titel: é",
    "title:",
    "date: 2014-12-09 00:30:00",
    "date: x",
    "tags: a, b",
    "tags: [a, A, é]",
    "tags:\n- a\n- a, b",
    "tag: a,b",
    "categories: [\"a, b\"]",
    "layout: post",
    "lang: fr",
    "description: d",
    "publish: no",
    "title: [x]",
    "\"Title\": |\n  a\n  b",
    "render_with_liquid: false",
    "a: &x 1",
    "b: *x",
    "tags: ['a', \"b\"] # c",
    "\t",
    "tags: {a: b}",
];

fn text() -> impl Strategy<Value = String> {
    let body = proptest::collection::vec(proptest::sample::select(PARTS), 0..40);
    let lines = proptest::option::of(proptest::collection::vec(proptest::sample::select(LINES), 0..6));
    (lines, body).prop_map(|(lines, body)| match lines {
        Some(lines) => ["---\n", &lines.join("\n"), "\n---\n", &body.concat()].concat(),
        None => body.concat(),
    })
}

proptest! {
    #[test]
    fn any_text_can_be_checked(text in text(), github in any::<bool>()) {
        let options = Options::of(if github { Dialect::GitHub } else { Dialect::Jekyll });
        let post = read("_posts/2014-12-08-a.md", &text);
        let liquid = liquid_in(&post, &text);
        let body = liquid_lines::blanked(post.body_span.of(&text), &liquid);
        let items = parse(&body, &options);
        let settings = SiteSettings { zone: Zone::fixed("x", -300), ..SiteSettings::default() };
        let known_tags = ["A".to_owned(), "b c".to_owned()];
        let input = Input {
            site_post: &post,
            body: post.body_span.of(&text),
            text: &text, post: &post, items: &items, options: &options, settings: &settings, known_tags: &known_tags, given_keys: &[],
        };
        let checked = Checked::new(input, liquid);
        let diagnostics = run(&checked, |_| true);
        prop_assert!(diagnostics.is_sorted_by_key(|diagnostic| diagnostic.span));
        for diagnostic in &diagnostics {
            let check = CHECKS.iter().find(|check| check.code == diagnostic.code).expect("a check of that code");
            prop_assert!(diagnostic.severity == check.severity || diagnostic.severity == Severity::Note, "{diagnostic:?}");
            prop_assert!(diagnostic.fix.is_none() || check.fixable, "{diagnostic:?}");
            prop_assert!(text.get(diagnostic.span.start..diagnostic.span.end).is_some(), "{diagnostic:?}");
            prop_assert!(!diagnostic.message.is_empty());
            if let Some(fix) = &diagnostic.fix {
                prop_assert!(text.get(fix.edit.span.start..fix.edit.span.end).is_some(), "{diagnostic:?}");
                let new = fix.edit.apply(&text);
                prop_assert!(new.get(fix.edit.selection.start..fix.edit.selection.end).is_some(), "{diagnostic:?}");
                prop_assert_ne!(new, text.clone());
            }
        }
        prop_assert_eq!(run(&checked, |_| false), []);
    }
}

#[test]
fn every_check_says_what_it_is() {
    for (at, check) in CHECKS.iter().enumerate() {
        assert!(CHECKS.iter().take(at).all(|other| other.code != check.code), "{} stands twice", check.code);
        assert!(!check.title.is_empty() && check.reason.ends_with('.'), "{}", check.code);
    }
}
