//! `for` and `tablerow` (tags/for.rb, tags/table_row.rb). In: a loop's node. Out: its content, once for each element.
//! Neighbours: `interpreter.rs`.

use std::cell::Cell;
use std::rc::Rc;

use super::expression::Expression;
use super::filters::Fails;
use super::interpreter::{Flow, Interpreter};
use super::output::MappedText;
use super::syntax_tree::{For, Offset, TableRow};
use super::value::{Loop, Value, range_len};

/// Whether a loop can be run.
enum LoopElements {
    Items(Vec<Value>),
    Unknown,
}

impl Interpreter<'_, '_, '_> {
    pub(super) fn for_loop(&mut self, node: &For, out: &mut MappedText) -> Flow {
        let items = match self.elements(node) {
            Ok(LoopElements::Items(items)) => items,
            Ok(LoopElements::Unknown) => {
                self.chip(node.tag, out);
                return Flow::Next;
            }
            Err(fails) => {
                self.fails(&fails, node.tag, out);
                return Flow::Next;
            }
        };
        if items.is_empty() {
            // A range that is too long for a list gives nothing.
            if self.state.budget.exhausted() {
                self.too_much(node.tag);
            }
            return match &node.otherwise {
                Some(otherwise) => self.nodes(otherwise, out),
                None => Flow::Next,
            };
        }
        let at = Rc::new(Loop {
            name: node.head.name.clone(),
            length: items.len(),
            index: Cell::new(0),
            parent: self.state.loops.last().cloned(),
            columns: None,
        });
        self.state.loops.push(at.clone());
        self.state.turning += 1;
        let scopes = self.state.scopes.len();
        for (index, item) in items.into_iter().enumerate() {
            if !self.state.budget.steps(1) {
                self.too_much(node.tag);
                break;
            }
            at.index.set(index);
            self.state.scopes.truncate(scopes);
            self.state.scopes.push(("forloop".into(), Value::Loop(at.clone())));
            // A loop variable of the same name has precedence.
            self.state.scopes.push((node.head.variable.clone(), item));
            if self.nodes(&node.body, out) == Flow::Break {
                break;
            }
        }
        if self.state.budget.exhausted() {
            self.too_much(node.tag);
        }
        self.state.scopes.truncate(scopes);
        self.state.turning -= 1;
        self.state.loops.pop();
        Flow::Next
    }

    /// The elements that the loop runs over, in its order.
    fn elements(&mut self, node: &For) -> Result<LoopElements, Fails> {
        let head = &node.head;
        let from = match &head.offset {
            Offset::None => 0,
            Offset::Continue => self.state.offsets.get(&head.name).map_or(0, |&at| usize::try_from(at).unwrap_or(0)),
            Offset::At(offset) => match self.count(offset)? {
                Some(offset) => offset.unwrap_or(0),
                None => return Ok(LoopElements::Unknown),
            },
        };
        let collection = self.evaluate(&head.collection);
        let limit = match head.limit.as_ref().map(|limit| self.count(limit)).transpose()? {
            Some(None) => return Ok(LoopElements::Unknown),
            Some(Some(limit)) => limit,
            None => None,
        };
        let mut items = match collection {
            Value::Unknown => return Ok(LoopElements::Unknown),
            // A text is one element; the limit does not matter.
            Value::Str(text) => {
                if text.is_empty() {
                    Vec::new()
                } else {
                    vec![Value::Str(text)]
                }
            }
            collection => self.slice(&collection, from, limit),
        };
        if head.reversed {
            items.reverse();
        }
        let reached = i64::try_from(from.saturating_add(items.len())).unwrap_or(i64::MAX);
        self.state.offsets.insert(head.name.clone(), reached);
        Ok(LoopElements::Items(items))
    }

    /// A limit or an offset: `None` for one that is unknown, `Some(None)` for nil.
    fn count(&mut self, expression: &Expression) -> Result<Option<Option<usize>>, Fails> {
        Ok(match self.evaluate(expression) {
            Value::Unknown => None,
            Value::Nil => Some(None),
            value => Some(Some(usize::try_from(super::filters::integer(&value, &mut self.state.budget)?).unwrap_or(0))),
        })
    }

    /// The elements from `from` on, `limit` of them at most.
    fn slice(&mut self, collection: &Value, from: usize, limit: Option<usize>) -> Vec<Value> {
        // A range is limited before it becomes a list.
        if let Value::Range(first, last) = collection {
            let len = range_len(*first, *last).saturating_sub(from).min(limit.unwrap_or(usize::MAX));
            if !self.state.budget.steps(len) {
                return Vec::new();
            }
            let first = first.saturating_add(i64::try_from(from).unwrap_or(i64::MAX));
            return (first..).take(len).map(Value::Int).collect();
        }
        let items = collection.elements(&mut self.state.budget).unwrap_or_default();
        items.into_iter().skip(from).take(limit.unwrap_or(usize::MAX)).collect()
    }

    pub(super) fn table_row(&mut self, node: &TableRow, out: &mut MappedText) -> Flow {
        let collection = self.evaluate(&node.collection);
        if collection.is_unknown() {
            self.chip(node.tag, out);
            return Flow::Next;
        }
        if !collection.is_true() {
            return Flow::Next;
        }
        let mut number = |expression: &Option<Expression>| {
            let value = expression.as_ref().map(|expression| self.evaluate(expression));
            value.map(|value| usize::try_from(value.to_int()).unwrap_or(0))
        };
        let (from, limit, columns) = (number(&node.offset).unwrap_or(0), number(&node.limit), number(&node.columns));
        let items = match &collection {
            Value::Str(text) if text.is_empty() => Vec::new(),
            Value::Str(_) => vec![collection],
            collection => self.slice(collection, from, limit),
        };
        let columns = columns.unwrap_or(0);
        let at = Rc::new(Loop {
            name: "".into(),
            length: items.len(),
            index: Cell::new(0),
            parent: None,
            // Without columns all cells are in one row.
            columns: Some(if columns == 0 { usize::MAX } else { columns }),
        });
        self.made("<tr class=\"row1\">\n", node.tag, out);
        self.state.turning += 1;
        let scopes = self.state.scopes.len();
        let length = items.len();
        for (index, item) in items.into_iter().enumerate() {
            if !self.state.budget.steps(1) {
                break;
            }
            at.index.set(index);
            self.state.scopes.truncate(scopes);
            self.state.scopes.push(("tablerowloop".into(), Value::Loop(at.clone())));
            self.state.scopes.push((node.variable.clone(), item));
            let column = if columns == 0 { index } else { index % columns } + 1;
            self.made(&["<td class=\"col", &column.to_string(), "\">"].concat(), node.tag, out);
            self.nodes(&node.body, out);
            self.made("</td>", node.tag, out);
            if columns > 0 && column == columns && index + 1 < length {
                let row = (index / columns + 2).to_string();
                self.made(&["</tr>\n<tr class=\"row", &row, "\">"].concat(), node.tag, out);
            }
        }
        if self.state.budget.exhausted() {
            self.too_much(node.tag);
        }
        self.state.scopes.truncate(scopes);
        self.state.turning -= 1;
        self.made("</tr>\n", node.tag, out);
        Flow::Next
    }
}
