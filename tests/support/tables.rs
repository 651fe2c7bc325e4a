//! The tables in `tests/fixtures/post`. In: a name. Out: rows of cells, and a failure that names every row that differs.
//! Neighbours: the scripts that write them: `scripts/post-fixtures.rb`, `scripts/site-fixtures.rb`.
#![allow(dead_code)]

/// The rows of a table without its header, cells unescaped.
pub fn rows(name: &str) -> Vec<Vec<String>> {
    let path = format!("{}/tests/fixtures/post/{name}", env!("CARGO_MANIFEST_DIR"));
    let table = std::fs::read_to_string(path).expect("the table");
    let rows: Vec<Vec<String>> =
        table.trim_end_matches('\n').split('\n').skip(1).map(|row| row.split('\t').map(unescape).collect()).collect();
    assert!(rows.len() > 30, "{name} has only {} rows", rows.len());
    rows
}

fn unescape(cell: &str) -> String {
    let mut out = String::new();
    let mut chars = cell.chars();
    while let Some(c) = chars.next() {
        out.push(match (c, c == '\\') {
            (_, true) => match chars.next().expect("an escaped character") {
                't' => '\t',
                'n' => '\n',
                'r' => '\r',
                'f' => '\x0C',
                'v' => '\x0B',
                other => other,
            },
            (c, false) => c,
        });
    }
    out
}

/// Fails with every row that differs, not only the first.
pub fn report(name: &str, count: usize, wrong: &[String]) {
    assert!(wrong.is_empty(), "{} of {count} rows of {name} differ:\n{}", wrong.len(), wrong.join("\n"));
}
