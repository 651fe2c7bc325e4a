//! `Sharing`: the dialog that takes a post out of the page: to a host's page for new files, to the clipboard, to a file, to
//! paper, to other programs. In: what is shared. Out: what a person wants. Neighbours: `app/files/sharing.rs` shows it and
//! does what is wanted; `writing/publish_address.rs` makes the address.

use std::rc::Rc;

use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::dialog::Dialog;
use crate::writing::publish_address::Repository;

/// What a person wants with the post.
#[derive(Clone, Debug, PartialEq)]
pub enum SharingWish {
    /// Close the dialog.
    Close,
    /// Keep the repository, branch and folder as they are named.
    Keep([Rc<str>; 3]),
    /// Copy the text, as it is too long for an address.
    CopyLongText,
    /// Copy the post as its preview looks.
    CopyRichText,
    /// Copy the HTML of the post.
    CopyHtml,
    /// Copy the text.
    CopyMarkdown,
    /// Download the post as a page of its own.
    Download,
    /// Print the post alone.
    Print,
    /// Give the text to another program.
    Share,
}

/// What the dialog is given.
#[derive(PartialEq, Properties)]
pub struct SharingProps {
    /// The name of the post's file, or the one suggested for it; it may have folders.
    pub file_name: Rc<str>,
    /// The text of the post.
    pub text: Rc<str>,
    /// The repository, the branch and the folder, as they were named last.
    pub named: [Rc<str>; 3],
    /// Whether the browser can give a text to another program.
    pub can_share: bool,
    /// What came of the last wish.
    pub told: Rc<str>,
    /// Takes what a person wants.
    pub on_wish: Callback<SharingWish>,
}

/// The fields of a repository: what they are called, and what they may look like.
const FIELDS: [(&str, &str, &str); 3] = [
    ("repository", "Repository", "https://github.com/owner/name"),
    ("branch", "Branch", "main"),
    ("folder", "Folder", "_posts"),
];

/// The dialog.
#[component]
pub fn Sharing(props: &SharingProps) -> Html {
    let named = use_state(|| props.named.clone());
    let wish = |wish: SharingWish| {
        let on_wish = props.on_wish.clone();
        move |_: MouseEvent| on_wish.emit(wish.clone())
    };
    let fields = FIELDS.iter().enumerate().map(|(at, (id, label, example))| {
        let (named, on_wish) = (named.clone(), props.on_wish.clone());
        let value = named.get(at).map(|value| value.to_string());
        let oninput = move |event: InputEvent| {
            let Some(field) = event.target().and_then(|field| field.dyn_into::<HtmlInputElement>().ok()) else { return };
            let mut now = (*named).clone();
            if let Some(place) = now.get_mut(at) {
                *place = field.value().into();
            }
            on_wish.emit(SharingWish::Keep(now.clone()));
            named.set(now);
        };
        html! {
            <label data-field={*id}>
                <span>{ *label }</span>
                <input type={if at == 0 { "url" } else { "text" }} {value} placeholder={*example} autocomplete="off" spellcheck="false" {oninput} />
            </label>
        }
    });
    let content = html! {
        <>
            <section>
                <h3>{ "Commit it on a host" }</h3>
                <p>{ "The host’s own page for a new file opens, with name and text filled in: on GitHub, Codeberg, and wherever Gitea or Forgejo runs. You commit there, with your own account. This page sends nothing by itself and asks for no password." }</p>
                <div class="repository">{ for fields }</div>
                { commit(props, &named) }
            </section>
            <section>
                <h3>{ "Copy it" }</h3>
                <p class="buttons">
                    <button type="button" class="quiet-border" data-action="copy-rich" onclick={wish(SharingWish::CopyRichText)}>{ "As rich text" }</button>
                    <button type="button" class="quiet-border" data-action="copy-html" onclick={wish(SharingWish::CopyHtml)}>{ "As HTML" }</button>
                    <button type="button" class="quiet-border" data-action="copy-markdown" onclick={wish(SharingWish::CopyMarkdown)}>{ "As Markdown" }</button>
                </p>
            </section>
            <section>
                <h3>{ "Take it along" }</h3>
                <p class="buttons">
                    <button type="button" class="quiet-border" data-action="download-html" onclick={wish(SharingWish::Download)}>{ "Download as HTML" }</button>
                    <button type="button" class="quiet-border" data-action="print-post" onclick={wish(SharingWish::Print)}>{ "Print the post…" }</button>
                    if props.can_share {
                        <button type="button" class="quiet-border" data-action="share-text" onclick={wish(SharingWish::Share)}>{ "Share…" }</button>
                    }
                </p>
            </section>
            <p id="sharing-told" role="status">{ &*props.told }</p>
        </>
    };
    let on_close = {
        let on_wish = props.on_wish.clone();
        move |()| on_wish.emit(SharingWish::Close)
    };
    html! { <Dialog id="sharing" title="Publish and share" {on_close}>{ content }</Dialog> }
}

/// The link to the host's page, or what is wrong with the repository.
fn commit(props: &SharingProps, named: &[Rc<str>; 3]) -> Html {
    let [address, branch, folder] = named;
    if address.trim().is_empty() {
        return html! { <p class="about">{ "Name the repository once; it is kept in this browser." }</p> };
    }
    let repository = match Repository::read(address, branch, folder) {
        Ok(repository) => repository,
        Err(error) => return html! { <p class="wrong" role="alert">{ error.message() }</p> },
    };
    let path = repository.path(&props.file_name);
    let page = repository.new_file(&path, &props.text);
    let onclick = (!page.has_text).then(|| {
        let on_wish = props.on_wish.clone();
        Callback::from(move |_: MouseEvent| on_wish.emit(SharingWish::CopyLongText))
    });
    html! {
        <>
            <p class="buttons">
                <a class="commit" data-action="commit" href={page.address} target="_blank" rel="noopener noreferrer" {onclick}>
                    { format!("Commit on {}…", repository.host_name()) }
                </a>
                <span class="about">{ path }</span>
            </p>
            if !page.has_text {
                <p class="about">{ "The text is too long for an address. It is copied when you open the page: paste it there into the empty field." }</p>
            }
        </>
    }
}
