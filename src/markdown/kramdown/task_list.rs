//! `- [ ]` and `- [x]`: items with a box.
//! Rules: the GFM variant's `parse_list`: from the first such item on, every item that starts with a paragraph is one.

use super::Parser;
use super::attributes;
use super::scan;
use super::tree::{Kind, NodeId};
use crate::markdown::event::CowStr;

/// The box at the start of `text`: ticked or not, and where what follows starts.
fn task_box(text: &str) -> Option<(bool, usize)> {
    let at = scan::skip_space(text, 0);
    let ticked = match text.get(at..at + 3)? {
        "[ ]" => false,
        "[x]" | "[X]" => true,
        _ => return None,
    };
    let after = scan::skip_space(text, at + 3);
    (after > at + 3).then_some((ticked, after))
}

impl<'a> Parser<'a> {
    /// Turns the boxes that items of `list` start with into boxes.
    pub(super) fn mark_tasks(&mut self, list: NodeId) {
        let body = self.body;
        let items = self.nodes.get(list).map(|node| node.children.clone()).unwrap_or_default();
        let mut is_task_list = false;
        for item in items {
            let Some(first) = self.nodes.get(item).and_then(|node| node.children.first().copied()) else { continue };
            let Some(node) = self.nodes.get_mut(first) else { continue };
            let Kind::Paragraph { task, .. } = &mut node.kind else { continue };
            if let Some(text) = &node.text
                && let Some((ticked, after)) = task_box(text.str(body))
            {
                *task = Some(ticked);
                node.text = Some(text.part(after, text.len()));
                is_task_list = true;
            }
            if is_task_list && let Some(node) = self.nodes.get_mut(item) {
                attributes::set(&mut node.attributes, CowStr::Borrowed("class"), CowStr::Borrowed("task-list-item"));
            }
        }
        if is_task_list && let Some(node) = self.nodes.get_mut(list) {
            attributes::set(&mut node.attributes, CowStr::Borrowed("class"), CowStr::Borrowed("task-list"));
        }
    }
}
