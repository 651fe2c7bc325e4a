//! The hits of a search in the text of an editor. In: what finds them. Out: spans, and ranges of the mirror that show them.
//! Neighbours: `find_bar.rs` owns this; `hit_ranges.rs` paints.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use web_sys::{HtmlElement, Range};

use super::hit_ranges::HitRanges;
use crate::app::browser::dom::window;
use crate::app::editor::controller::EditorController;
use crate::text::Span;
use crate::writing::find::{Finder, next_hit, previous_hit};

/// So many hits are painted at most; the count has them all.
const MOST_PAINTED: usize = 2_000;

/// What was found in a text.
pub struct FoundInText {
    text: RefCell<Rc<str>>,
    hits: RefCell<Vec<Span>>,
    current: Cell<Option<usize>>,
    ranges: Option<HitRanges>,
}

impl FoundInText {
    /// Nothing found yet.
    pub fn new() -> Self {
        let ranges = HitRanges::new(&window());
        Self { text: RefCell::new("".into()), hits: RefCell::default(), current: Cell::default(), ranges }
    }

    /// How many there are, and which is selected (zero-based).
    pub fn count(&self) -> (usize, Option<usize>) {
        (self.hits.borrow().len(), self.current.get())
    }

    /// The selected hit, and the text that it is in.
    pub fn selected(&self) -> Option<(Rc<str>, Span)> {
        let hit = *self.hits.borrow().get(self.current.get()?)?;
        Some((Rc::clone(&self.text.borrow()), hit))
    }

    /// Looks for hits in the text as it stands now. With `from` (bytes) the first hit from there on is selected; without,
    /// the one that begins where the selected one began, if there is one.
    pub fn look(&self, editor: &EditorController, finder: Option<&Finder>, from: Option<usize>) {
        let text: Rc<str> = editor.textarea.text().into();
        let hits = finder.map_or_else(Vec::new, |finder| finder.hits(&text));
        let last = self.selected().map(|(_, hit)| hit.start);
        let current = match from {
            Some(from) => next_hit(&hits, from),
            None => last.and_then(|start| hits.iter().position(|hit| hit.start == start)),
        };
        *self.text.borrow_mut() = text;
        *self.hits.borrow_mut() = hits;
        self.current.set(current);
        self.paint(editor);
    }

    /// Selects the next hit from the caret on, or the one before it.
    pub fn step(&self, editor: &EditorController, forward: bool) {
        let text = Rc::clone(&self.text.borrow());
        let caret = editor.textarea.selection(&text);
        let hits = self.hits.borrow();
        let at = |index: usize| hits.get(index).is_some_and(|hit| *hit == caret);
        let next = match self.current.get().filter(|index| at(*index)) {
            Some(index) if forward => Some((index + 1) % hits.len()),
            Some(index) => index.checked_sub(1).or_else(|| hits.len().checked_sub(1)),
            None if forward => next_hit(&hits, caret.start),
            None => previous_hit(&hits, caret.start),
        };
        drop(hits);
        self.current.set(next);
    }

    /// Selects the hit in the textarea and brings it into view, without taking the focus from the bar.
    pub fn reveal(&self, editor: &EditorController) {
        if let Some((text, hit)) = self.selected() {
            editor.textarea.select(&text, hit);
            editor.scroll.show_in_editor(&editor.textarea, &editor.mirror, &text, hit.start);
        }
        self.paint(editor);
    }

    /// Paints the hits that are in view.
    pub fn paint(&self, editor: &EditorController) {
        let Some(ranges) = &self.ranges else { return };
        let text = Rc::clone(&self.text.borrow());
        editor.mirror.follow(&text);
        editor.mirror.follow_scroll();
        let area: &HtmlElement = &editor.textarea.element;
        let (top, height) = (f64::from(area.scroll_top()), f64::from(area.client_height()));
        let (from, to) = (editor.mirror.offset_at(top - height), editor.mirror.offset_at(top + 2.0 * height));
        let hits = self.hits.borrow();
        let selected = self.current.get();
        let first = hits.partition_point(|hit| hit.end < from);
        let (mut others, mut one): (Vec<Range>, Vec<Range>) = Default::default();
        for (index, hit) in hits.iter().enumerate().skip(first).take(MOST_PAINTED) {
            // The last row in view goes on to the end of its line.
            if hit.start > to && text.get(to..hit.start).is_none_or(|between| between.contains('\n')) {
                break;
            }
            if let Some(range) = editor.mirror.range_of(*hit) {
                if Some(index) == selected { one.push(range) } else { others.push(range) }
            }
        }
        ranges.show(others, one);
    }
}
