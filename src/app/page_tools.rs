//! What of the page the first minute does not need: dialogs, the list of drafts, opening files, the comparison, the
//! site's settings, what is done in the panel. In: a wish. Out: a table of functions, in the part `tools`. Neighbours:
//! `workbench.rs` asks; `tools.rs` has what an editor needs of the same part.

use std::rc::Rc;
use std::sync::OnceLock;

use web_sys::Event;
use yew::prelude::*;

use crate::app::components::{Intent, conflict, drafts, help, plain};
use crate::app::state::{Action, Dialog, State};
use crate::app::workbench::Workbench;
use crate::split_point::NotLoaded;

/// The functions of the part.
pub struct PageTools {
    /// Carries out what a person wants, where `Workbench::handle` does not.
    pub carry_out: fn(&Rc<Workbench>, Intent),
    /// Draws the open dialog.
    pub dialog: fn(&State, &Callback<Intent>) -> Html,
    /// Something was done in the panel.
    pub panel_event: fn(&Rc<Workbench>, &Event),
    /// Reads the settings of the site from their text.
    pub read_site: fn(&Rc<Workbench>),
    /// Asks the other drafts for their tags.
    pub gather_tags: fn(&Rc<Workbench>),
    /// Removes what was deleted long ago from the store.
    pub purge: fn(&Rc<Workbench>),
}

static PAGE_TOOLS: PageTools = PageTools {
    carry_out,
    dialog,
    panel_event: Workbench::panel_event,
    read_site: Workbench::read_site,
    gather_tags: Workbench::gather_tags,
    purge: Workbench::purge,
};

static LOADED: OnceLock<&'static PageTools> = OnceLock::new();

/// The functions, where the part has been loaded.
pub fn loaded_page_tools() -> Option<&'static PageTools> {
    LOADED.get().copied()
}

/// Loads the part, and gives its functions.
pub async fn load_page_tools() -> Result<&'static PageTools, NotLoaded> {
    let tools = page_tools().await?;
    Ok(LOADED.get_or_init(|| tools))
}

crate::split_point! { tools:
    fn page_tools() -> Result<&'static PageTools, NotLoaded> {
        Ok(&PAGE_TOOLS)
    }
}

fn carry_out(bench: &Rc<Workbench>, intent: Intent) {
    match intent {
        Intent::Open => bench.open_file(),
        Intent::ShowDrafts => bench.show_drafts(),
        Intent::Compare(draft) => bench.compare(draft),
        Intent::ShowHelp => bench.dispatch.dispatch(Action::Open(Dialog::Help)),
        Intent::Take(_, offer) => bench.take(offer),
        Intent::OpenDraft(id) => bench.open_draft(&id),
        Intent::BeginRename(id) => bench.begin_rename(id),
        Intent::RenameDraft(id, title) => bench.rename_draft(&id, &title),
        Intent::DeleteDraft(id) => bench.delete_draft(&id),
        Intent::KeepMine => bench.keep_mine(),
        Intent::TakeTheirs => bench.take_theirs(),
        _ => {}
    }
}

fn dialog(state: &State, on_intent: &Callback<Intent>) -> Html {
    match (state.dialog, &state.versions) {
        (Some(Dialog::Drafts), _) => drafts(state, on_intent),
        (Some(Dialog::Help), _) => help(state, on_intent),
        (Some(Dialog::Compare), _) => plain("compare", "Compare", on_intent, html! { <div id="compare-host"></div> }),
        (Some(Dialog::Conflict), Some(versions)) => conflict(versions, on_intent),
        _ => html! {},
    }
}
