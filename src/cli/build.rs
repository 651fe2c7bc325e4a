//! `apercu build`: a whole site, as `jekyll build` writes it. In: a folder, and where to write. Out: files, and what is
//! wrong. Neighbours: `site/` reads and renders, `site_folder.rs` is the folder.

use std::fs;
use std::path::{Component, Path, PathBuf};
use std::rc::Rc;
use std::time::{SystemTime, UNIX_EPOCH};

use serde_yaml::{Mapping, Value};

use super::site_folder::SiteFolder;
use super::tables::languages;
use super::{Arguments, CommandOutput, Failure, zoneinfo};
use crate::code::Highlighting;
use crate::liquid::AroundChips;
use crate::post::zone::Zone;
use crate::site::build::Written;
use crate::site::reader::{self, ConfigText, ReadOptions};
use crate::site::rendering::RenderingOptions;
use crate::site::sass;
use crate::site::source::SiteSource;
use crate::text::{LineIndex, Severity};

/// Builds the site in the folder that `arguments` name; without one, in the working directory.
pub(super) fn run(arguments: &Arguments) -> Result<CommandOutput, Failure> {
    let folder = arguments.files.first().map_or(Path::new("."), PathBuf::as_path);
    let destination = arguments.destination.clone().unwrap_or_else(|| folder.join("_site"));
    let failed = |path: &Path, what: &str| Failure([&path.to_string_lossy(), ": ", what].concat());
    let source =
        Rc::new(SiteFolder::open(folder, Some(&destination)).map_err(|error| failed(folder, &error.to_string()))?);
    let theme = match &arguments.theme {
        Some(path) => Some(Rc::new(SiteFolder::open(path, None).map_err(|error| failed(path, &error.to_string()))?)),
        None => None,
    };
    let mut configs = Vec::new();
    for path in &arguments.configs {
        let text = fs::read(path).map_err(|error| failed(path, &error.to_string()))?;
        let path = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        configs.push(ConfigText { path, text: String::from_utf8_lossy(&text).into_owned() });
    }
    let now = arguments.now.unwrap_or_else(clock);
    let overrides: Mapping = arguments.overrides.iter().map(|key| ((*key).into(), Value::Bool(true))).collect();
    let zone = std::env::var("TZ").ok().and_then(|name| zoneinfo::find(&name).or_else(|| Zone::posix(&name)));
    let options = ReadOptions {
        configs,
        overrides,
        now,
        zone: zone.unwrap_or_default(),
        find_zone: &zoneinfo::find,
        theme: theme.as_deref().map(|theme| theme as &dyn SiteSource),
        ..ReadOptions::default()
    };
    let site = reader::read(&*source, &options);
    let mut output = CommandOutput::default();
    if let Some(stop) = &site.stops {
        output.notes.push_str(&["error: ", &stop.path, ": ", &stop.message, "\n"].concat());
        output.diagnosed = true;
        return Ok(output);
    }
    let rendering = crate::site::render(
        site,
        RenderingOptions {
            source: source.clone(),
            theme: theme.clone().map(|theme| theme as Rc<dyn SiteSource>),
            highlighting: Highlighting::with(Rc::new(AroundChips(languages()))),
            environment: std::env::var("JEKYLL_ENV").unwrap_or_else(|_| "development".to_owned()),
            clock: now,
            sass: Some(sass::convert),
        },
    );
    fs::create_dir_all(&destination).map_err(|error| failed(&destination, &error.to_string()))?;
    let root = fs::canonicalize(&destination).map_err(|error| failed(&destination, &error.to_string()))?;
    rendering.write_all(|path, written| {
        let from = match &written {
            Written::Text(_) => None,
            Written::Copy(file) => {
                let folder = if file.from_theme { theme.as_deref() } else { Some(&*source) };
                folder.and_then(|folder| folder.locate(&file.path))
            }
        };
        let result = match &written {
            Written::Text(text) => write(&root, path, |target| fs::write(target, text.as_bytes())),
            Written::Copy(_) => match from {
                Some(from) => write(&root, path, |target| fs::copy(&from, target).map(|_| ())),
                None => Ok(()),
            },
        };
        if let Err(message) = result {
            output.failures.push(failed(&root.join(path), &message));
        }
    });
    for (path, diagnostic) in rendering.problems() {
        output.diagnosed |= diagnostic.severity == Severity::Error;
        let bytes = source.read(&path).or_else(|| theme.as_ref()?.read(&path));
        let text = bytes.map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).unwrap_or_default();
        let line = LineIndex::new(&text).line_at(diagnostic.span.start) + 1;
        let parts = [&*path, ":", &line.to_string(), ": ", diagnostic.severity.name(), ": ", &diagnostic.message, "\n"];
        output.notes.push_str(&parts.concat());
    }
    Ok(output)
}

/// Seconds since 1970-01-01T00:00:00Z.
fn clock() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_secs()).unwrap_or(0)
}

/// Writes a file below `root`, and never outside of it.
fn write(root: &Path, path: &str, write: impl FnOnce(&Path) -> std::io::Result<()>) -> Result<(), String> {
    let relative = Path::new(path.trim_start_matches('/'));
    if !relative.components().all(|part| matches!(part, Component::Normal(_))) {
        return Err("the path leads out of the destination".to_owned());
    }
    let target = root.join(relative);
    let folder = target.parent().unwrap_or(root);
    fs::create_dir_all(folder).map_err(|error| error.to_string())?;
    let real = fs::canonicalize(folder).map_err(|error| error.to_string())?;
    let leads_out = fs::symlink_metadata(&target).is_ok_and(|found| found.file_type().is_symlink());
    if !real.starts_with(root) || leads_out {
        return Err("a link leads out of the destination".to_owned());
    }
    write(&target).map_err(|error| error.to_string())
}
