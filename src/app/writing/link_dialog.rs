//! The dialog of a link or an image. In: a wish. Out: an edit of the text, or pictures for the draft. Neighbours:
//! `components/link_form.rs` is what is drawn; `commands/link_form.rs` reads what stands there, and writes.

use std::cell::RefCell;
use std::rc::Rc;

use web_sys::Element;
use yew::AppHandle;
use yew::prelude::*;

use crate::app::browser::dom::{document, element};
use crate::app::components::{LinkChoice, LinkForm, LinkFormProps};
use crate::app::page_controller::PageController;
use crate::commands::{LinkKind, Snapshot, link_fields, write_link};
use crate::text::Span;

thread_local! {
    static OPEN: RefCell<Option<(Element, AppHandle<LinkForm>)>> = const { RefCell::new(None) };
}

/// Shows the dialog, with what stands at the caret.
pub fn show_link_form(page: &Rc<PageController>, kind: LinkKind) {
    let is_covered = document().query_selector("dialog[open]").is_ok_and(|open| open.is_some());
    if is_covered || !page.editor.can_edit() {
        return;
    }
    let place = element("div", "");
    if document().body().is_none_or(|body| body.append_child(&place).is_err()) {
        return;
    }
    let text = page.editor.textarea.text();
    // A field that has not the focus may forget what is selected in it.
    let selection = page.editor.textarea.selection(&text);
    let (fields, is_there) = link_fields(&Snapshot { text: &text, selection }, kind);
    let weak = Rc::downgrade(page);
    let on_done = Callback::from(move |choice: Option<LinkChoice>| {
        if let Some((place, handle)) = OPEN.take() {
            handle.destroy();
            place.remove();
        }
        if let Some(page) = weak.upgrade() {
            page.editor.textarea.focus_quietly();
            if let Some(choice) = choice {
                take(&page, kind, selection, choice);
            }
        }
    });
    let props = LinkFormProps { kind, fields, is_there, on_done };
    let handle = yew::Renderer::<LinkForm>::with_root_and_props(place.clone(), props).render();
    OPEN.set(Some((place, handle)));
}

fn take(page: &Rc<PageController>, kind: LinkKind, selection: Span, choice: LinkChoice) {
    match choice {
        LinkChoice::Write(fields) => {
            let text = page.editor.textarea.text();
            if let Some(edit) = write_link(&Snapshot { text: &text, selection }, kind, &fields) {
                page.editor.edit(&text, &edit);
            }
        }
        LinkChoice::Pictures(files) => {
            page.with_draft_tools(|tools, page| (tools.take_pictures)(page, files), PageController::tell_part_missing);
        }
    }
}
