//! Links and controls in the preview. In: the target of a click. Out: whether it is one; links into the page are
//! followed. Neighbours: `frame.rs` has the frame; code that listens to clicks in a frame asks here.

use wasm_bindgen::JsCast;
use web_sys::{Element, Event, Node};

use super::frame::PreviewFrame;

impl PreviewFrame {
    /// The address of the link that the node lies in, as it is written.
    pub(crate) fn link_at(&self, target: &Node) -> Option<String> {
        element_of(target)?.closest("a[href]").ok()??.get_attribute("href")
    }

    /// Whether the node lies in a link or a control of its own; links into the page itself are followed here, without
    /// a step in the browser's history.
    pub(crate) fn is_link_or_control(&self, target: &Node, event: &Event) -> bool {
        let Some(element) = element_of(target) else { return false };
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

/// The node, or the element around it.
fn element_of(node: &Node) -> Option<Element> {
    if node.node_type() == Node::ELEMENT_NODE { Some(node.clone().unchecked_into()) } else { node.parent_element() }
}
