//! The mirror: a hidden copy of the textarea's text with one element per line, to learn at which height a place of the
//! text stands although a textarea does not tell. In: the text. Out: heights and offsets. It follows the text only when
//! asked, and then changes only the lines that changed. Neighbours: `scroll_sync.rs`, `marks.rs`.

use std::cell::RefCell;
use std::rc::Rc;

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, HtmlTextAreaElement, Node, Range};

use crate::app::browser::dom::{Root, document, element};
use crate::text::{LineIndex, Span, byte_offset, changed_lines, utf16_offset};

/// The mirror behind the textarea.
pub struct Mirror {
    root: HtmlElement,
    textarea: HtmlTextAreaElement,
    shown: RefCell<(Rc<str>, LineIndex)>,
}

impl Mirror {
    /// The mirror that stands there, of that textarea.
    pub fn new(root: &Root, textarea: HtmlTextAreaElement) -> Self {
        let root: HtmlElement = root.by_id("mirror");
        let _ = root.append_child(&element("div", ""));
        Self { root, textarea, shown: RefCell::new(("".into(), LineIndex::new(""))) }
    }

    /// Makes the mirror show `text`, and as wide as the textarea's content.
    pub fn follow(&self, text: &Rc<str>) {
        let width = format!("{}px", self.textarea.client_width());
        let style = self.root.style();
        if style.get_property_value("width").unwrap_or_default() != width {
            let _ = style.set_property("width", &width);
        }
        let mut shown = self.shown.borrow_mut();
        if Rc::ptr_eq(&shown.0, text) || *shown.0 == **text {
            return;
        }
        let lines = LineIndex::new(text);
        let (old, new) = changed_lines(&shown.0, &shown.1, text, &lines);
        let after = self.line(old.end).map(Node::from);
        for _ in old.clone() {
            if let Some(line) = self.line(old.start) {
                line.remove();
            }
        }
        for line in new {
            let made = document().create_element("div").ok();
            if let Some(made) = made {
                made.set_text_content(Some(line_of(text, &lines, line)));
                let _ = self.root.insert_before(&made, after.as_ref());
            }
        }
        *shown = (Rc::clone(text), lines);
    }

    fn line(&self, line: usize) -> Option<Element> {
        self.root.children().item(u32::try_from(line).ok()?)
    }

    /// The height in the scrolled content (pixels from its top) of byte `offset` of the text last followed.
    pub fn height_of(&self, offset: usize) -> f64 {
        let shown = self.shown.borrow();
        let line = shown.1.line_at(offset);
        let Some(element) = self.line(line) else { return 0.0 };
        let top = element.unchecked_ref::<HtmlElement>().offset_top();
        let start = shown.1.start_of(line);
        let text = line_of(&shown.0, &shown.1, line);
        let within = utf16_offset(text, offset.saturating_sub(start));
        f64::from(top) + rows_before(&element, within.0)
    }

    /// The range of the mirror's text that shows those bytes of the text last followed.
    pub fn range_of(&self, span: Span) -> Option<Range> {
        let shown = self.shown.borrow();
        let place = |offset: usize| {
            let line = shown.1.line_at(offset);
            let element = self.line(line)?;
            let text = line_of(&shown.0, &shown.1, line);
            let unit = utf16_offset(text, offset.saturating_sub(shown.1.start_of(line)).min(text.len())).0;
            Some((element.first_child().unwrap_or_else(|| element.into()), u32::try_from(unit).ok()?))
        };
        let ((start, from), (end, to)) = (place(span.start)?, place(span.end)?);
        let range = document().create_range().ok()?;
        range.set_start(&start, from).ok()?;
        range.set_end(&end, to).ok()?;
        Some(range)
    }

    /// Scrolls as far as the textarea is scrolled, for a mirror that is seen.
    pub fn follow_scroll(&self) {
        self.root.set_scroll_top(self.textarea.scroll_top());
    }

    /// The byte offset of the text that stands at `height` pixels of the scrolled content: the start of that row.
    pub fn offset_at(&self, height: f64) -> usize {
        let shown = self.shown.borrow();
        let (mut low, mut high) = (0, shown.1.lines());
        while high - low > 1 {
            let middle = usize::midpoint(low, high);
            let top = self.line(middle).map_or(0, |l| l.unchecked_ref::<HtmlElement>().offset_top());
            if f64::from(top) <= height { low = middle } else { high = middle }
        }
        let Some(element) = self.line(low) else { return 0 };
        let inside = height - f64::from(element.unchecked_ref::<HtmlElement>().offset_top());
        let text = line_of(&shown.0, &shown.1, low);
        let units = utf16_offset(text, text.len()).0;
        if rows_before(&element, units) == 0.0 {
            // The line has one row only.
            return shown.1.start_of(low);
        }
        // The last place whose row is not below the height.
        let (mut first, mut last) = (0, units);
        while last > first {
            let middle = usize::midpoint(first, last) + (last - first) % 2;
            if rows_before(&element, middle) <= inside { first = middle } else { last = middle - 1 }
        }
        shown.1.start_of(low) + byte_offset(text, crate::text::Utf16Offset(first))
    }
}

/// How far below the line's top the row with that UTF-16 unit begins.
fn rows_before(line: &Element, unit: usize) -> f64 {
    let Some(node) = line.first_child() else { return 0.0 };
    let Ok(range) = document().create_range() else { return 0.0 };
    let at = u32::try_from(unit).unwrap_or(u32::MAX);
    if range.set_start(&node, at).is_err() || range.set_end(&node, at).is_err() {
        return 0.0;
    }
    let top = line.get_bounding_client_rect().top();
    range.get_client_rects().and_then(|r| r.item(0)).map_or(0.0, |rect| {
        let below = rect.top() - top;
        // The first row's glyphs begin a little below its line box.
        if below < rect.height() { 0.0 } else { below }
    })
}

fn line_of<'a>(text: &'a str, lines: &LineIndex, line: usize) -> &'a str {
    let start = lines.start_of(line);
    let end = if line + 1 < lines.lines() { lines.start_of(line + 1) - 1 } else { text.len() };
    Span::new(start, end).of(text)
}
