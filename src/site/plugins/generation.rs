//! What generators share: the site as it is while they run, one after the other, and pages without a file. In: a site.
//! Out: pages. Neighbours: `mod.rs` runs the generators; each of them adds pages.

use std::cell::OnceCell;
use std::rc::Rc;

use serde_yaml::{Mapping, Value};

use super::super::model::{Dates, FileText, Page, Site, SourceFile};
use super::super::reader::PagePlace;
use super::super::rendering::{PageEntry, PageWriter, RenderingOptions};
use crate::post::defaults;
use crate::post::front_matter::is_true;
use crate::post::yaml::display;
use crate::text::Span;

/// A site while its generators run.
pub(super) struct SiteGeneration<'g> {
    pub(super) site: Rc<Site>,
    pub(super) options: &'g RenderingOptions,
    /// The pages so far: `site.pages`.
    pub(super) pages: Vec<PageEntry>,
    /// The paths of all files of the site's folder.
    pub(super) paths: OnceCell<Vec<String>>,
}

impl SiteGeneration<'_> {
    /// The site, to be changed. One that somebody else has too is copied.
    pub(super) fn change(&mut self) -> &mut Site {
        Rc::make_mut(&mut self.site)
    }

    /// A setting: `site.config[key]`, nothing for null and false.
    pub(super) fn setting(&self, key: &str) -> Option<&Value> {
        self.site.config.get(key).filter(|value| is_true(value))
    }

    /// Whether the folder of the site has such a file or folder.
    pub(super) fn has_file(&self, path: &str) -> bool {
        let path = self.in_source(path);
        let below = [&path, "/"].concat();
        let known = self.paths.get_or_init(|| self.options.source.paths());
        known.iter().any(|known| *known == path || known.starts_with(&below))
    }

    /// The path of a file of the site in the whole folder.
    pub(super) fn in_source(&self, path: &str) -> String {
        let path = path.trim_start_matches('/');
        match self.site.settings.files.source.as_str() {
            "" => path.to_owned(),
            source => [source, "/", path].concat(),
        }
    }

    /// Whether a page or a file of the site has that address.
    pub(super) fn has_url(&self, url: &str) -> bool {
        self.pages.iter().any(|entry| entry.page.url.path == url)
            || self.site.static_files.iter().any(|file| file.url.path == url)
    }

    /// A page with that data and no file; its name may have folders in it (Jekyll's page_without_a_file.rb).
    pub(super) fn page(&self, name: &str, data: Mapping) -> Page {
        let settings = &self.site.settings;
        let relative_path = name.trim_start_matches('/').to_owned();
        let defaults = defaults::of_path(&settings.defaults, &relative_path, Some("pages"), &settings.collections_dir);
        // Defaults that Jekyll stops at have stopped it before.
        let defaults = defaults.unwrap_or_default();
        let extension = extension(name);
        let basename = name.strip_suffix(extension).unwrap_or(name).trim_end_matches('.');
        let permalink = match data.get("permalink") {
            Some(own) => is_true(own).then(|| display(own)),
            None => defaults.get("permalink").filter(|value| is_true(value)).map(display),
        };
        let place = PagePlace { folder: "", basename, extension };
        let (url, output_ext) = place.address(permalink.as_deref(), settings, &self.site.config);
        // An address that is none stops Jekyll.
        let url = url.unwrap_or_else(|_| super::super::reader::written(&relative_path, &output_ext));
        Page {
            file: SourceFile { path: self.in_source(&relative_path), from_theme: false },
            relative_path,
            folder: String::new(),
            name: name.to_owned(),
            basename: basename.to_owned(),
            extension: extension.to_owned(),
            source: text(String::new()),
            data,
            dates: Dates::new(),
            defaults,
            excerpt: None,
            url,
            output_ext,
        }
    }

    /// Adds a page that a plugin writes.
    pub(super) fn add_written(&mut self, page: Page, write: PageWriter) {
        self.pages.push(PageEntry { written_by: Some(write), ..PageEntry::of(page) });
    }
}

/// A text without front matter.
pub(super) fn text(text: String) -> FileText {
    FileText { body: Span::new(0, text.len()), text: text.into(), is_utf8: true }
}

/// Ruby's `File.extname`: from the last period of the name on, which must not be its first character.
pub(super) fn extension(name: &str) -> &str {
    let last = name.rsplit('/').next().unwrap_or(name);
    let at = last.rfind('.').filter(|&at| at > 0 && at + 1 < last.len());
    at.and_then(|at| last.get(at..)).unwrap_or("")
}

/// A mapping of YAML.
pub(super) fn mapping<const N: usize>(entries: [(&str, Value); N]) -> Mapping {
    entries.into_iter().map(|(key, value)| (key.into(), value)).collect()
}
