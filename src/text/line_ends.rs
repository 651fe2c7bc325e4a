//! `LineEnds`: how each line of a file ended. A textarea knows only `\n`; with this, saving writes the original line
//! ends again. In: a file's text, then each new text. Out: the text as it is written to a file. Neighbours: `app/`
//! opens and saves with it; a byte order mark is kept here too.

use super::common_ends;

/// One way to end a line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LineEnd {
    /// `\n`
    #[default]
    Lf,
    /// `\r\n`
    CrLf,
    /// `\r`
    Cr,
}

impl LineEnd {
    fn as_str(self) -> &'static str {
        match self {
            Self::Lf => "\n",
            Self::CrLf => "\r\n",
            Self::Cr => "\r",
        }
    }

    fn letter(self) -> char {
        match self {
            Self::Lf => 'l',
            Self::CrLf => 'c',
            Self::Cr => 'r',
        }
    }

    fn of_letter(letter: char) -> Option<Self> {
        [Self::Lf, Self::CrLf, Self::Cr].into_iter().find(|end| end.letter() == letter)
    }
}

/// The line ends of a file whose text is held with `\n` alone, and whether the file began with a byte order mark.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LineEnds {
    mark: bool,
    /// The line end that a new line gets: the most frequent one of the file.
    usual: LineEnd,
    /// One for each line end of the text, in order; empty while all are `usual`.
    each: Vec<LineEnd>,
}

impl LineEnds {
    /// Splits a file's text into its line ends and the same text with `\n` alone and without a byte order mark.
    pub fn split(file: &str) -> (Self, String) {
        let (mark, file) = match file.strip_prefix('\u{FEFF}') {
            Some(rest) => (true, rest),
            None => (false, file),
        };
        if !file.contains('\r') {
            return (Self { mark, usual: LineEnd::Lf, each: Vec::new() }, file.to_owned());
        }
        let mut each = Vec::new();
        let mut text = String::with_capacity(file.len());
        let mut rest = file;
        while let Some(at) = rest.find(['\r', '\n']) {
            text.push_str(&rest[..at]);
            text.push('\n');
            let end = match &rest.as_bytes()[at..] {
                [b'\r', b'\n', ..] => LineEnd::CrLf,
                [b'\r', ..] => LineEnd::Cr,
                _ => LineEnd::Lf,
            };
            rest = &rest[at + end.as_str().len()..];
            each.push(end);
        }
        text.push_str(rest);
        let count = |end| each.iter().filter(|&&e| e == end).count();
        // If two are equally frequent, the last one is taken: `\n` before `\r\n` before `\r`.
        let usual =
            [LineEnd::Cr, LineEnd::CrLf, LineEnd::Lf].into_iter().max_by_key(|&end| count(end)).unwrap_or_default();
        if each.iter().all(|&end| end == usual) {
            each.clear();
        }
        (Self { mark, usual, each }, text)
    }

    /// Follows a change of the text: the lines before and after the change keep their ends, new lines get the usual
    /// one.
    pub fn follow(&mut self, old: &str, new: &str) {
        if self.each.is_empty() {
            return;
        }
        let (old, new) = (old.as_bytes(), new.as_bytes());
        let (before, after) = common_ends(old, new);
        let breaks = |bytes: &[u8]| bytes.iter().filter(|&&b| b == b'\n').count();
        let first = breaks(&old[..before]);
        let removed = breaks(&old[before..old.len() - after]);
        let added = breaks(&new[before..new.len() - after]);
        let first = first.min(self.each.len());
        let last = (first + removed).min(self.each.len());
        self.each.splice(first..last, std::iter::repeat_n(self.usual, added));
    }

    /// The bytes of the file for a text with `\n` alone.
    pub fn join(&self, text: &str) -> String {
        let mut file = String::with_capacity(text.len() + 3);
        if self.mark {
            file.push('\u{FEFF}');
        }
        if self.each.is_empty() && self.usual == LineEnd::Lf {
            file.push_str(text);
            return file;
        }
        for (index, line) in text.split('\n').enumerate() {
            if index > 0 {
                file.push_str(self.each.get(index - 1).copied().unwrap_or(self.usual).as_str());
            }
            file.push_str(line);
        }
        file
    }

    /// The line ends as a short string to be stored with the text: `m` for a byte order mark, a letter for the usual
    /// end (`l`, `c`, `r` for `\n`, `\r\n`, `\r`), then one letter and a count for every run of a mixed file.
    /// `"cl1c2"`: usually `\r\n`; the first line ends with `\n`, the next two with `\r\n`.
    pub fn encode(&self) -> String {
        let mut code = String::from(if self.mark { "m" } else { "" });
        code.push(self.usual.letter());
        for run in self.each.chunk_by(|a, b| a == b) {
            code.push(run.first().copied().unwrap_or_default().letter());
            code.push_str(&run.len().to_string());
        }
        code
    }

    /// What `encode` wrote; nothing where the string is damaged. `breaks` is the number of `\n` in the text, and an
    /// upper limit for the runs, so that a damaged count cannot ask for much memory.
    pub fn decode(code: &str, breaks: usize) -> Option<Self> {
        let (mark, code) = match code.strip_prefix('m') {
            Some(rest) => (true, rest),
            None => (false, code),
        };
        let mut letters = code.chars();
        let usual = LineEnd::of_letter(letters.next()?)?;
        let mut each = Vec::new();
        let mut rest = letters.as_str();
        while let Some(letter) = rest.chars().next() {
            let end = LineEnd::of_letter(letter)?;
            let digits = rest.get(1..)?;
            let stop = digits.find(|c: char| !c.is_ascii_digit()).unwrap_or(digits.len());
            let count: usize = digits.get(..stop)?.parse().ok()?;
            if count > breaks.checked_sub(each.len())? {
                return None;
            }
            each.extend(std::iter::repeat_n(end, count));
            rest = digits.get(stop..)?;
        }
        Some(Self { mark, usual, each })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_comes_back_byte_for_byte() {
        for file in ["", "a", "a\nb\n", "\u{FEFF}a\r\nb\r\n", "a\r\nb\nc\rd  \n\r\n", "\r\r\n\n", "no end"] {
            let (ends, text) = LineEnds::split(file);
            assert!(!text.contains('\r'));
            assert_eq!(ends.join(&text), file);
        }
    }

    #[test]
    fn untouched_lines_keep_their_ends_and_new_ones_get_the_usual() {
        let (mut ends, old) = LineEnds::split("a\r\nb\nc\r\nd\r\n");
        let new = "a\nb\nX\nY\nc\nd\n";
        ends.follow(&old, new);
        assert_eq!(ends.join(new), "a\r\nb\nX\r\nY\r\nc\r\nd\r\n");
        let shorter = "a\nd\n";
        ends.follow(new, shorter);
        assert_eq!(ends.join(shorter), "a\r\nd\r\n");
    }

    #[test]
    fn line_ends_are_stored_in_a_short_string() {
        for (file, code) in
            [("", "l"), ("a\r\nb\r\n", "c"), ("\u{FEFF}a", "ml"), ("a\nb\r\nc\r\n", "cl1c2"), ("a\r", "r")]
        {
            assert_eq!(LineEnds::split(file).0.encode(), code);
        }
    }

    #[test]
    fn a_damaged_string_is_no_line_ends() {
        for code in ["", "m", "x", "lx1", "lc", "lc-1", "l1", "cé", "lc99999999999999999999999", "lc4", "lc2r2"] {
            assert_eq!(LineEnds::decode(code, 3), None, "{code}");
        }
        assert!(LineEnds::decode("lc2r1", 3).is_some());
    }

    proptest::proptest! {
        #[test]
        fn line_ends_come_back_from_their_string(file in "[ab\r\n\u{FEFF}]{0,40}") {
            let (ends, text) = LineEnds::split(&file);
            proptest::prop_assert_eq!(LineEnds::decode(&ends.encode(), text.matches('\n').count()), Some(ends));
        }

        #[test]
        fn any_file_and_any_following_text_keep_their_content(file in "[ab\r\n\u{FEFF}]{0,40}", next in "[ab\n]{0,40}") {
            let (mut ends, text) = LineEnds::split(&file);
            proptest::prop_assert_eq!(ends.join(&text), file);
            ends.follow(&text, &next);
            let joined = ends.join(&next);
            let (_, back) = LineEnds::split(&joined);
            // A line end `\r` directly before an empty line that ends with `\n` reads as one `\r\n`: this is the only
            // ambiguity.
            if !joined.contains('\r') || next.matches('\n').count() == back.matches('\n').count() {
                proptest::prop_assert_eq!(back, next);
            }
        }
    }
}
