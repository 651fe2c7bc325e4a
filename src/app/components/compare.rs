//! The comparison with another version: what to compare with, and places for the differences. In: `State`. Out: intents.
//! Neighbours: `effects/comparing.rs` fills the places; `components/dialog.rs`.

use wasm_bindgen::JsCast;
use web_sys::{HtmlSelectElement, HtmlTextAreaElement};
use yew::prelude::*;

use super::Intent;
use super::dialog::Dialog;
use crate::app::state::{Against, Comparison, State};

/// The dialog.
pub fn compare(state: &State, comparison: &Comparison, on_intent: &Callback<Intent>) -> Html {
    let send = |intent: Intent| {
        let on_intent = on_intent.clone();
        move || on_intent.emit(intent.clone())
    };
    let close = send(Intent::CloseDialog);
    let open = send(Intent::OpenOlder);
    let choose = {
        let on_intent = on_intent.clone();
        move |event: Event| {
            let chosen = event.target_dyn_into::<HtmlSelectElement>().map(|select| select.value()).unwrap_or_default();
            on_intent.emit(Intent::Compare(Some(Against::of_name(&chosen))));
        }
    };
    let write = {
        let on_intent = on_intent.clone();
        move |event: InputEvent| {
            if let Some(field) = event.target() {
                on_intent.emit(Intent::CompareText(field.unchecked_ref::<HtmlTextAreaElement>().value().into()));
            }
        }
    };
    let others = state.drafts.iter().filter(|row| state.current.as_ref() != Some(&row.id));
    // Chosen by its mark: a value set before the options are there chooses nothing.
    let option = |against: Against, title: &str, disabled: bool| {
        html! { <option key={against.name()} value={against.name().to_owned()} selected={against == comparison.against} {disabled}>{ title }</option> }
    };
    let drafts = others.map(|row| option(Against::Draft(row.id.clone()), &row.title, false));
    let is_other = comparison.against == Against::Other;
    html! {
        <Dialog key="compare" id="compare" title="Compare" on_close={move |()| close()}>
            <div class="compare-bar">
                <label>
                    <span>{ "With" }</span>
                    <select aria-label="Compare with" onchange={choose}>
                        { option(Against::File, "The file as opened or saved", !comparison.has_file) }
                        { option(Against::Other, "Another text…", false) }
                        <optgroup label="Drafts">{ for drafts }</optgroup>
                    </select>
                </label>
                if is_other {
                    <button type="button" class="quiet-border" onclick={move |_| open()}>{ "Open a file…" }</button>
                }
                <p id="compare-result" role="status"></p>
            </div>
            if is_other {
                <textarea id="compare-other" aria-label="The older version" placeholder="Paste the older version here" oninput={write} />
            }
            <div class="compare-panes">
                <input type="radio" name="compare-pane" id="compare-by-text" checked=true /><label for="compare-by-text">{ "Text" }</label>
                <input type="radio" name="compare-pane" id="compare-by-preview" /><label for="compare-by-preview">{ "Preview" }</label>
                <div id="compare-text" class="diff" tabindex="0" role="region" aria-label="Differences of the text"></div>
                <div id="compare-preview"></div>
            </div>
        </Dialog>
    }
}
