//! Marks beside the text where there is a diagnostic. In: diagnostics. Out: small buttons at the height of their line.
//! Neighbours: `mirror.rs` knows heights, `page_controller.rs` calls this when typing has paused.

use std::cell::RefCell;
use std::rc::Rc;

use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use super::mirror::Mirror;
use crate::app::browser::dom::{Root, element};
use crate::app::state::DiagnosticView;

/// At most so many marks: the list has them all.
const MOST: usize = 200;

/// The strip left of the text.
pub struct Marks {
    root: HtmlElement,
    drawn: RefCell<Vec<(HtmlElement, usize)>>,
}

impl Marks {
    /// The strip that stands there.
    pub fn new(root: &Root) -> Self {
        Self { root: root.by_id("marks"), drawn: RefCell::default() }
    }

    /// Draws one mark for each line that has a diagnostic.
    pub fn draw(&self, mirror: &Mirror, text: &Rc<str>, diagnostics: &[DiagnosticView], scrolled: f64) {
        self.root.set_text_content(None);
        let mut drawn = self.drawn.borrow_mut();
        drawn.clear();
        if diagnostics.is_empty() {
            return;
        }
        mirror.follow(text);
        let mut last_line = 0;
        for diagnostic in diagnostics.iter().take(MOST) {
            if diagnostic.at.line == last_line {
                continue;
            }
            last_line = diagnostic.at.line;
            let mark: HtmlElement = element("button", "mark").unchecked_into();
            let _ = mark.set_attribute("type", "button");
            let _ = mark.set_attribute("tabindex", "-1");
            let _ = mark.set_attribute("data-severity", diagnostic.severity.name());
            let _ = mark.set_attribute("data-offset", &diagnostic.span.start.to_string());
            let _ = mark.set_attribute("aria-label", &format!("Line {}: {}", diagnostic.at.line, diagnostic.message));
            mark.set_title(&diagnostic.message);
            let _ = self.root.append_child(&mark);
            drawn.push((mark, diagnostic.span.start));
        }
        drop(drawn);
        self.place(mirror, scrolled);
    }

    /// Moves the marks to where their lines stand now.
    pub fn place(&self, mirror: &Mirror, scrolled: f64) {
        for (mark, offset) in &*self.drawn.borrow() {
            let top = mirror.height_of(*offset) - scrolled + 6.0;
            let _ = mark.style().set_property("top", &[&(top.round() as i32).to_string(), "px"].concat());
        }
    }
}
