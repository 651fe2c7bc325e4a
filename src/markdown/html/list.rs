//! Lists, their items, and task lists (kramdown-parser-gfm, `parse_list`). In: list events. Out: tokens.
//! Neighbours: `github.rs` and `kramdown/` give the markers as `TaskListMarker`.

use super::{Frame, Writer, copied};
use crate::markdown::event::{Attributes, Event, Item, Tag};
use crate::text::Span;

/// What is known of an open list.
pub(super) struct List {
    /// Whether an item so far has a box: from that on kramdown gives each item the class.
    tasks: bool,
}

impl<'a> Writer<'a, '_> {
    pub(super) fn list(&mut self, first: Option<u64>, attributes: &Attributes<'a>, span: Span, index: usize) {
        let mut all = copied(attributes);
        let name = if first.is_some() { "ol" } else { "ul" };
        if self.is_jekyll() {
            // kramdown never writes where a list starts.
            if has_tasks(self.document.items, index) {
                set_class(&mut all, "task-list");
            }
        } else if let Some(first) = first.filter(|&first| first != 1) {
            all.push(("start".into(), first.to_string().into()));
        }
        self.tree.open(name, all, Some(span));
        self.lists.push(List { tasks: false });
        self.frames.push(Frame::List);
    }

    pub(super) fn list_item(&mut self, attributes: &Attributes<'a>, span: Span, index: usize) {
        let mut all = copied(attributes);
        if self.is_jekyll()
            && let Some(list) = self.lists.last_mut()
        {
            list.tasks |= begins_with_box(self.document.items, index);
            if list.tasks {
                set_class(&mut all, "task-list-item");
            }
        }
        self.tree.open("li", all, Some(span));
        self.frames.push(Frame::Close(1));
    }

    pub(super) fn task_box(&mut self, done: bool, span: Span) {
        let mut attributes = vec![("type".into(), "checkbox".into())];
        if self.is_jekyll() {
            attributes.push(("class".into(), "task-list-item-checkbox".into()));
            attributes.push(("disabled".into(), "disabled".into()));
            if done {
                attributes.push(("checked".into(), "checked".into()));
            }
        } else {
            attributes.push(("disabled".into(), "".into()));
            if done {
                attributes.push(("checked".into(), "".into()));
            }
        }
        self.tree.leaf("input", attributes, Some(span));
        if !self.is_jekyll() {
            self.tree.text("\n");
        }
    }
}

fn set_class<'a>(attributes: &mut Vec<(super::CowStr<'a>, super::CowStr<'a>)>, class: &'static str) {
    match attributes.iter_mut().find(|(name, _)| &**name == "class") {
        Some((_, value)) => *value = class.into(),
        None => attributes.push(("class".into(), class.into())),
    }
}

/// Whether the item that starts at `index` has a box.
fn begins_with_box(items: &[Item<'_>], index: usize) -> bool {
    items
        .iter()
        .skip(index + 1)
        .find(|item| !matches!(item.event, Event::Start(Tag::Paragraph, _)))
        .is_some_and(|item| matches!(item.event, Event::TaskListMarker(_)))
}

/// Whether an item of the list that starts at `index` has a box, items of lists inside it aside.
fn has_tasks(items: &[Item<'_>], index: usize) -> bool {
    let mut depth = 0usize;
    for (index, item) in items.iter().enumerate().skip(index) {
        match &item.event {
            Event::Start(tag, _) => {
                depth += 1;
                if depth == 2 && matches!(tag, Tag::Item) && begins_with_box(items, index) {
                    return true;
                }
            }
            Event::End(_) => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    return false;
                }
            }
            _ => {}
        }
    }
    false
}
