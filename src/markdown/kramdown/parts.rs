//! Whether a text can be parsed part by part, and one part of it. In: a part of a body, and what the whole defines.
//! Out: its events, or that it cannot be told without the rest. Neighbours: `mod.rs` parses wholes, `block/part.rs`
//! knows which part has changed.
//!
//! kramdown reads line by line, and hardly anything reaches beyond a blank line: what does (definitions, options, the
//! places of contents and footnotes, a search for an end that stands far below or nowhere) is looked for here, and a text
//! that has it is parsed as a whole. Definitions of links alone are common, and taken along.

use super::link_definition::LinkDefinition;
use super::{KramdownOptions, Parser};
use crate::markdown::event::{CowStr, Item};

/// The definitions of links of a whole text.
#[derive(Debug)]
pub(crate) struct Links(Vec<Link>);

#[derive(Debug)]
struct Link {
    id: String,
    url: String,
    title: Option<String>,
}

/// Whether a part of a text says something that holds for other parts, or is said by them: definitions of any kind,
/// references to footnotes. Other line ends are the whole text's matter.
pub(crate) fn speaks_of_others(part: &str) -> bool {
    part.contains("]:") || part.contains("[^") || part.contains('\r')
}

/// The events of a part of a body that defines these links, as they would be within the whole; spans are bytes of the
/// part. `None` where that cannot be told from the part. It begins and ends between blocks at the outermost level.
pub(crate) fn parse_part<'a>(part: &'a str, options: &KramdownOptions, links: &'a Links) -> Option<Vec<Item<'a>>> {
    if speaks_of_others(part) {
        return None;
    }
    let mut parser = Parser::new(part, options);
    for link in &links.0 {
        let url = CowStr::Borrowed(link.url.as_str());
        let title = link.title.as_deref().map(CowStr::Borrowed);
        // The root has no attribute list, as these definitions have none.
        parser.link_definitions.insert(&link.id, LinkDefinition { url, title, node: 0 });
    }
    let items = parser.parse();
    parser.is_of_parts(options).then_some(items)
}

impl Parser<'_> {
    /// Whether nothing in the text that was parsed holds for other parts of it, but for definitions.
    pub(super) fn is_of_parts(&self, options: &KramdownOptions) -> bool {
        !self.looked_ahead
            && self.failed_stops == 0
            && !self.has_toc
            && !self.has_footnotes_place
            && self.attribute_lists.is_empty()
            && self.abbreviations.is_empty()
            && self.options == *options
    }

    /// The definitions of links, where none has attributes of its own.
    pub(super) fn links(&self) -> Option<Links> {
        let link = |id: &str| {
            let definition = self.link_definitions.get(id)?;
            let bare = self.nodes.get(definition.node)?.ial.is_none();
            let title = definition.title.as_ref().map(|title| title.to_string());
            bare.then(|| Link { id: id.to_owned(), url: definition.url.to_string(), title })
        };
        self.link_definitions.names().map(link).collect::<Option<_>>().map(Links)
    }
}
