//! References to footnotes: `[^name]`.
//!
//! ```bnf
//! footnote_reference ::= "[^" name "]"
//! ```
//!
//! ```markdown
//! A text.[^1] And [^none].
//!
//! [^1]: The note.
//! ```
//!
//! ```html
//! <p>A text.<sup id="fnref:1" role="doc-noteref"><a href="#fn:1" class="footnote" rel="footnote">1</a></sup> And [^none].</p>
//!
//! <div class="footnotes" role="doc-endnotes">
//!   <ol>
//!     <li id="fn:1" role="doc-endnote">
//!       <p>The note. <a href="#fnref:1" class="reversefootnote" role="doc-backlink">↩</a></p>
//!     </li>
//!   </ol>
//! </div>
//! ```
//!
//! Without a definition it is text.
//!
//! Syntax: <https://kramdown.gettalong.org/syntax.html#footnotes>
//! Follows: kramdown 2.4.0, `footnote.rb` lines 37–59.
//! In: a position in a text. Out: a reference, or text. Neighbours: `block/footnote_definition.rs` has the definitions,
//! `html/numbering.rs` gives the numbers.

use crate::markdown::event::Event;
use crate::markdown::kramdown::chars;
use crate::markdown::kramdown::span_parser::SpanParser;

impl SpanParser<'_, '_, '_> {
    /// Takes a reference to a footnote.
    pub(super) fn parse_footnote_reference(&mut self) -> bool {
        let start = self.pos;
        if self.byte(start + 1) != b'^' {
            return false;
        }
        let Some(name_end) = chars::identifier(self.text, start + 2) else { return false };
        if self.byte(name_end) != b']' {
            return false;
        }
        let end = name_end + 1;
        let name = self.cow(start + 2, name_end);
        if self.parser.footnotes.get(&name).is_some() {
            self.push_event(Event::FootnoteReference(name), start, end);
        } else {
            self.push_text(start, end);
        }
        self.pos = end;
        true
    }
}
