//! `apercu render`: a post as HTML. In: a file. Out: a document, or the body alone, as Jekyll's converter writes it,
//! not sanitized; on standard error, that Jekyll stops and writes none of it. Neighbours: `render/` makes it,
//! `post_file.rs` opens files.

use super::{Arguments, CommandOutput, Failure, Sites, post_file};
use crate::markdown::token::{Token, to_html};
use crate::post::publishing::Verdict;

/// Renders the file that is named.
pub(super) fn run(arguments: &Arguments) -> Result<CommandOutput, Failure> {
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
