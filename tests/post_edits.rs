//! What holds for any edit of any front matter: the bytes outside of the edited entry stay, the value is read back, and
//! so is everything else. In: front matters made of the ways to write them. Neighbours: `src/post/edit.rs`.

use apercu::post::date::DateTime;
use apercu::post::edit::{EditValue, remove, rename, set};
use apercu::post::split::SplitKind;
use apercu::post::yaml::YamlEntry;
use apercu::post::{Post, read};
use apercu::text::{Edit, Span};
use proptest::prelude::*;

const NAME: &str = "2014-12-08-a.md";

const KEYS: &[&str] = &["title", "date", "tags", "layout", "published", "é", "\"a b\"", "x-y", "'it''s'"];

/// Values as they stand behind `key:`, comments included.
const VALUES: &[&str] = &[
    "",
    " ",
    " # nothing",
    " plain",
    " plain words  # why",
    " l'été",
    " \"double \\\" quoted\" # why",
    " 'it''s single'",
    " 1,000",
    " yes",
    " 2014-12-10 02:30:00 +0100",
    " [a, \"b\", 'c d']",
    " [ a ,b ]  # list",
    " []",
    " [a, [b]]",
    " {a: 1, b: [2]} # map",
    "\n- a\n- b # why\n# between\n- 'c'",
    "\n  - a\n\n  - b",
    " # list\n    - a\n    - \"b: c\"",
    "\n  a: 1\n  b: 2",
    " |\n  lines\n\n  of text",
    " >-\n    folded\n    lines",
    " |+\n  kept\n",
    "\n  value below\n  its key",
    " two\n  lines",
];

const BETWEEN: &[&str] = &["", "", "", "# comment\n", "\n", "  # indented\n"];

fn front_matter() -> impl Strategy<Value = String> {
    let select = proptest::sample::select::<&'static str>;
    let entry = (select(KEYS), select(VALUES), select(BETWEEN))
        .prop_map(|(key, value, between)| [key, ":", value, "\n", between].concat());
    let body = select(&["", "Body", "\n\nBody\n---\n", "é\n"]);
    (proptest::collection::vec(entry, 0..6), body, any::<bool>(), any::<bool>()).prop_map(
        |(entries, body, windows, mark)| {
            let text = ["---\n", &entries.concat(), "---\n", body].concat();
            let text = if windows { text.replace('\n', "\r\n") } else { text };
            if mark { ["\u{FEFF}", &text].concat() } else { text }
        },
    )
}

fn text_value() -> impl Strategy<Value = String> {
    prop_oneof![
        proptest::sample::select(vec![
            "",
            "yes",
            "1,000",
            "2014-12-08",
            "~",
            "a: b",
            "# x",
            "l'été",
            "a \"b\"",
            "a\nb",
            "a\n",
            "- a",
            "[x",
            "{{ x }}",
            "it's \"so\": #1",
            "<<",
            "---",
            "!x",
            "&x",
            "*x",
            "@x",
            "`x`",
            " x ",
            "\\",
            "x:",
            "?",
            "0x1F",
            "12:30",
        ])
        .prop_map(str::to_owned),
        "[a-zé ,'\"#:\\[\\]{}\n\t-]{0,12}",
        any::<String>(),
    ]
}

fn value() -> impl Strategy<Value = EditValue> {
    let numbers = proptest::sample::select(vec!["1", "-2.5", "1000000000000000000000", "0"]);
    let date =
        (1900..2100_i32, 1..=12_u8, 1..=28_u8, proptest::option::of((0..24_u8, 0..60_u8, 0..60_u8)), -12..=12_i32);
    let date = date.prop_filter_map("a date", |(year, month, day, time, zone)| {
        let day = DateTime::day(year, month, day)?;
        match time {
            Some((hour, minute, second)) => {
                let offset = if zone == 12 { None } else { Some(zone * 60) };
                DateTime::time(day, hour, minute, second, offset)
            }
            None => Some(day),
        }
    });
    prop_oneof![
        3 => text_value().prop_map(EditValue::Text),
        1 => any::<bool>().prop_map(EditValue::Bool),
        1 => numbers.prop_map(|number| EditValue::Number(number.to_owned())),
        1 => date.prop_map(EditValue::Date),
        3 => proptest::collection::vec(text_value(), 0..4).prop_map(EditValue::Texts),
    ]
}

/// What a post says under the keys that are not edited.
fn others(post: &Post, key: &str) -> Vec<(String, String)> {
    let value = |entry: &YamlEntry| format!("{:?}", post.front_matter.get(&entry.key));
    let others = post.front_matter.entries.iter().filter(|entry| entry.key != key);
    others.map(|entry| (entry.key.clone(), value(entry))).collect()
}

fn entries<'p>(post: &'p Post, key: &str) -> Vec<&'p YamlEntry> {
    post.front_matter.entries.iter().filter(|entry| entry.key == key).collect()
}

/// The edit fits the text, and the text outside of `within` is not touched.
fn check(text: &str, edit: &Edit, within: Span) -> Result<String, TestCaseError> {
    prop_assert!(text.get(edit.span.start..edit.span.end).is_some());
    prop_assert!(within.start <= edit.span.start && edit.span.end <= within.end, "{edit:?} outside of {within:?}");
    let new = edit.apply(text);
    prop_assert!(new.get(edit.selection.start..edit.selection.end).is_some());
    Ok(new)
}

fn readable(post: &Post) -> bool {
    post.split.kind == SplitKind::Present && !post.diagnostics.iter().any(|found| found.code.starts_with("yaml-"))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn setting_a_key_changes_its_entry_alone(text in front_matter(), key in proptest::sample::select(KEYS), value in value()) {
        let key = key.trim_matches(['"', '\'']).replace("''", "'");
        let before = read(NAME, &text);
        prop_assume!(!before.failed);
        let Some(edit) = set(&text, &key, &value) else {
            // Only what cannot be written may be refused.
            prop_assert!(!readable(&before), "{key} = {value:?} refused in {text:?}");
            return Ok(());
        };
        let within = match entries(&before, &key).last() {
            Some(entry) => entry.span,
            None => Span::at(before.split.document.end),
        };
        let new = check(&text, &edit, within)?;
        let after = read(NAME, &new);
        prop_assert_eq!(others(&after, &key), others(&before, &key));
        prop_assert_eq!(after.body_span.of(&new), before.body_span.of(&text));
        prop_assert_eq!(entries(&after, &key).len(), entries(&before, &key).len().max(1));
        let found = after.front_matter.get(&key);
        match &value {
            EditValue::Text(text) => prop_assert_eq!(found.and_then(|found| found.as_str()), Some(text.as_str())),
            EditValue::Bool(value) => prop_assert_eq!(found.and_then(|found| found.as_bool()), Some(*value)),
            EditValue::Date(date) if key == "date" => prop_assert_eq!(after.front_matter.date, Some(*date)),
            EditValue::Texts(texts) if key == "tags" => prop_assert_eq!(&after.front_matter.tags, texts),
            EditValue::Texts(texts) => {
                let items = found.and_then(|found| found.as_sequence()).map(|items| items.len());
                prop_assert_eq!(items, Some(texts.len()));
            }
            _ => prop_assert!(found.is_some()),
        }
        // Once more changes nothing.
        if let Some(again) = set(&new, &key, &value) {
            prop_assert_eq!(again.apply(&new), new);
        }
    }

    #[test]
    fn removing_and_renaming_leave_the_rest(text in front_matter(), key in proptest::sample::select(KEYS)) {
        let key = key.trim_matches(['"', '\'']).replace("''", "'");
        let before = read(NAME, &text);
        prop_assume!(!before.failed);
        let own = entries(&before, &key);
        let removed = remove(&text, &key);
        prop_assert_eq!(removed.is_some(), !own.is_empty(), "{}", text);
        if let (Some(edit), Some(first), Some(last)) = (removed, own.first(), own.last()) {
            let new = check(&text, &edit, Span::new(first.span.start, last.span.end))?;
            let after = read(NAME, &new);
            prop_assert_eq!(others(&after, &key), others(&before, &key));
            prop_assert!(after.front_matter.entry(&key).is_none());
        }
        if let (Some(edit), [entry]) = (rename(&text, &key, "new key"), own.as_slice()) {
            let new = check(&text, &edit, entry.key_span)?;
            let after = read(NAME, &new);
            prop_assert_eq!(after.front_matter.get("new key"), before.front_matter.get(&key));
        }
    }

    #[test]
    fn any_text_can_be_edited_or_not(text in "[a-z:\\-#\\[\\]{}'\"|>&* \n\r\t,é]{0,60}", front in any::<bool>(), value in value()) {
        let text = if front { ["---\n", &text, "\n---\nBody"].concat() } else { text };
        if let Some(edit) = set(&text, "a", &value) {
            let new = check(&text, &edit, Span::new(0, text.len()))?;
            prop_assert!(read(NAME, &new).front_matter.entry("a").is_some());
        }
        if let Some(edit) = remove(&text, "a") {
            check(&text, &edit, Span::new(0, text.len()))?;
        }
        if let Some(edit) = rename(&text, "a", "b") {
            check(&text, &edit, Span::new(0, text.len()))?;
        }
    }
}
