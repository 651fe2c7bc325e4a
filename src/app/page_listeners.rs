//! What the page listens to: its own keys, files that are dropped, coming and going, the system's scheme. In: events.
//! Out: calls of the page's controller. Neighbours: `page_controller.rs`; `editor/listeners.rs` has what belongs to an
//! editor.

use std::rc::Rc;

use js_sys::{Array, Reflect};
use wasm_bindgen::JsCast;
use web_sys::{CustomEvent, Document, DragEvent, Event, KeyboardEvent, PageTransitionEvent};

use crate::app::browser::dom::{Root, document, window};
use crate::app::browser::event_listener::{EventListener, on_event};
use crate::app::components::Intent;
use crate::app::editor::divider;
use crate::app::page_controller::PageController;
use crate::app::state::Action;
use crate::app::writing::writing_wish::WritingWish;

impl PageController {
    /// Listens to the page for as long as the listeners live.
    pub(crate) fn listen_to_page(self: &Rc<Self>) -> Vec<EventListener> {
        listen(self)
    }

    /// Listens in the document of a preview.
    pub(crate) fn listen_in_preview_document(self: &Rc<Self>, document: &Document) -> Vec<EventListener> {
        listen_in_page_frame(self, document)
    }

    /// Whether the screen shows one pane at a time.
    pub(crate) fn is_narrow(&self) -> bool {
        window().match_media(NARROW).ok().flatten().is_some_and(|query| query.matches())
    }
}

/// When the screen shows one pane at a time.
pub const NARROW: &str = "(max-width: 719.9px)";
const DARK: &str = "(prefers-color-scheme: dark)";

/// Listens to the page for as long as the listeners live.
pub fn listen(page: &Rc<PageController>) -> Vec<EventListener> {
    let (window, document) = (window(), document());
    let mut listeners = vec![
        on_event(page, &document, "keydown", page_key),
        on_event(page, &window, "beforeunload", |page, event| {
            page.keep_now();
            if !page.draft.is_safe() {
                event.prevent_default();
            }
        }),
        on_event(page, &window, "pagehide", |page, event| {
            page.leave(event.unchecked_ref::<PageTransitionEvent>().persisted());
        }),
        on_event(page, &window, "pageshow", |page, _| page.come_back()),
        on_event(page, &document, "visibilitychange", |page, _| {
            page.keep_now();
            if web_sys::window().and_then(|w| w.document()).is_some_and(|d| d.hidden()) {
                page.keep_place();
            } else {
                page.look_for_newer();
            }
        }),
        on_event(page, &window, "focus", |page, _| {
            page.look_at_disk();
            if let Some(tools) = page.loaded_site_tools() {
                (tools.look_at_folder)(page);
            }
            page.look_for_newer();
        }),
        // `offline-page.js`: the system has opened a file with this page, or shared a text with it.
        on_event(page, &window, "apercu-open", |page, event| {
            let detail = event.unchecked_ref::<CustomEvent>().detail();
            let of = |name: &str| Reflect::get(&detail, &name.into()).ok().filter(|value| !value.is_falsy());
            if let Some(file) = of("file") {
                let handle = of("handle").map(JsCast::unchecked_into);
                page.open_given(Array::of1(&file), handle);
            }
        }),
        on_event(page, &window, "dragenter", dragging),
        on_event(page, &window, "dragover", dragging),
        on_event(page, &window, "dragleave", |page, event| {
            let event: &DragEvent = event.unchecked_ref();
            if event.related_target().is_none() {
                page.editor.dispatch.dispatch(Action::Dropping(false));
            }
        }),
        on_event(page, &window, "drop", dropped),
    ];
    for (query, tell) in [
        (NARROW, (|page, on| page.editor.dispatch.dispatch(Action::Narrow(on))) as fn(&Rc<PageController>, bool)),
        (DARK, |page, on| page.set_system_is_dark(on)),
    ] {
        if let Ok(Some(list)) = window.match_media(query) {
            tell(page, list.matches());
            let now = list.clone();
            listeners.push(on_event(page, &list, "change", move |page, _| tell(page, now.matches())));
        }
    }
    let weak = Rc::downgrade(page);
    listeners.extend(divider::listen(
        &Root::page(),
        Rc::new(move |percent| {
            if let Some(page) = weak.upgrade() {
                page.remember(|preferences| preferences.divider = percent / 100.0);
                page.editor.want_editor_scroll();
            }
        }),
    ));
    listeners
}

/// The page's keys, and files that are dropped, in a frame of it.
pub fn listen_in_page_frame(page: &Rc<PageController>, document: &Document) -> Vec<EventListener> {
    vec![
        on_event(page, document, "keydown", page_key),
        on_event(page, document, "dragover", dragging),
        on_event(page, document, "drop", dropped),
    ]
}

pub fn page_key(page: &Rc<PageController>, event: &Event) {
    let key: &KeyboardEvent = event.unchecked_ref();
    let primary = if page.editor.apple() { key.meta_key() } else { key.ctrl_key() };
    let plain = !key.ctrl_key() && !key.meta_key() && !key.alt_key();
    match key.key().as_str() {
        "s" | "S" if primary && !key.shift_key() => page.handle(Intent::Save),
        "o" | "O" if primary && key.shift_key() => page.write_with(WritingWish::SwitchOutline),
        "o" | "O" if primary && !key.shift_key() => page.handle(Intent::Open),
        "f" | "F" if primary && !key.shift_key() && !key.alt_key() => page.write_with(WritingWish::Find),
        "h" | "H" if primary && !page.editor.apple() && !key.shift_key() && !key.alt_key() => {
            page.write_with(WritingWish::Replace);
        }
        _ if primary && page.editor.apple() && key.alt_key() && key.code() == "KeyF" => {
            page.write_with(WritingWish::Replace);
        }
        "p" | "P" if primary && !key.alt_key() => {
            page.write_with(if key.shift_key() { WritingWish::AllCommands } else { WritingWish::GoTo });
        }
        "Enter" if primary && key.shift_key() => page.write_with(WritingWish::SwitchBars),
        " " if key.ctrl_key() && page.editor.textarea.is_focused() => page.write_with(WritingWish::Complete),
        "F8" if plain => page.editor.jump_to_diagnostic(!key.shift_key()),
        "F1" if plain => page.handle(Intent::ShowHelp),
        _ => return,
    }
    event.prevent_default();
}

fn holds_files(event: &Event) -> bool {
    let event: &DragEvent = event.unchecked_ref();
    event
        .data_transfer()
        .is_some_and(|data| data.types().iter().any(|kind| kind.as_string().as_deref() == Some("Files")))
}

fn dragging(page: &Rc<PageController>, event: &Event) {
    if holds_files(event) {
        event.prevent_default();
        if event.type_() == "dragenter" {
            page.editor.dispatch.dispatch(Action::Dropping(true));
        }
    }
}

fn dropped(page: &Rc<PageController>, event: &Event) {
    page.editor.dispatch.dispatch(Action::Dropping(false));
    if holds_files(event) {
        event.prevent_default();
        if let Some(data) = event.unchecked_ref::<DragEvent>().data_transfer() {
            page.take_files(&data, &[]);
        }
    }
}
