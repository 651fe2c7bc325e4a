//! Dates in the forms that templates ask for: Ruby's `strftime`. In: a point in time and a format. Out: text.
//! Neighbours: `filters/time.rs`, `value_text.rs`.

use crate::post::date::{DateTime, MONTHS_EN};

/// The days of a week, Monday first.
const DAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
/// The greatest width of a part of the date.
const MAX_WIDTH: usize = 64;

/// Flags and width between the percent sign and the letter.
#[derive(Default)]
struct Directive {
    /// The padding of a number; `Some(None)` for no padding.
    pad: Option<Option<char>>,
    upper: bool,
    swap_case: bool,
    colons: usize,
    width: Option<usize>,
}

/// Writes `date`, which has its own offset or is in UTC. What is no directive stays as it is.
pub(super) fn strftime(date: &DateTime, format: &str) -> String {
    let mut out = String::with_capacity(format.len() + 16);
    let mut rest = format;
    while let Some(at) = rest.find('%') {
        out.push_str(rest.get(..at).unwrap_or(""));
        let from = rest.get(at..).unwrap_or("");
        let mut directive = Directive::default();
        let mut chars = from.char_indices().skip(1);
        let mut end = from.len();
        let mut letter = None;
        for (index, c) in chars.by_ref() {
            match c {
                '-' if directive.width.is_none() => directive.pad = Some(None),
                '_' if directive.width.is_none() => directive.pad = Some(Some(' ')),
                '0' if directive.width.is_none() => directive.pad = Some(Some('0')),
                '^' => directive.upper = true,
                '#' => directive.swap_case = true,
                ':' => directive.colons += 1,
                '0'..='9' => {
                    let digit = c.to_digit(10).unwrap_or(0) as usize;
                    directive.width = Some((directive.width.unwrap_or(0) * 10 + digit).min(MAX_WIDTH));
                }
                c => {
                    letter = Some(c);
                    end = index + c.len_utf8();
                    break;
                }
            }
        }
        let known = letter.is_some_and(|letter| directive.write(date, letter, &mut out));
        if !known {
            out.push_str(from.get(..end).unwrap_or(""));
        }
        rest = from.get(end..).unwrap_or("");
    }
    out.push_str(rest);
    out
}

impl Directive {
    fn write(&self, date: &DateTime, letter: char, out: &mut String) -> bool {
        let month = MONTHS_EN.get(usize::from(date.month.saturating_sub(1))).copied().unwrap_or("");
        let day = DAYS.get(usize::from(date.weekday().saturating_sub(1))).copied().unwrap_or("");
        let short = |name: &'static str| name.get(..3).unwrap_or(name);
        let hour12 = i64::from((date.hour + 11) % 12 + 1);
        let sunday = i64::from(date.weekday() % 7);
        let of_year = i64::from(date.day_of_year());
        let year = i64::from(date.year);
        let (week_year, week) = date.iso_week();
        match letter {
            'Y' => self.number(year, if year < 0 { 5 } else { 4 }, '0', out),
            'C' => self.number(year.div_euclid(100), 2, '0', out),
            'y' => self.number(year.rem_euclid(100), 2, '0', out),
            'm' => self.number(date.month.into(), 2, '0', out),
            'B' => self.name(month, out),
            'b' | 'h' => self.name(short(month), out),
            'd' => self.number(date.day.into(), 2, '0', out),
            'e' => self.number(date.day.into(), 2, ' ', out),
            'j' => self.number(of_year, 3, '0', out),
            'H' => self.number(date.hour.into(), 2, '0', out),
            'k' => self.number(date.hour.into(), 2, ' ', out),
            'I' => self.number(hour12, 2, '0', out),
            'l' => self.number(hour12, 2, ' ', out),
            'M' => self.number(date.minute.into(), 2, '0', out),
            'S' => self.number(date.second.into(), 2, '0', out),
            // Fractions of a second are not kept; the width says how many digits there are.
            'L' => out.extend(std::iter::repeat_n('0', self.width.unwrap_or(3))),
            'N' => out.extend(std::iter::repeat_n('0', self.width.unwrap_or(9))),
            'p' => self.name(
                match (date.hour < 12, self.swap_case) {
                    (true, false) => "AM",
                    (false, false) => "PM",
                    (true, true) => "am",
                    (false, true) => "pm",
                },
                out,
            ),
            'P' => self.name(if date.hour < 12 { "am" } else { "pm" }, out),
            'A' => self.name(day, out),
            'a' => self.name(short(day), out),
            'u' => self.number(date.weekday().into(), 1, '0', out),
            'w' => self.number(sunday, 1, '0', out),
            'G' => self.number(week_year.into(), 4, '0', out),
            'g' => self.number(i64::from(week_year).rem_euclid(100), 2, '0', out),
            'V' => self.number(week.into(), 2, '0', out),
            'U' => self.number((of_year + 6 - sunday) / 7, 2, '0', out),
            'W' => self.number((of_year + 6 - (sunday + 6) % 7) / 7, 2, '0', out),
            's' => self.number(date.unix(0), 1, '0', out),
            'z' => self.name(&zone(date, self.colons), out),
            // Ruby names a zone only where it knows one by its offset.
            'Z' => self.name(if date.offset.unwrap_or(0) == 0 { "UTC" } else { "" }, out),
            'n' => out.push('\n'),
            't' => out.push('\t'),
            '%' => out.push('%'),
            'F' => self.name(&strftime(date, "%Y-%m-%d"), out),
            'T' | 'X' => self.name(&strftime(date, "%H:%M:%S"), out),
            'D' | 'x' => self.name(&strftime(date, "%m/%d/%y"), out),
            'R' => self.name(&strftime(date, "%H:%M"), out),
            'r' => self.name(&strftime(date, "%I:%M:%S %p"), out),
            'c' => self.name(&strftime(date, "%a %b %e %H:%M:%S %Y"), out),
            'v' => self.name(&strftime(date, "%e-%^b-%Y"), out),
            '+' => self.name(&strftime(date, "%a %b %e %H:%M:%S %Z %Y"), out),
            _ => return false,
        }
        true
    }

    fn number(&self, number: i64, width: usize, pad: char, out: &mut String) {
        let width = self.width.unwrap_or(width);
        let digits = number.unsigned_abs().to_string();
        let sign = number < 0;
        let missing = width.saturating_sub(digits.len() + usize::from(sign));
        match self.pad.unwrap_or(Some(pad)) {
            None => out.push_str(if sign { "-" } else { "" }),
            Some('0') => {
                out.push_str(if sign { "-" } else { "" });
                out.extend(std::iter::repeat_n('0', missing));
            }
            Some(pad) => {
                out.extend(std::iter::repeat_n(pad, missing));
                out.push_str(if sign { "-" } else { "" });
            }
        }
        out.push_str(&digits);
    }

    fn name(&self, name: &str, out: &mut String) {
        let pad = match self.pad {
            Some(Some(pad)) => pad,
            _ => ' ',
        };
        let missing = self.width.unwrap_or(0).saturating_sub(name.chars().count());
        out.extend(std::iter::repeat_n(pad, missing));
        if self.upper || self.swap_case && name != "am" && name != "pm" {
            out.push_str(&name.to_uppercase());
        } else {
            out.push_str(name);
        }
    }
}

/// `+0100`, `+01:00`, `+01:00:00`
fn zone(date: &DateTime, colons: usize) -> String {
    let offset = date.offset.unwrap_or(0);
    let two = |number: i32| [if number < 10 { "0" } else { "" }, &number.to_string()].concat();
    let colon = if colons > 0 { ":" } else { "" };
    let seconds = if colons > 1 { ":00" } else { "" };
    let sign = if offset < 0 { "-" } else { "+" };
    [sign, &two(offset.abs() / 60), colon, &two(offset.abs() % 60), seconds].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_directive_stays() {
        let day = DateTime::day(2014, 12, 8).expect("a day");
        for (format, text) in [
            ("%Y-%m-%d", "2014-12-08"),
            ("%-d %^B", "8 DECEMBER"),
            ("100%", "100%"),
            ("%é %3", "%é %3"),
            ("%", "%"),
            ("%5d|%_5d|%-5d", "00008|    8|8"),
        ] {
            assert_eq!(strftime(&day, format), text);
        }
        assert!(strftime(&day, "%999999999d").len() <= MAX_WIDTH);
    }
}
