//! The tokenizer: text into tags, comments and character data (HTML Standard, 13.2.5). In: a run of HTML. Out:
//! `Markup`, slices of the run. Neighbours: `tree.rs` builds elements from it, `block/segment.rs` counts open ones.

/// A piece of a run of HTML. Offsets are bytes of the run.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Markup<'t> {
    /// A start tag.
    Start {
        /// The name as written.
        name: &'t str,
        /// What follows the name, up to but without the closing `>`.
        attributes: &'t str,
        /// Whether it ends with `/>`, which only counts in SVG and MathML.
        self_closing: bool,
        /// The bytes of the tag.
        range: (usize, usize),
    },
    /// An end tag: its name as written.
    End(&'t str),
    /// Character data, references not decoded.
    Text(&'t str),
    /// Text that looks like a tag but is none. It is not decoded.
    Literal(&'t str),
    /// A comment's content.
    Comment(&'t str),
}

/// Reads a run of HTML from its start to its end, each byte a bounded number of times.
pub(crate) struct Tokenizer<'t> {
    html: &'t str,
    at: usize,
}

impl<'t> Tokenizer<'t> {
    pub(crate) fn new(html: &'t str) -> Self {
        Self { html, at: 0 }
    }

    /// How much has been read, in bytes of the run.
    pub(crate) fn position(&self) -> usize {
        self.at
    }

    fn rest(&self) -> &'t str {
        self.html.get(self.at..).unwrap_or("")
    }

    fn take(&mut self, length: usize) -> &'t str {
        let taken = self.rest().get(..length).unwrap_or(self.rest());
        self.at += taken.len();
        taken
    }

    /// The text up to the end tag of the raw-text element `name` that was just opened, the tag itself not taken.
    pub(crate) fn raw_text(&mut self, name: &str) -> &'t str {
        let end = raw_text_end(self.rest(), name);
        self.take(end)
    }

    /// Skips a line end at the position: a line end after `<pre>` does not count.
    pub(crate) fn skip_line_end(&mut self) {
        let rest = self.rest();
        self.at += if rest.starts_with("\r\n") { 2 } else { usize::from(rest.starts_with(['\n', '\r'])) };
    }

    /// Reads a comment after `<!` or `<?`, in one of the forms of the standard.
    fn comment(&mut self) -> Option<Markup<'t>> {
        let rest = self.rest();
        if let Some(content) = rest.strip_prefix("<!--") {
            if content.starts_with('>') || content.starts_with("->") {
                self.take(if content.starts_with('>') { 5 } else { 6 });
                return Some(Markup::Comment(""));
            }
            let usual = content.find("-->").map(|end| (end, 3));
            let odd =
                content.get(..usual.map_or(content.len(), |u| u.0)).and_then(|c| c.find("--!>")).map(|end| (end, 4));
            let (end, mark) = odd.or(usual).unwrap_or((content.len(), 0));
            self.take(4 + end + mark);
            return Some(Markup::Comment(content.get(..end).unwrap_or("")));
        }
        // Anything else from `<!` or `<?` to `>` is a comment (the standard's bogus comment). A doctype gives nothing.
        let skipped = 1 + usize::from(rest.starts_with("<!"));
        let end = rest.find('>').unwrap_or(rest.len());
        self.take(end + 1);
        let content = rest.get(skipped..end).unwrap_or("");
        let doctype = skipped == 2 && content.get(..7).is_some_and(|start| start.eq_ignore_ascii_case("doctype"));
        (!doctype).then_some(Markup::Comment(content))
    }

    fn tag(&mut self) -> Markup<'t> {
        let start = self.at;
        let rest = self.rest();
        let closing = rest.starts_with("</");
        let name_start = 1 + usize::from(closing);
        let name_length =
            rest.bytes().skip(name_start).take_while(|b| !is_space(*b) && !matches!(b, b'/' | b'>')).count();
        let mut attributes = AttributeReader::new(rest.get(name_start + name_length..).unwrap_or(""));
        while attributes.next().is_some() {}
        let Some(end) = attributes.closed else {
            // The tag has no end. A browser drops it and everything after it. We show it, so that the writer sees the
            // error.
            return Markup::Literal(self.take(rest.len()));
        };
        let name = rest.get(name_start..name_start + name_length).unwrap_or("");
        self.take(name_start + name_length + end + 1);
        if closing {
            return Markup::End(name);
        }
        let attributes_text = rest.get(name_start + name_length..name_start + name_length + end).unwrap_or("");
        Markup::Start {
            name,
            attributes: attributes_text,
            self_closing: attributes.self_closing,
            range: (start, self.at),
        }
    }
}

impl<'t> Iterator for Tokenizer<'t> {
    type Item = Markup<'t>;

    fn next(&mut self) -> Option<Markup<'t>> {
        loop {
            let bytes = self.rest().as_bytes();
            match bytes {
                [] => return None,
                [b'<', b'!' | b'?', ..] => {
                    if let Some(comment) = self.comment() {
                        return Some(comment);
                    }
                }
                [b'<', b'/', b'>', ..] => {
                    self.take(3);
                }
                [b'<', b'/', letter, ..] if !letter.is_ascii_alphabetic() => {
                    let rest = self.rest();
                    let end = rest.find('>').unwrap_or(rest.len());
                    self.take(end + 1);
                    return Some(Markup::Comment(rest.get(2..end).unwrap_or("")));
                }
                [b'<', b'/', _, ..] => return Some(self.tag()),
                [b'<', letter, ..] if letter.is_ascii_alphabetic() => return Some(self.tag()),
                _ => {
                    let length = bytes.iter().skip(1).position(|&b| b == b'<').map_or(bytes.len(), |at| at + 1);
                    return Some(Markup::Text(self.take(length)));
                }
            }
        }
    }
}

/// The end of the text of the raw-text element `name` in `text`: its end tag, or the end of `text`.
fn raw_text_end(text: &str, name: &str) -> usize {
    let bytes = text.as_bytes();
    let mut from = 0;
    while let Some(at) = bytes.get(from..).and_then(|rest| rest.iter().position(|&b| b == b'<')) {
        let at = from + at;
        let after = at + 2 + name.len();
        let is_end = bytes.get(at + 1) == Some(&b'/')
            && bytes.get(at + 2..after).is_some_and(|found| found.eq_ignore_ascii_case(name.as_bytes()))
            && bytes.get(after).is_none_or(|&b| is_space(b) || matches!(b, b'/' | b'>'));
        if is_end {
            return at;
        }
        from = at + 1;
    }
    text.len()
}

/// The attributes of a tag, as written: name and value, the value without its quotes, references not decoded.
pub(crate) struct AttributeReader<'t> {
    text: &'t str,
    at: usize,
    /// The position of the `>` of the tag, when it is reached.
    closed: Option<usize>,
    self_closing: bool,
}

impl<'t> AttributeReader<'t> {
    /// `text` begins after the tag's name.
    pub(crate) fn new(text: &'t str) -> Self {
        Self { text, at: 0, closed: None, self_closing: false }
    }

    fn byte(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn skip_space(&mut self) {
        while self.byte().is_some_and(is_space) {
            self.at += 1;
        }
    }

    /// Moves while `inside` is true. Returns the text between.
    fn take_while(&mut self, inside: impl Fn(u8) -> bool) -> &'t str {
        let from = self.at;
        while self.byte().is_some_and(&inside) {
            self.at += 1;
        }
        self.text.get(from..self.at).unwrap_or("")
    }

    fn value(&mut self) -> &'t str {
        match self.byte() {
            Some(quote @ (b'"' | b'\'')) => {
                self.at += 1;
                let value = self.take_while(|b| b != quote);
                self.at += 1;
                value
            }
            _ => self.take_while(|b| !is_space(b) && b != b'>'),
        }
    }
}

impl<'t> Iterator for AttributeReader<'t> {
    type Item = (&'t str, &'t str);

    fn next(&mut self) -> Option<(&'t str, &'t str)> {
        loop {
            self.skip_space();
            match self.byte()? {
                b'>' => {
                    self.closed = Some(self.at);
                    return None;
                }
                b'/' => {
                    self.at += 1;
                    self.self_closing = self.byte() == Some(b'>');
                }
                _ => break,
            }
        }
        let from = self.at;
        // A name may start with `=`, but not with another character that ends a name.
        self.at += 1;
        self.take_while(|b| !is_space(b) && !matches!(b, b'/' | b'>' | b'='));
        let name = self.text.get(from..self.at).unwrap_or("");
        self.skip_space();
        if self.byte() != Some(b'=') {
            return Some((name, ""));
        }
        self.at += 1;
        self.skip_space();
        Some((name, self.value()))
    }
}

pub(crate) fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | b'\x0C')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn attributes(text: &str) -> Vec<(&str, &str)> {
        AttributeReader::new(text).collect()
    }

    #[test]
    fn tags_text_and_comments_are_told_apart() {
        let html = "a<B c='1' d>x</b ><!-- y --><!doctype html><?pi?></ z><![CDATA[q]]>< 2<br/>";
        let all: Vec<_> = Tokenizer::new(html).collect();
        assert_eq!(
            all,
            [
                Markup::Text("a"),
                Markup::Start { name: "B", attributes: " c='1' d", self_closing: false, range: (1, 12) },
                Markup::Text("x"),
                Markup::End("b"),
                Markup::Comment(" y "),
                Markup::Comment("?pi?"),
                Markup::Comment(" z"),
                Markup::Comment("[CDATA[q]]"),
                Markup::Text("< 2"),
                Markup::Start { name: "br", attributes: "/", self_closing: true, range: (70, 75) },
            ]
        );
    }

    #[test]
    fn attributes_follow_the_standard() {
        assert_eq!(attributes(" a b=1 c='2 3' d=\"4>\" >"), [("a", ""), ("b", "1"), ("c", "2 3"), ("d", "4>")]);
        assert_eq!(attributes("/a=b/c=d/ >"), [("a", "b/c=d/")]);
        assert_eq!(attributes(" =x=y \"z\"=1>"), [("=x", "y"), ("\"z\"", "1")]);
        assert_eq!(attributes(" é=ü\u{a0}>"), [("é", "ü\u{a0}")]);
    }

    #[test]
    fn a_tag_that_never_ends_is_text_and_read_once() {
        let all: Vec<_> = Tokenizer::new("x <a href=\"<b> <i>").collect();
        assert_eq!(all, [Markup::Text("x "), Markup::Literal("<a href=\"<b> <i>")]);
    }

    #[test]
    fn comments_end_where_browsers_end_them() {
        for (html, comment, rest) in [
            ("<!-->x", "", "x"),
            ("<!--->x", "", "x"),
            ("<!--a--!>x", "a", "x"),
            ("<!--a--x-->y", "a--x", "y"),
            ("<!--a", "a", ""),
        ] {
            let mut tokenizer = Tokenizer::new(html);
            assert_eq!(tokenizer.next(), Some(Markup::Comment(comment)), "{html}");
            assert_eq!(tokenizer.rest(), rest, "{html}");
        }
    }

    #[test]
    fn raw_text_ends_at_its_own_end_tag() {
        assert_eq!(raw_text_end("a</scriptx></SCRIPT >b", "script"), 11);
        assert_eq!(raw_text_end("a</div>", "script"), 7);
    }
}
