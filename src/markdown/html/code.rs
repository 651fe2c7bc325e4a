//! Code blocks and code spans with kramdown's and Rouge's wrappers (kramdown converter/html.rb, `convert_codeblock`,
//! `convert_codespan`). In: code and its language. Out: tokens. Neighbours: `languages.rs` knows Rouge's names.

use super::languages::is_known;
use super::{EndAction, Writer, copied};
use crate::markdown::event::{Attributes, CowStr};
use crate::text::Span;

impl<'a> Writer<'a, '_> {
    /// Opens the wrappers of a code block; its text follows.
    pub(super) fn code_block(&mut self, info: Option<&CowStr<'a>>, attributes: &Attributes<'a>, span: Span) {
        let language = info.and_then(|info| info.split_whitespace().next());
        if !self.is_jekyll() {
            self.tree.open("pre", copied(attributes), Some(span));
            let class = language.map(|language| ("class".into(), ["language-", language].concat().into()));
            self.tree.open("code", class.into_iter().collect(), None);
            return self.end_actions.push(EndAction::Close(2));
        }
        let mut all = copied(attributes);
        // In `ruby?start_line=2`, options for the lexer follow the name. The class has the name only.
        let given = language.and_then(|language| language.split('?').next()).filter(|name| !name.is_empty());
        let from_class = take_language(&mut all);
        let language = given.map(CowStr::from).map(CowStr::into_static).or(from_class);
        if let Some(unknown) = language.as_ref().filter(|name| !is_known(name)) {
            let class = ["language-", unknown].concat();
            self.tree.open("pre", all, Some(span));
            self.tree.open("code", vec![("class".into(), class.into())], None);
            return self.end_actions.push(EndAction::PlainCode);
        }
        highlighter_class(&mut all, language.as_deref().unwrap_or("plaintext"));
        self.tree.open("div", all, Some(span));
        self.tree.open("div", vec![("class".into(), "highlight".into())], None);
        self.tree.open("pre", vec![("class".into(), "highlight".into())], None);
        self.tree.open("code", Vec::new(), None);
        self.end_actions.push(EndAction::Highlighted);
    }

    /// Closes the wrappers of highlighted code; the outermost end tag is indented.
    pub(super) fn end_highlighted(&mut self) {
        for _ in 0..3 {
            self.tree.close();
        }
        self.indentation();
        self.tree.close();
    }

    /// Closes code that is not highlighted, which always ends a line.
    pub(super) fn end_plain_code(&mut self) {
        if self.tree.is_empty_element() {
            self.tree.text("\n");
        }
        self.tree.close();
        self.tree.close();
    }

    /// A code span.
    pub(super) fn code_span(&mut self, code: &CowStr<'a>, attributes: &Attributes<'a>, span: Span) {
        let mut all = copied(attributes);
        if self.is_jekyll() {
            match take_language(&mut all) {
                Some(unknown) if !is_known(&unknown) => {
                    all = copied(attributes);
                }
                Some(language) => highlighter_class(&mut all, &language),
                None if all.is_empty() => all.push(("class".into(), "language-plaintext highlighter-rouge".into())),
                None => highlighter_class(&mut all, "plaintext"),
            }
        }
        self.tree.open("code", all, Some(span));
        self.tree.text(code.clone());
        self.tree.close();
    }
}

/// Removes `language-x` from the classes and returns `x`.
fn take_language<'a>(attributes: &mut Vec<(CowStr<'a>, CowStr<'a>)>) -> Option<CowStr<'static>> {
    let index = attributes.iter().position(|(name, _)| &**name == "class")?;
    let (_, classes) = attributes.get_mut(index)?;
    let language = classes.split_whitespace().find_map(|class| class.strip_prefix("language-"))?.to_owned();
    let others: Vec<_> = classes.split_whitespace().filter(|class| !class.starts_with("language-")).collect();
    let others = others.join(" ");
    if others.is_empty() {
        attributes.remove(index);
    } else {
        *classes = others.into();
    }
    Some(language.into())
}

/// Puts `language-x` before the classes and the highlighter's after them.
fn highlighter_class<'a>(attributes: &mut Vec<(CowStr<'a>, CowStr<'a>)>, language: &str) {
    match attributes.iter_mut().find(|(name, _)| &**name == "class") {
        Some((_, classes)) => *classes = ["language-", language, " ", classes, " highlighter-rouge"].concat().into(),
        None => attributes.push(("class".into(), ["language-", language, " highlighter-rouge"].concat().into())),
    }
}
