//! What needs no transaction: preferences, the site's settings, the name of its folder, what its pages may do and unsaved
//! texts in localStorage, and random names.
//! In: choices. Out: choices, texts, names. Neighbours: `names.rs` names the values, `preferences.rs` reads and writes
//! one of them, `src/recovery.js` writes the texts.
//!
//! localStorage loses its last seconds in a crash. So it has only values that may be lost, or that can be stored
//! nowhere else. Every failure is ignored.

mod earlier;
mod recovery;

use web_sys::Storage;

use super::names::{
    FOLDER, JEKYLL, LOOK, MOVED, PERMISSIONS, PICTURE_FOLDER, PREFERENCES, PREVIEW, RECENT, REPOSITORY, SETTINGS,
    SHORTCUTS, SITE, WRITING, name_at,
};
use super::{JekyllChoices, MovedFiles, Preferences, PreviewSettings, SitePermissions, WritingSettings};

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
    load_own(FOLDER)
}

/// Keeps the name of the folder whose site is open, or forgets it where it is empty.
pub fn save_folder_name(folder: &str) {
    save(FOLDER, folder);
}

/// How the person wants to see the preview, or the defaults.
pub fn load_preview_settings() -> PreviewSettings {
    load_own(PREVIEW).map(|text| PreviewSettings::decode(&text)).unwrap_or_default()
}

/// Stores how the person wants to see the preview.
pub fn save_preview_settings(settings: &PreviewSettings) {
    save(PREVIEW, &settings.encode());
}

/// What the pages of each site may do.
pub fn load_site_permissions() -> SitePermissions {
    load_own(PERMISSIONS).map(|text| SitePermissions::decode(&text)).unwrap_or_default()
}

/// Stores what the pages of each site may do.
pub fn save_site_permissions(permissions: &SitePermissions) {
    save(PERMISSIONS, &permissions.encode());
}

/// Which Jekyll each site is read as.
pub fn load_jekyll_choices() -> JekyllChoices {
    load_own(JEKYLL).map(|text| JekyllChoices::decode(&text)).unwrap_or_default()
}

/// Stores which Jekyll each site is read as.
pub fn save_jekyll_choices(choices: &JekyllChoices) {
    save(JEKYLL, &choices.encode());
}

/// The files of open sites that are renamed and not saved yet.
pub fn load_moved_files() -> MovedFiles {
    load_own(MOVED).map(|text| MovedFiles::decode(&text)).unwrap_or_default()
}

/// Stores the files of open sites that are renamed and not saved yet.
pub fn save_moved_files(files: &MovedFiles) {
    save(MOVED, &files.encode());
}

/// How the person wants to write, or the defaults.
pub fn load_writing_settings() -> WritingSettings {
    WritingSettings::decode(&load_writing_text())
}

/// The same as it is kept, for the first load.
pub fn load_writing_text() -> String {
    load_own(WRITING).unwrap_or_default()
}

/// Keeps how the person wants to write, and the styles that the editor gets by it.
pub fn save_writing_settings(settings: WritingSettings) {
    save(WRITING, &settings.encode());
    save(LOOK, &settings.look());
}

/// Ids of what was chosen last in the palette, the last one first.
pub fn load_recent() -> Vec<String> {
    load_own(RECENT).map(|kept| kept.lines().map(str::to_owned).collect()).unwrap_or_default()
}

/// Keeps what was chosen last in the palette.
pub fn save_recent(ids: &[String]) {
    save(RECENT, &ids.join("\n"));
}

/// The folder for pictures as somebody named it; empty where nobody did.
pub fn load_picture_folder() -> String {
    load_own(PICTURE_FOLDER).unwrap_or_default()
}

/// Keeps the folder for pictures.
pub fn save_picture_folder(entered: &str) {
    save(PICTURE_FOLDER, entered);
}

/// The keys that somebody chose for commands, as `OwnShortcuts` writes them.
pub fn load_shortcuts() -> String {
    load_own(SHORTCUTS).unwrap_or_default()
}

/// Keeps the keys that somebody chose for commands.
pub fn save_shortcuts(stored: &str) {
    save(SHORTCUTS, stored);
}

/// The repository that posts are committed to, as it was named: its address, the branch, the folder.
pub fn load_repository() -> [String; 3] {
    let kept = load_own(REPOSITORY).unwrap_or_default();
    let mut lines = kept.lines().map(str::to_owned);
    std::array::from_fn(|_| lines.next().unwrap_or_default())
}

/// Keeps the repository that posts are committed to.
pub fn save_repository(named: &[String; 3]) {
    save(REPOSITORY, &named.join("\n"));
}

/// The settings that an archive of all drafts takes along: names and values.
pub fn load_settings() -> Vec<(String, String)> {
    SETTINGS.iter().filter_map(|what| Some(((*what).to_owned(), load_own(what)?))).collect()
}

/// Keeps those of the settings that are not made here. How many.
pub fn save_new_settings(settings: &[(String, String)]) -> usize {
    let is_new = |what: &str| SETTINGS.contains(&what) && load_own(what).is_none();
    let new = settings.iter().filter(|(what, value)| is_new(what) && !value.is_empty());
    new.map(|(what, value)| save(what, value)).count()
}

fn load_own(what: &str) -> Option<String> {
    storage()?.get_item(&name(what)).ok()?
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
