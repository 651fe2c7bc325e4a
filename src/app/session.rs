//! One post being written: text in, everything that is shown of it out, doing only what the last change asks for.
//! In: file name, text, the time. Out: header tokens, blocks and their patch, diagnostics. Knows no browser.
//! Neighbours: `post/` reads, `markdown/` renders, `effects/workbench.rs` shows.

use std::rc::Rc;

use super::header;
use super::words;
use crate::markdown::token::Token;
use crate::markdown::{Block, BlockStore, Options, Patch};
use crate::post::{Post, Reader};
use crate::text::Diagnostic;

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
    /// The post's title, or a name for it: never empty.
    pub title: String,
    /// The post's language, where it says one.
    pub language: Option<String>,
    /// The name that a file of this post would get.
    pub suggested_name: String,
}

/// A post being written.
#[derive(Default)]
pub struct Session {
    reader: Reader,
    store: BlockStore,
    options: Options,
}

impl Session {
    /// Reads the text as it is now. `now` is the time in seconds since 1970, UTC.
    pub fn update(&mut self, file_name: Option<&str>, text: &str, now: i64) -> Shown {
        let post = self.reader.read(file_name.unwrap_or(""), text);
        let body_start = post.body_span.start.min(text.len());
        let body = text.get(body_start..).unwrap_or("");
        let patch = self.store.update(body, &self.options);
        let mut diagnostics = post.diagnostics.clone();
        diagnostics.extend(self.store.notices().iter().cloned().map(|mut notice| {
            notice.span = notice.span.shifted(body_start);
            notice
        }));
        Shown {
            header: header::tokens(post, file_name, now).into(),
            patch,
            body_start,
            title: title(post, body),
            language: post.front_matter.lang.clone(),
            suggested_name: post.suggested_file_name(now),
            diagnostics,
        }
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

/// What the list of drafts calls the post: its title, or its first line of text.
fn title(post: &Post, body: &str) -> String {
    if let Some(title) = &post.front_matter.title {
        return title.clone();
    }
    let line = body.lines().map(|line| line.trim_start_matches(['#', '>', '-', '*', ' ']).trim()).find(|l| !l.is_empty());
    line.map_or_else(|| "Untitled".into(), |line| line.chars().take(80).collect())
}
