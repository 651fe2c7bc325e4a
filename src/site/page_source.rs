//! A page of a site as it is written, with other addresses of its files: for a frame that runs its scripts. In: HTML. Out:
//! HTML, **not** sanitized, and the files that it names. Neighbours: `page_tokens.rs` is the sanitized page;
//! `app/page_with_scripts.rs` has the frame.

use std::collections::HashMap;

use crate::markdown::raw_html::{AttributeReader, Markup, Tokenizer, decode, is_raw_text};
use crate::site::css_addresses;

/// A file that a page names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedFile {
    /// Its path below the output folder.
    pub path: String,
    /// What is in it.
    pub content: NamedContent,
}

/// What is in a file that a page names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NamedContent {
    /// Text that the site makes, or a style sheet, whose addresses are changed, too.
    Text(String),
    /// The bytes of the file at this path, as `find` names it.
    Folder(String),
}

/// A page and the files that it names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PageSource {
    /// HTML, **not** sanitized; `apercu-file:3;` stands for the address of the fourth file.
    pub html: String,
    /// The files. A style sheet stands behind those that it names.
    pub files: Vec<NamedFile>,
}

impl PageSource {
    /// The page at the address `page`. `find` gives the file for an address, and the address of the page or the style sheet
    /// that it stands in.
    pub fn of(html: &str, page: &str, find: &mut dyn FnMut(&str, &str) -> Option<NamedFile>) -> Self {
        let mut gathered = Gathered { find, files: Vec::new(), numbers: HashMap::new() };
        let html = with_addresses(html, &mut |address| gathered.address(address, page));
        Self { html, files: gathered.files }
    }
}

struct Gathered<'f> {
    find: &'f mut dyn FnMut(&str, &str) -> Option<NamedFile>,
    files: Vec<NamedFile>,
    /// The number of each file by its path; none while its own addresses are changed.
    numbers: HashMap<String, Option<usize>>,
}

impl Gathered<'_> {
    fn address(&mut self, address: &str, page: &str) -> Option<String> {
        if address.is_empty() || address.starts_with('#') {
            return None;
        }
        let mut file = (self.find)(address, page)?;
        if let Some(known) = self.numbers.get(&file.path) {
            return known.map(named);
        }
        self.numbers.insert(file.path.clone(), None);
        if let NamedContent::Text(text) = &mut file.content
            && file.path.ends_with(".css")
        {
            let page = ["/", &file.path].concat();
            *text = style(text, &mut |address| self.address(address, &page));
        }
        let number = self.files.len();
        self.numbers.insert(file.path.clone(), Some(number));
        self.files.push(file);
        Some(named(number))
    }
}

fn named(number: usize) -> String {
    ["apercu-file:", &number.to_string(), ";"].concat()
}

/// The page with the addresses of pictures, sound, scripts and styles as `change` gives them; one for which it gives `None`
/// stays as it is written. Everything else stays byte by byte.
pub fn with_addresses(html: &str, change: &mut dyn FnMut(&str) -> Option<String>) -> String {
    let mut out = String::with_capacity(html.len());
    let mut copied = 0;
    let mut tokenizer = Tokenizer::new(html);
    while let Some(markup) = tokenizer.next() {
        let Markup::Start { name, attributes, self_closing, range } = markup else { continue };
        let name = name.to_ascii_lowercase();
        if let Some(tag) = changed_tag(&name, attributes, self_closing, change) {
            out.push_str(html.get(copied..range.0).unwrap_or(""));
            out.push_str(&tag);
            copied = range.1;
        }
        if is_raw_text(&name) {
            let start = tokenizer.position();
            let text = tokenizer.raw_text(&name);
            if name == "style" {
                out.push_str(html.get(copied..start).unwrap_or(""));
                out.push_str(&style(text, change));
                copied = tokenizer.position();
            }
        }
    }
    out.push_str(html.get(copied..).unwrap_or(""));
    out
}

/// A style sheet with other addresses; one for which `change` gives `None` stays as it is written.
pub fn style(css: &str, change: &mut dyn FnMut(&str) -> Option<String>) -> String {
    css_addresses::rewrite(css, &mut |address| Some(change(address).unwrap_or_else(|| address.to_owned())))
}

/// The tag with other addresses, if it has any.
fn changed_tag(
    name: &str,
    attributes: &str,
    self_closing: bool,
    change: &mut dyn FnMut(&str) -> Option<String>,
) -> Option<String> {
    let closed = [attributes, ">"].concat();
    let attributes: Vec<(&str, &str)> = AttributeReader::new(&closed).collect();
    let loads = name != "link" || {
        let rel = attributes.iter().find(|(name, _)| name.eq_ignore_ascii_case("rel")).map_or("", |(_, value)| value);
        let loaded = ["stylesheet", "icon", "preload", "modulepreload"];
        rel.split_ascii_whitespace().any(|word| loaded.iter().any(|loaded| word.eq_ignore_ascii_case(loaded)))
    };
    let mut changed = false;
    let mut written = Vec::with_capacity(attributes.len());
    for (attribute, value) in attributes {
        let value = decode(value, true);
        let new = match (&*attribute.to_ascii_lowercase(), name) {
            ("src", "img" | "script" | "video" | "audio" | "source" | "track" | "input") | ("poster", "video") => {
                change(value.trim())
            }
            ("href", "link") if loads => change(value.trim()),
            ("srcset", "img" | "source") => Some(candidates(&value, change)),
            ("style", _) => Some(style(&value, change)),
            _ => None,
        };
        changed |= new.as_deref().is_some_and(|new| new != value);
        written.push((attribute, new.unwrap_or_else(|| value.into_owned())));
    }
    if !changed {
        return None;
    }
    let mut tag = ["<", name].concat();
    // The bytes are those of a file now, whose addresses may have been changed, too.
    for (name, value) in written.iter().filter(|(name, _)| !name.eq_ignore_ascii_case("integrity")) {
        let value = value.replace('&', "&amp;").replace('"', "&quot;");
        tag.push_str(&[" ", name, "=\"", &value, "\""].concat());
    }
    tag.push_str(if self_closing { "/>" } else { ">" });
    Some(tag)
}

/// The addresses of a `srcset`, each with its size (HTML Standard, 4.8.4.2.2, without the rare forms).
fn candidates(text: &str, change: &mut dyn FnMut(&str) -> Option<String>) -> String {
    if text.contains("data:") {
        return text.to_owned();
    }
    let candidate = |candidate: &str| {
        let candidate = candidate.trim();
        let (address, size) = candidate.split_once(char::is_whitespace).unwrap_or((candidate, ""));
        [&change(address).unwrap_or_else(|| address.to_owned()), " ", size].concat().trim_end().to_owned()
    };
    text.split(',').map(candidate).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn changed(html: &str) -> String {
        with_addresses(html, &mut |address| address.strip_prefix('/').map(|path| ["file:", path].concat()))
    }

    #[test]
    fn addresses_that_load_something_are_changed() {
        for (html, wanted) in [
            ("<img src=/a.png alt='x & \"y\"'>", "<img src=\"file:a.png\" alt=\"x & &quot;y&quot;\">"),
            ("<script src=\"/a.js\" integrity=\"x\"></script>", "<script src=\"file:a.js\"></script>"),
            ("<link rel='stylesheet' href=/a.css />", "<link rel=\"stylesheet\" href=\"file:a.css\"/>"),
            ("<p style=\"background: url(/a.png)\">", "<p style=\"background: url(&quot;file:a.png&quot;)\">"),
            ("<style>a { b: url(/c) }</style>", "<style>a { b: url(\"file:c\") }</style>"),
            ("<img srcset='/a 1x, /b 2x'>", "<img srcset=\"file:a 1x, file:b 2x\">"),
        ] {
            assert_eq!(changed(html), wanted.replace("x & &quot;", "x &amp; &quot;"), "{html}");
        }
    }

    #[test]
    fn a_style_sheet_stands_behind_the_files_that_it_names() {
        let sheets = [("css/a.css", "@import 'b.css'; a { b: url(../p.png) }"), ("css/b.css", "@import 'a.css';")];
        let mut find = |address: &str, page: &str| {
            let path = match address.strip_prefix("../") {
                Some(path) => path.to_owned(),
                None if page.starts_with("/css/") => ["css/", address].concat(),
                None => address.strip_prefix('/')?.to_owned(),
            };
            let sheet = sheets.iter().find(|(name, _)| *name == path).map(|(_, css)| (*css).to_owned());
            let content = sheet.map_or_else(|| NamedContent::Folder(path.clone()), NamedContent::Text);
            Some(NamedFile { path, content })
        };
        let page =
            PageSource::of("<link rel=stylesheet href=/css/a.css><img src=/p.png><img src=x.png>", "/", &mut find);
        let html = "<link rel=\"stylesheet\" href=\"apercu-file:2;\"><img src=\"apercu-file:1;\"><img src=x.png>";
        assert_eq!(page.html, html);
        let contents: Vec<_> = page.files.into_iter().map(|file| file.content).collect();
        let text = |css: &str| NamedContent::Text(css.to_owned());
        let a = text("@import \"apercu-file:0;\"; a { b: url(\"apercu-file:1;\") }");
        // A sheet that imports one that imports it: the second time it is left out.
        assert_eq!(contents, [text("@import \"a.css\";"), NamedContent::Folder("p.png".to_owned()), a]);
    }

    #[test]
    fn everything_else_stays_as_it_is_written() {
        for html in [
            "<!DOCTYPE html>\n<html lang=en><!-- <img src=/a> --><a href=/b>x</a><link rel=canonical href=/c>",
            "<script>document.write('<img src=/a>'); if (1 < 2 && '/x') {}</script><img src=b.png>",
            "<textarea><img src=/a></textarea><svg><path d='M1 2'/></svg>&amp;<b",
            "",
            "<img src=\"/never",
        ] {
            assert_eq!(changed(html), html);
        }
    }
}
