//! Nodes in the frame, and the tokens that they were made of. In: tokens. Out: the smallest change of the nodes.
//! Neighbours: `frame.rs` shows blocks by it, `page.rs` the page around them; `view/token_diff.rs` says what changed.

use std::rc::Rc;

use wasm_bindgen::JsCast;
use web_sys::{CharacterData, Document, Element, Node};

use crate::app::browser::dom::{MediaAddresses, build};
use crate::markdown::token::Token;
use crate::text::Span;
use crate::view::token_diff::diff;

/// What stands in the frame for one block, and the tokens that it was made of.
pub(super) struct ShownBlock {
    pub(super) span: Span,
    pub(super) tokens: Rc<[Token<'static>]>,
    pub(super) nodes: Vec<Node>,
}

impl ShownBlock {
    /// Nothing that is shown.
    pub(super) fn none() -> Self {
        Self { span: Span::default(), tokens: Rc::new([]), nodes: Vec::new() }
    }
}

pub(super) fn clear(shown: &mut Vec<ShownBlock>) {
    for block in shown.drain(..) {
        remove(&block.nodes);
    }
}

pub(super) fn remove(nodes: &[Node]) {
    for node in nodes {
        if let Some(parent) = node.parent_node() {
            let _ = parent.remove_child(node);
        }
    }
}

/// Turns the nodes of `shown` into those of `tokens` by the smallest change.
pub(super) fn morph(
    (document, media): (&Document, Option<&MediaAddresses>),
    parent: &Element,
    behind: Option<&Node>,
    shown: &mut ShownBlock,
    tokens: Rc<[Token<'static>]>,
) {
    let Some(change) = diff(&shown.tokens, &tokens) else {
        shown.tokens = tokens;
        return;
    };
    let mut made = Vec::new();
    if change.text_only
        && let Some(Token::Text(text)) = tokens.get(change.insert.start)
    {
        let mut path = change.parent.clone();
        path.push(change.remove.start);
        if let Some(node) = node_at(shown, &path) {
            node.unchecked_ref::<CharacterData>().set_data(text);
        }
        shown.tokens = tokens;
        return;
    }
    build(document, &tokens[change.insert], media, &mut made);
    if change.parent.is_empty() {
        let next = shown.nodes.get(change.remove.end).cloned().or_else(|| behind.cloned());
        let gone: Vec<Node> = shown.nodes.splice(change.remove, made.iter().cloned()).collect();
        remove(&gone);
        for node in &made {
            let _ = parent.insert_before(node, next.as_ref());
        }
    } else if let Some(parent) = node_at(shown, &change.parent) {
        let children = parent.child_nodes();
        let gone: Vec<Node> = change.remove.clone().filter_map(|at| children.item(at as u32)).collect();
        let next = children.item(change.remove.end as u32);
        for node in &made {
            let _ = parent.insert_before(node, next.as_ref());
        }
        remove(&gone);
    }
    shown.tokens = tokens;
}

pub(super) fn node_at(shown: &ShownBlock, path: &[usize]) -> Option<Node> {
    let (first, rest) = path.split_first()?;
    rest.iter().try_fold(shown.nodes.get(*first)?.clone(), |node, &child| node.child_nodes().item(child as u32))
}
