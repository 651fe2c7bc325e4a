//! Lists of tokens as bytes, and back; and as blocks for an empty `Twin`. In: lists. Out: bytes. Neighbours: `wire.rs`,
//! `blocks.rs`; `compare/` is what they are for.

use super::blocks::{read_token, write_token};
use super::wire::{Reader, Writer};
use crate::markdown::token::Token;
use crate::text::Span;

/// The bytes of the lists.
pub fn encode_lists<'t>(lists: impl IntoIterator<Item = &'t [Token<'t>]>) -> Vec<u8> {
    let mut out = Writer::default();
    for list in lists {
        write_list(&mut out, list);
    }
    out.bytes
}

fn write_list(out: &mut Writer, list: &[Token<'_>]) {
    out.size(list.len());
    list.iter().for_each(|token| write_token(out, token));
}

/// The lists that `encode_lists` wrote; nothing where the bytes are something else.
pub fn decode_lists(bytes: &[u8]) -> Option<Vec<Vec<Token<'static>>>> {
    let mut reader = Reader { bytes };
    let mut lists = Vec::new();
    while !reader.bytes.is_empty() {
        let mut list = Vec::new();
        for _ in 0..reader.count()? {
            list.push(read_token(&mut reader)?);
        }
        lists.push(list);
    }
    Some(lists)
}

/// The first update of a `Twin`, after which it has a block for each list.
pub fn encode_blocks(lists: &[Vec<Token<'_>>]) -> Vec<u8> {
    let mut out = Writer::default();
    let new = lists.iter().map(|_| 0);
    [0, 0, lists.len()].into_iter().chain(new).chain([lists.len()]).for_each(|size| out.size(size));
    lists.iter().for_each(|_| out.span(Span::default()));
    for (index, list) in lists.iter().enumerate() {
        // Its id, its fingerprint, no mark.
        [index, index, 0].into_iter().for_each(|size| out.size(size));
        write_list(&mut out, list);
    }
    out.size(0);
    out.bytes
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::companion::Twin;

    fn lists() -> Vec<Vec<Token<'static>>> {
        let open = Token::Open { name: "p".into(), attributes: vec![("class".into(), "é".into())], span: None };
        vec![vec![], vec![open, Token::Text("a".into()), Token::Close], vec![Token::Comment("c".into())]]
    }

    #[test]
    fn lists_come_back() {
        assert_eq!(decode_lists(&encode_lists(lists().iter().map(Vec::as_slice))), Some(lists()));
        assert_eq!(decode_lists(&[]), Some(vec![]));
        assert_eq!(decode_lists(&[9, 1]), None);
    }

    #[test]
    fn lists_become_blocks() {
        let mut twin = Twin::default();
        assert!(twin.apply(&encode_blocks(&lists())).is_some());
        assert_eq!(twin.blocks().iter().map(|block| block.tokens.to_vec()).collect::<Vec<_>>(), lists());
        assert!(twin.notices().is_empty());
        assert!(Twin::default().apply(&encode_blocks(&[])).is_some());
    }

    proptest::proptest! {
        #[test]
        fn no_bytes_make_it_panic(bytes in proptest::collection::vec(0u8..12, 0..60)) {
            let _ = decode_lists(&bytes);
        }
    }
}
