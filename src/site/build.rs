//! All pages of a site, as `jekyll build` writes them. In: a rendering. Out: paths below the output folder, and what is
//! written there. Neighbours: `rendering.rs` renders; the command line writes.

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

impl SiteRendering {
    /// Every file of the built site, in Jekyll's order: where two have one path, the last one stays.
    pub fn write_all(&self, mut write: impl FnMut(&str, Written)) {
        for item in self.items() {
            // Jekyll renders documents that it does not write, too; here they are when another one reads them.
            if let Some(path) = self.output_file(item) {
                let output = self.output(item);
                let output = if chip::any(&output) { chip::plain_html(&output).into() } else { output };
                write(&path, Written::Text(output));
            }
        }
        for file in self.site.static_files.iter().filter(|file| file.written) {
            write(&file.url.file, Written::Copy(file.file.clone()));
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
}
