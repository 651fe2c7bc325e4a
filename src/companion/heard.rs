//! What a person wants of the panel, from the module, which hears its controls, to the page, which does it. In: values.
//! Out: bytes, and from bytes the same again. Neighbours: `hear.rs` reads events, `app/effects/panel.rs` acts.

/// What is wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Heard {
    /// To see the tab of that name; no panel where there is none.
    Show(String),
    /// A change of the front matter, as `encode_change` writes it; the module makes the edit (`change`).
    Change(Vec<u8>),
    /// A check, by its code, to be on or off.
    Check(bool, String),
    /// These site settings.
    Site(String),
    /// The site settings of the file that was chosen.
    SiteFile,
}

/// A letter, and what belongs to it.
pub fn encode_heard(heard: &Heard) -> Vec<u8> {
    let (letter, rest) = match heard {
        Heard::Show(tab) => (b't', tab.as_bytes()),
        Heard::Change(change) => (b'c', &**change),
        Heard::Check(true, code) => (b'+', code.as_bytes()),
        Heard::Check(false, code) => (b'-', code.as_bytes()),
        Heard::Site(text) => (b's', text.as_bytes()),
        Heard::SiteFile => (b'f', &[][..]),
    };
    [&[letter], rest].concat()
}

/// What `encode_heard` wrote.
pub fn decode_heard(bytes: &[u8]) -> Option<Heard> {
    let (letter, rest) = bytes.split_first()?;
    let text = || String::from_utf8(rest.to_vec()).ok();
    Some(match letter {
        b't' => Heard::Show(text()?),
        b'c' => Heard::Change(rest.to_vec()),
        b'+' | b'-' => Heard::Check(*letter == b'+', text()?),
        b's' => Heard::Site(text()?),
        b'f' => Heard::SiteFile,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_wanted_comes_back() {
        for heard in [
            Heard::Show("site".to_owned()),
            Heard::Show(String::new()),
            Heard::Change(vec![0, 255]),
            Heard::Check(true, "a".to_owned()),
            Heard::Check(false, "b".to_owned()),
            Heard::Site("url: é\n".to_owned()),
            Heard::SiteFile,
        ] {
            assert_eq!(decode_heard(&encode_heard(&heard)), Some(heard));
        }
        assert_eq!((decode_heard(&[]), decode_heard(b"s\xFF"), decode_heard(b"?")), (None, None, None));
    }
}
