//! Definitions of links: `[id]: address "title"`.
//!
//! ```bnf
//! link_definition ::= indent "[" id "]:" blank* (address | "<" address ">") (space+ title)? line_end
//! title           ::= quote text quote, on the same line or alone on the next
//! ```
//!
//! ```markdown
//! A [link][one].
//!
//! [one]: /page "A title"
//! ```
//!
//! ```html
//! <p>A <a href="/page" title="A title">link</a>.</p>
//! ```
//!
//! The last definition of an id counts.
//!
//! Syntax: <https://kramdown.gettalong.org/syntax.html#link-definitions>
//! Follows: kramdown 2.4.0, `link.rb` lines 17–34.
//! In: a scanner at the start of a line. Out: an entry in `KramdownParser::link_definitions`, a node that shows
//! nothing. Neighbours: `span/link.rs` uses the entries, `incremental.rs` keeps them.

use crate::markdown::event::CowStr;
use crate::markdown::kramdown::KramdownParser;
use crate::markdown::kramdown::block_scanner::BlockScanner;
use crate::markdown::kramdown::block_tree::{BlockKind, BlockNode, Eob, NodeId};
use crate::markdown::kramdown::chars;
use crate::text::{Span, downcase};

/// The address and title of a definition.
#[derive(Clone, Debug)]
pub(in crate::markdown::kramdown) struct LinkDefinition<'a> {
    /// The address.
    pub url: CowStr<'a>,
    /// The title.
    pub title: Option<CowStr<'a>>,
    /// The node that has its attribute list.
    pub node: NodeId,
}

/// The form of an id in which definitions are compared: each run of white space is one space, and all letters are lower
/// case.
pub(in crate::markdown::kramdown) fn normalize(id: &str) -> String {
    let mut normal = String::with_capacity(id.len());
    let mut spaced = false;
    for c in id.chars() {
        if c.is_ascii() && chars::is_space(c as u8) {
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

/// The parts of a definition. Positions are bytes of the text.
struct DefinitionParts {
    id: Span,
    url: Span,
    title: Option<Span>,
    /// The end of the definition: the start of a line.
    end: usize,
}

/// The parts of the definition at `pos`.
fn definition_parts(text: &str, pos: usize) -> Option<DefinitionParts> {
    let open = chars::skip_indent(text, pos, 3);
    if chars::byte_at(text, open) != b'[' {
        return None;
    }
    let line_end = chars::line_end(text, open);
    let line = text.get(..line_end)?;
    let close = open + line.get(open..)?.find(']')?;
    if close == open + 1 || chars::byte_at(line, close + 1) != b':' {
        return None;
    }
    let id = Span::new(open + 1, close);
    let start = chars::skip_blanks(line, close + 2);
    angle_bracket_parts(text, id, start, line_end).or_else(|| plain_parts(text, id, start, line_end))
}

/// The parts of a definition whose address starts at `start` and stands between `<` and `>`.
fn angle_bracket_parts(text: &str, id: Span, start: usize, line_end: usize) -> Option<DefinitionParts> {
    /// How far from `start` a `>` is searched for; it keeps the time linear.
    const LONGEST: usize = 2048;
    let line = text.get(..line_end)?;
    if chars::byte_at(line, start) != b'<' {
        return None;
    }
    let mut from = start + 1;
    while from <= start + LONGEST {
        let url_end = from + line.get(from..)?.find('>')?;
        if let Some((title, end)) = after_url(text, url_end + 1, line_end) {
            return Some(DefinitionParts { id, url: Span::new(start + 1, url_end), title, end });
        }
        from = url_end + 1;
    }
    None
}

/// The parts of a definition whose address starts at `start` without brackets.
fn plain_parts(text: &str, id: Span, start: usize, line_end: usize) -> Option<DefinitionParts> {
    let content = text.get(start..line_end)?;
    let trimmed = content.trim_end_matches([' ', '\t']);
    if chars::strip(trimmed).is_empty() {
        return None;
    }
    if let Some((url_len, title_start)) = title_on_line(trimmed) {
        if has_quote(content.get(..url_len)?) {
            return None;
        }
        let title = Some(Span::new(start + title_start, start + trimmed.len() - 1));
        return Some(DefinitionParts {
            id,
            url: Span::new(start, start + url_len),
            title,
            end: chars::next_line(text, start),
        });
    }
    let url = Span::new(start, start + trimmed.len());
    let (title, end) = after_url(text, url.end, line_end)?;
    if has_quote(trimmed) {
        return None;
    }
    Some(DefinitionParts { id, url, title, end })
}

/// The title that ends the line `content`, after the shortest possible address: the length of the address, and the
/// start of the title without its quote.
fn title_on_line(content: &str) -> Option<(usize, usize)> {
    let bytes = content.as_bytes();
    let last = *bytes.last()?;
    if last != b'"' && last != b'\'' {
        return None;
    }
    let is_blank = |at: usize| matches!(bytes.get(at), Some(b' ' | b'\t'));
    (1..content.len().saturating_sub(1)).find_map(|at| {
        if !is_blank(at) || is_blank(at - 1) {
            return None;
        }
        let quote = chars::skip_blanks(content, at);
        (bytes.get(quote) == Some(&last) && quote + 2 < content.len()).then_some((at, quote + 1))
    })
}

/// The title that is alone in `start..end`, with white space around it allowed.
fn lone_title(text: &str, start: usize, end: usize) -> Option<Span> {
    let from = chars::skip_blanks(text, start);
    let quote = chars::byte_at(text, from);
    if quote != b'"' && quote != b'\'' {
        return None;
    }
    let line = text.get(from..end)?.trim_end_matches([' ', '\t']);
    (line.len() >= 3 && line.as_bytes().last() == Some(&quote)).then(|| Span::new(from + 1, from + line.len() - 1))
}

/// Whether `url` has a quote after white space. Then it is no address.
fn has_quote(url: &str) -> bool {
    url.as_bytes().windows(2).any(|two| matches!(two, [b' ' | b'\t', b'"' | b'\'']))
}

/// What follows an address that ends at `at`: a title on its line or on the next, and the end of the definition.
fn after_url(text: &str, at: usize, line_end: usize) -> Option<(Option<Span>, usize)> {
    let rest = chars::skip_blanks(text, at);
    let next = chars::next_line(text, at);
    if rest >= line_end {
        let next_end = chars::line_end(text, next);
        return Some(match lone_title(text, next, next_end).filter(|_| next < text.len()) {
            Some(title) => (Some(title), chars::next_line(text, next)),
            None => (None, next),
        });
    }
    if rest == at {
        return None;
    }
    lone_title(text, rest, line_end).map(|title| (Some(title), next))
}

impl<'a> KramdownParser<'a> {
    /// Takes a link definition.
    pub(super) fn parse_link_definition(&mut self, scanner: &mut BlockScanner<'_>, tree: NodeId) -> bool {
        let Some(parts) = definition_parts(scanner.text, scanner.pos) else { return false };
        let origin = scanner.origin;
        let id = normalize(parts.id.of(scanner.text));
        let span = origin.span(scanner.pos, parts.end);
        scanner.pos = parts.end;
        let node = self.push_new(tree, BlockNode::new(BlockKind::Eob(Eob::LinkDefinition), span));
        let url = origin.cow(self.body, parts.url.start, parts.url.end);
        let title = parts.title.map(|title| origin.cow(self.body, title.start, title.end));
        self.link_definitions.insert(&id, LinkDefinition { url, title, node });
        true
    }
}
