//! The panel next to the preview: whether and where the post is published, the form over its front matter, the checks,
//! the site's settings. In: what is known of each. Out: what stands in the panel, as tokens. Knows no browser.
//! Neighbours: `app/panel/actions.rs` decides when it is drawn, `app/components/panel.rs` draws it.
//!
//! Event handlers recognize an element by its attributes (`data-do`, `data-kind`, `data-key`).

use std::rc::Rc;

use super::publication_view::StatusLine;
use crate::markdown::token::Token;

mod body;
mod checks;
mod content;
mod front_matter;
mod publication;
mod site;

pub use checks::checks;
pub use content::Content;
pub use front_matter::front_matter;
pub use publication::publication;
pub use site::site;

/// A tab of the panel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tab {
    /// Whether and where the post is published.
    Publication,
    /// The form over the front matter.
    FrontMatter,
    /// Which checks are on.
    Checks,
    /// The site's settings.
    Site,
}

impl Tab {
    /// All of them: with their names in attributes and their labels.
    pub const ALL: [(Self, &'static str, &'static str); 4] = [
        (Self::Publication, "publication", "Publication"),
        (Self::FrontMatter, "front-matter", "Front matter"),
        (Self::Checks, "checks", "Checks"),
        (Self::Site, "site", "Site"),
    ];

    /// Its name in attributes.
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(tab, ..)| *tab == self).map_or("", |(_, name, _)| name)
    }

    /// The tab of that name.
    pub fn of_name(name: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, known, _)| *known == name).map(|(tab, ..)| *tab)
    }
}

/// The panel and its line in the status bar, as the page knows them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PanelView {
    /// The open tab.
    pub tab: Option<Tab>,
    /// The line of the status bar.
    pub line: Rc<StatusLine>,
    /// What the open tab shows; nothing until the part that makes it is there.
    pub tokens: Rc<[Token<'static>]>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::post::form;
    use crate::post::jekyll_version::VersionChoice;

    #[test]
    fn tabs_have_names() {
        for (tab, name, _) in Tab::ALL {
            assert_eq!((Tab::of_name(name), tab.name()), (Some(tab), name));
        }
        assert_eq!(Tab::of_name("else"), None);
    }

    #[test]
    fn every_element_is_closed() {
        let text = "---\ntitle: x\ntags: [a]\nn: 1\nm: {a: b}\ndate: 2014-12-08\n---\n";
        let tabs = [
            checks(&["title-missing".to_owned()], &[]),
            front_matter(&form::of(text), &["a".to_owned()]),
            front_matter(&form::of("---\na: \"b\n---\n"), &[]),
            site("url: x\ntimezone: Y\n", &crate::post::site::read("url: x\ntimezone: Y\n"), &VersionChoice::default()),
        ];
        for tokens in tabs {
            let mut depth = 0_usize;
            for token in &tokens {
                match token {
                    Token::Open { .. } => depth += 1,
                    Token::Close => depth = depth.checked_sub(1).expect("more is closed than was opened"),
                    _ => assert!(depth > 0, "a text outside"),
                }
            }
            assert_eq!(depth, 0);
        }
    }
}
