//! What all that reads a site shares. In: sources and settings. Out: texts, front matter, and a list of what is wrong.
//! Neighbours: every file here.

use std::any::Any;
use std::rc::Rc;

use serde_yaml::{Mapping, Value};

use super::remembered::{KnownFile, Remembered};
use super::tree::{FileTree, join};
use crate::post::publishing::SiteSettings;
use crate::post::split::{self, SplitKind};
use crate::post::yaml::{self, Scalar, YamlEntry};
use crate::site::model::{BuildStop, Dates, FileText, SourceFile};
use crate::site::source::{SiteSource, Sources};
use crate::text::{Diagnostic, Severity, Span};

/// How many bytes the first line of a front matter may have.
const FIRST_LINE: usize = 1024;

/// The site's folder, what is known of it, and what was found wrong.
pub(super) struct SiteReading<'s> {
    pub sources: Sources<'s>,
    pub settings: Rc<SiteSettings>,
    pub config: Mapping,
    /// The files below the folder `source`.
    pub tree: FileTree,
    /// The time of the build, in seconds since 1970-01-01T00:00:00Z.
    pub now: i64,
    pub diagnostics: Vec<(String, Diagnostic)>,
    pub stops: Option<BuildStop>,
    /// What was read of the same files before.
    pub remembered: Remembered,
}

/// A text whose front matter was read (convertible.rb, `read_yaml`).
pub(super) struct Head {
    pub source: FileText,
    pub data: Mapping,
    pub dates: Dates,
}

impl SiteReading<'_> {
    /// What `make` reads of a file. `has_text`: whether it follows from the bytes of the file.
    pub fn remembered<T: 'static>(
        &mut self,
        file: &SourceFile,
        has_text: bool,
        make: impl FnOnce(&mut Self) -> T,
    ) -> Rc<T> {
        if !self.remembered.keeps {
            return Rc::new(make(self));
        }
        let source = self.sources.of(file.from_theme);
        let bytes = source.filter(|_| has_text).and_then(|source| source.read(&file.path));
        let modified = source.and_then(|source| source.modified(&file.path));
        if let Some((path, known)) = self.remembered.last.remove_entry(&file.path) {
            self.remembered.now.entry(path).or_default().extend(known);
        }
        if let Some(list) = self.remembered.now.get_mut(&file.path) {
            let of_kind = |known: &KnownFile| known.from_theme == file.from_theme && known.value.is::<T>();
            if let Some(at) = list.iter().position(of_kind) {
                let known = list.swap_remove(at);
                if known.modified == modified
                    && known.bytes == bytes
                    && let Ok(value) = Rc::clone(&known.value).downcast::<T>()
                {
                    self.diagnostics.extend(known.diagnostics.iter().cloned());
                    if self.stops.is_none() {
                        self.stops.clone_from(&known.stop);
                    }
                    list.push(known);
                    return value;
                }
            }
        }
        let before = self.stops.take();
        let reported = self.diagnostics.len();
        let value = Rc::new(make(self));
        let stop = self.stops.take();
        let diagnostics = self.diagnostics.get(reported..).unwrap_or_default().to_vec();
        self.stops = before.or_else(|| stop.clone());
        let (from_theme, any) = (file.from_theme, Rc::clone(&value) as Rc<dyn Any>);
        let known = KnownFile { from_theme, bytes, modified, value: any, diagnostics, stop };
        self.remembered.now.entry(file.path.clone()).or_default().push(known);
        value
    }

    /// The setting `key`, unless it is null or false.
    pub fn setting(&self, key: &str) -> Option<&Value> {
        self.config.get(key).filter(|value| !matches!(value, Value::Null | Value::Bool(false)))
    }

    /// A folder that the settings name, from the source on.
    pub fn folder(&self, key: &str) -> String {
        crate::post::permalink::inside(&self.config.get(key).map(yaml::display).unwrap_or_default())
    }

    /// The file at `path` below the folder `source`.
    pub fn file(&self, path: &str) -> SourceFile {
        SourceFile { path: join(&self.settings.files.source, path), from_theme: false }
    }

    /// Whether Jekyll takes a file for one with front matter.
    pub fn has_front_matter(&self, file: &SourceFile) -> bool {
        let start = self.sources.of(file.from_theme).and_then(|source| source.read_start(&file.path, FIRST_LINE));
        start.is_some_and(|start| opens_front_matter(&start))
    }

    /// The bytes of a file; empty where it has vanished.
    fn bytes(&mut self, file: &SourceFile) -> Rc<[u8]> {
        let bytes = self.sources.of(file.from_theme).and_then(|source: &dyn SiteSource| source.read(&file.path));
        bytes.unwrap_or_else(|| {
            self.report(
                file,
                Severity::Error,
                "site-file-unreadable",
                Span::at(0),
                "The file cannot be read any more.",
            );
            Rc::default()
        })
    }

    /// When a file was last changed; the time of the build where that is not known.
    pub fn modified(&self, file: &SourceFile) -> i64 {
        let source = self.sources.of(file.from_theme);
        source.and_then(|source| source.modified(&file.path)).unwrap_or(self.now)
    }

    /// A file as text, and whether it is UTF-8.
    pub fn text(&mut self, file: &SourceFile) -> (Rc<str>, bool) {
        let bytes = self.bytes(file);
        match std::str::from_utf8(&bytes) {
            Ok(text) => (text.into(), true),
            Err(error) => {
                let at = Span::at(error.valid_up_to());
                let message = "The file is not UTF-8: Jekyll cannot read its front matter.";
                self.report(file, Severity::Error, "site-file-encoding", at, message);
                (String::from_utf8_lossy(&bytes).into(), false)
            }
        }
    }

    /// Reads a page or a layout. Where its front matter cannot be read, Jekyll goes on without it.
    pub fn head(&mut self, file: &SourceFile) -> Head {
        let (text, is_utf8) = self.text(file);
        let split = split::split(&text);
        let mut head = Head {
            source: FileText { text: text.clone(), body: split.body, is_utf8 },
            data: Mapping::new(),
            dates: Dates::new(),
        };
        if !is_utf8 {
            head.source.body = Span::new(0, text.len());
            return head;
        }
        if split.kind != SplitKind::Present {
            return head;
        }
        let document = yaml::read(split.document.of(&text), split.document.start);
        self.add(file, document.diagnostics);
        match document.value {
            Value::Mapping(data) => {
                head.data = data;
                head.dates = dates(&document.entries);
            }
            Value::Null | Value::Bool(false) => {}
            _ => {
                let message = "The front matter has no keys: Jekyll stops.";
                self.report(file, Severity::Error, "site-front-matter-type", split.yaml, message);
                self.stop(file, "Its front matter has no keys.");
            }
        }
        if document.failed && self.settings.strict_front_matter {
            self.stop(file, "Its front matter cannot be read, and the site's settings say `strict_front_matter`.");
        }
        head
    }

    /// Notes a diagnostic. What is wrong in a theme is nothing that a writer can change.
    pub fn report(&mut self, file: &SourceFile, severity: Severity, code: &'static str, span: Span, message: &str) {
        self.add(file, vec![Diagnostic::new(code, severity, span, message)]);
    }

    /// Notes diagnostics of a file of the site.
    pub fn add(&mut self, file: &SourceFile, diagnostics: Vec<Diagnostic>) {
        if !file.from_theme {
            self.diagnostics.extend(diagnostics.into_iter().map(|diagnostic| (file.path.clone(), diagnostic)));
        }
    }

    /// Notes that Jekyll stops. The first reason is kept.
    pub fn stop(&mut self, file: &SourceFile, message: &str) {
        self.stops.get_or_insert_with(|| BuildStop { path: file.path.clone(), message: message.to_owned() });
    }
}

/// The top-level keys whose values are dates of YAML.
pub(super) fn dates(entries: &[YamlEntry]) -> Dates {
    let dates = entries.iter().filter(|entry| !entry.shadowed).filter_map(|entry| match &entry.scalar {
        Some(Scalar::Date(date, _)) => Some((entry.key.clone(), *date)),
        _ => None,
    });
    dates.collect()
}

/// utils.rb, `has_yaml_header?`: whether the first line is three hyphens and white space.
fn opens_front_matter(bytes: &[u8]) -> bool {
    let Some(rest) = bytes.strip_prefix(b"---") else { return false };
    let line = rest.iter().position(|&byte| byte == b'\n').and_then(|end| rest.get(..end));
    line.is_some_and(|line| line.iter().all(|&byte| matches!(byte, b' ' | b'\t' | b'\r' | 0x0B | 0x0C)))
}
