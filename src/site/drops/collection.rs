//! A collection (drops/collection_drop.rb). In: its number. Out: the parts that templates read. Neighbours: `site.rs`
//! lists them.

use std::fmt;
use std::rc::{Rc, Weak};

use super::super::reads::SiteList;
use super::super::rendering::SiteRendering;
use super::{DocumentDrop, StaticFileDrop, of_mapping};
use crate::liquid::{LiquidDrop, Value};
use crate::post::yaml::display;

/// A collection as Liquid sees it.
pub(in crate::site) struct CollectionDrop {
    rendering: Weak<SiteRendering>,
    collection: usize,
}

impl CollectionDrop {
    /// The collection of that number.
    pub(in crate::site) fn value(rendering: &Weak<SiteRendering>, collection: usize) -> Value {
        Value::Drop(Rc::new(Self { rendering: rendering.clone(), collection }))
    }
}

impl LiquidDrop for CollectionDrop {
    fn get(&self, key: &str) -> Option<Value> {
        let rendering = self.rendering.upgrade()?;
        let collection = rendering.site.collections.get(self.collection)?;
        rendering.note_list(SiteList::Documents);
        if key == "files" {
            rendering.note_list(SiteList::StaticFiles);
        }
        let folder = || ["_", &collection.label].concat();
        Some(match key {
            "label" => collection.label.as_str().into(),
            "docs" => DocumentDrop::list(&self.rendering, collection.documents.iter().copied()),
            "files" => {
                let file = |&file: &usize| StaticFileDrop::value(&self.rendering, file);
                Value::list(collection.static_files.iter().map(file).collect())
            }
            "output" => Value::Bool(collection.output),
            "relative_directory" => folder().into(),
            "directory" => Value::Unknown,
            _ => return of_mapping(&collection.metadata).find_key(key),
        })
    }

    fn keys(&self) -> Vec<String> {
        let mut keys: Vec<String> =
            ["label", "files", "docs", "output", "relative_directory", "directory"].map(str::to_owned).into();
        let rendering = self.rendering.upgrade();
        let collection = rendering.as_ref().and_then(|rendering| rendering.site.collections.get(self.collection));
        keys.extend(collection.into_iter().flat_map(|collection| collection.metadata.keys()).map(display));
        keys
    }

    fn identity(&self) -> (&'static str, usize) {
        ("collection", self.collection)
    }
}

impl fmt::Debug for CollectionDrop {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("CollectionDrop").field(&self.collection).finish()
    }
}
