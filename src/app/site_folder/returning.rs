//! The site of the last visit, and what other programs change in its folder. In: a return to the page. Out: the site
//! again. Neighbours: `opening.rs` reads folders; `storage/` keeps what is needed for that.

use std::collections::HashSet;
use std::rc::Rc;

use wasm_bindgen_futures::spawn_local;
use web_sys::FileSystemDirectoryHandle;

use super::folder_rules::{enters, holds_text, is_text_name};
use super::open_site::OpenSite;
use crate::app::browser::dom::{document, sleep};
use crate::app::page_controller::PageController;
use crate::storage::{
    FileError, FolderForm, FolderItem, Permission, SitePermission, load_folder_name, load_jekyll_choices,
    load_site_permissions, permission, read_files, save_folder_name, save_jekyll_choices, save_site_permissions,
};

/// So many files are read at the same time.
const AT_THE_SAME_TIME: usize = 48;

impl PageController {
    /// A visit begins, and a site was open at the last one: opens it again where the browser allows that, or offers to.
    pub(crate) fn come_back_to_site(self: &Rc<Self>) {
        let page = Rc::clone(self);
        spawn_local(async move {
            while !page.editor.is_ready() {
                sleep(30).await;
            }
            let handle = page.last_folder().await;
            match handle {
                Some(handle) if permission(&handle, false).await == Permission::Granted => {
                    page.open_folder(FolderForm::Handle(handle));
                }
                // On a phone it would lie over the text.
                _ if !page.is_narrow() => page.show_side_bar(),
                _ => {}
            }
        });
    }

    /// The handle of the folder that was open at the last visit.
    async fn last_folder(&self) -> Option<FileSystemDirectoryHandle> {
        let handle = self.draft.store()?.folder().await.ok()??;
        if let Some(session) = self.open_site.session() {
            *session.last_folder.borrow_mut() = Some(handle.clone());
        }
        Some(handle)
    }

    /// Opens the folder of the last visit again: within a click, as the browser asks the person.
    pub(crate) fn open_last_folder(self: &Rc<Self>) {
        let handle = self.open_site.session().and_then(|session| session.last_folder.borrow().clone());
        let Some(handle) = handle else { return };
        let page = Rc::clone(self);
        spawn_local(async move {
            if permission(&handle, true).await == Permission::Granted {
                page.open_folder(FolderForm::Handle(handle));
            } else {
                page.tell_of_site(&FileError::Denied);
            }
        });
    }

    /// The site is opened again at the next visit.
    pub(crate) async fn remember_site(&self, site: &OpenSite) {
        save_folder_name(&site.name);
        if let Some(store) = self.draft.store() {
            // Without it, the folder has to be chosen again.
            let _ = store.keep_folder(site.directory.as_ref()).await;
        }
        if let Some(session) = self.open_site.session() {
            *session.last_folder.borrow_mut() = site.directory.clone();
        }
    }

    /// Closes the site. Nothing of it is kept but what was written and is not saved yet: that stays among the drafts.
    pub(crate) fn forget_site(self: &Rc<Self>) {
        save_folder_name("");
        if let Some(site) = self.open_site.get() {
            let mut permissions = load_site_permissions();
            permissions.set(&site.name, SitePermission::default());
            save_site_permissions(&permissions);
            let mut choices = load_jekyll_choices();
            choices.set(&site.name, None);
            save_jekyll_choices(&choices);
        }
        self.open_site.set(None);
        if let Some(body) = document().body() {
            let _ = body.remove_attribute("data-site");
        }
        self.set_text_only(false);
        self.follow_in_preview(None);
        self.set_site("".into());
        if let Some(session) = self.open_site.session() {
            session.last_folder.take();
        }
        self.refresh_side_bar();
        let page = Rc::clone(self);
        spawn_local(async move {
            if let Some(store) = page.draft.store() {
                let _ = store.keep_folder(None).await;
            }
        });
    }

    /// The name of the folder of the last visit, and whether the browser can open it again.
    pub(crate) fn last_site(&self) -> Option<(Rc<str>, bool)> {
        let has_handle = self.open_site.session().is_some_and(|session| session.last_folder.borrow().is_some());
        load_folder_name().map(|name| (name.into(), has_handle))
    }

    /// The page has the focus again: another program may have changed the folder.
    pub(crate) fn look_at_folder(self: &Rc<Self>) {
        let (Some(site), Some(session)) = (self.open_site.get(), self.open_site.session()) else { return };
        let Some(folder) = site.directory.clone() else { return };
        if session.looking.replace(true) {
            return;
        }
        let page = Rc::clone(self);
        spawn_local(async move {
            let before = site.files.revision();
            // A folder that cannot be read now stays as it is known.
            let _ = read_again(&site, folder).await;
            session.looking.set(false);
            if site.files.revision() != before {
                site.read_again();
                page.use_site_settings(&site);
                page.refresh_side_bar();
            }
        });
    }
}

/// Reads what is new or was changed in the folder since it was read.
async fn read_again(site: &Rc<OpenSite>, folder: FileSystemDirectoryHandle) -> Result<(), FileError> {
    let destination = site.site().settings.files.destination.clone();
    let items = FolderForm::Handle(folder).list(&|folder| enters(folder, &destination), &|_| ()).await?;
    let (texts, others): (Vec<_>, Vec<_>) = items.into_iter().partition(|(path, _)| is_text_name(path));
    let mut known: HashSet<String> = site.paths().into_iter().collect();
    known.extend(site.files.removed());
    for (path, item) in others {
        if !known.remove(&path) {
            site.files.found_other(&path, None);
            site.set_item(&path, Some(item));
        }
    }
    for chunk in texts.chunks(AT_THE_SAME_TIME) {
        let changed = |path: &str, bytes: f64, modified_ms: f64| {
            holds_text(path, bytes) && site.files.modified_ms(path) != Some(modified_ms)
        };
        for file in read_files(chunk, &changed).await {
            known.remove(&file.path);
            let item: Option<FolderItem> =
                chunk.iter().find(|(path, _)| *path == file.path).map(|(_, item)| item.clone());
            site.set_item(&file.path, item);
            if let Some(bytes) = file.bytes {
                site.files.read_text(&file.path, bytes, Some(file.modified_ms));
            }
        }
        // What cannot be read now is there all the same.
        for (path, _) in chunk {
            known.remove(path);
        }
    }
    for path in known {
        // A file that the folder never had is no less there now.
        if site.files.on_disk(&path).is_some() || !(site.files.is_text(&path) || site.files.is_added(&path)) {
            site.files.vanished(&path);
            site.set_item(&path, None);
        }
    }
    Ok(())
}
