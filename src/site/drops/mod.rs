//! What Liquid sees of a site (Jekyll's drops/). In: a rendering, and which of its parts. Out: values. Neighbours:
//! `environment.rs` asks; `rendering.rs` keeps what is made once. Each file has one kind of drop.

mod collection;
mod document;
mod page;
mod site;
mod static_file;

use std::rc::Rc;

use serde_yaml::Mapping;

use super::model::Dates;
use super::rendering::{SiteItem, SiteRendering};
use crate::liquid::Value;
use crate::post::yaml::display;

pub(super) use collection::CollectionDrop;
pub(super) use document::DocumentDrop;
pub(super) use page::PageDrop;
pub(super) use site::site;
pub(super) use static_file::StaticFileDrop;

/// A mapping of YAML.
pub(super) fn of_mapping(mapping: &Mapping) -> Value {
    Value::of_yaml(&serde_yaml::Value::Mapping(mapping.clone()))
}

/// A mapping of YAML whose keys may be dates.
fn of_data(rendering: &SiteRendering, data: &Mapping, dates: &Dates) -> Value {
    let entry = |(key, value): (&serde_yaml::Value, &serde_yaml::Value)| {
        let name = display(key);
        let value = match dates.get(&name) {
            Some(date) => Value::Date(rendering.site.settings.zone.of_yaml(date)),
            None => Value::of_yaml(value),
        };
        (name.into(), value)
    };
    Value::hash(data.iter().map(entry).collect())
}

/// drops/jekyll_drop.rb
pub(super) fn jekyll(rendering: &SiteRendering) -> Value {
    Value::hash(vec![
        ("version".into(), rendering.site.settings.version.number().into()),
        ("environment".into(), rendering.options.environment.as_str().into()),
    ])
}

/// drops/theme_drop.rb, as far as a theme's folder tells; `None` for a site without a theme.
pub(super) fn theme(rendering: &SiteRendering) -> Option<Value> {
    let theme = rendering.site.theme.as_ref().filter(|_| rendering.site.settings.version.shows_theme())?;
    let unknown = ["root", "metadata", "dependencies", "version", "authors", "description"];
    let mut entries: Vec<(Rc<str>, Value)> = unknown.into_iter().map(|name| (name.into(), Value::Unknown)).collect();
    entries.push(("name".into(), theme.name.as_str().into()));
    Some(Value::hash(entries))
}

/// `paginator` (jekyll-paginate 1.1.0, pager.rb, `to_liquid`).
pub(super) fn paginator(rendering: &SiteRendering, page: usize) -> Value {
    rendering.note_field(SiteItem::Page(page), "paginator");
    let Some(pager) = rendering.pages.get(page).and_then(|entry| entry.pager.as_ref()) else { return Value::Nil };
    let path = |path: &Option<String>| path.as_deref().map_or(Value::Nil, Value::from);
    let number = |path: &Option<String>, number: usize| if path.is_some() { number.into() } else { Value::Nil };
    let posts = pager.posts.iter().map(|&post| DocumentDrop::value(&rendering.this, post)).collect();
    Value::hash(vec![
        ("page".into(), pager.page.into()),
        ("per_page".into(), pager.per_page.into()),
        ("posts".into(), Value::list(posts)),
        ("total_posts".into(), pager.total_posts.into()),
        ("total_pages".into(), pager.total_pages.into()),
        ("previous_page".into(), number(&pager.previous_path, pager.page.saturating_sub(1))),
        ("previous_page_path".into(), path(&pager.previous_path)),
        ("next_page".into(), number(&pager.next_path, pager.page + 1)),
        ("next_page_path".into(), path(&pager.next_path)),
    ])
}
