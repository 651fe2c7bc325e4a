//! Puts the tables for code in colours into the command line where they were made (`scripts/rouge-tables.rb`, run by
//! `./dev`), and the names of emoji into whole sites. In: target/rouge; the crate gh-emoji. Out: `tables.rs` in Cargo's
//! folder, which `src/cli/tables.rs` includes, empty without tables; `emoji.txt`, which `src/site/plugins/emoji.rs` reads.

use std::path::Path;
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let root = env::var("CARGO_MANIFEST_DIR").unwrap_or_default();
    let folder = Path::new(&root).join("target/rouge");
    // Cargo looks at a folder that is not there as changed, and would build everything again each time.
    fs::create_dir_all(&folder)?;
    println!("cargo::rerun-if-changed={}", folder.display());
    let mut names = Vec::new();
    for entry in fs::read_dir(&folder)? {
        names.extend(entry?.file_name().into_string());
    }
    names.sort();
    let is_web = env::var("CARGO_CFG_TARGET_ARCH").is_ok_and(|target| target == "wasm32");
    if is_web || !names.iter().any(|name| name == "index") {
        names.clear();
    }
    let mut source = String::from("/// The files by name, in order.\npub(super) const FILES: &[(&str, &[u8])] = &[\n");
    for name in &names {
        source.push_str(&format!("    ({name:?}, include_bytes!({:?})),\n", folder.join(name)));
    }
    source.push_str("];\n");
    let out = env::var("OUT_DIR").unwrap_or_default();
    fs::write(Path::new(&out).join("emoji.txt"), emoji())?;
    fs::write(Path::new(&out).join("tables.rs"), source)
}

/// A line for each name of an emoji: the name, a tab, the characters without joiners and variation selectors. A text is
/// a third of the size of the crate's map.
fn emoji() -> String {
    let mut lines: Vec<(&str, String)> =
        gh_emoji::all().map(|(name, text)| (name, text.replace(['\u{200D}', '\u{FE0F}'], ""))).collect();
    lines.sort();
    lines.iter().map(|(name, text)| format!("{name}\t{text}\n")).collect()
}
