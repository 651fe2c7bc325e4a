//! The four styles in which libsass lays out CSS (its output.cpp and emitter.cpp). In: CSS as grass writes it. Out: the
//! same in the style of the site's settings. Neighbours: `mod.rs` asks, `css.rs` reads the CSS.
//!
//! The style `nested` is laid out without the indentation that shows how the rules of the source were nested.

use std::borrow::Cow;

use super::colors;
use super::css::{self, CssNode};
use super::settings::SassStyle;
use super::source::{DOUBLE_MARK, Fractions, SINGLE_MARK, WRITTEN_MARK};

/// Lays out CSS.
pub(super) fn write(css: &str, style: SassStyle, fractions: &Fractions) -> String {
    let nodes = css::read(css.trim_start_matches('\u{feff}'));
    let mut writer = CssWriter { style, fractions, out: String::with_capacity(css.len()), depth: 0 };
    match style {
        SassStyle::Compressed => writer.compressed(&nodes),
        SassStyle::Nested | SassStyle::Expanded | SassStyle::Compact => writer.top(&nodes),
    }
    writer.out
}

/// A selector, or what else stands before a block, with the quotes that were written.
fn with_quotes(text: &str) -> Cow<'_, str> {
    if !text.contains(DOUBLE_MARK) && !text.contains(SINGLE_MARK) {
        return text.into();
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('"') {
        out.push_str(before);
        let quote = if after.starts_with(SINGLE_MARK) { '\'' } else { '"' };
        let after = [SINGLE_MARK, DOUBLE_MARK].iter().find_map(|mark| after.strip_prefix(mark)).unwrap_or(after);
        let (value, after) = after.split_once('"').unwrap_or((after, ""));
        out.push(quote);
        out.push_str(value);
        out.push(quote);
        rest = after;
    }
    (out + rest).into()
}

/// A comment on one line (libsass: util.cpp, `comment_to_compact_string`). `is_indented` says that its lines were
/// indented, which grass takes away.
fn comment_on_one_line(text: &str, mut is_indented: bool) -> Cow<'_, str> {
    let mut out = String::with_capacity(text.len());
    let mut before = ' ';
    let mut is_start_of_line = false;
    for c in text.chars() {
        match c {
            '\n' | '\r' => {
                is_start_of_line = true;
            }
            ' ' | '\t' if is_start_of_line => is_indented = true,
            '*' if is_start_of_line => {}
            _ => {
                if std::mem::take(&mut is_start_of_line) {
                    out.push(' ');
                    if before == '*' && c == '/' {
                        out.push('*');
                    }
                }
                out.push(c);
            }
        }
        before = c;
    }
    if is_indented { out.into() } else { text.into() }
}

/// A declaration of compressed style as libsass writes it. grass writes `.5` for every number that it writes, and libsass
/// only for those that were computed, and never for how opaque a color is.
fn compressed_line(text: &str, fractions: &Fractions) -> String {
    if text.contains(WRITTEN_MARK) {
        return text.replacen(WRITTEN_MARK, "", 1);
    }
    let important = text.strip_suffix("!important");
    let declaration = important.map_or(text, str::trim_end);
    let is_list = declaration.contains(' ');
    let property = declaration.split_once(':').map_or("", |(property, _)| property);
    let mut out = String::with_capacity(text.len() + 8);
    let mut brackets = 0_usize;
    let mut quote = None;
    let mut before = ':';
    let mut rest = declaration;
    while let Some(c) = rest.chars().next() {
        match (quote, c) {
            (Some(_), _) if before == '\\' => {}
            (Some(open), c) if c == open => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'') => quote = Some(c),
            (None, '(') => brackets += 1,
            (None, ')') => brackets = brackets.saturating_sub(1),
            (None, '.') if is_list || brackets > 0 => {
                let digits = rest.bytes().skip(1).take_while(u8::is_ascii_digit).count();
                let unit = rest.bytes().skip(1 + digits).take_while(u8::is_ascii_alphabetic).count();
                let number = rest.get(..=digits + unit).unwrap_or("").to_owned();
                let is_written =
                    ["", property].iter().any(|property| fractions.contains(&((*property).to_owned(), number.clone())));
                let in_color = out.rsplit_once('(').is_some_and(|(call, _)| call.ends_with("rgba"));
                if digits > 0 && (is_written || in_color) && matches!(before, ' ' | ',' | '(' | '-' | ':') {
                    out.push('0');
                }
            }
            (None, _) => {}
        }
        // In a list it was a word.
        if is_list && quote.is_none() && rest.starts_with("rgba(0,0,0,0)") {
            out.push_str("transparent");
            rest = rest.get("rgba(0,0,0,0)".len()..).unwrap_or("");
            before = ')';
            continue;
        }
        before = if quote.is_some() && before == '\\' { ' ' } else { c };
        out.push(c);
        rest = rest.get(c.len_utf8()..).unwrap_or("");
    }
    if important.is_some() {
        out.push_str(" !important");
    }
    out
}

/// A declaration of the other styles.
fn line(text: &str) -> Cow<'_, str> {
    if text.contains(WRITTEN_MARK) { text.replacen(WRITTEN_MARK, "", 1).into() } else { colors::rewrite(text) }
}

struct CssWriter<'f> {
    style: SassStyle,
    fractions: &'f Fractions,
    out: String,
    depth: usize,
}

impl CssWriter<'_> {
    fn is_compact(&self) -> bool {
        self.style == SassStyle::Compact
    }

    fn compressed(&mut self, nodes: &[CssNode<'_>]) {
        self.compressed_nodes(nodes);
        if matches!(nodes.last(), Some(CssNode::Line(_))) {
            self.out.push(';');
        }
        self.out.push('\n');
    }

    fn compressed_nodes(&mut self, nodes: &[CssNode<'_>]) {
        let mut is_open = false;
        for node in nodes {
            if std::mem::take(&mut is_open) {
                self.out.push(';');
            }
            match node {
                CssNode::Comment(text) => self.out.push_str(text),
                CssNode::Line(text) => {
                    self.out.push_str(&compressed_line(text, self.fractions));
                    is_open = true;
                }
                CssNode::Block(selector, children) => {
                    let start = self.out.len();
                    self.out.push_str(&with_quotes(selector));
                    self.out.push('{');
                    let inside = self.out.len();
                    self.compressed_nodes(children);
                    if self.out.len() == inside {
                        self.out.truncate(start);
                    } else {
                        self.out.push('}');
                    }
                }
            }
        }
    }

    fn top(&mut self, nodes: &[CssNode<'_>]) {
        for (at, node) in nodes.iter().enumerate() {
            self.node(node, false);
            self.out.push('\n');
            if matches!(node, CssNode::Block(..)) && at + 1 < nodes.len() {
                self.out.push('\n');
            }
        }
    }

    /// Lays out a node; `is_frame` for one of `@keyframes`.
    fn node(&mut self, node: &CssNode<'_>, is_frame: bool) {
        match node {
            CssNode::Comment(text) if self.is_compact() => {
                self.out.push_str(&comment_on_one_line(text, self.depth > 0))
            }
            CssNode::Comment(text) => self.out.push_str(text),
            CssNode::Line(text) => {
                self.out.push_str(&line(text));
                self.out.push(';');
            }
            CssNode::Block(selector, children) => self.block(selector, children, is_frame),
        }
    }

    fn block(&mut self, selector: &str, children: &[CssNode<'_>], is_frame: bool) {
        let selector = with_quotes(selector);
        if self.is_compact() {
            let lines: Vec<&str> = selector.split('\n').map(str::trim).collect();
            self.out.push_str(&lines.join(" "));
        } else {
            self.out.push_str(&selector);
        }
        if children.is_empty() {
            self.out.push_str(" {}");
            return;
        }
        self.out.push_str(" {");
        self.depth += 1;
        let has_frames = selector.starts_with('@') && selector.contains("keyframes");
        for (at, child) in children.iter().enumerate() {
            if !self.is_compact() || at > 0 && (is_frame || has_lines(&selector)) {
                self.new_line();
            } else {
                self.out.push(' ');
            }
            self.node(child, has_frames);
        }
        self.depth -= 1;
        if self.style == SassStyle::Expanded {
            self.new_line();
        } else {
            self.out.push(' ');
        }
        self.out.push('}');
    }

    fn new_line(&mut self) {
        self.out.push('\n');
        for _ in 0..self.depth {
            self.out.push_str("  ");
        }
    }
}

/// Whether what stands in a block has lines of its own in compact style: in rules that libsass does not know.
fn has_lines(selector: &str) -> bool {
    selector.starts_with('@') && !["@media", "@supports", "@font-face"].iter().any(|name| selector.starts_with(name))
}
