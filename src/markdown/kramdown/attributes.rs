//! Attribute lists: `key="value" #id .class reference`, and how they are laid upon elements.
//! In: the text between `{:` and `}`. Out: `AttributeList`s and attributes. Neighbours: `block_ial.rs`, `span_ial.rs`,
//! `list.rs`, `extensions.rs`.
//! Rules: kramdown's syntax page, "Attribute List Definitions"; its parser's `extensions.rb`.

use super::scan::{self, Next};
use super::text::Text;
use super::{Parser, entity};
use crate::markdown::event::{Attributes, CowStr};

/// The pairs of an element in the order in which they are written out.
pub(super) type Pairs<'a> = Vec<(CowStr<'a>, CowStr<'a>)>;

/// A list of attributes and of names of other lists.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct AttributeList<'a> {
    /// Names of attribute list definitions, or of things that kramdown itself understands (`toc`).
    pub references: Vec<CowStr<'a>>,
    /// Names and values.
    pub pairs: Pairs<'a>,
}

impl<'a> AttributeList<'a> {
    /// Whether `name` is among the references.
    pub fn refers_to(&self, name: &str) -> bool {
        self.references.iter().any(|reference| &**reference == name)
    }
}

/// Sets a pair; the name keeps its place where it is known.
pub(super) fn set<'a>(pairs: &mut Pairs<'a>, name: CowStr<'a>, value: CowStr<'a>) {
    match pairs.iter_mut().find(|(known, _)| *known == name) {
        Some((_, old)) => *old = value,
        None => pairs.push((name, value)),
    }
}

/// Adds a class to those that are there.
pub(super) fn add_class<'a>(pairs: &mut Pairs<'a>, class: CowStr<'a>) {
    match pairs.iter_mut().find(|(known, _)| &**known == "class") {
        Some((_, old)) if !old.is_empty() => {
            let mut both = old.to_string();
            both.push(' ');
            both.push_str(&class);
            *old = CowStr::from(both);
        }
        Some((_, old)) => *old = class,
        None => pairs.push((CowStr::Borrowed("class"), class)),
    }
}

/// Lays pairs upon others: classes add up, everything else replaces.
fn lay_upon<'a>(pairs: &mut Pairs<'a>, more: &Pairs<'a>) {
    for (name, value) in more {
        if &**name == "class" {
            add_class(pairs, value.clone());
        } else {
            set(pairs, name.clone(), value.clone());
        }
    }
}

/// Pairs as an event carries them: references to characters are characters.
pub(super) fn attributes(pairs: Pairs<'_>) -> Attributes<'_> {
    if pairs.is_empty() {
        return None;
    }
    let mut pairs = pairs;
    for (_, value) in &mut pairs {
        if value.contains('&')
            && let std::borrow::Cow::Owned(decoded) = entity::decode_references(value)
        {
            *value = CowStr::from(decoded);
        }
    }
    Some(Box::new(pairs))
}

impl<'a> Parser<'a> {
    /// Lays an attribute list, and the lists it refers to, upon the pairs of an element.
    pub(super) fn apply(&self, pairs: &mut Pairs<'a>, list: &AttributeList<'a>) {
        self.apply_nested(pairs, list, 0);
    }

    fn apply_nested(&self, pairs: &mut Pairs<'a>, list: &AttributeList<'a>, depth: usize) {
        // A list that refers to itself never ends in kramdown; a few steps are all that texts need.
        if depth < 8 {
            for reference in &list.references {
                if let Some(named) = self.attribute_lists.get(reference) {
                    self.apply_nested(pairs, named, depth + 1);
                }
            }
        }
        lay_upon(pairs, &list.pairs);
    }

    /// Reads the attribute list in `start..end` of `text` into `list`.
    pub(super) fn read_attributes(&self, text: &Text, start: usize, end: usize, list: &mut AttributeList<'a>) {
        let part = text.part(start, end);
        let source = part.str(self.body);
        if matches!(scan::strip(source), "" | ":") {
            return;
        }
        let mut at = 0;
        while at < source.len() {
            let mut found = (at == 0).then(|| self.read_attribute(&part, source, 0, list)).flatten();
            if found.is_none() && scan::is_space(scan::byte_at(source, at)) {
                found = self.read_attribute(&part, source, at + 1, list);
            }
            at = found.unwrap_or(at + 1);
        }
    }

    /// Reads one attribute at `at` and says where it ends.
    fn read_attribute(&self, part: &Text, source: &str, at: usize, list: &mut AttributeList<'a>) -> Option<usize> {
        let ends = |end: usize| end >= source.len() || scan::is_space(scan::byte_at(source, end));
        if let Some(end) = scan::identifier(source, at) {
            if scan::byte_at(source, end) == b'='
                && let Some(close) = closing_quote(source, end + 1)
            {
                let quote = scan::byte_at(source, end + 1) as char;
                let mut value = part.cow(self.body, end + 2, close);
                if value.contains('\\') {
                    let plain = value.replace("\\}", "}").replace(&format!("\\{quote}"), &quote.to_string());
                    value = CowStr::from(plain);
                }
                set(&mut list.pairs, part.cow(self.body, at, end), value);
                return Some(close + 1);
            }
            if ends(end) {
                list.references.push(part.cow(self.body, at, end));
                return Some(end);
            }
            return None;
        }
        let end = ids_and_classes(source, at)?;
        if !ends(end) {
            return None;
        }
        let mut from = at;
        while from < end {
            let to = id_or_class(source, from)?;
            let value = part.cow(self.body, from + 1, to);
            if scan::byte_at(source, from) == b'#' {
                set(&mut list.pairs, CowStr::Borrowed("id"), value);
            } else {
                add_class(&mut list.pairs, value);
            }
            from = to;
        }
        Some(end)
    }
}

/// The quote that closes the value that opens at `at`: the first one before white space or the end.
fn closing_quote(source: &str, at: usize) -> Option<usize> {
    let quote = scan::byte_at(source, at);
    if quote != b'"' && quote != b'\'' {
        return None;
    }
    let bytes = source.as_bytes();
    let mut escaped = None;
    let mut i = at + 1;
    while let Some(&byte) = bytes.get(i) {
        let next = scan::byte_at(source, i + 1);
        let closes = |end: usize| end >= source.len() || scan::is_space(scan::byte_at(source, end));
        if byte == b'\\' && (next == b'}' || next == quote) {
            if next == quote && closes(i + 2) {
                escaped = Some(i + 1);
            }
            i += 2;
            continue;
        }
        if byte == quote && closes(i + 1) {
            return Some(i);
        }
        if byte == b'}' {
            break;
        }
        i += 1;
    }
    escaped
}

fn ids_and_classes(source: &str, at: usize) -> Option<usize> {
    let mut end = None;
    let mut from = at;
    while let Some(to) = id_or_class(source, from) {
        end = Some(to);
        from = to;
    }
    end
}

fn id_or_class(source: &str, at: usize) -> Option<usize> {
    match scan::byte_at(source, at) {
        b'#' if scan::byte_at(source, at + 1).is_ascii_alphabetic() => {
            Some(scan::skip_while(source, at + 2, |b| scan::is_word_byte(b) || b == b':' || b == b'-'))
        }
        b'.' => {
            let end = scan::skip_while(source, at + 1, |b| !scan::is_space(b) && b != b'.' && b != b'#' && b != b'\0');
            (end > at + 1).then_some(end)
        }
        _ => None,
    }
}

/// The `}` that ends an extension whose content starts at `pos`: the first that no backslash precedes and that
/// `accept` takes, else the last of the escaped ones before it.
pub(super) fn closing_brace(
    text: &str,
    pos: usize,
    braces: &mut Next,
    accept: impl Fn(usize) -> bool,
) -> Option<usize> {
    let mut escaped: Vec<usize> = Vec::new();
    let mut from = pos;
    while let Some(at) = braces.byte(text, from, b'}') {
        if at > pos && scan::byte_at(text, at - 1) == b'\\' {
            // A bound keeps runs of escaped braces linear; no list of attributes holds as many.
            if escaped.len() == 64 {
                break;
            }
            escaped.push(at);
            from = at + 1;
            continue;
        }
        if at > pos && accept(at) {
            return Some(at);
        }
        break;
    }
    escaped.into_iter().rev().find(|&at| accept(at))
}
