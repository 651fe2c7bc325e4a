//! A position in a text that is being parsed into blocks, and the questions that several block parsers ask there.
//! In: a `SourceText`. Out: positions, and whether a block ends at one. Neighbours: `block/mod.rs` moves it, each block
//! parser asks it.
//! Rules: kramdown 2.4.0, `block_boundary.rb` lines 18–30, `LAZY_END` in `paragraph.rb` lines 20–24, `IAL_BLOCK_START`
//! in `extensions.rb` lines 157–158.

use crate::markdown::kramdown::attribute_list::closing_brace;
use crate::markdown::kramdown::chip_line::{FIRST_OF_CHIP, chip_line};
use crate::markdown::kramdown::next_match::NextMatch;
use crate::markdown::kramdown::source_text::SourceText;
use crate::markdown::kramdown::{chars, html_tag};

/// A position in a text that is being parsed into blocks.
pub(super) struct BlockScanner<'s> {
    /// The characters.
    pub text: &'s str,
    /// Where the next block starts: a byte of `text`.
    pub pos: usize,
    /// The same characters with their places in the body.
    pub origin: &'s SourceText,
    /// The next `}`.
    pub braces: NextMatch,
    /// The next `-->`.
    pub comment_ends: NextMatch,
    /// The next `?>`.
    pub instruction_ends: NextMatch,
    /// The next `"` and the next `'`.
    pub quotes: [NextMatch; 2],
    /// The next `$$`.
    pub dollars: NextMatch,
    /// The shortest fence of backticks, and of tildes, that is known to have no closing fence in the rest of the text.
    pub unclosed_fences: [Option<usize>; 2],
    /// Whether the text was read to its end in search of a closing fence that does not exist.
    pub misses_fence: bool,
}

/// An inline attribute list on lines of its own. Positions are bytes of the scanner's text.
#[derive(Clone, Copy)]
pub(super) struct BlockIal {
    /// The first byte after `{:`.
    pub start: usize,
    /// The position of the `}`.
    pub close: usize,
    /// The start of the next line.
    pub end: usize,
}

impl<'s> BlockScanner<'s> {
    /// A scanner at the start of `text`, which is the text of `origin`.
    pub fn new(text: &'s str, origin: &'s SourceText) -> Self {
        Self {
            text,
            pos: 0,
            origin,
            braces: NextMatch::default(),
            comment_ends: NextMatch::default(),
            instruction_ends: NextMatch::default(),
            quotes: [NextMatch::default(); 2],
            dollars: NextMatch::default(),
            unclosed_fences: [None; 2],
            misses_fence: false,
        }
    }

    /// Whether the blocks before the position depend on text after it.
    pub fn looked_ahead(&self) -> bool {
        let [double, single] = &self.quotes;
        let searches = [&self.braces, &self.comment_ends, &self.instruction_ends, &self.dollars, double, single];
        self.misses_fence || searches.iter().any(|search| search.reach() > self.pos)
    }

    /// The bytes `start..end` of the text.
    pub fn part(&self, start: usize, end: usize) -> SourceText {
        self.origin.part(start, end)
    }

    /// The inline attribute list that takes the whole line at `pos`.
    pub fn block_ial(&mut self, pos: usize) -> Option<BlockIal> {
        let at = chars::skip_indent(self.text, pos, 3);
        self.block_ial_at(at)
    }

    /// The same, if the brace stands at `at`.
    fn block_ial_at(&mut self, at: usize) -> Option<BlockIal> {
        let text = self.text;
        if !text.get(at..)?.starts_with("{:") || matches!(chars::byte_at(text, at + 2), b':' | b'/') {
            return None;
        }
        let start = at + 2;
        let ends_line = |at: usize| chars::blank_to_line_end(text, at + 1).is_some();
        let close = closing_brace(text, start, &mut self.braces, ends_line)?;
        Some(BlockIal { start, close, end: chars::blank_to_line_end(text, close + 1)? })
    }

    /// Whether the line at `pos` cannot continue a block lazily, because it starts with a block element of HTML, is
    /// an attribute list, or has nothing but chips. It may be indented by up to `most` spaces.
    pub fn ends_lazily(&mut self, pos: usize, most: usize) -> bool {
        let at = chars::skip_indent(self.text, pos, most);
        match chars::byte_at(self.text, at) {
            b'{' => self.block_ial_at(at).is_some(),
            b'<' => html_tag::ends_paragraph(self.text, at),
            FIRST_OF_CHIP => chip_line(self.text, at, 0).is_some(),
            _ => false,
        }
    }

    /// The end of the end-of-block marker at `pos`.
    pub fn eob_marker(&self, pos: usize) -> Option<usize> {
        if chars::byte_at(self.text, pos) != b'^' {
            return None;
        }
        chars::blank_to_line_end(self.text, pos + 1)
    }

    /// Whether a block that may continue lazily ends at `pos`: kramdown's `LAZY_END`.
    pub fn lazy_end(&mut self, pos: usize) -> bool {
        pos >= self.text.len()
            || chars::blank_lines(self.text, pos).is_some()
            || self.ends_lazily(pos, 3)
            || self.eob_marker(pos).is_some()
    }

    /// Whether a block boundary stands at the position: kramdown's `before_block_boundary?`.
    pub fn before_block_boundary(&mut self) -> bool {
        let pos = self.pos;
        pos >= self.text.len()
            || chars::blank_lines(self.text, pos).is_some()
            || self.eob_marker(pos).is_some()
            || self.block_ial(pos).is_some()
    }

    /// Moves to the next line, if only spaces and tabs are left of this one.
    pub fn skip_trailing_space(&mut self) {
        let at = chars::skip_blanks(self.text, self.pos);
        if chars::byte_at(self.text, at) == b'\n' {
            self.pos = at + 1;
        }
    }
}
