//! Between the linker and the browser: parts the program at its split points and binds it to JavaScript.
//!
//! `apercu-bind INPUT.wasm FOLDER NAME PART[@EARLIER]… [--first PART]`. In: what Cargo linked, with relocations
//! (`-Clink-arg=--emit-relocs`); the parts that are wanted, and after which part one is loaded, if that is always so; which
//! of them is always loaded. Out, in FOLDER: `NAME.js` and
//! `NAME_bg.wasm`; from a program with split points also `split.js`, which is to load the other parts, the `.wasm` files of
//! the wanted parts, and `parts.json`: for each of these parts, the files that it consists of. No module is optimised.
//! Neighbours: `src/split_point.rs` declares what is parted, `parts.rs` says what goes into one file, `scripts/program.mjs`
//! calls this and writes the loaders.

mod merge;
mod parts;

use std::collections::{BTreeSet, HashMap};
use std::error::Error;
use std::fs;
use std::path::Path;

use parts::{Parts, WantedPart};
use wasm_bindgen_cli_support::Bindgen;
use wasm_split_cli_support::{Options, transform};

/// What the linker imports for each split point, until the program has been parted.
const SPLIT_POINT: &[u8] = b"__wasm_split_load_";

fn main() -> Result<(), Box<dyn Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    if args == ["--version"] {
        println!("apercu-bind {}", env!("CARGO_PKG_VERSION"));
        return Ok(());
    }
    let [input, folder, name, wanted @ ..] = &args[..] else {
        return Err("usage: apercu-bind INPUT.wasm FOLDER NAME PART[@EARLIER]… [--first PART]".into());
    };
    let (wanted, first) = match wanted {
        [wanted @ .., flag, first] if flag == "--first" => (wanted, Some(first.as_str())),
        _ => (wanted, None),
    };
    let folder = Path::new(folder);
    fs::create_dir_all(folder)?;
    let linked = fs::read(input)?;
    let has_parts = linked.windows(SPLIT_POINT.len()).any(|bytes| bytes == SPLIT_POINT);
    if has_parts {
        let main = folder.join("main.wasm");
        let split = split(&linked, folder, &main, name)?;
        bind(&main, folder, name, true)?;
        let (pointers, called) = (merge::pointers(&linked)?, merge::calls(&fs::read(&main)?)?);
        fs::remove_file(&main)?;
        let wanted: Vec<WantedPart> = wanted.iter().map(|part| WantedPart::read(part)).collect();
        let parts = parts::gather(folder, split, &wanted, first, &pointers, &called)?;
        fs::write(folder.join("parts.json"), json(&parts))?;
    } else {
        bind(Path::new(input), folder, name, false)?;
    }
    Ok(())
}

/// Writes the main part to `main`, everything else into `folder`.
fn split(linked: &[u8], folder: &Path, main: &Path, name: &str) -> Result<Parts, Box<dyn Error>> {
    let glue = format!("./{name}.js");
    let mut options = Options::new(linked);
    options.output_dir = folder;
    options.main_out_path = main;
    options.main_module = &glue;
    options.link_name = "./split.js";
    let parts = transform(options)?.prefetch_map.into_iter();
    Ok(parts.map(|(part, files)| (part, files.iter().map(|file| format!("{file}.wasm")).collect())).collect())
}

fn bind(module: &Path, folder: &Path, name: &str, is_main_part: bool) -> Result<(), Box<dyn Error>> {
    let mut output = Bindgen::new()
        .web(true)?
        .input_path(module)
        .out_name(name)
        // The other parts take table, memory and stack pointer by the linker's names.
        .keep_lld_exports(is_main_part)
        .demangle(false)
        .typescript(false)
        .omit_default_module_path(true)
        .generate_output()?;
    let names = shorten_names(output.wasm_mut());
    output.emit(folder)?;
    let glue = folder.join(format!("{name}.js"));
    fs::write(&glue, rename_words(&fs::read_to_string(&glue)?, &names))?;
    Ok(())
}

/// Shortens the names that only the module and its glue call each other by, and that are long because of a hash. From
/// the old names to the new ones.
fn shorten_names(module: &mut walrus::Module) -> HashMap<String, String> {
    let mut names = HashMap::new();
    let mut shorten = |name: &mut String| {
        let has_hash = name.as_bytes().windows(16).any(|part| part.iter().all(u8::is_ascii_hexdigit));
        if has_hash || name.starts_with("_R") || name.starts_with("wasm_bindgen_") {
            let next = format!("${}", names.len());
            *name = names.entry(std::mem::take(name)).or_insert(next).clone();
        }
    };
    let of_glue = module.imports.iter_mut().filter(|import| !import.module.contains("split"));
    of_glue.for_each(|import| shorten(&mut import.name));
    module.exports.iter_mut().for_each(|export| shorten(&mut export.name));
    names
}

/// The text with each word that has a new name replaced by it.
fn rename_words(text: &str, names: &HashMap<String, String>) -> String {
    let is_mark = |c: char| !(c.is_alphanumeric() || c == '_');
    let mut renamed = String::with_capacity(text.len());
    for piece in text.split_inclusive(is_mark) {
        let (word, mark) = piece.split_at(piece.trim_end_matches(is_mark).len());
        renamed.push_str(names.get(word).map_or(word, String::as_str));
        renamed.push_str(mark);
    }
    renamed
}

/// The parts as JSON. Names of parts and files need no escapes: they are identifiers.
fn json(parts: &Parts) -> String {
    let list = |files: &BTreeSet<String>| {
        format!("[{}]", files.iter().map(|file| format!("{file:?}")).collect::<Vec<_>>().join(","))
    };
    let pairs: Vec<String> = parts.iter().map(|(name, files)| format!("{name:?}:{}", list(files))).collect();
    format!("{{{}}}\n", pairs.join(","))
}
