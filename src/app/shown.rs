//! What the page shows of a post after a change, as values of its own. In: a renderer and a text. Out: `Shown`.
//! Neighbours: `render/` reads and renders, `view/header.rs` makes the head of the post, `editor/show.rs` shows it.

use std::rc::Rc;

use crate::markdown::block::Patch;
use crate::markdown::token::Token;
use crate::render::{Renderer, Request};
use crate::text::{Diagnostic, SourceMap};
use crate::view::header;

/// What has to be shown after a change; the blocks stay with the renderer.
pub struct Shown {
    /// The head of the post.
    pub header: Rc<[Token<'static>]>,
    /// How the list of blocks changed.
    pub patch: Patch,
    /// Where the body begins, in bytes of the text.
    pub body_start: usize,
    /// What reading and rendering found, in the order of the text.
    pub diagnostics: Vec<Diagnostic>,
    /// What the list of drafts calls the post: never empty.
    pub title: String,
    /// The language of the post or its site, where one says it.
    pub language: Option<String>,
    /// The name that a file of this post would get, as Jekyll's posts are named.
    pub suggested_name: String,
    /// Maps between the body and what was rendered, which the blocks' spans are in.
    pub map: Rc<SourceMap>,
    /// Whether there is Liquid in the body, and nothing to run it.
    pub wants_liquid: bool,
}

impl Shown {
    /// Renders the text as it is now. `now` is in seconds since 1970-01-01T00:00:00Z.
    pub fn of(renderer: &mut Renderer, file_name: Option<&str>, text: &str, now: i64) -> Self {
        let settings = Rc::clone(renderer.settings());
        let rendered = renderer.render(&Request { file_name, text, now, checks: None });
        Self {
            header: header::tokens(rendered.site_post, &settings, now).into(),
            patch: rendered.patch,
            body_start: rendered.body_start,
            diagnostics: rendered.diagnostics,
            title: rendered.title,
            language: rendered.language.map(str::to_owned),
            suggested_name: rendered.suggested_name.to_owned(),
            map: rendered.map,
            wants_liquid: rendered.wants_liquid,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::{Engines, RenderOptions};

    fn texts(shown: &Shown) -> Vec<&str> {
        shown
            .header
            .iter()
            .filter_map(|token| if let Token::Text(text) = token { Some(&**text) } else { None })
            .collect()
    }

    #[test]
    fn a_mistake_in_the_front_matter_keeps_the_last_header() {
        let mut renderer = Renderer::default();
        for text in ["---\ntitle: Good\n---\nOne", "---\ntitle: \"Good\n---\nOne two"] {
            let shown = Shown::of(&mut renderer, None, text, 1_700_000_000);
            assert!(texts(&shown).contains(&"Good"), "{:?}", shown.header);
        }
    }

    #[test]
    fn a_body_alone_has_no_header() {
        let options = RenderOptions { body_only: true, ..RenderOptions::default() };
        let mut renderer = Renderer::new(&options, Engines::default());
        assert!(Shown::of(&mut renderer, None, "# One", 0).header.is_empty());
    }
}
