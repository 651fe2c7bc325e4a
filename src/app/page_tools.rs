//! What of the page the first minute does not need: dialogs, the list of drafts, opening files, the comparison, the
//! site's settings, what is done in the panel. In: a wish. Out: a table of functions, in the part `tools`. Neighbours:
//! `page_controller.rs` asks; `tools.rs` has what an editor needs of the same part.

use std::rc::Rc;

use std::sync::OnceLock;

use js_sys::Array;
use wasm_bindgen_futures::spawn_local;
use web_sys::FileSystemFileHandle;
use yew::prelude::*;

use crate::app::browser::dom::style_page;
use crate::app::components::{Comparison, HelpOfPage, Intent, Panel, conflict, drafts, help};
use crate::app::draft_wish::SealedWish;
use crate::app::page_controller::PageController;
use crate::app::state::{Action, OpenDialog, State};
use crate::app::writing::writing_tools::keys_of_ones_own;
use crate::app::writing::writing_wish::WritingWish;
use crate::markdown::token::Token;
use crate::split_point::NotLoaded;
use crate::storage::VersionReason;
use crate::text::Severity;
use crate::view::panel::Tab;
use crate::view::publication_view::StatusLine;

/// The functions of the part.
pub struct PageTools {
    /// Carries out what a person wants, where `PageController::handle` does not.
    pub carry_out: fn(&Rc<PageController>, Intent),
    /// Draws the open dialog.
    pub dialog: fn(&State, &Callback<Intent>) -> Html,
    /// Shows a tab of the panel, with that line in the status bar.
    pub show_tab: fn(&Rc<PageController>, Tab, Rc<StatusLine>),
    /// Draws the panel with these tokens.
    pub panel: fn(Rc<[Token<'static>]>, Callback<Intent>) -> Html,
    /// Takes files that were dropped or pasted, and for pasted ones the text beside them: plain, then as HTML.
    pub open_given: fn(&Rc<PageController>, Array, Option<FileSystemFileHandle>),
    /// Reads the open file, which another program has changed.
    pub read_changed: fn(&Rc<PageController>, FileSystemFileHandle),
    /// Reads the settings of the site from their text.
    pub read_site: fn(&Rc<PageController>),
    /// Draws the bar above the preview, or brings it to what is chosen.
    pub refresh_preview_bar: fn(&Rc<PageController>),
    /// Asks the other drafts for their tags.
    pub gather_tags: fn(&Rc<PageController>),
    /// Typing has paused: a version of the draft may be due.
    pub pause: fn(&Rc<PageController>),
    /// The draft was saved to its file.
    pub saved: fn(&Rc<PageController>),
}

/// For a part that brings this one along: to be named there only.
pub(crate) static PAGE_TOOLS: PageTools = PageTools {
    carry_out,
    dialog,
    show_tab: PageController::show_tab,
    panel: |tokens, on_intent| html! { <Panel {tokens} {on_intent} /> },
    open_given: PageController::sort_given,
    read_changed: PageController::read_changed,
    read_site: PageController::read_site,
    refresh_preview_bar: PageController::refresh_preview_bar,
    gather_tags: PageController::gather_tags,
    pause,
    saved: |page| page.take_version(VersionReason::Saved),
};

/// The styles of what the part draws.
const STYLES: &str = concat!(
    include_str!("../../styles/panel.css"),
    include_str!("../../styles/dialogs.css"),
    include_str!("../../styles/help.css"),
    include_str!("../../styles/compare.css")
);

static LOADED: OnceLock<&'static PageTools> = OnceLock::new();

/// The functions, where the part has been loaded.
pub fn loaded_page_tools() -> Option<&'static PageTools> {
    LOADED.get().copied()
}

crate::split_point! { tools:
    fn page_tools() -> Result<&'static PageTools, NotLoaded> {
        if LOADED.get().is_none() {
            style_page(STYLES);
        }
        Ok(&PAGE_TOOLS)
    }
}

impl PageController {
    /// Loads the part where it is not there yet.
    pub(crate) async fn load_page_tools(self: &Rc<Self>) -> Result<&'static PageTools, NotLoaded> {
        let tools = page_tools().await?;
        LOADED.get_or_init(|| tools);
        if self.site.is_unread() {
            (tools.read_site)(self);
        }
        self.theme_follower.set(Some(tools.refresh_preview_bar));
        (tools.refresh_preview_bar)(self);
        Ok(tools)
    }

    /// Takes a version of the draft in the editor, where that is due. Where the part for it does not arrive, the next one is
    /// tried again.
    fn take_version(self: &Rc<Self>, reason: VersionReason) {
        self.with_draft_tools(move |tools, page| (tools.take_version)(page, reason), |_| ());
    }

    /// Says that a part of the program did not arrive.
    pub(crate) fn tell_part_missing(&self) {
        let text = "A part of the page could not be loaded. Is the network gone?";
        self.editor.tell("tools", Severity::Warning, text);
    }

    /// Does something with the part that has the rest of the page: at once, or when it has been loaded.
    pub(crate) fn with_tools(self: &Rc<Self>, run: impl FnOnce(&'static PageTools, &Rc<Self>) + 'static) {
        if let Some(tools) = loaded_page_tools() {
            return run(tools, self);
        }
        let page = Rc::clone(self);
        spawn_local(async move {
            match page.load_page_tools().await {
                Ok(tools) => run(tools, &page),
                Err(NotLoaded) => page.tell_part_missing(),
            }
        });
    }
}

/// Typing has paused. At the first time what was deleted long ago is removed, and the other drafts are asked for their tags.
fn pause(page: &Rc<PageController>) {
    if !page.panel.asked_for_tags.replace(true) {
        page.gather_tags();
        page.purge();
    }
    page.suggest_while_typing();
    page.take_version(VersionReason::Pause);
}

fn carry_out(page: &Rc<PageController>, intent: Intent) {
    match intent {
        Intent::Open => page.open_file(),
        Intent::ShowDrafts => page.show_drafts(),
        Intent::Compare(draft) => page.compare(draft),
        Intent::ShowHelp => page.editor.dispatch.dispatch(Action::Open(OpenDialog::Help)),
        Intent::Take(_, offer) => page.take(offer),
        Intent::OpenDraft(id) => page.open_draft(&id),
        Intent::BeginRename(id) => page.begin_rename(id),
        Intent::RenameDraft(id, title) => page.rename_draft(&id, &title),
        Intent::DeleteDraft(id) => page.delete_draft(&id),
        Intent::ForPart(wish) => {
            if let Some(wish) = wish.open() {
                page.with_draft_tools(|tools, page| (tools.carry_out)(page, wish), PageController::tell_part_missing);
            } else if let Some(wish) = wish.open_as::<WritingWish>() {
                page.write_with(wish);
            }
        }
        Intent::KeepMine => page.keep_mine(),
        Intent::TakeTheirs => page.take_theirs(),
        Intent::PanelEvent(event) => page.panel_event(&event),
        Intent::ComparisonEvent(event) => page.comparison_event(event),
        _ => {}
    }
}

fn dialog(state: &State, on_intent: &Callback<Intent>) -> Html {
    match (&state.dialog, &state.versions) {
        (Some(OpenDialog::Drafts), _) => drafts(state, on_intent),
        (Some(OpenDialog::Help), _) => {
            let own_keys = |id: &str| keys_of_ones_own(id, state.apple);
            let of_page = HelpOfPage {
                settings: SealedWish::of(WritingWish::Settings),
                shortcuts: SealedWish::of(WritingWish::Shortcuts),
                own_keys: &own_keys,
            };
            help(state, on_intent, Some(of_page))
        }
        (Some(OpenDialog::Compare(compared)), _) => html! { <Comparison compared={compared} {on_intent} /> },
        (Some(OpenDialog::Conflict), Some(versions)) => conflict(versions, on_intent),
        _ => html! {},
    }
}
