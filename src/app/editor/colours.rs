//! Colours for the code of the text that is shown. In: a text that was shown. Out: the same text shown again when what its
//! code needs has come. Neighbours: `show.rs` asks; `app/colours.rs` loads.

use std::rc::Rc;

use wasm_bindgen_futures::spawn_local;

use super::controller::EditorController;
use crate::app::colours;
use crate::split_point::NotLoaded;
use crate::text::Severity;

impl EditorController {
    /// Loads what the code in the text lacks, and shows the text again with it. What does not arrive is asked for again
    /// when typing has paused.
    pub(crate) fn load_colours(self: &Rc<Self>) {
        if !colours::is_wanted(&self.highlighting) || self.tools.asked_for_colours.replace(true) {
            return;
        }
        let editor = Rc::clone(self);
        spawn_local(async move {
            match colours::load(&editor.highlighting).await {
                Ok(()) => {
                    editor.tools.asked_for_colours.set(false);
                    editor.show_again();
                }
                Err(NotLoaded) => editor.tell(
                    "colours",
                    Severity::Warning,
                    "The colours of code could not be loaded. Is the network gone? Code is shown without them.",
                ),
            }
        });
    }
}
