//! Lower and upper case in a browser, where JavaScript's strings are asked, against the standard library's.
//! In: nothing. Out: passes or fails, in a headless browser. Neighbours: `src/text/case.rs`; `webdriver.json`.
#![cfg(target_arch = "wasm32")]

use apercu::markdown::{Options, render_html};
use apercu::post::slug::{Case, Mode, slugify, titleize};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

#[wasm_bindgen_test]
fn letters_of_every_script_are_lowered_as_the_standard_library_lowers_them() {
    // Latin, Greek, Cyrillic, Armenian, Georgian, Cherokee, further Latin and Greek, wide letters.
    let scripts = ['\u{80}'..='\u{52F}', '\u{531}'..='\u{587}', '\u{10A0}'..='\u{10FF}', '\u{13A0}'..='\u{13F5}']
        .into_iter()
        .chain(['\u{1E00}'..='\u{1FFF}', '\u{2C00}'..='\u{2D2D}', '\u{FF21}'..='\u{FF5A}', '\u{10400}'..='\u{1044F}']);
    for c in scripts.flatten().filter(|c| c.is_alphabetic()) {
        let slug = slugify(&format!("a{c}"), Mode::Default, Case::Lower);
        let lowered: String = format!("a{c}").chars().flat_map(char::to_lowercase).collect();
        assert_eq!(slug, lowered, "{c:?}");
    }
}

#[wasm_bindgen_test]
fn headers_and_titles_have_their_letters() {
    let html = render_html("# ÉTÉ À NÎMES, ΟΔΟΣ, İ", &Options::default());
    assert!(html.contains("id=\"été-à-nîmes-οδοσ-i\u{307}\""), "{html}");
    assert_eq!(titleize("ÉTÉ-ßA-ΟΔΟΣ"), "Été Ssa Οδοσ");
}
