//! The tokens of a preview as a tree in which equal parts have equal numbers. In: lists of tokens. Out: nodes and their
//! items. Neighbours: `pairs.rs` and `preview_diff.rs` walk it; nothing here is recursive, because posts may nest deep.

use std::ops::Range;

use super::pairs::Bag;
use super::sequence::Numbers;
use super::words::{is_word, words};
use crate::markdown::token::Token;

/// What makes two parts equal: a text itself, or an element's name, attributes and the numbers of its items.
#[derive(PartialEq, Eq, Hash)]
pub(super) enum PartKey<'t> {
    Text(&'t str),
    Element(String),
}

/// A part of a node: a word, a run of spaces, a mark; or an element.
#[derive(Clone, Copy)]
pub(super) struct TreeItem<'t> {
    /// Equal numbers, equal parts, on both sides.
    pub(super) number: u32,
    pub(super) content: ItemContent<'t>,
}

#[derive(Clone, Copy)]
pub(super) enum ItemContent<'t> {
    Text(&'t str),
    /// The index of an element's node.
    Element(usize),
}

/// An element, or a whole list of tokens.
pub(super) struct TreeNode<'t> {
    /// The element's name; that of its first element where it is a whole list.
    pub(super) name: &'t str,
    /// As an item's.
    pub(super) number: u32,
    /// The element's tokens from `Open` to `Close`, or all tokens of the list.
    pub(super) tokens: Range<usize>,
    /// What it holds.
    pub(super) items: Vec<TreeItem<'t>>,
    /// The words that it holds at any depth, as indices into the tree's words.
    pub(super) words: Range<usize>,
}

/// One side of the comparison.
pub(super) struct TokenTree<'t> {
    /// The tokens of all lists.
    pub(super) tokens: Vec<&'t Token<'t>>,
    pub(super) nodes: Vec<TreeNode<'t>>,
    /// The numbers of all words, in order.
    pub(super) words: Vec<u32>,
    /// The nodes that are whole lists.
    pub(super) roots: Vec<usize>,
}

impl<'t> TokenTree<'t> {
    pub(super) fn new(lists: &'t [Vec<Token<'t>>], numbers: &mut Numbers<PartKey<'t>>) -> Self {
        let mut tree = Self { tokens: Vec::new(), nodes: Vec::new(), words: Vec::new(), roots: Vec::new() };
        for list in lists {
            tree.read(list, numbers);
        }
        tree
    }

    fn read(&mut self, list: &'t [Token<'t>], numbers: &mut Numbers<PartKey<'t>>) {
        let mut open = vec![self.begin("")];
        for token in list {
            let at = self.tokens.len();
            self.tokens.push(token);
            match token {
                Token::Open { name, .. } => open.push(self.begin_at(name, at)),
                Token::Close if open.len() > 1 => {
                    if let (Some(node), Some(parent)) = (open.pop(), open.last_mut()) {
                        let item = self.end(node, numbers);
                        parent.items.push(item);
                    }
                }
                Token::Text(text) => {
                    for word in words(text) {
                        let number = numbers.of(PartKey::Text(word));
                        if is_word(word) {
                            self.words.push(number);
                        }
                        if let Some(node) = open.last_mut() {
                            node.items.push(TreeItem { number, content: ItemContent::Text(word) });
                        }
                    }
                }
                Token::Close | Token::Comment(_) => {}
            }
        }
        // Sanitized tokens nest. An element that is still open ends here.
        while let Some(node) = open.pop() {
            let item = self.end(node, numbers);
            match (open.last_mut(), item.content) {
                (Some(parent), _) => parent.items.push(item),
                (None, ItemContent::Element(root)) => self.roots.push(root),
                (None, ItemContent::Text(_)) => {}
            }
        }
    }

    fn begin(&self, name: &'t str) -> TreeNode<'t> {
        self.begin_at(name, self.tokens.len())
    }

    fn begin_at(&self, name: &'t str, at: usize) -> TreeNode<'t> {
        let words = self.words.len();
        TreeNode { name, number: 0, tokens: at..at, items: Vec::new(), words: words..words }
    }

    fn end(&mut self, mut node: TreeNode<'t>, numbers: &mut Numbers<PartKey<'t>>) -> TreeItem<'t> {
        node.tokens.end = self.tokens.len();
        node.words.end = self.words.len();
        let mut key = String::new();
        let mut add = |text: &str| {
            key.push_str(text);
            key.push('\0');
        };
        add(node.name);
        if let (false, Some(Token::Open { attributes, .. })) =
            (node.name.is_empty(), self.tokens.get(node.tokens.start))
        {
            for (name, value) in attributes {
                add(name);
                add(value);
            }
        }
        add("");
        for item in &node.items {
            add(&item.number.to_string());
        }
        if node.name.is_empty() {
            let first = node.items.iter().find_map(|item| match item.content {
                ItemContent::Element(child) => self.nodes.get(child).map(|child| child.name),
                ItemContent::Text(_) => None,
            });
            node.name = first.unwrap_or("");
        }
        node.number = numbers.of(PartKey::Element(key));
        let item = TreeItem { number: node.number, content: ItemContent::Element(self.nodes.len()) };
        self.nodes.push(node);
        item
    }

    /// What nodes are compared by.
    pub(super) fn bags(&self, nodes: &[usize]) -> Vec<Bag<'t>> {
        let words = |node: usize| self.nodes.get(node).and_then(|node| self.words.get(node.words.clone()));
        nodes.iter().map(|&node| Bag::new(self.name(node), words(node).unwrap_or(&[]).to_vec())).collect()
    }

    pub(super) fn name(&self, node: usize) -> &'t str {
        self.nodes.get(node).map_or("", |node| node.name)
    }

    pub(super) fn items(&self, node: usize) -> &[TreeItem<'t>] {
        self.nodes.get(node).map_or(&[], |node| &node.items)
    }

    pub(super) fn tokens(&self, node: usize) -> &[&'t Token<'t>] {
        self.nodes.get(node).and_then(|node| self.tokens.get(node.tokens.clone())).unwrap_or(&[])
    }
}
