//! Opening a site: its folder is read, what was written of it at an earlier visit is found again, its settings and tags
//! are used. In: a folder. Out: an `OpenSite`, and its side bar. Neighbours: `storage/` reads the folder;
//! `site_files_in_editor.rs` opens its files.

use std::collections::HashMap;
use std::rc::Rc;

use wasm_bindgen_futures::spawn_local;
use web_sys::FileList;
use yew::Callback;

use super::archive_folder::open_input;
use super::file_list::{FileGroup, ListedFile};
use super::folder_files::FolderFiles;
use super::folder_rules::{enters, holds_text, is_reached, is_text_name};
use super::open_site::OpenSite;
use crate::app::browser::dom::{document, now_seconds, sleep};
use crate::app::components::{SideBarView, SiteView, SiteWish};
use crate::app::page_controller::PageController;
use crate::app::site_parts;
use crate::code::of_later_rouge;
use crate::post::file_name::special_folder;
use crate::post::site;
use crate::site::reader::named_theme;
use crate::site::source::SiteSource;
use crate::storage::{
    Drafts, DroppedFolder, FileError, FolderForm, FolderItem, can_write_folders, choose_folder, load_jekyll_choices,
    load_site_permissions, read_files,
};
use crate::text::{Severity, order};

/// So many files are read at the same time.
const AT_THE_SAME_TIME: usize = 48;

impl PageController {
    /// Shows the side bar, or puts it away.
    pub(crate) fn switch_side_bar(self: &Rc<Self>) {
        let Some(session) = self.open_site.session() else { return };
        if session.side_bar.is_shown() {
            session.side_bar.hide();
        } else {
            self.show_side_bar();
        }
        // The panes have another width.
        self.editor.want_editor_scroll();
    }

    /// Shows the side bar with what is known now.
    pub(crate) fn show_side_bar(self: &Rc<Self>) {
        let Some(session) = self.open_site.session() else { return };
        let page = Rc::downgrade(self);
        let on_wish = Callback::from(move |wish| {
            if let Some(page) = page.upgrade() {
                page.carry_out_for_site(wish);
            }
        });
        session.side_bar.show(self.side_bar_view(), on_wish);
    }

    /// Brings the side bar to what is known now.
    pub(crate) fn refresh_side_bar(&self) {
        if let Some(session) = self.open_site.session().filter(|session| session.side_bar.is_shown()) {
            session.side_bar.update(self.side_bar_view());
        }
    }

    fn side_bar_view(&self) -> SideBarView {
        let session = self.open_site.session();
        if let Some((found, read)) = session.as_ref().and_then(|session| session.reading.get()) {
            return SideBarView::Reading { found, read };
        }
        match self.open_site.get() {
            Some(site) => {
                let current = self.path_in_editor();
                SideBarView::Open(Rc::new(SiteView {
                    name: site.name.as_str().into(),
                    groups: self.site_groups(&site),
                    is_draft: current.as_deref().and_then(special_folder) == Some("_drafts"),
                    suggested_paths: self.suggested_paths(&site).into_iter().map(Into::into).collect(),
                    renamed: session.as_ref().and_then(|session| session.renamed.borrow().clone()),
                    current: current.map(Into::into),
                    unsaved: site.files.changed().len() + site.files.removed().len() + site.pictures_to_save().len(),
                    missing_theme: site.missing_theme().map(Into::into),
                    themes: session.map(|session| session.themes.borrow().clone()).unwrap_or_default(),
                    writes: site.directory.is_some(),
                    permission: load_site_permissions().of(&site.name),
                }))
            }
            None => SideBarView::Closed { last: self.last_site(), picker: can_write_folders() },
        }
    }

    /// The files of the site as they are listed.
    pub(crate) fn site_groups(&self, site: &OpenSite) -> Vec<FileGroup> {
        let session = self.open_site.session();
        session.map(|session| session.lister.groups(&site.files, &site.site(), now_seconds())).unwrap_or_default()
    }

    /// The files of the open site as they are listed.
    pub(crate) fn listed_site_files(&self) -> Vec<ListedFile> {
        let groups = self.open_site.get().map(|site| self.site_groups(&site)).unwrap_or_default();
        groups.into_iter().flat_map(|group| group.files).collect()
    }

    fn carry_out_for_site(self: &Rc<Self>, wish: SiteWish) {
        match wish {
            SiteWish::Hide => self.switch_side_bar(),
            SiteWish::Choose => self.choose_folder(),
            SiteWish::Files(files) => self.open_chosen(files),
            SiteWish::GiveTheme(files) => self.take_theme(files),
            SiteWish::ForgetTheme(name) => self.forget_theme(name),
            SiteWish::OpenFile(path) => self.open_site_file(path),
            SiteWish::OpenLast => self.open_last_folder(),
            SiteWish::New { title, is_draft } => self.compose(&title, is_draft),
            SiteWish::Publish => self.publish(),
            SiteWish::Rename(path) => self.rename_site_file(&path),
            SiteWish::AnswerForLinks(change) => self.answer_for_links(change),
            SiteWish::Save => self.save_site_files(),
            SiteWish::Forget => self.forget_site(),
        }
    }

    fn choose_folder(self: &Rc<Self>) {
        let page = Rc::clone(self);
        spawn_local(async move {
            match choose_folder().await {
                Ok(Some(handle)) => page.open_folder(FolderForm::Handle(handle)),
                Ok(None) => {}
                Err(error) => page.tell_of_site(&error),
            }
        });
    }

    pub(crate) fn tell_of_site(&self, error: &FileError) {
        self.editor.tell("site-folder", Severity::Error, error.message());
    }

    /// Opens a folder that was dropped.
    pub(crate) fn open_dropped_folder(self: &Rc<Self>, folder: DroppedFolder) {
        let page = Rc::clone(self);
        spawn_local(async move {
            let form = folder.form().await;
            page.open_or_give(form, false).await;
        });
    }

    /// Opens what an input gave: a folder, or an archive of one.
    fn open_chosen(self: &Rc<Self>, files: FileList) {
        let page = Rc::clone(self);
        spawn_local(async move {
            match open_input(files).await {
                Ok(form) => page.open_folder(form),
                Err(error) => page.tell_of_site(&error),
            }
        });
    }

    /// Reads a folder, and opens the site in it.
    pub(crate) fn open_folder(self: &Rc<Self>, form: FolderForm) {
        let Some(session) = self.open_site.session() else { return };
        if session.reading.get().is_some() {
            return;
        }
        session.reading.set(Some((0, 0)));
        self.show_side_bar();
        let page = Rc::clone(self);
        spawn_local(async move {
            let read = page.read_folder(&form).await;
            session.reading.set(None);
            match read {
                Ok(site) => page.show_site(site).await,
                Err(error) => {
                    page.tell_of_site(&error);
                    page.refresh_side_bar();
                }
            }
        });
    }

    fn show_progress(&self, found: usize, read: usize) {
        if let Some(session) = self.open_site.session() {
            session.reading.set(Some((found, read)));
            session.side_bar.update(SideBarView::Reading { found, read });
        }
    }

    /// Reads the files of a folder: the settings first, as they say where the built pages lie.
    async fn read_folder(&self, form: &FolderForm) -> Result<OpenSite, FileError> {
        let mut items = form.list(&|folder| enters(folder, ""), &|found| self.show_progress(found, 0)).await?;
        order::sort_by(&mut items, |(one, _), (other, _)| {
            let is_other = |path: &str| path != "_config.yml";
            is_other(one).cmp(&is_other(other)).then_with(|| one.cmp(other))
        });
        if items.iter().any(|(path, _)| site_parts::is_sass_file(path)) {
            // It is loaded while the files are read.
            spawn_local(async {
                let _ = site_parts::load_sass().await;
            });
        }
        let files = FolderFiles::default();
        let mut destination = String::new();
        let (texts, others): (Vec<_>, Vec<_>) = items.iter().cloned().partition(|(path, _)| is_text_name(path));
        let mut done = others.len();
        for (path, _) in others.iter().filter(|(path, _)| is_reached(path, "")) {
            files.found_other(path, None);
        }
        let settings_first = texts.first().is_some_and(|(path, _)| path == "_config.yml");
        let (settings, rest) = texts.split_at(usize::from(settings_first));
        for chunk in std::iter::once(settings).chain(rest.chunks(AT_THE_SAME_TIME)) {
            let wanted: Vec<(String, FolderItem)> =
                chunk.iter().filter(|(path, _)| is_reached(path, &destination)).cloned().collect();
            for file in read_files(&wanted, &|path, bytes, _| holds_text(path, bytes)).await {
                match file.bytes {
                    Some(bytes) => files.read_text(&file.path, bytes, Some(file.modified_ms)),
                    None => files.found_other(&file.path, Some(file.modified_ms)),
                }
            }
            if let Some(bytes) = files.read("_config.yml").filter(|_| destination.is_empty()) {
                destination = site::read(&String::from_utf8_lossy(&bytes)).settings.files.destination;
            }
            done += chunk.len();
            self.show_progress(items.len(), done);
        }
        let directory = match form {
            FolderForm::Handle(handle) => Some(handle.clone()),
            FolderForm::Files(_) | FolderForm::Entry(_) | FolderForm::Archive(_) => None,
        };
        let items: HashMap<String, FolderItem> = items.into_iter().collect();
        let files = Rc::new(files);
        self.find_unsaved_texts(&form.name(), &files).await;
        OpenSite::rename_again(&form.name(), &files);
        let wanted = named_theme(&*files).map(|theme| theme.wanted).unwrap_or_default();
        let theme = if wanted.is_empty() { None } else { self.find_theme(&wanted, &files).await };
        if let Some(session) = self.open_site.session() {
            *session.theme_looked_for.borrow_mut() = wanted;
        }
        self.list_themes().await;
        let chosen = load_jekyll_choices().of(&form.name());
        let site = OpenSite::of(form.name(), files, directory, items, theme, chosen);
        self.find_pictures(&site).await;
        // The first page is shown as a whole. What does not arrive now is asked for again with that page.
        let _ = site_parts::load_for(&site.site()).await;
        Ok(site)
    }

    /// Puts what was written at an earlier visit, and is not in the folder, into the files of the folder of that name.
    async fn find_unsaved_texts(&self, name: &str, files: &FolderFiles) {
        let Some(store) = self.draft.store() else { return };
        let Ok(listing) = store.list().await else { return };
        for summary in listing.drafts.iter().filter(|draft| draft.deleted_ms.is_none() && draft.unsaved) {
            let Some(path) = &summary.file_name else { continue };
            if OpenSite::draft_id_in(name, path) == summary.id
                && let Ok(Some(draft)) = store.load(summary.id).await
            {
                files.set_text(path, &draft.text);
            }
        }
    }

    /// Uses what was read, and opens a file of it where the editor holds nothing that was written.
    async fn show_site(self: &Rc<Self>, site: OpenSite) {
        let site = Rc::new(site);
        self.open_site.set(Some(Rc::clone(&site)));
        if let Some(session) = self.open_site.session() {
            session.asked.take();
        }
        if let Some(body) = document().body() {
            let _ = body.set_attribute("data-site", "open");
        }
        self.use_site_settings(&site);
        // The posts are listed before the first page is made.
        self.refresh_side_bar();
        sleep(0).await;
        self.remember_site(&site).await;
        let first = || self.site_groups(&site).first().and_then(first_post);
        let untouched =
            self.draft.with_draft(|draft| draft.revision == 0 && draft.file_name.is_none()) && self.draft.is_safe();
        let path = self.path_in_editor().map(Into::into).or_else(|| if untouched { first() } else { None });
        // The list is there already: a file may have been chosen from it.
        let asked = self.open_site.session().is_some_and(|session| session.asked.borrow().is_some());
        if let Some(path) = path.filter(|_| !asked) {
            self.show_site_file(&site, &path).await;
        }
    }

    /// The settings and the tags of the site are those of the page.
    pub(crate) fn use_site_settings(self: &Rc<Self>, site: &OpenSite) {
        self.set_site_and_jekyll(site.text("_config.yml").unwrap_or_default().into(), site.jekyll());
        let tags = named_in(site, "tags");
        *self.editor.diagnostics.known_tags.borrow_mut() = tags.into();
        self.tell_what_differs(site);
    }

    /// The categories of the documents of the open site.
    pub(crate) fn categories_of_site(&self) -> Vec<String> {
        self.open_site.get().map(|site| named_in(&site, "categories")).unwrap_or_default()
    }

    /// Tells of what the preview cannot show as the site is built.
    fn tell_what_differs(self: &Rc<Self>, site: &OpenSite) {
        self.look_for_theme(site);
        if let Some(later) = site.text("Gemfile.lock").and_then(|lock| of_later_rouge(&lock)) {
            self.editor.tell("rouge", Severity::Note, later.message);
        }
    }
}

/// The newest post that is published; the first one where none is.
fn first_post(group: &FileGroup) -> Option<Rc<str>> {
    let published = group.files.iter().find(|file| file.mark.is_none());
    published.or_else(|| group.files.first()).map(|file| Rc::clone(&file.path))
}

/// What the lists of that name in the documents of the site hold, each thing once.
fn named_in(site: &OpenSite, key: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for document in &site.site().documents {
        let named = document.data.get(key).and_then(|named| named.as_sequence());
        for name in named.into_iter().flatten().filter_map(|name| name.as_str()) {
            if !found.iter().any(|known| known == name) {
                found.push(name.to_owned());
            }
        }
    }
    found
}
