//! The dialog of the comparison with another version. In: nothing. Out: intents. Neighbours: `effects/comparing.rs` puts
//! into it what `compare/dialog.rs` says, when it is open.

use yew::prelude::*;

use super::Intent;
use super::dialog::Dialog;

/// The dialog, with a place for everything in it.
pub fn compare(on_intent: &Callback<Intent>) -> Html {
    let on_intent = on_intent.clone();
    html! {
        <Dialog key="compare" id="compare" title="Compare" on_close={move |()| on_intent.emit(Intent::CloseDialog)}>
            <div id="compare-host"></div>
        </Dialog>
    }
}
