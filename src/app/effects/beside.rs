//! The second preview, beside the first: the post in GitHub's dialect. In: the same text. Out: a frame that follows the
//! editor like the first. Neighbours: `preview.rs` fills frames, `companion.rs` decides when it is there.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use gloo::events::EventListener;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlIFrameElement, Node};

use super::dom::{by_id, element};
use super::preview::{Connection, Preview};
use super::scroll::ScrollSync;
use super::workbench::Workbench;
use crate::app::state::theme_name;
use crate::companion::Remote;
use crate::markdown::token::Token;

/// The names above the two frames.
const NAMES: [(&str, &str); 2] = [("name-jekyll", "Jekyll"), ("name-github", "GitHub")];

/// A frame of its own and what fills it.
pub struct Beside {
    pub(super) preview: Preview,
    pub(super) scroll: ScrollSync,
    remote: RefCell<Remote>,
    names: [Element; 2],
    listeners: RefCell<Vec<EventListener>>,
    speaks: Cell<bool>,
}

impl Beside {
    /// A frame like the first, beside it.
    pub(super) fn new(bench: &Rc<Workbench>, remote: Remote) -> Rc<Self> {
        let frame: HtmlIFrameElement = bench.preview.frame.clone_node().map_or_else(
            |_| element("iframe", "").unchecked_into(),
            |copy: Node| copy.unchecked_into::<HtmlIFrameElement>(),
        );
        frame.set_id("beside");
        frame.set_title("Preview of the post as GitHub shows it");
        let pane: Element = by_id("preview-pane");
        let names = NAMES.map(|(class, name)| {
            let line = element("h2", class);
            line.set_text_content(Some(name));
            let _ = pane.append_child(&line);
            line
        });
        let beside = Rc::new(Self {
            preview: Preview::of(frame.clone()),
            scroll: ScrollSync::default(),
            remote: RefCell::new(remote),
            names,
            listeners: RefCell::default(),
            speaks: Cell::new(false),
        });
        let weak = Rc::downgrade(bench);
        let loaded = EventListener::new(&frame, "load", move |_| {
            if let Some(bench) = weak.upgrade() {
                bench.beside_loaded();
            }
        });
        beside.listeners.borrow_mut().push(loaded);
        let _ = pane.append_child(&frame);
        let _ = pane.set_attribute("data-dialects", "both");
        beside
    }

    /// Takes the frame out of the page.
    pub(super) fn remove(&self) {
        self.listeners.borrow_mut().clear();
        self.preview.frame.remove();
        self.names.iter().for_each(Element::remove);
        let _ = by_id::<Element>("preview-pane").remove_attribute("data-dialects");
    }

    /// Shows the text; `false` where the module has stopped.
    pub(super) fn show(&self, header: Rc<[Token<'static>]>, body: &str, body_start: usize, language: &str) -> bool {
        if !self.preview.is_connected() {
            return true;
        }
        let mut remote = self.remote.borrow_mut();
        let Some(patch) = remote.update(body) else { return false };
        self.preview.show_header(header, body_start);
        self.preview.show_blocks(remote.blocks(), &patch, body_start);
        self.preview.set_language(language);
        true
    }
}

impl Workbench {
    /// The second frame has loaded something.
    fn beside_loaded(self: &Rc<Self>) {
        let Some(beside) = self.beside.borrow().clone() else { return };
        match beside.preview.connect() {
            Connection::New => {
                beside.preview.set_theme(theme_name(self.theme()));
                self.listen_beside(&beside);
                self.show_again();
            }
            Connection::Known => {}
            Connection::Lost => beside.preview.reload(),
        }
    }

    fn listen_beside(self: &Rc<Self>, beside: &Rc<Beside>) {
        let heard = beside.preview.with_document(|document, _| {
            let on = |name: &'static str, run: fn(&Rc<Workbench>, &Beside, &web_sys::Event)| {
                let bench = Rc::downgrade(self);
                let options = gloo::events::EventListenerOptions::enable_prevent_default();
                EventListener::new_with_options(document, name, options, move |event| {
                    let Some(bench) = bench.upgrade() else { return };
                    let beside = bench.beside.borrow().clone();
                    if let Some(beside) = beside {
                        run(&bench, &beside, event);
                    }
                })
            };
            [
                on("scroll", |bench, beside, _| {
                    beside.speaks.set(true);
                    bench.beside_scrolled(beside);
                }),
                on("click", |bench, beside, event| {
                    let Some(target) = event.target().map(|target| target.unchecked_into::<Node>()) else { return };
                    if !beside.preview.is_link_or_control(&target, event) {
                        bench.caret_to_source(&beside.preview, &target);
                    }
                }),
                on("keydown", |bench, _, event| super::listeners::page_key(bench, event)),
            ]
        });
        let mut listeners = beside.listeners.borrow_mut();
        listeners.truncate(1);
        listeners.extend(heard.into_iter().flatten());
    }

    /// The second preview may have been scrolled by a hand.
    pub(super) fn beside_scrolled(&self, beside: &Beside) {
        if beside.scroll.preview_scrolled(&self.textarea, &self.mirror, &beside.preview, &self.text()) {
            self.marks.place(&self.mirror, f64::from(self.textarea.element.scroll_top()));
        }
    }
}
