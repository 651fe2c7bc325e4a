//! From text to the tree of blocks: which parser of blocks is asked in which order, and what bounds a block.
//! In: a `Text`. Out: nodes. Neighbours: the parsers of the single blocks, `emit.rs`.
//! Rules: the order of `block_parsers` in kramdown's parser with the replacements of its GFM variant.

use super::attributes::closing_brace;
use super::scan::{self, Next};
use super::text::Text;
use super::tree::{Eob, Kind, Node, NodeId};
use super::{MAX_DEPTH, Parser, list, paragraph};

/// A position in a text that is being parsed into blocks.
pub(super) struct Scanner<'s> {
    /// The characters.
    pub text: &'s str,
    /// Where the parser stands.
    pub pos: usize,
    /// What the characters come from.
    pub origin: &'s Text,
    /// The next `}`.
    pub braces: Next,
    /// The next end of a comment.
    pub comment_ends: Next,
    /// The next end of an instruction.
    pub instruction_ends: Next,
    /// The next `'` and `"`.
    pub quotes: [Next; 2],
    /// The next `$$`.
    pub dollars: Next,
    /// From which position on there is no closing fence of that many backticks, or tildes, or more.
    pub unclosed_fences: [Option<usize>; 2],
    /// Whether the rest of the text was searched for a closing fence that is not there.
    pub misses_fence: bool,
}

impl<'s> Scanner<'s> {
    /// At the start of `text`, whose characters are `origin`'s.
    pub fn new(text: &'s str, origin: &'s Text) -> Self {
        Self {
            text,
            pos: 0,
            origin,
            braces: Next::default(),
            comment_ends: Next::default(),
            instruction_ends: Next::default(),
            quotes: [Next::default(); 2],
            dollars: Next::default(),
            unclosed_fences: [None; 2],
            misses_fence: false,
        }
    }

    /// Whether something behind the position had a say in what was parsed before it.
    fn looked_ahead(&self) -> bool {
        let [double, single] = &self.quotes;
        let searches = [&self.braces, &self.comment_ends, &self.instruction_ends, &self.dollars, double, single];
        self.misses_fence || searches.iter().any(|search| search.reach() > self.pos)
    }

    /// The part `start..end`.
    pub fn part(&self, start: usize, end: usize) -> Text {
        self.origin.part(start, end)
    }

    /// Past an inline attribute list that takes whole lines, with the bounds of its content.
    pub fn block_ial(&mut self, pos: usize) -> Option<(usize, usize, usize)> {
        let at = scan::skip_indent(self.text, pos, 3);
        self.block_ial_at(at)
    }

    /// The same where the brace stands at `at`.
    fn block_ial_at(&mut self, at: usize) -> Option<(usize, usize, usize)> {
        let text = self.text;
        if !text.get(at..)?.starts_with("{:") || matches!(scan::byte_at(text, at + 2), b':' | b'/') {
            return None;
        }
        let close =
            closing_brace(text, at + 2, &mut self.braces, |at| scan::blank_to_line_end(text, at + 1).is_some())?;
        Some((at + 2, close, scan::blank_to_line_end(text, close + 1)?))
    }

    /// Whether a line that starts at `pos` ends what could go on lazily: HTML or an attribute list, within `most`
    /// spaces of indentation.
    pub fn ends_lazily(&mut self, pos: usize, most: usize) -> bool {
        let at = scan::skip_indent(self.text, pos, most);
        match scan::byte_at(self.text, at) {
            b'{' => self.block_ial_at(at).is_some(),
            b'<' => super::html_tag::ends_paragraph(self.text, at),
            _ => false,
        }
    }

    /// Past an end-of-block mark.
    pub fn eob_marker(&self, pos: usize) -> Option<usize> {
        if scan::byte_at(self.text, pos) != b'^' {
            return None;
        }
        scan::blank_to_line_end(self.text, pos + 1)
    }

    /// Whether everything that ends a lazily continued block stands at `pos`.
    pub fn lazy_end(&mut self, pos: usize) -> bool {
        pos >= self.text.len()
            || scan::blank_lines(self.text, pos).is_some()
            || self.ends_lazily(pos, 3)
            || self.eob_marker(pos).is_some()
    }

    /// Whether a block may end at `pos`.
    pub fn before_block_boundary(&mut self) -> bool {
        let pos = self.pos;
        pos >= self.text.len()
            || scan::blank_lines(self.text, pos).is_some()
            || self.eob_marker(pos).is_some()
            || self.block_ial(pos).is_some()
    }

    /// Past white space that ends a line.
    pub fn skip_trailing_space(&mut self) {
        let at = scan::skip_blanks(self.text, self.pos);
        if scan::byte_at(self.text, at) == b'\n' {
            self.pos = at + 1;
        }
    }
}

impl<'a> Parser<'a> {
    /// Parses `text` into blocks below `tree`.
    pub(super) fn parse_text(&mut self, text: &Text, tree: NodeId) {
        let body = self.body;
        let mut scanner = Scanner::new(text.str(body), text);
        self.parse_blocks(&mut scanner, tree);
    }

    /// Parses blocks below `tree` to the end of the text, or to the end tag of `tree`, where it is an element of HTML;
    /// says whether that was found.
    pub(super) fn parse_blocks(&mut self, scanner: &mut Scanner<'_>, tree: NodeId) -> bool {
        let outer = self.block_ial.take();
        self.depth += 1;
        let mut closed = false;
        if self.depth > MAX_DEPTH {
            let rest = scanner.part(scanner.pos, scanner.text.len());
            self.push_new(tree, Node::with_text(Kind::Paragraph { transparent: false, task: None }, rest));
            scanner.pos = scanner.text.len();
        }
        while scanner.pos < scanner.text.len() && !closed {
            closed = self.parse_block(scanner, tree);
            self.looked_ahead |= self.depth == 1 && scanner.looked_ahead();
        }
        self.depth -= 1;
        self.block_ial = outer;
        closed
    }

    /// Parses one block. Says whether it was the end tag of `tree`.
    fn parse_block(&mut self, scanner: &mut Scanner<'_>, tree: NodeId) -> bool {
        let (text, pos) = (scanner.text, scanner.pos);
        if let Some(end) = scan::blank_lines(text, pos) {
            self.parse_blank_line(scanner, tree, end);
            return false;
        }
        let at = scan::skip_indent(text, pos, 4);
        let first = scan::byte_at(text, at);
        if at == pos + 4 || scan::byte_at(text, pos) == b'\t' {
            self.parse_codeblock(scanner, tree);
            return false;
        }
        let taken = match first {
            b'~' | b'`' => self.parse_fenced_codeblock(scanner, tree),
            b'>' => self.parse_blockquote(scanner, tree),
            b'#' => at == pos && self.parse_atx_header(scanner, tree),
            b'*' | b'-' | b'_' | b'+' | b'0'..=b'9' => {
                self.parse_horizontal_rule(scanner, tree)
                    || (list::marker(text, pos, 3).is_some() && self.parse_list(scanner, tree))
            }
            b':' => self.parse_definition_list(scanner, tree),
            b'<' => match self.parse_html_block(scanner, tree) {
                Some(true) => return true,
                taken => taken.is_some(),
            },
            _ => false,
        };
        if taken {
            return false;
        }
        let boundary = self.after_block_boundary(tree);
        if boundary
            && (self.parse_setext_header(scanner, tree)
                || (matches!(first, b'$' | b'\\') && self.parse_math_block(scanner, tree))
                || self.parse_table(scanner, tree))
        {
            return false;
        }
        // A backslash before a formula may have been passed over.
        let (pos, at) = (scanner.pos, scan::skip_indent(text, scanner.pos, 4));
        let taken = match scan::byte_at(text, at) {
            b'[' => self.parse_footnote_definition(scanner, tree) || self.parse_link_definition(scanner, tree),
            b'*' => self.parse_abbreviation_definition(scanner, tree),
            b'{' => self.parse_block_extension(scanner, tree),
            b'^' => at == pos && self.parse_eob_marker(scanner, tree),
            _ => false,
        };
        if !taken {
            if scan::byte_at(text, at) == b'\t' {
                self.parse_loose_line(scanner, tree);
            } else {
                self.parse_paragraph(scanner, tree);
            }
        }
        false
    }

    /// Whether a block that needs a boundary may start after the last child of `tree`.
    pub(super) fn after_block_boundary(&self, tree: NodeId) -> bool {
        if self.block_ial.is_some() {
            return true;
        }
        match self.last_child(tree) {
            None => true,
            Some(last) => last.is_blank() || last.kind == Kind::Eob(Eob::Marker),
        }
    }

    /// The last child of `tree`.
    pub(super) fn last_child(&self, tree: NodeId) -> Option<&Node<'a>> {
        self.nodes.get(*self.nodes.get(tree)?.children.last()?)
    }

    /// Adds a node below `tree` and gives it the attribute list that stood before it.
    pub(super) fn push_new(&mut self, tree: NodeId, mut node: Node<'a>) -> NodeId {
        node.ial = self.block_ial.take();
        self.push(tree, node)
    }

    /// Adds a node below `tree`.
    pub(super) fn push(&mut self, tree: NodeId, node: Node<'a>) -> NodeId {
        let id = self.add(node);
        if let Some(parent) = self.nodes.get_mut(tree) {
            parent.children.push(id);
        }
        id
    }

    /// Adds a node that stands nowhere yet.
    pub(super) fn add(&mut self, node: Node<'a>) -> NodeId {
        self.nodes.push(node);
        self.nodes.len() - 1
    }

    /// A line that starts with a few spaces and a tab: no parser of blocks takes it.
    fn parse_loose_line(&mut self, scanner: &mut Scanner<'_>, tree: NodeId) {
        let start = scanner.pos;
        scanner.pos = scan::next_line(scanner.text, start);
        let text = scanner.part(start, scanner.pos);
        if let Some(&id) = self.nodes.get(tree).and_then(|node| node.children.last())
            && let Some(last) = self.nodes.get_mut(id)
            && last.kind == Kind::Loose
        {
            paragraph::append(self.body, last, "", text);
            return;
        }
        self.push(tree, Node::with_text(Kind::Loose, text));
    }
}
