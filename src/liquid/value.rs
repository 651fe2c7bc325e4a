//! The values of Liquid. In: YAML, literals, results of filters. Out: values, their truth, their order, their parts.
//! Neighbours: `value_text.rs` writes them, `expression.rs` looks them up.

use std::cell::Cell;
use std::cmp::Ordering;
use std::collections::HashMap;
use std::fmt::Debug;
use std::rc::Rc;

use serde_yaml::Value as Yaml;

use super::budget::Budget;
use crate::post::date::DateTime;
use crate::post::yaml::display;
use crate::text::order::in_order;

/// A value. Copies are cheap.
#[derive(Clone, Debug)]
pub enum Value {
    /// Ruby's `nil`.
    Nil,
    /// `true` and `false`.
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// A number with a fraction.
    Float(f64),
    /// A text.
    Str(Rc<str>),
    /// A list.
    List(Rc<List>),
    /// A mapping.
    Hash(Rc<Hash>),
    /// Something whose parts are computed when they are read.
    Drop(Rc<dyn LiquidDrop>),
    /// From one whole number to another, both included.
    Range(i64, i64),
    /// A point in time; one of `DateKind::Day` without a zone is Ruby's `Date`.
    Date(DateTime),
    /// The `forloop` or `tablerowloop` of a loop.
    Loop(Rc<Loop>),
    /// Something that one post alone cannot know.
    Unknown,
}

/// A value with parts that are computed when they are read (Liquid's drop.rb, Jekyll's drops/drop.rb). Drops may lead to one another in circles.
pub trait LiquidDrop: Debug {
    /// The part of that name; `None` where there is none.
    fn get(&self, key: &str) -> Option<Value>;

    /// The names of its parts, in Jekyll's order.
    fn keys(&self) -> Vec<String>;

    /// What the drop stands for: a kind, and a number among those of its kind. Two drops are equal if these are.
    fn identity(&self) -> (&'static str, usize);

    /// Whether Ruby has a mapping here, which an output writes with all of its parts; else an output writes what `text`
    /// says.
    fn is_mapping(&self) -> bool {
        false
    }

    /// What an output writes.
    fn text(&self) -> String {
        String::new()
    }

    /// Ruby's `<=>`; `None` where the drops have no order.
    fn order(&self, _other: &dyn LiquidDrop) -> Option<Ordering> {
        None
    }

    /// The names of parts that are left out of JSON from the third level on (drops/document_drop.rb,
    /// `collapse_document`).
    fn left_out_below(&self) -> &'static [&'static str] {
        &[]
    }
}

/// How deep lists and mappings nest; deeper ones are nil.
const MAX_DEPTH: u8 = 64;

/// A list.
#[derive(Debug)]
pub struct List {
    /// Its elements.
    pub items: Vec<Value>,
    depth: u8,
}

/// A mapping in the order of its text.
#[derive(Debug)]
pub struct Hash {
    /// Its keys and their values.
    pub entries: Vec<(Rc<str>, Value)>,
    /// The entries in the order of their keys.
    sorted: Vec<usize>,
    depth: u8,
}

/// Where a loop is.
#[derive(Debug)]
pub struct Loop {
    pub(super) name: Rc<str>,
    pub(super) length: usize,
    /// Counted from 0.
    pub(super) index: Cell<usize>,
    pub(super) parent: Option<Rc<Loop>>,
    /// The columns of a `tablerow`, which has other variables.
    pub(super) columns: Option<usize>,
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Str(text.into())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Str(text.into())
    }
}

impl From<usize> for Value {
    fn from(number: usize) -> Self {
        Self::Int(i64::try_from(number).unwrap_or(i64::MAX))
    }
}

impl Value {
    /// A list; nil where its elements nest too deep.
    pub fn list(items: Vec<Value>) -> Self {
        let depth = items.iter().map(Self::depth).max().unwrap_or(0) + 1;
        if depth > MAX_DEPTH { Self::Nil } else { Self::List(Rc::new(List { items, depth })) }
    }

    /// A mapping; nil where its values nest too deep.
    pub fn hash(entries: Vec<(Rc<str>, Value)>) -> Self {
        let depth = entries.iter().map(|(_, value)| value.depth()).max().unwrap_or(0) + 1;
        let key = |index: usize| entries.get(index).map(|(key, _)| &**key);
        // Of equal keys the last holds.
        let mut sorted = in_order(entries.len(), &mut |a, b| key(a).cmp(&key(b)).then(b.cmp(&a)));
        sorted.dedup_by_key(|index| key(*index));
        if depth > MAX_DEPTH { Self::Nil } else { Self::Hash(Rc::new(Hash { entries, sorted, depth })) }
    }

    /// The value of a key of a mapping; `None` where there is no such key, or no mapping.
    pub fn find_key(&self, key: &str) -> Option<Self> {
        match self {
            Self::Hash(hash) => hash.get(key).cloned(),
            Self::Drop(drop) => drop.get(key),
            Self::Unknown => Some(Self::Unknown),
            _ => None,
        }
    }

    fn depth(&self) -> u8 {
        match self {
            Self::List(list) => list.depth,
            Self::Hash(hash) => hash.depth,
            _ => 0,
        }
    }

    /// A value of a front matter.
    pub fn of_yaml(yaml: &Yaml) -> Self {
        Self::of_yaml_at(yaml, 0)
    }

    fn of_yaml_at(yaml: &Yaml, depth: u8) -> Self {
        if depth >= MAX_DEPTH {
            return Self::Nil;
        }
        match yaml {
            Yaml::Null => Self::Nil,
            Yaml::Bool(value) => Self::Bool(*value),
            Yaml::Number(number) => match (number.as_i64(), number.as_f64()) {
                (Some(number), _) => Self::Int(number),
                (None, Some(number)) => Self::Float(number),
                _ => Self::Nil,
            },
            Yaml::String(text) => Self::from(text.as_str()),
            Yaml::Sequence(items) => Self::list(items.iter().map(|item| Self::of_yaml_at(item, depth + 1)).collect()),
            Yaml::Mapping(entries) => Self::hash(
                entries.iter().map(|(key, value)| (display(key).into(), Self::of_yaml_at(value, depth + 1))).collect(),
            ),
            Yaml::Tagged(tagged) => Self::of_yaml_at(&tagged.value, depth + 1),
        }
    }

    /// Whether it is Ruby's `nil`.
    pub fn is_nil(&self) -> bool {
        matches!(self, Self::Nil)
    }

    /// Whether it is not known.
    pub fn is_unknown(&self) -> bool {
        matches!(self, Self::Unknown)
    }

    /// Everything but nil and false.
    pub fn is_true(&self) -> bool {
        !matches!(self, Self::Nil | Self::Bool(false))
    }

    /// Ruby's `empty?`, where the value has it.
    pub(super) fn is_empty(&self) -> Option<bool> {
        match self {
            Self::Str(text) => Some(text.is_empty()),
            Self::List(list) => Some(list.items.is_empty()),
            Self::Hash(hash) => Some(hash.entries.is_empty()),
            _ => None,
        }
    }

    /// Ruby's `to_i`: the whole number at the beginning of a text, 0 if there is no number.
    pub(super) fn to_int(&self) -> i64 {
        match self {
            Self::Int(number) => *number,
            Self::Float(number) => *number as i64,
            Self::Str(text) => leading_int(text),
            _ => 0,
        }
    }

    /// `value[key]`; nil where there is no such key.
    pub fn get(&self, key: &Value) -> Self {
        self.find(key, false).unwrap_or(Self::Nil)
    }

    /// `value.key` and `value[key]` (variable_lookup.rb); `command` where it is written as `.size`, `.first`, `.last`.
    /// `None` where there is no such key, which is nil unless the site's settings say `strict_variables`.
    pub(super) fn find(&self, key: &Value, command: bool) -> Option<Self> {
        let name = match key {
            Self::Str(name) => &**name,
            _ => "",
        };
        match (self, key) {
            (Self::Unknown, _) | (_, Self::Unknown) => return Some(Self::Unknown),
            (Self::Hash(hash), _) => {
                let found = match key {
                    Self::Str(name) => hash.get(name),
                    Self::Int(number) => hash.get(&number.to_string()),
                    _ => None,
                };
                if let Some(found) = found {
                    return Some(found.clone());
                }
            }
            (Self::List(list), Self::Int(index)) => {
                let index = if *index < 0 { *index + list.items.len() as i64 } else { *index };
                let found = usize::try_from(index).ok().and_then(|index| list.items.get(index)).cloned();
                return Some(found.unwrap_or(Self::Nil));
            }
            (Self::Loop(at), _) => return at.get(name),
            (Self::Drop(drop), Self::Str(name)) => {
                if let Some(found) = drop.get(name) {
                    return Some(found);
                }
            }
            _ => {}
        }
        match (name, self) {
            ("size", Self::Drop(drop)) if command && drop.is_mapping() => Some(drop.keys().len().into()),
            ("size", _) if command => self.size().map(Self::from),
            ("first", Self::List(_) | Self::Hash(_) | Self::Range(..)) if command => Some(self.first()),
            ("last", Self::List(_) | Self::Range(..)) if command => Some(self.last()),
            _ => None,
        }
    }

    /// Ruby's `size`, where the value has it; characters of a text, bytes of a number.
    pub(super) fn size(&self) -> Option<usize> {
        Some(match self {
            Self::Str(text) => text.chars().count(),
            Self::List(list) => list.items.len(),
            Self::Hash(hash) => hash.entries.len(),
            Self::Range(from, to) => range_len(*from, *to),
            Self::Int(_) => 8,
            _ => return None,
        })
    }

    /// Ruby's `first` of lists, mappings and ranges.
    pub(super) fn first(&self) -> Self {
        match self {
            Self::List(list) => list.items.first().cloned().unwrap_or(Self::Nil),
            Self::Hash(hash) => hash.entries.first().map_or(Self::Nil, pair),
            Self::Range(from, _) => Self::Int(*from),
            Self::Unknown => Self::Unknown,
            _ => Self::Nil,
        }
    }

    /// Ruby's `last` of lists and ranges.
    pub(super) fn last(&self) -> Self {
        match self {
            Self::List(list) => list.items.last().cloned().unwrap_or(Self::Nil),
            Self::Range(_, to) => Self::Int(*to),
            Self::Unknown => Self::Unknown,
            _ => Self::Nil,
        }
    }

    /// Ruby's `==`.
    pub(super) fn equals(&self, other: &Self, budget: &mut Budget) -> bool {
        if !budget.steps(1) {
            return false;
        }
        match (self, other) {
            (Self::Nil, Self::Nil) => true,
            (Self::Bool(a), Self::Bool(b)) => a == b,
            (Self::Int(a), Self::Int(b)) => a == b,
            (Self::Float(a), Self::Float(b)) => a == b,
            (Self::Int(a), Self::Float(b)) | (Self::Float(b), Self::Int(a)) => *a as f64 == *b,
            (Self::Str(a), Self::Str(b)) => a == b,
            (Self::Range(a, b), Self::Range(c, d)) => (a, b) == (c, d),
            (Self::Date(a), Self::Date(b)) => a.compare(b, 0) == Ordering::Equal,
            (Self::Loop(a), Self::Loop(b)) => Rc::ptr_eq(a, b),
            (Self::Drop(a), Self::Drop(b)) => a.identity() == b.identity(),
            (Self::List(a), Self::List(b)) => {
                Rc::ptr_eq(a, b)
                    || a.items.len() == b.items.len() && a.items.iter().zip(&b.items).all(|(a, b)| a.equals(b, budget))
            }
            (Self::Hash(a), Self::Hash(b)) => {
                Rc::ptr_eq(a, b)
                    || a.entries.len() == b.entries.len()
                        && a.entries.iter().all(|(key, a)| b.get(key).is_some_and(|b| a.equals(b, budget)))
            }
            _ => false,
        }
    }

    /// Ruby's `<=>`: nothing for values that have no order.
    pub(super) fn order(&self, other: &Self) -> Option<Ordering> {
        match (self, other) {
            (Self::Nil, Self::Nil) => Some(Ordering::Equal),
            (Self::Int(a), Self::Int(b)) => Some(a.cmp(b)),
            (Self::Str(a), Self::Str(b)) => Some(a.cmp(b)),
            (Self::Date(a), Self::Date(b)) => Some(a.compare(b, 0)),
            (Self::Drop(a), Self::Drop(b)) => a.order(&**b),
            (Self::Int(_) | Self::Float(_), Self::Int(_) | Self::Float(_)) => {
                let number = |value: &Self| match value {
                    Self::Int(number) => *number as f64,
                    Self::Float(number) => *number,
                    _ => f64::NAN,
                };
                number(self).partial_cmp(&number(other))
            }
            (Self::Bool(a), Self::Bool(b)) if a == b => Some(Ordering::Equal),
            _ => None,
        }
    }

    /// The elements of a value, for loops: a text is one element, a mapping gives pairs, a range its numbers as far as
    /// the budget allows. `None` for a value without elements.
    pub(super) fn elements(&self, budget: &mut Budget) -> Option<Vec<Value>> {
        Some(match self {
            Self::List(list) if budget.steps(list.items.len()) => list.items.clone(),
            Self::Hash(hash) if budget.steps(hash.entries.len()) => hash.entries.iter().map(pair).collect(),
            Self::Range(from, to) if budget.steps(range_len(*from, *to)) => (*from..=*to).map(Self::Int).collect(),
            Self::List(_) | Self::Hash(_) | Self::Range(..) => Vec::new(),
            Self::Drop(drop) => {
                let part = |key: String| {
                    let value = drop.get(&key).unwrap_or(Self::Nil);
                    if drop.is_mapping() { pair(&(key.into(), value)) } else { Self::from(key) }
                };
                drop.keys().into_iter().map(part).collect()
            }
            _ => return None,
        })
    }
}

impl Value {
    /// What Jekyll's `where` and its like look at: the items of a list, the values of a mapping, the numbers of a range.
    pub(super) fn members(&self, budget: &mut Budget) -> Option<Vec<Value>> {
        match self {
            Self::Hash(hash) => Some(hash.entries.iter().map(|(_, value)| value.clone()).collect()),
            Self::Drop(drop) if drop.is_mapping() => {
                Some(drop.keys().iter().map(|key| drop.get(key).unwrap_or(Self::Nil)).collect())
            }
            other => other.elements(budget),
        }
    }
}

/// Items in groups, in the order in which the groups began.
#[derive(Default)]
pub(super) struct Groups {
    places: HashMap<Rc<str>, i64>,
    groups: Vec<(Value, Vec<Value>)>,
}

impl Groups {
    /// Adds an item to the group of that name; the type counts too, as in Ruby's `group_by`.
    pub(super) fn add(&mut self, name: Value, item: Value, budget: &mut Budget) {
        let mut key = String::new();
        name.inspect(&mut key, budget);
        let next = i64::try_from(self.groups.len()).unwrap_or(i64::MAX);
        let place = usize::try_from(*self.places.entry(key.into()).or_insert(next)).ok();
        match place.and_then(|place| self.groups.get_mut(place)) {
            Some((_, items)) => items.push(item),
            None => self.groups.push((name, vec![item])),
        }
    }

    /// The groups as Jekyll's filters give them: `name`, `items` and `size` of each.
    pub(super) fn value(self) -> Value {
        let group = |(name, items): (Value, Vec<Value>)| {
            let size = items.len().into();
            Value::hash(vec![("name".into(), name), ("items".into(), Value::list(items)), ("size".into(), size)])
        };
        Value::list(self.groups.into_iter().map(group).collect())
    }
}

/// How many numbers a range has.
pub(super) fn range_len(from: i64, to: i64) -> usize {
    usize::try_from(to.saturating_sub(from).saturating_add(1)).unwrap_or(0)
}

/// An entry as Ruby's `each` gives it.
pub(super) fn pair((key, value): &(Rc<str>, Value)) -> Value {
    Value::list(vec![Value::Str(key.clone()), value.clone()])
}

/// Ruby's `to_i` of a text.
pub(super) fn leading_int(text: &str) -> i64 {
    let text = text.trim_start_matches(super::tokens::is_space);
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    let len = digits.bytes().take_while(u8::is_ascii_digit).count();
    let sign = text.len() - digits.len();
    text.get(..sign + len).unwrap_or("").trim_start_matches('+').parse().unwrap_or(0)
}

impl Hash {
    /// The value of a key.
    pub fn get(&self, key: &str) -> Option<&Value> {
        let entry = |index: &usize| self.entries.get(*index);
        let at = self.sorted.binary_search_by(|index| entry(index).map_or("", |(key, _)| key).cmp(key)).ok()?;
        self.sorted.get(at).and_then(entry).map(|(_, value)| value)
    }
}

impl Loop {
    fn get(&self, name: &str) -> Option<Value> {
        let index = self.index.get();
        let left = self.length.saturating_sub(index);
        Some(match (name, self.columns) {
            ("length", _) => self.length.into(),
            ("index", _) => (index + 1).into(),
            ("index0", _) => index.into(),
            ("rindex", _) => left.into(),
            ("rindex0", _) => left.saturating_sub(1).into(),
            ("first", _) => Value::Bool(index == 0),
            ("last", _) => Value::Bool(left == 1),
            ("name", None) => Value::Str(self.name.clone()),
            ("parentloop", None) => self.parent.clone().map_or(Value::Nil, Value::Loop),
            ("col", Some(columns)) => (index % columns.max(1) + 1).into(),
            ("col0", Some(columns)) => (index % columns.max(1)).into(),
            ("row", Some(columns)) => (index / columns.max(1) + 1).into(),
            ("col_first", Some(columns)) => Value::Bool(index.is_multiple_of(columns.max(1))),
            ("col_last", Some(columns)) => Value::Bool((index + 1).is_multiple_of(columns.max(1))),
            _ => return None,
        })
    }
}
