//! What the page listens to: input, selection, scrolling, keys, pasting, dropping, coming and going.
//! In: events. Out: calls of the workbench. Neighbours: `workbench.rs`.

use std::rc::Rc;

use gloo::events::{EventListener, EventListenerOptions};
use wasm_bindgen::JsCast;
use web_sys::{
    ClipboardEvent, DragEvent, Event, EventTarget, HtmlElement, InputEvent, KeyboardEvent, Node, PageTransitionEvent,
};

use super::divider;
use super::dom::{by_id, document, window};
use super::preview::Preview;
use super::workbench::Workbench;
use crate::app::components::Intent;
use crate::app::state::Action;
use crate::commands::{Group, Shortcut, Snapshot, enter, find, indent, outdent, paste_link};
use crate::text::Span;

/// When the screen shows one pane at a time.
pub const NARROW: &str = "(max-width: 719.9px)";
const DARK: &str = "(prefers-color-scheme: dark)";

struct Ears {
    bench: Rc<Workbench>,
    listeners: Vec<EventListener>,
}

impl Ears {
    fn on(&mut self, target: &EventTarget, name: &'static str, run: impl Fn(&Rc<Workbench>, &Event) + 'static) {
        let bench = Rc::clone(&self.bench);
        let options = EventListenerOptions::enable_prevent_default();
        self.listeners.push(EventListener::new_with_options(target, name, options, move |event| run(&bench, event)));
    }
}

/// Listens to something that the page does not outlive.
pub fn hear(
    bench: &Rc<Workbench>,
    target: &EventTarget,
    name: &'static str,
    run: fn(&Rc<Workbench>, &Event),
) -> EventListener {
    let bench = Rc::downgrade(bench);
    let options = EventListenerOptions::enable_prevent_default();
    EventListener::new_with_options(target, name, options, move |event| {
        if let Some(bench) = bench.upgrade() {
            run(&bench, event);
        }
    })
}

/// Listens to the page for as long as the listeners live.
pub fn listen(bench: &Rc<Workbench>) -> Vec<EventListener> {
    let mut ears = Ears { bench: Rc::clone(bench), listeners: Vec::new() };
    let (window, document) = (window(), document());
    let editor: HtmlElement = by_id("editor");
    ears.on(&editor, "input", |bench, _| bench.text_changed());
    ears.on(&editor, "beforeinput", before_input);
    ears.on(&editor, "keydown", editor_key);
    ears.on(&editor, "paste", paste);
    ears.on(&editor, "scroll", |bench, _| bench.want_editor_scroll());
    ears.on(&document, "selectionchange", |bench, _| bench.selection_changed());
    ears.on(&editor, "select", |bench, _| bench.selection_changed());
    ears.on(&document, "keydown", page_key);
    ears.on(&by_id::<HtmlElement>("marks"), "click", |bench, event| {
        let offset = event.target().and_then(|t| t.unchecked_into::<HtmlElement>().get_attribute("data-offset"));
        if let Some(offset) = offset.and_then(|offset| offset.parse().ok()) {
            bench.jump_to(Span::at(offset));
        }
    });
    ears.on(&by_id::<HtmlElement>("preview"), "load", |bench, _| bench.frame_loaded());
    drops(&mut ears);
    ears.on(&window, "beforeunload", |bench, event| {
        bench.keep_now();
        if !bench.keeping.is_safe() {
            event.prevent_default();
        }
    });
    ears.on(&window, "pagehide", |bench, event| {
        bench.leave(event.unchecked_ref::<PageTransitionEvent>().persisted());
    });
    ears.on(&window, "pageshow", |bench, _| bench.come_back());
    ears.on(&document, "visibilitychange", |bench, _| {
        bench.keep_now();
        if super::dom::document().hidden() {
            bench.keep_place();
        } else {
            bench.look_for_newer();
        }
    });
    ears.on(&window, "focus", |bench, _| {
        bench.look_at_disk();
        bench.look_for_newer();
    });
    ears.on(&window, "resize", |bench, _| bench.want_editor_scroll());
    for (query, tell) in [
        (NARROW, (|bench, on| bench.dispatch.dispatch(Action::Narrow(on))) as fn(&Rc<Workbench>, bool)),
        (DARK, |bench, on| bench.set_system_is_dark(on)),
    ] {
        if let Ok(Some(list)) = window.match_media(query) {
            tell(bench, list.matches());
            let now = list.clone();
            ears.on(&list, "change", move |bench, _| tell(bench, now.matches()));
        }
    }
    let apple =
        window.navigator().platform().is_ok_and(|platform| platform.starts_with("Mac") || platform.starts_with("iP"));
    bench.set_apple(apple);
    let weak = Rc::downgrade(bench);
    ears.listeners.extend(divider::listen(Rc::new(move |percent| {
        if let Some(bench) = weak.upgrade() {
            bench.remember(|preferences| preferences.divider = percent / 100.0);
            bench.want_editor_scroll();
        }
    })));
    ears.listeners
}

/// Listens in the frame, where the engine lets the parent: WebKit gives no events from a frame without scripts, so
/// there the frame is looked at in every animation frame.
pub fn listen_in_frame(bench: &Rc<Workbench>) {
    let heard = bench.preview.with_document(|document, _| {
        let mut ears = Ears { bench: Rc::clone(bench), listeners: Vec::new() };
        ears.on(document, "apercu-probe", |bench, _| bench.frame_speaks.set(true));
        bench.frame_speaks.set(false);
        if let Ok(probe) = Event::new("apercu-probe") {
            let _ = document.dispatch_event(&probe);
        }
        if bench.frame_speaks.get() {
            ears.on(document, "scroll", |bench, _| bench.preview_scrolled());
            ears.on(document, "click", |bench, event| frame_click(bench, &bench.preview, event));
            ears.on(document, "keydown", page_key);
            ears.on(document, "dragover", dragging);
            ears.on(document, "drop", dropped);
        }
        ears.listeners
    });
    if let Some(heard) = heard {
        *bench.in_frame.borrow_mut() = heard;
    }
    if !bench.frame_speaks.get() {
        bench.watch_frame();
    }
}

/// A new line: lists and quotes go on. Asked here and not on a key, because input methods confirm with Enter too.
fn before_input(bench: &Rc<Workbench>, event: &Event) {
    let input: &InputEvent = event.unchecked_ref();
    let newline = matches!(input.input_type().as_str(), "insertLineBreak" | "insertParagraph");
    if newline && !input.is_composing() && !bench.shift_held.get() && bench.run(enter) {
        event.prevent_default();
    }
}

fn editor_key(bench: &Rc<Workbench>, event: &Event) {
    let key: &KeyboardEvent = event.unchecked_ref();
    bench.shift_held.set(key.shift_key());
    if key.is_composing() || key.key_code() == 229 {
        return;
    }
    if key.key() == "Tab" && !key.ctrl_key() && !key.alt_key() && !key.meta_key() {
        // Outside of a list Tab goes on to the next control.
        if bench.run(if key.shift_key() { outdent } else { indent }) {
            event.prevent_default();
        }
        return;
    }
    let (name, code) = (key.key(), key.code());
    let name = Shortcut::key_of(&name, &code, key.alt_key(), bench.apple());
    let pressed = find(name, key.ctrl_key(), key.meta_key(), key.shift_key(), key.alt_key(), bench.apple())
        .filter(|command| command.group != Group::Key);
    if let Some(command) = pressed {
        event.prevent_default();
        bench.run(command.run);
    }
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

fn paste(bench: &Rc<Workbench>, event: &Event) {
    let clipboard: &ClipboardEvent = event.unchecked_ref();
    let Some(pasted) = clipboard.clipboard_data().and_then(|data| data.get_data("text/plain").ok()) else { return };
    let text = bench.textarea.text();
    let snapshot = Snapshot { text: &text, selection: bench.textarea.selection(&text) };
    if let Some(edit) = paste_link(&snapshot, &pasted) {
        event.prevent_default();
        bench.edit(&text, &edit);
    }
}

fn drops(ears: &mut Ears) {
    let window = window();
    ears.on(&window, "dragenter", dragging);
    ears.on(&window, "dragover", dragging);
    ears.on(&window, "dragleave", |bench, event| {
        let event: &DragEvent = event.unchecked_ref();
        if event.related_target().is_none() {
            bench.dispatch.dispatch(Action::Dropping(false));
        }
    });
    ears.on(&window, "drop", dropped);
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

/// A click in the preview: links do what links do, anything else puts the caret at its source.
pub fn frame_click(bench: &Rc<Workbench>, preview: &Preview, event: &Event) {
    let Some(target) = event.target().map(|target| target.unchecked_into::<Node>()) else { return };
    if !preview.is_link_or_control(&target, event) {
        bench.caret_to_source(preview, &target);
    }
}
