//! `StatusBar`, at the bottom: words, reading time, publication, dialect, caret, diagnostics. In: what is known of
//! each. Out: intents. Neighbours: `diagnostics.rs` is the list that the last part unfolds; `app/editor/controller.rs`
//! writes where the caret is.

use std::rc::Rc;

use web_sys::HtmlSelectElement;
use yew::prelude::*;

use super::{Intent, Target};
use crate::app::state::{Counts, DiagnosticView, Dialects};
use crate::text::Severity;
use crate::view::panel::Tab;
use crate::view::publication_view::StatusLine;

/// What the bar is given.
#[derive(PartialEq, Properties)]
pub struct StatusBarProps {
    /// Where it is drawn.
    pub target: Target,
    /// Words and minutes.
    pub counts: Counts,
    /// What is wrong with the text.
    pub diagnostics: Rc<[DiagnosticView]>,
    /// Whether the list of diagnostics is unfolded.
    pub diagnostics_open: bool,
    /// The dialects that the preview shows.
    pub dialects: Dialects,
    /// What becomes of the post.
    pub publication: Rc<StatusLine>,
    /// Takes what a person wants.
    pub on_intent: Callback<Intent>,
}

/// The bar.
#[component]
pub fn StatusBar(props: &StatusBarProps) -> Html {
    let StatusBarProps { counts, publication: line, on_intent, .. } = props;
    let select = use_node_ref();
    {
        let select = select.clone();
        // Its property, not an attribute of an option: a person may have chosen another since.
        use_effect_with(props.dialects, move |dialects| {
            if let Some(select) = select.cast::<HtmlSelectElement>() {
                select.set_value(dialects.name());
            }
        });
    }
    let words = if counts.words == 1 { "1 word".to_owned() } else { format!("{} words", grouped(counts.words)) };
    let worst = props.diagnostics.iter().map(|p| p.severity).max();
    let label = match props.diagnostics.len() {
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
        html! { <option value={name}>{ label }</option> }
    });
    let show = {
        let on_intent = on_intent.clone();
        move |_: MouseEvent| on_intent.emit(Intent::ShowPanel(Some(Tab::Publication)))
    };
    let outline = {
        let on_intent = on_intent.clone();
        move |_: MouseEvent| on_intent.emit(Intent::ShowOutline)
    };
    let on_intent = on_intent.clone();
    props.target.adopt(html! {
        <footer id="status" part="status" inert={props.target.is_inert()}>
            // What tells more of it is not there in a host's page.
            if props.target.is_guest() {
                <span data-part="words">{ words }</span>
            } else {
                <button type="button" data-part="words" title="Outline and figures" onclick={outline}>{ words }</button>
            }
            <span data-part="reading">{ format!("{} min read", counts.minutes) }</span>
            if props.target.is_guest() {
                <span data-part="publication" data-status={line.status} title={line.text.clone()}>{ &line.text }</span>
            } else {
                <button type="button" data-part="publication" data-status={line.status} title={line.text.clone()} onclick={show}>{ &line.text }</button>
            }
            <span class="spring"></span>
            <label data-part="dialect" title="How the preview reads Markdown">
                <span>{ "Shown as" }</span>
                <select ref={select} aria-label="Dialect of the preview" onchange={choose}>{ for dialects }</select>
            </label>
            // The editor fills it: it changes with every key, and nothing else here does.
            <span data-part="position" title="Line and column of the caret"></span>
            <button type="button" data-part="diagnostics" data-severity={worst.map_or("none", Severity::name)} disabled={props.diagnostics.is_empty()}
                aria-expanded={props.diagnostics_open.to_string()} aria-controls="diagnostics"
                onclick={move |_| on_intent.emit(Intent::ToggleDiagnostics)}>{ label }</button>
        </footer>
    })
}

/// Thousands set apart by a narrow space.
pub(super) fn grouped(number: usize) -> String {
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
