//! The form over the front matter: what it shows, and what a change in it does to the text. In: a text, a change. Out:
//! fields, and an edit of one entry. Knows no browser. Neighbours: `edit.rs` writes; the page draws the fields, and
//! asks for the edits.
//!
//! The form holds only what was read from the text.

use serde_yaml::Value;

use super::Post;
use super::date::{DateKind, DateTime};
use super::date_text::{self, DateText};
use super::edit::{self, EditValue};
use super::front_matter::FrontMatter;
use super::split::SplitKind;
use super::yaml::{Scalar, YamlEntry, display};
use crate::text::Edit;

/// What a field holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum FieldKind {
    /// A text on one line.
    #[default]
    Text,
    /// A text that may be long.
    Long,
    /// A number.
    Number,
    /// Yes or no.
    Switch,
    /// A date, a time and a zone.
    When,
    /// A list of texts.
    List,
    /// Something that only the text can change: a mapping, a list of lists.
    Fixed,
}

impl FieldKind {
    /// All of them, by their numbers.
    pub const ALL: [Self; 7] =
        [Self::Text, Self::Long, Self::Number, Self::Switch, Self::When, Self::List, Self::Fixed];

    /// The kinds that a person can choose for a new key, and their names there.
    pub const NEW: [(Self, &'static str); 4] =
        [(Self::Text, "Text"), (Self::Number, "Number"), (Self::Switch, "Yes or no"), (Self::List, "List")];
}

/// One entry of the front matter.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Field {
    /// The key.
    pub key: String,
    /// What it holds.
    pub kind: FieldKind,
    /// Whether the front matter has it.
    pub given: bool,
    /// The value as a field of that kind takes it: a text, a number, `true` or `false`, `2014-12-08T10:30`.
    pub value: String,
    /// The items of a list.
    pub items: Vec<String>,
    /// The zone of a date as it is written: `+0100`; empty for the site's.
    pub zone: String,
}

/// The form.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Form {
    /// The fields, those of every post first.
    pub fields: Vec<Field>,
    /// Why there are no fields.
    pub error: Option<&'static str>,
}

/// A change that a person made in the form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldChange {
    /// The key.
    pub key: String,
    /// What happens to it.
    pub what: FieldAction,
}

/// What happens to a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FieldAction {
    /// It gets this value, as a field of that kind gives it.
    Set(FieldKind, String),
    /// Its list gets an item.
    Add(String),
    /// Its list loses the item of that number.
    Drop(usize),
    /// It is added to the front matter, with an empty value of that kind.
    Create(FieldKind),
    /// It is removed.
    Remove,
}

/// Why a change was not made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The value is there already.
    Same,
    /// No such value can be written there.
    Impossible,
}

/// The fields that the form has for every post, in their order.
const USUAL: [(&str, FieldKind); 7] = [
    ("title", FieldKind::Text),
    ("date", FieldKind::When),
    ("tags", FieldKind::List),
    ("layout", FieldKind::Text),
    ("published", FieldKind::Switch),
    ("description", FieldKind::Long),
    ("author", FieldKind::Text),
];

/// A text with at least this many characters gets a field of several lines.
const LONG: usize = 60;

/// The form of a text.
pub fn of(text: &str) -> Form {
    of_post(&super::read("", text))
}

/// The form over the front matter of a post that was read already.
pub fn of_post(post: &Post) -> Form {
    if post.failed || matches!(post.split.kind, SplitKind::Unclosed) {
        let error = Some("The front matter cannot be read. Mend it in the text first: F8 goes to the mistake.");
        return Form { fields: Vec::new(), error };
    }
    let matter = &post.front_matter;
    let mut fields: Vec<Field> = USUAL.iter().map(|(key, kind)| usual(post, key, *kind)).collect();
    for entry in matter.entries.iter().filter(|entry| !entry.shadowed) {
        if !USUAL.iter().any(|(key, _)| *key == entry.key) {
            fields.push(field(matter, entry, FieldKind::Text));
        }
    }
    Form { fields, error: None }
}

fn usual(post: &Post, key: &str, kind: FieldKind) -> Field {
    let matter = &post.front_matter;
    let entry = matter.entry(key);
    let mut found = match entry {
        Some(entry) => field(matter, entry, kind),
        None => Field { key: key.to_owned(), kind, ..Field::default() },
    };
    match key {
        "date" => {
            found.kind = FieldKind::When;
            if let Some(date) = matter.date.as_ref() {
                (found.value, found.zone) = (local(date), zone(date));
            } else {
                found.value.clear();
            }
        }
        "published" => {
            found.kind = FieldKind::Switch;
            found.value = matter.published.to_string();
        }
        "tags" if entry.is_none_or(|entry| !matches!(matter.get(&entry.key), Some(Value::Mapping(_)))) => {
            // `tag`, where it is given, hides these.
            found.kind = FieldKind::List;
            found.items = match matter.get("tags") {
                Some(Value::String(text)) => text.split_ascii_whitespace().map(str::to_owned).collect(),
                Some(Value::Sequence(items)) => items.iter().map(display).collect(),
                _ => Vec::new(),
            };
        }
        _ => {}
    }
    found
}

/// The field of an entry; `kind` for one without a value.
fn field(matter: &FrontMatter, entry: &YamlEntry, kind: FieldKind) -> Field {
    let mut field = Field { key: entry.key.clone(), kind, given: true, ..Field::default() };
    match matter.get(&entry.key) {
        None | Some(Value::Null) => {}
        Some(Value::Bool(value)) => {
            field.kind = FieldKind::Switch;
            field.value = value.to_string();
        }
        Some(value @ Value::Number(_)) => {
            field.kind = FieldKind::Number;
            field.value = display(value);
        }
        Some(Value::Sequence(items)) if items.iter().all(is_scalar) => {
            field.kind = FieldKind::List;
            field.items = items.iter().map(display).collect();
        }
        Some(value) if is_scalar(value) => {
            field.value = display(value);
            let long = field.value.len() > LONG || field.value.contains('\n');
            field.kind = match &entry.scalar {
                Some(Scalar::Date(date, _)) => {
                    (field.value, field.zone) = (local(date), zone(date));
                    FieldKind::When
                }
                _ if long || kind == FieldKind::Long => FieldKind::Long,
                _ => FieldKind::Text,
            };
        }
        Some(value) => {
            field.kind = FieldKind::Fixed;
            field.value = display(value);
        }
    }
    field
}

fn is_scalar(value: &Value) -> bool {
    !matches!(value, Value::Sequence(_) | Value::Mapping(_) | Value::Null | Value::Tagged(_))
}

/// A date as the browser's field takes it: `2014-12-08T10:30`, with seconds where there are any.
fn local(date: &DateTime) -> String {
    let time = DateTime { kind: DateKind::Time, offset: None, ..*date }.for_front_matter().replace(' ', "T");
    time.strip_suffix(":00").map(str::to_owned).unwrap_or(time)
}

/// The offset as it is written in front matter.
fn zone(date: &DateTime) -> String {
    let time = DateTime { kind: DateKind::Time, ..*date }.for_front_matter();
    date.offset.and(time.rsplit_once(' ')).map(|(_, zone)| zone.to_owned()).unwrap_or_default()
}

/// The edit of `text` that makes the change.
pub fn edit(text: &str, change: &FieldChange) -> Result<Edit, Refusal> {
    let key = change.key.as_str();
    if change.what == FieldAction::Remove {
        return edit::remove(text, key).ok_or(Refusal::Impossible);
    }
    let form = of(text);
    let field = form.fields.iter().find(|field| field.key == key);
    let given = field.is_some_and(|field| field.given);
    let value = match &change.what {
        FieldAction::Remove => return Err(Refusal::Same),
        FieldAction::Create(_) if given => return Err(Refusal::Same),
        FieldAction::Create(kind) => empty(*kind),
        FieldAction::Set(FieldKind::When, value) if value.trim().is_empty() => {
            return if given { edit::remove(text, key).ok_or(Refusal::Impossible) } else { Err(Refusal::Same) };
        }
        FieldAction::Set(kind, value) => {
            if field.is_some_and(|field| same(field, *kind, value)) {
                return Err(Refusal::Same);
            }
            match kind {
                FieldKind::Switch => EditValue::Bool(value == "true"),
                FieldKind::Number => EditValue::Number(value.trim().to_owned()),
                FieldKind::When => EditValue::Date(when(text, key, value).ok_or(Refusal::Impossible)?),
                _ => EditValue::Text(value.clone()),
            }
        }
        FieldAction::Add(item) => {
            let mut items = field.map(|field| field.items.clone()).unwrap_or_default();
            for item in item.split(',').map(str::trim).filter(|item| !item.is_empty()) {
                if !items.iter().any(|known| known == item) {
                    items.push(item.to_owned());
                }
            }
            if field.is_some_and(|field| field.items == items) || items.is_empty() {
                return Err(Refusal::Same);
            }
            EditValue::Texts(items)
        }
        FieldAction::Drop(index) => {
            let mut items = field.map(|field| field.items.clone()).unwrap_or_default();
            if *index >= items.len() {
                return Err(Refusal::Same);
            }
            items.remove(*index);
            EditValue::Texts(items)
        }
    };
    let edit = edit::set(text, key, &value);
    // A value that is no number is written as a text.
    let edit = match (&value, edit) {
        (EditValue::Number(written), None) => edit::set(text, key, &EditValue::Text(written.clone())),
        (_, edit) => edit,
    };
    let edit = edit.ok_or(Refusal::Impossible)?;
    if edit.span.of(text) == edit.text { Err(Refusal::Same) } else { Ok(edit) }
}

/// Whether the field shows this value already. A date is compared as it would be written.
fn same(field: &Field, kind: FieldKind, value: &str) -> bool {
    match kind {
        FieldKind::When => value.trim() == [&field.value, " ", &field.zone].concat().trim(),
        FieldKind::Switch => field.given && field.value == value,
        _ => field.value == value,
    }
}

fn empty(kind: FieldKind) -> EditValue {
    match kind {
        FieldKind::Number => EditValue::Number("0".to_owned()),
        FieldKind::Switch => EditValue::Bool(true),
        FieldKind::List => EditValue::Texts(Vec::new()),
        _ => EditValue::Text(String::new()),
    }
}

/// The date of `2014-12-08T10:30 +0100`. A date without a time stays without one as long as the field says midnight.
fn when(text: &str, key: &str, value: &str) -> Option<DateTime> {
    let DateText::Date(date) = date_text::read(&value.replacen('T', " ", 1)) else { return None };
    // A text that is not a zone would be ignored.
    if value.trim().contains(' ') && date.offset.is_none() {
        return None;
    }
    let was_day = key == "date" && {
        let post = super::read("", text);
        post.front_matter.date.is_some_and(|date| date.kind == DateKind::Day)
    };
    let midnight = date.hour == 0 && date.minute == 0 && date.second == 0 && date.offset.is_none();
    Some(if was_day && midnight { DateTime { kind: DateKind::Day, ..date } } else { date })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn field_of(front: &str, key: &str) -> Field {
        let form = of(&["---\n", front, "---\nBody\n"].concat());
        assert_eq!(form.error, None);
        form.fields.into_iter().find(|field| field.key == key).expect("the field")
    }

    fn after(front: &str, key: &str, what: FieldAction) -> String {
        let text = ["---\n", front, "---\nBody\n"].concat();
        let edit = edit(&text, &FieldChange { key: key.to_owned(), what }).expect("an edit");
        let new = edit.apply(&text);
        new.strip_prefix("---\n").and_then(|rest| rest.strip_suffix("---\nBody\n")).expect("the rest").to_owned()
    }

    fn refused(front: &str, key: &str, what: FieldAction) -> Refusal {
        let text = ["---\n", front, "---\nBody\n"].concat();
        edit(&text, &FieldChange { key: key.to_owned(), what }).expect_err("no edit")
    }

    fn set(kind: FieldKind, value: &str) -> FieldAction {
        FieldAction::Set(kind, value.to_owned())
    }

    #[test]
    fn every_post_has_the_usual_fields_in_their_order() {
        let keys: Vec<String> = of("no front matter").fields.into_iter().map(|field| field.key).collect();
        assert_eq!(keys, ["title", "date", "tags", "layout", "published", "description", "author"]);
        assert!(of("---\ntitle: \"a\n---\n").error.is_some());
    }

    #[test]
    fn other_keys_are_typed_rows_in_the_order_of_the_text() {
        let front = "comments: true\ntitle: x\nweight: 1.5\nlinks: [a, b]\nimage:\n  path: p\nnote: hi\n";
        let form = of(&["---\n", front, "---\n"].concat());
        let others: Vec<(&str, FieldKind)> = form.fields.iter().skip(7).map(|f| (f.key.as_str(), f.kind)).collect();
        let expected = [
            ("comments", FieldKind::Switch),
            ("weight", FieldKind::Number),
            ("links", FieldKind::List),
            ("image", FieldKind::Fixed),
            ("note", FieldKind::Text),
        ];
        assert_eq!(others, expected);
        assert_eq!(field_of(front, "weight").value, "1.5");
        assert_eq!(field_of(front, "links").items, ["a", "b"]);
    }

    #[test]
    fn a_date_is_shown_as_the_browsers_field_takes_it() {
        let shown = |front: &str| {
            let field = field_of(front, "date");
            (field.value, field.zone)
        };
        assert_eq!(shown("date: 2014-12-08\n"), ("2014-12-08T00:00".to_owned(), String::new()));
        assert_eq!(shown("date: 2014-12-08 10:30:15 +0100\n"), ("2014-12-08T10:30:15".to_owned(), "+0100".to_owned()));
        assert_eq!(shown("date: 2014-12-08 10:30\n"), ("2014-12-08T10:30".to_owned(), String::new()));
    }

    #[test]
    fn a_date_keeps_its_form() {
        let moved = |front: &str, value: &str| after(front, "date", set(FieldKind::When, value));
        assert_eq!(moved("date: 2014-12-08 # x\n", "2014-12-09T00:00"), "date: 2014-12-09 # x\n");
        assert_eq!(
            moved("date: 2014-12-08 10:30:00 +0100\n", "2014-12-08T11:45 +0100"),
            "date: 2014-12-08 11:45:00 +0100\n"
        );
        assert_eq!(moved("date: 2014-12-08\n", "2014-12-08T09:05"), "date: 2014-12-08 09:05\n");
        assert_eq!(moved("a: 1\ndate: 2014-12-08\n", ""), "a: 1\n");
        assert_eq!(refused("date: 2014-12-08\n", "date", set(FieldKind::When, "2014-12-08T00:00")), Refusal::Same);
        assert_eq!(
            refused("date: 2014-12-08\n", "date", set(FieldKind::When, "2014-12-08T00:00 nowhere")),
            Refusal::Impossible
        );
    }

    #[test]
    fn texts_switches_and_numbers_change_their_own_bytes() {
        assert_eq!(after("title: A # why\n", "title", set(FieldKind::Text, "B: c")), "title: \"B: c\" # why\n");
        assert_eq!(after("title: A\n", "published", set(FieldKind::Switch, "false")), "title: A\npublished: false\n");
        assert_eq!(after("w: 1\n", "w", set(FieldKind::Number, "2.5")), "w: 2.5\n");
        assert_eq!(after("w: 1\n", "w", set(FieldKind::Number, "two")), "w: two\n");
        assert_eq!(refused("title: A\n", "title", set(FieldKind::Text, "A")), Refusal::Same);
        assert_eq!(refused("", "author", set(FieldKind::Text, "")), Refusal::Same);
    }

    #[test]
    fn lists_gain_and_lose_items() {
        let add = |item: &str| FieldAction::Add(item.to_owned());
        assert_eq!(after("tags: [a]\n", "tags", add("b")), "tags: [a, b]\n");
        assert_eq!(after("tags: [a]\n", "tags", add("b, c d,a")), "tags: [a, b, c d]\n");
        assert_eq!(after("tags: a b\n", "tags", add("c")), "tags: a b c\n");
        assert_eq!(after("tags:\n- a\n- b\n", "tags", FieldAction::Drop(0)), "tags:\n- b\n");
        assert_eq!(after("tags:\n- a\n", "tags", FieldAction::Drop(0)), "tags: []\n");
        assert_eq!(after("title: x\n", "tags", add("a")), "title: x\ntags: [a]\n");
        assert_eq!(refused("tags: [a]\n", "tags", add("a")), Refusal::Same);
        assert_eq!(refused("tags: [a]\n", "tags", FieldAction::Drop(1)), Refusal::Same);
    }

    #[test]
    fn keys_come_and_go() {
        assert_eq!(after("a: 1\n", "image", FieldAction::Create(FieldKind::Text)), "a: 1\nimage: \"\"\n");
        assert_eq!(after("a: 1\n", "list", FieldAction::Create(FieldKind::List)), "a: 1\nlist: []\n");
        assert_eq!(refused("a: 1\n", "a", FieldAction::Create(FieldKind::Text)), Refusal::Same);
        assert_eq!(after("a: 1\nb: 2\n", "a", FieldAction::Remove), "b: 2\n");
    }
}
