//! A post as the checks see it: what was read of it, and lists that several checks need, made once.
//! In: an `Input`. Out: a `Checked`. Neighbours: every check reads it.

use super::Check;
use crate::markdown::Options;
use crate::markdown::event::{Attributes, ContentModel, CowStr, Event, Item, Tag};
use crate::markdown::outline::{self, Heading};
use crate::post::Post;
use crate::post::front_matter::FrontMatter;
use crate::post::publishing::SiteSettings;
use crate::post::split::SplitKind;
use crate::text::{Diagnostic, Edit, Fix, NameIndex, Span, order};

use super::liquid_scan::{self, LiquidScan};

/// What is checked.
#[derive(Clone, Copy)]
pub struct Input<'t> {
    /// The whole text.
    pub text: &'t str,
    /// What was read of it, and of the name of its file.
    pub post: &'t Post,
    /// The same on its site: with the site's defaults under the front matter.
    pub site_post: &'t Post,
    /// The body; nothing where it is no Markdown.
    pub body: &'t str,
    /// The events of the body as it is written, before Liquid runs. Lines with nothing but Liquid are left out
    /// (`liquid_lines.rs`). Spans are bytes of the body.
    pub items: &'t [Item<'t>],
    /// The options that the events were parsed with.
    pub options: &'t Options,
    /// The site's settings; the time zone decides the day of a post.
    pub settings: &'t SiteSettings,
    /// The tags of other posts.
    pub known_tags: &'t [String],
    /// The keys that the site's defaults give to posts.
    pub given_keys: &'t [String],
}

/// A post and what the checks share about it. Spans of the derived lists are bytes of the body, as those of the items;
/// `Checked::diagnostic` brings them into the text.
pub struct Checked<'t> {
    /// What is checked.
    pub(super) input: Input<'t>,
    /// The body.
    pub(super) body: &'t str,
    /// Liquid's tags in the body; none where it does not run.
    pub(super) liquid: LiquidScan<'t>,
    /// The headings.
    pub(super) outline: Vec<Heading>,
    /// Runs of text that a reader reads, without code, Liquid and raw content.
    pub(super) prose: Vec<Prose>,
    /// Code between blocks and within lines.
    pub(super) code: Vec<Code>,
    /// Links and images.
    pub(super) links: Vec<CheckedLink<'t>>,
    /// Elements of raw HTML.
    pub(super) elements: Vec<Element<'t>>,
    /// Paragraphs.
    pub(super) paragraphs: Vec<Span>,
    /// Tables.
    pub(super) tables: Vec<Span>,
    /// Ids that were written by hand, not those of headings.
    pub(super) ids: Vec<(&'t str, Span)>,
    /// The spans of all events without content (text, code, line breaks), in order.
    pub(super) leaves: Vec<Span>,
    /// Names of footnotes.
    pub(super) footnotes: NameIndex,
}

/// A run of text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Prose {
    pub span: Span,
    /// Whether it stands in a link.
    pub in_link: bool,
    /// Whether it stands in HTML whose content is no Markdown.
    pub in_html: bool,
}

/// Code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Code {
    pub span: Span,
    /// A block rather than a part of a line.
    pub block: bool,
}

/// A link or an image.
#[derive(Clone, Copy, Debug)]
pub(super) struct CheckedLink<'t> {
    pub url: &'t str,
    pub span: Span,
    pub image: bool,
    /// Whether it has no content: no text, no image.
    pub empty: bool,
}

/// An element of raw HTML.
#[derive(Clone, Copy, Debug)]
pub(super) struct Element<'t> {
    pub name: &'t str,
    pub attributes: &'t Attributes<'t>,
    pub span: Span,
    /// Whether it stands in another one.
    pub nested: bool,
    /// Whether it stands in a drawing or a formula, which have elements of their own.
    pub foreign: bool,
}

impl Element<'_> {
    /// The value of an attribute.
    pub fn attribute(&self, wanted: &str) -> Option<&str> {
        attribute(self.attributes, wanted)
    }
}

/// The value of an attribute.
fn attribute<'t>(attributes: &'t Attributes<'t>, wanted: &str) -> Option<&'t str> {
    attributes.as_ref()?.iter().find(|(name, _)| &**name == wanted).map(|(_, value)| &**value)
}

/// What an open element means for the text in it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Inside {
    Text,
    Link(usize),
    Image(usize),
    CodeBlock,
    Anchor,
    RawElement,
    /// A drawing or a formula.
    Foreign,
    /// An element whose content is no Markdown.
    RawHtml,
    Element,
}

impl<'t> Checked<'t> {
    /// Finds what the checks share, in a few passes over the body and its events. `liquid` is what Liquid is in the
    /// body.
    pub(super) fn new(input: Input<'t>, liquid: LiquidScan<'t>) -> Self {
        let body = input.body;
        let mut checked = Self {
            input,
            body,
            liquid,
            outline: outline::outline(body, input.items, input.options),
            prose: Vec::new(),
            code: Vec::new(),
            links: Vec::new(),
            elements: Vec::new(),
            paragraphs: Vec::new(),
            tables: Vec::new(),
            ids: Vec::new(),
            leaves: Vec::new(),
            footnotes: NameIndex::default(),
        };
        checked.read_items();
        checked.take_liquid_from_prose();
        let opaque = std::mem::take(&mut checked.liquid.opaque);
        checked.outline.retain(|heading| !inside(&opaque, heading.span.start));
        checked.liquid.opaque = opaque;
        checked
    }

    fn read_items(&mut self) {
        let mut open: Vec<Inside> = Vec::new();
        let opaque = std::mem::take(&mut self.liquid.opaque);
        let mut next_opaque = 0;
        for item in self.input.items {
            let span = item.span;
            while opaque.get(next_opaque).is_some_and(|range| range.end <= span.start) {
                next_opaque += 1;
            }
            // Footnotes and the like may come in another order.
            let hidden = opaque.get(next_opaque).is_some_and(|range| range.contains(span.start));
            match &item.event {
                Event::Start(tag, attributes) => {
                    let inside = self.start(tag, attributes, span, hidden, &open);
                    open.push(inside);
                }
                Event::End(_) => {
                    open.pop();
                }
                event => {
                    self.leaf(event, span, hidden, &open);
                }
            }
        }
        self.liquid.opaque = opaque;
    }

    fn start(
        &mut self,
        tag: &'t Tag<'t>,
        attributes: &'t Attributes<'t>,
        span: Span,
        hidden: bool,
        open: &[Inside],
    ) -> Inside {
        if !hidden
            && !matches!(tag, Tag::Heading(_))
            && let Some(id) = attribute(attributes, "id")
        {
            self.ids.push((id, span));
        }
        match tag {
            Tag::Link { url, .. } | Tag::Image { url, .. } => {
                self.fill(open);
                let image = matches!(tag, Tag::Image { .. });
                let index = self.links.len();
                self.links.push(CheckedLink { url, span, image, empty: true });
                if hidden {
                    // Only its index is needed.
                    self.links.last_mut().into_iter().for_each(|link| link.span = Span::default());
                }
                return if image { Inside::Image(index) } else { Inside::Link(index) };
            }
            Tag::CodeBlock(_) => {
                if !hidden {
                    self.code.push(Code { span, block: true });
                }
                return Inside::CodeBlock;
            }
            Tag::Element { name, content, .. } => {
                self.fill(open);
                let nested = open.iter().any(|inside| {
                    matches!(
                        inside,
                        Inside::Element | Inside::RawElement | Inside::RawHtml | Inside::Foreign | Inside::Anchor
                    )
                });
                if !hidden && self.body.as_bytes().get(span.start) == Some(&b'<') {
                    let foreign = open.contains(&Inside::Foreign);
                    self.elements.push(Element { name, attributes, span, nested, foreign });
                }
                return match &**name {
                    "a" => Inside::Anchor,
                    "svg" | "math" => Inside::Foreign,
                    "pre" | "code" | "kbd" | "samp" | "tt" | "script" | "style" | "textarea" | "iframe" | "object"
                    | "noscript" | "template" | "xmp" | "option" | "title" => Inside::RawElement,
                    _ if *content == ContentModel::Raw => Inside::RawHtml,
                    _ => Inside::Element,
                };
            }
            Tag::Paragraph if !hidden => self.paragraphs.push(span),
            Tag::Table(_) if !hidden => self.tables.push(span),
            Tag::FootnoteDefinition(name) => drop(self.footnotes.insert(name, 0)),
            _ => {}
        }
        Inside::Text
    }

    /// The open links and images have content.
    fn fill(&mut self, open: &[Inside]) {
        for inside in open.iter().rev() {
            match inside {
                Inside::Link(index) | Inside::Image(index) => {
                    self.links.get_mut(*index).into_iter().for_each(|link| link.empty = false);
                }
                _ => {}
            }
        }
    }

    fn leaf(&mut self, event: &'t Event<'t>, span: Span, hidden: bool, open: &[Inside]) {
        let in_order = self.leaves.last().is_none_or(|last| last.end <= span.start);
        if in_order && !span.is_empty() {
            self.leaves.push(span);
        }
        let blank = |text: &CowStr<'_>| text.trim().is_empty();
        if !matches!(event, Event::Text(text) if blank(text)) && !open.is_empty() {
            self.fill(open);
        }
        if hidden {
            return;
        }
        match event {
            Event::Code(..) => self.code.push(Code { span, block: false }),
            Event::Text(_) | Event::SoftBreak | Event::HardBreak => {
                let raw = |inside: &Inside| {
                    matches!(inside, Inside::CodeBlock | Inside::RawElement | Inside::Foreign | Inside::Image(_))
                };
                if open.iter().any(raw) {
                    return;
                }
                let in_link = open.iter().any(|inside| matches!(inside, Inside::Link(_) | Inside::Anchor));
                let html = |inside: &&Inside| matches!(inside, Inside::Element | Inside::RawHtml);
                let in_html = open.iter().rev().find(html) == Some(&Inside::RawHtml);
                match self.prose.last_mut() {
                    Some(last) if last.span.end == span.start && (last.in_link, last.in_html) == (in_link, in_html) => {
                        last.span.end = span.end;
                    }
                    _ => self.prose.push(Prose { span, in_link, in_html }),
                }
            }
            _ => {}
        }
    }

    /// Removes Liquid's tags, and the content that only they use, from the prose.
    fn take_liquid_from_prose(&mut self) {
        order::sort_by_key(&mut self.prose, |prose| prose.span.order());
        order::sort_by_key(&mut self.leaves, |leaf| leaf.order());
        if self.liquid.all.is_empty() {
            return;
        }
        let mut cuts: Vec<Span> = self.liquid.all.iter().map(|liquid| liquid.span).collect();
        cuts.extend(&self.liquid.opaque);
        order::sort_by_key(&mut cuts, |cut| cut.order());
        let mut kept = Vec::with_capacity(self.prose.len());
        let mut next = 0;
        for prose in &self.prose {
            let mut start = prose.span.start;
            while cuts.get(next).is_some_and(|cut| cut.end <= start) {
                next += 1;
            }
            let mut at = next;
            while let Some(cut) = cuts.get(at).filter(|cut| cut.start < prose.span.end) {
                if cut.start > start {
                    kept.push(Prose { span: Span::new(start, cut.start), ..*prose });
                }
                start = start.max(cut.end);
                at += 1;
            }
            if start < prose.span.end {
                kept.push(Prose { span: Span::new(start, prose.span.end), ..*prose });
            }
        }
        self.prose = kept;
    }

    /// The front matter, where there is one that can be read as it stands.
    pub(super) fn front(&self) -> Option<&'t FrontMatter> {
        let post = self.input.post;
        let read = post.split.kind == SplitKind::Present && !post.failed && !post.stale;
        read.then_some(&post.front_matter)
    }

    /// The line of dashes that opens the front matter: what is missing is reported there.
    pub(super) fn front_line(&self) -> Span {
        let start = self.input.post.split.front_matter.start;
        Span::new(start, (start + 3).min(self.input.text.len()))
    }

    /// Whether the body is read as Jekyll reads it.
    pub(super) fn is_jekyll(&self) -> bool {
        self.input.options.dialect == crate::markdown::Dialect::Jekyll
    }

    /// The run of text that holds byte `at` of the body.
    pub(super) fn prose_at(&self, at: usize) -> Option<Prose> {
        let index = self.prose.partition_point(|prose| prose.span.end <= at);
        self.prose.get(index).copied().filter(|prose| prose.span.contains(at))
    }

    /// Where `mark` begins in prose that is Markdown: the run and the place within it.
    pub(super) fn marks(&self, mark: &'static str) -> impl Iterator<Item = (Prose, usize)> {
        let found = memchr::memmem::find_iter(self.body.as_bytes(), mark.as_bytes());
        found.filter_map(move |at| {
            let prose = self.prose_at(at).filter(|prose| at + mark.len() <= prose.span.end && !prose.in_html)?;
            Some((prose, at - prose.span.start))
        })
    }

    /// Whether byte `at` of the body belongs to an event without content, such as text.
    pub(super) fn is_leaf(&self, at: usize) -> bool {
        let index = self.leaves.partition_point(|leaf| leaf.end <= at);
        self.leaves.get(index).is_some_and(|leaf| leaf.contains(at))
    }

    /// Whether byte `at` of the body is in a block of Liquid whose content is not the post's prose.
    pub(super) fn is_opaque(&self, at: usize) -> bool {
        inside(&self.liquid.opaque, at)
    }

    /// Whether Liquid adds content to the body that is not known here.
    pub(super) fn has_unseen(&self) -> bool {
        let unseen = |name: &str| name.starts_with("include") || name == "render" || !liquid_scan::is_known(name);
        self.liquid.all.iter().any(|liquid| !liquid.name.is_empty() && unseen(liquid.name))
    }

    /// The part of `span` on its first line, in bytes of the body; of a very long line the beginning.
    pub(super) fn first_line(&self, span: Span) -> Span {
        let end = floor(self.body, span.end.min(span.start + LOOK));
        let part = self.body.get(span.start..end).unwrap_or("");
        Span::new(span.start, span.start + part.find('\n').unwrap_or(part.len()))
    }

    /// The text before byte `at` of the body, limited in length.
    pub(super) fn before(&self, at: usize) -> &'t str {
        let start = floor(self.body, at.saturating_sub(LOOK));
        self.body.get(start..at).unwrap_or("")
    }

    /// The code that holds byte `at` of the body.
    pub(super) fn code_at(&self, at: usize) -> Option<Code> {
        let next = self.code.partition_point(|code| code.span.start <= at);
        self.code.get(next.checked_sub(1)?).copied().filter(|code| code.span.contains(at))
    }

    /// A diagnostic of a check at `span` of the body.
    pub(super) fn diagnostic(&self, check: &Check, span: Span, message: impl Into<String>) -> Diagnostic {
        check.diagnostic(span.shifted(self.input.post.body_span.start), message)
    }

    /// The fix that replaces `span` of the body by `new`.
    pub(super) fn fix(&self, label: &str, span: Span, new: String) -> Option<Fix> {
        let span = span.shifted(self.input.post.body_span.start);
        let selection = Span::at(span.start + new.len());
        Some(Fix { label: label.to_owned(), edit: Edit { span, text: new, selection } })
    }
}

/// How many bytes around a place are read, so that a long line takes no more time than many short ones.
const LOOK: usize = 500;

/// The boundary of a character at or before `at`.
fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// Whether one of the sorted `ranges`, none of which overlap, holds `at`.
fn inside(ranges: &[Span], at: usize) -> bool {
    let index = ranges.partition_point(|range| range.end <= at);
    ranges.get(index).is_some_and(|range| range.contains(at))
}
