//! Sass on whole sites, against what Jekyll makes of it: the folders in `tests/fixtures/sass`, each with `expected`, which
//! `scripts/sass-fixtures.rb` writes. And what is told of Sass that cannot be compiled.

use std::fs;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use apercu::code::Highlighting;
use apercu::site::build::Written;
use apercu::site::reader::{self, ReadOptions};
use apercu::site::rendering::{RenderingOptions, SiteRendering};
use apercu::site::sass;
use apercu::site::source::MemorySource;

const NOW: i64 = 1_767_225_600;

fn rendering(source: MemorySource) -> Rc<SiteRendering> {
    let site = reader::read(&source, &ReadOptions { now: NOW, ..ReadOptions::default() });
    assert_eq!(site.stops, None);
    let options = RenderingOptions {
        source: Rc::new(source),
        theme: None,
        highlighting: Highlighting::default(),
        environment: "production".to_owned(),
        clock: NOW,
        sass: Some(sass::convert),
        emoji: Some(apercu::site::emoji_pictures),
    };
    apercu::site::render(site, options)
}

/// The files below a folder: paths from it, and texts.
fn files(root: &Path) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut folders: Vec<PathBuf> = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("the folder can be read").flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(root).expect("it lies below").to_string_lossy().into_owned();
                found.push((name, fs::read_to_string(&path).expect("the file can be read")));
            }
        }
    }
    found
}

#[test]
fn stylesheets_are_those_of_jekyll() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/sass");
    let mut compared = 0;
    for site in fs::read_dir(&folder).expect("the fixtures").flatten().map(|entry| entry.path()) {
        let mut source = MemorySource::default();
        for (path, text) in files(&site).iter().filter(|(path, _)| !path.starts_with("expected/")) {
            source.insert(path, text.as_bytes(), Some(NOW));
        }
        let rendering = rendering(source);
        let mut built = Vec::new();
        rendering.write_all(|path, written| {
            if let Written::Text(text) = written {
                built.push((path.trim_start_matches('/').to_owned(), text));
            }
        });
        assert_eq!(rendering.problems(), []);
        for (path, expected) in files(&site.join("expected")) {
            let ours = built.iter().find(|(built, _)| *built == path).map(|(_, text)| &**text);
            assert_eq!(ours, Some(&*expected), "{}/{path}", site.display());
            compared += 1;
        }
    }
    assert!(compared > 5, "{compared} files");
}

/// What is told of a stylesheet: the path, the text at the place in that file, and the reason.
fn told(stylesheet: &str, others: &[(&str, &[u8])]) -> (String, String, String) {
    let mut source = MemorySource::default();
    let text = ["---\ntitle: x\n---\n", stylesheet].concat();
    source.insert("main.scss", text.as_bytes(), None);
    for (path, bytes) in others {
        source.insert(path, *bytes, None);
    }
    let rendering = rendering(source);
    rendering.write_all(|_, _| {});
    let problems = rendering.problems();
    let [(path, diagnostic)] = &problems[..] else { panic!("{stylesheet:.80}: {problems:?}") };
    let of_file = others.iter().find(|(name, _)| *name == &**path).map(|(_, bytes)| String::from_utf8_lossy(bytes));
    let text = of_file.unwrap_or(text.into());
    let line = text[diagnostic.span.start..].lines().next().unwrap_or("").to_owned();
    (path.to_string(), line, diagnostic.message.clone())
}

#[test]
fn a_mistake_is_told_at_its_line() {
    let (path, line, message) = told("a { b: c }\n\n.x { color: $nope; }\n", &[]);
    assert_eq!((&*path, &*line), ("main.scss", ".x { color: $nope; }"));
    assert_eq!(message, "Sass stops here: Undefined variable.");

    let partial = b"a\n  b: c\n@each $x in 1 2\n  .y\n    z: $x\n.x\n  color: $nope\n";
    let (path, line, message) = told("@import 'part';", &[("_sass/_part.sass", partial)]);
    assert_eq!((&*path, &*line), ("_sass/_part.sass", "  color: $nope"));
    assert!(message.ends_with("`main.scss` imports this file."), "{message}");
}

#[test]
fn an_import_must_name_one_file() {
    let two: [(&str, &[u8]); 2] = [("_sass/_a.scss", b""), ("_sass/a.scss", b"")];
    let (_, line, message) = told("b { c: d }\n@import 'a';", &two);
    assert_eq!(line, "@import 'a';");
    assert_eq!(message, "`@import \"a\"` may mean any of _a.scss, a.scss.");
    let (_, line, message) = told("b { c: d }\n@import '../../etc/passwd';", &[]);
    assert_eq!(line, "@import '../../etc/passwd';");
    assert_eq!(message, "Sass stops here: Can't find stylesheet to import.");
}

#[test]
fn an_import_that_is_no_text_is_told() {
    let (path, _, message) = told("@import 'latin';", &[("_sass/_latin.scss", b"a { b: \"\xe9\" }")]);
    assert_eq!(path, "_sass/_latin.scss");
    assert!(message.contains("no UTF-8"), "{message}");
}

#[test]
fn sass_that_does_not_end_is_ended() {
    let cases = [
        "@while true { a { b: c } }",
        "$l: (); @for $i from 1 through 1000000000 { $j: $i }",
        "@mixin a { @include a; } @include a;",
        "@function f($x) { @return f($x + 1); } a { b: f(1) }",
        "@mixin m { @content } @include m { @while true {} }",
        "@import 'one';",
    ];
    let others: [(&str, &[u8]); 2] = [("_sass/_one.scss", b"@import 'two';"), ("_sass/_two.scss", b"@import 'one';")];
    for case in cases {
        let (_, _, message) = told(case, &others);
        assert!(message.starts_with("Sass stops here: "), "{case}: {message}");
    }
}

#[test]
fn deep_nesting_is_told() {
    let cases = [
        "a{".repeat(100_000),
        ["a{b:", &"(".repeat(100_000)].concat(),
        ["a{b:", &"1+".repeat(100_000), "1}"].concat(),
        ["a{b:", &"not ".repeat(100_000), "1}"].concat(),
        [&":not(".repeat(100_000), "a{b:c}"].concat(),
        ["a{b:", &"#{".repeat(100_000)].concat(),
        ["a{b:\"", &"#{\"".repeat(100_000)].concat(),
        "[".repeat(100_000),
    ];
    for case in cases {
        let (path, _, _) = told(&case, &[]);
        assert_eq!(path, "main.scss");
    }
}
