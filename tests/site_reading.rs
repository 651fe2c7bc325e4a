//! Whole sites as they are read, against what Jekyll makes of them: the folders in `tests/fixtures/site`, each with the
//! `expected.json` that `scripts/site-model.rb` writes.

#[path = "support/site_model.rs"]
mod site_model;

use std::path::{Path, PathBuf};

use apercu::cli::{SiteFolder, zone};
use apercu::site::model::Site;
use apercu::site::reader::{self, ConfigText, ReadOptions};
use apercu::site::source::{MemorySource, SiteSource};
use serde_json::Value;

/// 2015-01-01T00:00:00Z, the time of every build; and when every file was last changed.
const NOW: i64 = 1_420_070_400;
const MODIFIED: i64 = 1_400_000_000;

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/site")
}

/// A folder's files in memory, with the time that the table has.
fn files(folder: &Path) -> MemorySource {
    let folder = SiteFolder::open(folder, None).expect("a folder");
    let mut files = MemorySource::default();
    for path in folder.paths() {
        let bytes = folder.read(&path).expect("a file that is there");
        assert!(folder.modified(&path).is_some(), "{path} has a time");
        files.insert(&path, bytes, Some(MODIFIED));
    }
    files
}

fn read(folder: &Path) -> Site {
    let source = files(&folder.join("site"));
    let theme = folder.join("theme").is_dir().then(|| files(&folder.join("theme")));
    let options: serde_yaml::Mapping = std::fs::read_to_string(folder.join("options.yml"))
        .map(|text| serde_yaml::from_str(&text).expect("options"))
        .unwrap_or_default();
    let configs = options.get("configs").and_then(|names| names.as_sequence()).into_iter().flatten();
    let configs = configs.map(|name| {
        let path = name.as_str().expect("a path").to_owned();
        let bytes = source.read(&path).expect("settings");
        ConfigText { text: String::from_utf8(bytes.to_vec()).expect("UTF-8"), path }
    });
    let options = ReadOptions {
        configs: configs.collect(),
        overrides: options.get("overrides").and_then(|set| set.as_mapping()).cloned().unwrap_or_default(),
        now: NOW,
        find_zone: &zone,
        theme: theme.as_ref().map(|theme| theme as &dyn SiteSource),
        ..ReadOptions::default()
    };
    reader::read(&source, &options)
}

/// Where two values differ, by the paths of keys.
fn differences(expected: &Value, found: &Value, at: &str, out: &mut Vec<String>) {
    match (expected, found) {
        (Value::Object(expected), Value::Object(found)) => {
            let keys = expected.keys().chain(found.keys().filter(|key| !expected.contains_key(*key)));
            for key in keys {
                let (left, right) = (expected.get(key), found.get(key));
                match (left, right) {
                    (Some(left), Some(right)) => differences(left, right, &format!("{at}/{key}"), out),
                    _ => out.push(format!("{at}/{key}: expected {left:?}, found {right:?}")),
                }
            }
        }
        (Value::Array(expected), Value::Array(found)) => {
            let name = |value: &Value| value.get("path").or_else(|| value.get("key")).cloned();
            let lists = [expected, found].map(|list| list.iter().map(name).collect::<Vec<_>>());
            let [left, right] = &lists;
            if left.iter().any(Option::is_some) && left != right {
                out.push(format!("{at}: expected {left:?}, found {right:?}"));
                return;
            }
            if expected.len() != found.len() {
                out.push(format!("{at}: expected {expected:?}, found {found:?}"));
                return;
            }
            for (index, (expected, found)) in expected.iter().zip(found).enumerate() {
                let name = name(expected).and_then(|name| name.as_str().map(str::to_owned));
                let name = name.unwrap_or_else(|| index.to_string());
                differences(expected, found, &format!("{at}[{name}]"), out);
            }
        }
        (Value::Number(expected), Value::Number(found)) if expected.as_f64() == found.as_f64() => {}
        _ if expected == found => {}
        _ => out.push(format!("{at}: expected {expected}, found {found}")),
    }
}

#[test]
fn sites_are_read_as_by_jekyll() {
    let mut folders: Vec<PathBuf> =
        std::fs::read_dir(fixtures()).expect("the fixtures").flatten().map(|entry| entry.path()).collect();
    folders.sort();
    assert!(folders.len() > 20, "only {} sites", folders.len());
    let mut wrong = Vec::new();
    for folder in folders {
        let expected = std::fs::read_to_string(folder.join("expected.json")).expect("what Jekyll makes of it");
        let expected: Value = serde_json::from_str(&expected).expect("JSON");
        let name = folder.file_name().expect("a name").to_string_lossy().into_owned();
        differences(&expected, &site_model::of(&read(&folder)), &name, &mut wrong);
    }
    assert!(wrong.is_empty(), "{} differences:\n{}", wrong.len(), wrong.join("\n"));
}

/// Parts of paths and of texts that make any kind of file, broken ones among them.
const PARTS: [&str; 18] = [
    "_posts",
    "_drafts",
    "_docs",
    "_data",
    "_layouts",
    "assets",
    "..",
    ".",
    "",
    "_config.yml",
    "2014-01-02-a.md",
    "a.md",
    "index.html",
    "x.csv",
    "y.json",
    "é.txt",
    "#z",
    "_config.yaml",
];
const TEXTS: [&str; 20] = [
    "---\n",
    "a: 1\n",
    "date: 2014-01-02\n",
    "date: x\n",
    "permalink: /%2e%2e/:title/../x\n",
    "permalink: :no\n",
    "collections: {docs: {output: true, sort_by: a}}\n",
    "collections: [docs, 1, ~]\n",
    "source: ..\n",
    "source: _docs\n",
    "collections_dir: ../x\n",
    "defaults: [{values: {permalink: 1}}, {scope: {path: '*'}, values: {a: 1}}]\n",
    "include: [_posts, '**', '[']\n",
    "limit_posts: -1\n",
    "\u{FEFF}",
    "[",
    "\"",
    "a,b\n",
    "categories: {a: 1}\n",
    "\0",
];

proptest::proptest! {
    #[test]
    fn any_folder_is_read(
        files in proptest::collection::vec(
            (
                proptest::collection::vec(proptest::sample::select(&PARTS[..]), 1..5),
                proptest::collection::vec(proptest::sample::select(&TEXTS[..]), 0..6),
                proptest::bool::weighted(0.1),
            ),
            0..12,
        ),
        config in proptest::collection::vec(proptest::sample::select(&TEXTS[..]), 0..4),
    ) {
        let mut source = MemorySource::default();
        source.insert("_config.yml", config.concat().into_bytes(), None);
        for (parts, texts, broken) in files {
            let mut bytes = texts.concat().into_bytes();
            if broken {
                bytes.push(0xFF);
            }
            source.insert(&parts.join("/"), bytes, None);
        }
        let site = reader::read(&source, &ReadOptions { theme: Some(&source), ..ReadOptions::default() });
        let ids = site.collections.iter().flat_map(|collection| &collection.documents);
        for &id in ids {
            let document = &site.documents[id];
            proptest::prop_assert!(site.collections.len() > document.collection);
            proptest::prop_assert!(site.previous(id) != Some(id) && site.next(id) != Some(id));
        }
        let urls = site.documents.iter().map(|document| &document.url);
        let urls = urls.chain(site.pages.iter().map(|page| &page.url));
        for url in urls.chain(site.static_files.iter().map(|file| &file.url)) {
            let outside = url.file.starts_with('/') || url.file.split('/').any(|part| part == "..");
            proptest::prop_assert!(!outside, "{} leads out of the output", url.file);
            proptest::prop_assert!(url.path.starts_with('/'));
        }
        site_model::of(&site);
    }
}
