//! The parser's events with positions in bytes. In: the YAML text. Out: one event after the other, then an end or one
//! syntax error. Neighbours: `build.rs` consumes them; only this file and `cause.rs` know the parser.
//!
//! The parser is YAML 1.2's; Jekyll's is libyaml, of YAML 1.1. Where they differ in what a writer is likely to type, this
//! file follows libyaml: control characters are errors, names of anchors are ASCII, an unknown alias is no syntax error,
//! and nothing after the first document matters. `source.rs` and `tabs.rs` do the rest.

use std::borrow::Cow;

use saphyr_parser::{Event as ParserEvent, Parser, ScalarStyle, ScanError, StrInput, Tag};

use super::cause::Cause;
use super::source::Source;
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

/// Properties that stand before a node. Anchors are numbers, 0 for none.
pub(super) struct Properties {
    /// The number of the anchor, 0 for none.
    pub anchor: usize,
    /// `!!binary` in one of its spellings.
    pub binary: bool,
    /// Any tag at all, `!` included.
    pub tagged: bool,
}

/// What the parser saw.
pub(super) enum Event<'t> {
    Scalar(Cow<'t, str>, Style, Properties),
    /// The number of the anchor that is meant, 0 where there is none of that name.
    Alias(usize),
    SequenceStart(Properties),
    SequenceEnd,
    MappingStart(Properties),
    MappingEnd,
    /// The document is over. What comes after it Jekyll never reads.
    End,
}

/// What the parser cannot read.
#[derive(Debug)]
pub(super) struct SyntaxError {
    /// Where, in bytes of the YAML text.
    pub at: usize,
    /// What it is about.
    pub cause: Cause,
    /// The parser's own words.
    pub message: Cow<'static, str>,
}

/// The events of one document, one after the other.
pub(super) struct Events<'t> {
    source: &'t Source<'t>,
    parser: Parser<'t, StrInput<'t>>,
    forbidden: Option<usize>,
}

impl<'t> Events<'t> {
    pub fn new(source: &'t Source<'t>) -> Self {
        let forbidden = source.original.char_indices().find(|&(_, c)| is_forbidden(c)).map(|(at, _)| at);
        Self { source, parser: Parser::new_from_str(source.text()), forbidden }
    }

    /// The next event and its span in bytes of the original text.
    pub fn next(&mut self) -> Result<(Event<'t>, Span), SyntaxError> {
        if let Some(at) = self.forbidden {
            let message = "control characters are not allowed".into();
            return Err(SyntaxError { at, cause: Cause::ControlCharacter, message });
        }
        loop {
            let (event, span) = match self.parser.next_event() {
                None => return Ok((Event::End, Span::at(self.source.original.len()))),
                Some(Ok((event, span))) => {
                    (event, Span::new(self.source.byte(span.start.index()), self.source.byte(span.end.index())))
                }
                Some(Err(error)) => return self.recover(&error),
            };
            let event = match event {
                ParserEvent::Nothing | ParserEvent::StreamStart | ParserEvent::DocumentStart(_) => continue,
                ParserEvent::DocumentEnd | ParserEvent::StreamEnd => Event::End,
                ParserEvent::Alias(anchor) => {
                    self.check_name(span.start)?;
                    Event::Alias(anchor)
                }
                ParserEvent::Scalar(text, style, anchor, tag) => {
                    let style = match style {
                        ScalarStyle::Plain => Style::Plain,
                        ScalarStyle::SingleQuoted => Style::SingleQuoted,
                        ScalarStyle::DoubleQuoted => Style::DoubleQuoted,
                        ScalarStyle::Literal => Style::Literal,
                        ScalarStyle::Folded => Style::Folded,
                    };
                    Event::Scalar(self.source.restore(text), style, self.properties(anchor, tag.as_deref(), span)?)
                }
                ParserEvent::SequenceStart(anchor, tag) => {
                    Event::SequenceStart(self.properties(anchor, tag.as_deref(), span)?)
                }
                ParserEvent::SequenceEnd => Event::SequenceEnd,
                ParserEvent::MappingStart(anchor, tag) => {
                    Event::MappingStart(self.properties(anchor, tag.as_deref(), span)?)
                }
                ParserEvent::MappingEnd => Event::MappingEnd,
            };
            return Ok((event, span));
        }
    }

    /// The error, unless libyaml, with SafeYAML above it, would go on.
    fn recover(&mut self, error: &ScanError) -> Result<(Event<'t>, Span), SyntaxError> {
        let at = self.source.byte(error.marker().index());
        match Cause::of_message(error.info()) {
            // SafeYAML returns when the first document ends, before libyaml looks at what follows.
            Cause::AfterDocument => Ok((Event::End, Span::at(at))),
            // libyaml does not look aliases up, and SafeYAML takes an unknown one for null. Our parser has moved past the
            // alias, and can be asked for the next event.
            Cause::UnknownAlias => {
                let length = self.check_name(at)?;
                Ok((Event::Alias(0), Span::new(at, at + length)))
            }
            cause => Err(SyntaxError { at, cause, message: error.info().to_owned().into() }),
        }
    }

    fn properties(&self, anchor: usize, tag: Option<&Tag>, span: Span) -> Result<Properties, SyntaxError> {
        if anchor > 0 {
            // The anchor is the first property, or follows the tag.
            let node = self.source.original.get(span.start..).unwrap_or("");
            let tag_length = if node.starts_with('!') { node.find([' ', '\t', '\n']).unwrap_or(0) } else { 0 };
            let after_tag = node.get(tag_length..).unwrap_or("");
            let gap = after_tag.len() - after_tag.trim_start().len();
            self.check_name(span.start + tag_length + gap)?;
        }
        let binary = tag.is_some_and(|tag| {
            tag.suffix == "binary" && matches!(tag.handle.as_str(), "tag:yaml.org,2002:" | "!" | "x-private:")
        });
        Ok(Properties { anchor, binary, tagged: tag.is_some() })
    }

    /// The length of the `&name` or `*name` at `at`, if libyaml would accept it.
    fn check_name(&self, at: usize) -> Result<usize, SyntaxError> {
        let name = self.source.original.get(at + 1..).unwrap_or("");
        let length = name.bytes().take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-')).count();
        let after = name.get(length..).unwrap_or("").chars().next();
        let ends = after.is_none_or(|c| {
            c.is_ascii_whitespace() || matches!(c, ',' | ']' | '}' | '\u{85}' | '\u{2028}' | '\u{2029}')
        });
        if length == 0 || !ends {
            let message = "names of anchors and aliases consist of ASCII letters, digits, _ and -".into();
            return Err(SyntaxError { at, cause: Cause::Name, message });
        }
        Ok(length + 1)
    }
}

/// What libyaml's reader refuses (its `reader.c`), and what of it can stand in a Rust string.
fn is_forbidden(c: char) -> bool {
    match c {
        '\t' | '\n' | '\r' | '\u{85}' => false,
        '\0'..='\u{1F}' | '\u{7F}'..='\u{9F}' | '\u{FFFE}' | '\u{FFFF}' => true,
        _ => false,
    }
}
