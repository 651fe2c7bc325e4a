//! Files of the open site in the editor: each is a draft of its own, so that nothing is lost. In: a path. Out: the draft
//! in the editor; what is written in it, in the site's files. Neighbours: `open_site.rs` holds the files; `drafts/` keeps
//! the drafts.

use std::rc::Rc;

use wasm_bindgen_futures::spawn_local;

use super::file_list::is_post;
use super::open_site::{OpenSite, has_item};
use crate::app::browser::dom::{document, now_ms};
use crate::app::drafts::current_draft::OtherVersion;
use crate::app::page_controller::PageController;
use crate::app::site_page;
use crate::app::state::{Action, Versions, View};
use crate::storage::{Draft, Drafts, OpenedFile, content_hash, decode};
use crate::text::{LineEnds, Severity};

impl PageController {
    /// The path of the site's file whose draft is in the editor, if it is one.
    pub(crate) fn path_in_editor(&self) -> Option<String> {
        let site = self.open_site.get()?;
        let (id, name) = self.draft.with_draft(|draft| (draft.id, draft.file_name.clone()));
        name.filter(|name| site.draft_id(name) == id)
    }

    /// Opens a file of the site in the editor.
    pub(crate) fn open_site_file(self: &Rc<Self>, path: Rc<str>) {
        let Some(site) = self.open_site.get() else { return };
        self.ask_for(&path);
        if self.path_in_editor().as_deref() == Some(&*path) {
            return self.show_site_editor();
        }
        let page = Rc::clone(self);
        spawn_local(async move {
            if page.settle().await && page.is_asked_for(&path) {
                page.take_text_into_site();
                site.read_changes();
                page.show_site_file(&site, &path).await;
            }
        });
    }

    fn ask_for(&self, path: &str) {
        if let Some(session) = self.open_site.session() {
            *session.asked.borrow_mut() = Some(path.into());
        }
    }

    fn is_asked_for(&self, path: &str) -> bool {
        self.open_site.session().is_some_and(|session| session.asked.borrow().as_deref() == Some(path))
    }

    /// On a phone, the editor is seen instead of the side bar.
    pub(crate) fn show_site_editor(self: &Rc<Self>) {
        if self.is_narrow() {
            if let Some(session) = self.open_site.session() {
                session.side_bar.hide();
            }
            self.editor.dispatch.dispatch(Action::Show(View::Editor));
        }
        self.editor.textarea.focus_quietly();
    }

    /// Puts a file into the editor, in place of a draft that is settled; not where another file is asked for meanwhile.
    pub(crate) async fn show_site_file(self: &Rc<Self>, site: &Rc<OpenSite>, path: &str) {
        self.ask_for(path);
        let id = site.draft_id(path);
        let on_disk = match site.files.on_disk(path).map(|bytes| decode(bytes.to_vec())) {
            Some(Ok(text)) => Some(text),
            Some(Err(error)) => {
                return self.editor.tell("file", Severity::Error, error.message());
            }
            None => None,
        };
        let stored = match self.draft.store() {
            Some(store) => store.load(id).await.ok().flatten(),
            None => None,
        };
        let revision = stored.as_ref().map_or(0, |draft| draft.revision);
        let modified_ms = site.files.modified_ms(path);
        let written = stored.filter(|draft| draft.deleted_ms.is_none());
        let (draft, theirs) = match (written, on_disk) {
            (Some(draft), None) => (draft, None),
            (Some(draft), Some(text)) if draft.unsaved() => {
                let hash = content_hash(text.as_bytes());
                let differs = draft.saved.is_none_or(|saved| saved.hash != hash) && draft.file() != text;
                (draft, differs.then_some(text))
            }
            (written, Some(text)) => {
                let mut draft = Draft::of_file(id, path.to_owned(), &text, modified_ms, now_ms());
                if let Some(written) = written.filter(|written| written.text == draft.text) {
                    draft.caret = written.caret;
                    draft.editor_scroll = written.editor_scroll;
                }
                (draft, None)
            }
            (None, None) => {
                let mut draft = Draft::new(id, now_ms());
                draft.file_name = Some(path.to_owned());
                draft.text = site.text(path).map(|text| LineEnds::split(&text).1).unwrap_or_default().into();
                (draft, None)
            }
        };
        let draft = Draft { revision, ..draft };
        let (mine, is_new) = (Rc::clone(&draft.text), draft.saved.is_none());
        // Last of all: what is typed while the other draft is read is stored, too.
        if !self.settle().await || !self.is_asked_for(path) {
            return;
        }
        self.take_text_into_site();
        self.editor.dispatch.dispatch(Action::Dismiss("file"));
        self.set_text_only(!has_page(site, path));
        self.show_draft(draft, revision > 0);
        self.follow_in_preview(Some(path));
        *self.file.handle.borrow_mut() = site.handle(path);
        if is_new {
            self.keep_soon();
        }
        self.show_site_editor();
        self.refresh_side_bar();
        if let Some(theirs) = theirs {
            let versions = Versions { mine, theirs: theirs.as_str().into(), theirs_id: "".into(), on_disk: true };
            let modified_ms = modified_ms.unwrap_or_default();
            let file = OpenedFile { name: path.to_owned(), text: theirs, modified_ms, handle: site.handle(path) };
            self.draft.set_theirs(OtherVersion::File(file));
            self.with_tools(move |_, page| page.editor.dispatch.dispatch(Action::Versions(versions)));
        }
    }

    /// The text in the editor is the one of its file in the site.
    pub(crate) fn take_text_into_site(&self) {
        let (Some(site), Some(path)) = (self.open_site.get(), self.path_in_editor()) else { return };
        let text = self.editor.textarea.text();
        site.set_text(&path, &text);
        let saved = self.draft.with_draft(|draft| draft.saved_as(&text));
        if let Some(saved) = saved.filter(|_| site.files.is_changed(&path)) {
            site.files.saved(&path, saved.modified_ms);
        }
    }

    /// Typing has paused, or another draft is in the editor.
    pub(crate) fn pause_in_site(self: &Rc<Self>) {
        let Some(site) = self.open_site.get() else { return };
        self.take_text_into_site();
        let path = self.path_in_editor();
        self.set_text_only(path.as_ref().is_some_and(|path| !has_page(&site, path)));
        let other_settings = match path.as_deref() {
            Some("_config.yml") => site.text("_config.yml").is_some_and(|text| *text != *self.site.text()),
            Some("Gemfile" | "Gemfile.lock") => site.jekyll() != self.site.jekyll(),
            _ => false,
        };
        if other_settings {
            site.read_again();
            self.use_site_settings(&site);
        }
        self.follow_in_preview(path.as_deref());
        self.refresh_side_bar();
    }

    /// The preview shows the page of that file from now on, or the post alone.
    pub(crate) fn follow_in_preview(self: &Rc<Self>, path: Option<&str>) {
        let Some(session) = self.open_site.session() else { return };
        let wanted = (path.map(str::to_owned), self.editor.dialects());
        if session.followed.replace(wanted.clone()) != wanted {
            site_page::follow(self, path);
        }
    }

    /// The same after the site's files have changed.
    pub(crate) fn follow_anew(self: &Rc<Self>, path: &str) {
        if let Some(session) = self.open_site.session() {
            session.followed.replace((None, self.editor.dialects()));
        }
        self.follow_in_preview(Some(path));
    }

    /// Whether the file in the editor has no page of its own.
    pub(crate) fn set_text_only(&self, text_only: bool) {
        if self.open_site.set_text_only(text_only)
            && let Some(body) = document().body()
        {
            let _ = match text_only {
                true => body.set_attribute("data-file", "text"),
                false => body.remove_attribute("data-file"),
            };
        }
    }
}

/// Whether Jekyll makes a page of the file: of a post or a draft, a page, a document of a collection.
fn has_page(site: &OpenSite, path: &str) -> bool {
    let site = site.site();
    let below = site.settings.files.below_source(path);
    let style = [".scss", ".sass", ".css", ".js", ".json", ".xml", ".txt"].iter().any(|end| path.ends_with(end));
    (is_post(below) || has_item(&site, path)) && !style
}
