//! What Jekyll reads from a file name and a text: front matter, body, date, slug, publishing.
//! In: file name and text. Out: a `Post` and diagnostics. Neighbours: `text/` below, `markdown/` and `app/` above.

mod active_plugins;
pub mod date;
mod date_scan;
pub mod date_text;
mod date_yaml;
pub mod defaults;
pub mod edit;
pub mod excerpt;
pub mod file_name;
pub mod form;
pub mod front_matter;
mod front_matter_checks;
pub mod front_matter_keys;
mod github_pages;
pub mod jekyll_version;
pub mod kramdown_options;
pub mod kramdown_section;
pub mod path_glob;
pub mod permalink;
pub mod publication;
pub mod publishing;
pub mod site;
mod site_checks;
pub mod site_files;
pub mod slug;
pub mod split;
pub mod version_differences;
pub mod yaml;
pub mod zone;

use std::borrow::Cow;

use serde_yaml::Value;

use crate::text::{Diagnostic, LoadedLater, Span, order};
use date::DateTime;
use excerpt::Excerpt;
use file_name::FileName;
use front_matter::FrontMatter;
pub use front_matter_checks::FRONT_MATTER_MISSING;
use permalink::{PermalinkError, Url};
use publishing::{Publishing, SiteSettings, Verdict};
use split::{Split, SplitKind};

/// A post: everything that its name and its front matter say, and where its body lies.
#[derive(Clone, Debug, PartialEq)]
pub struct Post {
    /// The parts of the file name.
    pub file_name: FileName,
    /// The parts of the text.
    pub split: Split,
    /// What was read from the front matter. After an error in it, a `PostReader` keeps the values from before the
    /// error.
    pub front_matter: FrontMatter,
    /// Whether Jekyll cannot read the front matter: it then publishes the text without title, layout and date.
    pub failed: bool,
    /// Whether `front_matter` is from before an error. Then its spans do not fit the current text.
    pub stale: bool,
    /// The body, in bytes of the text; it ends where the text ends.
    pub body_span: Span,
    /// What is wrong, and what is worth knowing, in the order of the text.
    pub diagnostics: Vec<Diagnostic>,
    /// Why Jekyll stops while it renders the body, and where, in a sentence; known only when Liquid has run over it
    /// (`render/`).
    pub stops: Option<String>,
}

impl Post {
    /// The title: the front matter's, or one made from the file name.
    pub fn title(&self) -> String {
        self.front_matter.title.clone().unwrap_or_else(|| self.file_name.title())
    }

    /// The slug: the front matter's, or the file name's, as it is written. Where Jekyll cannot read the front matter,
    /// it does not use the file name either.
    pub fn slug(&self) -> &str {
        let name = if self.is_bare() { &self.file_name.stem } else { &self.file_name.slug };
        self.front_matter.slug.as_deref().unwrap_or(name)
    }

    /// Whether only the body is known: Jekyll cannot read the front matter, and no front matter from before the error
    /// is kept.
    fn is_bare(&self) -> bool {
        self.failed && !self.stale
    }

    /// The categories: the folders above `_posts`, then the front matter's.
    pub fn categories(&self) -> Vec<String> {
        let mut all = self.file_name.categories.clone();
        for category in &self.front_matter.categories {
            if !self.file_name.categories.contains(category) {
                all.push(category.clone());
            }
        }
        all
    }

    /// The post on a site: with the site's defaults for its path under its front matter. The methods, such as `title`
    /// and `categories`, then give what Jekyll makes of the post on that site. Spans stay those of the text; what comes
    /// from the defaults has no entry.
    pub fn on_site(&self, settings: &SiteSettings) -> Cow<'_, Post> {
        let needs_liquid = !self.front_matter.render_with_liquid && !settings.version.can_go_without_liquid();
        if settings.defaults.is_empty() && settings.collections_dir.is_empty() && !needs_liquid {
            return Cow::Borrowed(self);
        }
        // Settings that change something have been read, and that has brought the function.
        ON_SITE.get(|| with_settings).map_or(Cow::Borrowed(self), |change| change(self, settings))
    }

    /// The date on the site's clock; `None` for a draft without one, where it is no date, and where Jekyll cannot read
    /// the front matter and takes the time of the build.
    pub fn date(&self, settings: &SiteSettings) -> Option<DateTime> {
        if self.is_bare() {
            return self.front_matter.date.map(|date| settings.zone.on_site(&date));
        }
        publishing::date(&self.file_name, &self.front_matter, settings)
    }

    /// The address of the post; where it has no date, that of a post of `now`, in seconds since 1970-01-01T00:00:00Z.
    pub fn url(&self, settings: &SiteSettings, now: i64) -> Result<Url, PermalinkError> {
        let date = self.date(settings).unwrap_or_else(|| settings.zone.now(now));
        permalink::url(self, &date, settings)
    }

    /// The excerpt that Jekyll takes from the body; `None` where the front matter has one, or where there is to be
    /// none.
    pub fn excerpt(&self, text: &str, settings: &SiteSettings) -> Option<Excerpt> {
        if self.front_matter.excerpt.is_some() || self.is_bare() {
            return None;
        }
        let separator = self.front_matter.excerpt_separator.as_deref().unwrap_or(&settings.excerpt_separator);
        excerpt::extract(self.body_span.of(text), separator)
    }

    /// Whether Jekyll publishes it. `now` is in seconds since 1970-01-01T00:00:00Z.
    pub fn publishing(&self, settings: &SiteSettings, now: i64) -> Publishing {
        let publishing = publishing::judge(&self.file_name, &self.front_matter, self.failed, settings, now);
        let is_rendered = matches!(publishing.verdict, Verdict::Published | Verdict::Unreadable);
        let markdown = settings.markdown.stops.first().filter(|_| settings.is_markdown(&self.file_name));
        // Liquid runs before Markdown is read.
        let stop = self.stops.as_ref().or(markdown.map(|stop| &stop.message));
        if let Some(reason) = stop.filter(|_| is_rendered) {
            return Publishing { verdict: Verdict::BuildStops, reason: reason.clone() };
        }
        if publishing.verdict != Verdict::Published {
            return publishing;
        }
        match self.url(settings, now) {
            Ok(_) => publishing,
            Err(error) => Publishing { verdict: Verdict::BuildStops, reason: error.to_string() },
        }
    }
}

/// What settings change of a post: with `site::read` a program has it, and the first preview does without.
static ON_SITE: LoadedLater<for<'p> fn(&'p Post, &SiteSettings) -> Cow<'p, Post>> = LoadedLater::not_loaded();

/// From now on settings change posts.
fn know_settings() {
    ON_SITE.set(with_settings);
}

fn with_settings<'p>(post: &'p Post, settings: &SiteSettings) -> Cow<'p, Post> {
    let mut file_name = Cow::Borrowed(&post.file_name);
    let folders = settings.collections_dir.split('/').filter(|folder| !folder.is_empty()).count();
    if folders > 0 && post.file_name.categories.iter().take(folders).eq(settings.collections_dir.split('/')) {
        file_name.to_mut().categories.drain(..folders);
    }
    let needs_liquid = !post.front_matter.render_with_liquid && !settings.version.can_go_without_liquid();
    if settings.defaults.is_empty() && matches!(file_name, Cow::Borrowed(_)) && !needs_liquid {
        return Cow::Borrowed(post);
    }
    let defaults =
        defaults::of_path(&settings.defaults, &file_name.site_path(), Some("posts"), &settings.collections_dir);
    let file_name = file_name.into_owned();
    let mut changed = post.clone();
    changed.file_name = file_name;
    match defaults.and_then(|defaults| post.front_matter.with_defaults(defaults)) {
        Ok(front_matter) => changed.front_matter = front_matter,
        Err(_) => {
            // Jekyll gives up before it has read the text, and leaves the post out.
            changed.failed = true;
            changed.front_matter = FrontMatter { published: false, ..FrontMatter::empty() };
        }
    }
    changed.front_matter.render_with_liquid |= !settings.version.can_go_without_liquid();
    Cow::Owned(changed)
}

/// Reads a post once. Any file name and any text give a post.
pub fn read(file_name: &str, text: &str) -> Post {
    let post = PostReader::default().read_text(text);
    Post { file_name: FileName::read(file_name), ..post }
}

/// Reads a text that is a body alone, without front matter: where a form has other fields for that.
pub fn read_body(file_name: &str, text: &str) -> Post {
    let yaml = Yaml { front_matter: FrontMatter::empty(), ..Yaml::default() };
    assemble(FileName::read(file_name), text, split::body_only(text), &yaml, None)
}

/// Reads a post each time its text has changed. The YAML is read again only if its bytes changed. After an error in it,
/// the front matter that was read before the error is kept.
#[derive(Clone, Debug, Default)]
pub struct PostReader {
    document: String,
    yaml: Yaml,
    last_good: Option<FrontMatter>,
    post: Option<Post>,
    body_only: bool,
}

/// What was read from one YAML document; spans count from the beginning of the document.
#[derive(Clone, Debug, Default, PartialEq)]
struct Yaml {
    front_matter: FrontMatter,
    failed: bool,
    diagnostics: Vec<Diagnostic>,
}

impl PostReader {
    /// Reads texts that are bodies alone, as `read_body` does.
    pub fn of_bodies() -> Self {
        Self { body_only: true, ..Self::default() }
    }

    /// Reads `text` under `file_name`; cheap where the front matter has not changed.
    pub fn read(&mut self, file_name: &str, text: &str) -> &Post {
        self.read_named(text, |_| FileName::read(file_name))
    }

    /// The same under a name that follows from what was read: `name` gets the post without one.
    pub fn read_named(&mut self, text: &str, name: impl FnOnce(&Post) -> FileName) -> &mut Post {
        let mut post = self.read_text(text);
        post.file_name = name(&post);
        self.post.insert(post)
    }

    fn read_text(&mut self, text: &str) -> Post {
        if self.body_only {
            return read_body("", text);
        }
        let split = split::split(text);
        let document = if split.kind == SplitKind::Present { split.document.of(text) } else { "" };
        if self.post.is_none() || document != self.document {
            document.clone_into(&mut self.document);
            self.yaml = Yaml::read(document, split.yaml.start - split.document.start);
            if !self.yaml.failed {
                self.last_good = Some(self.yaml.front_matter.clone());
            }
        }
        let last_good = if self.yaml.failed { self.last_good.as_ref() } else { None };
        assemble(FileName::read(""), text, split, &self.yaml, last_good)
    }

    /// The post that was read last.
    pub fn post(&self) -> Option<&Post> {
        self.post.as_ref()
    }
}

impl Yaml {
    fn read(text: &str, lines_start: usize) -> Self {
        if text.is_empty() {
            return Self { front_matter: FrontMatter::empty(), ..Self::default() };
        }
        let mut document = yaml::read(text, 0);
        let root = document.value.clone();
        let mut failed = document.failed;
        let mut diagnostics = std::mem::take(&mut document.diagnostics);
        let mut front_matter = FrontMatter::read(document);
        let lines = Span::new(lines_start, text.trim_end().len());
        if !failed {
            diagnostics.extend(front_matter_checks::of_values(text, &root, lines, &front_matter));
            let readable = matches!(root, Value::Mapping(_) | Value::Null | Value::Bool(false));
            failed = !readable || diagnostics.iter().any(|found| found.code == front_matter_checks::CATEGORIES_TYPE);
            if failed {
                front_matter = FrontMatter::empty();
            }
        }
        order::sort_by_key(&mut diagnostics, |diagnostic| diagnostic.span.order());
        Self { front_matter, failed, diagnostics }
    }
}

fn assemble(file_name: FileName, text: &str, split: Split, yaml: &Yaml, last_good: Option<&FrontMatter>) -> Post {
    let base = split.document.start;
    let mut front_matter = last_good.unwrap_or(&yaml.front_matter).clone();
    for entry in &mut front_matter.entries {
        entry.shift(base);
    }
    let mut diagnostics: Vec<Diagnostic> = front_matter_checks::of_split(text, &split).into_iter().collect();
    diagnostics.extend(yaml.diagnostics.iter().cloned().map(|diagnostic| diagnostic.shifted(base)));
    Post {
        file_name,
        split,
        front_matter,
        failed: yaml.failed,
        stale: last_good.is_some(),
        body_span: split.body,
        diagnostics,
        stops: None,
    }
}
