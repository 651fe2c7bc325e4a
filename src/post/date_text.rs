//! Any text read as a date, as Ruby's `Time.parse` reads it. In: what a writer put after `date:`, or the beginning of a
//! file name. Out: a `DateTime`, or why there is none. Neighbours: `date_scan.rs` holds the patterns; `front_matter.rs`
//! and `file_name.rs` ask.
//!
//! Jekyll reads every date of a post with `Time.parse` (utils.rb, `parse_date`). This splits a text with `Date._parse`
//! (a dozen patterns, of which the first that matches counts) and fills in what is missing. Left out are Japanese eras,
//! weeks (`2014-W50`), and years before Christ.

use super::date::DateTime;
use super::date_scan::{Pieces, ScannedText, number};
use crate::text::LoadedLater;

/// What a text is as a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateText {
    /// A date; without a zone, or with one that Ruby does not know, in the site's time.
    Date(DateTime),
    /// A date without its year. Ruby uses the day of the build for the missing parts.
    Partial,
    /// No date: Jekyll stops.
    Invalid,
}

/// Reads `text` as `Time.parse` does. Where a program in parts does not know all forms yet, an unusual date is
/// `Partial`.
pub fn read(text: &str) -> DateText {
    // Ruby refuses longer texts.
    if text.len() > 128 {
        return DateText::Invalid;
    }
    match usual(text) {
        Some(found) => found.date(),
        None => ALL_FORMS.get(|| in_any_form).map_or(DateText::Partial, |read| read(text)),
    }
}

/// Reads a date in any form. Few writers use another than the usual one.
static ALL_FORMS: LoadedLater<fn(&str) -> DateText> = LoadedLater::not_loaded();

/// From now on all forms of dates are known, and not the usual one alone.
pub fn know_all_forms() {
    ALL_FORMS.set(in_any_form);
}

fn in_any_form(text: &str) -> DateText {
    Pieces::find(text).date()
}

/// The usual form: `2014-12-08`, `2014-12-08 10:30`, `2014-12-08 10:30:15 +0100`.
fn usual(text: &str) -> Option<Pieces> {
    let mut parts = text.split(' ');
    let mut day = parts.next()?.split('-');
    let mut found = Pieces {
        year: Some(digits(day.next()?, 4, 4)?),
        mon: Some(digits(day.next()?, 1, 2)?),
        mday: Some(digits(day.next()?, 1, 2)?),
        ..Pieces::default()
    };
    if let Some(clock) = parts.next() {
        let mut clock = clock.split(':');
        found.hour = Some(digits(clock.next()?, 1, 2)?);
        found.min = Some(digits(clock.next()?, 2, 2)?);
        if let Some(second) = clock.next() {
            found.sec = Some(digits(second, 2, 2)?);
        }
        if let Some(zone) = parts.next() {
            digits(zone.strip_prefix(['+', '-'])?, 4, 4)?;
            found.zone = Some(zone.to_owned());
        }
        if clock.next().is_some() {
            return None;
        }
    }
    (day.next().is_none() && parts.next().is_none()).then_some(found)
}

/// The value of a text of `least` to `most` digits; `None` for any other text.
fn digits(text: &str, least: usize, most: usize) -> Option<i64> {
    let good = (least..=most).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    if good { text.parse().ok() } else { None }
}

impl Pieces {
    fn find(text: &str) -> Self {
        let mut found = Self { short_year: true, ..Self::default() };
        let mut text = ScannedText::new(text);
        text.remove_weekday();
        text.remove_time(&mut found);
        let _ = text.european(&mut found)
            || text.american(&mut found)
            || text.iso(&mut found)
            || text.month_name_between(&mut found)
            || text.slashes(&mut found)
            || text.dots(&mut found)
            || text.day_of_year(&mut found)
            || text.quoted_year(&mut found)
            || text.month_name(&mut found)
            || text.ordinal_day(&mut found)
            || text.digits_alone(&mut found);
        text.number_left(&mut found);
        if found.short_year
            && let Some(year) = found.year.filter(|year| (0..=99).contains(year))
        {
            found.year = Some(year + if year >= 69 { 1900 } else { 2000 });
        }
        found
    }

    /// Ruby's `make_time`. Where a smaller part is missing, its first value is used. A day up to 31 may lie in the next
    /// month, and a leap second in the next minute.
    fn date(&self) -> DateText {
        let parts = [self.year, self.yday, self.mon, self.mday, self.hour, self.min, self.sec];
        if parts.iter().all(Option::is_none) {
            return DateText::Invalid;
        }
        let within = |part: Option<i64>, from: i64, to: i64| part.is_none_or(|part| (from..=to).contains(&part));
        let midnight = self.hour != Some(24) || self.min.unwrap_or(0) == 0 && self.sec.unwrap_or(0) == 0;
        let valid = within(self.mon, 1, 12)
            && within(self.mday, 1, 31)
            && within(self.yday, 1, 366)
            && within(self.hour, 0, 24)
            && within(self.min, 0, 59)
            && within(self.sec, 0, 60)
            && midnight;
        if !valid {
            return DateText::Invalid;
        }
        let offset = match self.zone.as_deref().map(zone_offset) {
            Some(Some(offset)) if offset.abs() >= 24 * 60 => return DateText::Invalid,
            offset => offset.flatten(),
        };
        let Some(year) = self.year else { return DateText::Partial };
        let Ok(year) = i32::try_from(year) else { return DateText::Invalid };
        let (month, day) = match self.yday {
            Some(day) => (1, day),
            None => (self.mon.unwrap_or(1), self.mday.unwrap_or(1)),
        };
        let clock = self
            .hour
            .or(self.min)
            .or(self.sec)
            .map(|_| self.hour.unwrap_or(0) * 3600 + self.min.unwrap_or(0) * 60 + self.sec.unwrap_or(0));
        DateTime::lenient(year, u8::try_from(month).unwrap_or(1), day, clock, offset)
            .map_or(DateText::Invalid, DateText::Date)
    }

    /// `Date._parse`'s own sorting of three numbers into year, month and day: quotes and long numbers are years.
    pub fn sort(&mut self, year: Option<&str>, month: Option<&str>, day: Option<&str>) {
        let (mut y, mut m, mut d) = (year, month, day);
        if y.is_some() && m.is_some() && d.is_none() {
            (y, m, d) = (None, y, m);
        }
        let is_year = |part: &str| part.starts_with('\'') || part.len() > 2;
        if y.is_none() && d.is_some_and(is_year) {
            (y, d) = (d, None);
        }
        if let Some(part) = y {
            let number = part.trim_start_matches(|c: char| !c.is_ascii_digit() && c != '-' && c != '+');
            let digits = number.trim_start_matches(['-', '+']).bytes().take_while(u8::is_ascii_digit).count();
            let sign = usize::from(number.starts_with(['-', '+']));
            // Something stands after the number: it is a day (`10th`).
            if number.len() > digits + sign {
                (y, d) = (d, number.get(..digits + sign));
            }
        }
        if m.is_some_and(is_year) {
            (y, m, d) = (m, d, y);
        }
        if d.is_some_and(is_year) {
            (y, d) = (d, y);
        }
        if let Some(part) = y {
            let number = part.trim_start_matches(|c: char| !c.is_ascii_digit() && c != '-' && c != '+');
            let signed = number.starts_with(['-', '+']);
            let digits = number.bytes().skip(usize::from(signed)).take_while(u8::is_ascii_digit).count();
            if signed || digits > 2 {
                self.short_year = false;
            }
            self.year = number.get(..digits + usize::from(signed)).and_then(|n| n.trim_start_matches('+').parse().ok());
            // A year that is too large for a number is in no calendar.
            self.year = self.year.or(Some(i64::MAX));
        }
        self.mon = m.and_then(number);
        self.mday = d.and_then(number);
    }
}

/// Ruby's `Time.zone_offset` in minutes: `+0100`, `+01:00`, `+01`, and the zones of its table.
fn zone_offset(zone: &str) -> Option<i32> {
    if let Some(rest) = zone.strip_prefix(['+', '-']) {
        let digits = rest.replace(':', "");
        let good = digits.bytes().all(|b| b.is_ascii_digit())
            && match rest.len() {
                2 | 4 => rest == digits,
                5 => rest.as_bytes().get(2) == Some(&b':') && digits.len() == 4,
                6 => rest == digits,
                8 => {
                    digits.len() == 6 && rest.as_bytes().get(2) == Some(&b':') && rest.as_bytes().get(5) == Some(&b':')
                }
                _ => false,
            };
        let part = |from: usize| digits.get(from..from + 2).map_or(Some(0), |part| part.parse::<i32>().ok());
        let minutes = if good { part(0)? * 60 + part(2)? } else { return None };
        return Some(if zone.starts_with('-') { -minutes } else { minutes });
    }
    let hours = match zone.to_ascii_uppercase().as_str() {
        "UTC" | "UT" | "GMT" | "Z" => 0,
        "EDT" => -4,
        "EST" | "CDT" => -5,
        "CST" | "MDT" => -6,
        "MST" | "PDT" => -7,
        "PST" => -8,
        // Military zones.
        letter => match letter.as_bytes() {
            [b @ b'A'..=b'I'] => i32::from(b - b'A') + 1,
            [b @ b'K'..=b'M'] => i32::from(b - b'K') + 10,
            [b @ b'N'..=b'Y'] => -i32::from(b - b'N') - 1,
            _ => return None,
        },
    };
    Some(hours * 60)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_usual_form_is_read_alone() {
        for text in
            ["2014-12-08", "2014-2-31 9:05", "2014-12-08 10:30:15", "2014-12-08 10:30 -0530", "0014-13-08 24:00"]
        {
            assert_eq!(usual(text).map(|found| found.date()), Some(in_any_form(text)), "{text}");
        }
        for text in
            ["", "2014-12", "14-12-08", "2014-12-08 10", "2014-12-08  10:30", "2014-12-08 10:30 CET", "8 Dec 2014"]
        {
            assert!(usual(text).is_none(), "{text}");
        }
    }

    proptest! {
        #[test]
        fn what_the_usual_form_says_all_forms_say(
            text in "[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}( [0-9]{1,2}:[0-9]{2}(:[0-9]{2})?( [+-][0-9]{4})?)?"
        ) {
            prop_assert_eq!(usual(&text).map(|found| found.date()), Some(in_any_form(&text)));
        }
    }
}
