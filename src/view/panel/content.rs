//! What the panel shows: the tokens of the open tab. In: a tab, and what is known of the post and its site. Out:
//! tokens. Neighbours: `render/` read the post, `app/panel/actions.rs` collects the values, `app/components/tokens.rs`
//! makes nodes from the tokens.

use std::rc::Rc;

use super::Tab;
use crate::markdown::Options;
use crate::markdown::token::Token;
use crate::post::jekyll_version::VersionChoice;
use crate::post::site::{SiteConfig, SiteSettings};
use crate::post::{Post, form, publication, site};
use crate::view::publication_view;

/// A tab, and what it is about.
pub struct Content {
    /// The open tab.
    pub tab: Tab,
    /// The text that was rendered last.
    pub text: Rc<str>,
    /// The text in the editor, where it is another one already.
    pub newer_text: Option<Rc<str>>,
    /// Seconds since 1970-01-01T00:00:00Z.
    pub now: i64,
    /// Tags of other posts, for the form.
    pub known_tags: Rc<[String]>,
    /// Codes of the diagnostics that the checks gave.
    pub diagnosed: Vec<String>,
    /// Codes of the checks that are switched off.
    pub off: Vec<String>,
    /// The text of the site's `_config.yml`.
    pub config: Rc<str>,
    /// The settings that were read from it.
    pub settings: Rc<SiteSettings>,
    /// Which Jekyll they were read as, and why.
    pub jekyll: VersionChoice,
}

impl Content {
    /// What stands in the panel. `post` was read from `text`; `site_post` is the same on its site (`Post::on_site`).
    pub fn tokens(&self, post: &Post, site_post: &Post) -> Vec<Token<'static>> {
        let settings = &*self.settings;
        match self.tab {
            Tab::Publication => {
                let known = publication::of(site_post, &self.text, settings, self.now);
                super::publication(&publication_view::of(&known, settings, &Options::of_site(settings)))
            }
            Tab::FrontMatter => {
                let form = self.newer_text.as_deref().map_or_else(|| form::of_post(post), form::of);
                super::front_matter(&form, &self.known_tags)
            }
            Tab::Checks => super::checks(&self.diagnosed, &self.off),
            Tab::Site => {
                let (_, diagnostics) = site::read_all(&[&self.config], settings.version);
                let diagnostics = diagnostics.into_iter().flatten().collect();
                super::site(&self.config, &SiteConfig { settings: settings.clone(), diagnostics }, &self.jekyll)
            }
        }
    }
}
