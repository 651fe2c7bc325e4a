//! What of the page the first minute does not need: dialogs, the list of drafts, opening files, the comparison, the
//! site's settings, what is done in the panel. In: a wish. Out: a table of functions, in the part `tools`. Neighbours:
//! `page_controller.rs` asks; `tools.rs` has what an editor needs of the same part.

use std::rc::Rc;

use std::sync::OnceLock;

use wasm_bindgen_futures::spawn_local;
use web_sys::Event;
use yew::prelude::*;

use crate::app::components::{Intent, conflict, drafts, help, plain};
use crate::app::page_controller::PageController;
use crate::app::state::{Action, Dialog, State};
use crate::split_point::NotLoaded;
use crate::text::Severity;

/// The functions of the part.
pub struct PageTools {
    /// Carries out what a person wants, where `PageController::handle` does not.
    pub carry_out: fn(&Rc<PageController>, Intent),
    /// Draws the open dialog.
    pub dialog: fn(&State, &Callback<Intent>) -> Html,
    /// Something was done in the panel.
    pub panel_event: fn(&Rc<PageController>, &Event),
    /// Reads the settings of the site from their text.
    pub read_site: fn(&Rc<PageController>),
    /// Asks the other drafts for their tags.
    pub gather_tags: fn(&Rc<PageController>),
    /// Removes what was deleted long ago from the store.
    pub purge: fn(&Rc<PageController>),
}

static PAGE_TOOLS: PageTools = PageTools {
    carry_out,
    dialog,
    panel_event: PageController::panel_event,
    read_site: PageController::read_site,
    gather_tags: PageController::gather_tags,
    purge: PageController::purge,
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

impl PageController {
    /// Does something with the part that has the rest of the page: at once, or when it has been loaded.
    pub(crate) fn with_tools(self: &Rc<Self>, run: impl FnOnce(&'static PageTools, &Rc<Self>) + 'static) {
        if let Some(tools) = loaded_page_tools() {
            return run(tools, self);
        }
        let page = Rc::clone(self);
        spawn_local(async move {
            match load_page_tools().await {
                Ok(tools) => {
                    if page.site.is_unread() {
                        (tools.read_site)(&page);
                    }
                    run(tools, &page);
                }
                Err(NotLoaded) => page.editor.tell(
                    "tools",
                    Severity::Warning,
                    "A part of the page could not be loaded. Is the network gone?",
                ),
            }
        });
    }
}

fn carry_out(page: &Rc<PageController>, intent: Intent) {
    match intent {
        Intent::Open => page.open_file(),
        Intent::ShowDrafts => page.show_drafts(),
        Intent::Compare(draft) => page.compare(draft),
        Intent::ShowHelp => page.editor.dispatch.dispatch(Action::Open(Dialog::Help)),
        Intent::Take(_, offer) => page.take(offer),
        Intent::OpenDraft(id) => page.open_draft(&id),
        Intent::BeginRename(id) => page.begin_rename(id),
        Intent::RenameDraft(id, title) => page.rename_draft(&id, &title),
        Intent::DeleteDraft(id) => page.delete_draft(&id),
        Intent::KeepMine => page.keep_mine(),
        Intent::TakeTheirs => page.take_theirs(),
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
