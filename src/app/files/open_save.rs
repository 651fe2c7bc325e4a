//! Files: opening, saving, dropping, and what another program does to an open file. In: what a person wants, drops.
//! Out: drafts made from files, files with the person's bytes. Neighbours: `storage/files.rs` does the work.

use std::rc::Rc;

use js_sys::Array;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::{DataTransfer, File, FileSystemFileHandle};

use crate::app::browser::dom::now_ms;
use crate::app::drafts::current_draft::OtherVersion;
use crate::app::page_controller::PageController;
use crate::app::page_tools::loaded_page_tools;
use crate::app::state::{Action, Message, Offer, Versions};
use crate::storage::{
    Draft, DraftId, FileError, FileVersion, IndexedDb, OpenedFile, Permission, SaveState, can_write_files, choose_save,
    content_hash, download, dropped_folder, last_modified, open_file, permission, random_id, read_file, read_handle,
    write_file,
};
use crate::text::{LineEnds, Severity};
use crate::writing::pictures::{PictureKind, means_picture};

impl PageController {
    /// The name that saving would use.
    pub(crate) fn name_to_save(&self) -> String {
        self.draft.file_name().unwrap_or_else(|| self.file.suggested.borrow().clone())
    }

    /// Shows the file's name, and whether the text differs from it.
    pub(crate) fn show_file_name(&self) {
        let name = self.name_to_save();
        let differs = self.draft.with_draft(|draft| draft.saved.map(|_| draft.unsaved()));
        let now = (name, differs);
        if *self.file.shown.borrow() != now {
            self.note_file_name(&now.0);
            self.editor.dispatch.dispatch(Action::File { name: now.0.as_str().into(), differs });
            *self.file.shown.borrow_mut() = now;
        }
    }

    fn tell_file(&self, error: &FileError) {
        self.editor.tell("file", Severity::Error, error.message());
    }

    /// Stores what is not stored yet, and waits for a file that is being written. Whether another text may take the
    /// editor: not while this one is nowhere else.
    pub(crate) async fn settle(self: &Rc<Self>) -> bool {
        self.file.written().await;
        self.keep_now();
        for _ in 0..150 {
            match self.draft.save_state() {
                SaveState::Saved => return true,
                SaveState::Failed(_) => break,
                SaveState::Saving | SaveState::Unsaved => crate::app::browser::dom::sleep(10).await,
            }
        }
        if self.draft.with_draft(|draft| draft.saved.is_some() && !draft.unsaved()) {
            return true;
        }
        self.editor.dispatch.dispatch(Action::Tell(Message {
            key: "unsaved",
            severity: Severity::Warning,
            text: "The text in the editor could not be kept as a draft. Save it to a file first.".into(),
            offer: Some(("Save to a file", Offer::SaveFile)),
        }));
        false
    }

    /// Lets the person choose a file and opens it.
    pub(crate) fn open_file(self: &Rc<Self>) {
        let page = Rc::clone(self);
        spawn_local(async move {
            match open_file().await {
                Ok(Some(file)) => page.show_file(file).await,
                Ok(None) => {}
                Err(error) => page.tell_file(&error),
            }
        });
    }

    /// Takes what was dropped or pasted: a folder as a site, files with the text of these kinds beside them. Whether there
    /// is any.
    pub(crate) fn take_files(self: &Rc<Self>, data: &DataTransfer, kinds: &[&str]) -> bool {
        if let Some(folder) = dropped_folder(data) {
            self.with_site_tools(Box::new(|tools, page| (tools.open_dropped)(page, folder)));
            return true;
        }
        let given = data.files().map(|files| Array::from(&files)).unwrap_or_default();
        if given.length() == 0 {
            return false;
        }
        for kind in kinds {
            given.push(&data.get_data(kind).unwrap_or_default().into());
        }
        // Asked for at once: what was dropped is gone when this event is over.
        let handle = crate::storage::dropped_handle(data);
        let page = Rc::clone(self);
        spawn_local(async move {
            let handle = match handle {
                Some(handle) => handle.await,
                None => None,
            };
            page.open_given(given, handle);
        });
        true
    }

    /// Does with files what is to be done with them, once the part for it has been loaded.
    pub(crate) fn open_given(self: &Rc<Self>, given: Array, handle: Option<FileSystemFileHandle>) {
        self.with_tools(|tools, page| (tools.open_given)(page, given, handle));
    }

    /// Puts pictures into the text; of other files opens the first, as one post is written at a time. Pasted text that comes
    /// with something else is pasted. Its code comes with `page_tools.rs`.
    pub(crate) fn sort_given(self: &Rc<Self>, given: Array, handle: Option<FileSystemFileHandle>) {
        let texts: Vec<String> = given.iter().filter_map(|item| item.as_string()).collect();
        let files: Vec<File> = given.iter().filter(|item| !item.is_string()).map(JsCast::unchecked_into).collect();
        let (pictures, others): (Vec<File>, Vec<File>) =
            files.into_iter().partition(|file| PictureKind::of(&file.name(), &file.type_()).is_some());
        let (plain, html) = match texts.as_slice() {
            [plain, html] => (plain.as_str(), html.as_str()),
            _ => ("", ""),
        };
        let names: Vec<String> = pictures.iter().map(File::name).collect();
        if !pictures.is_empty() && others.is_empty() && means_picture(plain, html, &names) {
            return self.with_draft_tools(|tools, page| (tools.take_pictures)(page, pictures), Self::tell_part_missing);
        }
        if !plain.is_empty() || !html.is_empty() {
            return self.editor.paste_later(plain.to_owned(), html.to_owned());
        }
        if let Some(file) = others.into_iter().next() {
            self.open_dropped(file, handle);
        }
    }

    /// Opens a file that was dropped, by its handle where the browser gives one; an archive as a site or a theme.
    fn open_dropped(self: &Rc<Self>, file: File, handle: Option<FileSystemFileHandle>) {
        if [".zip", ".gem"].iter().any(|end| file.name().ends_with(end)) {
            return self.with_site_tools(Box::new(|tools, page| (tools.open_archive)(page, file)));
        }
        let page = Rc::clone(self);
        spawn_local(async move {
            let opened = match handle {
                Some(handle) => read_handle(handle).await,
                None => read_file(&file).await,
            };
            match opened {
                Ok(file) => page.show_file(file).await,
                Err(error) => page.tell_file(&error),
            }
        });
    }

    /// Shows a file as a new draft that belongs to it.
    async fn show_file(self: &Rc<Self>, file: OpenedFile) {
        if !self.settle().await {
            return;
        }
        let id = DraftId(random_id());
        let draft = Draft::of_file(id, file.name, &file.text, Some(file.modified_ms), now_ms());
        self.editor.dispatch.dispatch(Action::Dismiss("file"));
        self.show_draft(draft, false);
        *self.file.handle.borrow_mut() = file.handle;
        // Stored from the start: a draft of a file is found again.
        self.keep_soon();
        self.keep_handle(id);
        self.editor.textarea.focus_quietly();
    }

    /// Takes the text of the file that changed on disk into this draft.
    pub(crate) fn take_file(self: &Rc<Self>, file: OpenedFile) {
        let draft = self.draft.with_draft(|draft| {
            // The file of a site has its path, which its handle does not know.
            let name = draft.file_name.clone().unwrap_or_else(|| file.name.clone());
            let read = Draft::of_file(draft.id, name, &file.text, Some(file.modified_ms), now_ms());
            Draft { revision: draft.revision, ..read }
        });
        self.show_draft(draft, true);
        *self.file.handle.borrow_mut() = file.handle;
        self.keep_soon();
    }

    fn keep_handle(&self, id: DraftId) {
        let (Some(store), handle) = (self.draft.store(), self.file.handle()) else { return };
        spawn_local(async move {
            // Without it, a later visit saves by asking where.
            let _ = store.keep_handle(id, handle.as_ref()).await;
        });
    }

    /// Finds the handle of a draft's file again after a reload.
    pub(crate) async fn restore_handle(self: &Rc<Self>, store: &Rc<IndexedDb>, id: DraftId) {
        if let Ok(Some(handle)) = store.handle(id).await
            && self.draft.with_draft(|draft| draft.id == id)
        {
            *self.file.handle.borrow_mut() = Some(handle);
            self.look_at_disk();
        }
    }

    /// Saves to the file: the same one where the browser can write it, else a download.
    pub(crate) fn save_file(self: &Rc<Self>) {
        self.keep_now();
        if self.loaded_site_tools().is_some_and(|tools| (tools.save)(self)) {
            return;
        }
        if !can_write_files() {
            let (name, text) = (self.name_to_save(), self.file_bytes());
            match download(Some(&name), &text) {
                Ok(()) => self.saved_to_file(&name, &text, None),
                Err(error) => self.tell_file(&error),
            }
            return;
        }
        let (page, draft) = (Rc::clone(self), self.id_in_editor());
        spawn_local(async move {
            if let Some(known) = page.file.handle()
                && permission(&known, true).await == Permission::Granted
            {
                return page.write_draft(draft, known, false).await;
            }
            match choose_save(Some(&page.name_to_save())).await {
                Ok(Some(chosen)) => page.write_draft(draft, chosen, true).await,
                Ok(None) => {}
                Err(error) => page.tell_file(&error),
            }
        });
    }

    pub(crate) fn id_in_editor(&self) -> DraftId {
        self.draft.with_draft(|draft| draft.id)
    }

    /// Writes the draft into a file, unless another draft came into the editor meanwhile: that one has its own file.
    /// `chosen`: the person has just chosen the file, so what it holds does not matter.
    pub(crate) async fn write_draft(self: &Rc<Self>, draft: DraftId, handle: FileSystemFileHandle, chosen: bool) {
        let _write = self.file.begin_write().await;
        if self.id_in_editor() != draft {
            return;
        }
        if !chosen && self.changed_on_disk(&handle).await {
            return self.read_if_changed(handle);
        }
        let text = self.file_bytes();
        let name = if chosen { handle.name() } else { self.name_to_save() };
        match write_file(&handle, &text.as_str().into()).await {
            Ok(modified) if self.id_in_editor() == draft => {
                *self.file.handle.borrow_mut() = Some(handle);
                self.saved_to_file(&name, &text, Some(modified));
                self.keep_handle(draft);
            }
            Ok(_) => {}
            Err(error) => self.tell_file(&error),
        }
    }

    /// What the file would hold: the person's own line ends and byte order mark.
    pub(crate) fn file_bytes(&self) -> String {
        let text = self.editor.textarea.text();
        self.draft.with_draft(|draft| {
            if *draft.text != *text {
                draft.line_ends.follow(&draft.text, &text);
                draft.text = text.into();
            }
            draft.file()
        })
    }

    pub(crate) fn saved_to_file(self: &Rc<Self>, name: &str, text: &str, modified_ms: Option<f64>) {
        self.draft.with_draft(|draft| {
            draft.file_name = Some(name.to_owned());
            draft.saved = Some(FileVersion { hash: content_hash(text.as_bytes()), modified_ms });
            draft.opened = Some(LineEnds::split(text).1.into());
        });
        for key in ["file", "unsaved", "disk"] {
            self.editor.dispatch.dispatch(Action::Dismiss(key));
        }
        self.tell_recovery();
        self.show_file_name();
        self.keep_soon();
        // The name may decide whether Jekyll publishes it.
        self.editor.show_again();
        if let Some(tools) = loaded_page_tools() {
            (tools.saved)(self);
        }
    }

    async fn changed_on_disk(&self, handle: &FileSystemFileHandle) -> bool {
        let known = self.draft.with_draft(|draft| draft.saved.and_then(|saved| saved.modified_ms));
        match (known, last_modified(handle).await) {
            (Some(known), Ok(now)) => (now - known).abs() > 1.0,
            _ => false,
        }
    }

    /// The tab got the focus: another program may have changed the file.
    pub(crate) fn look_at_disk(self: &Rc<Self>) {
        let Some(handle) = self.file.handle() else { return };
        let (page, draft) = (Rc::clone(self), self.id_in_editor());
        spawn_local(async move {
            // What this page writes is no change by another program.
            page.file.written().await;
            if page.id_in_editor() == draft && page.changed_on_disk(&handle).await {
                page.read_if_changed(handle);
            }
        });
    }

    fn read_if_changed(self: &Rc<Self>, handle: FileSystemFileHandle) {
        self.with_tools(|tools, page| (tools.read_changed)(page, handle));
    }

    /// Reads the file that was changed, and lets the person choose where it has another text. Its code comes with
    /// `page_tools.rs`.
    pub(crate) fn read_changed(self: &Rc<Self>, handle: FileSystemFileHandle) {
        let (page, draft) = (Rc::clone(self), self.id_in_editor());
        spawn_local(async move {
            // Reading needs a permission too; it is not asked for here, only used where it is there.
            let Ok(file) = read_handle(handle).await else { return };
            if page.id_in_editor() != draft {
                return;
            }
            let same = page.draft.with_draft(|draft| {
                let known = draft.saved.is_some_and(|saved| saved.hash == content_hash(file.text.as_bytes()));
                if let (true, Some(saved)) = (known, &mut draft.saved) {
                    saved.modified_ms = Some(file.modified_ms);
                }
                known
            });
            if same {
                return;
            }
            let versions = Versions {
                mine: page.editor.textarea.text().into(),
                theirs: file.text.as_str().into(),
                theirs_id: "".into(),
                on_disk: true,
            };
            page.draft.set_theirs(OtherVersion::File(file));
            page.editor.dispatch.dispatch(Action::Versions(versions));
        });
    }
}
