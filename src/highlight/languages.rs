//! What the rest of the program asks for. In: the build's index and tables, names, code. Out: lexers and runs.
//! Neighbours: `names.rs` knows the names, `cache.rs` what was asked before.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use super::cache::Cache;
use super::interpreter::{self, Library, Refused};
use super::names::Names;
use super::regex::Properties;
use super::tables::{FORMAT, Table};
use super::tree::Tree;

/// One of Rouge's lexers, as an index of these [`Languages`] numbers it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Lexer(u16);

impl Lexer {
    pub(super) fn new(number: usize) -> Option<Self> {
        u16::try_from(number).ok().map(Self)
    }

    pub(super) fn number(self) -> usize {
        usize::from(self.0)
    }
}

/// A piece of code of one class. Two neighbours never have the same class.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Run {
    /// The class that Rouge writes, as `nf`; empty for text without a span.
    pub class: &'static str,
    /// In bytes of the code.
    pub length: usize,
}

/// What is known of a piece of code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Highlighted {
    /// The runs of the whole code, one after the other.
    Runs(Rc<[Run]>),
    /// The files with the tables that must be added first. More may be missing once these are there.
    TableMissing(Vec<String>),
    /// The code takes more steps than are allowed, or Rouge itself fails on it. It stays plain.
    OverBudget,
    /// Rouge knows the lexer, or one that it delegates to, but there is no table for it. The code stays plain.
    NoTable,
}

/// The languages that Rouge knows, and the tables of those that have been loaded. Clones share them. The default knows
/// no language, as in a build without Ruby.
#[derive(Clone, Debug, Default)]
pub struct Languages(Rc<Shared>);

#[derive(Debug, Default)]
struct Shared {
    names: Names,
    /// Files that are a part of the program, by name in order.
    built_in: &'static [(&'static str, &'static [u8])],
    /// Files by name, as they came.
    files: RefCell<HashMap<String, Box<[u8]>>>,
    /// What was read from them.
    properties: RefCell<Option<Rc<Properties>>>,
    tables: RefCell<HashMap<Lexer, Rc<Table>>>,
    cache: RefCell<Cache<Lexer, Highlighted>>,
}

impl Languages {
    /// The languages of an index file of the build. An index of another format knows no language.
    pub fn with_index(index: &[u8]) -> Self {
        Self(Rc::new(Shared { names: Names::read(index), ..Shared::default() }))
    }

    /// The languages of files that are a part of the program, sorted by name. One of them is called `index`.
    pub fn with_files(files: &'static [(&'static str, &'static [u8])]) -> Self {
        let index = files.iter().find(|(name, _)| *name == "index").map_or(&[][..], |(_, bytes)| bytes);
        Self(Rc::new(Shared { names: Names::read(index), built_in: files, ..Shared::default() }))
    }

    /// The version of Rouge that the tables were made from, as `3.30.0`; empty without an index.
    pub fn rouge_version(&self) -> &str {
        self.0.names.version()
    }

    /// The lexer of a name or alias, as `Rouge::Lexer.find` gives it. Case counts.
    pub fn find(&self, name: &str) -> Option<Lexer> {
        self.0.names.find_public(name)
    }

    /// Rouge's name of a lexer (its tag), as `javascript` for what was found as `js`.
    pub fn name(&self, lexer: Lexer) -> &str {
        self.0.names.name(lexer)
    }

    /// Whether it is the lexer that gives no spans at all (`plaintext`). It needs no table.
    pub fn is_plain(&self, lexer: Lexer) -> bool {
        self.name(lexer) == "plaintext"
    }

    /// The name of the file with the lexer's table, with a hash of its content; empty if there is none.
    pub fn table_file(&self, lexer: Lexer) -> &str {
        self.0.names.file(lexer)
    }

    /// The files that the lexer needs: Unicode's properties, its own table, the tables of lexers it may delegate to.
    /// Files that have been added are left out.
    pub fn tables_needed(&self, lexer: Lexer) -> Vec<&str> {
        if self.is_plain(lexer) {
            return Vec::new();
        }
        let names = &self.0.names;
        let lexers = names.with_delegates(lexer).into_iter().map(|lexer| names.file(lexer));
        std::iter::once(names.unicode()).chain(lexers).filter(|file| !file.is_empty() && !self.0.has(file)).collect()
    }

    /// Adds a file of the build. False if it is no table of this version; nothing changes then.
    pub fn add_table(&self, file: &str, bytes: &[u8]) -> bool {
        if Tree::read(bytes).is_none_or(|tree| tree.text_at(0) != FORMAT) {
            return false;
        }
        self.0.cache.borrow_mut().clear();
        self.0.files.borrow_mut().insert(file.to_owned(), bytes.into());
        true
    }

    /// The runs of a piece of code. What was asked before comes from a cache.
    pub fn tokens(&self, lexer: Lexer, code: &str) -> Highlighted {
        if self.is_plain(lexer) {
            return Highlighted::Runs(plain(code));
        }
        if let Some(known) = self.0.cache.borrow_mut().get(lexer, code) {
            return known;
        }
        let result = self.highlight(lexer, code);
        if !matches!(result, Highlighted::TableMissing(_)) {
            self.0.cache.borrow_mut().put(lexer, code, result.clone());
        }
        result
    }

    /// Whether the lexer's table is there and all of it can be read, to the last expression.
    pub fn is_whole(&self, lexer: Lexer) -> bool {
        self.0.table(lexer).is_some_and(|table| table.is_whole())
    }

    /// All lexers, for what is done with each.
    pub fn lexers(&self) -> impl Iterator<Item = Lexer> {
        self.0.names.lexers()
    }

    /// Forgets what was highlighted, so that it can be measured again.
    pub fn forget(&self) {
        self.0.cache.borrow_mut().clear();
    }

    fn highlight(&self, lexer: Lexer, code: &str) -> Highlighted {
        match interpreter::highlight(&*self.0, lexer, code) {
            Ok(runs) => Highlighted::Runs(runs),
            Err(Refused::Stopped) => Highlighted::OverBudget,
            Err(Refused::Missing(lexers)) => self.missing(&lexers),
        }
    }

    /// The files that these lexers wait for. If there is nothing to wait for, they have no table that can be read.
    fn missing(&self, lexers: &[Lexer]) -> Highlighted {
        let names = &self.0.names;
        let mut wanted: Vec<&str> = vec![names.unicode()];
        wanted.extend(lexers.iter().map(|&lexer| names.file(lexer)));
        wanted.retain(|file| !file.is_empty() && !self.0.has(file));
        let never = |&lexer: &Lexer| names.file(lexer).is_empty();
        if wanted.is_empty() || lexers.iter().any(never) {
            return Highlighted::NoTable;
        }
        Highlighted::TableMissing(wanted.into_iter().map(str::to_owned).collect())
    }
}

impl Shared {
    /// What was made of a file that was added or is a part of the program.
    fn file<T>(&self, name: &str, read: impl FnOnce(&[u8]) -> Option<T>) -> Option<T> {
        if let Some(bytes) = self.files.borrow().get(name) {
            return read(bytes);
        }
        let index = self.built_in.binary_search_by_key(&name, |(name, _)| name).ok()?;
        read(self.built_in.get(index)?.1)
    }

    fn has(&self, name: &str) -> bool {
        self.file(name, |_| Some(())).is_some()
    }

    fn properties(&self) -> Option<Rc<Properties>> {
        if let Some(properties) = &*self.properties.borrow() {
            return Some(properties.clone());
        }
        let read = |bytes: &[u8]| Some(Properties::read(Tree::read(bytes)?.list_at(2)));
        let properties = Rc::new(self.file(self.names.unicode(), read)?);
        Some(self.properties.borrow_mut().insert(properties).clone())
    }
}

impl Library for Shared {
    fn table(&self, lexer: Lexer) -> Option<Rc<Table>> {
        if let Some(table) = self.tables.borrow().get(&lexer) {
            return Some(table.clone());
        }
        let properties = self.properties()?;
        let find = |name: &str| self.names.find(name);
        let table = Rc::new(self.file(self.names.file(lexer), |bytes| Table::read(bytes, properties, &find))?);
        self.tables.borrow_mut().insert(lexer, table.clone());
        Some(table)
    }

    fn find(&self, name: &str) -> Option<Lexer> {
        self.names.find(name)
    }

    fn name(&self, lexer: Lexer) -> &str {
        self.names.name(lexer)
    }
}

/// The whole code as one run without a class.
fn plain(code: &str) -> Rc<[Run]> {
    if code.is_empty() { Rc::new([]) } else { Rc::new([Run { class: "", length: code.len() }]) }
}

#[cfg(test)]
mod tests {
    use super::Languages;

    #[test]
    fn without_an_index_no_language_is_known() {
        let languages = Languages::default();
        assert_eq!(languages.find("ruby"), None);
        assert!(!languages.add_table("ruby-1", b"anything"));
    }
}
