//! Extensions between blocks: `{::comment}`, `{::nomarkdown}`, `{::options /}`.
//!
//! ```bnf
//! extension_block ::= indent start_tag line_end line* indent stop_tag line_end | indent "{::" name attributes? "/}" line_end
//! start_tag       ::= "{::" name attributes? "}"
//! stop_tag        ::= "{:/" name? "}"
//! ```
//!
//! ```markdown
//! {::comment}
//! Hidden in the page.
//! {:/comment}
//!
//! Shown.
//! ```
//!
//! ```html
//! <!-- Hidden in the page. -->
//!
//! <p>Shown.</p>
//! ```
//!
//! Syntax: <https://kramdown.gettalong.org/syntax.html#extensions>
//! Follows: kramdown 2.4.0, `extensions.rb` lines 54–137 and 164–184.
//! In: a scanner at the start of a line. Out: a comment, text that is written as it is, or new options. Neighbours:
//! `extension_tag.rs` reads the tags, `span/extension_span.rs` is the same in a text.

use crate::markdown::kramdown::block_scanner::BlockScanner;
use crate::markdown::kramdown::block_tree::{BlockKind, BlockNode, Eob, NodeId};
use crate::markdown::kramdown::extension_tag::{Extension, find_stop, start_tag, stop_tag};
use crate::markdown::kramdown::{KramdownParser, chars};

impl<'a> KramdownParser<'a> {
    /// Takes an extension whose brace stands at `at`. `None` if there is none, `Some(false)` if there is one that is
    /// not closed or not known.
    pub(super) fn parse_extension_block(
        &mut self,
        scanner: &mut BlockScanner<'_>,
        tree: NodeId,
        at: usize,
    ) -> Option<bool> {
        let (text, start) = (scanner.text, scanner.pos);
        if let Some((_, end)) = stop_tag(text, at) {
            chars::blank_to_line_end(text, end)?;
            return Some(false);
        }
        let tag = start_tag(text, at, &mut scanner.braces)?;
        let after = chars::blank_to_line_end(text, tag.end)?;
        let name = text.get(tag.name.0..tag.name.1)?;
        let mut content = None;
        let mut end = after;
        if !tag.closed {
            let Some((close, stop_end)) = self.find_stop_tag(|| find_stop(text, after, name, true)) else {
                return Some(false);
            };
            // The line break before the stop tag is not part of the content.
            let inner_end = if close > after { close - 1 } else { close };
            content = Some((after, inner_end));
            end = stop_end;
        }
        let Some(extension) = self.handle_extension(scanner.origin, &tag, content) else { return Some(false) };
        scanner.pos = end;
        let span = scanner.origin.span(start, end);
        match extension {
            Extension::Comment(comment) => {
                self.push(tree, BlockNode::new(BlockKind::Comment(comment), span));
            }
            Extension::Verbatim(verbatim) => {
                self.push(tree, BlockNode::new(BlockKind::Verbatim(verbatim), span));
            }
            Extension::Nothing if name == "options" => {
                self.push_new(tree, BlockNode::new(BlockKind::Eob(Eob::Extension), span));
            }
            Extension::Nothing => {}
        }
        Some(true)
    }
}
