//! Keys of one's own for commands. In: keys that are pressed, wishes of the dialog. Out: commands that run, keys that are
//! kept. Neighbours: `commands/own_shortcuts.rs` says what a key means, `page_commands.rs` runs commands;
//! `components/shortcuts.rs` is the dialog.

use std::cell::RefCell;
use std::rc::Rc;

use wasm_bindgen::JsCast;
use web_sys::{Element, Event, KeyboardEvent};
use yew::AppHandle;
use yew::prelude::*;

use super::appearance::choose;
use super::page_commands::{page_commands, run_command};
use crate::app::browser::dom::{document, element, window};
use crate::app::browser::event_listener::EventListener;
use crate::app::components::{ShortcutRow, ShortcutWish, Shortcuts, ShortcutsProps};
use crate::app::page_controller::PageController;
use crate::commands::{COMMANDS, Chord, Group, MORE_COMMANDS, Meaning, NoShortcut, OwnShortcuts, Shortcut};
use crate::storage::{load_shortcuts, save_shortcuts};

thread_local! {
    static OWN: RefCell<OwnShortcuts> = RefCell::default();
    static LISTENING: RefCell<Option<EventListener>> = const { RefCell::new(None) };
    static OPEN: RefCell<Option<(Element, AppHandle<Shortcuts>)>> = const { RefCell::new(None) };
}

/// Whether a command belongs to the page, or changes the text.
#[derive(Clone, Copy, PartialEq, Eq)]
enum CommandKind {
    Page,
    Text,
}

/// A command as far as its keys go.
struct KeyedCommand {
    id: &'static str,
    label: &'static str,
    hint: &'static str,
    kind: CommandKind,
    by_itself: Option<Chord>,
}

/// All commands that can have a key.
fn commands(apple: bool) -> Vec<KeyedCommand> {
    let of_page = page_commands().into_iter().map(|command| KeyedCommand {
        id: command.id,
        label: command.label,
        hint: command.hint,
        kind: CommandKind::Page,
        by_itself: Chord::parse(if apple { command.keys.0 } else { command.keys.1 }, apple),
    });
    // A command that is a key of its own (Enter, Tab) is that key.
    let own_key = |shortcut: &Shortcut| matches!(shortcut.key, "Enter" | "Tab");
    let of_text = COMMANDS
        .iter()
        .chain(MORE_COMMANDS)
        .filter(move |command| command.group != Group::Key && !command.shortcut.as_ref().is_some_and(own_key));
    let of_text = of_text.map(|command| KeyedCommand {
        id: command.id,
        label: command.label,
        hint: command.hint,
        kind: CommandKind::Text,
        by_itself: command.shortcut.and_then(|shortcut| Chord::parse(&shortcut.display(apple), apple)),
    });
    of_page.chain(of_text).collect()
}

fn by_themselves(commands: &[KeyedCommand]) -> Vec<(&str, Option<Chord>)> {
    commands.iter().map(|command| (command.id, command.by_itself.clone())).collect()
}

/// The keys of a command as they are shown, where somebody chose others; empty where it has none any more.
pub fn own_keys(id: &str, apple: bool) -> Option<String> {
    OWN.with_borrow(|own| own.has(id).then(|| own.of(id, None).map(|chord| chord.display(apple)).unwrap_or_default()))
}

/// Takes the keys that were chosen at an earlier visit, and listens to them.
pub fn take_own_keys(page: &Rc<PageController>) {
    let own = OwnShortcuts::parse(&load_shortcuts(), page.editor.apple());
    if !own.is_empty() {
        use_keys(page, own);
    }
}

fn use_keys(page: &Rc<PageController>, own: OwnShortcuts) {
    let is_empty = own.is_empty();
    OWN.set(own);
    name_on_toolbar(page.editor.apple());
    if is_empty {
        LISTENING.take();
    } else if LISTENING.with_borrow(Option::is_none) {
        let weak = Rc::downgrade(page);
        let listener = EventListener::before(&window(), "keydown", move |event| {
            if let Some(page) = weak.upgrade() {
                pressed(&page, event);
            }
        });
        LISTENING.set(Some(listener));
    }
}

/// The buttons of the toolbar name the keys of their commands.
fn name_on_toolbar(apple: bool) {
    for command in COMMANDS {
        let by_itself = || command.shortcut.map(|shortcut| shortcut.display(apple)).unwrap_or_default();
        let keys = own_keys(command.id, apple).unwrap_or_else(by_itself);
        let button = document().query_selector(&["#toolbar [data-command=", command.id, "]"].concat()).ok().flatten();
        if let Some(button) = button {
            let title =
                if keys.is_empty() { command.hint.to_owned() } else { [command.hint, " (", &keys, ")"].concat() };
            let _ = button.set_attribute("title", &title);
        }
    }
}

fn pressed(page: &Rc<PageController>, event: &Event) {
    let key: &KeyboardEvent = event.unchecked_ref();
    let is_covered = || document().query_selector("dialog[open]").is_ok_and(|open| open.is_some());
    if key.is_composing() || key.get_modifier_state("AltGraph") {
        return;
    }
    let apple = page.editor.apple();
    // What writes is no shortcut, and costs nothing.
    let Some(chord) = chord_of(key, apple).filter(|chord| chord.check().is_ok()) else { return };
    let commands = commands(apple);
    let meaning = OWN.with_borrow(|own| own.meaning(&chord, &by_themselves(&commands)));
    let of_text = |id: &str| commands.iter().any(|command| command.id == id && command.kind == CommandKind::Text);
    match meaning {
        Meaning::AsEver => {}
        _ if is_covered() => {}
        Meaning::Nothing => event.stop_immediate_propagation(),
        Meaning::Command(id) if of_text(&id) && !page.editor.textarea.is_focused() => {}
        Meaning::Command(id) => {
            event.prevent_default();
            event.stop_immediate_propagation();
            run_command(page, &id);
        }
    }
}

fn chord_of(key: &KeyboardEvent, apple: bool) -> Option<Chord> {
    let (name, code) = (key.key(), key.code());
    let name = Shortcut::key_of(&name, &code, key.alt_key(), apple);
    Chord::of_event(name, [key.ctrl_key(), key.meta_key(), key.alt_key(), key.shift_key()], apple)
}

/// Shows the dialog.
pub fn show_shortcuts(page: &Rc<PageController>) {
    if document().query_selector("dialog[open]").is_ok_and(|open| open.is_some()) {
        return;
    }
    let place = element("div", "");
    if document().body().is_none_or(|body| body.append_child(&place).is_err()) {
        return;
    }
    let props = props_of(page, String::new());
    OPEN.set(Some((place.clone(), yew::Renderer::<Shortcuts>::with_root_and_props(place, props).render())));
}

fn props_of(page: &Rc<PageController>, told: String) -> ShortcutsProps {
    let apple = page.editor.apple();
    let rows = OWN.with_borrow(|own| {
        let row = |command: KeyedCommand| ShortcutRow {
            id: command.id,
            label: command.label,
            hint: command.hint,
            keys: own.of(command.id, command.by_itself).map(|chord| chord.display(apple)).unwrap_or_default(),
            is_own: own.has(command.id),
        };
        commands(apple).into_iter().map(row).collect::<Rc<[_]>>()
    });
    let weak = Rc::downgrade(page);
    let on_wish = Callback::from(move |wish: ShortcutWish| {
        if let Some(page) = weak.upgrade() {
            carry_out(&page, wish);
        }
    });
    let chord_of = Callback::from(move |key: KeyboardEvent| chord_of(&key, apple));
    ShortcutsProps { rows, told: told.into(), chord_of, on_wish }
}

fn carry_out(page: &Rc<PageController>, wish: ShortcutWish) {
    let apple = page.editor.apple();
    let commands = commands(apple);
    let all = by_themselves(&commands);
    let label = |id: &str| commands.iter().find(|command| command.id == id).map_or("", |command| command.label);
    let mut own = OWN.with_borrow(Clone::clone);
    let told = match wish {
        ShortcutWish::Close => {
            if let Some((place, handle)) = OPEN.take() {
                handle.destroy();
                place.remove();
            }
            page.editor.textarea.focus_quietly();
            return;
        }
        ShortcutWish::Choose(id, Some(chord)) => match chord.check() {
            Err(NoShortcut::Writes) => {
                format!(
                    "{} writes or moves in a text. Hold Ctrl or Alt with it, or take a function key.",
                    chord.display(apple)
                )
            }
            Err(NoShortcut::Reserved) => format!("{} is a key of the browser or the system.", chord.display(apple)),
            Ok(()) => {
                let keys = chord.display(apple);
                match own.choose(id, Some(chord), &all) {
                    Some(other) => {
                        format!("{}: {keys}. It was the key of {}, which has none now.", label(id), label(&other))
                    }
                    None => format!("{}: {keys}.", label(id)),
                }
            }
        },
        ShortcutWish::Choose(id, None) => {
            own.choose(id, None, &all);
            format!("{} has no key now.", label(id))
        }
        ShortcutWish::GiveBack(id) => match own.give_back(id, &all) {
            Some(other) => format!("{} has its key back, and {} has none now.", label(id), label(&other)),
            None => format!("{} has its key back.", label(id)),
        },
        ShortcutWish::GiveAllBack => {
            own = OwnShortcuts::default();
            "Every command has its own key.".to_owned()
        }
    };
    save_shortcuts(&own.stored());
    let has_own = !own.is_empty();
    choose(page, |settings| settings.own_keys = has_own);
    use_keys(page, own);
    OPEN.with_borrow_mut(|open| {
        if let Some((_, handle)) = open {
            handle.update(props_of(page, told));
        }
    });
}
