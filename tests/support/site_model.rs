//! A site as it was read, as JSON: what `scripts/site-model.rb` writes of Jekyll's.

use apercu::post::date::{DateKind, DateTime};
use apercu::site::index::PostGroup;
use apercu::site::model::{Dates, Document, DocumentId, LayoutFile, Page, Site, StaticFile};
use serde_json::{Map, Value, json};
use serde_yaml::{Mapping, Value as Yaml};

/// What only one machine knows of the settings.
const MACHINE: [&str; 2] = ["source", "destination"];

pub fn of(site: &Site) -> Value {
    if site.stops.is_some() {
        return json!({ "stops": true });
    }
    let mut config = site.config.clone();
    config.retain(|key, _| !MACHINE.iter().any(|name| key == name));
    let documents = site.collections.iter().flat_map(|collection| collection.documents.iter());
    let layouts = site.layouts.iter().map(|(name, layout)| layout_of(name, layout)).collect::<Vec<_>>();
    let related = |&id: &DocumentId| (path_of(site, id), paths(site, &site.related_posts(id)));
    json!({
        "config": mapping(&config, &site.config_dates),
        "config_keys": keys(&config),
        "time": site.now,
        "collections": site.collections.iter().map(|collection| json!({
            "label": collection.label,
            "metadata": plain(&Yaml::Mapping(collection.metadata.clone())),
            "output": collection.output,
            "url_template": collection.url_template,
            "documents": paths(site, &collection.documents),
            "static_files": collection.static_files.iter()
                .map(|&id| site.static_files[id].relative_path.clone()).collect::<Vec<_>>(),
        })).collect::<Vec<_>>(),
        "data": plain(&Yaml::Mapping((*site.data).clone())),
        "data_keys": keys(&site.data),
        "layouts": layouts,
        "pages": site.pages.iter().map(|page| page_of(page)).collect::<Vec<_>>(),
        "static_files": site.static_files.iter().map(|file| static_file_of(site, file)).collect::<Vec<_>>(),
        "tags": groups(site, site.tags()),
        "categories": groups(site, site.categories()),
        "related": site.posts().iter().map(related).collect::<Map<String, Value>>(),
        "documents": documents.map(|&id| document_of(site, id, &site.documents[id])).collect::<Vec<_>>(),
    })
}

fn path_of(site: &Site, id: DocumentId) -> String {
    site.documents[id].relative_path.clone()
}

fn paths(site: &Site, ids: &[DocumentId]) -> Value {
    ids.iter().map(|&id| path_of(site, id)).collect::<Vec<_>>().into()
}

fn groups(site: &Site, groups: Vec<PostGroup>) -> Vec<Value> {
    groups.iter().map(|group| json!({ "name": plain(&group.name), "posts": paths(site, &group.posts) })).collect()
}

fn keys(mapping: &Mapping) -> Vec<Value> {
    mapping.keys().map(|key| key_of(key).into()).collect()
}

fn key_of(key: &Yaml) -> String {
    match key {
        Yaml::String(key) => key.clone(),
        Yaml::Null => String::new(),
        key => match plain(key) {
            Value::String(key) => key,
            key => key.to_string(),
        },
    }
}

fn plain(value: &Yaml) -> Value {
    match value {
        Yaml::Null => Value::Null,
        Yaml::Bool(value) => (*value).into(),
        Yaml::Number(number) => match (number.as_i64(), number.as_f64()) {
            (Some(number), _) => number.into(),
            (None, Some(number)) if number.is_finite() => number.into(),
            (_, Some(number)) => format!("{number}").into(),
            _ => Value::Null,
        },
        Yaml::String(text) => text.clone().into(),
        Yaml::Sequence(items) => items.iter().map(plain).collect::<Vec<_>>().into(),
        Yaml::Mapping(mapping) => {
            mapping.iter().map(|(key, value)| (key_of(key), plain(value))).collect::<Map<String, Value>>().into()
        }
        Yaml::Tagged(tagged) => plain(&tagged.value),
    }
}

/// A mapping, with its dates as dates.
fn mapping(values: &Mapping, dates: &Dates) -> Value {
    let entries = values.iter().map(|(key, value)| {
        let key = key_of(key);
        let value = dates.get(&key).map_or_else(|| plain(value), date);
        (key, value)
    });
    entries.collect::<Map<String, Value>>().into()
}

fn date(date: &DateTime) -> Value {
    match (date.kind, date.offset) {
        (DateKind::Day, None) => format!("day {}", date.iso_day()).into(),
        _ => format!("time {}", date.unix(0)).into(),
    }
}

fn document_of(site: &Site, id: DocumentId, document: &Document) -> Value {
    let local = document.date;
    let zone = local.offset.unwrap_or(0);
    let clock = format!("{:02}:{:02}:{:02}", local.hour, local.minute, local.second);
    let sign = if zone < 0 { '-' } else { '+' };
    let body = document.source.as_ref().map(|source| source.body());
    let data = without_excerpt(&document.data, document.excerpt.is_some());
    json!({
        "path": document.relative_path,
        "data": mapping(&data, &document.dates),
        "keys": keys(&data),
        "content": body,
        "date": document.unix,
        "local": format!("{} {clock} {sign}{:02}{:02}", local.iso_day(), zone.abs() / 60, zone.abs() % 60),
        "url": document.url.path,
        "id": document.id,
        "file": document.url.file,
        "output_ext": document.output_ext,
        "extension": document.extension,
        "basename": document.basename,
        "stem": document.basename_without_ext,
        "draft": document.draft,
        "written": document.written,
        "excerpt": document.excerpt.as_ref().map(|excerpt| excerpt.markdown(body.unwrap_or(""))),
        "previous": site.previous(id).map(|id| path_of(site, id)),
        "next": site.next(id).map(|id| path_of(site, id)),
    })
}

/// Data in which Jekyll's own excerpt stands in the place of a written one that is null or false.
fn without_excerpt(data: &Mapping, generated: bool) -> Mapping {
    let mut data = data.clone();
    if generated {
        data.shift_remove("excerpt");
    }
    data
}

fn page_of(page: &Page) -> Value {
    let data = without_excerpt(&page.data, page.excerpt.is_some());
    json!({
        "path": page.relative_path,
        "folder": page.folder,
        "name": page.name,
        "basename": page.basename,
        "extension": page.extension,
        "data": mapping(&data, &page.dates),
        "keys": keys(&data),
        "content": page.source.body(),
        "excerpt": page.excerpt.as_ref().map(|excerpt| excerpt.markdown(page.source.body())),
        "defaults": plain(&Yaml::Mapping(page.defaults.clone())),
        "url": page.url.path,
        "file": page.url.file,
        "output_ext": page.output_ext,
        "html": page.is_html(),
    })
}

fn static_file_of(site: &Site, file: &StaticFile) -> Value {
    json!({
        "path": file.relative_path,
        "name": file.name,
        "basename": file.basename,
        "extension": file.extension,
        "modified": file.modified,
        "collection": file.collection.map(|id| site.collections[id].label.clone()),
        "data": plain(&Yaml::Mapping(file.data.clone())),
        "url": file.url.path,
        "file": file.url.file,
        "written": file.written,
    })
}

fn layout_of(name: &str, layout: &LayoutFile) -> Value {
    json!({
        "key": name,
        "name": layout.name,
        "path": layout.relative_path,
        "extension": layout.extension,
        "data": mapping(&layout.data, &layout.dates),
        "keys": keys(&layout.data),
        "content": layout.source.body(),
    })
}
