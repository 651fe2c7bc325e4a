//! HTML as the HTML Standard's parser sees it. In: a string of HTML. Out: the parsed tree, written in one normal form.
//! Neighbours: the tests of the sanitizer and of the writer compare by it.
#![allow(dead_code)]

use html5ever::serialize::{SerializeOpts, TraversalScope, serialize};
use html5ever::tendril::TendrilSink;
use html5ever::{ParseOpts, QualName, local_name, ns, parse_document, parse_fragment};
use markup5ever_rcdom::{Handle, NodeData, RcDom, SerializableHandle};

/// The children of the `div` that the HTML was parsed into.
pub fn parsed(html: &str) -> RcDom {
    let context = QualName::new(None, ns!(html), local_name!("div"));
    parse_fragment(RcDom::default(), ParseOpts::default(), context, vec![], false).one(html)
}

fn root(dom: &RcDom) -> Handle {
    dom.document.children.borrow()[0].clone()
}

/// The same HTML after one parse.
pub fn reserialized(html: &str) -> String {
    let dom = parsed(html);
    let mut bytes = Vec::new();
    let options = SerializeOpts { traversal_scope: TraversalScope::ChildrenOnly(None), ..Default::default() };
    let handle: SerializableHandle = root(&dom).into();
    serialize(&mut bytes, &handle, options).expect("writing into memory");
    String::from_utf8(bytes).expect("html5ever writes UTF-8")
}

/// An element, text or comment, as a flat list in the order of the tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Node {
    Open { name: String, attributes: Vec<(String, String)> },
    Close(String),
    Text(String),
    Comment(String),
}

/// The tree as a flat list.
pub fn nodes(html: &str) -> Vec<Node> {
    listed(&root(&parsed(html)))
}

/// The tree of a whole document, `html` and `head` included, as a flat list.
pub fn document_nodes(html: &str) -> Vec<Node> {
    listed(&parse_document(RcDom::default(), ParseOpts::default()).one(html).document)
}

fn listed(root: &Handle) -> Vec<Node> {
    let mut list = Vec::new();
    // An explicit stack: some inputs nest deeper than the test's own.
    let mut stack: Vec<Result<Handle, String>> = root.children.borrow().iter().rev().cloned().map(Ok).collect();
    while let Some(next) = stack.pop() {
        let handle = match next {
            Ok(handle) => handle,
            Err(name) => {
                list.push(Node::Close(name));
                continue;
            }
        };
        match &handle.data {
            NodeData::Element { name, attrs, .. } => {
                let name = name.local.to_string();
                let mut attributes: Vec<_> =
                    attrs.borrow().iter().map(|a| (a.name.local.to_string(), a.value.to_string())).collect();
                attributes.sort();
                list.push(Node::Open { name: name.clone(), attributes });
                stack.push(Err(name));
                stack.extend(handle.children.borrow().iter().rev().cloned().map(Ok));
            }
            NodeData::Text { contents } => list.push(Node::Text(contents.borrow().to_string())),
            NodeData::Comment { contents } => list.push(Node::Comment(contents.to_string())),
            _ => {}
        }
    }
    list
}

const BLOCKS: &[&str] = &[
    "address",
    "article",
    "aside",
    "blockquote",
    "caption",
    "center",
    "col",
    "colgroup",
    "dd",
    "details",
    "div",
    "dl",
    "dt",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "iframe",
    "li",
    "main",
    "nav",
    "ol",
    "p",
    "pre",
    "script",
    "section",
    "style",
    "summary",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "ul",
    "br",
    "textarea",
];

/// The tree with insignificant white space left out: what a reader could tell apart, plus all attributes.
pub fn normal(html: &str) -> Vec<Node> {
    normal_of(nodes(html))
}

/// The same of a whole document.
pub fn normal_document(html: &str) -> Vec<Node> {
    normal_of(document_nodes(html))
}

fn normal_of(nodes: Vec<Node>) -> Vec<Node> {
    let mut list: Vec<Node> = Vec::new();
    let mut verbatim = 0;
    // Whether a space here would not show: after a space, or at the edge of a block.
    let mut at_edge = true;
    for node in nodes {
        match node {
            Node::Text(text) if verbatim == 0 => {
                let mut kept = String::new();
                for c in text.chars() {
                    let space = matches!(c, ' ' | '\n' | '\t' | '\r' | '\u{c}');
                    match (space, at_edge) {
                        (true, true) => {}
                        (true, false) => kept.push(' '),
                        (false, _) => kept.push(c),
                    }
                    at_edge = space;
                }
                match list.last_mut() {
                    _ if kept.is_empty() => {}
                    Some(Node::Text(before)) => before.push_str(&kept),
                    _ => list.push(Node::Text(kept)),
                }
            }
            Node::Open { ref name, .. } | Node::Close(ref name) => {
                if BLOCKS.contains(&name.as_str()) {
                    trim_end(&mut list);
                    at_edge = true;
                } else if matches!(name.as_str(), "img" | "input") {
                    at_edge = false;
                }
                let change = matches!(name.as_str(), "pre" | "script" | "style" | "textarea");
                match &node {
                    Node::Open { .. } => verbatim += i32::from(change),
                    _ => verbatim -= i32::from(change),
                }
                list.push(node);
            }
            other => list.push(other),
        }
    }
    trim_end(&mut list);
    list
}

/// Takes a space off the last text, through the inline elements after it.
fn trim_end(list: &mut Vec<Node>) {
    for index in (0..list.len()).rev() {
        match &mut list[index] {
            Node::Text(text) => {
                let length = text.trim_end_matches(' ').len();
                text.truncate(length);
                if text.is_empty() {
                    list.remove(index);
                }
                return;
            }
            Node::Close(name) if !BLOCKS.contains(&name.as_str()) && !matches!(name.as_str(), "img" | "input") => {}
            Node::Open { name, .. } if !BLOCKS.contains(&name.as_str()) => {}
            Node::Comment(_) => {}
            _ => return,
        }
    }
}
