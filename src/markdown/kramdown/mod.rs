//! kramdown 2.4 with the GFM input of kramdown-parser-gfm 1.1: the Markdown that Jekyll and GitHub Pages read.
//! In: a body and options. Out: events with spans. Neighbours: `event.rs` defines the events, `html/` writes them.
//!
//! There are two passes, as in kramdown:
//! 1. `block/` makes a tree of blocks (`block_tree.rs`), line by line. A block may still change the blocks before it,
//!    and definitions may stand anywhere in the text.
//! 2. `events.rs` walks the tree and writes events; `span/` parses the text of each block.
//!
//! `block/` and `span/` have one file for each construct, named like its folder in `tests/fixtures/kramdown/`.
//! `README.md` lists the known differences from kramdown.

mod attribute_list;
mod block;
mod block_scanner;
mod block_tree;
mod char_reference;
mod chars;
mod chip_line;
mod events;
mod extension_tag;
mod html_element;
mod html_tag;
mod incremental;
mod line_endings;
mod native;
mod native_node;
mod native_table;
mod next_match;
mod source_text;
mod span;
mod span_parser;

use attribute_list::AttributeList;
use block::abbreviation_definition::Abbreviation;
use block::link_definition::LinkDefinition;
/// The grammar of tables, for commands that edit them.
pub(crate) use block::table as table_grammar;
use block_tree::{BlockKind, BlockNode, NodeId};
pub(super) use char_reference::decode_references;
pub(crate) use incremental::{LinkDefinitions, depends_on_other_parts, parse_part};
pub use native::know_native_elements;
use source_text::{SourceText, SourceTextBuilder};

use super::KramdownOptions;
use super::event::{CowStr, Item};
use crate::text::{NameMap, Span};

/// How deep blocks and spans may nest. Deeper markup is read as text.
const MAX_DEPTH: usize = 100;

/// The events of `body`. Their spans are bytes of it; they nest and come in order.
pub fn parse<'a>(body: &'a str, options: &KramdownOptions) -> Vec<Item<'a>> {
    parse_with_options(body, options).0
}

/// Three things:
/// - the events of `body`;
/// - the options at its end, because `{::options /}` in the text can set them;
/// - the link definitions, if the body can be parsed part by part (see `incremental.rs`).
pub(crate) fn parse_with_options<'a>(
    body: &'a str,
    options: &KramdownOptions,
) -> (Vec<Item<'a>>, KramdownOptions, Option<LinkDefinitions>) {
    if body.contains('\r') {
        let (items, options) = line_endings::parse_normalized(body, options);
        return (items, options, None);
    }
    let mut parser = KramdownParser::new(body, options);
    let items = parser.parse();
    let links = parser.is_separable(options).then(|| parser.shared_link_definitions());
    (items, parser.options, links.flatten())
}

/// The state of the parser for one body.
struct KramdownParser<'a> {
    body: &'a str,
    options: KramdownOptions,
    nodes: Vec<BlockNode<'a>>,
    /// Attribute list definitions by name.
    attribute_lists: NameMap<AttributeList<'a>>,
    /// The last definition of each footnote.
    footnotes: NameMap<NodeId>,
    /// The last definition of each link id.
    link_definitions: NameMap<LinkDefinition<'a>>,
    /// The last definition of each abbreviation.
    abbreviations: NameMap<Abbreviation<'a>>,
    /// The attribute list that the next block gets.
    block_ial: Option<Box<AttributeList<'a>>>,
    /// How deep the blocks nest at the moment.
    depth: usize,
    /// How many searches for the stop tag of an extension found none.
    failed_stops: usize,
    /// Whether the parse of some block depended on text after that block.
    looked_ahead: bool,
    /// An empty list for `SpanParser::open_spans`, kept to save an allocation for each text.
    spare_open_spans: Vec<span_parser::OpenSpan>,
    /// Whether `{:toc}` was found: the table of contents stands there.
    has_toc: bool,
    /// Whether `{:footnotes}` was found: the footnotes stand there.
    has_footnotes_place: bool,
    /// Whether a backslash at the end of a line makes no line break. So it is in footnotes and in HTML.
    no_breaks: bool,
    /// Whether raw text is shown with its `<`, `>` and `&` escaped, because the browser does not parse it as HTML.
    escapes_raw_text: bool,
}

impl<'a> KramdownParser<'a> {
    fn new(body: &'a str, options: &KramdownOptions) -> Self {
        Self {
            body,
            options: options.clone(),
            nodes: Vec::with_capacity(body.len() / 64 + 1),
            attribute_lists: NameMap::default(),
            footnotes: NameMap::default(),
            link_definitions: NameMap::default(),
            abbreviations: NameMap::default(),
            block_ial: None,
            depth: 0,
            failed_stops: 0,
            looked_ahead: false,
            spare_open_spans: Vec::new(),
            has_toc: false,
            has_footnotes_place: false,
            no_breaks: false,
            escapes_raw_text: false,
        }
    }

    fn parse(&mut self) -> Vec<Item<'a>> {
        let body = self.body;
        let root = self.add(BlockNode::new(BlockKind::Root, Span::new(0, body.len())));
        let mut text = SourceText::of_body(0, body.len());
        if !body.ends_with('\n') {
            let mut builder = SourceTextBuilder::new(body);
            builder.push(&text, 0, body.len());
            builder.push_literal("\n");
            text = builder.finish();
        }
        for (id, url, title) in &self.options.link_defs {
            let id = block::link_definition::normalize(id);
            // What the text defines is known already where only a part of it is parsed.
            if self.link_definitions.get(&id).is_none() {
                let (url, title) = (url.clone().into(), title.clone().map(CowStr::from));
                self.link_definitions.insert(&id, LinkDefinition { url, title, node: root });
            }
        }
        self.parse_text(&text, root);
        let mut items = Vec::with_capacity(body.len() / 24);
        self.emit_children(root, &mut items);
        if self.options.html_to_native
            && let Some(convert) = native::converter()
        {
            items = convert(body, items);
        }
        events::widen_spans(&mut items);
        self.replace_abbreviations(items)
    }
}
