//! What Jekyll reads from a file name and a text: front matter, body, date, slug, publishing.
//! In: file name and text. Out: a `Post` and diagnostics. Neighbours: `text/` below, `markdown/` and `app/` above.

pub mod date;
mod date_scan;
pub mod date_text;
mod date_yaml;
pub mod edit;
pub mod excerpt;
pub mod file_name;
pub mod front_matter;
mod front_matter_checks;
pub mod permalink;
pub mod publishing;
pub mod slug;
pub mod split;
pub mod yaml;

use serde_yaml::Value;

use crate::text::{Diagnostic, Span};
use date::DateTime;
use excerpt::Excerpt;
use file_name::FileName;
use front_matter::FrontMatter;
use permalink::{PermalinkError, Url};
use publishing::{Publishing, SiteSettings, Verdict};
use split::{Split, SplitKind};

/// A post: everything that its name and its front matter say, and where its body lies.
#[derive(Clone, Debug, PartialEq)]
pub struct Post {
    /// The file name, taken apart.
    pub file_name: FileName,
    /// The text, taken apart.
    pub split: Split,
    /// What the front matter says. After an error in it a `Reader` keeps what it said before.
    pub front_matter: FrontMatter,
    /// Whether Jekyll cannot read the front matter: it then publishes the text without title, layout and date.
    pub failed: bool,
    /// Whether `front_matter` is from before an error: then its spans mean nothing in the text of now.
    pub stale: bool,
    /// The body, in bytes of the text; it ends where the text ends.
    pub body_span: Span,
    /// What is wrong, and what is worth knowing, in the order of the text.
    pub diagnostics: Vec<Diagnostic>,
}

impl Post {
    /// The title: the front matter's, or one made from the file name.
    pub fn title(&self) -> String {
        self.front_matter.title.clone().unwrap_or_else(|| self.file_name.title())
    }

    /// The slug: the front matter's, or the file name's, as it is written.
    pub fn slug(&self) -> &str {
        self.front_matter.slug.as_deref().unwrap_or(&self.file_name.slug)
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

    /// The date on the site's clock; `None` for a draft without one, or where it is no date.
    pub fn date(&self, settings: &SiteSettings) -> Option<DateTime> {
        publishing::date(&self.file_name, &self.front_matter, settings)
    }

    /// The address of the post; where it has no date, that of a post of `now`, in seconds since 1970-01-01T00:00:00Z.
    pub fn url(&self, settings: &SiteSettings, now: i64) -> Result<Url, PermalinkError> {
        let date = self.date(settings).unwrap_or_else(|| DateTime::from_unix(now, settings.offset));
        permalink::url(self, &date, &settings.permalink)
    }

    /// The excerpt that Jekyll takes from the body; `None` where the front matter has one, or where there is to be
    /// none.
    pub fn excerpt(&self, text: &str, settings: &SiteSettings) -> Option<Excerpt> {
        if self.front_matter.excerpt.is_some() {
            return None;
        }
        let separator = self.front_matter.excerpt_separator.as_deref().unwrap_or(&settings.excerpt_separator);
        excerpt::extract(self.body_span.of(text), separator)
    }

    /// Whether Jekyll publishes it. `now` is in seconds since 1970-01-01T00:00:00Z.
    pub fn publishing(&self, settings: &SiteSettings, now: i64) -> Publishing {
        let publishing = publishing::judge(&self.file_name, &self.front_matter, self.failed, settings, now);
        if publishing.verdict != Verdict::Published {
            return publishing;
        }
        match self.url(settings, now) {
            Ok(_) => publishing,
            Err(error) => Publishing { verdict: Verdict::BuildStops, reason: error.to_string() },
        }
    }
}

/// Reads a post once. Any file name and any text give a post.
pub fn read(file_name: &str, text: &str) -> Post {
    let mut reader = Reader::default();
    reader.read(file_name, text);
    reader.post.unwrap_or_else(|| assemble(FileName::read(file_name), text, split::split(text), &Yaml::default(), None))
}

/// Reads a post again and again as it is typed: the YAML is read anew only when its bytes changed, and an error in it
/// leaves the front matter that was read last before.
#[derive(Clone, Debug, Default)]
pub struct Reader {
    document: String,
    yaml: Yaml,
    last_good: Option<FrontMatter>,
    post: Option<Post>,
}

/// What was read from one YAML document; spans count from the beginning of the document.
#[derive(Clone, Debug, Default, PartialEq)]
struct Yaml {
    front_matter: FrontMatter,
    failed: bool,
    diagnostics: Vec<Diagnostic>,
}

impl Reader {
    /// Reads `text` under `file_name`; cheap where the front matter has not changed.
    pub fn read(&mut self, file_name: &str, text: &str) -> &Post {
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
        let post = assemble(FileName::read(file_name), text, split, &self.yaml, last_good);
        self.post.insert(post)
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
        diagnostics.sort_by_key(|diagnostic| diagnostic.span);
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
    diagnostics.extend(yaml.diagnostics.iter().cloned().map(|diagnostic| yaml::shifted(diagnostic, base)));
    Post {
        file_name,
        split,
        front_matter,
        failed: yaml.failed,
        stale: last_good.is_some(),
        body_span: split.body,
        diagnostics,
    }
}
