//! Jekyll's filters that look into the items of a list: `where`, `find`, `group_by`, `sort` (filters.rb,
//! filters/grouping_filters.rb). In: a call. Out: a value. Neighbours: `mod.rs` dispatches; `../by_expression.rs` has
//! the filters that take an expression.

use std::cmp::Ordering;

use super::super::budget::Budget;
use super::super::tokens::is_space;
use super::super::value::{Groups, Value, pair};
use super::list::arranged;
use super::{Call, Fails, no_property};
use crate::text::order::in_order;
use crate::text::parse_float;

impl Call<'_, '_> {
    /// The result of a filter that looks into items; `None` for another filter.
    pub(super) fn object_filter(&mut self, name: &str) -> Option<Result<Value, Fails>> {
        Some(match name {
            "where" => self.choose(false),
            "find" => self.choose(true),
            "group_by" => self.group(),
            "sort" => self.sort(),
            _ => return None,
        })
    }

    /// `where`, and `find`, which takes the first.
    fn choose(&mut self, one: bool) -> Result<Value, Fails> {
        let (property, target) = (self.argument(0), self.argument(1));
        if !property.is_true() || matches!(target, Value::List(_) | Value::Hash(_)) {
            return Ok(self.input.clone());
        }
        let Some(items) = self.input.members(self.budget) else { return Ok(self.input.clone()) };
        let property = property.text(self.budget);
        let mut chosen = Vec::new();
        for item in items {
            let value = item_property(&item, &property)?;
            if value.is_unknown() {
                return Ok(Value::Unknown);
            }
            if self.fits(&value, &target) {
                if one {
                    return Ok(item);
                }
                chosen.push(item);
            }
        }
        Ok(if one { Value::Nil } else { Value::list(chosen) })
    }

    /// Jekyll's `compare_property_vs_target`.
    fn fits(&mut self, property: &Value, target: &Value) -> bool {
        if target.is_nil() {
            return property.is_nil();
        }
        if self.literal && matches!(property, Value::Nil | Value::List(_) | Value::Hash(_)) {
            return property.text(self.budget).is_empty() || property.is_empty() == Some(true);
        }
        let wanted = target.text(self.budget);
        match property {
            Value::Nil => false,
            Value::List(list) => list.items.iter().any(|item| item.to_s(self.budget) == wanted),
            Value::Hash(hash) => hash.entries.iter().any(|entry| pair(entry).to_s(self.budget) == wanted),
            one => one.to_s(self.budget) == wanted,
        }
    }

    fn group(&mut self) -> Result<Value, Fails> {
        let Some(items) = self.input.elements(self.budget) else { return Ok(self.input.clone()) };
        let property = self.argument_text(0);
        let mut groups = Groups::default();
        for item in items {
            let value = item_property(&item, &property)?;
            if value.is_unknown() {
                return Ok(Value::Unknown);
            }
            groups.add(value.to_s(self.budget).into(), item, self.budget);
        }
        Ok(groups.value())
    }

    /// By the items themselves, or by a property, with those that lack it first or last.
    fn sort(&mut self) -> Result<Value, Fails> {
        let Some(items) = self.input.elements(self.budget) else {
            return Err("`sort` takes a list, and this is none.".into());
        };
        let property = self.argument(0);
        if property.is_nil() {
            let mut comparable = true;
            let order = in_order(items.len(), &mut |a, b| {
                let order = items.get(a).zip(items.get(b)).and_then(|(a, b)| order_of(a, b, self.budget));
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
            let key = item_property(item, &property)?;
            if key.is_unknown() {
                return Ok(Value::Unknown);
            }
            let text = key.to_s(self.budget);
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
                _ => order_of(a, b, self.budget).unwrap_or_else(|| a_text.cmp(b_text)),
            }
        });
        Ok(arranged(&items, &order))
    }
}

/// Ruby's `<=>`, with lists by their items. Recursion is bounded: values nest no deeper than `MAX_DEPTH`.
fn order_of(a: &Value, b: &Value, budget: &mut Budget) -> Option<Ordering> {
    let (Value::List(left), Value::List(right)) = (a, b) else {
        return a.order(b).or_else(|| a.equals(b, budget).then_some(Ordering::Equal));
    };
    for (a, b) in left.items.iter().zip(&right.items) {
        if !budget.steps(1) {
            break;
        }
        let order = order_of(a, b, budget)?;
        if order.is_ne() {
            return Some(order);
        }
    }
    Some(left.items.len().cmp(&right.items.len()))
}

/// Jekyll's `item_property`: names with periods lead into mappings, and texts that look like numbers are numbers.
fn item_property(item: &Value, name: &str) -> Result<Value, Fails> {
    let value = if name.contains('.') {
        // Ruby's `split` has no empty parts at the end.
        let mut value = item.clone();
        for part in name.trim_end_matches('.').split('.').filter(|_| name.bytes().any(|byte| byte != b'.')) {
            value = value.index(&part.into())?.unwrap_or(Value::Bool(false));
        }
        value
    } else {
        item.index(&name.into())?.ok_or_else(|| no_property(name))?
    };
    Ok(as_number(value))
}

/// Jekyll's `parse_sort_input`.
fn as_number(value: Value) -> Value {
    let Value::Str(text) = &value else { return value };
    let text = text.trim_matches(is_space);
    let digits = text.strip_prefix('-').unwrap_or(text);
    if !digits.bytes().any(|byte| byte.is_ascii_digit()) || !digits.bytes().all(|b| b.is_ascii_digit() || b == b'.') {
        return value;
    }
    match digits.matches('.').count() {
        // Whole numbers beyond 64 bits are not known here.
        0 => text.parse().map_or(Value::Unknown, Value::Int),
        1 => parse_float(text).map_or(value, Value::Float),
        _ => value,
    }
}
