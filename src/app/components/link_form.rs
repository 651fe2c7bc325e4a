//! `LinkForm`: a link or an image in its parts, as a dialog. In: what stands there. Out: what somebody entered, or pictures
//! that were chosen. Neighbours: `app/writing/link_dialog.rs` shows it; `commands/link_form.rs` reads and writes.

use wasm_bindgen::JsCast;
use web_sys::{File, HtmlInputElement};
use yew::prelude::*;

use super::dialog::Dialog;
use crate::commands::{LinkFields, LinkKind};

/// What the form is given.
#[derive(PartialEq, Properties)]
pub struct LinkFormProps {
    /// Which of the two it is.
    pub kind: LinkKind,
    /// What stands there.
    pub fields: LinkFields,
    /// Whether there is one already.
    pub is_there: bool,
    /// Takes what came of it; nothing when the dialog is closed.
    pub on_done: Callback<Option<LinkChoice>>,
}

/// What came of the form.
#[derive(Clone)]
pub enum LinkChoice {
    /// What was entered.
    Write(LinkFields),
    /// Pictures to be kept with the draft.
    Pictures(Vec<File>),
}

/// The dialog.
#[component]
pub fn LinkForm(props: &LinkFormProps) -> Html {
    let form = use_node_ref();
    let is_image = props.kind == LinkKind::Image;
    let title = match (is_image, props.is_there) {
        (false, false) => "New link",
        (false, true) => "Link",
        (true, false) => "New image",
        (true, true) => "Image",
    };
    let (words, begins_with_words) = if is_image {
        ("Description, for those who do not see it", false)
    } else {
        ("Words", props.fields.words.is_empty() && !props.fields.address.is_empty())
    };
    let onsubmit = {
        let (form, on_done) = (form.clone(), props.on_done.clone());
        move |event: SubmitEvent| {
            event.prevent_default();
            let Some(form) = form.cast::<web_sys::Element>() else { return };
            let of = |name: &str| {
                let field = form.query_selector(&["[name=", name, "]"].concat()).ok().flatten();
                field.and_then(|field| field.dyn_into::<HtmlInputElement>().ok()).map(|field| field.value())
            };
            let of = |name| of(name).unwrap_or_default();
            on_done.emit(Some(LinkChoice::Write(LinkFields {
                words: of("words"),
                address: of("address"),
                title: of("title"),
            })));
        }
    };
    let chosen = {
        let on_done = props.on_done.clone();
        move |event: Event| {
            let input = event.target().and_then(|input| input.dyn_into::<HtmlInputElement>().ok());
            let files = input.and_then(|input| input.files());
            let files: Vec<File> =
                files.map(|files| (0..files.length()).filter_map(|at| files.get(at)).collect()).unwrap_or_default();
            if !files.is_empty() {
                on_done.emit(Some(LinkChoice::Pictures(files)));
            }
        }
    };
    let field = |name: &'static str, label: &'static str, value: &str, example: &'static str, first: bool| {
        html! {
            <label data-field={name}>
                <span>{ label }</span>
                <input type="text" {name} value={value.to_owned()} placeholder={example} autofocus={first} autocomplete="off"
                    autocapitalize={(name == "address").then_some("off")} spellcheck={(name == "address").then_some("false")} />
            </label>
        }
    };
    let address = if is_image { "/assets/images/picture.png" } else { "https://…, /about/, #heading" };
    let content = html! {
        <form ref={form} class="link-form" {onsubmit}>
            if is_image && !props.is_there {
                <p class="buttons">
                    <label class="choose-file quiet-border">{ "Choose a picture…" }
                        <input type="file" name="pictures" accept="image/*" multiple=true onchange={chosen} />
                    </label>
                    <span>{ "It is kept with the post, and its address is written for you." }</span>
                </p>
            }
            { field("words", words, &props.fields.words, "", begins_with_words) }
            { field("address", "Address", &props.fields.address, address, !begins_with_words) }
            { field("title", "Title, shown by the pointer (may be empty)", &props.fields.title, "", false) }
            <p class="buttons end">
                <button type="submit" class="primary">{ if props.is_there { "Change" } else { "Insert" } }</button>
            </p>
        </form>
    };
    let on_close = {
        let on_done = props.on_done.clone();
        move |()| on_done.emit(None)
    };
    html! { <Dialog id="link-form" {title} {on_close}>{ content }</Dialog> }
}
