//! jekyll-seo-tag 2.8.0: the tag `seo` writes what search engines and other sites want to know of a page. In: the page
//! and the site. Out: elements for a `head`. Neighbours: `filters.rs`. The rules are those of the gem's drop.rb,
//! author_drop.rb, image_drop.rb and json_ld_drop.rb.

use super::super::page_view::PageView;
use super::filters::{Filters, either, or_default, part};
use crate::liquid::{TagOutput, Value};

const VERSION: &str = "2.8.0";

/// What each text goes through that is shown.
const FORMAT: [&str; 4] = ["markdownify", "strip_html", "normalize_whitespace", "escape_once"];

/// The elements that show that a site belongs to somebody, by the name of the setting.
const VERIFICATIONS: [(&str, &str); 6] = [
    ("google", "google-site-verification"),
    ("bing", "msvalidate.01"),
    ("alexa", "alexaVerifyID"),
    ("yandex", "yandex-verification"),
    ("baidu", "baidu-site-verification"),
    ("facebook", "facebook-domain-verification"),
];

/// What the tag writes.
pub(super) fn tag(view: &PageView<'_>, markup: &str) -> TagOutput {
    let seo = Seo {
        filters: Filters::of(view.rendering, view.item),
        page: view.page(),
        site: view.site(),
        paginator: view.paginator(),
    };
    let with_title = !markup.to_ascii_lowercase().contains("title=false");
    match seo.elements(with_title, view.rendering.site.settings.version.number()) {
        Ok(text) => TagOutput::Text(text),
        Err(message) => TagOutput::Stops(message),
    }
}

/// A page as the tag sees it.
struct Seo<'v> {
    filters: Filters<'v>,
    page: Value,
    site: Value,
    paginator: Value,
}

/// An element that stands for itself.
fn element(out: &mut String, name: &str, attributes: &[(&str, &str)]) {
    out.push('<');
    out.push_str(name);
    for (key, value) in attributes {
        out.push_str(&[" ", key, "=\"", value, "\""].concat());
    }
    out.push_str(" />\n");
}

/// A `meta` element whose name is given by `kind`: `name` or `property`.
fn meta(out: &mut String, kind: &str, name: &str, content: &str) {
    element(out, "meta", &[(kind, name), ("content", content)]);
}

/// The same where the value is there.
fn meta_of(out: &mut String, kind: &str, name: &str, content: &Value) {
    if content.is_true() {
        meta(out, kind, name, &content.plain_text());
    }
}

impl Seo<'_> {
    fn elements(&self, with_title: bool, jekyll: &str) -> Result<String, String> {
        let mut text = ["<!-- Begin Jekyll SEO tag v", VERSION, " -->\n"].concat();
        let out = &mut text;
        let site_title = self.site_title()?;
        let page_title = self.page_title(&site_title)?;
        let description = self.description()?;
        let (author, image) = (self.author(), self.image()?);
        let name = part(&author, "name");
        if let Some(title) = self.title(&site_title, &page_title)?.filter(|_| with_title) {
            out.push_str(&["<title>", &title, "</title>\n"].concat());
        }
        meta(out, "name", "generator", &["Jekyll v", jekyll].concat());
        if let Some(title) = &page_title {
            meta(out, "property", "og:title", title);
        }
        meta_of(out, "name", "author", &name);
        meta(out, "property", "og:locale", &self.locale());
        if let Some(description) = &description {
            meta(out, "name", "description", description);
            meta(out, "property", "og:description", description);
        }
        let canonical = self.canonical_url()?;
        if part(&self.site, "url").is_true() {
            element(out, "link", &[("rel", "canonical"), ("href", &canonical)]);
            meta(out, "property", "og:url", &canonical);
        }
        if let Some(title) = &site_title {
            meta(out, "property", "og:site_name", title);
        }
        let alternative = image.as_ref().map_or(Value::Nil, |image| part(image, "alt"));
        let image_path = image.as_ref().map(|image| part(image, "path").plain_text());
        if let (Some(image), Some(path)) = (&image, &image_path) {
            meta(out, "property", "og:image", path);
            meta_of(out, "property", "og:image:height", &part(image, "height"));
            meta_of(out, "property", "og:image:width", &part(image, "width"));
            meta_of(out, "property", "og:image:alt", &alternative);
        }
        let date = part(&self.page, "date");
        if date.is_true() {
            let published = self.filters.text(&["date_to_xmlschema"], &date)?;
            meta(out, "property", "og:type", "article");
            meta(out, "property", "article:published_time", &published);
        } else {
            meta(out, "property", "og:type", "website");
        }
        for (rel, page, path) in
            [("prev", "previous_page", "previous_page_path"), ("next", "next_page", "next_page_path")]
        {
            if part(&self.paginator, page).is_true() {
                let href = self.filters.text(&["absolute_url"], &part(&self.paginator, path))?;
                element(out, "link", &[("rel", rel), ("href", &href)]);
            }
        }
        let twitter = part(&self.site, "twitter");
        match &image_path {
            Some(path) => {
                let card = or_default(part(&part(&self.page, "twitter"), "card"), || {
                    or_default(part(&twitter, "card"), || "summary_large_image".into())
                });
                meta(out, "name", "twitter:card", &card.plain_text());
                meta(out, "property", "twitter:image", path);
            }
            None => meta(out, "name", "twitter:card", "summary"),
        }
        meta_of(out, "name", "twitter:image:alt", &alternative);
        if let Some(title) = &page_title {
            meta(out, "property", "twitter:title", title);
        }
        if twitter.is_true() {
            let account = |name: &Value| ["@", &name.plain_text().replace('@', "")].concat();
            meta(out, "name", "twitter:site", &account(&part(&twitter, "username")));
            if let own @ Value::Str(_) = either([&|| part(&author, "twitter"), &|| part(&author, "name")]) {
                meta(out, "name", "twitter:creator", &account(&own));
            }
        }
        let facebook = part(&self.site, "facebook");
        meta_of(out, "property", "fb:admins", &part(&facebook, "admins"));
        meta_of(out, "property", "article:publisher", &part(&facebook, "publisher"));
        meta_of(out, "property", "fb:app_id", &part(&facebook, "app_id"));
        let verifications = part(&self.site, "webmaster_verifications");
        if verifications.is_true() {
            for (key, name) in VERIFICATIONS {
                meta_of(out, "name", name, &part(&verifications, key));
            }
        } else {
            meta_of(out, "name", "google-site-verification", &part(&self.site, "google_site_verification"));
        }
        let linked = self.linked_data(page_title.as_deref(), description.as_deref(), &canonical, &author, image)?;
        let linked = self.filters.text(&["jsonify"], &linked)?;
        out.push_str(&["<script type=\"application/ld+json\">\n", &linked, "</script>\n"].concat());
        out.push_str("<!-- End Jekyll SEO tag -->\n");
        Ok(text)
    }

    /// A text that is shown; `None` where nothing is left of it.
    fn formatted(&self, value: &Value) -> Result<Option<String>, String> {
        if matches!(value, Value::Nil) {
            return Ok(None);
        }
        let text = self.filters.text(&FORMAT, value)?;
        Ok((!text.is_empty()).then_some(text))
    }

    fn site_title(&self) -> Result<Option<String>, String> {
        self.formatted(&either([&|| part(&self.site, "title"), &|| part(&self.site, "name")]))
    }

    fn page_title(&self, site_title: &Option<String>) -> Result<Option<String>, String> {
        Ok(self.formatted(&part(&self.page, "title"))?.or_else(|| site_title.clone()))
    }

    fn title(&self, site_title: &Option<String>, page_title: &Option<String>) -> Result<Option<String>, String> {
        let title = match (site_title, page_title) {
            (Some(site), Some(page)) if site != page => Some([page, " | ", site].concat()),
            (Some(site), _) => match self.formatted(&part(&self.site, "description"))? {
                Some(description) => {
                    let tagline = self.formatted(&part(&self.site, "tagline"))?;
                    Some([site, " | ", &tagline.unwrap_or(description)].concat())
                }
                None => page_title.clone(),
            },
            (None, page) => page.clone(),
        };
        let number = |key| match part(&self.paginator, key) {
            Value::Int(number) => Some(number),
            _ => None,
        };
        let (Some(page @ 2..), Some(total)) = (number("page"), number("total_pages")) else { return Ok(title) };
        let message = match part(&self.site, "seo_paginator_message") {
            message if message.is_true() => message.plain_text(),
            _ => "Page %<current>s of %<total>s for ".to_owned(),
        };
        Ok(title.map(|title| numbered(&message, page, total) + &title))
    }

    fn description(&self) -> Result<Option<String>, String> {
        let own = either([&|| part(&self.page, "description"), &|| part(&self.page, "excerpt")]);
        match self.formatted(&own)? {
            Some(own) => Ok(Some(own)),
            None => self.formatted(&part(&self.site, "description")),
        }
    }

    fn locale(&self) -> String {
        let of = |key: &str| either([&|| part(&self.page, key), &|| part(&self.site, key)]);
        let locale = either([&|| of("locale"), &|| of("lang"), &|| "en_US".into()]);
        locale.plain_text().replace('-', "_")
    }

    fn canonical_url(&self) -> Result<String, String> {
        let own = part(&self.page, "canonical_url").plain_text();
        if !own.is_empty() {
            return Ok(own);
        }
        let url = self.filters.text(&["absolute_url"], &part(&self.page, "url"))?;
        Ok(match url.strip_suffix("/index.html") {
            Some(folder) => [folder, "/"].concat(),
            None => url,
        })
    }

    /// The page's author, or the first one, or the site's, with what the data say of him; an empty mapping for none.
    fn author(&self) -> Value {
        let first = || match part(&self.page, "authors") {
            Value::List(authors) => authors.items.first().cloned().unwrap_or(Value::Nil),
            _ => Value::Nil,
        };
        let sources: [&dyn Fn() -> Value; 3] = [&|| part(&self.page, "author"), &first, &|| part(&self.site, "author")];
        let is_empty = |value: &Value| match value {
            Value::Nil => true,
            Value::Str(text) => text.is_empty(),
            _ => false,
        };
        let found = sources.iter().map(|source| source()).find(|value| !is_empty(value));
        match found {
            Some(author @ Value::Hash(_)) => author,
            Some(Value::Str(name)) => {
                let mut entries = vec![("name".into(), Value::Str(name.clone()))];
                let known = part(&part(&part(&self.site, "data"), "authors"), &name);
                if let Value::Hash(known) = known {
                    for (key, value) in &known.entries {
                        set(&mut entries, key, value.clone());
                    }
                }
                Value::hash(entries)
            }
            _ => Value::hash(Vec::new()),
        }
    }

    /// The page's image with its address as `path`; `None` for none.
    fn image(&self) -> Result<Option<Value>, String> {
        let mut entries = vec![("path".into(), Value::Nil)];
        match part(&self.page, "image") {
            Value::Hash(image) => {
                for (key, value) in &image.entries {
                    set(&mut entries, key, value.clone());
                }
            }
            image @ Value::Str(_) => set(&mut entries, "path", image),
            _ => {}
        }
        let image = Value::hash(entries.clone());
        let raw = either([&|| part(&image, "path"), &|| part(&image, "facebook"), &|| part(&image, "twitter")]);
        if !raw.is_true() {
            return Ok(None);
        }
        let url = match &raw {
            Value::Str(path) if is_absolute(path) == Some(false) => self.filters.apply("absolute_url", &raw, &[])?,
            _ => raw,
        };
        set(&mut entries, "path", self.filters.apply("uri_escape", &url, &[])?);
        Ok(Some(Value::hash(entries)))
    }

    fn is_home_or_about(&self) -> bool {
        let url = part(&self.page, "url").plain_text();
        let Some(rest) = url.strip_prefix('/') else { return false };
        let rest = rest.strip_prefix("about/").unwrap_or(rest);
        let Some(after) = rest.strip_prefix("index") else { return rest.is_empty() };
        let mut after = after.chars();
        // The period of the gem's expression stands for any character.
        after.next().is_some() && matches!(after.as_str(), "htm" | "html")
    }

    /// A mapping of the page or of the site; an empty one where there is none.
    fn section(of: &Value, key: &str) -> Value {
        match part(of, key) {
            section @ Value::Hash(_) => section,
            _ => Value::Nil,
        }
    }

    /// The JSON of schema.org, with its keys in order.
    fn linked_data(
        &self,
        title: Option<&str>,
        description: Option<&str>,
        canonical: &str,
        author: &Value,
        image: Option<Value>,
    ) -> Result<Value, String> {
        let (own, social) = (Self::section(&self.page, "seo"), Self::section(&self.site, "social"));
        let (home, date) = (self.is_home_or_about(), part(&self.page, "date"));
        let kind = match part(&own, "type") {
            kind if kind.is_true() => kind,
            _ if home => "WebSite".into(),
            _ if date.is_true() => "BlogPosting".into(),
            _ => "WebPage".into(),
        };
        let text = |text: Option<String>| text.map_or(Value::Nil, Value::from);
        let modified =
            either([&|| part(&own, "date_modified"), &|| part(&self.page, "last_modified_at"), &|| date.clone()]);
        let time = |date: &Value| match date.is_true() {
            true => self.filters.apply("date_to_xmlschema", date, &[]),
            false => Ok(Value::Nil),
        };
        let name = if part(&own, "name").is_true() {
            text(self.formatted(&part(&own, "name"))?)
        } else if !home {
            Value::Nil
        } else if part(&social, "name").is_true() {
            text(self.formatted(&part(&social, "name"))?)
        } else {
            text(self.site_title()?)
        };
        let links = match part(&own, "links") {
            links if links.is_true() => links,
            _ if home => part(&social, "links"),
            _ => Value::Nil,
        };
        let is_entity = matches!(&kind, Value::Str(kind) if matches!(&**kind, "BlogPosting" | "CreativeWork"));
        let main = || Value::hash(vec![("@type".into(), "WebPage".into()), ("@id".into(), canonical.into())]);
        let entries = vec![
            ("@context", "https://schema.org".into()),
            ("@type", kind),
            ("author", linked_author(author)),
            ("dateModified", time(&modified)?),
            ("datePublished", time(&date)?),
            ("description", description.map_or(Value::Nil, Value::from)),
            ("headline", title.map_or(Value::Nil, Value::from)),
            ("image", image.map_or(Value::Nil, linked_image)),
            ("mainEntityOfPage", if is_entity { main() } else { Value::Nil }),
            ("name", name),
            ("publisher", self.publisher(author)?),
            ("sameAs", if links.is_true() { links } else { Value::Nil }),
            ("url", canonical.into()),
        ];
        let there = entries.into_iter().filter(|(_, value)| !value.is_nil());
        Ok(Value::hash(there.map(|(key, value)| (key.into(), value)).collect()))
    }

    fn publisher(&self, author: &Value) -> Result<Value, String> {
        let logo = part(&self.site, "logo");
        if !logo.is_true() {
            return Ok(Value::Nil);
        }
        let absolute = match &logo {
            Value::Str(text) if is_absolute(text) == Some(true) => logo,
            _ => self.filters.apply("absolute_url", &logo, &[])?,
        };
        let url = self.filters.apply("uri_escape", &absolute, &[])?;
        let image = Value::hash(vec![("@type".into(), "ImageObject".into()), ("url".into(), url)]);
        let mut entries = vec![("@type".into(), "Organization".into()), ("logo".into(), image)];
        let name = part(author, "name");
        if name.is_true() {
            entries.push(("name".into(), name));
        }
        Ok(Value::hash(entries))
    }
}

fn linked_author(author: &Value) -> Value {
    let (name, kind, url) = (part(author, "name"), part(author, "type"), part(author, "url"));
    let known = match &kind {
        Value::Str(kind) => matches!(&**kind, "Organization" | "Person"),
        kind => !kind.is_true(),
    };
    if !name.is_true() || !known {
        return Value::Nil;
    }
    let kind = if kind.is_true() { kind } else { "Person".into() };
    let mut entries = vec![("@type".into(), kind), ("name".into(), name)];
    if url.is_true() {
        entries.push(("url".into(), url));
    }
    Value::hash(entries)
}

/// The address alone where nothing else is known of the image.
fn linked_image(image: Value) -> Value {
    let Value::Hash(hash) = &image else { return image };
    let path = part(&image, "path");
    if hash.entries.len() == 1 {
        return path;
    }
    let mut entries: Vec<_> = hash.entries.iter().filter(|(key, _)| &**key != "path").cloned().collect();
    set(&mut entries, "url", path);
    set(&mut entries, "@type", "imageObject".into());
    Value::hash(entries)
}

/// Sets a key, in its place if it is there.
fn set(entries: &mut Vec<(std::rc::Rc<str>, Value)>, key: &str, value: Value) {
    match entries.iter_mut().find(|(known, _)| &**known == key) {
        Some((_, known)) => *known = value,
        None => entries.push((key.into(), value)),
    }
}

/// Whether a URI has a scheme; `None` where it is none.
fn is_absolute(uri: &str) -> Option<bool> {
    let end = uri.find(['/', '?', '#']).unwrap_or(uri.len());
    let scheme = match uri.get(..end).unwrap_or("").split_once(':') {
        Some((scheme, _)) => scheme,
        None => return Some(false),
    };
    let good = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.');
    (scheme.starts_with(|c: char| c.is_ascii_alphabetic()) && scheme.chars().all(good)).then_some(true)
}

/// Ruby's `format` for a message with the number of a page and of all pages.
fn numbered(message: &str, current: i64, total: i64) -> String {
    let mut out = String::with_capacity(message.len() + 8);
    let mut rest = message;
    while let Some((before, after)) = rest.split_once('%') {
        out.push_str(before);
        let named = [('<', '>', true), ('{', '}', false)].into_iter().find_map(|(open, close, has_type)| {
            let (name, after) = after.strip_prefix(open)?.split_once(close)?;
            let number = match name {
                "current" => current,
                "total" => total,
                _ => return None,
            };
            let after = if has_type { after.strip_prefix(['s', 'd', 'i', 'u']).unwrap_or(after) } else { after };
            Some((number, after))
        });
        rest = match named {
            Some((number, after)) => {
                out.push_str(&number.to_string());
                after
            }
            None => {
                out.push('%');
                after.strip_prefix('%').unwrap_or(after)
            }
        };
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_may_name_its_numbers_in_both_forms_of_ruby() {
        assert_eq!(numbered("Page %<current>s of %<total>d for ", 2, 9), "Page 2 of 9 for ");
        assert_eq!(numbered("%{current}/%{total} (100%%) ", 2, 9), "2/9 (100%) ");
    }

    #[test]
    fn a_uri_with_a_scheme_is_absolute() {
        assert_eq!(is_absolute("https://a.example/x"), Some(true));
        assert_eq!(is_absolute("/a:b"), Some(false));
        assert_eq!(is_absolute("1a:b"), None);
    }
}
