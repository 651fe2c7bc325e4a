//! The case of letters and floating point in a browser, where JavaScript is asked, against the standard library.
//! In: nothing. Out: passes or fails, in a headless browser. Neighbours: `src/text/case.rs`, `src/text/float.rs`.
#![cfg(target_arch = "wasm32")]

use apercu::markdown::{Options, render_html};
use apercu::post;
use apercu::post::slug::{Mode, SlugCase, slugify, titleize};
use apercu::post::yaml::display;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

#[wasm_bindgen_test]
fn letters_of_every_script_are_lowered_as_the_standard_library_lowers_them() {
    // Latin, Greek, Cyrillic, Armenian, Georgian, Cherokee, further Latin and Greek, wide letters.
    let scripts = ['\u{80}'..='\u{52F}', '\u{531}'..='\u{587}', '\u{10A0}'..='\u{10FF}', '\u{13A0}'..='\u{13F5}']
        .into_iter()
        .chain(['\u{1E00}'..='\u{1FFF}', '\u{2C00}'..='\u{2D2D}', '\u{FF21}'..='\u{FF5A}', '\u{10400}'..='\u{1044F}']);
    for c in scripts.flatten().filter(|c| c.is_alphabetic()) {
        let slug = slugify(&format!("a{c}"), Mode::Default, SlugCase::Lower);
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

/// Numbers from all over the range, the same in each run.
fn numbers() -> impl Iterator<Item = f64> {
    let mut state = 0x9E37_79B9_7F4A_7C15_u64;
    let random = std::iter::repeat_with(move || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        f64::from_bits(state >> 1)
    });
    let powers = (1..2047).map(|field| f64::from_bits(field << 52));
    let around = powers.flat_map(|power| [power.next_down(), power, power.next_up()]);
    let short = (1..500).map(|n| f64::from(n) / 100.0);
    let tiny = (1..200).map(f64::from_bits);
    random.take(1000).chain(around).chain(short).chain(tiny).filter(|value| value.is_finite() && *value > 0.0)
}

#[wasm_bindgen_test]
fn numbers_are_read_and_written_as_by_the_standard_library() {
    for value in numbers() {
        let written = format!("{value:e}");
        // YAML wants a point, and a sign in the exponent.
        let (mantissa, exponent) = written.split_once('e').expect("an exponent");
        let point = if mantissa.contains('.') { "" } else { ".0" };
        let sign = if exponent.starts_with('-') { "" } else { "+" };
        let text = format!("---\nx: {mantissa}{point}e{sign}{exponent}\n---\n");
        let post = post::read("", &text);
        let read = post.front_matter.get("x").expect("a value");
        assert_eq!(read.as_f64().map(f64::to_bits), Some(value.to_bits()), "{text}");
        let shown = display(read);
        assert_eq!(format!("{:e}", shown.parse::<f64>().expect("a number")), written);
        let digits = |text: &str| {
            let number = text.split('e').next().unwrap_or("").replace('.', "");
            number.trim_matches('0').to_owned()
        };
        // Of two shortest texts that are equally near, the two take different ones.
        assert_eq!(digits(&shown).len(), digits(&written).len(), "{shown}, not {written}");
    }
}

#[wasm_bindgen_test]
fn halves_between_two_numbers_go_to_the_even_one() {
    for (text, number) in [
        ("1.00000000000000011102230246251565404236316680908203125", 1.0),
        ("1.00000000000000011102230246251565404236316680908203126", 1.0_f64.next_up()),
        ("1.00000000000000033306690738754696212708950042724609375", 1.0 + 2.0 * f64::EPSILON),
        ("1.5e+999", f64::INFINITY),
        ("1.5e-999", 0.0),
    ] {
        let post = post::read("", &format!("---\nx: {text}\n---\n"));
        assert_eq!(post.front_matter.get("x").and_then(|value| value.as_f64()), Some(number), "{text}");
    }
}
