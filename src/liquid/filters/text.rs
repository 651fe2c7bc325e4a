//! Filters of texts. In: a call. Out: a value. Neighbours: `mod.rs` dispatches.

use super::super::tokens::{is_space, is_stripped};
use super::super::value::Value;
use super::address::{form_decode, form_encode};
use super::{Call, Fails};
use crate::post::publishing::SiteSettings;
use crate::post::slug::{Mode, SlugCase, slugify};
use crate::text::{downcase, is_cjk, is_hangul};

impl Call<'_, '_> {
    /// The result of a filter of texts; `None` for another filter.
    pub(super) fn text_filter(&mut self, name: &str) -> Option<Result<Value, Fails>> {
        let nil = self.input.is_nil();
        let value: Value = match name {
            "markdownify" => match self.context.markdown {
                Some(convert) => convert(&self.text(), self.context.settings, &self.context.highlighting).into(),
                None => Value::Unknown,
            },
            "smartify" => match self.context.markdown {
                Some(convert) => {
                    let html = convert(&self.text(), &smarty_pants(self.context.settings), &self.context.highlighting);
                    html.strip_suffix('\n').unwrap_or(&html).into()
                }
                None => Value::Unknown,
            },
            "downcase" => downcase(&self.text()).into(),
            "upcase" => self.text().to_uppercase().into(),
            "capitalize" => capitalize(&self.text()).into(),
            "escape" | "h" | "url_encode" | "url_decode" | "truncate" | "truncatewords" | "slugify" if nil => {
                Value::Nil
            }
            "escape" | "h" => escape(&self.text(), "&#39;").into(),
            "xml_escape" => escape(&self.text(), "&apos;").into(),
            "inspect" => {
                let mut out = String::new();
                self.input.inspect(&mut out, self.budget);
                escape(&out, "&apos;").into()
            }
            "escape_once" => escape_once(&self.text()).into(),
            "url_encode" | "cgi_escape" => form_encode(&self.text()).into(),
            "url_decode" => match form_decode(&self.text()) {
                Some(text) => text.into(),
                None => return Some(Err("The text is no UTF-8 after `url_decode`.".into())),
            },
            "slice" => return Some(self.slice()),
            "truncate" => return Some(self.truncate()),
            "truncatewords" => return Some(self.truncate_words()),
            "split" => self.split(),
            "strip" => self.text().trim_matches(is_stripped).into(),
            "lstrip" => self.text().trim_start_matches(is_stripped).into(),
            "rstrip" => self.text().trim_end_matches(is_stripped).into(),
            "strip_html" => strip_html(&self.text()).into(),
            "strip_newlines" => self.text().replace("\r\n", "").replace('\n', "").into(),
            "newline_to_br" => self.text().replace("\r\n", "\n").replace('\n', "<br />\n").into(),
            "replace" | "remove" => {
                let (text, part, with) = (self.text(), self.argument_text(0), self.argument_text(1));
                let count = text.matches(part.as_str()).count();
                let with = replacement(&with, &part);
                if !self.budget.bytes(count.saturating_mul(with.len())) {
                    return Some(Ok(Value::Nil));
                }
                text.replace(part.as_str(), &with).into()
            }
            "replace_first" | "remove_first" => {
                let (text, part, with) = (self.text(), self.argument_text(0), self.argument_text(1));
                text.replacen(part.as_str(), &replacement(&with, &part), 1).into()
            }
            "append" => (self.text() + &self.argument_text(0)).into(),
            "prepend" => (self.argument_text(0) + &self.text()).into(),
            "normalize_whitespace" => {
                let text = self.text();
                let words: Vec<&str> = text.split(is_space).filter(|word| !word.is_empty()).collect();
                words.join(" ").trim_matches(is_stripped).into()
            }
            "number_of_words" => {
                let Value::Str(text) = &self.input else {
                    return Some(Err("`number_of_words` counts the words of a text, and this is none.".into()));
                };
                count_words(text, &self.argument(0)).into()
            }
            "slugify" => {
                let mode = match self.argument(0) {
                    Value::Nil => Mode::Default,
                    mode => Mode::named(&mode.text(self.budget)),
                };
                slugify(&self.text(), mode, SlugCase::Lower).into()
            }
            "jsonify" => {
                let mut out = String::new();
                self.input.json(&mut out, self.budget);
                out.into()
            }
            "default" => {
                let kept = self.named.iter().any(|(name, value)| *name == "allow_false" && value.is_true());
                let missing = if kept { nil } else { !self.input.is_true() };
                if missing || self.input.is_empty() == Some(true) {
                    if self.arguments.is_empty() { "".into() } else { self.argument(0) }
                } else {
                    self.input.clone()
                }
            }
            _ => return None,
        };
        Some(Ok(value))
    }

    fn slice(&mut self) -> Result<Value, Fails> {
        let offset = self.argument_int(0, 0)?;
        let length = match self.argument(1) {
            Value::Nil => 1,
            _ => self.argument_int(1, 1)?,
        };
        let range = |size: usize| {
            let size = i64::try_from(size).unwrap_or(i64::MAX);
            let start = if offset < 0 { offset + size } else { offset };
            if start < 0 || start > size || length < 0 {
                return (0, 0);
            }
            (usize::try_from(start).unwrap_or(0), usize::try_from(length.min(size)).unwrap_or(0))
        };
        if let Value::List(list) = &self.input {
            let (start, length) = range(list.items.len());
            return Ok(Value::list(list.items.iter().skip(start).take(length).cloned().collect()));
        }
        let text = self.text();
        let (start, length) = range(text.chars().count());
        Ok(text.chars().skip(start).take(length).collect::<String>().into())
    }

    fn truncate(&mut self) -> Result<Value, Fails> {
        let text = self.text();
        let length = self.argument_int(0, 50)?;
        let end = if self.arguments.len() > 1 { self.argument_text(1) } else { "...".to_owned() };
        let count = |text: &str| i64::try_from(text.chars().count()).unwrap_or(i64::MAX);
        if count(&text) <= length {
            return Ok(text.into());
        }
        let kept = usize::try_from(length.saturating_sub(count(&end))).unwrap_or(0);
        Ok(text.chars().take(kept).chain(end.chars()).collect::<String>().into())
    }

    fn truncate_words(&mut self) -> Result<Value, Fails> {
        let text = self.text();
        let count = usize::try_from(self.argument_int(0, 15)?).unwrap_or(0).max(1);
        let end = if self.arguments.len() > 1 { self.argument_text(1) } else { "...".to_owned() };
        let mut words = text.split(is_space).filter(|word| !word.is_empty());
        let kept: Vec<&str> = words.by_ref().take(count).collect();
        if words.next().is_none() {
            return Ok(text.into());
        }
        Ok((kept.join(" ") + &end).into())
    }

    /// Ruby's `split`: a space splits on white space, nothing into characters; empty parts at the end go.
    fn split(&mut self) -> Value {
        let (text, pattern) = (self.text(), self.argument_text(0));
        let mut parts: Vec<Value> = match pattern.as_str() {
            " " => text.split(is_space).filter(|part| !part.is_empty()).map(Value::from).collect(),
            "" => text.chars().map(|c| Value::from(c.encode_utf8(&mut [0; 4]) as &str)).collect(),
            pattern => text.split(pattern).map(Value::from).collect(),
        };
        while parts.last().is_some_and(|part| part.is_empty() == Some(true)) {
            parts.pop();
        }
        if !self.budget.steps(parts.len()) {
            return Value::Nil;
        }
        Value::list(parts)
    }
}

/// The settings of a site with the input of Jekyll's `converters/smartypants.rb`.
fn smarty_pants(settings: &SiteSettings) -> SiteSettings {
    let mut settings = settings.clone();
    settings.markdown.reads_html = false;
    let kramdown = &mut settings.markdown.kramdown;
    (kramdown.smarty_pants, kramdown.gfm, kramdown.hard_wrap, kramdown.no_auto_typographic) =
        (true, false, false, false);
    settings
}

/// Jekyll's `number_of_words`: in the modes `cjk` and `auto`, each character of Chinese, Japanese and Korean counts.
fn count_words(text: &str, mode: &Value) -> usize {
    let words = |text: &str| text.split(is_space).filter(|word| !word.is_empty()).count();
    let is_character = |c: char| is_cjk(c) || is_hangul(c);
    let characters = match mode {
        Value::Str(mode) if matches!(&**mode, "cjk" | "auto") => text.chars().filter(|&c| is_character(c)).count(),
        _ => 0,
    };
    match characters {
        0 => words(text),
        _ => characters + text.split(is_character).map(words).sum::<usize>(),
    }
}

fn capitalize(text: &str) -> String {
    let mut chars = text.chars();
    let first: String = chars.next().into_iter().flat_map(char::to_uppercase).collect();
    first + &downcase(chars.as_str())
}

/// `&`, `<`, `>`, `"` and `'`, of which the last has two entities.
fn escape(text: &str, apostrophe: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match entity(c) {
            Some(_) if c == '\'' => out.push_str(apostrophe),
            Some(entity) => out.push_str(entity),
            None => out.push(c),
        }
    }
    out
}

fn entity(c: char) -> Option<&'static str> {
    Some(match c {
        '&' => "&amp;",
        '<' => "&lt;",
        '>' => "&gt;",
        '"' => "&quot;",
        '\'' => "&#39;",
        _ => return None,
    })
}

/// The same, but for ampersands that begin an entity.
fn escape_once(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for (at, c) in text.char_indices() {
        let after = text.get(at + 1..).filter(|_| c == '&').unwrap_or("");
        let (digits, good): (&str, fn(&u8) -> bool) = match after.strip_prefix('#') {
            Some(digits) => (digits, u8::is_ascii_digit),
            None => (after, u8::is_ascii_alphabetic),
        };
        // Only a short name can be an entity, so that a long run of letters is not read again and again.
        let len = digits.bytes().take(64).take_while(good).count();
        let begins = len > 0 && digits.as_bytes().get(len) == Some(&b';');
        match entity(c).filter(|_| !begins) {
            Some(entity) => out.push_str(entity),
            None => out.push(c),
        }
    }
    out
}

/// What Ruby's `gsub` makes of its replacement: `\0` and `\&` stand for what is replaced, `\1` to `\9` for nothing.
fn replacement(with: &str, part: &str) -> String {
    let mut out = String::with_capacity(with.len());
    let mut chars = with.chars().peekable();
    while let Some(c) = chars.next() {
        match (c, chars.peek()) {
            ('\\', Some('0' | '&')) => {
                out.push_str(part);
                chars.next();
            }
            ('\\', Some('1'..='9')) => {
                chars.next();
            }
            ('\\', Some('\\')) => {
                out.push('\\');
                chars.next();
            }
            _ => out.push(c),
        }
    }
    out
}

/// Scripts, comments and styles with their content, then everything between `<` and `>`.
pub fn strip_html(text: &str) -> String {
    const BLOCKS: [(&str, &str); 3] = [("<script", "</script>"), ("<!--", "-->"), ("<style", "</style>")];
    let mut unclosed = [false; 3];
    let mut without = String::with_capacity(text.len());
    let mut rest = text;
    'text: while let Some(at) = rest.find('<') {
        let (before, from) = rest.split_at(at);
        without.push_str(before);
        for ((start, end), unclosed) in BLOCKS.iter().zip(&mut unclosed) {
            if let Some(inside) = from.strip_prefix(start).filter(|_| !*unclosed) {
                if let Some(found) = inside.find(end) {
                    rest = inside.get(found + end.len()..).unwrap_or("");
                    continue 'text;
                }
                *unclosed = true;
            }
        }
        without.push('<');
        rest = from.get(1..).unwrap_or("");
    }
    without.push_str(rest);
    let mut out = String::with_capacity(without.len());
    let mut rest = without.as_str();
    while let Some((before, after)) = rest.split_once('<') {
        let Some((_, next)) = after.split_once('>') else { break };
        out.push_str(before);
        rest = next;
    }
    out + rest
}
