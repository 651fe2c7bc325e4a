//! Code blocks and code spans with kramdown's and Rouge's wrappers (kramdown converter/html.rb, `convert_codeblock`,
//! `convert_codespan`). In: code and its language. Out: tokens. Neighbours: `languages.rs` knows Rouge's names.

use super::languages::is_known;
use super::{EndAction, Writer, copied};
use crate::markdown::event::{Attributes, CowStr, Event};
use crate::post::kramdown_options::{CodeOptions, KramdownOptions, LineNumbers};
use crate::text::Span;

impl<'a> Writer<'a, '_> {
    /// Opens the wrappers of a code block; its text follows.
    pub(super) fn code_block(
        &mut self,
        info: Option<&CowStr<'a>>,
        attributes: &Attributes<'a>,
        span: Span,
        index: usize,
    ) {
        let language = info.and_then(|info| info.split_ascii_whitespace().next());
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
        let options = &self.document.options.kramdown;
        let code = options.code(true);
        let Some(name) = highlighted(options, code, language.as_deref()) else {
            let class = language.map(|name| ("class".into(), ["language-", &name].concat().into()));
            self.tree.open("pre", all, Some(span));
            self.tree.open("code", class.into_iter().collect(), None);
            return self.end_actions.push(EndAction::PlainCode);
        };
        let wrap = code.is_none_or(|code| code.wrap);
        highlighter_class(&mut all, name);
        self.tree.open("div", all, Some(span));
        if wrap {
            let class = code.map_or("highlight", |code| &code.css_class).to_owned();
            self.tree.open("div", vec![("class".into(), "highlight".into())], None);
            self.tree.open("pre", vec![("class".into(), class.into())], None);
            self.tree.open("code", Vec::new(), None);
        }
        let inner = if wrap { 3 } else { 0 };
        let numbers = code.and_then(|code| code.line_numbers.as_ref());
        if let Some(numbers) = numbers {
            self.line_numbers(numbers, &self.code_text(index + 1));
        }
        self.end_actions.push(EndAction::Highlighted(inner + if numbers.is_some() { NUMBERED } else { 0 }));
    }

    /// The text of the code whose first event has that index.
    fn code_text(&self, start: usize) -> String {
        let events = self.document.items.get(start..).unwrap_or(&[]).iter().map(|item| &item.event);
        let text = |event: &Event<'a>| match event {
            Event::Text(text) => Some(text.to_string()),
            _ => None,
        };
        events.map_while(text).collect()
    }

    /// Opens the table with the numbers of the lines of `code`, up to the place of the code (Rouge's
    /// formatters/html_table.rb).
    fn line_numbers(&mut self, numbers: &LineNumbers, code: &str) {
        let class = |name: &str| vec![("class".into(), name.to_owned().into())];
        let [table, gutter, cell] = &numbers.classes;
        let count = code.matches('\n').count() + usize::from(!code.ends_with('\n'));
        let mut lines = String::new();
        for line in (numbers.start_line..).take(count) {
            lines.push_str(&line.to_string());
            lines.push('\n');
        }
        self.tree.open("table", class(table), None);
        self.tree.open("tbody", Vec::new(), None);
        self.tree.open("tr", Vec::new(), None);
        self.tree.open("td", class(&[gutter, " gl"].concat()), None);
        self.tree.open("pre", class("lineno"), None);
        self.tree.text(lines);
        self.tree.close();
        self.tree.close();
        self.tree.open("td", class(cell), None);
        self.tree.open("pre", Vec::new(), None);
        self.drops_line_break = true;
    }

    /// Closes the wrappers of highlighted code, `inner` of them within the outermost; its end tag is indented.
    pub(super) fn end_highlighted(&mut self, inner: usize) {
        if inner > 3 || inner == NUMBERED {
            self.end_line();
        }
        for _ in 0..inner {
            self.tree.close();
        }
        self.indentation();
        self.tree.close();
    }

    /// Ends the last line of the code in a table. An HTML parser drops a line break at the start of `pre`.
    fn end_line(&mut self) {
        if !self.tree.ends_with_line_break() && !self.tree.is_empty_element() {
            self.tree.text("\n");
        }
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
        let mut numbers = None;
        if self.is_jekyll() {
            let options = &self.document.options.kramdown;
            let code = options.code(false);
            let language = take_language(&mut all);
            match highlighted(options, code, language.as_deref()) {
                None => all = copied(attributes),
                Some("plaintext") if all.is_empty() => {
                    all.push(("class".into(), "language-plaintext highlighter-rouge".into()));
                }
                Some(name) => highlighter_class(&mut all, name),
            }
            numbers = code.and_then(|code| code.line_numbers.as_ref()).filter(|_| !all.is_empty());
        }
        self.tree.open("code", all, Some(span));
        if let Some(numbers) = numbers {
            self.line_numbers(numbers, code);
            self.drops_line_break = false;
        }
        self.tree.text(code.clone());
        if numbers.is_some() {
            self.end_line();
            (0..NUMBERED).for_each(|_| self.tree.close());
        }
        self.tree.close();
    }
}

/// How many elements of the table with line numbers are open around the code.
const NUMBERED: usize = 5;

/// The name of the language that code is highlighted in, or `None` where it is not. `given` is the name that the code
/// has (kramdown converter/syntax_highlighter/rouge.rb).
fn highlighted<'n>(
    options: &'n KramdownOptions,
    code: Option<&'n CodeOptions>,
    given: Option<&'n str>,
) -> Option<&'n str> {
    if options.syntax_highlighter != "rouge" || code.is_some_and(|code| code.disable) {
        return None;
    }
    let name = given.unwrap_or_else(|| code.map_or("plaintext", |code| &code.default_lang));
    let plain = matches!(name, "plaintext" | "text") && code.is_some_and(|code| !code.guess_lang);
    (is_known(name) && !plain).then_some(name)
}

/// Removes `language-x` from the classes and returns `x`.
fn take_language<'a>(attributes: &mut Vec<(CowStr<'a>, CowStr<'a>)>) -> Option<CowStr<'static>> {
    let index = attributes.iter().position(|(name, _)| &**name == "class")?;
    let (_, classes) = attributes.get_mut(index)?;
    let language = classes.split_ascii_whitespace().find_map(|class| class.strip_prefix("language-"))?.to_owned();
    let others: Vec<_> = classes.split_ascii_whitespace().filter(|class| !class.starts_with("language-")).collect();
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
