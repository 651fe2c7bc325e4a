//! Attribute lists (`key="value" #id .class reference`), and how they are added to the attributes of an element.
//! In: the text between `{:` and `}`. Out: an `AttributeList`, the attributes of an event. Neighbours:
//! `block/block_ial.rs`, `block/attribute_list_definition.rs`, `span/span_ial.rs`, `block/list.rs`, `extension_tag.rs`.
//! Rules: <https://kramdown.gettalong.org/syntax.html#attribute-list-definitions>; kramdown 2.4.0, `extensions.rb`
//! lines 18–50 (`parse_attribute_list`) and 139–149 (the patterns), `parser/kramdown.rb` lines 274–285.

use crate::markdown::event::{Attributes, CowStr};
use crate::markdown::kramdown::KramdownParser;
use crate::markdown::kramdown::char_reference;
use crate::markdown::kramdown::chars;
use crate::markdown::kramdown::next_match::NextMatch;
use crate::markdown::kramdown::source_text::SourceText;

/// Attributes as names and values, in the order in which they are written.
pub(super) type Pairs<'a> = Vec<(CowStr<'a>, CowStr<'a>)>;

/// A parsed attribute list.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct AttributeList<'a> {
    /// Names of attribute list definitions, and names with a meaning of their own (`toc`, `footnotes`, `standalone`).
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

/// Sets an attribute. One that is there already keeps its place.
pub(super) fn set<'a>(pairs: &mut Pairs<'a>, name: CowStr<'a>, value: CowStr<'a>) {
    match pairs.iter_mut().find(|(known, _)| *known == name) {
        Some((_, old)) => *old = value,
        None => pairs.push((name, value)),
    }
}

/// Adds a class to the class attribute.
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

/// Adds `more` to `pairs`: classes are added to the classes, other values replace.
pub(super) fn merge<'a>(pairs: &mut Pairs<'a>, more: &Pairs<'a>) {
    for (name, value) in more {
        if &**name == "class" {
            add_class(pairs, value.clone());
        } else {
            set(pairs, name.clone(), value.clone());
        }
    }
}

/// The attributes of an event: `pairs` with their character references decoded.
pub(super) fn to_event(pairs: Pairs<'_>) -> Attributes<'_> {
    if pairs.is_empty() {
        return None;
    }
    let mut pairs = pairs;
    for (_, value) in &mut pairs {
        if value.contains('&')
            && let std::borrow::Cow::Owned(decoded) = char_reference::decode_references(value)
        {
            *value = CowStr::from(decoded);
        }
    }
    Some(Box::new(pairs))
}

impl<'a> KramdownParser<'a> {
    /// Adds an attribute list, and the lists that it refers to, to the attributes of an element.
    pub(super) fn apply(&self, pairs: &mut Pairs<'a>, list: &AttributeList<'a>) {
        self.apply_nested(pairs, list, 0);
    }

    fn apply_nested(&self, pairs: &mut Pairs<'a>, list: &AttributeList<'a>, depth: usize) {
        // A list that refers to itself makes kramdown run forever. Real texts need a few steps only.
        if depth < 8 {
            for reference in &list.references {
                if let Some(named) = self.attribute_lists.get(reference) {
                    self.apply_nested(pairs, named, depth + 1);
                }
            }
        }
        merge(pairs, &list.pairs);
    }

    /// Parses the attribute list in `start..end` of `text` and adds it to `list`.
    pub(super) fn read_attributes(&self, text: &SourceText, start: usize, end: usize, list: &mut AttributeList<'a>) {
        let part = text.part(start, end);
        let source = part.str(self.body);
        if matches!(chars::strip(source), "" | ":") {
            return;
        }
        let mut at = 0;
        while at < source.len() {
            let mut found = (at == 0).then(|| self.read_attribute(&part, source, 0, list)).flatten();
            if found.is_none() && chars::is_space(chars::byte_at(source, at)) {
                found = self.read_attribute(&part, source, at + 1, list);
            }
            at = found.unwrap_or(at + 1);
        }
    }

    /// Parses the attribute at `at`, adds it to `list` and returns its end.
    fn read_attribute(
        &self,
        part: &SourceText,
        source: &str,
        at: usize,
        list: &mut AttributeList<'a>,
    ) -> Option<usize> {
        let ends = |end: usize| end >= source.len() || chars::is_space(chars::byte_at(source, end));
        if let Some(end) = chars::identifier(source, at) {
            if chars::byte_at(source, end) == b'='
                && let Some(close) = closing_quote(source, end + 1)
            {
                let quote = chars::byte_at(source, end + 1) as char;
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
            if chars::byte_at(source, from) == b'#' {
                set(&mut list.pairs, CowStr::Borrowed("id"), value);
            } else {
                add_class(&mut list.pairs, value);
            }
            from = to;
        }
        Some(end)
    }
}

/// The quote that closes the value whose opening quote is at `at`: the first with white space or the end after it.
fn closing_quote(source: &str, at: usize) -> Option<usize> {
    let quote = chars::byte_at(source, at);
    if quote != b'"' && quote != b'\'' {
        return None;
    }
    let bytes = source.as_bytes();
    let mut escaped = None;
    let mut i = at + 1;
    while let Some(&byte) = bytes.get(i) {
        let next = chars::byte_at(source, i + 1);
        let closes = |end: usize| end >= source.len() || chars::is_space(chars::byte_at(source, end));
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

/// The end of the ids and classes at `at`, such as `#a.b.c`.
fn ids_and_classes(source: &str, at: usize) -> Option<usize> {
    let mut end = None;
    let mut from = at;
    while let Some(to) = id_or_class(source, from) {
        end = Some(to);
        from = to;
    }
    end
}

/// The end of the `#id` or `.class` at `at`.
fn id_or_class(source: &str, at: usize) -> Option<usize> {
    match chars::byte_at(source, at) {
        b'#' if chars::byte_at(source, at + 1).is_ascii_alphabetic() => {
            Some(chars::skip_while(source, at + 2, |b| chars::is_word_byte(b) || b == b':' || b == b'-'))
        }
        b'.' => {
            let end =
                chars::skip_while(source, at + 1, |b| !chars::is_space(b) && b != b'.' && b != b'#' && b != b'\0');
            (end > at + 1).then_some(end)
        }
        _ => None,
    }
}

/// The `}` that closes the list whose content starts at `pos`: the first `}` without a backslash before it, if `accept`
/// is true for it, otherwise the last escaped `}` before it for which `accept` is true.
pub(super) fn closing_brace(
    text: &str,
    pos: usize,
    braces: &mut NextMatch,
    accept: impl Fn(usize) -> bool,
) -> Option<usize> {
    let mut escaped: Vec<usize> = Vec::new();
    let mut from = pos;
    while let Some(at) = braces.byte(text, from, b'}') {
        if at > pos && chars::byte_at(text, at - 1) == b'\\' {
            // The limit keeps the time linear when many escaped braces follow one another.
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
