//! The work for a text grows with its length, whatever the text: twice the text costs about twice the instructions.
//! In: pieces that are repeated. Out: the texts for which it does not. Neighbours: `tests/support/steps.rs` counts; no
//! clock decides, so the tests hold on a busy machine, too. `benches/pathological.rs` shows times.

#[path = "../support/families.rs"]
mod families;
#[path = "../support/steps.rs"]
mod steps;
#[path = "../support/yaml_marks.rs"]
mod yaml_marks;

mod checks;
mod commands;
mod liquid;
mod markdown;
mod post;

use steps::Steps;

/// The shorter text, in bytes; the longer has twice as many.
const BYTES: usize = 2 << 10;

/// Twice the text may cost so many times as much. What sorts costs a little more than twice; what reads the rest of the
/// text again at each piece, four times.
const MOST: f64 = 2.5;

/// Compares the work of one function for texts and for texts twice as long.
struct Growth {
    steps: Steps,
    /// Instructions for the empty text.
    none: u64,
    worst: f64,
    too_much: Vec<String>,
}

impl Growth {
    /// Of a function of `examples/steps.rs`.
    fn of(function: &'static str) -> Self {
        let mut steps = Steps::of(function);
        let none = steps.count("");
        Self { steps, none, worst: 0.0, too_much: Vec::new() }
    }

    /// Compares texts of about so many bytes, which `text` makes.
    fn add(&mut self, text: impl Fn(usize) -> String) {
        let (short, long) = (text(BYTES), text(2 * BYTES));
        let mut work = |text: &str| self.steps.count(text).saturating_sub(self.none).max(1);
        let (few, many) = (work(&short), work(&long));
        let growth = many as f64 / few as f64;
        self.worst = self.worst.max(growth);
        if growth > MOST {
            let start: String = short.chars().take(60).collect();
            self.too_much.push(format!("{growth:.2}: {few} instructions, then {many}: {start:?}…"));
        }
    }

    /// Compares repetitions of a piece.
    fn repeat(&mut self, piece: &str) {
        self.add(|bytes| piece.repeat(bytes / piece.len()));
    }

    /// Fails with all texts that cost too much.
    fn check(self) {
        eprintln!("at most {:.2} times the work for twice the text", self.worst);
        assert!(self.too_much.is_empty(), "{:#?}", self.too_much);
    }
}

/// Were the work too much, it would be seen: a function that reads the rest of the text again at each byte is.
#[test]
#[should_panic(expected = "instructions, then")]
fn what_grows_with_the_square_is_found() {
    let mut growth = Growth::of("square");
    growth.repeat("a");
    growth.check();
}
