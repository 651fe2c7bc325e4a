//! Parses only the part of a text around a change. In: the new text, and what is known of the last one. Out: new blocks
//! for the part, or `None` if the whole text has to be parsed. Neighbours: `mod.rs` calls it and parses whole texts;
//! `kramdown/incremental.rs` parses parts.
//!
//! A part reaches from a border before the change to a border after it. A border is a paragraph or header with blank
//! lines around it that did not change: whatever the change was, no block goes across it. Both borders are parsed with
//! the part, to see that they are still the same. A part that ends in a paragraph or header and a blank line, before
//! and after the change, needs no border after it. The blocks outside of the part stay as they were parsed, because
//! neither they nor the part depend on each other.

use super::fingerprint::Fingerprint;
use super::patch::{Patch, Slot};
use super::segment::Segment;
use super::{BlockStore, Cut, MAX_BODY};
use crate::liquid::chip;
use crate::markdown::event::{Event, Item, Tag};
use crate::markdown::html::MarkdownDocument;
use crate::markdown::{LinkDefinitions, Options, depends_on_other_parts, parse_part};
use crate::text::{Span, common_ends};

/// In how many blocks before and after the change a border is searched for.
const REACH: usize = 32;

/// The last text, which can be parsed part by part, and what belongs to it.
#[derive(Debug)]
pub(super) struct LastParse {
    text: String,
    options: Options,
    links: LinkDefinitions,
}

/// What the parse of a part needs to know about a block.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct BlockDependencies {
    /// If it can be a border: its fingerprint, without what depends on other blocks.
    border: Option<u64>,
    /// Whether it depends on other blocks: the ids of headers and the numbers of footnotes are counted.
    is_counted: bool,
}

impl BlockDependencies {
    /// The piece of a block with the fingerprint `print`.
    pub(super) fn of(items: &[Item<'_>], segment: &Segment, print: u64, seed: Fingerprint) -> Self {
        let border = match items.get(segment.start).map(|item| &item.event) {
            Some(Event::Start(Tag::Paragraph, None)) => Some(print),
            Some(Event::Start(Tag::Heading(_), None)) => Some(seed.alone(items, segment)),
            _ => None,
        };
        Self { border, is_counted: segment.before != segment.after || segment.has_toc }
    }
}

impl LastParse {
    pub(super) fn new(text: &str, options: &Options, links: LinkDefinitions) -> Self {
        Self { text: text.to_owned(), options: options.clone(), links }
    }
}

/// The end of the blank lines after the line that ends at `end`; `None` if there is no blank line.
fn after_blank(text: &str, end: usize) -> Option<usize> {
    let rest = text.get(end..)?;
    let mut lines = rest.split_inclusive('\n');
    let mut at = end;
    let mut is_blank = |line: Option<&str>| {
        let blank = line.is_none_or(|line| line.trim_ascii().is_empty());
        at += line.filter(|_| blank).map_or(0, str::len);
        blank.then_some(line.is_some())
    };
    // The rest of the line, then a blank line or the end of the text.
    if !text.get(..end)?.ends_with('\n') {
        is_blank(lines.next())?;
    }
    is_blank(lines.next())?;
    while is_blank(lines.next()) == Some(true) {}
    Some(at)
}

/// The part of a text that has to be parsed again, and what it replaces.
struct ReparsedPart {
    /// Bytes of the old text.
    old: Span,
    /// Bytes of the new text.
    new: Span,
    /// The borders at its start and end: their indices in the list of blocks.
    first: Option<usize>,
    last: Option<usize>,
    /// The range of blocks between the borders.
    blocks: (usize, usize),
}

impl BlockStore {
    /// `update` by the parse of a part of the text. `None` if that is not possible; nothing is changed then.
    pub(super) fn update_part(&mut self, body: &str, given: &Options) -> Option<Patch> {
        let mut known = self.known.take()?;
        let patch = self.update_known(&mut known, body, given);
        self.known = patch.is_some().then_some(known);
        patch
    }

    fn update_known(&mut self, known: &mut LastParse, body: &str, given: &Options) -> Option<Patch> {
        if body.len() > MAX_BODY || known.options != *given {
            return None;
        }
        let (before, after) = common_ends(known.text.as_bytes(), body.as_bytes());
        let change = Span::new(before, known.text.len() - after);
        let parts = self.parts(known, change, body);
        parts.into_iter().flatten().find_map(|part| self.update_one(known, body, given, change, &part))
    }

    fn update_one(
        &mut self,
        known: &mut LastParse,
        body: &str,
        given: &Options,
        change: Span,
        part: &ReparsedPart,
    ) -> Option<Patch> {
        let text = part.new.of(body);
        let (from, to) = part.blocks;
        let counted = self.blocks.get(from..to)?.iter().any(|block| block.dependencies.is_counted);
        if counted || depends_on_other_parts(part.old.of(&known.text)) || chip::any(text) {
            return None;
        }

        let items = parse_part(text, &given.kramdown, &known.links)?;
        let Cut { numbering, planned_blocks, apart } = Cut::of(text, &items, given);
        // The borders must be the same as before, at the same places.
        let start = usize::from(part.first.is_some());
        let end = planned_blocks.len().checked_sub(usize::from(part.last.is_some()))?;
        let stays = |at: usize, old: Option<usize>| {
            let Some(old) = old.and_then(|old| self.blocks.get(old)) else { return true };
            // The first border is measured from the start of the part, the last one from its end.
            let place = |span: Span, part: Span| if at == 0 { span.start - part.start } else { part.end - span.start };
            planned_blocks.get(at).is_some_and(|planned| {
                let span = planned.segment.map(|segment| segment.span).unwrap_or_default();
                planned.dependencies.border.is_some()
                    && planned.dependencies.border == old.dependencies.border
                    && place(span, Span::new(0, text.len())) == place(old.span, part.old)
            })
        };
        let is_set_apart = part.last.is_some()
            || part.old.end == known.text.len()
            || planned_blocks.last().is_some_and(|planned| {
                planned.dependencies.border.is_some()
                    && planned.segment.and_then(|segment| after_blank(text, segment.span.end)) == Some(text.len())
                    && follows_blank(text, text.len())
            });
        let between = planned_blocks.get(start..end)?;
        if !apart || !is_set_apart || !stays(0, part.first) || !stays(end, part.last) {
            return None;
        }
        if between.iter().any(|planned| planned.dependencies.is_counted) {
            return None;
        }

        let old_len = known.text.len();
        let moved = |span: Span| match span.start >= change.end {
            true => Span::new(span.start + body.len() - old_len, span.end + body.len() - old_len),
            false => span,
        };
        if self.blocks.iter().skip(to).any(|block| block.span.start <= change.end && change.start <= block.span.end) {
            // A block after the part that also spans the change: the footnotes, with definitions on both sides of it.
            return None;
        }
        let mut rest = self.blocks.split_off(to);
        let old = self.blocks.split_off(from);
        self.parsed = text.len();
        let highlighting = self.highlighting.clone();
        let document = MarkdownDocument {
            body: text,
            items: &items,
            numbering: &numbering,
            options: given,
            highlighting: &highlighting,
            laid_out: false,
        };
        let (mut blocks, mut patch) = self.follow(old, &document, between, Span::default());
        blocks.iter_mut().for_each(|block| block.span = block.span.shifted(part.new.start));
        rest.iter_mut().for_each(|block| block.span = moved(block.span));
        patch.keep_start += from;
        patch.keep_end += rest.len();
        for slot in &mut patch.middle {
            if let Slot::Kept(at) = slot {
                *at += from;
            }
        }
        self.blocks.append(&mut blocks);
        self.blocks.append(&mut rest);
        self.outline.iter_mut().for_each(|heading| heading.span = moved(heading.span));
        body.clone_into(&mut known.text);
        self.diagnose(body, body);
        Some(patch)
    }

    /// The parts around the changed bytes of the old text that can be tried, the shortest first.
    fn parts(&self, known: &LastParse, change: Span, body: &str) -> [Option<ReparsedPart>; 2] {
        let text = &known.text;
        // The section of footnotes is last, if it has no place of its own.
        let count = self.blocks.len() - usize::from(self.blocks.last().is_some_and(|block| block.is_footnotes));
        let blocks = self.blocks.get(..count).unwrap_or(&[]);
        // The end of the blank lines after a border.
        let end_of = |at: usize| {
            let block = blocks.get(at).filter(|block| block.dependencies.border.is_some())?;
            after_blank(text, block.span.end)
        };

        // The nearest border before the change. The change must not touch it or the blank lines after it.
        let above = blocks.partition_point(|block| block.span.end < change.start);
        let first = (above.saturating_sub(REACH)..above).rev().find(|&at| {
            let start = blocks.get(at).map_or(0, |block| block.span.start);
            follows_blank(text, start) && end_of(at).is_some_and(|end| end <= change.start)
        });
        if first.is_none() && above > REACH {
            return [None, None];
        }
        let start = first.and_then(|at| blocks.get(at)).map_or(0, |block| block.span.start);
        let from = first.map_or(0, |at| at + 1);
        let part = |end: usize, last: Option<usize>, to: usize| {
            let new = Span::new(start, (end + body.len()).checked_sub(text.len())?);
            let fits =
                from <= to && change.end <= end && body.is_char_boundary(start) && body.is_char_boundary(new.end);
            fits.then_some(ReparsedPart { old: Span::new(start, end), new, first, last, blocks: (from, to) })
        };

        let below = blocks.partition_point(|block| block.span.start <= change.end);
        // Only a definition list changes a block before a blank line: its terms are the paragraph before it.
        let open = below.checked_sub(1).filter(|&at| at >= from).and_then(end_of);
        let open = open.filter(|&end| !text.get(end..).unwrap_or("").trim_ascii_start().starts_with(':'));
        let last = (below..count.min(below + REACH)).find_map(|at| Some((at, end_of(at)?)));
        [
            open.and_then(|end| part(end, None, below)),
            match last {
                Some((at, end)) => part(end, Some(at), at),
                None if below + REACH < count => None,
                None => part(text.len(), None, count),
            },
        ]
    }
}

/// Whether a line starts at `start`, with a blank line or nothing before it.
fn follows_blank(text: &str, start: usize) -> bool {
    let Some(before) = text.get(..start).filter(|before| !before.is_empty()) else { return true };
    let Some(before) = before.strip_suffix('\n') else { return false };
    before.rsplit('\n').next().is_some_and(|line| line.trim_ascii().is_empty())
}
