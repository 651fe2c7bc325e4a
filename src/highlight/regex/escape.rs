//! What a backslash begins. In: the characters behind it. Out: one character or a set.
//! Neighbours: `parser.rs` and `bracket.rs` ask for it.

use super::char_set::CharSet;
use super::parser::Parser;

/// What was behind a backslash.
pub(super) enum Escape {
    Char(char),
    /// `\w` and the like, of ASCII; or all but these.
    Type(CharSet),
    /// `\p{…}`.
    Property {
        set: CharSet,
        negated: bool,
    },
}

impl Parser<'_> {
    pub(super) fn escape(&mut self) -> Option<Escape> {
        let c = self.next()?;
        if let Some(set) = ascii_type(c.to_ascii_lowercase()) {
            return Some(Escape::Type(if c.is_ascii_uppercase() { set.complement() } else { set }));
        }
        Some(Escape::Char(match c {
            'p' | 'P' => return self.property(c == 'P'),
            'n' => '\n',
            't' => '\t',
            'r' => '\r',
            'f' => '\x0c',
            'v' => '\x0b',
            'a' => '\x07',
            'e' => '\x1b',
            '0' => '\0',
            'x' => {
                let digits = self.take_while(2, |c| c.is_ascii_hexdigit());
                code_point(&digits)?
            }
            'u' if self.take("{") => {
                let digits = self.take_while(8, |c| c.is_ascii_hexdigit());
                self.take("}").then(|| code_point(&digits))??
            }
            'u' => {
                let digits = self.take_while(4, |c| c.is_ascii_hexdigit());
                code_point(&digits)?
            }
            c => c,
        }))
    }

    /// `{Name}` or `{^Name}`.
    fn property(&mut self, negated: bool) -> Option<Escape> {
        if !self.take("{") {
            return None;
        }
        let negated = self.take("^") != negated;
        let name = self.take_while(usize::MAX, |c| c != '}');
        self.next()?;
        Some(Escape::Property { set: self.properties.get(&name)?.clone(), negated })
    }
}

fn code_point(digits: &str) -> Option<char> {
    u32::from_str_radix(digits, 16).ok().and_then(char::from_u32)
}

/// The sets of `\w`, `\d`, `\s` and `\h`.
fn ascii_type(letter: char) -> Option<CharSet> {
    let ranges: &[(char, char)] = match letter {
        'w' => &[('0', '9'), ('A', 'Z'), ('_', '_'), ('a', 'z')],
        'd' => &[('0', '9')],
        's' => &[('\t', '\r'), (' ', ' ')],
        'h' => &[('0', '9'), ('A', 'F'), ('a', 'f')],
        _ => return None,
    };
    Some(CharSet::new(ranges.iter().map(|&(from, to)| (u32::from(from), u32::from(to))).collect()))
}
