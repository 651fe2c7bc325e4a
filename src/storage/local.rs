//! What needs no transaction: preferences in localStorage, and random names. In: choices. Out: choices, names.
//! Neighbours: `preferences.rs` reads and writes the string. localStorage loses its last seconds in a crash, so it
//! keeps nothing that matters; every failure is ignored.

use web_sys::Storage;

use super::Preferences;

const KEY: &str = "apercu.preferences";
const SITE_KEY: &str = "apercu.site";

fn storage() -> Option<Storage> {
    web_sys::window()?.local_storage().ok()?
}

/// The person's choices, or the defaults.
pub fn load_preferences() -> Preferences {
    let text = storage().and_then(|storage| storage.get_item(KEY).ok()?);
    text.map(|text| Preferences::decode(&text)).unwrap_or_default()
}

/// Keeps the person's choices where the browser lets us.
pub fn save_preferences(preferences: &Preferences) {
    if let Some(storage) = storage() {
        let _ = storage.set_item(KEY, &preferences.encode());
    }
}

/// The text of the site's `_config.yml` that was kept, or nothing.
pub fn load_site() -> String {
    storage().and_then(|storage| storage.get_item(SITE_KEY).ok()?).unwrap_or_default()
}

/// Keeps the text of the site's `_config.yml`, or forgets it where it is empty.
pub fn save_site(text: &str) {
    if let Some(storage) = storage() {
        let _ = if text.is_empty() { storage.remove_item(SITE_KEY) } else { storage.set_item(SITE_KEY, text) };
    }
}

/// 64 random bits for a `DraftId` or a `TabId`; from the clock and `Math.random` where there is no `crypto`.
pub fn random_id() -> u64 {
    let mut bytes = [0; 8];
    let filled = web_sys::window()
        .and_then(|window| window.crypto().ok())
        .is_some_and(|crypto| crypto.get_random_values_with_u8_array(&mut bytes).is_ok());
    if filled {
        u64::from_le_bytes(bytes)
    } else {
        // Both have 52 random or moving bits; the product of the two halves fills the word.
        let clock = js_sys::Date::now().to_bits();
        clock.rotate_left(32) ^ js_sys::Math::random().to_bits()
    }
}
