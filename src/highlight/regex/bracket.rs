//! Reads a class in brackets, as `[^a-z&&[^aeiou]\d[:punct:]]`. In: the source behind the bracket. Out: a set.
//! Neighbours: `parser.rs` makes a class of it.

use super::char_set::CharSet;
use super::escape::Escape;
use super::parser::{MAX_DEPTH, Parser};

/// What stood in brackets.
pub(super) struct Bracket {
    /// Without regard to `^`.
    pub(super) set: CharSet,
    /// The part of it that stands there as characters and ranges.
    pub(super) written: CharSet,
    /// Whether it begins with `^`.
    pub(super) negated: bool,
}

impl Bracket {
    /// The set that it matches.
    pub(super) fn resolved(&self) -> CharSet {
        if self.negated { self.set.complement() } else { self.set.clone() }
    }

    /// The character, if there is one alone: it is matched as if there were no brackets.
    pub(super) fn only_char(&self) -> Option<char> {
        match self.set.ranges() {
            &[(from, to)] if from == to && !self.negated => char::from_u32(from),
            _ => None,
        }
    }
}

/// One thing in brackets.
enum Item {
    Char(char),
    Set(CharSet),
}

impl Parser<'_> {
    pub(super) fn bracket(&mut self) -> Option<Bracket> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return None;
        }
        let negated = self.take("^");
        let mut written = Vec::new();
        let mut current = Vec::new();
        let mut both: Option<CharSet> = None;
        let mut first = true;
        loop {
            // A closing bracket that comes first is a character.
            if !first && self.take("]") {
                break;
            }
            first = false;
            if self.take("&&") {
                let part = CharSet::new(std::mem::take(&mut current));
                both = Some(both.map_or(part.clone(), |left| left.intersection(&part)));
                continue;
            }
            match self.item()? {
                Item::Set(set) => current.extend_from_slice(set.ranges()),
                Item::Char(from) => {
                    let to = self.range_end()?.unwrap_or(from);
                    current.push((u32::from(from), u32::from(to)));
                    written.push((u32::from(from), u32::from(to)));
                }
            }
        }
        self.depth -= 1;
        let part = CharSet::new(current);
        let set = both.map_or(part.clone(), |left| left.intersection(&part));
        Some(Bracket { set, written: CharSet::new(written), negated })
    }

    fn item(&mut self) -> Option<Item> {
        if self.take("[:") {
            let negated = self.take("^");
            let name = self.take_while(usize::MAX, |c| c != ':');
            if !self.take(":]") {
                return None;
            }
            let set = self.properties.get(&name)?;
            return Some(Item::Set(if negated { set.complement() } else { set.clone() }));
        }
        Some(match self.next()? {
            '[' => Item::Set(self.bracket()?.resolved()),
            '\\' if self.take("b") => Item::Char('\x08'),
            '\\' => match self.escape()? {
                Escape::Char(c) => Item::Char(c),
                Escape::Type(set) => Item::Set(set),
                Escape::Property { set, negated } => Item::Set(if negated { set.complement() } else { set }),
            },
            c => Item::Char(c),
        })
    }

    /// The last character of a range whose first was read, or nothing if that one stands alone.
    fn range_end(&mut self) -> Option<Option<char>> {
        let is_range = self.peek() == Some('-')
            && match (self.peek_at(1), self.peek_at(2)) {
                (None | Some(']' | '['), _) | (Some('&'), Some('&')) => false,
                (Some('\\'), Some(c)) => !matches!(c, 'w' | 'W' | 'd' | 'D' | 's' | 'S' | 'h' | 'H' | 'p' | 'P'),
                _ => true,
            };
        if !is_range {
            return Some(None);
        }
        self.next();
        match self.item()? {
            Item::Char(to) => Some(Some(to)),
            Item::Set(_) => None,
        }
    }
}
