//! Filters of lists. In: a call. Out: a value. Neighbours: `mod.rs` dispatches.

use std::cmp::Ordering;
use std::collections::HashMap;
use std::rc::Rc;

use super::super::budget::Budget;
use super::super::value::{Value, in_order, leading_int};
use super::{Call, Fails, integer};
use crate::text::parse_float;

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
            "sort" => return Some(self.sort()),
            "sort_natural" => {
                let property = self.argument(0);
                let items = self.items();
                let mut keys: Vec<Option<String>> = Vec::new();
                for item in &items {
                    let key = if property.is_nil() { item.clone() } else { item.get(&property) };
                    keys.push((!key.is_nil()).then(|| key.text(self.budget).to_ascii_lowercase()));
                }
                let key = |index: usize| keys.get(index).and_then(Option::as_deref);
                let order = in_order(items.len(), &mut |a, b| match (key(a), key(b)) {
                    (Some(a), Some(b)) => a.cmp(b),
                    (a, b) => b.is_some().cmp(&a.is_some()),
                });
                arranged(&items, &order)
            }
            "uniq" => {
                let property = self.argument(0);
                let mut seen: HashMap<Rc<str>, i64> = HashMap::new();
                let mut items = self.items();
                items.retain(|item| {
                    let mut key = String::new();
                    let value = if property.is_nil() { item.clone() } else { item.get(&property) };
                    value.inspect(&mut key, self.budget);
                    seen.insert(key.into(), 0).is_none()
                });
                Value::list(items)
            }
            "compact" => {
                let property = self.argument(0);
                let mut items = self.items();
                items.retain(|item| !(if property.is_nil() { item.clone() } else { item.get(&property) }).is_nil());
                Value::list(items)
            }
            "map" => {
                let property = self.argument(0);
                Value::list(self.items().iter().map(|item| item.get(&property)).collect())
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
            "where" => self.choose(),
            "group_by" => self.group(),
            "array_to_sentence_string" => {
                let Value::List(list) = &self.input else {
                    return Some(Err("`array_to_sentence_string` takes a list, and this is none.".into()));
                };
                let texts: Vec<String> = list.items.iter().map(|item| item.text(self.budget)).collect();
                let connector = if self.arguments.is_empty() { "and".to_owned() } else { self.argument_text(0) };
                match texts.as_slice() {
                    [] => "".into(),
                    [one] => one.as_str().into(),
                    [one, other] => [one, " ", &connector, " ", other].concat().into(),
                    [before @ .., last] => [&before.join(", "), ", ", &connector, " ", last].concat().into(),
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

    /// Jekyll's `sort`: by a property, with those that lack it first or last.
    fn sort(&mut self) -> Result<Value, Fails> {
        let items = match &self.input {
            Value::List(list) => list.items.clone(),
            _ => return Err("`sort` takes a list, and this is none.".into()),
        };
        let property = self.argument(0);
        if property.is_nil() {
            let mut comparable = true;
            let order = in_order(items.len(), &mut |a, b| {
                let order = items.get(a).zip(items.get(b)).and_then(|(a, b)| a.order(b));
                comparable &= order.is_some();
                order.unwrap_or(Ordering::Equal)
            });
            return if comparable {
                Ok(arranged(&items, &order))
            } else {
                Err("`sort` cannot compare these values.".into())
            };
        }
        let last = match self.arguments.get(1) {
            None => false,
            Some(Value::Str(nils)) if matches!(&**nils, "first" | "last") => &**nils == "last",
            Some(_) => return Err("`sort` puts what lacks the property \"first\" or \"last\".".into()),
        };
        let property = property.text(self.budget);
        let mut keys = Vec::new();
        for item in &items {
            let key = self.property(item, &property);
            let text = key.text(self.budget);
            keys.push((key, text));
        }
        let order = in_order(items.len(), &mut |a, b| {
            let (Some((a, a_text)), Some((b, b_text))) = (keys.get(a), keys.get(b)) else { return Ordering::Equal };
            match (a.is_nil(), b.is_nil()) {
                (true, true) => Ordering::Equal,
                (true, false) if last => Ordering::Greater,
                (true, false) => Ordering::Less,
                (false, true) if last => Ordering::Less,
                (false, true) => Ordering::Greater,
                _ => a.order(b).unwrap_or_else(|| a_text.cmp(b_text)),
            }
        });
        Ok(arranged(&items, &order))
    }

    /// Jekyll's `item_property`: names with periods lead into mappings, and texts that look like numbers are numbers.
    fn property(&mut self, item: &Value, name: &str) -> Value {
        let mut value = item.clone();
        for part in name.split('.') {
            value = value.get(&part.into());
        }
        let Value::Str(text) = &value else { return value };
        let text = text.trim();
        let digits = text.strip_prefix('-').unwrap_or(text);
        if !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit()) {
            return Value::Int(leading_int(text));
        }
        let number = digits.bytes().all(|b| b.is_ascii_digit() || b == b'.') && digits.matches('.').count() == 1;
        match parse_float(text) {
            Some(float) if number => Value::Float(float),
            _ => value,
        }
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

    /// What is looked at by Jekyll's `where` and `group_by`.
    fn members(&self) -> Option<Vec<Value>> {
        match &self.input {
            Value::List(list) => Some(list.items.clone()),
            Value::Hash(hash) => Some(hash.entries.iter().map(|(_, value)| value.clone()).collect()),
            _ => None,
        }
    }

    fn choose(&mut self) -> Value {
        let (property, target) = (self.argument(0), self.argument(1));
        let Some(items) = self.members().filter(|_| property.is_true()) else { return self.input.clone() };
        if matches!(target, Value::List(_) | Value::Hash(_)) {
            return self.input.clone();
        }
        let (property, wanted) = (property.text(self.budget), target.text(self.budget));
        let mut chosen = Vec::new();
        for item in items {
            let value = self.property(&item, &property);
            let fits = match &value {
                Value::Nil => target.is_nil(),
                _ if target.is_nil() => false,
                Value::List(list) => list.items.iter().any(|one| one.text(self.budget) == wanted),
                one => one.text(self.budget) == wanted,
            };
            if fits {
                chosen.push(item);
            }
        }
        Value::list(chosen)
    }

    fn group(&mut self) -> Value {
        let Some(items) = self.members() else { return self.input.clone() };
        let property = self.argument_text(0);
        let mut places: HashMap<Rc<str>, i64> = HashMap::new();
        let mut groups: Vec<(Rc<str>, Vec<Value>)> = Vec::new();
        for item in items {
            let name: Rc<str> = self.property(&item, &property).text(self.budget).into();
            let place = *places.entry(name.clone()).or_insert(i64::try_from(groups.len()).unwrap_or(i64::MAX));
            match usize::try_from(place).ok().and_then(|place| groups.get_mut(place)) {
                Some((_, items)) => items.push(item),
                None => groups.push((name, vec![item])),
            }
        }
        let group = |(name, items): (Rc<str>, Vec<Value>)| {
            let key = |key: &str| -> Rc<str> { key.into() };
            let size = items.len().into();
            Value::hash(vec![(key("name"), Value::Str(name)), (key("items"), Value::list(items)), (key("size"), size)])
        };
        Value::list(groups.into_iter().map(group).collect())
    }
}

/// The items in that order.
fn arranged(items: &[Value], order: &[usize]) -> Value {
    Value::list(order.iter().filter_map(|&index| items.get(index).cloned()).collect())
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
