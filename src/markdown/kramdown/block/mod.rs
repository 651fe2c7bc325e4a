//! From a text to blocks: which block parser is tried at which character, and in which order.
//! In: a `SourceText`. Out: nodes of the block tree. Neighbours: one file here for each construct, `block_scanner.rs`
//! for the position, `block_tree.rs` for the nodes.
//! Rules: kramdown 2.4.0, `parser/kramdown.rb` lines 75–78 (the order) and 140–162 (`parse_blocks`), with the
//! replacements of the GFM parser, `gfm.rb` lines 25–53.

pub(super) mod abbreviation_definition;
mod attribute_list_definition;
mod atx_header;
mod blank_line;
mod block_ial;
mod blockquote;
mod codeblock;
mod codeblock_fenced;
mod definition_list;
mod eob_marker;
mod extension_block;
mod footnote_definition;
mod horizontal_rule;
mod html_block;
pub(super) mod link_definition;
mod list;
mod math_block;
mod paragraph;
mod setext_header;
mod standalone_image;
pub(crate) mod table;
mod task_list;
mod unhandled_line;

use crate::markdown::kramdown::block_scanner::BlockScanner;
use crate::markdown::kramdown::block_tree::{BlockKind, BlockNode, Eob, NodeId};
use crate::markdown::kramdown::chip_line::FIRST_OF_CHIP;
use crate::markdown::kramdown::source_text::SourceText;
use crate::markdown::kramdown::{KramdownParser, MAX_DEPTH, chars};

impl<'a> KramdownParser<'a> {
    /// Parses `text` into blocks below `tree`.
    pub(super) fn parse_text(&mut self, text: &SourceText, tree: NodeId) {
        let body = self.body;
        let mut scanner = BlockScanner::new(text.str(body), text);
        self.parse_blocks(&mut scanner, tree);
    }

    /// Parses blocks below `tree` to the end of the text. If `tree` is an HTML element, its end tag stops the parser
    /// too; the answer is whether that was found.
    fn parse_blocks(&mut self, scanner: &mut BlockScanner<'_>, tree: NodeId) -> bool {
        let outer = self.block_ial.take();
        self.depth += 1;
        let mut closed = false;
        if self.depth > MAX_DEPTH {
            let rest = scanner.part(scanner.pos, scanner.text.len());
            self.push_new(tree, BlockNode::with_text(BlockKind::Paragraph { transparent: false, task: None }, rest));
            scanner.pos = scanner.text.len();
        }
        while scanner.pos < scanner.text.len() && !closed {
            closed = self.parse_block(scanner, tree);
            self.looked_ahead |= self.depth == 1 && scanner.looked_ahead();
        }
        self.depth -= 1;
        self.block_ial = outer;
        closed
    }

    /// Parses one block. The answer is whether it was the end tag of `tree`.
    fn parse_block(&mut self, scanner: &mut BlockScanner<'_>, tree: NodeId) -> bool {
        let (text, pos) = (scanner.text, scanner.pos);
        if self.options.smarty_pants {
            let html = chars::byte_at(text, chars::skip_indent(text, pos, 3)) == b'<';
            return html.then(|| self.parse_html_block(scanner, tree)).flatten().unwrap_or_else(|| {
                self.parse_unhandled_line(scanner, tree);
                false
            });
        }
        if let Some(end) = chars::blank_lines(text, pos) {
            self.parse_blank_line(scanner, tree, end);
            return false;
        }
        let at = chars::skip_indent(text, pos, 4);
        if at == pos + 4 || chars::byte_at(text, pos) == b'\t' {
            self.parse_codeblock(scanner, tree);
            return false;
        }
        match self.parse_marked_block(scanner, tree, at) {
            Some(closed) => closed,
            None => {
                if !self.parse_bounded_block(scanner, tree, at) && !self.parse_definition(scanner, tree) {
                    self.parse_rest(scanner, tree);
                }
                false
            }
        }
    }

    /// Tries the blocks that may follow any other block. The first character that is no space, at `at`, tells which.
    /// `None` if none of them matches, otherwise whether it was the end tag of `tree`.
    fn parse_marked_block(&mut self, scanner: &mut BlockScanner<'_>, tree: NodeId, at: usize) -> Option<bool> {
        let (text, pos) = (scanner.text, scanner.pos);
        let taken = match chars::byte_at(text, at) {
            b'~' | b'`' => self.parse_fenced_codeblock(scanner, tree),
            b'>' => self.parse_blockquote(scanner, tree),
            b'#' => at == pos && self.parse_atx_header(scanner, tree),
            b'*' | b'-' | b'_' | b'+' | b'0'..=b'9' => {
                self.parse_horizontal_rule(scanner, tree)
                    || (list::marker(text, pos, 3).is_some() && self.parse_list(scanner, tree))
            }
            b':' => self.parse_definition_list(scanner, tree),
            b'<' => return self.parse_html_block(scanner, tree),
            FIRST_OF_CHIP => self.parse_chip_line(scanner, tree),
            _ => false,
        };
        taken.then_some(false)
    }

    /// Tries the blocks that need a block boundary before them.
    fn parse_bounded_block(&mut self, scanner: &mut BlockScanner<'_>, tree: NodeId, at: usize) -> bool {
        let may_be_math = matches!(chars::byte_at(scanner.text, at), b'$' | b'\\');
        self.after_block_boundary(tree)
            && (self.parse_setext_header(scanner, tree)
                || (may_be_math && self.parse_math_block(scanner, tree))
                || self.parse_table(scanner, tree))
    }

    /// Tries the blocks without content of their own: definitions, attribute lists, extensions, the end-of-block
    /// marker.
    fn parse_definition(&mut self, scanner: &mut BlockScanner<'_>, tree: NodeId) -> bool {
        // The position is read again, because the parser of formulas may have skipped a backslash.
        let (text, pos) = (scanner.text, scanner.pos);
        let at = chars::skip_indent(text, pos, 4);
        match chars::byte_at(text, at) {
            b'[' => self.parse_footnote_definition(scanner, tree) || self.parse_link_definition(scanner, tree),
            b'*' => self.parse_abbreviation_definition(scanner, tree),
            b'{' => self.parse_block_extensions(scanner, tree),
            b'^' => at == pos && self.parse_eob_marker(scanner, tree),
            _ => false,
        }
    }

    /// Parses what no other block parser has matched.
    fn parse_rest(&mut self, scanner: &mut BlockScanner<'_>, tree: NodeId) {
        let at = chars::skip_indent(scanner.text, scanner.pos, 4);
        if chars::byte_at(scanner.text, at) == b'\t' {
            self.parse_unhandled_line(scanner, tree);
        } else {
            self.parse_paragraph(scanner, tree);
        }
    }

    /// Tries what starts with `{:`: an attribute list definition, an extension, an inline attribute list. Follows
    /// `parse_block_extensions`, `extensions.rb` lines 164–184.
    fn parse_block_extensions(&mut self, scanner: &mut BlockScanner<'_>, tree: NodeId) -> bool {
        let at = chars::skip_indent(scanner.text, scanner.pos, 3);
        if !scanner.text.get(at..).is_some_and(|rest| rest.starts_with("{:")) {
            return false;
        }
        if self.parse_attribute_list_definition(scanner, tree, at) {
            return true;
        }
        match self.parse_extension_block(scanner, tree, at) {
            Some(taken) => taken,
            None => self.parse_block_ial(scanner, tree),
        }
    }

    /// Whether a block boundary stands after the last child of `tree`: kramdown's `after_block_boundary?`.
    fn after_block_boundary(&self, tree: NodeId) -> bool {
        if self.block_ial.is_some() {
            return true;
        }
        match self.last_child(tree) {
            None => true,
            Some(last) => last.is_blank() || last.kind == BlockKind::Eob(Eob::Marker),
        }
    }
}
