//! Footnotes: two links that lead to each other, the first in the text, the second in its note. So Word, LibreOffice,
//! Google Docs, GitHub and kramdown write them, each with other names. In: tokens. Out: which tokens are references,
//! marks of notes, and notes. Neighbours: `reader.rs` reads them by that.

use std::collections::{HashMap, HashSet};

use super::look::attribute;
use crate::markdown::token::Token;

/// What tokens are to footnotes, by their indices.
#[derive(Debug, Default)]
pub(super) struct FootnoteTokens {
    /// Links to notes, with the number of the note.
    pub(super) references: HashMap<usize, usize>,
    /// Links back from a note.
    pub(super) backlinks: HashSet<usize>,
    /// Elements that are notes.
    pub(super) notes: HashMap<usize, usize>,
}

/// A link to a place of the same page.
struct LocalLink<'t> {
    token: usize,
    target: &'t str,
    /// The names under which it can be reached.
    names: [&'t str; 3],
    /// The elements that may be its note, from the innermost: their tokens.
    around: [Option<usize>; 2],
}

/// Finds the footnotes.
pub(super) fn find(tokens: &[Token<'_>]) -> FootnoteTokens {
    let mut ends = HashMap::new();
    let mut places: HashMap<&str, usize> = HashMap::new();
    let mut links: Vec<LocalLink<'_>> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    // The innermost open `sup` with an id, paragraphs, and items or divisions with an id.
    let (mut sups, mut paragraphs, mut divisions) = (Vec::new(), Vec::new(), Vec::new());
    for (index, token) in tokens.iter().enumerate() {
        match token {
            Token::Open { name, attributes, .. } => {
                let (id, anchor) = (attribute(attributes, "id"), attribute(attributes, "name"));
                for place in [id, anchor] {
                    if !place.is_empty() {
                        places.entry(place).or_insert(index);
                    }
                }
                open.push(index);
                match &**name {
                    "sup" if !id.is_empty() => sups.push((index, id)),
                    "p" => paragraphs.push(index),
                    "li" => divisions.push(index),
                    "div" | "aside" | "section" | "dd" if !id.is_empty() => divisions.push(index),
                    _ => {}
                }
                let target = attribute(attributes, "href").split_once('#').map_or("", |(_, target)| target);
                if &**name == "a" && !target.is_empty() {
                    links.push(LocalLink {
                        token: index,
                        target,
                        names: [id, anchor, sups.last().map_or("", |&(_, id)| id)],
                        around: [divisions.last().copied(), paragraphs.last().copied()],
                    });
                }
            }
            Token::Close => {
                if let Some(opened) = open.pop() {
                    ends.insert(opened, index);
                    sups.pop_if(|&mut (sup, _)| sup == opened);
                    paragraphs.pop_if(|&mut paragraph| paragraph == opened);
                    divisions.pop_if(|&mut division| division == opened);
                }
            }
            _ => {}
        }
    }
    let holds = |element: usize, token: usize| element <= token && ends.get(&element).is_some_and(|&end| token < end);
    let mut by_name: HashMap<&str, usize> = HashMap::new();
    for (index, link) in links.iter().enumerate() {
        for name in link.names.iter().filter(|name| !name.is_empty()) {
            by_name.entry(name).or_insert(index);
        }
    }
    let mut found = FootnoteTokens::default();
    let mut numbers: HashMap<&str, usize> = HashMap::new();
    for back in &links {
        let Some(reference) = by_name.get(back.target).and_then(|&index| links.get(index)) else { continue };
        let Some(&place) = places.get(reference.target) else { continue };
        if reference.token >= back.token || !holds(place, back.token) || holds(place, reference.token) {
            continue;
        }
        let candidates = [Some(place).filter(|_| place != back.token), back.around[0], back.around[1]];
        let Some(note) = candidates
            .into_iter()
            .flatten()
            .find(|&note| holds(note, back.token) && !holds(note, reference.token) && is_note_element(tokens, note))
        else {
            continue;
        };
        let next = found.notes.len();
        let number = *found.notes.entry(note).or_insert(next);
        numbers.insert(reference.target, number);
        found.backlinks.insert(back.token);
    }
    for link in &links {
        if let Some(&number) = numbers.get(link.target)
            && !found.backlinks.contains(&link.token)
        {
            found.references.insert(link.token, number);
        }
    }
    found
}

/// Whether an element can be a note as a whole.
fn is_note_element(tokens: &[Token<'_>], index: usize) -> bool {
    matches!(tokens.get(index), Some(Token::Open { name, .. })
        if matches!(&**name, "li" | "div" | "aside" | "section" | "dd" | "p"))
}
