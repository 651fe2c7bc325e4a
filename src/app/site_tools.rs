//! What the page does with a whole site: a part of the program that is loaded when somebody opens one. In: a wish. Out: a
//! table of functions. Neighbours: `page_controller.rs` and `page_listeners.rs` ask; `site_folder/` does it.

use std::rc::Rc;
use std::sync::OnceLock;

use wasm_bindgen_futures::spawn_local;
use web_sys::File;

use crate::app::browser::dom::style_page;
use crate::app::components::{PreviewWish, SitePreviewView};
use crate::app::page_controller::PageController;
use crate::app::page_tools::{PAGE_TOOLS, PageTools};
use crate::app::site_folder::file_list::ListedFile;
use crate::app::site_page;
use crate::app::tools::{Tools, all_tools};
use crate::post::jekyll_version::JekyllVersion;
use crate::split_point::NotLoaded;
use crate::storage::DroppedFolder;
use crate::writing::pictures::PicturePlace;

/// The functions of the part.
pub struct SiteTools {
    /// Shows the side bar, or puts it away.
    pub switch_side_bar: fn(&Rc<PageController>),
    /// A site was open at the last visit: opens it again, or offers to.
    pub come_back: fn(&Rc<PageController>),
    /// Opens a folder that was dropped.
    pub open_dropped: fn(&Rc<PageController>, DroppedFolder),
    /// Opens an archive that was dropped.
    pub open_archive: fn(&Rc<PageController>, File),
    /// Another program may have changed the folder.
    pub look_at_folder: fn(&Rc<PageController>),
    /// Typing has paused, or another draft is in the editor.
    pub pause: fn(&Rc<PageController>),
    /// The text files of the open site, as the side bar lists them.
    pub list_files: fn(&Rc<PageController>) -> Vec<ListedFile>,
    /// The paths of all files of the open site.
    pub paths: fn(&PageController) -> Vec<String>,
    /// The categories of its documents.
    pub categories: fn(&PageController) -> Vec<String>,
    /// Opens a file of the site in the editor.
    pub open_file: fn(&Rc<PageController>, Rc<str>),
    /// Saves the file in the editor, where that is done otherwise than for a single file. Whether it is done.
    pub save: fn(&Rc<PageController>) -> bool,
    /// Where the pictures of the file in the editor go, if that is one of the site's.
    pub picture_place: fn(&PageController) -> Option<PicturePlace>,
    /// Adds pictures to the site, by their paths below its source, for the file in the editor.
    pub add_pictures: fn(&Rc<PageController>, &[(String, File)]),
    /// Reads the open site as that Jekyll builds it; as its files say where none is chosen.
    pub choose_jekyll: fn(&Rc<PageController>, Option<JekyllVersion>),
    /// What the bar above the preview shows of the site.
    pub preview_view: fn(&Rc<PageController>) -> Option<SitePreviewView>,
    /// Does what the person wants of the page in the preview.
    pub carry_out_for_preview: fn(&Rc<PageController>, PreviewWish),
    /// Prints the page with its scripts. Whether it is shown with them.
    pub print: fn() -> bool,
    /// What the part `tools` has. A site needs most of it (Liquid, all forms of dates), so its part brings all of it along:
    /// then `tools` is in both, and the first load is in no more files, each of them packed by itself, than without.
    #[expect(dead_code, reason = "that it is named here makes it a part of this part")]
    pub tools: (&'static Tools, &'static PageTools),
}

fn new_site_tools() -> SiteTools {
    SiteTools {
        switch_side_bar: PageController::switch_side_bar,
        come_back: PageController::come_back_to_site,
        open_dropped: PageController::open_dropped_folder,
        open_archive: PageController::open_archive,
        look_at_folder: PageController::look_at_folder,
        pause: PageController::pause_in_site,
        list_files: |page| page.listed_site_files(),
        paths: |page| page.open_site.get().map(|site| site.paths()).unwrap_or_default(),
        categories: PageController::categories_of_site,
        open_file: PageController::open_site_file,
        save: PageController::save_in_site,
        picture_place: PageController::picture_place,
        add_pictures: PageController::add_pictures,
        choose_jekyll: PageController::choose_jekyll,
        preview_view: site_page::preview_view,
        carry_out_for_preview: site_page::carry_out_for_preview,
        print: site_page::print_with_scripts,
        tools: (all_tools(), &PAGE_TOOLS),
    }
}

/// The styles of what the part draws.
const STYLES: &str = include_str!("../../styles/site.css");

/// What is done when the part is there.
type SiteCall = Box<dyn FnOnce(&'static SiteTools, &Rc<PageController>)>;

static LOADED: OnceLock<SiteTools> = OnceLock::new();

crate::split_point! { site:
    fn site_tools() -> Result<SiteTools, NotLoaded> {
        if LOADED.get().is_none() {
            style_page(STYLES);
        }
        Ok(new_site_tools())
    }
}

impl PageController {
    /// The functions, where the part has been loaded.
    pub(crate) fn loaded_site_tools(&self) -> Option<&'static SiteTools> {
        LOADED.get()
    }

    /// Does something with the part: at once, or when it has been loaded.
    pub(crate) fn with_site_tools(self: &Rc<Self>, run: SiteCall) {
        if let Some(tools) = self.loaded_site_tools() {
            return run(tools, self);
        }
        let page = Rc::clone(self);
        spawn_local(async move {
            match site_tools().await {
                Ok(tools) => run(LOADED.get_or_init(|| tools), &page),
                Err(NotLoaded) => page.tell_part_missing(),
            }
        });
    }
}
