//! What an editor listens to: input, selection, scrolling, keys and pasting in the textarea, clicks on marks, the
//! preview's frame. In: events. Out: calls of the controller. Neighbours: `controller.rs`; `page_listeners.rs` has what
//! belongs to the page.

use std::rc::Rc;

use wasm_bindgen::JsCast;
use web_sys::{ClipboardEvent, Event, HtmlElement, InputEvent, KeyboardEvent};

use super::controller::EditorController;
use crate::app::browser::dom::{document, window};
use crate::app::browser::event_listener::{EventListener, on_event};
use crate::commands::{Group, Shortcut, Snapshot, address_start, enter, find, indent, outdent};
use crate::text::Span;

/// Listens to editor, marks and frame of an editor, for as long as the listeners live.
pub fn listen_to_editor(editor: &Rc<EditorController>) -> Vec<EventListener> {
    let area = &editor.textarea.element;
    let window = window();
    let apple =
        window.navigator().platform().is_ok_and(|platform| platform.starts_with("Mac") || platform.starts_with("iP"));
    editor.set_apple(apple);
    vec![
        on_event(editor, area, "input", |editor, event| {
            editor.caret_typed(event);
            editor.text_changed();
        }),
        on_event(editor, area, "beforeinput", before_input),
        on_event(editor, area, "keydown", editor_key),
        on_event(editor, area, "paste", paste),
        on_event(editor, area, "scroll", |editor, _| editor.want_editor_scroll()),
        // Told at the document, or in a shadow tree at the textarea itself, or not at all.
        on_event(editor, &document(), "selectionchange", EditorController::selection_changed),
        on_event(editor, area, "selectionchange", EditorController::selection_changed),
        on_event(editor, area, "select", EditorController::selection_changed),
        on_event(editor, &editor.root.by_id::<HtmlElement>("marks"), "click", |editor, event| {
            let offset = event.target().and_then(|t| t.unchecked_into::<HtmlElement>().get_attribute("data-offset"));
            if let Some(offset) = offset.and_then(|offset| offset.parse().ok()) {
                editor.jump_to(Span::at(offset));
            }
        }),
        on_event(editor, &editor.root.by_id::<HtmlElement>("toolbar"), "keydown", toolbar_key),
        on_event(editor, &editor.preview.frame, "load", |editor, _| editor.frame_loaded()),
        on_event(editor, &window, "resize", |editor, _| editor.want_editor_scroll()),
    ]
}

/// A new line: lists and quotes go on. Asked here and not on a key, because input methods confirm with Enter too.
fn before_input(editor: &Rc<EditorController>, event: &Event) {
    let input: &InputEvent = event.unchecked_ref();
    let newline = matches!(input.input_type().as_str(), "insertLineBreak" | "insertParagraph");
    if newline && !input.is_composing() && !editor.shift_held.get() && editor.run(enter) {
        event.prevent_default();
    }
}

fn editor_key(editor: &Rc<EditorController>, event: &Event) {
    let key: &KeyboardEvent = event.unchecked_ref();
    editor.shift_held.set(key.shift_key());
    if key.is_composing() || key.key_code() == 229 {
        return;
    }
    if key.key() == "Tab" && !key.ctrl_key() && !key.alt_key() && !key.meta_key() {
        // Outside of a list Tab goes on to the next control.
        if editor.run(if key.shift_key() { outdent } else { indent }) {
            event.prevent_default();
        }
        return;
    }
    let (name, code) = (key.key(), key.code());
    let name = Shortcut::key_of(&name, &code, key.alt_key(), editor.apple());
    let pressed = find(name, key.ctrl_key(), key.meta_key(), key.shift_key(), key.alt_key(), editor.apple())
        .filter(|command| command.group != Group::Key);
    if let Some(command) = pressed {
        event.prevent_default();
        editor.run_by_id(command.id);
    }
}

/// The arrow keys move the focus within the toolbar; Tab enters and leaves it.
fn toolbar_key(editor: &Rc<EditorController>, event: &Event) {
    let key: &KeyboardEvent = event.unchecked_ref();
    let toolbar: HtmlElement = editor.root.by_id("toolbar");
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

fn paste(editor: &Rc<EditorController>, event: &Event) {
    let clipboard: &ClipboardEvent = event.unchecked_ref();
    let Some(pasted) = clipboard.clipboard_data().and_then(|data| data.get_data("text/plain").ok()) else { return };
    let text = editor.textarea.text();
    let snapshot = Snapshot { text: &text, selection: editor.textarea.selection(&text) };
    let Some(functions) = editor.tools.commands.get() else {
        // Only an address over a selection may become a link.
        if !snapshot.selection.is_empty() && address_start(pasted.trim_start()) && editor.can_edit() {
            event.prevent_default();
            editor.paste_later(pasted);
        }
        return;
    };
    if let Some(edit) = (functions.paste)(&snapshot, &pasted) {
        event.prevent_default();
        editor.edit(&text, &edit);
    }
}
