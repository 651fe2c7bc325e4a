//! `decode`: a file's bytes to its text, or a sentence that says why not; and a name under which a file can be saved.
//! In: bytes, names. Out: text, names. Neighbours: `files.rs` reads with it, `text/` then splits the line ends.
//!
//! Only UTF-8 is read: Jekyll reads posts as UTF-8 unless `encoding` in `_config.yml` says otherwise.

/// The largest file that is opened, in bytes; a post of that size is a mistake, and the page would be slow.
pub const FILE_LIMIT: usize = 10 * 1024 * 1024;

/// What a file that is not UTF-8 looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Looks {
    /// Like Latin-1 or Windows-1252: single high bytes among ASCII.
    Latin1,
    /// Like UTF-16: its byte order mark, or a zero in every second byte.
    Utf16,
    /// Like no text at all.
    Binary,
}

/// Why a file was not opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DecodeError {
    /// It has more than `FILE_LIMIT` bytes.
    TooLarge {
        /// Its size in bytes.
        bytes: usize,
    },
    /// It is not UTF-8, or holds zero bytes.
    NotUtf8 {
        /// The first wrong byte, zero-based.
        offset: usize,
        /// The line it is on, one-based.
        line: usize,
        /// What it looks like instead.
        looks: Looks,
    },
}

impl DecodeError {
    /// One or two sentences for a writer.
    pub fn message(&self) -> String {
        match self {
            Self::TooLarge { bytes } => {
                let megabytes = bytes.div_ceil(1024 * 1024).to_string();
                ["This file has ", &megabytes, " MB; the largest that can be opened has 10 MB."].concat()
            }
            Self::NotUtf8 { looks: Looks::Binary, .. } => "This file is not a text.".to_owned(),
            Self::NotUtf8 { looks: Looks::Utf16, .. } => {
                "This file looks like UTF-16. Jekyll reads UTF-8: save it as UTF-8 in the program it comes from, then \
                 open it again."
                    .to_owned()
            }
            Self::NotUtf8 { offset, line, looks: Looks::Latin1 } => {
                let place = [line.to_string(), offset.to_string()];
                let [line, offset] = &place;
                [
                    "This file is not UTF-8 (line ",
                    line,
                    ", byte ",
                    offset,
                    "); it looks like Latin-1 or Windows-1252. Save it as UTF-8 in the program it comes from, then \
                     open it again.",
                ]
                .concat()
            }
        }
    }
}

/// The text of a file, its byte order mark and line ends as they are.
pub fn decode(bytes: Vec<u8>) -> Result<String, DecodeError> {
    if bytes.len() > FILE_LIMIT {
        return Err(DecodeError::TooLarge { bytes: bytes.len() });
    }
    match String::from_utf8(bytes) {
        Ok(text) => match text.find('\0') {
            Some(offset) => Err(not_utf8(text.as_bytes(), offset)),
            None => Ok(text),
        },
        Err(error) => {
            let offset = error.utf8_error().valid_up_to();
            Err(not_utf8(error.as_bytes(), offset))
        }
    }
}

fn not_utf8(bytes: &[u8], offset: usize) -> DecodeError {
    let line = 1 + bytes.iter().take(offset).filter(|&&byte| byte == b'\n').count();
    DecodeError::NotUtf8 { offset, line, looks: looks(bytes) }
}

fn looks(bytes: &[u8]) -> Looks {
    let zeros = |odd: usize| bytes.iter().skip(odd).step_by(2).filter(|&&byte| byte == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    let half = bytes.len() / 2;
    if matches!(bytes, [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..])
        || (even.min(odd) * 8 < even.max(odd) && even.max(odd) * 2 > half)
    {
        return Looks::Utf16;
    }
    // Control characters other than white space do not stand in texts; 0x80..=0x9F are letters and quotes in
    // Windows-1252.
    let controls = bytes.iter().filter(|&&byte| byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r' | 0x0C | 0x1B));
    if controls.count() > 0 { Looks::Binary } else { Looks::Latin1 }
}

/// A name that every file system takes: the last part of a path, without characters that Windows forbids, never empty.
pub fn download_name(name: Option<&str>) -> String {
    let name = name.unwrap_or("");
    let folders = name.bytes().rposition(|byte| matches!(byte, b'/' | b'\\')).map_or(0, |last| last + 1);
    let bad = |c: char| c.is_control() || matches!(c, '<' | '>' | ':' | '"' | '|' | '?' | '*');
    let last = name.get(folders..).unwrap_or("").trim_matches(' ').trim_end_matches([' ', '.']);
    let name: String = last.chars().map(|c| if bad(c) { '-' } else { c }).take(200).collect();
    if name.is_empty() { "untitled.md".to_owned() } else { name }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn looks_of(bytes: &[u8]) -> Option<(usize, usize, Looks)> {
        match decode(bytes.to_vec()) {
            Err(DecodeError::NotUtf8 { offset, line, looks }) => Some((offset, line, looks)),
            _ => None,
        }
    }

    #[test]
    fn utf_8_is_read_as_it_is() {
        for text in ["", "a\r\nb\r", "\u{FEFF}---\n", "é€😀\t\u{1}"] {
            assert_eq!(decode(text.into()), Ok(text.to_owned()));
        }
    }

    #[test]
    fn the_limit_is_ten_megabytes() {
        assert!(decode(vec![b'a'; FILE_LIMIT]).is_ok());
        let error = decode(vec![b'a'; FILE_LIMIT + 1]);
        assert_eq!(error, Err(DecodeError::TooLarge { bytes: FILE_LIMIT + 1 }));
        assert!(error.is_err_and(|e| e.message().contains("11 MB")));
    }

    #[test]
    fn latin_1_is_recognized_and_the_first_wrong_byte_is_told() {
        assert_eq!(looks_of(b"title\nCaf\xE9 au lait\n"), Some((9, 2, Looks::Latin1)));
        assert_eq!(looks_of(b"\x93quoted\x94"), Some((0, 1, Looks::Latin1)));
        let message = decode(b"a\n\xE9".to_vec()).err().map(|e| e.message()).unwrap_or_default();
        assert!(message.contains("line 2") && message.contains("byte 2"), "{message}");
    }

    #[test]
    fn utf_16_is_recognized_with_and_without_its_mark() {
        let little: Vec<u8> = "---\ntitle: é\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = "---\ntitle: é\n".encode_utf16().flat_map(u16::to_be_bytes).collect();
        for bytes in
            [little.clone(), big.clone(), [&[0xFF, 0xFE], &little[..]].concat(), [&[0xFE, 0xFF], &big[..]].concat()]
        {
            assert_eq!(looks_of(&bytes).map(|(_, _, looks)| looks), Some(Looks::Utf16));
        }
    }

    #[test]
    fn a_picture_is_no_text() {
        assert_eq!(looks_of(b"\x89PNG\r\n\x1A\n\0\0\0\rIHDR\0\0\x01\x02").map(|l| l.2), Some(Looks::Binary));
        assert_eq!(looks_of(b"GIF89a\x01\0\x01\0\x80\0\0\xFF\xFF\xFF\x01\x02\x03").map(|l| l.2), Some(Looks::Binary));
    }

    #[test]
    fn a_name_can_be_saved_everywhere() {
        for (name, expected) in [
            (None, "untitled.md"),
            (Some(""), "untitled.md"),
            (Some(" . "), "untitled.md"),
            (Some("2024-05-01-a.md"), "2024-05-01-a.md"),
            (Some("_posts/2024-05-01-a.md"), "2024-05-01-a.md"),
            (Some("C:\\a\\b.md"), "b.md"),
            (Some("what? \"why\".md"), "what- -why-.md"),
            (Some("a\nb.md"), "a-b.md"),
            (Some("größe.md"), "größe.md"),
        ] {
            assert_eq!(download_name(name), expected);
        }
        assert_eq!(download_name(Some(&"é".repeat(500))).chars().count(), 200);
    }

    proptest::proptest! {
        #[test]
        fn any_bytes_are_a_text_or_an_error_at_a_place_inside(bytes in proptest::collection::vec(proptest::num::u8::ANY, 0..200)) {
            match decode(bytes.clone()) {
                Ok(text) => proptest::prop_assert_eq!(text.into_bytes(), bytes),
                Err(DecodeError::NotUtf8 { offset, line, .. }) => {
                    proptest::prop_assert!(std::str::from_utf8(&bytes[..offset]).is_ok());
                    proptest::prop_assert!(offset < bytes.len() && line <= offset + 1);
                }
                Err(error) => proptest::prop_assert!(false, "{error:?}"),
            }
        }
    }
}
