//! What has changed between two readings of a site. In: the rendering of the site as it was, and one of the site as it is
//! read again, in which nothing is rendered yet. Out: the second one with all of the first that still stands. Neighbours:
//! `reads.rs` has what each item read, `rendering.rs` keeps what was rendered.

use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use serde_yaml::{Mapping, Value};

use super::model::{Dates, Document, FileText, Page};
use super::reads::{ALL_FIELDS, Reads, SiteList};
use super::rendering::{ItemState, PageEntry, SiteItem, SiteRendering};
use crate::post::excerpt::Excerpt;
use crate::post::yaml::display;

/// What has changed.
#[derive(Default)]
struct SiteChanges {
    fields: HashMap<SiteItem, HashSet<String>>,
    /// The items whose text is another.
    contents: HashSet<SiteItem>,
    lists: HashSet<SiteList>,
    files: HashSet<Rc<str>>,
    layouts: HashSet<String>,
}

impl SiteRendering {
    /// Takes over what an earlier rendering of the site has, where nothing of what it was made from has changed. Files
    /// are taken as they are now.
    pub(super) fn take_over(&self, before: &Self) {
        if !self.has_basis_of(before) {
            return;
        }
        *self.earlier_templates.borrow_mut() = before.templates.take().into_iter().collect();
        for (path, template) in before.earlier_templates.take() {
            self.earlier_templates.borrow_mut().entry(path).or_insert(template);
        }
        let mut changes = SiteChanges::default();
        changes.find_files(before, self);
        // Whether Jekyll marks lines of code follows from it.
        if changes.files.contains("Gemfile.lock") {
            return;
        }
        let same_items = self.has_items_of(before);
        if same_items {
            changes.find(before, self);
        }
        let mut kept: Vec<(SiteItem, SiteItem)> = Vec::new();
        if same_items {
            let items = before.all_items();
            let invalid = changes.invalid(before, &items);
            kept.extend(items.into_iter().filter(|item| !invalid.contains(item)).map(|item| (item, item)));
        } else {
            // Numbers of items mean others now. A page that has read none, as a style sheet, can be found again.
            changes.lists.insert(SiteList::Paths);
            kept.extend((0..before.pages.len()).filter_map(|page| {
                let item = SiteItem::Page(page);
                let old = before.pages.get(page)?;
                let state = before.state(item)?;
                let reads = state.reads.borrow();
                let is_alone = reads.fields.keys().chain(&reads.contents).all(|&read| read == item)
                    && reads.lists.iter().all(|&list| list == SiteList::Paths)
                    && state.output.get().is_some()
                    && state.new_text.get().is_none();
                let is_plain = |entry: &PageEntry| entry.pager.is_none() && entry.archive.is_none();
                let is_same = |entry: &PageEntry| entry.page == old.page && is_plain(entry);
                let now = self.pages.iter().position(is_same).filter(|_| is_alone && is_plain(old))?;
                let same_paths = !reads.lists.contains(&SiteList::Paths) || before.paths() == self.paths();
                let stands = same_paths && !changes.touches_files(&reads);
                stands.then_some((item, SiteItem::Page(now)))
            }));
        }
        let known: HashSet<Rc<str>> = before.files.borrow().keys().cloned().collect();
        let mut files = self.files.borrow_mut();
        for key in known.into_iter().filter(|key| !changes.files.contains(key)) {
            let bytes = before.files.borrow().get(&key).cloned().flatten();
            files.insert(key, bytes);
        }
        drop(files);
        for &(old, new) in &kept {
            if let (Some(from), Some(to)) = (before.state(old), self.state(new)) {
                to.take_over(from, old == new);
            }
        }
        let kept: HashSet<SiteItem> = kept.iter().filter(|(old, new)| old == new).map(|&(old, _)| old).collect();
        for (item, path, problem) in before.problems.borrow().iter() {
            if item.is_some_and(|item| kept.contains(&item)) {
                self.add_problem_of(*item, path, problem.clone());
            }
        }
        if same_items {
            for (key, cached) in before.cached_includes.take() {
                if !changes.touch(&cached.reads) && cached.reads.contents.is_empty() {
                    self.cached_includes.borrow_mut().insert(key, cached);
                }
            }
        }
    }

    /// Whether all is the same that every item depends on.
    fn has_basis_of(&self, before: &Self) -> bool {
        let (old, new) = (&before.site, &self.site);
        let (was, is) = (&before.options, &self.options);
        old.settings == new.settings
            && old.config == new.config
            && old.config_dates == new.config_dates
            && (old.now, old.settings.version, &old.theme) == (new.now, new.settings.version, &new.theme)
            && was.environment == is.environment
            && was.sass.is_some() == is.sass.is_some()
            && was.emoji.is_some() == is.emoji.is_some()
            && same_source(was.theme.as_ref(), is.theme.as_ref())
            && same_source(Some(&was.source), Some(&is.source))
    }

    /// Whether the numbers of documents, pages and static files mean the same files.
    fn has_items_of(&self, before: &Self) -> bool {
        let (old, new) = (&before.site, &self.site);
        let same_page = |(one, other): (&PageEntry, &PageEntry)| {
            one.page.file == other.page.file
                && one.page.relative_path == other.page.relative_path
                && one.appears_after == other.appears_after
                && one.written_by.is_some() == other.written_by.is_some()
                && one.archive.is_some() == other.archive.is_some()
        };
        old.documents.len() == new.documents.len()
            && old.documents.iter().zip(&new.documents).all(|(one, other)| one.file == other.file)
            && before.pages.len() == self.pages.len()
            && before.pages.iter().zip(&self.pages).all(same_page)
            && old.static_files.len() == new.static_files.len()
            && old.static_files.iter().zip(&new.static_files).all(|(one, other)| one.file == other.file)
    }

    fn all_items(&self) -> Vec<SiteItem> {
        let documents = (0..self.site.documents.len()).map(SiteItem::Document);
        documents.chain((0..self.pages.len()).map(SiteItem::Page)).collect()
    }
}

fn same_source(
    one: Option<&Rc<dyn super::source::SiteSource>>,
    other: Option<&Rc<dyn super::source::SiteSource>>,
) -> bool {
    match (one, other) {
        (Some(one), Some(other)) => Rc::ptr_eq(one, other),
        (one, other) => one.is_none() && other.is_none(),
    }
}

impl ItemState {
    /// Takes over what was rendered of the item. `same_item`: whether numbers of items mean what they meant.
    fn take_over(&self, before: &Self, same_item: bool) {
        self.output.set(before.output.get());
        if same_item {
            self.content.set(before.content.get());
            self.excerpt.set(before.excerpt.get());
            *self.reads.borrow_mut() = before.reads.take();
            self.shell.replace(before.shell.take());
        } else {
            let mut reads = before.reads.take();
            reads.fields.clear();
            reads.contents.clear();
            *self.reads.borrow_mut() = reads;
        }
    }
}

impl SiteChanges {
    /// The files that were read, and that are others now.
    fn find_files(&mut self, before: &SiteRendering, now: &SiteRendering) {
        for (key, bytes) in before.files.borrow().iter() {
            if now.bytes_now(key) != *bytes {
                self.files.insert(Rc::clone(key));
            }
        }
        let (old, new) = (&before.site.layouts, &now.site.layouts);
        for name in old.keys().chain(new.keys()) {
            if old.get(name) != new.get(name) {
                self.layouts.insert(name.clone());
            }
        }
    }

    /// Everything else, where both renderings have the same items.
    fn find(&mut self, before: &SiteRendering, now: &SiteRendering) {
        let (old, new) = (&before.site, &now.site);
        for (id, (old, new)) in old.documents.iter().zip(&new.documents).enumerate() {
            let item = SiteItem::Document(id);
            let written = before.state(item).and_then(|state| state.new_text.get());
            if !Rc::ptr_eq(old, new) {
                self.find_in_document(item, old, new);
            }
            if !Rc::ptr_eq(old, new) || written.is_some() {
                let texts = (old.source.as_ref(), new.source.as_ref());
                self.find_in_text(item, texts, (&old.excerpt, &new.excerpt), written);
            }
        }
        for (number, (old, new)) in before.pages.iter().zip(&now.pages).enumerate() {
            let item = SiteItem::Page(number);
            let written = before.state(item).and_then(|state| state.new_text.get());
            if !Rc::ptr_eq(&old.page, &new.page) {
                self.find_in_page(item, &old.page, &new.page);
            }
            if !Rc::ptr_eq(&old.page, &new.page) || written.is_some() {
                let texts = (Some(&old.page.source), Some(&new.page.source));
                self.find_in_text(item, texts, (&old.page.excerpt, &new.page.excerpt), written);
            }
            if old.pager != new.pager {
                self.field(item, "paginator");
            }
            if old.archive != new.archive {
                self.field(item, "posts");
            }
        }
        let same_order =
            old.collections.iter().zip(&new.collections).all(|(one, other)| one.documents == other.documents);
        if !same_order {
            self.lists.extend([SiteList::Documents, SiteList::Groups, SiteList::Addresses]);
            for id in 0..new.documents.len() {
                if old.next(id) != new.next(id) {
                    self.field(SiteItem::Document(id), "next");
                }
                if old.previous(id) != new.previous(id) {
                    self.field(SiteItem::Document(id), "previous");
                }
            }
        }
        if old.static_files != new.static_files {
            self.lists.extend([SiteList::StaticFiles, SiteList::Addresses]);
        }
        if !Rc::ptr_eq(&old.data, &new.data) && old.data != new.data {
            self.lists.insert(SiteList::Data);
        }
        if before.paths.get().is_some_and(|paths| **paths != *now.paths()) {
            self.lists.insert(SiteList::Paths);
        }
        let any = !self.fields.is_empty() || !self.contents.is_empty() || !self.lists.is_empty();
        if any || !self.files.is_empty() || !self.layouts.is_empty() {
            self.lists.insert(SiteList::Everything);
        }
    }

    fn field(&mut self, item: SiteItem, key: &str) {
        self.fields.entry(item).or_default().extend([key.to_owned(), ALL_FIELDS.to_owned()]);
    }

    fn find_in_document(&mut self, item: SiteItem, old: &Document, new: &Document) {
        self.find_in_data(item, (&old.data, &old.dates), (&new.data, &new.dates));
        self.find_in_data(item, (&old.defaults, &Dates::new()), (&new.defaults, &Dates::new()));
        if old.url != new.url || old.id != new.id || old.written != new.written || old.output_ext != new.output_ext {
            for key in ["url", "id"] {
                self.field(item, key);
            }
            self.lists.insert(SiteList::Addresses);
        }
        if (old.date, old.unix) != (new.date, new.unix) {
            self.field(item, "date");
            self.lists.insert(SiteList::Addresses);
        }
        if old.get("slug") != new.get("slug") {
            self.lists.insert(SiteList::Addresses);
        }
        let groups = |document: &Document| ["tags", "categories"].map(|key| document.data.get(key).cloned());
        if groups(old) != groups(new) {
            self.lists.insert(SiteList::Groups);
        }
        if old.failed != new.failed {
            self.contents.insert(item);
        }
    }

    fn find_in_page(&mut self, item: SiteItem, old: &Page, new: &Page) {
        self.find_in_data(item, (&old.data, &old.dates), (&new.data, &new.dates));
        self.find_in_data(item, (&old.defaults, &Dates::new()), (&new.defaults, &Dates::new()));
        if old.url != new.url || old.output_ext != new.output_ext {
            for key in ["url", "dir"] {
                self.field(item, key);
            }
            self.lists.extend([SiteList::Addresses, SiteList::Pages]);
        }
        if (&old.name, &old.basename, &old.extension, &old.folder)
            != (&new.name, &new.basename, &new.extension, &new.folder)
        {
            self.field(item, "name");
            self.lists.insert(SiteList::Pages);
            self.contents.insert(item);
        }
    }

    /// The fields of front matter that differ. A field that is there or not is one that differs.
    fn find_in_data(&mut self, item: SiteItem, old: (&Mapping, &Dates), new: (&Mapping, &Dates)) {
        let keys = old.0.keys().chain(new.0.keys());
        let differs = |key: &&Value| {
            let name = display(key);
            old.0.get(*key) != new.0.get(*key) || old.1.get(&name) != new.1.get(&name)
        };
        for key in keys.filter(differs) {
            self.field(item, &display(key));
        }
        // What stands in another order is written in another order.
        if !old.0.keys().eq(new.0.keys()) {
            self.field(item, ALL_FIELDS);
        }
    }

    /// `written`: what stood in the place of the old text.
    fn find_in_text(
        &mut self,
        item: SiteItem,
        (old, new): (Option<&FileText>, Option<&FileText>),
        excerpts: (&Option<Excerpt>, &Option<Excerpt>),
        written: Option<Rc<str>>,
    ) {
        let was = written.as_deref().or_else(|| old.map(FileText::body));
        if was != new.map(FileText::body) || excerpts.0 != excerpts.1 && written.is_none() {
            self.contents.insert(item);
        }
    }

    fn touches_files(&self, reads: &Reads) -> bool {
        reads.files.iter().any(|file| self.files.contains(file))
            || reads.layouts.iter().any(|layout| self.layouts.contains(&**layout))
    }

    /// Whether something of this has changed.
    fn touch(&self, reads: &Reads) -> bool {
        let has_field = |(item, changed): (&SiteItem, &HashSet<String>)| {
            reads.fields.get(item).is_some_and(|keys| keys.iter().any(|key| changed.contains(&**key)))
        };
        self.touches_files(reads)
            || reads.lists.iter().any(|list| self.lists.contains(list))
            || self.fields.iter().any(has_field)
    }

    /// The items of which nothing stands any more.
    fn invalid(&self, before: &SiteRendering, items: &[SiteItem]) -> HashSet<SiteItem> {
        let order_changed = self.lists.contains(&SiteList::Documents);
        let mut invalid: HashSet<SiteItem> = HashSet::new();
        let mut open: Vec<SiteItem> = Vec::new();
        let mut readers: HashMap<SiteItem, Vec<SiteItem>> = HashMap::new();
        for &item in items {
            let Some(state) = before.state(item) else { continue };
            let reads = state.reads.borrow();
            for content in &reads.contents {
                readers.entry(content.whole()).or_default().push(item);
            }
            let reads_others = reads.contents.iter().any(|content| content.whole() != item);
            if self.contents.contains(&item) || self.touch(&reads) || order_changed && reads_others {
                open.push(item);
            }
        }
        while let Some(item) = open.pop() {
            if invalid.insert(item) {
                open.extend(readers.get(&item).into_iter().flatten());
            }
        }
        invalid
    }
}
