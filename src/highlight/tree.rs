//! The form of the build's files: a tree of lists, strings and numbers. In: bytes. Out: the tree, or nothing.
//! Neighbours: `names.rs` and `tables.rs` read it; `scripts/rouge-tables.rb` writes it.
//!
//! Each value begins with a number in groups of seven bits, the lowest first, the eighth bit set while more follow. Its
//! lowest two bits say what it is: 0 a list of so many values, 1 a string of so many bytes, 2 that number itself.

/// How deep lists may nest. The generator's nest less than 40 deep.
const MAX_DEPTH: usize = 200;

/// A value of the tree. Strings are borrowed from the file.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Tree<'a> {
    List(Vec<Tree<'a>>),
    Text(&'a str),
    Number(usize),
}

impl<'a> Tree<'a> {
    /// Reads a whole file. Nothing if it is cut off, goes on after its value or is not UTF-8.
    pub(super) fn read(bytes: &'a [u8]) -> Option<Self> {
        let mut reader = Reader { rest: bytes };
        let tree = reader.value(MAX_DEPTH)?;
        reader.rest.is_empty().then_some(tree)
    }

    /// The values of a list; of anything else none.
    pub(super) fn list(&self) -> &[Tree<'a>] {
        match self {
            Self::List(values) => values,
            _ => &[],
        }
    }

    /// The value at an index of a list.
    pub(super) fn at(&self, index: usize) -> Option<&Tree<'a>> {
        self.list().get(index)
    }

    /// The string; of anything else the empty one.
    pub(super) fn text(&self) -> &'a str {
        match self {
            Self::Text(text) => text,
            _ => "",
        }
    }

    /// The number; of anything else 0.
    pub(super) fn number(&self) -> usize {
        match self {
            Self::Number(number) => *number,
            _ => 0,
        }
    }

    /// The string at an index of a list.
    pub(super) fn text_at(&self, index: usize) -> &'a str {
        self.at(index).map_or("", Self::text)
    }

    /// The values of the list at an index of a list.
    pub(super) fn list_at(&self, index: usize) -> &[Tree<'a>] {
        self.at(index).map_or(&[], Self::list)
    }
}

struct Reader<'a> {
    rest: &'a [u8],
}

impl<'a> Reader<'a> {
    fn value(&mut self, depth: usize) -> Option<Tree<'a>> {
        let head = self.head()?;
        let size = head >> 2;
        match head & 3 {
            // Each value takes a byte at least, so a list cannot promise more than there is.
            0 if depth > 0 && size <= self.rest.len() => {
                let mut values = Vec::with_capacity(size);
                for _ in 0..size {
                    values.push(self.value(depth - 1)?);
                }
                Some(Tree::List(values))
            }
            1 => {
                let (text, rest) = self.rest.split_at_checked(size)?;
                self.rest = rest;
                std::str::from_utf8(text).ok().map(Tree::Text)
            }
            2 => Some(Tree::Number(size)),
            _ => None,
        }
    }

    fn head(&mut self) -> Option<usize> {
        let mut number: u64 = 0;
        for group in 0..5 {
            let (first, rest) = self.rest.split_first()?;
            self.rest = rest;
            number |= u64::from(first & 0x7f) << (7 * group);
            if first & 0x80 == 0 {
                return usize::try_from(number).ok();
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::Tree;

    #[test]
    fn a_tree_is_read() {
        // A list of three: "ab", 300, an empty list.
        let bytes = [3 << 2, 2 << 2 | 1, b'a', b'b', 0xb2, 0x09, 0];
        let expected = Tree::List(vec![Tree::Text("ab"), Tree::Number(300), Tree::List(vec![])]);
        assert_eq!(Tree::read(&bytes), Some(expected));
    }

    #[test]
    fn what_is_no_tree_gives_nothing() {
        for bytes in [&[][..], &[0xff], &[3 << 2, 0], &[2 << 2 | 1, b'a'], &[1 << 2 | 1, 0xff], &[0, 0], &[3]] {
            assert_eq!(Tree::read(bytes), None, "{bytes:?}");
        }
        assert_eq!(Tree::read(&[1 << 2; 1000]), None);
    }
}
