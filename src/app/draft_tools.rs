//! The part `drafts` of the program: what is done with drafts beyond writing them. In: a wish. Out: a table of functions,
//! loaded when it is first needed. Neighbours: `page_tools.rs` asks; `draft_wish.rs` says what a person can ask for.

use std::rc::Rc;
use std::sync::OnceLock;

use wasm_bindgen_futures::spawn_local;
use web_sys::{Element, File};

use crate::app::draft_wish::{DraftWish, StorageNodes};
use crate::app::drafts::{archive, history, pictures};
use crate::app::page_controller::PageController;
use crate::app::state::Offer;
use crate::split_point::NotLoaded;
use crate::storage::{OpenedFile, VersionReason};

/// The functions of the part.
pub struct DraftTools {
    /// What is done with the draft in the editor when it was saved, and in a pause: a version is taken at once, or when the
    /// time has come; its pictures are shown, or offered with it.
    pub take_version: fn(&Rc<PageController>, VersionReason),
    /// Keeps the text in the editor as a version, then takes that of the file.
    pub take_file: fn(&Rc<PageController>, OpenedFile),
    /// Keeps pictures with the draft in the editor, and puts them into its text.
    pub take_pictures: fn(&Rc<PageController>, Vec<File>),
    /// Takes the offer of a message about pictures.
    pub take_offer: fn(&Rc<PageController>, Offer),
    /// Does what is asked.
    pub carry_out: fn(&Rc<PageController>, DraftWish),
}

static TOOLS: DraftTools = DraftTools {
    take_version,
    take_file: history::take_file,
    take_pictures: pictures::take_pictures,
    take_offer: pictures::take_offer,
    carry_out,
};

static LOADED: OnceLock<&'static DraftTools> = OnceLock::new();

crate::split_point! { drafts:
    fn draft_tools() -> Result<&'static DraftTools, NotLoaded> {
        Ok(&TOOLS)
    }
}

impl PageController {
    /// Does something with the part: at once, or when it has been loaded. `missing` is called where it does not arrive.
    pub(crate) fn with_draft_tools(
        self: &Rc<Self>,
        run: impl FnOnce(&'static DraftTools, &Rc<Self>) + 'static,
        missing: fn(&Self),
    ) {
        if let Some(tools) = LOADED.get() {
            return run(tools, self);
        }
        let page = Rc::clone(self);
        spawn_local(async move {
            match draft_tools().await {
                Ok(tools) => run(LOADED.get_or_init(|| tools), &page),
                Err(NotLoaded) => missing(&page),
            }
        });
    }
}

fn take_version(page: &Rc<PageController>, reason: VersionReason) {
    history::take_version(page, reason);
    pictures::follow(page, reason == VersionReason::Saved);
}

fn carry_out(page: &Rc<PageController>, wish: DraftWish) {
    let page = Rc::clone(page);
    spawn_local(async move {
        match wish {
            DraftWish::History(draft) => page.show_history(draft).await,
            DraftWish::Restore(version) => page.restore_version(version).await,
            DraftWish::TellRoom(nodes) => tell_room(&nodes).await,
            DraftWish::SaveAll(nodes) => tell(&nodes, &page.save_everything().await),
            DraftWish::TakeIn(nodes, file) => {
                tell(&nodes, "…");
                tell(&nodes, &page.take_in(&file).await);
                tell_room(&nodes).await;
            }
            DraftWish::AskToKeep(nodes) => {
                tell(&nodes, &page.ask_to_keep().await);
                tell_room(&nodes).await;
            }
            DraftWish::Share => page.show_sharing(),
        }
    });
}

fn tell(nodes: &StorageNodes, told: &str) {
    if let Some(node) = nodes.told.get() {
        node.set_text_content(Some(told));
    }
}

/// Says how much room is used. The browser is not asked again to keep what it keeps.
async fn tell_room(nodes: &StorageNodes) {
    let Some(room) = nodes.room.get() else { return };
    let is_kept = archive::tell_room(&room).await;
    if let Some(keep) = nodes.keep.cast::<Element>() {
        let _ = keep.toggle_attribute_with_force("hidden", is_kept);
    }
}
