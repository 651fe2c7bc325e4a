//! Where the side bar is drawn, and what it shows now. In: what is known of the site. Out: the nodes. Neighbours:
//! `components/side_bar.rs` draws; `opening.rs` says what is shown.

use std::cell::RefCell;

use wasm_bindgen::UnwrapThrowExt;
use web_sys::Element;
use yew::AppHandle;
use yew::prelude::*;

use crate::app::browser::dom::{by_id, document, element};
use crate::app::components::{SideBar, SideBarProps, SideBarView, SiteWish};

/// The side bar. It is a tree of Yew's own, so that the page's tree does not have to know it before it is loaded.
#[derive(Default)]
pub struct SideBarHost {
    drawn: RefCell<Option<DrawnSideBar>>,
}

/// A side bar that is seen.
struct DrawnSideBar {
    place: Element,
    handle: AppHandle<SideBar>,
    on_wish: Callback<SiteWish>,
}

impl SideBarHost {
    /// Whether it is seen.
    pub fn is_shown(&self) -> bool {
        self.drawn.borrow().is_some()
    }

    /// Draws it left of the workspace.
    pub fn show(&self, view: SideBarView, on_wish: Callback<SiteWish>) {
        if self.is_shown() {
            return self.update(view);
        }
        let place = element("aside", "");
        place.set_id("site-bar");
        let _ = place.set_attribute("aria-label", "Site");
        let workspace: Element = by_id("workspace");
        let _ = document().body().unwrap_throw().insert_before(&place, Some(&workspace));
        let props = SideBarProps { view, on_wish: on_wish.clone() };
        let handle = yew::Renderer::<SideBar>::with_root_and_props(place.clone(), props).render();
        *self.drawn.borrow_mut() = Some(DrawnSideBar { place, handle, on_wish });
    }

    /// Shows something else in it, where it is seen.
    pub fn update(&self, view: SideBarView) {
        if let Some(drawn) = &mut *self.drawn.borrow_mut() {
            drawn.handle.update(SideBarProps { view, on_wish: drawn.on_wish.clone() });
        }
    }

    /// Takes it away.
    pub fn hide(&self) {
        let drawn = self.drawn.borrow_mut().take();
        if let Some(drawn) = drawn {
            drawn.handle.destroy();
            drawn.place.remove();
        }
    }
}
