//! Draws the tree over what the build has written into `index.html`. In: nothing. Out: the running page. Neighbours:
//! `components/app.rs` is the tree; the rest of `app/` does.

use web_sys::Element;
use yew::prelude::*;

use super::components::{App, AppProps, Intent, Target};
use super::state::{Pane, State};
use crate::app::browser::dom::by_id;
use crate::app::browser::panic::install_panic_hook;
use crate::app::page_controller::PageController;
use crate::app::page_tools::loaded_page_tools;

/// Starts the page in the document of `index.html`.
pub fn start() {
    install_panic_hook();
    // Panel and dialogs are opened by what is loaded with the functions that draw them.
    let panel = Callback::from(|(tokens, on_intent)| {
        loaded_page_tools().map_or_else(Html::default, |tools| (tools.panel)(tokens, on_intent))
    });
    let dialog = Callback::from(|(state, on_intent): (State, Callback<Intent>)| {
        loaded_page_tools().map_or_else(Html::default, |tools| (tools.dialog)(&state, &on_intent))
    });
    // On a return `recovery.js` has chosen the pane that was left.
    let pane = Pane::of_name(&by_id::<Element>("workspace").get_attribute("data-pane").unwrap_or_default());
    let props = AppProps { target: Target::Page, pane, start: Callback::from(start_tree), panel, dialog };
    yew::Renderer::<App>::with_root_and_props(by_id("app"), props).render();
}

fn start_tree(dispatch: UseReducerDispatcher<State>) -> Callback<Intent> {
    let page = PageController::new(dispatch);
    page.start();
    Callback::from(move |intent| page.handle(intent))
}
