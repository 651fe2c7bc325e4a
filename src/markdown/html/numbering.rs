//! What depends on the whole document: header ids, footnote numbers, the table of contents. In: the items of a
//! document. Out: `Numbering`, by one scan. Neighbours: the files of the writer read it, `block/` hashes the part that
//! a block uses.

use super::header_id::{HeaderIds, header_text};
use crate::markdown::event::{Attributes, CowStr, Event, Item, Tag};
use crate::markdown::{Dialect, Options};
use crate::text::{NameIndex, Span};

/// A header, in the order in which kramdown converts them: those in footnotes last.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Header {
    /// Its id, given or made.
    pub(crate) id: String,
    /// 1 to 6.
    pub(crate) level: u8,
    /// Whether the table of contents lists it.
    pub(crate) listed: bool,
    /// Its content: a range of the document's items.
    pub(crate) content: (usize, usize),
    /// Its source.
    pub(crate) span: Span,
}

/// A footnote with at least one reference.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Footnote<'a> {
    pub(crate) name: CowStr<'a>,
    /// Its definition: a range of the document's items, `Start` and `End` included.
    pub(crate) definition: (usize, usize),
    /// How many references there are beyond the first.
    pub(crate) repeats: usize,
    /// How many of those it links back to. kramdown does not link to references in its own content and after it.
    pub(crate) backlinks: usize,
}

/// One reference to a footnote.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct FootnoteReference {
    /// The index of its footnote; the number shown is one more.
    pub(crate) footnote: usize,
    /// 0 for the first reference to that footnote, 1 for the next, …
    pub(crate) repeat: usize,
}

/// The numbers of headers and footnote references before a place, in the order in which kramdown writes them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct NumberingCounts {
    pub(crate) headers: usize,
    pub(crate) references: usize,
}

/// The ids and numbers of a document.
#[derive(Debug, Default)]
pub(crate) struct Numbering<'a> {
    pub(crate) headers: Vec<Header>,
    pub(crate) footnotes: Vec<Footnote<'a>>,
    /// In the order in which they are written: those in the text, then those in footnotes. `None`: it has no
    /// definition.
    pub(crate) references: Vec<Option<FootnoteReference>>,
    /// The counts at the start of the section of footnotes.
    pub(crate) before_footnotes: NumberingCounts,
}

impl<'a> Numbering<'a> {
    /// Reads a document: its text first, then the footnotes in the order of their first references.
    pub(crate) fn new(body: &str, items: &[Item<'a>], options: &Options) -> Self {
        let dialect = options.dialect;
        let mut scan = NumberingPass {
            body,
            items,
            options,
            dialect,
            definitions: definitions(items, dialect),
            numbers: NameIndex::default(),
            ids: HeaderIds::default(),
            numbering: Self::default(),
        };
        scan.range(0, items.len(), false);
        scan.numbering.before_footnotes =
            NumberingCounts { headers: scan.numbering.headers.len(), references: scan.numbering.references.len() };
        // A footnote may refer to further ones.
        let mut next = 0;
        while let Some(footnote) = scan.numbering.footnotes.get(next) {
            let (start, end) = footnote.definition;
            if dialect == Dialect::Jekyll
                && let Some(footnote) = scan.numbering.footnotes.get_mut(next)
            {
                footnote.backlinks = footnote.repeats;
            }
            scan.range(start + 1, end.saturating_sub(1), true);
            next += 1;
        }
        if dialect == Dialect::GitHub {
            scan.numbering.footnotes.iter_mut().for_each(|footnote| footnote.backlinks = footnote.repeats);
        }
        scan.numbering
    }
}

struct NumberingPass<'a, 'i> {
    body: &'i str,
    items: &'i [Item<'a>],
    options: &'i Options,
    dialect: Dialect,
    /// The index of the `Start` of each footnote's definition.
    definitions: NameIndex,
    numbers: NameIndex,
    ids: HeaderIds,
    numbering: Numbering<'a>,
}

impl<'a, 'i> NumberingPass<'a, 'i> {
    fn range(&mut self, start: usize, end: usize, in_footnote: bool) {
        // `depth` counts all open elements. `element` is the depth of the outermost open element of raw HTML.
        let mut depth = 0usize;
        let mut element: Option<usize> = None;
        let mut index = start;
        while let Some(item) = self.items.get(index).filter(|_| index < end) {
            match &item.event {
                Event::Start(Tag::FootnoteDefinition(_), _) => {
                    index = element_end(self.items, index);
                    continue;
                }
                Event::Start(tag, attributes) => {
                    depth += 1;
                    match tag {
                        Tag::Heading(level) => self.header(*level, attributes, index, in_footnote || element.is_some()),
                        Tag::Element { .. } if element.is_none() => element = Some(depth),
                        _ => {}
                    }
                }
                Event::End(_) => {
                    if element == Some(depth) {
                        element = None;
                    }
                    depth = depth.saturating_sub(1);
                }
                Event::FootnoteReference(name) => self.reference(name),
                _ => {}
            }
            index += 1;
        }
    }

    fn header(&mut self, level: u8, attributes: &Attributes<'a>, index: usize, basic: bool) {
        let end = element_end(self.items, index);
        let content = (index + 1, end.saturating_sub(1));
        let value = |wanted: &str| {
            attributes.as_ref().and_then(|all| all.iter().find(|(name, _)| &**name == wanted)).map(|(_, value)| value)
        };
        let id = match value("id") {
            Some(id) => id.to_string(),
            None if self.dialect == Dialect::Jekyll && !self.options.kramdown.auto_ids => String::new(),
            None => {
                let mut text = String::new();
                let inner = self.items.get(content.0..content.1).unwrap_or(&[]);
                let kramdown = &self.options.kramdown;
                match self.dialect {
                    Dialect::Jekyll if !kramdown.auto_id_stripping => {
                        let ends = inner.first().zip(inner.last());
                        let span = ends.map(|(first, last)| Span::new(first.span.start, last.span.end));
                        text.push_str(span.unwrap_or_default().of(self.body));
                    }
                    Dialect::Jekyll => header_text(inner, kramdown.gfm, &mut text),
                    Dialect::GitHub => header_text(inner, true, &mut text),
                }
                match self.dialect {
                    Dialect::Jekyll => {
                        let basic = basic || !kramdown.gfm;
                        let id = if basic { self.ids.basic(&text) } else { self.ids.gfm(&text) };
                        [self.options.kramdown.auto_id_prefix.as_str(), &id].concat()
                    }
                    Dialect::GitHub => self.ids.gfm(&text),
                }
            }
        };
        let listed = value("class").is_none_or(|classes| classes.split_whitespace().all(|class| class != "no_toc"));
        let at_level =
            self.options.kramdown.toc_levels.get(usize::from(level).wrapping_sub(1)).copied().unwrap_or(false);
        let listed = listed && !id.is_empty() && at_level;
        let span = self.items.get(index).map(|item| item.span).unwrap_or_default();
        self.numbering.headers.push(Header { id, level, listed, content, span });
    }

    fn reference(&mut self, name: &'i CowStr<'a>) {
        let number = match self.numbers.get(name) {
            Some(number) => {
                if let Some(footnote) = self.numbering.footnotes.get_mut(number) {
                    footnote.repeats += 1;
                }
                Some(number)
            }
            None => self.definitions.get(name).map(|start| {
                let number = self.numbering.footnotes.len();
                let definition = (start, element_end(self.items, start));
                self.numbers.insert(name, number);
                self.numbering.footnotes.push(Footnote { name: name.clone(), definition, repeats: 0, backlinks: 0 });
                number
            }),
        };
        let reference = number.map(|footnote| FootnoteReference {
            footnote,
            repeat: self.numbering.footnotes.get(footnote).map_or(0, |footnote| footnote.repeats),
        });
        self.numbering.references.push(reference);
    }
}

/// Each footnote's definition. Of two with the same name kramdown takes the last, GitHub the first.
fn definitions(items: &[Item<'_>], dialect: Dialect) -> NameIndex {
    let mut found = NameIndex::default();
    let mut open: Vec<Option<(&str, usize)>> = Vec::new();
    for (index, item) in items.iter().enumerate() {
        match &item.event {
            Event::Start(Tag::FootnoteDefinition(name), _) => open.push(Some((name, index))),
            Event::Start(..) => open.push(None),
            Event::End(_) => {
                if let Some(Some((name, start))) = open.pop()
                    && (dialect == Dialect::Jekyll || found.get(name).is_none())
                {
                    found.insert(name, start);
                }
            }
            _ => {}
        }
    }
    found
}

/// The index after the `End` of the `Start` at `start`.
pub(crate) fn element_end(items: &[Item<'_>], start: usize) -> usize {
    let mut depth = 0usize;
    for (index, item) in items.iter().enumerate().skip(start) {
        match item.event {
            Event::Start(..) => depth += 1,
            Event::End(_) => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    return index + 1;
                }
            }
            _ => {}
        }
    }
    items.len()
}
