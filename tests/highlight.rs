//! Code in colours by the tables of the build, against what the installed Rouge makes of it. In: the tables that
//! `scripts/rouge-tables.rb` made; `tests/fixtures/highlight/code`, written by `scripts/rouge-fixtures.rb`.
//! Neighbours: `src/highlight/`; `scripts/test.sh` says where the tables are missing.

use std::path::Path;

use apercu::cli::languages;
use apercu::highlight::{Highlighted, Languages, Lexer};

/// The tables that the program was built with.
fn tables() -> Languages {
    let languages = languages();
    assert_eq!(languages.rouge_version(), "3.30.0", "the tables are there: ./dev test makes them");
    languages
}

/// Every run as class and text.
fn runs<'c>(languages: &Languages, lexer: Lexer, code: &'c str) -> Vec<(&'static str, &'c str)> {
    let Highlighted::Runs(runs) = languages.tokens(lexer, code) else { panic!("no runs for {code:?}") };
    let mut rest = code;
    let mut found = Vec::new();
    for run in runs.iter() {
        let (text, after) = rest.split_at(run.length);
        found.push((run.class, text));
        rest = after;
    }
    assert_eq!(rest, "", "the runs cover the code");
    found
}

#[test]
#[ignore = "needs the tables of the build"]
fn every_table_can_be_read() {
    let languages = tables();
    let lexers: Vec<Lexer> = languages.lexers().collect();
    assert!(lexers.len() >= 217, "{} lexers", lexers.len());
    let (with_table, without): (Vec<_>, Vec<_>) =
        lexers.into_iter().partition(|&lexer| !languages.table_file(lexer).is_empty());
    let without: Vec<&str> = without.into_iter().map(|lexer| languages.name(lexer)).collect();
    assert_eq!(without, ["console", "escape", "irb", "plaintext"], "these are no tables in Rouge either");
    let broken: Vec<&str> =
        with_table.into_iter().filter(|&lexer| !languages.is_whole(lexer)).map(|lexer| languages.name(lexer)).collect();
    assert!(broken.is_empty(), "{broken:?}");
    assert!(languages.find("sed").is_some());
    assert_eq!(languages.find("Sed::Regex"), None, "only sed itself uses it");
}

#[test]
#[ignore = "needs the tables of the build"]
fn code_has_the_runs_that_rouge_gives_it() {
    let languages = tables();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/highlight/code");
    let mut count = 0;
    for entry in std::fs::read_dir(folder).expect("the fixtures are there").flatten() {
        let path = entry.path();
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or("");
        if name.ends_with(".json") {
            continue;
        }
        count += 1;
        let lexer = name.split('.').next().and_then(|name| languages.find(name)).expect("a file is named for a lexer");
        let code = std::fs::read_to_string(&path).expect("the code can be read");
        let expected = std::fs::read_to_string(path.with_file_name(format!("{name}.json"))).expect("what Rouge said");
        let expected: Vec<(String, String)> = serde_json::from_str(&expected).expect("pairs");
        let found = runs(&languages, lexer, &code);
        let expected: Vec<(&str, &str)> = expected.iter().map(|(class, text)| (&**class, &**text)).collect();
        assert_eq!(found, expected, "{name}");
        // Half-typed code has runs, too; but Rouge's lexer of Coq loses a name at the end.
        let ends_in_name =
            |code: &str| code.ends_with(|last: char| last.is_ascii_alphanumeric() || "_'".contains(last));
        for (end, _) in code.char_indices() {
            if let Some(start) = code.get(..end).filter(|start| name != "coq.txt" || !ends_in_name(start)) {
                runs(&languages, lexer, start);
            }
        }
    }
    assert!(count > 20, "{count} fixtures");
}

#[test]
#[ignore = "needs the tables of the build"]
fn what_takes_too_long_stays_plain() {
    let languages = tables();
    let toml = languages.find("toml").expect("a lexer");
    // Rouge looks at each place for an equals sign behind the rest of the line.
    let line = "a".repeat(20_000);
    assert_eq!(languages.tokens(toml, &line), Highlighted::OverBudget);
    assert!(matches!(languages.tokens(toml, "a = 1"), Highlighted::Runs(_)));
}

#[test]
#[ignore = "needs the tables of the build"]
fn any_text_is_code_for_any_lexer() {
    let languages = tables();
    let text =
        "a 1 \"é\" '語' <b c=d>{{e}}</b> /* f */ // g\n\t# h \\ `i` %w[j] $k @l ~m ^n |o| <<P\nq: r\r\nP\n=begin\n";
    for lexer in languages.lexers() {
        for end in (0..=text.len()).filter(|&end| text.is_char_boundary(end)) {
            let code = text.get(..end).unwrap_or("");
            if let Highlighted::Runs(_) = languages.tokens(lexer, code) {
                runs(&languages, lexer, code);
            }
        }
    }
}
