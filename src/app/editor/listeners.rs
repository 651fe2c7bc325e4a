//! What an editor listens to: input, selection, scrolling, keys and pasting in the textarea, clicks on marks, the
//! preview's frame. In: events. Out: calls of the controller. Neighbours: `controller.rs`; `page_listeners.rs` has what
//! belongs to the page.

use std::rc::Rc;

use wasm_bindgen::JsCast;
use web_sys::{ClipboardEvent, Event, HtmlElement, InputEvent, KeyboardEvent};

use super::controller::EditorController;
use super::textarea::LARGEST_UNDOABLE;
use crate::app::browser::dom::{document, local_time, window};
use crate::app::browser::event_listener::{EventListener, on_event};
use crate::commands::{
    Group, Shortcut, Snapshot, address_start, enter, find, indent, may_be_shortcut, may_surround, outdent,
};
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

/// A new line: lists, quotes and tables go on. Asked here and not on a key, because input methods confirm with Enter
/// too.
fn before_input(editor: &Rc<EditorController>, event: &Event) {
    let input: &InputEvent = event.unchecked_ref();
    let newline = matches!(input.input_type().as_str(), "insertLineBreak" | "insertParagraph");
    if !newline || input.is_composing() || editor.shift_held.get() {
        return;
    }
    if editor.may_be_in_table() {
        if !editor.has_all_commands() && editor.can_edit() {
            event.prevent_default();
            editor.edit_later("\n".to_owned(), |functions, snapshot, _| {
                (functions.more?.run)("new-row", snapshot, local_time).or_else(|| enter(snapshot))
            });
            return;
        }
        if editor.run_by_id("new-row") {
            return event.prevent_default();
        }
    }
    if editor.run(&enter) {
        event.prevent_default();
    }
}

fn editor_key(editor: &Rc<EditorController>, event: &Event) {
    let key: &KeyboardEvent = event.unchecked_ref();
    editor.shift_held.set(key.shift_key());
    let primary = key.ctrl_key() || key.meta_key();
    editor.wants_plain.set(primary && key.shift_key() && key.key().eq_ignore_ascii_case("v"));
    if key.is_composing() || key.key_code() == 229 {
        return;
    }
    let modifiers = [key.ctrl_key(), key.meta_key(), key.shift_key(), key.alt_key()];
    let [ctrl, meta, shift, alt] = modifiers;
    if key.key() == "Tab" && !ctrl && !alt && !meta {
        // Outside of a list and a table Tab goes on to the next control.
        let done = if editor.may_be_in_table() {
            let is_late = !editor.has_all_commands() && editor.can_edit();
            editor.run_by_id(if shift { "previous-cell" } else { "next-cell" }) || is_late
        } else {
            editor.run(if shift { &outdent } else { &indent })
        };
        if done {
            event.prevent_default();
        }
        return;
    }
    let types = (!ctrl && !alt && !meta) || key.get_modifier_state("AltGraph");
    if types && surround_selection(editor, &key.key()) {
        return event.prevent_default();
    }
    let (name, code) = (key.key(), key.code());
    let name = Shortcut::key_of(&name, &code, alt, editor.apple());
    let pressed = find(name, ctrl, meta, shift, alt, editor.apple()).filter(|command| command.group != Group::Key);
    if let Some(command) = pressed {
        event.prevent_default();
        editor.run_by_id(command.id);
    } else if may_be_shortcut(name, ctrl, meta, alt) {
        if !editor.has_all_commands() {
            event.prevent_default();
            let name = name.to_owned();
            editor.with_commands(move |editor| {
                editor.run_key(&name, modifiers);
            });
        } else if editor.run_key(name, modifiers) {
            event.prevent_default();
        }
    }
}

/// A sign that comes in pairs is written around what is selected. Whether it is; what does it is loaded first where it is
/// not there yet.
fn surround_selection(editor: &Rc<EditorController>, typed: &str) -> bool {
    let mut letters = typed.chars();
    let (Some(sign), None) = (letters.next(), letters.next()) else { return false };
    let (start, end) = editor.textarea.selection_utf16();
    if start == end || !may_surround(sign) || !editor.can_edit() {
        return false;
    }
    if editor.has_all_commands() {
        let more = editor.tools.commands.get().and_then(|functions| functions.more);
        return more.is_some_and(|more| editor.run(&|snapshot| (more.surround)(snapshot, sign)));
    }
    editor.edit_later(typed.to_owned(), |functions, snapshot, typed| {
        (functions.more?.surround)(snapshot, typed.chars().next()?)
    });
    true
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

/// Text beside a file may be the name or the address of it, which is no longer than this.
const LONGEST_NAME: usize = 300;

/// A link over a selection, a file, HTML as Markdown; else the browser pastes plain text.
fn paste(editor: &Rc<EditorController>, event: &Event) {
    let clipboard: &ClipboardEvent = event.unchecked_ref();
    let Some(data) = clipboard.clipboard_data().filter(|_| !event.default_prevented()) else { return };
    let wants_plain = editor.wants_plain.take();
    let of_kind = |kind| data.get_data(kind).unwrap_or_default();
    let pasted = of_kind("text/plain");
    let text = editor.textarea.text();
    let snapshot = Snapshot { text: &text, selection: editor.textarea.selection(&text) };
    if let Some(functions) = editor.tools.commands.get()
        && let Some(edit) = (functions.paste)(&snapshot, &pasted)
    {
        event.prevent_default();
        return editor.edit(&text, &edit);
    }
    if !editor.can_edit() {
        return;
    }
    // A long text is never the name of a file.
    if !wants_plain && pasted.len() < LONGEST_NAME && editor.host().is_some_and(|host| host.take_pasted_files(&data)) {
        return event.prevent_default();
    }
    let is_plain = wants_plain || pasted.is_empty() || editor.host().is_some_and(|host| host.pastes_plain());
    let html = if is_plain { String::new() } else { of_kind("text/html") };
    let is_taken = match editor.tools.get() {
        Some(tools) => !html.is_empty() && (tools.paste_html)(editor, &snapshot, &html, &pasted),
        None if editor.tools.has_stopped() => false,
        // Only an address over a selection may become a link; a long text must stay undoable.
        None => {
            let may_link = editor.tools.commands.get().is_none()
                && !snapshot.selection.is_empty()
                && address_start(pasted.trim_start());
            let later = may_link || !html.is_empty() && pasted.len() <= LARGEST_UNDOABLE;
            if later {
                editor.paste_later(pasted, html);
            }
            later
        }
    };
    if is_taken {
        event.prevent_default();
    }
}
