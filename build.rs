//! Puts the tables for code in colours into the command line where they were made (`scripts/rouge-tables.rb`, run by
//! `./dev`). In: target/rouge. Out: `tables.rs` in Cargo's folder, which `src/cli/tables.rs` includes; empty without tables.

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
    fs::write(Path::new(&env::var("OUT_DIR").unwrap_or_default()).join("tables.rs"), source)
}
