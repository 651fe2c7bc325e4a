//! What is known while a template runs. In: an environment and settings. Out: nothing of its own. Neighbours:
//! `environment.rs`; `interpreter.rs` and `filters/` read it.

use std::rc::Rc;

use super::environment::Environment;
use super::post_environment::PostEnvironment;
use crate::code::Highlighting;
use crate::post::Post;
use crate::post::date::DateTime;
use crate::post::publishing::SiteSettings;

/// What is known while a template runs.
#[derive(Clone)]
pub struct Context<'a> {
    /// What the template can reach.
    pub environment: Rc<dyn Environment + 'a>,
    /// The site's settings. A setting that is not given is unknown, except `baseurl`, which is empty by default.
    pub settings: &'a SiteSettings,
    /// The time of the build, in seconds since 1970-01-01T00:00:00Z: `'now'`.
    pub now: i64,
    /// What gives code its runs.
    pub highlighting: Highlighting,
    /// Jekyll's converter of Markdown, for `markdownify`.
    pub markdown: Option<Markdown>,
    /// How much more than one body a run may cost, as a factor: whole sites have long lists.
    pub scale: usize,
}

/// The HTML of a piece of Markdown on a site with these settings, with what gives code its runs.
pub type Markdown = fn(&str, &SiteSettings, &Highlighting) -> String;

impl<'a> Context<'a> {
    /// A post of a site of which only the settings are known; code is not highlighted, and Markdown not converted.
    pub fn new(post: &'a Post, settings: &'a SiteSettings, now: i64) -> Self {
        Self::of(Rc::new(PostEnvironment::new(post, settings, now)), settings, now)
    }

    /// A template in an environment; code is not highlighted, and Markdown not converted.
    pub fn of(environment: Rc<dyn Environment + 'a>, settings: &'a SiteSettings, now: i64) -> Self {
        Self { environment, settings, now, highlighting: Highlighting::default(), markdown: None, scale: 1 }
    }

    /// The time of the build on the site's clock.
    pub(super) fn time(&self) -> DateTime {
        self.settings.zone.now(self.now)
    }
}
