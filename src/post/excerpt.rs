//! The excerpt of a post. In: the body and a separator. Out: how much of the body is the excerpt, and what Jekyll adds.
//! Neighbours: `mod.rs`; the page renders the result as it renders a body. The rules are those of Jekyll's
//! `excerpt.rb`.

use std::hash::{DefaultHasher, Hasher};

use crate::text::order;

/// An excerpt that Jekyll takes from the body; it is rendered as Markdown like the body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Excerpt {
    /// How many bytes of the body it has.
    pub length: usize,
    /// What is added to them: ends of Liquid blocks that the separator cut, and the definitions of the links that the
    /// excerpt refers to.
    pub added: String,
}

impl Excerpt {
    /// The Markdown of the excerpt of `body`.
    pub fn markdown(&self, body: &str) -> String {
        [body.get(..self.length).unwrap_or(body), &self.added].concat()
    }
}

/// Takes the excerpt from `body`: all before the first `separator`, or all of it. `None` where the separator is empty,
/// which switches excerpts off.
pub fn extract(body: &str, separator: &str) -> Option<Excerpt> {
    if separator.is_empty() {
        return None;
    }
    let (head, tail) = body.split_once(separator).unwrap_or((body, ""));
    let mut added = String::new();
    if !tail.is_empty() {
        close_blocks(head, &mut added);
        let definitions = definitions(head, tail);
        if !definitions.is_empty() {
            added.push_str("\n\n");
            added.push_str(&definitions.join("\n"));
        }
    }
    Some(Excerpt { length: head.len(), added })
}

/// Liquid's and Jekyll's tags that have an end.
const BLOCKS: [&str; 10] =
    ["capture", "case", "comment", "for", "highlight", "if", "ifchanged", "raw", "tablerow", "unless"];

/// `sanctify_liquid_tags`: the last open block is closed first. An end counts wherever it stands, and for all blocks
/// of its name.
fn close_blocks(head: &str, added: &mut String) {
    // Indices into `BLOCKS`.
    let mut open: Vec<usize> = Vec::new();
    let mut ended = [false; BLOCKS.len()];
    let mut rest = head;
    while let Some(at) = rest.find("{%") {
        rest = rest.get(at + 2..).unwrap_or("");
        let Some(end) = rest.find("%}") else { break };
        let tag = rest.get(..end).unwrap_or("");
        let tag = tag.strip_prefix('-').unwrap_or(tag).trim_start();
        let name = tag.get(..tag.bytes().take_while(|b| b.is_ascii_alphanumeric() || *b == b'_').count()).unwrap_or("");
        if let Some(block) = name.strip_prefix("end") {
            BLOCKS.iter().zip(&mut ended).for_each(|(known, ended)| *ended |= block.starts_with(known));
        } else if let Some(block) = BLOCKS.iter().position(|known| *known == name) {
            open.push(block);
        }
        rest = rest.get(end + 2..).unwrap_or("");
    }
    for block in open.into_iter().rev() {
        if let (Some(ended @ false), Some(block)) = (ended.get_mut(block), BLOCKS.get(block)) {
            *ended = true;
            added.push_str("\n{% end");
            added.push_str(block);
            added.push_str(" %}");
        }
    }
}

/// The link reference definitions in `tail` whose label, brackets included, stands in `head`.
fn definitions<'t>(head: &str, tail: &'t str) -> Vec<&'t str> {
    let labels = labels(head);
    let mut found = Vec::new();
    let mut line = 0;
    let mut close = Some(0);
    while let Some(text) = tail.get(line..) {
        let next = text.find('\n').map(|newline| line + newline + 1);
        let indent = text.bytes().take(3).take_while(|&b| b == b' ').count();
        let open = line + indent;
        let mut after = next;
        if tail.get(open..).is_some_and(|rest| rest.starts_with('[')) {
            // The closing bracket may stand on a later line; it is looked for once only.
            if close.is_some_and(|close| close <= open) {
                close = tail.get(open..).and_then(|rest| rest.find(']')).map(|at| open + at);
            }
            let Some(close) = close else { break };
            let url = tail.get(close + 1..).unwrap_or("");
            let url = url.get(..url.find('\n').unwrap_or(url.len())).unwrap_or("");
            if close > open + 1 && url.len() > 1 && url.starts_with(':') {
                let end = close + 1 + url.len();
                if labels.contain(tail.get(open..=close).unwrap_or("")) {
                    found.push(tail.get(open..end).unwrap_or(""));
                }
                after = tail.get(end..).and_then(|rest| rest.find('\n')).map(|newline| end + newline + 1);
            }
        }
        match after {
            Some(after) => line = after,
            None => break,
        }
    }
    found
}

/// What stands in brackets in `head`, brackets included. A label has no closing bracket inside, and in Markdown at
/// most 999 characters.
fn labels(head: &str) -> Labels<'_> {
    let mut close = Some(0);
    let mut labels = Vec::new();
    for (open, _) in head.match_indices('[') {
        if close.is_some_and(|close| close <= open) {
            close = head.get(open..).and_then(|rest| rest.find(']')).map(|at| open + at);
        }
        let Some(close) = close else { break };
        if close - open < 4000 {
            labels.push((hash(head.get(open..=close).unwrap_or("")), open));
        }
    }
    Labels { head, places: order::sorted(labels) }
}

/// Texts that stand in `head`. One may contain another, so only their places are stored.
struct Labels<'h> {
    head: &'h str,
    /// Hashes, in order, and where the texts begin.
    places: Vec<(u128, usize)>,
}

impl Labels<'_> {
    fn contain(&self, label: &str) -> bool {
        let hash = hash(label);
        let first = self.places.partition_point(|&(other, _)| other < hash);
        let mut places = self.places.iter().skip(first).take_while(|&&(other, _)| other == hash);
        places.any(|&(_, open)| self.head.get(open..).is_some_and(|rest| rest.starts_with(label)))
    }
}

fn hash(label: &str) -> u128 {
    let mut hasher = DefaultHasher::new();
    hasher.write(label.as_bytes());
    hasher.finish().into()
}
