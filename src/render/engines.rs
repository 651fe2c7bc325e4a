//! What may not be loaded yet: Liquid, GitHub's dialect, the checks. The page loads their code when it is first needed,
//! so nothing else in `render/` names these functions. In: nothing. Out: function pointers. Neighbours: `renderer.rs`
//! and `body.rs` call them.

use super::convert;
use crate::checks::Review;
use crate::code::Highlighting;
use crate::liquid;
use crate::markdown::block::{BlockStore, Patch};
use crate::post::Post;
use crate::post::site::SiteSettings;
use crate::text::Diagnostic;

/// Runs Liquid over the body of a post on its site, given the whole text, at a time in seconds since
/// 1970-01-01T00:00:00Z, with what gives code its runs.
pub type Liquid = for<'t> fn(&'t str, &Post, &SiteSettings, i64, &Highlighting) -> liquid::Rendered<'t>;
/// Brings the blocks of a store to a body in GitHub's dialect.
pub type GitHub = fn(&mut BlockStore, &str) -> Patch;
/// Runs the checks; the diagnostics are in the order of the text.
pub type Checks = fn(&Review<'_>) -> Vec<Diagnostic>;

/// The functions that are loaded; by default none.
#[derive(Clone, Copy, Debug, Default)]
pub struct Engines {
    /// Liquid; without it, tags are shown as they are written.
    pub liquid: Option<Liquid>,
    /// GitHub's dialect; without it, the text is read in Jekyll's.
    pub github: Option<GitHub>,
    /// The checks; without them, there are only the diagnostics of reading and rendering.
    pub checks: Option<Checks>,
}

impl Engines {
    /// All of them. Only what is loaded whole, or later, may call this: it links them all.
    pub const fn all() -> Self {
        Self {
            liquid: Some(|text, site_post, settings, now, highlighting| {
                liquid::of_post(text, site_post, settings, now, highlighting, convert)
            }),
            github: Some(|store, body| store.update_github(body)),
            checks: Some(|review| review.diagnostics()),
        }
    }
}
