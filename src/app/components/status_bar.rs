//! The bar at the bottom: words, reading time, caret, problems. In: `State`. Out: intents.
//! Neighbours: `problems.rs` is the list that the last part unfolds.

use yew::prelude::*;

use super::Intent;
use crate::app::state::State;
use crate::text::Severity;

/// Whether the bar looks the same.
pub fn same_status(a: &State, b: &State) -> bool {
    (a.counts, &a.problems, a.problems_open) == (b.counts, &b.problems, b.problems_open)
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
    let on_intent = on_intent.clone();
    html! {
        <>
            <span data-part="words">{ words }</span>
            <span data-part="reading">{ format!("{} min read", counts.minutes) }</span>
            <span class="spring"></span>
            <span data-part="position" title="Line and column of the caret">
                { format!("{}:{}", counts.caret.line, counts.caret.column) }
            </span>
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
