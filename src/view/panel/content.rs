//! What the panel shows: the tokens of the open tab. In: a tab, and what is known of the post and its site. Out:
//! tokens. Neighbours: `app/panel/actions.rs` collects the values, `app/panel/nodes.rs` makes nodes from the tokens.

use std::rc::Rc;

use super::Tab;
use crate::markdown::Options;
use crate::markdown::token::Token;
use crate::post::form;
use crate::post::site::{SiteConfig, SiteSettings};
use crate::post::{self, publication, site};
use crate::view::publication_view;

/// A tab, and what it is about.
pub struct Content {
    /// The open tab.
    pub tab: Tab,
    /// The path of the post's file in its site.
    pub name: String,
    /// The text of the post.
    pub text: Rc<str>,
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
}

impl Content {
    /// The whole panel.
    pub fn tokens(&self) -> Vec<Token<'static>> {
        let settings = &*self.settings;
        match self.tab {
            Tab::Publication => {
                let post = post::read(&self.name, &self.text);
                let known = publication::of(&post, &self.text, settings, self.now);
                super::publication(&publication_view::of(&known, settings, &Options::of_site(settings)))
            }
            Tab::FrontMatter => super::front_matter(&form::of(&self.text), &self.known_tags),
            Tab::Checks => super::checks(&self.diagnosed, &self.off),
            Tab::Site => {
                let diagnostics = site::read(&self.config).diagnostics;
                super::site(&self.config, &SiteConfig { settings: settings.clone(), diagnostics })
            }
        }
    }
}
