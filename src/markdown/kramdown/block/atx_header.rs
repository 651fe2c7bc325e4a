//! Headers of one line: `# Text`.
//!
//! ```bnf
//! atx_header ::= "#"{1,6} blank+ text header_id? (blank+ "#"+)? line_end
//! header_id  ::= blank+ "{#" xml_name "}"
//! ```
//!
//! ```markdown
//! ## Two words ##
//!
//! # Chapter {#one}
//! ```
//!
//! ```html
//! <h2 id="two-words">Two words</h2>
//!
//! <h1 id="one">Chapter</h1>
//! ```
//!
//! It must start in the first column.
//!
//! Syntax: <https://kramdown.gettalong.org/syntax.html#atx-style>
//! Follows: kramdown-parser-gfm 1.1.0, `gfm.rb` lines 120–132; kramdown 2.4.0, `header.rb` lines 44–66.
//! In: a scanner at the start of a line. Out: a header node. Neighbours: `setext_header.rs` uses its parser of ids;
//! `paragraph.rs` ends before a header.

use crate::markdown::event::CowStr;
use crate::markdown::kramdown::KramdownParser;
use crate::markdown::kramdown::attribute_list;
use crate::markdown::kramdown::block_scanner::BlockScanner;
use crate::markdown::kramdown::block_tree::{BlockKind, BlockNode, NodeId};
use crate::markdown::kramdown::chars;

/// The level of the header at `pos`, and the start of its text. Only GFM (`spaced`) asks for a space between them.
pub(super) fn marker(text: &str, pos: usize, spaced: bool) -> Option<(u8, usize)> {
    let mut after = chars::skip_while(text, pos, |byte| byte == b'#');
    if !spaced {
        after = after.min(pos + 6);
    }
    let level = after - pos;
    if !(1..=6).contains(&level) || (spaced && !matches!(chars::byte_at(text, after), b' ' | b'\t')) {
        return None;
    }
    Some((level as u8, chars::skip_blanks(text, after)))
}

impl<'a> KramdownParser<'a> {
    /// Takes a header.
    pub(super) fn parse_atx_header(&mut self, scanner: &mut BlockScanner<'_>, tree: NodeId) -> bool {
        let text = scanner.text;
        let quirk = self.options.paragraph_end;
        if !quirk && !self.after_block_boundary(tree) {
            return false;
        }
        let Some((level, start)) = marker(text, scanner.pos, self.options.gfm) else { return false };
        let (mut end, id) = header_contents(text, start, chars::line_end(text, start));
        let contents = text.get(start..end).unwrap_or("");
        let mut bare = contents.trim_end_matches('#');
        if !quirk && bare.ends_with('\\') {
            // The first mark is escaped.
            bare = contents.get(..bare.len() + 1).unwrap_or(contents);
        }
        if bare.len() < contents.len() && (!quirk || bare.ends_with([' ', '\t'])) {
            end = start + chars::strip_end(bare).len();
        }
        if end <= start {
            return false;
        }
        let next = chars::next_line(text, start);
        self.add_header(scanner, tree, level, (start, end), id, next);
        true
    }

    /// Adds a header with the text `contents` and the id `id`, and moves to `next`.
    pub(super) fn add_header(
        &mut self,
        scanner: &mut BlockScanner<'_>,
        tree: NodeId,
        level: u8,
        contents: (usize, usize),
        id: Option<(usize, usize)>,
        next: usize,
    ) {
        let mut node = BlockNode::with_text(BlockKind::Header(level), scanner.part(contents.0, contents.1));
        node.span = scanner.origin.span(scanner.pos, next);
        if let Some((start, end)) = id {
            let id = scanner.origin.cow(self.body, start, end);
            attribute_list::set(&mut node.attributes, CowStr::Borrowed("id"), id);
        }
        scanner.pos = next;
        self.push_new(tree, node);
    }
}

/// The end of the text of a header that stands in `start..end`, and the range of the id after it (`{#id}`).
pub(super) fn header_contents(text: &str, start: usize, end: usize) -> (usize, Option<(usize, usize)>) {
    let contents = chars::strip_end(text.get(start..end).unwrap_or(""));
    let end = start + contents.len();
    let Some(open) = contents.rfind("{#") else { return (end, None) };
    let id = contents.get(open + 2..).and_then(|rest| rest.strip_suffix('}'));
    let before = contents.get(..open).unwrap_or("");
    match id {
        Some(id) if before.ends_with([' ', '\t']) && is_name(id) => {
            let from = start + open + 2;
            (start + chars::strip_end(before).len(), Some((from, from + id.len())))
        }
        _ => (end, None),
    }
}

/// Whether `id` is a name in XML.
fn is_name(id: &str) -> bool {
    let mut chars = id.chars();
    chars.next().is_some_and(is_name_start)
        && chars.all(|c| {
            is_name_start(c)
                || matches!(c, '-' | '.' | '0'..='9' | '\u{B7}' | '\u{300}'..='\u{36F}' | '\u{203F}'..='\u{2040}')
        })
}

fn is_name_start(c: char) -> bool {
    matches!(c, ':' | '_' | 'A'..='Z' | 'a'..='z' | '\u{C0}'..='\u{D6}' | '\u{D8}'..='\u{F6}' | '\u{F8}'..='\u{2FF}'
        | '\u{370}'..='\u{37D}' | '\u{37F}'..='\u{1FFF}' | '\u{200C}'..='\u{200D}' | '\u{2070}'..='\u{218F}'
        | '\u{2C00}'..='\u{2FEF}' | '\u{3001}'..='\u{D7FF}' | '\u{F900}'..='\u{FDCF}' | '\u{FDF0}'..='\u{FFFD}'
        | '\u{10000}'..='\u{EFFFF}')
}
