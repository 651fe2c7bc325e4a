//! The hits of a search as they are painted: the selected one otherwise than all others. In: ranges. Out: what
//! `::highlight(…)` of a style sheet paints. Neighbours: `found_in_text.rs` and `found_in_preview.rs` have the hits.

use web_sys::{Range, Window};

use crate::app::browser::text_ranges::TextRanges;

/// Painted hits in one window.
pub struct HitRanges {
    others: TextRanges,
    selected: TextRanges,
}

impl HitRanges {
    /// None painted yet; `None` where the browser cannot paint ranges.
    pub fn new(view: &Window) -> Option<Self> {
        let others = TextRanges::new(view, "apercu-hit", 1)?;
        Some(Self { others, selected: TextRanges::new(view, "apercu-current-hit", 2)? })
    }

    /// Paints these, and none of those before.
    pub fn show(&self, others: Vec<Range>, selected: Vec<Range>) {
        self.others.show(others);
        self.selected.show(selected);
    }
}
