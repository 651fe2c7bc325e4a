//! The second preview, beside the first: the post in GitHub's dialect. In: the same text. Out: a frame that follows the
//! editor like the first. Neighbours: `preview.rs` fills frames, `dialects.rs` decides when it is there.

use std::cell::RefCell;
use std::rc::Rc;

use web_sys::Element;

use crate::app::browser::dom::element;
use crate::app::browser::event_listener::EventListener;
use crate::app::browser::event_listener::hear;
use crate::app::browser::guard::{Stopped, guarded};
use crate::app::editor::desk::Desk;
use crate::app::editor::listeners::frame_click;
use crate::app::preview::frame::{Connection, Preview};
use crate::app::preview::scroll_sync::ScrollSync;
use crate::app::session::GitHub;
use crate::app::state::theme_name;
use crate::markdown::block::BlockStore;
use crate::markdown::token::Token;
use crate::text::SourceMap;

/// The names above the two frames.
const NAMES: [(&str, &str); 2] = [("name-jekyll", "Jekyll"), ("name-github", "GitHub")];

/// A frame of its own and what fills it.
pub struct Beside {
    pub(crate) preview: Preview,
    pub(crate) scroll: ScrollSync,
    store: RefCell<BlockStore>,
    render: GitHub,
    names: [Element; 2],
    listeners: RefCell<Vec<EventListener>>,
}

impl Beside {
    /// A frame like the first, beside it.
    pub(crate) fn new(desk: &Rc<Desk>, render: GitHub) -> Option<Rc<Self>> {
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
            store: RefCell::new(BlockStore::for_page(desk.relative())),
            render,
            names,
            listeners: RefCell::default(),
        });
        beside.listeners.borrow_mut().push(hear(desk, &frame, "load", |desk, _| desk.beside_loaded()));
        let _ = pane.append_child(&frame);
        let _ = pane.set_attribute("data-dialects", "both");
        Some(beside)
    }

    /// Takes the frame out of the page.
    pub(crate) fn remove(&self) {
        self.listeners.borrow_mut().clear();
        if let Some(pane) = self.preview.frame.parent_element() {
            let _ = pane.remove_attribute("data-dialects");
        }
        self.preview.frame.remove();
        self.names.iter().for_each(Element::remove);
    }

    /// Shows the text, whose body begins at that byte.
    pub(crate) fn show(
        &self,
        header: Rc<[Token<'static>]>,
        text: &Rc<str>,
        body_start: usize,
        language: &str,
    ) -> Result<(), Stopped> {
        if !self.preview.is_connected() {
            return Ok(());
        }
        let (mut store, render, whole) = (self.store.take(), self.render, Rc::clone(text));
        let (store, patch) = guarded(move || {
            let patch = render(&mut store, whole.get(body_start..).unwrap_or(""));
            (store, patch)
        })?;
        let body_length = text.len().saturating_sub(body_start);
        self.preview.show_header(header, body_start);
        self.preview.show_blocks(store.blocks(), &patch, body_start, &Rc::new(SourceMap::identity(body_length)));
        self.preview.set_language(language);
        *self.store.borrow_mut() = store;
        Ok(())
    }
}

impl Desk {
    /// The second frame has loaded something.
    pub(crate) fn beside_loaded(self: &Rc<Self>) {
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
