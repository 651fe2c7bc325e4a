//! GFM's extended autolinks, which pulldown-cmark does not parse: `www.…`, `http://…` and mail addresses without angle
//! brackets (GFM specification, 6.9). In: a piece of text. Out: where links stand in it and where they lead.
//! Neighbours: `mod.rs` calls it for text outside of links and code.

use std::ops::Range;

/// The longest domain in bytes: the longest that DNS allows.
const LONGEST_DOMAIN: usize = 255;

/// A link in a text: its range in bytes, and the prefix that makes its text an address.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Autolink {
    pub(super) range: Range<usize>,
    pub(super) prefix: &'static str,
}

/// The first link at or after byte `from`; `before` is the character in front of the whole text.
pub(super) fn next(text: &str, from: usize, before: Option<char>) -> Option<Autolink> {
    let bytes = text.as_bytes();
    let mut at = from;
    while let Some(offset) = bytes.get(at..)?.iter().position(|b| matches!(b, b':' | b'w' | b'W' | b'@')) {
        at += offset;
        let found = match bytes.get(at) {
            Some(b':') => url(text, from, at, before),
            Some(b'@') => mail(text, from, at),
            _ => www(text, at, before),
        };
        if found.is_some() {
            return found;
        }
        at += 1;
    }
    None
}

/// Whether a link may begin at `at`: after white space, at the start of a line, or after `*`, `_`, `~` or `(`.
fn may_begin(text: &str, at: usize, before: Option<char>) -> bool {
    let previous = text.get(..at).and_then(|head| head.chars().next_back()).or(if at == 0 { before } else { None });
    previous.is_none_or(|c| c.is_whitespace() || matches!(c, '*' | '_' | '~' | '('))
}

fn www(text: &str, at: usize, before: Option<char>) -> Option<Autolink> {
    let begins = text.get(at..at + 4).is_some_and(|start| start.eq_ignore_ascii_case("www."));
    if !begins || !may_begin(text, at, before) {
        return None;
    }
    domain(text.get(at..)?)?;
    Some(Autolink { range: at..link_end(text, at), prefix: "http://" })
}

fn url(text: &str, from: usize, colon: usize, before: Option<char>) -> Option<Autolink> {
    if text.get(colon..colon + 3) != Some("://") {
        return None;
    }
    let head = text.get(from..colon)?;
    let scheme = ["https", "http", "ftp"].into_iter().find(|scheme| {
        head.len()
            .checked_sub(scheme.len())
            .and_then(|start| head.get(start..))
            .is_some_and(|end| end.eq_ignore_ascii_case(scheme))
    })?;
    let at = colon - scheme.len();
    if !may_begin(text, at, before) {
        return None;
    }
    domain(text.get(colon + 3..)?)?;
    Some(Autolink { range: at..link_end(text, at), prefix: "" })
}

/// The length of the domain at the start of `text`: letters, digits, hyphens, underscores but not in its last two
/// parts.
fn domain(text: &str) -> Option<usize> {
    let length = text
        .char_indices()
        .find(|&(at, c)| at > LONGEST_DOMAIN || !(c.is_alphanumeric() || matches!(c, '-' | '_' | '.')))
        .map_or(text.len(), |(at, _)| at);
    let name = text.get(..length)?.trim_end_matches('.');
    let mut parts = name.rsplit('.');
    let plain = |part: &str| !part.is_empty() && !part.contains('_');
    let ends_well = parts.next().is_some_and(plain) && parts.next().is_some_and(plain);
    (length <= LONGEST_DOMAIN && ends_well).then_some(length)
}

/// Where the link that begins at `at` ends: at a space or `<`, without the punctuation that ends a sentence.
fn link_end(text: &str, at: usize) -> usize {
    let rest = text.get(at..).unwrap_or("");
    let mut link =
        rest.find(|c: char| c.is_whitespace() || c == '<').map_or(rest, |end| rest.get(..end).unwrap_or(rest));
    let mut unmatched = link.matches(')').count().saturating_sub(link.matches('(').count());
    loop {
        let shorter = match link.as_bytes().last() {
            Some(b'?' | b'!' | b'.' | b',' | b':' | b'*' | b'_' | b'~' | b'\'' | b'"') => link.len() - 1,
            Some(b')') if unmatched > 0 => {
                unmatched -= 1;
                link.len() - 1
            }
            // A character reference at the end is not part of the link.
            Some(b';') => {
                let name = link.len() - 1 - link.bytes().rev().skip(1).take_while(u8::is_ascii_alphanumeric).count();
                match name.checked_sub(1) {
                    Some(start) if name < link.len() - 1 && link.as_bytes().get(start) == Some(&b'&') => start,
                    _ => break,
                }
            }
            _ => break,
        };
        link = link.get(..shorter).unwrap_or("");
    }
    at + link.len()
}

fn mail(text: &str, from: usize, sign: usize) -> Option<Autolink> {
    let local = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'_' | b'+');
    let before = text.as_bytes().get(from..sign)?.iter().rev().take_while(|b| local(b)).count();
    let host = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'_');
    let after = text.as_bytes().get(sign + 1..)?.iter().take_while(|b| host(b)).count();
    let name = text.get(sign + 1..sign + 1 + after)?.trim_end_matches('.');
    let plain = name.contains('.') && !name.ends_with(['-', '_']) && name.split('.').all(|part| !part.is_empty());
    (before > 0 && plain && name.len() <= LONGEST_DOMAIN)
        .then(|| Autolink { range: sign - before..sign + 1 + name.len(), prefix: "mailto:" })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn links(text: &str) -> Vec<String> {
        let mut found = Vec::new();
        let mut from = 0;
        while let Some(link) = next(text, from, None) {
            from = link.range.end;
            found.push([link.prefix, &text[link.range]].concat());
        }
        found
    }

    #[test]
    fn addresses_in_a_text_are_links() {
        for (text, expected) in [
            ("see www.example.org/a?b=c for more", vec!["http://www.example.org/a?b=c"]),
            (
                "https://example.org, (http://a.example/b) ftp://f.example.",
                vec!["https://example.org", "http://a.example/b", "ftp://f.example"],
            ),
            ("www.a.example/x_(y) (www.a.example/x)", vec!["http://www.a.example/x_(y)", "http://www.a.example/x"]),
            ("www.a.example/?q=a&hl=b&copy;", vec!["http://www.a.example/?q=a&hl=b"]),
            ("www.a.example/a<b", vec!["http://www.a.example/a"]),
            ("*www.a.example* _http://b.example", vec!["http://www.a.example", "http://b.example"]),
            ("mail me@a.example. or a.b-c_d@a.example", vec!["mailto:me@a.example", "mailto:a.b-c_d@a.example"]),
            ("http://localhost xwww.a.example http://a_b.example www.a_b", vec![]),
            ("a@b me@a.example- @a.example a@.b", vec![]),
            ("HTTP://A.EXAMPLE é@a.example http://é.example/ü", vec!["HTTP://A.EXAMPLE", "http://é.example/ü"]),
            (":// : @ w www. http://", vec![]),
        ] {
            assert_eq!(links(text), expected, "{text}");
        }
    }
}
