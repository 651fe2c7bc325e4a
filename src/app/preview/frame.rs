//! The preview frame: its document is found, filled and patched, node by node. In: blocks and patches, header tokens.
//! Out: nodes in the frame; heights of source places in it and places under heights.
//! Neighbours: `dom.rs` makes nodes, `token_diff.rs` says what changed, `scroll_sync.rs` asks for heights.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use js_sys::Function;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Document, Element, HtmlElement, HtmlIFrameElement, Node, Window};

use super::shown_block::{ShownBlock, clear, morph, node_at, remove};
use super::shown_page::ShownPage;
use crate::app::browser::dom::MediaAddresses;
use crate::markdown::block::{Block, Patch, Slot};
use crate::markdown::token::Token;
use crate::text::{SourceMap, Span};
use crate::view::scroll_map::ScrollMap;
use crate::view::token_diff::{neighbours, path_to, token_at};

/// From so many blocks on, the browser may leave blocks out of sight without layout.
const LARGE: usize = 1_500;

/// A frame that leaves our document again and again is not reloaded after so many times.
const MOST_RELOADS: u32 = 5;

/// The frame's document. Taken hold of once: nothing in it is looked up by name afterwards.
pub(super) struct FrameDocument {
    pub(super) window: Window,
    pub(super) document: Document,
    pub(super) root: HtmlElement,
    scroller: HtmlElement,
    pub(super) header: Element,
    pub(super) article: Element,
    /// What stands after the blocks in the article, if anything does.
    pub(super) after: Option<Node>,
}

/// What taking hold of the frame found.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Connection {
    /// A document to fill.
    New,
    /// The document that is filled already.
    Known,
    /// No document of ours: not loaded yet, or the frame shows another page.
    Lost,
}

/// The preview.
pub struct PreviewFrame {
    /// The frame itself.
    pub frame: HtmlIFrameElement,
    pub(super) parts: RefCell<Option<FrameDocument>>,
    /// The page of a site around the blocks, while one is shown.
    pub(super) page: RefCell<Option<ShownPage>>,
    /// What addresses of pictures become, where files of a site are there for them.
    media: RefCell<Option<Rc<MediaAddresses>>>,
    /// Whether the document still shows what was there before this value took hold of it.
    pub(super) untouched: Cell<bool>,
    header: RefCell<ShownBlock>,
    pub(super) blocks: RefCell<Vec<ShownBlock>>,
    /// The source map between the body and what was rendered, which the spans of blocks and tokens are in, and where
    /// the body begins. Everything outside of this file is in bytes of the text.
    source_map: RefCell<(Rc<SourceMap>, usize)>,
    reloads: Cell<u32>,
    /// In a host's page: what fills the frame's empty document, and brings it to the page around.
    fill: Option<Function>,
}

impl PreviewFrame {
    /// A frame, not yet connected. With `fill` (`fillFrame` of `embed/panes.js`) it has no document of its own but an
    /// empty one.
    pub fn of(frame: HtmlIFrameElement, fill: Option<Function>) -> Self {
        let header = ShownBlock::none();
        Self {
            frame,
            parts: RefCell::default(),
            page: RefCell::default(),
            media: RefCell::default(),
            untouched: Cell::default(),
            header: header.into(),
            blocks: RefCell::default(),
            source_map: RefCell::default(),
            reloads: Cell::new(0),
            fill,
        }
    }

    /// Another frame like this one, which `copy_of_frame` has made.
    pub fn like(&self, frame: HtmlIFrameElement) -> Self {
        Self::of(frame, self.fill.clone())
    }

    /// Whether the frame has no document of its own: it stands in a host's page, where relative addresses lead.
    pub fn is_guest(&self) -> bool {
        self.fill.is_some()
    }

    /// Whether the frame has but the browser's blank document, which is there at once.
    pub fn is_blank(&self) -> bool {
        self.fill.is_some() && !self.frame.has_attribute("srcdoc")
    }

    /// A span of the rendered body (bytes), in bytes of the text that is shown.
    pub fn span_in_text(&self, rendered: Span) -> Span {
        let start = self.source_map.borrow().1;
        self.span_of(rendered.shifted(start))
    }

    /// A frame of its own, sandboxed like this one and not yet in the page.
    pub fn copy_of_frame(&self, id: &str, title: &str) -> Option<HtmlIFrameElement> {
        let frame: HtmlIFrameElement = self.frame.clone_node().ok()?.unchecked_into();
        frame.set_id(id);
        frame.set_title(title);
        // The page of a site is shown in the first preview alone.
        if let Some(own) = frame.get_attribute("data-post") {
            frame.set_src(&own);
        }
        Some(frame)
    }

    /// Takes hold of the frame's document when it has loaded. Whether there is a new one to fill.
    pub fn connect(&self) -> Connection {
        let found = self.frame.content_document().zip(self.frame.content_window()).and_then(|(document, window)| {
            self.fill_document();
            let header = document.query_selector(".post-header").ok()??;
            let article = document.query_selector(".post-body").ok()??;
            let root: HtmlElement = document.document_element()?.unchecked_into();
            // In the browser's blank document it is the body that scrolls.
            let scroller = document.scrolling_element().map_or_else(|| root.clone(), JsCast::unchecked_into);
            Some(FrameDocument { window, document, root, scroller, header, article, after: None })
        });
        let mut parts = self.parts.borrow_mut();
        let Some(found) = found else { return Connection::Lost };
        if parts.as_ref().is_some_and(|parts| parts.article.is_same_node(Some(&found.article))) {
            return Connection::Known;
        }
        self.header.borrow_mut().tokens = Rc::new([]);
        self.header.borrow_mut().nodes.clear();
        self.blocks.borrow_mut().clear();
        self.page.borrow_mut().take();
        self.untouched.set(true);
        *parts = Some(found);
        Connection::New
    }

    /// Loads the frame's own document again: it shows another page. A frame that leaves again and again stays there.
    pub fn reload(&self) {
        if self.reloads.replace(self.reloads.get().saturating_add(1)) >= MOST_RELOADS {
            return;
        }
        self.parts.borrow_mut().take();
        if let Some(parent) = self.frame.parent_node().filter(|_| self.is_guest()) {
            // Put in its place again, it loads its own document.
            let _ = parent.insert_before(&self.frame, self.frame.next_sibling().as_ref());
        } else if let Some(own) = self.frame.get_attribute("src") {
            self.frame.set_src(&own);
        }
    }

    /// From the next block on, the addresses of pictures become others.
    pub fn set_media(&self, media: Option<Rc<MediaAddresses>>) {
        *self.media.borrow_mut() = media;
    }

    /// Whether the frame has been taken hold of.
    pub fn is_connected(&self) -> bool {
        self.parts.borrow().is_some()
    }

    /// Runs `look` with the frame's document and window, where they are there.
    pub fn with_document<T>(&self, look: impl FnOnce(&Document, &Window) -> T) -> Option<T> {
        self.parts.borrow().as_ref().map(|parts| look(&parts.document, &parts.window))
    }

    /// Light, dark, or the system's: the frame's document is told so that its style follows. A guest follows the page
    /// around it instead.
    pub fn set_theme(&self, theme: Option<&str>) {
        if let Some(parts) = &*self.parts.borrow() {
            let _ = match theme {
                // A page of a site has its own.
                _ if self.page.borrow().is_some() => Ok(()),
                _ if self.is_guest() => {
                    self.fill_document();
                    Ok(())
                }
                Some(theme) => parts.root.set_attribute("data-theme", theme),
                None => parts.root.remove_attribute("data-theme"),
            };
        }
    }

    /// A guest's document is filled where it is empty, and follows the page around.
    fn fill_document(&self) {
        if let Some(fill) = &self.fill {
            let _ = fill.call1(&JsValue::NULL, &self.frame);
        }
    }

    /// The language of the post, for hyphenation and screen readers.
    pub fn set_language(&self, language: &str) {
        // Set again, even to the same, it makes the browser style the whole document again. A page of a site has its own.
        if let Some(parts) = &*self.parts.borrow()
            && self.page.borrow().is_none()
            && parts.root.get_attribute("lang").as_deref() != Some(language)
        {
            let _ = parts.root.set_attribute("lang", language);
        }
    }

    /// Shows the header of the post, before its blocks; `end` is where the body begins, in bytes of the whole text.
    pub fn show_header(&self, tokens: Rc<[Token<'static>]>, end: usize) {
        let parts = self.parts.borrow();
        let Some(parts) = &*parts else { return };
        if self.untouched.take() {
            parts.header.set_text_content(None);
            parts.article.set_text_content(None);
        }
        let mut shown = self.header.borrow_mut();
        shown.span = Span::new(0, end);
        morph((&parts.document, None), &parts.header, None, &mut shown, tokens);
    }

    /// Brings the article from the blocks it shows to `blocks` (spans in bytes of the body, which begins at byte
    /// `body_start` of the text, and which `map` maps to the body as it is written). Nodes of blocks that are kept are
    /// not touched.
    pub fn show_blocks(&self, blocks: &[Block], patch: &Patch, body_start: usize, map: &Rc<SourceMap>) {
        *self.source_map.borrow_mut() = (Rc::clone(map), body_start);
        let parts = self.parts.borrow();
        let Some(parts) = &*parts else { return };
        let media = self.media.borrow().clone();
        let media = media.as_deref();
        let mut shown = self.blocks.borrow_mut();
        let old_len = shown.len();
        if patch.keep_start + patch.keep_end > old_len
            || patch.keep_start + patch.keep_end + patch.middle.len() != blocks.len()
        {
            // The frame was loaded again meanwhile: everything is new.
            clear(&mut shown);
            let all = Patch { keep_start: 0, keep_end: 0, middle: blocks.iter().map(|_| Slot::New).collect() };
            replace_middle(parts, media, &mut shown, blocks, &all);
        } else {
            replace_middle(parts, media, &mut shown, blocks, patch);
        }
        for (shown, block) in shown.iter_mut().zip(blocks) {
            shown.span = block.span.shifted(body_start);
            // Kept nodes, but the spans inside the block may be new.
            if !Rc::ptr_eq(&shown.tokens, &block.tokens) {
                shown.tokens = Rc::clone(&block.tokens);
            }
        }
        if (old_len > LARGE) != (blocks.len() > LARGE) {
            let _ = parts.article.class_list().toggle_with_force("large", blocks.len() > LARGE);
        }
    }

    /// How far the frame is scrolled, its height, and the height of its content, in pixels.
    pub fn scroll(&self) -> Option<(f64, f64, f64)> {
        let parts = self.parts.borrow();
        let root = &parts.as_ref()?.scroller;
        Some((f64::from(root.scroll_top()), f64::from(root.client_height()), f64::from(root.scroll_height())))
    }

    /// Scrolls the frame.
    pub fn scroll_to(&self, top: f64) {
        if let Some(parts) = &*self.parts.borrow() {
            parts.scroller.set_scroll_top(top.round().max(0.0) as i32);
        }
    }

    /// Known points around byte `offset` of the text, heights from the content's top: those of the block that holds it
    /// and of its inner elements, and where the next block begins.
    pub fn map_at_offset(&self, offset: usize) -> ScrollMap {
        let offset = self.rendered(offset);
        let blocks = self.blocks.borrow();
        let after = blocks.partition_point(|b| b.span.start <= offset);
        self.map_around(&blocks, after)
    }

    /// Known points around a height of the content.
    pub fn map_at_height(&self, height: f64) -> ScrollMap {
        let Some(scrolled) = self.scroll().map(|s| s.0) else { return ScrollMap::default() };
        let blocks = self.blocks.borrow();
        let after = blocks.partition_point(|b| top_of(b).is_none_or(|top| top + scrolled <= height));
        self.map_around(&blocks, after)
    }

    /// Points of the header and of blocks `after - 2` to `after + 1`: an empty block has no height of its own.
    fn map_around(&self, blocks: &[ShownBlock], after: usize) -> ScrollMap {
        let mut map = ScrollMap::default();
        let Some((scrolled, _, content)) = self.scroll() else { return map };
        map.add(0, 0.0);
        let from = after.saturating_sub(2);
        for (index, block) in blocks.iter().enumerate().skip(from).take(4) {
            if let Some(top) = top_of(block) {
                map.add(self.source(block.span.start), top + scrolled);
            }
            if index + 1 == after {
                for (offset, top) in inner_points(block) {
                    map.add(self.source(offset), top + scrolled);
                }
            }
            if let Some(bottom) = bottom_of(block) {
                let end = block.span.end.saturating_sub(1).max(block.span.start);
                map.add(self.source(end), bottom + scrolled);
            }
        }
        if after + 2 >= blocks.len() {
            map.add(usize::MAX / 2, content);
        }
        map
    }

    /// Top and bottom in the frame's viewport of the innermost piece of the preview that holds byte `offset`.
    pub fn extent_at(&self, offset: usize) -> Option<(f64, f64)> {
        let offset = self.rendered(offset);
        let blocks = self.blocks.borrow();
        let Some(block) =
            blocks.partition_point(|b| b.span.start <= offset).checked_sub(1).and_then(|at| blocks.get(at))
        else {
            return Some((top_of(&self.header.borrow())?, bottom_of(&self.header.borrow())?));
        };
        let relative = offset.saturating_sub(block.span.start);
        let mut best: Option<(usize, Span)> = None;
        for (index, token) in block.tokens.iter().enumerate() {
            if let Token::Open { name, span: Some(span), .. } = token
                && is_block_level(name)
                && span.start <= relative
                && relative <= span.end
                && best.is_none_or(|(_, b)| span.len() <= b.len())
            {
                best = Some((index, *span));
            }
        }
        let inner = best.and_then(|(index, _)| node_at(block, &path_to(&block.tokens, index)));
        match inner {
            Some(node) => {
                let rect = node.unchecked_ref::<Element>().get_bounding_client_rect();
                Some((rect.top(), rect.bottom()))
            }
            None => Some((top_of(block)?, bottom_of(block)?)),
        }
    }

    /// The source span (bytes of the text) of the innermost piece that holds `node`, and the node of that piece;
    /// for the header the front matter.
    pub fn source_of(&self, node: &Node) -> Option<(Span, Node)> {
        let parts = self.parts.borrow();
        let parts = parts.as_ref()?;
        if parts.header.contains(Some(node)) {
            return Some((self.header.borrow().span, parts.header.clone().unchecked_into()));
        }
        let article: &Node = parts.article.unchecked_ref();
        let mut ways = Vec::new();
        let mut current = node.clone();
        loop {
            let parent = current.parent_node()?;
            if parent.is_same_node(Some(article)) {
                break;
            }
            ways.push(index_in(&parent, &current)?);
            current = parent;
        }
        let blocks = self.blocks.borrow();
        let (block, root) = blocks
            .iter()
            .find_map(|block| Some((block, block.nodes.iter().position(|n| n.is_same_node(Some(&current)))?)))?;
        ways.push(root);
        ways.reverse();
        // Text knows where the elements before and after it end and begin.
        let (from, to) = token_at(&block.tokens, &ways).map_or((None, None), |at| neighbours(&block.tokens, at));
        let between = |span: Span| {
            let start = from.unwrap_or(span.start);
            Span::new(start, to.unwrap_or(span.end).max(start))
        };
        // From the innermost outwards, the first that knows its source.
        for depth in (1..=ways.len()).rev() {
            let path = &ways[..depth];
            if let Some(Token::Open { span: Some(span), .. }) =
                token_at(&block.tokens, path).map(|at| &block.tokens[at])
            {
                return Some((self.span_of(between(*span).shifted(block.span.start)), node_at(block, path)?));
            }
        }
        Some((self.span_of(block.span), block.nodes.first()?.clone()))
    }

    /// The byte of the text that a byte of the rendered text came from; both count from the text's beginning.
    fn source(&self, offset: usize) -> usize {
        let (map, start) = &*self.source_map.borrow();
        offset.checked_sub(*start).map_or(offset, |offset| map.to_source(offset) + start)
    }

    fn rendered(&self, offset: usize) -> usize {
        let (map, start) = &*self.source_map.borrow();
        offset.checked_sub(*start).map_or(offset, |offset| map.to_rendered(offset) + start)
    }

    fn span_of(&self, span: Span) -> Span {
        Span::new(self.source(span.start), self.source(span.end))
    }
}

fn replace_middle(
    parts: &FrameDocument,
    media: Option<&MediaAddresses>,
    shown: &mut Vec<ShownBlock>,
    blocks: &[Block],
    patch: &Patch,
) {
    let article: &Node = parts.article.unchecked_ref();
    let old_end = shown.len() - patch.keep_end;
    let mut old: Vec<Option<ShownBlock>> = shown.drain(patch.keep_start..old_end).map(Some).collect();
    let mut kept = vec![false; old.len()];
    for slot in &patch.middle {
        if let Slot::Kept(index) = slot
            && let Some(kept) = index.checked_sub(patch.keep_start).and_then(|i| kept.get_mut(i))
        {
            *kept = true;
        }
    }
    let mut next_old = 0;
    let mut middle: Vec<ShownBlock> = Vec::with_capacity(patch.middle.len());
    for (slot, block) in patch.middle.iter().zip(&blocks[patch.keep_start..]) {
        let reused = match slot {
            Slot::Kept(index) => {
                let at = index.wrapping_sub(patch.keep_start);
                next_old = next_old.max(at.saturating_add(1));
                old.get_mut(at).and_then(Option::take)
            }
            // A new block where an old one goes away: most likely the same block, edited.
            Slot::New if old.get(next_old).is_some() && !kept[next_old] => {
                next_old += 1;
                old[next_old - 1].take()
            }
            Slot::New => None,
        };
        let mut now = reused.unwrap_or_else(|| ShownBlock { span: block.span, ..ShownBlock::none() });
        if matches!(slot, Slot::New) {
            // New nodes of a block go behind its last one; where it has none, they are placed below.
            let behind = now.nodes.last().and_then(Node::next_sibling);
            morph((&parts.document, media), &parts.article, behind.as_ref(), &mut now, Rc::clone(&block.tokens));
        }
        middle.push(now);
    }
    for gone in old.into_iter().flatten() {
        remove(&gone.nodes);
    }
    // Backwards, so that each block's nodes can be put before those that follow.
    let next = shown[patch.keep_start..].iter().find_map(|b| b.nodes.first().cloned());
    let mut following: Option<Node> = next.or_else(|| parts.after.clone());
    for block in middle.iter().rev() {
        for node in block.nodes.iter().rev() {
            let in_place = match (&following, node.next_sibling()) {
                (Some(following), Some(next)) => next.is_same_node(Some(following)),
                (None, None) => node.parent_node().is_some(),
                _ => false,
            };
            if !in_place {
                let _ = article.insert_before(node, following.as_ref());
            }
            following = Some(node.clone());
        }
    }
    let at = patch.keep_start;
    shown.splice(at..at, middle);
}

fn index_in(parent: &Node, child: &Node) -> Option<usize> {
    let children = parent.child_nodes();
    (0..children.length())
        .find(|&at| children.item(at).is_some_and(|n| n.is_same_node(Some(child))))
        .map(|at| at as usize)
}

fn elements(shown: &ShownBlock) -> impl DoubleEndedIterator<Item = &Element> {
    shown.nodes.iter().filter(|n| n.node_type() == Node::ELEMENT_NODE).map(|n| n.unchecked_ref::<Element>())
}

fn top_of(shown: &ShownBlock) -> Option<f64> {
    elements(shown).next().map(|e| e.get_bounding_client_rect().top())
}

fn bottom_of(shown: &ShownBlock) -> Option<f64> {
    elements(shown).next_back().map(|e| e.get_bounding_client_rect().bottom())
}

fn is_block_level(name: &str) -> bool {
    matches!(
        name,
        "p" | "li"
            | "tr"
            | "blockquote"
            | "pre"
            | "dt"
            | "dd"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "ul"
            | "ol"
            | "table"
            | "figure"
            | "div"
            | "dl"
            | "img"
    )
}

/// Where the inner elements of a block begin, and for code the rows between: offsets of the text, viewport heights.
fn inner_points(shown: &ShownBlock) -> Vec<(usize, f64)> {
    let mut points = Vec::new();
    for (index, token) in shown.tokens.iter().enumerate() {
        if let Token::Open { name, span: Some(span), .. } = token
            && is_block_level(name)
            && let Some(node) = node_at(shown, &path_to(&shown.tokens, index))
        {
            points.push((
                shown.span.start + span.start,
                node.unchecked_ref::<Element>().get_bounding_client_rect().top(),
            ));
        }
    }
    points
}
