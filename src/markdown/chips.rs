//! Chips made visible: the marks that `liquid/` left in the text for what one post cannot know. In: tokens of a block.
//! Out: tokens with an element for each chip. Neighbours: `liquid/chip.rs` for the marks, `block/` calls both
//! functions, one on each side of the sanitizer.
//!
//! Attributes lose their chips before they are checked, so that the rest of an address is checked as it will stand in
//! the page. Texts get their elements afterwards: a text that has such marks of its own can make a chip and no more.

use super::event::CowStr;
use super::token::Token;
use crate::liquid::chip::{self, TextPart};

/// Takes the chips out of attributes. A link whose whole address is unknown leads nowhere.
pub(crate) fn leave_attributes(tokens: &mut [Token<'_>]) {
    for token in tokens {
        let Token::Open { name, attributes, .. } = token else { continue };
        attributes.retain_mut(|(attribute, value)| {
            if !chip::any(value) {
                return true;
            }
            *value = chip::strip(value).into();
            !(value.is_empty() && &**name == "a" && &**attribute == "href")
        });
    }
}

/// Puts elements in the place of the chips in texts.
pub(crate) fn show(tokens: Vec<Token<'_>>) -> Vec<Token<'_>> {
    let mut out = Vec::with_capacity(tokens.len() + 8);
    // Whether each open element belongs to a drawing or a formula, which has no place for other elements.
    let mut foreign: Vec<bool> = Vec::new();
    for token in tokens {
        match &token {
            Token::Open { name, .. } => {
                let inside = foreign.last() == Some(&true);
                foreign.push(inside || matches!(&**name, "svg" | "math"));
            }
            Token::Close => {
                foreign.pop();
            }
            Token::Text(text) if chip::any(text) => {
                let inside = foreign.last() == Some(&true);
                parts(text, inside, &mut out);
                continue;
            }
            _ => {}
        }
        out.push(token);
    }
    out
}

fn parts<'a>(text: &str, foreign: bool, out: &mut Vec<Token<'a>>) {
    for part in chip::decode(text) {
        match part {
            TextPart::Text(text) => out.push(Token::Text(text.to_owned().into())),
            TextPart::Chip(label) if foreign => out.push(Token::Text(label.into())),
            TextPart::Chip(label) => {
                let title: CowStr<'a> = label.clone().into();
                let attributes = vec![("class".into(), "liquid-chip".into()), ("title".into(), title)];
                out.push(Token::Open { name: "span".into(), attributes, span: None });
                out.push(Token::Text(label.into()));
                out.push(Token::Close);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::liquid::chip;
    use crate::markdown::block::BlockStore;
    use crate::markdown::token::to_html;
    use crate::markdown::{Dialect, Options, render_html};

    fn page(body: &str, dialect: Dialect) -> String {
        let mut store = BlockStore::new();
        store.update(body, &Options::of(dialect));
        store.blocks().iter().map(|block| to_html(&block.tokens)).collect()
    }

    #[test]
    fn a_chip_in_a_text_is_an_element_with_its_label() {
        let chip = chip::encode("{% include \"a<b\" %}");
        let element =
            "<span class=\"liquid-chip\" title=\"{% include &quot;a&lt;b&quot; %}\">{% include \"a&lt;b\" %}</span>";
        for dialect in [Dialect::Jekyll, Dialect::GitHub] {
            let body = ["x *", &chip, "* y\n"].concat();
            assert_eq!(page(&body, dialect), ["<p>x <em>", element, "</em> y</p>"].concat());
            let code = ["`", &chip, "`\n"].concat();
            assert!(page(&code, dialect).contains(element), "{}", page(&code, dialect));
        }
    }

    #[test]
    fn chips_leave_attributes_before_the_sanitizer_judges_them() {
        let chip = chip::encode("{{ site.url }}");
        for dialect in [Dialect::Jekyll, Dialect::GitHub] {
            let link = ["[a](", &chip, ")\n"].concat();
            let html = page(&link, dialect);
            assert!(html.contains(">a</a>") && !html.contains("href"), "{html}");
            let image = ["![a](https://example.org/", &chip, "b.png)\n"].concat();
            assert!(page(&image, dialect).contains("https://example.org/b.png"), "{}", page(&image, dialect));
            for hidden in ["java", "java\u{10FF00}", "\u{10FF01}java"] {
                let link = ["<a href=\"", hidden, &chip, "script:alert(1)\">a</a>\n"].concat();
                assert!(!page(&link, dialect).contains("href"), "{}", page(&link, dialect));
            }
        }
    }

    #[test]
    fn ids_and_the_outline_know_no_marks_and_the_bare_html_keeps_them() {
        let chip = chip::encode("{{ a }}");
        let body = ["# The ", &chip, " end\n"].concat();
        assert!(page(&body, Dialect::Jekyll).starts_with("<h1 id=\"the--end\">"));
        let mut store = BlockStore::new();
        store.update(&body, &Options::default());
        assert_eq!(store.outline().first().map(|heading| heading.text.as_str()), Some("The {{ a }} end"));
        assert!(render_html(&body, &Options::default()).contains(&chip));
    }

    #[test]
    fn drawings_get_the_label_alone() {
        let body = ["<svg><text>", &chip::encode("{{ a }}"), "</text></svg>\n"].concat();
        let html = page(&body, Dialect::Jekyll);
        assert!(!html.contains("liquid-chip"), "{html}");
    }
}
