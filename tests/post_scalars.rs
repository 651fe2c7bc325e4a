//! What unquoted values become, against a table made by the real SafeYAML. In: the table that `APERCU_SCALARS` names;
//! the test is skipped without. Neighbours: `src/post/yaml/`.
//!
//! The table is tab-separated: a header, then the scalar (with `\n` written out), the type, and the value as Ruby shows it.

use apercu::post::yaml::{self, Scalar, display};
use serde_yaml::Value;

/// The type and value of `title` as the table writes them.
fn outcome(scalar: &str) -> (String, String) {
    let text = ["---\ntitle: ", &scalar.replace("\\n", "\n").replace("\\\\", "\\"), "\n"].concat();
    let document = yaml::read(&text, 0);
    if document.failed {
        return ("error".into(), "Psych::SyntaxError".into());
    }
    let entry = document.entries.first().expect("an entry");
    let Some(scalar) = &entry.scalar else { return inspect_collection(document.value.get("title")) };
    inspect(scalar)
}

fn inspect_collection(value: Option<&Value>) -> (String, String) {
    match value {
        Some(Value::Sequence(items)) => {
            let items: Vec<String> = items.iter().map(inspect_value).collect();
            ("list".into(), format!("[{}]", items.join(", ")))
        }
        Some(Value::Mapping(mapping)) => {
            let pairs: Vec<String> = mapping
                .iter()
                .map(|(key, value)| format!("{}=>{}", inspect_value(key), inspect_value(value)))
                .collect();
            ("mapping".into(), format!("{{{}}}", pairs.join(", ")))
        }
        _ => ("null".into(), "nil".into()),
    }
}

fn inspect_value(value: &Value) -> String {
    match value {
        Value::Null => "nil".into(),
        Value::String(text) => format!("{text:?}"),
        value => display(value),
    }
}

fn inspect(scalar: &Scalar) -> (String, String) {
    match scalar {
        Scalar::Null => ("null".into(), "nil".into()),
        Scalar::Bool(value) => ("boolean".into(), value.to_string()),
        Scalar::Integer(value) => ("integer".into(), value.to_string()),
        Scalar::BigInteger(text) => ("integer".into(), text.trim_start_matches('+').into()),
        Scalar::Float(_) => ("float".into(), display(&scalar.clone().into_value())),
        Scalar::Date(date, text) if text.len() == 10 => ("date".into(), date.iso_day()),
        Scalar::Date(date, text) => {
            let utc = date.on_site(0);
            let fraction = text.split_once('.').map_or("000".into(), |(_, digits)| format!("{digits:0<3}"));
            let clock = format!("T{:02}:{:02}:{:02}.{fraction}Z", utc.hour, utc.minute, utc.second);
            ("time".into(), utc.iso_day() + &clock)
        }
        Scalar::String(text) => ("string".into(), format!("{text:?}").replace("\\'", "'")),
    }
}

#[test]
#[ignore = "needs the table: APERCU_SCALARS"]
fn every_row_of_the_table_agrees() {
    let path = std::env::var("APERCU_SCALARS").expect("APERCU_SCALARS names the table");
    let table = std::fs::read_to_string(path).expect("the table that APERCU_SCALARS names");
    let mut wrong = Vec::new();
    let mut rows = 0;
    for line in table.lines().skip(1) {
        let mut cells = line.split('\t');
        let (Some(scalar), Some(kind), Some(value)) = (cells.next(), cells.next(), cells.next()) else { continue };
        rows += 1;
        // The table escapes backslashes once more than Ruby shows them.
        let expected = (kind.to_owned(), value.replace("\\\\", "\\"));
        let found = outcome(scalar);
        if found != expected {
            wrong.push(format!("{scalar:?}: expected {expected:?}, found {found:?}"));
        }
    }
    assert!(rows > 100, "the table has only {rows} rows");
    assert_eq!(rows, table.lines().count() - 1, "rows without three cells");
    assert!(wrong.is_empty(), "{} of {rows} differ:\n{}", wrong.len(), wrong.join("\n"));
}
