//! Draws the panel into the page. In: a tab, and what only the page knows. Out: nodes. Neighbours: `main.rs` has the
//! site's settings, `app/panel/` the tokens, `morph.rs` makes nodes of them.

use apercu::app::panel::{self, Tab};
use apercu::app::publication_view;
use apercu::markdown::Options;
use apercu::markdown::token::Token;
use apercu::post::form;
use apercu::post::site::{SiteConfig, SiteSettings};
use apercu::post::{self, publication, site};

/// What the panel shows, and of what.
pub struct Shown<'t> {
    /// The open tab.
    pub tab: Tab,
    /// The name of the post's file.
    pub name: &'t str,
    /// The text of the post.
    pub text: &'t str,
    /// Seconds since 1970, UTC.
    pub now: i64,
    /// Tags of other posts for the form; codes of what was found for the checks. One on each line.
    pub known: &'t str,
    /// Codes of the checks that are switched off, one on each line.
    pub off: &'t str,
    /// The text of the site's `_config.yml`, …
    pub config: &'t str,
    /// … and as it was read.
    pub settings: &'t SiteSettings,
}

impl Shown<'_> {
    /// The whole panel.
    pub fn tokens(&self) -> Vec<Token<'static>> {
        match self.tab {
            Tab::Publication => {
                let (post, settings) = (post::read(self.name, self.text), self.settings);
                let known = publication::of(&post, self.text, settings, self.now);
                panel::publication(&publication_view::of(&known, settings, &Options::of_site(settings)))
            }
            Tab::FrontMatter => {
                let tags: Vec<String> = self.known.lines().map(str::to_owned).collect();
                panel::front_matter(&form::of(self.text), &tags)
            }
            Tab::Checks => {
                let (found, off): (Vec<&str>, Vec<&str>) = (self.known.lines().collect(), self.off.lines().collect());
                panel::checks(&found, &off)
            }
            Tab::Site => {
                let diagnostics = site::read(self.config).diagnostics;
                panel::site(self.config, &SiteConfig { settings: self.settings.clone(), diagnostics })
            }
        }
    }
}
