//! The bar at the bottom: words, reading time, caret, problems. In: `State`. Out: intents.
//! Neighbours: `problems.rs` is the list that the last part unfolds; `app/editor/controller.rs` writes where the caret is.

use wasm_bindgen::JsValue;
use web_sys::HtmlSelectElement;
use yew::prelude::*;

use super::Intent;
use crate::app::state::{Dialects, State};
use crate::text::Severity;
use crate::view::panel::Tab;

/// Whether the bar looks the same.
pub fn same_status(a: &State, b: &State) -> bool {
    (a.counts, &a.problems, a.problems_open, a.dialects, &a.panel.line)
        == (b.counts, &b.problems, b.problems_open, b.dialects, &b.panel.line)
}

/// The bar.
pub fn status_bar(state: &State, on_intent: &Callback<Intent>) -> Html {
    let counts = state.counts;
    let words = if counts.words == 1 { "1 word".to_owned() } else { format!("{} words", grouped(counts.words)) };
    let worst = state.problems.iter().map(|p| p.severity).max();
    let problems = match state.problems.len() {
        0 => "No problems".to_owned(),
        1 => "1 problem".to_owned(),
        n => format!("{n} problems"),
    };
    let choose = {
        let on_intent = on_intent.clone();
        move |event: Event| {
            let chosen = event.target_dyn_into::<HtmlSelectElement>().map(|select| select.value()).unwrap_or_default();
            on_intent.emit(Intent::ShowDialects(Dialects::of_name(&chosen)));
        }
    };
    let dialects = Dialects::NAMES.map(|(dialects, name)| {
        let label = match dialects {
            Dialects::Jekyll => "Jekyll",
            Dialects::GitHub => "GitHub",
            Dialects::Both => "Side by side",
        };
        // Marked as well: a value that is set before the options are there chooses nothing.
        html! { <option value={name} selected={dialects == Dialects::default()}>{ label }</option> }
    });
    let line = &state.panel.line;
    let show = {
        let on_intent = on_intent.clone();
        move |_: MouseEvent| on_intent.emit(Intent::ShowPanel(Some(Tab::Publication)))
    };
    let on_intent = on_intent.clone();
    html! {
        <>
            <span data-part="words">{ words }</span>
            <span data-part="reading">{ format!("{} min read", counts.minutes) }</span>
            if state.embedded {
                <span data-part="publication" data-mood={line.mood} title={line.text.clone()}>{ &line.text }</span>
            } else {
                <button type="button" data-part="publication" data-mood={line.mood} title={line.text.clone()} onclick={show}>{ &line.text }</button>
            }
            <span class="spring"></span>
            <label data-part="dialect" title="How the preview reads Markdown">
                <span>{ "Shown as" }</span>
                <select aria-label="Dialect of the preview" ~value={JsValue::from_str(state.dialects.name())} onchange={choose}>{ for dialects }</select>
            </label>
            // The desk fills it: it changes with every key, and nothing else here does.
            <span data-part="position" title="Line and column of the caret"></span>
            <button type="button" data-part="problems" data-severity={worst.map_or("none", Severity::name)} disabled={state.problems.is_empty()}
                aria-expanded={state.problems_open.to_string()} aria-controls="problems"
                onclick={move |_| on_intent.emit(Intent::ToggleProblems)}>{ problems }</button>
        </>
    }
}

/// Thousands set apart by a narrow space.
fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut out = String::with_capacity(digits.len() + 4);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push('\u{202F}');
        }
        out.push(digit);
    }
    out
}
