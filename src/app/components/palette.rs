//! `Palette`: a field, and below it the entries that fit what is typed. In: entries. Out: the one that is chosen.
//! Neighbours: `app/writing/palette_dialog.rs` makes the entries and does what is chosen; `writing/palette.rs` ranks them.

use std::rc::Rc;

use wasm_bindgen::JsCast;
use web_sys::{HtmlDialogElement, HtmlInputElement};
use yew::prelude::*;

use crate::writing::palette::{Fit, PaletteEntry, fits};

/// What the palette is given.
#[derive(PartialEq, Properties)]
pub struct PaletteProps {
    /// What can be chosen.
    pub entries: Rc<[PaletteEntry]>,
    /// Ids of what was chosen last, the last one first.
    pub recent: Rc<[String]>,
    /// What the field says while nothing is typed.
    pub hint: &'static str,
    /// Takes the chosen one; nothing if the palette is put away.
    pub on_choice: Callback<Option<PaletteEntry>>,
}

/// Brings the selected option within the node into view.
pub(super) fn show_selected(list: &NodeRef) {
    let selected = list.cast::<web_sys::Element>().and_then(|list| list.query_selector("[aria-selected=true]").ok()?);
    if let Some(selected) = selected {
        let options = web_sys::ScrollIntoViewOptions::new();
        options.set_block(web_sys::ScrollLogicalPosition::Nearest);
        selected.scroll_into_view_with_scroll_into_view_options(&options);
    }
}

/// The palette.
#[component]
pub fn Palette(props: &PaletteProps) -> Html {
    let typed = use_state(String::new);
    let at = use_state(|| 0_usize);
    let dialog = use_node_ref();
    {
        let dialog = dialog.clone();
        use_effect_with((), move |()| {
            if let Some(dialog) = dialog.cast::<HtmlDialogElement>() {
                let _ = dialog.show_modal();
            }
        });
    }
    let found = {
        let (entries, recent) = (Rc::clone(&props.entries), Rc::clone(&props.recent));
        use_memo((entries, recent, (*typed).clone()), |(entries, recent, typed)| fits(entries, typed, recent))
    };
    let last = found.len().saturating_sub(1);
    let current = (*at).min(last);
    {
        let dialog = dialog.clone();
        use_effect_with((current, (*typed).clone()), move |_| show_selected(&dialog));
    }
    let on_input = {
        let (typed, at) = (typed.clone(), at.clone());
        move |event: InputEvent| {
            let field = event.target().and_then(|field| field.dyn_into::<HtmlInputElement>().ok());
            typed.set(field.map(|field| field.value()).unwrap_or_default());
            at.set(0);
        }
    };
    let on_key = {
        let (at, on_choice) = (at.clone(), props.on_choice.clone());
        let chosen = found.get(current).and_then(|fit| props.entries.get(fit.index)).cloned();
        move |event: KeyboardEvent| {
            if event.is_composing() {
                return;
            }
            match event.key().as_str() {
                "ArrowDown" => at.set(if current == last { 0 } else { current + 1 }),
                "ArrowUp" => at.set(current.checked_sub(1).unwrap_or(last)),
                "PageDown" => at.set((current + 8).min(last)),
                "PageUp" => at.set(current.saturating_sub(8)),
                "Enter" if chosen.is_some() => on_choice.emit(chosen.clone()),
                "Escape" => on_choice.emit(None),
                _ => return,
            }
            event.prevent_default();
        }
    };
    let cancel = {
        let on_choice = props.on_choice.clone();
        move |event: Event| {
            event.prevent_default();
            on_choice.emit(None);
        }
    };
    // A click beside the palette puts it away: there the dialog itself is the target.
    let outside = {
        let (on_choice, dialog) = (props.on_choice.clone(), dialog.clone());
        move |event: MouseEvent| {
            let target = event.target().and_then(|target| target.dyn_into::<web_sys::Node>().ok());
            if target.is_some() && target == dialog.get() {
                on_choice.emit(None);
            }
        }
    };
    let rows = found.iter().enumerate().filter_map(|(row, fit)| {
        let entry = props.entries.get(fit.index)?;
        let choose = {
            let (on_choice, entry) = (props.on_choice.clone(), entry.clone());
            move |_: MouseEvent| on_choice.emit(Some(entry.clone()))
        };
        Some(html! {
            <li key={format!("{:?} {}", entry.kind, entry.id)} id={format!("palette-{row}")} role="option" aria-selected={(row == current).to_string()} onclick={choose}>
                <span class="kind">{ entry.kind.name() }</span>
                <span class="label">{ for letters(entry, fit) }</span>
                <span class="detail">{ &entry.detail }</span>
                if !entry.keys.is_empty() { <kbd>{ &entry.keys }</kbd> }
            </li>
        })
    });
    let active = (!found.is_empty()).then(|| format!("palette-{current}"));
    html! {
        <dialog ref={dialog} id="palette" aria-label="Palette" oncancel={cancel} onclick={outside}>
            <div class="palette-body">
                <input type="text" role="combobox" aria-label={props.hint} placeholder={props.hint} aria-expanded="true" aria-controls="palette-list"
                    aria-activedescendant={active} aria-autocomplete="list" autocomplete="off" spellcheck="false" autofocus={true}
                    value={(*typed).clone()} oninput={on_input} onkeydown={on_key} />
                <ul id="palette-list" role="listbox" aria-label="Entries">{ for rows }</ul>
                if found.is_empty() { <p class="quiet" role="status">{ "Nothing fits." }</p> }
            </div>
        </dialog>
    }
}

/// A label, with the letters that were typed marked.
fn letters(entry: &PaletteEntry, fit: &Fit) -> Vec<Html> {
    let mut out = Vec::new();
    let (mut run, mut marked) = (String::new(), false);
    let push = |run: &mut String, marked: bool, out: &mut Vec<Html>| {
        if !run.is_empty() {
            let text = std::mem::take(run);
            out.push(if marked {
                html! { <b>{ text }</b> }
            } else {
                html! { { text } }
            });
        }
    };
    for (at, letter) in entry.label.chars().enumerate() {
        let is_typed = u32::try_from(at).is_ok_and(|at| fit.letters.binary_search(&at).is_ok());
        if is_typed != marked {
            push(&mut run, marked, &mut out);
            marked = is_typed;
        }
        run.push(letter);
    }
    push(&mut run, marked, &mut out);
    out
}
