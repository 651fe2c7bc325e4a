//! `# Header`: one to six `#`, white space, the text; `#`s after white space at the end are dropped.
//! Rules: kramdown's syntax page, "Headers"; its GFM variant's `parse_atx_header_gfm_quirk`.

use super::Parser;
use super::attributes;
use super::block::Scanner;
use super::scan;
use super::tree::{Kind, Node, NodeId};
use crate::markdown::event::CowStr;

/// The level of the header at `pos`, and where its text starts.
pub(super) fn marker(text: &str, pos: usize) -> Option<(u8, usize)> {
    let after = scan::skip_while(text, pos, |byte| byte == b'#');
    let level = after - pos;
    if !(1..=6).contains(&level) || !matches!(scan::byte_at(text, after), b' ' | b'\t') {
        return None;
    }
    Some((level as u8, scan::skip_blanks(text, after)))
}

impl<'a> Parser<'a> {
    /// Takes a header.
    pub(super) fn parse_atx_header(&mut self, scanner: &mut Scanner<'_>, tree: NodeId) -> bool {
        let text = scanner.text;
        let Some((level, start)) = marker(text, scanner.pos) else { return false };
        let (mut end, id) = header_contents(text, start, scan::line_end(text, start));
        let contents = text.get(start..end).unwrap_or("");
        let bare = contents.trim_end_matches('#');
        if bare.len() < contents.len() && bare.ends_with([' ', '\t']) {
            end = start + scan::strip_end(bare).len();
        }
        if end <= start {
            return false;
        }
        let next = scan::next_line(text, start);
        self.add_header(scanner, tree, level, (start, end), id, next);
        true
    }

    /// Adds a header whose text is `contents`, and goes to `next`.
    pub(super) fn add_header(
        &mut self,
        scanner: &mut Scanner<'_>,
        tree: NodeId,
        level: u8,
        contents: (usize, usize),
        id: Option<(usize, usize)>,
        next: usize,
    ) {
        let mut node = Node::with_text(Kind::Header(level), scanner.part(contents.0, contents.1));
        node.span = scanner.origin.span(scanner.pos, next);
        if let Some((start, end)) = id {
            let id = scanner.origin.cow(self.body, start, end);
            attributes::set(&mut node.attributes, CowStr::Borrowed("id"), id);
        }
        scanner.pos = next;
        self.push_new(tree, node);
    }
}

/// Where the text of a header ends that stands in `start..end`, and the id that follows it as `{#id}`.
pub(super) fn header_contents(text: &str, start: usize, end: usize) -> (usize, Option<(usize, usize)>) {
    let contents = scan::strip_end(text.get(start..end).unwrap_or(""));
    let end = start + contents.len();
    let Some(open) = contents.rfind("{#") else { return (end, None) };
    let id = contents.get(open + 2..).and_then(|rest| rest.strip_suffix('}'));
    let before = contents.get(..open).unwrap_or("");
    match id {
        Some(id) if before.ends_with([' ', '\t']) && is_name(id) => {
            let from = start + open + 2;
            (start + scan::strip_end(before).len(), Some((from, from + id.len())))
        }
        _ => (end, None),
    }
}

/// Whether `id` is a name of XML.
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
