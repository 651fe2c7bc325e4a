//! The second preview, beside the first: the post in GitHub's dialect. In: the same text. Out: a frame that follows the
//! editor like the first. Neighbours: `preview.rs` fills frames, `companion.rs` decides when it is there.

use std::cell::RefCell;
use std::rc::Rc;

use web_sys::Element;

use super::desk::Desk;
use super::dom::element;
use super::event_listener::EventListener;
use super::listeners::{frame_click, hear};
use super::preview::{Connection, Preview};
use super::scroll::ScrollSync;
use crate::app::state::theme_name;
use crate::companion::Remote;
use crate::markdown::token::Token;
use crate::text::SourceMap;

/// The names above the two frames.
const NAMES: [(&str, &str); 2] = [("name-jekyll", "Jekyll"), ("name-github", "GitHub")];

/// A frame of its own and what fills it.
pub struct Beside {
    pub(super) preview: Preview,
    pub(super) scroll: ScrollSync,
    remote: RefCell<Remote>,
    names: [Element; 2],
    listeners: RefCell<Vec<EventListener>>,
}

impl Beside {
    /// A frame like the first, beside it.
    pub(super) fn new(desk: &Rc<Desk>, remote: Remote) -> Option<Rc<Self>> {
        let frame = desk.preview.copy_of_frame("beside", "Preview of the post as GitHub shows it")?;
        let pane: Element = desk.root.by_id("preview-pane");
        let names = NAMES.map(|(class, name)| {
            let line = element("h2", class);
            line.set_text_content(Some(name));
            let _ = pane.append_child(&line);
            line
        });
        let beside = Rc::new(Self {
            preview: desk.preview.like(frame.clone()),
            scroll: ScrollSync::default(),
            remote: RefCell::new(remote),
            names,
            listeners: RefCell::default(),
        });
        beside.listeners.borrow_mut().push(hear(desk, &frame, "load", |desk, _| desk.beside_loaded()));
        let _ = pane.append_child(&frame);
        let _ = pane.set_attribute("data-dialects", "both");
        Some(beside)
    }

    /// Takes the frame out of the page.
    pub(super) fn remove(&self) {
        self.listeners.borrow_mut().clear();
        if let Some(pane) = self.preview.frame.parent_element() {
            let _ = pane.remove_attribute("data-dialects");
        }
        self.preview.frame.remove();
        self.names.iter().for_each(Element::remove);
    }

    /// Shows the text; `false` where the module has stopped.
    pub(super) fn show(&self, header: Rc<[Token<'static>]>, body: &str, body_start: usize, language: &str) -> bool {
        if !self.preview.is_connected() {
            return true;
        }
        let mut remote = self.remote.borrow_mut();
        let Some(patch) = remote.update(body) else { return false };
        self.preview.show_header(header, body_start);
        self.preview.show_blocks(remote.blocks(), &patch, body_start, &Rc::new(SourceMap::identity(body.len())));
        self.preview.set_language(language);
        true
    }
}

impl Desk {
    /// The second frame has loaded something.
    pub(super) fn beside_loaded(self: &Rc<Self>) {
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
        let owner = self.owner();
        let heard = beside.preview.with_document(|document, _| {
            let mut heard = vec![
                hear(self, document, "scroll", |desk, _| desk.beside_scrolled()),
                hear(self, document, "click", |desk, event| {
                    let beside = desk.beside.borrow().clone();
                    if let Some(beside) = beside {
                        frame_click(desk, &beside.preview, event);
                    }
                }),
            ];
            heard.extend(owner.into_iter().flat_map(|owner| owner.listen_in_frame(document)));
            heard
        });
        let mut listeners = beside.listeners.borrow_mut();
        listeners.truncate(1);
        listeners.extend(heard.into_iter().flatten());
    }
}
