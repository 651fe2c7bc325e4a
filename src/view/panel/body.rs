//! Writes the panel as tokens: what every tab has around it, and short functions for elements. In: a tab. Out:
//! tokens. Neighbours: the tabs of this folder fill it.

use super::Tab;
use crate::markdown::token::Token;

/// The panel while it is written. Each function that opens an element closes it, too.
pub(super) struct Body {
    tokens: Vec<Token<'static>>,
}

impl Body {
    /// The panel with its tabs, `open` being the chosen one, up to where that one's content begins.
    pub(super) fn of(open: Tab) -> Self {
        let mut body = Self { tokens: Vec::new() };
        body.open("div", &[("class", "panel-head")]);
        body.open("div", &[("role", "tablist"), ("aria-label", "About the post")]);
        for (tab, name, label) in Tab::ALL {
            let (selected, index) = if tab == open { ("true", "0") } else { ("false", "-1") };
            let tab = [
                ("type", "button"),
                ("role", "tab"),
                ("id", &["tab-", name].concat()),
                ("data-tab", name),
                ("aria-selected", selected),
                ("aria-controls", "panel-body"),
                ("tabindex", index),
            ];
            body.element("button", &tab, label);
        }
        body.close(1);
        let close = [
            ("type", "button"),
            ("class", "icon-only"),
            ("data-do", "close"),
            ("aria-label", "Close"),
            ("title", "Close (Escape)"),
        ];
        body.open("button", &close);
        body.icon(CLOSE);
        body.close(2);
        let labelled = ["tab-", open.name()].concat();
        let place = [("id", "panel-body"), ("role", "tabpanel"), ("aria-labelledby", &labelled), ("tabindex", "0")];
        body.open("div", &place);
        body
    }

    /// What stands in the panel.
    pub(super) fn finish(mut self) -> Vec<Token<'static>> {
        self.close(1);
        self.tokens
    }

    /// Opens an element. An attribute without a name is left out.
    pub(super) fn open(&mut self, name: &'static str, attributes: &[(&'static str, &str)]) {
        let attributes = attributes.iter().filter(|(name, _)| !name.is_empty());
        let attributes = attributes.map(|&(name, value)| (name.into(), value.to_owned().into())).collect();
        self.tokens.push(Token::Open { name: name.into(), attributes, span: None });
    }

    /// Closes the last `elements` open elements.
    pub(super) fn close(&mut self, elements: usize) {
        self.tokens.extend(std::iter::repeat_n(Token::Close, elements));
    }

    /// A text; none where it is empty.
    pub(super) fn text(&mut self, text: &str) {
        if !text.is_empty() {
            self.tokens.push(Token::Text(text.to_owned().into()));
        }
    }

    /// An element that holds a text.
    pub(super) fn element(&mut self, name: &'static str, attributes: &[(&'static str, &str)], text: &str) {
        self.open(name, attributes);
        self.text(text);
        self.close(1);
    }

    /// A sentence in a less prominent style.
    pub(super) fn hint(&mut self, text: &str) {
        self.element("p", &[("class", "hint")], text);
    }

    /// An icon, which screen readers pass over.
    pub(super) fn icon(&mut self, path: &str) {
        self.open("svg", &[("viewBox", "0 0 24 24"), ("aria-hidden", "true"), ("focusable", "false")]);
        self.element("path", &[("d", path)], "");
        self.close(1);
    }
}

/// The icon of a cross, the same path as in `components/icon.rs`.
pub(super) const CLOSE: &str = "M6 6l12 12M18 6 6 18";

/// The icon of a bin, the same path as in `components/icon.rs`.
pub(super) const DELETE: &str = "M4 7h16M9 7V4h6v3M6 7l1 13h10l1-13M10 11v5M14 11v5";
