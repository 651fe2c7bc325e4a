//! A site as Jekyll has it in memory before it renders anything: documents, pages, static files, layouts, data. In: what
//! `reader/` found. Out: plain values, which refer to each other by index only. Neighbours: `index.rs` finds neighbours,
//! tags and categories; `drops/` gives these values to Liquid.
//!
//! Values are those of YAML. A date is a text in them, and once more a date in the `dates` next to them, if it stands at
//! the top level.

use std::collections::{BTreeMap, HashMap};
use std::rc::Rc;

use serde_yaml::{Mapping, Value};

use crate::post::date::DateTime;
use crate::post::excerpt::Excerpt;
use crate::post::permalink::{PermalinkError, Url};
use crate::post::publishing::SiteSettings;
use crate::text::{Diagnostic, Span};

/// Which document of `Site::documents`.
pub type DocumentId = usize;

/// Which collection of `Site::collections`.
pub type CollectionId = usize;

/// The top-level keys of a mapping whose values are dates.
pub type Dates = HashMap<String, DateTime>;

/// A file of the site or of its theme.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceFile {
    /// The path in its source.
    pub path: String,
    /// Whether the source is the theme's.
    pub from_theme: bool,
}

/// A text with front matter.
#[derive(Clone, Debug, PartialEq)]
pub struct FileText {
    /// The whole text. Bytes that are no UTF-8 have become U+FFFD.
    pub text: Rc<str>,
    /// What Liquid and the converter get, in bytes of the text; it ends where the text ends.
    pub body: Span,
    /// Whether the file is UTF-8.
    pub is_utf8: bool,
}

impl FileText {
    /// The body.
    pub fn body(&self) -> &str {
        self.body.of(&self.text)
    }
}

/// Where Jekyll stops, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BuildStop {
    /// The path of the file, in the site's folder; empty where it is no file.
    pub path: String,
    /// The reason, in a sentence.
    pub message: String,
}

/// A whole site. What was read of a file is shared with the site as it was read before, where the file is the same.
#[derive(Clone, Debug, PartialEq)]
pub struct Site {
    /// What of the settings matters to each text.
    pub settings: Rc<SiteSettings>,
    /// All settings: `site.config`, with Jekyll's defaults.
    pub config: Mapping,
    /// The settings that are dates.
    pub config_dates: Dates,
    /// The time of the build, in seconds since 1970-01-01T00:00:00Z: `site.time`.
    pub now: i64,
    /// The same on the site's clock.
    pub time: DateTime,
    /// The posts first, then the others in the order of the settings.
    pub collections: Vec<Collection>,
    /// All documents. Their order says nothing; that of a collection does.
    pub documents: Vec<Rc<Document>>,
    /// The place of each document in the order of its collection.
    pub positions: Vec<usize>,
    /// The pages, in Jekyll's order.
    pub pages: Vec<Rc<Page>>,
    /// The static files, in Jekyll's order.
    pub static_files: Vec<Rc<StaticFile>>,
    /// The layouts by their names.
    pub layouts: BTreeMap<String, Rc<LayoutFile>>,
    /// `site.data`, as it was read from files.
    pub data: Rc<Mapping>,
    /// The theme that the settings name.
    pub theme: Option<ThemeGem>,
    /// What is wrong, and what is worth knowing: the path of the file in the site's folder, and spans in it.
    pub diagnostics: Vec<(String, Diagnostic)>,
    /// Where Jekyll stops while it reads, if it does. What could be read is here all the same.
    pub stops: Option<BuildStop>,
}

/// A collection of documents.
#[derive(Clone, Debug, PartialEq)]
pub struct Collection {
    /// Its name.
    pub label: String,
    /// What the settings say of it.
    pub metadata: Mapping,
    /// Whether its documents are written.
    pub output: bool,
    /// The template of its documents' addresses.
    pub url_template: String,
    /// The documents in Jekyll's order.
    pub documents: Vec<DocumentId>,
    /// The files without front matter in its folder: indices into `Site::static_files`.
    pub static_files: Vec<usize>,
}

/// A post, or a document of another collection.
#[derive(Clone, Debug, PartialEq)]
pub struct Document {
    /// The collection that it belongs to.
    pub collection: CollectionId,
    /// The file.
    pub file: SourceFile,
    /// The path from the folder of the collections on: `_posts/2014-12-08-title.md`.
    pub relative_path: String,
    /// The last part of the path.
    pub basename: String,
    /// The same without its extension.
    pub basename_without_ext: String,
    /// From the last period of the name on, the period included; empty where there is none.
    pub extension: String,
    /// The text; `None` for a file of YAML alone, and where Jekyll could not read it.
    pub source: Option<FileText>,
    /// Front matter, the site's defaults, and what Jekyll adds: `draft`, `categories`, `date`, `title`, `slug`, `ext`,
    /// `tags`; the excerpt only where it is written.
    pub data: Mapping,
    /// The keys of `data` that are dates.
    pub dates: Dates,
    /// The site's defaults alone: what a key has that is not in `data`.
    pub defaults: Mapping,
    /// Whether Jekyll could read the front matter.
    pub failed: bool,
    /// The date on the site's clock: that of `data`, else the time of the build, or of the last change for a draft.
    pub date: DateTime,
    /// The same in seconds since 1970-01-01T00:00:00Z.
    pub unix: i64,
    /// Whether it lies in `_drafts`, or says itself that it is a draft.
    pub draft: bool,
    /// The excerpt that Jekyll takes from the body.
    pub excerpt: Option<Excerpt>,
    /// The address, and the file below the site's output.
    pub url: Url,
    /// Why Jekyll stops when it asks for the address.
    pub url_error: Option<PermalinkError>,
    /// `id`
    pub id: String,
    /// The extension of the file that is written.
    pub output_ext: String,
    /// Whether it is written.
    pub written: bool,
}

/// A page: a file with front matter outside of the collections.
#[derive(Clone, Debug, PartialEq)]
pub struct Page {
    /// The file; its path is `relative_path` where the site's source is the whole folder.
    pub file: SourceFile,
    /// The path from the site's source, or the theme's folder, on.
    pub relative_path: String,
    /// The folder as Jekyll has it: empty for the site's own, else with a slash before it, but for a theme's.
    pub folder: String,
    /// The last part of the path.
    pub name: String,
    /// The same without its extension and the periods before it.
    pub basename: String,
    /// From the last period of the name on, the period included; empty where there is none.
    pub extension: String,
    /// The text.
    pub source: FileText,
    /// The front matter.
    pub data: Mapping,
    /// The keys of `data` that are dates.
    pub dates: Dates,
    /// The site's defaults for it, which are not in `data`.
    pub defaults: Mapping,
    /// The excerpt, if the site has `page_excerpts`.
    pub excerpt: Option<Excerpt>,
    /// The address, and the file below the site's output.
    pub url: Url,
    /// The extension of the file that is written.
    pub output_ext: String,
}

impl Page {
    /// Whether a browser shows it as HTML (page.rb, `html?`).
    pub fn is_html(&self) -> bool {
        matches!(self.output_ext.as_str(), ".html" | ".xhtml" | ".htm")
    }

    /// The value of a key: the front matter's, else the one of the site's defaults.
    pub fn get(&self, key: &str) -> Option<&Value> {
        self.data.get(key).or_else(|| self.defaults.get(key))
    }
}

impl Document {
    /// The value of a key: that of `data`, else the one of the site's defaults.
    pub fn get(&self, key: &str) -> Option<&Value> {
        self.data.get(key).or_else(|| self.defaults.get(key))
    }
}

/// A file that is copied.
#[derive(Clone, Debug, PartialEq)]
pub struct StaticFile {
    /// The file.
    pub file: SourceFile,
    /// `path` for Liquid: with a slash before it, but in a collection.
    pub relative_path: String,
    /// The last part of the path.
    pub name: String,
    /// The same without its extension and the periods before it.
    pub basename: String,
    /// From the last period of the name on, the period included; empty where there is none.
    pub extension: String,
    /// When it was last changed, in seconds since 1970-01-01T00:00:00Z; the time of the build where that is not known.
    pub modified: i64,
    /// The collection in whose folder it lies.
    pub collection: Option<CollectionId>,
    /// The site's defaults for it.
    pub data: Mapping,
    /// The address, and the file below the site's output.
    pub url: Url,
    /// Whether it is written.
    pub written: bool,
}

/// A layout.
#[derive(Clone, Debug, PartialEq)]
pub struct LayoutFile {
    /// The file.
    pub file: SourceFile,
    /// The path from the site's source or the theme's folder on, with a slash before it: `/_layouts/post.html`.
    pub relative_path: String,
    /// The path in the folder of the layouts: `post.html`.
    pub name: String,
    /// From the last period of the name on, the period included.
    pub extension: String,
    /// The text.
    pub source: FileText,
    /// The front matter.
    pub data: Mapping,
    /// The keys of `data` that are dates.
    pub dates: Dates,
}

/// The theme of a site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ThemeGem {
    /// The name of the gem or of the repository, in lower case.
    pub name: String,
    /// The same as the settings have it: of a repository with its owner and version (`owner/name@ref`).
    pub wanted: String,
    /// Whether its files are there. Jekyll stops without them.
    pub found: bool,
}
