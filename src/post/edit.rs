//! Edits of the front matter that change one entry's bytes and nothing else. In: the text, a key, a value. Out: an
//! `Edit`, or nothing if no edit has the wanted effect. Neighbours: `yaml/` says where the entries stand and reads the
//! result again; the form and the fixes of `checks/` use this.
//!
//! Every edit is tried before it is given: the text with it is read again, and must have the value under that key,
//! every other entry as it was, and the same body. The form that is closest to the writer's own is tried first, then
//! others.

mod list;
mod scalar_text;

use serde_yaml::{Mapping, Value};

use super::date::{DateKind, DateTime};
use super::date_text::{self, DateText};
use super::split::{self, Split, SplitKind};
use super::yaml::{self, Scalar, Style, YamlDocument, YamlEntry, display};
use crate::text::{Edit, Span};
use list::ListSource;

/// The new value of a key.
#[derive(Clone, Debug, PartialEq)]
pub enum EditValue {
    /// A text. Reading the entry must give exactly this text.
    Text(String),
    /// `true` or `false`.
    Bool(bool),
    /// A number as it is written: `3`, `-1.5`.
    Number(String),
    /// A day, or a day and a time; a time without an offset is the site's own.
    Date(DateTime),
    /// A list of texts.
    Texts(Vec<String>),
}

/// A text whose front matter can be edited.
struct Read<'t> {
    text: &'t str,
    split: Split,
    document: YamlDocument,
    line_end: &'static str,
}

impl<'t> Read<'t> {
    fn new(text: &'t str) -> Option<Self> {
        let split = split::split(text);
        let document = yaml::read(split.document.of(text), split.document.start);
        let known = matches!(document.value, Value::Mapping(_) | Value::Null) && !document.failed;
        (known && split.kind == SplitKind::Present).then(|| Self {
            text,
            split,
            document,
            line_end: line_end(text.get(split.front_matter.start..).unwrap_or("")),
        })
    }

    /// The entry that counts: of several with the same key the last.
    fn entry(&self, key: &str) -> Option<&YamlEntry> {
        self.document.entries.iter().rfind(|entry| entry.key == key)
    }

    fn mapping(&self) -> Option<&Mapping> {
        match &self.document.value {
            Value::Mapping(mapping) => Some(mapping),
            _ => None,
        }
    }

    fn value(&self, key: &str) -> Option<&Value> {
        self.mapping()?.get(key)
    }

    /// Everything but `key`, in order.
    fn others<'r>(&'r self, key: &'r str) -> impl Iterator<Item = (&'r Value, &'r Value)> {
        self.mapping().into_iter().flatten().filter(move |(name, _)| display(name) != key)
    }

    fn other_keys<'r>(&'r self, key: &'r str) -> impl Iterator<Item = (&'r str, Option<&'r Scalar>)> {
        self.document.entries.iter().filter(move |e| e.key != key).map(|e| (e.key.as_str(), e.scalar.as_ref()))
    }

    /// Whether `self`, read after an edit of `key`, is `before` but for that key.
    fn agrees(&self, before: &Self, key: &str) -> bool {
        self.split.body.of(self.text) == before.split.body.of(before.text)
            && self.other_keys(key).eq(before.other_keys(key))
            && self.others(key).eq(before.others(key))
    }

    fn holds(&self, key: &str, wanted: &EditValue) -> bool {
        let (Some(value), Some(entry)) = (self.value(key), self.entry(key)) else { return false };
        match (wanted, value) {
            (EditValue::Text(text), Value::String(found)) => {
                text == found && matches!(entry.scalar, Some(Scalar::String(_)))
            }
            (EditValue::Bool(wanted), Value::Bool(found)) => wanted == found,
            (EditValue::Number(wanted), Value::Number(_)) => entry.scalar == yaml::scalar::resolve(wanted).ok(),
            (EditValue::Number(_), _) => matches!(entry.scalar, Some(Scalar::BigInteger(_))),
            (EditValue::Date(wanted), _) => date_of(entry) == Some(*wanted),
            (EditValue::Texts(wanted), Value::Sequence(found)) => {
                found.len() == wanted.len() && found.iter().zip(wanted).all(|(f, w)| is_scalar(f) && display(f) == *w)
            }
            (EditValue::Texts(wanted), Value::String(found)) => {
                splits(key) && found.split_ascii_whitespace().eq(wanted.iter().map(String::as_str))
            }
            _ => false,
        }
    }
}

/// The edit after which `key` holds `value`. It changes the bytes of that entry alone. Where there is no such entry it
/// adds a line at the end of the front matter, and where there is no front matter it adds one. `None` where the front
/// matter cannot be read, or where `value` cannot be written there. If `key` holds `value` already, the edit changes
/// nothing.
pub fn set(text: &str, key: &str, value: &EditValue) -> Option<Edit> {
    let kind = split::split(text).kind;
    if matches!(kind, SplitKind::Missing | SplitKind::EmptyText) {
        return create(text, key, value);
    }
    let before = Read::new(text)?;
    if let Some(entry) = before.entry(key).filter(|_| before.holds(key, value)) {
        let at = entry.value_span.end;
        return Some(Edit { span: Span::at(at), text: String::new(), selection: Span::at(at) });
    }
    let tries = match before.entry(key) {
        Some(entry) => replacements(&before, entry, value),
        None => additions(&before, key, value),
    };
    tries.into_iter().find_map(|(span, new)| {
        let after = [text.get(..span.start)?, &new, text.get(span.end..)?].concat();
        let read = Read::new(&after)?;
        (read.holds(key, value) && read.agrees(&before, key)).then(|| smallest(text, span, &new))
    })
}

/// The edit after which `key` is gone, with its line and the lines of its value; all of them where there are several.
/// `None` where there is none, or where something else would change with it.
pub fn remove(text: &str, key: &str) -> Option<Edit> {
    let before = Read::new(text)?;
    let own = || before.document.entries.iter().filter(|entry| entry.key == key);
    let lines: Option<Vec<Span>> = own().map(|entry| lines_of(text, entry)).collect();
    // A comment after the entry would become a part of the text before it. Then it is removed, too.
    let entries: Vec<Span> = own().map(|entry| entry.span).collect();
    remove_spans(&before, key, &lines?).or_else(|| remove_spans(&before, key, &entries))
}

/// The edit that removes `lines`, if it removes nothing but `key`.
fn remove_spans(before: &Read<'_>, key: &str, lines: &[Span]) -> Option<Edit> {
    let text = before.text;
    let span = Span::new(lines.first()?.start, lines.last()?.end);
    let kept = lines.windows(2).filter_map(|two| match two {
        [one, two] => text.get(one.end..two.start),
        _ => None,
    });
    let new: String = kept.collect();
    let after = [text.get(..span.start)?, &new, text.get(span.end..)?].concat();
    let read = Read::new(&after)?;
    (read.value(key).is_none() && read.agrees(before, key)).then(|| smallest(text, span, &new))
}

/// The edit that renames `key` to `new_key`. `None` where there is no such key, or where the new name is used already.
pub fn rename(text: &str, key: &str, new_key: &str) -> Option<Edit> {
    let before = Read::new(text)?;
    let mut entries = before.document.entries.iter().filter(|entry| entry.key == key);
    let (entry, None) = (entries.next()?, entries.next()) else { return None };
    if before.entry(new_key).is_some() {
        return None;
    }
    let new = scalar_text::shortest(new_key, false);
    let edit = smallest(text, entry.key_span, &new);
    let after = edit.apply(text);
    let read = Read::new(&after)?;
    let same = read.value(new_key) == before.value(key)
        && read.value(key).is_none()
        && read.others(new_key).eq(before.others(key))
        && read.split.body.of(&after) == before.split.body.of(text);
    same.then_some(edit)
}

/// Where the items of a list of scalars stand, quotes included; `None` where the value at `value` is no such list.
pub fn list_items(text: &str, value: Span) -> Option<Vec<Span>> {
    Some(ListSource::read(text, value)?.items().iter().map(|item| item.span).collect())
}

/// `text` as a scalar that reads back as this very text, with the least quoting; `flow` says that it will stand in
/// brackets.
pub fn scalar(text: &str, flow: bool) -> String {
    scalar_text::shortest(text, flow)
}

/// A front matter for a text without one.
fn create(text: &str, key: &str, value: &EditValue) -> Option<Edit> {
    let at = split::split(text).body.start;
    let line_end = line_end(text);
    let key_text = scalar_text::shortest(key, false);
    fresh(value).into_iter().find_map(|written| {
        let new = ["---", line_end, &key_text, ": ", &written, line_end, "---", line_end].concat();
        let selection = Span::at(at + new.len() - 2 * line_end.len() - 3);
        let edit = Edit { span: Span::at(at), text: new, selection };
        let after = edit.apply(text);
        Read::new(&after)?.holds(key, value).then_some(edit)
    })
}

/// Ways to add a line for `key`.
fn additions(read: &Read<'_>, key: &str, value: &EditValue) -> Vec<(Span, String)> {
    let at = read.split.document.end;
    let first = read.document.entries.first().map_or(at, |entry| entry.key_span.start);
    let line = read.text.get(..first).and_then(|before| before.rfind('\n')).map_or(0, |newline| newline + 1);
    let indent = read.text.get(line..first).filter(|indent| indent.bytes().all(|b| b == b' ')).unwrap_or("");
    let key = scalar_text::shortest(key, false);
    fresh(value)
        .into_iter()
        .map(|written| (Span::at(at), [indent, &key, ": ", &written, read.line_end].concat()))
        .collect()
}

/// Spellings of a value that was not there before, on one line.
fn fresh(value: &EditValue) -> Vec<String> {
    match value {
        EditValue::Text(text) => scalar_text::candidates(text, None, false),
        EditValue::Bool(value) => vec![value.to_string()],
        EditValue::Number(text) => vec![text.clone()],
        EditValue::Date(date) => dates(date, None),
        EditValue::Texts(items) => {
            let list = |write: fn(&String) -> String| {
                let items: Vec<String> = items.iter().map(write).collect();
                ["[", &items.join(", "), "]"].concat()
            };
            vec![list(|item| scalar_text::shortest(item, true)), list(|item| scalar_text::double(item))]
        }
    }
}

/// Ways to write a date. SafeYAML takes a time down to the seconds for UTC where no offset is given; without the
/// seconds, or in quotes, Jekyll reads it in the site's time.
fn dates(date: &DateTime, style: Option<Style>) -> Vec<String> {
    let full = date.for_front_matter();
    let double = ["\"", &full, "\""].concat();
    let single = ["'", &full, "'"].concat();
    let mut out = Vec::new();
    match style {
        Some(Style::SingleQuoted) => out.push(single),
        Some(Style::DoubleQuoted) => out.push(double.clone()),
        _ => {}
    }
    let short = full.strip_suffix(":00").filter(|_| date.kind == DateKind::Time && date.offset.is_none());
    out.extend(short.map(str::to_owned));
    out.push(full);
    out.push(double);
    out
}

/// Ways to write `value` in the place of what `entry` holds.
fn replacements(read: &Read<'_>, entry: &YamlEntry, value: &EditValue) -> Vec<(Span, String)> {
    let text = read.text;
    let style = entry.style.filter(|_| !entry.value_span.is_empty());
    let mut out = Vec::new();
    let mut written = Vec::new();
    let flow = in_braces(text, &read.document);
    match value {
        EditValue::Text(new) => {
            if let Some(style @ (Style::Literal | Style::Folded)) = style {
                out.extend(blocks(read, entry, style, new));
            }
            written = scalar_text::candidates(new, style, flow);
        }
        EditValue::Date(date) => written = dates(date, style),
        EditValue::Texts(items) => {
            let words = items.iter().all(|item| !item.is_empty() && !item.contains(char::is_whitespace));
            if splits(&entry.key) && words && !items.is_empty() && matches!(entry.scalar, Some(Scalar::String(_))) {
                written = scalar_text::candidates(&items.join(" "), style, flow);
            }
            out.extend(listed(read, entry, items));
            written.extend(fresh(value));
        }
        _ => written = fresh(value),
    }
    let place = place(text, entry);
    out.extend(written.into_iter().map(|new| match place {
        (span, true) => {
            // The value was on lines of its own. A comment after the colon stays.
            let gap = text.get(span.start..entry.value_span.start).unwrap_or("").trim_end();
            (span, if gap.trim().is_empty() { [" ", &new].concat() } else { [" ", &new, gap].concat() })
        }
        (span, false) if span.is_empty() => (span, [" ", &new].concat()),
        (span, false) => (span, new),
    }));
    out
}

/// The list with its style and what stays of it.
fn listed(read: &Read<'_>, entry: &YamlEntry, items: &[String]) -> Option<(Span, String)> {
    if items.is_empty() {
        return None;
    }
    let Value::Sequence(old) = read.value(&entry.key)? else { return None };
    let source = ListSource::read(read.text, entry.value_span)?;
    let old: Vec<String> = old.iter().map(display).collect();
    if old.len() != source.items().len() {
        return None;
    }
    source.edit(read.text, &old, items, read.line_end)
}

/// Ways to write a text on the lines of the block scalar that is there.
fn blocks(read: &Read<'_>, entry: &YamlEntry, style: Style, new: &str) -> Vec<(Span, String)> {
    let source = entry.value_span.of(read.text);
    let header = source.split(['\n', '\r']).next().unwrap_or("").trim_end();
    let lines = source.split('\n').skip(1).map(|line| line.trim_end_matches('\r'));
    let first = lines.into_iter().find(|line| !line.trim().is_empty()).unwrap_or("");
    let indent = (first.len() - first.trim_start_matches(' ').len()).max(1);
    let plain = if style == Style::Literal { ["|", "|-"] } else { [">", ">-"] };
    let headers = [header].into_iter().chain(plain);
    // White space at the end of the last line belongs to the text.
    let rest = read.text.get(entry.value_span.end..).unwrap_or("");
    let blanks = rest.len() - rest.trim_start_matches([' ', '\t']).len();
    let span = Span::new(entry.value_span.start, entry.value_span.end + blanks);
    headers.filter_map(|header| Some((span, scalar_text::block(new, header, indent, read.line_end)?))).collect()
}

/// The span that a new value on one line replaces, and whether the old value stands on lines below its key.
fn place(text: &str, entry: &YamlEntry) -> (Span, bool) {
    let gap = text.get(entry.key_span.end..entry.value_span.start).unwrap_or("");
    match gap.find(':') {
        Some(colon) if gap.contains('\n') => (Span::new(entry.key_span.end + colon + 1, entry.value_span.end), true),
        _ => (entry.value_span, false),
    }
}

/// Whether the whole front matter is one mapping in braces.
fn in_braces(text: &str, document: &YamlDocument) -> bool {
    let Some(first) = document.entries.first() else { return false };
    text.get(..first.key_span.start).is_some_and(|before| before.trim_end().ends_with(['{', ',']))
}

/// The lines of an entry: from the one of its key to the one its value ends on. `None` where something else stands on
/// them before the key.
fn lines_of(text: &str, entry: &YamlEntry) -> Option<Span> {
    let start = text.get(..entry.key_span.start)?.rfind('\n').map_or(0, |newline| newline + 1);
    text.get(start..entry.key_span.start)?.trim().is_empty().then_some(())?;
    let last = entry.value_span.end.max(entry.key_span.end);
    let rest = text.get(last..)?;
    let end = rest.find('\n').map_or(text.len(), |newline| last + newline + 1);
    Some(Span::new(start, end))
}

/// The replacement without what is the same at both ends.
fn smallest(text: &str, span: Span, new: &str) -> Edit {
    let old = span.of(text);
    let head = old.chars().zip(new.chars()).take_while(|(a, b)| a == b).map(|(a, _)| a.len_utf8()).sum();
    let (old_rest, new_rest) = (old.get(head..).unwrap_or(""), new.get(head..).unwrap_or(""));
    let same = |(a, b): &(char, char)| a == b;
    let tail: usize =
        old_rest.chars().rev().zip(new_rest.chars().rev()).take_while(same).map(|(a, _)| a.len_utf8()).sum();
    let inner = new_rest.get(..new_rest.len() - tail).unwrap_or("");
    let start = span.start + head;
    let selection = Span::at(start + inner.len());
    Edit { span: Span::new(start, span.end - tail), text: inner.to_owned(), selection }
}

/// What ends the first line.
fn line_end(text: &str) -> &'static str {
    match text.find('\n') {
        Some(at) if text.get(..at).is_some_and(|line| line.ends_with('\r')) => "\r\n",
        _ => "\n",
    }
}

/// The date that an entry holds, as Jekyll reads the one of `date`.
fn date_of(entry: &YamlEntry) -> Option<DateTime> {
    match entry.scalar.as_ref()? {
        Scalar::Date(date, _) => Some(*date),
        Scalar::String(text) => match date_text::read(text) {
            DateText::Date(date) => Some(date),
            _ => None,
        },
        _ => None,
    }
}

/// The keys whose text Jekyll splits on white space (utils.rb, `pluralized_array_from_hash`).
fn splits(key: &str) -> bool {
    matches!(key, "tags" | "categories")
}

fn is_scalar(value: &Value) -> bool {
    !matches!(value, Value::Sequence(_) | Value::Mapping(_) | Value::Null)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(value: &str) -> EditValue {
        EditValue::Text(value.to_owned())
    }

    fn texts(values: &[&str]) -> EditValue {
        EditValue::Texts(values.iter().map(|&value| value.to_owned()).collect())
    }

    fn after(front: &str, key: &str, value: &EditValue) -> String {
        let whole = ["---\n", front, "---\nBody\n"].concat();
        let edit = set(&whole, key, value).unwrap_or_else(|| panic!("an edit of {front:?} to {value:?}"));
        let new = edit.apply(&whole);
        assert!(new.is_char_boundary(edit.selection.start) && edit.selection.end <= new.len());
        new.strip_prefix("---\n").and_then(|rest| rest.strip_suffix("---\nBody\n")).expect("the rest").to_owned()
    }

    #[test]
    fn a_text_keeps_the_way_it_is_written_where_it_can() {
        for (before, new, expected) in [
            ("title: Old # why\n", "New", "title: New # why\n"),
            ("title: Old\n", "yes", "title: \"yes\"\n"),
            ("title: Old\n", "1,000", "title: \"1,000\"\n"),
            ("title: Old\n", "2014-12-08", "title: \"2014-12-08\"\n"),
            ("title: 'Old'\n", "l'été", "title: 'l''été'\n"),
            ("title: \"Old\"\n", "a \"b\"", "title: \"a \\\"b\\\"\"\n"),
            ("title: Old\n", "a: \"b\"", "title: 'a: \"b\"'\n"),
            ("title: |\n  Old\n  lines\n", "One\n\ntwo\n", "title: |\n  One\n\n  two\n"),
            ("title: >-\n    Old\n    lines\n", "One\ntwo", "title: >-\n    One\n\n    two\n"),
            ("title: |\n  Old\n", "One", "title: |-\n  One\n"),
            ("title: |\n  Old\n", " One", "title: \" One\"\n"),
            ("title:\n", "New", "title: New\n"),
            ("title:   # to do\n", "New", "title: New   # to do\n"),
            ("title:   Old\nb: 1\n", "", "title:   \"\"\nb: 1\n"),
            ("title:\n  Old\n  words\nb: 1\n", "New", "title: New\nb: 1\n"),
            ("title: [a, b]\n", "New", "title: New\n"),
            ("title: # why\n  - a\n  - b\nb: 1\n", "New", "title: New # why\nb: 1\n"),
            ("title: a\nb: 1\ntitle: c\n", "d", "title: a\nb: 1\ntitle: d\n"),
        ] {
            assert_eq!(after(before, "title", &text(new)), expected, "{before:?} {new:?}");
        }
    }

    #[test]
    fn the_edit_is_as_small_as_can_be() {
        let whole = "---\ntitle: The old title\n---\n";
        let edit = set(whole, "title", &text("The new title")).expect("an edit");
        assert_eq!((edit.span.of(whole), edit.text.as_str()), ("old", "new"));
    }

    #[test]
    fn other_kinds_of_values() {
        assert_eq!(after("published: \"false\"\n", "published", &EditValue::Bool(false)), "published: false\n");
        assert_eq!(after("weight: 1 # w\n", "weight", &EditValue::Number("2.5".into())), "weight: 2.5 # w\n");
        assert_eq!(set("---\na: 1\n---\n", "a", &EditValue::Number("x".into())), None);
        let day = DateTime::day(2014, 12, 10).expect("a day");
        assert_eq!(after("date: 2013-01-01\n", "date", &EditValue::Date(day)), "date: 2014-12-10\n");
        let time = |offset| EditValue::Date(DateTime::time(day, 2, 30, 0, offset).expect("a time"));
        assert_eq!(after("", "date", &time(Some(60))), "date: 2014-12-10 02:30:00 +0100\n");
        assert_eq!(after("", "date", &time(None)), "date: 2014-12-10 02:30\n");
        let second = EditValue::Date(DateTime::time(day, 2, 30, 15, None).expect("a time"));
        assert_eq!(after("", "date", &second), "date: \"2014-12-10 02:30:15\"\n");
    }

    #[test]
    fn lists_keep_their_style() {
        for (before, new, expected) in [
            ("tags: [a, b]\n", &["a", "b", "c"][..], "tags: [a, b, c]\n"),
            ("tags: [a, b]   # why\n", &["a", "b", "c"], "tags: [a, b, c]   # why\n"),
            ("tags:\n- a\n- b # why\n", &["a", "x", "b"], "tags:\n- a\n- x\n- b # why\n"),
            ("tags:\n  - a\n\n  - b\nb: 1\n", &["a"], "tags:\n  - a\n\nb: 1\n"),
            ("tags: a b\n", &["a", "c"], "tags: a c\n"),
            ("tags: a b\n", &["a c", "d"], "tags: [a c, d]\n"),
            ("tags: [a]\n", &[], "tags: []\n"),
            ("tags:\n  - a\nb: 1\n", &[], "tags: []\nb: 1\n"),
            ("tags:\n", &["yes", "b"], "tags: [\"yes\", b]\n"),
            ("tag: a b\n", &["a"], "tag: [a]\n"),
            ("b: 1\n", &["a"], "b: 1\ntags: [a]\n"),
        ] {
            let key = if before.starts_with("tag:") { "tag" } else { "tags" };
            assert_eq!(after(before, key, &texts(new)), expected, "{before:?} {new:?}");
        }
    }

    #[test]
    fn a_new_key_comes_last_and_line_ends_stay() {
        assert_eq!(after("a: 1\n# end\n", "title", &text("x")), "a: 1\n# end\ntitle: x\n");
        assert_eq!(after("  a: 1\n", "title", &text("x")), "  a: 1\n  title: x\n");
        let whole = "\u{FEFF}---\r\na: 1\r\n---\r\nBody";
        let edit = set(whole, "title", &text("x")).expect("an edit");
        assert_eq!(edit.apply(whole), "\u{FEFF}---\r\na: 1\r\ntitle: x\r\n---\r\nBody");
        let tags = "---\r\ntags:\r\n  - a\r\n---\r\n";
        let edit = set(tags, "tags", &texts(&["a", "b"])).expect("an edit");
        assert_eq!(edit.apply(tags), "---\r\ntags:\r\n  - a\r\n  - b\r\n---\r\n");
    }

    #[test]
    fn a_text_without_front_matter_gets_one() {
        for (before, expected) in [
            ("Body\n", "---\ntitle: x\n---\nBody\n"),
            ("", "---\ntitle: x\n---\n"),
            ("a\r\nb", "---\r\ntitle: x\r\n---\r\na\r\nb"),
        ] {
            assert_eq!(set(before, "title", &text("x")).expect("an edit").apply(before), expected);
        }
        assert_eq!(set("---\ntitle: never closed\n", "title", &text("x")), None);
        assert_eq!(set("---\na: \"b\n---\n", "title", &text("x")), None, "what cannot be read is not edited");
    }

    #[test]
    fn keys_are_removed_with_their_lines_and_renamed_in_place() {
        let removed = |text: &str, key: &str| remove(text, key).map(|edit| edit.apply(text));
        let text = "---\na: 1\ntags:\n  - x\n  - y # why\n\nb: 2\na: 3\n---\n";
        assert_eq!(removed(text, "tags").as_deref(), Some("---\na: 1\n\nb: 2\na: 3\n---\n"));
        assert_eq!(removed(text, "a").as_deref(), Some("---\ntags:\n  - x\n  - y # why\n\nb: 2\n---\n"));
        assert_eq!(removed(text, "c"), None);
        assert_eq!(removed("---\na: &x 1\nb: *x\n---\n", "a"), None, "others refer to it");
        let text = "---\nTitle : x # y\n---\n";
        assert_eq!(rename(text, "Title", "title").map(|e| e.apply(text)).as_deref(), Some("---\ntitle : x # y\n---\n"));
        assert_eq!(rename("---\na: 1\nb: 2\n---\n", "a", "b"), None);
    }
}
