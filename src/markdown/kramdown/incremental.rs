//! Which bodies can be parsed part by part, and the parse of one part. `block/partial_parse.rs` parses only the part
//! around a change with it, so that a key press costs the same in a long post.
//! In: a part of a body, and the link definitions of the whole. Out: the events of the part, or `None` if they depend
//! on the rest. Neighbours: `mod.rs` parses whole bodies, `markdown/block/partial_parse.rs` chooses the part.
//!
//! kramdown reads line by line, and little reaches across a blank line: definitions, options, the places of the table
//! of contents and of the footnotes, and a search for an end that is far below or does not exist. A body with one of
//! these is parsed as a whole. Link definitions are the exception: they are common, and a part can be given those of
//! the whole.

use crate::markdown::KramdownOptions;
use crate::markdown::event::{CowStr, Item};
use crate::markdown::kramdown::KramdownParser;
use crate::markdown::kramdown::block::link_definition::LinkDefinition;

/// The link definitions of a whole body.
#[derive(Debug)]
pub(crate) struct LinkDefinitions(Vec<OwnedDefinition>);

#[derive(Debug)]
struct OwnedDefinition {
    id: String,
    url: String,
    title: Option<String>,
}

/// Whether a part of a body may define something for other parts, or use what they define: definitions of links,
/// abbreviations and footnotes, and references to footnotes. A carriage return counts too, because such a body is
/// normalized as a whole.
pub(crate) fn depends_on_other_parts(part: &str) -> bool {
    part.contains("]:") || part.contains("[^") || part.contains('\r')
}

/// The events of a part of a body with these link definitions, as they would be in the whole; spans are bytes of the
/// part. `None` if they depend on the rest. A part starts and ends between two blocks of the top level.
pub(crate) fn parse_part<'a>(
    part: &'a str,
    options: &KramdownOptions,
    definitions: &'a LinkDefinitions,
) -> Option<Vec<Item<'a>>> {
    if depends_on_other_parts(part) {
        return None;
    }
    let mut parser = KramdownParser::new(part, options);
    for definition in &definitions.0 {
        let url = CowStr::Borrowed(definition.url.as_str());
        let title = definition.title.as_deref().map(CowStr::Borrowed);
        // The root node has no attribute list, and neither have these definitions.
        parser.link_definitions.insert(&definition.id, LinkDefinition { url, title, node: 0 });
    }
    let items = parser.parse();
    parser.is_separable(options).then_some(items)
}

impl KramdownParser<'_> {
    /// Whether the parsed text can be parsed part by part: nothing in it affects other parts, except link definitions.
    pub(super) fn is_separable(&self, options: &KramdownOptions) -> bool {
        !self.looked_ahead
            && !self.options.smarty_pants
            && !self.options.html_to_native
            && self.failed_stops == 0
            && !self.has_toc
            && !self.has_footnotes_place
            && self.attribute_lists.is_empty()
            && self.abbreviations.is_empty()
            && self.options == *options
    }

    /// The link definitions, or `None` if one of them has attributes.
    pub(super) fn shared_link_definitions(&self) -> Option<LinkDefinitions> {
        let owned = |id: &str| {
            let definition = self.link_definitions.get(id)?;
            let is_bare = self.nodes.get(definition.node)?.ial.is_none();
            let title = definition.title.as_ref().map(|title| title.to_string());
            is_bare.then(|| OwnedDefinition { id: id.to_owned(), url: definition.url.to_string(), title })
        };
        self.link_definitions.names().map(owned).collect::<Option<_>>().map(LinkDefinitions)
    }
}
