//! Small sites at random, read and built whole. In: bytes. Out: a crash where reading or rendering panics or never ends.
//! Neighbours: `tests/support/random_site.rs` makes the sites; `./dev fuzz site`.
#![no_main]

#[path = "../../tests/support/random_site.rs"]
mod random_site;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| random_site::build(random_site::site(data)));
