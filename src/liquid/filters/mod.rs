//! Filters: Liquid's standardfilters.rb and Jekyll's filters.rb. In: a value and arguments. Out: a value, or that the
//! build stops. Neighbours: `interpreter.rs` calls them; each file in this folder holds the filters of one kind of
//! value.

pub(super) mod address;
mod list;
mod number;
mod objects;
mod text;
mod time;

pub use address::{absolute_url, below_base, form_encode};
pub use text::strip_html;

use super::budget::Budget;
use super::context::Context;
use super::value::Value;
use crate::text::is_near;

/// A call of a filter.
pub(super) struct Call<'c, 'a> {
    pub(super) input: Value,
    pub(super) arguments: Vec<Value>,
    pub(super) named: Vec<(&'c str, Value)>,
    /// Whether the last argument is the word `empty` or `blank`.
    pub(super) literal: bool,
    pub(super) context: &'c Context<'a>,
    pub(super) budget: &'c mut Budget,
}

/// Why a filter or a tag cannot go on; Jekyll stops the build then.
pub(super) type Fails = Box<str>;

/// The result of a filter.
pub(super) enum FilterResult {
    Value(Value),
    Fails(Fails),
}

/// The names of filters that take as many arguments: at least, at most, those after the colon.
const FILTERS: &[(usize, usize, &[&str])] = &[
    (
        0,
        0,
        &[
            "size",
            "downcase",
            "upcase",
            "capitalize",
            "escape",
            "h",
            "escape_once",
            "url_encode",
            "url_decode",
            "strip",
            "lstrip",
            "rstrip",
            "strip_html",
            "strip_newlines",
            "newline_to_br",
            "reverse",
            "first",
            "last",
            "abs",
            "ceil",
            "floor",
            "markdownify",
            "smartify",
            "sassify",
            "scssify",
            "xml_escape",
            "cgi_escape",
            "uri_escape",
            "normalize_whitespace",
            "jsonify",
            "to_integer",
            "inspect",
            "relative_url",
            "absolute_url",
            "strip_index",
            "date_to_xmlschema",
            "date_to_rfc822",
        ],
    ),
    (
        0,
        1,
        &[
            "join",
            "sort_natural",
            "uniq",
            "compact",
            "round",
            "slugify",
            "number_of_words",
            "array_to_sentence_string",
            "pop",
            "shift",
            "sample",
        ],
    ),
    (0, 2, &["truncate", "truncatewords", "sort", "default", "date_to_string", "date_to_long_string"]),
    (
        1,
        1,
        &[
            "split",
            "map",
            "remove",
            "remove_first",
            "append",
            "prepend",
            "concat",
            "date",
            "plus",
            "minus",
            "times",
            "divided_by",
            "modulo",
            "at_least",
            "at_most",
            "push",
            "unshift",
            "group_by",
        ],
    ),
    (1, 2, &["slice", "replace", "replace_first"]),
    (2, 2, &["where", "where_exp", "find", "find_exp", "group_by_exp"]),
];

/// How many arguments a filter takes; nothing for a filter that neither Liquid nor Jekyll has.
pub(super) fn arity(name: &str) -> Option<(usize, usize)> {
    let (least, most, _) = FILTERS.iter().find(|(.., names)| names.contains(&name))?;
    Some((*least, *most))
}

/// The names of all filters that Liquid and Jekyll have.
pub fn names() -> impl Iterator<Item = &'static str> {
    FILTERS.iter().flat_map(|(.., names)| *names).copied()
}

/// The filter whose name `name` may be, misspelled.
pub(super) fn nearest(name: &str) -> Option<&'static str> {
    names().find(|known| is_near(name, known))
}

/// Ruby's `Integer(value)`, as Liquid's `Utils.to_integer` has it.
pub(super) fn integer(value: &Value, budget: &mut Budget) -> Result<i64, Fails> {
    if let Value::Int(number) = value {
        return Ok(*number);
    }
    let text = value.text(budget);
    text.trim().parse().map_err(|_| "A whole number is expected here, and this is none.".into())
}

/// That an item has nothing that a filter could take of it.
fn no_property(name: &str) -> Fails {
    ["An item of the list has no property `", name, "`."].concat().into()
}

/// What a filter that `arity` knows makes of a value; an error where Jekyll stops.
pub fn apply(name: &str, input: Value, arguments: Vec<Value>, context: &Context<'_>) -> Result<Value, String> {
    let mut budget = Budget::of(context.scale);
    let call = Call { input, arguments, named: Vec::new(), literal: false, context, budget: &mut budget };
    match call.run(name) {
        FilterResult::Value(value) => Ok(value),
        FilterResult::Fails(message) => Err(message.into()),
    }
}

impl Value {
    /// Ruby's `value[key]` in a filter: `None` of a value that does not have `[]`. A text gives the part of it that is
    /// the key.
    fn index(&self, key: &Value) -> Result<Option<Value>, Fails> {
        Ok(Some(match (self, key) {
            (Self::Unknown, _) | (_, Self::Unknown) => Self::Unknown,
            (Self::Hash(_) | Self::Loop(_) | Self::Drop(_), _) => self.get(key),
            (Self::Str(text), Self::Str(key)) => {
                if text.contains(&**key) {
                    Self::Str(key.clone())
                } else {
                    Self::Nil
                }
            }
            (Self::Str(text), Self::Int(at)) => {
                let at = if *at < 0 { *at + text.chars().count() as i64 } else { *at };
                let found = usize::try_from(at).ok().and_then(|at| text.chars().nth(at));
                found.map_or(Self::Nil, |c| String::from(c).into())
            }
            (Self::Int(number), Self::Int(bit)) => Self::Int(match u32::try_from(*bit) {
                Ok(bit) => number >> bit.min(63) & 1,
                Err(_) => 0,
            }),
            (Self::List(_), Self::Int(_)) => self.get(key),
            (Self::Int(_) | Self::List(_), Self::Str(key)) => return Err(no_property(key)),
            (Self::Str(_) | Self::Int(_) | Self::List(_), _) => return Err(no_property("nil")),
            _ => return Ok(None),
        }))
    }
}

impl Call<'_, '_> {
    /// Runs a filter that `arity` knows.
    pub(super) fn run(mut self, name: &str) -> FilterResult {
        let cost = match &self.input {
            Value::Str(text) => self.budget.bytes(text.len()),
            Value::List(list) => self.budget.steps(list.items.len()),
            _ => true,
        };
        if !cost {
            return FilterResult::Value(Value::Nil);
        }
        let result = self
            .text_filter(name)
            .or_else(|| self.list_filter(name))
            .or_else(|| self.object_filter(name))
            .or_else(|| self.number_filter(name))
            .or_else(|| self.time_filter(name))
            .or_else(|| self.address_filter(name))
            // Filters that need a converter, a random number, or an expression.
            .unwrap_or(Ok(Value::Unknown));
        match result {
            Ok(Value::Str(text)) if !self.budget.bytes(text.len()) => FilterResult::Value(Value::Nil),
            Ok(value) => FilterResult::Value(value),
            Err(message) => FilterResult::Fails(message),
        }
    }

    /// The input as text.
    fn text(&mut self) -> String {
        self.input.to_s(self.budget)
    }

    /// An argument; nil where it is not given.
    fn argument(&self, index: usize) -> Value {
        self.arguments.get(index).cloned().unwrap_or(Value::Nil)
    }

    /// An argument as text.
    fn argument_text(&mut self, index: usize) -> String {
        self.argument(index).to_s(self.budget)
    }

    /// An argument as a whole number; `default` where it is not given.
    fn argument_int(&mut self, index: usize, default: i64) -> Result<i64, Fails> {
        match self.arguments.get(index) {
            Some(value) => integer(&value.clone(), self.budget),
            None => Ok(default),
        }
    }
}
