//! What the first minute does not need, as one part of the program that is loaded when it is first asked for: Liquid,
//! GitHub's dialect, the checks, editing commands, rare names of characters, rare forms of dates, options in a text, the panel, the comparison. In: a wish. Out: a table of functions, then called directly.
//! Neighbours: `split_point.rs` says how; `app/editor/dialects.rs` asks; `app/browser/guard.rs` survives a panic in them.

use web_sys::{Element, Event};

use crate::app::panel::events::{PanelEvent, read_panel_event};
use crate::app::panel::nodes::{draw_panel, edit_of_form, style_page};
use crate::commands::{FUNCTIONS, Functions};
use crate::compare;
use crate::markdown::raw_html::know_all_names;
use crate::markdown::token::Token;
use crate::post::date_text::know_all_forms;
use crate::post::form::{Change, Refusal};
use crate::post::kramdown_options::know_all_options;
use crate::render::{Engines, Renderer};
use crate::split_point::NotLoaded;
use crate::text::Edit;
use crate::view::panel::Content;

/// The functions of the part.
pub struct Tools {
    /// Liquid, GitHub's dialect, the checks.
    pub engines: Engines,
    /// What the editing commands do.
    pub commands: &'static Functions,
    /// Draws the panel into its place.
    pub draw_panel: fn(&Element, &Content, &Renderer),
    /// What an event in the panel asks for.
    pub read_panel_event: fn(&Event) -> Option<PanelEvent>,
    /// The edit of a text that makes a change of the form.
    pub edit_of_form: fn(&str, &Change) -> Result<Edit, Refusal>,
    /// Compares two texts and their previews.
    pub compare: fn(&str, &str, &compare::Preview<'_>, &compare::Preview<'_>) -> compare::Lists,
    /// What stands in the comparison's dialog.
    pub compare_dialog: fn(&str) -> Vec<Token<'static>>,
}

static TOOLS: Tools = Tools {
    engines: Engines::all(),
    commands: &FUNCTIONS,
    draw_panel,
    read_panel_event,
    edit_of_form,
    compare: compare::compare,
    compare_dialog: |choices| {
        style_page(include_str!("../../styles/compare.css"));
        compare::dialog(choices)
    },
};

crate::split_point! { tools:
    /// Loads the part, and gives its functions.
    pub fn tools() -> Result<&'static Tools, NotLoaded> {
        know_all_names();
        know_all_options();
        know_all_forms();
        Ok(&TOOLS)
    }
}
