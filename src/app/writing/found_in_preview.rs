//! The hits of a search in the words of a preview. In: what finds them, the frame's document. Out: ranges of its text that
//! are painted. Neighbours: `find_bar.rs` owns this; `hit_ranges.rs` paints.

use std::cell::{Cell, RefCell};

use wasm_bindgen::JsCast;
use web_sys::{Document, Element, Node, Range, Window};

use super::hit_ranges::HitRanges;
use crate::app::browser::dom::add_style_sheet;
use crate::text::utf16_offset;
use crate::writing::find::Finder;

/// What hits look like in a preview.
const STYLES: &str = "::highlight(apercu-hit){background:#ffe08a;color:#222}::highlight(apercu-current-hit){background:#ff9632;color:#111}";

/// Elements that part words: between two of them no hit goes on.
const BLOCKS: &str = "address,article,aside,blockquote,br,dd,details,div,dl,dt,figcaption,figure,footer,h1,h2,h3,h4,h5,h6,header,hr,li,main,nav,ol,p,pre,section,summary,table,td,th,tr,ul";

/// What was found in a preview.
pub struct FoundInPreview {
    window: Window,
    document: Document,
    hits: RefCell<Vec<Range>>,
    current: Cell<Option<usize>>,
    ranges: Option<HitRanges>,
}

impl FoundInPreview {
    /// Nothing found yet in that frame's document.
    pub fn new(window: Window, document: Document) -> Self {
        // Without the styles hits are found and scrolled to, and not painted.
        let _ = add_style_sheet(&window, &document, STYLES);
        let ranges = HitRanges::new(&window);
        Self { window, document, hits: RefCell::default(), current: Cell::default(), ranges }
    }

    /// How many there are, and which is selected (zero-based).
    pub fn count(&self) -> (usize, Option<usize>) {
        (self.hits.borrow().len(), self.current.get())
    }

    /// Looks for hits in the document as it stands now; the first is selected, or with `keep` the one of the same number.
    pub fn look(&self, finder: Option<&Finder>, keep: bool) {
        let hits = finder.map_or_else(Vec::new, |finder| self.ranges_of(finder));
        let last = self.current.get().filter(|_| keep).unwrap_or(0);
        self.current.set(hits.len().checked_sub(1).map(|end| last.min(end)));
        *self.hits.borrow_mut() = hits;
        self.paint();
    }

    /// Selects the next hit, or the one before.
    pub fn step(&self, forward: bool) {
        let many = self.hits.borrow().len();
        let next = match self.current.get() {
            Some(index) if forward => Some((index + 1) % many.max(1)),
            Some(index) => index.checked_sub(1).or_else(|| many.checked_sub(1)),
            None => (many > 0).then_some(0),
        };
        self.current.set(next);
    }

    /// Brings the selected hit into view.
    pub fn reveal(&self) {
        let hits = self.hits.borrow();
        if let Some(range) = self.current.get().and_then(|index| hits.get(index)) {
            let rect = range.get_bounding_client_rect();
            let height = self.window.inner_height().ok().and_then(|height| height.as_f64()).unwrap_or(0.0);
            if rect.top() < 0.0 || rect.bottom() > height {
                self.window.scroll_by_with_x_and_y(0.0, rect.top() - height / 3.0);
            }
        }
        drop(hits);
        self.paint();
    }

    fn paint(&self) {
        let Some(ranges) = &self.ranges else { return };
        let hits = self.hits.borrow();
        let selected = self.current.get();
        let others =
            hits.iter().enumerate().filter(|(index, _)| Some(*index) != selected).map(|(_, range)| range.clone());
        ranges.show(others.collect(), selected.and_then(|index| hits.get(index).cloned()).into_iter().collect());
    }

    /// The hits as ranges: the texts of the document one after the other, with a line end where a block begins or ends.
    fn ranges_of(&self, finder: &Finder) -> Vec<Range> {
        let Some(body) = self.document.body() else { return Vec::new() };
        let mut whole = String::new();
        let mut texts: Vec<(usize, Node)> = Vec::new();
        gather(&body, &mut whole, &mut texts);
        let place = |offset: usize, is_end: bool| {
            let index = texts.partition_point(|(start, _)| if is_end { *start < offset } else { *start <= offset });
            let (start, node) = texts.get(index.checked_sub(1)?)?;
            let unit = utf16_offset(whole.get(*start..)?, offset - start).0;
            Some((node.clone(), u32::try_from(unit).ok()?))
        };
        let hits = finder.hits(&whole);
        hits.iter()
            .filter(|hit| !hit.is_empty())
            .filter_map(|hit| {
                let ((start, from), (end, to)) = (place(hit.start, false)?, place(hit.end, true)?);
                let range = self.document.create_range().ok()?;
                range.set_start(&start, from).ok()?;
                range.set_end(&end, to).ok()?;
                Some(range)
            })
            .collect()
    }
}

/// Collects the texts below a node, in order, with where each begins in `whole` (bytes).
fn gather(root: &Node, whole: &mut String, texts: &mut Vec<(usize, Node)>) {
    let mut child = root.first_child();
    while let Some(node) = child {
        if node.node_type() == Node::TEXT_NODE {
            texts.push((whole.len(), node.clone()));
            whole.push_str(&node.node_value().unwrap_or_default());
        } else if let Some(element) = node.dyn_ref::<Element>().cloned().or_else(|| as_element(&node)) {
            let parts = element.matches(BLOCKS).unwrap_or(false);
            if !element.matches("script,style,template,noscript").unwrap_or(false) {
                if parts && !whole.ends_with('\n') {
                    whole.push('\n');
                }
                gather(&node, whole, texts);
                if parts && !whole.ends_with('\n') {
                    whole.push('\n');
                }
            }
        }
        child = node.next_sibling();
    }
}

/// An element of another window is no instance of this window's class.
fn as_element(node: &Node) -> Option<Element> {
    (node.node_type() == Node::ELEMENT_NODE).then(|| node.clone().unchecked_into())
}
