//! The change of a store of blocks, from the module that keeps it to its twin in the page. In: a store and a patch.
//! Out: bytes; and from bytes the same blocks and patch. Neighbours: `wire.rs`; `markdown/block/` is the store.

use std::rc::Rc;

use super::template::{read_diagnostics, write_diagnostics};
use super::wire::{Reader, Writer};
use crate::markdown::block::{Block, BlockStore, Patch, Piece, Slot};
use crate::markdown::event::CowStr;
use crate::markdown::token::Token;
use crate::text::{Diagnostic, Span};

/// The last update of `store`, which gave `patch`: where every block stands, and what the new ones hold.
pub fn encode_update(store: &BlockStore, patch: &Patch) -> Vec<u8> {
    let mut out = Writer::default();
    out.size(patch.keep_start);
    out.size(patch.keep_end);
    out.size(patch.middle.len());
    for slot in &patch.middle {
        out.size(match slot {
            Slot::New => 0,
            Slot::Kept(index) => index + 1,
        });
    }
    out.size(store.blocks().len());
    for block in store.blocks() {
        out.span(block.span);
    }
    let new = patch.middle.iter().zip(store.blocks().iter().skip(patch.keep_start));
    for (_, block) in new.filter(|(slot, _)| matches!(slot, Slot::New)) {
        out.number(block.id);
        out.number(block.fingerprint);
        out.size(usize::from(block.is_footnotes) + 2 * usize::from(block.is_cut));
        out.size(block.tokens.len());
        block.tokens.iter().for_each(|token| write_token(&mut out, token));
    }
    write_diagnostics(&mut out, store.notices());
    out.bytes
}

pub(super) fn write_token(out: &mut Writer, token: &Token<'_>) {
    match token {
        Token::Close => out.size(0),
        Token::Text(text) => {
            out.size(1);
            out.text(text);
        }
        Token::Comment(text) => {
            out.size(2);
            out.text(text);
        }
        Token::Open { name, attributes, span } => {
            out.size(3 + usize::from(span.is_some()));
            out.text(name);
            if let Some(span) = span {
                out.span(*span);
            }
            out.size(attributes.len());
            for (name, value) in attributes {
                out.text(name);
                out.text(value);
            }
        }
    }
}

/// The blocks of a store that lives elsewhere, as its last update left them.
#[derive(Debug, Default)]
pub struct Twin {
    blocks: Vec<Block>,
    notices: Vec<Diagnostic>,
}

impl Twin {
    /// Takes an update over. `None` where the bytes are not the next update of the same store: the twin is empty then,
    /// and has to begin anew with a new store.
    pub fn apply(&mut self, bytes: &[u8]) -> Option<Patch> {
        let old = std::mem::take(&mut self.blocks);
        self.notices.clear();
        let mut reader = Reader { bytes };
        let (patch, blocks) = read_blocks(&mut reader, old)?;
        self.notices = read_diagnostics(&mut reader)?;
        self.blocks = blocks;
        Some(patch)
    }

    /// The blocks, in the order of the page.
    pub fn blocks(&self) -> &[Block] {
        &self.blocks
    }

    /// What is not shown in full, and where, in bytes of the body.
    pub fn notices(&self) -> &[Diagnostic] {
        &self.notices
    }
}

fn read_blocks(reader: &mut Reader<'_>, old: Vec<Block>) -> Option<(Patch, Vec<Block>)> {
    let (keep_start, keep_end) = (reader.size()?, reader.size()?);
    let mut middle = Vec::new();
    for _ in 0..reader.count()? {
        middle.push(reader.size()?.checked_sub(1).map_or(Slot::New, Slot::Kept));
    }
    let mut spans = Vec::new();
    for _ in 0..reader.count()? {
        spans.push(reader.span()?);
    }
    let behind = old.len().checked_sub(keep_end)?;
    if spans.len().checked_sub(keep_start)?.checked_sub(keep_end)? != middle.len() {
        return None;
    }
    let mut old: Vec<Option<Block>> = old.into_iter().map(Some).collect();
    let mut blocks = Vec::with_capacity(spans.len());
    for (index, &span) in spans.iter().enumerate() {
        let slot = match index.checked_sub(keep_start) {
            None => Slot::Kept(index),
            Some(at) => match middle.get(at) {
                Some(&slot) => slot,
                None => Slot::Kept(behind + (at - middle.len())),
            },
        };
        blocks.push(match slot {
            Slot::Kept(from) => Block { span, ..old.get_mut(from)?.take()? },
            Slot::New => read_block(reader, span)?,
        });
    }
    Some((Patch { keep_start, keep_end, middle }, blocks))
}

fn read_block(reader: &mut Reader<'_>, span: Span) -> Option<Block> {
    let (id, fingerprint, marks) = (reader.number()?, reader.number()?, reader.size()?);
    let mut tokens = Vec::new();
    for _ in 0..reader.count()? {
        tokens.push(read_token(reader)?);
    }
    let (is_footnotes, is_cut) = (marks & 1 != 0, marks & 2 != 0);
    Some(Block { id, span, fingerprint, tokens: Rc::from(tokens), is_footnotes, is_cut, piece: Piece::default() })
}

pub(super) fn read_token(reader: &mut Reader<'_>) -> Option<Token<'static>> {
    fn owned(reader: &mut Reader<'_>) -> Option<CowStr<'static>> {
        reader.text().map(|text| CowStr::from(text.to_owned()))
    }
    Some(match reader.size()? {
        0 => Token::Close,
        1 => Token::Text(owned(reader)?),
        2 => Token::Comment(owned(reader)?),
        kind => {
            let name = owned(reader)?;
            let span = if kind == 4 { Some(reader.span()?) } else { None };
            let mut attributes = Vec::new();
            for _ in 0..reader.count()? {
                attributes.push((owned(reader)?, owned(reader)?));
            }
            Token::Open { name, attributes, span }
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown::{Dialect, Options};

    fn same(store: &BlockStore, twin: &Twin) -> bool {
        store.notices() == twin.notices()
            && store.blocks().len() == twin.blocks().len()
            && store.blocks().iter().zip(twin.blocks()).all(|(a, b)| {
                (a.id, a.span, a.fingerprint, a.is_footnotes, a.is_cut, &a.tokens)
                    == (b.id, b.span, b.fingerprint, b.is_footnotes, b.is_cut, &b.tokens)
            })
    }

    proptest::proptest! {
        #[test]
        fn the_twin_follows_the_store(texts in proptest::collection::vec(
            proptest::collection::vec(proptest::sample::select(vec![
                "a *b* `c`\n\n", "- x\n- [ ] y\n\n", "[^1] <!-- c -->\n\n", "[^1]: é\n\n", "> q\n\n", "![i](u \"t\")\n\n",
            ]), 0..8), 1..6)) {
            let (mut store, mut twin) = (BlockStore::new(), Twin::default());
            for text in texts {
                let patch = store.update(&text.concat(), &Options::of(Dialect::GitHub));
                let bytes = encode_update(&store, &patch);
                proptest::prop_assert_eq!(twin.apply(&bytes), Some(patch));
                proptest::prop_assert!(same(&store, &twin));
            }
        }

        #[test]
        fn no_bytes_make_it_panic(bytes in proptest::collection::vec(0u8..12, 0..60)) {
            let mut twin = Twin::default();
            let _ = twin.apply(&bytes);
        }
    }

    #[test]
    fn a_twin_that_missed_an_update_says_so() {
        let mut store = BlockStore::new();
        store.update("a\n\nb\n", &Options::of(Dialect::GitHub));
        let patch = store.update("a\n\nb\n\nc\n", &Options::of(Dialect::GitHub));
        assert_eq!(Twin::default().apply(&encode_update(&store, &patch)), None);
    }
}
