//! From tokens to a tree (block_body.rb, block.rb and the tags' own `parse`). In: a body. Out: nodes, and what is
//! wrong. Neighbours: `tokens.rs`, `tag_markup.rs` below; `interpreter.rs` above.
//!
//! Where Liquid stops, this goes on: a tag with a mistake becomes a chip, and the tag of a block without an end is
//! ignored. So the preview still shows the rest while a writer is typing.

use std::rc::Rc;

use super::condition::{Condition, ConditionTerm};
use super::diagnostics::{DiagnosticList, SYNTAX, UNCLOSED, UNKNOWN_TAG};
use super::expression::{Expression, Filtered};
use super::include_markup::IncludeMarkup;
use super::syntax_tree::{
    Branch, For, ForHead, HighlightOptions, Include, IncludeFrom, IncludeName, LinkPath, MAX_DEPTH, TableRow, Template,
    TemplateNode, When, is_blank,
};
use super::tag_markup;
use super::tokens::{TokenKind, Tokens, is_space, is_stripped, output, raw_end, tag};
use crate::post::site::SiteSettings;
use crate::text::{Severity, Span};

/// A block that is open.
struct OpenBlock {
    block: BlockTag,
    tag: Span,
    /// What it holds since its last `else`, `elsif` or `when`.
    nodes: Vec<TemplateNode>,
}

enum BlockTag {
    Document,
    If {
        unless: bool,
        branches: Vec<Branch>,
        condition: Option<Condition>,
    },
    Case {
        left: Expression,
        branches: Vec<When>,
        current: Option<Option<Vec<ConditionTerm>>>,
        blank: bool,
    },
    For {
        head: ForHead,
        body: Option<Vec<TemplateNode>>,
    },
    TableRow(Box<TableRow>),
    IfChanged,
    Capture(Rc<str>),
    Comment,
    Highlight(HighlightOptions),
    /// A block whose tag has a mistake.
    Broken(&'static str),
}

impl BlockTag {
    fn name(&self) -> &'static str {
        match self {
            Self::Document => "",
            Self::If { unless: false, .. } => "if",
            Self::If { unless: true, .. } => "unless",
            Self::Case { .. } => "case",
            Self::For { .. } => "for",
            Self::TableRow(_) => "tablerow",
            Self::IfChanged => "ifchanged",
            Self::Capture(_) => "capture",
            Self::Comment => "comment",
            Self::Highlight(_) => "highlight",
            Self::Broken(name) => name,
        }
    }
}

/// How many names of unknown tags are remembered, so that their end tags get no second diagnostic.
const UNKNOWN_NAMES: usize = 64;

struct TemplateParser<'b, 'p, 's> {
    body: &'b str,
    diagnostics: &'p mut DiagnosticList<'s>,
    open_blocks: Vec<OpenBlock>,
    /// Whether white space at the beginning of the next text goes.
    trim: bool,
    unknown: Vec<&'b str>,
    /// No `endraw` follows.
    no_raw_end: bool,
}

/// The nodes of a body.
pub(super) fn parse(body: &str, diagnostics: &mut DiagnosticList<'_>) -> Vec<TemplateNode> {
    let document = OpenBlock { block: BlockTag::Document, tag: Span::default(), nodes: Vec::new() };
    let mut parser = TemplateParser {
        body,
        diagnostics,
        open_blocks: vec![document],
        trim: false,
        unknown: Vec::new(),
        no_raw_end: false,
    };
    let mut tokens = Tokens::new(body);
    while let Some(token) = tokens.next() {
        let text = token.span.of(body);
        match token.kind {
            TokenKind::Text => {
                let start = if parser.trim { text.len() - text.trim_start_matches(is_stripped).len() } else { 0 };
                parser.trim = false;
                parser.push(TemplateNode::Text(Span::new(token.span.start + start, token.span.end)));
            }
            TokenKind::Output => {
                parser.white_space(text);
                match output(text) {
                    Some(markup) => {
                        parser.hold_strict(|| Filtered::strict(markup).is_ok(), token.span);
                        parser.push(TemplateNode::Output(Filtered::parse(markup), token.span));
                    }
                    None => parser.unterminated(token.span, "An output that begins with `{{` has to end with `}}`."),
                }
            }
            TokenKind::Tag => {
                parser.white_space(text);
                match tag(text) {
                    Some(("raw", markup)) => parser.raw(markup, token.span, &mut tokens),
                    Some((name, markup)) => parser.tag(name, markup, token.span),
                    None => parser.unterminated(
                        token.span,
                        "A tag that begins with `{%` has to have a name and to end with `%}`.",
                    ),
                }
            }
        }
    }
    while parser.open_blocks.len() > 1 {
        parser.unclosed();
    }
    parser.open_blocks.pop().map(|document| document.nodes).unwrap_or_default()
}

/// The template of the text of the file at `path`, on a site with these settings. A template in the markup of a tag has
/// no path; as such a markup has no end of a tag in it, these do not nest.
pub(super) fn template(path: &str, text: Rc<str>, settings: &SiteSettings) -> Template {
    let mut diagnostics = DiagnosticList::new(settings);
    let nodes = parse(&text, &mut diagnostics);
    Template { path: path.into(), text, nodes, diagnostics: diagnostics.list }
}

impl<'b> TemplateParser<'b, '_, '_> {
    fn push(&mut self, node: TemplateNode) {
        if let Some(frame) = self.open_blocks.last_mut() {
            frame.nodes.push(node);
        }
    }

    /// `{%-` takes the white space before it away if it is a text of the same block, `-%}` that of the next text.
    fn white_space(&mut self, token: &str) {
        let bytes = token.as_bytes();
        if bytes.get(2) == Some(&b'-')
            && let Some(TemplateNode::Text(span)) = self.open_blocks.last_mut().and_then(|frame| frame.nodes.last_mut())
        {
            span.end = span.start + span.of(self.body).trim_end_matches(is_stripped).len();
        }
        self.trim = bytes.len() > 2 && bytes.get(bytes.len() - 3) == Some(&b'-');
    }

    /// A token that is no tag and no output stays as it is written.
    fn unterminated(&mut self, span: Span, message: &str) {
        self.diagnostics.stops(UNCLOSED, span, &[message]);
        self.push(TemplateNode::Raw(span));
    }

    fn mistake(&mut self, span: Span, message: &[&str]) {
        self.diagnostics.stops(SYNTAX, span, message);
    }

    /// With `error_mode: strict`, Liquid stops at what only its lax parser reads.
    fn hold_strict(&mut self, is_strict: impl FnOnce() -> bool, span: Span) {
        if self.diagnostics.strict.strict_syntax && !is_strict() {
            self.mistake(span, &["This is not written as Liquid reads it with the setting `error_mode: strict`."]);
        }
    }

    fn raw(&mut self, markup: &str, span: Span, tokens: &mut Tokens<'b>) {
        if !markup.trim_matches(is_space).is_empty() {
            self.mistake(span, &["`raw` takes no words after its name."]);
        }
        let after = *tokens;
        while !self.no_raw_end
            && let Some(token) = tokens.next()
        {
            if let Some(end) = raw_end(token.span.of(self.body)) {
                return self.push(TemplateNode::Raw(Span::new(span.end, token.span.start + end)));
            }
        }
        self.no_raw_end = true;
        *tokens = after;
        self.diagnostics.stops(UNCLOSED, span, &["`raw` has no `{% endraw %}`; Liquid knows none with a hyphen."]);
        self.push(TemplateNode::Chip(span));
    }

    fn tag(&mut self, name: &'b str, markup: &str, span: Span) {
        let node = match name {
            "if" | "unless" | "case" | "for" | "tablerow" | "ifchanged" | "capture" | "comment" | "highlight" => {
                return self.open(name, markup, span);
            }
            "else" | "elsif" | "when" => return self.branch(name, markup, span),
            "assign" => {
                let value = || markup.split_once('=').is_none_or(|(_, value)| Filtered::strict(value).is_ok());
                self.hold_strict(value, span);
                tag_markup::assign(markup).map(|(name, value)| TemplateNode::Assign { name, value, tag: span })
            }
            "increment" => {
                Some(TemplateNode::Count { name: markup.trim_matches(is_stripped).into(), by: 1, tag: span })
            }
            "decrement" => {
                Some(TemplateNode::Count { name: markup.trim_matches(is_stripped).into(), by: -1, tag: span })
            }
            "cycle" => tag_markup::cycle(markup).map(|(name, values)| TemplateNode::Cycle { name, values, tag: span }),
            "break" => Some(TemplateNode::Break),
            "continue" => Some(TemplateNode::Continue),
            "post_url" => Some(TemplateNode::PostUrl(markup.trim_matches(is_stripped).to_owned(), span)),
            "link" => Some(TemplateNode::Link(self.link_path(markup.trim_matches(is_stripped)), span)),
            "include" | "include_relative" => self.include(name, markup, span),
            "include_cached" if self.diagnostics.plugins.has_tag(name) => self.include(name, markup, span),
            _ if name.starts_with("end") => return self.end(name, span),
            _ => return self.unknown(name, markup, span),
        };
        match node {
            Some(node) => self.push(node),
            None => {
                self.mistake(span, &["The tag `", name, "` is not written as Liquid reads it."]);
                self.push(TemplateNode::Chip(span));
            }
        }
    }

    fn in_comment(&self) -> bool {
        self.open_blocks.last().is_some_and(|frame| matches!(frame.block, BlockTag::Comment))
    }

    fn include(&self, name: &str, markup: &str, span: Span) -> Option<TemplateNode> {
        let IncludeMarkup { name: file, is_computed, parameters } = IncludeMarkup::parse(markup)?;
        let computed = || IncludeName::Computed(template("", file.into(), self.diagnostics.plugins.settings()));
        Some(TemplateNode::Include(Box::new(Include {
            from: if name == "include_relative" { IncludeFrom::Page } else { IncludeFrom::Includes },
            cached: name == "include_cached",
            name: if is_computed { computed() } else { IncludeName::Plain(file.into()) },
            parameters,
            tag: span,
        })))
    }

    fn link_path(&self, path: &str) -> LinkPath {
        if path.contains("{{") || path.contains("{%") {
            LinkPath::Computed(Box::new(template("", path.into(), self.diagnostics.plugins.settings())))
        } else {
            LinkPath::Plain(path.to_owned())
        }
    }

    fn unknown(&mut self, name: &'b str, markup: &str, span: Span) {
        if self.in_comment() {
            return;
        }
        if self.diagnostics.plugins.has_tag(name) {
            let tag =
                TemplateNode::Plugin { name: name.into(), markup: markup.trim_matches(is_stripped).into(), tag: span };
            self.remember(name);
            return self.push(tag);
        }
        self.diagnostics.add(
            UNKNOWN_TAG,
            Severity::Warning,
            span,
            &["Jekyll has no tag `", name, "`: the build stops here unless a plugin of the site has it."],
        );
        self.remember(name);
        self.push(TemplateNode::Chip(span));
    }

    /// Keeps the name of a tag that Jekyll does not have, for its end tag.
    fn remember(&mut self, name: &'b str) {
        if self.unknown.len() < UNKNOWN_NAMES && !self.unknown.contains(&name) {
            self.unknown.push(name);
        }
    }

    fn open(&mut self, name: &str, markup: &str, span: Span) {
        let block = match name {
            "if" | "unless" => {
                let condition = Condition::parse(markup);
                self.hold_strict(|| condition.is_none() || Condition::strict(markup).is_ok(), span);
                let unless = name == "unless";
                condition
                    .map(|condition| BlockTag::If { unless, branches: Vec::new(), condition: Some(condition) })
                    .ok_or("if")
            }
            "case" => super::expression::fragment(markup, 0)
                .map(|(start, end)| BlockTag::Case {
                    left: Expression::parse(markup.get(start..end).unwrap_or("")),
                    branches: Vec::new(),
                    current: None,
                    blank: true,
                })
                .ok_or("case"),
            "for" => {
                let head = tag_markup::for_loop(markup);
                self.hold_strict(|| head.is_none() || tag_markup::for_strict(markup).is_ok(), span);
                head.map(|head| BlockTag::For { head, body: None }).ok_or("for")
            }
            "tablerow" => tag_markup::table_row(markup)
                .map(|(variable, collection)| {
                    let attributes = tag_markup::attributes(markup);
                    // Of a repeated attribute the last holds.
                    let get = |name| {
                        let found = attributes.iter().rev().find(|(key, _)| *key == name);
                        found.map(|(_, value)| Expression::parse(value))
                    };
                    BlockTag::TableRow(Box::new(TableRow {
                        variable,
                        collection,
                        columns: get("cols"),
                        limit: get("limit"),
                        offset: get("offset"),
                        body: Vec::new(),
                        tag: span,
                        blank: false,
                    }))
                })
                .ok_or("tablerow"),
            "ifchanged" => Ok(BlockTag::IfChanged),
            "capture" => tag_markup::capture(markup).map(BlockTag::Capture).ok_or("capture"),
            "highlight" => tag_markup::highlight(markup).map(BlockTag::Highlight).ok_or("highlight"),
            _ => Ok(BlockTag::Comment),
        };
        let block = block.unwrap_or_else(|known| {
            self.mistake(span, &["The tag `", name, "` is not written as Liquid reads it."]);
            BlockTag::Broken(if name == "unless" { "unless" } else { known })
        });
        if self.open_blocks.len() > MAX_DEPTH {
            self.mistake(span, &["Blocks nest too deep for Liquid."]);
            return self.push(TemplateNode::Chip(span));
        }
        self.open_blocks.push(OpenBlock { block, tag: span, nodes: Vec::new() });
    }

    /// `else`, `elsif` and `when`.
    fn branch(&mut self, name: &'b str, markup: &str, span: Span) {
        let Some(frame) = self.open_blocks.last_mut() else { return };
        let mut mistake = false;
        let mut elsif = false;
        match (&mut frame.block, name) {
            (BlockTag::If { branches, condition, .. }, "else" | "elsif") => {
                elsif = name == "elsif";
                let next = if name == "elsif" { Condition::parse(markup) } else { None };
                mistake = name == "elsif" && next.is_none();
                let condition = std::mem::replace(condition, next);
                branches.push(Branch { condition, body: std::mem::take(&mut frame.nodes) });
            }
            (BlockTag::Case { left, branches, current, blank }, "else" | "when") => {
                let comparisons = if name == "when" { tag_markup::when(markup, left) } else { None };
                mistake = name == "when" && comparisons.is_none()
                    || name == "else" && !markup.trim_matches(is_space).is_empty();
                let body = std::mem::take(&mut frame.nodes);
                match current.replace(comparisons) {
                    Some(comparisons) => branches.push(When { comparisons, body }),
                    // What stands before the first `when` is left out.
                    None => *blank = is_blank(&body, self.body),
                }
            }
            (BlockTag::For { body, .. }, "else") if body.is_none() => *body = Some(std::mem::take(&mut frame.nodes)),
            (BlockTag::Comment, _) => {}
            (BlockTag::Broken(_), _) => self.push(TemplateNode::Chip(span)),
            (block, _) => {
                let inside = block.name();
                let message: &[&str] = if inside.is_empty() {
                    &["`", name, "` stands outside of any block."]
                } else {
                    &["A block `", inside, "` has no `", name, "` here."]
                };
                self.diagnostics.stops(SYNTAX, span, message);
                self.push(TemplateNode::Chip(span));
            }
        }
        if elsif {
            self.hold_strict(|| mistake || Condition::strict(markup).is_ok(), span);
        }
        if mistake {
            self.mistake(span, &["The tag `", name, "` is not written as Liquid reads it."]);
        }
    }

    fn end(&mut self, name: &'b str, span: Span) {
        let wanted = name.get(3..).unwrap_or("");
        // Inside a comment only its own end counts.
        let found = self.open_blocks.iter().rposition(|frame| {
            frame.block.name() == wanted && !wanted.is_empty() || matches!(frame.block, BlockTag::Comment)
        });
        match found.filter(|&at| self.open_blocks.get(at).is_some_and(|frame| frame.block.name() == wanted)) {
            Some(at) => {
                while self.open_blocks.len() > at + 1 {
                    self.unclosed();
                }
                self.close(span);
            }
            None if self.in_comment() => {}
            None if self.unknown.contains(&wanted) => self.push(TemplateNode::Chip(span)),
            None => {
                match self.open_blocks.last().map_or("", |frame| frame.block.name()) {
                    "" => self.mistake(span, &["`", name, "` ends no block."]),
                    open => {
                        self.mistake(span, &["`", name, "` does not end the block `", open, "`; `end", open, "` does."])
                    }
                }
                self.push(TemplateNode::Chip(span));
            }
        }
    }

    /// Ends the innermost block.
    fn close(&mut self, end: Span) {
        let Some(OpenBlock { block, tag, nodes }) = self.open_blocks.pop() else { return };
        let text = self.body;
        let node = match block {
            BlockTag::Document => return,
            BlockTag::If { unless, mut branches, condition } => {
                branches.push(Branch { condition, body: nodes });
                let blank = branches.iter().all(|branch| is_blank(&branch.body, text));
                branches.iter_mut().for_each(|branch| without_blanks(&mut branch.body, blank));
                TemplateNode::If { unless, branches, tag, blank }
            }
            BlockTag::Case { mut branches, current, blank, .. } => {
                let mut blank = blank;
                match current {
                    Some(comparisons) => branches.push(When { comparisons, body: nodes }),
                    None => blank = is_blank(&nodes, text),
                }
                let blank = blank && branches.iter().all(|branch| is_blank(&branch.body, text));
                branches.iter_mut().for_each(|branch| without_blanks(&mut branch.body, blank));
                TemplateNode::Case { branches, tag, blank }
            }
            BlockTag::For { head, body } => {
                let (mut body, mut otherwise) = match body {
                    Some(body) => (body, Some(nodes)),
                    None => (nodes, None),
                };
                let blank = is_blank(&body, text) && otherwise.iter().all(|nodes| is_blank(nodes, text));
                without_blanks(&mut body, blank);
                otherwise.iter_mut().for_each(|nodes| without_blanks(nodes, blank));
                TemplateNode::For(Box::new(For { head, body, otherwise, tag, blank }))
            }
            BlockTag::TableRow(mut row) => {
                row.blank = is_blank(&nodes, text);
                row.body = nodes;
                TemplateNode::TableRow(row)
            }
            BlockTag::IfChanged => {
                let blank = is_blank(&nodes, text);
                TemplateNode::IfChanged { body: nodes, tag, blank }
            }
            BlockTag::Capture(name) => TemplateNode::Capture { name, body: nodes, tag },
            BlockTag::Comment => TemplateNode::Nothing,
            BlockTag::Highlight(options) => {
                let blank = is_blank(&nodes, text);
                TemplateNode::Highlight { options, body: nodes, tag, end, blank }
            }
            BlockTag::Broken(_) => {
                self.push(TemplateNode::Chip(tag));
                nodes.into_iter().for_each(|node| self.push(node));
                return;
            }
        };
        self.push(node);
    }

    /// Makes a tag without content of the innermost block: a chip, and after it the nodes of the block.
    fn unclosed(&mut self) {
        let Some(OpenBlock { block, tag, nodes }) = self.open_blocks.pop() else { return };
        let name = block.name();
        self.diagnostics.stops(UNCLOSED, tag, &["`", name, "` has no `{% end", name, " %}`."]);
        self.push(TemplateNode::Chip(tag));
        let earlier: Vec<Vec<TemplateNode>> = match block {
            BlockTag::If { branches, .. } => branches.into_iter().map(|branch| branch.body).collect(),
            BlockTag::Case { branches, .. } => branches.into_iter().map(|branch| branch.body).collect(),
            BlockTag::For { body, .. } => body.into_iter().collect(),
            _ => Vec::new(),
        };
        if let Some(frame) = self.open_blocks.last_mut() {
            earlier.into_iter().for_each(|mut body| frame.nodes.append(&mut body));
            let mut nodes = nodes;
            frame.nodes.append(&mut nodes);
        }
    }
}

/// Blocks that hold nothing but white space and assignments lose the white space (`remove_blank_strings`).
fn without_blanks(nodes: &mut Vec<TemplateNode>, blank: bool) {
    if blank {
        nodes.retain(|node| !matches!(node, TemplateNode::Text(_)));
    }
}
