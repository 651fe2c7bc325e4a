//! The page of the site as it is written, for the frame that runs its scripts. In: a text that has changed. Out: HTML and
//! files for that frame. Neighbours: `page_with_scripts.rs` is the frame; `site/page_source.rs` finds the files.

use gloo::timers::callback::Timeout;
use wasm_bindgen_futures::spawn_local;

use super::other_hosts::keep_permission;
use super::{SitePage, path_here};
use crate::app::editor::page_around::{PageAround, WITHIN};
use crate::app::page_with_scripts::{PageFile, ScriptedPage, policy};
use crate::liquid::chip;
use crate::site::page_files::{BuiltFile, served};
use crate::site::page_source::{NamedContent, NamedFile, PageSource};
use crate::storage::media_type;

/// How long after the last change the page is run again, in milliseconds.
const RUN_AGAIN_MS: u32 = 500;

impl SitePage {
    /// Runs the page again with its scripts when typing pauses.
    pub(super) fn run_soon(&self) {
        let this = self.this.clone();
        *self.running.borrow_mut() = Some(Timeout::new(RUN_AGAIN_MS, move || {
            if let Some(page) = this.upgrade() {
                spawn_local(async move { page.run().await });
            }
        }));
    }

    /// Runs the page with its scripts, in their frame.
    async fn run(&self) {
        let Some(frame) = &self.scripts else { return };
        let source = self.page_source();
        let mut files = Vec::with_capacity(source.files.len());
        for file in source.files {
            files.push(match file.content {
                NamedContent::Text(text) => PageFile::Text { text, media_type: media_type(&file.path) },
                NamedContent::Folder(path) => match self.file(&path).await {
                    Some(file) => PageFile::Bytes(file),
                    None => PageFile::Missing,
                },
            });
        }
        self.ask_soon();
        // Should a script never end, the page is shown without them at the next visit.
        self.keep_scripts(false);
        let policy = policy(&self.hosts.permission.borrow());
        frame.show(ScriptedPage { path: self.path.clone(), html: source.html, files, policy });
    }

    /// The page as it is written, and the files that it names.
    fn page_source(&self) -> PageSource {
        let rendered = self.rendered.borrow();
        let html = chip::strip(&rendered.rendering.output(rendered.item));
        let mut find = |address: &str, page: &str| {
            let Some(path) = rendered.rendering.path_of(address, page) else {
                self.hosts.address(address);
                return None;
            };
            let content = match served(&rendered.built, &path)? {
                BuiltFile::Item(item) if rendered.parts.sass.is_none() && rendered.rendering.is_sass(*item) => {
                    return None;
                }
                BuiltFile::Item(item) => NamedContent::Text(chip::strip(&rendered.rendering.output(*item))),
                BuiltFile::Copy(file) if path.ends_with(".css") => match self.text(file) {
                    Some(text) => NamedContent::Text(text.to_string()),
                    None => NamedContent::Folder(path_here(file)),
                },
                BuiltFile::Copy(file) => NamedContent::Folder(path_here(file)),
            };
            Some(NamedFile { path, content })
        };
        PageSource::of(&html, &rendered.address(), &mut find)
    }

    /// Keeps whether the page runs its scripts at the next visit.
    pub(super) fn keep_scripts(&self, scripts: bool) {
        let mut permission = self.hosts.permission.borrow_mut();
        permission.scripts = scripts;
        keep_permission(&self.open.name, &permission);
    }

    /// A link in the page with scripts was followed.
    pub(super) fn open_written_link(&self, address: &str) {
        let path = {
            let rendered = self.rendered.borrow();
            rendered.rendering.path_of(address, &rendered.address())
        };
        if let Some(path) = path {
            self.open_linked(&[WITHIN, "/", &path].concat());
        }
    }
}
