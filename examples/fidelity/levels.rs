//! How alike two pages are. In: two strings of HTML. Out: the levels at which they are the same, and what differs.
//! Neighbours: `main.rs` counts; `tests/support/dom.rs` parses as the HTML Standard says.

use crate::dom::{Node, nodes, normal, normal_document};

/// From the strictest level to the loosest.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Levels {
    /// The same tree with all white space, the highlighter's spans in code aside.
    pub exact: bool,
    /// The same tree, insignificant white space aside.
    pub a: bool,
    /// As `a`, the highlighter's spans in blocks of code aside.
    pub a_minus: bool,
    /// As `a_minus`, without ids, classes, comments and the wrappers of code; addresses are compared decoded.
    pub b: bool,
    /// The same visible text.
    pub c: bool,
}

impl Levels {
    /// Compares two whole documents.
    pub fn of_documents(expected: &str, ours: &str) -> Self {
        let (left, right) = (tidy(normal_document(expected)), tidy(normal_document(ours)));
        let spans = (without_spans(left.clone(), false), without_spans(right.clone(), false));
        Self {
            exact: left == right,
            a: left == right,
            a_minus: spans.0 == spans.1,
            b: structure(&spans.0) == structure(&spans.1),
            c: text(&left) == text(&right),
        }
    }

    /// Compares what is expected with what there is.
    pub fn of(expected: &str, ours: &str) -> Self {
        let (left, right) = (tidy(normal(expected)), tidy(normal(ours)));
        let spans = (without_spans(left.clone(), false), without_spans(right.clone(), false));
        Self {
            exact: without_spans(nodes(expected), true) == without_spans(nodes(ours), true),
            a: left == right,
            a_minus: spans.0 == spans.1,
            b: structure(&spans.0) == structure(&spans.1),
            c: text(&left) == text(&right),
        }
    }

    /// The levels as a row of marks.
    pub fn all(self) -> [bool; 5] {
        [self.exact, self.a, self.a_minus, self.b, self.c]
    }
}

/// What the first difference concerns: the construct on our side or the other.
pub fn kind(expected: &str, ours: &str) -> String {
    let left = without_spans(tidy(normal(expected)), false);
    let right = without_spans(tidy(normal(ours)), false);
    let Some(at) = (0..left.len().max(right.len())).find(|&at| left.get(at) != right.get(at)) else {
        return "token spans".to_owned();
    };
    let name = |node: Option<&Node>| match node {
        Some(Node::Open { name, .. }) => format!("<{name}>"),
        Some(Node::Close(name)) => format!("</{name}>"),
        Some(Node::Text(_)) => "text".to_owned(),
        Some(Node::Comment(_)) => "comment".to_owned(),
        None => "end".to_owned(),
    };
    format!("{} for {}", name(right.get(at)), name(left.get(at)))
}

/// Both sides of the first difference of two documents, a few nodes long.
pub fn excerpt_of_documents(expected: &str, ours: &str) -> String {
    first_difference(&tidy(normal_document(expected)), &tidy(normal_document(ours)))
}

/// Both sides of the first difference, a few nodes long.
pub fn excerpt(expected: &str, ours: &str) -> String {
    first_difference(&tidy(normal(expected)), &tidy(normal(ours)))
}

fn first_difference(left: &[Node], right: &[Node]) -> String {
    let at = (0..left.len().max(right.len())).find(|&at| left.get(at) != right.get(at)).unwrap_or(0);
    let part =
        |nodes: &[Node]| format!("{:?}", &nodes[at.saturating_sub(1).min(nodes.len())..(at + 3).min(nodes.len())]);
    format!("    expected {}\n    ours     {}", part(left), part(right))
}

/// Classes as a set, styles without spaces, attributes that only need to be there without a value.
fn tidy(list: Vec<Node>) -> Vec<Node> {
    const BARE: &[&str] =
        &["checked", "disabled", "allowfullscreen", "async", "defer", "controls", "autoplay", "loop", "muted", "open"];
    list.into_iter()
        .map(|node| match node {
            Node::Open { name, mut attributes } => {
                for (key, value) in &mut attributes {
                    if key == "class" {
                        let mut classes: Vec<_> = value.split_whitespace().collect();
                        classes.sort_unstable();
                        classes.dedup();
                        *value = classes.join(" ");
                    } else if key == "style" {
                        value.retain(|c| !c.is_whitespace());
                        value.truncate(value.trim_end_matches(';').len());
                    } else if BARE.contains(&key.as_str()) {
                        value.clear();
                    }
                }
                attributes.retain(|(key, value)| key != "class" || !value.is_empty());
                Node::Open { name, attributes }
            }
            other => other,
        })
        .collect()
}

/// Without the spans inside `pre`, and inside highlighted code in a line if `in_line`.
fn without_spans(list: Vec<Node>, in_line: bool) -> Vec<Node> {
    let mut kept: Vec<Node> = Vec::new();
    let mut depth = 0;
    for node in list {
        match &node {
            Node::Open { name, attributes } if name == "pre" || name == "code" => {
                let highlighted =
                    in_line && attributes.iter().any(|(key, value)| key == "class" && value.contains("highlight"));
                if name == "pre" || highlighted || depth > 0 {
                    depth += 1;
                }
            }
            Node::Close(name) if (name == "pre" || name == "code") && depth > 0 => depth -= 1,
            Node::Open { name, .. } | Node::Close(name) if name == "span" && depth > 0 => continue,
            _ => {}
        }
        kept.push(node);
    }
    merged(kept)
}

/// With neighbouring texts as one.
fn merged(list: Vec<Node>) -> Vec<Node> {
    let mut joined: Vec<Node> = Vec::new();
    for node in list {
        match (joined.last_mut(), node) {
            (Some(Node::Text(before)), Node::Text(more)) => before.push_str(&more),
            (_, node) => joined.push(node),
        }
    }
    joined
}

/// What level b looks at.
fn structure(list: &[Node]) -> Vec<Node> {
    let mut kept: Vec<Node> = Vec::new();
    let mut wrappers: Vec<bool> = Vec::new();
    for node in list {
        match node {
            Node::Comment(_) => {}
            Node::Open { name, attributes } => {
                let class = attributes.iter().find(|(key, _)| key == "class").map_or("", |(_, value)| value.as_str());
                let wrapper =
                    matches!(name.as_str(), "div" | "figure") && class.split(' ').any(|c| c.starts_with("highlight"));
                wrappers.push(wrapper);
                if wrapper {
                    continue;
                }
                let mut attributes = attributes.clone();
                attributes.retain(|(key, _)| !matches!(key.as_str(), "id" | "class" | "data-lang"));
                for (key, value) in &mut attributes {
                    if key == "href" || key == "src" {
                        *value = percent_decoded(value);
                    } else {
                        *value = value.split_whitespace().collect::<Vec<_>>().join(" ");
                    }
                }
                kept.push(Node::Open { name: name.clone(), attributes });
            }
            Node::Close(_) => {
                if wrappers.pop() != Some(true) {
                    kept.push(node.clone());
                }
            }
            Node::Text(_) => kept.push(node.clone()),
        }
    }
    merged(kept)
}

fn percent_decoded(text: &str) -> String {
    let bytes = text.trim().as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let code = bytes.get(at + 1..at + 3).and_then(|two| std::str::from_utf8(two).ok());
        match code.filter(|_| bytes[at] == b'%').and_then(|two| u8::from_str_radix(two, 16).ok()) {
            Some(byte) => {
                decoded.push(byte);
                at += 3;
            }
            None => {
                decoded.push(bytes[at]);
                at += 1;
            }
        }
    }
    String::from_utf8_lossy(&decoded).into_owned()
}

/// The words that are seen.
fn text(list: &[Node]) -> String {
    let mut text = String::new();
    let mut hidden = 0;
    for node in list {
        match node {
            Node::Open { name, .. } if matches!(name.as_str(), "script" | "style" | "iframe" | "noscript") => {
                hidden += 1
            }
            Node::Close(name) if matches!(name.as_str(), "script" | "style" | "iframe" | "noscript") => hidden -= 1,
            Node::Text(part) if hidden == 0 => text.push_str(part),
            _ => {}
        }
    }
    text.split_whitespace().collect()
}
