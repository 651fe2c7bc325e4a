//! Following the caret: its line and column in the status bar, its block in view in every preview. In: changes of the
//! selection and of the text. Out: a text in the status bar, scrolled previews. Neighbours: `show.rs` asks once a
//! frame, `preview/scroll_sync.rs` scrolls.

use std::rc::Rc;

use gloo::timers::callback::Timeout;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::{Element, Event, InputEvent};

use super::controller::EditorController;
use super::host::EditorEvent;
use crate::app::browser::dom::sleep;
use crate::text::LineColumn;

impl EditorController {
    /// Something was typed, or the text changed otherwise.
    pub(crate) fn caret_typed(&self, event: &Event) {
        let input = event.dyn_ref::<InputEvent>().filter(|e| e.input_type() == "insertText" && !e.is_composing());
        let typed = input.and_then(InputEvent::data).map(|text| text.encode_utf16().count());
        let to = typed.zip(self.caret_before()).map(|(typed, caret)| caret + typed);
        self.caret.typed.set(to);
        self.caret.typed_at.set(to.map_or(0.0, |_| event.time_stamp()));
    }

    /// Where the caret was before an input, where that is known.
    fn caret_before(&self) -> Option<usize> {
        let (start, end) = self.known_selection()?;
        (start == end).then_some(end)
    }

    /// The selection in UTF-16 units, where it is known without asking the browser.
    pub(crate) fn known_selection(&self) -> Option<(usize, usize)> {
        match self.caret.typed.get() {
            Some(at) => Some((at, at)),
            None => {
                (self.caret.position.get().is_some() && !self.is_caret_wanted()).then(|| self.caret.selection.get())
            }
        }
    }

    /// The selection may have changed. What a key moved has mostly been followed already, and a frame costs.
    pub(crate) fn selection_changed(self: &Rc<Self>, event: &Event) {
        // Some engines tell the textarea and the document of one change; and of the one that came with an input.
        let told = event.time_stamp();
        if self.caret.told.replace(Some(told)) != Some(told) && told > self.caret.typed_at.get() {
            self.look_for_selection();
        }
    }

    /// Follows the selection where it is another than the one known.
    pub(crate) fn look_for_selection(self: &Rc<Self>) {
        if self.known_selection() != Some(self.textarea.selection_utf16()) {
            self.caret.typed.set(None);
            self.want_caret();
        }
    }

    /// Writes into the status bar where the caret stands.
    fn show_position(&self, at: LineColumn) {
        if self.caret.position.get() == Some(at) {
            return;
        }
        let status: Element = self.root.by_id("status");
        if let Ok(Some(place)) = status.query_selector("[data-part=position]") {
            let text = format!("{}:{}", at.line, at.column);
            match place.first_child() {
                Some(shown) => shown.set_node_value(Some(&text)),
                None => place.set_text_content(Some(&text)),
            }
            self.caret.position.set(Some(at));
        }
    }

    /// Line and column, and the caret's block in view. After typing the textarea may have scrolled by itself.
    pub(crate) fn follow_caret(self: &Rc<Self>, typed: bool) {
        let typed_to = self.caret.typed.take();
        let caret = typed_to.map_or_else(|| self.textarea.selection_utf16(), |at| (at, at));
        if self.caret.selection.replace(caret) == caret && !typed && self.caret.position.get().is_some() {
            return;
        }
        if !typed && let Some(host) = self.host() {
            host.editor_event(EditorEvent::Moved);
        }
        let text = self.text();
        let end = self.textarea.span_of(&text, caret).end;
        let before = text.get(..end).unwrap_or("");
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        let line = memchr::memchr_iter(b'\n', before.as_bytes()).count() + 1;
        let column = before.get(line_start..).unwrap_or("").chars().count() + 1;
        self.show_position(LineColumn { line, column });
        if !self.textarea.is_focused() {
            return;
        }
        if typed {
            self.show_place_after_layout(end);
        } else {
            self.show_place(end);
        }
    }

    /// Brings a place of the text into view when the browser has laid the frame out. To ask for heights before that
    /// makes it do the same work once more.
    fn show_place_after_layout(self: &Rc<Self>, offset: usize) {
        let editor = Rc::downgrade(self);
        let after = Timeout::new(0, move || {
            if let Some(editor) = editor.upgrade() {
                editor.show_place(offset);
            }
        });
        *self.caret.after_layout.borrow_mut() = Some(after);
    }

    /// Brings a place of the text into view in every preview.
    fn show_place(&self, offset: usize) {
        self.scroll.show_in_preview(&self.preview, offset);
        self.scroll.settle(&self.textarea, &self.preview);
        if let Some(second) = &*self.second_preview.borrow() {
            second.scroll.show_in_preview(&second.preview, offset);
            second.scroll.settle(&self.textarea, &second.preview);
        }
    }

    /// A pane that was hidden had no heights: once it is there, it shows the caret's place.
    pub fn show_caret_soon(self: &Rc<Self>) {
        let editor = Rc::clone(self);
        spawn_local(async move {
            sleep(0).await;
            let text = editor.text();
            let caret = editor.textarea.selection(&text).end;
            editor.show_place(caret);
        });
    }
}
