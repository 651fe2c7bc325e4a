//! `Target`: where the tree is drawn, and how it takes over what stands there already. In: an element as a component
//! draws it. Out: the same, or what is drawn into the element of that id. Neighbours: every component that stands in
//! `index.html` before the program has come; `prerender.rs` has written it. The same for the workspace of a custom
//! element, of which `embed/index.js` has made some nodes.
//!
//! Yew's own hydration does the same for any tree, and costs twice as much as the limit allows (15 KB with brotli, of
//! 8); it also stops where a browser's extension has put an element of its own into the page.
//!
//! Yew hands out a `NodeRef` only of what it has made itself. So the nodes that stand there already, the textarea and
//! the frame among them, are found by their ids (`Root::by_id`).

use web_sys::ShadowRoot;
use yew::html::ImplicitClone;
use yew::prelude::*;

/// Where the tree is drawn.
#[derive(Clone, Debug, PartialEq)]
pub enum Target {
    /// Into `index.html`, by the build. Its buttons do nothing yet (`inert`).
    Static,
    /// Over what the build has written, in the browser.
    Page,
    /// Over what `embed/index.js` has made in the shadow tree of a custom element.
    Shadow(ShadowRoot),
    /// Into nodes of the program's own, which stand in the shadow tree of one custom element after the other.
    Bars,
}

impl ImplicitClone for Target {}

impl Target {
    /// Whether buttons do nothing yet.
    pub fn is_inert(&self) -> bool {
        *self == Self::Static
    }

    /// Whether this is a part of a host's page.
    pub fn is_guest(&self) -> bool {
        matches!(self, Self::Shadow(_) | Self::Bars)
    }

    /// The element as it is drawn here. What stands already stays, with what was typed, the focus, the selection, what
    /// can be undone, the document of a frame; attributes are brought up to date, and children are drawn into it. What
    /// was inert is drawn again.
    pub fn adopt(&self, drawn: Html) -> Html {
        match self {
            Self::Static | Self::Bars => drawn,
            Self::Page => over(drawn, None),
            Self::Shadow(root) => over(drawn, Some(root)),
        }
    }
}

#[cfg(target_arch = "wasm32")]
fn over(drawn: Html, root: Option<&ShadowRoot>) -> Html {
    use yew::virtual_dom::VNode;

    let VNode::VTag(tag) = &drawn else { return drawn };
    let id = tag.attributes.iter().find(|(name, _)| *name == "id").map_or("", |(_, id)| id);
    let standing = match root {
        Some(root) => root.get_element_by_id(id),
        None => crate::app::browser::dom::document().get_element_by_id(id),
    };
    let Some(element) = standing else { return drawn };
    if element.has_attribute("inert") {
        element.set_text_content(None);
        let _ = element.remove_attribute("inert");
    }
    for (name, value) in tag.attributes.iter() {
        if element.get_attribute(name).as_deref() != Some(value) {
            let _ = element.set_attribute(name, value);
        }
    }
    tag.children().map_or_else(Html::default, |children| create_portal(children.clone(), element))
}

#[cfg(not(target_arch = "wasm32"))]
fn over(drawn: Html, _: Option<&ShadowRoot>) -> Html {
    drawn
}
