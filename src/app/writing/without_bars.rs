//! The page without its bars: the panes alone, over the whole screen where the browser lets a page do that. In: a wish. Out: an
//! attribute of the page (`styles/writing.css`), a button that brings the bars back. Neighbours: `writing_tools.rs` asks.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::{Function, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{Element, KeyboardEvent};

use crate::app::browser::dom::{document, element};
use crate::app::browser::event_listener::{EventListener, on_event};
use crate::app::page_controller::PageController;

/// The attribute of the page.
const ATTRIBUTE: &str = "data-bars";

thread_local! {
    static HIDDEN: RefCell<Option<HiddenBars>> = const { RefCell::new(None) };
}

/// What brings the bars back.
struct HiddenBars {
    header: Element,
    /// Whether the page has been seen to fill the screen since.
    fills_screen: bool,
    _listeners: Vec<EventListener>,
}

/// Hides the bars, or brings them back.
pub fn switch_bars(page: &Rc<PageController>) {
    if HIDDEN.with_borrow(Option::is_some) { show_bars(page) } else { hide_bars(page) }
}

fn hide_bars(page: &Rc<PageController>) {
    let Some(body) = document().body() else { return };
    let _ = body.set_attribute(ATTRIBUTE, "hidden");
    // The page keeps its name for those who do not see it.
    let (header, name, button) =
        (element("header", ""), element("h1", "visually-hidden"), element("button", "quiet-border"));
    name.set_text_content(Some("Aperçu"));
    let _ = button.set_attribute("type", "button");
    let _ = button.set_attribute("id", "show-bars");
    button.set_text_content(Some("Show the bars"));
    for (parent, child) in [(&header, &name), (&header, &button), (body.as_ref(), &header)] {
        let _ = parent.append_child(child);
    }
    let listeners = vec![
        on_event(page, &button, "click", |page, _| show_bars(page)),
        on_event(page, &document(), "keydown", |page, event| {
            let is_escape = event.unchecked_ref::<KeyboardEvent>().key() == "Escape";
            // What is open above the text is closed first.
            let is_covered = document().query_selector("dialog[open]").is_ok_and(|open| open.is_some());
            if is_escape && !event.default_prevented() && !is_covered {
                show_bars(page);
            }
        }),
        on_event(page, &document(), "fullscreenchange", |page, _| follow_screen(page)),
    ];
    HIDDEN.set(Some(HiddenBars { header, fills_screen: false, _listeners: listeners }));
    let asked = document().document_element().map(|root| ask(&root, "requestFullscreen"));
    spawn_local(async move {
        if let Some(asked) = asked {
            asked.await;
        }
        // The bars may be back before the browser has answered.
        if HIDDEN.with_borrow(Option::is_none) {
            leave_screen().await;
        }
    });
    page.editor.textarea.focus_quietly();
    page.editor.want_editor_scroll();
}

/// The page fills the screen now, or does so no longer. The browser says either long after it was asked.
fn follow_screen(page: &Rc<PageController>) {
    let fills_screen = document().fullscreen_element().is_some();
    let did = HIDDEN.with_borrow_mut(|hidden| match hidden {
        Some(hidden) => std::mem::replace(&mut hidden.fills_screen, fills_screen),
        None => false,
    });
    // What is left may be the screen of an earlier time, which ends only now.
    if did && !fills_screen {
        show_bars(page);
    }
}

fn show_bars(page: &Rc<PageController>) {
    // What called this may be one of the listeners: they go when it has returned.
    let Some(hidden) = HIDDEN.take() else { return };
    hidden.header.remove();
    if let Some(body) = document().body() {
        let _ = body.remove_attribute(ATTRIBUTE);
    }
    page.editor.textarea.focus_quietly();
    page.editor.want_editor_scroll();
    spawn_local(async move {
        drop(hidden);
        leave_screen().await;
    });
}

async fn leave_screen() {
    if document().fullscreen_element().is_some() {
        ask(&document(), "exitFullscreen").await;
    }
}

/// Calls a function that may not be there, at once, and waits for what it promises. It may be refused: without it the bars
/// are away all the same.
fn ask(of: &JsValue, name: &str) -> impl Future<Output = ()> + use<> {
    let function = Reflect::get(of, &name.into()).ok().and_then(|function| function.dyn_into::<Function>().ok());
    let asked =
        function.and_then(|function| function.call0(of).ok()).and_then(|asked| asked.dyn_into::<Promise>().ok());
    async move {
        if let Some(promise) = asked {
            let _ = JsFuture::from(promise).await;
        }
    }
}
