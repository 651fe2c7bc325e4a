//! The second preview, next to the first: the post in GitHub's dialect. In: the same text. Out: a frame that follows
//! the editor like the first. Neighbours: `dialects.rs` decides when it is there, `preview_frame.rs` listens to it.

use std::cell::RefCell;
use std::rc::Rc;

use web_sys::Element;

use crate::app::browser::dom::element;
use crate::app::browser::event_listener::EventListener;
use crate::app::browser::guard::{Stopped, guarded};
use crate::app::preview::frame::PreviewFrame;
use crate::app::preview::scroll_sync::ScrollSync;
use crate::markdown::token::Token;
use crate::render::BodyRenderer;
use crate::text::SourceMap;

/// The names above the two frames.
const NAMES: [(&str, &str); 2] = [("name-jekyll", "Jekyll"), ("name-github", "GitHub")];

/// A frame of its own and what fills it.
pub struct SecondPreview {
    pub(crate) preview: PreviewFrame,
    pub(crate) scroll: ScrollSync,
    renderer: RefCell<BodyRenderer>,
    names: [Element; 2],
    pub(crate) listeners: RefCell<Vec<EventListener>>,
}

impl SecondPreview {
    /// Puts a copy of the first preview's frame into `pane`.
    pub(crate) fn new(first: &PreviewFrame, pane: &Element, renderer: BodyRenderer) -> Option<Rc<Self>> {
        let frame = first.copy_of_frame("second-preview", "PreviewFrame of the post as GitHub shows it")?;
        let names = NAMES.map(|(class, name)| {
            let line = element("h2", class);
            line.set_text_content(Some(name));
            let _ = pane.append_child(&line);
            line
        });
        let _ = pane.append_child(&frame);
        let _ = pane.set_attribute("data-dialects", "both");
        Some(Rc::new(Self {
            preview: first.like(frame),
            scroll: ScrollSync::default(),
            renderer: RefCell::new(renderer),
            names,
            listeners: RefCell::default(),
        }))
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
        let (mut renderer, whole) = (self.renderer.take(), Rc::clone(text));
        let (renderer, patch) = guarded(move || {
            let patch = renderer.update(whole.get(body_start..).unwrap_or(""));
            (renderer, patch)
        })?;
        let body_length = text.len().saturating_sub(body_start);
        self.preview.show_header(header, body_start);
        self.preview.show_blocks(renderer.blocks(), &patch, body_start, &Rc::new(SourceMap::identity(body_length)));
        self.preview.set_language(language);
        *self.renderer.borrow_mut() = renderer;
        Ok(())
    }
}
