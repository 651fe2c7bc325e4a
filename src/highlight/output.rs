//! Collects the runs of a piece of code. In: a class and a text, one after the other. Out: the runs.
//! Neighbours: `interpreter.rs` and the hooks write, `languages.rs` hands the runs out.

use std::rc::Rc;

use super::languages::Run;
use super::token_class::TokenClass;

#[derive(Debug, Default)]
pub(super) struct Output {
    runs: Vec<Run>,
    last: TokenClass,
    length: usize,
}

impl Output {
    /// The next piece of the code. Neighbours of one class are one run.
    #[inline]
    pub(super) fn write(&mut self, class: TokenClass, text: &str) {
        if text.is_empty() {
            return;
        }
        if class != self.last {
            self.end_run();
            self.last = class;
        }
        self.length += text.len();
    }

    fn end_run(&mut self) {
        if self.length > 0 {
            self.runs.push(Run { class: self.last.name(), length: self.length });
            self.length = 0;
        }
    }

    pub(super) fn finish(mut self) -> Rc<[Run]> {
        self.end_run();
        self.runs.into()
    }
}
