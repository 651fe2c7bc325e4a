//! Lists of tokens as bytes, and back. In: lists. Out: bytes. Neighbours: `wire.rs`; `compare/` is what they are for.

use super::blocks::{read_token, write_token};
use super::wire::{Reader, Writer};
use crate::markdown::token::Token;

/// The bytes of the lists.
pub fn encode_lists<'t>(lists: impl IntoIterator<Item = &'t [Token<'t>]>) -> Vec<u8> {
    let mut out = Writer::default();
    for list in lists {
        out.size(list.len());
        list.iter().for_each(|token| write_token(&mut out, token));
    }
    out.bytes
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_come_back() {
        let open = Token::Open { name: "p".into(), attributes: vec![("class".into(), "é".into())], span: None };
        let lists = vec![vec![], vec![open, Token::Text("a".into()), Token::Close], vec![Token::Comment("c".into())]];
        assert_eq!(decode_lists(&encode_lists(lists.iter().map(Vec::as_slice))), Some(lists));
        assert_eq!(decode_lists(&[]), Some(vec![]));
        assert_eq!(decode_lists(&[9, 1]), None);
    }

    proptest::proptest! {
        #[test]
        fn no_bytes_make_it_panic(bytes in proptest::collection::vec(0u8..12, 0..60)) {
            let _ = decode_lists(&bytes);
        }
    }
}
