//! Code blocks and code spans with kramdown's and Rouge's wrappers (kramdown converter/html.rb, `convert_codeblock`,
//! `convert_codespan`). In: code and its language. Out: tokens. Neighbours: `code/` knows Rouge's names and formatters.

use super::{EndAction, Writer, copied};
use crate::code::names::{is_known, is_plain};
use crate::code::{self, CodeSink, LineNumbering};
use crate::markdown::event::{Attributes, CowStr, Event};
use crate::markdown::raw_html::TreeBuilder;
use crate::post::kramdown_options::{CodeOptions, KramdownOptions};
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
        let language = given.map(str::to_owned).or_else(|| language_of(&all));
        if given.is_none() {
            leave_language(&mut all);
        }
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
        let numbering = numbering(code);
        let name = name.to_owned();
        self.end_actions.push(EndAction::Highlighted(if wrap { 3 } else { 0 }));
        if numbering.is_some() || !is_plain(&name) {
            let (code, pieces) = self.code_text(index + 1);
            self.skips_text = self.highlighted_code(&name, &code, &pieces, numbering);
        }
    }

    /// Writes code where there is more to it than its text. Whether there is.
    fn highlighted_code(
        &mut self,
        language: &str,
        code: &str,
        pieces: &[(usize, Option<usize>)],
        numbering: Option<LineNumbering<'_>>,
    ) -> bool {
        let runs = self.document.highlighting.runs(language, code);
        if runs.is_none() && numbering.is_none() {
            return false;
        }
        let mut sink = TreeSink { tree: &mut self.tree, text: code, pieces, after_pre: false };
        let spans = |sink: &mut dyn CodeSink| code::spans(code, runs.as_deref(), sink);
        match numbering {
            Some(numbering) => code::table(code, numbering, &mut sink, &spans),
            None => spans(&mut sink),
        }
        true
    }

    /// The text of the code whose first event has that index, and of its pieces the first byte and where they stand in the
    /// body.
    fn code_text(&self, start: usize) -> (String, Vec<(usize, Option<usize>)>) {
        let (mut code, mut pieces) = (String::new(), Vec::new());
        for item in self.document.items.get(start..).unwrap_or(&[]) {
            let Event::Text(text) = &item.event else { break };
            let is_verbatim = item.span.of(self.document.body) == &**text;
            pieces.push((code.len(), is_verbatim.then_some(item.span.start)));
            code.push_str(text);
        }
        (code, pieces)
    }

    /// Closes the wrappers of highlighted code, `inner` of them within the outermost; its end tag is indented.
    pub(super) fn end_highlighted(&mut self, inner: usize) {
        self.skips_text = false;
        for _ in 0..inner {
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
    pub(super) fn code_span(&mut self, text: &CowStr<'a>, attributes: &Attributes<'a>, span: Span) {
        let mut all = copied(attributes);
        if !self.is_jekyll() {
            self.tree.open("code", all, Some(span));
            self.tree.text(text.clone());
            return self.tree.close();
        }
        let options = &self.document.options.kramdown;
        let code = options.code(false);
        let language = language_of(&all);
        let name = highlighted(options, code, language.as_deref());
        match name {
            None => {}
            Some("plaintext") if all.is_empty() => {
                all.push(("class".into(), "language-plaintext highlighter-rouge".into()));
            }
            Some(name) => highlighter_class(&mut all, name),
        }
        self.tree.open("code", all, Some(span));
        let is_written = name.is_some_and(|name| self.highlighted_code(name, text, &[], numbering(code)));
        if !is_written {
            self.tree.text(text.clone());
        }
        self.tree.close();
    }
}

/// The table with line numbers that Rouge writes with these options.
fn numbering(code: Option<&CodeOptions>) -> Option<LineNumbering<'_>> {
    let numbers = code.and_then(|code| code.line_numbers.as_ref())?;
    Some(LineNumbering { start_line: numbers.start_line, classes: numbers.classes.each_ref().map(String::as_str) })
}

/// Writes code as tokens.
struct TreeSink<'t, 'a> {
    tree: &'t mut TreeBuilder<'a>,
    text: &'t str,
    /// Pieces of the text: the first byte, and where that stands in the body.
    pieces: &'t [(usize, Option<usize>)],
    /// Whether the last thing written is the start tag of `pre`: an HTML parser drops a line break after it.
    after_pre: bool,
}

impl TreeSink<'_, '_> {
    /// Where a part of the code stands in the body, if that is known.
    fn source(&self, part: Span) -> Option<Span> {
        let index = self.pieces.partition_point(|&(start, _)| start <= part.start).checked_sub(1)?;
        let &(start, Some(source)) = self.pieces.get(index)? else { return None };
        let is_whole = self.pieces.get(index + 1).is_none_or(|&(next, _)| part.end <= next);
        is_whole.then(|| Span::new(source + part.start - start, source + part.end - start))
    }
}

impl CodeSink for TreeSink<'_, '_> {
    fn open(&mut self, name: &'static str, class: &str, code: Option<Span>) {
        self.after_pre = name == "pre";
        let class = (!class.is_empty()).then(|| ("class".into(), CowStr::Borrowed(class).into_static()));
        let span = code.and_then(|part| self.source(part));
        self.tree.open(name, class.into_iter().collect(), span);
    }

    fn close(&mut self, _name: &'static str) {
        self.after_pre = false;
        self.tree.close();
    }

    fn text(&mut self, text: &str) {
        let after_pre = self.after_pre && !text.is_empty() && std::mem::take(&mut self.after_pre);
        let text = text.strip_prefix('\n').filter(|_| after_pre).unwrap_or(text);
        self.tree.text(CowStr::Borrowed(text).into_static());
    }

    fn code(&mut self, part: Span) {
        self.text(part.of(self.text));
    }
}

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
    let stays = is_plain(name) && code.is_some_and(|code| !code.guess_lang);
    (is_known(name) && !stays).then_some(name)
}

/// Where the first `language-x` stands among the classes (kramdown's `/\blanguage-\S+/`).
fn language_in(classes: &str) -> Option<Span> {
    let mut before = ' ';
    for (start, c) in classes.char_indices() {
        let rest = classes.as_bytes().get(start..).unwrap_or(&[]);
        if rest.starts_with(LANGUAGE.as_bytes()) && !(before.is_alphanumeric() || before == '_') {
            // Ruby's `\S` is everything but ASCII's white space.
            let length = rest.iter().take_while(|&&byte| !matches!(byte, b' ' | b'\t'..=b'\r')).count();
            if length > LANGUAGE.len() {
                return Some(Span::new(start, start + length));
            }
        }
        before = c;
    }
    None
}

const LANGUAGE: &str = "language-";

/// The name of the language in the classes.
fn language_of(attributes: &[(CowStr<'_>, CowStr<'_>)]) -> Option<String> {
    let (_, classes) = attributes.iter().find(|(name, _)| &**name == "class")?;
    let found = language_in(classes)?;
    classes.get(found.start + LANGUAGE.len()..found.end).map(str::to_owned)
}

/// Removes the language from the classes.
fn leave_language(attributes: &mut Vec<(CowStr<'_>, CowStr<'_>)>) {
    let Some(index) = attributes.iter().position(|(name, _)| &**name == "class") else { return };
    let Some((_, classes)) = attributes.get_mut(index) else { return };
    let Some(Span { start, end }) = language_in(classes) else { return };
    let others = [classes.get(..start).unwrap_or(""), classes.get(end..).unwrap_or("")].concat();
    match others.trim() {
        "" => drop(attributes.remove(index)),
        others => *classes = others.to_owned().into(),
    }
}

/// Puts `language-x` before the classes, or in the place of the language that they begin with, and the highlighter's after
/// them (kramdown's `add_syntax_highlighter_to_class_attr`).
fn highlighter_class<'a>(attributes: &mut Vec<(CowStr<'a>, CowStr<'a>)>, language: &str) {
    match attributes.iter_mut().find(|(name, _)| &**name == "class") {
        Some((_, classes)) => {
            let own = classes.trim_start();
            let (gap, others) = match language_in(own).filter(|found| found.start == 0) {
                Some(found) => ("", own.get(found.end..).unwrap_or("")),
                None => (" ", own),
            };
            *classes = [LANGUAGE, language, gap, others, " highlighter-rouge"].concat().into();
        }
        None => attributes.push(("class".into(), [LANGUAGE, language, " highlighter-rouge"].concat().into())),
    }
}
