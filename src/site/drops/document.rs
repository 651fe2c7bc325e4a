//! A post, or a document of another collection, and its excerpt (drops/document_drop.rb, drops/excerpt_drop.rb). In: a
//! document's number. Out: the parts that templates read. Neighbours: `page_renderer.rs` renders what they ask for.

use std::cmp::Ordering;
use std::fmt;
use std::rc::{Rc, Weak};

use super::super::model::{Document, DocumentId};
use super::super::reads::ALL_FIELDS;
use super::super::rendering::{SiteItem, SiteRendering};
use super::of_data;
use crate::liquid::{LiquidDrop, Value};
use crate::post::date::{DateKind, DateTime};
use crate::post::yaml::display;

/// The parts that every document has, in Jekyll's order.
const METHODS: [&str; 15] = [
    "name",
    "id",
    "content",
    "next",
    "relative_path",
    "excerpt",
    "tags",
    "title",
    "categories",
    "previous",
    "path",
    "output",
    "date",
    "url",
    "collection",
];

/// A document as Liquid sees it.
pub(in crate::site) struct DocumentDrop {
    rendering: Weak<SiteRendering>,
    id: DocumentId,
    is_excerpt: bool,
}

impl DocumentDrop {
    /// The document of that number.
    pub(in crate::site) fn value(rendering: &Weak<SiteRendering>, id: DocumentId) -> Value {
        Value::Drop(Rc::new(Self { rendering: rendering.clone(), id, is_excerpt: false }))
    }

    /// Its excerpt.
    pub(in crate::site) fn excerpt(rendering: &Weak<SiteRendering>, id: DocumentId) -> Value {
        Value::Drop(Rc::new(Self { rendering: rendering.clone(), id, is_excerpt: true }))
    }

    /// A list of documents.
    pub(in crate::site) fn list(rendering: &Weak<SiteRendering>, ids: impl IntoIterator<Item = DocumentId>) -> Value {
        Value::list(ids.into_iter().map(|id| Self::value(rendering, id)).collect())
    }

    fn note(&self, rendering: Option<&Rc<SiteRendering>>, key: &str) {
        if let Some(rendering) = rendering {
            rendering.note_field(SiteItem::Document(self.id), key);
        }
    }

    fn data(&self, rendering: &SiteRendering, document: &Document, key: &str) -> Option<Value> {
        let state = rendering.state(SiteItem::Document(self.id))?;
        let data = state.data.get_or_init(|| of_data(rendering, &document.data, &document.dates));
        let Value::Hash(data) = data else { return None };
        data.get(key).cloned()
    }
}

impl LiquidDrop for DocumentDrop {
    fn get(&self, key: &str) -> Option<Value> {
        let rendering = self.rendering.upgrade()?;
        let site = &rendering.site;
        let document = site.documents.get(self.id)?;
        rendering.note_field(SiteItem::Document(self.id), key);
        let item = if self.is_excerpt { SiteItem::Excerpt(self.id) } else { SiteItem::Document(self.id) };
        let text = |text: Option<Rc<str>>| text.map_or(Value::Nil, Value::Str);
        let other = |id: Option<DocumentId>| id.map_or(Value::Nil, |id| Self::value(&self.rendering, id));
        let suffix = if self.is_excerpt { "/#excerpt" } else { "" };
        Some(match key {
            "name" => match self.data(&rendering, document, "name") {
                Some(name) if name.is_true() => name,
                _ if !rendering.site.settings.version.names_documents() => Value::Nil,
                _ => document.basename.as_str().into(),
            },
            "id" if self.is_excerpt => [&document.id, "#excerpt"].concat().into(),
            "id" => document.id.as_str().into(),
            "content" if self.is_excerpt => {
                rendering.note_read(item);
                rendering.source_text(item).map_or(Value::Nil, Value::from)
            }
            "content" => text(rendering.content(item)),
            "output" if self.is_excerpt => text(rendering.excerpt(item)),
            "output" => text(rendering.output_seen(item)),
            "excerpt" if self.is_excerpt => Value::Nil,
            "excerpt" => match document.get("excerpt").filter(|excerpt| !excerpt.is_null()) {
                Some(excerpt) if *excerpt != serde_yaml::Value::Bool(false) => display(excerpt).into(),
                _ => rendering.excerpt(item).map_or_else(|| "".into(), Value::Str),
            },
            "layout" if self.is_excerpt => self.data(&rendering, document, "layout").unwrap_or(Value::Nil),
            "next" => other(site.next(self.id)),
            "previous" => other(site.previous(self.id)),
            "relative_path" | "path" => [&document.relative_path, suffix].concat().into(),
            "url" => document.url.path.as_str().into(),
            "date" => Value::Date(DateTime { kind: DateKind::Time, ..document.date }),
            "title" | "categories" | "tags" => self.data(&rendering, document, key).unwrap_or(Value::Nil),
            "collection" => site.collections.get(document.collection)?.label.as_str().into(),
            _ => return self.data(&rendering, document, key),
        })
    }

    fn keys(&self) -> Vec<String> {
        let mut keys: Vec<String> = METHODS.map(str::to_owned).into();
        let rendering = self.rendering.upgrade();
        self.note(rendering.as_ref(), ALL_FIELDS);
        let document = rendering.as_ref().and_then(|rendering| rendering.site.documents.get(self.id));
        for key in document.into_iter().flat_map(|document| document.data.keys()).map(display) {
            if !keys.contains(&key) {
                keys.push(key);
            }
        }
        keys
    }

    fn identity(&self) -> (&'static str, usize) {
        (if self.is_excerpt { "excerpt" } else { "document" }, self.id)
    }

    /// Liquid writes a document as Ruby's `inspect` does, which is JSON of all its parts; here only its address.
    fn text(&self) -> String {
        let rendering = self.rendering.upgrade();
        self.note(rendering.as_ref(), "url");
        let document = rendering.as_ref().and_then(|rendering| rendering.site.documents.get(self.id));
        document.map_or(String::new(), |document| document.url.path.clone())
    }

    fn order(&self, other: &dyn LiquidDrop) -> Option<Ordering> {
        let ("document", other) = other.identity() else { return None };
        let rendering = self.rendering.upgrade()?;
        for id in [self.id, other] {
            rendering.note_field(SiteItem::Document(id), "date");
        }
        let documents = &rendering.site.documents;
        let (one, other) = (documents.get(self.id)?, documents.get(other)?);
        Some(one.unix.cmp(&other.unix).then_with(|| one.relative_path.cmp(&other.relative_path)))
    }

    fn left_out_below(&self) -> &'static [&'static str] {
        &["content", "output", "excerpt", "next", "previous"]
    }
}

impl fmt::Debug for DocumentDrop {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("DocumentDrop").field(&self.id).finish()
    }
}
