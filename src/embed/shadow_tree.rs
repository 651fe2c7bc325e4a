//! What stands in the shadow tree around the textarea: the places that the editor and the bars are drawn into, and their
//! styles. In: a shadow root with `#layout > #workspace > #editor-pane > #editor-box`, as `index.js` makes it. Out: the
//! rest, and a way to take it away again. Neighbours: `app/components/workspace.rs` is the same for the page.

use js_sys::{Array, Reflect};
use wasm_bindgen::prelude::*;
use web_sys::{Element, ShadowRoot};

use super::bars::Places;
use crate::app::browser::dom::{Root, document, made, style_sheet, window};
use crate::app::preview::frame_document::empty;

/// The styles of an editor in the page, and what is different in a shadow tree.
const STYLES: [&str; 2] = [include_str!("../../styles/workspace.css"), include_str!("../../styles/element.css")];

thread_local! {
    // One for all elements.
    static SHEET: Option<JsValue> = style_sheet(&window(), &STYLES.concat()).ok();
}

/// What was added to a shadow tree.
pub struct ShadowTree {
    root: ShadowRoot,
    added: Vec<Element>,
}

impl ShadowTree {
    /// Puts everything in its place, and the bars.
    pub fn put(root: &ShadowRoot, bars: &Places) -> Self {
        let tree = Root::shadow(root.clone());
        let (outer, workspace): (Element, Element) = (tree.by_id("layout"), tree.by_id("workspace"));
        let (pane, around): (Element, Element) = (tree.by_id("editor-pane"), tree.by_id("editor-box"));
        let page = document();
        let mirror = made(&page, "div", &[("id", "mirror"), ("aria-hidden", "true")]);
        let marks = made(&page, "div", &[("id", "marks")]);
        let divider = made(
            &page,
            "div",
            &[
                ("id", "divider"),
                ("part", "divider"),
                ("role", "separator"),
                ("tabindex", "0"),
                ("aria-orientation", "vertical"),
                ("aria-label", "Width of the editor"),
                ("aria-valuemin", "20"),
                ("aria-valuemax", "80"),
                ("aria-valuenow", "50"),
                ("aria-controls", "editor-pane"),
            ],
        );
        let preview = made(&page, "section", &[("id", "preview-pane"), ("part", "preview")]);
        let frame = made(
            &page,
            "iframe",
            &[
                ("id", "preview"),
                ("title", "Preview of the text"),
                ("sandbox", "allow-same-origin allow-popups allow-popups-to-escape-sandbox"),
                ("referrerpolicy", "no-referrer"),
            ],
        );
        empty(frame.unchecked_ref());
        let _ = pane.set_attribute("part", "editor");
        let first = around.first_element_child();
        let places: [(&Element, Option<&Element>, &Element); 7] = [
            (&preview, None, &frame),
            (&outer, Some(&workspace), &bars.above),
            (&around, first.as_ref(), &mirror),
            (&around, None, &marks),
            (&workspace, None, &divider),
            (&workspace, None, &preview),
            (&outer, None, &bars.below),
        ];
        for (parent, before, element) in places {
            let _ = parent.insert_before(element, before.map(AsRef::as_ref));
        }
        adopt_styles(root, true);
        let bars = bars.clone();
        let added = [bars.above, bars.below, mirror, marks, divider, preview];
        Self { root: root.clone(), added: added.into() }
    }

    /// Takes everything away: what is left is as it was found.
    pub fn clear(&self) {
        for element in &self.added {
            element.remove();
        }
        adopt_styles(&self.root, false);
    }
}

fn adopt_styles(root: &ShadowRoot, on: bool) {
    SHEET.with(|sheet| {
        let Some(sheet) = sheet else { return };
        let Ok(known) = Reflect::get(root, &"adoptedStyleSheets".into()) else { return };
        let sheets: Array = Array::from(&known).iter().filter(|known| known != sheet).collect();
        if on {
            sheets.push(sheet);
        }
        let _ = Reflect::set(root, &"adoptedStyleSheets".into(), &sheets);
    });
}
