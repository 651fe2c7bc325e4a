//! What may not be loaded yet: Liquid, GitHub's dialect, the checks. The page loads their code when it is first needed,
//! so nothing else in `render/` names these functions. In: nothing. Out: function pointers. Neighbours: `renderer.rs`
//! and `body.rs` call them.

use crate::checks::Review;
use crate::liquid;
use crate::markdown::block::{BlockStore, Patch};
use crate::post::Post;
use crate::post::site::SiteSettings;
use crate::text::Diagnostic;

/// Runs Liquid over the body of a post, given the whole text, at a time in seconds since 1970-01-01T00:00:00Z.
pub type Liquid = for<'t> fn(&'t str, &Post, &SiteSettings, i64) -> liquid::Rendered<'t>;
/// Brings the blocks of a store to a body in GitHub's dialect.
pub type GitHub = fn(&mut BlockStore, &str) -> Patch;
/// Runs the checks; the diagnostics are in the order of the text.
pub type Checks = fn(&Review<'_>) -> Vec<Diagnostic>;
/// Calls a function that may panic (in WebAssembly, a trap); `false` if it did.
pub type Guard = fn(&mut dyn FnMut()) -> bool;

/// The functions that are loaded.
#[derive(Clone, Copy, Debug)]
pub struct Engines {
    /// Liquid; without it, tags are shown as they are written.
    pub liquid: Option<Liquid>,
    /// GitHub's dialect; without it, the text is read in Jekyll's.
    pub github: Option<GitHub>,
    /// The checks; without them, there are only the diagnostics of reading and rendering.
    pub checks: Option<Checks>,
    /// How the three are called.
    pub guard: Guard,
}

impl Default for Engines {
    /// None of them.
    fn default() -> Self {
        let call: Guard = |work| {
            work();
            true
        };
        Self { liquid: None, github: None, checks: None, guard: call }
    }
}

impl Engines {
    /// All of them. For programs that are loaded whole: this links them all.
    pub fn all() -> Self {
        Self {
            liquid: Some(liquid::of_post),
            github: Some(BlockStore::update_github),
            checks: Some(|review| review.diagnostics()),
            ..Self::default()
        }
    }

    /// The result of `work`; `None` if it panicked.
    pub(super) fn call<T>(&self, work: impl FnOnce() -> T) -> Option<T> {
        let (mut work, mut result) = (Some(work), None);
        let finished = (self.guard)(&mut || result = work.take().map(|work| work()));
        result.filter(|_| finished)
    }
}
