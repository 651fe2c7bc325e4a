//! What of a site will not work here as with Jekyll. In: a rendering. Out: diagnostics with the paths of the site's files.
//! Neighbours: the command line prints them (`apercu doctor`); `plugins/` knows which gems there are.

use std::collections::BTreeMap;

use serde_yaml::Value;

use super::model::Site;
use super::plugins;
use super::rendering::{SiteItem, SiteRendering};
use crate::post::front_matter::is_true;
use crate::post::yaml::display;
use crate::text::{Diagnostic, Severity, Span};

/// A Ruby file of the site's own.
const OWN_PLUGIN: &str = "site-own-plugin";
/// A theme whose files are not there.
const THEME: &str = "site-theme-missing";
/// A gem that is named and not known.
const UNKNOWN_GEM: &str = "site-plugin-unknown";
/// A setting that asks for a gem.
const OPTION: &str = "site-option";
/// `site.github`, which comes from the network.
const GITHUB: &str = "site-github";
/// Two files for one address.
const COLLISION: &str = "site-address-collision";
/// A name that is Jekyll's but for its case.
const CASE: &str = "site-name-case";
/// Source maps are not written.
const SOURCE_MAP: &str = "site-source-map";

/// The folders that Jekyll knows by name.
const FOLDERS: [&str; 7] = ["_posts", "_drafts", "_layouts", "_includes", "_data", "_sass", "_plugins"];

/// How much of one file is searched, in bytes.
const SEARCHED: usize = 1_000_000;

impl SiteRendering {
    /// What will not work, in the order of the files' paths. Renders every page, so that what only shows then is told.
    /// `config` is the site's `_config.yml`: its path and its text.
    pub fn examine(&self, config: (&str, &str)) -> Vec<(String, Diagnostic)> {
        let mut found = self.site.diagnostics.clone();
        let mut tell = |path: &str, code, severity, span, message: String| {
            found.push((path.to_owned(), Diagnostic::new(code, severity, span, message)));
        };
        for (span, code, message) in settings(&self.site, config.1) {
            let severity = if code == THEME { Severity::Error } else { Severity::Warning };
            tell(config.0, code, severity, span, message);
        }
        let mut paths = self.options.source.paths();
        paths.sort();
        for path in &paths {
            if let Some(message) = own_plugin(&self.site, path) {
                tell(path, OWN_PLUGIN, Severity::Warning, Span::at(0), message);
            }
            if let Some(message) = wrong_case(path) {
                tell(path, CASE, Severity::Warning, Span::at(0), message);
            }
        }
        for (path, span) in self.uses_of_github(&paths) {
            let message = "`site.github` comes from GitHub's API, which is not asked here: it is empty.";
            tell(&path, GITHUB, Severity::Warning, span, message.to_owned());
        }
        for (path, message) in self.collisions() {
            tell(&path, COLLISION, Severity::Warning, Span::at(0), message);
        }
        for (path, span, message) in self.layouts_in_another_case() {
            tell(&path, CASE, Severity::Warning, span, message);
        }
        if let Some(path) = self.has_source_map() {
            let message = "No source map (.css.map) is written for style sheets of Sass.";
            tell(&path, SOURCE_MAP, Severity::Note, Span::at(0), message.to_owned());
        }
        for item in self.items() {
            if self.output_file(item).is_some() {
                self.output(item);
            }
        }
        found.extend(self.problems().into_iter().map(|(path, diagnostic)| (path.to_string(), diagnostic)));
        found.sort_by(|(one, first), (other, second)| (one, first.span.start).cmp(&(other, second.span.start)));
        found.dedup();
        found
    }

    /// The places where a template asks for `site.github`.
    fn uses_of_github(&self, paths: &[String]) -> Vec<(String, Span)> {
        if self.site.config.contains_key("github") {
            return Vec::new();
        }
        let mut found = Vec::new();
        let mut search = |path: &str, text: &str| {
            let places = text.match_indices("site.github").map(|(at, name)| Span::new(at, at + name.len()));
            let is_name = |span: &Span| {
                let next = text.get(span.end..).and_then(|rest| rest.chars().next());
                let before = text.get(..span.start).and_then(|start| start.chars().next_back());
                let goes_on = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || matches!(c, '_' | '-'));
                !goes_on(next) && !goes_on(before) && before != Some('.') && in_liquid(text, span.start)
            };
            found.extend(places.filter(is_name).map(|span| (path.to_owned(), span)));
        };
        let items = self.items();
        let own = items.iter().filter_map(|&item| Some((self.source_path(item)?, &*self.source(item)?.text)));
        let layouts = self.site.layouts.values().filter(|layout| !layout.file.from_theme);
        for (path, text) in own.chain(layouts.map(|layout| (&*layout.file.path, &*layout.source.text))) {
            search(path, text);
        }
        let includes = [self.includes_folder(), "/".to_owned()].concat();
        for path in paths.iter().filter(|path| path.starts_with(&includes)) {
            if let Some(bytes) = self.options.source.read_start(path, SEARCHED) {
                search(path, &String::from_utf8_lossy(&bytes));
            }
        }
        found
    }

    /// Files that are written to one path (Jekyll's commands/doctor.rb, `conflicting_urls` and
    /// `urls_only_differ_by_case`).
    fn collisions(&self) -> Vec<(String, String)> {
        let mut known: BTreeMap<String, (String, String)> = BTreeMap::new();
        let mut found = Vec::new();
        for item in self.items() {
            let (Some(path), Some(target)) = (self.source_path(item), self.output_file(item)) else { continue };
            let target = target.trim_start_matches('/').to_owned();
            match known.get(&target.to_lowercase()) {
                Some((other, theirs)) if *theirs == target => {
                    found.push((
                        path.to_owned(),
                        ["`", other, "` is written to `", &target, "`, too: this file stays."].concat(),
                    ));
                }
                Some((other, theirs)) => {
                    let message = [
                        "`",
                        other,
                        "` is written to `",
                        theirs,
                        "`, which differs from `",
                        &target,
                        "` by case only.",
                    ];
                    found.push((path.to_owned(), message.concat()));
                }
                None => drop(known.insert(target.to_lowercase(), (path.to_owned(), target))),
            }
        }
        found
    }

    /// Layouts that are there but for the case of their names.
    fn layouts_in_another_case(&self) -> Vec<(String, Span, String)> {
        let mut found = Vec::new();
        for item in self.items() {
            let Some(name) = self.data(item, "layout").filter(|name| !name.is_null()).map(display) else { continue };
            let same = |known: &&String| known.to_lowercase() == name.to_lowercase();
            if self.site.layouts.contains_key(&name) {
                continue;
            }
            if let (Some(path), Some(known)) = (self.source_path(item), self.site.layouts.keys().find(same)) {
                let text = self.source(item).map_or("", |source| &source.text);
                let message =
                    ["The layout is called `", known, "`; on a server `", &name, "` is another name."].concat();
                found.push((path.to_owned(), key(text, "layout").unwrap_or(Span::at(0)), message));
            }
        }
        found
    }

    /// The first style sheet that Jekyll writes a source map for.
    fn has_source_map(&self) -> Option<String> {
        let page = |entry: &super::rendering::PageEntry| entry.appears_after;
        let item = SiteItem::Page(self.pages.iter().find_map(page)?);
        self.source_path(item).map(str::to_owned)
    }
}

/// Whether a place is within an output or a tag of Liquid: what comes last before it is an opening one.
fn in_liquid(text: &str, place: usize) -> bool {
    let before = text.get(..place).unwrap_or("");
    let opened = before.rfind("{{").max(before.rfind("{%"));
    let closed = before.rfind("}}").max(before.rfind("%}"));
    opened.is_some() && opened > closed
}

fn own_plugin(site: &Site, path: &str) -> Option<String> {
    let folder = site.config.get("plugins_dir").map(display).unwrap_or_else(|| "_plugins".to_owned());
    let below = path.strip_prefix(folder.trim_matches('/'))?.strip_prefix('/')?;
    if !below.ends_with(".rb") || is_safe(site) {
        return None;
    }
    Some(
        "Ruby is not run here: what this plugin does is missing in the pages, and its tags stand as they are written."
            .to_owned(),
    )
}

fn is_safe(site: &Site) -> bool {
    site.config.get("safe").is_some_and(is_true)
}

/// A folder of Jekyll's, or its settings, in another case.
fn wrong_case(path: &str) -> Option<String> {
    let parts: Vec<&str> = path.split('/').collect();
    let (name, folders) = parts.split_last()?;
    let known = |part: &&str| FOLDERS.iter().find(|known| known.eq_ignore_ascii_case(part) && *known != part);
    if let Some((part, known)) = folders.iter().find_map(|part| Some((part, known(part)?))) {
        return Some(["Jekyll knows the folder `", known, "`; `", part, "` is another one."].concat());
    }
    let is_config = folders.is_empty() && name.eq_ignore_ascii_case("_config.yml") && *name != "_config.yml";
    is_config.then(|| ["Jekyll reads `_config.yml`; `", name, "` is another file."].concat())
}

/// What of the settings does not work.
fn settings(site: &Site, text: &str) -> Vec<(Span, &'static str, String)> {
    let mut found = Vec::new();
    let place = |name: &str| key(text, name).unwrap_or(Span::at(0));
    if let Some(theme) = site.theme.as_ref().filter(|theme| !theme.found) {
        let message =
            ["The theme `", &theme.name, "` is a gem that is not installed: --theme names the folder of its files."];
        found.push((place("theme"), THEME, message.concat()));
    }
    let of = |name: &str| site.config.get(name).filter(|value| is_true(value));
    if let Some(theme) = of("remote_theme").filter(|_| site.theme.is_none()) {
        let message = [
            "The theme `",
            &display(theme),
            "` is fetched by its plugin from the network; here --theme names the folder of its files.",
        ];
        found.push((place("remote_theme"), THEME, message.concat()));
    }
    let named = ["plugins", "gems"].into_iter().filter_map(|list| Some((list, of(list)?)));
    for (list, value) in named {
        let names: Vec<String> = match value {
            Value::Sequence(names) => names.iter().map(display).collect(),
            name => vec![display(name)],
        };
        for name in names.iter().filter(|name| !plugins::is_known(name)) {
            let start = place(list).start;
            let at = text.get(start..).and_then(|rest| rest.find(name.as_str())).map(|at| start + at);
            let span = at.map_or(Span::at(start), |at| Span::new(at, at + name.len()));
            found.push((
                span,
                UNKNOWN_GEM,
                ["What the gem `", name, "` does is not known here, and is missing in the pages."].concat(),
            ));
        }
    }
    if of("lsi").is_some() {
        let message =
            "`lsi` asks for the gem classifier-reborn: here the related posts are the newest ones, as without it.";
        found.push((place("lsi"), OPTION, message.to_owned()));
    }
    found
}

/// The line of a text that begins with a key, without its white space.
fn key(text: &str, name: &str) -> Option<Span> {
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let trimmed = line.trim_start();
        if trimmed.strip_prefix(name).is_some_and(|rest| rest.trim_start().starts_with(':')) {
            let begin = start + line.len() - trimmed.len();
            return Some(Span::new(begin, begin + trimmed.trim_end().len()));
        }
        start += line.len();
    }
    None
}
