//! What needs no transaction: preferences, the site's settings, the name of its folder and unsaved texts in localStorage, and random names.
//! In: choices. Out: choices, texts, names. Neighbours: `names.rs` names the values, `preferences.rs` reads and writes
//! one of them, `src/recovery.js` writes the texts.
//!
//! localStorage loses its last seconds in a crash. So it has only values that may be lost, or that can be stored
//! nowhere else. Every failure is ignored.

mod earlier;
mod recovery;

use web_sys::Storage;

use super::Preferences;
use super::names::{FOLDER, PREFERENCES, SITE, name_at};

pub use recovery::{UnsavedRecord, is_unsaved_text_kept};

fn storage() -> Option<Storage> {
    web_sys::window()?.local_storage().ok()?
}

/// The name of `what` for this page.
pub(super) fn name(what: &str) -> String {
    let path = web_sys::window().and_then(|window| window.location().pathname().ok());
    name_at(&path.unwrap_or_default(), what)
}

/// The value of that name. Where there is none, this page takes over the one that an earlier version kept for all
/// copies of the page on this host.
fn load(what: &str, shared: &str) -> Option<String> {
    let (storage, name) = (storage()?, name(what));
    let own = storage.get_item(&name).ok()?;
    if own.is_some() {
        return own;
    }
    let value = storage.get_item(shared).ok()??;
    if storage.set_item(&name, &value).is_ok() {
        let _ = storage.remove_item(shared);
    }
    Some(value)
}

/// The person's choices, or the defaults.
pub fn load_preferences() -> Preferences {
    load(PREFERENCES, earlier::PREFERENCES).map(|text| Preferences::decode(&text)).unwrap_or_default()
}

/// Stores the person's choices, if the browser allows it.
pub fn save_preferences(preferences: &Preferences) {
    if let Some(storage) = storage() {
        let _ = storage.set_item(&name(PREFERENCES), &preferences.encode());
    }
}

/// The text of the site's `_config.yml` that was kept, or nothing.
pub fn load_site() -> String {
    load(SITE, earlier::SITE).unwrap_or_default()
}

/// Keeps the text of the site's `_config.yml`, or forgets it where it is empty.
pub fn save_site(text: &str) {
    save(SITE, text);
}

/// The name of the folder whose site was open at the last visit, or nothing.
pub fn load_folder_name() -> Option<String> {
    storage()?.get_item(&name(FOLDER)).ok()?
}

/// Keeps the name of the folder whose site is open, or forgets it where it is empty.
pub fn save_folder_name(folder: &str) {
    save(FOLDER, folder);
}

fn save(what: &str, value: &str) {
    if let Some(storage) = storage() {
        let name = name(what);
        let _ = if value.is_empty() { storage.remove_item(&name) } else { storage.set_item(&name, value) };
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
        // Each number has 52 bits that differ from call to call. One is rotated, so that all 64 bits differ.
        let clock = js_sys::Date::now().to_bits();
        clock.rotate_left(32) ^ js_sys::Math::random().to_bits()
    }
}
