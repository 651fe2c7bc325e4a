//! kramdown's option `html_to_native`: elements of HTML that Markdown has, too, become as if they were written in
//! Markdown. In: events. Out: events. Neighbours: `mod.rs` calls it before abbreviations are replaced; `native_node.rs`
//! has the tree, `native_table.rs` the tables.
//! Rules: kramdown 2.4.0, `ElementConverter` in `parser/html.rb` lines 199–588. A program in parts loads it later.

use std::borrow::Cow;

use crate::markdown::event::{ContentModel, CowStr, Event, Item, Tag, TagEnd};
use crate::markdown::kramdown::native_node::{NativeKind, NativeNode};
use crate::markdown::kramdown::{chars, html_element, native_table};
use crate::text::{LoadedLater, Span};

/// Converts the events of a body.
type ConvertEvents = for<'a> fn(&'a str, Vec<Item<'a>>) -> Vec<Item<'a>>;

static CONVERT: LoadedLater<ConvertEvents> = LoadedLater::not_loaded();

/// From now on elements are converted.
pub fn know_native_elements() {
    CONVERT.set(convert);
}

/// The function, if it is loaded.
pub(super) fn converter() -> Option<ConvertEvents> {
    CONVERT.get(|| convert)
}

/// Elements whose texts are removed.
const WITHOUT_TEXT: [&str; 12] =
    ["html", "head", "hgroup", "ol", "ul", "dl", "table", "colgroup", "tbody", "thead", "tfoot", "tr"];
/// Elements whose texts get a paragraph, which shows no `<p>`.
const WRAPPED: [&str; 15] = [
    "body",
    "section",
    "nav",
    "article",
    "aside",
    "header",
    "footer",
    "address",
    "div",
    "li",
    "dd",
    "blockquote",
    "figure",
    "figcaption",
    "form",
];
/// Elements whose texts lose the white space at both ends.
const STRIPPED: [&str; 28] = [
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "caption",
    "dd",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "form",
    "footer",
    "header",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "legend",
    "li",
    "nav",
    "p",
    "section",
    "td",
    "th",
];

fn is_wrapped(name: &str) -> bool {
    WRAPPED.contains(&name) || name == "fieldset"
}

fn convert<'a>(body: &'a str, items: Vec<Item<'a>>) -> Vec<Item<'a>> {
    let mut root = tree(body, items);
    for node in &mut root.children {
        walk(node);
    }
    let mut out = Vec::new();
    for node in root.children {
        emit(node, false, &mut out);
    }
    out
}

fn tree<'a>(body: &'a str, items: Vec<Item<'a>>) -> NativeNode<'a> {
    let new = |kind, attributes, span| NativeNode { kind, attributes, children: Vec::new(), span };
    let mut open = vec![new(NativeKind::Transparent, None, Span::default())];
    for Item { event, span } in items {
        let node = match event {
            Event::Start(tag, attributes) => {
                let kind = match tag {
                    Tag::Element { name, block, content } => NativeKind::Html { name, block, content },
                    tag => NativeKind::Native(tag),
                };
                open.push(new(kind, attributes, span));
                continue;
            }
            Event::End(_) if open.len() > 1 => open.pop(),
            Event::End(_) => None,
            Event::Text(text) => {
                let parent = open.last().map(|parent| (parent.name(), &parent.kind));
                let raw = matches!(parent, Some((_, NativeKind::Html { content: ContentModel::Raw, .. })));
                Some(new(
                    match parent {
                        Some(("script" | "style", _)) => {
                            let source = body.get(span.start..span.end).map_or_else(|| text.clone(), CowStr::from);
                            NativeKind::Script(text, source)
                        }
                        // The last line break of a body may be added.
                        _ if body.get(span.start..span.end) == Some(&*text) || &*text == "\n" => NativeKind::Text(text),
                        _ if raw => NativeKind::Reference(text),
                        _ => NativeKind::Single(Event::Text(text)),
                    },
                    None,
                    span,
                ))
            }
            event => Some(new(NativeKind::Single(event), None, span)),
        };
        let (Some(node), Some(parent)) = (node, open.last_mut()) else { continue };
        // Texts that follow one another are one.
        if let (NativeKind::Text(text), Some(NativeNode { kind: NativeKind::Text(before), span, .. })) =
            (&node.kind, parent.children.last_mut())
        {
            *before = [&**before, &**text].concat().into();
            *span = Span::new(span.start, node.span.end);
            continue;
        }
        parent.children.push(node);
    }
    open.swap_remove(0)
}

/// Converts the elements that the parser finds one by one: all but those within raw HTML between blocks.
fn walk(node: &mut NativeNode<'_>) {
    let raw_block =
        matches!(node.kind, NativeKind::Html { block: true, content: ContentModel::Raw | ContentModel::Unclosed, .. });
    if !raw_block {
        node.children.iter_mut().for_each(walk);
    }
    process(node, true, false);
}

/// kramdown's `process`: `convert` says whether elements become native, `preserve` whether white space stays.
/// Recursion is bounded: the parser nests elements no deeper than `MAX_DEPTH`.
fn process(node: &mut NativeNode<'_>, convert: bool, preserve: bool) {
    let NativeKind::Html { name, .. } = &node.kind else { return };
    let name = name.to_string();
    if !convert {
        return html_element(node, false, preserve);
    }
    match name.as_str() {
        "textarea" => html_element(node, true, true),
        "a" => {
            let link = node.attribute("href").is_some();
            if link {
                node.kind = NativeKind::Html { name: "a".into(), block: false, content: ContentModel::Span };
                process_children(node, true, false);
                // It is no element of HTML any more for what stands around it.
                node.kind = NativeKind::Html { name: "a".into(), block: false, content: ContentModel::Span };
            } else {
                html_element(node, false, false);
            }
        }
        "em" | "i" | "strong" | "b" => {
            let mut text = String::new();
            node.extract(&mut text);
            let space = |byte: Option<&u8>| byte.is_some_and(|&byte| chars::is_space(byte));
            if space(text.as_bytes().first()) || space(text.as_bytes().last()) {
                return html_element(node, false, false);
            }
            node.kind =
                NativeKind::Native(if matches!(name.as_str(), "em" | "i") { Tag::Emphasis } else { Tag::Strong });
            process_children(node, true, false);
        }
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
            let level = name.as_bytes().get(1).map_or(1, |digit| digit - b'0');
            node.kind = NativeKind::Native(Tag::Heading(level));
            process_children(node, true, false);
        }
        "code" | "pre" => code(node, &name),
        "table" => {
            if native_table::is_simple(node) {
                node.children.retain(|child| !child.is_text());
                process_children(node, true, false);
                native_table::finish(node);
            } else {
                html_element(node, false, false);
            }
        }
        "script" if node.attribute("type").is_some_and(is_math) => formula(node),
        "script" => html_element(node, true, false),
        _ => {
            if WITHOUT_TEXT.contains(&name.as_str()) || matches!(name.as_str(), "select" | "optgroup") {
                node.children.retain(|child| !child.is_text());
            }
            match simple(&name) {
                Some(kind) => {
                    process_children(node, true, preserve);
                    node.kind = match kind {
                        NativeKind::Single(Event::Rule(_)) => NativeKind::Single(Event::Rule(node.attributes.take())),
                        kind => kind,
                    };
                }
                None => html_element(node, true, preserve),
            }
            if STRIPPED.contains(&name.as_str()) {
                strip(node);
            }
            if is_wrapped(&name) || matches!(name.as_str(), "td" | "th") {
                remove_white_space(node);
            }
            if is_wrapped(&name) {
                wrap(node);
            }
        }
    }
}

/// What kramdown's simple elements become.
fn simple<'a>(name: &str) -> Option<NativeKind<'a>> {
    Some(NativeKind::Native(match name {
        "blockquote" => Tag::BlockQuote,
        "p" => Tag::Paragraph,
        "ul" => Tag::List(None),
        "ol" => Tag::List(Some(1)),
        "dl" => Tag::DefinitionList,
        "li" => Tag::Item,
        "dt" => Tag::DefinitionListTitle,
        "dd" => Tag::DefinitionListDefinition,
        "thead" => Tag::TableHead,
        "tbody" => Tag::TableBody,
        "tfoot" => Tag::TableFoot,
        "tr" => Tag::TableRow,
        "td" | "th" => Tag::TableCell,
        "hr" => return Some(NativeKind::Single(Event::Rule(None))),
        "br" => {
            return Some(NativeKind::Html { name: "br".into(), block: false, content: ContentModel::Unclosed });
        }
        _ => return None,
    }))
}

/// kramdown's `process_html_element`.
fn html_element(node: &mut NativeNode<'_>, convert: bool, preserve: bool) {
    if let NativeKind::Html { name, block, content } = &mut node.kind {
        *block = !html_element::is_span(name);
        *content = match convert {
            _ if node.children.is_empty() && html_element::is_void(name) => ContentModel::Unclosed,
            true => html_element::content_model(name),
            false => ContentModel::Raw,
        };
    }
    process_children(node, convert, preserve);
}

fn process_children(node: &mut NativeNode<'_>, convert: bool, preserve: bool) {
    for child in &mut node.children {
        match &mut child.kind {
            NativeKind::Text(text) if convert && !preserve => {
                if let Cow::Owned(joined) = spaces_joined(text) {
                    *text = joined.into();
                }
            }
            NativeKind::Reference(text) => {
                child.kind = NativeKind::Single(Event::Text(std::mem::replace(text, "".into())))
            }
            _ => process(child, convert, preserve),
        }
    }
}

/// A text with each run of white space as one space.
fn spaces_joined(text: &str) -> Cow<'_, str> {
    if !text.bytes().any(chars::is_space) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        let space = u8::try_from(c).is_ok_and(chars::is_space);
        match (space, out.ends_with(' ')) {
            (true, true) => {}
            (true, false) => out.push(' '),
            _ => out.push(c),
        }
    }
    Cow::Owned(out)
}

fn strip(node: &mut NativeNode<'_>) {
    if let Some(NativeNode { kind: NativeKind::Text(text), .. }) = node.children.first_mut() {
        *text = chars::strip_start(text).to_owned().into();
    }
    if let Some(NativeNode { kind: NativeKind::Text(text), .. }) = node.children.last_mut() {
        *text = chars::strip_end(text).to_owned().into();
    }
}

/// Removes texts of white space at the ends and between blocks.
fn remove_white_space(node: &mut NativeNode<'_>) {
    let blocks: Vec<bool> = node.children.iter().map(NativeNode::is_block).collect();
    let block = |index: usize| blocks.get(index).copied().unwrap_or(false);
    let last = node.children.len().saturating_sub(1);
    let mut index = 0;
    node.children.retain(|child| {
        let at = index;
        index += 1;
        let blank = matches!(&child.kind, NativeKind::Text(text) if chars::strip(text).is_empty());
        !(blank && (at == 0 || at == last || block(at - 1) && block(at + 1)))
    });
}

/// Puts what is no block into paragraphs without `<p>`.
fn wrap(node: &mut NativeNode<'_>) {
    let mut wrapped: Vec<NativeNode<'_>> = Vec::new();
    for child in std::mem::take(&mut node.children) {
        if child.is_block() {
            wrapped.push(child);
            continue;
        }
        if !matches!(wrapped.last().map(|last| &last.kind), Some(NativeKind::Transparent)) {
            let span = child.span;
            let kind = NativeKind::Transparent;
            wrapped.push(NativeNode { kind, attributes: None, children: Vec::new(), span });
        }
        if let Some(last) = wrapped.last_mut() {
            last.children.push(child);
        }
    }
    node.children = wrapped;
}

/// `<code>` and `<pre>`: the text in them is code.
fn code(node: &mut NativeNode<'_>, name: &str) {
    let mut text = String::new();
    node.extract(&mut text);
    let class = |node: &NativeNode<'_>| node.attribute("class").unwrap_or("").to_owned();
    let only_code = match node.children.as_slice() {
        [only] if only.name() == "code" => Some(class(only)),
        _ => None,
    };
    node.children.clear();
    if name == "code" {
        if node.attribute("class").is_some() {
            let kept: Vec<String> =
                class(node).split(' ').filter(|class| !class.starts_with("highlighter-")).map(str::to_owned).collect();
            node.set_attribute("class", kept.join(" "));
        }
        node.kind = NativeKind::Single(Event::Code(text.into(), node.attributes.take()));
        return;
    }
    let language =
        only_code.as_deref().and_then(|classes| classes.split(' ').find(|name| name.starts_with("language-")));
    if let Some(language) = language {
        let classes = [language, " ", &class(node)].concat();
        node.set_attribute("class", classes.trim_end().to_owned());
    }
    node.kind = NativeKind::Native(Tag::CodeBlock(None));
    let kind = NativeKind::Single(Event::Text(text.into()));
    node.children.push(NativeNode { kind, attributes: None, children: Vec::new(), span: node.span });
}

fn is_math(kind: &str) -> bool {
    let is_word = |byte: Option<&u8>| byte.is_some_and(|&byte| chars::is_word_byte(byte));
    kind.match_indices("math/tex").any(|(at, found)| {
        let bytes = kind.as_bytes();
        !is_word(at.checked_sub(1).and_then(|before| bytes.get(before))) && !is_word(bytes.get(at + found.len()))
    })
}

/// A script that holds a formula.
fn formula(node: &mut NativeNode<'_>) {
    let display = node.attribute("type").is_some_and(|kind| kind.contains("mode=display"));
    let mut text = String::new();
    for child in &node.children {
        if let NativeKind::Script(_, source) = &child.kind {
            text.push_str(source);
        }
    }
    let inner = text.strip_prefix('%').map_or(text.as_str(), chars::strip_start);
    let data = inner.strip_prefix("<![CDATA[").and_then(|rest| rest.strip_suffix("]]>"));
    let formula = match data {
        Some(data) => {
            let data = data.strip_prefix('\n').unwrap_or(data);
            data.strip_suffix('%').and_then(|rest| rest.strip_suffix([' ', '\n', '\t'])).unwrap_or(data).to_owned()
        }
        None => text.clone(),
    };
    node.remove_attribute("type");
    node.children.clear();
    let event = if display { Event::DisplayMath(formula.into()) } else { Event::InlineMath(formula.into()) };
    node.kind = NativeKind::Single(event);
}

/// Adds the events of a node. In an element whose content was not parsed (`raw`), blocks have no lines of their own.
fn emit<'a>(node: NativeNode<'a>, raw: bool, out: &mut Vec<Item<'a>>) {
    let NativeNode { kind, attributes, children, span } = node;
    let mut inside_raw = false;
    let tag = match kind {
        NativeKind::Text(text) | NativeKind::Reference(text) | NativeKind::Script(text, _) => {
            return out.push(Item { event: Event::Text(text), span });
        }
        NativeKind::Single(event) => return out.push(Item { event, span }),
        NativeKind::Transparent => return children.into_iter().for_each(|child| emit(child, raw, out)),
        NativeKind::Html { name, block, content } => {
            inside_raw = content == ContentModel::Raw;
            Tag::Element { name, block: block && (!raw || content == ContentModel::Block), content }
        }
        NativeKind::Native(tag) => tag,
    };
    let own_line = matches!(tag, Tag::Element { block: true, content: ContentModel::Block, .. })
        && matches!(children.first(), Some(NativeNode { kind: NativeKind::Transparent, .. }));
    out.push(Item { event: Event::Start(tag, attributes), span });
    if own_line {
        out.push(Item { event: Event::Text("\n".into()), span: Span::at(span.start) });
    }
    children.into_iter().for_each(|child| emit(child, inside_raw, out));
    out.push(Item { event: Event::End(TagEnd), span });
}
