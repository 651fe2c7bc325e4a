//! Printing the preview: its document, alone and whole. In: a document. Out: the browser's dialog. Neighbours: `mod.rs`
//! asks. A frame may open dialogs only with `allow-modals`, which the preview does not have; so a copy of its document is
//! printed, in a frame that is made for it. No script runs in that either.

use std::rc::Rc;

use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::{Document, Element, HtmlIFrameElement, HtmlImageElement, Node};

use crate::app::browser::dom::{MediaAddresses, build, document, made, sleep};
use crate::app::preview::frame::PreviewFrame;
use crate::markdown::token::Token;

/// The frame that is printed. It stays until the next one: some browsers print when the dialog has been closed.
const ID: &str = "print-frame";

/// How often pictures are looked at before the page is printed without them, and how long between, in milliseconds.
const TRIES: usize = 60;
const PAUSE_MS: i32 = 50;

/// What is printed: the root element of a document, and the address of an empty one like it.
pub(crate) struct Printed {
    root: Element,
    address: String,
}

impl Printed {
    /// What the preview shows.
    pub(crate) fn of(preview: &PreviewFrame) -> Option<Self> {
        let root = preview.with_document(|document, _| document.document_element()).flatten()?;
        Some(Self { root, address: preview.frame.get_attribute("src")? })
    }
}

/// Makes a frame that may open the browser's dialog, in place of the last one, and calls `loaded` when its document has come.
pub(crate) fn frame(sandbox: &str, address: &str, loaded: impl FnOnce(HtmlIFrameElement) + 'static) {
    let page = document();
    if let Some(last) = page.get_element_by_id(ID) {
        last.remove();
    }
    let attributes = [
        ("id", ID),
        ("title", "What is printed"),
        ("aria-hidden", "true"),
        ("tabindex", "-1"),
        ("sandbox", sandbox),
        ("referrerpolicy", "no-referrer"),
        ("src", address),
    ];
    let frame: HtmlIFrameElement = made(&page, "iframe", &attributes).unchecked_into();
    let ready = frame.clone();
    let callback = wasm_bindgen::closure::Closure::once_into_js(move || loaded(ready));
    let options = web_sys::AddEventListenerOptions::new();
    options.set_once(true);
    let _ = frame.add_event_listener_with_callback_and_add_event_listener_options(
        "load",
        callback.unchecked_ref(),
        &options,
    );
    if let Some(body) = page.body() {
        let _ = body.append_child(&frame);
    }
}

/// Prints a post alone, in a document like that of the preview, which lies at the address: the tokens of its head and of its
/// blocks. `media`: what the addresses of its pictures become.
pub(crate) fn print_post(
    address: &str,
    header: Rc<[Token<'static>]>,
    blocks: Vec<Rc<[Token<'static>]>>,
    media: Rc<MediaAddresses>,
) {
    frame("allow-same-origin allow-modals", address, move |frame| {
        let Some(page) = frame.content_document() else { return };
        let places = [(".post-header", vec![header]), (".post-body", blocks)];
        for (place, lists) in places {
            let Ok(Some(place)) = page.query_selector(place) else { continue };
            let mut nodes = Vec::new();
            for tokens in &lists {
                build(&page, tokens, Some(&*media), &mut nodes);
            }
            for node in &nodes {
                let _ = place.append_child(node);
            }
        }
        if let Some(root) = page.document_element() {
            let _ = root.set_attribute("data-theme", "light");
        }
        print_when_loaded(frame, page);
    });
}

/// Prints a document.
pub(crate) fn print(printed: Option<Printed>) {
    let Some(Printed { root, address }) = printed else { return };
    let root = Rc::new(root);
    frame("allow-same-origin allow-modals", &address, move |frame| {
        let Some(copy) = frame.content_document() else { return };
        fill(&copy, &root);
        print_when_loaded(frame, copy);
    });
}

/// Opens the browser's dialog when the pictures have come.
fn print_when_loaded(frame: HtmlIFrameElement, page: Document) {
    for image in images(&page) {
        let _ = image.remove_attribute("loading");
    }
    spawn_local(async move {
        for _ in 0..TRIES {
            if images(&page).iter().all(HtmlImageElement::complete) {
                break;
            }
            sleep(PAUSE_MS).await;
        }
        if let Some(window) = frame.content_window() {
            let _ = window.print();
        }
    });
}

/// Gives the document the nodes of another. What is printed is light, and no picture waits to be scrolled to.
fn fill(copy: &Document, root: &Element) {
    let (Ok(node), Some(last)) = (copy.import_node_with_deep(root, true), copy.document_element()) else { return };
    let new: Element = node.unchecked_into();
    if new.has_attribute("data-theme") {
        let _ = new.set_attribute("data-theme", "light");
    }
    let document: &Node = copy.unchecked_ref();
    let _ = document.replace_child(&new, &last);
}

fn images(document: &Document) -> Vec<HtmlImageElement> {
    let all = document.images();
    (0..all.length()).filter_map(|at| all.item(at)).map(JsCast::unchecked_into).collect()
}
