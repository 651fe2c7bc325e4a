//! The rendering of a site: what has been rendered of it, and what every page of it shares. In: a `Site` and its files.
//! Out: contents and whole pages, each rendered once. Neighbours: `page_renderer.rs` renders one item; `drops/` and
//! `environment.rs` ask while a template runs.
//!
//! Jekyll renders documents in the order of their collections, posts from old to new, and pages last (site.rb,
//! `render`). A template sees the content of another item rendered if that comes before the item that is being
//! rendered, and as it is written if not. Here an item is rendered when it is asked for; who asks decides what it sees.

use std::cell::{Cell, OnceCell, RefCell};
use std::collections::{HashMap, HashSet};
use std::rc::{Rc, Weak};

pub use super::item::SiteItem;
use super::model::{DocumentId, FileText, Page, Site, SourceFile};
use super::pager::Pager;
use super::reads::{Reads, SiteList};
use super::source::SiteSource;
use crate::code::{Highlighting, gem_version};
use crate::liquid::{Template, Value, VariableUse};
use crate::text::Diagnostic;

/// How many items may be rendered for one another. Below that, contents are as they are written.
const MAX_NESTING: usize = 40;

/// How far the rendering of an item is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stage {
    /// Liquid runs over its own text.
    Body,
    /// Its content is converted; layouts are put around it.
    Layout,
}

/// The item for which a template runs.
#[derive(Clone, Copy, Debug)]
pub(super) struct Viewer {
    /// Its number in Jekyll's order.
    pub(super) order: usize,
    pub(super) stage: Stage,
}

/// What is known of an item besides the model.
#[derive(Debug, Default)]
pub(super) struct ItemState {
    /// The content after Liquid and the converter.
    pub(super) content: Kept,
    /// The whole page.
    pub(super) output: Kept,
    /// The excerpt, rendered.
    pub(super) excerpt: Kept,
    /// The text that stands in the place of the one that was read, without front matter.
    pub(super) new_text: Kept,
    /// What was read for all this.
    pub(super) reads: RefCell<Reads>,
    /// The page around the content.
    pub(super) shell: RefCell<Option<PageShell>>,
    /// Its data as a value of Liquid.
    pub(super) data: OnceCell<Value>,
    /// Its number in Jekyll's order.
    pub(super) order: usize,
    /// It is being rendered.
    pub(super) busy: Cell<bool>,
}

/// A page without its content, or with it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PageShell {
    /// HTML, **not** sanitized: never put it into a page as it is. What is not known stands in it as chips.
    pub html: Rc<str>,
    /// Whether `page_shell::CONTENT_PLACE` stands once in `html` and everything else stays the same whatever the content is. If not,
    /// `html` is the whole page.
    pub is_apart: bool,
    /// The page with the mark in the place of its content, where the content stands in it once and as it is. If it is not
    /// apart, the rest may follow from the content.
    pub placed: Option<Rc<str>>,
    /// The excerpt of the page, where something around the content shows it.
    pub(super) excerpt: Option<Rc<str>>,
}

/// A text that may be there.
#[derive(Debug, Default)]
pub(super) struct Kept(RefCell<Option<Rc<str>>>);

impl Kept {
    pub(super) fn get(&self) -> Option<Rc<str>> {
        self.0.borrow().clone()
    }

    pub(super) fn set(&self, text: Option<Rc<str>>) {
        *self.0.borrow_mut() = text;
    }
}

/// A page of the site, or one that a generator adds.
#[derive(Debug)]
pub struct PageEntry {
    /// What is known of it.
    pub page: Rc<Page>,
    /// Its part of the posts (jekyll-paginate).
    pub(super) pager: Option<Pager>,
    /// Its posts, if it is an archive (jekyll-archives).
    pub(super) archive: Option<Vec<DocumentId>>,
    /// The page whose rendering adds this one, which is not written (a source map).
    pub(super) appears_after: Option<usize>,
    /// Writes the page, where a plugin does.
    pub(super) written_by: Option<PageWriter>,
}

impl PageEntry {
    /// A page of the site's own.
    pub(super) fn of(page: impl Into<Rc<Page>>) -> Self {
        Self { page: page.into(), pager: None, archive: None, appears_after: None, written_by: None }
    }
}

/// Writes a page that a plugin adds: of the rendering, and the page's number.
pub(super) type PageWriter = fn(&SiteRendering, usize) -> String;

/// The bytes of a file; `None` where there is none.
pub(super) type FileBytes = Option<Rc<[u8]>>;

/// What is wrong: the item that was rendered, the path of the file, and what it is.
pub(super) type Problem = (Option<SiteItem>, Rc<str>, Diagnostic);

/// What an include wrote that is rendered once for the same parameters, and what was read for it.
#[derive(Debug)]
pub(super) struct CachedInclude {
    pub(super) text: Rc<str>,
    pub(super) reads: Reads,
}

/// What a rendering needs besides the site.
pub struct RenderingOptions {
    /// The files of the site.
    pub source: Rc<dyn SiteSource>,
    /// The files of its theme.
    pub theme: Option<Rc<dyn SiteSource>>,
    /// What gives code its runs.
    pub highlighting: Highlighting,
    /// `jekyll.environment`, as `JEKYLL_ENV` has it.
    pub environment: String,
    /// The time of the machine, in seconds since 1970-01-01T00:00:00Z: `'now'`.
    pub clock: i64,
    /// Jekyll's converter of Sass.
    pub sass: Option<SassConverter>,
    /// What jemoji does.
    pub emoji: Option<EmojiPictures>,
}

/// Compiles Sass on a site (`sass::convert`): of the rendering, the source, and whether it is indented. An error stops
/// Jekyll. Without this pointer no code of it is in a program.
pub type SassConverter = fn(&SiteRendering, &str, bool) -> Result<String, SassError>;

/// Puts pictures into a finished page in the place of names of emoji (`emoji_pictures`): of the rendering, the item, and
/// its page; `None` where the page stays as it is. Without this pointer no name of an emoji is in a program.
pub type EmojiPictures = fn(&SiteRendering, SiteItem, &str) -> Option<String>;

/// Why a stylesheet cannot be compiled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SassError {
    /// The path of the file that an import named; `None` for the stylesheet itself.
    pub path: Option<String>,
    /// The line, zero-based; of the text after Liquid for the stylesheet itself.
    pub line: usize,
    /// The reason, in a sentence.
    pub message: String,
}

/// A site that is being rendered.
pub struct SiteRendering {
    /// The site as it was read.
    pub site: Rc<Site>,
    /// The pages, those of generators too, in Jekyll's order.
    pub pages: Vec<PageEntry>,
    pub(super) options: RenderingOptions,
    /// For drops, which must not keep what keeps them.
    pub(super) this: Weak<Self>,
    pub(super) documents: Vec<ItemState>,
    pub(super) page_states: Vec<ItemState>,
    pub(super) viewer: Cell<Viewer>,
    /// How many items are rendered for one another.
    pub(super) nesting: Cell<usize>,
    /// The items that are being rendered, the innermost last.
    pub(super) under_way: RefCell<Vec<SiteItem>>,
    /// How the templates that have run since this was set last use `content`.
    pub(super) content_use: Cell<VariableUse>,
    marks_lines: OnceCell<bool>,
    pub(super) templates: RefCell<HashMap<String, Option<Rc<Template>>>>,
    /// Templates of the site as it was read before.
    pub(super) earlier_templates: RefCell<HashMap<String, Option<Rc<Template>>>>,
    /// The bytes of the files that were read, by the names that `read_file` gives them.
    pub(super) files: RefCell<HashMap<Rc<str>, FileBytes>>,
    /// The paths of all files, once they were asked for.
    pub(super) paths: OnceCell<Vec<String>>,
    /// How templates use `content`, by their paths.
    pub(super) content_uses: RefCell<HashMap<String, VariableUse>>,
    /// Values that are made once, by name.
    values: RefCell<HashMap<String, Value>>,
    /// What `include_cached` keeps.
    pub(super) cached_includes: RefCell<HashMap<String, CachedInclude>>,
    /// Includes that are being rendered to be kept, and what their item had read before.
    pub(super) open_includes: RefCell<Vec<(String, Reads)>>,
    /// What other threads have rendered of the site.
    #[cfg(not(target_arch = "wasm32"))]
    pub(super) shared: OnceCell<std::sync::Arc<super::shared_contents::SharedContents<SiteItem>>>,
    /// What is wrong, by the item that was rendered and the path of the file; spans in bytes of that file.
    pub(super) problems: RefCell<Vec<Problem>>,
}

impl SiteRendering {
    /// A rendering in which nothing is rendered yet, of a site with these pages.
    pub(super) fn of(site: Rc<Site>, pages: Vec<PageEntry>, options: RenderingOptions) -> Rc<Self> {
        let mut documents: Vec<ItemState> = site.documents.iter().map(|_| ItemState::default()).collect();
        let in_order = site.collections.iter().flat_map(|collection| &collection.documents);
        for (order, &document) in in_order.enumerate() {
            if let Some(state) = documents.get_mut(document) {
                state.order = order;
            }
        }
        let count = documents.len();
        let page_states =
            (0..pages.len()).map(|page| ItemState { order: count + page, ..ItemState::default() }).collect();
        Rc::new_cyclic(|this| Self {
            site,
            pages,
            options,
            this: this.clone(),
            documents,
            page_states,
            viewer: Cell::new(Viewer { order: 0, stage: Stage::Body }),
            nesting: Cell::new(0),
            under_way: RefCell::default(),
            content_use: Cell::new(VariableUse::Unused),
            marks_lines: OnceCell::new(),
            templates: RefCell::default(),
            earlier_templates: RefCell::default(),
            files: RefCell::default(),
            paths: OnceCell::new(),
            content_uses: RefCell::default(),
            values: RefCell::default(),
            cached_includes: RefCell::default(),
            open_includes: RefCell::default(),
            #[cfg(not(target_arch = "wasm32"))]
            shared: OnceCell::new(),
            problems: RefCell::default(),
        })
    }

    /// The same, for what outlives a call.
    pub fn shared(&self) -> Option<Rc<Self>> {
        self.this.upgrade()
    }

    /// Every item that Jekyll renders, in its order.
    pub fn items(&self) -> Vec<SiteItem> {
        let documents = self.site.collections.iter().flat_map(|collection| &collection.documents);
        let is_written = |page: &usize| self.pages.get(*page).is_some_and(|entry| entry.appears_after.is_none());
        let pages = (0..self.pages.len()).filter(is_written).map(SiteItem::Page);
        documents.copied().map(SiteItem::Document).chain(pages).collect()
    }

    /// How many pages there are for the template that runs: some come while others are rendered.
    pub(super) fn pages_so_far(&self) -> usize {
        let order = self.viewer.get().order;
        let comes_later = |entry: &&PageEntry| {
            let after = entry.appears_after.and_then(|page| self.page_states.get(page));
            after.is_some_and(|state| state.order >= order)
        };
        self.pages.len() - self.pages.iter().rev().take_while(comes_later).count()
    }

    /// What is wrong so far: the path of a file, and spans in bytes of it.
    pub fn problems(&self) -> Vec<(Rc<str>, Diagnostic)> {
        let mut all: Vec<(Rc<str>, Diagnostic)> = Vec::new();
        for (_, path, diagnostic) in self.problems.borrow().iter() {
            if !all.iter().any(|(of, other)| of == path && other == diagnostic) {
                all.push((path.clone(), diagnostic.clone()));
            }
        }
        all
    }

    pub(super) fn add_problem(&self, path: &Rc<str>, diagnostic: Diagnostic) {
        let item = self.under_way.borrow().last().copied().map(SiteItem::whole);
        self.add_problem_of(item, path, diagnostic);
    }

    /// Notes what is wrong in a file, for the item that it was found for.
    pub(super) fn add_problem_of(&self, item: Option<SiteItem>, path: &Rc<str>, diagnostic: Diagnostic) {
        let problem = (item, path.clone(), diagnostic);
        let mut problems = self.problems.borrow_mut();
        if !problems.contains(&problem) {
            problems.push(problem);
        }
    }

    /// The state of an item; of an excerpt, that of what it is of.
    pub(super) fn state(&self, item: SiteItem) -> Option<&ItemState> {
        match item {
            SiteItem::Document(document) | SiteItem::Excerpt(document) => self.documents.get(document),
            SiteItem::Page(page) | SiteItem::PageExcerpt(page) => self.page_states.get(page),
        }
    }

    /// The template of the file at `path`, parsed once; `make` gives its text.
    pub(super) fn template(&self, path: &str, make: impl FnOnce() -> Option<Rc<str>>) -> Option<Rc<Template>> {
        if let Some(known) = self.templates.borrow().get(path) {
            return known.clone();
        }
        let template = make().map(|text| match self.earlier_templates.borrow_mut().remove(path) {
            Some(Some(earlier)) if *earlier.text() == text => earlier,
            _ => Rc::new(Template::parse(path, text, &self.site.settings)),
        });
        self.templates.borrow_mut().insert(path.to_owned(), template.clone());
        template
    }

    /// The value of that name, made once.
    pub(super) fn value(&self, name: &str, make: impl FnOnce() -> Value) -> Value {
        if let Some(known) = self.values.borrow().get(name) {
            return known.clone();
        }
        let value = make();
        self.values.borrow_mut().insert(name.to_owned(), value.clone());
        value
    }

    /// The bytes of a file in the folder of includes, of the site or of its theme.
    pub(super) fn include_file(&self, path: &str) -> Option<Rc<[u8]>> {
        let own = self.read_file(&[&self.includes_folder(), "/", path].concat(), false);
        own.or_else(|| self.read_file(&["_includes/", path].concat(), true))
    }

    /// The paths of all files of the site's folder.
    pub(super) fn paths(&self) -> &[String] {
        self.note_list(SiteList::Paths);
        self.paths.get_or_init(|| self.options.source.paths())
    }

    /// Puts a text, without front matter, in the place of the one that was read. What was rendered from it is forgotten:
    /// the item, and all that has read its content.
    /// Whether it was that text already.
    pub fn set_body(&self, of: SiteItem, text: &str) -> bool {
        let Some(state) = self.state(of) else { return true };
        if self.source_text(of).is_some_and(|known| known == text) {
            return true;
        }
        state.new_text.set(Some(text.into()));
        let items = self.items();
        let mut changed = vec![of];
        let mut seen = HashSet::from([of]);
        while let Some(item) = changed.pop() {
            if let Some(state) = self.state(item) {
                state.content.set(None);
                state.output.set(None);
                state.excerpt.set(None);
            }
            for &other in &items {
                let reads = self.state(other).is_some_and(|state| {
                    let reads = state.reads.borrow();
                    reads.contents.contains(&item) || reads.contents.contains(&item.excerpt())
                });
                if !reads {
                    continue;
                }
                if let Some(state) = self.state(other).filter(|_| other != of || item != of) {
                    state.shell.replace(None);
                }
                if seen.insert(other) {
                    changed.push(other);
                }
            }
        }
        false
    }

    /// The item whose file has that path, from the site's folder on.
    pub fn item_of(&self, path: &str) -> Option<SiteItem> {
        let document = self.site.documents.iter().position(|document| document.file.path == path);
        let page = || {
            let own = |entry: &PageEntry| entry.page.file.path == path && !entry.page.file.from_theme;
            self.pages.iter().position(own).map(SiteItem::Page)
        };
        document.map(SiteItem::Document).or_else(page)
    }

    /// Runs `work` as for another item, and comes back to the one that is being rendered.
    pub(super) fn as_viewer<T>(&self, viewer: Viewer, work: impl FnOnce() -> T) -> T {
        let before = self.viewer.replace(viewer);
        let result = work();
        self.viewer.set(before);
        result
    }

    /// Runs `work` while that item is being rendered: what is read then is noted for it.
    pub(super) fn while_rendering<T>(
        &self,
        item: SiteItem,
        state: &ItemState,
        stage: Stage,
        work: impl FnOnce() -> T,
    ) -> T {
        let was_busy = state.busy.replace(true);
        self.under_way.borrow_mut().push(item);
        let open_includes = self.open_includes.borrow().len();
        let result = self.as_viewer(Viewer { order: state.order, stage }, work);
        self.close_includes(open_includes);
        self.under_way.borrow_mut().pop();
        state.busy.set(was_busy);
        result
    }

    /// Renders an item for another one; `None` where too many are rendered for one another.
    pub(super) fn for_another<T>(&self, work: impl FnOnce() -> T) -> Option<T> {
        if self.nesting.get() >= MAX_NESTING {
            return None;
        }
        self.nesting.set(self.nesting.get() + 1);
        let result = work();
        self.nesting.set(self.nesting.get() - 1);
        Some(result)
    }

    /// The text of an item's file.
    pub(super) fn source(&self, item: SiteItem) -> Option<&FileText> {
        match item {
            SiteItem::Document(document) | SiteItem::Excerpt(document) => {
                self.site.documents.get(document)?.source.as_ref()
            }
            SiteItem::Page(page) | SiteItem::PageExcerpt(page) => Some(&self.pages.get(page)?.page.source),
        }
    }

    /// The file of an item.
    pub(super) fn file(&self, item: SiteItem) -> Option<&SourceFile> {
        match item {
            SiteItem::Document(document) | SiteItem::Excerpt(document) => {
                Some(&self.site.documents.get(document)?.file)
            }
            SiteItem::Page(page) | SiteItem::PageExcerpt(page) => Some(&self.pages.get(page)?.page.file),
        }
    }

    /// A setting of the site, as Liquid sees it.
    pub(super) fn config(&self, key: &str) -> Value {
        self.value(&["config ", key].concat(), || match self.site.config_dates.get(key) {
            Some(date) => Value::Date(self.site.settings.zone.of_yaml(date)),
            None => self.site.config.get(key).map_or(Value::Nil, Value::of_yaml),
        })
    }

    /// Whether the site's `Gemfile.lock` names Jekyll 4.4 or a later one, which marks lines of code.
    pub(super) fn marks_lines(&self) -> bool {
        *self.marks_lines.get_or_init(|| {
            let lock = self.read_file("Gemfile.lock", false).unwrap_or_default();
            let lock = String::from_utf8_lossy(&lock).into_owned();
            let version = lock.lines().find_map(|line| gem_version(line, "jekyll"));
            let mut numbers = version.unwrap_or("").split('.').map(|number| number.parse::<u32>().unwrap_or(0));
            (numbers.next().unwrap_or(0), numbers.next().unwrap_or(0)) >= (4, 4)
        })
    }

    /// Whether a plugin runs.
    pub fn has_plugin(&self, gem: &str) -> bool {
        self.site.settings.plugins.iter().any(|plugin| plugin == gem)
    }
}
