//! `CompletionPopup`: what the word at the caret may become, as a list at the caret. In: candidates and a place. Out: the one
//! that is chosen. Neighbours: `app/writing/completion_list.rs` makes and places it; the focus stays in the textarea.

use std::rc::Rc;

use yew::prelude::*;

use super::palette::show_selected;
use crate::writing::completion::Candidate;

/// What the list is given.
#[derive(PartialEq, Properties)]
pub struct CompletionPopupProps {
    /// What can be chosen.
    pub candidates: Rc<[Candidate]>,
    /// Which one is selected (zero-based), if one is.
    pub current: Option<usize>,
    /// Where it lies in the window, in CSS pixels: its left edge, and its top or, where it lies above the caret, its bottom.
    pub place: (f64, f64),
    /// Whether it lies above the caret.
    pub above: bool,
    /// Takes the chosen one.
    pub on_choice: Callback<usize>,
}

/// The list.
#[component]
pub fn CompletionPopup(props: &CompletionPopupProps) -> Html {
    let list = use_node_ref();
    {
        let list = list.clone();
        use_effect_with((props.current, Rc::clone(&props.candidates)), move |_| show_selected(&list));
    }
    {
        // By script: the page's policy allows no style in markup.
        let (list, place, above) = (list.clone(), props.place, props.above);
        use_effect_with((place, above), move |_| {
            if let Some(style) = list.cast::<web_sys::HtmlElement>().map(|list| list.style()) {
                let (side, other) = if above { ("bottom", "top") } else { ("top", "bottom") };
                let _ = style.set_property("left", &format!("{}px", place.0));
                let _ = style.set_property(side, &format!("{}px", place.1));
                let _ = style.set_property(other, "auto");
            }
        });
    }
    let rows = props.candidates.iter().enumerate().map(|(row, candidate)| {
        let choose = {
            let on_choice = props.on_choice.clone();
            // Before the textarea would lose the focus.
            move |event: PointerEvent| {
                event.prevent_default();
                on_choice.emit(row);
            }
        };
        let selected = (Some(row) == props.current).to_string();
        html! {
            <li id={format!("completion-{row}")} role="option" aria-selected={selected} onpointerdown={choose}>
                <span class="label">{ &candidate.label }</span>
                if !candidate.detail.is_empty() { <span class="detail">{ &candidate.detail }</span> }
            </li>
        }
    });
    html! {
        <ul ref={list} id="completion" role="listbox" aria-label="Completions">
            { for rows }
        </ul>
    }
}
