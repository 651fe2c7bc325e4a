//! Lower and upper case as Ruby has them. In: a text. Out: the text in that case. Neighbours: ids of headers and links,
//! names of elements, slugs.
//!
//! In the browser JavaScript's strings do this, so that the program does not contain the standard library's two tables
//! (8 KB of the download). Below `storage/`, only this file and `float.rs` call JavaScript.

/// Ruby's `downcase`: character by character, so that a sigma at the end of a word stays `σ`.
pub(crate) fn downcase(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    lower(&text.replace('Σ', "σ"))
}

/// Ruby's `upcase`.
pub(crate) fn upcase(text: &str) -> String {
    if text.is_ascii() { text.to_ascii_uppercase() } else { upper(text) }
}

#[cfg(target_arch = "wasm32")]
fn lower(text: &str) -> String {
    js_sys::JsString::from(text).to_lower_case().into()
}

#[cfg(target_arch = "wasm32")]
fn upper(text: &str) -> String {
    js_sys::JsString::from(text).to_upper_case().into()
}

#[cfg(not(target_arch = "wasm32"))]
fn lower(text: &str) -> String {
    text.to_lowercase()
}

#[cfg(not(target_arch = "wasm32"))]
fn upper(text: &str) -> String {
    text.to_uppercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_character_is_lowered_by_itself() {
        for c in '\0'..=char::MAX {
            let text = format!("a{c}");
            assert_eq!(downcase(&text), text.chars().flat_map(char::to_lowercase).collect::<String>(), "{c:?}");
            assert_eq!(upcase(&text), text.to_uppercase(), "{c:?}");
        }
        assert_eq!(downcase("ΟΔΟΣ ΤΗΣ"), "οδοσ τησ");
    }
}
