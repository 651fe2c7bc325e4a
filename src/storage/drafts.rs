//! `Drafts`: what every store of drafts does. In: drafts. Out: drafts, summaries, errors.
//! Neighbours: `memory.rs` and `indexed_db.rs` are stores; `app/drafts/` holds one as `Rc<dyn Drafts>`.

use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;

use super::{Draft, DraftEdit, DraftId, DraftSummary, StorageError, Version};
use crate::text::{Utf16Range, order};

/// The answer of a store, which comes later. It is boxed, so that the page decides at run time which store it has, and
/// no caller is compiled twice.
pub type Task<'a, T> = Pin<Box<dyn Future<Output = Result<T, StorageError>> + 'a>>;

/// What a store holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Listing {
    /// Every readable draft, the last changed first, those thrown away among them.
    pub drafts: Vec<DraftSummary>,
    /// The drafts whose records are damaged.
    pub damaged: Vec<DraftId>,
}

impl Listing {
    /// Puts the last changed first; equal times by id, so that the order is always the same.
    pub(super) fn sort(&mut self) {
        order::sort_by_key(&mut self.drafts, |draft| {
            // The bits of positive numbers are in the order of the numbers, those of negative numbers in the reverse
            // order.
            let bits = draft.updated_ms.to_bits();
            order::key(if bits >> 63 == 0 { !bits ^ 1 << 63 } else { bits }, draft.id.0)
        });
    }
}

/// Milliseconds of a day.
const DAY_MS: f64 = 86_400_000.0;

/// Whether a draft thrown away at `deleted_ms` has lain there for `days` at `now_ms`.
pub(super) fn purge_due(deleted_ms: Option<f64>, now_ms: f64, days: u32) -> bool {
    deleted_ms.is_some_and(|deleted| now_ms - deleted >= f64::from(days) * DAY_MS)
}

/// A store of drafts. A task that succeeds has written. A task that fails has written nothing.
pub trait Drafts {
    /// Everything stored, without texts.
    fn list(&self) -> Task<'_, Listing>;

    /// The draft of that name, thrown away or not.
    fn load(&self, id: DraftId) -> Task<'_, Option<Draft>>;

    /// Compare and put: stores the draft if the stored revision is `expected` (0: not stored yet) and gives the new
    /// revision, `expected + 1`; `draft.revision` is not looked at. Otherwise nothing is written and `Conflict` brings
    /// what is stored, except where that has the same content: then there is nothing to decide and its revision is
    /// given. A draft that is no longer there is stored again, because a purge must not remove a text that is open in
    /// an editor.
    fn put<'a>(&'a self, draft: &'a Draft, expected: u64) -> Task<'a, u64> {
        self.put_over(draft, expected, None)
    }

    /// The same as `put`, and keeps a text that it replaces as a version of the draft: both are written, or nothing. The
    /// other versions stay as they are, also where this one has the same text.
    fn put_over<'a>(
        &'a self,
        draft: &'a Draft,
        expected: u64,
        replaced: Option<&'a (Version, Rc<str>)>,
    ) -> Task<'a, u64>;

    /// The same as `put`, for a draft that is stored as it was before `edit`. Only the edit is written, to the draft's
    /// journal; `put` and `compact` write the whole text and empty the journal.
    fn append<'a>(&'a self, draft: &'a Draft, edit: &'a DraftEdit, expected: u64) -> Task<'a, u64>;

    /// Writes the whole text of a stored draft in place of its journal. The revision stays. What edits that do not fit
    /// had inserted becomes a draft of its own. Nothing happens where the draft is not stored or has no journal.
    fn compact(&self, id: DraftId) -> Task<'_, ()>;

    /// Throws a draft away: it stays, marked with `now_ms`, until it is purged. Gives the new revision.
    fn delete(&self, id: DraftId, now_ms: f64) -> Task<'_, u64>;

    /// Takes `delete` back. Gives the new revision.
    fn undelete(&self, id: DraftId) -> Task<'_, u64>;

    /// Removes forever, with their versions and pictures, the drafts that were thrown away at least `days` before `now_ms`.
    /// Gives how many.
    fn purge(&self, now_ms: f64, days: u32) -> Task<'_, usize>;

    /// Keeps caret and scroll of a stored draft without a new revision, so that looking at a draft in one tab is no
    /// conflict in another. Nothing happens where it is not stored.
    fn keep_place(&self, id: DraftId, caret: Utf16Range, editor_scroll: f64) -> Task<'_, ()>;

    /// The draft that was open last.
    fn last_open(&self) -> Task<'_, Option<DraftId>>;

    /// Remembers the open draft.
    fn set_last_open(&self, id: Option<DraftId>) -> Task<'_, ()>;
}
