//! The textarea: its text, its selection, and edits that its own undo can take back. In: edits and selections in
//! bytes. Out: the text. Neighbours: `page_controller.rs`; units are converted in `text/span.rs`.

use wasm_bindgen::JsCast;
use web_sys::{HtmlDocument, HtmlTextAreaElement};

use crate::app::browser::dom::{document, focus_quietly};
use crate::text::{Edit, Span, Utf16Offset, byte_offset, utf16_offset};

/// The browsers' own command takes time that grows with the square of the lines it inserts; past so many bytes the
/// text is set without it, and this one step cannot be undone.
pub(crate) const LARGEST_UNDOABLE: usize = 100_000;

/// The textarea that is written in: the page's, or a form's.
pub struct Textarea {
    /// The element.
    pub element: HtmlTextAreaElement,
}

impl Textarea {
    /// Adopts the element as it stands.
    pub fn of(element: HtmlTextAreaElement) -> Self {
        Self { element }
    }

    /// Its text; line ends are `\n`.
    pub fn text(&self) -> String {
        self.element.value()
    }

    /// Selection start and end in UTF-16 units.
    pub fn selection_utf16(&self) -> (usize, usize) {
        let start = self.element.selection_start().ok().flatten().unwrap_or(0) as usize;
        let end = self.element.selection_end().ok().flatten().unwrap_or(0) as usize;
        (start, end.max(start))
    }

    /// The selection in bytes of `text`, which must be the textarea's.
    pub fn selection(&self, text: &str) -> Span {
        self.span_of(text, self.selection_utf16())
    }

    /// UTF-16 units of `text`, which must be the textarea's, in bytes.
    pub fn span_of(&self, text: &str, (start, end): (usize, usize)) -> Span {
        let from = byte_offset(text, Utf16Offset(start));
        if start == end {
            return Span::at(from);
        }
        Span::new(from, from + byte_offset(text.get(from..).unwrap_or(""), Utf16Offset(end - start)))
    }

    /// Selects bytes of `text`, which must be the textarea's.
    pub fn select(&self, text: &str, span: Span) {
        let start = utf16_offset(text, span.start).0;
        let end = start + utf16_offset(text.get(span.start..).unwrap_or(""), span.len()).0;
        self.select_utf16(start, end);
    }

    /// Selects UTF-16 units.
    pub fn select_utf16(&self, start: usize, end: usize) {
        let _ = self.element.set_selection_range(start as u32, end as u32);
    }

    /// Whether keys go to it.
    pub fn is_focused(&self) -> bool {
        // Asked of itself: to the document, the focus in a shadow tree lies on the tree's host.
        self.element.matches(":focus").unwrap_or(false)
    }

    /// Gives it the focus without the browser's own scrolling.
    pub fn focus_quietly(&self) {
        focus_quietly(&self.element);
    }

    /// Puts another text in, from another draft or file: the undo history begins again.
    pub fn replace_all(&self, text: &str) {
        self.element.set_value(text);
    }

    /// Carries an edit out so that the textarea's undo takes it back in one step; `false` where that did not go and the
    /// text was changed without undo and without an event. `text` must be the textarea's.
    pub fn apply(&self, text: &str, edit: &Edit) -> bool {
        let _ = self.element.focus();
        self.select(text, edit.span);
        let page: HtmlDocument = document().unchecked_into();
        // Behind a modal dialog the textarea takes no focus, and the command would go elsewhere.
        let done = self.is_focused()
            && edit.text.len() <= LARGEST_UNDOABLE
            && if edit.text.is_empty() {
                edit.span.is_empty() || page.exec_command("delete").unwrap_or(false)
            } else {
                page.exec_command_with_show_ui_and_value("insertText", false, &edit.text).unwrap_or(false)
            };
        if !done {
            let start = utf16_offset(text, edit.span.start).0 as u32;
            let end = utf16_offset(text, edit.span.end).0 as u32;
            let _ = self.element.set_range_text_with_start_and_end(&edit.text, start, end);
        }
        self.select(&edit.apply(text), edit.selection);
        done
    }
}
