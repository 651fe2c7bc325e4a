//! The tree of a text for the option `html_to_native`. In: what `native.rs` reads from events. Out: questions and changes
//! of parts. Neighbours: `native.rs` and `native_table.rs` convert them.

use crate::markdown::event::{Attributes, ContentModel, CowStr, Event, Tag};
use crate::text::Span;

/// A part of the text.
#[derive(Debug)]
pub(super) struct NativeNode<'a> {
    pub kind: NativeKind<'a>,
    pub attributes: Attributes<'a>,
    pub children: Vec<NativeNode<'a>>,
    pub span: Span,
}

/// What a part is.
#[derive(Debug)]
pub(super) enum NativeKind<'a> {
    /// Text as it is written: kramdown's `:text`.
    Text(CowStr<'a>),
    /// A reference to a character in text that was not parsed: part of kramdown's `:text` until that is converted.
    Reference(CowStr<'a>),
    /// The content of a script or a style sheet, and its source.
    Script(CowStr<'a>, CowStr<'a>),
    /// An element of HTML.
    Html { name: CowStr<'a>, block: bool, content: ContentModel },
    /// Another element with content.
    Native(Tag<'a>),
    /// An event without content: a symbol, code, a rule.
    Single(Event<'a>),
    /// A paragraph without `<p>`.
    Transparent,
}

impl<'a> NativeNode<'a> {
    /// The name of an element of HTML; empty for anything else.
    pub fn name(&self) -> &str {
        match &self.kind {
            NativeKind::Html { name, .. } => name,
            _ => "",
        }
    }

    pub fn attribute(&self, wanted: &str) -> Option<&str> {
        self.attributes.as_deref()?.iter().find(|(name, _)| &**name == wanted).map(|(_, value)| &**value)
    }

    pub fn set_attribute(&mut self, name: &'static str, value: String) {
        let pairs = self.attributes.get_or_insert_with(Box::default);
        match pairs.iter_mut().find(|(other, _)| &**other == name) {
            Some((_, old)) => *old = value.into(),
            None => pairs.push((name.into(), value.into())),
        }
    }

    pub fn remove_attribute(&mut self, name: &str) {
        if let Some(pairs) = &mut self.attributes {
            pairs.retain(|(other, _)| &**other != name);
            if pairs.is_empty() {
                self.attributes = None;
            }
        }
    }

    /// A body of a table in the place of the table, without rows.
    pub fn new_body(&self) -> Self {
        let kind = NativeKind::Native(Tag::TableBody);
        Self { kind, attributes: None, children: Vec::new(), span: self.span }
    }

    pub fn is_text(&self) -> bool {
        matches!(self.kind, NativeKind::Text(_) | NativeKind::Reference(_))
    }

    pub fn is_block(&self) -> bool {
        match &self.kind {
            NativeKind::Text(_) | NativeKind::Reference(_) | NativeKind::Script(..) => false,
            NativeKind::Html { block, .. } => *block,
            NativeKind::Native(tag) => !matches!(
                tag,
                Tag::Emphasis
                    | Tag::Strong
                    | Tag::Strikethrough
                    | Tag::Link { .. }
                    | Tag::Image { .. }
                    | Tag::Abbreviation(_)
            ),
            NativeKind::Single(event) => matches!(
                event,
                Event::Rule(_) | Event::DisplayMath(_) | Event::BlankLine | Event::Toc { .. } | Event::FootnotesPlace
            ),
            NativeKind::Transparent => true,
        }
    }

    /// The text in it, as kramdown's `extract_text`.
    pub fn extract(&self, out: &mut String) {
        for child in &self.children {
            match &child.kind {
                NativeKind::Text(text) | NativeKind::Reference(text) => out.push_str(text),
                _ => child.extract(out),
            }
        }
    }
}
