//! `[id]: address "title"`: where links that name the id go.
//! Rules: kramdown's syntax page, "Link Definitions"; its `link.rb`. The last definition of an id wins.

use super::Parser;
use super::block::Scanner;
use super::scan;
use super::tree::{Eob, Kind, Node, NodeId};
use crate::markdown::event::CowStr;
use crate::text::downcase;

/// Where a link definition leads.
#[derive(Clone, Debug)]
pub(super) struct LinkDefinition<'a> {
    /// The address.
    pub url: CowStr<'a>,
    /// The title.
    pub title: Option<CowStr<'a>>,
    /// The node that holds its attribute list.
    pub node: NodeId,
}

/// An id as definitions are found by: white space is one space, capitals are small.
pub(super) fn normalize(id: &str) -> String {
    let mut normal = String::with_capacity(id.len());
    let mut spaced = false;
    for c in id.chars() {
        if c.is_ascii() && scan::is_space(c as u8) {
            if !spaced {
                normal.push(' ');
            }
            spaced = true;
        } else {
            spaced = false;
            normal.push(c);
        }
    }
    downcase(&normal)
}

/// Byte ranges of a definition: id, address, title, and where it ends.
struct Parts {
    id: (usize, usize),
    url: (usize, usize),
    title: Option<(usize, usize)>,
    end: usize,
}

/// The title that stands alone in `start..end` but for white space around it.
fn lone_title(text: &str, start: usize, end: usize) -> Option<(usize, usize)> {
    let from = scan::skip_blanks(text, start);
    let quote = scan::byte_at(text, from);
    if quote != b'"' && quote != b'\'' {
        return None;
    }
    let line = text.get(from..end)?.trim_end_matches([' ', '\t']);
    (line.len() >= 3 && line.as_bytes().last() == Some(&quote)).then(|| (from + 1, from + line.len() - 1))
}

fn parts(text: &str, pos: usize) -> Option<Parts> {
    let open = scan::skip_indent(text, pos, 3);
    if scan::byte_at(text, open) != b'[' {
        return None;
    }
    let line_end = scan::line_end(text, open);
    let line = text.get(..line_end)?;
    let close = open + line.get(open..)?.find(']')?;
    if close == open + 1 || scan::byte_at(line, close + 1) != b':' {
        return None;
    }
    let id = (open + 1, close);
    let start = scan::skip_blanks(line, close + 2);
    if scan::byte_at(line, start) == b'<' {
        let mut from = start + 1;
        while let Some(found) = line.get(from..).and_then(|rest| rest.find('>')) {
            let url_end = from + found;
            if let Some((title, end)) = after_url(text, url_end + 1, line_end) {
                return Some(Parts { id, url: (start + 1, url_end), title, end });
            }
            from = url_end + 1;
            if from > start + 2048 {
                break;
            }
        }
    }
    let content = line.get(start..)?;
    let trimmed = content.trim_end_matches([' ', '\t']);
    if scan::strip(trimmed).is_empty() {
        return None;
    }
    // The shortest address after which a title takes the rest of the line.
    let bytes = content.as_bytes();
    let last = trimmed.as_bytes().last().copied().unwrap_or(0);
    if last == b'"' || last == b'\'' {
        let mut at = 1;
        while at + 1 < trimmed.len() {
            let blank = |at: usize| matches!(bytes.get(at), Some(b' ' | b'\t'));
            if blank(at) && !blank(at - 1) {
                let quote = scan::skip_blanks(content, at);
                if bytes.get(quote) == Some(&last) && quote + 2 < trimmed.len() {
                    if has_quote(content.get(..at)?) {
                        return None;
                    }
                    let title = Some((start + quote + 1, start + trimmed.len() - 1));
                    return Some(Parts { id, url: (start, start + at), title, end: scan::next_line(text, start) });
                }
            }
            at += 1;
        }
    }
    let url = (start, start + trimmed.len());
    let (title, end) = after_url(text, url.1, line_end)?;
    if has_quote(trimmed) {
        return None;
    }
    Some(Parts { id, url, title, end })
}

/// Whether a quote follows white space in an address: then it is none.
fn has_quote(url: &str) -> bool {
    url.as_bytes().windows(2).any(|two| matches!(two, [b' ' | b'\t', b'"' | b'\'']))
}

/// A title.
type Title = Option<(usize, usize)>;

/// What follows an address that ends at `at`: a title on its line or the next, and where the definition ends.
fn after_url(text: &str, at: usize, line_end: usize) -> Option<(Title, usize)> {
    let rest = scan::skip_blanks(text, at);
    let next = scan::next_line(text, at);
    if rest >= line_end {
        let next_end = scan::line_end(text, next);
        return Some(match lone_title(text, next, next_end).filter(|_| next < text.len()) {
            Some(title) => (Some(title), scan::next_line(text, next)),
            None => (None, next),
        });
    }
    if rest == at {
        return None;
    }
    lone_title(text, rest, line_end).map(|title| (Some(title), next))
}

impl<'a> Parser<'a> {
    /// Takes a link definition.
    pub(super) fn parse_link_definition(&mut self, scanner: &mut Scanner<'_>, tree: NodeId) -> bool {
        let Some(parts) = parts(scanner.text, scanner.pos) else { return false };
        let origin = scanner.origin;
        let id = normalize(scanner.text.get(parts.id.0..parts.id.1).unwrap_or(""));
        let span = origin.span(scanner.pos, parts.end);
        scanner.pos = parts.end;
        let node = self.push_new(tree, Node::new(Kind::Eob(Eob::LinkDefinition), span));
        let url = origin.cow(self.body, parts.url.0, parts.url.1);
        let title = parts.title.map(|(start, end)| origin.cow(self.body, start, end));
        self.link_definitions.insert(&id, LinkDefinition { url, title, node });
        true
    }
}
