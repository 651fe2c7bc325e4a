//! All pages of a site, as `jekyll build` writes them. In: a rendering. Out: paths below the output folder, and what is
//! written there. Neighbours: `rendering.rs` renders; the command line writes.

use std::collections::HashMap;
use std::rc::Rc;

use super::model::SourceFile;
use super::rendering::{SiteItem, SiteRendering};
use crate::liquid::chip;

/// What is written to one path.
#[derive(Clone, Debug)]
pub enum Written {
    /// A rendered text.
    Text(Rc<str>),
    /// A copy of a file of the site or of its theme.
    Copy(SourceFile),
}

/// A file that Jekyll writes.
#[derive(Clone, Debug)]
pub struct PlannedFile {
    /// Its path below the output folder.
    pub path: String,
    /// What it is made of.
    pub from: FileOrigin,
    /// Whether it stays: Jekyll writes a later file to the same path if not.
    pub stays: bool,
}

/// What a file of the built site is made of.
#[derive(Clone, Debug)]
pub enum FileOrigin {
    /// A document or a page.
    Item(SiteItem),
    /// A copy of a file of the site or of its theme.
    Copy(SourceFile),
}

impl SiteRendering {
    /// Every file of the built site, in Jekyll's order. Nothing is rendered.
    pub fn plan(&self) -> Vec<PlannedFile> {
        // Jekyll renders documents that it does not write, too; here they are when another one reads them.
        let items = self.items().into_iter().filter_map(|item| Some((self.output_file(item)?, FileOrigin::Item(item))));
        let copies = self.site.static_files.iter().filter(|file| file.written);
        let copies = copies.map(|file| (file.url.file.clone(), FileOrigin::Copy(file.file.clone())));
        let files: Vec<(String, FileOrigin)> = items.chain(copies).collect();
        let last: HashMap<&str, usize> =
            files.iter().enumerate().map(|(index, (path, _))| (path.trim_start_matches('/'), index)).collect();
        let stays: Vec<bool> = files
            .iter()
            .enumerate()
            .map(|(index, (path, _))| last.get(path.trim_start_matches('/')) == Some(&index))
            .collect();
        files.into_iter().zip(stays).map(|((path, from), stays)| PlannedFile { path, from, stays }).collect()
    }

    /// The text of the file that an item is written to: the tags that are not known here stand as they are written.
    pub fn written_text(&self, item: SiteItem) -> Rc<str> {
        let output = self.output(item);
        if chip::any(&output) { chip::plain_html(&output).into() } else { output }
    }

    /// Every file of the built site, in Jekyll's order: where two have one path, the last one stays.
    pub fn write_all(&self, mut write: impl FnMut(&str, Written)) {
        for file in self.plan() {
            write(
                &file.path,
                match file.from {
                    FileOrigin::Item(item) => Written::Text(self.written_text(item)),
                    FileOrigin::Copy(from) => Written::Copy(from),
                },
            );
        }
    }

    /// The path that an item is written to; `None` for one that is not written.
    pub fn output_file(&self, item: SiteItem) -> Option<String> {
        match item {
            SiteItem::Document(document) => {
                let document = self.site.documents.get(document)?;
                document.written.then(|| document.url.file.clone())
            }
            SiteItem::Page(page) => {
                let entry = self.pages.get(page).filter(|entry| entry.appears_after.is_none())?;
                Some(entry.page.url.file.clone())
            }
            SiteItem::Excerpt(_) | SiteItem::PageExcerpt(_) => None,
        }
    }

    /// The address of an item, from the site's root on.
    pub fn address(&self, item: SiteItem) -> Option<String> {
        match item {
            SiteItem::Document(document) => Some(self.site.documents.get(document)?.url.path.clone()),
            SiteItem::Page(page) => Some(self.pages.get(page)?.page.url.path.clone()),
            SiteItem::Excerpt(_) | SiteItem::PageExcerpt(_) => None,
        }
    }

    /// What stands before the body of an item in its file, line ends as `\n`.
    pub fn before_body(&self, item: SiteItem) -> String {
        let before = self.source(item).and_then(|source| source.text.get(..source.body.start)).unwrap_or("");
        before.trim_start_matches('\u{FEFF}').replace("\r\n", "\n")
    }

    /// The path of the file of an item, from the site's folder on; `None` where no file of the site's own is.
    pub fn source_path(&self, item: SiteItem) -> Option<&str> {
        let file = self.file(item).filter(|file| !file.from_theme && !file.path.is_empty())?;
        Some(&file.path)
    }

    /// Whether an item is written in Sass, by the site or its theme.
    pub fn is_sass(&self, item: SiteItem) -> bool {
        self.file(item).is_some_and(|file| [".scss", ".sass"].iter().any(|end| file.path.ends_with(end)))
    }

    /// From now on contents come from `contents`, too, and go there.
    #[cfg(not(target_arch = "wasm32"))]
    pub fn share(&self, contents: std::sync::Arc<super::shared_contents::SharedContents<SiteItem>>) {
        // A second call changes nothing.
        drop(self.shared.set(contents));
    }

    /// Whether an item is a style sheet of Sass without tags of Liquid: it can be compiled before all other items.
    pub fn is_plain_sass(&self, item: SiteItem) -> bool {
        let is_sass = matches!(self.path(item).1, ".scss" | ".sass");
        is_sass && self.source(item).is_some_and(|source| !source.body().contains("{%"))
    }

    /// What `include_cached` has kept: the page that asks first decides what all later ones get, so that threads must
    /// have come to the same.
    pub fn kept_includes(&self) -> HashMap<String, String> {
        let kept = self.cached_includes.borrow();
        kept.iter().map(|(key, kept)| (key.clone(), kept.text.to_string())).collect()
    }
}
