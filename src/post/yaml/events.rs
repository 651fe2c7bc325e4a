//! Tokens as events, by the rules of libyaml 0.2.5 (its `parser.c`). In: the YAML text. Out: one event of the first
//! document after the other, then the end, or one syntax error. Neighbours: `scanner.rs` below, `build.rs` above.
//!
//! What comes after the first document is not looked at: SafeYAML returns there.

use std::borrow::Cow;

use super::cause::{Cause, SyntaxError};
use super::cursor::Mark;
use super::scanner::{Placed, Scanner, Style, YamlToken};
use crate::text::Span;

/// Properties that stand before a node.
#[derive(Default)]
pub(super) struct NodeProperties<'t> {
    /// The name of the anchor.
    pub anchor: Option<&'t str>,
    /// `!!binary` in one of its spellings.
    pub binary: bool,
    /// Any tag at all, `!` included.
    pub tagged: bool,
}

/// What was read.
pub(super) enum YamlEvent<'t> {
    Scalar(Cow<'t, str>, Style, NodeProperties<'t>),
    /// A value that is not there, or a key.
    Missing,
    /// The name of the anchor that is meant.
    Alias(&'t str),
    /// Whether it is written in brackets.
    SequenceStart(NodeProperties<'t>, bool),
    SequenceEnd,
    /// Whether it is written in braces or, as a single pair, in brackets.
    MappingStart(NodeProperties<'t>, bool),
    MappingEnd,
    /// The document ends. Jekyll reads nothing after it.
    End,
}

/// What is expected next.
#[derive(Clone, Copy)]
enum ParserState {
    DocumentStart,
    DocumentContent,
    DocumentEnd,
    BlockNode,
    BlockSequenceEntry,
    IndentlessSequenceEntry,
    BlockMappingKey,
    BlockMappingValue,
    FlowSequenceEntry { first: bool },
    FlowPairKey,
    FlowPairValue,
    FlowPairEnd,
    FlowMappingKey { first: bool },
    FlowMappingValue,
    FlowMappingNoValue,
    End,
}

type Found<'t> = Result<(YamlEvent<'t>, Span), SyntaxError>;

/// The events of one document, one after the other.
pub(super) struct Events<'t> {
    scanner: Scanner<'t>,
    state: ParserState,
    /// What is expected after the nodes that are open.
    states: Vec<ParserState>,
    /// What stands for the handles of tags.
    handles: Vec<(&'t str, Vec<u8>)>,
    /// Where the last visible token ended, in bytes.
    last_end: usize,
    /// The line of that token, if it is a quoted scalar.
    last_quoted: Option<usize>,
}

impl<'t> Events<'t> {
    pub fn new(text: &'t str) -> Self {
        Self {
            scanner: Scanner::new(text),
            state: ParserState::DocumentStart,
            states: Vec::new(),
            handles: Vec::new(),
            last_end: 0,
            last_quoted: None,
        }
    }

    /// The next event and its span in bytes.
    pub fn next(&mut self) -> Found<'t> {
        match self.state {
            ParserState::DocumentStart => self.document_start(),
            ParserState::DocumentContent => self.document_content(),
            ParserState::DocumentEnd => self.document_end(),
            ParserState::BlockNode => self.node(true, false),
            ParserState::BlockSequenceEntry => self.block_sequence_entry(),
            ParserState::IndentlessSequenceEntry => self.indentless_sequence_entry(),
            ParserState::BlockMappingKey => self.block_mapping_key(),
            ParserState::BlockMappingValue => self.block_mapping_value(),
            ParserState::FlowSequenceEntry { first } => self.flow_sequence_entry(first),
            ParserState::FlowPairKey => self.flow_pair_key(),
            ParserState::FlowPairValue => self.flow_pair_value(),
            ParserState::FlowPairEnd => self.flow_pair_end(),
            ParserState::FlowMappingKey { first } => self.flow_mapping_key(first),
            ParserState::FlowMappingValue => self.flow_mapping_value(),
            ParserState::FlowMappingNoValue => self.missing(ParserState::FlowMappingKey { first: false }),
            ParserState::End => Ok((YamlEvent::End, Span::at(self.last_end))),
        }
    }

    // --- Tokens.

    fn peek(&mut self) -> Result<&YamlToken<'t>, SyntaxError> {
        Ok(&self.scanner.peek()?.token)
    }

    /// Takes the next token.
    fn take(&mut self) -> Result<Placed<'t>, SyntaxError> {
        let placed = self.scanner.next()?;
        if placed.start.at < placed.end.at {
            self.last_end = placed.end.at;
            let quoted = matches!(placed.token, YamlToken::Scalar(_, Style::SingleQuoted | Style::DoubleQuoted));
            self.last_quoted = quoted.then_some(placed.end.line);
        }
        Ok(placed)
    }

    /// Whether the next token is one of `tokens`.
    fn sees(&mut self, tokens: &[YamlToken<'t>]) -> Result<bool, SyntaxError> {
        let next = self.peek()?;
        Ok(tokens.contains(next))
    }

    /// The next token is an error.
    fn error<T>(&mut self, cause: Cause, message: &'static str) -> Result<T, SyntaxError> {
        let quoted = self.last_quoted;
        let start = self.scanner.peek()?.start;
        let cause = if quoted == Some(start.line) { Cause::AfterQuote } else { cause };
        Err(SyntaxError::new(start.at, cause, message))
    }

    // --- Events.

    /// Takes the next token, which ends a node. The state becomes the one after that node.
    fn end(&mut self, event: YamlEvent<'t>) -> Found<'t> {
        let placed = self.take()?;
        self.leave();
        Ok((event, span(placed.start, placed.end)))
    }

    fn leave(&mut self) {
        self.state = self.states.pop().unwrap_or(ParserState::End);
    }

    /// A node is expected, and there is none.
    fn missing(&mut self, next: ParserState) -> Found<'t> {
        self.state = next;
        Ok((YamlEvent::Missing, Span::at(self.last_end)))
    }

    /// A node, after which comes `next`.
    fn node_before(&mut self, next: ParserState, block: bool, indentless: bool) -> Found<'t> {
        self.states.push(next);
        self.node(block, indentless)
    }

    // --- Documents.

    fn document_start(&mut self) -> Found<'t> {
        match self.peek()? {
            YamlToken::StreamEnd => {
                self.state = ParserState::End;
                return self.next();
            }
            YamlToken::Version(..) | YamlToken::TagDirective(..) | YamlToken::DocumentStart => {
                self.directives()?;
                if !self.sees(&[YamlToken::DocumentStart])? {
                    return self.error(Cause::Other, "did not find expected <document start>");
                }
                self.take()?;
                self.state = ParserState::DocumentContent;
            }
            _ => {
                self.directives()?;
                self.state = ParserState::BlockNode;
            }
        }
        self.states.push(ParserState::DocumentEnd);
        self.next()
    }

    fn directives(&mut self) -> Result<(), SyntaxError> {
        let mut versions = 0;
        loop {
            match self.peek()? {
                &YamlToken::Version(major, minor) => {
                    versions += 1;
                    if versions > 1 {
                        return self.error(Cause::Other, "found duplicate %YAML directive");
                    }
                    if major != 1 || !matches!(minor, 1 | 2) {
                        return self.error(Cause::Other, "found incompatible YAML document");
                    }
                }
                YamlToken::TagDirective(handle, prefix) => {
                    let (handle, prefix) = (*handle, prefix.clone());
                    if self.handles.iter().any(|(known, _)| *known == handle) {
                        return self.error(Cause::Other, "found duplicate %TAG directive");
                    }
                    self.handles.push((handle, prefix));
                }
                _ => break,
            }
            self.take()?;
        }
        // The first of a name counts.
        self.handles.push(("!", b"!".to_vec()));
        self.handles.push(("!!", b"tag:yaml.org,2002:".to_vec()));
        Ok(())
    }

    fn document_content(&mut self) -> Found<'t> {
        match self.peek()? {
            YamlToken::Version(..)
            | YamlToken::TagDirective(..)
            | YamlToken::DocumentStart
            | YamlToken::DocumentEnd
            | YamlToken::StreamEnd => self.missing(ParserState::DocumentEnd),
            _ => self.node(true, false),
        }
    }

    fn document_end(&mut self) -> Found<'t> {
        let mut end = self.scanner.peek()?.start;
        if self.sees(&[YamlToken::DocumentEnd])? {
            end = self.take()?.end;
        }
        self.state = ParserState::End;
        Ok((YamlEvent::End, Span::at(end.at)))
    }

    // --- Nodes.

    fn node(&mut self, block: bool, indentless: bool) -> Found<'t> {
        if let &YamlToken::Alias(name) = self.peek()? {
            return self.end(YamlEvent::Alias(name));
        }
        let (properties, properties_start) = self.properties()?;
        let next = self.scanner.peek()?;
        let (token_start, token_end) = (next.start, next.end);
        let start = properties_start.unwrap_or(token_start);
        let whole = span(start, token_end);
        match &next.token {
            YamlToken::BlockEntry if indentless => {
                self.state = ParserState::IndentlessSequenceEntry;
                Ok((YamlEvent::SequenceStart(properties, false), whole))
            }
            YamlToken::Scalar(..) => match self.take()?.token {
                YamlToken::Scalar(text, style) => {
                    self.leave();
                    Ok((YamlEvent::Scalar(text, style, properties), whole))
                }
                _ => self.missing(ParserState::End),
            },
            YamlToken::FlowSequenceStart => {
                self.take()?;
                self.state = ParserState::FlowSequenceEntry { first: true };
                Ok((YamlEvent::SequenceStart(properties, true), whole))
            }
            YamlToken::FlowMappingStart => {
                self.take()?;
                self.state = ParserState::FlowMappingKey { first: true };
                Ok((YamlEvent::MappingStart(properties, true), whole))
            }
            YamlToken::BlockSequenceStart if block => {
                self.take()?;
                self.state = ParserState::BlockSequenceEntry;
                Ok((YamlEvent::SequenceStart(properties, false), whole))
            }
            YamlToken::BlockMappingStart if block => {
                self.take()?;
                self.state = ParserState::BlockMappingKey;
                Ok((YamlEvent::MappingStart(properties, false), whole))
            }
            _ if properties_start.is_some() => {
                self.leave();
                let span = Span::new(start.at, self.last_end.max(start.at));
                Ok((YamlEvent::Scalar("".into(), Style::Plain, properties), span))
            }
            _ => self.error(if block { Cause::Other } else { Cause::FlowItem }, "did not find expected node content"),
        }
    }

    /// An anchor, a tag, or both in either order; and where they begin.
    fn properties(&mut self) -> Result<(NodeProperties<'t>, Option<Mark>), SyntaxError> {
        let mut properties = NodeProperties::default();
        let mut start = None;
        loop {
            match self.peek()? {
                YamlToken::Anchor(name) if properties.anchor.is_none() => properties.anchor = Some(*name),
                YamlToken::Tag(handle, suffix) if !properties.tagged => {
                    let (handle, suffix) = (*handle, suffix.clone());
                    let Some(tag) = self.tag(handle, suffix) else {
                        return self.error(Cause::Other, "found undefined tag handle");
                    };
                    // transform.rb knows these three.
                    let binary: [&[u8]; 3] = [b"tag:yaml.org,2002:binary", b"x-private:binary", b"!binary"];
                    properties.binary = binary.contains(&tag.as_slice());
                    properties.tagged = true;
                }
                _ => return Ok((properties, start)),
            }
            let taken = self.take()?;
            start = start.or(Some(taken.start));
        }
    }

    /// A tag with its handle written out; `None` where the handle is not known.
    fn tag(&self, handle: &str, suffix: Vec<u8>) -> Option<Vec<u8>> {
        if handle.is_empty() {
            return Some(suffix);
        }
        let (_, prefix) = self.handles.iter().find(|(known, _)| *known == handle)?;
        Some([prefix.as_slice(), suffix.as_slice()].concat())
    }

    // --- Blocks.

    fn block_sequence_entry(&mut self) -> Found<'t> {
        match self.peek()? {
            YamlToken::BlockEntry => {
                self.take()?;
                if self.sees(&[YamlToken::BlockEntry, YamlToken::BlockEnd])? {
                    return self.missing(ParserState::BlockSequenceEntry);
                }
                self.node_before(ParserState::BlockSequenceEntry, true, false)
            }
            YamlToken::BlockEnd => self.end(YamlEvent::SequenceEnd),
            _ => self.error(Cause::Indentation, "did not find expected '-' indicator"),
        }
    }

    /// A sequence whose dashes stand in the column of the key above them.
    fn indentless_sequence_entry(&mut self) -> Found<'t> {
        if !self.sees(&[YamlToken::BlockEntry])? {
            let at = self.scanner.peek()?.start.at;
            self.leave();
            return Ok((YamlEvent::SequenceEnd, Span::at(at)));
        }
        self.take()?;
        if self.sees(&[YamlToken::BlockEntry, YamlToken::Key, YamlToken::Value, YamlToken::BlockEnd])? {
            return self.missing(ParserState::IndentlessSequenceEntry);
        }
        self.node_before(ParserState::IndentlessSequenceEntry, true, false)
    }

    fn block_mapping_key(&mut self) -> Found<'t> {
        match self.peek()? {
            YamlToken::Key => {
                self.take()?;
                if self.sees(&[YamlToken::Key, YamlToken::Value, YamlToken::BlockEnd])? {
                    return self.missing(ParserState::BlockMappingValue);
                }
                self.node_before(ParserState::BlockMappingValue, true, true)
            }
            YamlToken::BlockEnd => self.end(YamlEvent::MappingEnd),
            _ => self.error(Cause::Indentation, "did not find expected key"),
        }
    }

    fn block_mapping_value(&mut self) -> Found<'t> {
        if !self.sees(&[YamlToken::Value])? {
            return self.missing(ParserState::BlockMappingKey);
        }
        self.take()?;
        if self.sees(&[YamlToken::Key, YamlToken::Value, YamlToken::BlockEnd])? {
            return self.missing(ParserState::BlockMappingKey);
        }
        self.node_before(ParserState::BlockMappingKey, true, true)
    }

    // --- Brackets.

    /// The comma between two items, if `first` is not to come.
    fn comma(&mut self, first: bool, message: &'static str) -> Result<(), SyntaxError> {
        if first {
            return Ok(());
        }
        if !self.sees(&[YamlToken::FlowEntry])? {
            return self.error(Cause::Other, message);
        }
        self.take().map(drop)
    }

    fn flow_sequence_entry(&mut self, first: bool) -> Found<'t> {
        if !self.sees(&[YamlToken::FlowSequenceEnd])? {
            self.comma(first, "did not find expected ',' or ']'")?;
            if self.sees(&[YamlToken::Key])? {
                let key = self.take()?;
                self.state = ParserState::FlowPairKey;
                return Ok((YamlEvent::MappingStart(NodeProperties::default(), true), span(key.start, key.end)));
            }
            if !self.sees(&[YamlToken::FlowSequenceEnd])? {
                return self.node_before(ParserState::FlowSequenceEntry { first: false }, false, false);
            }
        }
        self.end(YamlEvent::SequenceEnd)
    }

    fn flow_pair_key(&mut self) -> Found<'t> {
        if self.sees(&[YamlToken::Value, YamlToken::FlowEntry, YamlToken::FlowSequenceEnd])? {
            // libyaml passes this token, too.
            let placed = self.take()?;
            self.state = ParserState::FlowPairValue;
            return Ok((YamlEvent::Missing, Span::at(placed.end.at)));
        }
        self.node_before(ParserState::FlowPairValue, false, false)
    }

    fn flow_pair_value(&mut self) -> Found<'t> {
        if self.sees(&[YamlToken::Value])? {
            self.take()?;
            if !self.sees(&[YamlToken::FlowEntry, YamlToken::FlowSequenceEnd])? {
                return self.node_before(ParserState::FlowPairEnd, false, false);
            }
        }
        self.missing(ParserState::FlowPairEnd)
    }

    fn flow_pair_end(&mut self) -> Found<'t> {
        self.state = ParserState::FlowSequenceEntry { first: false };
        let at = self.scanner.peek()?.start.at;
        Ok((YamlEvent::MappingEnd, Span::at(at)))
    }

    fn flow_mapping_key(&mut self, first: bool) -> Found<'t> {
        if !self.sees(&[YamlToken::FlowMappingEnd])? {
            self.comma(first, "did not find expected ',' or '}'")?;
            if self.sees(&[YamlToken::Key])? {
                self.take()?;
                if self.sees(&[YamlToken::Value, YamlToken::FlowEntry, YamlToken::FlowMappingEnd])? {
                    return self.missing(ParserState::FlowMappingValue);
                }
                return self.node_before(ParserState::FlowMappingValue, false, false);
            }
            if !self.sees(&[YamlToken::FlowMappingEnd])? {
                return self.node_before(ParserState::FlowMappingNoValue, false, false);
            }
        }
        self.end(YamlEvent::MappingEnd)
    }

    fn flow_mapping_value(&mut self) -> Found<'t> {
        if self.sees(&[YamlToken::Value])? {
            self.take()?;
            if !self.sees(&[YamlToken::FlowEntry, YamlToken::FlowMappingEnd])? {
                return self.node_before(ParserState::FlowMappingKey { first: false }, false, false);
            }
        }
        self.missing(ParserState::FlowMappingKey { first: false })
    }
}

fn span(start: Mark, end: Mark) -> Span {
    Span::new(start.at, end.at)
}
