//! What was read of single files when the site was read before. In: a file, and how it is read. Out: what was read of it,
//! shared with the earlier site where the file is the same. Neighbours: `context.rs` has it for all that reads.
//!
//! What is read of a file follows from its bytes, its time, and what all files share (`Basis`). So a site that is read
//! with what is remembered is the one that is read from nothing.

use std::any::Any;
use std::collections::HashMap;
use std::rc::Rc;

use serde_yaml::{Mapping, Value};

use crate::post::site::SiteSettings;
use crate::site::model::BuildStop;
use crate::text::Diagnostic;

/// What was read of a site's files.
#[derive(Default)]
pub struct Remembered {
    /// Whether the site will be read again: if not, nothing is remembered.
    pub(super) keeps: bool,
    basis: Option<Basis>,
    /// By the paths of files: what is known from the last reading, and what has been read since this one began.
    pub(super) last: HashMap<String, Vec<KnownFile>>,
    pub(super) now: HashMap<String, Vec<KnownFile>>,
    data: Option<(DataFiles, Rc<Mapping>)>,
}

/// What the reading of every file depends on.
#[derive(PartialEq)]
struct Basis {
    settings: Rc<SiteSettings>,
    config: Mapping,
    now: i64,
    has_theme: bool,
}

/// What was read of one file.
pub(super) struct KnownFile {
    pub(super) from_theme: bool,
    pub(super) bytes: Option<Rc<[u8]>>,
    pub(super) modified: Option<i64>,
    pub(super) value: Rc<dyn Any>,
    pub(super) diagnostics: Vec<(String, Diagnostic)>,
    pub(super) stop: Option<BuildStop>,
}

/// The files of data in the order of their reading: the path of each and its value; folders without one.
pub(super) type DataFiles = Vec<(String, Option<Rc<Value>>)>;

impl Remembered {
    /// Remembers what is read from now on.
    pub fn keeping() -> Self {
        Self { keeps: true, ..Self::default() }
    }

    /// A reading begins. The settings: those of the last reading, where they are the same.
    pub(super) fn begin(
        &mut self,
        settings: SiteSettings,
        config: &Mapping,
        now: i64,
        has_theme: bool,
    ) -> Rc<SiteSettings> {
        if let Some(basis) = &self.basis
            && *basis.settings == settings
            && basis.config == *config
            && (basis.now, basis.has_theme) == (now, has_theme)
        {
            return Rc::clone(&basis.settings);
        }
        let settings = Rc::new(settings);
        if self.keeps {
            *self = Self::keeping();
            self.basis = Some(Basis { settings: Rc::clone(&settings), config: config.clone(), now, has_theme });
        }
        settings
    }

    /// A reading ends: what it had no use for is forgotten.
    pub(super) fn end(&mut self) {
        self.last = std::mem::take(&mut self.now);
    }

    /// The data that these files make, which `make` puts together.
    pub(super) fn data(&mut self, files: DataFiles, make: impl FnOnce() -> Mapping) -> Rc<Mapping> {
        let is_same = |(one, value): &(String, Option<Rc<Value>>), (other, known): &(String, Option<Rc<Value>>)| {
            one == other
                && match (value, known) {
                    (Some(value), Some(known)) => Rc::ptr_eq(value, known),
                    (value, known) => value.is_none() && known.is_none(),
                }
        };
        if let Some((known, data)) = &self.data
            && known.len() == files.len()
            && known.iter().zip(&files).all(|(one, other)| is_same(one, other))
        {
            return Rc::clone(data);
        }
        let data = Rc::new(make());
        if self.keeps {
            self.data = Some((files, Rc::clone(&data)));
        }
        data
    }
}
