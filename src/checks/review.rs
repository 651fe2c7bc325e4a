//! All checks of a post on its site. In: a post as read, the site, which checks are off. Out: diagnostics in the order
//! of the text. Neighbours: `mod.rs` has the table; the page calls it through `app/tools.rs`, `render/` directly.

use super::liquid_scan::{self, LiquidScan};
use super::{CHECKS, Checked, Input, liquid_lines};
use crate::markdown::{self, Options};
use crate::post::Post;
use crate::post::site::{BodyFormat, SiteSettings};
use crate::post::yaml::display;
use crate::text::{Diagnostic, order};

/// A post and what it is checked against.
pub struct Review<'t> {
    /// The post.
    pub post: &'t Post,
    /// The same on its site: with the site's defaults under the front matter.
    pub site_post: &'t Post,
    /// Its text.
    pub text: &'t str,
    /// The site's settings.
    pub settings: &'t SiteSettings,
    /// What the body is read with.
    pub options: &'t Options,
    /// Tags of other posts.
    pub known_tags: &'t [String],
    /// Codes of the checks that are switched off.
    pub off: &'t [String],
}

impl Review<'_> {
    /// The diagnostics of the checks that are on, in the order of the text.
    pub fn diagnostics(&self) -> Vec<Diagnostic> {
        if CHECKS.iter().all(|check| self.off.iter().any(|off| off == check.code)) {
            return Vec::new();
        }
        let is_markdown = self.settings.format_of(&self.post.file_name) == BodyFormat::Markdown;
        let (liquid, body) = match is_markdown {
            true => (liquid_in(self.post, self.text), self.post.body_span.of(self.text)),
            false => (LiquidScan::default(), ""),
        };
        let read_as = liquid_lines::blanked(body, &liquid);
        let items = markdown::parse_jekyll(&read_as, self.options).items;
        let given_keys = given_keys(self.site_post, self.settings);
        let input = Input {
            text: self.text,
            post: self.post,
            site_post: self.site_post,
            body,
            items: &items,
            options: self.options,
            settings: self.settings,
            known_tags: self.known_tags,
            given_keys: &given_keys,
        };
        super::run(&Checked::new(input, liquid), |code| !self.off.iter().any(|off| off == code))
    }
}

/// The Liquid in the body; nothing where it does not run.
pub(super) fn liquid_in<'t>(post: &Post, text: &'t str) -> LiquidScan<'t> {
    if post.front_matter.render_with_liquid {
        liquid_scan::scan(post.body_span.of(text))
    } else {
        LiquidScan::default()
    }
}

/// The keys that the site's defaults give to the post.
fn given_keys(site_post: &Post, settings: &SiteSettings) -> Vec<String> {
    if settings.defaults.is_empty() {
        return Vec::new();
    }
    site_post.front_matter.mapping.iter().map(|(key, _)| display(key)).collect()
}

/// Both lists as one, in the order of the text.
pub fn merged(mut one: Vec<Diagnostic>, other: &[Diagnostic]) -> Vec<Diagnostic> {
    one.extend_from_slice(other);
    order::sort_by_key(&mut one, |diagnostic| diagnostic.span.order());
    one
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::post;

    fn review(text: &str, config: &str, off: &[&str], known_tags: &[&str]) -> Vec<Diagnostic> {
        let owned = |texts: &[&str]| texts.iter().map(|&text| text.to_owned()).collect::<Vec<_>>();
        let settings = post::site::read(config).settings;
        let options = Options::of_site(&settings);
        let post = post::read("2014-12-08-a.md", text);
        let (off, known_tags) = (owned(off), owned(known_tags));
        let site_post = post.on_site(&settings);
        Review {
            post: &post,
            site_post: &site_post,
            text,
            settings: &settings,
            options: &options,
            known_tags: &known_tags,
            off: &off,
        }
        .diagnostics()
    }

    fn codes(diagnostics: &[Diagnostic]) -> Vec<&str> {
        diagnostics.iter().map(|diagnostic| diagnostic.code.as_ref()).collect()
    }

    const TEXT: &str = "---\ntitle: A\nlayout: post\ntags: [docker]\n---\n\n![](a.png) and [b]()\n";

    #[test]
    fn checks_find_unless_they_are_off() {
        assert_eq!(codes(&review(TEXT, "", &[], &[])), ["image-no-alt", "link-empty"]);
        assert_eq!(codes(&review(TEXT, "", &["image-no-alt"], &[])), ["link-empty"]);
        let all: Vec<&str> = CHECKS.iter().map(|check| check.code).collect();
        assert!(review(TEXT, "", &all, &[]).is_empty());
    }

    #[test]
    fn other_posts_and_the_site_count() {
        assert_eq!(codes(&review(TEXT, "", &[], &["Docker"])).first(), Some(&"tags-similar"));
        let bare = "---\ntitle: A\n---\nx\n";
        assert_eq!(codes(&review(bare, "title: A", &[], &[])), ["layout-missing"]);
        assert!(review(bare, "", &[], &[]).is_empty());
        let config = "defaults:\n- scope: {path: ''}\n  values: {layout: post}\n";
        assert!(review(bare, config, &[], &[]).is_empty());
    }

    #[test]
    fn two_lists_become_one_in_the_order_of_the_text() {
        let diagnostics = review(TEXT, "", &[], &[]);
        let [image, link] = diagnostics.as_slice() else { panic!("{diagnostics:?}") };
        assert_eq!(codes(&merged(vec![link.clone()], std::slice::from_ref(image))), ["image-no-alt", "link-empty"]);
    }
}
