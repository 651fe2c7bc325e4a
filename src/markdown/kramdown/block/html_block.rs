//! HTML between blocks: elements and comments.
//!
//! ```bnf
//! html_block ::= comment | indent start_tag (content end_tag)?
//! comment    ::= "<!--" any text "-->", in the first column
//! content    ::= raw HTML | spans | blocks, see html_element.rs and the attribute markdown="…"
//! ```
//!
//! ```markdown
//! <div markdown="1">
//! A *text*.
//! </div>
//! ```
//!
//! ```html
//! <div>
//!   <p>A <em>text</em>.</p>
//! </div>
//! ```
//!
//! The element may not be a span element. Without an end tag, it goes on to the end of the text.
//!
//! Syntax: <https://kramdown.gettalong.org/syntax.html#html-blocks>
//! Follows: kramdown 2.4.0, `html.rb` lines 68–96 and 25–66, `parser/html.rb` lines 87–192.
//! In: a scanner at the start of a line. Out: HTML nodes with their content. Neighbours: `html_tag.rs` reads tags,
//! `html_element.rs` knows the elements, `span/html_span.rs` is the same in a text.

use crate::markdown::event::{ContentModel, CowStr};
use crate::markdown::kramdown::KramdownParser;
use crate::markdown::kramdown::MAX_DEPTH;
use crate::markdown::kramdown::attribute_list::{self, Pairs};
use crate::markdown::kramdown::block_scanner::BlockScanner;
use crate::markdown::kramdown::block_tree::{BlockKind, BlockNode, NodeId};
use crate::markdown::kramdown::chars;
use crate::markdown::kramdown::html_element;
use crate::markdown::kramdown::html_tag::{self, StartTag};
use crate::markdown::kramdown::next_match::NextMatch;
use crate::text::{Span, downcase};

impl<'a> KramdownParser<'a> {
    /// Takes a comment, an element, or the end tag of `tree`. `None` if there is none, otherwise whether it was the end
    /// tag.
    pub(super) fn parse_html_block(&mut self, scanner: &mut BlockScanner<'_>, tree: NodeId) -> Option<bool> {
        let (text, start) = (scanner.text, scanner.pos);
        if self.parse_comment(scanner, tree) {
            scanner.skip_trailing_space();
            return Some(false);
        }
        let at = chars::skip_indent(text, start, 3);
        if let Some(tag) = html_tag::start_tag(text, at, &mut scanner.quotes) {
            let written = text.get(tag.name.0..tag.name.1)?;
            if html_element::is_span(&downcase(written)) {
                return None;
            }
            self.parse_element(scanner, tree, start, tag, false);
            return Some(false);
        }
        let (name, end) = html_tag::end_tag(text, at)?;
        let name = downcase(text.get(name.0..name.1)?);
        let open = self.nodes.get(tree)?;
        if html_element::is_span(&name) || !matches!(&open.kind, BlockKind::Html { name: open, .. } if **open == *name)
        {
            return None;
        }
        scanner.pos = end;
        Some(true)
    }

    /// Takes the comment at the position.
    fn parse_comment(&mut self, scanner: &mut BlockScanner<'_>, tree: NodeId) -> bool {
        let (text, start) = (scanner.text, scanner.pos);
        if !text.get(start..).is_some_and(|rest| rest.starts_with("<!--")) {
            return false;
        }
        let Some(close) = scanner.comment_ends.string(text, start + 4, b"-->") else { return false };
        let content = scanner.origin.cow(self.body, start + 4, close);
        scanner.pos = close + 3;
        self.push(tree, BlockNode::new(BlockKind::Comment(content), scanner.origin.span(start, close + 3)));
        true
    }

    /// Takes the element that `tag` starts, with its content. `raw` says that it stands in raw HTML.
    fn parse_element(&mut self, scanner: &mut BlockScanner<'_>, tree: NodeId, start: usize, tag: StartTag, raw: bool) {
        let text = scanner.text;
        let written = text.get(tag.name.0..tag.name.1).unwrap_or("");
        let lower = downcase(written);
        let known = html_element::is_known(&lower);
        let name: CowStr<'a> = if !known || lower == written {
            scanner.origin.cow(self.body, tag.name.0, tag.name.1)
        } else {
            CowStr::from(lower)
        };
        let mut pairs: Pairs<'a> = Vec::new();
        let mut asked = None;
        html_tag::each_attribute(text, tag.attributes, |key, value| {
            let mut key_name = scanner.origin.cow(self.body, key.0, key.1);
            if known && key_name.chars().any(char::is_uppercase) {
                key_name = CowStr::from(downcase(&key_name));
            }
            let value = value.map_or(CowStr::Borrowed(""), |(from, to)| scanner.origin.cow(self.body, from, to));
            if &*key_name == "markdown" {
                asked = Some(value);
            } else {
                attribute_list::set(&mut pairs, key_name, value);
            }
        });
        let asked = asked.and_then(|value| html_element::model_of_attribute(&value, &name));
        let closed = tag.closed || html_element::is_void(&name);
        let mut model = asked.unwrap_or(if raw || !self.options.parse_block_html {
            ContentModel::Raw
        } else {
            html_element::content_model(&name)
        });
        scanner.pos = tag.end;
        let is_code = matches!(&*name, "script" | "style");
        if closed && !is_code && model == ContentModel::Raw {
            model = ContentModel::Unclosed;
        }
        let mut node =
            BlockNode::new(BlockKind::Html { name: name.clone(), model }, scanner.origin.span(start, tag.end));
        node.attributes = pairs;
        let id = self.push_new(tree, node);
        // kramdown forgets the attribute list before an element that becomes native.
        if self.options.html_to_native
            && let Some(node) = self.nodes.get_mut(id)
        {
            node.ial = None;
        }
        if is_code {
            self.parse_script(scanner, id, &name);
        }
        if model == ContentModel::Block {
            scanner.skip_trailing_space();
        }
        if !closed && !is_code {
            self.parse_element_content(scanner, id, &name, model);
            if !raw {
                scanner.skip_trailing_space();
            }
        }
        let end = scanner.origin.span(start, scanner.pos).end;
        if let Some(node) = self.nodes.get_mut(id) {
            node.span = Span::new(node.span.start, end);
        }
    }

    /// Takes everything up to the end tag of a script or a style sheet.
    fn parse_script(&mut self, scanner: &mut BlockScanner<'_>, id: NodeId, name: &str) {
        let (text, start) = (scanner.text, scanner.pos);
        let (close, end) = html_tag::find_end_tag(text, start, name, true).unwrap_or((text.len(), text.len()));
        if close > start {
            self.push(id, BlockNode::with_text(BlockKind::Script, scanner.part(start, close)));
        }
        scanner.pos = end;
    }

    /// Takes the content of an element and its end tag.
    fn parse_element_content(&mut self, scanner: &mut BlockScanner<'_>, id: NodeId, name: &str, model: ContentModel) {
        match model {
            ContentModel::Block => {
                self.parse_blocks(scanner, id);
            }
            ContentModel::Span => {
                let (text, start) = (scanner.text, scanner.pos);
                let (close, end) = html_tag::find_end_tag(text, start, name, true).unwrap_or((text.len(), text.len()));
                let part = (close > start).then(|| scanner.part(start, close));
                scanner.pos = end;
                if let Some(node) = self.nodes.get_mut(id) {
                    node.text = part;
                }
            }
            ContentModel::Raw => self.parse_raw_html(scanner, id, name),
            ContentModel::Unclosed => {}
        }
    }

    /// Takes raw HTML up to the end tag of the element `tree`, or to the end of the text.
    fn parse_raw_html(&mut self, scanner: &mut BlockScanner<'_>, tree: NodeId, name: &str) {
        let text = scanner.text;
        self.depth += 1;
        let any_case = html_element::is_known(name);
        let mut lesser = NextMatch::default();
        let mut text_start = scanner.pos;
        let mut from = scanner.pos;
        while let Some(at) = lesser.byte(text, from, b'<') {
            from = at + 1;
            match chars::byte_at(text, at + 1) {
                b'!' if text.get(at..).is_some_and(|rest| rest.starts_with("<!--")) => {
                    scanner.pos = at;
                    self.push_raw_text(scanner, tree, text_start, at);
                    if self.parse_comment(scanner, tree) {
                        from = scanner.pos;
                        text_start = from;
                    } else {
                        text_start = at;
                    }
                }
                b'?' => {
                    if let Some(close) = scanner.instruction_ends.string(text, at + 2, b"?>") {
                        self.push_raw_text(scanner, tree, text_start, at);
                        let content = scanner.origin.cow(self.body, at, close + 2);
                        let span = scanner.origin.span(at, close + 2);
                        self.push(tree, BlockNode::new(BlockKind::Verbatim(content), span));
                        from = close + 2;
                        text_start = from;
                    }
                }
                b'/' => {
                    if let Some((written, end)) = html_tag::end_tag(text, at) {
                        let written = text.get(written.0..written.1).unwrap_or("");
                        if written == name || (any_case && downcase(written) == name) {
                            self.push_raw_text(scanner, tree, text_start, at);
                            scanner.pos = end;
                            self.depth -= 1;
                            return;
                        }
                        from = end;
                    }
                }
                _ => {
                    if self.depth < MAX_DEPTH
                        && let Some(tag) = html_tag::start_tag(text, at, &mut scanner.quotes)
                    {
                        self.push_raw_text(scanner, tree, text_start, at);
                        self.parse_element(scanner, tree, at, tag, true);
                        from = scanner.pos;
                        text_start = from;
                    }
                }
            }
        }
        self.push_raw_text(scanner, tree, text_start, text.len());
        scanner.pos = text.len();
        self.depth -= 1;
    }

    /// Adds the raw text `start..end`.
    fn push_raw_text(&mut self, scanner: &BlockScanner<'_>, tree: NodeId, start: usize, end: usize) {
        if start < end {
            self.push(tree, BlockNode::with_text(BlockKind::RawText, scanner.part(start, end)));
        }
    }
}
