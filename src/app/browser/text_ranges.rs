//! Ranges of text that are shown in another colour, by the CSS Custom Highlight API: no node of the text is touched, and no
//! letter moves. In: ranges. Out: what `::highlight(name)` of a style sheet paints. Neighbours: `writing/` uses it for the
//! mirror of an editor and for the document of a preview.

use std::cell::RefCell;

use js_sys::{Array, Function, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Range, Window};

/// Ranges of one name in one window. When it is dropped, they are gone.
pub struct TextRanges {
    highlight: JsValue,
    add: Function,
    delete: Function,
    shown: RefCell<Vec<Range>>,
}

impl TextRanges {
    /// Ranges of that name, none yet; others of the same name stay. `priority`: of two that overlap the higher one is
    /// painted above. `None` where the browser has no such ranges.
    pub fn new(view: &Window, name: &str, priority: i32) -> Option<Self> {
        let registry = Reflect::get(&Reflect::get(view, &"CSS".into()).ok()?, &"highlights".into()).ok()?;
        let method = |of: &JsValue, method: &str| Reflect::get(of, &method.into()).ok()?.dyn_into::<Function>().ok();
        let known = method(&registry, "get")?.call1(&registry, &name.into()).ok()?;
        let highlight = if known.is_object() {
            known
        } else {
            let class: Function = Reflect::get(view, &"Highlight".into()).ok()?.dyn_into().ok()?;
            let made = Reflect::construct(&class, &Array::new()).ok()?;
            Reflect::set(&made, &"priority".into(), &priority.into()).ok()?;
            method(&registry, "set")?.call2(&registry, &name.into(), &made).ok()?;
            made
        };
        let (add, delete) = (method(&highlight, "add")?, method(&highlight, "delete")?);
        Some(Self { highlight, add, delete, shown: RefCell::default() })
    }

    /// Shows these, and none of those before.
    pub fn show(&self, ranges: Vec<Range>) {
        // The same range may be among both.
        for range in self.shown.take() {
            let _ = self.delete.call1(&self.highlight, &range);
        }
        for range in &ranges {
            let _ = self.add.call1(&self.highlight, range);
        }
        *self.shown.borrow_mut() = ranges;
    }
}

impl Drop for TextRanges {
    fn drop(&mut self) {
        self.show(Vec::new());
    }
}
