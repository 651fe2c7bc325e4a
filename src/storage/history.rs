//! `Version`: what a draft's text was at an earlier moment, why it was kept, and which versions stay. In: texts, times,
//! the versions that there are. Out: versions, and those that go. Neighbours: `memory.rs` and `indexed_db.rs` keep them;
//! `app/drafts/history.rs` says when one is taken.
//!
//! The rule: every version of the last hour, then the last of each hour for a day, then the last of each day; of one
//! draft at most `MOST_VERSIONS`, with at most `MOST_BYTES` together, the oldest go first. Two versions with the same
//! text, one after the other, are one.

use std::rc::Rc;

use super::draft::{content_hash, decode_hex, encode_hex};
use super::{DraftId, Task};

/// So many versions of one draft are kept.
pub const MOST_VERSIONS: usize = 200;
/// So many bytes of text the versions of one draft have together. The newest is kept in any case.
pub const MOST_BYTES: usize = 20_000_000;

/// Milliseconds of an hour and of a day.
const HOUR_MS: f64 = 3_600_000.0;
const DAY_MS: f64 = 86_400_000.0;

/// Why a version was kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum VersionReason {
    /// The writer made a pause of some minutes, or has written for long without one.
    Pause,
    /// The text was saved to a file.
    Saved,
    /// This is the text as it was opened; it was changed after that.
    Opened,
    /// A large change followed: a paste, a deletion, everything replaced.
    Change,
    /// Another version was taken in its place: that of the file, or an earlier one.
    Replaced,
}

impl VersionReason {
    /// The names that reasons have in archives. The place of each is its number, which is stored.
    const NAMES: [(Self, &'static str); 5] = [
        (Self::Pause, "pause"),
        (Self::Saved, "saved"),
        (Self::Opened, "opened"),
        (Self::Change, "change"),
        (Self::Replaced, "replaced"),
    ];

    /// The reason of that number; a pause where there is none.
    pub fn of_number(number: f64) -> Self {
        Self::NAMES
            .iter()
            .map(|(reason, _)| *reason)
            .find(|reason| f64::from(*reason as u8) == number)
            .unwrap_or(Self::Pause)
    }

    /// The name that it has in archives.
    pub fn name(self) -> &'static str {
        Self::NAMES.iter().find(|(reason, _)| *reason == self).map_or("", |(_, name)| name)
    }

    /// The reason of that name; a pause where there is none.
    pub fn of_name(name: &str) -> Self {
        Self::NAMES.iter().find(|(_, known)| *known == name).map_or(Self::Pause, |(reason, _)| *reason)
    }

    /// What a writer is told.
    pub fn words(self) -> &'static str {
        match self {
            Self::Pause => "in a pause",
            Self::Saved => "saved to the file",
            Self::Opened => "as it was opened",
            Self::Change => "before a large change",
            Self::Replaced => "before another version was taken",
        }
    }
}

/// What is known of a version without its text. No two versions of one draft are equal.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Version {
    /// When the text was this, in whole milliseconds since 1970.
    pub time_ms: f64,
    /// Why it was kept.
    pub reason: VersionReason,
    /// The length of the text in bytes of UTF-8.
    pub bytes: usize,
    /// `content_hash` of the text.
    pub hash: u64,
}

impl Version {
    /// The version that this text is.
    pub fn of(text: &str, reason: VersionReason, time_ms: f64) -> Self {
        Self { time_ms: time_ms.trunc(), reason, bytes: text.len(), hash: content_hash(text.as_bytes()) }
    }

    /// Whether the other has the same text.
    pub fn same_text(&self, other: &Self) -> bool {
        self.bytes == other.bytes && self.hash == other.hash
    }

    /// Its name: `1764523200000:pause:1024:00000000000000ab`.
    pub fn encode(&self) -> String {
        let (time, bytes) = ((self.time_ms as i64).to_string(), self.bytes.to_string());
        [&time, ":", self.reason.name(), ":", &bytes, ":", &encode_hex(self.hash)].concat()
    }

    /// The version of a name that `encode` made.
    pub fn decode(name: &str) -> Option<Self> {
        let mut parts = name.split(':');
        let mut next = || parts.next();
        let time_ms = next()?.parse::<i64>().ok()? as f64;
        let (reason, bytes, hash) = (VersionReason::of_name(next()?), next()?.parse().ok()?, decode_hex(next()?)?);
        Some(Self { time_ms, reason, bytes, hash })
    }
}

/// A version is taken when nothing was typed for so many milliseconds.
const REST_MS: f64 = 120_000.0;
/// Without such a rest a version is taken when the last one is so many milliseconds old.
const LONGEST_MS: f64 = 600_000.0;

/// When a version is taken while a person writes. Times are milliseconds on any clock that does not go back.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct VersionClock {
    /// When the first change after the last version was noticed.
    changed: Option<f64>,
}

impl VersionClock {
    /// Typing has paused for a moment. In how many milliseconds a version is due, if nothing else happens until then: 0
    /// for at once.
    pub fn typed(&mut self, now: f64) -> f64 {
        let changed = *self.changed.get_or_insert(now);
        (changed + LONGEST_MS - now).clamp(0.0, REST_MS)
    }

    /// A version was taken.
    pub fn taken(&mut self) {
        self.changed = None;
    }
}

/// Which of these versions go at `now_ms`, by the rule above. They may have any order.
pub fn superfluous(versions: &[Version], now_ms: f64) -> Vec<Version> {
    let mut oldest_first = versions.to_vec();
    sort(&mut oldest_first);
    oldest_first.reverse();
    let mut gone = Vec::new();
    let mut differing: Vec<Version> = Vec::new();
    for version in oldest_first {
        match differing.last_mut() {
            Some(last) if last.same_text(&version) => {
                // The first with a text stays, or the one that was saved to a file.
                let is_saved = |version: &Version| version.reason == VersionReason::Saved;
                let stays = is_saved(&version) && !is_saved(last);
                gone.push(if stays { std::mem::replace(last, version) } else { version });
            }
            _ => differing.push(version),
        }
    }
    let (mut kept, mut bytes, mut last_period) = (0, 0_usize, None);
    for version in differing.into_iter().rev() {
        let period = period(version.time_ms, now_ms);
        let fits = kept < MOST_VERSIONS && bytes.saturating_add(version.bytes) <= MOST_BYTES;
        if kept == 0 || fits && (period.is_none() || period != last_period) {
            kept += 1;
            bytes = bytes.saturating_add(version.bytes);
            last_period = period;
        } else {
            gone.push(version);
        }
    }
    gone
}

/// The hour or the day of which one version stays; nothing in the last hour, where all stay.
fn period(time_ms: f64, now_ms: f64) -> Option<(u8, i64)> {
    match now_ms - time_ms {
        age if age < HOUR_MS => None,
        age if age < DAY_MS => Some((0, (time_ms / HOUR_MS).floor() as i64)),
        _ => Some((1, (time_ms / DAY_MS).floor() as i64)),
    }
}

/// The histories of drafts. A task that succeeds has written. A task that fails has written nothing.
pub trait History {
    /// The versions of a draft, the newest first, without their texts.
    fn versions(&self, id: DraftId) -> Task<'_, Vec<Version>>;

    /// The text of a version, with `\n` alone.
    fn version_text<'a>(&'a self, id: DraftId, version: &'a Version) -> Task<'a, Option<Rc<str>>>;

    /// Keeps these versions beside those that there are, and lets those go that are superfluous at `now_ms`. A version
    /// whose text the draft's newest has already is not kept once more.
    fn add_versions<'a>(&'a self, id: DraftId, added: &'a [(Version, Rc<str>)], now_ms: f64) -> Task<'a, ()>;
}

/// What becomes of a history to which versions are added: those that are written, and those that go.
pub(super) fn after_adding(
    stored: &[Version],
    added: &[(Version, Rc<str>)],
    now_ms: f64,
) -> (Vec<(Version, Rc<str>)>, Vec<Version>) {
    // One that is there already is not written again.
    let new: Vec<_> = added.iter().filter(|(version, _)| !stored.contains(version)).collect();
    let all: Vec<Version> = stored.iter().copied().chain(new.iter().map(|(version, _)| *version)).collect();
    let mut gone = superfluous(&all, now_ms);
    let mut written = Vec::new();
    for (version, text) in new {
        match gone.iter().position(|gone| gone == version) {
            Some(at) => drop(gone.swap_remove(at)),
            None => written.push((*version, Rc::clone(text))),
        }
    }
    gone.retain(|version| stored.contains(version));
    (written, gone)
}

/// Puts the newest first.
pub(super) fn sort(versions: &mut [Version]) {
    versions.sort_by(|one, other| other.time_ms.total_cmp(&one.time_ms).then(other.reason.cmp(&one.reason)));
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const MINUTE_MS: f64 = 60_000.0;
    /// Noon of a day.
    const NOON: f64 = 20_000.5 * DAY_MS;

    /// A version so many minutes before noon.
    fn before(minutes: f64) -> Version {
        let time_ms = NOON - minutes * MINUTE_MS;
        Version::of(&time_ms.to_string(), VersionReason::Pause, time_ms)
    }

    /// How many minutes before noon those that stay were taken.
    fn staying(minutes: &[f64]) -> Vec<f64> {
        let versions: Vec<_> = minutes.iter().map(|&minutes| before(minutes)).collect();
        let gone = superfluous(&versions, NOON);
        minutes.iter().copied().filter(|&minutes| !gone.contains(&before(minutes))).collect()
    }

    #[test]
    fn the_last_hour_stays_whole_then_one_of_each_hour_then_one_of_each_day() {
        assert_eq!(staying(&[1.0, 2.0, 3.0, 59.0]), [1.0, 2.0, 3.0, 59.0]);
        // From 10:00 to 11:00 the last one; from 9:00 to 10:00, too.
        assert_eq!(staying(&[61.0, 70.0, 119.0, 121.0, 150.0]), [61.0, 121.0]);
        // Of yesterday's hours before noon the last, and one of the day before.
        assert_eq!(staying(&[1450.0, 1500.0, 2000.0, 3000.0, 3100.0]), [1450.0, 3000.0]);
    }

    #[test]
    fn a_text_that_did_not_change_is_one_version() {
        let same = |minutes: f64| Version { time_ms: NOON - minutes * MINUTE_MS, ..before(0.0) };
        assert_eq!(superfluous(&[same(1.0), same(5.0), before(9.0), same(12.0)], NOON), [same(1.0)]);
        let saved = Version { reason: VersionReason::Saved, ..same(1.0) };
        assert_eq!(superfluous(&[saved, same(5.0), before(9.0)], NOON), [same(5.0)]);
        let opened = Version { reason: VersionReason::Opened, ..same(0.5) };
        assert_eq!(superfluous(&[opened, saved, before(9.0)], NOON), [opened]);
    }

    #[test]
    fn a_history_is_bounded_by_number_and_by_bytes_and_keeps_the_newest() {
        let many: Vec<_> = (0..300).map(|day| before(f64::from(day) * 1440.0)).collect();
        let gone = superfluous(&many, NOON);
        assert_eq!(gone, many[MOST_VERSIONS..]);
        let large = |minutes| Version { bytes: MOST_BYTES / 2 + 1, ..before(minutes) };
        assert_eq!(superfluous(&[large(3.0), large(1.0), large(2.0)], NOON), [large(2.0), large(3.0)]);
        let huge = Version { bytes: usize::MAX, ..before(1.0) };
        assert_eq!(superfluous(&[huge], NOON), []);
    }

    #[test]
    fn a_version_is_due_after_two_minutes_of_rest_and_after_ten_without_one() {
        let mut clock = VersionClock::default();
        assert_eq!(clock.typed(0.0), REST_MS);
        for minute in 1..8 {
            assert_eq!(clock.typed(f64::from(minute) * MINUTE_MS), REST_MS);
        }
        assert_eq!(clock.typed(9.0 * MINUTE_MS), MINUTE_MS);
        assert_eq!(clock.typed(10.5 * MINUTE_MS), 0.0);
        clock.taken();
        assert_eq!(clock.typed(11.0 * MINUTE_MS), REST_MS);
    }

    #[test]
    fn a_version_is_read_from_its_name() {
        for reason in VersionReason::NAMES.map(|(reason, _)| reason) {
            let version = Version::of("text", reason, 1_764_523_200_123.0);
            assert_eq!(Version::decode(&version.encode()), Some(version));
        }
        for name in ["", "1:pause:2", "x:pause:1:00000000000000ab", "inf:pause:1:00000000000000ab", "1:pause:1:ab"] {
            assert_eq!(Version::decode(name), None, "{name}");
        }
    }

    #[test]
    fn what_is_added_twice_is_written_once() {
        let version = before(1.0);
        let added = [(version, Rc::<str>::from("text"))];
        assert_eq!(after_adding(&[], &added, NOON), (added.to_vec(), Vec::new()));
        assert_eq!(after_adding(&[version], &added, NOON), (Vec::new(), Vec::new()));
        let again = Version { time_ms: NOON, ..version };
        assert_eq!(after_adding(&[version], &[(again, "text".into())], NOON), (Vec::new(), Vec::new()));
        let saved = Version { reason: VersionReason::Saved, ..again };
        let added = [(saved, Rc::<str>::from("text"))];
        assert_eq!(after_adding(&[version], &added, NOON), (added.to_vec(), vec![version]));
    }

    proptest! {
        /// What stays of texts that differ stays when it is thinned again, and the newest is there.
        #[test]
        fn thinning_is_settled_and_keeps_the_newest(minutes in prop::collection::vec(0_u32..20_000, 1..80)) {
            let mut stored: Vec<Version> = minutes.iter().map(|&minutes| before(f64::from(minutes))).collect();
            stored.sort_by(|one, other| one.time_ms.total_cmp(&other.time_ms));
            stored.dedup();
            let newest = stored.last().copied();
            let gone = superfluous(&stored, NOON);
            stored.retain(|version| !gone.contains(version));
            prop_assert_eq!(stored.last().copied(), newest);
            prop_assert_eq!(superfluous(&stored, NOON), Vec::new());
        }
    }
}
