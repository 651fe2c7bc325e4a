//! As few backslashes as the parser allows: a line is written, read by our own kramdown, and compared with what it must
//! become. In: a line and where it stands. Out: its Markdown. Neighbours: `inline_writer.rs` writes and knows the shape.
//!
//! Most lines need no escape and are read once. Else all characters that could mean something are escaped, and the escapes
//! are taken away again kind by kind, in a short line also one by one, as long as the line is read as it must. So the
//! number of readings has a bound, and the time is linear.

use super::inline_writer::{InlineStyle, InlineWriter, shape_of};
use crate::code::Highlighting;
use crate::markdown::{Dialect, Options, html, parse_with};

/// Where a line stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum LinePlace {
    Paragraph,
    Item,
    Heading(u8),
    Cell,
    Term,
}

/// How many escapes are tried one by one.
const MOST_TRIED: usize = 24;
/// The longest line in which they are, in bytes.
const LONGEST_TRIED: usize = 600;

/// The Markdown of a line.
pub(super) fn write(mut line: InlineWriter<'_>, place: LinePlace) -> String {
    line.is_heading = matches!(place, LinePlace::Heading(_));
    line.is_term = place == LinePlace::Term;
    line.is_cell = place == LinePlace::Cell;
    let line = line;
    let mut style = InlineStyle { liquid: true, ..InlineStyle::default() };
    if !line.is_plain() {
        style.escaped = escaped(&line, place, &mut style.tags);
    }
    line.markdown(&style, &mut Vec::new())
}

/// Which candidates are escaped, and whether formats must be tags.
fn escaped(line: &InlineWriter<'_>, place: LinePlace, tags: &mut bool) -> Vec<bool> {
    let shape = expected(place, &line.shape());
    let mut candidates = Vec::new();
    line.markdown(&InlineStyle::default(), &mut candidates);
    let reads = |escaped: &[bool], tags: bool| {
        let style = InlineStyle { escaped: escaped.to_vec(), tags, liquid: false };
        let markdown = line.markdown(&style, &mut Vec::new());
        shape_of_markdown(&in_place(place, &markdown)) == shape
    };
    for as_tags in [false, true] {
        *tags = as_tags;
        let mut escaped = vec![false; candidates.len()];
        if reads(&escaped, as_tags) {
            return escaped;
        }
        escaped.fill(true);
        if candidates.is_empty() || !reads(&escaped, as_tags) {
            continue;
        }
        let mut kinds = candidates.clone();
        kinds.sort_unstable();
        kinds.dedup();
        for kind in kinds {
            let without: Vec<bool> = escaped.iter().zip(&candidates).map(|(&on, &c)| on && c != kind).collect();
            if reads(&without, as_tags) {
                escaped = without;
            }
        }
        let left: Vec<usize> = escaped.iter().enumerate().filter(|&(_, &on)| on).map(|(at, _)| at).collect();
        if left.len() <= MOST_TRIED && shape.len() <= LONGEST_TRIED {
            // From the end: of two marks that pair, the first keeps its backslash.
            for at in left.into_iter().rev() {
                let mut without = escaped.clone();
                if let Some(slot) = without.get_mut(at) {
                    *slot = false;
                }
                if reads(&without, as_tags) {
                    escaped = without;
                }
            }
        }
        return escaped;
    }
    vec![true; candidates.len()]
}

/// A piece of Markdown in which the line stands where it will stand. A mark of code in another cell pairs with no mark of
/// a cell's.
fn in_place(place: LinePlace, line: &str) -> String {
    match place {
        LinePlace::Paragraph => format!("x\n\n{line}\n"),
        LinePlace::Item => format!("* {}\n", line.replace('\n', "\n  ")),
        LinePlace::Heading(level) => format!("{} {line}\n", "#".repeat(usize::from(level))),
        LinePlace::Cell => format!("| {line} | `x |\n"),
        LinePlace::Term => format!("{line}\n: x\n"),
    }
}

/// The shape that it must have.
fn expected(place: LinePlace, line: &str) -> String {
    match place {
        LinePlace::Paragraph => format!("<p>x</><p>{line}</>"),
        LinePlace::Item => format!("<ul><li>{line}</></>"),
        LinePlace::Heading(level) => format!("<h{level}>{line}</>"),
        LinePlace::Cell => format!("<table><tbody><tr><td>{line}</><td>`x</></></></>"),
        LinePlace::Term => format!("<dl><dt>{line}</><dd>x</></>"),
    }
}

fn shape_of_markdown(markdown: &str) -> String {
    let (items, options) = parse_with(markdown, &Options::of(Dialect::Jekyll));
    shape_of(&html::write_document(markdown, &items, &options, &Highlighting::default()))
}
