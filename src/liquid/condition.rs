//! Conditions (condition.rb, tags/if.rb). In: markup. Out: terms and the words that join them. Neighbours:
//! `parser.rs` reads them, `interpreter.rs` decides them from the right to the left, as Liquid does.

use super::expression::{Expression, fragment};
use super::lexer::{Lexeme, MarkupLexer, NotStrict};
use super::tokens::is_space;
use super::value::Value;

/// How two values are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Operator {
    Equal,
    Different,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Contains,
    /// An operator that Liquid does not have: it stops there.
    Unknown,
}

/// One comparison, or a value alone.
#[derive(Clone, Debug)]
pub(super) struct ConditionTerm {
    pub(super) left: Expression,
    pub(super) operator: Option<Operator>,
    pub(super) right: Expression,
}

/// Comparisons in the order of the text; `joins` stand between them: true for `and`, false for `or`.
#[derive(Clone, Debug)]
pub(super) struct Condition {
    pub(super) terms: Vec<ConditionTerm>,
    pub(super) joins: Vec<bool>,
}

impl Operator {
    fn named(name: &str) -> Self {
        match name {
            "==" => Self::Equal,
            "!=" | "<>" => Self::Different,
            "<" => Self::Less,
            "<=" => Self::LessOrEqual,
            ">" => Self::Greater,
            ">=" => Self::GreaterOrEqual,
            "contains" => Self::Contains,
            _ => Self::Unknown,
        }
    }
}

impl Condition {
    /// Reads strictly, then as Liquid did before it was strict; nothing where both fail.
    pub(super) fn parse(markup: &str) -> Option<Self> {
        Self::strict(markup).ok().or_else(|| Self::lax(markup))
    }

    /// The strict reading alone, as the filter `where_exp` has it.
    pub(super) fn strict(markup: &str) -> Result<Self, NotStrict> {
        let mut lexer = MarkupLexer::new(markup)?;
        let mut condition = Self { terms: Vec::new(), joins: Vec::new() };
        let expression = |lexer: &mut MarkupLexer<'_>| {
            let mut normal = String::new();
            lexer.expression(&mut normal)?;
            Ok(Expression::parse(&normal))
        };
        loop {
            let left = expression(&mut lexer)?;
            let operator = lexer.accept(Lexeme::Comparison)?.map(Operator::named);
            let right = match operator {
                Some(_) => expression(&mut lexer)?,
                None => Expression::Literal(Value::Nil),
            };
            condition.terms.push(ConditionTerm { left, operator, right });
            if lexer.accept_word("and")? {
                condition.joins.push(true);
            } else if lexer.accept_word("or")? {
                condition.joins.push(false);
            } else if lexer.at_end() {
                return Ok(condition);
            } else {
                return Err(NotStrict);
            }
        }
    }

    /// Each part between the words `and` and `or`: a fragment, perhaps an operator and a second fragment; whatever else
    /// it holds is left out.
    fn lax(markup: &str) -> Option<Self> {
        let mut condition = Self { terms: Vec::new(), joins: Vec::new() };
        let mut part = 0;
        let mut at = 0;
        while let Some((start, end)) = fragment(markup, at) {
            let join = match markup.get(start..end) {
                Some("and") => Some(true),
                Some("or") => Some(false),
                _ => None,
            };
            if let Some(join) = join {
                condition.terms.push(term(markup.get(part..start).unwrap_or(""))?);
                condition.joins.push(join);
                part = end;
            }
            at = end;
        }
        condition.terms.push(term(markup.get(part..).unwrap_or(""))?);
        Some(condition)
    }
}

/// `fragment \s* ([=!<>a-z_]+)? \s* fragment?`
fn term(part: &str) -> Option<ConditionTerm> {
    let (start, mut end) = fragment(part, 0)?;
    // A fragment includes an operator directly after it. Only a quoted fragment ends before that.
    if part.get(start..).is_some_and(|rest| rest.starts_with(['"', '\''])) {
        let quote = part.as_bytes().get(start).copied().unwrap_or(b'"');
        if let Some(close) = memchr::memchr(quote, part.as_bytes().get(start + 1..).unwrap_or(&[])) {
            end = start + close + 2;
        }
    }
    let left = Expression::parse(part.get(start..end).unwrap_or(""));
    let rest = part.get(end..).unwrap_or("").trim_start_matches(is_space);
    let len = rest.bytes().take_while(|b| matches!(b, b'=' | b'!' | b'<' | b'>' | b'a'..=b'z' | b'_')).count();
    let (operator, rest) = rest.split_at(len);
    let rest = rest.trim_start_matches(is_space);
    let right = match fragment(rest, 0) {
        Some((0, end)) => Expression::parse(rest.get(..end).unwrap_or("")),
        _ => Expression::Literal(Value::Nil),
    };
    let operator = (!operator.is_empty()).then(|| Operator::named(operator));
    Some(ConditionTerm { left, operator, right })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn conditions_are_read_strictly_or_not() {
        let strict = Condition::parse("a == 'x' and b.c contains 'y' or d").expect("a condition");
        assert_eq!(strict.joins, [true, false]);
        assert_eq!(strict.terms[1].operator, Some(Operator::Contains));
        let lax = Condition::parse("a == b && c or d").expect("a condition");
        assert_eq!(lax.terms.len(), 2);
        assert!(Condition::parse("").is_none());
        assert!(Condition::parse("a and").is_none());
    }
}
