//! jekyll-toc 0.18.0: a table of the headings of a text, and links at the headings. In: HTML. Out: HTML. Neighbours:
//! `mod.rs` asks. The rules are those of the gem's parser.rb; what the text has beside its headings stays as it is
//! written, where the gem writes it anew.

use serde_yaml::{Mapping, Value as Yaml};

use super::super::page_view::PageView;
use super::filters::part;
use super::html::{Piece, pieces};
use crate::liquid::{Value, form_encode};
use crate::post::front_matter::is_true;
use crate::post::yaml::display;
use crate::text::downcase;

/// What is wanted of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wanted {
    Table,
    Anchors,
    Both,
}

/// What a filter gives: `toc`, `toc_only`, `inject_anchors`.
pub(super) fn filter(view: &PageView<'_>, wanted: Wanted, html: &str) -> String {
    match part(&view.page(), "toc") {
        Value::Bool(true) => written(view, wanted, html),
        _ if wanted == Wanted::Table => String::new(),
        _ => html.to_owned(),
    }
}

/// What the tag `toc` writes.
pub(super) fn tag(view: &PageView<'_>) -> String {
    let page = view.page();
    if !part(&page, "toc").is_true() {
        return String::new();
    }
    written(view, Wanted::Table, &part(&page, "content").plain_text())
}

/// A heading.
struct TocHeading {
    level: u8,
    id: String,
    text: String,
    /// Where its content begins, in bytes.
    start: usize,
}

/// The settings of the site for tables.
struct TocSettings {
    levels: (u8, u8),
    list: &'static str,
    unlisted: Vec<String>,
    id: String,
    class: String,
    inner_class: String,
    item_class: String,
    item_prefix: String,
}

impl TocSettings {
    fn of(config: Option<&Yaml>) -> Self {
        let none = Mapping::new();
        let config = config.and_then(Yaml::as_mapping).unwrap_or(&none);
        let text = |key: &str, default: &str| config.get(key).map_or_else(|| default.to_owned(), display);
        let level = |key: &str, default: u8| {
            let number = config.get(key).and_then(Yaml::as_u64);
            number.map_or(default, |number| u8::try_from(number).unwrap_or(9))
        };
        Self {
            levels: (level("min_level", 1), level("max_level", 6)),
            list: if config.get("ordered_list").is_some_and(is_true) { "ol" } else { "ul" },
            unlisted: match config.get("no_toc_section_class") {
                Some(Yaml::Sequence(classes)) => classes.iter().map(display).collect(),
                Some(class) => vec![display(class)],
                None => vec!["no_toc_section".to_owned()],
            },
            id: text("list_id", "toc"),
            class: text("list_class", "section-nav"),
            inner_class: text("sublist_class", ""),
            item_class: text("item_class", "toc-entry"),
            item_prefix: text("item_prefix", "toc-"),
        }
    }
}

fn written(view: &PageView<'_>, wanted: Wanted, html: &str) -> String {
    let settings = TocSettings::of(view.rendering.site.config.get("toc"));
    let headings = headings(html, &settings);
    let mut out = String::new();
    if wanted != Wanted::Anchors {
        let TocSettings { list, id, class, .. } = &settings;
        out.push_str(&["<", list, " id=\"", id, "\" class=\"", class, "\">\n"].concat());
        items(&headings, &settings, &mut out);
        out.push_str(&["</", list, ">"].concat());
    }
    if wanted != Wanted::Table {
        let mut copied = 0;
        for heading in &headings {
            out.push_str(html.get(copied..heading.start).unwrap_or(""));
            out.push_str(&["<a class=\"anchor\" href=\"#", &encoded(&heading.id), "\" aria-hidden=\"true\">"].concat());
            out.push_str("<span class=\"octicon octicon-link\"></span></a>");
            copied = heading.start;
        }
        out.push_str(html.get(copied..).unwrap_or(""));
    }
    out
}

/// The headings that a table lists.
fn headings(html: &str, settings: &TocSettings) -> Vec<TocHeading> {
    let mut headings: Vec<TocHeading> = Vec::new();
    // How deep the heading is that is being read, and whether it has an `id` of its own.
    let mut open: Option<(usize, bool)> = None;
    let mut used: Vec<(String, usize)> = Vec::new();
    for piece in pieces(html) {
        match piece {
            Piece::Start { name, attributes, end, above, classes_above } if open.is_none() => {
                let level = match name.strip_prefix('h') {
                    Some(level) if level.len() == 1 => level.parse().unwrap_or(0),
                    _ => 0,
                };
                let has = |key: &str| attributes.iter().find(|(name, _)| name == key).map(|(_, value)| value.as_str());
                let is_left_out = has("class").is_some_and(|classes| classes.split_whitespace().any(|c| c == "no_toc"))
                    || classes_above.iter().any(|class| settings.unlisted.contains(class));
                let (least, most) = settings.levels;
                if (1..=6).contains(&level) && (least..=most).contains(&level) && !is_left_out {
                    let id = has("id").unwrap_or("").to_owned();
                    open = Some((above, has("id").is_some()));
                    headings.push(TocHeading { level, id, text: String::new(), start: end });
                }
            }
            Piece::Start { .. } => {}
            Piece::Text { text, .. } => {
                if let Some(heading) = headings.last_mut().filter(|_| open.is_some()) {
                    heading.text.push_str(&text);
                }
            }
            Piece::End { above } => {
                if let Some((_, has_id)) = open.take_if(|(depth, _)| above <= *depth)
                    && let Some(heading) = headings.last_mut().filter(|_| !has_id)
                {
                    heading.id = numbered(id_of(&heading.text), &mut used);
                }
            }
        }
    }
    if let (Some((_, false)), Some(heading)) = (open, headings.last_mut()) {
        heading.id = numbered(id_of(&heading.text), &mut used);
    }
    headings
}

/// helper.rb, `generate_toc_id`
fn id_of(text: &str) -> String {
    let kept = |c: &char| c.is_alphanumeric() || matches!(c, '_' | '-' | ' ');
    let text: String = downcase(text).chars().filter(kept).collect();
    form_encode(&text.replace(' ', "-"))
}

/// An `id` that was there before gets a number.
fn numbered(id: String, used: &mut Vec<(String, usize)>) -> String {
    match used.iter_mut().find(|(known, _)| *known == id) {
        Some((_, count)) => {
            *count += 1;
            [&id, "-", &(*count - 1).to_string()].concat()
        }
        None => {
            used.push((id.clone(), 1));
            id
        }
    }
}

/// An address in an attribute, as libxml2 writes it.
fn encoded(id: &str) -> String {
    let mut out = String::with_capacity(id.len());
    for c in id.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '"' => out.push_str("%22"),
            ' ' => out.push_str("%20"),
            c if c.is_ascii() => out.push(c),
            c => out.push_str(&form_encode(c.encode_utf8(&mut [0; 4]))),
        }
    }
    out
}

fn escaped(text: &str) -> String {
    let text = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    text.replace('"', "&quot;").replace('\'', "&#39;")
}

/// parser.rb, `build_toc_list`: headings of the highest level, and the others below them.
fn items(headings: &[TocHeading], settings: &TocSettings, out: &mut String) {
    let Some(highest) = headings.iter().map(|heading| heading.level).min() else { return };
    let below = |from: usize| {
        let rest = headings.get(from..).unwrap_or(&[]);
        let count = rest.iter().take_while(|heading| heading.level != highest).count();
        rest.get(..count).unwrap_or(&[])
    };
    let mut index = 0;
    while let Some(heading) = headings.get(index) {
        if heading.level == highest {
            let TocSettings { list, item_class, item_prefix, inner_class, .. } = settings;
            let (level, text) = (heading.level.to_string(), escaped(&heading.text));
            let class = [item_class, " ", item_prefix, "h", &level].concat();
            out.push_str(&["<li class=\"", &class, "\"><a href=\"#", &heading.id, "\">", &text, "</a>"].concat());
            let inner = below(index + 1);
            if !inner.is_empty() {
                let class = if inner_class.is_empty() { "" } else { &[" class=\"", inner_class, "\""].concat() };
                out.push_str(&["\n<", list, class, ">\n"].concat());
                items(inner, settings, out);
                out.push_str(&["</", list, ">\n"].concat());
                index += inner.len();
            }
            out.push_str("</li>\n");
        } else {
            let inner = below(index);
            items(inner, settings, out);
            index += inner.len().saturating_sub(1);
        }
        index += 1;
    }
}
