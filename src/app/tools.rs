//! What the first minute does not need, as one part of the program that is loaded when it is first asked for: Liquid,
//! GitHub's dialect, the checks, editing commands, rare names of characters, rare forms of dates, options in a text,
//! pasting of HTML, the comparison. In: a wish. Out: a table of functions, then called directly. Neighbours:
//! `split_point.rs` says how; `app/editor/dialects.rs` asks; `app/browser/guard.rs` survives a panic in them.

use crate::app::editor::pasting::{self, PasteTarget};
use crate::commands::{ALL_FUNCTIONS, Functions, Snapshot};
use crate::compare;
use crate::markdown::kramdown::know_native_elements;
use crate::markdown::raw_html::know_all_names;
use crate::post::date_text::know_all_forms;
use crate::post::kramdown_options::know_all_options;
use crate::render::Engines;
use crate::split_point::NotLoaded;

/// The functions of the part.
pub struct Tools {
    /// Liquid, GitHub's dialect, the checks.
    pub engines: Engines,
    /// What the editing commands do.
    pub commands: &'static Functions,
    /// Pastes HTML over the selection, where the plain text does not serve better; whether it did.
    pub paste_html: fn(&dyn PasteTarget, &Snapshot, &str, &str) -> bool,
    /// Compares two texts and their previews.
    pub compare: fn(&str, &str, &compare::PreviewTokens<'_>, &compare::PreviewTokens<'_>) -> compare::Lists,
}

static TOOLS: Tools = Tools {
    engines: Engines::all(),
    commands: &ALL_FUNCTIONS,
    paste_html: pasting::paste_html,
    compare: compare::compare,
};

crate::split_point! { tools:
    /// Loads the part, and gives its functions.
    pub fn tools() -> Result<&'static Tools, NotLoaded> {
        Ok(all_tools())
    }
}

/// The functions, for a part that brings this one along: to be called there only.
pub fn all_tools() -> &'static Tools {
    know_all_names();
    know_all_options();
    know_native_elements();
    know_all_forms();
    &TOOLS
}
