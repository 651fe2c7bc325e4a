//! The incremental store: after a change, only blocks that changed are rendered and sanitized again, and mostly only
//! the part of the text around the change is parsed again.
//! In: a body. Out: sanitized blocks and the patch from the last ones. Neighbours: `html/` writes a block, `sanitize/`
//! filters it, `app/` turns blocks into DOM nodes.

mod fingerprint;
mod partial_parse;
mod patch;
mod segment;

use std::rc::Rc;

use super::chips;
use super::event::{Event, Item};
use super::html::{MarkdownDocument, Numbering};
use super::outline::{self, Heading};
use super::sanitize::{Relative, sanitize_for};
use super::token::Token;
use super::{Dialect, Options, Parse, ParsedBody, parse_github, parse_html, parse_jekyll, parse_text};
use crate::code::{self, Highlighting, Outcome};
use crate::liquid::chip;
use crate::text::{Diagnostic, Severity, Span};
use fingerprint::Fingerprint;
pub(crate) use partial_parse::BlockDependencies;
use partial_parse::LastParse;
pub use patch::{Patch, Slot};
use segment::Segment;

/// How many bytes of a body are shown; the longest of some four thousand real posts has 97 KB.
pub const MAX_BODY: usize = 4 << 20;
/// How many events of one block are shown.
pub const MAX_BLOCK_EVENTS: usize = 200_000;

/// A block of the top level of the page.
#[derive(Clone, Debug)]
pub struct Block {
    /// A number that stays the same as long as the block is not rendered again. No two blocks of a store ever share
    /// one.
    pub id: u64,
    /// Its source in bytes of the body. The span of the footnotes reaches from the first definition to the last and
    /// covers what stands between them.
    pub span: Span,
    /// A hash of all that the tokens depend on: equal fingerprints mean equal tokens.
    pub fingerprint: u64,
    /// The sanitized HTML. Spans are relative to the start of the block.
    pub tokens: Rc<[Token<'static>]>,
    /// Whether this is the section of footnotes. It stands last, or at `{:footnotes}`.
    pub is_footnotes: bool,
    /// Whether a part of it is not shown, because it is too long or nests too deep.
    pub is_cut: bool,
    /// Whether code in it is plain because something is not loaded yet, or because reading it takes too long.
    pub(crate) outcome: Outcome,
    /// What the parse of a part of the text needs to know about the block.
    pub(crate) dependencies: BlockDependencies,
}

/// The blocks of the last text. See the file's head.
#[derive(Debug, Default)]
pub struct BlockStore {
    blocks: Vec<Block>,
    outline: Vec<Heading>,
    diagnostics: Vec<Diagnostic>,
    next_id: u64,
    rendered: usize,
    parsed: usize,
    /// The last text, if it can be parsed part by part.
    known: Option<LastParse>,
    /// Whether the last text has chips.
    has_chips: bool,
    relative: Relative,
    highlighting: Highlighting,
    /// `Highlighting::additions` at the last text.
    additions: u32,
}

impl BlockStore {
    /// A store without a text.
    pub fn new() -> Self {
        Self::default()
    }

    /// A store without a text, for a page in which relative addresses have that meaning and code is highlighted so.
    pub fn for_page(relative: Relative, highlighting: &Highlighting) -> Self {
        Self { relative, highlighting: highlighting.clone(), ..Self::default() }
    }

    /// The blocks of the last text, in the order of the page.
    pub fn blocks(&self) -> &[Block] {
        &self.blocks
    }

    /// The headers of the last text.
    pub fn outline(&self) -> &[Heading] {
        &self.outline
    }

    /// Diagnostics for what is not shown in full, in bytes of the body.
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.diagnostics
    }

    /// How many blocks the last update rendered.
    pub fn rendered(&self) -> usize {
        self.rendered
    }

    /// How many bytes of the body the last update parsed.
    pub fn parsed(&self) -> usize {
        self.parsed
    }

    /// Sets a new text. Returns the patch from the old blocks to the new ones.
    pub fn update(&mut self, body: &str, options: &Options) -> Patch {
        match options.dialect {
            Dialect::Jekyll => self.update_jekyll(body, options),
            Dialect::GitHub => self.update_by(parse_github, body, options),
        }
    }

    /// `update` for a text in Jekyll's dialect, without the parser of the other one.
    pub fn update_jekyll(&mut self, body: &str, options: &Options) -> Patch {
        self.forget_what_lacked();
        match self.update_part(body, options) {
            Some(patch) => patch,
            None => self.update_by(parse_jekyll, body, options),
        }
    }

    /// `update` for a text in GitHub's dialect, without the parser of the other one.
    pub fn update_github(&mut self, body: &str) -> Patch {
        self.update_by(parse_github, body, &Options::of(Dialect::GitHub))
    }

    /// `update` for a text that is no Markdown: HTML, or text that stays as it is.
    pub fn update_as_written(&mut self, body: &str, is_html: bool) -> Patch {
        let parse = if is_html { parse_html } else { parse_text };
        self.update_by(parse, body, &Options::of(Dialect::Jekyll))
    }

    /// Blocks with code that lacked something are to be rendered again, if it may be there now.
    fn forget_what_lacked(&mut self) {
        let additions = self.highlighting.additions();
        if std::mem::replace(&mut self.additions, additions) == additions {
            return;
        }
        for block in self.blocks.iter_mut().filter(|block| block.outcome.lacks) {
            // As if the text had changed there.
            block.fingerprint = !block.fingerprint;
            self.known = None;
        }
    }

    fn update_by(&mut self, parse: Parse, body: &str, given: &Options) -> Patch {
        let shown = shown(body);
        let ParsedBody { items, options, links } = parse(shown, given);
        let Cut { numbering, mut planned_blocks, apart } = Cut::of(shown, &items, &options);
        let highlighting = self.highlighting.clone();
        let document = MarkdownDocument {
            body: shown,
            items: &items,
            numbering: &numbering,
            options: &options,
            highlighting: &highlighting,
            laid_out: false,
        };
        self.has_chips = chip::any(shown);
        self.parsed = shown.len();
        self.known = links
            .filter(|_| apart && !self.has_chips && shown.len() == body.len())
            .map(|links| LastParse::new(shown, given, links));
        let notes = footnotes_span(&document);
        if let Some(span) = notes {
            let print = Fingerprint::new(&options).footnotes(&items, &numbering, span.start);
            let place = footnotes_place(&items, &planned_blocks);
            planned_blocks
                .insert(place, PlannedBlock { segment: None, print, dependencies: BlockDependencies::default() });
        }
        let old = std::mem::take(&mut self.blocks);
        let (blocks, patch) = self.follow(old, &document, &planned_blocks, notes.unwrap_or_default());
        self.blocks = blocks;
        self.outline = outline::of(&items, &numbering);
        self.diagnose(body, shown);
        patch
    }

    /// The blocks of a document, or of a part of one, which replace the `old` ones, and the patch from the old ones.
    /// The planned block without a segment is the section of footnotes; `notes` is the span of their definitions.
    #[inline(never)]
    fn follow(
        &mut self,
        old: Vec<Block>,
        document: &MarkdownDocument<'_, '_>,
        planned_blocks: &[PlannedBlock],
        notes: Span,
    ) -> (Vec<Block>, Patch) {
        let old_prints: Vec<u64> = old.iter().map(|block| block.fingerprint).collect();
        let prints: Vec<u64> = planned_blocks.iter().map(|planned| planned.print).collect();
        let patch = Patch::between(&old_prints, &prints);
        let mut old: Vec<Option<Block>> = old.into_iter().map(Some).collect();
        let moved_by = old.len().wrapping_sub(planned_blocks.len());
        self.rendered = 0;
        let mut blocks = Vec::with_capacity(planned_blocks.len());
        for (index, planned) in planned_blocks.iter().enumerate() {
            let span = planned.segment.as_ref().map_or(notes, |segment| segment.span);
            let from = if index < patch.keep_start {
                Some(index)
            } else if index >= planned_blocks.len() - patch.keep_end {
                Some(index.wrapping_add(moved_by))
            } else {
                match patch.middle.get(index - patch.keep_start) {
                    Some(Slot::Kept(from)) => Some(*from),
                    _ => None,
                }
            };
            let block = match from.and_then(|from| old.get_mut(from)).and_then(Option::take) {
                Some(block) => block,
                None => self.render(document, planned, span),
            };
            blocks.push(Block { span, dependencies: planned.dependencies, ..block });
        }
        (blocks, patch)
    }

    fn render(&mut self, document: &MarkdownDocument<'_, '_>, planned: &PlannedBlock, span: Span) -> Block {
        self.highlighting.take_outcome();
        let (mut tokens, cut) = match &planned.segment {
            Some(segment) => {
                let end = segment.end.min(segment.start + MAX_BLOCK_EVENTS);
                (document.write(segment.start, end, segment.before), end < segment.end)
            }
            None => (document.write_footnotes(), false),
        };
        if self.has_chips {
            chips::leave_attributes(&mut tokens);
        }
        let mut clean = sanitize_for(self.relative, tokens);
        if self.has_chips {
            clean.tokens = chips::show(clean.tokens);
        }
        self.rendered += 1;
        self.next_id += 1;
        Block {
            id: self.next_id,
            span,
            fingerprint: planned.print,
            tokens: clean.tokens.into_iter().map(|token| token.into_static(span.start)).collect(),
            is_footnotes: planned.segment.is_none(),
            is_cut: cut || clean.depth_capped,
            outcome: self.highlighting.take_outcome(),
            dependencies: planned.dependencies,
        }
    }

    fn diagnose(&mut self, body: &str, shown: &str) {
        self.diagnostics.clear();
        if shown.len() < body.len() {
            self.diagnostics.push(Diagnostic::new(
                "preview-cut",
                Severity::Note,
                Span::new(shown.len(), body.len()),
                "The preview shows the first 4 MB of this text; Jekyll publishes all of it.",
            ));
        }
        for block in self.blocks.iter().filter(|block| block.outcome.over_budget) {
            self.diagnostics.push(code::over_budget(block.span));
        }
        for block in self.blocks.iter().filter(|block| block.is_cut) {
            self.diagnostics.push(Diagnostic::new(
                "preview-simplified",
                Severity::Note,
                block.span,
                "This block nests too deep or is too large to be shown as it will be published.",
            ));
        }
    }
}

/// A document, or a part of one, cut into the blocks to be made.
struct Cut<'a> {
    numbering: Numbering<'a>,
    planned_blocks: Vec<PlannedBlock>,
    /// Whether each segment stands for itself: none has a tag of raw HTML that another one could close.
    apart: bool,
}

/// The parts of a document that become one block.
struct PlannedBlock {
    /// `None` for the section of footnotes.
    segment: Option<Segment>,
    print: u64,
    dependencies: BlockDependencies,
}

impl<'a> Cut<'a> {
    #[inline(never)]
    fn of(body: &str, items: &[Item<'a>], options: &Options) -> Self {
        let numbering = Numbering::new(body, items, options);
        let (segments, apart) = segment::segments(body, items);
        let seed = Fingerprint::new(options);
        let planned = |segment: Segment| {
            let print = seed.segment(items, &numbering, &segment);
            let dependencies = BlockDependencies::of(items, &segment, print, seed);
            PlannedBlock { segment: Some(segment), print, dependencies }
        };
        let planned_blocks = segments.into_iter().map(planned).collect();
        Self { numbering, planned_blocks, apart }
    }
}

/// The part of a body that is shown. It ends at the end of a line, if there is one.
fn shown(body: &str) -> &str {
    if body.len() <= MAX_BODY {
        return body;
    }
    let mut end = MAX_BODY;
    while !body.is_char_boundary(end) {
        end -= 1;
    }
    let cut = body.get(..end).unwrap_or("");
    match cut.rfind('\n') {
        Some(line) => cut.get(..=line).unwrap_or(cut),
        None => cut,
    }
}

/// The index of the planned block before which the footnotes stand: at the list with `{:footnotes}`, or after all
/// planned blocks.
fn footnotes_place(items: &[Item<'_>], planned_blocks: &[PlannedBlock]) -> usize {
    let mut depth = 0usize;
    for (index, item) in items.iter().enumerate() {
        match item.event {
            Event::Start(..) => depth += 1,
            Event::End(_) => depth = depth.saturating_sub(1),
            Event::FootnotesPlace if depth == 0 => {
                return planned_blocks
                    .partition_point(|planned| planned.segment.is_some_and(|segment| segment.start < index));
            }
            _ => {}
        }
    }
    planned_blocks.len()
}

/// The span from the first to the last definition of the footnotes that are shown.
fn footnotes_span(document: &MarkdownDocument<'_, '_>) -> Option<Span> {
    let spans = document.numbering.footnotes.iter().filter_map(|footnote| {
        let item = document.items.get(footnote.definition.0)?;
        Some(item.span)
    });
    spans.reduce(|all, span| Span::new(all.start.min(span.start), all.end.max(span.end)))
}
