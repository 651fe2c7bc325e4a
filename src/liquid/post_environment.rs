//! What the body of a post can reach where nothing else of its site is known: the post, and a few values of the site.
//! In: a post. Out: values by name. Neighbours: `environment.rs` says what is asked; `links.rs`; `post/` below.

use std::cell::OnceCell;
use std::rc::Rc;

use super::environment::Environment;
use super::links;
use super::value::Value;
use crate::post::Post;
use crate::post::date::{DateKind, DateTime};
use crate::post::file_name::Folder;
use crate::post::publishing::SiteSettings;
use crate::post::yaml::Scalar;

/// A post of a site of which only the settings are known. `page` is made only when it is read.
#[derive(Debug)]
pub(super) struct PostEnvironment<'a> {
    post: &'a Post,
    settings: &'a SiteSettings,
    now: i64,
    page: OnceCell<Value>,
}

impl<'a> PostEnvironment<'a> {
    pub(super) fn new(post: &'a Post, settings: &'a SiteSettings, now: i64) -> Self {
        Self { post, settings, now, page: OnceCell::new() }
    }
}

impl Environment for PostEnvironment<'_> {
    /// The variables of Jekyll's drops/unified_payload_drop.rb; `site` is unknown, as most of it is: see `site`.
    fn global(&self, name: &str) -> Option<Value> {
        Some(match name {
            "page" => self.page.get_or_init(|| page(self)).clone(),
            "site" | "jekyll" | "layout" | "theme" => Value::Unknown,
            // These variables are also a list of their names (`Enumerable` in Jekyll's drops/drop.rb). Templates of
            // other languages, shown in a post without `raw`, use such names.
            "count" => Value::Int(9),
            "min" => "content".into(),
            "max" => "theme".into(),
            "first" | "sort" => Value::Unknown,
            "content" | "highlighter_prefix" | "highlighter_suffix" | "paginator" => Value::Nil,
            _ => return None,
        })
    }

    fn site(&self, key: &str) -> Option<Value> {
        let settings = self.settings;
        let known = |text: &Option<String>| text.as_deref().map_or(Value::Unknown, Value::from);
        Some(match key {
            "time" => Value::Date(settings.zone.now(self.now)),
            "baseurl" => Value::of_yaml(&settings.baseurl),
            "url" if !settings.url.is_null() => Value::of_yaml(&settings.url),
            _ if settings.liquid.strict_variables && !has_key(settings, key) => return None,
            "title" => known(&settings.title),
            "description" => known(&settings.description),
            _ => Value::Unknown,
        })
    }

    fn is_page(&self, value: &Value) -> bool {
        match (self.page.get(), value) {
            (Some(Value::Hash(page)), Value::Hash(hash)) => Rc::ptr_eq(page, hash),
            _ => false,
        }
    }

    fn is_markdown(&self) -> bool {
        self.settings.is_markdown(&self.post.file_name)
    }

    fn link(&self, path: &str) -> Result<String, String> {
        let failed = || ["`", path, "` is not the path of a file of the site."].concat();
        links::link(path, self.settings, self.now).ok_or_else(failed)
    }

    fn post_url(&self, name: &str) -> Result<String, String> {
        let failed =
            || ["`", name, "` is not the name of a post, which begins with a date: 2014-12-08-title."].concat();
        links::post_url(name, self.settings, self.now).ok_or_else(failed)
    }
}

/// Whether `site` may have the key: it is a setting that is given or that Jekyll has a default for (configuration.rb), a
/// collection, or a part of Jekyll's drops/site_drop.rb. A name that every object of Ruby has counts, too.
fn has_key(settings: &SiteSettings, key: &str) -> bool {
    const DEFAULTS: &str = "source destination collections_dir cache_dir plugins_dir layouts_dir data_dir includes_dir \
        collections safe include exclude keep_files encoding markdown_ext strict_front_matter show_drafts limit_posts \
        future unpublished whitelist plugins markdown highlighter lsi excerpt_separator incremental detach port host \
        baseurl show_dir_listing permalink paginate_path timezone quiet verbose defaults liquid kramdown serving watch";
    const PARTS: &str = "categories config data documents html_pages pages posts related_posts static_files tags time \
        github";
    const OBJECTS: &str = "chain chunk class clone collect compact content_methods count cycle detect display drop dup \
        each entries extend fetch filter find first freeze grep hash inject inspect itself keys lazy map max member \
        merge method methods min minmax object_id partition reduce reject select send size sort sum taint take tally \
        tap then trust uniq untaint zip";
    [DEFAULTS, PARTS, OBJECTS].iter().any(|names| names.split(' ').any(|name| name == key))
        || settings.keys.iter().chain(&settings.files.collections).any(|name| name == key)
}

/// drops/document_drop.rb: the front matter, and over it what Jekyll makes of the post itself.
fn page(environment: &PostEnvironment<'_>) -> Value {
    let PostEnvironment { post, settings, now, .. } = environment;
    let mut entries: Vec<(Rc<str>, Value)> = Vec::new();
    let mapping = &post.front_matter.mapping;
    for (key, value) in mapping {
        let name = crate::post::yaml::display(key);
        let value = match post.front_matter.entry(&name).and_then(|entry| entry.scalar.as_ref()) {
            Some(Scalar::Date(date, _)) => Value::Date(settings.zone.of_yaml(date)),
            _ => Value::of_yaml(value),
        };
        entries.push((name.into(), value));
    }
    let texts = |texts: Vec<String>| Value::list(texts.into_iter().map(Value::from).collect());
    let mut set = |name: &str, value: Value| entries.push((name.into(), value));
    let has = |name: &str| mapping.get(name).is_some_and(|value| !value.is_null());
    let file = &post.file_name;
    let url = post.url(settings, *now).map_or(Value::Unknown, |url| url.path.into());
    let path = match file.folder {
        Folder::Posts => "_posts/",
        Folder::Drafts => "_drafts/",
    };
    let path: String = file
        .categories
        .iter()
        .flat_map(|folder| [folder.as_str(), "/"])
        .chain([path, file.below.as_str(), file.name.as_str()])
        .collect();
    if let Value::Str(url) = &url {
        let folder = url.trim_end_matches('/').rfind('/').and_then(|at| url.get(..=at)).unwrap_or("/");
        set("id", [folder, post.slug()].concat().into());
    }
    set("url", url);
    set("path", path.as_str().into());
    set("relative_path", path.into());
    set("collection", "posts".into());
    set("title", post.title().into());
    set("categories", texts(post.categories()));
    set("tags", texts(post.front_matter.tags.clone()));
    let date = post.date(settings).unwrap_or_else(|| settings.zone.now(*now));
    set("date", Value::Date(DateTime { kind: DateKind::Time, ..date }));
    for (name, value) in [("slug", post.slug()), ("ext", &file.extension), ("name", &file.name)] {
        if !has(name) {
            set(name, value.into());
        }
    }
    if !has("draft") {
        set("draft", Value::Bool(file.folder == Folder::Drafts));
    }
    // These need the rest of the site, or the rendering that is going on.
    // The last five count and sort the rest (drops/drop.rb), whatever the front matter says.
    for name in ["content", "output", "next", "previous", "count", "first", "max", "min", "sort"] {
        set(name, Value::Unknown);
    }
    if !has("excerpt") {
        set("excerpt", Value::Unknown);
    }
    Value::hash(entries)
}
