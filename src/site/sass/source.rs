//! The text of a stylesheet made ready for grass. In: a text, and which file an import names. Out: the same text with the
//! same lines, in which imports name one file, loops are counted, and values that are written out stay as they are
//! written. Neighbours: `files.rs` hands texts to grass, `limits.rs` counts.
//!
//! libsass keeps a value as it is written if nothing in it is computed (`static_value` in its prelexer.cpp): `0.50px`
//! stays `0.50px`. grass writes numbers and colors anew, unless a value is interpolated.

use std::collections::BTreeSet;

use super::limits::STEP;

/// How deep braces, brackets and indentation may be nested.
const MAX_DEPTH: usize = 200;

/// How many operators one statement may have: grass calls itself for each.
const MAX_OPERATORS: usize = 500;

/// What stands behind the name of a file of plain CSS, which Sass would not import by its own name.
const CSS_MARK: &str = ".plain.scss";

/// What stands before the value of an attribute in double and in single quotes, until the CSS is written.
pub(super) const DOUBLE_MARK: &str = "!d!";
/// See `DOUBLE_MARK`.
pub(super) const SINGLE_MARK: &str = "!s!";

/// What stands before a value that is kept as it is written, until the CSS is written.
pub(super) const WRITTEN_MARK: &str = "!w!";

/// Which file an import names.
pub(super) enum ImportedFile {
    /// This one: a path of `Fs`.
    Found(String),
    /// No file.
    Missing,
    /// More than one.
    Ambiguous(Vec<String>),
}

/// The fractions that declarations have in them as they are written, each with its property before it. What is assigned
/// to a variable as a list counts for all properties.
pub(super) type Fractions = BTreeSet<(String, String)>;

/// Finds the file that an import names.
type Find<'f> = &'f dyn Fn(&str) -> ImportedFile;

/// What is wrong: a line, zero-based, and a reason.
type SourceError = (usize, String);

/// The name of a file without what `prepare` puts behind it.
pub(super) fn without_mark(path: &str) -> &str {
    path.strip_suffix(CSS_MARK).unwrap_or(path)
}

/// Rewrites a stylesheet with braces; `is_sass` is false for plain CSS, in which nothing may be interpolated.
pub(super) fn prepare(
    text: &str,
    is_sass: bool,
    find: Find<'_>,
    fractions: &mut Fractions,
) -> Result<String, SourceError> {
    let out = String::with_capacity(text.len() + text.len() / 4);
    let mut scan = Scan { text, is_sass, at: 0, depth: 0, operators: 0, out, copied: 0, fractions };
    let mut start = None;
    while let Some(byte) = scan.peek() {
        match byte {
            b'/' if scan.skip_comment() => continue,
            b'{' if start.is_some_and(|start| scan.is_custom_property(start)) => {
                scan.skip_nested(b'}')?;
                continue;
            }
            b'{' => {
                scan.nest()?;
                if let Some(start) = start.filter(|&start| text[start..].starts_with('@')) {
                    scan.check_operators(start)?;
                }
                scan.at += 1;
                if is_sass && start.is_some_and(|start| is_counted(&text[start..])) {
                    scan.insert(&["$", STEP, ":", STEP, "();"].concat());
                }
                start = None;
                continue;
            }
            b';' | b'}' => {
                if let Some(start) = start.take() {
                    scan.statement(start, find)?;
                }
                if byte == b'}' {
                    scan.depth = scan.depth.saturating_sub(1);
                }
                scan.at += 1;
                continue;
            }
            byte if byte.is_ascii_whitespace() => {
                scan.at += 1;
                continue;
            }
            _ => {}
        }
        if start.is_none() {
            start = Some(scan.at);
            scan.operators = 0;
        }
        scan.token()?;
    }
    if let Some(start) = start {
        scan.statement(start, find)?;
    }
    Ok(scan.finish())
}

/// Rewrites a stylesheet without braces. Some lines are added: their numbers, zero-based, in the text that comes out.
pub(super) fn prepare_indented(text: &str, find: Find<'_>) -> Result<(String, Vec<usize>), SourceError> {
    let mut out = String::with_capacity(text.len() + text.len() / 8);
    let mut added = Vec::new();
    let mut counted: Option<usize> = None;
    let mut levels: Vec<usize> = Vec::new();
    let mut written = 0;
    for (line, with_end) in text.split_inclusive('\n').enumerate() {
        let content = with_end.trim_end();
        let code = content.trim_start();
        let indentation = content.len() - code.len();
        if code.is_empty() {
            out.push_str(with_end);
            written += 1;
            continue;
        }
        while levels.last().is_some_and(|&level| level >= indentation) {
            levels.pop();
        }
        levels.push(indentation);
        let open = code.bytes().filter(|byte| matches!(byte, b'(' | b'[' | b'{')).count();
        let operators = (0..code.len()).filter(|&at| begins_operator(&code.as_bytes()[at..])).count();
        if levels.len() > MAX_DEPTH || open > MAX_DEPTH || operators > MAX_OPERATORS {
            return Err((line, "it is nested too deeply.".to_owned()));
        }
        if counted.take().is_some_and(|level| indentation > level) {
            out.push_str(&content[..indentation]);
            out.push_str(&["$", STEP, ": ", STEP, "()\n"].concat());
            added.push(written);
            written += 1;
        }
        let shorthand = code.strip_prefix('=').is_some();
        if is_counted(code) || shorthand {
            counted = Some(indentation);
        }
        match code.strip_prefix("@import") {
            Some(names) => {
                let names: Result<Vec<String>, SourceError> =
                    names.split(',').map(|name| indented_import(name.trim(), line, find)).collect();
                out.push_str(&content[..indentation]);
                out.push_str("@import ");
                out.push_str(&names?.join(", "));
                out.push_str(&with_end[content.len()..]);
            }
            None => out.push_str(with_end),
        }
        written += 1;
    }
    Ok((out, added))
}

/// One name of an import without braces, which needs no quotes.
fn indented_import(written: &str, line: usize, find: Find<'_>) -> Result<String, SourceError> {
    let quoted = ['"', '\''].iter().find_map(|&quote| written.strip_prefix(quote)?.strip_suffix(quote));
    let name = quoted.unwrap_or(written);
    Ok(imported(name, line, find)?.unwrap_or_else(|| written.to_owned()))
}

/// What to write for the name of an import: a text in quotes; `None` to leave it as it is.
fn imported(name: &str, line: usize, find: Find<'_>) -> Result<Option<String>, SourceError> {
    let is_address = ["http://", "https://", "//"].iter().any(|start| name.starts_with(start));
    if is_address || name.is_empty() || name.contains(['#', '"', '\\', '(', ' ']) {
        return Ok(None);
    }
    if name.ends_with(".css") {
        return Ok(Some(["url(", name, ")"].concat()));
    }
    match find(name) {
        ImportedFile::Found(path) if path.contains(['#', '"', '\\']) => Ok(None),
        ImportedFile::Found(path) if path.ends_with(".css") => Ok(Some(["\"", &path, CSS_MARK, "\""].concat())),
        // Without an extension of Sass, as libsass reads any file that is named in full.
        ImportedFile::Found(path) if path.ends_with(".scss") || path.ends_with(".sass") => {
            Ok(Some(["\"", &path, "\""].concat()))
        }
        ImportedFile::Found(path) => Ok(Some(["\"", &path, CSS_MARK, "\""].concat())),
        ImportedFile::Missing => Ok(None),
        ImportedFile::Ambiguous(paths) => {
            let names: Vec<&str> = paths.iter().map(|path| path.rsplit('/').next().unwrap_or(path)).collect();
            Err((line, ["`@import \"", name, "\"` may mean any of ", &names.join(", "), "."].concat()))
        }
    }
}

/// Whether a statement begins what may run more than once.
fn is_counted(statement: &str) -> bool {
    ["@while", "@for", "@each", "@function", "@mixin"].iter().any(|name| {
        statement.strip_prefix(name).is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric() || c == '-'))
    })
}

/// A stylesheet with braces that is read once, from left to right.
struct Scan<'t> {
    text: &'t str,
    is_sass: bool,
    /// In bytes.
    at: usize,
    /// How many braces are open.
    depth: usize,
    /// How many operators the statement has that is being read.
    operators: usize,
    out: String,
    /// How much of the text is in `out`, in bytes.
    copied: usize,
    fractions: &'t mut Fractions,
}

impl<'t> Scan<'t> {
    fn rest(&self) -> &'t [u8] {
        self.text.as_bytes().get(self.at..).unwrap_or(&[])
    }

    fn peek(&self) -> Option<u8> {
        self.rest().first().copied()
    }

    fn line(&self, at: usize) -> usize {
        self.text.as_bytes().iter().take(at).filter(|&&byte| byte == b'\n').count()
    }

    fn nest(&mut self) -> Result<(), SourceError> {
        self.depth += 1;
        if self.depth > MAX_DEPTH { Err((self.line(self.at), "it is nested too deeply.".to_owned())) } else { Ok(()) }
    }

    /// Puts a text in at the place that is being read.
    fn insert(&mut self, text: &str) {
        self.replace(self.at, self.at, text);
    }

    /// Puts `text` in the place of a part that lies behind everything that was replaced before.
    fn replace(&mut self, from: usize, to: usize, text: &str) {
        self.out.push_str(self.text.get(self.copied..from).unwrap_or(""));
        self.out.push_str(text);
        self.copied = to;
    }

    fn finish(mut self) -> String {
        self.out.push_str(self.text.get(self.copied..).unwrap_or(""));
        self.out
    }

    /// Goes behind the next `end`, or to the end of the text.
    fn skip_past(&mut self, end: &str) {
        self.at = self
            .text
            .get(self.at..)
            .and_then(|rest| rest.find(end))
            .map_or(self.text.len(), |n| self.at + n + end.len());
    }

    fn skip_comment(&mut self) -> bool {
        match self.rest().get(1) {
            Some(b'*') => {
                self.at += 2;
                self.skip_past("*/");
                true
            }
            Some(b'/') => {
                self.skip_past("\n");
                true
            }
            _ => false,
        }
    }

    /// Goes behind one thing: a string, an interpolation, brackets, or a character.
    fn token(&mut self) -> Result<(), SourceError> {
        match self.peek() {
            Some(quote @ (b'"' | b'\'')) => self.skip_string(quote),
            Some(b'#') if self.rest().get(1) == Some(&b'{') => {
                self.at += 1;
                self.skip_nested(b'}')
            }
            Some(b'(') if self.skip_url() => Ok(()),
            Some(b'(') => self.skip_nested(b')'),
            Some(b'[') => self.skip_nested(b']'),
            Some(b'\\') => {
                self.at += 1;
                self.skip_character();
                Ok(())
            }
            _ => {
                self.operators += usize::from(begins_operator(self.rest()));
                self.skip_character();
                Ok(())
            }
        }
    }

    fn skip_character(&mut self) {
        let next = self.text.get(self.at..).and_then(|rest| rest.chars().next());
        self.at += next.map_or(1, char::len_utf8);
    }

    fn skip_string(&mut self, quote: u8) -> Result<(), SourceError> {
        self.at += 1;
        while let Some(byte) = self.peek() {
            match byte {
                byte if byte == quote => {
                    self.at += 1;
                    return Ok(());
                }
                // Not closed: grass says so.
                b'\n' => return Ok(()),
                b'\\' => {
                    self.at += 1;
                    self.skip_character();
                }
                b'#' if self.rest().get(1) == Some(&b'{') => {
                    self.at += 1;
                    self.skip_nested(b'}')?;
                }
                _ => self.skip_character(),
            }
        }
        Ok(())
    }

    /// Goes from an opening bracket behind the one that closes it.
    fn skip_nested(&mut self, end: u8) -> Result<(), SourceError> {
        self.nest()?;
        let start = self.at;
        self.at += 1;
        while let Some(byte) = self.peek() {
            match byte {
                byte if byte == end => {
                    if end == b')' {
                        self.drop_percent(start);
                    }
                    self.at += 1;
                    break;
                }
                b'/' if self.skip_comment() => {}
                b'{' => self.skip_nested(b'}')?,
                b'=' if end == b']' => {
                    self.at += 1;
                    self.mark_attribute();
                }
                // Something is missing; the rest of the text is not read as if it were there.
                b'}' | b';' if end != b'}' => break,
                _ => self.token()?,
            }
        }
        self.depth -= 1;
        Ok(())
    }

    /// Marks the value of an attribute in a selector, which is about to be read, as one with quotes: grass leaves them
    /// out where it can, and libsass never does.
    fn mark_attribute(&mut self) {
        let mark = match self.peek() {
            Some(b'"') => DOUBLE_MARK,
            Some(b'\'') => SINGLE_MARK,
            _ => return,
        };
        self.replace(self.at + 1, self.at + 1, mark);
    }

    /// libsass takes `50%` as the last argument of `rgba` for 50, which is more than 1 and so leaves nothing transparent.
    fn drop_percent(&mut self, start: usize) {
        let before = self.text.get(..start).unwrap_or("");
        let arguments = self.text.get(start..self.at).unwrap_or("");
        let Some((_, last)) = arguments.rsplit_once(',') else { return };
        let number = last.trim().strip_suffix('%').unwrap_or("");
        let is_number = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
        let is_call = before.ends_with("rgba") || before.ends_with("hsla");
        if self.is_sass && is_call && is_number && arguments.matches(',').count() == 3 {
            let at = start + arguments.len() - last.len() + last.trim_end().len();
            self.replace(at - 1, at, "");
        }
    }

    /// Goes behind an address without quotes, in which `//` begins no comment.
    fn skip_url(&mut self) -> bool {
        let name = self.text.as_bytes().get(self.at.saturating_sub(3)..self.at).unwrap_or(&[]);
        let first = self.rest().iter().skip(1).find(|byte| !byte.is_ascii_whitespace());
        if !name.eq_ignore_ascii_case(b"url") || matches!(first, Some(b'"' | b'\'' | b'$')) {
            return false;
        }
        let end = self.rest().iter().position(|&byte| byte == b')');
        let address = end.and_then(|end| self.rest().get(..end)).unwrap_or(&[]);
        if address.is_empty() || address.windows(2).any(|pair| pair == b"#{") {
            return false;
        }
        self.at += address.len() + 1;
        true
    }

    /// Whether what begins there is a property whose value Sass does not read.
    fn is_custom_property(&self, start: usize) -> bool {
        let statement = self.text.get(start..self.at).unwrap_or("");
        statement.starts_with("--") && statement.contains(':')
    }

    /// What is to be done with a statement without a block, which ends at the place that is being read.
    fn statement(&mut self, start: usize, find: Find<'_>) -> Result<(), SourceError> {
        let statement = self.text.get(start..self.at).unwrap_or("");
        if !self.is_sass {
            return Ok(());
        }
        self.check_operators(start)?;
        if let Some(names) = statement.strip_prefix("@import") {
            return self.import(start + statement.len() - names.len(), find);
        }
        if let Some((_, value)) = statement.split_once(':').filter(|_| statement.starts_with('$')) {
            let value = value.split('!').next().unwrap_or(value);
            // In a map or a sum it is computed.
            if value.trim().contains(' ') && !value.contains(['(', '*', '+', '$']) {
                add_fractions("", value, self.fractions);
            }
            return Ok(());
        }
        if statement.starts_with('@') || statement.starts_with("--") {
            return Ok(());
        }
        let Some((property, value)) = statement.split_once(':') else { return Ok(()) };
        if property.contains(['"', '\'', '(', '{', '&', ',', '>']) {
            return Ok(());
        }
        let written = value.trim();
        let is_filter = written.starts_with("progid:") && !written.contains('$') && !written.contains("#{");
        if is_filter || is_static(written) {
            let from = self.at - value.trim_start().len();
            let lines = "\n".repeat(written.matches('\n').count());
            let on_one_line: Vec<&str> = written.split('\n').map(str::trim).collect();
            let escaped = on_one_line.join(" ").replace('\\', "\\\\").replace('"', "\\\"");
            self.replace(from, from + written.len(), &["#{\"", WRITTEN_MARK, &escaped, "\"}", &lines].concat());
        } else {
            add_fractions(property.trim(), written, self.fractions);
        }
        Ok(())
    }

    fn check_operators(&self, start: usize) -> Result<(), SourceError> {
        if self.operators <= MAX_OPERATORS {
            return Ok(());
        }
        Err((self.line(start), "one statement has too many operators.".to_owned()))
    }

    /// Rewrites the names of an import that begin at `from`.
    fn import(&mut self, from: usize, find: Find<'_>) -> Result<(), SourceError> {
        let end = self.at;
        let mut at = from;
        loop {
            let rest = self.text.get(at..end).unwrap_or("");
            at = end - rest.trim_start().len();
            let rest = self.text.get(at..end).unwrap_or("");
            let Some(quote) = rest.chars().next().filter(|c| matches!(c, '"' | '\'')) else { return Ok(()) };
            let Some(length) = rest.get(1..).and_then(|rest| rest.find(quote)) else { return Ok(()) };
            let name = rest.get(1..=length).unwrap_or("");
            let after = rest.get(length + 2..).unwrap_or("").trim_start();
            // What is written behind a name makes it an import of CSS.
            if (after.is_empty() || after.starts_with(','))
                && let Some(path) = imported(name, self.line(at), find)?
            {
                self.replace(at, at + length + 2, &path);
            }
            let Some(comma) = after.find(',') else { return Ok(()) };
            at = end - after.len() + comma + 1;
        }
    }
}

/// Adds the fractions in a value, with their units and without the zero before the period.
fn add_fractions(property: &str, value: &str, fractions: &mut Fractions) {
    for (at, _) in value.match_indices('.') {
        let before = value.get(..at).unwrap_or("").trim_end_matches('0');
        let number = value.get(at..).unwrap_or("");
        let length = 1 + number.bytes().skip(1).take_while(u8::is_ascii_digit).count();
        let digits = number.get(..length).unwrap_or("").trim_end_matches('0');
        if digits.len() > 1 && !before.ends_with(|c: char| c.is_alphanumeric()) {
            let unit: String = number.chars().skip(length).take_while(char::is_ascii_alphabetic).collect();
            fractions.insert((property.to_owned(), [digits, &unit].concat()));
        }
    }
}

/// Whether nothing in a value is computed: words, numbers, colors and texts in quotes, with spaces, commas and slashes.
fn is_static(value: &str) -> bool {
    let mut rest = value;
    loop {
        let Some(after) = static_component(rest) else { return false };
        let trimmed = after.trim_start();
        if trimmed.is_empty() {
            return true;
        }
        rest = match trimmed.strip_prefix([',', '/']) {
            Some(next) => next.trim_start(),
            None if trimmed.len() < after.len() => trimmed,
            None => return false,
        };
    }
}

/// What follows one word, number, color or text in quotes; `None` where there is none.
fn static_component(text: &str) -> Option<&str> {
    let first = text.chars().next()?;
    if let Some(rest) = text.strip_prefix("!important") {
        return Some(rest);
    }
    if first == '"' || first == '\'' {
        let mut escaped = false;
        for (at, c) in text.char_indices().skip(1) {
            match c {
                _ if escaped => escaped = false,
                '\\' => escaped = true,
                '\n' => return None,
                '#' if text[at..].starts_with("#{") => return None,
                c if c == first => return text.get(at + 1..),
                _ => {}
            }
        }
        return None;
    }
    if let Some(rest) = text.strip_prefix('#') {
        let length = rest.bytes().take_while(u8::is_ascii_hexdigit).count();
        return rest.get(length..).filter(|_| matches!(length, 3 | 4 | 6 | 8)).filter(|rest| ends(rest));
    }
    let number = text.strip_prefix(['+', '-']).unwrap_or(text);
    if number.starts_with(|c: char| c.is_ascii_digit() || c == '.') {
        let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
        let mut length = digits(number);
        if number[length..].starts_with('.') {
            let fraction = digits(&number[length + 1..]);
            length += if fraction > 0 { 1 + fraction } else { return None };
        }
        let unit = number[length..].bytes().take_while(|&byte| byte.is_ascii_alphabetic() || byte == b'%').count();
        return number.get(length + unit..).filter(|rest| ends(rest));
    }
    let length: usize = {
        let mut characters = text.chars().peekable();
        let mut length = 0;
        while let Some(c) =
            characters.next_if(|&c| c.is_alphanumeric() || matches!(c, '_' | '-' | '\\') || !c.is_ascii())
        {
            length += c.len_utf8();
            if c == '\\' {
                length += characters.next().map_or(0, char::len_utf8);
            }
        }
        length
    };
    let starts_as_word = text
        .trim_start_matches('-')
        .starts_with(|c: char| c.is_alphabetic() || matches!(c, '_' | '\\') || !c.is_ascii());
    text.get(length..).filter(|rest| starts_as_word && ends(rest))
}

/// Whether an operator of an expression may begin there; a hyphen or a word within a name counts, too.
fn begins_operator(text: &[u8]) -> bool {
    match text.first() {
        Some(b'+' | b'*' | b'/' | b'%' | b'<' | b'>' | b'=') => true,
        Some(b'-') => text.get(1).is_some_and(|next| !next.is_ascii_alphabetic()),
        Some(b'a' | b'o' | b'n') => [&b"and "[..], b"or ", b"not "].iter().any(|word| text.starts_with(word)),
        _ => false,
    }
}

/// Whether a word or a number is over.
fn ends(rest: &str) -> bool {
    rest.is_empty() || rest.starts_with(|c: char| c.is_whitespace() || matches!(c, ',' | '/'))
}
