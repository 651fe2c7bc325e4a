//! The page of a site in the preview: the frame's document becomes that of the page, and the blocks of the post stand in
//! it where the layout has the content. In: a page, taken apart. Out: nodes and styles in the frame. Neighbours:
//! `frame.rs` shows the blocks; `site/page_tokens.rs` takes pages apart.

use std::rc::Rc;

use web_sys::{Document, Element, HtmlElement, Node};

use super::frame::{FrameDocument, PreviewFrame};
use super::shown_block::{ShownBlock, morph, node_at, remove};
use super::shown_page::{FramePage, FrameStyle, ShownPage};
use crate::app::browser::dom::made;
use crate::view::token_diff::path_to;

impl PreviewFrame {
    /// Shows a page. Whether it has a place for blocks, which are to be shown after it.
    pub fn show_page(&self, page: &Rc<FramePage>) -> bool {
        let mut parts = self.parts.borrow_mut();
        let Some(parts) = &mut *parts else { return false };
        let Some(body) = parts.document.body() else { return false };
        let mut shown = self.page.borrow_mut();
        let is_same = shown.as_ref().is_some_and(|shown| Rc::ptr_eq(&shown.page, page));
        if is_same {
            return page.content.is_some();
        }
        let last = shown.take();
        if last.is_none() {
            // What the document had for a post alone.
            body.set_text_content(None);
            self.untouched.set(false);
        }
        let (mut body_block, mut styles) = match last {
            Some(last) => (last.body, last.styles),
            None => (ShownBlock::none(), Vec::new()),
        };
        // Blocks stand between the nodes of the page, whose places are counted.
        let mut blocks = self.blocks.borrow_mut();
        blocks.iter().for_each(|block| remove(&block.nodes));
        set_attributes(&parts.root, &page.root);
        set_attributes(&body, &page.body);
        show_styles(&parts.document, &mut styles, &page.styles);
        morph((&parts.document, None), &body, None, &mut body_block, Rc::clone(&page.tokens));
        place_content(parts, &body, &body_block, page.content);
        if page.content.is_none() {
            blocks.clear();
        }
        for node in blocks.iter().flat_map(|block| &block.nodes) {
            let _ = parts.article.insert_before(node, parts.after.as_ref());
        }
        *shown = Some(ShownPage { page: Rc::clone(page), body: body_block, styles });
        page.content.is_some()
    }

    /// Takes the blocks away, so that the next that are shown get nodes of their own: the addresses of their pictures have
    /// changed.
    pub fn forget_blocks(&self) {
        let mut blocks = self.blocks.borrow_mut();
        blocks.iter().for_each(|block| remove(&block.nodes));
        blocks.clear();
    }
}

/// The blocks go where the content's mark stands.
fn place_content(parts: &mut FrameDocument, body: &HtmlElement, shown: &ShownBlock, content: Option<usize>) {
    let mark = content.and_then(|at| node_at(shown, &path_to(&shown.tokens, at)));
    let parent = mark.as_ref().and_then(Node::parent_element);
    parts.article = parent.unwrap_or_else(|| body.clone().into());
    parts.after = mark;
}

/// Gives an element these attributes and takes all others away.
fn set_attributes(element: &Element, attributes: &[(String, String)]) {
    for name in element.get_attribute_names().iter().filter_map(|name| name.as_string()) {
        if !attributes.iter().any(|(kept, _)| *kept == name) {
            let _ = element.remove_attribute(&name);
        }
    }
    for (name, value) in attributes {
        if element.get_attribute(name).as_deref() != Some(value) {
            let _ = element.set_attribute(name, value);
        }
    }
}

/// Brings the style sheets of the document to these. Where one stays the same in its place, its element does, too: it is
/// not loaded again.
fn show_styles(document: &Document, shown: &mut Vec<Element>, styles: &[FrameStyle]) {
    let Some(head) = document.head() else { return };
    if shown.is_empty() {
        // The styles for a post alone.
        let own = head.get_elements_by_tag_name("style");
        while let Some(style) = own.item(0) {
            style.remove();
        }
    }
    let same = shown.iter().zip(styles).take_while(|(element, style)| is_style(element, style)).count();
    for element in shown.drain(same..) {
        element.remove();
    }
    for style in styles.iter().skip(same) {
        let element = new_style(document, style);
        let _ = head.append_child(&element);
        shown.push(element);
    }
}

fn new_style(document: &Document, style: &FrameStyle) -> Element {
    let (element, media) = match style {
        FrameStyle::Text { css, media } => {
            let element = made(document, "style", &[]);
            element.set_text_content(Some(css));
            (element, media)
        }
        FrameStyle::Address { address, media } => {
            let attributes = [("rel", "stylesheet"), ("href", address), ("referrerpolicy", "no-referrer")];
            (made(document, "link", &attributes), media)
        }
    };
    if !media.is_empty() {
        let _ = element.set_attribute("media", media);
    }
    element
}

fn is_style(element: &Element, style: &FrameStyle) -> bool {
    let has_media = |media: &str| element.get_attribute("media").unwrap_or_default() == media;
    match style {
        FrameStyle::Text { media, css } => {
            element.local_name() == "style" && has_media(media) && element.text_content().as_deref() == Some(css)
        }
        FrameStyle::Address { media, address } => {
            element.local_name() == "link"
                && has_media(media)
                && element.get_attribute("href").as_ref() == Some(address)
        }
    }
}
