//! Filters of lists. In: a call. Out: a value. Neighbours: `mod.rs` dispatches.

use std::collections::HashMap;
use std::rc::Rc;

use super::super::budget::Budget;
use super::super::value::Value;
use super::{Call, Fails, integer};
use crate::text::order::in_order;

impl Call<'_, '_> {
    /// The result of a filter of lists; `None` for another filter.
    pub(super) fn list_filter(&mut self, name: &str) -> Option<Result<Value, Fails>> {
        let value = match name {
            "size" => self.input.size().unwrap_or(0).into(),
            "first" => self.input.first(),
            "last" => self.input.last(),
            "join" => {
                let glue = if self.arguments.is_empty() { " ".to_owned() } else { self.argument_text(0) };
                let items = self.items();
                let mut out = String::new();
                for (index, item) in items.iter().enumerate() {
                    if index > 0 && self.budget.bytes(glue.len()) {
                        out.push_str(&glue);
                    }
                    item.write(&mut out, self.budget);
                }
                out.into()
            }
            "reverse" => {
                let mut items = self.items();
                items.reverse();
                Value::list(items)
            }
            "sort_natural" => {
                let items = self.items();
                let property = !self.argument(0).is_nil();
                if property && items.iter().any(|item| matches!(item.index(&0_usize.into()), Ok(None))) {
                    return Some(Ok(Value::Nil));
                }
                let keys = match self.selected(&items) {
                    Ok(Some(keys)) => keys,
                    other => return Some(other.map(|_| Value::Nil)),
                };
                let text = |key: &Value| (!key.is_nil()).then(|| key.to_s(self.budget).to_ascii_lowercase());
                let keys: Vec<Option<String>> = keys.iter().map(text).collect();
                let key = |index: usize| keys.get(index).and_then(Option::as_deref);
                let order = in_order(items.len(), &mut |a, b| match (key(a), key(b)) {
                    (Some(a), Some(b)) => a.cmp(b),
                    (a, b) => b.is_some().cmp(&a.is_some()),
                });
                arranged(&items, &order)
            }
            "uniq" | "compact" => {
                let items = self.items();
                // Ruby looks at nothing of a list of one.
                if name == "uniq" && items.len() < 2 {
                    return Some(Ok(Value::list(items)));
                }
                let keys = match self.selected(&items) {
                    Ok(Some(keys)) => keys,
                    other => return Some(other.map(|_| Value::Nil)),
                };
                let mut seen: HashMap<Rc<str>, i64> = HashMap::new();
                let mut kept = |key: &Value| {
                    if name == "compact" {
                        return !key.is_nil();
                    }
                    let mut text = String::new();
                    key.inspect(&mut text, self.budget);
                    seen.insert(text.into(), 0).is_none()
                };
                Value::list(items.into_iter().zip(&keys).filter(|(_, key)| kept(key)).map(|(item, _)| item).collect())
            }
            "map" => {
                let property = self.argument(0);
                let found: Result<Vec<Value>, Fails> =
                    self.items().iter().map(|item| Ok(item.index(&property)?.unwrap_or(Value::Nil))).collect();
                return Some(found.map(Value::list));
            }
            "concat" => {
                let Value::List(more) = self.argument(0) else {
                    return Some(Err("`concat` takes a list, and this is none.".into()));
                };
                let mut items = self.items();
                if self.budget.steps(more.items.len()) {
                    items.extend(more.items.iter().cloned());
                }
                Value::list(items)
            }
            "push" | "unshift" | "pop" | "shift" => return Some(self.ends(name)),
            "array_to_sentence_string" => return Some(self.sentence()),
            // Chance chooses between several.
            "sample" => {
                let one = self.argument_int(0, 1).unwrap_or(1) == 1;
                match &self.input {
                    Value::List(list) if one && list.items.len() < 2 => self.input.first(),
                    Value::List(_) => Value::Unknown,
                    other => other.clone(),
                }
            }
            _ => return None,
        };
        Some(Ok(value))
    }

    /// What Liquid's `InputIterator` iterates over: a list whose inner lists are flattened, a mapping as one element.
    fn items(&mut self) -> Vec<Value> {
        match &self.input {
            Value::List(_) => {
                let mut out = Vec::new();
                flatten(&self.input, &mut out, self.budget);
                out
            }
            Value::Range(..) => self.input.elements(self.budget).unwrap_or_default(),
            Value::Nil => Vec::new(),
            one => vec![one.clone()],
        }
    }

    /// What the first argument takes of each item, or the items themselves without one; `None` where an item is
    /// nothing that anything can be taken of, for which Liquid gives nil.
    fn selected(&mut self, items: &[Value]) -> Result<Option<Vec<Value>>, Fails> {
        match self.argument(0) {
            Value::Nil => Ok(Some(items.to_vec())),
            property => items.iter().map(|item| item.index(&property)).collect(),
        }
    }

    /// Jekyll's `array_to_sentence_string`. A text is not a list, but has a length and parts as one.
    fn sentence(&mut self) -> Result<Value, Fails> {
        let connector = if self.arguments.is_empty() { "and".to_owned() } else { self.argument_text(0) };
        let parts: Vec<String> = match &self.input {
            Value::List(list) => match list.items.split_last() {
                // What comes before the last of many goes through Ruby's `join`.
                Some((last, before)) if before.len() > 1 => {
                    let mut parts: Vec<String> = before.iter().map(|item| joined(item, self.budget)).collect();
                    parts.push(last.to_s(self.budget));
                    parts
                }
                _ => list.items.iter().map(|item| item.to_s(self.budget)).collect(),
            },
            Value::Str(text) if text.chars().count() < 3 => text.chars().map(String::from).collect(),
            // A mapping has nothing at the places 0 and 1.
            Value::Hash(hash) if hash.entries.len() < 3 => vec![String::new(); hash.entries.len()],
            _ => return Err("`array_to_sentence_string` takes a list, and this is none.".into()),
        };
        Ok(match parts.as_slice() {
            [] => "".into(),
            [one] => one.as_str().into(),
            [one, other] => [one, " ", &connector, " ", other].concat().into(),
            [before @ .., last] => [&before.join(", "), ", ", &connector, " ", last].concat().into(),
        })
    }

    fn ends(&mut self, name: &str) -> Result<Value, Fails> {
        let Value::List(list) = &self.input else { return Ok(self.input.clone()) };
        let mut items = list.items.clone();
        match name {
            "push" => items.push(self.argument(0)),
            "unshift" => items.insert(0, self.argument(0)),
            _ => {
                let count = match self.arguments.first() {
                    Some(count) => integer(count, self.budget)?,
                    None => 1,
                };
                let count = usize::try_from(count).unwrap_or(0).min(items.len());
                if name == "pop" {
                    items.truncate(items.len() - count);
                } else {
                    items.drain(..count);
                }
            }
        }
        Ok(Value::list(items))
    }
}

/// The items in that order.
pub(super) fn arranged(items: &[Value], order: &[usize]) -> Value {
    Value::list(order.iter().filter_map(|&index| items.get(index).cloned()).collect())
}

/// Ruby's `join` with a comma, which looks into lists. Recursion is bounded: values nest no deeper than `MAX_DEPTH`.
fn joined(value: &Value, budget: &mut Budget) -> String {
    match value {
        Value::List(list) if budget.steps(list.items.len()) => {
            list.items.iter().map(|item| joined(item, budget)).collect::<Vec<_>>().join(", ")
        }
        one => one.to_s(budget),
    }
}

// Recursion is bounded: values nest no deeper than `MAX_DEPTH`.
fn flatten(value: &Value, out: &mut Vec<Value>, budget: &mut Budget) {
    match value {
        Value::List(list) => {
            for item in &list.items {
                if !budget.steps(1) {
                    return;
                }
                flatten(item, out, budget);
            }
        }
        one => out.push(one.clone()),
    }
}
