//! How checks are tested: a text, the diagnostics for it, and the text after the fix.
//! In: texts. Out: failed assertions. Neighbours: the tests of every check.

use super::review::liquid_in;
use super::{CHECKS, Checked, Input, liquid_lines, run};
use crate::markdown::{Options, parse};
use crate::post::publishing::SiteSettings;
use crate::post::read;
use crate::text::Diagnostic;

const FILE_NAME: &str = "2014-12-08-a-post.md";

/// One check and one text.
pub(super) struct Case {
    code: &'static str,
    name: &'static str,
    text: String,
    settings: SiteSettings,
    options: Options,
    known_tags: Vec<String>,
}

impl Case {
    /// `text` as a post of 2014-12-08.
    pub fn new(code: &'static str, text: &str) -> Self {
        Self::named(code, FILE_NAME, text)
    }

    /// `text` in a file of that name.
    pub fn named(code: &'static str, name: &'static str, text: &str) -> Self {
        let text = text.to_owned();
        Self {
            code,
            name,
            text,
            settings: SiteSettings::default(),
            options: Options::default(),
            known_tags: Vec::new(),
        }
    }

    /// On a site with those settings.
    pub fn on(self, settings: SiteSettings) -> Self {
        Self { settings, ..self }
    }

    /// Read with those options.
    pub fn with(self, options: Options) -> Self {
        Self { options, ..self }
    }

    /// On a site whose other posts have those tags.
    pub fn knowing(self, tags: &[&str]) -> Self {
        Self { known_tags: tags.iter().map(|&tag| tag.to_owned()).collect(), ..self }
    }

    fn diagnostics(&self, text: &str) -> Vec<Diagnostic> {
        let post = read(self.name, text);
        let liquid = liquid_in(&post, text);
        let body = liquid_lines::blanked(post.body_span.of(text), &liquid);
        let items = parse(&body, &self.options);
        let input = Input {
            text,
            post: &post,
            site_post: &post.on_site(&self.settings),
            body: post.body_span.of(text),
            items: &items,
            options: &self.options,
            settings: &self.settings,
            known_tags: &self.known_tags,
            given_keys: &[],
        };
        let checked = Checked::new(input, liquid);
        run(&checked, |code| code == self.code)
    }

    /// Asserts that exactly these parts of the text are found.
    pub fn at(self, parts: &[&str]) -> Self {
        let diagnostics = self.diagnostics(&self.text);
        let spans: Vec<&str> = diagnostics.iter().map(|diagnostic| diagnostic.span.of(&self.text)).collect();
        assert_eq!(spans, parts, "{}: {:?}", self.code, self.text);
        assert!(diagnostics.iter().all(|diagnostic| diagnostic.code == self.code));
        self
    }

    /// Asserts what the fix of the first diagnostic makes of the text, and that this diagnostic is then gone.
    pub fn fixed(self, expected: &str) {
        let diagnostics = self.diagnostics(&self.text);
        let first = diagnostics.first().expect("a diagnostic");
        assert!(CHECKS.iter().any(|check| check.code == self.code && check.fixable), "{} has a fix", self.code);
        let fix = first.fix.as_ref().unwrap_or_else(|| panic!("a fix for {:?}", self.text));
        let new = fix.edit.apply(&self.text);
        assert_eq!(new, expected, "{}", self.code);
        assert!(new.get(fix.edit.selection.start..fix.edit.selection.end).is_some());
        assert_eq!(self.diagnostics(&new).len(), diagnostics.len() - 1, "{}: still found in {new:?}", self.code);
    }

    /// Asserts that the first diagnostic has no fix.
    pub fn unfixed(self) {
        assert_eq!(self.diagnostics(&self.text).first().map(|diagnostic| diagnostic.fix.is_none()), Some(true));
    }
}

/// Asserts that a check finds nothing in any of the texts.
pub(super) fn none(code: &'static str, texts: &[&str]) {
    for text in texts {
        Case::new(code, text).at(&[]);
    }
}
