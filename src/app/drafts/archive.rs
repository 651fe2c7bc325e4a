//! All drafts as one archive, out and in again; where they are, and how much room they take. In: what a person wants with
//! all drafts. Out: a download, stored drafts, sentences in the list of drafts. Neighbours: `storage/everything.rs` says
//! what an archive holds and what becomes of each draft; `components/drafts.rs` has the buttons.

use std::rc::Rc;

use js_sys::{Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{File, Node};

use crate::app::browser::dom::{now_ms, now_seconds, window};
use crate::app::components::size;
use crate::app::page_controller::PageController;
use crate::app::site_folder::archive::archive;
use crate::storage::everything::{ArchivedDraft, Everything, MergeOutcome};
use crate::storage::pictures::{PictureKey, Pictures};
use crate::storage::{
    Drafts, FileError, History, IndexedDb, PackedFolder, StorageError, download_as, load_settings, save_new_settings,
    unpacked_files,
};

/// What came in from an archive.
#[derive(Default)]
struct Arrivals {
    new: usize,
    copies: usize,
    known: usize,
    settings: usize,
}

impl PageController {
    /// Offers all drafts with their histories, and the settings, as one archive. What is said of it.
    pub(crate) async fn save_everything(self: &Rc<Self>) -> String {
        let Some(store) = self.draft.store() else { return StorageError::Blocked.message() };
        if !self.settle().await {
            return "The text in the editor could not be kept as a draft, so nothing was saved.".to_owned();
        }
        let (everything, damaged) = match gather(&store).await {
            Ok(gathered) => gathered,
            Err(error) => return error.message(),
        };
        let count = everything.drafts.len();
        let Ok(bytes) = archive(&everything.files(now_ms()), now_seconds()) else {
            return "The archive could not be made.".to_owned();
        };
        let day = crate::app::browser::dom::local_time().iso_day();
        let name = ["apercu-", &day, ".zip"].concat();
        let content = Uint8Array::from(bytes.as_slice());
        match download_as(&name, &content, "application/zip") {
            Ok(()) if damaged > 0 => {
                format!("{} saved as {name}. {} could not be read.", drafts(count), drafts(damaged))
            }
            Ok(()) => format!("{} saved as {name}.", drafts(count)),
            Err(error) => error.message(),
        }
    }

    /// Takes in an archive: nothing that is here is overwritten. What is said of it.
    pub(crate) async fn take_in(self: &Rc<Self>, file: &File) -> String {
        let Some(store) = self.draft.store() else { return StorageError::Blocked.message() };
        let everything = match read(file).await {
            Ok(everything) => everything,
            Err(reason) => return reason,
        };
        if !self.settle().await {
            return "The text in the editor could not be kept as a draft, so nothing was changed.".to_owned();
        }
        let mut arrivals = Arrivals::default();
        for draft in &everything.drafts {
            if let Err(error) = merge(&store, draft, &mut arrivals).await {
                return [&arrivals.sentence(), " Then it stopped. ", &error.message()].concat();
            }
        }
        arrivals.settings = save_new_settings(&everything.settings);
        self.list_drafts(false);
        arrivals.sentence()
    }

    /// Asks the browser to keep the drafts when the device runs out of room. What is said of it.
    pub(crate) async fn ask_to_keep(self: &Rc<Self>) -> String {
        let kept = storage_manager("persist").await.is_some_and(|kept| kept.is_truthy());
        let sentence = if kept {
            "The browser has promised to keep the drafts until you clear its data for this page."
        } else {
            "The browser did not promise it. It decides by how you use this page: a page that is installed or bookmarked has better chances."
        };
        sentence.to_owned()
    }
}

/// Writes into the node how much room is used, and whether the browser has promised to keep the drafts. Whether it has, or
/// cannot be asked.
pub(crate) async fn tell_room(node: &Node) -> bool {
    let number = |estimate: &JsValue, name: &str| Reflect::get(estimate, &name.into()).ok()?.as_f64();
    let estimate = storage_manager("estimate").await.unwrap_or_default();
    let mut told = String::new();
    if let (Some(used), Some(all)) = (number(&estimate, "usage"), number(&estimate, "quota")) {
        told = format!("This page uses {} of the {} that the browser allows it.", size(used as u64), size(all as u64));
    }
    let kept = storage_manager("persisted").await.map(|kept| kept.is_truthy());
    if kept == Some(true) {
        told.push_str(" The browser has promised to keep it until you clear its data.");
    }
    node.set_text_content(Some(told.trim()));
    kept != Some(false)
}

/// Calls a method of `navigator.storage`; nothing where the browser does not have it, or refuses.
async fn storage_manager(method: &str) -> Option<JsValue> {
    let manager = Reflect::get(&window().navigator(), &"storage".into()).ok()?;
    let method: js_sys::Function = Reflect::get(&manager, &method.into()).ok()?.dyn_into().ok()?;
    let promise: js_sys::Promise = method.call0(&manager).ok()?.dyn_into().ok()?;
    JsFuture::from(promise).await.ok()
}

/// All drafts that are not deleted, and how many of them could not be read.
async fn gather(store: &IndexedDb) -> Result<(Everything, usize), StorageError> {
    let listing = store.list().await?;
    let mut everything = Everything { drafts: Vec::new(), settings: load_settings() };
    let mut damaged = listing.damaged.len();
    let kept = store.pictures().await?;
    for summary in listing.drafts.iter().filter(|draft| draft.deleted_ms.is_none()) {
        let draft = match store.load(summary.id).await {
            Ok(Some(draft)) => draft,
            Ok(None) => continue,
            Err(StorageError::Corrupt { .. }) => {
                damaged += 1;
                continue;
            }
            Err(error) => return Err(error),
        };
        let mut versions = Vec::new();
        for version in store.versions(draft.id).await? {
            if let Some(text) = store.version_text(draft.id, &version).await? {
                versions.push((version, text));
            }
        }
        let mut pictures = Vec::new();
        for key in kept.iter().filter(|key| key.draft == draft.id) {
            if let Some(bytes) = store.picture(key).await? {
                pictures.push((key.path.clone(), bytes));
            }
        }
        everything.drafts.push(ArchivedDraft::of(&draft, versions, pictures));
    }
    Ok((everything, damaged))
}

/// What an archive holds, or why it is not taken in.
async fn read(file: &File) -> Result<Everything, String> {
    let refused =
        |error: FileError| ["This is no archive of drafts. ", &error.message(), " Nothing was changed."].concat();
    let folder = PackedFolder::open(file.clone()).await.map_err(refused)?;
    let files = unpacked_files(&folder).await.map_err(refused)?;
    Everything::read(&files).map_err(|reason| reason.message())
}

/// Stores a draft of an archive beside those that are here, and adds its versions to the history of its id.
async fn merge(store: &IndexedDb, archived: &ArchivedDraft, arrivals: &mut Arrivals) -> Result<(), StorageError> {
    let stored = match store.load(archived.id).await {
        Ok(stored) => stored,
        // A draft that cannot be read is not overwritten either.
        Err(StorageError::Corrupt { .. }) => Some(crate::storage::Draft::new(archived.id, 0.0)),
        Err(error) => return Err(error),
    };
    let copy = store.load(archived.copy_id()).await?;
    let outcome = MergeOutcome::of(archived, stored.as_ref(), copy.as_ref());
    let owner = if matches!(outcome, MergeOutcome::Copy(_)) { archived.copy_id() } else { archived.id };
    match outcome {
        MergeOutcome::Known => arrivals.known += 1,
        MergeOutcome::BroughtBack => {
            store.undelete(archived.id).await?;
            arrivals.new += 1;
        }
        MergeOutcome::New(draft) => {
            store.put(&draft, 0).await?;
            arrivals.new += 1;
        }
        MergeOutcome::Copy(draft) => {
            store.put(&draft, 0).await?;
            arrivals.copies += 1;
        }
    }
    for (path, bytes) in &archived.pictures {
        let key = PictureKey { draft: owner, path: path.clone() };
        // What is here is not overwritten.
        if store.picture(&key).await?.is_none() {
            store.keep_picture(&key, bytes).await?;
        }
    }
    store.add_versions(archived.id, &archived.versions, now_ms()).await
}

impl Arrivals {
    /// What came in, for a person.
    fn sentence(&self) -> String {
        let mut told = vec![format!("{} came in.", drafts(self.new + self.copies))];
        if self.copies > 0 {
            let (have, them) = if self.copies == 1 { ("is a copy", "it has") } else { ("are copies", "they have") };
            told.push(format!("{} of them {have}, because {them} another text here.", self.copies));
        }
        if self.known > 0 {
            let (was, were) = ("was here already", "were here already");
            told.push(format!("{} {}.", drafts(self.known), if self.known == 1 { was } else { were }));
        }
        if self.settings > 0 {
            told.push(
                "Settings that you had not made came with it; they are seen when the page is loaded again.".to_owned(),
            );
        }
        told.join(" ")
    }
}

/// A number of drafts.
fn drafts(count: usize) -> String {
    match count {
        0 => "No draft".to_owned(),
        1 => "One draft".to_owned(),
        count => format!("{count} drafts"),
    }
}
