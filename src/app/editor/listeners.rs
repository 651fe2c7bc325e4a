//! What an editor listens to: input, selection, scrolling, keys and pasting in the textarea, clicks on marks, the preview's
//! frame. In: events. Out: calls of the desk. Neighbours: `desk.rs`; `page_listeners.rs` has what belongs to the page.

use std::rc::Rc;

use wasm_bindgen::JsCast;
use web_sys::{ClipboardEvent, Event, HtmlElement, InputEvent, KeyboardEvent, Node};

use crate::app::browser::dom::{document, window};
use crate::app::browser::event_listener::{EventListener, hear};
use crate::app::editor::desk::Desk;
use crate::app::preview::frame::Preview;
use crate::commands::{Group, Shortcut, Snapshot, enter, find, indent, outdent, paste_link};
use crate::text::Span;

/// Listens to editor, marks and frame of a desk, for as long as the listeners live.
pub fn listen_to_editor(desk: &Rc<Desk>) -> Vec<EventListener> {
    let editor = &desk.textarea.element;
    let window = window();
    let apple =
        window.navigator().platform().is_ok_and(|platform| platform.starts_with("Mac") || platform.starts_with("iP"));
    desk.set_apple(apple);
    vec![
        hear(desk, editor, "input", |desk, event| {
            desk.caret_typed(event);
            desk.text_changed();
        }),
        hear(desk, editor, "beforeinput", before_input),
        hear(desk, editor, "keydown", editor_key),
        hear(desk, editor, "paste", paste),
        hear(desk, editor, "scroll", |desk, _| desk.want_editor_scroll()),
        // Told at the document, or in a shadow tree at the textarea itself, or not at all.
        hear(desk, &document(), "selectionchange", Desk::selection_changed),
        hear(desk, editor, "selectionchange", Desk::selection_changed),
        hear(desk, editor, "select", Desk::selection_changed),
        hear(desk, &desk.root.by_id::<HtmlElement>("marks"), "click", |desk, event| {
            let offset = event.target().and_then(|t| t.unchecked_into::<HtmlElement>().get_attribute("data-offset"));
            if let Some(offset) = offset.and_then(|offset| offset.parse().ok()) {
                desk.jump_to(Span::at(offset));
            }
        }),
        hear(desk, &desk.root.by_id::<HtmlElement>("toolbar"), "keydown", toolbar_key),
        hear(desk, &desk.preview.frame, "load", |desk, _| desk.frame_loaded()),
        hear(desk, &window, "resize", |desk, _| desk.want_editor_scroll()),
    ]
}

impl Desk {
    /// Listens in the frame, where the engine lets the parent: WebKit gives no events from a frame without scripts, so
    /// there the frame is looked at in every animation frame.
    pub(crate) fn listen_in_frame(self: &Rc<Self>) {
        let owner = self.owner();
        let heard = self.preview.with_document(|document, _| {
            let mut ears = vec![hear(self, document, "apercu-probe", |desk, _| desk.frame_speaks.set(true))];
            self.frame_speaks.set(false);
            if let Ok(probe) = Event::new("apercu-probe") {
                let _ = document.dispatch_event(&probe);
            }
            if self.frame_speaks.get() {
                ears.push(hear(self, document, "scroll", |desk, _| desk.preview_scrolled()));
                ears.push(hear(self, document, "click", |desk, event| frame_click(desk, &desk.preview, event)));
                ears.extend(owner.into_iter().flat_map(|owner| owner.listen_in_frame(document)));
            }
            ears
        });
        if let Some(heard) = heard {
            *self.in_frame.borrow_mut() = heard;
        }
        if !self.frame_speaks.get() {
            self.watch_frame();
        }
    }
}

/// A new line: lists and quotes go on. Asked here and not on a key, because input methods confirm with Enter too.
fn before_input(desk: &Rc<Desk>, event: &Event) {
    let input: &InputEvent = event.unchecked_ref();
    let newline = matches!(input.input_type().as_str(), "insertLineBreak" | "insertParagraph");
    if newline && !input.is_composing() && !desk.shift_held.get() && desk.run(enter) {
        event.prevent_default();
    }
}

fn editor_key(desk: &Rc<Desk>, event: &Event) {
    let key: &KeyboardEvent = event.unchecked_ref();
    desk.shift_held.set(key.shift_key());
    if key.is_composing() || key.key_code() == 229 {
        return;
    }
    if key.key() == "Tab" && !key.ctrl_key() && !key.alt_key() && !key.meta_key() {
        // Outside of a list Tab goes on to the next control.
        if desk.run(if key.shift_key() { outdent } else { indent }) {
            event.prevent_default();
        }
        return;
    }
    let (name, code) = (key.key(), key.code());
    let name = Shortcut::key_of(&name, &code, key.alt_key(), desk.apple());
    let pressed = find(name, key.ctrl_key(), key.meta_key(), key.shift_key(), key.alt_key(), desk.apple())
        .filter(|command| command.group != Group::Key);
    if let Some(command) = pressed {
        event.prevent_default();
        desk.run(command.run);
    }
}

/// The arrows walk the toolbar, which is one stop of Tab.
fn toolbar_key(desk: &Rc<Desk>, event: &Event) {
    let key: &KeyboardEvent = event.unchecked_ref();
    let toolbar: HtmlElement = desk.root.by_id("toolbar");
    let Ok(buttons) = toolbar.query_selector_all("button") else { return };
    let button = |at: u32| buttons.item(at).map(JsCast::unchecked_into::<HtmlElement>);
    let Some(last) = buttons.length().checked_sub(1) else { return };
    let Some(at) = (0..=last).find(|&at| button(at).is_some_and(|b| b.matches(":focus").unwrap_or(false))) else {
        return;
    };
    let forward = if toolbar.matches(":dir(rtl)").unwrap_or(false) { "ArrowLeft" } else { "ArrowRight" };
    let to = match key.key().as_str() {
        "Home" => 0,
        "End" => last,
        name if name == forward => (at + 1) % (last + 1),
        "ArrowLeft" | "ArrowRight" => at.checked_sub(1).unwrap_or(last),
        _ => return,
    };
    event.prevent_default();
    for (at, stop) in [(at, "-1"), (to, "0")] {
        if let Some(button) = button(at) {
            let _ = button.set_attribute("tabindex", stop);
        }
    }
    if let Some(button) = button(to) {
        let _ = button.focus();
    }
}

fn paste(desk: &Rc<Desk>, event: &Event) {
    let clipboard: &ClipboardEvent = event.unchecked_ref();
    let Some(pasted) = clipboard.clipboard_data().and_then(|data| data.get_data("text/plain").ok()) else { return };
    let text = desk.textarea.text();
    let snapshot = Snapshot { text: &text, selection: desk.textarea.selection(&text) };
    if let Some(edit) = paste_link(&snapshot, &pasted) {
        event.prevent_default();
        desk.edit(&text, &edit);
    }
}

/// A click in the preview: links do what links do, anything else puts the caret at its source.
pub fn frame_click(desk: &Rc<Desk>, preview: &Preview, event: &Event) {
    let Some(target) = event.target().map(|target| target.unchecked_into::<Node>()) else { return };
    if !preview.is_link_or_control(&target, event) {
        desk.caret_to_source(preview, &target);
    }
}
