//! What an address on a page means: a file of the built site. In: an address as a page has it. Out: an item or a file.
//! Neighbours: `build.rs` writes the same files; the page in the browser asks for style sheets, pictures and links.

use std::collections::HashMap;

use super::model::SourceFile;
use super::rendering::{SiteItem, SiteRendering};
use crate::post::permalink::{inside, percent_bytes};
use crate::post::yaml::display;

/// A file of the built site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BuiltFile {
    /// A rendered page or document.
    Item(SiteItem),
    /// A copy.
    Copy(SourceFile),
}

impl SiteRendering {
    /// The files of the built site, by their paths below the output folder.
    pub fn built_files(&self) -> HashMap<String, BuiltFile> {
        let mut files = HashMap::new();
        for item in self.items() {
            if let Some(path) = self.output_file(item) {
                files.insert(path.trim_start_matches('/').to_owned(), BuiltFile::Item(item));
            }
        }
        for file in self.site.static_files.iter().filter(|file| file.written) {
            files.insert(file.url.file.trim_start_matches('/').to_owned(), BuiltFile::Copy(file.file.clone()));
        }
        files
    }

    /// The path below the output folder that an address on the page at `page` (its own address) leads to; `None` for an
    /// address of another site. `served` adds `index.html` and `.html`, as servers do.
    pub fn path_of(&self, address: &str, page: &str) -> Option<String> {
        let settings = &self.site.settings;
        let own = display(&settings.url);
        let address = address.split(['#', '?']).next().unwrap_or("");
        let host_relative = match address.strip_prefix(&*own).filter(|_| !own.is_empty()) {
            Some("") => "/",
            Some(rest) if rest.starts_with('/') => rest,
            _ => address,
        };
        if host_relative.starts_with("//") || host_relative.split('/').next().is_some_and(|first| first.contains(':')) {
            return None;
        }
        let base = settings.base();
        let path = match host_relative.strip_prefix('/') {
            Some(_) => host_relative.strip_prefix(&*base).unwrap_or(host_relative).to_owned(),
            None => {
                let folder = page.rfind('/').and_then(|slash| page.get(..=slash)).unwrap_or("/");
                [folder, host_relative].concat()
            }
        };
        let inner = inside(&path);
        let slash = if path.ends_with('/') && !inner.is_empty() { "/" } else { "" };
        let decoded = String::from_utf8(percent_bytes(&inner)).ok()?;
        Some([&decoded, slash].concat())
    }
}

/// The file that a server gives for a path below the output folder: itself, `index.html` in it, or with `.html`.
pub fn served<'f>(files: &'f HashMap<String, BuiltFile>, path: &str) -> Option<&'f BuiltFile> {
    let bare = path.trim_end_matches('/');
    let index = if bare.is_empty() { "index.html".to_owned() } else { [bare, "/index.html"].concat() };
    let own = if path.ends_with('/') { None } else { files.get(path) };
    own.or_else(|| files.get(&index)).or_else(|| files.get(&[bare, ".html"].concat()))
}
