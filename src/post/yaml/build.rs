//! From events to a value. In: a YAML text. Out: the value, every top-level entry with its spans, and diagnostics.
//! Neighbours: `events.rs` below, `syntax_error.rs` for the words, `value_span.rs` for the spans of values.
//!
//! It follows SafeYAML's `psych_handler.rb`, which fills structures as the events come: a later duplicate wins, `<<`
//! merges where it stands, an alias that is not known yet is null. Nesting, nodes and what aliases copy are budgeted.

use serde_yaml::{Mapping, Value};

use super::cause::Cause;
use super::display::display;
use super::events::{Event, Events, Properties, Style, SyntaxError};
use super::scalar::{self, Scalar};
use super::source::{Patch, Source};
use super::syntax_error::Context;
use super::value_span::value_span as exact;
use super::{Entry, tabs};
use crate::text::{Diagnostic, Names, Severity, Span};

/// How deep sequences and mappings may be nested.
pub(super) const MAX_DEPTH: usize = 128;
/// How many scalars, sequences and mappings there may be.
pub(super) const MAX_NODES: usize = 100_000;
/// How many nodes (or 64-byte pieces of text) may be copied for anchors and aliases.
pub(super) const MAX_COPIES: usize = 20_000;

/// How many warnings are worth giving.
const MAX_WARNINGS: usize = 100;

/// A document that could be read.
pub(super) struct Built {
    pub value: Value,
    /// In the order of the text; their `span` ends with the value.
    pub entries: Vec<Entry>,
    pub diagnostics: Vec<Diagnostic>,
}

/// Why a document could not be read.
pub(super) enum Halt {
    /// libyaml would refuse it.
    Syntax(SyntaxError, Context),
    /// Another reason.
    Other(Box<Diagnostic>),
    /// Our parser refuses a line that libyaml accepts; with the patch it would not.
    Patch(Vec<Patch>, SyntaxError, Context),
}

/// A sequence or mapping that is not finished.
struct OpenCollection {
    value: Collection,
    anchor: usize,
    size: usize,
    /// For the block style, the column of its keys or dashes; `None` in brackets.
    column: Option<usize>,
}

enum Collection {
    Sequence(Vec<Value>),
    Mapping { mapping: Mapping, key: Option<Key> },
}

/// A key that waits for its value.
struct Key {
    value: Value,
    span: Span,
    /// Whether it is a list or a mapping, which Jekyll loses together with its value.
    lost: bool,
}

/// A finished value, where it stands, and what it costs to copy.
struct ParsedNode {
    scalar: Option<(Scalar, Style)>,
    value: Value,
    span: Span,
    size: usize,
}

struct Builder<'t> {
    text: &'t str,
    stack: Vec<OpenCollection>,
    root: Option<Value>,
    /// The anchored nodes by their numbers, which the parser counts up, and what they cost to copy; `None` until one is
    /// finished.
    anchors: Vec<Option<(Value, usize)>>,
    nodes: usize,
    copies: usize,
    entries: Vec<Entry>,
    /// The last entry of each key.
    by_key: Names,
    diagnostics: Vec<Diagnostic>,
    /// Where the last scalar began.
    scalar_start: usize,
    /// Where the last thing ended that a person can see.
    content_end: usize,
    /// Up to where lines were looked at for tabs.
    checked: usize,
    /// From which column on a tab may begin a line after the last token; `None` for nowhere.
    tab_column: Option<usize>,
    /// Where the value of the current top-level entry began.
    value_start: usize,
    /// The brackets and braces that are open.
    brackets: Vec<usize>,
}

/// Reads the first document of `source`; spans in bytes of the original text.
pub(super) fn build(source: &Source<'_>) -> Result<Built, Halt> {
    let mut builder = Builder {
        text: source.original,
        stack: Vec::new(),
        root: None,
        anchors: Vec::new(),
        nodes: 0,
        copies: 0,
        entries: Vec::new(),
        by_key: Names::default(),
        diagnostics: Vec::new(),
        scalar_start: 0,
        content_end: 0,
        checked: 0,
        tab_column: None,
        value_start: 0,
        brackets: Vec::new(),
    };
    let mut events = Events::new(source);
    loop {
        match events.next() {
            Ok((Event::End, span)) => {
                builder.finish(span.end)?;
                return Ok(Built {
                    value: builder.root.unwrap_or(Value::Null),
                    entries: builder.entries,
                    diagnostics: builder.diagnostics,
                });
            }
            Ok((event, span)) => builder.take(event, span)?,
            Err(error) => return Err(builder.halt(error)),
        }
    }
}

impl Builder<'_> {
    fn take(&mut self, event: Event<'_>, span: Span) -> Result<(), Halt> {
        match event {
            Event::Scalar(text, style, properties) => self.scalar(&text, style, &properties, span),
            Event::Alias(anchor) => self.alias(anchor, span),
            Event::SequenceStart(properties) => self.open(Collection::Sequence(Vec::new()), &properties, span),
            Event::MappingStart(properties) => {
                self.open(Collection::Mapping { mapping: Mapping::new(), key: None }, &properties, span)
            }
            Event::SequenceEnd | Event::MappingEnd => self.close(span),
            Event::End => Ok(()),
        }
    }

    fn scalar(&mut self, text: &str, style: Style, properties: &Properties, span: Span) -> Result<(), Halt> {
        self.count(span)?;
        let resolved = if properties.binary {
            Scalar::String(scalar::binary(text))
        } else if style == Style::Plain || properties.tagged {
            scalar::resolve(text)
        } else {
            Scalar::String(text.to_owned())
        };
        let empty = style == Style::Plain && text.is_empty() && properties.anchor == 0 && !properties.tagged;
        if empty {
            self.key_expected(span.end)?;
        }
        let span = match style {
            // An empty plain scalar has no place of its own: it stands after what came last.
            Style::Plain if empty => Span::at(self.after_indicator(self.text.len())),
            Style::Plain => span,
            Style::SingleQuoted | Style::DoubleQuoted => self.quoted_scalar(span),
            Style::Literal | Style::Folded => self.block_scalar(span),
        };
        if !empty {
            self.gap(span.start)?;
        }
        self.scalar_start = span.start;
        self.content_end = self.content_end.max(span.end);
        self.tab_column = match style {
            Style::Plain if !text.is_empty() => Some(self.stack.last().map_or(0, |f| f.column.map_or(0, |c| c + 1))),
            Style::Literal | Style::Folded => Some(self.block_column(span)),
            _ => None,
        };
        let size = 1 + text.len() / 64;
        let node = ParsedNode { scalar: Some((resolved.clone(), style)), value: resolved.into_value(), span, size };
        self.add(node, properties.anchor)
    }

    fn alias(&mut self, anchor: usize, span: Span) -> Result<(), Halt> {
        self.count(span)?;
        self.gap(span.start)?;
        self.content_end = self.content_end.max(span.end);
        self.tab_column = None;
        let (value, size) = match self.anchors.get(anchor) {
            Some(Some((value, size))) => {
                self.copies = self.copies.saturating_add(*size);
                if self.copies > MAX_COPIES {
                    return Err(too_many_copies(span));
                }
                (value.clone(), *size)
            }
            _ => {
                let name = span.of(self.text).get(1..).unwrap_or("");
                let message = [
                    "`*",
                    name,
                    "` refers to nothing: no `&",
                    name,
                    "` stands before it. Jekyll reads it as empty. Quote the value if the asterisk is meant.",
                ];
                self.warn("yaml-unknown-alias", span, message.concat());
                (Value::Null, 1)
            }
        };
        self.add(ParsedNode { scalar: None, value, span, size }, 0)
    }

    fn count(&mut self, span: Span) -> Result<(), Halt> {
        self.nodes += 1;
        if self.nodes > MAX_NODES {
            return Err(too_large(span, "The front matter is too long to be read here (more than 100,000 values)."));
        }
        Ok(())
    }

    fn open(&mut self, value: Collection, properties: &Properties, span: Span) -> Result<(), Halt> {
        self.count(span)?;
        if self.stack.len() >= MAX_DEPTH {
            return Err(too_large(
                span,
                "The front matter is nested too deeply to be read here (more than 128 levels).",
            ));
        }
        self.gap(span.start)?;
        if self.stack.len() == 1 {
            let sequence = matches!(value, Collection::Sequence(_));
            self.value_start = self.first_dash(span.start).filter(|_| sequence).unwrap_or(span.start);
        }
        let before = self.text.get(..span.end).unwrap_or("");
        let flow = before.ends_with(['[', '{']) || !self.brackets.is_empty();
        if before.ends_with(['[', '{']) {
            self.brackets.push(span.end - 1);
            self.content_end = self.content_end.max(span.end);
        }
        let column = if flow { None } else { Some(self.column(span.start)) };
        self.stack.push(OpenCollection { value, anchor: properties.anchor, size: 1, column });
        Ok(())
    }

    /// The parser places a sequence whose dashes stand below the first letter of its key at the first item's content;
    /// this is the dash before it.
    fn first_dash(&self, start: usize) -> Option<usize> {
        let before = self.text.get(self.content_end..start)?.trim_end();
        let line = before.strip_suffix('-')?;
        let own = line.rsplit('\n').next().is_some_and(|indent| indent.trim().is_empty());
        (own && line.contains('\n')).then_some(self.content_end + line.len())
    }

    fn close(&mut self, span: Span) -> Result<(), Halt> {
        let Some(frame) = self.stack.pop() else { return Ok(()) };
        // The parser counts white space and a comment behind the bracket to it.
        if span.of(self.text).starts_with([']', '}']) {
            self.content_end = self.content_end.max(span.start + 1);
            self.tab_column = None;
            self.brackets.pop();
        }
        let span = Span::new(self.value_start.min(self.content_end), self.content_end);
        let value = match frame.value {
            Collection::Sequence(items) => Value::Sequence(items),
            Collection::Mapping { mapping, .. } => Value::Mapping(mapping),
        };
        self.add(ParsedNode { scalar: None, value, span, size: frame.size }, frame.anchor)
    }

    /// Puts a finished node where it belongs.
    fn add(&mut self, node: ParsedNode, anchor: usize) -> Result<(), Halt> {
        if anchor > 0 {
            self.copies = self.copies.saturating_add(node.size);
            if self.copies > MAX_COPIES {
                return Err(too_many_copies(node.span));
            }
            if self.anchors.len() <= anchor {
                self.anchors.resize(anchor + 1, None);
            }
            if let Some(place) = self.anchors.get_mut(anchor) {
                *place = Some((node.value.clone(), node.size));
            }
        }
        let top = self.stack.len() == 1;
        let Some(frame) = self.stack.last_mut() else {
            self.root = Some(node.value);
            return Ok(());
        };
        frame.size = frame.size.saturating_add(node.size);
        let (mapping, key) = match &mut frame.value {
            Collection::Sequence(items) => {
                items.push(node.value);
                return Ok(());
            }
            Collection::Mapping { mapping, key } => (mapping, key),
        };
        let Some(waiting) = key.take() else {
            self.wait(node);
            return Ok(());
        };
        if waiting.lost {
            return Ok(());
        }
        let merge = waiting.value == "<<";
        let name = display(&waiting.value);
        if top {
            let (scalar, style) = node.scalar.map_or((None, None), |(scalar, style)| (Some(scalar), Some(style)));
            let key_span = waiting.span;
            let value_span = style.map_or(node.span, |style| exact(self.text, key_span, node.span, style));
            let span = Span::new(key_span.start, value_span.end);
            let earlier = self.by_key.insert(&name, self.entries.len());
            if let Some(earlier) = earlier.and_then(|index| self.entries.get_mut(index)) {
                earlier.shadowed = !merge;
            }
            self.entries.push(Entry { key: name.clone(), key_span, value_span, span, style, scalar, shadowed: false });
        }
        if merge {
            let Value::Mapping(merged) = node.value else {
                let message =
                    "`<<` can only be given an alias of a mapping (`<<: *name`). Jekyll cannot read this front matter.";
                return Err(Halt::Other(Box::new(Diagnostic::new("yaml-merge", Severity::Error, node.span, message))));
            };
            mapping.extend(merged);
            return Ok(());
        }
        if mapping.insert(waiting.value, node.value).is_some() {
            let message = ["`", &name, "` is given twice. Jekyll takes the last one."].concat();
            self.warn("yaml-duplicate-key", waiting.span, message);
        }
        Ok(())
    }

    /// A node in a mapping becomes the key if no key is waiting for its value. SafeYAML takes a null for no key at all,
    /// so that the node after an empty key becomes the key.
    fn wait(&mut self, node: ParsedNode) {
        let lost = matches!(node.value, Value::Sequence(_) | Value::Mapping(_));
        if lost {
            let liquid = node.span.of(self.text).starts_with('{');
            let message = if liquid {
                "Braces begin a mapping in YAML; Liquid does not run in front matter. Quote the value."
            } else {
                "A list or a mapping stands here as a key, and Jekyll loses it. Quote it if it is meant as text."
            };
            self.warn("yaml-key-type", node.span, message.to_owned());
        } else if node.value == Value::Null {
            let message = "There is a value without a key here. Jekyll takes the value for the key of what follows.";
            self.warn("yaml-empty-key", node.span, message.to_owned());
            return;
        }
        if let Some(OpenCollection { value: Collection::Mapping { key, .. }, .. }) = self.stack.last_mut() {
            *key = Some(Key { value: node.value, span: node.span, lost });
        }
    }

    fn warn(&mut self, code: &'static str, span: Span, message: String) {
        if self.diagnostics.len() < MAX_WARNINGS {
            self.diagnostics.push(Diagnostic::new(code, Severity::Warning, span, message));
        }
    }

    fn halt(&self, error: SyntaxError) -> Halt {
        let context = Context {
            bracket: self.brackets.last().copied(),
            scalar_start: self.scalar_start,
            content_end: self.content_end,
        };
        let needed = self.stack.iter().rev().find_map(|frame| frame.column).map_or(1, |column| column + 1);
        let patches = super::patches::find(self.text, &error, needed);
        if patches.is_empty() { Halt::Syntax(error, context) } else { Halt::Patch(patches, error, context) }
    }

    /// Checks the white space before a token at `start`.
    fn gap(&mut self, start: usize) -> Result<(), Halt> {
        let from = self.checked.max(self.content_end);
        self.checked = self.checked.max(start);
        if !self.brackets.is_empty() {
            return Ok(());
        }
        let gap = self.text.get(from..start).unwrap_or("");
        // After a colon or a dash a new token is waited for.
        let fresh = gap.trim_start().starts_with([':', '-', '?']);
        match tabs::refused(gap, self.tab_column.filter(|_| !fresh)) {
            Some(at) => Err(self.halt(SyntaxError {
                at: from + at,
                cause: Cause::Tab,
                message: "tabs may not begin a line".into(),
            })),
            None => Ok(()),
        }
    }

    /// libyaml refuses an empty key in block style: a colon at the beginning of a line. `end` is where the parser puts
    /// the empty scalar.
    fn key_expected(&self, end: usize) -> Result<(), Halt> {
        let Some(OpenCollection { value: Collection::Mapping { key: None, .. }, column: Some(_), .. }) =
            self.stack.last()
        else {
            return Ok(());
        };
        let at = match self.text.as_bytes().get(end) {
            Some(b':') => end,
            _ if self.text.get(..end).is_some_and(|before| before.ends_with(':')) => end - 1,
            _ => return Ok(()),
        };
        Err(self.halt(SyntaxError { at, cause: Cause::Indentation, message: "did not find expected key".into() }))
    }

    /// The column of byte `at`, in characters.
    fn column(&self, at: usize) -> usize {
        let before = self.text.get(..at).unwrap_or("");
        before.chars().rev().take_while(|&c| c != '\n' && c != '\r').count()
    }

    /// The span of a quoted scalar without the white space and the comment that the parser counts to it.
    fn quoted_scalar(&self, span: Span) -> Span {
        let mut rest = span.of(self.text);
        // A tag and an anchor may stand before the quote.
        while rest.starts_with(['&', '!']) {
            let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
            rest = rest.get(end..).unwrap_or("").trim_start();
        }
        let quote = span.end - rest.len();
        Span::new(span.start, super::line::quote_end(self.text, quote).clamp(quote, span.end))
    }

    /// The span of a block scalar with its `|` or `>`, and without the line breaks at its end.
    fn block_scalar(&self, span: Span) -> Span {
        let text = span.of(self.text).trim_end_matches([' ', '\t', '\n', '\r']);
        let after = self.after_indicator(span.start);
        let gap = self.text.get(after..span.start).unwrap_or("");
        let gap = gap.len() - gap.trim_start_matches([' ', '\t']).len();
        Span::new(span.start.min(after + gap), span.start + text.len())
    }

    /// The column in which the lines of a block scalar begin; of an empty one, as far right as can be.
    fn block_column(&self, span: Span) -> usize {
        let mut lines = span.of(self.text).lines().skip(1);
        let first = lines.find(|line| !line.trim_matches([' ', '\t', '\r']).is_empty()).unwrap_or("");
        first.bytes().take_while(|&b| b == b' ').count()
    }

    /// The place after the `:`, `-` or `?` that follows what came last, at most `end`.
    fn after_indicator(&self, end: usize) -> usize {
        let after = self.text.get(self.content_end..end.max(self.content_end)).unwrap_or("");
        let shown = after.trim_start_matches([' ', '\t', '\n', '\r']);
        let indicator = shown.starts_with([':', '-', '?']);
        if indicator { self.content_end + (after.len() - shown.len()) + 1 } else { self.content_end }
    }

    /// The document is over at `end`, perhaps within collections; Jekyll reads nothing of what follows.
    fn finish(&mut self, end: usize) -> Result<(), Halt> {
        self.gap(end)?;
        while let Some(frame) = self.stack.last_mut() {
            if let Collection::Mapping { key, .. } = &mut frame.value
                && key.is_some()
            {
                let span = Span::at(self.content_end);
                self.add(
                    ParsedNode { scalar: Some((Scalar::Null, Style::Plain)), value: Value::Null, span, size: 1 },
                    0,
                )?;
            }
            self.close(Span::at(end))?;
        }
        let rest = self.text.get(end..).unwrap_or("");
        let unread = rest.lines().any(|line| !line.trim().is_empty() && !line.trim_start().starts_with('#'));
        if unread {
            let start = end + (rest.len() - rest.trim_start().len());
            let message = "For YAML the front matter ends before this, and Jekyll does not read what follows. A line of it begins further left than the first line, or with three dashes or dots.";
            self.warn("yaml-second-document", Span::new(start, end + rest.trim_end().len()), message.to_owned());
        }
        Ok(())
    }
}

fn too_large(span: Span, message: &str) -> Halt {
    Halt::Other(Box::new(Diagnostic::new("yaml-too-large", Severity::Error, span, message)))
}

fn too_many_copies(span: Span) -> Halt {
    too_large(span, "The aliases (`*name`) of this front matter repeat too much to be read here.")
}
