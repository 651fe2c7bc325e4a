//! Writes a site as it was read, as JSON, or where Jekyll stops: `site_model FOLDER [--config A,B] [--theme FOLDER]
//! [--now SECONDS]`. `scripts/site-model.rb` writes the same of Jekyll; the two are compared over whole sites.

#[path = "../tests/support/site_model.rs"]
mod site_model;

use std::path::Path;

use apercu::cli::{SiteFolder, zone};
use apercu::site::reader::{self, ConfigText, ReadOptions};
use apercu::site::source::SiteSource;

fn main() -> std::io::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let value = |name: &str| {
        let at = arguments.iter().position(|argument| argument == name);
        at.and_then(|at| arguments.get(at + 1)).map(String::as_str)
    };
    let folder = arguments.first().map_or(".", String::as_str);
    let open = |path: &str| SiteFolder::open(Path::new(path), Some(&Path::new(path).join("_site")));
    let source = open(folder)?;
    let theme = value("--theme").map(open).transpose()?;
    let configs = value("--config").map(|names| names.split(',').collect()).unwrap_or_else(Vec::new);
    let config = |path: &str| {
        let bytes = source.read(path)?;
        Some(ConfigText { path: path.to_owned(), text: String::from_utf8_lossy(&bytes).into_owned() })
    };
    let options = ReadOptions {
        configs: configs.into_iter().filter_map(config).collect(),
        now: value("--now").and_then(|now| now.parse().ok()).unwrap_or(0),
        find_zone: &zone,
        theme: theme.as_ref().map(|theme| theme as &dyn SiteSource),
        ..ReadOptions::default()
    };
    let site = reader::read(&source, &options);
    let json = site_model::of(&site);
    println!("{}", serde_json::to_string_pretty(&json).unwrap_or_default());
    for (path, found) in &site.diagnostics {
        eprintln!("{path}: {:?} {}: {}", found.severity, found.code, found.message);
    }
    Ok(())
}
