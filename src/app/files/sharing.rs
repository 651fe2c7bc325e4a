//! A post leaves the page: copied, downloaded, printed, given to another program; or committed on a host's own page. In:
//! what a person wants. Out: the clipboard, a file, the browser's dialogs. Neighbours: `components/sharing.rs` is the
//! dialog; `writing/publish_address.rs` has the addresses of hosts.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use js_sys::{Array, Object, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{Blob, BlobPropertyBag, Element, Response};
use yew::AppHandle;
use yew::prelude::*;

use crate::app::browser::dom::{document, element, now_seconds, style_page, window};
use crate::app::components::{Sharing, SharingProps, SharingWish};
use crate::app::drafts::pictures::{kept_media, picture_of, written_out};
use crate::app::page_controller::PageController;
use crate::app::preview_bar::print_post;
use crate::app::shown::Shown;
use crate::markdown::token::{Token, to_html};
use crate::render::Renderer;
use crate::storage::{download_as, load_repository, save_repository};

/// The styles of the dialog.
const STYLES: &str = include_str!("../../../styles/sharing.css");

/// The dialog that is open.
struct OpenSharing {
    place: Element,
    handle: AppHandle<Sharing>,
}

thread_local! {
    static OPEN: RefCell<Option<OpenSharing>> = const { RefCell::new(None) };
}

/// A post as HTML.
struct RenderedText {
    title: String,
    language: Option<String>,
    /// The head of the post, as the preview shows it.
    header: String,
    body: String,
}

impl PageController {
    /// Shows the dialog.
    pub(crate) fn show_sharing(self: &Rc<Self>) {
        if OPEN.with_borrow(Option::is_some) {
            return;
        }
        thread_local! {
            static STYLED: std::cell::Cell<bool> = const { std::cell::Cell::new(false) };
        }
        if !STYLED.replace(true) {
            style_page(STYLES);
        }
        let place = element("div", "");
        if document().body().is_none_or(|body| body.append_child(&place).is_err()) {
            return;
        }
        let props = self.sharing_props("");
        let handle = yew::Renderer::<Sharing>::with_root_and_props(place.clone(), props).render();
        OPEN.set(Some(OpenSharing { place, handle }));
    }

    fn sharing_props(self: &Rc<Self>, told: &str) -> SharingProps {
        let page = Rc::downgrade(self);
        let on_wish = Callback::from(move |wish| {
            if let Some(page) = page.upgrade() {
                page.share(wish);
            }
        });
        SharingProps {
            file_name: self.name_to_save().into(),
            text: self.editor.text_now(),
            named: load_repository().map(Into::into),
            can_share: function_of(&window().navigator(), "share").is_some(),
            told: told.into(),
            on_wish,
        }
    }

    fn tell_in_dialog(self: &Rc<Self>, told: &str) {
        let props = self.sharing_props(told);
        OPEN.with_borrow_mut(|open| {
            if let Some(open) = open {
                open.handle.update(props);
            }
        });
    }

    /// Does what a person wants in the dialog. What needs a click is begun within it.
    fn share(self: &Rc<Self>, wish: SharingWish) {
        let text = self.editor.text_now();
        match wish {
            SharingWish::Close => {
                if let Some(OpenSharing { place, handle }) = OPEN.take() {
                    handle.destroy();
                    place.remove();
                }
                self.editor.textarea.focus_quietly();
            }
            SharingWish::Keep(named) => save_repository(&named.map(|value| value.to_string())),
            SharingWish::CopyLongText => {
                self.after_copying(
                    copy(&text, None),
                    "The text is on the clipboard: paste it into the page that opened.",
                );
            }
            SharingWish::CopyMarkdown => self.after_copying(copy(&text, None), "The text is on the clipboard."),
            SharingWish::CopyHtml => {
                let html = self.rendered_text(&text).body;
                self.after_copying(copy(&html, None), "The HTML of the post is on the clipboard.");
            }
            SharingWish::CopyRichText => {
                let html = self.rendered_text(&text).body;
                self.after_copying(copy(&text, Some(&html)), "The post is on the clipboard, as it looks.");
            }
            SharingWish::Download => {
                let page = Rc::clone(self);
                spawn_local(async move {
                    let pictures = written_out(&page).await;
                    let rendered = page.rendered_with(&text, &pictures);
                    let html = standing_alone(&rendered, &page.preview_styles().await);
                    let name = page.name_to_save();
                    let name = name.rsplit('/').next().unwrap_or_default();
                    let name = [name.rsplit_once('.').map_or(name, |(stem, _)| stem), ".html"].concat();
                    match download_as(&name, &html.into(), "text/html") {
                        Ok(()) => page.tell_in_dialog(&["Downloaded as ", &name, "."].concat()),
                        Err(error) => page.tell_in_dialog(&error.message()),
                    }
                });
            }
            SharingWish::Print => {
                let address = self.editor.preview.frame.get_attribute("data-post");
                let address = address.or_else(|| self.editor.preview.frame.get_attribute("src"));
                if let Some(address) = address {
                    let (shown, renderer) = self.render_anew(&text);
                    let blocks = renderer.blocks().iter().map(|block| Rc::from(block.tokens.to_vec())).collect();
                    print_post(&address, shown.header, blocks, kept_media());
                }
            }
            SharingWish::Share => {
                let data = Object::new();
                let title = self.rendered_text(&text).title;
                for (name, value) in [("title", title.as_str()), ("text", &text)] {
                    let _ = Reflect::set(&data, &name.into(), &value.into());
                }
                let navigator = window().navigator();
                let shared = function_of(&navigator, "share").and_then(|share| share.call1(&navigator, &data).ok());
                let Some(shared) = shared.and_then(|shared| shared.dyn_into::<Promise>().ok()) else { return };
                let page = Rc::clone(self);
                spawn_local(async move {
                    let error = JsFuture::from(shared).await.err();
                    let name = error.as_ref().and_then(|error| Reflect::get(error, &"name".into()).ok()?.as_string());
                    page.tell_in_dialog(match name.as_deref() {
                        None => "Shared.",
                        // The person changed their mind.
                        Some("AbortError") => "",
                        Some(_) => "The browser did not share it.",
                    });
                });
            }
        }
    }

    fn after_copying(self: &Rc<Self>, copied: Option<Promise>, told: &'static str) {
        let page = Rc::clone(self);
        spawn_local(async move {
            let copied = match copied {
                Some(copied) => JsFuture::from(copied).await.is_ok(),
                None => false,
            };
            let refused = "The browser did not let this page write to the clipboard.";
            page.tell_in_dialog(if copied { told } else { refused });
        });
    }

    fn render_anew(&self, text: &str) -> (Shown, Renderer) {
        let mut renderer = self.editor.new_renderer();
        let shown = Shown::of(&mut renderer, self.draft.file_name().as_deref(), text, now_seconds());
        (shown, renderer)
    }

    fn rendered_text(&self, text: &str) -> RenderedText {
        self.rendered_with(text, &HashMap::new())
    }

    /// The same with other addresses for some pictures, by their paths.
    fn rendered_with(&self, text: &str, pictures: &HashMap<String, String>) -> RenderedText {
        let (shown, renderer) = self.render_anew(text);
        let html = |tokens: &[Token<'static>]| match pictures.is_empty() {
            true => to_html(tokens),
            false => to_html(&with_pictures(tokens, pictures)),
        };
        let body = renderer.blocks().iter().map(|block| html(&block.tokens)).collect::<Vec<_>>().join("\n");
        RenderedText { title: shown.title, language: shown.language, header: to_html(&shown.header), body }
    }

    /// The styles of the preview; none where they cannot be had.
    async fn preview_styles(&self) -> String {
        let address = self.editor.preview.frame.get_attribute("data-post");
        let Some(address) = address.or_else(|| self.editor.preview.frame.get_attribute("src")) else {
            return String::new();
        };
        let loaded = async {
            let response: Response = JsFuture::from(window().fetch_with_str(&address)).await.ok()?.dyn_into().ok()?;
            JsFuture::from(response.text().ok()?).await.ok()?.as_string()
        };
        let page = loaded.await.unwrap_or_default();
        let styles = page.split_once("<style>").and_then(|(_, rest)| rest.split_once("</style>"));
        styles.map(|(styles, _)| styles.to_owned()).unwrap_or_default()
    }
}

fn with_pictures(tokens: &[Token<'static>], pictures: &HashMap<String, String>) -> Vec<Token<'static>> {
    let mut tokens = tokens.to_vec();
    for token in &mut tokens {
        let Token::Open { attributes, .. } = token else { continue };
        for (name, value) in attributes {
            if matches!(&**name, "src" | "poster")
                && let Some(picture) = picture_of(value, pictures)
            {
                *value = picture.clone().into();
            }
        }
    }
    tokens
}

/// The post as a page of its own: its text, the styles of the preview, and the pictures that are kept with it. It loads
/// nothing but its other pictures.
fn standing_alone(post: &RenderedText, styles: &str) -> String {
    let language = post.language.as_deref().unwrap_or("en");
    [
        "<!doctype html>\n<html lang=\"",
        &escaped(language),
        "\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>",
        &escaped(&post.title),
        "</title>\n<style>\n",
        styles.trim(),
        "\n</style>\n</head>\n<body>\n<main class=\"post\">\n<header class=\"post-header\">",
        &post.header,
        "</header>\n<article class=\"post-body\">\n",
        &post.body,
        "\n</article>\n</main>\n</body>\n</html>\n",
    ]
    .concat()
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// Puts a text on the clipboard, and with it, for programs that take it, HTML. Nothing where the browser cannot.
fn copy(text: &str, html: Option<&str>) -> Option<Promise> {
    let clipboard = Reflect::get(&window().navigator(), &"clipboard".into()).ok()?;
    let Some(html) = html else {
        return function_of(&clipboard, "writeText")?.call1(&clipboard, &text.into()).ok()?.dyn_into().ok();
    };
    let item = Object::new();
    for (kind, content) in [("text/html", html), ("text/plain", text)] {
        let options = BlobPropertyBag::new();
        options.set_type(kind);
        let blob = Blob::new_with_str_sequence_and_options(&Array::of1(&content.into()), &options).ok()?;
        Reflect::set(&item, &kind.into(), &blob).ok()?;
    }
    let constructor = function_of(&window(), "ClipboardItem")?;
    let item = Reflect::construct(&constructor, &Array::of1(&item)).ok()?;
    function_of(&clipboard, "write")?.call1(&clipboard, &Array::of1(&item)).ok()?.dyn_into().ok()
}

fn function_of(object: &JsValue, name: &str) -> Option<js_sys::Function> {
    Reflect::get(object, &name.into()).ok()?.dyn_into().ok()
}
