//! The names of languages. In: the index file of the build. Out: for a name its lexer, the file of the lexer's table and
//! the lexers it delegates to. Neighbours: `languages.rs` holds it; the file is a `tree.rs`.

use std::collections::HashMap;

use super::languages::Lexer;
use super::tree::Tree;

/// The first string of an index that this program can read.
const FORMAT: &str = "apercu rouge index 1";

/// What the index says of one lexer.
#[derive(Debug)]
struct Entry {
    name: String,
    /// Empty if the lexer has no table.
    file: String,
    delegates: Vec<Lexer>,
}

/// All lexers of an index, and their names and aliases.
#[derive(Debug, Default)]
pub(super) struct Names {
    version: String,
    unicode: String,
    entries: Vec<Entry>,
    by_name: HashMap<String, Lexer>,
}

impl Names {
    /// Reads an index. Without one, or with one of another format, no language is known.
    pub(super) fn read(index: &[u8]) -> Self {
        Self::try_read(index).unwrap_or_default()
    }

    fn try_read(index: &[u8]) -> Option<Self> {
        let tree = Tree::read(index)?;
        if tree.text_at(0) != FORMAT {
            return None;
        }
        let mut names =
            Self { version: tree.text_at(1).to_owned(), unicode: tree.text_at(2).to_owned(), ..Self::default() };
        for (number, entry) in tree.list_at(3).iter().enumerate() {
            let lexer = Lexer::new(number)?;
            let name = entry.text_at(0).to_owned();
            for alias in entry.list_at(3) {
                names.by_name.insert(alias.text().to_owned(), lexer);
            }
            names.by_name.insert(name.clone(), lexer);
            let delegates = entry.list_at(2).iter().filter_map(|other| Lexer::new(other.number())).collect();
            names.entries.push(Entry { name, file: entry.text_at(1).to_owned(), delegates });
        }
        Some(names)
    }

    /// The version of Rouge that the tables were made from, as "3.30.0".
    pub(super) fn version(&self) -> &str {
        &self.version
    }

    /// By any name that a table may use.
    pub(super) fn find(&self, name: &str) -> Option<Lexer> {
        self.by_name.get(name).copied()
    }

    /// By a name that an author may use.
    pub(super) fn find_public(&self, name: &str) -> Option<Lexer> {
        self.find(name).filter(|_| is_public(name))
    }

    pub(super) fn lexers(&self) -> impl Iterator<Item = Lexer> {
        (0..self.entries.len()).filter_map(Lexer::new)
    }

    fn entry(&self, lexer: Lexer) -> Option<&Entry> {
        self.entries.get(lexer.number())
    }

    pub(super) fn name(&self, lexer: Lexer) -> &str {
        self.entry(lexer).map_or("", |entry| &entry.name)
    }

    pub(super) fn file(&self, lexer: Lexer) -> &str {
        self.entry(lexer).map_or("", |entry| &entry.file)
    }

    /// The file of Unicode's properties, which every lexer needs.
    pub(super) fn unicode(&self) -> &str {
        &self.unicode
    }

    /// The lexer and those it delegates to, each once.
    pub(super) fn with_delegates(&self, lexer: Lexer) -> Vec<Lexer> {
        let mut found = vec![lexer];
        let mut next = 0;
        while let Some(entry) = found.get(next).and_then(|&lexer| self.entry(lexer)) {
            for &delegate in &entry.delegates {
                if !found.contains(&delegate) {
                    found.push(delegate);
                }
            }
            next += 1;
        }
        found
    }
}

/// A lexer that another has for itself is called as Ruby calls its class, and Rouge does not find it by that.
fn is_public(name: &str) -> bool {
    !name.contains("::")
}

#[cfg(test)]
mod tests {
    use super::Names;

    fn text(text: &str, bytes: &mut Vec<u8>) {
        bytes.push(u8::try_from(text.len() << 2 | 1).unwrap_or(0));
        bytes.extend(text.bytes());
    }

    /// An index of two lexers: `html` with the alias `xhtml`, which delegates to `css`.
    fn index() -> Vec<u8> {
        let mut bytes = vec![4 << 2];
        text("apercu rouge index 1", &mut bytes);
        text("3.30.0", &mut bytes);
        text("unicode-1", &mut bytes);
        bytes.push(2 << 2);
        bytes.push(4 << 2);
        text("html", &mut bytes);
        text("html-1", &mut bytes);
        bytes.extend([1 << 2, 1 << 2 | 2, 1 << 2]);
        text("xhtml", &mut bytes);
        bytes.push(4 << 2);
        text("css", &mut bytes);
        text("css-1", &mut bytes);
        bytes.extend([0, 0]);
        bytes
    }

    #[test]
    fn names_and_aliases_are_found_as_they_are_written() {
        let names = Names::read(&index());
        let html = names.find("xhtml");
        assert!(html.is_some());
        assert_eq!(html, names.find("html"));
        assert_eq!(names.find("HTML"), None);
        assert_eq!(html.map(|lexer| names.file(lexer)), Some("html-1"));
        assert_eq!(html.map(|lexer| names.with_delegates(lexer).len()), Some(2));
    }

    #[test]
    fn another_format_knows_no_language() {
        let mut other = index();
        other[21] = b'9';
        assert_eq!(Names::read(&other).find("html"), None);
        assert_eq!(Names::read(b"").find("html"), None);
    }
}
