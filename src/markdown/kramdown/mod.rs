//! kramdown 2.4 with the GFM input of kramdown-parser-gfm 1.1: what Jekyll and GitHub Pages read.
//! In: a body and options. Out: events with spans. Neighbours: `event.rs` for the vocabulary, `html/` writes the events.
//!
//! Two passes, as in kramdown: `block.rs` makes a tree of blocks line by line, because definitions may stand anywhere and
//! blocks may still change those before them; `emit.rs` walks the tree and `span.rs` parses the texts. Each construct has
//! a file of its own name. `README.md` lists what is known to differ.

mod abbreviation;
mod abbreviation_definition;
mod attributes;
mod atx_header;
mod autolink;
mod blank_line;
mod block;
mod block_ial;
mod blockquote;
mod codeblock;
mod codeblock_fenced;
mod codespan;
mod definition_list;
mod emit;
mod emphasis;
mod entity;
mod eob_marker;
mod escaped_char;
mod extensions;
mod footnote_definition;
mod footnote_reference;
mod horizontal_rule;
mod html_block;
mod html_span;
mod html_tag;
mod line_break;
mod line_ends;
mod link;
mod link_definition;
mod list;
mod math_block;
mod math_span;
mod options;
mod paragraph;
mod parts;
mod rough;
mod scan;
mod setext_header;
mod smart_quotes;
mod span;
mod span_ial;
mod strikethrough;
mod table;
mod task_list;
mod text;
mod tree;
mod typographic_symbol;

use abbreviation_definition::Abbreviation;
use attributes::AttributeList;
use link_definition::LinkDefinition;
pub use options::KramdownOptions;
pub(crate) use parts::{Links, parse_part, speaks_of_others};
use text::{Text, TextBuilder};
use tree::{Kind, Node, NodeId};

use super::event::Item;
use crate::text::{Named, Span};

/// How deep blocks and spans may nest; what is deeper is text.
const MAX_DEPTH: usize = 100;
/// How many empty cells fill up the rows of one table.
const MAX_FILLED_CELLS: usize = 100_000;

/// The events of `body`. Their spans are bytes of it; they nest and come in order.
pub fn parse<'a>(body: &'a str, options: &KramdownOptions) -> Vec<Item<'a>> {
    parse_with_options(body, options).0
}

/// The events of `body`, the options after it had its say (`{::options /}`), and, where its parts can be parsed apart
/// (`parts.rs`), what they have in common.
pub(crate) fn parse_with_options<'a>(
    body: &'a str,
    options: &KramdownOptions,
) -> (Vec<Item<'a>>, KramdownOptions, Option<Links>) {
    if body.contains('\r') {
        let (items, options) = line_ends::parse_normalized(body, options);
        return (items, options, None);
    }
    let mut parser = Parser::new(body, options);
    let items = parser.parse();
    let links = parser.is_of_parts(options).then(|| parser.links());
    (items, parser.options, links.flatten())
}

/// The state of kramdown's parser.
struct Parser<'a> {
    body: &'a str,
    options: KramdownOptions,
    nodes: Vec<Node<'a>>,
    /// Attribute list definitions.
    attribute_lists: Named<AttributeList<'a>>,
    /// The last definition of each footnote.
    footnotes: Named<NodeId>,
    /// The last definition of each link id.
    link_definitions: Named<LinkDefinition<'a>>,
    /// The last definition of each abbreviation.
    abbreviations: Named<Abbreviation<'a>>,
    /// The attribute list that the next block gets.
    block_ial: Option<Box<AttributeList<'a>>>,
    /// How deep blocks nest.
    depth: usize,
    /// How many searches for the end of an extension found none.
    failed_stops: usize,
    /// Whether something was read where a later part of the text had a say in it.
    looked_ahead: bool,
    /// Room for what spans stand in, used again and again.
    spare_frames: Vec<span::Frame>,
    /// Whether the place of the table of contents is found.
    has_toc: bool,
    /// Whether the place of the footnotes is found.
    has_footnotes_place: bool,
    /// Whether a backslash at the end of a line breaks nothing: in footnotes and in HTML.
    no_breaks: bool,
    /// Whether raw text is shown as it is written, with what is escaped in it.
    escapes_raw_text: bool,
}

impl<'a> Parser<'a> {
    fn new(body: &'a str, options: &KramdownOptions) -> Self {
        Self {
            body,
            options: options.clone(),
            nodes: Vec::with_capacity(body.len() / 64 + 1),
            attribute_lists: Named::default(),
            footnotes: Named::default(),
            link_definitions: Named::default(),
            abbreviations: Named::default(),
            block_ial: None,
            depth: 0,
            failed_stops: 0,
            looked_ahead: false,
            spare_frames: Vec::new(),
            has_toc: false,
            has_footnotes_place: false,
            no_breaks: false,
            escapes_raw_text: false,
        }
    }

    fn parse(&mut self) -> Vec<Item<'a>> {
        let body = self.body;
        let root = self.add(Node::new(Kind::Root, Span::new(0, body.len())));
        let mut text = Text::of_body(0, body.len());
        if !body.ends_with('\n') {
            let mut builder = TextBuilder::new(body);
            builder.push(&text, 0, body.len());
            builder.push_literal("\n");
            text = builder.finish();
        }
        self.parse_text(&text, root);
        let mut items = Vec::with_capacity(body.len() / 24);
        self.emit_children(root, &mut items);
        emit::widen(&mut items);
        self.replace_abbreviations(items)
    }
}
