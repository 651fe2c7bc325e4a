//! The initial preview, before the page's part of the program has arrived: what is typed already, what `recovery.js` has put
//! back, or the welcome. In: the textarea and the frame of `index.html`. Out: the post in the frame, as the editor shows it
//! on a site without settings. Neighbours: `start.js` calls it, `editor/controller.rs` takes the frame over. All that this
//! file needs is in the main part of the program, so it names as little as possible.

use std::cell::RefCell;

use js_sys::Reflect;
use web_sys::HtmlTextAreaElement;

use crate::app::browser::dom::{by_id, document, now_seconds};
use crate::app::drafts::storing::WELCOME;
use crate::app::preview::frame::{Connection, Preview};
use crate::app::shown::Shown;
use crate::render::Renderer;

struct First {
    renderer: Renderer,
    preview: Preview,
    /// Whether what stands in the frame is from here.
    shown: bool,
}

thread_local! {
    static FIRST: RefCell<Option<First>> = const { RefCell::new(None) };
}

/// Shows the text of the textarea in the frame. Whether there was a text and a frame.
pub fn show_first() -> bool {
    FIRST.with(|first| {
        // A call that stopped in the middle keeps it borrowed.
        let Ok(mut first) = first.try_borrow_mut() else { return false };
        let First { renderer, preview, shown } = first.get_or_insert_with(|| First {
            renderer: Renderer::default(),
            preview: Preview::of(by_id("preview"), None),
            shown: false,
        });
        match preview.connect() {
            Connection::Lost => return false,
            Connection::New => (*renderer, *shown) = (Renderer::default(), false),
            Connection::Known => {}
        }
        let text = text_of(&by_id("editor"));
        if !*shown && text.is_empty() {
            return false;
        }
        let theme = document().document_element().and_then(|root| root.get_attribute("data-theme"));
        preview.set_theme(theme.as_deref());
        *shown = true;
        let now = Shown::of(renderer, None, &text, now_seconds());
        preview.show_header(now.header, now.body_start);
        preview.show_blocks(renderer.blocks(), &now.patch, now.body_start, &now.map);
        preview.set_language(now.language.as_deref().unwrap_or("en"));
        true
    })
}

/// Leaves the frame to the editor.
pub fn end_first() {
    FIRST.with(|first| {
        if let Ok(mut first) = first.try_borrow_mut() {
            first.take();
        }
    });
}

/// What stands in the textarea. On a first visit, where nothing was typed yet, that is the welcome.
fn text_of(editor: &HtmlTextAreaElement) -> String {
    let text = editor.value();
    let visit = Reflect::get(editor, &"visit".into()).ok().and_then(|value| value.as_string());
    let is_first_visit = visit.as_deref() == Some("first");
    // Only once: a person who empties the textarea wants it to stay empty.
    let _ = Reflect::delete_property(editor, &"visit".into());
    if text.is_empty() && is_first_visit {
        editor.set_value(WELCOME);
        let _ = editor.set_selection_range(0, 0);
        let _ = Reflect::set(editor, &"restored".into(), &WELCOME.into());
        return WELCOME.to_owned();
    }
    text
}
