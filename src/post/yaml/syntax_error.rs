//! Syntax errors, explained to a writer. In: a syntax error and the text. Out: one diagnostic, with a fix where one is
//! safe. Neighbours: `scanner.rs` and `events.rs` find the errors, `build.rs` passes them on, `line.rs` splits lines.

use super::cause::{Cause, SyntaxError};
use super::line::{YamlLine, quoted};
use crate::text::{Diagnostic, Edit, Fix, Severity, Span};

/// What was known at the error; positions in bytes.
pub(super) struct ErrorContext {
    /// The innermost `[` or `{` that is still open.
    pub bracket: Option<usize>,
    /// Where the last scalar began.
    pub scalar_start: usize,
    /// Where the last token ended.
    pub content_end: usize,
}

/// Reads a text again and tells where it still fails.
pub(super) type Recheck<'r> = &'r dyn Fn(&str) -> Option<usize>;

/// What is wrong, where, and the edits that could fix it, the best first.
struct Explanation {
    span: Span,
    message: String,
    fixes: Vec<(&'static str, Edit)>,
}

/// Explains `error`. A fix is offered only if `recheck` finds the text of the fix free of errors up to the end of
/// the line that was fixed.
pub(super) fn explain(text: &str, error: &SyntaxError, context: &ErrorContext, recheck: Recheck<'_>) -> Diagnostic {
    let explanation = find(text, error, context);
    let fix = explanation.fixes.into_iter().find_map(|(label, edit)| {
        let mended = edit.apply(text);
        let from = edit.span.start + edit.text.len();
        let line_end = mended.get(from..).and_then(|rest| rest.find('\n')).map_or(mended.len(), |at| from + at);
        let good = recheck(&mended).is_none_or(|at| at > line_end);
        good.then(|| Fix { label: label.to_owned(), edit })
    });
    Diagnostic {
        code: "yaml-syntax".into(),
        severity: Severity::Error,
        span: explanation.span,
        message: explanation.message,
        fix,
    }
}

fn find(text: &str, error: &SyntaxError, context: &ErrorContext) -> Explanation {
    let at = floor_boundary(text, error.at);
    let cause = error.cause;
    let line = YamlLine::at(text, at);
    match cause {
        Cause::ControlCharacter => return control_character(text, at),
        Cause::Tab => {
            if let Some(explanation) = tab(text, context) {
                return explanation;
            }
        }
        Cause::Escape => return escape(text, at),
        Cause::AfterQuote => return after_quote(text, at, &line),
        Cause::FlowColon | Cause::FlowItem => {
            if let Some(explanation) = flow_item(text, at, cause) {
                return explanation;
            }
        }
        Cause::Quote => return unclosed_quote(text, at),
        _ => {}
    }
    if let Some(bracket) = context.bracket {
        return unclosed_bracket(text, bracket);
    }
    if cause == Cause::Name {
        let mark = text.get(at..).and_then(|rest| rest.chars().next()).unwrap_or('*');
        let kind = if mark == '&' { "an anchor" } else { "an alias" };
        let message =
            ["A value that begins with `", &String::from(mark), "` is ", kind, " in YAML. Put the value in quotes."];
        return in_quotes(text, &line, at, message.concat());
    }
    if cause == Cause::NoKey {
        return no_key(text, at, context.content_end);
    }
    if cause == Cause::Colon {
        return colon(text, at, &line, context);
    }
    if cause == Cause::BlockScalar && line.value.contains(at) {
        let message = "A value that begins with `>` or `|` begins on the next line, indented. Put the value in quotes if the sign is meant.";
        return in_quotes(text, &line, at, message.to_owned());
    }
    if line.value.start <= at && at < line.value.end {
        return value(text, at, &line);
    }
    if cause == Cause::Indentation {
        let message = "The indentation of this line fits none of the lines above it. Lines that belong together begin in the same column.";
        return Explanation { span: line.shown, message: message.to_owned(), fixes: Vec::new() };
    }
    let message = ["The front matter cannot be read from here on: ", error.message, "."].concat();
    Explanation { span: character(text, at), message, fixes: Vec::new() }
}

fn control_character(text: &str, at: usize) -> Explanation {
    let span = character(text, at);
    let code = span.of(text).chars().next().map_or(0, u32::from);
    let message = format!("There is an invisible control character here (U+{code:04X}), which YAML does not allow.");
    let edit = Edit { span, text: String::new(), selection: Span::at(span.start) };
    Explanation { span, message, fixes: vec![("Remove the character", edit)] }
}

/// The first tab in the indentation of a line since the last token; the parser may have stopped before it.
fn tab(text: &str, context: &ErrorContext) -> Option<Explanation> {
    let mut start = text.get(..context.content_end)?.rfind('\n').map_or(0, |newline| newline + 1);
    while start < text.len() {
        let line = YamlLine::at(text, start);
        let indentation = Span::new(start, line.shown.start);
        if let Some(tab) = indentation.of(text).find('\t') {
            let spaces = indentation.of(text).replace('\t', "  ");
            let selection = Span::at(start + spaces.len());
            // The fix for a line of white space is to empty it.
            let spaces = if line.shown.is_empty() { String::new() } else { spaces };
            let selection = if line.shown.is_empty() { Span::at(start) } else { selection };
            let removed = Edit { span: indentation, text: String::new(), selection: Span::at(start) };
            let replaced = Edit { span: indentation, text: spaces, selection };
            return Some(Explanation {
                span: Span::new(start + tab, start + tab + 1),
                message: "A tab begins this line; YAML allows only spaces there.".to_owned(),
                fixes: vec![("Replace the tabs by spaces", replaced), ("Remove the indentation", removed)],
            });
        }
        if line.next <= start {
            return None;
        }
        start = line.next;
    }
    None
}

/// An unknown escape in the double quotes that open at `at`.
fn escape(text: &str, at: usize) -> Explanation {
    let line = YamlLine::at(text, at);
    let mut found = at;
    let mut escaped = false;
    for (offset, c) in text.get(at + 1..).unwrap_or("").char_indices() {
        if escaped {
            escaped = false;
            if !"0abt\tnvfre \"/\\N_LP\n".contains(c) {
                found = at + offset;
                break;
            }
        } else if c == '\\' {
            escaped = true;
        } else if c == '"' {
            break;
        }
    }
    let message = "In double quotes a backslash begins an escape such as `\\n`, and this is none. In single quotes a backslash is a backslash.";
    let mut fixes = Vec::new();
    let inner = Span::new(line.value.start + 1, line.value.end.saturating_sub(1)).of(text);
    if line.value.start == at && line.value.of(text).ends_with('"') && !inner.is_empty() {
        let new = ["'", &inner.replace('\'', "''"), "'"].concat();
        fixes.push(("Use single quotes", replace(line.value, new)));
    }
    let end = text.get(found..).map_or(found, |rest| found + rest.chars().take(2).map(char::len_utf8).sum::<usize>());
    Explanation { span: Span::new(found, end), message: message.to_owned(), fixes }
}

fn unclosed_quote(text: &str, at: usize) -> Explanation {
    let line = YamlLine::at(text, at);
    let quote = character(text, at);
    let mut fixes = Vec::new();
    if line.value.start == at {
        let inner = Span::new(quote.end, line.value.end).of(text);
        fixes.push(("Close the quote", insert(line.value.end, quote.of(text))));
        fixes.push(("Put the value in quotes", replace(line.value, quoted(inner))));
    }
    Explanation { span: quote, message: "The quote that opens here is never closed.".to_owned(), fixes }
}

/// Text after a closing quote. Where the quotes span lines, an opening quote was not closed further up.
fn after_quote(text: &str, at: usize, line: &YamlLine) -> Explanation {
    if let Some(opening) = opening_above(text, line) {
        return unclosed_quote(text, opening);
    }
    let mut fixes = Vec::new();
    let value = line.value.of(text);
    if let Some(quote) = value.chars().next().filter(|&c| c == '"' || c == '\'') {
        let inner = value.strip_prefix(quote).unwrap_or(value);
        // `"a "quoted" word"` was meant as one value, `"a" and more` too, with its quotes.
        let whole = inner.strip_suffix(quote).filter(|inner| inner.contains(quote));
        fixes.push(("Put the whole value in quotes", replace(line.value, quoted(whole.unwrap_or(value)))));
    }
    let message = "The value ends with its closing quote, and text follows. Quotes inside of quotes need the other kind around them.";
    Explanation { span: Span::new(at, line.value.end.max(at)), message: message.to_owned(), fixes }
}

/// The quote that opens a value on a line above `line` and is not closed on its own line.
fn opening_above(text: &str, line: &YamlLine) -> Option<usize> {
    let mut end = line.start;
    // A missing quote is usually a few lines above at most.
    for _ in 0..20 {
        let above = YamlLine::at(text, end.checked_sub(1)?);
        let value = above.value.of(text);
        if let Some(quote) = value.chars().next().filter(|&c| c == '"' || c == '\'') {
            let closed = value.len() > 1 && value.ends_with(quote);
            return (!closed).then_some(above.value.start);
        }
        end = above.start;
    }
    None
}

fn unclosed_bracket(text: &str, at: usize) -> Explanation {
    let line = YamlLine::at(text, at);
    let span = character(text, at);
    let opening = span.of(text);
    let closing = if opening == "[" { "]" } else { "}" };
    let mut fixes = Vec::new();
    if text.get(at..).is_some_and(|rest| rest.starts_with("{%") || rest.starts_with("{{")) {
        let message = "Braces begin a mapping in YAML; Liquid does not run in front matter. Put the value in quotes.";
        return in_quotes(text, &line, at, message.to_owned());
    }
    let key = line.key.of(text);
    if matches!(key, "tags" | "tag" | "categories" | "category" | "keywords" | "authors")
        || line.value.of(text).contains(',')
    {
        fixes.push(("Close the bracket", insert(line.value.end, closing)));
    }
    if line.value.start == at {
        fixes.push(("Put the value in quotes", replace(line.value, quoted(line.value.of(text)))));
    }
    let kind = if opening == "[" { "a list" } else { "a mapping" };
    let message = [
        "The `",
        opening,
        "` that opens ",
        kind,
        " here is not closed properly. If it is meant as text, put the value in quotes.",
    ];
    Explanation { span, message: message.concat(), fixes }
}

/// An item between brackets that has to be quoted; `None` where the item is not the mistake.
fn flow_item(text: &str, at: usize, cause: Cause) -> Option<Explanation> {
    let rest = text.get(at..)?;
    let length = rest.find([',', ']', '}', '\n']).unwrap_or(rest.len());
    let (start, message) = if cause == Cause::FlowColon {
        let sign = character(text, at + 1);
        let before = text.get(..at)?;
        let from = before.rfind(['[', '{', ',', '\n', ' ']).map_or(0, |sign| sign + 1);
        let message =
            ["Between brackets a colon cannot stand directly before `", sign.of(text), "`. Put the text in quotes."];
        (from, message.concat())
    } else {
        let sign = rest.get(..1).filter(|sign| [":", "-"].contains(sign))?;
        (at, ["Between brackets an item cannot begin with `", sign, "`. Put it in quotes."].concat())
    };
    let item = Span::new(start, at + length);
    let item = Span::new(start, start + item.of(text).trim_end().len());
    Some(Explanation {
        span: item,
        message,
        fixes: vec![("Put the item in quotes", replace(item, quoted(item.of(text))))],
    })
}

/// A line that is neither a key nor part of a value; the error comes when the next line has begun.
fn no_key(text: &str, at: usize, from: usize) -> Explanation {
    let mut line = YamlLine::at(text, at);
    // The line with the mistake is the first one with content from there on.
    let mut start = from;
    for _ in 0..1000 {
        let candidate = YamlLine::at(text, start);
        let unread = Span::new(candidate.shown.start.max(from), candidate.shown.end);
        let content = unread.of(text).trim();
        let dashes = candidate.start == 0 && content == "---";
        if !content.is_empty() && !content.starts_with(['#', ':']) && candidate.start >= from && !dashes {
            line = candidate;
            break;
        }
        if candidate.next <= start || candidate.next > at {
            break;
        }
        start = candidate.next;
    }
    let shown = line.shown.of(text);
    let mut fixes = Vec::new();
    let word = shown.bytes().take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-')).count();
    let after = shown.get(word..).unwrap_or("");
    if word > 0 && after.starts_with(':') && after.len() > 1 {
        let key = shown.get(..word).unwrap_or("");
        let colon = line.shown.start + word + 1;
        let message = ["After `", key, ":` a space is missing."].concat();
        return Explanation {
            span: Span::new(line.shown.start, colon),
            message,
            fixes: vec![("Insert the space", insert(colon, " "))],
        };
    }
    if shown.starts_with('-') && !shown.starts_with("--") {
        let dash = line.shown.start + 1;
        let message = "After the dash of a list item a space is missing.".to_owned();
        return Explanation {
            span: Span::new(dash - 1, dash),
            message,
            fixes: vec![("Insert the space", insert(dash, " "))],
        };
    }
    if line.start > 0 && !shown.starts_with(['"', '\'', '[', '{']) {
        fixes.push(("Indent the line", insert(line.start, "  ")));
    }
    let message = "This line is no `key: value`. If it belongs to the value above, indent it.".to_owned();
    Explanation { span: line.shown, message, fixes }
}

/// A colon followed by a space where YAML expects none.
fn colon(text: &str, at: usize, line: &YamlLine, context: &ErrorContext) -> Explanation {
    if line.value.start <= at && at < line.value.end {
        let key = line.key.of(text);
        let message = [
            "The value of `",
            key,
            "` contains a colon followed by a space, which YAML takes for another key. Put the value in quotes.",
        ];
        return in_quotes(text, line, at, message.concat());
    }
    // A line without indentation is correct. The mistake is above it: a line without a key.
    if line.shown.start == line.start {
        return no_key(text, at, YamlLine::at(text, context.scalar_start).start);
    }
    // The line itself is `key: value`; the one above has a value, to which an indented line belongs.
    let span = Span::new(line.start, line.shown.start);
    let fixes = vec![("Remove the indentation", Edit { span, text: String::new(), selection: Span::at(line.start) })];
    let message = "This line is indented, so YAML takes it for a part of the value above it.".to_owned();
    Explanation { span: line.shown, message, fixes }
}

/// A value that begins or goes on with something that YAML does not allow there.
fn value(text: &str, at: usize, line: &YamlLine) -> Explanation {
    let value = line.value.of(text);
    let sign = character(text, at);
    if at > line.value.start {
        if value.starts_with(['[', '{']) {
            let message = "A value that begins with a bracket is a list or a mapping in YAML, and text follows it. Put the value in quotes.";
            return in_quotes(text, line, at, message.to_owned());
        }
        return in_quotes(text, line, at, "YAML cannot read this value. Put it in quotes.".to_owned());
    }
    let message = match sign.of(text) {
        "`" => "A value cannot begin with a backtick in YAML. Put it in quotes.".to_owned(),
        sign => ["A value cannot begin with `", sign, "` in YAML. Put it in quotes."].concat(),
    };
    in_quotes(text, line, at, message)
}

/// An error that goes away when the value of the line is quoted.
fn in_quotes(text: &str, line: &YamlLine, at: usize, message: String) -> Explanation {
    let mut fixes = Vec::new();
    if !line.value.is_empty() {
        fixes.push(("Put the value in quotes", replace(line.value, quoted(line.value.of(text)))));
    }
    Explanation { span: character(text, at), message, fixes }
}

fn replace(span: Span, new: String) -> Edit {
    let selection = Span::at(span.start + new.len());
    Edit { span, text: new, selection }
}

fn insert(at: usize, new: &str) -> Edit {
    Edit { span: Span::at(at), text: new.to_owned(), selection: Span::at(at + new.len()) }
}

/// The span of the character at `at`; empty at the end.
fn character(text: &str, at: usize) -> Span {
    let length = text.get(at..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
    Span::new(at, at + length)
}

fn floor_boundary(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}
