//! Renders a body in one dialect, again after each change. In: a body, after Liquid. Out: blocks, and the patch from
//! the last ones. Neighbours: `renderer.rs` renders whole posts with it; `markdown/block/` keeps the blocks.

use super::{Engines, GitHub, RenderOptions};
use crate::markdown::block::{Block, BlockStore, Patch};
use crate::markdown::outline::Heading;
use crate::markdown::{Dialect, Options};
use crate::post::site::BodyFormat;
use crate::text::Diagnostic;

/// The blocks of the last body, and how the next one is read.
#[derive(Debug, Default)]
pub struct BodyRenderer {
    store: BlockStore,
    options: Options,
    /// How GitHub's dialect is rendered; `None` for Jekyll's.
    github: Option<GitHub>,
}

impl BodyRenderer {
    /// A renderer that has seen no body. Where GitHub's dialect is wanted and not there, it renders Jekyll's.
    pub fn new(options: &RenderOptions, engines: Engines) -> Self {
        Self {
            store: BlockStore::for_page(options.relative, &options.highlighting),
            options: Options::of_site(&options.settings),
            github: engines.github.filter(|_| options.dialect == Dialect::GitHub),
        }
    }

    /// Takes a new body in Markdown and returns the patch from the old blocks to the new ones.
    pub fn update(&mut self, body: &str) -> Patch {
        self.update_as(body, BodyFormat::Markdown)
    }

    /// The same for a body of any format. GitHub's dialect stands for Markdown alone.
    pub fn update_as(&mut self, body: &str, format: BodyFormat) -> Patch {
        match (self.github, format) {
            (Some(render), _) => render(&mut self.store, body),
            (None, BodyFormat::Markdown) => self.store.update_jekyll(body, &self.options),
            (None, format) => self.store.update_as_written(body, format == BodyFormat::Html),
        }
    }

    /// The dialect that is rendered.
    pub fn dialect(&self) -> Dialect {
        if self.github.is_some() { Dialect::GitHub } else { Dialect::Jekyll }
    }

    /// The blocks of the last body; spans in its bytes.
    pub fn blocks(&self) -> &[Block] {
        self.store.blocks()
    }

    /// The headings of the last body; spans in its bytes.
    pub fn outline(&self) -> &[Heading] {
        self.store.outline()
    }

    /// Diagnostics for what is not shown in full; spans in bytes of the last body.
    pub fn diagnostics(&self) -> &[Diagnostic] {
        self.store.diagnostics()
    }

    /// The options of Jekyll's converter.
    pub(super) fn options(&self) -> &Options {
        &self.options
    }
}
