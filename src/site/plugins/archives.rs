//! jekyll-archives 2.2.1: a page for each tag, category, year, month and day of the posts. In: the posts. Out: pages
//! with the layout that the settings name. Neighbours: `generation.rs`; `drops/page.rs` has the parts of an archive. The
//! rules are those of the gem's jekyll-archives.rb and archive.rb.

use serde_yaml::{Mapping, Value as Yaml};

use super::super::index::PostGroup;
use super::super::model::{Dates, DocumentId, Page};
use super::super::reader::{fill, written};
use super::super::rendering::PageEntry;
use super::generation::{SiteGeneration, extension, mapping};
use crate::post::date::{DateKind, DateTime};
use crate::post::defaults;
use crate::post::front_matter::is_true;
use crate::post::permalink::output_extension;
use crate::post::slug::{Mode, SlugCase, slugify};
use crate::post::yaml::display;

/// What an archive is of.
enum Title {
    Name(Yaml),
    Date(DateTime),
}

/// Adds the archives.
pub(super) fn generate(generation: &mut SiteGeneration<'_>) {
    let mut config = defaults();
    if let Some(Yaml::Mapping(own)) = generation.site.config.get("jekyll-archives") {
        defaults::merge(&mut config, own);
    }
    generation.change().config.insert("jekyll-archives".into(), Yaml::Mapping(config.clone()));
    let is_enabled = |kind: &str| match config.get("enabled") {
        Some(Yaml::Bool(all)) => *all,
        Some(Yaml::String(all)) => all == "all",
        Some(Yaml::Sequence(kinds)) => kinds.iter().any(|known| known == kind),
        _ => false,
    };
    let (tags, categories) = (generation.site.tags(), generation.site.categories());
    for (enabled, kind, groups) in [("tags", "tag", tags), ("categories", "category", categories)] {
        for PostGroup { name, posts } in groups.into_iter().filter(|_| is_enabled(enabled)) {
            add(generation, &config, kind, &Title::Name(name), posts);
        }
    }
    let posts = generation.site.posts().to_vec();
    for (year, mut posts) in groups(generation, &posts, |date| date.year) {
        posts.reverse();
        if is_enabled("year") {
            add(generation, &config, "year", &date(year, 1, 1), posts.clone());
        }
        // The newest month comes first.
        for (month, posts) in groups(generation, &posts, |date| date.month) {
            if is_enabled("month") {
                add(generation, &config, "month", &date(year, month, 1), posts.clone());
            }
            for (day, posts) in groups(generation, &posts, |date| date.day) {
                if is_enabled("day") {
                    add(generation, &config, "day", &date(year, month, day), posts);
                }
            }
        }
    }
}

fn defaults() -> Mapping {
    let permalinks = mapping([
        ("year", "/:year/".into()),
        ("month", "/:year/:month/".into()),
        ("day", "/:year/:month/:day/".into()),
        ("tag", "/tag/:name/".into()),
        ("category", "/category/:name/".into()),
    ]);
    mapping([
        ("layout", "archive".into()),
        ("enabled", Yaml::Sequence(Vec::new())),
        ("permalinks", Yaml::Mapping(permalinks)),
    ])
}

fn date(year: i32, month: u8, day: u8) -> Title {
    let none = DateTime { year, month, day, hour: 0, minute: 0, second: 0, offset: None, kind: DateKind::Day };
    Title::Date(DateTime::day(year, month, day).unwrap_or(none))
}

/// Posts by a part of their date, in the order in which the parts come.
fn groups<K: PartialEq>(
    generation: &SiteGeneration<'_>,
    posts: &[DocumentId],
    key: impl Fn(&DateTime) -> K,
) -> Vec<(K, Vec<DocumentId>)> {
    let mut groups: Vec<(K, Vec<DocumentId>)> = Vec::new();
    for &post in posts {
        let Some(document) = generation.site.documents.get(post) else { continue };
        let key = key(&document.date);
        match groups.iter_mut().find(|(known, _)| *known == key) {
            Some((_, group)) => group.push(post),
            None => groups.push((key, vec![post])),
        }
    }
    groups
}

fn add(generation: &mut SiteGeneration<'_>, config: &Mapping, kind: &str, title: &Title, posts: Vec<DocumentId>) {
    let template =
        config.get("permalinks").and_then(|permalinks| permalinks.get(kind)).map(display).unwrap_or_default();
    let two = |number: u8| ["0", &number.to_string()].concat().split_off(usize::from(number > 9));
    let values: Vec<(&str, Option<String>)> = match title {
        Title::Name(Yaml::String(name)) => vec![("name", Some(slugify(name, Mode::Default, SlugCase::Lower)))],
        Title::Name(_) => vec![("name", None)],
        Title::Date(date) => {
            let mut year = date.year.to_string();
            while year.len() < 4 {
                year.insert(0, '0');
            }
            let parts = [("year", year), ("month", two(date.month)), ("day", two(date.day))];
            let count = match kind {
                "year" => 1,
                "month" => 2,
                _ => 3,
            };
            parts.into_iter().take(count).map(|(name, value)| (name, Some(value))).collect()
        }
    };
    let mut path = template;
    for (name, value) in &values {
        if value.is_none() {
            path = path.replace(&["/:", name].concat(), "");
        }
    }
    let mut known: Vec<(&str, &str)> =
        values.iter().filter_map(|(name, value)| Some((*name, value.as_deref()?))).collect();
    known.push(("type", kind));
    // An address that is none stops Jekyll.
    let Ok(path) = fill(&path, &known) else { return };
    let mut file = written(&path, "").file;
    if path.ends_with('/') {
        file.push_str(".html");
    }
    let extension = extension(&file).to_owned();
    let settings = &generation.site.settings;
    let output_ext = output_extension(&extension, None, settings);
    let layouts = config.get("layouts").filter(|layouts| is_true(layouts));
    let layout = layouts.and_then(|layouts| layouts.get(kind)).filter(|layout| is_true(layout));
    let layout = layout.or_else(|| config.get("layout")).cloned().unwrap_or_default();
    let mut data = mapping([("layout", layout), ("type", kind.into()), ("permalink", Yaml::Null)]);
    let mut dates = Dates::new();
    match title {
        Title::Name(Yaml::String(name)) => {
            data.insert("title".into(), name.as_str().into());
        }
        Title::Name(_) => {}
        Title::Date(date) => {
            data.insert("date".into(), "".into());
            dates.insert("date".to_owned(), *date);
        }
    }
    let name = file.rsplit('/').next().unwrap_or(&file);
    let name = name.strip_suffix(extension.as_str()).unwrap_or(name).to_owned();
    let own = defaults::of_path(&settings.defaults, &file, Some("pages"), &settings.collections_dir);
    let mut page: Page = generation.page(&file, data);
    page.url = written(&path, &output_ext);
    page.defaults = own.unwrap_or_default();
    (page.name, page.extension, page.output_ext, page.dates) = (name, extension, output_ext, dates);
    generation.pages.push(PageEntry { archive: Some(posts), ..PageEntry::of(page) });
}
