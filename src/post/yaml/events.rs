//! Tokens as events, by the rules of libyaml 0.2.5 (its `parser.c`). In: the YAML text. Out: one event of the first
//! document after the other, then the end, or one syntax error. Neighbours: `scanner.rs` below, `build.rs` above.
//!
//! What comes after the first document is not looked at: SafeYAML returns there.

use std::borrow::Cow;

use super::cause::{Cause, SyntaxError};
use super::cursor::Mark;
use super::scanner::{Placed, Scanner, Token};
use crate::text::Span;

/// How a scalar was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// Without quotes.
    Plain,
    /// `'…'`
    SingleQuoted,
    /// `"…"`
    DoubleQuoted,
    /// `|`
    Literal,
    /// `>`
    Folded,
}

/// Properties that stand before a node.
#[derive(Default)]
pub(super) struct Properties<'t> {
    /// The name of the anchor.
    pub anchor: Option<&'t str>,
    /// `!!binary` in one of its spellings.
    pub binary: bool,
    /// Any tag at all, `!` included.
    pub tagged: bool,
}

/// What was read.
pub(super) enum Event<'t> {
    Scalar(Cow<'t, str>, Style, Properties<'t>),
    /// A value that is not there, or a key.
    Missing,
    /// The name of the anchor that is meant.
    Alias(&'t str),
    /// Whether it is written in brackets.
    SequenceStart(Properties<'t>, bool),
    SequenceEnd,
    /// Whether it is written in braces or, as a single pair, in brackets.
    MappingStart(Properties<'t>, bool),
    MappingEnd,
    /// The document is over. What comes after it Jekyll never reads.
    End,
}

/// What is expected next.
#[derive(Clone, Copy)]
enum State {
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

type Found<'t> = Result<(Event<'t>, Span), SyntaxError>;

/// The events of one document, one after the other.
pub(super) struct Events<'t> {
    scanner: Scanner<'t>,
    state: State,
    /// What is expected after the nodes that are open.
    states: Vec<State>,
    /// What stands for the handles of tags.
    handles: Vec<(&'t str, Vec<u8>)>,
    /// Where the last token ended that a person can see, in bytes.
    last_end: usize,
    /// Whether it was a quoted scalar, and its line.
    last_quoted: Option<usize>,
}

impl<'t> Events<'t> {
    pub fn new(text: &'t str) -> Self {
        Self {
            scanner: Scanner::new(text),
            state: State::DocumentStart,
            states: Vec::new(),
            handles: Vec::new(),
            last_end: 0,
            last_quoted: None,
        }
    }

    /// The next event and its span in bytes.
    pub fn next(&mut self) -> Found<'t> {
        match self.state {
            State::DocumentStart => self.document_start(),
            State::DocumentContent => self.document_content(),
            State::DocumentEnd => self.document_end(),
            State::BlockNode => self.node(true, false),
            State::BlockSequenceEntry => self.block_sequence_entry(),
            State::IndentlessSequenceEntry => self.indentless_sequence_entry(),
            State::BlockMappingKey => self.block_mapping_key(),
            State::BlockMappingValue => self.block_mapping_value(),
            State::FlowSequenceEntry { first } => self.flow_sequence_entry(first),
            State::FlowPairKey => self.flow_pair_key(),
            State::FlowPairValue => self.flow_pair_value(),
            State::FlowPairEnd => self.flow_pair_end(),
            State::FlowMappingKey { first } => self.flow_mapping_key(first),
            State::FlowMappingValue => self.flow_mapping_value(),
            State::FlowMappingNoValue => self.missing(State::FlowMappingKey { first: false }),
            State::End => Ok((Event::End, Span::at(self.last_end))),
        }
    }

    // --- Tokens.

    fn peek(&mut self) -> Result<&Token<'t>, SyntaxError> {
        Ok(&self.scanner.peek()?.token)
    }

    /// The next token, which is passed.
    fn take(&mut self) -> Result<Placed<'t>, SyntaxError> {
        let placed = self.scanner.next()?;
        if placed.start.at < placed.end.at {
            self.last_end = placed.end.at;
            let quoted = matches!(placed.token, Token::Scalar(_, Style::SingleQuoted | Style::DoubleQuoted));
            self.last_quoted = quoted.then_some(placed.end.line);
        }
        Ok(placed)
    }

    /// Whether the next token is one of `tokens`.
    fn sees(&mut self, tokens: &[Token<'t>]) -> Result<bool, SyntaxError> {
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

    /// Takes the next token, after which comes what the innermost open node waits for.
    fn end(&mut self, event: Event<'t>) -> Found<'t> {
        let placed = self.take()?;
        self.leave();
        Ok((event, span(placed.start, placed.end)))
    }

    fn leave(&mut self) {
        self.state = self.states.pop().unwrap_or(State::End);
    }

    /// Nothing stands where a node is expected.
    fn missing(&mut self, next: State) -> Found<'t> {
        self.state = next;
        Ok((Event::Missing, Span::at(self.last_end)))
    }

    /// A node, after which comes `next`.
    fn node_before(&mut self, next: State, block: bool, indentless: bool) -> Found<'t> {
        self.states.push(next);
        self.node(block, indentless)
    }

    // --- Documents.

    fn document_start(&mut self) -> Found<'t> {
        match self.peek()? {
            Token::StreamEnd => {
                self.state = State::End;
                return self.next();
            }
            Token::Version(..) | Token::TagDirective(..) | Token::DocumentStart => {
                self.directives()?;
                if !self.sees(&[Token::DocumentStart])? {
                    return self.error(Cause::Other, "did not find expected <document start>");
                }
                self.take()?;
                self.state = State::DocumentContent;
            }
            _ => {
                self.directives()?;
                self.state = State::BlockNode;
            }
        }
        self.states.push(State::DocumentEnd);
        self.next()
    }

    fn directives(&mut self) -> Result<(), SyntaxError> {
        let mut versions = 0;
        loop {
            match self.peek()? {
                &Token::Version(major, minor) => {
                    versions += 1;
                    if versions > 1 {
                        return self.error(Cause::Other, "found duplicate %YAML directive");
                    }
                    if major != 1 || !matches!(minor, 1 | 2) {
                        return self.error(Cause::Other, "found incompatible YAML document");
                    }
                }
                Token::TagDirective(handle, prefix) => {
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
            Token::Version(..)
            | Token::TagDirective(..)
            | Token::DocumentStart
            | Token::DocumentEnd
            | Token::StreamEnd => self.missing(State::DocumentEnd),
            _ => self.node(true, false),
        }
    }

    fn document_end(&mut self) -> Found<'t> {
        let mut end = self.scanner.peek()?.start;
        if self.sees(&[Token::DocumentEnd])? {
            end = self.take()?.end;
        }
        self.state = State::End;
        Ok((Event::End, Span::at(end.at)))
    }

    // --- Nodes.

    fn node(&mut self, block: bool, indentless: bool) -> Found<'t> {
        if let &Token::Alias(name) = self.peek()? {
            return self.end(Event::Alias(name));
        }
        let (properties, properties_start) = self.properties()?;
        let next = self.scanner.peek()?;
        let (token_start, token_end) = (next.start, next.end);
        let start = properties_start.unwrap_or(token_start);
        let whole = span(start, token_end);
        match &next.token {
            Token::BlockEntry if indentless => {
                self.state = State::IndentlessSequenceEntry;
                Ok((Event::SequenceStart(properties, false), whole))
            }
            Token::Scalar(..) => match self.take()?.token {
                Token::Scalar(text, style) => {
                    self.leave();
                    Ok((Event::Scalar(text, style, properties), whole))
                }
                _ => self.missing(State::End),
            },
            Token::FlowSequenceStart => {
                self.take()?;
                self.state = State::FlowSequenceEntry { first: true };
                Ok((Event::SequenceStart(properties, true), whole))
            }
            Token::FlowMappingStart => {
                self.take()?;
                self.state = State::FlowMappingKey { first: true };
                Ok((Event::MappingStart(properties, true), whole))
            }
            Token::BlockSequenceStart if block => {
                self.take()?;
                self.state = State::BlockSequenceEntry;
                Ok((Event::SequenceStart(properties, false), whole))
            }
            Token::BlockMappingStart if block => {
                self.take()?;
                self.state = State::BlockMappingKey;
                Ok((Event::MappingStart(properties, false), whole))
            }
            _ if properties_start.is_some() => {
                self.leave();
                let span = Span::new(start.at, self.last_end.max(start.at));
                Ok((Event::Scalar("".into(), Style::Plain, properties), span))
            }
            _ => self.error(if block { Cause::Other } else { Cause::FlowItem }, "did not find expected node content"),
        }
    }

    /// An anchor, a tag, or both in either order; and where they begin.
    fn properties(&mut self) -> Result<(Properties<'t>, Option<Mark>), SyntaxError> {
        let mut properties = Properties::default();
        let mut start = None;
        loop {
            match self.peek()? {
                Token::Anchor(name) if properties.anchor.is_none() => properties.anchor = Some(*name),
                Token::Tag(handle, suffix) if !properties.tagged => {
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
            Token::BlockEntry => {
                self.take()?;
                if self.sees(&[Token::BlockEntry, Token::BlockEnd])? {
                    return self.missing(State::BlockSequenceEntry);
                }
                self.node_before(State::BlockSequenceEntry, true, false)
            }
            Token::BlockEnd => self.end(Event::SequenceEnd),
            _ => self.error(Cause::Indentation, "did not find expected '-' indicator"),
        }
    }

    /// A sequence whose dashes stand in the column of the key above them.
    fn indentless_sequence_entry(&mut self) -> Found<'t> {
        if !self.sees(&[Token::BlockEntry])? {
            let at = self.scanner.peek()?.start.at;
            self.leave();
            return Ok((Event::SequenceEnd, Span::at(at)));
        }
        self.take()?;
        if self.sees(&[Token::BlockEntry, Token::Key, Token::Value, Token::BlockEnd])? {
            return self.missing(State::IndentlessSequenceEntry);
        }
        self.node_before(State::IndentlessSequenceEntry, true, false)
    }

    fn block_mapping_key(&mut self) -> Found<'t> {
        match self.peek()? {
            Token::Key => {
                self.take()?;
                if self.sees(&[Token::Key, Token::Value, Token::BlockEnd])? {
                    return self.missing(State::BlockMappingValue);
                }
                self.node_before(State::BlockMappingValue, true, true)
            }
            Token::BlockEnd => self.end(Event::MappingEnd),
            _ => self.error(Cause::Indentation, "did not find expected key"),
        }
    }

    fn block_mapping_value(&mut self) -> Found<'t> {
        if !self.sees(&[Token::Value])? {
            return self.missing(State::BlockMappingKey);
        }
        self.take()?;
        if self.sees(&[Token::Key, Token::Value, Token::BlockEnd])? {
            return self.missing(State::BlockMappingKey);
        }
        self.node_before(State::BlockMappingKey, true, true)
    }

    // --- Brackets.

    /// The comma between two items, if `first` is not to come.
    fn comma(&mut self, first: bool, message: &'static str) -> Result<(), SyntaxError> {
        if first {
            return Ok(());
        }
        if !self.sees(&[Token::FlowEntry])? {
            return self.error(Cause::Other, message);
        }
        self.take().map(drop)
    }

    fn flow_sequence_entry(&mut self, first: bool) -> Found<'t> {
        if !self.sees(&[Token::FlowSequenceEnd])? {
            self.comma(first, "did not find expected ',' or ']'")?;
            if self.sees(&[Token::Key])? {
                let key = self.take()?;
                self.state = State::FlowPairKey;
                return Ok((Event::MappingStart(Properties::default(), true), span(key.start, key.end)));
            }
            if !self.sees(&[Token::FlowSequenceEnd])? {
                return self.node_before(State::FlowSequenceEntry { first: false }, false, false);
            }
        }
        self.end(Event::SequenceEnd)
    }

    fn flow_pair_key(&mut self) -> Found<'t> {
        if self.sees(&[Token::Value, Token::FlowEntry, Token::FlowSequenceEnd])? {
            // libyaml passes this token, too.
            let placed = self.take()?;
            self.state = State::FlowPairValue;
            return Ok((Event::Missing, Span::at(placed.end.at)));
        }
        self.node_before(State::FlowPairValue, false, false)
    }

    fn flow_pair_value(&mut self) -> Found<'t> {
        if self.sees(&[Token::Value])? {
            self.take()?;
            if !self.sees(&[Token::FlowEntry, Token::FlowSequenceEnd])? {
                return self.node_before(State::FlowPairEnd, false, false);
            }
        }
        self.missing(State::FlowPairEnd)
    }

    fn flow_pair_end(&mut self) -> Found<'t> {
        self.state = State::FlowSequenceEntry { first: false };
        let at = self.scanner.peek()?.start.at;
        Ok((Event::MappingEnd, Span::at(at)))
    }

    fn flow_mapping_key(&mut self, first: bool) -> Found<'t> {
        if !self.sees(&[Token::FlowMappingEnd])? {
            self.comma(first, "did not find expected ',' or '}'")?;
            if self.sees(&[Token::Key])? {
                self.take()?;
                if self.sees(&[Token::Value, Token::FlowEntry, Token::FlowMappingEnd])? {
                    return self.missing(State::FlowMappingValue);
                }
                return self.node_before(State::FlowMappingValue, false, false);
            }
            if !self.sees(&[Token::FlowMappingEnd])? {
                return self.node_before(State::FlowMappingNoValue, false, false);
            }
        }
        self.end(Event::MappingEnd)
    }

    fn flow_mapping_value(&mut self) -> Found<'t> {
        if self.sees(&[Token::Value])? {
            self.take()?;
            if !self.sees(&[Token::FlowEntry, Token::FlowMappingEnd])? {
                return self.node_before(State::FlowMappingKey { first: false }, false, false);
            }
        }
        self.missing(State::FlowMappingKey { first: false })
    }
}

fn span(start: Mark, end: Mark) -> Span {
    Span::new(start.at, end.at)
}
