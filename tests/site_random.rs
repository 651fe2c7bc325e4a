//! Small sites at random, read and built whole: nothing panics, and all of it ends. In: numbers from a fixed seed, or from
//! `APERCU_SEED`; `APERCU_COUNT` is how many sites. Out: failures, with the number of the site. Neighbours:
//! `support/random_site.rs` makes the sites; `./dev fuzz site` makes more.

#[path = "support/random_site.rs"]
mod random_site;

use std::rc::Rc;
use std::time::{Duration, Instant};

use apercu::site::source::{MemorySource, SiteSource};

/// A folder whose files vanish, one after the other, while they are read.
struct Vanishing(MemorySource, u8);

impl SiteSource for Vanishing {
    fn paths(&self) -> Vec<String> {
        self.0.paths()
    }

    fn read(&self, path: &str) -> Option<Rc<[u8]>> {
        let is_there = path.bytes().fold(self.1, u8::wrapping_add) % 3 > 0;
        self.0.read(path).filter(|_| is_there)
    }

    fn read_start(&self, path: &str, _length: usize) -> Option<Rc<[u8]>> {
        self.0.read(path)
    }

    fn modified(&self, path: &str) -> Option<i64> {
        self.0.modified(path)
    }
}

/// The bytes of a site (splitmix64).
fn bytes(seed: u64) -> Vec<u8> {
    let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15);
    let mut next = || {
        state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (state ^ (state >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    };
    (0..60).flat_map(|_| next().to_le_bytes()).collect()
}

#[test]
fn sites_at_random_are_built() {
    let number = |name: &str| std::env::var(name).ok().and_then(|text| text.parse::<u64>().ok());
    let seed = number("APERCU_SEED").unwrap_or(0);
    for number in seed..seed + number("APERCU_COUNT").unwrap_or(60) {
        let start = Instant::now();
        let built = std::panic::catch_unwind(|| random_site::build(random_site::site(&bytes(number))));
        assert!(built.is_ok(), "the site of the number {number}");
        // Not a measurement: what never ends does not end in a minute either.
        assert!(
            start.elapsed() < Duration::from_secs(60),
            "the site of the number {number} takes {:?}",
            start.elapsed()
        );
    }
}

#[test]
fn files_that_vanish_while_they_are_read_stop_nothing() {
    for number in 0..20 {
        let source = Vanishing(random_site::site(&bytes(1000 + u64::from(number))), number);
        random_site::build(source);
    }
}
