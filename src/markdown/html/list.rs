//! Lists, their items, and task lists (kramdown-parser-gfm, `parse_list`). In: list events. Out: tokens.
//! Neighbours: `github/` and `kramdown/` give the checkboxes as `TaskListMarker`; kramdown's parser gives the classes
//! too.

use super::{EndAction, Writer, copied};
use crate::markdown::event::Attributes;
use crate::text::Span;

impl<'a> Writer<'a, '_> {
    pub(super) fn list(&mut self, first: Option<u64>, attributes: &Attributes<'a>, span: Span) {
        let mut all = copied(attributes);
        let name = if first.is_some() { "ol" } else { "ul" };
        // kramdown never writes the number at which a list starts.
        if !self.is_jekyll()
            && let Some(first) = first.filter(|&first| first != 1)
        {
            all.push(("start".into(), first.to_string().into()));
        }
        self.tree.open(name, all, Some(span));
        self.end_actions.push(EndAction::Close(1));
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
