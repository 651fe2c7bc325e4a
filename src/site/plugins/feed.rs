//! jekyll-feed 0.17.0: pages with the newest posts in Atom's form, one for each collection, category and tag that the
//! settings name, and the tag `feed_meta`, which points to the first. In: documents. Out: pages. Neighbours:
//! `filters.rs`, `generation.rs`. The rules are those of the gem's generator.rb and meta-tag.rb.

use std::rc::Rc;

use serde_yaml::{Mapping, Value as Yaml};

use super::super::drops;
use super::super::page_view::PageView;
use super::super::rendering::{SiteItem, SiteRendering};
use super::filters::{Filters, or_default, part};
use super::generation::{SiteGeneration, mapping};
use super::report;
use crate::liquid::{TagOutput, Value};
use crate::post::front_matter::is_true;
use crate::post::yaml::display;

/// How many posts a feed has where the settings say nothing.
const POSTS: usize = 10;

/// A collection that gets a feed.
struct Feed {
    collection: String,
    categories: Vec<Yaml>,
    path: Option<String>,
}

/// Adds the feeds.
pub(super) fn generate(generation: &mut SiteGeneration<'_>) {
    let config = generation.setting("feed").and_then(Yaml::as_mapping).cloned().unwrap_or_default();
    let flag = |key: &str| config.get(key).is_some_and(is_true);
    if flag("disable_in_development") && generation.options.environment == "development" {
        return;
    }
    for feed in feeds(&config) {
        keep_path(generation, &feed);
        let prefix = match feed.collection.as_str() {
            "posts" => "/feed".to_owned(),
            collection => ["/feed/", collection].concat(),
        };
        for category in feed.categories.iter().chain([&Yaml::Null]) {
            let path = match (category, &feed.path) {
                (Yaml::Null, Some(path)) => path.clone(),
                (Yaml::Null, None) => [&prefix, ".xml"].concat(),
                (category, _) => [&prefix, "/", &display(category), ".xml"].concat(),
            };
            add(generation, &path, &feed.collection, category.clone(), Yaml::Null);
        }
    }
    let tags = config.get("tags").filter(|tags| is_true(tags));
    let known: Vec<Yaml> = generation.site.tags().into_iter().map(|group| group.name).collect();
    let Some(tags) = tags.filter(|_| !known.is_empty()) else { return };
    let list = |key: &str| tags.get(key).and_then(Yaml::as_sequence).cloned();
    let (only, except) = (list("only").unwrap_or(known), list("except").unwrap_or_default());
    let folder = tags.get("path").filter(|path| is_true(path)).map_or_else(|| "/feed/by_tag/".to_owned(), display);
    for tag in only.into_iter().filter(|tag| !except.contains(tag)) {
        let name = display(&tag);
        if name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_') {
            add(generation, &[&folder, &name, ".xml"].concat(), "posts", Yaml::Null, tag);
        }
    }
}

/// The collections that get feeds; the posts come last where the settings do not name them.
fn feeds(config: &Mapping) -> Vec<Feed> {
    let text = |value: Option<&Yaml>| value.filter(|value| is_true(value)).map(display);
    let list = |value: Option<&Yaml>| {
        let mut unique: Vec<Yaml> = Vec::new();
        for item in value.and_then(Yaml::as_sequence).into_iter().flatten() {
            if !unique.contains(item) {
                unique.push(item.clone());
            }
        }
        unique
    };
    let of = |(name, meta): (&Yaml, &Yaml)| Feed {
        collection: display(name),
        categories: list(meta.get("categories")),
        path: text(meta.get("path")),
    };
    let mut feeds: Vec<Feed> = match config.get("collections") {
        Some(Yaml::Sequence(names)) => names.iter().map(|name| of((name, &Yaml::Null))).collect(),
        Some(Yaml::Mapping(metas)) => metas.iter().map(of).collect(),
        _ => Vec::new(),
    };
    if !feeds.iter().any(|feed| feed.collection == "posts") {
        feeds.push(of((&"posts".into(), &Yaml::Null)));
    }
    if let Some(posts) = feeds.iter_mut().find(|feed| feed.collection == "posts") {
        posts.path = posts.path.take().or_else(|| text(config.get("path")));
        if posts.categories.is_empty() {
            posts.categories = list(config.get("categories"));
        }
    }
    feeds
}

/// The settings say afterwards where the feed of the posts is.
fn keep_path(generation: &mut SiteGeneration<'_>, feed: &Feed) {
    let Some(path) = feed.path.as_ref().filter(|_| feed.collection == "posts") else { return };
    let is_open = |config: &Yaml| config.is_mapping() && !config.get("path").is_some_and(is_true);
    if generation.site.config.get("feed").is_some_and(is_open)
        && let Some(Yaml::Mapping(config)) = generation.change().config.get_mut("feed")
    {
        config.insert("path".into(), path.as_str().into());
    }
}

fn add(generation: &mut SiteGeneration<'_>, path: &str, collection: &str, category: Yaml, tags: Yaml) {
    if generation.has_file(path) {
        return;
    }
    let data = mapping([
        ("layout", Yaml::Null),
        ("sitemap", false.into()),
        ("xsl", generation.has_file("feed.xslt.xml").into()),
        ("collection", collection.into()),
        ("category", category),
        ("tags", tags),
    ]);
    let page = generation.page(path, data);
    generation.add_written(page, write);
}

/// The tag `feed_meta`.
pub(super) fn meta(view: &PageView<'_>) -> TagOutput {
    let site = view.site();
    let path = part(&part(&site, "feed"), "path");
    let path = if path.is_true() { path } else { "feed.xml".into() };
    let href = match Filters::of(view.rendering, view.item).text(&["absolute_url"], &path) {
        Ok(href) => href,
        Err(message) => return TagOutput::Stops(message),
    };
    let attribute = |name: &str, value: &str| {
        let value = value.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
        let value = value.replace('"', "&quot;").replace('\'', "&apos;");
        [" ", name, "=\"", &value, "\""].concat()
    };
    let mut text = "<link".to_owned();
    text.push_str(&attribute("type", "application/atom+xml"));
    text.push_str(&attribute("rel", "alternate"));
    text.push_str(&attribute("href", &href));
    let config = |key| view.rendering.config(key);
    let title = Some(config("title")).filter(Value::is_true).unwrap_or_else(|| config("name"));
    if title.is_true() {
        text.push_str(&attribute("title", &title.plain_text()));
    }
    TagOutput::Text(text + " />")
}

fn write(rendering: &SiteRendering, page: usize) -> String {
    let writer = FeedWriter {
        version: rendering.site.settings.version.number(),
        filters: Filters::of(rendering, SiteItem::Page(page)),
        site: drops::site(&rendering.this, SiteItem::Page(page)),
        page: drops::PageDrop::value(&rendering.this, page),
        out: String::new(),
    };
    writer.feed().unwrap_or_else(|message| report(rendering, page, message))
}

struct FeedWriter<'r> {
    /// The version of Jekyll that the feed names.
    version: &'static str,
    filters: Filters<'r>,
    site: Value,
    page: Value,
    out: String,
}

/// Text that an element has: `before`, the text, `after`.
type Around = (&'static str, &'static str);

impl FeedWriter<'_> {
    fn push(&mut self, parts: &[&str]) {
        parts.iter().for_each(|part| self.out.push_str(part));
    }

    /// Text in an element, escaped.
    fn escaped(&mut self, (before, after): Around, value: &Value) -> Result<(), String> {
        let text = self.filters.text(&["xml_escape"], value)?;
        self.push(&[before, &text, after]);
        Ok(())
    }

    /// The same where the value is there.
    fn escaped_of(&mut self, around: Around, value: &Value) -> Result<(), String> {
        if value.is_true() { self.escaped(around, value) } else { Ok(()) }
    }

    fn absolute(&self, value: &Value) -> Result<String, String> {
        self.filters.text(&["absolute_url"], value)
    }

    fn feed(mut self) -> Result<String, String> {
        let (site, page) = (self.site.clone(), self.page.clone());
        let url = part(&page, "url");
        let (own, root) = (self.absolute(&url)?, self.absolute(&"/".into())?);
        self.push(&["<?xml version=\"1.0\" encoding=\"utf-8\"?>"]);
        if part(&page, "xsl").is_true() {
            let style = self.absolute(&"/feed.xslt.xml".into())?;
            self.push(&["<?xml-stylesheet type=\"text/xml\" href=\"", &style, "\"?>"]);
        }
        let lang = part(&site, "lang");
        let lang_text = lang.plain_text();
        self.push(&["<feed xmlns=\"http://www.w3.org/2005/Atom\" "]);
        if lang.is_true() {
            self.push(&["xml:lang=\"", &lang_text, "\""]);
        }
        let version = self.version;
        self.push(&["><generator uri=\"https://jekyllrb.com/\" version=\"", version, "\">Jekyll</generator>"]);
        self.push(&["<link href=\"", &own, "\" rel=\"self\" type=\"application/atom+xml\" />"]);
        self.push(&["<link href=\"", &root, "\" rel=\"alternate\" type=\"text/html\" "]);
        if lang.is_true() {
            self.push(&["hreflang=\"", &lang_text, "\" "]);
        }
        let updated = self.filters.text(&["date_to_xmlschema"], &part(&site, "time"))?;
        self.push(&["/><updated>", &updated, "</updated>"]);
        self.escaped(("<id>", "</id>"), &own.into())?;
        self.title()?;
        self.escaped_of(("<subtitle>", "</subtitle>"), &part(&site, "description"))?;
        let author = part(&site, "author");
        if author.is_true() {
            let name = or_default(part(&author, "name"), || author.clone());
            self.author(&name, &part(&author, "email"), &part(&author, "uri"))?;
        }
        let Value::List(posts) = self.posts()? else { return Ok(self.out + "</feed>") };
        let limit = or_default(part(&part(&site, "feed"), "posts_limit"), || POSTS.into());
        let limit = limit.plain_text().trim().parse().unwrap_or(POSTS);
        for post in posts.items.iter().take(limit) {
            self.entry(post)?;
        }
        Ok(self.out + "</feed>")
    }

    /// The site's title, with the collection and the category.
    fn title(&mut self) -> Result<(), String> {
        let mut title = or_default(part(&self.site, "title"), || part(&self.site, "name"));
        let collection = part(&self.page, "collection");
        let category = part(&self.page, "category");
        let is_posts = matches!(&collection, Value::Str(name) if &**name == "posts");
        for (part, is_shown) in [(&collection, !is_posts), (&category, category.is_true())] {
            if is_shown {
                let name = self.filters.text(&["capitalize"], part)?;
                title = [&title.plain_text(), " | ", &name].concat().into();
            }
        }
        if title.is_true() {
            let text = self.filters.text(&["smartify", "xml_escape"], &title)?;
            self.push(&["<title type=\"html\">", &text, "</title>"]);
        }
        Ok(())
    }

    fn author(&mut self, name: &Value, email: &Value, uri: &Value) -> Result<(), String> {
        self.escaped(("<author><name>", "</name>"), name)?;
        self.escaped_of(("<email>", "</email>"), email)?;
        self.escaped_of(("<uri>", "</uri>"), uri)?;
        self.push(&["</author>"]);
        Ok(())
    }

    /// The documents of this feed, the newest first.
    fn posts(&self) -> Result<Value, String> {
        let (tag, category) = (part(&self.page, "tags"), part(&self.page, "category"));
        let mut posts = match tag.is_true() {
            true => part(&self.site, "tags").get(&tag),
            false => part(&self.site, &part(&self.page, "collection").plain_text()),
        };
        if category.is_true() {
            posts = self.filters.apply("where", &posts, &["categories".into(), category])?;
        }
        if !part(&self.site, "show_drafts").is_true()
            && let Value::List(list) = &posts
        {
            let is_draft = |post: &&Value| matches!(part(post, "draft"), Value::Bool(true));
            posts = Value::list(list.items.iter().filter(|post| !is_draft(post)).cloned().collect());
        }
        let sorted = self.filters.apply("sort", &posts, &["date".into()])?;
        self.filters.apply("reverse", &sorted, &[])
    }

    fn entry(&mut self, post: &Value) -> Result<(), String> {
        let lang = part(post, "lang");
        self.push(&["<entry"]);
        if lang.is_true() {
            self.push(&[" xml:lang=\"", &lang.plain_text(), "\""]);
        }
        let filters = ["smartify", "strip_html", "normalize_whitespace", "xml_escape"];
        let title = self.filters.text(&filters, &part(post, "title"))?;
        let url = self.absolute(&part(post, "url"))?;
        let date = part(post, "date");
        let published = self.filters.text(&["date_to_xmlschema"], &date)?;
        let updated = or_default(part(post, "last_modified_at"), || date.clone());
        let updated = self.filters.text(&["date_to_xmlschema"], &updated)?;
        self.push(&["><title type=\"html\">", &title, "</title>"]);
        self.push(&["<link href=\"", &url, "\" rel=\"alternate\" type=\"text/html\" title=\"", &title, "\" />"]);
        self.push(&["<published>", &published, "</published><updated>", &updated, "</updated>"]);
        let id = self.absolute(&part(post, "id"))?;
        self.escaped(("<id>", "</id>"), &id.into())?;
        let excerpt_only =
            or_default(part(&part(post, "feed"), "excerpt_only"), || part(&part(&self.site, "feed"), "excerpt_only"));
        if !excerpt_only.is_true() {
            self.escaped(("<content type=\"html\" xml:base=\"", "\"><![CDATA["), &url.into())?;
            let content = self.filters.text(&["strip"], &part(post, "content"))?;
            self.push(&[&content, "]]></content>"]);
        }
        self.post_author(post)?;
        self.terms(post)?;
        let summary = or_default(part(post, "description"), || part(post, "excerpt"));
        let is_empty = matches!(&summary, Value::Str(text) if text.is_empty());
        if summary.is_true() && !is_empty {
            let text = self.filters.text(&["strip_html", "normalize_whitespace"], &summary)?;
            self.push(&["<summary type=\"html\"><![CDATA[", &text, "]]></summary>"]);
        }
        self.image(post)?;
        self.push(&["</entry>"]);
        Ok(())
    }

    fn post_author(&mut self, post: &Value) -> Result<(), String> {
        let first = || part(post, "authors").get(&Value::Int(0));
        let author = or_default(or_default(part(post, "author"), first), || part(&self.site, "author"));
        let known = part(&part(&self.site, "data"), "authors").get(&author);
        let author = or_default(known, || author);
        let empty = || Value::from("");
        let name = or_default(or_default(part(&author, "name"), || author.clone()), empty);
        let detail = |key| or_default(part(&author, key), || Value::Nil);
        self.author(&name, &detail("email"), &detail("uri"))
    }

    /// Categories and tags.
    fn terms(&mut self, post: &Value) -> Result<(), String> {
        let category = part(post, "category");
        let categories = if category.is_true() { Value::Nil } else { part(post, "categories") };
        let around = ("<category term=\"", "\" />");
        self.escaped_of(around, &category)?;
        for terms in [categories, part(post, "tags")] {
            match &terms {
                Value::List(list) => list.items.iter().try_for_each(|term| self.escaped(around, term))?,
                Value::Str(text) if !text.is_empty() => self.escaped(around, &Value::Str(Rc::clone(text)))?,
                _ => {}
            }
        }
        Ok(())
    }

    fn image(&mut self, post: &Value) -> Result<(), String> {
        let image = part(post, "image");
        let image = or_default(part(&image, "path"), || image);
        if !image.is_true() {
            return Ok(());
        }
        let has_host = matches!(&image, Value::Str(text) if text.contains("://"));
        let image = if has_host { image } else { self.absolute(&image)?.into() };
        let media = "xmlns:media=\"http://search.yahoo.com/mrss/\"";
        let url = self.filters.text(&["xml_escape"], &image)?;
        self.push(&["<media:thumbnail ", media, " url=\"", &url, "\" />"]);
        self.push(&["<media:content medium=\"image\" url=\"", &url, "\" ", media, " />"]);
        Ok(())
    }
}
