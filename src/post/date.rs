//! Points in time as Jekyll sees them. In: numbers, or text in a form that `date_yaml.rs` or `date_text.rs` reads. Out:
//! a `DateTime` that can be compared with now, moved into a zone, and written for a reader. Neighbours: `date_yaml.rs`
//! and `date_text.rs` make them, `publishing.rs` compares them.

use std::cmp::Ordering;

/// Whether the text named a time of day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateKind {
    /// A day alone; it begins at midnight of the site's time.
    Day,
    /// A day and a time.
    Time,
}

/// A day of the proleptic Gregorian calendar and a time of that day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DateTime {
    /// The year, astronomical.
    pub year: i32,
    /// 1 to 12.
    pub month: u8,
    /// 1 to 31.
    pub day: u8,
    /// 0 to 23.
    pub hour: u8,
    /// 0 to 59.
    pub minute: u8,
    /// 0 to 60: a leap second stays as it was written.
    pub second: u8,
    /// Minutes east of UTC; `None` is the site's own time.
    pub offset: Option<i32>,
    /// Whether a time of day was given.
    pub kind: DateKind,
}

const DAY: i64 = 86_400;

impl DateTime {
    /// Midnight of a day in the site's time, or `None` where the calendar has no such day.
    pub fn day(year: i32, month: u8, day: u8) -> Option<Self> {
        let valid = (1..=12).contains(&month) && day >= 1 && day <= days_in_month(year, month);
        valid.then_some(Self { year, month, day, hour: 0, minute: 0, second: 0, offset: None, kind: DateKind::Day })
    }

    /// Day and time, or `None` where either does not exist. 24:00:00 is midnight of the next day, as in ISO 8601.
    pub fn time(day: Self, hour: u8, minute: u8, second: u8, offset: Option<i32>) -> Option<Self> {
        if hour == 24 && minute == 0 && second == 0 {
            let next = Self::from_days(day.days() + 1);
            return Some(Self { offset, kind: DateKind::Time, ..next });
        }
        let valid = hour < 24 && minute < 60 && second <= 60;
        valid.then_some(Self { hour, minute, second, offset, kind: DateKind::Time, ..day })
    }

    /// What Ruby's `Time.local` makes of its arguments: `day` counts from the first of the month and may run over into
    /// the next, and so may `clock`, the seconds since midnight, into the next day. `None` for a day alone.
    pub(super) fn lenient(year: i32, month: u8, day: i64, clock: Option<i64>, offset: Option<i32>) -> Option<Self> {
        let first = Self::day(year, month, 1)?;
        let Some(clock) = clock else {
            return Some(Self { offset, ..Self::from_days(first.days() + day - 1) });
        };
        let local = (first.days() + day - 1) * DAY + clock;
        Some(Self { offset, ..Self::from_unix(local, 0) })
    }

    /// Seconds since 1970-01-01T00:00:00Z; `site_offset` is the site's time zone in minutes east of UTC.
    pub fn unix(&self, site_offset: i32) -> i64 {
        let offset = i64::from(self.offset.unwrap_or(site_offset));
        let clock = i64::from(self.hour) * 3600 + i64::from(self.minute) * 60 + i64::from(self.second);
        self.days() * DAY + clock - offset * 60
    }

    /// The point `unix` seconds after 1970-01-01T00:00:00Z on a clock `offset` minutes east of UTC.
    pub fn from_unix(unix: i64, offset: i32) -> Self {
        let local = unix.saturating_add(i64::from(offset) * 60);
        let clock = local.rem_euclid(DAY);
        let part = |value: i64| u8::try_from(value).unwrap_or(0);
        Self {
            hour: part(clock / 3600),
            minute: part(clock / 60 % 60),
            second: part(clock % 60),
            offset: Some(offset),
            kind: DateKind::Time,
            ..Self::from_days(local.div_euclid(DAY))
        }
    }

    /// The same point on the site's clock, as Jekyll's `localtime` moves every date (utils.rb): the day in a post's
    /// URL is this one's.
    pub fn on_site(&self, site_offset: i32) -> Self {
        match self.offset {
            Some(offset) if offset != site_offset => {
                Self { kind: self.kind, ..Self::from_unix(self.unix(site_offset), site_offset) }
            }
            _ => Self { offset: Some(site_offset), ..*self },
        }
    }

    /// Which of two points is earlier.
    pub fn compare(&self, other: &Self, site_offset: i32) -> Ordering {
        self.unix(site_offset).cmp(&other.unix(site_offset))
    }

    /// 1 (Monday) to 7 (Sunday).
    pub fn weekday(&self) -> u8 {
        u8::try_from((self.days() + 3).rem_euclid(7) + 1).unwrap_or(1)
    }

    /// 1 to 366.
    pub fn day_of_year(&self) -> u16 {
        let first = days_from_civil(i64::from(self.year), 1, 1);
        u16::try_from(self.days() - first + 1).unwrap_or(1)
    }

    /// The year and the week that ISO 8601 gives the day: weeks begin on Monday and belong to the year of their
    /// Thursday.
    pub fn iso_week(&self) -> (i32, u8) {
        let thursday = Self::from_days(self.days() + 4 - i64::from(self.weekday()));
        (thursday.year, u8::try_from(thursday.day_of_year().div_ceil(7)).unwrap_or(1))
    }

    /// Days since 1970-01-01.
    fn days(&self) -> i64 {
        days_from_civil(i64::from(self.year), i64::from(self.month), i64::from(self.day))
    }

    /// Midnight of the day `days` after 1970-01-01, in the site's time. Years beyond `i32` stop at its ends.
    fn from_days(days: i64) -> Self {
        // Days since 0000-03-01, in eras of 400 years; see `days_from_civil`.
        let shifted = days + 719_468;
        let era = shifted.div_euclid(146_097);
        let of_era = shifted.rem_euclid(146_097);
        let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let march_month = (5 * of_year + 2) / 153;
        let day = of_year - (153 * march_month + 2) / 5 + 1;
        let month = if march_month < 10 { march_month + 3 } else { march_month - 9 };
        let year = year_of_era + era * 400 + i64::from(month <= 2);
        Self {
            year: i32::try_from(year).unwrap_or(if year < 0 { i32::MIN } else { i32::MAX }),
            month: u8::try_from(month).unwrap_or(1),
            day: u8::try_from(day).unwrap_or(1),
            hour: 0,
            minute: 0,
            second: 0,
            offset: None,
            kind: DateKind::Day,
        }
    }

    /// The day as a reader of a post sees it: "10 December 2014", or "10 décembre 2014" where `lang` is French.
    /// `lang` is a language tag (BCP 47), only its first part counts; unknown languages get English.
    pub fn for_readers(&self, lang: &str) -> String {
        let french = lang.split(['-', '_']).next().is_some_and(|tag| tag.eq_ignore_ascii_case("fr"));
        let names = if french { &MONTHS_FR } else { &MONTHS_EN };
        let month = names.get(usize::from(self.month.saturating_sub(1))).copied().unwrap_or("");
        // French writes the first of a month as an ordinal.
        let ordinal = if french && self.day == 1 { "er" } else { "" };
        [&self.day.to_string(), ordinal, " ", month, " ", &self.year.to_string()].concat()
    }

    /// `YYYY-MM-DD`, the form of file names.
    pub fn iso_day(&self) -> String {
        format!("{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }

    /// The form Jekyll's documentation recommends for front matter: `YYYY-MM-DD HH:MM:SS +HHMM`, or the day alone.
    pub fn for_front_matter(&self) -> String {
        let mut text = self.iso_day();
        if self.kind == DateKind::Time {
            text += &format!(" {:02}:{:02}:{:02}", self.hour, self.minute, self.second);
            if let Some(offset) = self.offset {
                let (sign, minutes) = if offset < 0 { ('-', -offset) } else { ('+', offset) };
                text += &format!(" {sign}{:02}{:02}", minutes / 60, minutes % 60);
            }
        }
        text
    }
}

/// English month names, January first.
pub(crate) const MONTHS_EN: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

const MONTHS_FR: [&str; 12] = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
];

/// How many days a month has; 0 for a month that does not exist.
pub(super) fn days_in_month(year: i32, month: u8) -> u8 {
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        _ => 0,
    }
}

/// Days from 1970-01-01 to a day of the proleptic Gregorian calendar, counted in years that begin in March, so that
/// the leap day comes last.
fn days_from_civil(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let march_month = (month + 9) % 12;
    let of_year = (153 * march_month + 2) / 5 + day - 1;
    let of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + of_year;
    era * 146_097 + of_era - 719_468
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(year: i32, month: u8, day: u8) -> DateTime {
        DateTime::day(year, month, day).expect("a day that exists")
    }

    #[test]
    fn days_that_do_not_exist_are_refused() {
        assert!(DateTime::day(2014, 2, 29).is_none());
        assert!(DateTime::day(1900, 2, 29).is_none());
        assert!(DateTime::day(2000, 2, 29).is_some());
        assert!(DateTime::day(2014, 13, 1).is_none());
        assert!(DateTime::day(2014, 4, 31).is_none());
        assert!(DateTime::day(2014, 0, 1).is_none());
        assert!(DateTime::day(2014, 1, 0).is_none());
    }

    #[test]
    fn seconds_since_the_epoch_and_back() {
        assert_eq!(day(1970, 1, 1).unix(0), 0);
        assert_eq!(day(2014, 12, 10).unix(0), 1_418_169_600);
        assert_eq!(day(2014, 12, 10).unix(60), 1_418_166_000);
        let noon = DateTime::time(day(2014, 12, 10), 12, 30, 15, Some(-330)).expect("a time");
        assert_eq!(DateTime::from_unix(noon.unix(0), -330), noon);
        assert_eq!(day(1969, 12, 31).unix(0), -86_400);
        assert_eq!(DateTime::from_unix(-1, 0).iso_day(), "1969-12-31");
    }

    #[test]
    fn a_zone_can_move_a_post_to_another_day() {
        let early = DateTime::time(day(2014, 12, 10), 2, 30, 0, Some(0)).expect("a time");
        assert_eq!(early.on_site(-300).iso_day(), "2014-12-09");
        assert_eq!(early.on_site(60).iso_day(), "2014-12-10");
        assert_eq!(day(2014, 12, 10).on_site(-300).iso_day(), "2014-12-10");
    }

    #[test]
    fn midnight_may_be_written_as_24_hours() {
        let next = DateTime::time(day(2014, 12, 31), 24, 0, 0, None).expect("midnight");
        assert_eq!(next.iso_day(), "2015-01-01");
        assert!(DateTime::time(day(2014, 12, 31), 24, 0, 1, None).is_none());
        assert!(DateTime::time(day(2014, 12, 31), 10, 60, 0, None).is_none());
    }

    #[test]
    fn weekdays_and_days_of_the_year() {
        assert_eq!(day(2014, 12, 10).weekday(), 3);
        assert_eq!(day(2024, 12, 31).day_of_year(), 366);
        assert_eq!(day(2014, 1, 1).day_of_year(), 1);
    }

    #[test]
    fn readers_see_their_own_language() {
        assert_eq!(day(2014, 12, 10).for_readers("en"), "10 December 2014");
        assert_eq!(day(2014, 12, 10).for_readers("fr-FR"), "10 décembre 2014");
        assert_eq!(day(2014, 8, 1).for_readers("FR"), "1er août 2014");
        assert_eq!(day(2014, 8, 1).for_readers("frr"), "1 August 2014");
    }

    proptest::proptest! {
        #[test]
        fn every_second_has_one_date(unix in -100_000_000_000_i64..100_000_000_000, offset in -900_i32..900) {
            let date = DateTime::from_unix(unix, offset);
            proptest::prop_assert_eq!(date.unix(0), unix);
            proptest::prop_assert!(date.day <= days_in_month(date.year, date.month));
            proptest::prop_assert_eq!(date.on_site(17).unix(0), unix);
        }
    }
}
