//! Hard texts at 10 KB, 100 KB and 1 MB: does the time grow with the length only? In: nothing. Out: a table of
//! milliseconds for the whole pipeline, and how much longer ten times the text takes.
//! Run with `cargo bench --bench pathological`. Neighbours: `tests/growth/` counts the work instead.

#[path = "../tests/support/families.rs"]
mod families;

use std::hint::black_box;
use std::time::Instant;

use apercu::markdown::Dialect;
use apercu::render::{Engines, RenderOptions, Renderer, Request};
use families::{FAMILIES, made};

/// Milliseconds of a first rendering, the best of three.
fn time(text: &str, options: &RenderOptions) -> f64 {
    let run = || {
        let start = Instant::now();
        let mut renderer = Renderer::new(options, Engines::all());
        black_box(renderer.render(&Request { file_name: None, text, now: 0, checks: None }));
        start.elapsed().as_secs_f64() * 1000.0
    };
    (0..3).map(|_| run()).fold(f64::INFINITY, f64::min)
}

fn main() {
    println!("   10 KB   100 KB      1 MB   growth from 100 KB   dialect and family");
    let mut worst: f64 = 0.0;
    for dialect in [Dialect::Jekyll, Dialect::GitHub] {
        let options = RenderOptions { dialect, body_only: true, ..RenderOptions::default() };
        for &family in FAMILIES {
            let [small, middle, large] = [10_000, 100_000, 1_000_000].map(|bytes| time(&made(family, bytes), &options));
            let growth = large / middle.max(0.05);
            worst = worst.max(growth);
            println!("{small:8.2} {middle:8.2} {large:9.2} {growth:10.1}             {dialect:?} {family:?}");
        }
    }
    println!("ten times the text takes at most {worst:.1} times as long");
}
