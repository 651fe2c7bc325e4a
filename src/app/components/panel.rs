//! `Panel`: what stands beside the preview. In: its tokens. Out: the nodes, what a person does in them. Neighbours:
//! `view/panel/` makes the tokens, `app/panel/events.rs` reads the events, `app/page_tools.rs` draws it when it is
//! loaded.

use std::rc::Rc;

use wasm_bindgen::JsCast;
use web_sys::HtmlElement;
use yew::prelude::*;

use super::Intent;
use super::tokens::html_of;
use crate::markdown::token::Token;

/// What the panel is given.
#[derive(PartialEq, Properties)]
pub struct PanelProps {
    /// What stands in it.
    pub tokens: Rc<[Token<'static>]>,
    /// Takes what a person does in it.
    pub on_intent: Callback<Intent>,
}

/// The panel. When it is opened, the chosen tab gets the focus, unless a person is writing in the editor.
#[component]
pub fn Panel(props: &PanelProps) -> Html {
    let node = use_node_ref();
    {
        let node = node.clone();
        use_effect_with((), move |()| {
            let panel = node.cast::<HtmlElement>();
            let tab = panel.and_then(|panel| panel.query_selector("[aria-selected=true]").ok().flatten());
            let focused = tab.as_ref().and_then(|tab| tab.owner_document()?.active_element());
            if let Some(tab) = tab.filter(|_| focused.is_none_or(|focused| focused.id() != "editor")) {
                let _ = tab.unchecked_ref::<HtmlElement>().focus();
            }
        });
    }
    // A field with the focus that is taken away while the panel is drawn is not left by a person.
    let drawing = use_mut_ref(|| false);
    *drawing.borrow_mut() = true;
    {
        let drawing = drawing.clone();
        use_effect(move || *drawing.borrow_mut() = false);
    }
    let on_event = {
        let on_intent = props.on_intent.clone();
        Callback::from(move |event: Event| {
            if !*drawing.borrow() {
                on_intent.emit(Intent::PanelEvent(event));
            }
        })
    };
    html! {
        <aside ref={node} id="panel" aria-label="About the post" onclick={on_event.reform(Event::from)} onchange={on_event.clone()}
            onkeydown={on_event.reform(Event::from)} onfocusout={on_event.reform(Event::from)}>
            { html_of(&props.tokens) }
        </aside>
    }
}
