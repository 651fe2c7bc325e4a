//! `Draft`: a text being written and all that is needed to go on with it, and `DraftSummary` for the list of drafts.
//! In: what the editor holds. Out: what a store keeps. Neighbours: `drafts.rs` stores it, `text/` gives line ends.

use std::rc::Rc;

use crate::text::{LineEnds, Utf16Range};

/// Names a draft: 64 random bits, so that two tabs never make the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DraftId(pub u64);

impl DraftId {
    /// Sixteen lower-case hexadecimal digits.
    pub fn encode(self) -> String {
        encode_hex(self.0)
    }

    /// What `encode` wrote, and nothing else.
    pub fn decode(code: &str) -> Option<Self> {
        decode_hex(code).map(Self)
    }
}

/// Sixteen lower-case hexadecimal digits: JavaScript's numbers do not hold 64 bits.
pub(super) fn encode_hex(value: u64) -> String {
    (0..16).rev().filter_map(|at| char::from_digit((value >> (at * 4) & 15) as u32, 16)).collect()
}

/// The number that `encode_hex` wrote; nothing where it is not exactly that.
pub(super) fn decode_hex(code: &str) -> Option<u64> {
    let plain = code.len() == 16 && code.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
    if plain { u64::from_str_radix(code, 16).ok() } else { None }
}

/// What was last written to (or read from) the draft's file.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FileVersion {
    /// `content_hash` of the file's bytes.
    pub hash: u64,
    /// The file's modification time then, in milliseconds since 1970, where the browser tells it: a later one on disk
    /// means that another program wrote the file.
    pub modified_ms: Option<f64>,
}

/// A text being written, with what is needed to go on where the writer stopped.
#[derive(Clone, Debug, PartialEq)]
pub struct Draft {
    /// Its name in the store.
    pub id: DraftId,
    /// Counts the puts; 0 where it was never stored.
    pub revision: u64,
    /// The name of the file it came from or goes to: `2024-05-01-a-post.md`.
    pub file_name: Option<String>,
    /// What the list of drafts shows.
    pub title: String,
    /// The whole text, front matter included, with `\n` alone.
    pub text: Rc<str>,
    /// How its lines end in the file.
    pub line_ends: LineEnds,
    /// What the file holds, where there is one.
    pub saved: Option<FileVersion>,
    /// The text of the file as it was last read or written, with `\n` alone: what a comparison begins with. Drafts that
    /// were stored before it was kept have none.
    pub opened: Option<Rc<str>>,
    /// The selection in the editor, in UTF-16 units of `text`.
    pub caret: Utf16Range,
    /// How far the editor is scrolled, in CSS pixels.
    pub editor_scroll: f64,
    /// When it was begun, in milliseconds since 1970.
    pub created_ms: f64,
    /// When its text last changed, in milliseconds since 1970.
    pub updated_ms: f64,
    /// When it was thrown away, in milliseconds since 1970; it stays until it is purged.
    pub deleted_ms: Option<f64>,
}

impl Draft {
    /// An empty, never stored draft.
    pub fn new(id: DraftId, now_ms: f64) -> Self {
        Self {
            id,
            revision: 0,
            file_name: None,
            title: String::new(),
            text: "".into(),
            line_ends: LineEnds::default(),
            saved: None,
            opened: None,
            caret: Utf16Range::default(),
            editor_scroll: 0.0,
            created_ms: now_ms,
            updated_ms: now_ms,
            deleted_ms: None,
        }
    }

    /// A draft of a file just read: `file` is its decoded content, byte order mark and line ends as they are.
    pub fn of_file(id: DraftId, file_name: String, file: &str, modified_ms: Option<f64>, now_ms: f64) -> Self {
        let (line_ends, text) = LineEnds::split(file);
        let saved = Some(FileVersion { hash: content_hash(file.as_bytes()), modified_ms });
        let text: Rc<str> = text.into();
        let opened = Some(Rc::clone(&text));
        Self { file_name: Some(file_name), text, line_ends, saved, opened, ..Self::new(id, now_ms) }
    }

    /// The content of the draft's file as saving would write it.
    pub fn file(&self) -> String {
        self.line_ends.join(&self.text)
    }

    /// Whether saving would change the file, or make one. An empty draft without a file has nothing to save.
    pub fn unsaved(&self) -> bool {
        match self.saved {
            // Of another text no line ends make the same file: nothing has to be put together and hashed.
            Some(_) if self.opened.as_ref().is_some_and(|opened| *opened != self.text) => true,
            Some(saved) => saved.hash != content_hash(self.file().as_bytes()),
            None => !self.text.is_empty(),
        }
    }

    /// What the file holds, if that is `text`, which stands in the editor and may be newer than the draft's own.
    pub fn saved_as(&self, text: &str) -> Option<FileVersion> {
        self.saved.filter(|_| *self.text == *text && !self.unsaved())
    }

    /// Whether a writer would lose nothing if one took the other's place: text, line ends, file name and whether it is
    /// thrown away are the same. Caret, scroll and times may differ.
    pub fn same_content(&self, other: &Self) -> bool {
        self.text == other.text
            && self.line_ends == other.line_ends
            && self.file_name == other.file_name
            && self.deleted_ms.is_some() == other.deleted_ms.is_some()
    }

    /// What the list of drafts shows of it.
    pub fn summary(&self) -> DraftSummary {
        DraftSummary {
            id: self.id,
            revision: self.revision,
            title: self.title.clone(),
            file_name: self.file_name.clone(),
            bytes: self.text.len(),
            unsaved: self.unsaved(),
            created_ms: self.created_ms,
            updated_ms: self.updated_ms,
            deleted_ms: self.deleted_ms,
        }
    }
}

/// A draft without its text.
#[derive(Clone, Debug, PartialEq)]
pub struct DraftSummary {
    /// Its name in the store.
    pub id: DraftId,
    /// Counts the puts.
    pub revision: u64,
    /// As the draft's.
    pub title: String,
    /// As the draft's.
    pub file_name: Option<String>,
    /// The length of the text in bytes of UTF-8.
    pub bytes: usize,
    /// Whether it held something that its file did not.
    pub unsaved: bool,
    /// In milliseconds since 1970.
    pub created_ms: f64,
    /// In milliseconds since 1970.
    pub updated_ms: f64,
    /// When it was thrown away.
    pub deleted_ms: Option<f64>,
}

/// A fingerprint to tell whether two contents differ: FNV-1a, 64 bits. Not for anything hostile.
pub fn content_hash(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xCBF2_9CE4_8422_2325, |hash, &byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_sixteen_digits_and_nothing_else() {
        for id in [DraftId(0), DraftId(0xAB), DraftId(u64::MAX)] {
            assert_eq!(DraftId::decode(&id.encode()), Some(id));
        }
        assert_eq!(DraftId(0xAB).encode(), "00000000000000ab");
        for code in ["", "ab", "00000000000000AB", "+0000000000000ab", "0000000000000000a", "00000000000000é"] {
            assert_eq!(DraftId::decode(code), None, "{code}");
        }
    }

    #[test]
    fn unsaved_compares_with_the_bytes_of_the_file() {
        let mut draft = Draft::of_file(DraftId(1), "a.md".into(), "\u{FEFF}a\r\nb\r\n", Some(7.0), 9.0);
        assert_eq!(&*draft.text, "a\nb\n");
        assert!(!draft.unsaved());
        draft.text = "a\nb\nc".into();
        assert!(draft.unsaved());
        draft.text = "a\nb\n".into();
        assert!(!draft.unsaved());
        assert_eq!(draft.file(), "\u{FEFF}a\r\nb\r\n");
    }

    #[test]
    fn a_draft_without_a_file_is_unsaved_as_soon_as_it_holds_something() {
        let mut draft = Draft::new(DraftId(1), 0.0);
        assert!(!draft.unsaved());
        draft.text = "a".into();
        assert!(draft.unsaved());
    }

    #[test]
    fn a_draft_emptied_after_saving_is_unsaved() {
        let mut draft = Draft::of_file(DraftId(1), "a.md".into(), "a", None, 0.0);
        draft.text = "".into();
        assert!(draft.unsaved());
    }

    #[test]
    fn what_is_newer_than_the_draft_is_in_no_file() {
        let mut draft = Draft::of_file(DraftId(1), "a.md".into(), "a\r\n", Some(7.0), 9.0);
        assert_eq!(draft.saved_as("a\n"), draft.saved);
        assert_eq!(draft.saved_as("a\nb"), None, "typed, and not taken up yet");
        draft.text = "a\nb".into();
        assert_eq!(draft.saved_as("a\nb"), None);
        assert_eq!(draft.saved_as("a\n"), None);
    }

    /// The published test vectors of FNV-1a.
    #[test]
    fn the_fingerprint_is_fnv_1a() {
        assert_eq!(content_hash(b""), 0xCBF2_9CE4_8422_2325);
        assert_eq!(content_hash(b"a"), 0xAF63_DC4C_8601_EC8C);
        assert_eq!(content_hash(b"foobar"), 0x8594_4171_F739_67E8);
    }
}
