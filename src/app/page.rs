//! Draws the tree over what the build has written into `index.html`. In: nothing. Out: the running page. Neighbours:
//! `components/app.rs` is the tree; the rest of `app/` does.

use yew::prelude::*;

use super::components::{App, AppProps, Intent, Target};
use super::state::State;
use crate::app::browser::dom::by_id;
use crate::app::browser::panic::install_panic_hook;
use crate::app::preview::initial::end_first;
use crate::app::workbench::Workbench;

/// Starts the page in the document of `index.html`.
pub fn start() {
    end_first();
    install_panic_hook();
    let props = AppProps { target: Target::Page, start: Callback::from(start_tree) };
    yew::Renderer::<App>::with_root_and_props(by_id("app"), props).render();
}

fn start_tree(dispatch: UseReducerDispatcher<State>) -> Callback<Intent> {
    let bench = Workbench::new(dispatch);
    bench.start();
    Callback::from(move |intent| bench.handle(intent))
}
