//! Values as text: as Liquid writes them out, as Ruby's `inspect` and as JSON. In: values. Out: text. Neighbours:
//! `value.rs`; `filters/` and `interpreter.rs` write with it. All functions ask the budget, because a list may contain
//! the same part many times.

use serde_yaml::{Number, Value as Yaml};

use super::budget::Budget;
use super::strftime::strftime;
use super::value::Value;
use crate::post::date::DateKind;
use crate::post::yaml::display;

impl Value {
    /// What an output writes, as far as one body's budget allows.
    pub fn plain_text(&self) -> String {
        self.text(&mut Budget::of(1))
    }

    /// JSON as Ruby's `to_json` has it, as far as one body's budget allows.
    pub fn json_text(&self) -> String {
        let mut out = String::new();
        self.json(&mut out, &mut Budget::of(1));
        out
    }

    /// Ruby's `to_s`, and `join` for lists: what an output writes.
    pub(super) fn text(&self, budget: &mut Budget) -> String {
        let mut out = String::new();
        self.write(&mut out, budget);
        out
    }

    /// Ruby's `to_s` of a value inside of Jekyll's filters, where a list is its `inspect`.
    pub(super) fn to_s(&self, budget: &mut Budget) -> String {
        if !matches!(self, Self::List(_)) {
            return self.text(budget);
        }
        let mut out = String::new();
        self.inspect(&mut out, budget);
        out
    }

    /// The same as `text`, added to a text.
    pub(super) fn write(&self, out: &mut String, budget: &mut Budget) {
        let from = out.len();
        match self {
            Self::Nil | Self::Unknown => {}
            Self::Bool(value) => out.push_str(if *value { "true" } else { "false" }),
            Self::Int(number) => out.push_str(&number.to_string()),
            Self::Float(number) => out.push_str(&float_text(*number)),
            Self::Str(text) => {
                if !budget.bytes(text.len()) {
                    return;
                }
                out.push_str(text);
                return;
            }
            Self::List(list) => {
                for item in &list.items {
                    if !budget.steps(1) {
                        return;
                    }
                    item.write(out, budget);
                }
                return;
            }
            Self::Hash(_) => self.inspect(out, budget),
            Self::Range(from, to) => out.push_str(&[&from.to_string(), "..", &to.to_string()].concat()),
            Self::Date(date) => out.push_str(&match date.kind {
                DateKind::Day => strftime(date, "%Y-%m-%d"),
                DateKind::Time => strftime(date, "%Y-%m-%d %H:%M:%S %z"),
            }),
            Self::Drop(drop) if drop.is_mapping() => self.inspect(out, budget),
            Self::Drop(drop) => out.push_str(&drop.text()),
            Self::Loop(at) => {
                out.push_str(if at.columns.is_some() { "Liquid::TablerowloopDrop" } else { "Liquid::ForloopDrop" })
            }
        }
        budget.bytes(out.len() - from);
    }

    /// Ruby's `inspect`.
    pub(super) fn inspect(&self, out: &mut String, budget: &mut Budget) {
        if !budget.steps(1) {
            return;
        }
        match self {
            Self::Nil | Self::Unknown => out.push_str("nil"),
            Self::Str(text) => quoted(text, Quoting::Ruby, out, budget),
            Self::Date(date) if date.kind == DateKind::Day => {
                // The day as astronomers count it.
                let day = date.unix(0).div_euclid(86_400) + 2_440_588;
                out.push_str("#<Date: ");
                self.write(out, budget);
                out.push_str(&[" ((", &day.to_string(), "j,0s,0n),+0s,2299161j)>"].concat());
            }
            Self::List(list) => {
                out.push('[');
                for (index, item) in list.items.iter().enumerate() {
                    out.push_str(if index > 0 { ", " } else { "" });
                    item.inspect(out, budget);
                }
                out.push(']');
            }
            Self::Hash(hash) => {
                out.push('{');
                for (index, (key, value)) in hash.entries.iter().enumerate() {
                    out.push_str(if index > 0 { ", " } else { "" });
                    quoted(key, Quoting::Ruby, out, budget);
                    out.push_str("=>");
                    value.inspect(out, budget);
                }
                out.push('}');
            }
            Self::Drop(drop) => {
                out.push('{');
                for (index, key) in drop.keys().into_iter().enumerate() {
                    out.push_str(if index > 0 { ", " } else { "" });
                    quoted(&key, Quoting::Ruby, out, budget);
                    out.push_str("=>");
                    drop.get(&key).unwrap_or(Self::Nil).inspect(out, budget);
                }
                out.push('}');
            }
            _ => self.write(out, budget),
        }
    }

    /// JSON as Ruby's `to_json` has it.
    pub(super) fn json(&self, out: &mut String, budget: &mut Budget) {
        self.json_at(0, out, budget);
    }

    /// The same for a value that lies so many lists, mappings and drops deep.
    fn json_at(&self, depth: usize, out: &mut String, budget: &mut Budget) {
        if !budget.steps(1) {
            return;
        }
        match self {
            Self::Nil | Self::Unknown => out.push_str("null"),
            Self::Bool(_) | Self::Int(_) | Self::Float(_) => self.write(out, budget),
            Self::List(list) => {
                out.push('[');
                for (index, item) in list.items.iter().enumerate() {
                    out.push_str(if index > 0 { "," } else { "" });
                    item.json_at(depth + 1, out, budget);
                }
                out.push(']');
            }
            Self::Hash(hash) => {
                out.push('{');
                for (index, (key, value)) in hash.entries.iter().enumerate() {
                    out.push_str(if index > 0 { "," } else { "" });
                    quoted(key, Quoting::Json, out, budget);
                    out.push(':');
                    value.json_at(depth + 1, out, budget);
                }
                out.push('}');
            }
            Self::Drop(drop) => {
                let left_out = if depth >= 2 { drop.left_out_below() } else { &[] };
                let mut comma = "";
                out.push('{');
                for key in drop.keys().into_iter().filter(|key| !left_out.contains(&key.as_str())) {
                    out.push_str(comma);
                    comma = ",";
                    quoted(&key, Quoting::Json, out, budget);
                    out.push(':');
                    drop.get(&key).unwrap_or(Self::Nil).json_at(depth + 1, out, budget);
                }
                out.push('}');
            }
            _ => {
                let text = self.text(budget);
                quoted(&text, Quoting::Json, out, budget);
            }
        }
    }
}

/// A float as Ruby writes it.
fn float_text(number: f64) -> String {
    display(&Yaml::Number(Number::from(number)))
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Quoting {
    Ruby,
    Json,
}

fn quoted(text: &str, quoting: Quoting, out: &mut String, budget: &mut Budget) {
    if !budget.bytes(text.len()) {
        return;
    }
    out.push('"');
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\x0C' => out.push_str("\\f"),
            '\x08' => out.push_str("\\b"),
            '\x0B' if quoting == Quoting::Ruby => out.push_str("\\v"),
            '\x07' if quoting == Quoting::Ruby => out.push_str("\\a"),
            '\x1B' if quoting == Quoting::Ruby => out.push_str("\\e"),
            '#' if quoting == Quoting::Ruby && matches!(chars.peek(), Some('{' | '$' | '@')) => out.push_str("\\#"),
            c if c < ' ' || c == '\x7F' && quoting == Quoting::Ruby => {
                const HEX: &[u8; 16] = b"0123456789abcdef";
                let upper = quoting == Quoting::Ruby;
                let digit = |index: u32| {
                    let digit = HEX.get(index as usize & 15).copied().map_or('0', char::from);
                    if upper { digit.to_ascii_uppercase() } else { digit }
                };
                out.push_str(if upper { "\\x" } else { "\\u00" });
                out.push(digit(u32::from(c) >> 4));
                out.push(digit(u32::from(c)));
            }
            c => out.push(c),
        }
    }
    out.push('"');
}
