//! The names of languages. In: the index file of the build. Out: for a name its lexer, the file of the lexer's table and
//! the lexers it delegates to. Neighbours: `languages.rs` holds it; the file is a `tree.rs`.

use std::collections::HashMap;

use super::languages::Lexer;
use super::tree::Tree;

/// The first string of an index that this program can read.
const FORMAT: &str = "apercu rouge index 1";
/// How many changed characters a misspelled name may have.
const MAX_DISTANCE: usize = 2;

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

    /// The known name that is nearest to a misspelled one: fewest changed characters, then the shortest, then the first
    /// of the alphabet. Nothing if too many characters differ, or more than a third of the name.
    pub(super) fn nearest(&self, name: &str) -> Option<&str> {
        let wanted: Vec<char> = name.trim().to_lowercase().chars().collect();
        let limit = MAX_DISTANCE.min(wanted.len() / 3);
        self.by_name
            .keys()
            .filter(|known| is_public(known))
            .filter_map(|known| {
                let distance = distance(&wanted, known, limit)?;
                Some((distance, known.len(), known.as_str()))
            })
            .min()
            .map(|(_, _, known)| known)
    }
}

/// A lexer that another has for itself is called as Ruby calls its class, and Rouge does not find it by that.
fn is_public(name: &str) -> bool {
    !name.contains("::")
}

/// How many characters must be put in, left out, replaced or exchanged with their neighbour; nothing above the limit.
fn distance(wanted: &[char], known: &str, limit: usize) -> Option<usize> {
    let known: Vec<char> = known.to_lowercase().chars().collect();
    if wanted.len().abs_diff(known.len()) > limit {
        return None;
    }
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=known.len()).collect();
    for (i, a) in wanted.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, b) in known.iter().enumerate() {
            let replaced = last[j] + usize::from(a != b);
            let mut least = replaced.min(last[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && wanted[i - 1] == *b && *a == known[j - 1] {
                least = least.min(before[j - 1] + 1);
            }
            row.push(least);
        }
        before = std::mem::replace(&mut last, row);
    }
    last.last().copied().filter(|&distance| distance <= limit)
}

#[cfg(test)]
mod tests {
    use super::{Names, distance};

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

    #[test]
    fn a_misspelled_name_has_a_nearest_one() {
        let names = Names::read(&index());
        assert_eq!(names.nearest("HTML"), Some("html"));
        assert_eq!(names.nearest("htlm"), Some("html"));
        assert_eq!(names.nearest("ccss"), Some("css"));
        assert_eq!(names.nearest("mermaid"), None);
        assert_eq!(names.nearest("c"), None);
    }

    #[test]
    fn a_distance_counts_changes() {
        let chars: Vec<char> = "javascript".chars().collect();
        for (known, expected) in [("javascript", 0), ("javasript", 1), ("javacsript", 1), ("jvaascrpt", 2)] {
            assert_eq!(distance(&chars, known, 2), Some(expected), "{known}");
        }
        assert_eq!(distance(&chars, "java", 2), None);
    }
}
