//! Code in colours against what Rouge gave.
//!
//! `highlight TABLES DIR [--show N] [LEXER…]`: every line of `DIR/LEXER.jsonl`, an object with `code` and Rouge's `html`,
//! is highlighted with the tables of the build. Says for each lexer how many are equal, how fast, and how long reading
//! the table took; fails if one differs.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::{Duration, Instant};

use apercu::highlight::{Highlighted, Languages, Lexer};

/// How long each lexer's blocks and table took.
#[derive(Default)]
struct Result {
    blocks: usize,
    equal: usize,
    bytes: usize,
    time: Duration,
    table: Duration,
}

/// Adds the files that a piece of code needs until it has runs.
fn tokens(languages: &Languages, tables: &Path, lexer: Lexer, code: &str) -> Highlighted {
    loop {
        let result = languages.tokens(lexer, code);
        let Highlighted::TableMissing(files) = &result else { return result };
        for file in files {
            let bytes = std::fs::read(tables.join(file)).unwrap_or_else(|error| panic!("{file}: {error}"));
            assert!(languages.add_table(file, &bytes), "{file} is no table");
        }
    }
}

/// The HTML of Rouge's plain formatter.
fn html(code: &str, highlighted: &Highlighted) -> String {
    let Highlighted::Runs(runs) = highlighted else { return format!("{highlighted:?}") };
    let mut html = String::new();
    let mut rest = code;
    for run in runs.iter() {
        let (text, after) = rest.split_at(run.length);
        rest = after;
        let text = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
        match run.class {
            "" => html.push_str(&text),
            class => html.push_str(&format!("<span class=\"{class}\">{text}</span>")),
        }
    }
    html + rest
}

fn main() {
    let mut show = 0;
    let mut names = Vec::new();
    let mut args = std::env::args().skip(1);
    while let Some(arg) = args.next() {
        match arg.as_str() {
            "--show" => show = args.next().and_then(|count| count.parse().ok()).unwrap_or(1),
            _ => names.push(arg),
        }
    }
    let [tables, folder, wanted @ ..] = names.as_slice() else {
        eprintln!("usage: highlight TABLES DIR [--show N] [LEXER…]");
        std::process::exit(2);
    };
    let tables = Path::new(tables);
    let index = std::fs::read(tables.join("index")).expect("the tables have an index");
    let languages = Languages::with_index(&index);
    let mut results: BTreeMap<String, Result> = BTreeMap::new();
    let mut files: Vec<_> = std::fs::read_dir(folder).expect("a folder").flatten().map(|entry| entry.path()).collect();
    files.sort();
    for path in files.iter().filter(|path| path.extension().is_some_and(|extension| extension == "jsonl")) {
        let name = path.file_stem().and_then(|name| name.to_str()).unwrap_or("").to_owned();
        if !wanted.is_empty() && !wanted.contains(&name) {
            continue;
        }
        let lexer = languages.find(&name).unwrap_or_else(|| panic!("no lexer is called {name}"));
        let lines = std::fs::read_to_string(path).expect("a file of lines");
        let result = results.entry(name.clone()).or_default();
        let start = Instant::now();
        tokens(&languages, tables, lexer, " ");
        result.table = start.elapsed();
        let mut shown = 0;
        for line in lines.lines() {
            let block: serde_json::Value = serde_json::from_str(line).expect("JSON");
            let (code, expected) = (block["code"].as_str().unwrap_or(""), block["html"].as_str().unwrap_or(""));
            // The first time reads tables and compiles states.
            tokens(&languages, tables, lexer, code);
            let fresh = Languages::clone(&languages);
            fresh.forget();
            let start = Instant::now();
            let highlighted = fresh.tokens(lexer, code);
            result.time += start.elapsed();
            result.blocks += 1;
            result.bytes += code.len();
            let found = html(code, &highlighted);
            if found == expected {
                result.equal += 1;
            } else if shown < show {
                shown += 1;
                let at = found.bytes().zip(expected.bytes()).take_while(|(a, b)| a == b).count();
                let from = at.saturating_sub(80);
                let cut = |text: &str| {
                    String::from_utf8_lossy(text.as_bytes().get(from..).unwrap_or(b""))
                        .chars()
                        .take(160)
                        .collect::<String>()
                };
                println!("{name}: ours {:?}\n      Rouge's {:?}", cut(&found), cut(expected));
            }
        }
    }
    let mut all = Result::default();
    for (name, result) in &results {
        println!("{name}: {}", described(result));
        all.blocks += result.blocks;
        all.equal += result.equal;
        all.bytes += result.bytes;
        all.time += result.time;
        all.table = all.table.max(result.table);
    }
    println!("all {} lexers: {}", results.len(), described(&all));
    if all.equal < all.blocks || all.blocks == 0 {
        std::process::exit(1);
    }
}

fn described(result: &Result) -> String {
    let speed = result.bytes as f64 / result.time.as_secs_f64().max(1e-9) / 1e6;
    let table = result.table.as_secs_f64() * 1e3;
    format!("{}/{} blocks equal, {speed:.1} MB/s, table read in {table:.2} ms", result.equal, result.blocks)
}
