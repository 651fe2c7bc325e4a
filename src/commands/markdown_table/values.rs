//! Values with separators between. In: text of a spreadsheet or a file. Out: rows of fields. Neighbours: `make.rs`
//! makes tables of them.
//!
//! Rules: RFC 4180 by the crate `csv-core`, with a tab, a comma or a semicolon between the fields.

use csv_core::{ReadFieldResult, ReaderBuilder};

/// The rows, where each has the same number of fields, at least two, by one of the separators.
pub(super) fn rows(text: &str) -> Option<Vec<Vec<String>>> {
    [b'\t', b';', b','].into_iter().find_map(|separator| {
        let rows = read(text, separator);
        let columns = rows.first()?.len();
        (columns > 1 && rows.iter().all(|row| row.len() == columns)).then_some(rows)
    })
}

fn read(text: &str, separator: u8) -> Vec<Vec<String>> {
    let mut reader = ReaderBuilder::new().delimiter(separator).build();
    let mut input = text.as_bytes();
    let mut rows = Vec::new();
    let mut row = Vec::new();
    let mut field = Vec::new();
    let mut buffer = [0; 1024];
    loop {
        let (result, read, written) = reader.read_field(input, &mut buffer);
        input = input.get(read..).unwrap_or_default();
        field.extend_from_slice(buffer.get(..written).unwrap_or_default());
        match result {
            ReadFieldResult::InputEmpty | ReadFieldResult::OutputFull => {}
            ReadFieldResult::Field { record_end } => {
                row.push(String::from_utf8_lossy(&std::mem::take(&mut field)).into_owned());
                if record_end {
                    rows.push(std::mem::take(&mut row));
                }
            }
            ReadFieldResult::End => return rows,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_keep_separators_quotes_and_lines() {
        let rows = rows("a,\"b, \"\"c\"\"\"\r\n1,\"2\n3\"\r\n").expect("rows");
        assert_eq!(rows, [["a", "b, \"c\""], ["1", "2\n3"]]);
    }

    #[test]
    fn the_separator_is_the_one_that_gives_columns() {
        assert_eq!(rows("é\tb, c\n1\t2"), Some(vec![vec!["é".into(), "b, c".into()], vec!["1".into(), "2".into()]]));
        assert_eq!(rows("a;1,5\nb;2,5").map(|rows| rows.len()), Some(2));
        assert_eq!(rows("One, two.\nThree."), None);
        assert_eq!(rows("words"), None);
        assert_eq!(rows(""), None);
    }
}
