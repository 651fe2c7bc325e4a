//! What a hand does in the preview frame: clicks that lead to the source, links, and, where the engine gives the parent
//! no events from it, looking at it in every animation frame. In: nodes and selections of the frame. Out: the caret.
//! Neighbours: `preview.rs` knows sources, `listeners.rs` hears.

use std::rc::Rc;

use wasm_bindgen::JsCast;
use web_sys::{Element, Event, Node};

use crate::app::editor::desk::Desk;
use crate::app::preview::frame::Preview;
use crate::text::Span;

/// So many characters on either side of the click are looked for in the source.
const CONTEXT: usize = 24;

impl Preview {
    /// Whether the node lies in a link or a control of its own; links into the page itself are followed here, without
    /// a step in the browser's history.
    pub(crate) fn is_link_or_control(&self, target: &Node, event: &Event) -> bool {
        let element = if target.node_type() == Node::ELEMENT_NODE {
            Some(target.clone().unchecked_into::<Element>())
        } else {
            target.parent_element()
        };
        let Some(element) = element else { return false };
        let link = element.closest("a[href]").ok().flatten();
        if let Some(id) =
            link.as_ref().and_then(|link| link.get_attribute("href")?.strip_prefix('#').map(str::to_owned))
        {
            event.prevent_default();
            self.with_document(|_, window| {
                let location = window.location();
                // The whole address: a fragment alone would be taken as one of the page around the frame.
                let here = location.href().unwrap_or_default();
                let document = here.split('#').next().unwrap_or_default();
                let _ = location.replace(&[document, "#", &id].concat());
            });
            return true;
        }
        link.is_some() || element.closest("summary, video, audio, input").ok().flatten().is_some()
    }
}

impl Desk {
    /// Puts the caret at the source of a node of the preview, as near to the click as the text tells.
    pub(crate) fn caret_to_source(self: &Rc<Self>, preview: &Preview, target: &Node) {
        let selected = preview.with_document(|document, _| document.get_selection().ok().flatten()).flatten();
        // Marking text in the preview is no wish to go anywhere.
        if selected.as_ref().is_some_and(|selection| !selection.is_collapsed()) {
            return;
        }
        let Some((span, _)) = preview.source_of(target) else { return };
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
        let desk = Rc::downgrade(self);
        *self.watching.borrow_mut() = Some(gloo::render::request_animation_frame(move |_| {
            if let Some(desk) = desk.upgrade() {
                desk.preview_scrolled();
                desk.beside_scrolled();
                desk.look_at_selection();
                desk.watch_frame();
            }
        }));
    }

    fn look_at_selection(self: &Rc<Self>) {
        let now = self.preview.with_document(|document, _| {
            let selection = document.get_selection().ok().flatten()?;
            Some((selection.anchor_node()?, selection.anchor_offset(), selection.is_collapsed()))
        });
        let Some(Some((node, offset, collapsed))) = now else { return };
        let last = self.frame_selection.replace(Some((node.clone(), offset)));
        let moved = last.is_none_or(|(n, o)| o != offset || !n.is_same_node(Some(&node)));
        if moved && collapsed {
            self.caret_to_source(&self.preview, &node);
        }
    }
}

/// Where in `source` the place `at` (UTF-16 units) of the shown text `data` stands: by the words around it, nearest to
/// where it would be if source and text were alike.
fn find_near(source: &str, data: &str, at: usize) -> Option<usize> {
    let at = crate::text::byte_offset(data, crate::text::Utf16Offset(at));
    let line_start = data[..at].rfind('\n').map_or(0, |n| n + 1);
    let from = data[line_start..at].char_indices().rev().take(CONTEXT).last().map_or(at, |(i, _)| line_start + i);
    let to = data[at..]
        .char_indices()
        .take_while(|(_, c)| *c != '\n')
        .take(CONTEXT)
        .last()
        .map_or(at, |(i, c)| at + i + c.len_utf8());
    // The longer context first; smart quotes and the like may stand in its way.
    for (from, to) in [(from, to), (from, at), (at, to)] {
        let words = &data[from..to];
        if words.trim().is_empty() {
            continue;
        }
        let found = source.match_indices(words).min_by_key(|(found, _)| found.abs_diff(from));
        if let Some((found, _)) = found {
            return Some(found + at - from);
        }
    }
    None
}
