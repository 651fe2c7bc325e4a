//! Which files of a folder are looked at, and which of them are texts. In: paths. Out: yes or no. Neighbours:
//! `opening.rs` asks before it reads.

/// Folders that are no part of any site, wherever they lie.
const NEVER_ENTERED: [&str; 4] = [".git", "node_modules", ".jekyll-cache", ".sass-cache"];

/// Folders of the site's own folder that a site is not made of: where Jekyll writes to by default, and what it excludes
/// below `vendor` (configuration.rb, `DEFAULT_EXCLUDES`). Themes keep styles and scripts in other folders of `vendor`.
const NEVER_ENTERED_FIRST: [&str; 5] = ["_site", "vendor/bundle", "vendor/cache", "vendor/gems", "vendor/ruby"];

/// The largest text that is held, in bytes.
pub const LARGEST_TEXT: f64 = 2_000_000.0;

/// What the names of files end with that are no texts.
const NO_TEXTS: &[&str] = &[
    "7z", "ai", "apk", "avi", "avif", "bin", "bmp", "bz2", "class", "dmg", "doc", "docx", "dll", "ds_store", "eot",
    "epub", "exe", "flac", "gem", "gif", "gz", "heic", "ico", "icns", "jar", "jpeg", "jpg", "key", "m4a", "m4v", "mkv",
    "mov", "mp3", "mp4", "numbers", "o", "odp", "ods", "odt", "ogg", "ogv", "otf", "pages", "pdf", "png", "ppt",
    "pptx", "psd", "pyc", "rar", "so", "sqlite", "swf", "tar", "tgz", "tif", "tiff", "ttc", "ttf", "wasm", "wav",
    "webm", "webp", "woff", "woff2", "xls", "xlsx", "xz", "zip",
];

/// Whether a folder is looked into. `destination`: where Jekyll writes to, as the settings say; empty where they do not.
pub fn enters(folder: &str, destination: &str) -> bool {
    let name = folder.rsplit('/').next().unwrap_or(folder);
    !NEVER_ENTERED.contains(&name) && !NEVER_ENTERED_FIRST.contains(&folder) && (folder != destination)
}

/// Whether a file is looked at: whether every folder on its path is looked into.
pub fn is_reached(path: &str, destination: &str) -> bool {
    path.match_indices('/').all(|(slash, _)| path.get(..slash).is_some_and(|folder| enters(folder, destination)))
}

/// Whether a file of that name, and with so many bytes, is held as a text.
pub fn holds_text(path: &str, bytes: f64) -> bool {
    is_text_name(path) && bytes <= LARGEST_TEXT
}

/// Whether a file of that name may be a text.
pub fn is_text_name(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension).to_ascii_lowercase();
    !NO_TEXTS.contains(&extension.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_part_of_a_site_is_not_entered() {
        for path in [
            ".git/config",
            "node_modules/a/b.md",
            "docs/node_modules/a.js",
            "_site/index.html",
            "vendor/bundle/ruby/a.md",
            ".jekyll-cache/a",
            "public/index.html",
            "public/2024/a.html",
        ] {
            assert!(!is_reached(path, "public"), "{path}");
        }
        for path in ["index.md", "_posts/2024-01-01-a.md", "vendor/bootstrap/a.css", "docs/_site/a.md", ".github/a.yml"]
        {
            assert!(is_reached(path, "public"), "{path}");
        }
        assert!(is_reached("public/index.html", ""));
    }

    #[test]
    fn texts_are_told_by_their_names() {
        for path in ["_config.yml", "CNAME", "a.b/Gemfile", "_posts/2024-01-01-a.markdown", "img/logo.svg", ".htaccess"]
        {
            assert!(holds_text(path, 10.0), "{path}");
        }
        for path in ["img/a.png", "IMG/A.JPG", "fonts/a.woff2", "a.PDF"] {
            assert!(!holds_text(path, 10.0), "{path}");
        }
        assert!(!holds_text("_data/all.json", 50_000_000.0));
    }
}
