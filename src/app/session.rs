//! One post being written: text in, everything that is shown of it out, doing only what the last change asks for.
//! In: file name, text, the time. Out: header tokens, blocks and their patch, diagnostics. Knows no browser.
//! Neighbours: `post/` reads, `markdown/` renders, `app/workbench.rs` shows.

use std::rc::Rc;

use crate::liquid::{self, Rendered};
use crate::markdown::Options;
use crate::markdown::block::{Block, BlockStore, Patch};
use crate::markdown::sanitize::Relative;
use crate::markdown::token::Token;
use crate::post::date::DateTime;
use crate::post::file_name::FileName;
use crate::post::publishing::SiteSettings;
use crate::post::split::SplitKind;
use crate::post::{Post, Reader};
use crate::text::{Diagnostic, SourceMap};
use crate::view::{header, words};

/// Runs Liquid over the body of a post of that text, at a time in seconds since 1970-01-01T00:00:00Z.
pub type Liquid = for<'t> fn(&'t str, &Post, &SiteSettings, i64) -> Rendered<'t>;

/// Renders a body in GitHub's dialect; the way from the old blocks to the new ones.
pub type GitHub = fn(&mut BlockStore, &str) -> Patch;

/// What has to be shown after a change.
pub struct Shown {
    /// The head of the post.
    pub header: Rc<[Token<'static>]>,
    /// How the list of blocks changed.
    pub patch: Patch,
    /// Where the body begins, in bytes of the text.
    pub body_start: usize,
    /// Everything worth telling, in the order of the text.
    pub diagnostics: Vec<Diagnostic>,
    /// What the list of drafts calls the post: never empty.
    pub title: String,
    /// The post's language, where it says one.
    pub language: Option<String>,
    /// The name that a file of this post would get, as Jekyll's posts are named.
    pub suggested_name: String,
    /// The way between the body and what was rendered, which the blocks' spans are in.
    pub map: Rc<SourceMap>,
    /// Whether there is Liquid in the body, and nothing to run it.
    pub wants_liquid: bool,
}

/// A post being written.
#[derive(Default)]
pub struct Session {
    reader: Reader,
    store: BlockStore,
    options: Options,
    settings: Rc<SiteSettings>,
    suggested: String,
    /// What renders GitHub's dialect, where that is shown; else the dialect is Jekyll's.
    github: Option<GitHub>,
    /// What runs Liquid; without it a body stays as it is.
    liquid: Option<Liquid>,
    map: Rc<SourceMap>,
}

impl Session {
    /// Reads the text as it is now. `file_name` is that of the file it came from; a post without one is read as if it
    /// were saved under the suggested name. `now` is the time in seconds since 1970, UTC.
    pub fn update(&mut self, file_name: Option<&str>, text: &str, now: i64) -> Shown {
        let today = self.settings.zone.now(now);
        let mut post = self.reader.read(file_name.unwrap_or(&self.suggested), text);
        let suggested = suggest(post, text, &today);
        if suggested != self.suggested {
            self.suggested = suggested;
            if file_name.is_none() {
                post = self.reader.read(&self.suggested, text);
            }
        }
        let body_start = post.body_span.start.min(text.len());
        let body = text.get(body_start..).unwrap_or("");
        let with_liquid = self.github.is_none() && post.front_matter.render_with_liquid && liquid::is_in(body);
        let rendered = match self.liquid {
            Some(run) if with_liquid => run(text, post, &self.settings, now),
            _ => Rendered::unchanged(body),
        };
        self.map = Rc::new(rendered.map);
        let body = &*rendered.text;
        let patch = match self.github {
            Some(render) => render(&mut self.store, body),
            None => self.store.update_jekyll(body, &self.options),
        };
        let mut diagnostics = post.diagnostics.clone();
        diagnostics.extend(rendered.diagnostics.into_iter().map(|diagnostic| diagnostic.shifted(body_start)));
        diagnostics.extend(self.store.diagnostics().iter().cloned().map(|mut diagnostic| {
            diagnostic.span = self.map.span_to_source(diagnostic.span);
            diagnostic.shifted(body_start)
        }));
        Shown {
            header: match post.split.kind {
                SplitKind::BodyOnly => Rc::new([]),
                _ => header::tokens(&post.on_site(&self.settings), &self.settings, now).into(),
            },
            patch,
            body_start,
            title: title(post.front_matter.title.as_deref(), body),
            language: post.front_matter.lang.clone(),
            suggested_name: self.suggested.clone(),
            diagnostics,
            map: Rc::clone(&self.map),
            wants_liquid: with_liquid && self.liquid.is_none(),
        }
    }

    /// Whether texts are bodies alone, without front matter.
    pub fn read_body_only(&mut self, body_only: bool) {
        self.reader = if body_only { Reader::of_bodies() } else { Reader::default() };
    }

    /// Where addresses without a host lead, from the next text on.
    pub fn lead(&mut self, relative: Relative) {
        self.store = BlockStore::for_page(relative);
    }

    /// From now on Liquid is run by this.
    pub fn set_liquid(&mut self, liquid: Option<Liquid>) {
        self.liquid = liquid;
    }

    /// From now on bodies are in GitHub's dialect, rendered by this; without it in Jekyll's.
    pub fn set_github(&mut self, github: Option<GitHub>) {
        self.github = github;
    }

    /// Whether it calls functions of a part that was loaded later.
    pub fn has_tools(&self) -> bool {
        self.liquid.is_some() || self.github.is_some()
    }

    /// The same on a site with these settings.
    pub fn on_site(self, settings: Rc<SiteSettings>) -> Self {
        Self { options: Options::of_site(&settings), settings, ..self }
    }

    /// The post as it was read last.
    pub fn post(&self) -> Option<&Post> {
        self.reader.post()
    }

    /// What the body is read with.
    pub fn options(&self) -> &Options {
        &self.options
    }

    /// The blocks after the last update.
    pub fn blocks(&self) -> &[Block] {
        self.store.blocks()
    }

    /// The number of words of a body and the minutes that reading it takes.
    pub fn count(body: &str) -> (usize, usize) {
        let words = words::count(body);
        (words, words::minutes(words))
    }
}

/// The name that a file of `post` would get; one without a date is dated `today`.
fn suggest(post: &Post, text: &str, today: &DateTime) -> String {
    let date = post.front_matter.date.as_ref().unwrap_or(today);
    let body = text.get(post.body_span.start..).unwrap_or("");
    FileName::suggest(&title(post.front_matter.title.as_deref(), body), date)
}

/// What the list of drafts calls the post of that text.
pub fn title_of(text: &str) -> String {
    let post = crate::post::read("", text);
    title(post.front_matter.title.as_deref(), text.get(post.body_span.start..).unwrap_or(""))
}

/// The title, or else the first line of the text.
fn title(title: Option<&str>, body: &str) -> String {
    if let Some(title) = title.map(str::trim).filter(|t| !t.is_empty()) {
        return title.to_owned();
    }
    let line =
        body.lines().map(|line| line.trim_start_matches(['#', '>', '-', '*', ' ']).trim()).find(|l| !l.is_empty());
    line.map_or_else(|| "Untitled".into(), |line| line.chars().take(80).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: i64 = 1_700_000_000;

    #[test]
    fn a_new_post_is_named_by_its_date_and_title_as_jekyll_names_posts() {
        let mut session = Session::default();
        let shown = session.update(None, "---\ntitle: L'été à Nîmes\ndate: 2014-12-08\n---\nBonjour", NOW);
        assert_eq!(shown.suggested_name, "2014-12-08-l-été-à-nîmes.md");
        assert_eq!(shown.title, "L'été à Nîmes");
        assert_eq!(session.update(None, "# A thought\n", NOW).suggested_name, "2023-11-14-a-thought.md");
    }

    #[test]
    fn a_mistake_in_the_front_matter_keeps_the_last_header_and_renders_the_body() {
        let mut session = Session::default();
        let good = session.update(None, "---\ntitle: Good\n---\nOne", NOW);
        let bad = session.update(None, "---\ntitle: \"Good\n---\nOne two", NOW);
        assert!(bad.diagnostics.iter().any(|d| d.code == "yaml-syntax"));
        let texts = |shown: &Shown| shown.header.iter().filter(|t| **t == Token::Text("Good".into())).count();
        assert_eq!((texts(&good), texts(&bad)), (1, 1));
        let body: Vec<_> = session.blocks().iter().flat_map(|b| b.tokens.iter().cloned()).collect();
        assert!(body.contains(&Token::Text("One two".into())), "{body:?}");
    }
}
