//! Tables of text. In: a CSV file, its separator. Out: its rows, or where Ruby stops. Neighbours: `data.rs` asks.
//!
//! The rules are those of Ruby's `csv` as Jekyll calls it. A library of Rust does not tell an empty field (nil) from an
//! empty text in quotes, and reads on where Ruby stops.

use serde_yaml::{Mapping, Value};

/// One row; a field without text is null.
type Row = Vec<Value>;

/// Reads a table. With `headers` the first row gives the keys of all others. The error is where Ruby stops, in bytes.
pub(super) fn read(text: &str, separator: char, headers: bool) -> Result<Value, usize> {
    let mut rows = rows(text, separator)?.into_iter();
    if !headers {
        return Ok(rows.map(Value::Sequence).collect());
    }
    let names = rows.next().unwrap_or_default();
    Ok(rows.map(|row| Value::Mapping(keyed(&names, row))).collect())
}

/// A row as a mapping: of equal names the first counts, a field too many has null for its key.
fn keyed(names: &[Value], row: Row) -> Mapping {
    let mut mapping = Mapping::new();
    let length = names.len().max(row.len());
    let fields = row.into_iter().chain(std::iter::repeat(Value::Null));
    let names = names.iter().cloned().chain(std::iter::repeat(Value::Null));
    for (name, field) in names.zip(fields).take(length) {
        mapping.entry(name).or_insert(field);
    }
    mapping
}

/// What ends a row: whatever ends the first line.
fn row_end(text: &str) -> &'static str {
    let first = text.find(['\r', '\n']).and_then(|at| text.get(at..)).unwrap_or("");
    match first {
        first if first.starts_with("\r\n") => "\r\n",
        first if first.starts_with('\r') => "\r",
        _ => "\n",
    }
}

fn rows(text: &str, separator: char) -> Result<Vec<Row>, usize> {
    let end = row_end(text);
    let mut rows = Vec::new();
    let mut row = Row::new();
    let mut at = 0;
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        // A line without a field is an empty row.
        if row.is_empty() && rest.starts_with(end) {
            rows.push(Row::new());
            at += end.len();
            continue;
        }
        let (field, length) = field(rest, separator, end).map_err(|offset| at + offset)?;
        row.push(field);
        at += length;
        let rest = text.get(at..).unwrap_or("");
        if rest.starts_with(separator) {
            at += separator.len_utf8();
            // A separator at the very end has one more field after it.
            if at == text.len() {
                row.push(Value::Null);
            }
        }
        if rest.is_empty() || rest.starts_with(end) || at == text.len() {
            rows.push(std::mem::take(&mut row));
            at += if rest.starts_with(end) { end.len() } else { 0 };
        }
    }
    Ok(rows)
}

/// The field at the beginning of `rest`, and its length in bytes.
fn field(rest: &str, separator: char, end: &str) -> Result<(Value, usize), usize> {
    let ends = |rest: &str| rest.is_empty() || rest.starts_with(separator) || rest.starts_with(end);
    let Some(quoted) = rest.strip_prefix('"') else {
        let length = rest.find([separator, '\r', '\n', '"']).unwrap_or(rest.len());
        let (field, after) = rest.split_at(length);
        if !ends(after) {
            return Err(length);
        }
        return Ok((if field.is_empty() { Value::Null } else { field.into() }, length));
    };
    let mut value = String::new();
    let mut open = quoted;
    loop {
        let Some((part, after)) = open.split_once('"') else { return Err(0) };
        value.push_str(part);
        match after.strip_prefix('"') {
            Some(next) => {
                value.push('"');
                open = next;
            }
            None if ends(after) => return Ok((value.into(), rest.len() - after.len())),
            None => return Err(rest.len() - after.len()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn json(text: &str) -> String {
        match read(text, ',', true) {
            Ok(table) => serde_json::to_string(&table).expect("JSON"),
            Err(at) => at.to_string(),
        }
    }

    /// What Ruby 3.1 makes of these. JSON has no null for a key, so a field too many is left to the last test.
    #[test]
    fn tables_are_read_as_by_ruby() {
        for (text, expected) in [
            ("a,b\n1,2\n\n3\n", r#"[{"a":"1","b":"2"},{"a":null,"b":null},{"a":"3","b":null}]"#),
            ("a,b\r\n1,\"\"\r\n,x\r\n", r#"[{"a":"1","b":""},{"a":null,"b":"x"}]"#),
            ("a,a\n1,2\n", r#"[{"a":"1"}]"#),
            ("a,b\n1,\"x\ny\"\n\"q\"\"r\",z", r#"[{"a":"1","b":"x\ny"},{"a":"q\"r","b":"z"}]"#),
            ("a,b\r1,2\r3,4", r#"[{"a":"1","b":"2"},{"a":"3","b":"4"}]"#),
            ("a,b\n1,", r#"[{"a":"1","b":null}]"#),
            ("", "[]"),
            ("a,b\n1,x\"y\n", "7"),
            ("a,b\n1,\"x\"y\n", "9"),
            ("a,b\n1,\"x\n", "6"),
            ("a,b\n1,2\r\n", "7"),
        ] {
            assert_eq!(json(text), expected, "{text:?}");
        }
    }

    #[test]
    fn a_field_too_many_has_null_for_its_key() {
        let table = read("a\n1,2,3\n", ',', true).expect("a table");
        assert_eq!(table[0][Value::Null], Value::from("2"));
        assert_eq!(read("a,b\n", ',', false), Ok(Value::Sequence(vec![vec![Value::from("a"), "b".into()].into()])));
    }
}
