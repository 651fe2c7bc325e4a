//! A file that is copied (drops/static_file_drop.rb). In: its number. Out: the parts that templates read. Neighbours:
//! `site.rs` lists them.

use std::fmt;
use std::rc::{Rc, Weak};

use super::super::reads::SiteList;
use super::super::rendering::SiteRendering;
use super::of_mapping;
use crate::liquid::{LiquidDrop, Value};
use crate::post::yaml::display;

/// A static file as Liquid sees it.
pub(in crate::site) struct StaticFileDrop {
    rendering: Weak<SiteRendering>,
    file: usize,
}

impl StaticFileDrop {
    /// The file of that number.
    pub(in crate::site) fn value(rendering: &Weak<SiteRendering>, file: usize) -> Value {
        Value::Drop(Rc::new(Self { rendering: rendering.clone(), file }))
    }
}

impl LiquidDrop for StaticFileDrop {
    fn get(&self, key: &str) -> Option<Value> {
        let rendering = self.rendering.upgrade()?;
        rendering.note_list(SiteList::StaticFiles);
        let file = rendering.site.static_files.get(self.file)?;
        Some(match key {
            "name" => file.name.as_str().into(),
            "basename" => file.basename.as_str().into(),
            "extname" => file.extension.as_str().into(),
            "path" => file.relative_path.as_str().into(),
            "modified_time" => Value::Date(rendering.site.settings.zone.now(file.modified)),
            "collection" => {
                let collection = file.collection.and_then(|collection| rendering.site.collections.get(collection));
                collection.map_or(Value::Nil, |collection| collection.label.as_str().into())
            }
            _ => return of_mapping(&file.data).find_key(key),
        })
    }

    fn keys(&self) -> Vec<String> {
        let mut keys: Vec<String> =
            ["name", "modified_time", "basename", "extname", "path", "collection"].map(str::to_owned).into();
        let rendering = self.rendering.upgrade();
        if let Some(rendering) = &rendering {
            rendering.note_list(SiteList::StaticFiles);
        }
        let file = rendering.as_ref().and_then(|rendering| rendering.site.static_files.get(self.file));
        keys.extend(file.into_iter().flat_map(|file| file.data.keys()).map(display));
        keys
    }

    fn identity(&self) -> (&'static str, usize) {
        ("static file", self.file)
    }
}

impl fmt::Debug for StaticFileDrop {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("StaticFileDrop").field(&self.file).finish()
    }
}
