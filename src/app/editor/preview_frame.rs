//! What happens in the frames of the previews: they load, are scrolled, are clicked. In: events of the frames or, where
//! the engine sends none, a look in every animation frame. Out: the caret at its source, the other side scrolled.
//! Neighbours: `controller.rs`; `preview/` knows sources and heights.

use std::rc::Rc;

use wasm_bindgen::JsCast;
use web_sys::{Element, Event, Node, Selection};

use super::controller::EditorController;
use super::page_around::WITHIN;
use super::second_preview::SecondPreview;
use crate::app::browser::event_listener::on_event;
use crate::app::preview::frame::{Connection, PreviewFrame};
use crate::app::state::theme_name;
use crate::markdown::Dialect;
use crate::render::{BodyRenderer, Engines};
use crate::text::Span;
use crate::view::find_near::find_near;

impl EditorController {
    /// Listens in the frame, where the engine lets the parent: WebKit gives no events from a frame without scripts, so
    /// there the frame is looked at in every animation frame.
    pub(crate) fn listen_in_frame(self: &Rc<Self>) {
        let host = self.host();
        let listeners = self.preview.with_document(|document, _| {
            let mut listeners =
                vec![on_event(self, document, "apercu-probe", |editor, _| editor.preview_events.are_sent.set(true))];
            self.preview_events.are_sent.set(false);
            if let Ok(probe) = Event::new("apercu-probe") {
                let _ = document.dispatch_event(&probe);
            }
            if self.preview_events.are_sent.get() {
                listeners.push(on_event(self, document, "scroll", |editor, _| editor.preview_scrolled()));
                listeners.push(on_event(self, document, "click", |editor, event| {
                    frame_click(editor, &editor.preview, event)
                }));
                listeners.extend(host.into_iter().flat_map(|host| host.listen_in_preview(document)));
            }
            listeners
        });
        if let Some(listeners) = listeners {
            *self.preview_events.listeners.borrow_mut() = listeners;
        }
        if !self.preview_events.are_sent.get() {
            self.watch_frame();
        }
    }

    /// The preview may have been scrolled by the user.
    pub(crate) fn preview_scrolled(&self) {
        if self.is_ready() && self.scroll.preview_scrolled(&self.textarea, &self.mirror, &self.preview, &self.text()) {
            self.place_marks();
        }
    }

    /// The second preview may have been scrolled by the user.
    pub(crate) fn second_preview_scrolled(&self) {
        let Some(second) = self.second_preview.borrow().clone() else { return };
        if second.scroll.preview_scrolled(&self.textarea, &self.mirror, &second.preview, &self.text()) {
            self.place_marks();
        }
    }

    /// A second preview next to the first.
    pub(crate) fn second_preview_with(self: &Rc<Self>, engines: Engines) -> Option<Rc<SecondPreview>> {
        let pane: Element = self.root.by_id("preview-pane");
        let renderer = BodyRenderer::new(&self.render_options(Dialect::GitHub), engines);
        let second = SecondPreview::new(&self.preview, &pane, renderer)?;
        let loaded = on_event(self, &second.preview.frame, "load", |editor, _| editor.second_preview_loaded());
        second.listeners.borrow_mut().push(loaded);
        Some(second)
    }

    /// The second frame has loaded something.
    pub(crate) fn second_preview_loaded(self: &Rc<Self>) {
        let Some(second) = self.second_preview.borrow().clone() else { return };
        match second.preview.connect() {
            Connection::New => {
                second.preview.set_theme(theme_name(self.theme()));
                self.listen_in_second(&second);
                self.show_again();
            }
            Connection::Known => {}
            Connection::Lost => second.preview.reload(),
        }
    }

    fn listen_in_second(self: &Rc<Self>, second: &Rc<SecondPreview>) {
        let host = self.host();
        let in_document = second.preview.with_document(|document, _| {
            let mut in_document = vec![
                on_event(self, document, "scroll", |editor, _| editor.second_preview_scrolled()),
                on_event(self, document, "click", |editor, event| {
                    let second = editor.second_preview.borrow().clone();
                    if let Some(second) = second {
                        frame_click(editor, &second.preview, event);
                    }
                }),
            ];
            in_document.extend(host.into_iter().flat_map(|host| host.listen_in_preview(document)));
            in_document
        });
        let mut listeners = second.listeners.borrow_mut();
        listeners.truncate(1);
        listeners.extend(in_document.into_iter().flatten());
    }

    /// Puts the caret at the source of a node of the preview, as near to the click as the text tells.
    pub(crate) fn caret_to_source(self: &Rc<Self>, preview: &PreviewFrame, target: &Node) {
        let selected = preview.with_document(|document, _| document.get_selection().ok().flatten()).flatten();
        // Marking text in the preview is no wish to go anywhere.
        if selected.as_ref().is_some_and(|selection| !selection.is_collapsed()) {
            return;
        }
        // A click tells the element. The text in it is a better place where code has many of them.
        let text_node = selected.as_ref().and_then(Selection::anchor_node).filter(|node| target.contains(Some(node)));
        let Some((span, _)) = preview.source_of(text_node.as_ref().unwrap_or(target)) else { return };
        let text = self.text();
        let source = span.of(&text);
        let place = selected.and_then(|selection| {
            let node = selection.anchor_node()?;
            (node.node_type() == Node::TEXT_NODE)
                .then(|| (node.node_value().unwrap_or_default(), selection.anchor_offset()))
        });
        let inside = place.and_then(|(data, at)| find_near(source, &data, at as usize)).unwrap_or(0);
        self.jump_to(Span::at(span.start + inside));
    }

    /// Looks at the frame in every animation frame: scrolling, and the selection that a click leaves.
    pub(crate) fn watch_frame(self: &Rc<Self>) {
        let editor = Rc::downgrade(self);
        *self.preview_events.watching.borrow_mut() = Some(gloo::render::request_animation_frame(move |_| {
            if let Some(editor) = editor.upgrade() {
                editor.preview_scrolled();
                editor.second_preview_scrolled();
                editor.look_at_selection();
                editor.watch_frame();
            }
        }));
    }

    fn look_at_selection(self: &Rc<Self>) {
        let now = self.preview.with_document(|document, _| {
            let selection = document.get_selection().ok().flatten()?;
            Some((selection.anchor_node()?, selection.anchor_offset(), selection.is_collapsed()))
        });
        let Some(Some((node, offset, collapsed))) = now else { return };
        let last = self.preview_events.selection.replace(Some((node.clone(), offset)));
        let moved = last.is_none_or(|(n, o)| o != offset || !n.is_same_node(Some(&node)));
        if moved && collapsed {
            self.caret_to_source(&self.preview, &node);
        }
    }
}

/// A click in the preview: links do what links do, anything else puts the caret at its source.
pub fn frame_click(editor: &Rc<EditorController>, preview: &PreviewFrame, event: &Event) {
    let Some(target) = event.target().map(|target| target.unchecked_into::<Node>()) else { return };
    if let Some(address) = preview.link_at(&target).filter(|address| address.starts_with(WITHIN)) {
        event.prevent_default();
        let around = editor.around.borrow().clone();
        if let Some(around) = around {
            around.open_linked(&address);
        }
        return;
    }
    if !preview.is_link_or_control(&target, event) {
        editor.caret_to_source(preview, &target);
    }
}
