//! Tables (kramdown converter/html.rb, `convert_td`). In: table events. Out: tokens with aligned cells.
//! Neighbours: `github/` and `kramdown/` give parts, rows and cells.

use super::{EndAction, Writer, copied};
use crate::markdown::event::{Alignment, Attributes};
use crate::text::Span;

/// An open table.
pub(super) struct Columns {
    alignments: Vec<Alignment>,
    /// The column of the next cell, zero-based.
    next: usize,
    in_head: bool,
}

impl<'a> Writer<'a, '_> {
    pub(super) fn table(&mut self, columns: &[Alignment], attributes: &Attributes<'a>, span: Span) {
        self.tree.open("table", copied(attributes), Some(span));
        self.tables.push(Columns { alignments: columns.to_vec(), next: 0, in_head: false });
        self.end_actions.push(EndAction::Table);
    }

    pub(super) fn table_part(&mut self, name: &'static str, attributes: &Attributes<'a>, span: Span) {
        if let Some(table) = self.tables.last_mut() {
            table.in_head = name == "thead";
        }
        self.element(name, attributes, span);
    }

    pub(super) fn table_row(&mut self, attributes: &Attributes<'a>, span: Span) {
        if let Some(table) = self.tables.last_mut() {
            table.next = 0;
        }
        self.element("tr", attributes, span);
    }

    pub(super) fn table_cell(&mut self, attributes: &Attributes<'a>, span: Span) {
        let mut all = copied(attributes);
        let mut name = "td";
        if let Some(table) = self.tables.last_mut() {
            if table.in_head {
                name = "th";
            }
            let style = match table.alignments.get(table.next).copied().unwrap_or_default() {
                Alignment::None => None,
                Alignment::Left => Some("text-align: left"),
                Alignment::Center => Some("text-align: center"),
                Alignment::Right => Some("text-align: right"),
            };
            table.next += 1;
            if let Some(style) = style {
                match all.iter_mut().find(|(name, _)| &**name == "style") {
                    Some((_, value)) => *value = [value, "; ", style].concat().into(),
                    None => all.push(("style".into(), style.into())),
                }
            }
        }
        self.tree.open(name, all, Some(span));
        self.end_actions.push(EndAction::Cell);
    }

    pub(super) fn end_cell(&mut self) {
        if self.is_jekyll() && self.tree.is_empty_element() {
            self.tree.text("\u{a0}");
        }
        self.tree.close();
    }
}
