//! What an editor asks of the page or the custom element that it stands in, and what it tells them. In: questions and
//! events. Out: answers. Neighbours: `controller.rs` asks; the page's controller and the element's implement it.

use std::rc::Rc;

use web_sys::{DataTransfer, Document};

use crate::app::browser::event_listener::EventListener;
use crate::storage::Dialects;

/// The page or the element around an editor.
pub trait EditorHost {
    /// The name of the file that the text stands in, where there is one.
    fn file_name(&self) -> Option<String>;
    /// Codes of the checks that are switched off.
    fn switched_off_checks(&self) -> Vec<String>;
    /// Whether what runs the checks is loaded although nothing was typed yet.
    fn wants_checks(&self) -> bool;
    /// Whether a paste is always of plain text.
    fn pastes_plain(&self) -> bool {
        false
    }
    /// Takes the files that were pasted, if there are any. Whether it does; it pastes the text itself where that is meant.
    fn take_pasted_files(self: Rc<Self>, _data: &DataTransfer) -> bool {
        false
    }
    /// The editor is about to be jumped into, and has to be seen.
    fn reveal_editor(self: Rc<Self>);
    /// What the host listens to in the document of a preview.
    fn listen_in_preview(self: Rc<Self>, document: &Document) -> Vec<EventListener>;
    /// Something happened in the editor.
    fn editor_event(self: Rc<Self>, event: EditorEvent);
}

/// What happens in an editor.
pub enum EditorEvent {
    /// The text has changed, and will be shown in the next frame.
    Edited,
    /// The text has been shown.
    Shown {
        /// What a list of drafts calls it.
        title: String,
        /// The name that its file would get.
        suggested_name: String,
    },
    /// There are other diagnostics than before.
    Diagnosed,
    /// Typing has paused; the checks have run.
    Paused,
    /// The caret moved, or the editor was scrolled, without typing.
    Moved,
    /// The preview shows these dialects.
    DialectsShown(Dialects),
}
