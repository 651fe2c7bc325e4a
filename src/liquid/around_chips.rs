//! A highlighter for code that may have chips in it. In: code and the name of its language. Out: runs. Neighbours: `code/`
//! asks a highlighter; the page and the command line put this one around theirs.
//!
//! A lexer knows nothing of chips: it reads a word in the place of each. A run that ends within a chip ends after it
//! instead.

use std::rc::Rc;

use super::chip;
use crate::code::Highlighter;
use crate::highlight::{Highlighted, Run};
use crate::text::Span;

/// Another highlighter, and chips.
pub struct AroundChips<H>(pub H);

impl<H: Highlighter> Highlighter for AroundChips<H> {
    fn highlight(&self, language: &str, code: &str) -> Highlighted {
        if !chip::any(code) {
            return self.0.highlight(language, code);
        }
        let (words, chips) = words(code);
        match self.0.highlight(language, &words) {
            Highlighted::Runs(runs) => Highlighted::Runs(around_chips(&runs, &chips)),
            other => other,
        }
    }

    fn add_table(&self, file: &str, bytes: &[u8]) -> bool {
        self.0.add_table(file, bytes)
    }
}

/// The code with a word of the same length, in bytes, for each chip, and where these are.
fn words(code: &str) -> (String, Vec<Span>) {
    let (mut words, mut chips) = (String::with_capacity(code.len()), Vec::new());
    while let Some(rest) = code.get(words.len()..).filter(|rest| !rest.is_empty()) {
        if let Some(length) = chip::length(rest) {
            chips.push(Span::new(words.len(), words.len() + length));
            words.extend(std::iter::repeat_n('x', length));
        } else {
            words.extend(rest.chars().next());
        }
    }
    (words, chips)
}

/// The runs without their ends that lie within a chip.
fn around_chips(runs: &[Run], chips: &[Span]) -> Rc<[Run]> {
    let mut chips = chips.iter().peekable();
    let (mut end, mut written) = (0, 0);
    let mut moved = |run: &Run| {
        end += run.length;
        while chips.next_if(|chip| chip.end <= end).is_some() {}
        let end = chips.peek().filter(|chip| chip.start < end).map_or(end, |chip| chip.end).max(written);
        let length = end - written;
        written = end;
        (length > 0).then_some(Run { length, ..*run })
    };
    runs.iter().filter_map(&mut moved).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_end_around_chips() {
        let chip = chip::encode("{{ a }}");
        let code = ["é", &chip, "b", &chip].concat();
        let (words, chips) = words(&code);
        assert_eq!(words, ["é", &"x".repeat(chip.len()), "b", &"x".repeat(chip.len())].concat());
        assert_eq!(chips.iter().map(|chip| chip.of(&code)).collect::<Vec<_>>(), [&chip, &chip]);

        let run = |class, length| Run { class, length };
        let length = chip.len();
        // One run after another: `é` and half of the chip, the rest of it in two runs, `b` and the other chip.
        let runs = [run("a", 4), run("b", 3), run("c", length - 5), run("", length + 1)];
        assert_eq!(*around_chips(&runs, &chips), [run("a", length + 2), run("", length + 1)]);
    }
}
