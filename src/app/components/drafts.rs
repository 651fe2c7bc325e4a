//! The drafts kept in this browser: open, rename, delete. In: rows. Out: intents. Neighbours: `app/drafts/storing.rs`.

use wasm_bindgen::{JsCast, JsValue};
use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::Intent;
use super::dialog::plain;
use super::icon::{drawing, icon};
use crate::app::draft_wish::{DraftWish, StorageNodes};
use crate::app::state::{DraftRow, State};

/// A clock.
const HISTORY: &str = "M12 7v5l3.5 2M12 3a9 9 0 1 1 0 18 9 9 0 0 1 0-18z";

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
        let history = emit(on_intent, Intent::ForPart(DraftWish::History(Some(row.id.clone())).sealed()));
        html! {
            <li key={&*row.id} data-draft={row.id.to_string()} data-current={current.to_string()}>
                <button type="button" class="open" onclick={open} aria-current={current.then_some("true")}>
                    <span class="title">{ &*row.title }</span>
                    <span class="about">{ about(row) }</span>
                </button>
                <button type="button" class="icon-only" data-action="compare" aria-label={format!("Compare with {}", row.title)} title="Compare" onclick={compare}>
                    { icon("compare") }
                </button>
                <button type="button" class="icon-only" data-action="history" aria-label={format!("History of {}", row.title)} title="History" onclick={history}>
                    { drawing(HISTORY) }
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
            if state.drafts.is_empty() {
                <p>{ "No draft yet: what you write is kept here from the first letter on." }</p>
            }
            <ul class="draft-list">{ for rows }</ul>
            <p><button type="button" class="quiet-border" data-action="show-site" onclick={emit(on_intent, Intent::ShowSite)}>{ "Open a site…" }</button></p>
            <DraftStorage on_intent={on_intent.clone()} />
        </>
    };
    plain("drafts", "Drafts", on_intent, content)
}

/// What is given to what stands below the list.
#[derive(PartialEq, Properties)]
struct DraftStorageProps {
    on_intent: Callback<Intent>,
}

/// Where drafts are, how much room they take, and how all of them are saved as one archive and taken in again.
#[component]
fn DraftStorage(props: &DraftStorageProps) -> Html {
    let nodes = use_state(StorageNodes::default);
    {
        let (nodes, on_intent) = (nodes.clone(), props.on_intent.clone());
        use_effect_with((), move |()| on_intent.emit(Intent::ForPart(DraftWish::TellRoom((*nodes).clone()).sealed())));
    }
    let wish = |wish: fn(StorageNodes) -> DraftWish| {
        let (nodes, on_intent) = ((*nodes).clone(), props.on_intent.clone());
        move |_: MouseEvent| on_intent.emit(Intent::ForPart(wish(nodes.clone()).sealed()))
    };
    let chosen = {
        let (nodes, on_intent) = ((*nodes).clone(), props.on_intent.clone());
        move |event: Event| {
            let Some(field) = event.target() else { return };
            let field: &HtmlInputElement = field.unchecked_ref();
            let file = field.files().and_then(|files| files.get(0));
            // The same file can be chosen again.
            field.set_value("");
            if let Some(file) = file {
                on_intent.emit(Intent::ForPart(DraftWish::TakeIn(nodes.clone(), file).sealed()));
            }
        }
    };
    html! {
        <section class="draft-storage">
            <h3>{ "Where they are" }</h3>
            <p>
                { "Drafts and their histories are in this browser, on this device, and nowhere else. They are gone when you clear the browser’s data for this page, and when a private window is closed. An archive outlives that: one .zip file with each draft as a file that you can read." }
            </p>
            <p ref={&nodes.room} role="status"></p>
            <p class="buttons">
                <button type="button" class="quiet-border" data-action="save-all" onclick={wish(DraftWish::SaveAll)}>{ "Save all as one archive" }</button>
                <label class="quiet-border choose-file">
                    <input type="file" accept=".zip,application/zip" id="take-in" onchange={chosen} />
                    <span>{ "Take in an archive…" }</span>
                </label>
            </p>
            <div ref={&nodes.keep} hidden=true>
                <p>
                    { "When the device runs out of room, a browser may remove what pages keep. You can ask it to leave these drafts alone." }
                </p>
                <p class="buttons"><button type="button" class="quiet-border" data-action="ask-to-keep" onclick={wish(DraftWish::AskToKeep)}>{ "Ask the browser to keep them" }</button></p>
            </div>
            <p ref={&nodes.told} id="storage-told" role="status"></p>
        </section>
    }
}

fn emit(on_intent: &Callback<Intent>, intent: Intent) -> Callback<MouseEvent> {
    let on_intent = on_intent.clone();
    Callback::from(move |_| on_intent.emit(intent.clone()))
}

/// A number of bytes, as a person reads it.
pub fn size(bytes: u64) -> String {
    let (unit, name) = match bytes {
        0..1_000 => return format!("{bytes} bytes"),
        1_000..1_000_000 => (1_000, "KB"),
        1_000_000..1_000_000_000 => (1_000_000, "MB"),
        _ => (1_000_000_000, "GB"),
    };
    format!("{}.{} {name}", bytes / unit, bytes % unit * 10 / unit)
}

fn about(row: &DraftRow) -> String {
    let date = js_sys::Date::new(&row.updated_ms.into());
    let when = String::from(date.to_locale_string("default", &js_sys::Object::new()));
    let size = size(row.bytes as u64);
    match &row.file_name {
        Some(name) => format!("{when} · {size} · {name}"),
        None => format!("{when} · {size}"),
    }
}
