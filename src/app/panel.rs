//! What the panel beside the preview shows. In: nothing. Out: types of its tabs, each with nothing but what is drawn.
//! Knows no browser. Neighbours: `publication_view.rs` and `form.rs` fill two of them, `components/panel.rs` draws,
//! `effects/panel.rs` decides when.

use std::rc::Rc;

use super::form::Form;
use super::publication_view::{Line, View};
use crate::post::site::{SiteConfig, SiteSettings};
use crate::text::LineIndex;

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

/// The panel and its line in the status bar.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Panel {
    /// The open tab.
    pub tab: Option<Tab>,
    /// The line of the status bar.
    pub line: Rc<Line>,
    /// What the open tab shows; `None` while nothing is open or known.
    pub content: Content,
}

/// What a tab shows.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Content {
    /// Nothing yet.
    #[default]
    None,
    /// The publication.
    Publication(Rc<View>),
    /// The form, and the tags of other drafts.
    FrontMatter(Rc<Form>, Rc<[String]>),
    /// The checks.
    Checks(Rc<[CheckRow]>),
    /// The site's settings.
    Site(Rc<SiteView>),
}

/// A check with its switch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CheckRow {
    /// Its code.
    pub code: &'static str,
    /// Its label.
    pub title: &'static str,
    /// Whether it is on.
    pub on: bool,
    /// How much it has found in this post.
    pub found: usize,
}

/// The site's settings as a person sees them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SiteView {
    /// The text of the `_config.yml`.
    pub text: Rc<str>,
    /// What is wrong in it: severity, line from one, and what.
    pub problems: Vec<(&'static str, usize, String)>,
    /// What was read: names and values.
    pub settings: Vec<(&'static str, String)>,
}

/// What the panel says of a site. `zone_is_known` is false where nobody knows the time zone that the text names.
pub fn site_view(text: &Rc<str>, config: &SiteConfig, zone_is_known: bool) -> SiteView {
    let lines = LineIndex::new(text);
    let problem = |found: &crate::text::Diagnostic| {
        (found.severity.name(), lines.line_column(text, found.span.start).line, found.message.clone())
    };
    let mut problems: Vec<_> = config.diagnostics.iter().map(problem).collect();
    let settings = &config.settings;
    if let (false, Some(name)) = (zone_is_known, &settings.timezone) {
        let at = text.find("timezone").unwrap_or(0);
        let message = ["This browser knows no time zone called “", name, "”. All dates are shown in UTC."].concat();
        problems.push(("warning", lines.line_column(text, at).line, message));
    }
    SiteView { text: Rc::clone(text), problems, settings: read_from(text, settings) }
}

fn read_from(text: &str, settings: &SiteSettings) -> Vec<(&'static str, String)> {
    if text.trim().is_empty() {
        return Vec::new();
    }
    let yes_no = |value: bool| if value { "yes" } else { "no" }.to_owned();
    let separator = match settings.excerpt_separator.as_str() {
        "" => "no excerpts".to_owned(),
        "\n\n" => "an empty line".to_owned(),
        other => other.trim().to_owned(),
    };
    let options: Vec<String> =
        settings.kramdown.iter().map(|(name, value)| [name.as_str(), ": ", value.as_str()].concat()).collect();
    let rows = [
        ("Address", [settings.url.as_str(), &settings.baseurl].concat()),
        ("Permalinks", settings.permalink.clone()),
        ("Time zone", settings.timezone.clone().unwrap_or_else(|| "that of the machine, here UTC".to_owned())),
        ("Future posts", yes_no(settings.future)),
        ("Drafts", yes_no(settings.show_drafts)),
        ("Excerpts end at", separator),
        ("Defaults", settings.defaults.len().to_string()),
        ("kramdown", options.join(", ")),
    ];
    rows.into_iter().filter(|(_, value)| !value.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::post::site;

    fn view(text: &str, known: bool) -> SiteView {
        site_view(&text.into(), &site::read(text), known)
    }

    #[test]
    fn tabs_have_names() {
        for (tab, name, _) in Tab::ALL {
            assert_eq!((Tab::of_name(name), tab.name()), (Some(tab), name));
        }
        assert_eq!(Tab::of_name("else"), None);
    }

    #[test]
    fn the_site_is_shown_as_it_was_read() {
        let shown = view("url: https://a.example\nbaseurl: /b\nkramdown:\n  hard_wrap: true\n", true);
        assert!(shown.problems.is_empty());
        assert!(shown.settings.contains(&("Address", "https://a.example/b".to_owned())));
        assert!(shown.settings.contains(&("kramdown", "hard_wrap: true".to_owned())));
        assert!(view("", true).settings.is_empty());
    }

    #[test]
    fn mistakes_and_unknown_zones_have_a_line() {
        assert_eq!(view("a: 1\nb: \"open\n", true).problems.first().map(|problem| problem.0), Some("error"));
        let zone = view("url: x\ntimezone: Europe/Nowhere\n", false);
        let problem = zone.problems.last().expect("a warning");
        assert_eq!((problem.0, problem.1), ("warning", 2));
        assert!(problem.2.contains("Europe/Nowhere"));
    }
}
