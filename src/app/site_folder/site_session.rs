//! All that the part `site` keeps while the page is open. In: nothing. Out: the open site, its side bar. Neighbours:
//! `current_site.rs` holds it for the page.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use web_sys::FileSystemDirectoryHandle;

use super::file_list::FileLister;
use super::open_site::OpenSite;
use super::side_bar_host::SideBarHost;
use crate::app::components::RenamedFile;
use crate::storage::Dialects;

/// The open site and its side bar.
#[derive(Default)]
pub struct SiteSession {
    /// The site, if one is open.
    pub open: RefCell<Option<Rc<OpenSite>>>,
    /// Its side bar.
    pub side_bar: SideBarHost,
    /// Makes the list in it.
    pub lister: FileLister,
    /// How many files have been found, and how many of them read, while a folder is being read.
    pub reading: Cell<Option<(usize, usize)>>,
    /// The path of the file whose page the preview follows, and the dialects that it is shown in.
    pub followed: RefCell<(Option<String>, Dialects)>,
    /// The path of the file that was asked for last. It comes into the editor, and none that was asked for before.
    pub asked: RefCell<Option<Rc<str>>>,
    /// The folder of the last visit, where the browser can open it again.
    pub last_folder: RefCell<Option<FileSystemDirectoryHandle>>,
    /// The theme that was looked for last.
    pub theme_looked_for: RefCell<String>,
    /// The names of the themes that are kept.
    pub themes: RefCell<Vec<Rc<str>>>,
    /// The file that was renamed last, where others name it by its old name.
    pub renamed: RefCell<Option<Rc<RenamedFile>>>,
    /// Whether the folder is being looked at for what other programs have changed.
    pub looking: Cell<bool>,
}
