//! Posts and documents of other collections. In: a file and its collection. Out: a `Document`; and a collection's
//! documents in Jekyll's order. Neighbours: `document_data.rs` has what Jekyll makes of the front matter, `mod.rs` asks.
//!
//! The rules are those of Jekyll's `document.rb`, `collection.rb`, `publisher.rb` and `readers/post_reader.rb`.

use std::cmp::Ordering;
use std::rc::Rc;

use serde_yaml::{Mapping, Value};

use super::context::SiteReading;
use super::document_data::{DataError, DocumentData, written};
use super::sort::merge_sort;
use super::tree::{extension, join};
use crate::post::file_name::{FileDate, FileName};
use crate::post::front_matter::{inspected, is_true};
use crate::post::permalink::{self, Url, UrlParts};
use crate::post::yaml::{self, display};
use crate::post::{self, defaults, excerpt};
use crate::site::model::{Collection, Document, DocumentId, FileText, SourceFile};
use crate::text::Span;

/// Whether Jekyll reads a file in a folder of posts or drafts as one.
pub(super) fn is_post_name(name: &FileName, drafts: bool) -> bool {
    !name.extension.is_empty() && (drafts || name.date != FileDate::None)
}

/// The post or draft at `path`, from the site's source on; `None` if Jekyll leaves it out.
pub(super) fn post(context: &mut SiteReading<'_>, posts: &Collection, path: &str) -> Option<Rc<Document>> {
    let document = context.remembered(&context.file(path), true, |context| {
        let mut document = read(context, (0, posts), path);
        let is_read = document.source.as_ref().is_some_and(|source| source.is_utf8);
        if is_read && !document.data.contains_key("date") && !context.settings.future {
            // Who asks whether it lies in the future asks for its date, and Jekyll then keeps that.
            document.data.insert("date".into(), written(&document.date).into());
            document.dates.insert("date".to_owned(), document.date);
        }
        document
    });
    if !document.source.as_ref().is_some_and(|source| source.is_utf8) {
        return None;
    }
    is_published(context, &document).then_some(document)
}

/// publisher.rb, `publish?`.
fn is_published(context: &SiteReading<'_>, document: &Document) -> bool {
    let shown = document.data.get("published").is_none_or(is_true) || context.settings.unpublished;
    shown && (context.settings.future || document.unix <= context.now)
}

/// What lies in a collection's folder: documents, and files without front matter as paths in it.
pub(super) fn collection(
    context: &mut SiteReading<'_>,
    id: usize,
    collection: &Collection,
) -> (Vec<Rc<Document>>, Vec<String>) {
    let relative = ["_", &collection.label].concat();
    let folder = join(&context.settings.collections_dir, &relative);
    let (mut documents, mut static_files) = (Vec::new(), Vec::new());
    for entry in context.tree.below(&folder, true) {
        if context.settings.files.filtered(&relative, &entry, false).is_some() {
            continue;
        }
        let path = join(&folder, &entry);
        let file = context.file(&path);
        if !context.has_front_matter(&file) {
            static_files.push(entry);
            continue;
        }
        let document = context.remembered(&file, true, |context| read(context, (id, collection), &path));
        let hidden = document.data.get("published") == Some(&Value::Bool(false));
        if !hidden || context.settings.unpublished {
            documents.push(document);
        }
    }
    (documents, static_files)
}

/// What was read from a document's file.
struct Parts {
    data: DocumentData,
    source: Option<FileText>,
    /// Whether Jekyll could not read it.
    failed: bool,
}

/// Reads a document. Any file gives one.
fn read(context: &mut SiteReading<'_>, (id, collection): (usize, &Collection), path: &str) -> Document {
    let file = context.file(path);
    let settings = context.settings.clone();
    let dir = settings.collections_dir.as_str();
    let below = path.strip_prefix(dir).and_then(|rest| rest.strip_prefix('/')).filter(|_| !dir.is_empty());
    let relative_path = below.unwrap_or(path);
    let name = FileName::read(path);
    let draft = collection.label == "posts" && !relative_path.contains("_posts");
    let defaults = defaults::of_path(&settings.defaults, relative_path, Some(&collection.label), dir);
    let data = DocumentData::of_path(&collection.label, relative_path, draft);
    let Parts { data: DocumentData { data, dates }, source, failed } =
        if matches!(extension(&name.name), ".yaml" | ".yml") {
            yaml_alone(context, &file)
        } else {
            front_matter(context, &file, (relative_path, &name), (data, defaults.as_ref().ok()))
        };
    let defaults = defaults.unwrap_or_default();

    let draft = draft || data.get("draft").is_some_and(is_true);
    let other = if draft { context.modified(&file) } else { context.now };
    let date = dates.get("date").copied().unwrap_or_else(|| settings.zone.now(other));
    let value = |key: &str| data.get(key).or_else(|| defaults.get(key)).filter(|value| is_true(value));
    let text = |key: &str| value(key).map(display);
    let permalink = text("permalink");
    if value("permalink").is_some_and(|permalink| !permalink.is_string()) {
        context.stop(&file, "Its permalink is no text.");
    }
    let output_ext = permalink::output_extension(&name.extension, permalink.as_deref(), &settings);
    let slug = text("slug").unwrap_or_else(|| name.stem.clone());
    let categories: Vec<String> = match data.get("categories") {
        Some(Value::Sequence(categories)) => categories.iter().map(inspected).collect(),
        Some(Value::Null) | None => Vec::new(),
        Some(other) => vec![inspected(other)],
    };
    let parts = UrlParts {
        collection: &collection.label,
        path: cleaned_path(relative_path, &name.extension, &collection.label).into(),
        stem: &name.stem,
        slug: &slug,
        categories: categories.into(),
        date: &date,
    };
    let template = permalink.as_deref().unwrap_or(&collection.url_template);
    let (url, url_error) = match permalink::address(template, &parts, &output_ext) {
        Ok(url) => (url, None),
        Err(error) => (Url { path: "/".to_owned(), file: "index.html".to_owned() }, Some(error)),
    };
    let separator = value("excerpt_separator").map(inspected).unwrap_or_else(|| settings.excerpt_separator.clone());
    let own_excerpt = failed || data.get("excerpt").is_some_and(is_true);
    let body = source.as_ref().filter(|_| !own_excerpt).map(FileText::body);
    let mut document = Document {
        collection: id,
        relative_path: relative_path.to_owned(),
        basename: name.name.clone(),
        basename_without_ext: name.stem.clone(),
        excerpt: body.and_then(|body| excerpt::extract(body, &separator)),
        id: [folder_of(&url.path).trim_end_matches('/'), "/", &slug].concat(),
        unix: settings.zone.unix(&date),
        extension: name.extension,
        file,
        source,
        data,
        dates,
        defaults,
        failed,
        date,
        draft,
        url,
        url_error,
        output_ext,
        written: false,
    };
    document.written = collection.output && is_published(context, &document);
    document
}

/// A document that is YAML and nothing else.
fn yaml_alone(context: &mut SiteReading<'_>, file: &SourceFile) -> Parts {
    let (text, _) = context.text(file);
    let document = yaml::read(&text, 0);
    context.add(file, document.diagnostics);
    if document.failed {
        context.stop(file, "It cannot be read as YAML.");
    }
    Parts { data: DocumentData::of_yaml(document.value, &document.entries), source: None, failed: document.failed }
}

/// A document with front matter: `data` is what its path says.
fn front_matter(
    context: &mut SiteReading<'_>,
    file: &SourceFile,
    (relative_path, name): (&str, &FileName),
    (mut data, defaults): (DocumentData, Option<&Mapping>),
) -> Parts {
    let settings = context.settings.clone();
    let clock = (&*settings, settings.zone.now(context.now));
    // Jekyll looks at the dates of all defaults before it opens a file.
    let merged = match (settings.defaults_date, defaults) {
        (Some(_), _) | (None, None) => Err(DataError::Unreadable),
        (None, Some(defaults)) if defaults.is_empty() => Ok(()),
        (None, Some(defaults)) => data.merge_defaults(defaults, clock),
    };
    let mut source = None;
    let read = merged.and_then(|()| {
        let (text, is_utf8) = context.text(file);
        let post = post::read(relative_path, &text);
        let body = if is_utf8 { post.body_span } else { Span::new(0, text.len()) };
        source = Some(FileText { text, body, is_utf8 });
        context.add(file, post.diagnostics);
        if !is_utf8 || post.failed {
            return Err(DataError::Unreadable);
        }
        data.merge_front_matter(&post.front_matter, clock)?;
        data.populate(relative_path, name, clock)
    });
    match read {
        Err(DataError::Date) => context.stop(file, "Its date is none."),
        Err(DataError::Unreadable) if settings.strict_front_matter => {
            context.stop(file, "Its front matter cannot be read, and the site's settings say `strict_front_matter`.");
        }
        _ => {}
    }
    Parts { data, source, failed: read.is_err() }
}

/// document.rb, `cleaned_relative_path`.
pub(super) fn cleaned_path(relative_path: &str, extension: &str, label: &str) -> String {
    let stem = relative_path.strip_suffix(extension).unwrap_or(relative_path);
    stem.replacen(&["_", label].concat(), "", 1).trim_end_matches('.').to_owned()
}

/// Ruby's `File.dirname` of an address.
pub(super) fn folder_of(path: &str) -> &str {
    let path = path.trim_end_matches('/');
    match path.rfind('/') {
        Some(0) | None => "/",
        Some(slash) => path.get(..slash).unwrap_or("/"),
    }
}

/// Puts documents in the order of their collection (collection.rb, `sort_docs!`).
pub(super) fn sort(collection: &Collection, documents: &[Rc<Document>], list: &mut [DocumentId]) {
    let by_date = &mut |one: DocumentId, other: DocumentId| match (documents.get(one), documents.get(other)) {
        (Some(one), Some(other)) => compare(one, other),
        _ => Ordering::Equal,
    };
    match (collection.metadata.get("order"), collection.metadata.get("sort_by")) {
        (Some(Value::Sequence(order)), _) => {
            merge_sort(list, by_date);
            let path = |entry: &Value| ["_", &collection.label, "/", &display(entry)].concat();
            let order: Vec<String> = order.iter().map(path).collect();
            let place = |id: &DocumentId| {
                let path = documents.get(*id).map(|document| document.relative_path.as_str());
                order.iter().position(|entry| Some(entry.as_str()) == path).unwrap_or(usize::MAX)
            };
            merge_sort(list, &mut |one, other| place(&one).cmp(&place(&other)));
        }
        (_, Some(Value::String(key))) => merge_sort(list, &mut |one, other| {
            let by_key = match (documents.get(one), documents.get(other)) {
                (Some(one), Some(other)) => compare_by(key, one, other),
                _ => None,
            };
            by_key.filter(|order| order.is_ne()).unwrap_or_else(|| by_date(one, other))
        }),
        _ => merge_sort(list, by_date),
    }
}

/// `Document#<=>`: by date where both have one, then by path.
fn compare(one: &Document, other: &Document) -> Ordering {
    let dates = (one.data.contains_key("date"), other.data.contains_key("date"));
    let by_date = if dates == (true, true) { one.unix.cmp(&other.unix) } else { Ordering::Equal };
    by_date.then_with(|| one.file.path.cmp(&other.file.path))
}

/// `determine_sort_order`: what has no value comes last; `None` for what cannot be compared.
fn compare_by(key: &str, one: &Document, other: &Document) -> Option<Ordering> {
    let value = |document: &'_ Document| document.get(key).filter(|value| !value.is_null()).cloned();
    match (value(one), value(other)) {
        (None, None) => Some(Ordering::Equal),
        (None, Some(_)) => Some(Ordering::Greater),
        (Some(_), None) => Some(Ordering::Less),
        (Some(mine), Some(theirs)) => match (one.dates.get(key), other.dates.get(key)) {
            (Some(mine), Some(theirs)) => Some(mine.unix(0).cmp(&theirs.unix(0))),
            (None, None) => compare_values(&mine, &theirs),
            _ => None,
        },
    }
}

/// Ruby's `<=>` for values of YAML.
fn compare_values(one: &Value, other: &Value) -> Option<Ordering> {
    match (one, other) {
        (Value::String(one), Value::String(other)) => Some(one.cmp(other)),
        (Value::Number(one), Value::Number(other)) => match (one.as_i64(), other.as_i64()) {
            (Some(one), Some(other)) => Some(one.cmp(&other)),
            _ => one.as_f64()?.partial_cmp(&other.as_f64()?),
        },
        (one, other) => (one == other).then_some(Ordering::Equal),
    }
}
