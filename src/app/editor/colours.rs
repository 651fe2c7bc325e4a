//! Colours for the code of the text that is shown. In: a text that was shown. Out: the same text shown again when what its
//! code needs has come. Neighbours: `show.rs` asks; `app/colours.rs` loads.

use std::rc::Rc;

use wasm_bindgen_futures::spawn_local;

use super::controller::EditorController;
use super::loaded_tools::Arrival;
use crate::app::colours;
use crate::split_point::NotLoaded;
use crate::text::Severity;

impl EditorController {
    /// Loads what the code in the text lacks, and shows the text again with it. What does not arrive is asked for again
    /// when typing has paused.
    pub(crate) fn load_colours(self: &Rc<Self>) {
        if !colours::is_wanted(&self.highlighting) || self.tools.colours.get() != Arrival::NotAsked {
            return;
        }
        self.tools.colours.set(Arrival::UnderWay);
        let editor = Rc::clone(self);
        spawn_local(async move {
            match colours::load(&editor.highlighting).await {
                Ok(()) => {
                    editor.tools.colours.set(Arrival::NotAsked);
                    editor.show_again();
                }
                Err(NotLoaded) => {
                    editor.tools.colours.set(Arrival::Failed);
                    editor.tell(
                        "colours",
                        Severity::Warning,
                        "The colours of code could not be loaded. Is the network gone? Code is shown without them.",
                    );
                }
            }
        });
    }

    /// Typing has paused: what did not arrive is asked for again. What is on its way is not asked for twice.
    pub(crate) fn ask_again_for_colours(self: &Rc<Self>) {
        if self.tools.colours.get() == Arrival::Failed {
            self.tools.colours.set(Arrival::NotAsked);
        }
        self.load_colours();
    }
}
