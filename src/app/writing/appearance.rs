//! How a person wants to write, carried out: the editor's letters, what stands out, what is shown while typing. In: choices.
//! Out: styles of the editor, choices that are kept. Neighbours: `storage/writing_settings.rs` has the choices;
//! `settings_dialog.rs` and the palette change them, `focus_layer.rs` does what styles cannot.

use std::cell::Cell;
use std::rc::Rc;

use web_sys::HtmlElement;

use super::focus_layer::show_focus;
use crate::app::browser::dom::by_id;
use crate::app::page_controller::PageController;
use crate::storage::{WritingSettings, load_writing_settings, save_writing_settings};

thread_local! {
    static CURRENT: Cell<Option<WritingSettings>> = const { Cell::new(None) };
}

/// The choices as they stand.
pub fn current() -> WritingSettings {
    CURRENT.get().unwrap_or_else(|| {
        let settings = load_writing_settings();
        CURRENT.set(Some(settings));
        settings
    })
}

/// Carries out what was chosen at an earlier visit; once. Whether this was the first time.
pub fn begin(page: &Rc<PageController>) -> bool {
    let is_first = CURRENT.get().is_none();
    if is_first {
        show(page, current());
    }
    is_first
}

/// Changes the choices, keeps them, and carries them out.
pub fn choose(page: &Rc<PageController>, change: impl FnOnce(&mut WritingSettings)) {
    // The outline keeps these two by itself.
    let WritingSettings { outline, goal, .. } = load_writing_settings();
    let mut settings = WritingSettings { outline, goal, ..current() };
    change(&mut settings);
    CURRENT.set(Some(settings));
    save_writing_settings(settings);
    show(page, settings);
}

fn show(page: &Rc<PageController>, settings: WritingSettings) {
    let editor = &page.editor;
    let style = by_id::<HtmlElement>("editor-box").style();
    let before = style.css_text();
    style.set_css_text(&settings.look());
    // Both as the browser spells them.
    let after = style.css_text();
    if after != before {
        // The line that stands at the top stays there.
        style.set_css_text(&before);
        let area = &editor.textarea.element;
        let text = editor.text_now();
        editor.mirror.follow(&text);
        let at = editor.mirror.offset_at(f64::from(area.scroll_top()));
        style.set_css_text(&after);
        editor.mirror.follow(&text);
        area.set_scroll_top(if at == 0 { 0 } else { editor.mirror.height_of(at) as i32 });
        editor.scroll.settle(&editor.textarea, &editor.preview);
        editor.place_marks();
    }
    show_focus(page, settings.focus, settings.typewriter);
}
