//! Values of expressions, and whether conditions hold. In: an expression of a table, a match. Out: a value.
//! Neighbours: `operations.rs` has the forms, `interpreter.rs` asks.

use std::rc::Rc;

use super::interpreter::{Interpreter, Scope};
use super::operations::{Condition, Expression, Value};

impl Interpreter<'_> {
    pub(super) fn value(&mut self, expression: &Expression, scope: &Scope) -> Value {
        match expression {
            Expression::Group(number) => scope.group(*number).map_or(Value::Nil, text),
            Expression::Constant(value) => value.clone(),
            Expression::Variable(name) => self.variable(scope.lexer, *name),
            Expression::Local(name) => scope.local(*name),
            Expression::NewLexer(lexer) => {
                lexer.and_then(|lexer| self.instance(lexer)).map_or(Value::Nil, Value::Instance)
            }
            Expression::Downcase(inner) => self.changed(inner, scope, str::to_lowercase),
            Expression::Upcase(inner) => self.changed(inner, scope, str::to_uppercase),
            Expression::Strip(inner) => self.changed(inner, scope, |text| text.trim_matches(is_space).to_owned()),
            Expression::StripEnd(inner) => {
                self.changed(inner, scope, |text| text.trim_end_matches(is_space).to_owned())
            }
            Expression::Chomp(inner, end) => {
                self.changed(inner, scope, |text| text.strip_suffix(&**end).unwrap_or(text).to_owned())
            }
            Expression::Number(inner) => match self.value(inner, scope) {
                Value::Text(text) => {
                    let digits = text.bytes().map_while(|byte| char::from(byte).to_digit(10));
                    Value::Number(digits.fold(0, |all, digit| all.saturating_mul(10).saturating_add(digit.into())))
                }
                _ => Value::Number(0),
            },
            Expression::Size(inner) => match self.value(inner, scope) {
                Value::Text(text) => Value::Number(i64::try_from(text.chars().count()).unwrap_or(i64::MAX)),
                _ => Value::Nil,
            },
            Expression::Add(left, right) => match (self.value(left, scope), self.value(right, scope)) {
                (Value::Number(left), Value::Number(right)) => Value::Number(left.saturating_add(right)),
                (Value::Text(left), Value::Text(right)) => text(&format!("{left}{right}")),
                // In a string, nothing stands for nil.
                (value @ Value::Text(_), _) | (_, value @ Value::Text(_)) => value,
                _ => Value::Nil,
            },
            Expression::Subtract(left, right) => match (self.value(left, scope), self.value(right, scope)) {
                (Value::Number(left), Value::Number(right)) => Value::Number(left.saturating_sub(right)),
                _ => Value::Nil,
            },
            Expression::Before(inner, other) => self
                .changed(inner, scope, |text| text.split_once(&**other).map_or(text, |(before, _)| before).to_owned()),
            Expression::Behind(inner, other) => match self.value(inner, scope) {
                Value::Text(whole) => whole.split_once(&**other).map_or(Value::Nil, |(_, behind)| text(behind)),
                value => value,
            },
            Expression::Without(inner, characters) => {
                self.changed(inner, scope, |text| text.chars().filter(|&c| !characters.contains(c)).collect())
            }
            Expression::Kept(target) => self.target(scope.lexer, target).map_or(Value::Nil, Value::Instance),
            Expression::Map(map, key, other) => match self.value(key, scope) {
                Value::Text(key) => map.get(&*key).unwrap_or(other).clone(),
                _ => other.clone(),
            },
            Expression::Choose(condition, yes, no) => {
                let chosen = if self.holds(condition, scope) { yes } else { no };
                self.value(chosen, scope)
            }
            Expression::StackSize => Value::Number(i64::try_from(self.stack(scope.lexer).len()).unwrap_or(i64::MAX)),
            Expression::StateName => {
                self.stack(scope.lexer).last().map_or(Value::Nil, |state| Value::Text(state.name.clone()))
            }
        }
    }

    fn changed(&mut self, inner: &Expression, scope: &Scope, change: impl FnOnce(&str) -> String) -> Value {
        match self.value(inner, scope) {
            Value::Text(before) => text(&change(&before)),
            value => value,
        }
    }

    pub(super) fn holds(&mut self, condition: &Condition, scope: &Scope) -> bool {
        match condition {
            Condition::In(set, text) => {
                let value;
                let word = match text {
                    Expression::Group(number) => scope.group(*number),
                    _ => {
                        value = self.value(text, scope);
                        as_text(&value)
                    }
                };
                let set = self.table(scope.lexer).and_then(|table| table.sets.get(*set));
                word.zip(set).is_some_and(|(word, set)| set.contains(word))
            }
            Condition::Equal(left, right) => self.value(left, scope) == self.value(right, scope),
            Condition::Less(left, right) => match (self.value(left, scope), self.value(right, scope)) {
                (Value::Number(left), Value::Number(right)) => left < right,
                _ => false,
            },
            Condition::Matches(regex, text) => {
                let value = self.value(text, scope);
                as_text(&value).is_some_and(|text| self.matcher.finds(regex, text))
            }
            Condition::PartOf(whole, text) => {
                let value = self.value(text, scope);
                as_text(&value).is_some_and(|text| whole.contains(text))
            }
            Condition::State(name) => self.stack(scope.lexer).last().is_some_and(|state| *state.name == **name),
            Condition::InState(name) => self.stack(scope.lexer).iter().any(|state| *state.name == **name),
            Condition::StateOf(target, name) => {
                let top = self.target(scope.lexer, target).and_then(|lexer| self.stack(lexer).last());
                top.is_some_and(|state| *state.name == **name)
            }
            Condition::Not(inner) => !self.holds(inner, scope),
            Condition::And(left, right) => self.holds(left, scope) && self.holds(right, scope),
            Condition::Or(left, right) => self.holds(left, scope) || self.holds(right, scope),
            Condition::True(value) => !matches!(self.value(value, scope), Value::Nil | Value::Bool(false)),
        }
    }
}

fn text(text: &str) -> Value {
    Value::Text(Rc::from(text))
}

fn as_text(value: &Value) -> Option<&str> {
    match value {
        Value::Text(text) => Some(text),
        _ => None,
    }
}

/// What Ruby's `strip` takes away.
pub(super) fn is_space(c: char) -> bool {
    matches!(c, '\0' | '\t'..='\r' | ' ')
}
