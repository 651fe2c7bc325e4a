//! What a syntax error is about. In: the message of the parser. Out: a `Cause`. Neighbours: `events.rs` asks, `patches.rs`
//! and `syntax_error.rs` act on it.
//!
//! The parser tells its errors apart by their messages alone, so `Cargo.toml` pins its version, and each row of the table
//! has a test: a text for which the parser gives that message.

/// What a syntax error is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cause {
    /// Something stands after the first document, which Jekyll does not read.
    AfterDocument,
    /// An alias of an anchor that is not known.
    UnknownAlias,
    /// A control character (`events.rs`).
    ControlCharacter,
    /// The name of an anchor or alias that libyaml refuses (`events.rs`).
    Name,
    /// A line within quotes begins too far left.
    QuotedIndentation,
    /// The same, or another line, because a tab begins it.
    TabIndentation,
    /// A line within brackets begins too far left.
    FlowIndentation,
    /// A tab where none may stand.
    Tab,
    /// An unknown escape in double quotes.
    Escape,
    /// Something follows the closing quote.
    AfterQuote,
    /// A quote is not closed.
    Quote,
    /// A line is no key with a value.
    NoKey,
    /// A colon makes a key where none is expected.
    Colon,
    /// The first line of `|` or `>`.
    BlockScalar,
    /// The indentation of a line fits none above.
    Indentation,
    /// Something else.
    Other,
}

/// The messages of saphyr-parser 0.3.4 that mean more than that the text cannot be read.
static MESSAGES: &[(&str, Cause)] = &[
    ("did not find expected <document start>", Cause::AfterDocument),
    ("invalid content after document end marker", Cause::AfterDocument),
    ("while parsing node, found unknown anchor", Cause::UnknownAlias),
    ("invalid indentation in quoted scalar", Cause::QuotedIndentation),
    ("tab cannot be used as indentation", Cause::TabIndentation),
    ("invalid indentation in flow construct", Cause::FlowIndentation),
    ("a block scalar content cannot start with a tab", Cause::Tab),
    ("tabs disallowed in this context", Cause::Tab),
    ("tabs disallowed within this context (block indentation)", Cause::Tab),
    ("while scanning a plain scalar, found a tab", Cause::Tab),
    ("while parsing a quoted scalar, did not find expected hexadecimal number", Cause::Escape),
    ("while parsing a quoted scalar, found invalid Unicode character escape code", Cause::Escape),
    ("while parsing a quoted scalar, found unknown escape character", Cause::Escape),
    ("invalid trailing content after double-quoted scalar", Cause::AfterQuote),
    ("while scanning a quoted scalar, found unexpected document indicator", Cause::Quote),
    ("while scanning a quoted scalar, found unexpected end of stream", Cause::Quote),
    ("simple key expect ':'", Cause::NoKey),
    ("simple key expected", Cause::NoKey),
    ("illegal placement of ':' indicator", Cause::Colon),
    ("mapping values are not allowed in this context", Cause::Colon),
    ("while scanning a block scalar, did not find expected comment or line break", Cause::BlockScalar),
    ("while scanning a block scalar, found an indentation indicator equal to 0", Cause::BlockScalar),
    ("invalid indentation", Cause::Indentation),
    ("while parsing a block collection, did not find expected '-' indicator", Cause::Indentation),
    ("while parsing a block mapping, did not find expected key", Cause::Indentation),
    ("wrongly indented line in block scalar", Cause::Indentation),
];

impl Cause {
    /// What the parser means by `message`.
    pub fn of_message(message: &str) -> Self {
        MESSAGES.iter().find(|(known, _)| *known == message).map_or(Self::Other, |(_, cause)| *cause)
    }
}

#[cfg(test)]
mod tests {
    use saphyr_parser::{Parser, StrInput};

    use super::*;

    /// A text for each row of the table, in its order.
    const EXAMPLES: &[&str] = &[
        "---\n[] !",
        "---\na\n... b",
        "---\n*a",
        "---\na: 'b\nc'",
        "---\na: 'b\n\tc'",
        "---\na: [b,\nc]",
        "---\n|\n\ta",
        "---\n? \ta: b",
        "---\n-\n\ta: b",
        "---\n? x\n\t:",
        "---\n\"\\x\"",
        "---\n\"\\ud800\"",
        "---\n\"\\q\"",
        "---\na: 'b' c",
        "---\na: 'b\n...\n",
        "---\na: 'b",
        "---\n:\na\n",
        "---\n:\n\\",
        "---\n[x\n :",
        "---\na: b: c",
        "---\na: > b",
        "---\na: |0",
        "---\n? {\n:",
        "---\n- a\nb: c",
        "---\na: b\n- c",
        "---\n|1\n`",
    ];

    fn message(text: &str) -> Option<String> {
        let mut parser: Parser<'_, StrInput<'_>> = Parser::new_from_str(text);
        std::iter::from_fn(|| parser.next_event()).find_map(Result::err).map(|error| error.info().to_owned())
    }

    #[test]
    fn the_parser_has_these_words_for_each_row() {
        assert_eq!(EXAMPLES.len(), MESSAGES.len());
        for ((known, cause), text) in MESSAGES.iter().zip(EXAMPLES) {
            assert_eq!(message(text).as_deref(), Some(*known), "{text:?}");
            assert_eq!(Cause::of_message(known), *cause);
        }
    }
}
