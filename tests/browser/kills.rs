//! The browser is killed while someone types: what the page called stored is still there. In: SIGKILL to every process,
//! after a random number of letters. Three times, or `APERCU_KILLS`; the letters follow from `APERCU_SEED`.
//! Neighbours: `drafts.rs`; `src/storage/saver.rs` holds when a put begins, in times that its tests give it.

use crate::engines;
use crate::support::Start;
use serde_json::json;
use std::time::{Duration, Instant, SystemTime};

/// Random numbers that follow from a seed (xorshift).
struct Random(u64);

impl Random {
    /// From `APERCU_SEED`, or another seed each time. Says which: the output of a test that fails is shown.
    fn seeded() -> Self {
        let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
        let given = std::env::var("APERCU_SEED").ok();
        let seed = given.map_or(now.as_nanos() as u64, |text| text.parse().expect("APERCU_SEED is a number"));
        eprintln!("APERCU_SEED={seed}");
        // Zero would stay zero.
        Self(seed.wrapping_mul(2).wrapping_add(1))
    }

    fn below(&mut self, limit: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % limit
    }
}

fn letters(count: usize) -> String {
    "abcd".chars().cycle().take(count).collect()
}

fn what_is_stored_survives_when_the_browser_is_killed(start: Start) {
    let runs = std::env::var("APERCU_KILLS").map_or(3, |text| text.parse().expect("APERCU_KILLS is a number"));
    let mut random = Random::seeded();
    let mut page = start.open();
    let mut worst = Duration::ZERO;
    for run in 0..runs {
        let head = format!("---\ntitle: Run {run}\n---\n\n");
        page.write(&format!("{head}{}", "Words that stand here already. ".repeat(300)));
        page.to_end();
        page.wait_until_stored();
        let before = page.text();
        // When each letter was surely in the text, and how many letters the page has called stored.
        let mut typed: Vec<Instant> = Vec::new();
        let mut stored = 0;
        for _ in 0..20 + random.below(60) {
            page.type_keys(&letters(typed.len() + 1)[typed.len()..]);
            typed.push(Instant::now());
            // Now and then the typing pauses.
            if random.below(20) == 0 {
                page.wait_until_stored();
            }
            if page.js("return document.body.saved;", json!([])) == "saved" {
                stored = typed.len();
            }
        }
        let killed = Instant::now();
        page.kill();
        page.restart();
        page.load();
        let after = page.text();
        assert!(after.starts_with(&before), "run {run}: what was there before is not: {after:?}");
        let kept = after.len() - before.len();
        assert_eq!(&after[before.len()..], letters(kept), "run {run}");
        assert!(kept >= stored, "run {run}: {stored} of {} letters were stored, {kept} are kept", typed.len());
        // For the reader of the output: how long before the end the first lost letter was typed.
        let lost = typed.get(kept).map_or(Duration::ZERO, |first| killed.saturating_duration_since(*first));
        worst = worst.max(lost);
    }
    eprintln!("{runs} kills, at worst {worst:?} of typing lost");
}
engines!(what_is_stored_survives_when_the_browser_is_killed: Chromium Firefox);
