//! `Saver`: when to put a draft. In: that there was input, and how puts ended, each with the time. Out: what to do
//! next. It has no clock and no store. Neighbours: `app/drafts/` asks it after every event and sets a timer for the
//! next.
//!
//! A burst of input is put when it pauses, at the latest `BURST_MS` after its first change; one put at a time. What a
//! killed browser loses is what was typed since the last put began: 100 ms, and the time of that put. A put may write
//! an edit alone, to the draft's journal. When nothing was typed for `COMPACT_MS`, the store is asked to compact the
//! journal.

use super::StorageError;

/// A put begins at most this many milliseconds after the first change that is in no put.
const BURST_MS: f64 = 100.0;
/// A put begins earlier when there was no input for this many milliseconds. The wait grows with the time that puts
/// take, up to `BURST_MS`, so that a slow store is asked less often.
const QUIET_MS: f64 = 50.0;
/// A put without an answer for this many milliseconds is shown as failed; it is not repeated, as it may still be
/// written.
const STALLED_MS: f64 = 10_000.0;
/// The wait before the first repetition of a failed put, in milliseconds; each further failure doubles it.
const RETRY_MS: f64 = 250.0;
/// The longest wait before a repetition, in milliseconds.
const RETRY_MAX_MS: f64 = 10_000.0;
/// A journal is compacted when nothing was typed for this many milliseconds.
const COMPACT_MS: f64 = 2_000.0;
/// A journal of this many edits gets no more: the next put writes the whole text, which empties it.
const MOST_EDITS: u32 = 100;

/// What to do next.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum SaverStep {
    /// Nothing until the next input, answer or flush.
    Idle,
    /// Ask again at this time, on the clock the saver is told.
    WaitUntil(f64),
    /// Put the text as it is now, then report with `done`. The saver counts the put as begun.
    PutNow,
    /// Have the journal compacted, then report with `done`. The saver counts this as begun.
    CompactNow,
}

/// What a put has written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Held {
    /// The whole text; the journal is empty.
    Whole,
    /// An edit, at the end of the journal.
    Edit,
}

/// What the writer is shown.
#[derive(Clone, Debug, PartialEq)]
pub enum SaveState {
    /// Everything typed is stored.
    Saved,
    /// Everything typed is being stored.
    Saving,
    /// Something typed is not yet being stored.
    Unsaved,
    /// Something typed is not stored and the last try failed; the sentence says why.
    Failed(String),
}

/// Changes that no put holds yet: the times of the first and the last.
#[derive(Clone, Copy, Debug)]
struct Dirty {
    first: f64,
    last: f64,
}

#[derive(Clone, Copy, Debug)]
struct UnderWay {
    started: f64,
    /// The changes that it writes; nothing where it compacts.
    holds: Option<Dirty>,
}

/// Edits that the store has beside the whole text.
#[derive(Clone, Copy, Debug)]
struct Journal {
    edits: u32,
    /// When to compact it, should nothing be typed until then.
    compact_at: f64,
}

#[derive(Clone, Debug)]
struct PutFailure {
    message: String,
    count: u32,
    /// When to try again; nothing where a person has to decide first.
    retry_at: Option<f64>,
}

/// The state of saving one draft. Times are milliseconds on any clock that does not go back.
#[derive(Clone, Debug)]
pub struct Saver {
    dirty: Option<Dirty>,
    flight: Option<UnderWay>,
    failure: Option<PutFailure>,
    journal: Option<Journal>,
    flush: bool,
    quiet: f64,
}

impl Default for Saver {
    fn default() -> Self {
        Self::new()
    }
}

impl Saver {
    /// Nothing typed, nothing to do.
    pub fn new() -> Self {
        Self { dirty: None, flight: None, failure: None, journal: None, flush: false, quiet: QUIET_MS }
    }

    /// The text changed.
    pub fn input(&mut self, now: f64) {
        let first = self.dirty.map_or(now, |dirty| dirty.first);
        self.dirty = Some(Dirty { first, last: now });
        if let Some(journal) = &mut self.journal {
            journal.compact_at = now + COMPACT_MS;
        }
    }

    /// Whether the next put may write an edit alone.
    pub fn takes_edits(&self) -> bool {
        self.journal.is_none_or(|journal| journal.edits < MOST_EDITS)
    }

    /// The page may go away (`visibilitychange` to hidden, `pagehide`): no more waiting for a pause or a repetition.
    pub fn flush(&mut self) {
        self.flush = self.dirty.is_some() || self.flight.is_some();
    }

    /// A person has decided what a conflict or another lasting failure left open: trying goes on.
    pub fn resume(&mut self, now: f64) {
        if let Some(failure) = &mut self.failure {
            failure.retry_at = Some(now);
        }
    }

    /// The put or the compacting that `poll` asked for has ended. A failed put that a person has to decide on (a
    /// conflict, a damaged record) stops the trying until `resume`. A failed compacting loses nothing and is tried
    /// again later.
    pub fn done(&mut self, now: f64, result: Result<Held, &StorageError>) {
        let Some(flight) = self.flight.take() else { return };
        match (result, flight.holds) {
            (Ok(held), holds) => {
                let edits = self.journal.map_or(0, |journal| journal.edits);
                self.journal = match held {
                    Held::Whole => None,
                    Held::Edit => Some(Journal { edits: edits + 1, compact_at: now + COMPACT_MS }),
                };
                if holds.is_some() {
                    self.failure = None;
                    self.quiet = (now - flight.started).clamp(QUIET_MS, BURST_MS);
                }
            }
            (Err(_), None) => {
                if let Some(journal) = &mut self.journal {
                    journal.compact_at = now + RETRY_MAX_MS;
                }
            }
            (Err(error), Some(holds)) => {
                let last = self.dirty.map_or(holds.last, |dirty| dirty.last);
                self.dirty = Some(Dirty { first: holds.first, last });
                let count = self.failure.as_ref().map_or(0, |failure| failure.count);
                let wait = (RETRY_MS * f64::from(1 << count.min(16))).min(RETRY_MAX_MS);
                let retry_at = error.passes().then_some(now + wait);
                self.failure = Some(PutFailure { message: error.message(), count: count + 1, retry_at });
            }
        }
    }

    /// What to do at `now`.
    pub fn poll(&mut self, now: f64) -> SaverStep {
        if let Some(flight) = self.flight {
            let stalls = flight.started + STALLED_MS;
            return if now < stalls { SaverStep::WaitUntil(stalls) } else { SaverStep::Idle };
        }
        let Some(dirty) = self.dirty else {
            self.flush = false;
            return match self.journal {
                Some(journal) if now < journal.compact_at => SaverStep::WaitUntil(journal.compact_at),
                Some(_) => {
                    self.flight = Some(UnderWay { started: now, holds: None });
                    SaverStep::CompactNow
                }
                None => SaverStep::Idle,
            };
        };
        let due = match &self.failure {
            Some(PutFailure { retry_at: None, .. }) => return SaverStep::Idle,
            _ if self.flush => now,
            Some(PutFailure { retry_at: Some(at), .. }) => *at,
            None => (dirty.first + BURST_MS).min(dirty.last + self.quiet),
        };
        if now < due {
            return SaverStep::WaitUntil(due);
        }
        self.dirty = None;
        self.flush = false;
        self.flight = Some(UnderWay { started: now, holds: Some(dirty) });
        SaverStep::PutNow
    }

    /// What to show at `now`.
    pub fn state(&self, now: f64) -> SaveState {
        let put = self.flight.filter(|flight| flight.holds.is_some());
        let stalled = put.is_some_and(|flight| now >= flight.started + STALLED_MS);
        match (&self.failure, put, self.dirty) {
            (Some(failure), _, _) => SaveState::Failed(failure.message.clone()),
            _ if stalled => SaveState::Failed("The browser's storage does not answer; it may still be writing.".into()),
            (None, _, Some(_)) => SaveState::Unsaved,
            (None, Some(_), None) => SaveState::Saving,
            (None, None, None) => SaveState::Saved,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn failed(saver: &Saver, now: f64) -> bool {
        matches!(saver.state(now), SaveState::Failed(_))
    }

    #[test]
    fn a_pause_ends_the_burst() {
        let mut saver = Saver::new();
        assert_eq!(saver.poll(0.0), SaverStep::Idle);
        saver.input(1000.0);
        assert_eq!(saver.state(1000.0), SaveState::Unsaved);
        assert_eq!(saver.poll(1000.0), SaverStep::WaitUntil(1050.0));
        saver.input(1030.0);
        assert_eq!(saver.poll(1050.0), SaverStep::WaitUntil(1080.0));
        assert_eq!(saver.poll(1080.0), SaverStep::PutNow);
        assert_eq!(saver.state(1080.0), SaveState::Saving);
        saver.done(1090.0, Ok(Held::Whole));
        assert_eq!(saver.state(1090.0), SaveState::Saved);
        assert_eq!(saver.poll(1090.0), SaverStep::Idle);
    }

    #[test]
    fn steady_typing_is_put_after_100_ms() {
        let mut saver = Saver::new();
        for t in [0.0, 20.0, 40.0, 60.0, 80.0] {
            saver.input(t);
            assert!(matches!(saver.poll(t), SaverStep::WaitUntil(_)));
        }
        assert_eq!(saver.poll(99.0), SaverStep::WaitUntil(100.0));
        assert_eq!(saver.poll(100.0), SaverStep::PutNow);
    }

    #[test]
    fn what_is_typed_during_a_put_waits_for_its_end() {
        let mut saver = Saver::new();
        saver.input(0.0);
        assert_eq!(saver.poll(50.0), SaverStep::PutNow);
        saver.input(60.0);
        assert_eq!(saver.state(60.0), SaveState::Unsaved);
        assert!(matches!(saver.poll(400.0), SaverStep::WaitUntil(_)));
        saver.done(400.0, Ok(Held::Whole));
        assert_eq!(saver.poll(400.0), SaverStep::PutNow);
    }

    #[test]
    fn a_slow_store_is_asked_less_often() {
        let mut saver = Saver::new();
        saver.input(0.0);
        assert_eq!(saver.poll(50.0), SaverStep::PutNow);
        saver.done(130.0, Ok(Held::Whole));
        saver.input(1000.0);
        assert_eq!(saver.poll(1000.0), SaverStep::WaitUntil(1080.0));
    }

    #[test]
    fn a_failed_put_is_repeated_at_growing_distances_until_it_succeeds() {
        let mut saver = Saver::new();
        saver.input(0.0);
        let (mut now, mut waits) = (50.0, Vec::new());
        assert_eq!(saver.poll(now), SaverStep::PutNow);
        for _ in 0..8 {
            saver.done(now, Err(&StorageError::Full));
            assert_eq!(saver.state(now), SaveState::Failed(StorageError::Full.message()));
            let SaverStep::WaitUntil(at) = saver.poll(now) else { panic!("a failure waits") };
            waits.push(at - now);
            now = at;
            assert_eq!(saver.poll(now), SaverStep::PutNow);
            assert!(failed(&saver, now), "still failed while it is repeated");
        }
        assert_eq!(waits, [250.0, 500.0, 1000.0, 2000.0, 4000.0, 8000.0, 10_000.0, 10_000.0]);
        saver.done(now, Ok(Held::Whole));
        assert_eq!(saver.state(now), SaveState::Saved);
        saver.input(now);
        assert_eq!(saver.poll(now + 50.0), SaverStep::PutNow);
    }

    #[test]
    fn a_conflict_waits_for_a_decision() {
        let theirs = Box::new(super::super::Draft::new(super::super::DraftId(1), 0.0));
        let mut saver = Saver::new();
        saver.input(0.0);
        assert_eq!(saver.poll(50.0), SaverStep::PutNow);
        saver.done(60.0, Err(&StorageError::Conflict { theirs }));
        saver.input(70.0);
        saver.flush();
        assert_eq!(saver.poll(1e9), SaverStep::Idle);
        assert!(failed(&saver, 1e9));
        saver.resume(1e9);
        assert_eq!(saver.poll(1e9), SaverStep::PutNow);
    }

    #[test]
    fn a_flush_waits_for_nothing_but_the_put_in_flight() {
        let mut saver = Saver::new();
        saver.flush();
        assert_eq!(saver.poll(0.0), SaverStep::Idle);
        saver.input(1.0);
        saver.flush();
        assert_eq!(saver.poll(1.0), SaverStep::PutNow);
        saver.input(2.0);
        saver.flush();
        assert!(matches!(saver.poll(2.0), SaverStep::WaitUntil(_)));
        saver.done(3.0, Err(&StorageError::Full));
        assert_eq!(saver.poll(3.0), SaverStep::PutNow);
    }

    #[test]
    fn an_old_flush_does_not_hurry_later_input() {
        let mut saver = Saver::new();
        saver.input(0.0);
        saver.flush();
        assert_eq!(saver.poll(0.0), SaverStep::PutNow);
        saver.flush();
        saver.done(5.0, Ok(Held::Whole));
        assert_eq!(saver.poll(5.0), SaverStep::Idle);
        saver.input(100.0);
        assert_eq!(saver.poll(100.0), SaverStep::WaitUntil(150.0));
    }

    #[test]
    fn a_put_without_an_answer_is_shown_but_not_repeated() {
        let mut saver = Saver::new();
        saver.input(0.0);
        assert_eq!(saver.poll(50.0), SaverStep::PutNow);
        assert_eq!(saver.poll(60.0), SaverStep::WaitUntil(10_050.0));
        assert_eq!(saver.poll(10_050.0), SaverStep::Idle);
        assert!(failed(&saver, 10_050.0));
        saver.done(20_000.0, Ok(Held::Whole));
        assert_eq!(saver.state(20_000.0), SaveState::Saved);
    }

    #[test]
    fn a_journal_is_compacted_in_a_pause_and_not_before() {
        let mut saver = Saver::new();
        saver.input(0.0);
        assert_eq!(saver.poll(50.0), SaverStep::PutNow);
        saver.done(60.0, Ok(Held::Edit));
        assert_eq!(saver.state(60.0), SaveState::Saved);
        assert_eq!(saver.poll(60.0), SaverStep::WaitUntil(2060.0));
        saver.input(2000.0);
        assert_eq!(saver.poll(2050.0), SaverStep::PutNow);
        saver.done(2060.0, Ok(Held::Edit));
        assert_eq!(saver.poll(2060.0), SaverStep::WaitUntil(4060.0));
        // Leaving does not wait for it: the next visit compacts.
        saver.flush();
        assert_eq!(saver.poll(2070.0), SaverStep::WaitUntil(4060.0));
        assert_eq!(saver.poll(4060.0), SaverStep::CompactNow);
        assert_eq!(saver.state(4070.0), SaveState::Saved);
        saver.done(4080.0, Ok(Held::Whole));
        assert_eq!(saver.poll(4080.0), SaverStep::Idle);
    }

    #[test]
    fn a_failed_compacting_is_no_failure_and_is_tried_again_later() {
        let mut saver = Saver::new();
        saver.input(0.0);
        assert_eq!(saver.poll(50.0), SaverStep::PutNow);
        saver.done(60.0, Ok(Held::Edit));
        assert_eq!(saver.poll(2060.0), SaverStep::CompactNow);
        saver.done(2070.0, Err(&StorageError::Full));
        assert_eq!(saver.state(2070.0), SaveState::Saved);
        assert_eq!(saver.poll(2070.0), SaverStep::WaitUntil(12_070.0));
    }

    #[test]
    fn a_long_journal_ends_with_a_whole_text() {
        let mut saver = Saver::new();
        for at in 0..MOST_EDITS {
            assert!(saver.takes_edits());
            saver.input(f64::from(at) * 1000.0);
            assert_eq!(saver.poll(f64::from(at) * 1000.0 + 50.0), SaverStep::PutNow);
            saver.done(f64::from(at) * 1000.0 + 60.0, Ok(Held::Edit));
        }
        assert!(!saver.takes_edits());
        saver.input(1e6);
        assert_eq!(saver.poll(1e6 + 50.0), SaverStep::PutNow);
        saver.done(1e6 + 60.0, Ok(Held::Whole));
        assert!(saver.takes_edits());
    }

    /// Types at the given distances into a store whose puts take the given times, with a timer that fires when asked
    /// to. Gives, for each put, the wait since the first change it holds and since the store was free, and the texts.
    fn run(gaps: &[u32], costs: &[u32]) -> (Vec<(f64, f64)>, usize, usize) {
        let (mut saver, mut puts) = (Saver::new(), Vec::new());
        let times: Vec<f64> = gaps
            .iter()
            .scan(0.0, |t, &gap| {
                *t += f64::from(gap);
                Some(*t)
            })
            .collect();
        let (mut now, mut typed, mut held, mut stored) = (0.0_f64, 0, 0, 0);
        let (mut first, mut free, mut ends) = (None, 0.0, None);
        loop {
            let next = saver.poll(now);
            if next == SaverStep::PutNow {
                assert!(ends.is_none(), "one put at a time");
                puts.push((now - first.take().unwrap_or(now), now - free));
                held = typed;
                ends = Some((now + f64::from(costs[puts.len() % costs.len()]), Held::Edit));
                continue;
            }
            if next == SaverStep::CompactNow {
                assert!(ends.is_none() && held == typed, "only when everything is stored");
                ends = Some((now + f64::from(costs[0]), Held::Whole));
                continue;
            }
            let timer = if let SaverStep::WaitUntil(at) = next { at } else { f64::INFINITY };
            let key = times.get(typed).copied().unwrap_or(f64::INFINITY);
            let (end, written) = ends.unwrap_or((f64::INFINITY, Held::Whole));
            if key <= end && key <= timer && key.is_finite() {
                now = key;
                typed += 1;
                first.get_or_insert(now);
                saver.input(now);
            } else if end <= timer && end.is_finite() {
                (now, free, ends, stored) = (end, end, None, held);
                saver.done(now, Ok(written));
            } else if timer.is_finite() {
                now = timer;
            } else {
                assert_eq!(saver.state(now), SaveState::Saved);
                return (puts, typed, stored);
            }
        }
    }

    proptest! {
        #[test]
        fn a_put_begins_within_100_ms_of_the_first_change_or_when_the_store_is_free(
            gaps in prop::collection::vec(0_u32..400, 1..60),
            costs in prop::collection::vec(0_u32..300, 1..8),
        ) {
            let (puts, typed, stored) = run(&gaps, &costs);
            for (waited, idle) in puts {
                prop_assert!(waited <= 100.0 || idle == 0.0, "waited {} ms, the store idle for {}", waited, idle);
            }
            prop_assert_eq!(typed, gaps.len());
            prop_assert_eq!(stored, typed);
        }

        #[test]
        fn with_a_quick_store_nothing_waits_longer_than_100_ms(gaps in prop::collection::vec(0_u32..200, 1..60)) {
            let (puts, _, _) = run(&gaps, &[20]);
            for (waited, _) in puts {
                prop_assert!(waited <= 100.0, "waited {} ms", waited);
            }
        }

        #[test]
        fn no_order_of_events_loses_that_something_is_unsaved(events in prop::collection::vec((0_u8..7, 0_u32..900), 0..80)) {
            let (mut saver, mut now, mut flight) = (Saver::new(), 0.0, SaverStep::Idle);
            let (mut typed, mut held, mut stored) = (0, 0, 0);
            for (event, later) in events {
                now += f64::from(later);
                match event {
                    0 | 1 => {
                        typed += 1;
                        saver.input(now);
                    }
                    2 => saver.flush(),
                    3 | 4 => {
                        if flight == SaverStep::PutNow {
                            stored = held;
                        }
                        flight = SaverStep::Idle;
                        saver.done(now, Ok(if event == 3 { Held::Whole } else { Held::Edit }));
                    }
                    5 => {
                        flight = SaverStep::Idle;
                        saver.done(now, Err(&StorageError::Full));
                    }
                    _ => {
                        let next = saver.poll(now);
                        if matches!(next, SaverStep::PutNow | SaverStep::CompactNow) {
                            prop_assert_eq!(flight, SaverStep::Idle, "one at a time");
                            prop_assert!(next == SaverStep::PutNow || stored == typed);
                            flight = next;
                            held = typed;
                        }
                    }
                }
                prop_assert_eq!(saver.state(now) == SaveState::Saved, stored == typed && flight != SaverStep::PutNow);
            }
        }
    }
}
