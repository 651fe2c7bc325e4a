//! The tab of the site's settings: a `_config.yml`, pasted or opened. In: the text and what was read. Out: tokens.
//! Neighbours: `post/site.rs` reads, `app/panel/events.rs` reads its events.

use super::Tab;
use super::body::Body;
use crate::markdown::token::Token;
use crate::post::site::{SiteConfig, SiteSettings};
use crate::text::LineIndex;

/// The panel with this tab, for the text of a `_config.yml` that was read as `config`. If the time zone that it names
/// is not known, the settings still say so (`unknown_zone`).
pub fn site(text: &str, config: &SiteConfig) -> Vec<Token<'static>> {
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
    use crate::post::site::read;
    use crate::post::zone::Zone;

    fn html(text: &str) -> String {
        to_html(&site(text, &read(text)))
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
    fn mistakes_and_unknown_zones_have_a_line() {
        assert!(html("a: 1\nb: \"open\n").contains("<li data-severity=\"error\">"));
        let text = "title: x\ntimezone: Europe/Nowhere\n";
        let shown = html(text);
        let row = "<li data-severity=\"warning\"><span class=\"where\">Line 2</span>This browser knows no time zone called “Europe/Nowhere”";
        assert!(shown.contains(row), "{shown}");
        let mut config = read(text);
        config.settings.zone = Zone::fixed("Europe/Nowhere", 60);
        assert!(!to_html(&site(text, &config)).contains("site-diagnostics"));
    }
}
