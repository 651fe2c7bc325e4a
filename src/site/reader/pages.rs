//! Pages, static files and layouts. In: a path. Out: what Jekyll makes of the file there. Neighbours: `mod.rs` says which
//! file is which.
//!
//! The rules are those of Jekyll's `page.rb`, `url.rb`, `static_file.rb` and `layout.rb`.

use serde_yaml::{Mapping, Value};

use super::context::{Head, SiteReading};
use super::documents::cleaned_path;
use super::tree::{extension, join};
use crate::post::defaults::{self, UnreadableDefaults};
use crate::post::excerpt;
use crate::post::front_matter::{inspected, is_true};
use crate::post::permalink::{PermalinkError, Url, below_output, escape, output_extension, sanitize};
use crate::post::site::SiteSettings;
use crate::post::yaml::display;
use crate::site::model::{Collection, LayoutFile, Page, SourceFile, StaticFile};

/// Why Jekyll stops at a file without reading it.
const UNREADABLE_DEFAULTS: &str = "Of the site's defaults for it, a set without a scope stands after one with a scope.";

/// The parts of a path that Jekyll keeps apart: the folder with a slash before it (but for the theme's pages), or
/// nothing, and the name.
pub(super) struct Place<'p> {
    pub folder: String,
    pub name: &'p str,
}

impl<'p> Place<'p> {
    /// The place of a path from the source on.
    pub fn of(path: &'p str) -> Self {
        match path.rsplit_once('/') {
            Some((folder, name)) => Self { folder: ["/", folder].concat(), name },
            None => Self { folder: String::new(), name: path },
        }
    }
}

/// Reads a page.
pub(super) fn page(context: &mut SiteReading<'_>, file: SourceFile, place: Place<'_>) -> Page {
    let Head { source, data, dates } = context.head(&file);
    let settings = context.settings.clone();
    let Place { folder, name } = place;
    let relative_path = [&folder, "/", name].concat().trim_start_matches('/').to_owned();
    let defaults = defaults::of_path(&settings.defaults, &relative_path, Some("pages"), &settings.collections_dir);
    let defaults = defaults.unwrap_or_else(|UnreadableDefaults| {
        context.stop(&file, UNREADABLE_DEFAULTS);
        Mapping::new()
    });
    let ext = extension(name);
    let basename = name.strip_suffix(ext).unwrap_or(name).trim_end_matches('.');
    if data.get("permalink").is_some_and(|own| own == "") {
        context.stop(&file, "Its permalink is empty.");
    }
    let value = |key: &str| data.get(key).or_else(|| defaults.get(key)).filter(|value| is_true(value));
    let text = |key: &str| value(key).map(display);
    if value("permalink").is_some_and(|permalink| !permalink.is_string()) {
        context.stop(&file, "Its permalink is no text.");
    }
    let place = PagePlace { folder: &folder, basename, extension: ext };
    let (url, output_ext) = place.address(text("permalink").as_deref(), &settings, &context.config);
    let is_html = is_html(&output_ext);
    let url = url.unwrap_or_else(|error| {
        context.stop(&file, &error.to_string());
        Url { path: "/".to_owned(), file: "index.html".to_owned() }
    });
    let has_excerpts = settings.version.has_page_excerpts() && context.setting("page_excerpts").is_some();
    let wanted = is_html && has_excerpts && !data.get("excerpt").is_some_and(is_true);
    let separator = value("excerpt_separator").map(inspected).unwrap_or_else(|| settings.excerpt_separator.clone());
    Page {
        excerpt: Some(source.body()).filter(|_| wanted).and_then(|body| excerpt::extract(body, &separator)),
        name: name.to_owned(),
        basename: basename.to_owned(),
        extension: ext.to_owned(),
        file,
        relative_path,
        folder,
        source,
        data,
        dates,
        defaults,
        url,
        output_ext,
    }
}

/// What the address of a page is made of.
#[derive(Clone, Copy, Debug)]
pub(in crate::site) struct PagePlace<'p> {
    /// The folder.
    pub folder: &'p str,
    /// The name without its extension.
    pub basename: &'p str,
    /// The extension, with its period.
    pub extension: &'p str,
}

impl PagePlace<'_> {
    /// The address of a page with that permalink, and the extension of the file that is written.
    pub(in crate::site) fn address(
        &self,
        permalink: Option<&str>,
        settings: &SiteSettings,
        config: &Mapping,
    ) -> (Result<Url, PermalinkError>, String) {
        let output_ext = output_extension(self.extension, permalink, settings);
        let template = match permalink {
            Some(permalink) => permalink.to_owned(),
            None if !is_html(&output_ext) => "/:path/:basename:output_ext".to_owned(),
            None if self.basename == "index" => "/:path/".to_owned(),
            None => ["/:path/:basename", permalink_suffix(config)].concat(),
        };
        let values = [("path", self.folder), ("basename", self.basename), ("output_ext", &output_ext)];
        (fill(&template, &values).map(|path| written(&path, &output_ext)), output_ext)
    }
}

/// page.rb, `html?`
fn is_html(output_ext: &str) -> bool {
    matches!(output_ext, ".html" | ".xhtml" | ".htm")
}

/// page.rb, `destination`: the file of an address.
pub(in crate::site) fn written(path: &str, output_ext: &str) -> Url {
    let path = sanitize(path);
    let mut file = below_output(&path);
    if path.ends_with('/') {
        file.push_str(if file.is_empty() { "index" } else { "/index" });
    }
    if !file.ends_with(output_ext) {
        file.push_str(output_ext);
    }
    Url { path, file }
}

/// url.rb, `generate_url_from_hash`: one value after the other, and each also within a longer name.
pub(in crate::site) fn fill(template: &str, values: &[(&str, &str)]) -> Result<String, PermalinkError> {
    let mut result = template.to_owned();
    for (name, value) in values {
        if !result.contains(':') {
            break;
        }
        result = result.replace(&[":", name].concat(), &escape(value)?);
    }
    Ok(result)
}

/// utils.rb, `add_permalink_suffix`: what the site's style adds to the address of a page.
pub(super) fn permalink_suffix(config: &Mapping) -> &'static str {
    match config.get("permalink").map(display).unwrap_or_default().as_str() {
        "pretty" => "/",
        "date" | "ordinal" | "none" => ":output_ext",
        style if style.ends_with('/') => "/",
        style if style.ends_with(":output_ext") => ":output_ext",
        _ => "",
    }
}

/// Reads what is to be known of a static file; `folder` is what Jekyll puts before its name. In the folder of a
/// collection, `collection` says which.
pub(super) fn static_file(
    context: &mut SiteReading<'_>,
    file: SourceFile,
    place: Place<'_>,
    collection: Option<(usize, &Collection)>,
) -> StaticFile {
    let Place { folder, name } = place;
    // Ruby's `File.join` puts no second slash.
    let relative_path = [folder.trim_end_matches('/'), "/", name].concat();
    let ext = extension(name);
    let label = collection.map(|(_, collection)| collection.label.as_str());
    let basename = name.strip_suffix(ext).unwrap_or(name).trim_end_matches('.');
    let url = match collection {
        None => Ok([relative_path.strip_suffix(ext).unwrap_or(&relative_path).trim_end_matches('.')].concat()),
        Some((_, collection)) => {
            let path = cleaned_path(&relative_path, ext, &collection.label);
            let values = [
                ("collection", collection.label.as_str()),
                ("path", &path),
                ("output_ext", ""),
                ("name", basename),
                ("title", ""),
            ];
            fill(&collection.url_template, &values).map(|path| sanitize(&path))
        }
    };
    let path = url.map(|url| [url.strip_suffix('/').unwrap_or(&url), ext].concat()).unwrap_or_else(|error| {
        context.stop(&file, &error.to_string());
        "/".to_owned()
    });
    let settings = context.settings.clone();
    let mut defaults = |path: &str| {
        let defaults = defaults::of_path(&settings.defaults, path, label, &settings.collections_dir);
        defaults.unwrap_or_else(|UnreadableDefaults| {
            context.stop(&file, UNREADABLE_DEFAULTS);
            Mapping::new()
        })
    };
    let published = defaults(&path).get("published").is_none_or(is_true);
    let data = defaults(&relative_path);
    let writes_all = context.settings.version.writes_files_of_hidden_collections();
    StaticFile {
        data,
        relative_path,
        name: name.to_owned(),
        basename: basename.to_owned(),
        extension: ext.to_owned(),
        modified: context.modified(&file),
        collection: collection.map(|(id, _)| id),
        url: Url { file: below_output(&path), path },
        written: published && (writes_all || collection.is_none_or(|(_, collection)| collection.output)),
        file,
    }
}

/// Reads a layout; `name` is its path in `folder`, that of the layouts.
pub(super) fn layout(context: &mut SiteReading<'_>, file: SourceFile, folder: &str, name: &str) -> LayoutFile {
    let Head { source, data, dates } = context.head(&file);
    if data.get("permalink") == Some(&Value::from("")) {
        context.stop(&file, "Its permalink is empty.");
    }
    let last = name.rsplit('/').next().unwrap_or(name);
    LayoutFile {
        file,
        relative_path: ["/", &join(folder, name)].concat(),
        name: name.to_owned(),
        extension: extension(last).to_owned(),
        source,
        data,
        dates,
    }
}
