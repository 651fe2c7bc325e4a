//! Extensions in a text: `{::comment}`, `{::nomarkdown}`, `{::options /}`.
//!
//! ```bnf
//! extension_span ::= "{::" name attributes? "}" text "{:/" name? "}" | "{::" name attributes? "/}"
//! ```
//!
//! ```markdown
//! Shown{::comment} hidden{:/} again.
//! ```
//!
//! ```html
//! <p>Shown<!--  hidden --> again.</p>
//! ```
//!
//! Syntax: <https://kramdown.gettalong.org/syntax.html#extensions>
//! Follows: kramdown 2.4.0, `extensions.rb` lines 54–137 and 187–209.
//! In: a position in a text. Out: a comment, text that is written as it is, or new options. Neighbours:
//! `extension_tag.rs` reads the tags, `block/extension_block.rs` is the same between blocks.

use crate::markdown::event::Event;
use crate::markdown::kramdown::extension_tag::{self, Extension};
use crate::markdown::kramdown::span_parser::SpanParser;

impl SpanParser<'_, '_, '_> {
    /// Takes an extension. Returns whether there is one; the position stays if it is not closed or not known.
    pub(super) fn parse_extension_span(&mut self) -> bool {
        let start = self.pos;
        let text = self.text;
        let Some(tag) = extension_tag::start_tag(text, start, &mut self.next.brace) else { return false };
        let mut end = tag.end;
        let mut content = None;
        if !tag.closed {
            let name = text.get(tag.name.0..tag.name.1).unwrap_or("");
            let found = self.parser.find_stop_tag(|| extension_tag::find_stop(text, tag.end, name, false));
            let Some((close, stop_end)) = found else { return true };
            content = Some((tag.end, close));
            end = stop_end;
        }
        match self.parser.handle_extension(self.origin, &tag, content) {
            Some(Extension::Comment(comment)) => {
                self.push_event(Event::Comment(comment), start, end);
            }
            Some(Extension::Verbatim(verbatim)) => {
                self.push_event(Event::Verbatim(verbatim), start, end);
            }
            Some(Extension::Nothing) => {}
            None => return true,
        }
        self.pos = end;
        true
    }
}
