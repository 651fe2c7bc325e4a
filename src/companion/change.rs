//! A change of the form, from the page to the module, and the edit that makes it, back. In: values. Out: bytes, and from
//! bytes the same again. Neighbours: `wire.rs`; `post/form.rs` makes edits, `app/effects/companion.rs` asks.

use super::wire::{Reader, Writer};
use crate::post::form::{Change, Kind, Refusal, What};
use crate::text::Edit;

/// A change.
pub fn encode_change(change: &Change) -> Vec<u8> {
    let (number, kind, index, text) = match &change.what {
        What::Set(kind, value) => (0, *kind, 0, value.as_str()),
        What::Add(item) => (1, Kind::Text, 0, item.as_str()),
        What::Drop(index) => (2, Kind::Text, *index, ""),
        What::Create(kind) => (3, *kind, 0, ""),
        What::Remove => (4, Kind::Text, 0, ""),
    };
    let mut out = Writer::default();
    out.text(&change.key);
    out.size(number);
    out.size(Kind::ALL.iter().position(|known| *known == kind).unwrap_or(0));
    out.size(index);
    out.text(text);
    out.bytes
}

/// What `encode_change` wrote.
pub fn decode_change(bytes: &[u8]) -> Option<Change> {
    let mut reader = Reader { bytes };
    let key = reader.text()?.to_owned();
    let number = reader.size()?;
    let kind = *Kind::ALL.get(reader.size()?)?;
    let index = reader.size()?;
    let text = reader.text()?.to_owned();
    let what = match number {
        0 => What::Set(kind, text),
        1 => What::Add(text),
        2 => What::Drop(index),
        3 => What::Create(kind),
        _ => What::Remove,
    };
    Some(Change { key, what })
}

/// The edit that makes a change, or why there is none.
pub fn encode_edit(edit: &Result<Edit, Refusal>) -> Vec<u8> {
    let mut out = Writer::default();
    match edit {
        Err(Refusal::Same) => out.size(0),
        Err(Refusal::Impossible) => out.size(1),
        Ok(edit) => {
            out.size(2);
            out.span(edit.span);
            out.text(&edit.text);
            out.span(edit.selection);
        }
    }
    out.bytes
}

/// What `encode_edit` wrote.
pub fn decode_edit(bytes: &[u8]) -> Option<Result<Edit, Refusal>> {
    let mut reader = Reader { bytes };
    Some(match reader.size()? {
        0 => Err(Refusal::Same),
        1 => Err(Refusal::Impossible),
        _ => {
            let span = reader.span()?;
            let text = reader.text()?.to_owned();
            Ok(Edit { span, text, selection: reader.span()? })
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Span;

    #[test]
    fn changes_and_edits_come_back() {
        for what in [
            What::Set(Kind::When, "2014-12-08T10:30 +0100".to_owned()),
            What::Add("é".to_owned()),
            What::Drop(3),
            What::Create(Kind::List),
            What::Remove,
        ] {
            let change = Change { key: "tags".to_owned(), what };
            assert_eq!(decode_change(&encode_change(&change)), Some(change));
        }
        let edit = Edit { span: Span::new(4, 9), text: "new".to_owned(), selection: Span::at(7) };
        for edit in [Ok(edit), Err(Refusal::Same), Err(Refusal::Impossible)] {
            assert_eq!(decode_edit(&encode_edit(&edit)), Some(edit));
        }
    }

    proptest::proptest! {
        #[test]
        fn no_bytes_make_it_panic(bytes in proptest::collection::vec(0u8..9, 0..40)) {
            let _ = (decode_change(&bytes), decode_edit(&bytes));
        }
    }
}
