//! The files of a theme that is a gem. In: the name that the settings have. Out: the folder of the newest version that is
//! installed. Neighbours: `site_request.rs` asks. Ruby is not run: gems lie in folders that are known.

use std::cmp::Ordering;
use std::env;
use std::fs;
use std::path::{Path, PathBuf};

/// The folder of the theme: of the site's own bundle, else of the newest version among all installed gems.
pub(super) fn find(site: &Path, name: &str) -> Option<PathBuf> {
    let name = name.trim().to_lowercase();
    // What is no name of a gem is no part of a path either.
    if name.is_empty() || !name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.')) {
        return None;
    }
    newest(&bundles(site), &name).or_else(|| newest(&installed(), &name))
}

/// Where Bundler puts gems in the site's folder.
fn bundles(site: &Path) -> Vec<PathBuf> {
    below(&site.join("vendor/bundle/ruby")).into_iter().map(|version| version.join("gems")).collect()
}

/// Where RubyGems puts gems: what the environment says, Debian's folders, a person's own.
fn installed() -> Vec<PathBuf> {
    let variables = ["GEM_HOME", "GEM_PATH"].into_iter().filter_map(env::var_os);
    let mut homes: Vec<PathBuf> = variables.flat_map(|paths| env::split_paths(&paths).collect::<Vec<_>>()).collect();
    homes.push("/usr/share/rubygems-integration/all".into());
    homes.extend(below(Path::new("/usr/share/rubygems-integration")));
    homes.extend(below(Path::new("/var/lib/gems")));
    homes.extend(below(Path::new("/usr/local/lib/ruby/gems")));
    if let Some(home) = env::var_os("HOME").map(PathBuf::from) {
        for folder in [".gem/ruby", ".local/share/gem/ruby"] {
            homes.extend(below(&home.join(folder)));
        }
        for folder in [".rbenv/versions", ".rubies"] {
            homes.extend(below(&home.join(folder)).iter().flat_map(|ruby| below(&ruby.join("lib/ruby/gems"))));
        }
        homes.extend(below(&home.join(".rvm/gems")));
    }
    homes.into_iter().map(|home| home.join("gems")).collect()
}

/// The folders in a folder.
fn below(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok);
    entries.map(|entry| entry.path()).filter(|path| path.is_dir()).collect()
}

fn newest(folders: &[PathBuf], gem: &str) -> Option<PathBuf> {
    let named = |path: PathBuf| {
        let version = path.file_name()?.to_str()?.strip_prefix(gem)?.strip_prefix('-')?.to_owned();
        version.starts_with(|c: char| c.is_ascii_digit()).then_some((version, path))
    };
    let found = folders.iter().flat_map(|folder| below(folder)).filter_map(named);
    found.max_by(|(one, _), (other, _)| versions(one, other)).map(|(_, path)| path)
}

/// Versions in the order of their numbers.
fn versions(one: &str, other: &str) -> Ordering {
    let numbers = |version: &str| version.split('.').map(|part| part.parse::<u64>().unwrap_or(0)).collect::<Vec<_>>();
    numbers(one).cmp(&numbers(other))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_version_in_the_bundle_is_found() {
        let place = tempfile::tempdir().expect("a folder");
        let gems = place.path().join("vendor/bundle/ruby/3.1.0/gems");
        for gem in ["no-such-theme-0.9.0", "no-such-theme-0.10.1", "no-such-theme-more-3.0", "no-such-theme"] {
            fs::create_dir_all(gems.join(gem)).expect("a folder");
        }
        assert_eq!(find(place.path(), " No-Such-Theme"), Some(gems.join("no-such-theme-0.10.1")));
        assert_eq!(find(place.path(), "no-such"), None);
        assert_eq!(find(place.path(), "../no-such-theme"), None);
    }
}
