//! The content of the comparison dialog as tokens. The page makes nodes from them when the dialog is opened. In:
//! nothing. Out: tokens. Neighbours: `app/comparison/actions.rs` listens to the controls and fills the places, by the
//! ids here; `styles/compare.css` lays them out.

use crate::markdown::token::Token;

/// The controls and the places. `choices`, with a zero between them: the value that is chosen; `file` where the text of
/// the draft's file is known, else nothing; and for each other draft the 16 letters of its id and its title.
pub fn dialog(choices: &str) -> Vec<Token<'static>> {
    let mut parts = choices.split('\0');
    let chosen = parts.next().unwrap_or("");
    let mut body = DialogBody::default();
    body.open("div", &[("id", "compare-controls")]);
    body.open("label", &[]);
    body.element("span", &[], "With");
    body.open("select", &[("id", "compare-with"), ("aria-label", "Compare with")]);
    let known = parts.next() == Some("file");
    body.option("file", "The file as opened or saved", chosen, !known);
    body.option("other", "Another text…", chosen, false);
    body.open("optgroup", &[("label", "Drafts")]);
    for part in parts {
        let (id, title) = part.split_at_checked(16).unwrap_or((part, ""));
        body.option(id, if title.is_empty() { "Untitled" } else { title }, chosen, false);
    }
    body.close(3);
    body.element("p", &[("id", "compare-result"), ("role", "status")], "");
    body.open("div", &[("id", "compare-older")]);
    let field = [
        ("id", "compare-other"),
        ("aria-label", "The older version"),
        ("placeholder", "Paste the older version here, or open a file."),
    ];
    body.element("textarea", &field, "");
    body.element("button", &[("type", "button"), ("id", "compare-open"), ("class", "quiet-border")], "Open a file…");
    body.close(2);
    body.open("div", &[("id", "compare-panes")]);
    for (id, name, checked) in [("compare-by-text", "Text", true), ("compare-by-preview", "Preview", false)] {
        let radio = [("type", "radio"), ("name", "compare-pane"), ("id", id), ("checked", "")];
        body.element("input", if checked { &radio } else { radio.get(..3).unwrap_or(&[]) }, "");
        body.element("label", &[("for", id)], name);
    }
    let text = [
        ("id", "compare-text"),
        ("class", "diff"),
        ("tabindex", "0"),
        ("role", "region"),
        ("aria-label", "Differences of the text"),
    ];
    body.element("div", &text, "");
    body.element("div", &[("id", "compare-preview")], "");
    body.close(1);
    body.tokens
}

#[derive(Default)]
struct DialogBody {
    tokens: Vec<Token<'static>>,
}

impl DialogBody {
    fn open(&mut self, name: &'static str, attributes: &[(&'static str, &'static str)]) {
        let attributes = attributes.iter().map(|&(name, value)| (name.into(), value.into())).collect();
        self.tokens.push(Token::Open { name: name.into(), attributes, span: None });
    }

    fn close(&mut self, elements: usize) {
        self.tokens.extend(std::iter::repeat_n(Token::Close, elements));
    }

    fn option(&mut self, value: &str, title: &str, chosen: &str, disabled: bool) {
        let mut attributes = vec![("value".into(), value.to_owned().into())];
        if value == chosen {
            attributes.push(("selected".into(), "".into()));
        }
        if disabled {
            attributes.push(("disabled".into(), "".into()));
        }
        self.tokens.push(Token::Open { name: "option".into(), attributes, span: None });
        self.tokens.extend([Token::Text(title.to_owned().into()), Token::Close]);
    }

    fn element(&mut self, name: &'static str, attributes: &[(&'static str, &'static str)], text: &'static str) {
        self.open(name, attributes);
        if !text.is_empty() {
            self.tokens.push(Token::Text(text.into()));
        }
        self.close(1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown::token::to_html;

    #[test]
    fn every_element_is_closed_and_what_is_chosen_is_marked() {
        let html = to_html(&dialog(&["00000000000000ab", "", "00000000000000abA <b>", "00000000000000cd"].join("\0")));
        for part in [
            "<option value=\"file\" disabled=\"\">",
            "<option value=\"00000000000000ab\" selected=\"\">A &lt;b&gt;</option>",
            "<option value=\"00000000000000cd\">Untitled</option>",
        ] {
            assert!(html.contains(part), "{html}");
        }
        assert!(to_html(&dialog("file\0file")).contains("<option value=\"file\" selected=\"\">"));
        for choices in ["", "other\0file\0é", "\0\0\0"] {
            let tokens = dialog(choices);
            let count = |open| {
                tokens
                    .iter()
                    .filter(|token| matches!(token, Token::Open { .. }) == open && !matches!(token, Token::Text(_)))
                    .count()
            };
            assert_eq!(count(true), count(false));
        }
    }
}
