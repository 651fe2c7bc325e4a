//! The page before there is a browser: the tree as HTML, which the program draws itself over. In: nothing. Out: the
//! HTML. Neighbours: `src/prerender.rs` prints it, `scripts/finish.mjs` puts it into `index.html`.

use std::io;

use tokio::runtime::Builder;
use tokio::task::LocalSet;
use yew::{Callback, Html, LocalServerRenderer};

use super::components::{App, AppProps, Target};
use super::state::Pane;

/// The page's tree as it stands before the program has come.
///
/// # Errors
/// Where the machine gives nothing to wait with.
pub fn prerender() -> io::Result<String> {
    let runtime = Builder::new_current_thread().build()?;
    // What starts the page is not called: there is no page.
    let start = Callback::from(|_| Callback::noop());
    let (panel, dialog) = (Callback::from(|_| Html::default()), Callback::from(|_| Html::default()));
    let props = AppProps { target: Target::Static, pane: Pane::default(), start, panel, dialog };
    Ok(LocalSet::new().block_on(&runtime, LocalServerRenderer::<App>::with_props(props).hydratable(false).render()))
}
