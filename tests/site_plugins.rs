//! The plugins of whole sites against the gems: the folders in `tests/fixtures/plugins`, each with a `site` and with what
//! Jekyll writes (`expected`, by `scripts/plugin-fixtures.rb`).

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use apercu::cli::SiteFolder;
use apercu::code::Highlighting;
use apercu::markdown::raw_html;
use apercu::markdown::token::to_html;
use apercu::site::build::Written;
use apercu::site::reader::{self, ReadOptions};
use apercu::site::rendering::RenderingOptions;
use apercu::site::source::{MemorySource, SiteSource};

/// When every file was last changed.
const MODIFIED: i64 = 1_400_000_000;

fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let folder = SiteFolder::open(folder, None).expect("a folder");
    folder.paths().into_iter().map(|path| (path.clone(), folder.read(&path).expect("a file").to_vec())).collect()
}

/// What we write of a site.
fn built(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut source = MemorySource::default();
    for (path, bytes) in files(folder) {
        source.insert(&path, bytes, Some(MODIFIED));
    }
    let source = Rc::new(source);
    let site = reader::read(&*source, &ReadOptions::default());
    assert_eq!(site.stops, None, "{}", folder.display());
    let options = RenderingOptions {
        source: source.clone(),
        theme: None,
        highlighting: Highlighting::default(),
        environment: "production".to_owned(),
        clock: site.now,
        sass: Some(apercu::site::sass::convert),
        emoji: Some(apercu::site::emoji_pictures),
    };
    let rendering = apercu::site::render(site, options);
    let mut out = BTreeMap::new();
    rendering.write_all(|path, written| {
        let bytes = match written {
            Written::Text(text) => text.as_bytes().to_vec(),
            Written::Copy(file) => source.read(&file.path).expect("a file").to_vec(),
        };
        out.insert(path.to_owned(), bytes);
    });
    out
}

/// HTML without white space at tags, each element in one form: where a gem writes the whole page anew with libxml2.
fn as_elements(html: &str) -> String {
    let html = to_html(&raw_html::parse(html));
    let words: Vec<&str> = html.split_whitespace().collect();
    words.join(" ").replace("> ", ">").replace(" <", "<")
}

#[test]
fn plugins_write_what_the_gems_write() {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/plugins");
    let mut folders: Vec<PathBuf> =
        std::fs::read_dir(fixtures).expect("the fixtures").flatten().map(|entry| entry.path()).collect();
    folders.sort();
    assert!(folders.len() > 8, "only {} sites", folders.len());
    let mut wrong = String::new();
    for folder in folders {
        let name = folder.file_name().expect("a name").to_string_lossy().into_owned();
        let (expected, ours) = (files(&folder.join("expected")), built(&folder.join("site")));
        // Sass has a test of its own, and source maps are not written.
        let is_compared = |path: &&String| !path.ends_with(".css") && !path.ends_with(".css.map");
        let mut paths: Vec<&String> = expected.keys().chain(ours.keys()).filter(is_compared).collect();
        paths.sort();
        paths.dedup();
        for path in paths {
            let text = |files: &BTreeMap<String, Vec<u8>>| {
                files.get(path).map_or("(no file)".to_owned(), |bytes| String::from_utf8_lossy(bytes).into_owned())
            };
            let (mut expected, mut ours) = (text(&expected), text(&ours));
            if name.starts_with("toc") || name.starts_with("mentions") || name.starts_with("jemoji") {
                (expected, ours) = (as_elements(&expected), as_elements(&ours));
            }
            if expected != ours {
                let line = expected.lines().zip(ours.lines()).find(|(one, other)| one != other);
                let (one, other) = line.unwrap_or((&expected, &ours));
                wrong.push_str(&format!("{name}/{path}:\n  Jekyll: {one}\n  ours:   {other}\n"));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}
