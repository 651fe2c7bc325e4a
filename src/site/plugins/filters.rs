//! Liquid's filters for the plugins, which use them as Ruby functions. In: values. Out: values and texts. Neighbours:
//! `liquid/filters` has them; each plugin asks.

use std::sync::LazyLock;

use serde_yaml::Mapping;

use super::super::environment::PageEnvironment;
use super::super::rendering::{SiteItem, SiteRendering};
use crate::liquid::{Context, Value, apply_filter};

/// The filters, as they are for one page of a site.
pub(super) struct Filters<'r> {
    context: Context<'r>,
}

impl<'r> Filters<'r> {
    /// Those for an item.
    pub(super) fn of(rendering: &'r SiteRendering, item: SiteItem) -> Self {
        static NO_LAYOUT: LazyLock<Mapping> = LazyLock::new(Mapping::new);
        Self { context: rendering.context(PageEnvironment::new(rendering, item, None, &NO_LAYOUT)) }
    }

    /// What a filter gives; an error where Jekyll stops.
    pub(super) fn apply(&self, name: &str, input: &Value, arguments: &[Value]) -> Result<Value, String> {
        apply_filter(name, input.clone(), arguments.to_vec(), &self.context)
    }

    /// What several filters without arguments give, one after the other, as text.
    pub(super) fn text(&self, names: &[&str], input: &Value) -> Result<String, String> {
        let mut value = input.clone();
        for name in names {
            value = self.apply(name, &value, &[])?;
        }
        Ok(value.plain_text())
    }
}

/// The part of a value with that name; nil where there is none.
pub(super) fn part(value: &Value, key: &str) -> Value {
    value.find_key(key).unwrap_or(Value::Nil)
}

/// The first value that is not nil or false, as Ruby's `||` has it; the last one where there is none.
pub(super) fn either<const N: usize>(values: [&dyn Fn() -> Value; N]) -> Value {
    let mut last = Value::Nil;
    for value in values {
        last = value();
        if last.is_true() {
            break;
        }
    }
    last
}

/// Liquid's filter `default`: another value for nil, false and what is empty.
pub(super) fn or_default(value: Value, default: impl FnOnce() -> Value) -> Value {
    let is_empty = match &value {
        Value::Str(text) => text.is_empty(),
        Value::List(list) => list.items.is_empty(),
        Value::Hash(hash) => hash.entries.is_empty(),
        other => !other.is_true(),
    };
    if is_empty { default() } else { value }
}
