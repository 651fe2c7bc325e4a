//! `apercu render`: a post as HTML. In: a file. Out: a document, or the body alone, as Jekyll's converter writes it, not
//! sanitized; code is not coloured, and what one post cannot know of its site stands there as it is written. Neighbours: `markdown/` renders, `post/` reads.

use super::{Arguments, Failure, Output, Sites, site};
use crate::liquid::{self, chip};
use crate::markdown::token::{Token, to_html};
use crate::markdown::{self, Options};
use crate::post;
use crate::post::site::SiteSettings;

/// The converter's options on a site with these settings. Options that are not known are kramdown's own matter.
pub(super) fn options(settings: &SiteSettings) -> Options {
    Options::of_site(settings)
}

/// The HTML of Markdown on that site, as the converter writes it: not sanitized.
pub fn html(markdown: &str, settings: &SiteSettings) -> String {
    markdown::render_html(markdown, &options(settings))
}

pub(super) fn run(arguments: &Arguments, body_alone: bool) -> Result<Output, Failure> {
    let mut sites = Sites::default();
    let path = arguments.files.first().ok_or_else(|| Failure("no file is named".to_owned()))?;
    let file = site::open(arguments, path)?;
    sites.meet(&file)?;
    let settings = sites.settings(&file);
    let post = post::read(&file.path, &file.text);
    let rendered = liquid::of_post(&file.text, &post, settings, site::now(arguments)?);
    let source = &*chip::plain(&rendered.text);
    // Jekyll converts Markdown only; other files are their own HTML.
    let body = if post.file_name.is_markdown() { html(source, settings) } else { source.to_owned() };
    if body_alone {
        return Ok((body, Vec::new(), false));
    }
    let post = post.on_site(settings);
    let title = to_html(&[Token::Text(post.title().into())]);
    let lang = post.front_matter.lang.clone().or_else(|| settings.lang.clone()).unwrap_or_default();
    let lang: String = lang.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').collect();
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
    Ok((document.concat(), Vec::new(), false))
}
