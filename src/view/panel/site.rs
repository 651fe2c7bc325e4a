//! The tab of the site's settings: a `_config.yml`, pasted or opened. In: the text and what was read. Out: tokens.
//! Neighbours: `post/site.rs` reads, `app/panel/events.rs` reads its events.

use super::Tab;
use super::body::Body;
use crate::markdown::token::Token;
use crate::post::jekyll_version::{JekyllVersion, VersionChoice};
use crate::post::site::{SiteConfig, SiteSettings};
use crate::post::version_differences::{differences, not_followed};
use crate::text::LineIndex;

/// The panel with this tab, for the text of a `_config.yml` that was read as `config`. If the time zone that it names
/// is not known, the settings still say so (`unknown_zone`).
pub fn site(text: &str, config: &SiteConfig, jekyll: &VersionChoice) -> Vec<Token<'static>> {
    let mut body = Body::of(Tab::Site);
    body.hint("Paste your site's _config.yml here, or open it. It stays in this browser.");
    body.element("label", &[("class", "visually-hidden"), ("for", "site-config")], "Text of _config.yml");
    let field = [
        ("id", "site-config"),
        ("data-kind", "site"),
        ("spellcheck", "false"),
        ("autocomplete", "off"),
        ("rows", "12"),
        ("placeholder", "url: https://example.org\npermalink: pretty"),
        ("value", text),
    ];
    body.element("textarea", &field, "");
    body.open("div", &[("class", "row")]);
    body.open("label", &[("class", "file-button")]);
    body.text("Open _config.yml");
    let file = [("type", "file"), ("class", "visually-hidden"), ("data-kind", "site-file"), ("accept", ".yml,.yaml")];
    body.element("input", &file, "");
    body.close(1);
    if !text.is_empty() {
        let button = [("type", "button"), ("class", "quiet-border"), ("data-do", "forget-site")];
        body.element("button", &button, "Forget it");
    }
    body.close(1);
    if jekyll.guess.is_some() || !text.trim().is_empty() {
        built_by(&mut body, text, jekyll);
    }
    let diagnostics = diagnostics(text, config);
    if !diagnostics.is_empty() {
        body.open("ul", &[("class", "site-diagnostics"), ("aria-label", "Problems of the settings")]);
        for (severity, line, message) in diagnostics {
            body.open("li", &[("data-severity", severity)]);
            body.element("span", &[("class", "where")], &["Line ", &line.to_string()].concat());
            body.text(&message);
            body.close(1);
        }
        body.close(1);
    }
    let settings = read_from(text, &config.settings);
    if settings.is_empty() {
        body.hint("Without one, Jekyll's own settings hold.");
    } else {
        body.element("h2", &[], "As it was read");
        body.open("dl", &[("class", "facts")]);
        for (name, value) in settings {
            body.element("dt", &[], name);
            body.open("dd", &[]);
            body.element("span", &[], &value);
            body.close(1);
        }
        body.close(1);
    }
    body.finish()
}

/// Which Jekyll builds the site, why it is taken for that, what that means, and a choice.
fn built_by(body: &mut Body, text: &str, jekyll: &VersionChoice) {
    body.element("label", &[("for", "site-jekyll")], "Built by");
    body.open("select", &[("id", "site-jekyll"), ("data-kind", "jekyll")]);
    let mut option = |code: &str, label: &str, is_selected: bool| {
        let selected = if is_selected { "selected" } else { "" };
        body.element("option", &[("value", code), (selected, "")], label);
    };
    if let Some(guess) = &jekyll.guess {
        option("", &["As guessed: ", guess.version.name()].concat(), jekyll.chosen.is_none());
    }
    for version in JekyllVersion::ALL {
        let is_selected = jekyll.chosen == Some(version) || (jekyll.guess.is_none() && jekyll.version() == version);
        option(version.code(), version.name(), is_selected);
    }
    body.close(1);
    body.hint(&why(jekyll));
    let version = jekyll.version();
    let not_followed = not_followed(&[text], version).map(|sentence| ["Not followed here: ", sentence].concat());
    let sentences: Vec<String> = differences(&[text], version).into_iter().chain(not_followed).collect();
    if !sentences.is_empty() {
        body.open("details", &[("class", "site-differences"), ("data-field", "site-differences")]);
        body.element("summary", &[], "What differs from Jekyll 4.3 for this site");
        body.open("ul", &[]);
        for sentence in sentences {
            body.open("li", &[]);
            // What stands between marks of code is code.
            for (index, piece) in sentence.split('`').enumerate() {
                if index % 2 == 0 { body.text(piece) } else { body.element("code", &[], piece) }
            }
            body.close(1);
        }
        body.close(2);
    }
}

/// Why the site is taken to be built by that Jekyll, in a sentence.
fn why(jekyll: &VersionChoice) -> String {
    let name = jekyll.version().name();
    let Some(guess) = &jekyll.guess else {
        return ["Read as ", name, " builds it. With the site’s folder open, its Gemfile says which Jekyll that is."]
            .concat();
    };
    match (&guess.reason, jekyll.chosen) {
        (Some(reason), Some(_)) => [reason, ", and you chose ", name, " for this site."].concat(),
        (None, Some(_)) => ["You chose ", name, " for this site."].concat(),
        (Some(reason), None) => [reason, ", so the site is read as ", name, " builds it."].concat(),
        (None, None) => ["No Gemfile says which Jekyll builds the site: it is read as ", name, " builds it."].concat(),
    }
}

/// What is wrong in the text: severity, line from one, and what.
fn diagnostics(text: &str, config: &SiteConfig) -> Vec<(&'static str, usize, String)> {
    let lines = LineIndex::new(text);
    let row = |diagnostic: &crate::text::Diagnostic| {
        (diagnostic.severity.name(), lines.line_column(text, diagnostic.span.start).line, diagnostic.message.clone())
    };
    let mut rows: Vec<_> = config.diagnostics.iter().map(row).collect();
    if let Some(name) = config.settings.unknown_zone() {
        let at = text.find("timezone").unwrap_or(0);
        let message = ["This browser knows no time zone called “", name, "”. All dates are shown in UTC."].concat();
        rows.push(("warning", lines.line_column(text, at).line, message));
    }
    rows
}

/// What was read: names and values.
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
        settings.markdown.given.iter().map(|(name, value)| [name.as_str(), ": ", value.as_str()].concat()).collect();
    let rows = [
        ("Address", settings.absolute("")),
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
    use crate::markdown::token::to_html;
    use crate::post::jekyll_version::guess;
    use crate::post::site::read;
    use crate::post::zone::Zone;

    fn html(text: &str) -> String {
        to_html(&site(text, &read(text), &VersionChoice::default()))
    }

    #[test]
    fn the_site_is_shown_as_it_was_read() {
        let shown = html("url: https://a.example\nbaseurl: /b\nkramdown:\n  hard_wrap: true\n");
        assert!(!shown.contains("site-diagnostics"), "{shown}");
        assert!(shown.contains("<dt>Address</dt><dd><span>https://a.example/b</span></dd>"), "{shown}");
        assert!(shown.contains("<dt>kramdown</dt><dd><span>hard_wrap: true</span></dd>"), "{shown}");
        assert!(shown.contains("forget-site"), "{shown}");
        let empty = html("");
        assert!(!empty.contains("As it was read") && !empty.contains("forget-site"), "{empty}");
    }

    #[test]
    fn the_jekyll_that_builds_the_site_is_told_with_the_reason() {
        let shown = |text: &str, chosen, files: Option<(&str, &str)>| {
            let guess = files.map(|(gemfile, lock)| guess(Some(gemfile), Some(lock)));
            to_html(&site(text, &read(text), &VersionChoice { chosen, guess }))
        };
        let guessed = shown("baseurl: /b\n", None, Some(("", "    github-pages (232)\n")));
        for told in [
            "<option value=\"\" selected=\"\">As guessed: GitHub Pages (Jekyll 3.10)</option>",
            "Gemfile.lock names github-pages 232, so the site is read as GitHub Pages (Jekyll 3.10) builds it.",
            "<li><code>link</code> and <code>post_url</code> give addresses without <code>/b</code>",
            "<li>Not followed here: Jekyll 3 compiles Sass",
        ] {
            assert!(guessed.contains(told), "{told}: {guessed}");
        }
        let chosen = shown("", Some(JekyllVersion::Four), Some(("gem 'github-pages'", "")));
        assert!(chosen.contains("<option value=\"4\" selected=\"\">Jekyll 4.3</option>"), "{chosen}");
        assert!(chosen.contains("Gemfile names github-pages, and you chose Jekyll 4.3 for this site."), "{chosen}");
        assert!(!chosen.contains("site-differences"), "{chosen}");
        assert!(shown("", None, Some(("", ""))).contains("No Gemfile says"));
        let pasted = shown("a: 1\n", Some(JekyllVersion::Three), None);
        assert!(pasted.contains("<option value=\"3\" selected=\"\">") && !pasted.contains("As guessed"), "{pasted}");
        assert!(!shown("", None, None).contains("site-jekyll"));
    }

    #[test]
    fn mistakes_and_unknown_zones_have_a_line() {
        assert!(html("a: 1\nb: \"open\n").contains("<li data-severity=\"error\">"));
        let text = "title: x\ntimezone: Europe/Nowhere\n";
        let shown = html(text);
        let row = "<li data-severity=\"warning\"><span class=\"where\">Line 2</span>This browser knows no time zone called “Europe/Nowhere”";
        assert!(shown.contains(row), "{shown}");
        let mut config = read(text);
        config.settings.zone = Zone::fixed("Europe/Nowhere", 60);
        assert!(!to_html(&site(text, &config, &VersionChoice::default())).contains("site-diagnostics"));
    }
}
