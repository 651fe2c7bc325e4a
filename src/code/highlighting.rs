//! Asks for the runs of code where what knows them is loaded, and notes what is missing. In: code and the name of its
//! language. Out: runs, or none: the code stays plain. Neighbours: `highlight/` knows the languages; `liquid/` and
//! `markdown/block/` ask while they render; `render/` tells what is missing.
//!
//! The first preview does without all of it, so nothing here names a function of `highlight/` but the one behind
//! `Highlighter`.

use std::cell::{Cell, RefCell};
use std::fmt;
use std::rc::Rc;

use super::html_cache::{CodeHtml, CodeLayout};
use super::names;
use crate::highlight::{Cache, Highlighted, Languages, Run};

/// What gives code its runs.
pub trait Highlighter {
    /// The runs of code in the language of that name, as Rouge knows it; case counts.
    fn highlight(&self, language: &str, code: &str) -> Highlighted;

    /// Adds a file that was missing. False if it is none of this program.
    fn add_table(&self, file: &str, bytes: &[u8]) -> bool;
}

impl Highlighter for Languages {
    fn highlight(&self, language: &str, code: &str) -> Highlighted {
        self.find(language).map_or(Highlighted::NoTable, |lexer| self.tokens(lexer, code))
    }

    fn add_table(&self, file: &str, bytes: &[u8]) -> bool {
        Self::add_table(self, file, bytes)
    }
}

/// Asks for runs while posts are rendered. Clones share everything. The default knows none.
#[derive(Clone, Default)]
pub struct Highlighting(Rc<HighlightingState>);

impl fmt::Debug for Highlighting {
    /// The highlighter and its tables are left out: their `Debug` would be a large part of what is loaded for code.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Highlighting")
    }
}

#[derive(Default)]
struct HighlightingState {
    highlighter: RefCell<Option<Rc<dyn Highlighter>>>,
    is_wanted: Cell<bool>,
    has_stopped: Cell<bool>,
    missing_tables: RefCell<Vec<String>>,
    /// How often something was added.
    additions: Cell<u32>,
    outcome: Cell<Outcome>,
    html: RefCell<Cache<(), Rc<CodeHtml>>>,
}

/// What happened to the code that was asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    /// Whether code is plain because something is not loaded yet.
    pub lacks: bool,
    /// Whether code is plain because reading it takes too long.
    pub over_budget: bool,
}

impl Highlighting {
    /// Asks `highlighter`.
    pub fn with(highlighter: Rc<dyn Highlighter>) -> Self {
        let highlighting = Self::default();
        highlighting.set(highlighter);
        highlighting
    }

    /// Asks `highlighter` from now on.
    pub fn set(&self, highlighter: Rc<dyn Highlighter>) {
        *self.0.highlighter.borrow_mut() = Some(highlighter);
        self.0.is_wanted.set(false);
        self.0.additions.set(self.0.additions.get() + 1);
    }

    /// The highlighter has stopped in the middle of its work: all code is plain from now on.
    pub fn stop(&self) {
        self.0.highlighter.take();
        self.0.has_stopped.set(true);
        self.0.missing_tables.take();
    }

    /// The highlighter.
    pub fn highlighter(&self) -> Option<Rc<dyn Highlighter>> {
        self.0.highlighter.borrow().clone()
    }

    /// Whether there is a highlighter.
    pub fn is_loaded(&self) -> bool {
        self.0.highlighter.borrow().is_some()
    }

    /// The highlighter got these tables.
    pub fn tables_added(&self, files: &[String]) {
        self.0.missing_tables.borrow_mut().retain(|file| !files.contains(file));
        self.0.additions.set(self.0.additions.get() + 1);
    }

    /// Whether there is code that a highlighter could read, and no highlighter.
    pub fn is_wanted(&self) -> bool {
        self.0.is_wanted.get()
    }

    /// The files with the tables that code was asked for in vain.
    pub fn missing_tables(&self) -> Vec<String> {
        self.0.missing_tables.borrow().clone()
    }

    /// A number that changes whenever code that lacked something may get its runs.
    pub(crate) fn additions(&self) -> u32 {
        self.0.additions.get()
    }

    /// What happened to the code that was asked for since the last call.
    pub(crate) fn take_outcome(&self) -> Outcome {
        self.0.outcome.take()
    }

    /// The HTML of code with that layout, as it was written before, or as `write` writes it.
    pub fn html(&self, code: &str, layout: CodeLayout, write: impl FnOnce(CodeLayout) -> CodeHtml) -> Rc<CodeHtml> {
        if let Some(known) = self.0.html.borrow_mut().get((), code).filter(|known| known.layout.is(&layout)) {
            return known;
        }
        let html = Rc::new(write(layout));
        self.0.html.borrow_mut().put((), code, Rc::clone(&html));
        html
    }

    /// The runs of code in the language of that name; case counts. `None` where the code is plain text, for whatever
    /// reason.
    pub fn runs(&self, language: &str, code: &str) -> Option<Rc<[Run]>> {
        if !names::has_spans(language) {
            return None;
        }
        let mut outcome = self.0.outcome.get();
        // Nothing is borrowed while it works: it may stop in the middle.
        let runs = match self.highlighter().map(|highlighter| highlighter.highlight(language, code)) {
            Some(Highlighted::Runs(runs)) => Some(runs),
            Some(Highlighted::NoTable) => None,
            Some(Highlighted::OverBudget) => {
                outcome.over_budget = true;
                None
            }
            Some(Highlighted::TableMissing(files)) => {
                outcome.lacks = true;
                let mut missing = self.0.missing_tables.borrow_mut();
                let new: Vec<String> = files.into_iter().filter(|file| !missing.contains(file)).collect();
                missing.extend(new);
                None
            }
            None if self.0.has_stopped.get() => None,
            None => {
                outcome.lacks = true;
                self.0.is_wanted.set(true);
                None
            }
        };
        self.0.outcome.set(outcome);
        runs
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Knows `ruby` once its table is there, and takes too long over `rust`.
    #[derive(Debug, Default)]
    struct Stand(Cell<bool>);

    impl Highlighter for Stand {
        fn highlight(&self, language: &str, code: &str) -> Highlighted {
            match language {
                "ruby" if self.0.get() => Highlighted::Runs([Run { class: "k", length: code.len() }].into()),
                "ruby" => Highlighted::TableMissing(vec!["ruby-1".to_owned()]),
                "rust" => Highlighted::OverBudget,
                _ => Highlighted::NoTable,
            }
        }

        fn add_table(&self, _file: &str, _bytes: &[u8]) -> bool {
            !self.0.replace(true)
        }
    }

    #[test]
    fn what_is_missing_is_noted_until_it_comes() {
        let highlighting = Highlighting::default();
        assert_eq!((highlighting.runs("text", "a"), highlighting.runs("Ruby", "a")), (None, None));
        assert!(!highlighting.is_wanted());
        assert_eq!(highlighting.runs("ruby", "a"), None);
        assert!(highlighting.is_wanted() && highlighting.take_outcome().lacks);

        let highlighter = Rc::new(Stand::default());
        let before = highlighting.additions();
        highlighting.set(highlighter.clone());
        assert!(!highlighting.is_wanted() && highlighting.additions() != before);
        assert_eq!((highlighting.runs("ruby", "a"), highlighting.runs("ruby", "b")), (None, None));
        assert_eq!(highlighting.missing_tables(), ["ruby-1"]);
        assert!(highlighting.take_outcome().lacks);

        assert!(highlighter.add_table("ruby-1", b""));
        highlighting.tables_added(&highlighting.missing_tables());
        assert_eq!(highlighting.runs("ruby", "ab").as_deref(), Some(&[Run { class: "k", length: 2 }][..]));
        assert!(highlighting.missing_tables().is_empty());
        assert_eq!(highlighting.take_outcome(), Outcome::default());

        highlighting.stop();
        assert_eq!(highlighting.runs("ruby", "ab"), None);
        assert!(!highlighting.is_wanted() && highlighting.take_outcome() == Outcome::default());
    }

    #[test]
    fn code_that_takes_too_long_is_told_apart() {
        let highlighting = Highlighting::with(Rc::new(Stand::default()));
        assert_eq!((highlighting.runs("rust", "a"), highlighting.runs("perl", "a")), (None, None));
        assert_eq!(highlighting.take_outcome(), Outcome { lacks: false, over_budget: true });
        assert_eq!(highlighting.take_outcome(), Outcome::default());
    }
}
