//! The list of problems, above the status bar. In: problems. Out: jumps and fixes. Neighbours: `status_bar.rs`.

use yew::prelude::*;

use super::Intent;
use crate::app::state::Problem;

/// The list.
pub fn problems(problems: &[Problem], on_intent: &Callback<Intent>) -> Html {
    let rows = problems.iter().enumerate().map(|(index, problem)| {
        let (jump, fix) = (on_intent.clone(), on_intent.clone());
        let span = problem.span;
        html! {
            <li data-severity={problem.severity.name()}>
                <button type="button" class="jump" onclick={move |_| jump.emit(Intent::JumpTo(span))}>
                    <span class="where">{ format!("{}:{}", problem.at.line, problem.at.column) }</span>
                    <span>{ &*problem.message }</span>
                </button>
                if let Some(label) = &problem.fix {
                    <button type="button" class="quiet-border" onclick={move |_| fix.emit(Intent::Fix(index))}>{ &**label }</button>
                }
            </li>
        }
    });
    html! { <section id="problem-list" aria-label="Problems"><ul id="problems">{ for rows }</ul></section> }
}
