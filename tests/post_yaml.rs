//! YAML as Jekyll reads it: our reader against Psych's parser with SafeYAML's rules. In: texts with what comes of them in
//! `tests/fixtures/post/yaml.tsv`, and texts at random. Neighbours: `scripts/yaml.rb` writes the table and answers for
//! texts at random (`./dev fuzz yaml`); `tests/support/yaml_texts.rs` makes them.

#[path = "support/tables.rs"]
mod tables;
#[path = "support/yaml_texts.rs"]
mod yaml_texts;

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use apercu::post::yaml::{self, Scalar, YamlDocument, display, scalar};
use serde_json::Value as Json;
use serde_yaml::Value;
use tables::{report, rows};
use yaml_texts::Random;

#[test]
fn texts_are_read_as_by_psych_and_safe_yaml() {
    let rows = rows("yaml.tsv");
    let mut wrong = Vec::new();
    for row in &rows {
        let [text, expected] = row.as_slice() else { panic!("a row of {} cells", row.len()) };
        wrong.extend(difference(text, &serde_json::from_str(expected).expect("JSON")));
    }
    report("yaml.tsv", rows.len(), &wrong);
}

/// Any text gives an answer, and spans that lie in it.
#[test]
fn any_bytes_are_read() {
    let mut random = Random::new(20_141_208);
    for _ in 0..20_000 {
        let bytes: Vec<u8> = (0..random.below(60)).map(|_| byte(&mut random)).collect();
        let text = String::from_utf8_lossy(&bytes);
        check_spans(&text);
        check_spans(&["---\n", &text].concat());
        check_spans(&yaml_texts::text(&mut random));
    }
}

fn byte(random: &mut Random) -> u8 {
    let marks = b"\n\n\r\t  :-?,[]{}#&*!|>'\"%@`\\<a1\xC2\x85\xE2\x80\xA8\xEF\xBB\xBF";
    if random.once_in(8) { random.below(256) as u8 } else { marks[random.below(marks.len())] }
}

fn check_spans(text: &str) {
    let document = yaml::read(text, 0);
    for entry in &document.entries {
        for span in [entry.key_span, entry.value_span, entry.span] {
            assert!(text.get(span.start..span.end).is_some(), "{text:?}: {entry:?}");
        }
    }
    for diagnostic in &document.diagnostics {
        assert!(text.get(diagnostic.span.start..diagnostic.span.end).is_some(), "{text:?}: {diagnostic:?}");
    }
}

#[test]
#[ignore = "needs Ruby with SafeYAML: ./dev fuzz yaml"]
fn random_texts_are_read_as_by_psych_and_safe_yaml() {
    let number = |name: &str, usual: u64| std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(usual);
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).map_or(0, |time| time.as_secs());
    let (seed, count) = (number("APERCU_SEED", now), number("APERCU_COUNT", 20_000));
    println!("{count} texts from seed {seed}");
    let mut random = Random::new(seed);
    let mut ruby = Ruby::start();
    let (mut readable, mut recursive) = (0, 0);
    let mut wrong = Vec::new();
    for _ in 0..count {
        let text = yaml_texts::text(&mut random);
        let expected = ruby.outcome(&text);
        readable += u64::from(expected.get("error").is_none());
        recursive += u64::from(expected.get("recursive").is_some());
        if difference(&text, &expected).is_some() {
            let text = smallest(&text, &mut ruby);
            let expected = ruby.outcome(&text);
            wrong.extend(difference(&text, &expected));
            if wrong.len() > 40 {
                break;
            }
        }
    }
    println!("{readable} of {count} are readable, {recursive} hold themselves and are passed over");
    report("texts at random", count as usize, &wrong);
}

/// The smallest text of the same difference that taking parts out gives.
fn smallest(text: &str, ruby: &mut Ruby) -> String {
    let mut text: Vec<char> = text.chars().collect();
    let differs = |text: &[char], ruby: &mut Ruby| {
        let text: String = text.iter().collect();
        difference(&text, &ruby.outcome(&text)).is_some()
    };
    let mut length = text.len() / 2;
    while length > 0 {
        let mut at = 0;
        while at < text.len() {
            let mut less = text.clone();
            less.drain(at..(at + length).min(text.len()));
            if differs(&less, ruby) { text = less } else { at += length }
        }
        length /= 2;
    }
    text.into_iter().collect()
}

/// The script that asks Psych and SafeYAML.
struct Ruby {
    process: Child,
    texts: ChildStdin,
    outcomes: BufReader<ChildStdout>,
}

impl Ruby {
    fn start() -> Self {
        let mut command = Command::new("ruby");
        if let Ok(folder) = std::env::var("APERCU_SAFE_YAML") {
            command.args(["-I", &folder]);
        }
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/scripts/yaml.rb");
        command.args([script, "--stream"]).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut process = command.spawn().expect("Ruby");
        let texts = process.stdin.take().expect("its input");
        let outcomes = BufReader::new(process.stdout.take().expect("its output"));
        Self { process, texts, outcomes }
    }

    fn outcome(&mut self, text: &str) -> Json {
        self.texts.write_all(text.as_bytes()).expect("a text is taken");
        self.texts.write_all(&[0]).expect("a text is taken");
        self.texts.flush().expect("a text is taken");
        let mut line = String::new();
        self.outcomes.read_line(&mut line).expect("an outcome");
        serde_json::from_str(&line).expect("an outcome; is SafeYAML there?")
    }
}

impl Drop for Ruby {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// How our reading differs from what is expected.
fn difference(text: &str, expected: &Json) -> Option<String> {
    if expected.get("recursive").is_some() {
        return None;
    }
    let document = yaml::read(text, 0);
    let same = match expected.get("error") {
        Some(_) => document.failed,
        // No document at all is false to SafeYAML, and nothing to Jekyll.
        None if *expected == Json::Bool(false) => {
            !document.failed && matches!(document.value, Value::Null | Value::Bool(false))
        }
        None => !document.failed && is_same(&document.value, expected) && entries_agree(&document, expected),
    };
    if same {
        return None;
    }
    let found = if document.failed { format!("{:?}", document.diagnostics) } else { format!("{:?}", document.value) };
    Some(format!("{text:?}\n  expected {expected}\n  found    {found}"))
}

/// A value in the model that everything above works with: dates and very large numbers are texts.
fn is_same(value: &Value, expected: &Json) -> bool {
    match (value, expected) {
        (Value::Null, Json::Null) => true,
        (Value::Bool(a), Json::Bool(b)) => a == b,
        (Value::String(a), Json::String(b)) => a == b,
        (Value::Sequence(a), Json::Array(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| is_same(a, b)),
        (value, Json::Object(kind)) => kind.iter().all(|(kind, expected)| is_of_kind(value, kind, expected)),
        _ => false,
    }
}

/// Pairs whose keys differ in the model, where a day and its text are one; the later value counts.
fn distinct(pairs: &[Json]) -> Vec<(&Json, &Json)> {
    let day = |key: &Json| key.get("date").unwrap_or(key).clone();
    let mut found: Vec<(&Json, &Json)> = Vec::new();
    for pair in pairs {
        let (key, value) = (&pair[0], &pair[1]);
        match found.iter_mut().find(|(known, _)| day(known) == day(key)) {
            Some((_, known)) => *known = value,
            None => found.push((key, value)),
        }
    }
    found
}

fn is_of_kind(value: &Value, kind: &str, expected: &Json) -> bool {
    match (value, kind, expected) {
        (Value::Mapping(a), "map", Json::Array(b)) => {
            let b = distinct(b);
            a.len() == b.len()
                && a.iter().zip(b).all(|((key, value), (b, item))| is_same(key, b) && is_same(value, item))
        }
        (Value::Number(number), "int", Json::String(text)) => number.is_i64() && display(value) == *text,
        (Value::Number(number), "float", Json::String(text)) => number.is_f64() && display(value) == *text,
        (Value::String(digits), "int", Json::String(text)) => digits == text,
        (Value::String(text), "date" | "time", _) => {
            scalar::resolve(text).is_ok_and(|scalar| is_scalar(&scalar, &serde_json::json!({ kind: expected })))
        }
        _ => false,
    }
}

/// The scalars of the top level keep what they are.
fn entries_agree(document: &YamlDocument, expected: &Json) -> bool {
    let Some(Json::Array(pairs)) = expected.get("map") else { return true };
    pairs.iter().all(|pair| {
        let Json::String(key) = &pair[0] else { return true };
        match document.entries.iter().rfind(|entry| entry.key == *key) {
            // The last entry may be the value of another kind of key that looks the same.
            Some(entry) if document.entries.iter().filter(|other| other.key == *key).count() == 1 => {
                entry.scalar.as_ref().is_none_or(|scalar| is_scalar(scalar, &pair[1]))
            }
            _ => true,
        }
    })
}

fn is_scalar(scalar: &Scalar, expected: &Json) -> bool {
    match scalar {
        Scalar::Date(date, text) => match (expected.get("date"), expected.get("time")) {
            (Some(day), None) => *day == date.iso_day() && text.len() == 10,
            (None, Some(time)) => {
                let utc = date.on_site(0);
                let time = time.as_str().unwrap_or("");
                time.starts_with(&format!("{}T{:02}:{:02}:{:02}", utc.iso_day(), utc.hour, utc.minute, utc.second))
            }
            _ => false,
        },
        scalar => {
            expected.get("date").or(expected.get("time")).is_none() && is_same(&scalar.clone().into_value(), expected)
        }
    }
}
