//! Where the bar is drawn, and the preview kept to its width. In: what is chosen. Out: the nodes. Neighbours: `mod.rs`
//! says what is shown; `fitting.rs` computes the place.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use wasm_bindgen::prelude::*;
use web_sys::{Element, HtmlElement, ResizeObserver};
use yew::AppHandle;
use yew::Callback;

use super::fitting::{BAR_HEIGHT, Fitting};
use crate::app::browser::dom::element;
use crate::app::components::{PreviewBar, PreviewBarProps, PreviewBarView, PreviewWish};
use crate::storage::PreviewWidth;

/// The bar. It is a tree of Yew's own, so that the page's tree does not have to know it before it is loaded.
#[derive(Default)]
pub struct BarHost {
    drawn: RefCell<Option<AppHandle<PreviewBar>>>,
    width: Rc<Cell<PreviewWidth>>,
    observer: RefCell<Option<Observer>>,
}

/// What tells that the pane has another size; it lives as long as the page.
struct Observer {
    _observer: ResizeObserver,
    _callback: Closure<dyn FnMut()>,
}

impl BarHost {
    /// Whether it is drawn.
    pub fn is_shown(&self) -> bool {
        self.drawn.borrow().is_some()
    }

    /// Draws the bar at the top of the pane, or shows something else in it.
    pub fn show(&self, pane: &Element, view: PreviewBarView, on_wish: Callback<PreviewWish>) {
        let props = PreviewBarProps { view, on_wish };
        let mut drawn = self.drawn.borrow_mut();
        if let Some(handle) = &mut *drawn {
            return handle.update(props);
        }
        let place = element("div", "");
        place.set_id("preview-bar");
        let _ = pane.insert_before(&place, pane.first_child().as_ref());
        *drawn = Some(yew::Renderer::<PreviewBar>::with_root_and_props(place, props).render());
    }

    /// Keeps the preview to that width from now on.
    pub fn fit(&self, pane: &Element, width: PreviewWidth) {
        self.width.set(width);
        place(pane, width);
        if self.observer.borrow().is_some() || width.pixels().is_none() {
            return;
        }
        let (watched, chosen) = (pane.clone(), Rc::clone(&self.width));
        let callback = Closure::<dyn FnMut()>::new(move || place(&watched, chosen.get()));
        if let Ok(observer) = ResizeObserver::new(callback.as_ref().unchecked_ref()) {
            observer.observe(pane);
            *self.observer.borrow_mut() = Some(Observer { _observer: observer, _callback: callback });
        }
    }
}

/// Tells the pane's styles where its frames lie.
fn place(pane: &Element, width: PreviewWidth) {
    let Some(pixels) = width.pixels() else {
        let _ = pane.remove_attribute("data-width");
        return;
    };
    let room = (f64::from(pane.client_width()), f64::from(pane.client_height()) - BAR_HEIGHT);
    let fitting = Fitting::of(pixels, room);
    let _ = pane.set_attribute("data-width", width.name());
    let style = pane.unchecked_ref::<HtmlElement>().style();
    for (name, value) in fitting.properties() {
        let _ = style.set_property(name, &value);
    }
}
