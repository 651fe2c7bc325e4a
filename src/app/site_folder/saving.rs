//! Saving the files of the open site: into its folder where the browser can write it, else as a download. In: what a
//! person wants. Out: files on disk, an archive. Neighbours: `files/open_save.rs` saves one file by its handle.

use std::rc::Rc;

use js_sys::Uint8Array;
use wasm_bindgen_futures::spawn_local;
use web_sys::FileSystemDirectoryHandle;

use super::archive::archive;
use super::open_site::OpenSite;
use crate::app::browser::dom::now_seconds;
use crate::app::page_controller::PageController;
use crate::app::state::Action;
use crate::site::source::SiteSource;
use crate::storage::{
    Drafts, FileError, FileVersion, FolderItem, IndexedDb, Permission, content_hash, create_file, download,
    download_as, permission, read_files, remove_file, write_file,
};
use crate::text::{LineEnds, Severity};

/// What became of saving a file.
enum SaveOutcome {
    /// It stands in the folder, since then (in milliseconds since 1970).
    At(f64),
    /// Another program has changed it meanwhile; it was left alone.
    Changed,
}

impl PageController {
    /// Saves the file in the editor, where it is one of the site's and this is not done as for any other file. Whether
    /// it is done here.
    pub(crate) fn save_in_site(self: &Rc<Self>) -> bool {
        let (Some(site), Some(path)) = (self.open_site.get(), self.path_in_editor()) else { return false };
        let Some(folder) = site.directory.clone() else {
            self.take_text_into_site();
            self.begin_download(&site);
            return true;
        };
        self.save_pictures_of(&site, &folder, &path);
        if self.file.handle().is_some() {
            return false;
        }
        let (page, draft) = (Rc::clone(self), self.id_in_editor());
        spawn_local(async move {
            let handle = {
                let _write = page.file.begin_write().await;
                match site.handle(&path) {
                    Some(handle) => Ok(handle),
                    None => new_handle(&site, &folder, &path).await,
                }
            };
            match handle {
                Ok(handle) => page.write_draft(draft, handle, false).await,
                Err(error) => page.tell_of_site(&error),
            }
        });
        true
    }

    /// Saves all files that are changed.
    pub(crate) fn save_site_files(self: &Rc<Self>) {
        let Some(site) = self.open_site.get() else { return };
        self.keep_now();
        self.take_text_into_site();
        let Some(folder) = site.directory.clone() else { return self.begin_download(&site) };
        let page = Rc::clone(self);
        spawn_local(async move {
            let write = page.file.begin_write().await;
            // What was being written is saved now.
            page.take_text_into_site();
            let written = page.write_changes(&site, &folder).await;
            let written = match written {
                Ok(left) => page.write_pictures(&site, &folder, site.pictures_to_save()).await.map(|()| left),
                Err(error) => Err(error),
            };
            drop(write);
            match written {
                Ok(left) => page.tell_written(&left),
                Err(error) => page.tell_of_site(&error),
            }
            page.refresh_side_bar();
        });
    }

    fn tell_written(&self, left: &[String]) {
        self.editor.dispatch.dispatch(Action::Dismiss("site-folder"));
        if let Some(path) = left.first() {
            let others = if left.len() > 1 { " and others were" } else { " was" };
            let text =
                [path, others, " changed by another program, too, and not saved. Open the file to choose."].concat();
            self.editor.tell("site-folder", Severity::Warning, text);
        }
    }

    /// Writes what is changed into the folder. The files that another program has changed meanwhile are left alone.
    async fn write_changes(
        self: &Rc<Self>,
        site: &Rc<OpenSite>,
        folder: &FileSystemDirectoryHandle,
    ) -> Result<Vec<String>, FileError> {
        if permission(folder, true).await != Permission::Granted {
            return Err(FileError::Denied);
        }
        let mut left = Vec::new();
        for path in site.files.changed() {
            let Some(text) = site.text(&path) else { continue };
            match write_changed(site, folder, &path, &text).await? {
                SaveOutcome::At(modified_ms) => self.note_saved(site, &path, &text, Some(modified_ms)).await,
                SaveOutcome::Changed => left.push(path),
            }
        }
        for path in site.files.removed() {
            // What was renamed stays where it is until it stands under its new name.
            if site.moved_to(&path).is_some_and(|to| left.contains(&to)) {
                continue;
            }
            // What is gone already need not be taken out.
            match remove_file(folder, &path).await {
                Ok(()) | Err(FileError::Gone) => {
                    site.files.saved(&path, None);
                    site.set_item(&path, None);
                }
                Err(error) => return Err(error),
            }
        }
        site.keep_moved();
        Ok(left)
    }

    fn begin_download(self: &Rc<Self>, site: &Rc<OpenSite>) {
        let (page, site) = (Rc::clone(self), Rc::clone(site));
        spawn_local(async move { page.download_changes(&site).await });
    }

    /// Offers what is changed as a download: one file, or an archive of several.
    async fn download_changes(self: &Rc<Self>, site: &Rc<OpenSite>) {
        let changed = site.files.changed();
        let removed = site.files.removed();
        let mut files: Vec<_> =
            changed.iter().filter_map(|path| Some((path.clone(), site.files.read(path)?))).collect();
        files.extend(site.bytes_of_pictures().await);
        let saved = match (files.as_slice(), site.text(changed.first().map_or("", |path| path))) {
            ([], _) => Ok(()),
            ([(path, _)], Some(text)) => download(Some(path), &text),
            (several, _) => match archive(several, now_seconds()) {
                Ok(bytes) => {
                    let bytes = Uint8Array::from(bytes.as_slice());
                    download_as(&[&site.name, "-changes.zip"].concat(), &bytes, "application/zip")
                }
                Err(error) => Err(FileError::Other(error.to_string())),
            },
        };
        if let Err(error) = saved {
            return self.tell_of_site(&error);
        }
        if let Some(path) = removed.first() {
            let text = ["The file ", path, " is no longer part of the site: delete it in your folder."].concat();
            self.editor.tell("site-folder", Severity::Note, text);
        }
        for path in &removed {
            site.files.saved(path, None);
        }
        site.keep_moved();
        for (path, _) in &files {
            match site.text(path) {
                Some(text) => self.note_saved(site, path, &text, None).await,
                // A picture stays with its draft: whether it comes into the folder is not known.
                None => site.files.saved(path, None),
            }
        }
        self.refresh_side_bar();
    }

    /// A file stands on the disk as it stands here.
    async fn note_saved(self: &Rc<Self>, site: &OpenSite, path: &str, text: &str, modified_ms: Option<f64>) {
        // What was written meanwhile is not saved.
        if site.text(path).is_some_and(|now| now == text) {
            site.files.saved(path, modified_ms);
        }
        if self.path_in_editor().as_deref() == Some(path) {
            self.saved_to_file(path, text, modified_ms);
            *self.file.handle.borrow_mut() = site.handle(path);
        } else if let Some(store) = self.draft.store() {
            note_in_store(&store, site, path, text, modified_ms).await;
        }
    }
}

/// The draft of a file that is not in the editor is saved. Where that cannot be stored, the file is taken for changed at
/// another visit, and has the same text.
async fn note_in_store(store: &IndexedDb, site: &OpenSite, path: &str, text: &str, modified_ms: Option<f64>) {
    if let Ok(Some(mut draft)) = store.load(site.draft_id(path)).await {
        draft.saved = Some(FileVersion { hash: content_hash(text.as_bytes()), modified_ms });
        draft.opened = Some(LineEnds::split(text).1.into());
        let _ = store.put(&draft, draft.revision).await;
    }
}

/// Writes a file that is changed, unless another program has changed it.
async fn write_changed(
    site: &OpenSite,
    folder: &FileSystemDirectoryHandle,
    path: &str,
    text: &str,
) -> Result<SaveOutcome, FileError> {
    let handle = match site.handle(path) {
        Some(handle) => {
            let item = [(path.to_owned(), FolderItem::Handle(handle.clone()))];
            let now = read_files(&item, &|_, _, _| true).await.pop();
            if let Some((bytes, modified_ms)) = now.and_then(|file| Some((file.bytes?, file.modified_ms)))
                && site.files.on_disk(path).is_none_or(|known| *known != *bytes)
            {
                site.files.read_text(path, bytes, Some(modified_ms));
                return Ok(SaveOutcome::Changed);
            }
            handle
        }
        None => new_handle(site, folder, path).await?,
    };
    Ok(SaveOutcome::At(write_file(&handle, &text.into()).await?))
}

/// Makes a file that the folder does not have yet.
pub(super) async fn new_handle(
    site: &OpenSite,
    folder: &FileSystemDirectoryHandle,
    path: &str,
) -> Result<web_sys::FileSystemFileHandle, FileError> {
    if permission(folder, true).await != Permission::Granted {
        return Err(FileError::Denied);
    }
    let handle = create_file(folder, path).await?;
    site.set_item(path, Some(FolderItem::Handle(handle.clone())));
    Ok(handle)
}
