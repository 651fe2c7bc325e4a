//! The drafts kept in this browser: open, rename, delete. In: rows. Out: intents. Neighbours: `app/drafts/storing.rs`.

use wasm_bindgen::{JsCast, JsValue};
use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::Intent;
use super::dialog::plain;
use super::icon::icon;
use crate::app::state::{DraftRow, State};

/// The list.
pub fn drafts(state: &State, on_intent: &Callback<Intent>) -> Html {
    let rows = state.drafts.iter().map(|row| {
        if state.renaming.as_ref() == Some(&row.id) {
            let (on_intent, id) = (on_intent.clone(), row.id.clone());
            let onsubmit = move |event: SubmitEvent| {
                event.prevent_default();
                let field = event.target().and_then(|form| {
                    form.unchecked_ref::<web_sys::Element>().query_selector("input").ok().flatten()
                });
                if let Some(field) = field {
                    let title = field.unchecked_ref::<HtmlInputElement>().value();
                    on_intent.emit(Intent::RenameDraft(id.clone(), title.trim().into()));
                }
            };
            return html! {
                <li key={&*row.id}>
                    <form class="rename" {onsubmit}>
                        // Not its value, which would be set again over what is typed.
                        <input id="new-title" aria-label="Title" ~defaultValue={JsValue::from_str(&row.title)} />
                        <button type="submit" class="quiet-border">{ "Rename" }</button>
                    </form>
                </li>
            };
        }
        let current = state.current.as_ref() == Some(&row.id);
        let open = emit(on_intent, Intent::OpenDraft(row.id.clone()));
        let delete = emit(on_intent, Intent::DeleteDraft(row.id.clone()));
        // The draft in the editor is compared with its file.
        let compare = emit(on_intent, Intent::Compare((!current).then(|| row.id.clone())));
        let rename = emit(on_intent, Intent::BeginRename(row.id.clone()));
        html! {
            <li key={&*row.id} data-draft={row.id.to_string()} data-current={current.to_string()}>
                <button type="button" class="open" onclick={open} aria-current={current.then_some("true")}>
                    <span class="title">{ &*row.title }</span>
                    <span class="about">{ about(row) }</span>
                </button>
                <button type="button" class="icon-only" data-action="compare" aria-label={format!("Compare with {}", row.title)} title="Compare" onclick={compare}>
                    { icon("compare") }
                </button>
                <button type="button" class="icon-only" data-action="rename" aria-label={format!("Rename {}", row.title)} title="Rename" onclick={rename}>
                    { icon("rename") }
                </button>
                <button type="button" class="icon-only danger" data-action="delete" aria-label={format!("Delete {}", row.title)} title="Delete" onclick={delete}>
                    { icon("delete") }
                </button>
            </li>
        }
    });
    let content = html! {
        <>
            <p>{ "Kept in this browser, on this device, and nowhere else." }</p>
            if state.drafts.is_empty() {
                <p>{ "No draft yet: what you write is kept here from the first letter on." }</p>
            }
            <ul class="draft-list">{ for rows }</ul>
            <p><button type="button" class="quiet-border" data-action="show-site" onclick={emit(on_intent, Intent::ShowSite)}>{ "Open a site…" }</button></p>
        </>
    };
    plain("drafts", "Drafts", on_intent, content)
}

fn emit(on_intent: &Callback<Intent>, intent: Intent) -> Callback<MouseEvent> {
    let on_intent = on_intent.clone();
    Callback::from(move |_| on_intent.emit(intent.clone()))
}

fn about(row: &DraftRow) -> String {
    let date = js_sys::Date::new(&row.updated_ms.into());
    let when = String::from(date.to_locale_string("default", &js_sys::Object::new()));
    let size = match row.bytes {
        bytes if bytes < 1_000 => format!("{bytes} bytes"),
        bytes if bytes < 1_000_000 => format!("{}.{} KB", bytes / 1_000, bytes % 1_000 / 100),
        bytes => format!("{}.{} MB", bytes / 1_000_000, bytes % 1_000_000 / 100_000),
    };
    match &row.file_name {
        Some(name) => format!("{when} · {size} · {name}"),
        None => format!("{when} · {size}"),
    }
}
