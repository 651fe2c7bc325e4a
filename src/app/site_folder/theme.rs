//! The theme of the open site, where it is not in the site's folder: found among those that a person gave, or that the
//! build has; taken from a folder or an archive. In: the name in the settings. Out: files below the site's own.
//! Neighbours: `open_site.rs` reads the site with them; `site/theme.rs` says which files of a theme count.

use std::rc::Rc;

use js_sys::{Array, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{File, FileList, Response};

use super::archive_folder::{open_archive, open_input};
use super::folder_files::FolderFiles;
use super::folder_rules::enters;
use super::open_site::{OpenSite, SiteTheme};
use crate::app::browser::dom::window;
use crate::app::page_controller::PageController;
use crate::app::state::Action;
use crate::code::gem_version;
use crate::site::source::{MemorySource, SiteSource};
use crate::site::theme;
use crate::storage::{FileError, FolderForm, new_file, read_files};
use crate::text::Severity;

/// The theme that the build lays beside the page (scripts/toolchain.sh), and where it is.
const BUILT_IN: (&str, &str) = ("minima", "themes/minima-2.5.1");

/// The most files of a theme, and the most bytes in all of them.
const MOST_FILES: usize = 5_000;
const MOST_BYTES: f64 = 50_000_000.0;

/// So many files are read at the same time.
const AT_THE_SAME_TIME: usize = 48;

impl PageController {
    /// The theme of that name: one that was given, or the build's, unless the site's `Gemfile.lock` has it in another
    /// version.
    pub(crate) async fn find_theme(&self, wanted: &str, site: &FolderFiles) -> Option<SiteTheme> {
        let lock =
            site.read("Gemfile.lock").map(|lock| String::from_utf8_lossy(&lock).into_owned()).unwrap_or_default();
        let version = lock.lines().find_map(|line| gem_version(line, BUILT_IN.0));
        let kept = match self.draft.store() {
            Some(store) => store.theme(wanted).await.ok().and_then(|stored| of_stored(&stored)),
            None => None,
        };
        let files = match kept {
            Some(files) => files,
            None if wanted == BUILT_IN.0 && version.is_none_or(|version| version.starts_with("2.5.")) => {
                built_in().await?
            }
            None => return None,
        };
        Some(SiteTheme { wanted: wanted.to_owned(), files: files.into() })
    }

    /// Looks for the theme that the settings name, once; tells that it is missing where it is not found.
    pub(crate) fn look_for_theme(self: &Rc<Self>, site: &OpenSite) {
        let (Some(open), Some(session)) = (self.open_site.get(), self.open_site.session()) else { return };
        let Some(wanted) = site.missing_theme() else {
            return self.editor.dispatch.dispatch(Action::Dismiss("theme"));
        };
        if session.theme_looked_for.replace(wanted.clone()) == wanted {
            let text = [
                "The site’s theme `",
                &wanted,
                "` is not here, so its layouts and styles are missing. Give it in the side bar.",
            ];
            return self.editor.tell("theme", Severity::Note, text.concat());
        }
        let page = Rc::clone(self);
        spawn_local(async move {
            let found = page.find_theme(&wanted, &open.files).await;
            page.use_theme(&open, found);
        });
    }

    /// Takes what an input gave as the theme that is missing.
    pub(crate) fn take_theme(self: &Rc<Self>, files: FileList) {
        let page = Rc::clone(self);
        spawn_local(async move {
            match open_input(files).await {
                Ok(form) => page.give_theme(&form).await,
                Err(error) => page.tell_of_theme(&error),
            }
        });
    }

    /// Takes a folder or an archive as the theme that is missing, and keeps it for all sites with that theme.
    pub(crate) async fn give_theme(self: &Rc<Self>, form: &FolderForm) {
        let Some(site) = self.open_site.get() else { return };
        let Some(wanted) = site.missing_theme() else { return };
        let files = match read_theme(form).await {
            Ok(files) => files,
            Err(error) => return self.tell_of_theme(&error),
        };
        self.editor.dispatch.dispatch(Action::Dismiss("theme"));
        if let Some(store) = self.draft.store()
            && store.keep_theme(&wanted, &to_stored(&files)).await.is_err()
        {
            let text = "The theme is used now, but the browser could not keep it for the next visit.";
            self.editor.tell("theme-kept", Severity::Warning, text);
        }
        self.list_themes().await;
        self.use_theme(&site, Some(SiteTheme { wanted, files: files.into() }));
    }

    /// Keeps a theme no longer. A site with it is shown without it.
    pub(crate) fn forget_theme(self: &Rc<Self>, name: Rc<str>) {
        let page = Rc::clone(self);
        spawn_local(async move {
            if let Some(store) = page.draft.store() {
                // What cannot be removed stays in the list.
                let _ = store.keep_theme(&name, &JsValue::UNDEFINED).await;
            }
            page.list_themes().await;
            match page.open_site.get() {
                Some(site) if site.theme().is_some_and(|theme| *theme.wanted == *name) => {
                    page.use_theme(&site, page.find_theme(&name, &site.files).await);
                }
                _ => page.refresh_side_bar(),
            }
        });
    }

    /// Notes the names of the themes that are kept.
    pub(crate) async fn list_themes(&self) {
        let names = match self.draft.store() {
            Some(store) => store.theme_names().await.unwrap_or_default(),
            None => Vec::new(),
        };
        if let Some(session) = self.open_site.session() {
            *session.themes.borrow_mut() = names.into_iter().map(Into::into).collect();
        }
    }

    /// The site is shown with this theme from now on, or without any.
    fn use_theme(self: &Rc<Self>, site: &Rc<OpenSite>, theme: Option<SiteTheme>) {
        // Another site may have been opened meanwhile.
        if !self.open_site.get().is_some_and(|open| Rc::ptr_eq(&open, site)) {
            return;
        }
        self.take_text_into_site();
        site.set_theme(theme);
        self.show_site_anew(site);
    }

    fn tell_of_theme(&self, error: &FileError) {
        let message = match error {
            FileError::Other(reason) => ["This cannot be used as the theme: ", reason, "."].concat(),
            error => error.message(),
        };
        self.editor.tell("theme", Severity::Error, message);
    }

    /// Takes an archive that was dropped: the theme that the open site lacks, or a site.
    pub(crate) fn open_archive(self: &Rc<Self>, file: File) {
        let page = Rc::clone(self);
        spawn_local(async move {
            let is_gem = file.name().ends_with(".gem");
            match open_archive(file).await {
                Ok(archive) => page.open_or_give(archive, is_gem).await,
                Err(error) => page.tell_of_site(&error),
            }
        });
    }

    /// Takes a folder or an archive that was dropped: the theme that the open site lacks, or a site.
    pub(crate) async fn open_or_give(self: &Rc<Self>, form: FolderForm, is_gem: bool) {
        let lacks = self.open_site.get().is_some_and(|site| site.missing_theme().is_some());
        if lacks && (is_gem || is_theme(&form).await) {
            self.give_theme(&form).await;
        } else if is_gem {
            self.editor.tell("theme", Severity::Note, "A .gem is a theme. Open a site first whose theme is missing.");
        } else {
            self.open_folder(form);
        }
    }
}

/// Whether a folder or an archive is a theme rather than a site.
async fn is_theme(form: &FolderForm) -> bool {
    let items = form.list(&|folder| enters(folder, ""), &|_| ()).await.unwrap_or_default();
    theme::is_theme(items.iter().map(|(path, _)| path.as_str()))
}

/// The files of the theme that the build has, if it has one.
async fn built_in() -> Option<MemorySource> {
    let response: Response = JsFuture::from(window().fetch_with_str(BUILT_IN.1)).await.ok()?.unchecked_into();
    let bytes = JsFuture::from(response.array_buffer().ok().filter(|_| response.ok())?).await.ok()?;
    let file = new_file(&bytes, BUILT_IN.0, 0.0).ok()?;
    read_theme(&open_archive(file).await.ok()?).await.ok()
}

/// Reads the files of a theme.
async fn read_theme(form: &FolderForm) -> Result<MemorySource, FileError> {
    let mut items = form.list(&|folder| enters(folder, ""), &|_| ()).await?;
    items.retain(|(path, _)| theme::has_file(path));
    let other = |text: &str| Err(FileError::Other(text.to_owned()));
    if !items.iter().any(|(path, _)| path.contains('/')) {
        return other("there is no folder _layouts, _includes, _sass or assets in it");
    }
    if items.len() > MOST_FILES {
        return other("it has more than 5,000 files");
    }
    let mut files = MemorySource::default();
    let (mut count, mut bytes) = (0, 0.0);
    for chunk in items.chunks(AT_THE_SAME_TIME) {
        for file in read_files(chunk, &|_, size, _| size <= MOST_BYTES).await {
            let Some(read) = file.bytes else { return other("it has more than 50 MB") };
            bytes += read.len() as f64;
            count += 1;
            files.insert(&file.path, read, None);
        }
        if bytes > MOST_BYTES {
            return other("it has more than 50 MB");
        }
    }
    if count < items.len() { other("not all of its files can be read") } else { Ok(files) }
}

/// The files of a theme as they are stored: pairs of a path and bytes.
fn to_stored(files: &MemorySource) -> JsValue {
    let pair = |path: String| {
        let bytes = files.read(&path)?;
        Some(Array::of2(&path.into(), &Uint8Array::from(&*bytes)))
    };
    files.paths().into_iter().filter_map(pair).collect::<Array>().into()
}

fn of_stored(stored: &JsValue) -> Option<MemorySource> {
    let mut files = MemorySource::default();
    for pair in stored.dyn_ref::<Array>()?.iter() {
        let pair: Array = pair.dyn_into().ok()?;
        files.insert(&pair.get(0).as_string()?, pair.get(1).dyn_into::<Uint8Array>().ok()?.to_vec(), None);
    }
    Some(files)
}
