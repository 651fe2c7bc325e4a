//! The two forms that YAML turns into dates. In: a scalar. Out: a `DateTime`, if it has one of them.
//! Neighbours: `yaml/scalar.rs` asks; `date_text.rs` reads any other text as a date.

use super::date::DateTime;

/// A cursor over ASCII text; each method takes something or leaves the cursor where it is.
struct DateCursor<'t> {
    rest: &'t str,
}

impl<'t> DateCursor<'t> {
    /// Between `least` and `most` digits, as many as there are.
    fn digits(&mut self, least: usize, most: usize) -> Option<u32> {
        let count = self.rest.bytes().take(most).take_while(u8::is_ascii_digit).count();
        if count < least {
            return None;
        }
        let (digits, rest) = self.rest.split_at_checked(count)?;
        let value = digits.parse().ok()?;
        self.rest = rest;
        Some(value)
    }

    fn small(&mut self, least: usize, most: usize) -> Option<u8> {
        u8::try_from(self.digits(least, most)?).ok()
    }

    fn eat(&mut self, wanted: impl Fn(char) -> bool) -> Option<char> {
        let first = self.rest.chars().next().filter(|&c| wanted(c))?;
        self.rest = self.rest.get(first.len_utf8()..)?;
        Some(first)
    }

    fn spaces(&mut self) -> usize {
        let before = self.rest.len();
        self.rest = self.rest.trim_start_matches([' ', '\t', '\n', '\r', '\x0B', '\x0C']);
        before - self.rest.len()
    }
}

/// The two forms that SafeYAML turns into dates (its `parse/date.rb`): `YYYY-MM-DD` is a day; with a time of day down
/// to the seconds it is a point in time, in UTC unless a zone is given.
pub fn read(text: &str) -> Option<DateTime> {
    let mut cursor = DateCursor { rest: text };
    let year = i32::try_from(cursor.digits(4, 4)?).ok()?;
    cursor.eat(|c| c == '-')?;
    let month = cursor.small(1, 2)?;
    cursor.eat(|c| c == '-')?;
    let day = DateTime::day(year, month, cursor.small(1, 2)?)?;
    if cursor.rest.is_empty() {
        return (text.len() == 10).then_some(day);
    }
    if cursor.eat(|c| matches!(c, 'T' | 't')).is_none() && cursor.spaces() == 0 {
        return None;
    }
    let hour = cursor.small(1, 2)?;
    cursor.eat(|c| c == ':')?;
    let minute = cursor.small(2, 2)?;
    cursor.eat(|c| c == ':')?;
    let second = cursor.small(2, 2)?;
    if second > 60 {
        return None;
    }
    if cursor.eat(|c| c == '.').is_some() {
        while cursor.eat(|c| c.is_ascii_digit()).is_some() {}
    }
    cursor.spaces();
    let offset = match cursor.eat(|c| matches!(c, 'Z' | '+' | '-')) {
        None | Some('Z') => 0,
        Some(sign) => {
            // Of three digits, the first one is the hour.
            let digits = cursor.rest.bytes().take_while(u8::is_ascii_digit).count();
            let hours = i32::from(cursor.small(1, if digits == 3 { 1 } else { 2 })?);
            let colon = cursor.eat(|c| c == ':').is_some();
            let minutes = if colon || !cursor.rest.is_empty() { i32::from(cursor.small(2, 2)?) } else { 0 };
            // Ruby refuses an offset of exactly one day, and ignores a larger one.
            if hours == 24 && minutes == 0 {
                return None;
            }
            let offset = if hours < 24 && minutes < 60 { hours * 60 + minutes } else { 0 };
            if sign == '-' { -offset } else { offset }
        }
    };
    if !cursor.rest.is_empty() {
        return None;
    }
    // Ruby reads a leap second as the second before it.
    DateTime::time(day, hour, minute, second.min(59), Some(offset))
}
