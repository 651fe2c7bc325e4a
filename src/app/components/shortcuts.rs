//! `Shortcuts`: which key runs which command, as a dialog in which each can be changed. In: commands with their keys. Out:
//! other keys. Neighbours: `app/writing/own_keys.rs` shows it and keeps what is chosen.

use std::rc::Rc;

use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::dialog::Dialog;
use crate::commands::Chord;

/// A command with its key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShortcutRow {
    /// The command's id.
    pub id: &'static str,
    /// What it is called.
    pub label: &'static str,
    /// What it does.
    pub hint: &'static str,
    /// Its key as it is written; empty where it has none.
    pub keys: String,
    /// Whether somebody chose that.
    pub is_own: bool,
}

/// What a person wants of the dialog.
#[derive(Clone, Debug)]
pub enum ShortcutWish {
    /// Another key for the command, or none.
    Choose(&'static str, Option<Chord>),
    /// The key that the command has by itself.
    GiveBack(&'static str),
    /// The same for all commands.
    GiveAllBack,
    /// To be done.
    Close,
}

/// What the dialog is given.
#[derive(PartialEq, Properties)]
pub struct ShortcutsProps {
    /// The commands.
    pub rows: Rc<[ShortcutRow]>,
    /// What came of the last wish.
    pub told: AttrValue,
    /// What a pressed key means; nothing for a modifier alone.
    pub chord_of: Callback<KeyboardEvent, Option<Chord>>,
    /// Takes what a person wants.
    pub on_wish: Callback<ShortcutWish>,
}

/// The dialog.
#[component]
pub fn Shortcuts(props: &ShortcutsProps) -> Html {
    let typed = use_state(String::new);
    let asked = use_state(|| None::<&'static str>);
    let on_input = {
        let typed = typed.clone();
        move |event: InputEvent| {
            let field = event.target().and_then(|field| field.dyn_into::<HtmlInputElement>().ok());
            typed.set(field.map(|field| field.value()).unwrap_or_default());
        }
    };
    let wanted = typed.to_lowercase();
    let fits = |row: &&ShortcutRow| {
        [row.label, row.hint, &row.keys].iter().any(|words| words.to_lowercase().contains(&wanted))
    };
    let rows: Vec<Html> = props.rows.iter().filter(fits).map(|row| shown_row(props, row, &asked)).collect();
    let give_all_back = {
        let on_wish = props.on_wish.clone();
        move |_: MouseEvent| on_wish.emit(ShortcutWish::GiveAllBack)
    };
    let has_own = props.rows.iter().any(|row| row.is_own);
    let content = html! {
        <div class="shortcuts">
            <p>{ "Choose a key’s button, then press the new key. Delete takes the key away, Escape leaves it as it is." }</p>
            <input type="search" class="shortcut-search" placeholder="Search" aria-label="Search" autocomplete="off" oninput={on_input} />
            <ul class="shortcut-rows">{ for rows }</ul>
        </div>
    };
    let foot = html! {
        <>
            <p id="shortcuts-told" role="status">{ &props.told }</p>
            <button type="button" class="quiet-border" data-action="all-keys-back" disabled={!has_own} onclick={give_all_back}>{ "All as at first" }</button>
        </>
    };
    let on_close = {
        let on_wish = props.on_wish.clone();
        move |()| on_wish.emit(ShortcutWish::Close)
    };
    html! { <Dialog id="shortcuts" title="Shortcuts" {on_close} {foot}>{ content }</Dialog> }
}

fn shown_row(props: &ShortcutsProps, row: &ShortcutRow, asked: &UseStateHandle<Option<&'static str>>) -> Html {
    let id = row.id;
    let is_asked = **asked == Some(id);
    let ask = {
        let asked = asked.clone();
        move |_: MouseEvent| asked.set(if *asked == Some(id) { None } else { Some(id) })
    };
    let forget = {
        let asked = asked.clone();
        move |_: FocusEvent| {
            if *asked == Some(id) {
                asked.set(None);
            }
        }
    };
    let press = {
        let (asked, chord_of, on_wish) = (asked.clone(), props.chord_of.clone(), props.on_wish.clone());
        move |event: KeyboardEvent| {
            if *asked != Some(id) {
                return;
            }
            let is_alone = !event.ctrl_key() && !event.meta_key() && !event.alt_key();
            let name = event.key();
            if is_alone && name == "Tab" {
                return asked.set(None);
            }
            event.prevent_default();
            event.stop_propagation();
            let chosen = match name.as_str() {
                "Escape" if is_alone => return asked.set(None),
                "Delete" | "Backspace" if is_alone => None,
                _ => match chord_of.emit(event) {
                    Some(chord) => Some(chord),
                    None => return,
                },
            };
            asked.set(None);
            on_wish.emit(ShortcutWish::Choose(id, chosen));
        }
    };
    let give_back = {
        let on_wish = props.on_wish.clone();
        move |_: MouseEvent| on_wish.emit(ShortcutWish::GiveBack(id))
    };
    let keys = match row.keys.as_str() {
        _ if is_asked => "Press a key…",
        "" => "None",
        keys => keys,
    };
    let name = format!("{}: {keys}", row.label);
    html! {
        <li key={id} data-row={id}>
            <span class="words"><span>{ row.label }</span><span class="hint">{ row.hint }</span></span>
            if row.is_own {
                <button type="button" class="back" data-action="key-back" aria-label={format!("{}: as at first", row.label)} onclick={give_back}>{ "As at first" }</button>
            }
            <button type="button" class="keys quiet-border" aria-label={name} aria-pressed={is_asked.to_string()}
                onclick={ask} onblur={forget} onkeydown={press}>{ keys.to_owned() }</button>
        </li>
    }
}
