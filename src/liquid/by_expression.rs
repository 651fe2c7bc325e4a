//! Jekyll's filters that take an expression: `where_exp`, `find_exp`, `group_by_exp` (filters.rb,
//! filters/grouping_filters.rb). In: a list, the name of a variable, an expression. Out: a value. Neighbours:
//! `interpreter.rs` decides conditions and evaluates outputs.

use super::condition::Condition;
use super::expression::Filtered;
use super::filters::Fails;
use super::interpreter::{Interpreter, Truth};
use super::value::{Groups, Value};
use crate::text::Span;

impl Interpreter<'_, '_, '_> {
    /// The result of a filter that takes an expression; `None` for another filter.
    pub(super) fn by_expression(
        &mut self,
        filter: &str,
        input: &Value,
        arguments: &[Value],
        span: Span,
    ) -> Option<Result<Value, Fails>> {
        if !matches!(filter, "where_exp" | "find_exp" | "group_by_exp") {
            return None;
        }
        let groups = filter == "group_by_exp";
        let items = if groups { input.elements(&mut self.state.budget) } else { input.members(&mut self.state.budget) };
        let Some(items) = items else { return Some(Ok(input.clone())) };
        let [variable, Value::Str(expression)] = arguments else { return Some(Err(unreadable(filter))) };
        Some(if groups {
            self.group_by(items, variable, expression, span)
        } else {
            self.choose_by(items, variable, expression, filter == "find_exp")
        })
    }

    /// The items for which a condition holds, or the first of them.
    fn choose_by(&mut self, items: Vec<Value>, variable: &Value, condition: &str, one: bool) -> Result<Value, Fails> {
        let Ok(condition) = Condition::strict(condition) else {
            return Err(unreadable(if one { "find_exp" } else { "where_exp" }));
        };
        let mut chosen = Vec::new();
        for item in items {
            if !self.state.budget.steps(condition.terms.len()) {
                break;
            }
            match self.with(variable, &item, |interpreter| interpreter.condition(&condition))? {
                Truth::Yes if one => return Ok(item),
                Truth::Yes => chosen.push(item),
                Truth::No => {}
                Truth::Unknown => return Ok(Value::Unknown),
            }
        }
        Ok(if one { Value::Nil } else { Value::list(chosen) })
    }

    /// Groups of the items for which an expression has the same value.
    fn group_by(&mut self, items: Vec<Value>, variable: &Value, expression: &str, span: Span) -> Result<Value, Fails> {
        let filtered = if self.is_strict() {
            Filtered::strict(expression).map_err(|_| unreadable("group_by_exp"))?
        } else {
            Filtered::parse(expression)
        };
        let mut groups = Groups::default();
        for item in items {
            if !self.state.budget.steps(1 + filtered.filters.len()) {
                break;
            }
            let name = self.with(variable, &item, |interpreter| interpreter.filtered(&filtered, span))?;
            if self.is_unknown(&name) {
                return Ok(Value::Unknown);
            }
            groups.add(name, item, &mut self.state.budget);
        }
        Ok(groups.value())
    }

    /// Does something while a variable stands for an item.
    fn with<T>(&mut self, variable: &Value, item: &Value, work: impl FnOnce(&mut Self) -> T) -> T {
        // Nothing can ask for a variable whose name is no text.
        let Value::Str(name) = variable else { return work(self) };
        self.state.scopes.push((name.clone(), item.clone()));
        let result = work(self);
        self.state.scopes.pop();
        result
    }
}

fn unreadable(filter: &str) -> Fails {
    ["The expression of `", filter, "` is not written as Liquid reads it."].concat().into()
}
