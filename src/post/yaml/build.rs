//! From events to a value. In: a YAML text. Out: the value, every top-level entry with its spans, and diagnostics.
//! Neighbours: `events.rs` below, `syntax_error.rs` writes the messages.
//!
//! It follows SafeYAML's `psych_handler.rb`, which fills structures as the events come: a later duplicate wins, `<<`
//! merges what is there when it comes, an alias that is not known yet is null. There is one key that waits for its
//! value in the whole document, not one in each mapping. Nesting, nodes and what aliases copy are budgeted.

use serde_yaml::{Mapping, Value};

use super::YamlEntry;
use super::cause::SyntaxError;
use super::display::display;
use super::events::{Events, NodeProperties, YamlEvent};
use super::line::quoted;
use super::scalar::{self, Scalar, UnreadableNumber};
use super::scanner::Style;
use super::syntax_error::ErrorContext;
use crate::text::{Diagnostic, Edit, Fix, NameIndex, NameMap, Severity, Span};

/// How deep sequences and mappings may be nested.
pub(super) const MAX_DEPTH: usize = 128;
/// How many scalars, sequences and mappings a front matter may have.
pub(super) const MAX_NODES: usize = 100_000;
/// How many nodes (or 64-byte pieces of text) may be copied for anchors and aliases.
pub(super) const MAX_COPIES: usize = 20_000;

/// The code of a text that Jekyll reads and that is beyond a bound here.
pub const TOO_LARGE: &str = "yaml-too-large";

/// How many warnings are worth giving.
const MAX_WARNINGS: usize = 100;

/// A document that could be read.
pub(super) struct Built {
    pub value: Value,
    /// In the order of the text; their `span` ends with the value.
    pub entries: Vec<YamlEntry>,
    pub diagnostics: Vec<Diagnostic>,
}

/// Why a document could not be read.
pub(super) enum Halt {
    /// libyaml refuses it.
    Syntax(SyntaxError, ErrorContext),
    /// Another reason.
    Other(Box<Diagnostic>),
}

/// A sequence or mapping that is not finished.
struct OpenCollection {
    content: YamlCollection,
    place: Destination,
    anchor: Option<String>,
    size: usize,
    /// For brackets, where the opening one stands.
    bracket: Option<usize>,
}

enum YamlCollection {
    Sequence(Vec<Value>),
    Mapping(Mapping),
}

/// Where a finished collection belongs.
enum Destination {
    /// The document, or an item of the sequence around it.
    Item,
    /// The value of a key.
    Value(Key),
    /// It is a key itself, if that key has no value yet.
    Key,
    /// After `<<`: it was merged when it began, while it was empty.
    Merged(Key),
    /// Nowhere.
    Lost,
}

/// A key whose value comes next.
struct Key {
    /// `None` for a collection that is not finished.
    value: Option<Value>,
    span: Span,
}

/// A finished value, where it stands, and what it costs to copy.
struct ParsedNode {
    scalar: Option<(Scalar, Style)>,
    value: Value,
    span: Span,
    size: usize,
}

/// What an anchor stands for.
enum Anchored {
    /// A node that is not finished: the alias is within it.
    Open,
    /// A value and what it costs to copy.
    Finished(Value, usize),
}

struct Builder<'t> {
    text: &'t str,
    stack: Vec<OpenCollection>,
    root: Value,
    key: Option<Key>,
    anchors: NameMap<Anchored>,
    nodes: usize,
    max_nodes: usize,
    copies: usize,
    entries: Vec<YamlEntry>,
    /// The last entry of each key.
    by_key: NameIndex,
    diagnostics: Vec<Diagnostic>,
    /// Where the last scalar began.
    scalar_start: usize,
    /// Where the last visible token ended.
    content_end: usize,
    /// Where the value of the current top-level entry began.
    value_start: usize,
}

/// Reads the first document of `text`, if it has at most `max_nodes` values; spans in bytes of it.
pub(super) fn build(text: &str, max_nodes: usize) -> Result<Built, Halt> {
    let mut builder = Builder {
        text,
        stack: Vec::new(),
        root: Value::Null,
        key: None,
        anchors: NameMap::default(),
        nodes: 0,
        max_nodes,
        copies: 0,
        entries: Vec::new(),
        by_key: NameIndex::default(),
        diagnostics: Vec::new(),
        scalar_start: 0,
        content_end: 0,
        value_start: 0,
    };
    let mut events = Events::new(text);
    loop {
        match events.next() {
            Ok((YamlEvent::End, span)) => {
                builder.finish(span.end);
                let Builder { root, entries, diagnostics, .. } = builder;
                return Ok(Built { value: root, entries, diagnostics });
            }
            Ok((event, span)) => builder.take(event, span)?,
            Err(error) => return Err(builder.halt(error)),
        }
    }
}

impl<'t> Builder<'t> {
    fn take(&mut self, event: YamlEvent<'t>, span: Span) -> Result<(), Halt> {
        match event {
            YamlEvent::Scalar(text, style, properties) => self.scalar(&text, style, &properties, span),
            YamlEvent::Missing => {
                self.count(span)?;
                self.add(ParsedNode { scalar: Some((Scalar::Null, Style::Plain)), value: Value::Null, span, size: 1 })
            }
            YamlEvent::Alias(name) => self.alias(name, span),
            YamlEvent::SequenceStart(properties, flow) => {
                self.open(YamlCollection::Sequence(Vec::new()), &properties, flow, span)
            }
            YamlEvent::MappingStart(properties, flow) => {
                self.open(YamlCollection::Mapping(Mapping::new()), &properties, flow, span)
            }
            YamlEvent::SequenceEnd | YamlEvent::MappingEnd => self.close(span),
            YamlEvent::End => Ok(()),
        }
    }

    fn scalar(&mut self, text: &str, style: Style, properties: &NodeProperties<'_>, span: Span) -> Result<(), Halt> {
        self.count(span)?;
        let span = match style {
            Style::Literal | Style::Folded => without_breaks(self.text, span),
            _ => span,
        };
        self.scalar_start = span.start;
        self.content_end = self.content_end.max(span.end);
        let resolved = if properties.binary {
            Scalar::String(scalar::binary(text))
        } else if style == Style::Plain || properties.tagged {
            scalar::resolve(text).map_err(|UnreadableNumber| unreadable_number(self.text, span, text))?
        } else {
            Scalar::String(text.to_owned())
        };
        let size = 1 + text.len() / 64;
        let node = ParsedNode { scalar: Some((resolved.clone(), style)), value: resolved.into_value(), span, size };
        if let Some(name) = properties.anchor {
            self.remember(name, Anchored::Finished(node.value.clone(), size), size, span)?;
        }
        self.add(node)
    }

    /// Remembers what the anchor `name` stands for. A copy of it costs `size`.
    fn remember(&mut self, name: &str, anchored: Anchored, size: usize, span: Span) -> Result<(), Halt> {
        self.copies = self.copies.saturating_add(size);
        if self.copies > MAX_COPIES {
            return Err(too_many_copies(span));
        }
        self.anchors.insert(name, anchored);
        Ok(())
    }

    fn alias(&mut self, name: &str, span: Span) -> Result<(), Halt> {
        self.count(span)?;
        self.content_end = self.content_end.max(span.end);
        let (value, size) = match self.anchors.get(name) {
            Some(Anchored::Finished(value, size)) => {
                self.copies = self.copies.saturating_add(*size);
                if self.copies > MAX_COPIES {
                    return Err(too_many_copies(span));
                }
                // SafeYAML resolves the text again, without regard to its quotes.
                let value = match value {
                    Value::String(text) => scalar::resolve(text)
                        .map_err(|UnreadableNumber| unreadable_number(self.text, span, text))?
                        .into_value(),
                    value => value.clone(),
                };
                (value, *size)
            }
            Some(Anchored::Open) => {
                let message = ["`*", name, "` stands within what it refers to. It is shown as empty here."].concat();
                self.warn("yaml-unknown-alias", span, message);
                (Value::Null, 1)
            }
            None => {
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
        self.add(ParsedNode { scalar: None, value, span, size })
    }

    fn count(&mut self, span: Span) -> Result<(), Halt> {
        self.nodes += 1;
        if self.nodes > self.max_nodes {
            let message =
                ["This is too long to be read here: it has more than ", &self.max_nodes.to_string(), " values."];
            return Err(too_large(span, &message.concat()));
        }
        Ok(())
    }

    fn open(
        &mut self,
        content: YamlCollection,
        properties: &NodeProperties<'_>,
        flow: bool,
        span: Span,
    ) -> Result<(), Halt> {
        self.count(span)?;
        if self.stack.len() >= MAX_DEPTH {
            return Err(too_large(span, "This is nested too deeply to be read here (more than 128 levels)."));
        }
        if self.stack.len() == 1 {
            self.value_start = span.start;
        }
        let opening = span.of(self.text).ends_with(['[', '{']);
        let bracket = (flow && opening).then(|| span.end - 1);
        if bracket.is_some() {
            self.content_end = self.content_end.max(span.end);
        }
        if let Some(name) = properties.anchor {
            self.remember(name, Anchored::Open, 1, span)?;
        }
        let place = match self.stack.last() {
            None | Some(OpenCollection { content: YamlCollection::Sequence(_), .. }) => Destination::Item,
            Some(_) => match self.key.take() {
                None => {
                    self.warn_of_key(span);
                    self.key = Some(Key { value: None, span });
                    Destination::Key
                }
                Some(key) => self.place_of(key, &content, span)?,
            },
        };
        let anchor = properties.anchor.map(str::to_owned);
        self.stack.push(OpenCollection { content, place, anchor, size: 1, bracket });
        Ok(())
    }

    /// Where a collection belongs that `key` has for its value.
    fn place_of(&mut self, key: Key, content: &YamlCollection, span: Span) -> Result<Destination, Halt> {
        match &key.value {
            None => Ok(Destination::Lost),
            Some(Value::String(name)) if name == "<<" => {
                let YamlCollection::Mapping(_) = content else { return Err(not_merged(span)) };
                // SafeYAML merges a mapping when it begins.
                let message =
                    "Jekyll merges nothing here: after `<<` it takes only an alias of a mapping (`<<: *name`).";
                self.warn("yaml-merge", span, message.to_owned());
                Ok(Destination::Merged(key))
            }
            Some(_) => Ok(Destination::Value(key)),
        }
    }

    fn close(&mut self, span: Span) -> Result<(), Halt> {
        let Some(closed) = self.stack.pop() else { return Ok(()) };
        if closed.bracket.is_some() {
            self.content_end = self.content_end.max(span.end);
        }
        let span = Span::new(self.value_start.min(self.content_end), self.content_end);
        let value = match closed.content {
            YamlCollection::Sequence(items) => Value::Sequence(items),
            YamlCollection::Mapping(mapping) => Value::Mapping(mapping),
        };
        let size = closed.size;
        if let Some(name) = closed.anchor {
            self.remember(&name, Anchored::Finished(value.clone(), size), size, span)?;
        }
        let node = ParsedNode { scalar: None, value, span, size };
        match closed.place {
            Destination::Item => self.add_item(node),
            Destination::Value(key) => self.add_pair(key, node),
            Destination::Key => {
                if let Some(Key { value: waiting @ None, .. }) = &mut self.key {
                    *waiting = Some(node.value);
                }
            }
            Destination::Merged(key) if self.stack.len() == 1 => self.add_entry("<<", key.span, &node),
            Destination::Merged(_) | Destination::Lost => {}
        }
        Ok(())
    }

    /// Puts a finished node where it belongs.
    fn add(&mut self, node: ParsedNode) -> Result<(), Halt> {
        if !matches!(self.stack.last(), Some(OpenCollection { content: YamlCollection::Mapping(_), .. })) {
            self.add_item(node);
            return Ok(());
        }
        let Some(key) = self.key.take() else {
            self.wait(node);
            return Ok(());
        };
        match &key.value {
            // The key is the collection that this value is in.
            None => {}
            Some(Value::String(name)) if name == "<<" => self.merge(&key, node)?,
            Some(_) => self.add_pair(key, node),
        }
        Ok(())
    }

    /// The next item of the sequence that is open, or the document.
    fn add_item(&mut self, node: ParsedNode) {
        match self.stack.last_mut() {
            None => self.root = node.value,
            Some(open) => {
                open.size = open.size.saturating_add(node.size);
                if let YamlCollection::Sequence(items) = &mut open.content {
                    items.push(node.value);
                }
            }
        }
    }

    /// The value of a key in the mapping that is open.
    fn add_pair(&mut self, key: Key, node: ParsedNode) {
        let Some(name) = key.value else { return };
        let shown = display(&name);
        if self.stack.len() == 1 && !matches!(name, Value::Sequence(_) | Value::Mapping(_)) {
            self.add_entry(&shown, key.span, &node);
        }
        let Some(OpenCollection { content: YamlCollection::Mapping(mapping), size, .. }) = self.stack.last_mut() else {
            return;
        };
        *size = size.saturating_add(node.size);
        if mapping.insert(name, node.value).is_some() {
            let message = ["`", &shown, "` is given twice. Jekyll takes the last one."].concat();
            self.warn("yaml-duplicate-key", key.span, message);
        }
    }

    fn merge(&mut self, key: &Key, node: ParsedNode) -> Result<(), Halt> {
        let Value::Mapping(merged) = &node.value else { return Err(not_merged(node.span)) };
        let merged = merged.clone();
        if self.stack.len() == 1 {
            self.add_entry("<<", key.span, &node);
        }
        if let Some(OpenCollection { content: YamlCollection::Mapping(mapping), size, .. }) = self.stack.last_mut() {
            *size = size.saturating_add(node.size);
            mapping.extend(merged);
        }
        Ok(())
    }

    fn add_entry(&mut self, name: &str, key_span: Span, node: &ParsedNode) {
        let (scalar, style) = match &node.scalar {
            Some((scalar, style)) => (Some(scalar.clone()), Some(*style)),
            None => (None, None),
        };
        // A key that was part of an earlier value has no span outside of that value.
        let before = self.entries.last().map_or(0, |entry| entry.value_span.end);
        let key_span = if key_span.start < before { Span::at(node.span.start.max(before)) } else { key_span };
        let value_span = node.span;
        let span = Span::new(key_span.start, value_span.end.max(key_span.end));
        let earlier = self.by_key.insert(name, self.entries.len());
        if let Some(earlier) = earlier.and_then(|index| self.entries.get_mut(index)) {
            earlier.shadowed = name != "<<";
        }
        let key = name.to_owned();
        self.entries.push(YamlEntry { key, key_span, value_span, span, style, scalar, shadowed: false });
    }

    /// A node in a mapping becomes the key if no key is waiting for its value. SafeYAML takes a null for no key at all,
    /// so that the node after an empty key becomes the key.
    fn wait(&mut self, node: ParsedNode) {
        match node.value {
            // A diagnostic covers this place already.
            Value::Null if self.told_of_key(node.span) => {}
            Value::Null => {
                let message =
                    "There is a value without a key here. Jekyll takes the value for the key of what follows.";
                self.warn("yaml-empty-key", node.span, message.to_owned());
            }
            value => {
                if matches!(value, Value::Sequence(_) | Value::Mapping(_)) {
                    self.warn_of_key(node.span);
                }
                self.key = Some(Key { value: Some(value), span: node.span });
            }
        }
    }

    /// Whether the last diagnostic is of a key on the line of `span`.
    fn told_of_key(&self, span: Span) -> bool {
        let told = self.diagnostics.last().filter(|diagnostic| diagnostic.code == "yaml-key-type");
        told.is_some_and(|told| self.text.get(told.span.end..span.start).is_some_and(|gap| !gap.contains('\n')))
    }

    fn warn_of_key(&mut self, span: Span) {
        let message = if span.of(self.text).starts_with('{') {
            "Braces begin a mapping in YAML; Liquid does not run in front matter. Quote the value."
        } else {
            "A list or a mapping stands here as a key, and Jekyll loses it. Quote it if it is meant as text."
        };
        self.warn("yaml-key-type", span, message.to_owned());
    }

    fn warn(&mut self, code: &'static str, span: Span, message: String) {
        if self.diagnostics.len() < MAX_WARNINGS {
            self.diagnostics.push(Diagnostic::new(code, Severity::Warning, span, message));
        }
    }

    fn halt(&self, error: SyntaxError) -> Halt {
        let context = ErrorContext {
            bracket: self.stack.iter().rev().find_map(|open| open.bracket),
            scalar_start: self.scalar_start,
            content_end: self.content_end,
        };
        Halt::Syntax(error, context)
    }

    /// The document ends at `end`. Jekyll reads nothing after it.
    fn finish(&mut self, end: usize) {
        let rest = self.text.get(end..).unwrap_or("");
        let unread = rest.lines().any(|line| !line.trim().is_empty() && !line.trim_start().starts_with('#'));
        if unread {
            let start = end + (rest.len() - rest.trim_start().len());
            let message = "For YAML the front matter ends before this, and Jekyll does not read what follows. A line of it begins further left than the first line, or with three dashes or dots.";
            self.warn("yaml-second-document", Span::new(start, end + rest.trim_end().len()), message.to_owned());
        }
    }
}

/// The span of a block of text without the line breaks at its end.
fn without_breaks(text: &str, span: Span) -> Span {
    let trimmed = span.of(text).trim_end_matches([' ', '\t', '\n', '\r', '\u{85}', '\u{2028}', '\u{2029}']);
    Span::new(span.start, span.start + trimmed.len())
}

fn not_merged(span: Span) -> Halt {
    let message = "`<<` can only be given an alias of a mapping (`<<: *name`). Jekyll cannot read this front matter.";
    Halt::Other(Box::new(Diagnostic::new("yaml-merge", Severity::Error, span, message)))
}

fn unreadable_number(text: &str, span: Span, number: &str) -> Halt {
    let message = "Jekyll takes this value for a number, and cannot read it: an underscore may only stand between two digits. Put it in quotes.";
    let mut diagnostic = Diagnostic::new("yaml-syntax", Severity::Error, span, message);
    // With a tag or an anchor before the value, there is no fix: they must not be quoted.
    if span.of(text) == number {
        let new = quoted(number);
        let selection = Span::at(span.start + new.len());
        let edit = Edit { span, text: new, selection };
        diagnostic.fix = Some(Fix { label: "Put the value in quotes".to_owned(), edit });
    }
    Halt::Other(Box::new(diagnostic))
}

fn too_large(span: Span, message: &str) -> Halt {
    Halt::Other(Box::new(Diagnostic::new(TOO_LARGE, Severity::Error, span, message)))
}

fn too_many_copies(span: Span) -> Halt {
    too_large(span, "The aliases (`*name`) repeat too much to be read here.")
}
