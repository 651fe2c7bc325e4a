//! Notes what is read for the item that is being rendered. In: what drops and templates ask for. Out: nothing; the bytes of
//! files. Neighbours: `reads.rs` has the types; `drops/`, `environment.rs` and `plugins/` note what they give.

use std::rc::Rc;

use super::reads::{Reads, SiteList};
use super::rendering::{CachedInclude, SiteItem, SiteRendering};

impl SiteRendering {
    /// Notes something for the item that is being rendered.
    fn note(&self, note: impl FnOnce(&mut Reads)) {
        let reader = self.under_way.borrow().last().copied();
        if let Some(state) = reader.and_then(|reader| self.state(reader)) {
            note(&mut state.reads.borrow_mut());
        }
    }

    /// A field of an item is read, by its key.
    pub(super) fn note_field(&self, item: SiteItem, key: &str) {
        self.note(|reads| reads.add_field(item.whole(), key));
    }

    /// A list is read.
    pub(super) fn note_list(&self, list: SiteList) {
        self.note(|reads| {
            reads.lists.insert(list);
        });
    }

    /// A layout is looked for.
    pub(super) fn note_layout(&self, name: &str) {
        self.note(|reads| {
            reads.layouts.insert(name.into());
        });
    }

    /// The content of an item is read, or its excerpt.
    pub(super) fn note_read(&self, item: SiteItem) {
        self.note(|reads| {
            reads.contents.insert(item);
        });
    }

    /// What an include gave that was rendered before; where it was not, it is rendered now.
    pub(super) fn cached_include(&self, key: &str) -> Option<Rc<str>> {
        if let Some(cached) = self.cached_includes.borrow().get(key) {
            self.note(|reads| reads.add(&cached.reads));
            return Some(Rc::clone(&cached.text));
        }
        // What is read from now on is read for the include; its own file has been read just now.
        self.note(|reads| {
            let before = std::mem::take(reads);
            reads.files.clone_from(&before.files);
            self.open_includes.borrow_mut().push((key.to_owned(), before));
        });
        None
    }

    /// Keeps what an include gave.
    pub(super) fn cache_include(&self, key: &str, text: &str) {
        let is_open = self.open_includes.borrow().iter().rposition(|(open, _)| open == key);
        if let Some(at) = is_open {
            self.close_includes(at + 1);
            self.note(|reads| {
                let cached = CachedInclude { text: text.into(), reads: reads.clone() };
                self.cached_includes.borrow_mut().insert(key.to_owned(), cached);
            });
            self.close_includes(at);
        }
    }

    /// Includes that were begun after so many others have ended: what was read for them is read by the item, too.
    pub(super) fn close_includes(&self, count: usize) {
        while self.open_includes.borrow().len() > count {
            let closed = self.open_includes.borrow_mut().pop();
            if let Some((_, before)) = closed {
                self.note(|reads| reads.add(&before));
            }
        }
    }

    /// The bytes of a file of the site, or of its theme: those that were read first. `None` where there is none.
    pub(super) fn read_file(&self, path: &str, of_theme: bool) -> Option<Rc<[u8]>> {
        let key: Rc<str> = if of_theme { [THEME, path].concat().into() } else { path.into() };
        self.note(|reads| {
            reads.files.insert(Rc::clone(&key));
        });
        if let Some(known) = self.files.borrow().get(&key) {
            return known.clone();
        }
        let bytes = self.bytes_now(&key);
        self.files.borrow_mut().insert(key, bytes.clone());
        bytes
    }

    /// The bytes of a file as it is now, by the name that `read_file` gives it.
    pub(super) fn bytes_now(&self, key: &str) -> Option<Rc<[u8]>> {
        match key.strip_prefix(THEME) {
            Some(path) => self.options.theme.as_ref()?.read(path),
            None => self.options.source.read(key),
        }
    }
}

/// Stands before the path of a file of the theme.
const THEME: &str = "\0theme/";
