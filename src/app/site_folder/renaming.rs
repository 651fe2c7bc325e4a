//! Files of the open site get other names. In: a path. Out: the file and its draft under it; the folder follows when the site
//! is saved. Neighbours: `file_names.rs` says which names there are, `renamed_links.rs` what names the file, `saving.rs`
//! moves it.

use std::rc::Rc;

use wasm_bindgen_futures::spawn_local;

use super::file_names::{new_path, suggested_paths};
use super::open_site::OpenSite;
use super::renamed_links::with_new_name;
use crate::app::browser::dom::now_ms;
use crate::app::components::RenamedFile;
use crate::app::page_controller::PageController;
use crate::app::site_folder::file_list::is_post;
use crate::storage::pictures::move_pictures;
use crate::storage::{
    Draft, DraftEdit, DraftId, Drafts, FileVersion, IndexedDb, StorageError, content_hash, random_id,
};
use crate::text::{Edit, LineEnds, Severity, Span, Utf16Offset, Utf16Range};

impl PageController {
    /// The paths that the post in the editor could have by its title and its date.
    pub(crate) fn suggested_paths(&self, site: &OpenSite) -> Vec<String> {
        let Some(path) = self.path_in_editor() else { return Vec::new() };
        let renderer = self.editor.renderer.borrow();
        let Some(post) = renderer.site_post().filter(|_| is_post(&path)) else { return Vec::new() };
        let date = post.front_matter.get("date").and_then(|_| post.date(&site.site().settings));
        let title = post.front_matter.title.as_deref();
        let taken = site.paths();
        let mut paths = suggested_paths(&path, title, date.as_ref());
        paths.retain(|suggested| new_path(&path, suggested, &taken, &site.files.removed()).is_ok());
        paths
    }

    /// Gives the file in the editor another name.
    pub(crate) fn rename_site_file(self: &Rc<Self>, typed: &str) {
        let (Some(site), Some(from)) = (self.open_site.get(), self.path_in_editor()) else { return };
        let to = match new_path(&from, typed, &site.paths(), &site.files.removed()) {
            Ok(to) => to,
            Err(why) => return self.editor.tell("site-folder", Severity::Warning, why),
        };
        let page = Rc::clone(self);
        spawn_local(async move {
            if !page.settle().await || page.path_in_editor().as_deref() != Some(&*from) {
                return;
            }
            page.take_text_into_site();
            if page.move_file(&site, &from, &to, &|text| text.to_owned()).await {
                page.look_for_links(&site, &from, &to);
                let text = ["The file is ", &*to, " now. Save the site to move it in its folder."].concat();
                page.editor.tell("site-folder", Severity::Note, text);
            }
        });
    }

    /// The file in the editor, whose draft is settled, goes on at another path, with its text as `change` makes it. Whether
    /// it does. Its draft is stored under the new path before the old one is given up: wherever this ends, one of them has
    /// the text.
    pub(crate) async fn move_file(
        self: &Rc<Self>,
        site: &Rc<OpenSite>,
        from: &str,
        to: &str,
        change: &dyn Fn(&str) -> String,
    ) -> bool {
        let old = self.draft.with_draft(|draft| draft.clone());
        let store = self.draft.store();
        let mut draft = moved(site, &old, to, &change(&old.text));
        if let Some(store) = &store {
            match store_at(store, &draft).await {
                Ok(revision) => draft.revision = revision,
                Err(error) => {
                    self.editor.tell("storage", Severity::Error, error.message());
                    return false;
                }
            }
        }
        // Another draft has come into the editor meanwhile: the file stays what it was.
        if self.draft.with_draft(|draft| draft.id != old.id) {
            return false;
        }
        // From here on nothing waits: what a pause in typing takes into the site is of the old file before, of the new one
        // after this. What was typed while the draft was stored goes along.
        let text = change(&self.editor.textarea.text());
        let is_newer = *draft.text != *text;
        draft.line_ends.follow(&draft.text, &text);
        draft.text = text.as_str().into();
        let (start, end) = self.editor.textarea.selection_utf16();
        draft.caret = Utf16Range { start: Utf16Offset(start), end: Utf16Offset(end) };
        draft.editor_scroll = f64::from(self.editor.textarea.element.scroll_top());
        site.rename(from, to);
        site.set_text(to, &text);
        site.read_again();
        self.show_draft(draft, store.is_some());
        *self.file.handle.borrow_mut() = site.handle(to);
        if is_newer {
            self.keep_soon();
        }
        self.follow_anew(to);
        self.pause_in_site();
        self.show_site_editor();
        if let Some(store) = &store {
            // Where that fails, the pictures go with the old draft when it is removed for good.
            let _ = move_pictures(&**store, old.id, self.id_in_editor()).await;
            // Where that fails, the old draft is one more in the list.
            let _ = store.delete(old.id, now_ms()).await;
        }
        true
    }

    /// Notes which other files name a renamed file by its old name: the side bar asks about them.
    fn look_for_links(&self, site: &OpenSite, from: &str, to: &str) {
        let Some(session) = self.open_site.session() else { return };
        let names_it = |path: &String| path != to && changed_text(site, path, from, to).is_some();
        let files: Vec<Rc<str>> = site.paths().into_iter().filter(names_it).map(Into::into).collect();
        let renamed = RenamedFile { from: from.into(), to: to.into(), files };
        *session.renamed.borrow_mut() = Some(renamed).filter(|renamed| !renamed.files.is_empty()).map(Rc::new);
        self.refresh_side_bar();
    }

    /// The links to the file that was renamed get its new name, or stay as they are.
    pub(crate) fn answer_for_links(self: &Rc<Self>, change: bool) {
        let (Some(site), Some(session)) = (self.open_site.get(), self.open_site.session()) else { return };
        let Some(renamed) = session.renamed.take() else { return };
        let page = Rc::clone(self);
        spawn_local(async move {
            // A file in the editor is changed there, so that it can be undone.
            if change && page.settle().await {
                page.take_text_into_site();
                for path in &renamed.files {
                    page.change_links(&site, path, &renamed).await;
                }
                site.read_again();
            }
            page.refresh_side_bar();
        });
    }

    /// The text in the editor becomes this one: one step of undo.
    fn replace_text(&self, text: &str) {
        let before = self.editor.textarea.text();
        let edit = DraftEdit::between(&before, text);
        let caret = Span::at(edit.start + edit.inserted.len());
        let span = Span::new(edit.start, edit.start + edit.deleted);
        self.editor.edit(&before, &Edit { span, text: edit.inserted, selection: caret });
    }

    async fn change_links(self: &Rc<Self>, site: &Rc<OpenSite>, path: &str, renamed: &RenamedFile) {
        let Some(text) = changed_text(site, path, &renamed.from, &renamed.to) else { return };
        if self.path_in_editor().as_deref() == Some(path) {
            return self.replace_text(&text);
        }
        site.set_text(path, &text);
        if let Some(store) = self.draft.store()
            && let Err(error) = store_text(&store, site, path, &text).await
        {
            self.editor.tell("storage", Severity::Error, error.message());
        }
    }
}

/// The text of a file, with `\n` alone, in which the links to a renamed file have its new name; `None` where there are none.
fn changed_text(site: &OpenSite, path: &str, from: &str, to: &str) -> Option<String> {
    let text = LineEnds::split(&site.text(path)?).1;
    let settings = &site.site().settings;
    let below = |path| settings.files.below_source(path);
    with_new_name(&text, below(from), below(to))
}

/// A draft as that of another path, with this text; not stored yet.
fn moved(site: &OpenSite, old: &Draft, to: &str, text: &str) -> Draft {
    // A file that gets a name back which the folder still has.
    let on_disk = site.files.on_disk(to);
    let modified_ms = site.files.modified_ms(to);
    let saved = on_disk.as_ref().map(|bytes| FileVersion { hash: content_hash(bytes), modified_ms });
    let opened = on_disk.map(|bytes| LineEnds::split(&String::from_utf8_lossy(&bytes)).1.into());
    let (id, file_name) = (site.draft_id(to), Some(to.to_owned()));
    let mut draft = Draft { id, revision: 0, file_name, saved, opened, deleted_ms: None, ..old.clone() };
    draft.line_ends.follow(&old.text, text);
    (draft.text, draft.updated_ms) = (text.into(), now_ms());
    draft
}

/// Stores a draft that was that of another path. What is stored there already goes on as a draft of its
/// own. Gives the revision.
async fn store_at(store: &IndexedDb, draft: &Draft) -> Result<u64, StorageError> {
    let known = store.load(draft.id).await?;
    let expected = known.as_ref().map_or(0, |known| known.revision);
    if let Some(known) = known.filter(|known| known.deleted_ms.is_none() && known.text != draft.text) {
        store.put(&Draft { id: DraftId(random_id()), file_name: None, ..known }, 0).await?;
    }
    store.put(draft, expected).await
}

/// Stores another text of a file that is not in the editor, as if it had been written there.
async fn store_text(store: &IndexedDb, site: &OpenSite, path: &str, text: &str) -> Result<(), StorageError> {
    let id = site.draft_id(path);
    let known = store.load(id).await?;
    let expected = known.as_ref().map_or(0, |draft| draft.revision);
    let unsaved = known.filter(|draft| draft.deleted_ms.is_none() && draft.unsaved());
    let file = site.files.on_disk(path).map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
    let mut draft = match (unsaved, file) {
        (Some(draft), _) => draft,
        (None, Some(file)) => Draft::of_file(id, path.to_owned(), &file, site.files.modified_ms(path), now_ms()),
        (None, None) => Draft { file_name: Some(path.to_owned()), ..Draft::new(id, now_ms()) },
    };
    draft.line_ends.follow(&draft.text, text);
    (draft.text, draft.updated_ms) = (text.into(), now_ms());
    store.put(&draft, expected).await.map(|_| ())
}
