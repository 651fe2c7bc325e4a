//! The pictures of posts of the open site: where they go, shown as files of the site, written into its folder with the
//! post. In: pictures that are kept with drafts. Out: files. Neighbours: `app/drafts/pictures.rs` keeps them;
//! `folder_files.rs` knows which of them the folder does not have yet; `saving.rs` saves texts.

use std::collections::HashMap;
use std::rc::Rc;

use js_sys::Uint8Array;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{File, FileSystemDirectoryHandle};

use super::open_site::OpenSite;
use super::saving::new_handle;
use crate::app::browser::dom::{local_time, now_ms};
use crate::app::page_controller::PageController;
use crate::app::state::Action;
use crate::site::source::SiteSource;
use crate::storage::pictures::Pictures;
use crate::storage::{
    DraftId, Drafts, FileError, FolderItem, Permission, load_picture_folder, new_file, permission, write_file,
};
use crate::text::Severity;
use crate::writing::pictures::{PictureKind, PictureOwner, PicturePlace, folder_named, names_picture, picture_folder};

impl OpenSite {
    /// The path in the folder of what lies at a path below the site's source.
    pub(super) fn path_in_folder(&self, below: &str) -> String {
        let source = self.site().settings.files.source.clone();
        [source.as_str(), if source.is_empty() { "" } else { "/" }, below].concat()
    }

    /// The pictures that are to come into the folder: those that the file names that they were put into.
    pub fn pictures_to_save(&self) -> Vec<String> {
        let settings = self.site().settings.clone();
        let is_named = |path: &str, owner: &str| {
            self.text(owner).is_some_and(|text| names_picture(&text, settings.files.below_source(path)))
        };
        let added = self.files.added_pictures().into_iter();
        added.filter(|(path, owner)| is_named(path, owner)).map(|(path, _)| path).collect()
    }

    /// The pictures that are to come into the folder, with their bytes.
    pub(super) async fn bytes_of_pictures(&self) -> Vec<(String, Rc<[u8]>)> {
        let mut pictures = Vec::new();
        for path in self.pictures_to_save() {
            if let Some(file) = self.file(&path).await
                && let Ok(buffer) = JsFuture::from(file.array_buffer()).await
            {
                pictures.push((path, Uint8Array::new(&buffer).to_vec().into()));
            }
        }
        pictures
    }

    /// Adds a picture for the file at `owner`, by its path below the source.
    fn add_picture(&self, below: &str, owner: &str, file: File) {
        let path = self.path_in_folder(below);
        self.files.add_picture(&path, owner);
        if self.files.is_added(&path) {
            self.set_item(&path, Some(FolderItem::File(file)));
        }
    }
}

impl PageController {
    /// Where the pictures of the file in the editor go, if that is one of the site's.
    pub(crate) fn picture_place(&self) -> Option<PicturePlace> {
        let (site, own) = (self.open_site.get()?, self.path_in_editor()?);
        let settings = site.site().settings.clone();
        let below = |path: &String| settings.files.below_source(path).to_owned();
        let paths = site.paths();
        let pictures = paths.iter().filter(|path| PictureKind::of_name(path).is_some()).map(below).collect();
        let posts = self.newest_posts(&site);
        let folder = picture_folder(
            &posts,
            &pictures,
            &PictureOwner::of(&own, &local_time()),
            &folder_named(&load_picture_folder()),
        );
        let taken = paths.iter().map(below).map(|path| path.to_lowercase()).collect();
        Some(PicturePlace { folder, taken })
    }

    /// Adds pictures to the site, by their paths below its source, for the file in the editor, and shows its page with them.
    pub(crate) fn add_pictures(self: &Rc<Self>, pictures: &[(String, File)]) {
        let (Some(site), Some(own)) = (self.open_site.get(), self.path_in_editor()) else { return };
        // The draft does not have the text yet.
        site.set_text(&own, &self.editor.textarea.text());
        for (below, file) in pictures {
            site.add_picture(below, &own, file.clone());
        }
        site.read_changes();
        self.follow_anew(&own);
        self.refresh_side_bar();
    }

    /// Finds the pictures that are kept with drafts of the site, and that its folder does not have.
    pub(super) async fn find_pictures(&self, site: &OpenSite) {
        let Some(store) = self.draft.store() else { return };
        let (Ok(kept), Ok(listing)) = (store.pictures().await, store.list().await) else { return };
        let drafts: HashMap<DraftId, String> = listing
            .drafts
            .into_iter()
            .filter(|draft| draft.deleted_ms.is_none())
            .filter_map(|draft| Some((draft.id, draft.file_name?)))
            .filter(|(id, path)| site.draft_id(path) == *id)
            .collect();
        for key in kept.iter().filter(|key| PictureKind::of_name(&key.path).is_some()) {
            let Some(owner) = drafts.get(&key.draft) else { continue };
            let Ok(Some(bytes)) = store.picture(key).await else { continue };
            let bytes = Uint8Array::from(&*bytes);
            if let Ok(file) = new_file(&bytes, key.path.rsplit('/').next().unwrap_or_default(), now_ms()) {
                site.add_picture(&key.path, owner, file);
            }
        }
        site.read_changes();
    }

    /// Writes the pictures of one file, which is being saved.
    pub(super) fn save_pictures_of(
        self: &Rc<Self>,
        site: &Rc<OpenSite>,
        folder: &FileSystemDirectoryHandle,
        path: &str,
    ) {
        site.set_text(path, &self.editor.textarea.text());
        let of_file: Vec<String> = site
            .files
            .added_pictures()
            .into_iter()
            .filter(|(_, owner)| **owner == *path)
            .map(|(path, _)| path)
            .collect();
        let mut wanted = site.pictures_to_save();
        wanted.retain(|path| of_file.contains(path));
        if wanted.is_empty() {
            return;
        }
        let (page, site, folder) = (Rc::clone(self), Rc::clone(site), folder.clone());
        spawn_local(async move {
            if let Err(error) = page.write_pictures(&site, &folder, wanted).await {
                page.tell_of_site(&error);
            }
            page.refresh_side_bar();
        });
    }

    /// Writes pictures into the folder, and keeps them with their drafts no longer. Never over another file.
    pub(super) async fn write_pictures(
        &self,
        site: &Rc<OpenSite>,
        folder: &FileSystemDirectoryHandle,
        paths: Vec<String>,
    ) -> Result<(), FileError> {
        if paths.is_empty() {
            return Ok(());
        }
        if permission(folder, true).await != Permission::Granted {
            return Err(FileError::Denied);
        }
        for path in paths {
            let Some(file) = site.file(&path).await else { continue };
            let handle = new_handle(site, folder, &path).await?;
            let item = FolderItem::Handle(handle.clone());
            if item.file().await?.size() > 0.0 {
                let text = ["The folder has another file ", &*path, " already. It was left as it is."].concat();
                self.editor.tell("site-folder", Severity::Warning, text);
            } else if let Err(error) = write_file(&handle, &file).await {
                site.set_item(&path, Some(FolderItem::File(file)));
                return Err(error);
            }
            site.files.saved(&path, None);
            self.forget_pictures(site, site.site().settings.files.below_source(&path)).await;
        }
        self.editor.dispatch.dispatch(Action::Dismiss("picture"));
        Ok(())
    }

    /// The folder has the picture at that path below the source: the drafts of the site need not keep it.
    async fn forget_pictures(&self, site: &OpenSite, below: &str) {
        let Some(store) = self.draft.store() else { return };
        let Ok(kept) = store.pictures().await else { return };
        let drafts: Vec<DraftId> = site.files.paths().iter().map(|path| site.draft_id(path)).collect();
        for key in kept.iter().filter(|key| key.path == below && drafts.contains(&key.draft)) {
            // Where it stays, it is found to be in the folder at the next visit.
            let _ = store.forget_picture(key).await;
        }
    }
}
