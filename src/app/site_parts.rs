//! What of whole sites is loaded only for a site that needs it: what compiles Sass, the names of emoji, rare plugins. In: a
//! site. Out: functions for its rendering. Neighbours: `site_folder/opening.rs` loads them before the first page is shown,
//! `site_page.rs` renders with them, and asks again for what has not arrived.

use std::cell::Cell;

use crate::app::browser::guard::{Stopped, guarded};
use crate::post::site::SiteSettings;
use crate::site::model::Site;
use crate::site::rendering::{EmojiPictures, SassConverter, SassError, SiteRendering};
use crate::site::{emoji_names, emoji_pictures, has_rare_plugin, know_rare_plugins, sass};
use crate::split_point::NotLoaded;

/// Gives the names of emoji, in order, and the characters of each.
pub type EmojiNames = fn() -> Vec<(&'static str, &'static str)>;

/// The functions that have been loaded.
#[derive(Clone, Copy, Default)]
pub struct SiteParts {
    /// Compiles Sass.
    pub sass: Option<SassConverter>,
    /// Puts pictures in the place of names of emoji.
    pub emoji: Option<EmojiPictures>,
    /// The names of emoji and their characters.
    pub emoji_names: Option<EmojiNames>,
    /// Whether the plugins are there that few sites have.
    pub plugins: bool,
}

thread_local! {
    static LOADED: Cell<SiteParts> = const { Cell::new(SiteParts { sass: None, emoji: None, emoji_names: None, plugins: false }) };
}

crate::split_point! { sass:
    /// Loads what compiles Sass.
    fn sass_converter() -> Result<SassConverter, NotLoaded> {
        Ok(convert_sass)
    }
}

crate::split_point! { emoji:
    /// Loads the names of emoji.
    fn emoji() -> Result<(EmojiPictures, EmojiNames), NotLoaded> {
        Ok((emoji_pictures, emoji_names))
    }
}

crate::split_point! { plugins:
    /// Loads the plugins that few sites have.
    fn rare_plugins() -> Result<(), NotLoaded> {
        know_rare_plugins();
        Ok(())
    }
}

/// What has been loaded so far.
pub fn loaded() -> SiteParts {
    LOADED.get()
}

/// Whether the site needs something that has not been loaded.
pub fn is_lacking(site: &Site) -> bool {
    lacks_sass(site) || lacks_emoji(site) || lacks_plugins(site)
}

/// Loads what the site needs.
pub async fn load_for(site: &Site) -> Result<(), NotLoaded> {
    if lacks_sass(site) {
        load_sass().await?;
    }
    if lacks_emoji(site) {
        let (pictures, names) = emoji().await?;
        LOADED.set(SiteParts { emoji: Some(pictures), emoji_names: Some(names), ..LOADED.get() });
    }
    if lacks_plugins(site) {
        rare_plugins().await?;
        LOADED.set(SiteParts { plugins: true, ..LOADED.get() });
    }
    Ok(())
}

/// Loads what compiles Sass.
pub async fn load_sass() -> Result<(), NotLoaded> {
    if LOADED.get().sass.is_none() {
        let sass = Some(sass_converter().await?);
        LOADED.set(SiteParts { sass, ..LOADED.get() });
    }
    Ok(())
}

/// Whether a file is a style sheet of Sass, by its name.
pub fn is_sass_file(path: &str) -> bool {
    [".scss", ".sass"].iter().any(|end| path.ends_with(end))
}

fn lacks_sass(site: &Site) -> bool {
    let pages = site.pages.iter().map(|page| &page.file);
    let mut files = pages.chain(site.documents.iter().map(|document| &document.file));
    LOADED.get().sass.is_none() && files.any(|file| is_sass_file(&file.path))
}

fn lacks_emoji(site: &Site) -> bool {
    LOADED.get().emoji.is_none() && has_emoji(&site.settings)
}

/// Whether names of emoji become pictures on a site with these settings.
pub fn has_emoji(settings: &SiteSettings) -> bool {
    settings.plugins.iter().any(|gem| gem == "jemoji")
}

fn lacks_plugins(site: &Site) -> bool {
    !LOADED.get().plugins && has_rare_plugin(site)
}

/// Compiles Sass; where the compiler stops working on it, that is an error like any other.
fn convert_sass(rendering: &SiteRendering, text: &str, indented: bool) -> Result<String, SassError> {
    let stopped =
        || SassError { path: None, line: 0, message: "What compiles Sass has stopped working on this.".into() };
    let (rendering, text) = (rendering.shared().ok_or_else(stopped)?, text.to_owned());
    guarded(move || sass::convert(&rendering, &text, indented)).unwrap_or_else(|Stopped| Err(stopped()))
}
