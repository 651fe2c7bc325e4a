//! Links and controls in the preview. In: the target of a click. Out: whether it is one; links into the page are
//! followed. Neighbours: `frame.rs` has the frame; code that listens to clicks in a frame asks here.

use wasm_bindgen::JsCast;
use web_sys::{Element, Event, Node};

use super::frame::PreviewFrame;

impl PreviewFrame {
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
