//! `apercu render`: a post as HTML. In: a file. Out: a document, or the body alone, as Jekyll's converter writes it,
//! not sanitized; on standard error, that Jekyll stops and writes none of it. With `--site`, the whole page of a file of a
//! site, as `build` writes it. Neighbours: `render/` makes it, `post_file.rs` opens files; `site_request.rs` opens sites.

use std::path::{Path, PathBuf};

use super::site_request::SiteRequest;
use super::sites::CONFIG_NAMES;
use super::{Arguments, CommandOutput, Failure, Sites, post_file, site_problems};
use crate::markdown::token::{Token, to_html};
use crate::post::publishing::Verdict;

/// Renders the file that is named.
pub(super) fn run(arguments: &Arguments) -> Result<CommandOutput, Failure> {
    if arguments.site {
        return page(arguments);
    }
    let mut sites = Sites::default();
    let file = post_file::open_one(arguments, &mut sites)?;
    let mut renderer = sites.renderer(&file.place);
    let now = post_file::now(arguments);
    let rendered = renderer.render(&file.request(now));
    let publishing = rendered.site_post.publishing(&sites.of(&file.place).settings, now);
    let stops = publishing.verdict == Verdict::BuildStops;
    let notes = if stops { [&*file.shown, ": ", &publishing.reason, "\n"].concat() } else { String::new() };
    let output = |text| CommandOutput { text, notes, diagnosed: stops, ..CommandOutput::default() };
    let body = rendered.converted();
    if arguments.body {
        return Ok(output(body));
    }
    let title = to_html(&[Token::Text(rendered.site_post.title().into())]);
    let lang: String =
        rendered.language.unwrap_or("").chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').collect();
    let root = if lang.is_empty() { "<html>".to_owned() } else { ["<html lang=\"", &lang, "\">"].concat() };
    let document = [
        "<!DOCTYPE html>\n",
        &root,
        "\n<head>\n<meta charset=\"utf-8\">\n<title>",
        &title,
        "</title>\n</head>\n<body>\n<h1>",
        &title,
        "</h1>\n",
        &body,
        "</body>\n</html>\n",
    ];
    Ok(output(document.concat()))
}

/// The page of the file, with what was wrong on standard error. The site is the nearest folder above the file that has
/// settings, or the one of the settings that are named.
fn page(arguments: &Arguments) -> Result<CommandOutput, Failure> {
    let Some(file) = arguments.files.first() else { return Err(Failure("no file is named".to_owned())) };
    let full = std::fs::canonicalize(file).map_err(|error| post_file::failure(file, &error))?;
    let refused = |reason: &str| Failure([&post_file::shown(file), ": ", reason].concat());
    let folder = site_of(arguments, &full)
        .ok_or_else(|| refused("there is no _config.yml in a folder above; --config names the settings of the site"))?;
    let request = SiteRequest::new(arguments, &folder)?;
    let disk = request.open()?;
    let site = request.read(&disk);
    if let Some(stopped) = site_problems::stopped(&site) {
        return Ok(stopped);
    }
    let below = full.strip_prefix(disk.source.root()).map_err(|_| refused("the file does not lie in the site"))?;
    let path = below.iter().map(|part| part.to_string_lossy()).collect::<Vec<_>>().join("/");
    let rendering = request.rendering(&disk, site);
    let item = rendering.item_of(&path).filter(|item| rendering.output_file(*item).is_some());
    let item = item.ok_or_else(|| {
        refused("`build` writes no page of this file; for drafts and such there are --drafts, --future, --unpublished")
    })?;
    let mut output = CommandOutput::of(rendering.written_text(item).to_string());
    site_problems::tell(&mut output, &disk, &site_problems::problems(&rendering));
    Ok(output)
}

/// The folder of the site that a file belongs to.
fn site_of(arguments: &Arguments, file: &Path) -> Option<PathBuf> {
    let folder = match arguments.configs.first() {
        Some(config) => std::fs::canonicalize(config).ok()?.parent().map(Path::to_owned),
        None => file
            .ancestors()
            .skip(1)
            .find(|above| CONFIG_NAMES.iter().any(|name| above.join(name).is_file()))
            .map(Path::to_owned),
    };
    folder.filter(|folder| file.starts_with(folder))
}
