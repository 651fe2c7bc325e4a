//! The divider between editor and preview, by pointer and by keyboard. In: drags and arrow keys. Out: the editor's
//! share of the width. Neighbours: `page_controller.rs` remembers it.

use std::rc::Rc;

use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, KeyboardEvent, PointerEvent};

use crate::app::browser::dom::Root;
use crate::app::browser::event_listener::EventListener;

/// The editor's share stays between these, in hundredths of the width.
const LEAST: f64 = 20.0;
const MOST: f64 = 80.0;

/// Shows the editor with `percent` of the width.
pub fn set(root: &Root, percent: f64) {
    // Through whole numbers: printing and parsing fractions costs 20 KB of the download.
    let percent = percent.clamp(LEAST, MOST);
    let tenths = (percent * 10.0).round() as u32;
    let share = [&(tenths / 10).to_string(), ".", &(tenths % 10).to_string(), "%"].concat();
    let _ = root.by_id::<HtmlElement>("workspace").style().set_property("--editor", &share);
    let _ = root.by_id::<HtmlElement>("divider").set_attribute("aria-valuenow", &(percent.round() as u32).to_string());
}

fn percent(root: &Root) -> f64 {
    let shown = root.by_id::<HtmlElement>("divider").get_attribute("aria-valuenow");
    shown.and_then(|v| v.parse::<u32>().ok()).map_or(50.0, f64::from)
}

/// Listens; `changed` is told the new share when a drag ends or a key is pressed.
pub fn listen(root: &Root, changed: Rc<dyn Fn(f64)>) -> Vec<EventListener> {
    let divider: HtmlElement = root.by_id("divider");
    let workspace: HtmlElement = root.by_id("workspace");
    let on = |name: &'static str, run: Box<dyn Fn(&web_sys::Event)>| {
        EventListener::new(&divider, name, move |event| run(event))
    };
    let down = on("pointerdown", {
        let (divider, workspace) = (divider.clone(), workspace.clone());
        Box::new(move |event| {
            let event: &PointerEvent = event.unchecked_ref();
            event.prevent_default();
            let _ = divider.set_pointer_capture(event.pointer_id());
            let _ = divider.set_attribute("data-dragging", "true");
            let _ = workspace.set_attribute("data-dragging", "true");
        })
    });
    let moved = on("pointermove", {
        let (root, divider, workspace) = (root.clone(), divider.clone(), workspace.clone());
        Box::new(move |event| {
            if divider.has_attribute("data-dragging") {
                let event: &PointerEvent = event.unchecked_ref();
                let area = workspace.get_bounding_client_rect();
                set(&root, (f64::from(event.client_x()) - area.left()) / area.width().max(1.0) * 100.0);
            }
        })
    });
    let end = |name: &'static str| {
        let (root, divider, workspace) = (root.clone(), divider.clone(), workspace.clone());
        let changed = Rc::clone(&changed);
        on(
            name,
            Box::new(move |_| {
                if divider.has_attribute("data-dragging") {
                    let _ = divider.remove_attribute("data-dragging");
                    let _ = workspace.remove_attribute("data-dragging");
                    changed(percent(&root));
                }
            }),
        )
    };
    let ends = [end("pointerup"), end("pointercancel")];
    let keys = on("keydown", {
        let (root, changed) = (root.clone(), Rc::clone(&changed));
        Box::new(move |event| {
            let key: &KeyboardEvent = event.unchecked_ref();
            let step = if key.shift_key() { 10.0 } else { 2.0 };
            let to = match key.key().as_str() {
                "ArrowLeft" => percent(&root) - step,
                "ArrowRight" => percent(&root) + step,
                "Home" => LEAST,
                "End" => MOST,
                "Enter" => 50.0,
                _ => return,
            };
            event.prevent_default();
            set(&root, to);
            changed(percent(&root));
        })
    });
    let (reset_root, reset_to) = (root.clone(), Rc::clone(&changed));
    let reset = on("dblclick", {
        Box::new(move |_| {
            set(&reset_root, 50.0);
            reset_to(50.0);
        })
    });
    [down, moved, keys, reset].into_iter().chain(ends).collect()
}
