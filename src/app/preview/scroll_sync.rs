//! Editor and preview scroll together by source position. In: which side the user scrolled. Out: the other side's
//! scroll. Neighbours: `mirror.rs` knows heights in the editor, `preview.rs` in the frame.

use std::cell::Cell;
use std::rc::Rc;

use crate::app::editor::mirror::Mirror;
use crate::app::editor::textarea::Textarea;
use crate::app::preview::frame::PreviewFrame;

/// The line of the viewport, from its top, that shows the same place on both sides.
const LEVEL: f64 = 0.2;

/// Where each side was last scrolled to, or seen; a side that is at another place was scrolled by the user.
#[derive(Default)]
pub struct ScrollSync {
    editor: Cell<f64>,
    preview: Cell<f64>,
}

impl ScrollSync {
    /// The editor has scrolled. Scrolls the preview too if the user did it.
    pub fn editor_scrolled(&self, textarea: &Textarea, mirror: &Mirror, preview: &PreviewFrame, text: &Rc<str>) {
        let top = f64::from(textarea.element.scroll_top());
        if (top - self.editor.get()).abs() <= 1.0 {
            return;
        }
        self.editor.set(top);
        let Some((_, height, _)) = preview.scroll() else { return };
        mirror.follow(text);
        let level = level(top, f64::from(textarea.element.client_height()));
        let offset = mirror.offset_at(top + level);
        let target = preview.map_at_offset(offset).height_of(offset) - level.min(height);
        let end =
            top + f64::from(textarea.element.client_height()) >= f64::from(textarea.element.scroll_height()) - 1.0;
        self.put_preview(
            preview,
            if top < 1.0 {
                0.0
            } else if end {
                f64::MAX
            } else {
                target
            },
        );
    }

    /// The preview may have scrolled. Scrolls the editor too if the user did it; returns whether it did.
    pub fn preview_scrolled(
        &self,
        textarea: &Textarea,
        mirror: &Mirror,
        preview: &PreviewFrame,
        text: &Rc<str>,
    ) -> bool {
        let Some((top, height, _)) = preview.scroll() else { return false };
        if (top - self.preview.get()).abs() <= 1.0 {
            return false;
        }
        self.preview.set(top);
        mirror.follow(text);
        let level = level(top, height);
        let offset = preview.map_at_height(top + level).offset_at(top + level).min(text.len());
        let target = if top < 1.0 { 0.0 } else { mirror.height_of(offset) - level };
        textarea.element.set_scroll_top(target.max(0.0) as i32);
        self.editor.set(f64::from(textarea.element.scroll_top()));
        true
    }

    /// Brings the piece of the preview that holds byte `offset` into view, moving as little as needed.
    pub fn show_in_preview(&self, preview: &PreviewFrame, offset: usize) {
        let (Some((scrolled, height, _)), Some((top, bottom))) = (preview.scroll(), preview.extent_at(offset)) else {
            return;
        };
        if height < 1.0 || (top >= 0.0 && bottom <= height) {
            return;
        }
        let place = preview.map_at_offset(offset).height_of(offset) - scrolled;
        if bottom - top <= height * 0.8 || place < 0.0 || place > height * 0.9 {
            let target = if bottom - top <= height * 0.8 { top - height * LEVEL } else { place - height * 0.4 };
            self.put_preview(preview, scrolled + target);
        }
    }

    /// Brings byte `offset` of the text into view in the editor.
    pub fn show_in_editor(&self, textarea: &Textarea, mirror: &Mirror, text: &Rc<str>, offset: usize) {
        mirror.follow(text);
        let (top, height) = (f64::from(textarea.element.scroll_top()), f64::from(textarea.element.client_height()));
        let place = mirror.height_of(offset);
        if place < top + 8.0 || place > top + height - 48.0 {
            textarea.element.set_scroll_top((place - height * 0.35).max(0.0) as i32);
        }
        self.editor.set(f64::from(textarea.element.scroll_top()));
    }

    /// Takes both sides as they stand, after a change that is no scrolling.
    pub fn settle(&self, textarea: &Textarea, preview: &PreviewFrame) {
        self.editor.set(f64::from(textarea.element.scroll_top()));
        self.settle_preview(preview);
    }

    /// Takes the preview's scroll position as it is now: after it was filled again, it is not where the user left it.
    pub fn settle_preview(&self, preview: &PreviewFrame) {
        if let Some((top, ..)) = preview.scroll() {
            self.preview.set(top);
        }
    }

    fn put_preview(&self, preview: &PreviewFrame, top: f64) {
        preview.scroll_to(top.min(f64::from(i32::MAX)));
        self.settle_preview(preview);
    }
}

/// The level line, from the viewport's top: at the very beginning both sides begin.
fn level(scrolled: f64, height: f64) -> f64 {
    (height * LEVEL).min(scrolled)
}
