//! What the page listens to: its own keys, files that are dropped, coming and going, the system's scheme. In: events. Out:
//! calls of the workbench. Neighbours: `workbench.rs`; `editor/listeners.rs` has what belongs to an editor.

use std::rc::Rc;

use wasm_bindgen::JsCast;
use web_sys::{Document, DragEvent, Event, KeyboardEvent, PageTransitionEvent};

use crate::app::browser::dom::{Root, document, window};
use crate::app::browser::event_listener::{EventListener, hear};
use crate::app::components::Intent;
use crate::app::editor::divider;
use crate::app::state::Action;
use crate::app::workbench::Workbench;

/// When the screen shows one pane at a time.
pub const NARROW: &str = "(max-width: 719.9px)";
const DARK: &str = "(prefers-color-scheme: dark)";

/// Listens to the page for as long as the listeners live.
pub fn listen(bench: &Rc<Workbench>) -> Vec<EventListener> {
    let (window, document) = (window(), document());
    let mut ears = vec![
        hear(bench, &document, "keydown", page_key),
        hear(bench, &window, "beforeunload", |bench, event| {
            bench.keep_now();
            if !bench.keeping.is_safe() {
                event.prevent_default();
            }
        }),
        hear(bench, &window, "pagehide", |bench, event| {
            bench.leave(event.unchecked_ref::<PageTransitionEvent>().persisted());
        }),
        hear(bench, &window, "pageshow", |bench, _| bench.come_back()),
        hear(bench, &document, "visibilitychange", |bench, _| {
            bench.keep_now();
            if web_sys::window().and_then(|w| w.document()).is_some_and(|d| d.hidden()) {
                bench.keep_place();
            } else {
                bench.look_for_newer();
            }
        }),
        hear(bench, &window, "focus", |bench, _| {
            bench.look_at_disk();
            bench.look_for_newer();
        }),
        hear(bench, &window, "dragenter", dragging),
        hear(bench, &window, "dragover", dragging),
        hear(bench, &window, "dragleave", |bench, event| {
            let event: &DragEvent = event.unchecked_ref();
            if event.related_target().is_none() {
                bench.dispatch.dispatch(Action::Dropping(false));
            }
        }),
        hear(bench, &window, "drop", dropped),
    ];
    for (query, tell) in [
        (NARROW, (|bench, on| bench.dispatch.dispatch(Action::Narrow(on))) as fn(&Rc<Workbench>, bool)),
        (DARK, |bench, on| bench.set_system_is_dark(on)),
    ] {
        if let Ok(Some(list)) = window.match_media(query) {
            tell(bench, list.matches());
            let now = list.clone();
            ears.push(hear(bench, &list, "change", move |bench, _| tell(bench, now.matches())));
        }
    }
    let weak = Rc::downgrade(bench);
    ears.extend(divider::listen(
        &Root::page(),
        Rc::new(move |percent| {
            if let Some(bench) = weak.upgrade() {
                bench.remember(|preferences| preferences.divider = percent / 100.0);
                bench.want_editor_scroll();
            }
        }),
    ));
    ears
}

/// The page's keys, and files that are dropped, in a frame of it.
pub fn listen_in_page_frame(bench: &Rc<Workbench>, document: &Document) -> Vec<EventListener> {
    vec![
        hear(bench, document, "keydown", page_key),
        hear(bench, document, "dragover", dragging),
        hear(bench, document, "drop", dropped),
    ]
}

pub fn page_key(bench: &Rc<Workbench>, event: &Event) {
    let key: &KeyboardEvent = event.unchecked_ref();
    let primary = if bench.apple() { key.meta_key() } else { key.ctrl_key() };
    let plain = !key.ctrl_key() && !key.meta_key() && !key.alt_key();
    match key.key().as_str() {
        "s" | "S" if primary && !key.shift_key() => bench.handle(Intent::Save),
        "o" | "O" if primary && !key.shift_key() => bench.handle(Intent::Open),
        "F8" if plain => bench.jump_to_problem(!key.shift_key()),
        "F1" if plain => bench.handle(Intent::ShowHelp),
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

fn dragging(bench: &Rc<Workbench>, event: &Event) {
    if holds_files(event) {
        event.prevent_default();
        if event.type_() == "dragenter" {
            bench.dispatch.dispatch(Action::Dropping(true));
        }
    }
}

fn dropped(bench: &Rc<Workbench>, event: &Event) {
    bench.dispatch.dispatch(Action::Dropping(false));
    if holds_files(event) {
        event.prevent_default();
        if let Some(data) = event.unchecked_ref::<DragEvent>().data_transfer() {
            bench.open_dropped(&data);
        }
    }
}
