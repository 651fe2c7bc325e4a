//! The browser is killed while someone types: at most a quarter of a second of typing is lost. In: SIGKILL to every
//! process, at random moments. Three times, or `APERCU_KILLS`. Neighbours: `drafts.rs`.

use crate::engines;
use crate::support::Start;
use std::time::{Duration, Instant, SystemTime};

/// What may be lost: typing of the last quarter of a second.
const MAY_BE_LOST: Duration = Duration::from_millis(250);

/// Numbers that are different each time; the test says with which it failed (xorshift).
struct Random(u64);

impl Random {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % limit
    }
}

fn little_is_lost_when_the_browser_is_killed(start: Start) {
    let runs = std::env::var("APERCU_KILLS").ok().and_then(|text| text.parse().ok()).unwrap_or(3);
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    let mut random = Random(now.as_nanos() as u64 | 1);
    let mut page = start.open();
    let mut worst = Duration::ZERO;
    for run in 0..runs {
        let head = format!("---\ntitle: Run {run}\n---\n\n");
        page.write(&format!("{head}{}", "Words that stand here already. ".repeat(300)));
        page.to_end();
        page.wait_until_stored();
        let before = page.text();
        // When each letter was surely in the text.
        let mut typed: Vec<Instant> = Vec::new();
        let length = Duration::from_millis(400 + random.below(2600));
        let begin = Instant::now();
        while begin.elapsed() < length {
            page.type_keys(["a", "b", "c", "d"][typed.len() % 4]);
            typed.push(Instant::now());
            std::thread::sleep(Duration::from_millis(random.below(60)));
        }
        let killed = Instant::now();
        page.kill();
        page.restart();
        page.load();
        let after = page.text();
        assert!(after.starts_with(&before), "run {run}: what was there before is not: {after:?}");
        let kept = after.len() - before.len();
        let expected: String = (0..kept).map(|at| ["a", "b", "c", "d"][at % 4]).collect();
        assert_eq!(&after[before.len()..], expected, "run {run}");
        // The first letter that is missing was typed that long before the end.
        let lost = typed.get(kept).map_or(Duration::ZERO, |first| killed.saturating_duration_since(*first));
        worst = worst.max(lost);
        assert!(lost <= MAY_BE_LOST, "run {run}: {lost:?} of typing lost: {kept} of {} letters kept", typed.len());
    }
    eprintln!("{runs} kills, at worst {worst:?} of typing lost");
}
engines!(little_is_lost_when_the_browser_is_killed: Chromium Firefox);
