//! The list of diagnostics, above the status bar. In: diagnostics. Out: jumps and fixes. Neighbours: `status_bar.rs`.

use yew::prelude::*;

use super::Intent;
use crate::app::state::DiagnosticView;

/// The list.
pub fn diagnostics(diagnostics: &[DiagnosticView], on_intent: &Callback<Intent>) -> Html {
    let rows = diagnostics.iter().enumerate().map(|(index, diagnostic)| {
        let (jump, fix) = (on_intent.clone(), on_intent.clone());
        let span = diagnostic.span;
        html! {
            <li data-severity={diagnostic.severity.name()}>
                <button type="button" class="jump" onclick={move |_| jump.emit(Intent::JumpTo(span))}>
                    <span class="where">{ format!("{}:{}", diagnostic.at.line, diagnostic.at.column) }</span>
                    <span>{ &*diagnostic.message }</span>
                </button>
                if let Some(label) = &diagnostic.fix {
                    <button type="button" class="quiet-border" onclick={move |_| fix.emit(Intent::Fix(index))}>{ &**label }</button>
                }
            </li>
        }
    });
    html! { <section id="diagnostic-list" aria-label="Problems"><ul id="diagnostics">{ for rows }</ul></section> }
}
