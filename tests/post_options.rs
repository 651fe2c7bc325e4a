//! What options of Jekyll and kramdown make of a page, against the real thing: `tests/fixtures/post/options.tsv`, which
//! `scripts/option-fixtures.rb` writes. And whether the table of all options has them all.

#[path = "support/tables.rs"]
mod tables;

use std::rc::Rc;

use apercu::post::publication;
use apercu::post::publishing::Verdict;
use apercu::post::site;
use apercu::render::{Engines, RenderOptions, Renderer, Request};
use tables::{report, rows};

/// The time of the builds; no row depends on it.
const NOW: i64 = 1_420_070_400;

/// The file and its content, or that Jekyll stops.
fn outcome(config: &str, text: &str, path: &str) -> [String; 2] {
    let settings = Rc::new(site::read(config).settings);
    let text = &["---\ntitle: A\n---\n", text].concat();
    let mut renderer = Renderer::new(&RenderOptions::of_site(&settings), Engines::all());
    let rendered = renderer.render(&Request { file_name: Some(path), text, now: NOW, checks: None });
    let shown = publication::of(rendered.post, text, &settings, NOW);
    match shown.verdict {
        Verdict::BuildStops => ["stops".to_owned(), String::new()],
        _ => [shown.file.unwrap_or_default(), rendered.converted()],
    }
}

#[test]
fn every_option_does_what_it_does_in_jekyll() {
    let rows = rows("options.tsv");
    let mut wrong = Vec::new();
    for row in &rows {
        let [config, text, path, expected @ ..] = row.as_slice() else { panic!("a row of {} cells", row.len()) };
        let mut expected = expected.to_vec();
        if let [file, html] = expected.as_mut_slice() {
            // The rest of the cell is the name of Ruby's error.
            if file == "stops" {
                html.clear();
            }
            // Jekyll writes an arrow as a reference. A parser of HTML drops the line break after `<pre>`.
            *html = html.replace("&uarr;", "↑").replace("<pre>\n", "<pre>");
        }
        let found = outcome(config, text, path);
        if found[..] != expected[..] {
            wrong.push(format!(
                "{config}\n--- expected {}\n{}\n--- found {}\n{}",
                expected[0], expected[1], found[0], found[1]
            ));
        }
    }
    report("options.tsv", rows.len(), &wrong);
}

#[test]
fn the_table_of_options_has_every_name_once() {
    let table = include_str!("../src/post/options.md");
    let first_cells: Vec<&str> =
        table.lines().filter_map(|line| line.strip_prefix("| `")?.split(" | ").next()).collect();
    for row in rows("option-names.tsv") {
        let [_, name] = row.as_slice() else { panic!("a row of {} cells", row.len()) };
        let quoted = |cell: &&&str| ["`", cell].concat().contains(&format!("`{name}`"));
        assert_eq!(first_cells.iter().filter(quoted).count(), 1, "{name}");
    }
}
