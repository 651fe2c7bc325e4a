//! The site's time zone. In: a name and its changes of offset, from a file or the browser. Out: a
//! `Zone` that moves dates onto the site's clock. Neighbours: `date.rs` below, `site.rs` holds one.
//!
//! Jekyll sets `TZ` to the site's `timezone` and leaves the rest to Ruby's `Time`; the rules here are Ruby's.

use super::date::{DateKind, DateTime};
use crate::text::order;

/// A time zone: its name and when its offset from UTC changes. Without changes, a fixed offset.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Zone {
    name: String,
    /// The offset before the first change, in minutes east of UTC.
    first: i32,
    /// Seconds since 1970-01-01T00:00:00Z, ascending, and the offset from then on, in minutes east of UTC.
    transitions: Vec<(i64, i32)>,
}

impl Default for Zone {
    /// UTC, the zone of most machines that build sites.
    fn default() -> Self {
        Self { name: "UTC".to_owned(), first: 0, transitions: Vec::new() }
    }
}

impl Zone {
    /// A zone that is always `offset` minutes east of UTC.
    pub fn fixed(name: &str, offset: i32) -> Self {
        Self { name: name.to_owned(), first: offset, transitions: Vec::new() }
    }

    /// A zone that begins with `first` minutes east of UTC and changes at each of `transitions`: seconds since
    /// 1970-01-01T00:00:00Z and the minutes from then on. They are put in order.
    pub fn from_transitions(name: &str, first: i32, mut transitions: Vec<(i64, i32)>) -> Self {
        order::sort_by_key(&mut transitions, |transition| u128::from(transition.0.cast_unsigned() ^ 1 << 63));
        Self { name: name.to_owned(), first, transitions }
    }

    /// A zone from a clock that can be asked for the offset at any instant: `offset` gets seconds since
    /// 1970-01-01T00:00:00Z and gives minutes east of UTC. It is asked once for each `step` seconds between `from` and
    /// `to`, and where it has changed, until the second of the change is found.
    pub fn sampled(name: &str, from: i64, to: i64, step: i64, offset: &dyn Fn(i64) -> i32) -> Self {
        let first = offset(from);
        let mut transitions = Vec::new();
        let (mut at, mut current) = (from, first);
        let step = step.max(1);
        while at < to {
            let next = at.saturating_add(step).min(to);
            let then = offset(next);
            if then != current {
                let (mut before, mut after) = (at, next);
                while after - before > 1 {
                    let middle = before + (after - before) / 2;
                    if offset(middle) == current { before = middle } else { after = middle }
                }
                transitions.push((after, then));
                current = then;
            }
            at = next;
        }
        Self { name: name.to_owned(), first, transitions }
    }

    /// A zone that needs no table: `UTC` and its names, and the form of POSIX without summer time, in which west is
    /// positive: `EST5`, `<+03>-3`, `UTC-5:30`.
    pub fn posix(name: &str) -> Option<Self> {
        let rest = match name.strip_prefix('<') {
            Some(quoted) => quoted.split_once('>').filter(|(zone, _)| zone.len() >= 3)?.1,
            None => {
                let letters = name.bytes().take_while(u8::is_ascii_alphabetic).count();
                if matches!(name, "UTC" | "GMT" | "Etc/UTC" | "Etc/GMT" | "Zulu" | "UCT") {
                    return Some(Self::fixed(name, 0));
                }
                name.get(letters..).filter(|_| letters >= 3)?
            }
        };
        let (west, digits) = match rest.strip_prefix('-') {
            Some(digits) => (-1, digits),
            None => (1, rest.strip_prefix('+').unwrap_or(rest)),
        };
        let (hours, minutes) = digits.split_once(':').unwrap_or((digits, "0"));
        let part = |digits: &str, most: i32| {
            let short = (1..=2).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
            digits.parse::<i32>().ok().filter(|&number| short && number <= most)
        };
        Some(Self::fixed(name, -west * (part(hours, 24)? * 60 + part(minutes, 59)?)))
    }

    /// The offset before the first change, and the changes: what `from_transitions` takes.
    pub fn parts(&self) -> (i32, &[(i64, i32)]) {
        (self.first, &self.transitions)
    }

    /// The zone's name as the site's settings write it.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Minutes east of UTC at `unix`, in seconds since 1970-01-01T00:00:00Z.
    pub fn offset_at(&self, unix: i64) -> i32 {
        let passed = self.transitions.partition_point(|transition| transition.0 <= unix);
        passed.checked_sub(1).and_then(|last| self.transitions.get(last)).map_or(self.first, |transition| transition.1)
    }

    /// Seconds since 1970-01-01T00:00:00Z of a date. One without an offset is read on the site's clock: of two instants
    /// with that reading Ruby takes the later, and a reading that the clock skips is counted on from the offset before
    /// the gap.
    pub fn unix(&self, date: &DateTime) -> i64 {
        if date.offset.is_some() {
            return date.unix(0);
        }
        let local = date.unix(0);
        let around = [-DAY, DAY].map(|by| self.offset_at(local.saturating_add(by)));
        let instants = around.map(|offset| (local - i64::from(offset) * 60, offset));
        let real = instants.iter().filter(|(instant, offset)| self.offset_at(*instant) == *offset);
        let later = |instants: &mut dyn Iterator<Item = i64>| instants.max();
        later(&mut real.map(|(instant, _)| *instant))
            .or_else(|| later(&mut instants.iter().map(|(instant, _)| *instant)))
            .unwrap_or(local)
    }

    /// The same point on the site's clock, as Jekyll's `localtime` moves every date (utils.rb): the day in a post's URL
    /// is this one's.
    pub fn on_site(&self, date: &DateTime) -> DateTime {
        let unix = self.unix(date);
        let moved = date.on_site(self.offset_at(unix));
        // A time that the clock skips is written as the clock shows it.
        if moved.unix(0) == unix {
            moved
        } else {
            DateTime { kind: date.kind, ..DateTime::from_unix(unix, self.offset_at(unix)) }
        }
    }

    /// A date of YAML as Ruby has it: a time without a zone is one of the site's.
    pub fn of_yaml(&self, date: &DateTime) -> DateTime {
        match date.kind {
            DateKind::Time if date.offset.is_none() => self.on_site(date),
            _ => *date,
        }
    }

    /// What the site's clock shows at `unix`, in seconds since 1970-01-01T00:00:00Z.
    pub fn now(&self, unix: i64) -> DateTime {
        DateTime::from_unix(unix, self.offset_at(unix))
    }
}

const DAY: i64 = 86_400;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::post::date_text::{self, DateText};

    /// Paris in 2014: the last Sunday of March and of October, at 01:00 UTC.
    fn paris() -> Zone {
        Zone::from_transitions("Europe/Paris", 60, vec![(1_414_285_200, 60), (1_396_141_200, 120)])
    }

    fn shown(zone: &Zone, text: &str) -> String {
        let DateText::Date(date) = date_text::read(text) else { panic!("{text} is a date") };
        zone.on_site(&date).for_front_matter()
    }

    #[test]
    fn the_offset_is_that_of_the_day() {
        assert_eq!(shown(&paris(), "2014-01-10 12:00"), "2014-01-10 12:00:00 +0100");
        assert_eq!(shown(&paris(), "2014-07-10 12:00"), "2014-07-10 12:00:00 +0200");
        assert_eq!(shown(&paris(), "2014-07-10 23:30:00 +0000"), "2014-07-11 01:30:00 +0200");
        assert_eq!(shown(&paris(), "2014-12-10 23:30:00 -0500"), "2014-12-11 05:30:00 +0100");
        assert_eq!(shown(&Zone::default(), "2014-07-10 12:00 +0200"), "2014-07-10 10:00:00 +0000");
    }

    // What Ruby prints for the same with TZ=Europe/Paris.
    #[test]
    fn a_reading_that_the_clock_shows_twice_or_never() {
        assert_eq!(shown(&paris(), "2014-10-26 02:30"), "2014-10-26 02:30:00 +0100");
        assert_eq!(shown(&paris(), "2014-10-26 01:59"), "2014-10-26 01:59:00 +0200");
        assert_eq!(shown(&paris(), "2014-03-30 02:30"), "2014-03-30 03:30:00 +0200");
        assert_eq!(shown(&paris(), "2014-03-30 03:00"), "2014-03-30 03:00:00 +0200");
    }

    #[test]
    fn a_clock_that_is_asked_gives_the_same_zone() {
        let known = paris();
        let asked =
            Zone::sampled("Europe/Paris", 1_388_534_400, 1_420_070_400, 14 * DAY, &|unix| known.offset_at(unix));
        assert_eq!(asked, known);
    }
}
