//! The tables for code in colours that were there when the program was built. Out: the languages, and the notices of
//! what the tables come from. Neighbours: `build.rs` puts the files here; `highlight/` reads them.

use crate::highlight::Languages;

include!(concat!(env!("OUT_DIR"), "/tables.rs"));

/// The languages of the tables; none if the program was built without.
pub fn languages() -> Languages {
    Languages::with_files(FILES)
}

/// The notices that go with the tables; empty without.
pub fn notices() -> &'static str {
    let notices = FILES.iter().find(|(name, _)| *name == "NOTICES");
    notices.and_then(|(_, text)| std::str::from_utf8(text).ok()).unwrap_or("")
}
