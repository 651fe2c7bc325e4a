//! What generators share: the site as it is while they run, one after the other, and pages without a file. In: a site.
//! Out: pages. Neighbours: `mod.rs` runs the generators; each of them adds pages.

use std::cell::OnceCell;
use std::rc::Rc;

use serde_yaml::{Mapping, Value};

use super::super::model::{Dates, DocumentId, FileText, Page, Site, SourceFile};
use super::super::reader::PagePlace;
use super::super::rendering::{PageEntry, PageWriter, RenderingOptions};
use crate::post::defaults;
use crate::post::excerpt::{self, Excerpt};
use crate::post::front_matter::is_true;
use crate::post::publishing::SiteSettings;
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
        self.page_in("", name, data)
    }

    /// The same in a folder, which is empty or begins with a slash.
    fn page_in(&self, folder: &str, name: &str, data: Mapping) -> Page {
        let settings = &self.site.settings;
        let relative_path = [folder, "/", name].concat().trim_start_matches('/').to_owned();
        let defaults = defaults::of_path(&settings.defaults, &relative_path, Some("pages"), &settings.collections_dir);
        // Defaults that Jekyll stops at have stopped it before.
        let defaults = defaults.unwrap_or_default();
        let extension = extension(name);
        let basename = name.strip_suffix(extension).unwrap_or(name).trim_end_matches('.');
        let permalink = match data.get("permalink") {
            Some(own) => is_true(own).then(|| display(own)),
            None => defaults.get("permalink").filter(|value| is_true(value)).map(display),
        };
        let place = PagePlace { folder, basename, extension };
        let (url, output_ext) = place.address(permalink.as_deref(), settings, &self.site.config);
        // An address that is none stops Jekyll.
        let url = url.unwrap_or_else(|_| super::super::reader::written(&relative_path, &output_ext));
        Page {
            file: SourceFile { path: self.in_source(&relative_path), from_theme: false },
            relative_path,
            folder: folder.to_owned(),
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

/// What has a text of its own: a page or a document.
#[derive(Clone, Copy, Debug)]
pub(super) enum TextPlace {
    /// A page: `SiteGeneration::pages`.
    Page(usize),
    /// A document of the site.
    Document(DocumentId),
}

/// A page or a document, as far as plugins read it.
pub(super) struct WrittenText<'s> {
    pub(super) data: &'s Mapping,
    defaults: &'s Mapping,
    pub(super) source: Option<&'s FileText>,
    pub(super) extension: &'s str,
    pub(super) relative_path: &'s str,
}

impl WrittenText<'_> {
    /// The value of a key: the front matter's, else the one of the site's defaults.
    pub(super) fn get(&self, key: &str) -> Option<&Value> {
        self.data.get(key).or_else(|| self.defaults.get(key))
    }
}

impl SiteGeneration<'_> {
    /// All pages, and with `documents` the documents that are written.
    pub(super) fn text_places(&self, documents: bool) -> Vec<TextPlace> {
        let pages = (0..self.pages.len()).map(TextPlace::Page);
        let all = self.site.collections.iter().flat_map(|collection| &collection.documents).copied();
        let is_written = |&id: &DocumentId| documents && self.site.documents.get(id).is_some_and(|found| found.written);
        pages.chain(all.filter(is_written).map(TextPlace::Document)).collect()
    }

    /// What is there.
    pub(super) fn written_text(&self, place: TextPlace) -> Option<WrittenText<'_>> {
        Some(match place {
            TextPlace::Page(page) => {
                let page = &self.pages.get(page)?.page;
                WrittenText {
                    data: &page.data,
                    defaults: &page.defaults,
                    source: Some(&page.source),
                    extension: &page.extension,
                    relative_path: &page.relative_path,
                }
            }
            TextPlace::Document(id) => {
                let document = self.site.documents.get(id)?;
                WrittenText {
                    data: &document.data,
                    defaults: &document.defaults,
                    source: document.source.as_ref(),
                    extension: &document.extension,
                    relative_path: &document.relative_path,
                }
            }
        })
    }

    fn parts(&mut self, place: TextPlace) -> Option<(&mut Mapping, &mut FileText, &mut Option<Excerpt>)> {
        match place {
            TextPlace::Page(page) => {
                let page = Rc::make_mut(&mut self.pages.get_mut(page)?.page);
                Some((&mut page.data, &mut page.source, &mut page.excerpt))
            }
            TextPlace::Document(id) => {
                let document = Rc::make_mut(self.change().documents.get_mut(id)?);
                Some((&mut document.data, document.source.as_mut()?, &mut document.excerpt))
            }
        }
    }

    /// Sets a key of its data.
    pub(super) fn set(&mut self, place: TextPlace, key: &str, value: Value) {
        if let Some((data, ..)) = self.parts(place) {
            data.insert(key.into(), value);
        }
    }

    /// Takes the first bytes off a body, and white space at both ends.
    pub(super) fn shorten(&mut self, place: TextPlace, bytes: usize) {
        if let Some((_, source, _)) = self.parts(place) {
            let body = source.body();
            let rest = body.get(bytes..).unwrap_or("");
            let start = source.body.start + body.len() - rest.trim_start().len();
            source.body = Span::new(start, (start + rest.trim().len()).max(start));
        }
        self.renew_excerpt(place, false);
    }

    /// Puts another text in the place of a body.
    pub(super) fn replace(&mut self, place: TextPlace, body: String) {
        if let Some((_, source, _)) = self.parts(place) {
            let front = source.text.get(..source.body.start).unwrap_or("");
            let body = [front, &body].concat();
            *source = FileText { body: Span::new(source.body.start, body.len()), text: body.into(), ..source.clone() };
        }
    }

    /// Takes the excerpt anew, if there is one; one of the front matter gives way where `all` says so.
    pub(super) fn renew_excerpt(&mut self, place: TextPlace, all: bool) {
        let separator = self.written_text(place).and_then(|found| found.get("excerpt_separator").map(display));
        let separator = separator.unwrap_or_else(|| self.site.settings.excerpt_separator.clone());
        let Some((data, source, excerpt)) = self.parts(place) else { return };
        let is_written = all && data.get("excerpt").is_some_and(is_true);
        if is_written {
            data.remove("excerpt");
        }
        if is_written || excerpt.is_some() {
            *excerpt = excerpt::extract(source.body(), &separator);
        }
    }

    /// The page that Jekyll makes of a file without front matter: `Site::static_files`.
    pub(super) fn page_of_file(&self, file: usize, data: Mapping) -> Option<Page> {
        let file = self.site.static_files.get(file)?;
        let source = if file.file.from_theme { self.options.theme.as_ref()? } else { &self.options.source };
        let body = String::from_utf8_lossy(&source.read(&file.file.path)?).into_owned();
        let path = file.relative_path.trim_start_matches('/');
        let folder = path.rsplit_once('/').map_or(String::new(), |(folder, _)| ["/", folder].concat());
        Some(Page { source: text(body), file: file.file.clone(), ..self.page_in(&folder, &file.name, data) })
    }

    /// Gives a page another permalink.
    pub(super) fn move_page(&mut self, page: usize, permalink: &str) {
        let Some(entry) = self.pages.get_mut(page) else { return };
        let page = Rc::make_mut(&mut entry.page);
        page.data.insert("permalink".into(), permalink.into());
        let place = PagePlace { folder: &page.folder, basename: &page.basename, extension: &page.extension };
        let (url, _) = place.address(Some(permalink), &self.site.settings, &self.site.config);
        if let Ok(url) = url {
            page.url = url;
        }
    }
}

/// Whether Markdown's converter takes files with that extension, which has its period.
pub(super) fn is_markdown(settings: &SiteSettings, extension: &str) -> bool {
    extension.strip_prefix('.').is_some_and(|bare| !bare.is_empty() && settings.is_markdown_extension(bare))
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
