//! `Changes`: several small replacements joined into one minimal `Edit`. In: replacements in bytes of the old text.
//! Out: the edit, and where old positions lie afterwards. Neighbours: every command builds its edit here.

use crate::text::{Edit, Span, order};

/// Which side of something inserted at a position the position ends up on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Bias {
    Before,
    After,
}

/// Replacements that do not overlap, in any order.
pub(super) struct Changes<'a> {
    text: &'a str,
    list: Vec<(Span, String)>,
}

impl<'a> Changes<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { text, list: Vec::new() }
    }

    /// Replaces a span; nothing happens where it already reads so.
    pub(super) fn replace(&mut self, span: Span, by: impl Into<String>) {
        let by = by.into();
        if span.of(self.text) != by {
            self.list.push((span, by));
        }
    }

    /// The text before the changes.
    pub(super) fn text(&self) -> &'a str {
        self.text
    }

    pub(super) fn insert(&mut self, at: usize, what: impl Into<String>) {
        self.replace(Span::at(at), what);
    }

    pub(super) fn delete(&mut self, span: Span) {
        self.replace(span, "");
    }

    /// Where the old position lies in the new text. Inside a replaced span it goes to the side named.
    pub(super) fn position(&self, at: usize, bias: Bias) -> usize {
        let (mut added, mut removed) = (0, 0);
        let mut inside = 0;
        for (span, by) in &self.list {
            let passed = span.end < at || (span.end == at && (!span.is_empty() || bias == Bias::After));
            if passed {
                added += by.len();
                removed += span.len();
            } else if span.start < at && at < span.end {
                inside += at - span.start;
                added += if bias == Bias::After { by.len() } else { 0 };
            }
        }
        (at + added).saturating_sub(removed + inside)
    }

    /// One edit for all of it. The selection is that of the old text, and goes along with its words: what is inserted at
    /// either end of it stands before that end.
    pub(super) fn edit_with(self, selection: Span) -> Option<Edit> {
        let start = self.position(selection.start, Bias::After);
        let end = self.position(selection.end, Bias::After);
        self.edit(Span::new(start, end))
    }

    /// One edit for all of it, with the selection of the new text, and without bytes at its edges that stay as they are;
    /// `None` where nothing changes.
    pub(super) fn edit(mut self, selection: Span) -> Option<Edit> {
        order::sort_by_key(&mut self.list, |(span, _)| span.order());
        let span = Span::new(self.list.first()?.0.start, self.list.last()?.0.end);
        let mut new = String::new();
        let mut at = span.start;
        for (span, by) in &self.list {
            new.push_str(self.text.get(at..span.start)?);
            new.push_str(by);
            at = span.end;
        }
        minimal(self.text, span, &new, selection)
    }
}

/// Replaces `span` by `new`, leaving alone what is equal at both ends.
fn minimal(text: &str, span: Span, new: &str, selection: Span) -> Option<Edit> {
    let old = text.get(span.start..span.end)?;
    let head: usize = old.chars().zip(new.chars()).take_while(|(a, b)| a == b).map(|(a, _)| a.len_utf8()).sum();
    let (old, new) = (old.get(head..)?, new.get(head..)?);
    let tail: usize =
        old.chars().rev().zip(new.chars().rev()).take_while(|(a, b)| a == b).map(|(a, _)| a.len_utf8()).sum();
    let (old, new) = (old.get(..old.len() - tail)?, new.get(..new.len() - tail)?);
    if old.is_empty() && new.is_empty() {
        return None;
    }
    let start = span.start + head;
    Some(Edit { span: Span::new(start, start + old.len()), text: new.to_owned(), selection })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_edit_spans_only_what_changes() {
        let mut changes = Changes::new("é one two");
        changes.replace(Span::new(0, 10), "é one x two");
        let edit = changes.edit(Span::at(0)).expect("an edit");
        assert_eq!((edit.span, edit.text.as_str()), (Span::at(7), "x "));
    }

    #[test]
    fn positions_follow_what_is_inserted_and_removed_before_them() {
        let mut changes = Changes::new("abcdef");
        changes.delete(Span::new(0, 2));
        changes.insert(3, "xyz");
        assert_eq!(changes.position(1, Bias::Before), 0);
        assert_eq!(changes.position(3, Bias::Before), 1);
        assert_eq!(changes.position(3, Bias::After), 4);
        assert_eq!(changes.position(6, Bias::Before), 7);
    }

    #[test]
    fn changes_that_overlap_or_change_nothing_give_no_edit() {
        let mut overlap = Changes::new("abcdef");
        overlap.delete(Span::new(0, 3));
        overlap.delete(Span::new(2, 4));
        assert_eq!(overlap.edit(Span::at(0)), None);
        let mut same = Changes::new("abc");
        same.replace(Span::new(0, 1), "a");
        assert_eq!(same.edit(Span::at(0)), None);
    }
}
