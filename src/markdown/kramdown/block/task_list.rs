//! Task lists: items that start with a checkbox.
//!
//! ```bnf
//! task ::= marker space* ("[ ]" | "[x]" | "[X]") space+ line
//! ```
//!
//! ```markdown
//! - [x] done
//! - [ ] to do
//! ```
//!
//! ```html
//! <ul class="task-list">
//!   <li class="task-list-item"><input type="checkbox" class="task-list-item-checkbox" disabled="disabled" checked="checked" />done</li>
//!   <li class="task-list-item"><input type="checkbox" class="task-list-item-checkbox" disabled="disabled" />to do</li>
//! </ul>
//! ```
//!
//! From the first task on, each item that starts with a paragraph is a task item.
//!
//! Syntax: <https://kramdown.gettalong.org/parser/gfm.html>
//! Follows: kramdown-parser-gfm 1.1.0, `gfm.rb` lines 163–188.
//! In: a list node with its items. Out: checkboxes and classes on them. Neighbours: `list.rs`, `events.rs` writes the
//! checkbox.

use crate::markdown::event::CowStr;
use crate::markdown::kramdown::KramdownParser;
use crate::markdown::kramdown::attribute_list;
use crate::markdown::kramdown::block_tree::{BlockKind, NodeId};
use crate::markdown::kramdown::chars;

/// The checkbox at the start of `text`: whether it is checked, and the start of the text after it.
fn task_box(text: &str) -> Option<(bool, usize)> {
    let at = chars::skip_space(text, 0);
    let ticked = match text.get(at..at + 3)? {
        "[ ]" => false,
        "[x]" | "[X]" => true,
        _ => return None,
    };
    let after = chars::skip_space(text, at + 3);
    (after > at + 3).then_some((ticked, after))
}

impl<'a> KramdownParser<'a> {
    /// Finds the checkboxes at the start of the items of `list`.
    pub(super) fn mark_tasks(&mut self, list: NodeId) {
        let body = self.body;
        let items = self.nodes.get(list).map(|node| node.children.clone()).unwrap_or_default();
        let mut is_task_list = false;
        for item in items {
            let Some(first) = self.nodes.get(item).and_then(|node| node.children.first().copied()) else { continue };
            let Some(node) = self.nodes.get_mut(first) else { continue };
            let BlockKind::Paragraph { task, .. } = &mut node.kind else { continue };
            if let Some(text) = &node.text
                && let Some((ticked, after)) = task_box(text.str(body))
            {
                *task = Some(ticked);
                node.text = Some(text.part(after, text.len()));
                is_task_list = true;
            }
            if is_task_list && let Some(node) = self.nodes.get_mut(item) {
                attribute_list::set(
                    &mut node.attributes,
                    CowStr::Borrowed("class"),
                    CowStr::Borrowed("task-list-item"),
                );
            }
        }
        if is_task_list && let Some(node) = self.nodes.get_mut(list) {
            attribute_list::set(&mut node.attributes, CowStr::Borrowed("class"), CowStr::Borrowed("task-list"));
        }
    }
}
