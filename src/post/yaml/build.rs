//! From events to a value. In: the YAML text. Out: the value, every top-level entry with its spans,
//! and findings. Neighbours: `events.rs` below, `syntax_error.rs` for the words, `front_matter.rs` above.
//!
//! It follows SafeYAML's `psych_handler.rb`, which fills structures as the events come: a later duplicate wins, `<<` merges
//! where it stands, an alias that is not known yet is null. Nesting, nodes and what aliases copy are budgeted.

use std::collections::HashMap;

use serde_yaml::{Mapping, Value};

use super::events::{Event, Events, Properties, Style};
use super::scalar::{self, Scalar};
use super::{Document, Entry, syntax_error};
use crate::text::{Diagnostic, Severity, Span};

/// How deep sequences and mappings may be nested.
pub(super) const MAX_DEPTH: usize = 128;
/// How many scalars, sequences and mappings there may be.
pub(super) const MAX_NODES: usize = 100_000;
/// How many nodes (or 64-byte pieces of text) may be copied for anchors and aliases.
pub(super) const MAX_COPIES: usize = 100_000;

/// A sequence or mapping that is not finished.
struct Frame {
    value: Open,
    anchor: usize,
    size: usize,
}

enum Open {
    Sequence(Vec<Value>),
    Mapping { mapping: Mapping, key: Option<Key> },
}

/// A key that waits for its value.
struct Key {
    value: Value,
    span: Span,
}

/// Why building stopped before the end.
enum Stop {
    Depth(Span),
    Nodes(Span),
    Copies(Span),
    Merge(Span),
}

struct Builder<'t> {
    text: &'t str,
    stack: Vec<Frame>,
    root: Option<Value>,
    /// Finished anchored nodes and what they cost to copy.
    anchors: HashMap<usize, (Value, usize)>,
    nodes: usize,
    copies: usize,
    entries: Vec<Entry>,
    diagnostics: Vec<Diagnostic>,
    /// Where the last thing ended that a person can see.
    content_end: usize,
    /// Where the value of the top-level entry in hand began.
    value_start: usize,
    /// The opening brackets and braces in hand.
    brackets: Vec<usize>,
}

/// Reads the first YAML document of `text`; spans in bytes of `text`.
pub(super) fn build(text: &str) -> Document {
    let mut builder = Builder {
        text,
        stack: Vec::new(),
        root: None,
        anchors: HashMap::new(),
        nodes: 0,
        copies: 0,
        entries: Vec::new(),
        diagnostics: Vec::new(),
        content_end: 0,
        value_start: 0,
        brackets: Vec::new(),
    };
    let mut events = Events::new(text);
    let stopped = loop {
        match events.next() {
            Ok((Event::End, span)) => {
                builder.rest(span.end);
                break None;
            }
            Ok((event, span)) => {
                if let Err(stop) = builder.take(event, span) {
                    break Some(stop_message(stop));
                }
            }
            Err(error) => break Some(syntax_error::explain(text, &error, builder.brackets.last().copied())),
        }
    };
    let failed = stopped.is_some();
    builder.diagnostics.extend(stopped);
    let mut document = Document {
        value: if failed { Value::Null } else { builder.root.unwrap_or(Value::Null) },
        entries: if failed { Vec::new() } else { builder.entries },
        failed,
        diagnostics: builder.diagnostics,
    };
    close_entries(&mut document.entries, text);
    document
}

impl Builder<'_> {
    fn take(&mut self, event: Event<'_>, span: Span) -> Result<(), Stop> {
        match event {
            Event::Scalar(text, style, properties) => {
                self.count(span)?;
                let resolved = if properties.binary {
                    Scalar::String(scalar::binary(&text))
                } else if style == Style::Plain || properties.tagged {
                    scalar::resolve(&text)
                } else {
                    Scalar::String(text.into_owned())
                };
                // An empty plain scalar has no place of its own: it stands after what came last.
                let empty = span.is_empty() || self.text.get(span.start..span.end) == Some(":");
                let span = if empty { Span::at(self.empty_value_at(span)) } else { self.trimmed(span) };
                self.content_end = self.content_end.max(span.end);
                let size = 1 + text_cost(&resolved);
                self.add(
                    Node { scalar: Some((resolved.clone(), style)), value: resolved.into_value(), span, size },
                    properties.anchor,
                )
            }
            Event::Alias(anchor) => {
                self.count(span)?;
                self.content_end = self.content_end.max(span.end);
                let (value, size) = match self.anchors.get(&anchor) {
                    Some((value, size)) => {
                        self.copies = self.copies.saturating_add(*size);
                        if self.copies > MAX_COPIES {
                            return Err(Stop::Copies(span));
                        }
                        (value.clone(), *size)
                    }
                    None => {
                        let name = self.text.get(span.start..span.end).unwrap_or("").to_owned();
                        let message = [
                            "`",
                            &name,
                            "` refers to nothing: no `&",
                            name.get(1..).unwrap_or(""),
                            "` stands before it. Jekyll reads it as empty. Quote the value if the asterisk is meant.",
                        ];
                        self.warn("yaml-unknown-alias", span, message.concat());
                        (Value::Null, 1)
                    }
                };
                self.add(Node { scalar: None, value, span, size }, 0)
            }
            Event::SequenceStart(properties) => self.open(Open::Sequence(Vec::new()), &properties, span),
            Event::MappingStart(properties) => {
                self.open(Open::Mapping { mapping: Mapping::new(), key: None }, &properties, span)
            }
            Event::SequenceEnd | Event::MappingEnd => self.close(span),
            Event::End => Ok(()),
        }
    }

    fn count(&mut self, span: Span) -> Result<(), Stop> {
        self.nodes += 1;
        if self.nodes > MAX_NODES { Err(Stop::Nodes(span)) } else { Ok(()) }
    }

    fn open(&mut self, value: Open, properties: &Properties, span: Span) -> Result<(), Stop> {
        self.count(span)?;
        if self.stack.len() >= MAX_DEPTH {
            return Err(Stop::Depth(span));
        }
        if self.stack.len() == 1 {
            self.value_start = span.start;
        }
        if self.text.get(..span.end).is_some_and(|before| before.ends_with(['[', '{'])) {
            self.brackets.push(span.end - 1);
        }
        self.stack.push(Frame { value, anchor: properties.anchor, size: 1 });
        Ok(())
    }

    fn close(&mut self, span: Span) -> Result<(), Stop> {
        let Some(frame) = self.stack.pop() else { return Ok(()) };
        if self.text.get(span.start..span.end).is_some_and(|end| end.ends_with([']', '}'])) {
            self.content_end = self.content_end.max(span.end);
            self.brackets.pop();
        }
        let span = Span::new(self.value_start.min(self.content_end), self.content_end);
        let value = match frame.value {
            Open::Sequence(items) => Value::Sequence(items),
            Open::Mapping { mapping, .. } => Value::Mapping(mapping),
        };
        self.add(Node { scalar: None, value, span, size: frame.size }, frame.anchor)
    }

    /// Puts a finished node where it belongs.
    fn add(&mut self, node: Node, anchor: usize) -> Result<(), Stop> {
        if anchor > 0 {
            self.copies = self.copies.saturating_add(node.size);
            if self.copies > MAX_COPIES {
                return Err(Stop::Copies(node.span));
            }
            self.anchors.insert(anchor, (node.value.clone(), node.size));
        }
        let top = self.stack.len() == 1;
        let Some(frame) = self.stack.last_mut() else {
            self.root = Some(node.value);
            return Ok(());
        };
        frame.size = frame.size.saturating_add(node.size);
        let (mapping, key) = match &mut frame.value {
            Open::Sequence(items) => {
                items.push(node.value);
                return Ok(());
            }
            Open::Mapping { mapping, key } => (mapping, key),
        };
        let Some(waiting) = key.take() else {
            *key = Some(Key { value: node.value, span: node.span });
            return Ok(());
        };
        if waiting.value == "<<" {
            let Value::Mapping(merged) = node.value else { return Err(Stop::Merge(node.span)) };
            mapping.extend(merged);
            return Ok(());
        }
        let name = super::display::display(&waiting.value);
        if mapping.insert(waiting.value, node.value).is_some() {
            let message = ["`", &name, "` is given twice. Jekyll takes the last one."].concat();
            self.warn("yaml-duplicate-key", waiting.span, message);
            if top {
                self.entries.retain(|entry| entry.key != name);
            }
        }
        if top {
            let (scalar, style) = node.scalar.map_or((None, None), |(scalar, style)| (Some(scalar), Some(style)));
            let span = Span::new(waiting.span.start, node.span.end);
            self.entries.push(Entry { key: name, key_span: waiting.span, value_span: node.span, span, style, scalar });
        }
        Ok(())
    }

    fn warn(&mut self, code: &'static str, span: Span, message: String) {
        self.diagnostics.push(Diagnostic::new(code, Severity::Warning, span, message));
    }

    /// The span of a scalar without the line breaks that the parser counts to block scalars.
    fn trimmed(&self, span: Span) -> Span {
        let text = span.of(self.text).trim_end_matches([' ', '\t', '\n', '\r']);
        Span::new(span.start, span.start + text.len())
    }

    /// Where an empty value stands: after the colon or the dash that came last.
    fn empty_value_at(&self, span: Span) -> usize {
        let after = self.text.get(self.content_end..span.end.max(self.content_end)).unwrap_or("");
        let shown = after.trim_start_matches([' ', '\t']);
        if shown.starts_with([':', '-', '?']) {
            self.content_end + (after.len() - shown.len()) + 1
        } else {
            self.content_end
        }
    }

    /// A document can end before the front matter does; Jekyll reads only the first one.
    fn rest(&mut self, end: usize) {
        let rest = self.text.get(end..).unwrap_or("");
        let start = end + (rest.len() - rest.trim_start().len());
        let rest = rest.trim();
        if !rest.is_empty() && !rest.lines().all(|line| line.trim_start().starts_with('#') || line.trim().is_empty()) {
            self.warn(
                "yaml-second-document",
                Span::new(start, start + rest.len()),
                "A line that begins with three dashes or dots ends the front matter for YAML, and Jekyll does not read what follows here.".to_owned(),
            );
        }
    }
}

/// A finished value, where it stands, and what it costs to copy.
struct Node {
    scalar: Option<(Scalar, Style)>,
    value: Value,
    span: Span,
    size: usize,
}

fn text_cost(scalar: &Scalar) -> usize {
    match scalar {
        Scalar::String(text) | Scalar::BigInteger(text) | Scalar::Date(_, text) => text.len() / 64,
        _ => 0,
    }
}

/// Widens the span of each entry from the beginning of its line to the beginning of the next entry's line, so that
/// the comments after an entry belong to it.
fn close_entries(entries: &mut [Entry], text: &str) {
    let line_start = |at: usize| {
        let before = text.get(..at).unwrap_or("");
        let line = before.rfind('\n').map_or(0, |newline| newline + 1);
        // In a mapping in braces several entries share a line.
        if before.get(line..).unwrap_or("").trim().is_empty() { line } else { at }
    };
    entries.sort_by_key(|entry| entry.key_span.start);
    let mut end = text.len();
    for entry in entries.iter_mut().rev() {
        let start = line_start(entry.key_span.start);
        entry.span = Span::new(start, end);
        end = start;
    }
}

fn stop_message(stop: Stop) -> Diagnostic {
    let (span, message) = match stop {
        Stop::Depth(span) => (span, "The front matter is nested too deeply to be read here (more than 128 levels)."),
        Stop::Nodes(span) => (span, "The front matter is too long to be read here (more than 100,000 values)."),
        Stop::Copies(span) => (span, "The aliases (`*name`) of this front matter repeat too much to be read here."),
        Stop::Merge(span) => {
            let message =
                "`<<` can only be given an alias of a mapping (`<<: *name`). Jekyll cannot read this front matter.";
            return Diagnostic::new("yaml-merge", Severity::Error, span, message);
        }
    };
    Diagnostic::new("yaml-too-large", Severity::Error, span, message)
}
