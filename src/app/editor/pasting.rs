//! Pasting of HTML as Markdown. In: what a clipboard holds. Out: an edit and a message, given to a `PasteTarget`.
//! Neighbours: `listeners.rs` hears of a paste, `edits.rs` is the target; `paste/` says what HTML becomes. The function
//! comes with the part `tools` (`app/tools.rs`).

use crate::app::state::{Message, Offer};
use crate::commands::Snapshot;
use crate::paste;
use crate::text::{Edit, Severity, Span};

/// What was pasted last as Markdown, until the text changes.
pub struct LastPaste {
    /// Where it stands, in bytes of the text.
    pub span: Span,
    /// The plain text of the clipboard.
    pub plain: String,
}

/// What is pasted into.
pub trait PasteTarget {
    /// Carries out the edit of a paste, and tells of it.
    fn paste(&self, text: &str, edit: &Edit, last: LastPaste, message: Message);
}

/// The key of the message.
pub const PASTED: &str = "paste";

/// Pastes HTML over the selection. Whether it did; if not, the plain text serves better.
pub fn paste_html(target: &dyn PasteTarget, snapshot: &Snapshot, html: &str, plain: &str) -> bool {
    let Some(pasted) = paste::paste_html(snapshot, html, plain) else { return false };
    let start = pasted.edit.span.start;
    let last = LastPaste { span: Span::new(start, start + pasted.edit.text.len()), plain: plain.replace("\r\n", "\n") };
    let text = match pasted.left_out_pictures {
        0 => "Pasted as Markdown.".to_owned(),
        1 => "Pasted as Markdown, without a picture that only the clipboard has.".to_owned(),
        count => format!("Pasted as Markdown, without {count} pictures that only the clipboard has."),
    };
    let message = Message {
        key: PASTED,
        severity: Severity::Note,
        text: text.into(),
        offer: Some(("Paste as plain text instead", Offer::PastePlain)),
    };
    target.paste(snapshot.text, &pasted.edit, last, message);
    true
}
