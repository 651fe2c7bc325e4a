//! Filters of numbers. In: a call. Out: a value. Neighbours: `mod.rs` dispatches.
//!
//! Liquid calculates with decimals, not with binary fractions: `0.1 | plus: 0.2` is `0.3`.

use serde_yaml::Value as Yaml;

use super::super::value::{Value, leading_int};
use super::{Call, Fails};
use crate::post::yaml::display;
use crate::text::parse_float;

/// A number as Liquid's `Utils.to_number` reads it.
#[derive(Clone, Copy)]
enum Number {
    Int(i64),
    Float(f64),
}

impl Number {
    fn of(value: &Value) -> Self {
        match value {
            Value::Int(number) => Self::Int(*number),
            Value::Float(number) => Self::Float(*number),
            Value::Str(text) => {
                let text = text.trim();
                let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
                let decimal = text.strip_prefix('-').unwrap_or(text).split_once('.');
                match (decimal.is_some_and(|(whole, part)| digits(whole) && digits(part)), parse_float(text)) {
                    (true, Some(number)) => Self::Float(number),
                    _ => Self::Int(leading_int(text)),
                }
            }
            _ => Self::Int(0),
        }
    }

    fn float(self) -> f64 {
        match self {
            Self::Int(number) => number as f64,
            Self::Float(number) => number,
        }
    }

    fn value(self) -> Value {
        match self {
            Self::Int(number) => Value::Int(number),
            Self::Float(number) => Value::Float(number),
        }
    }

    fn is_less(self, other: Self) -> bool {
        match (self, other) {
            (Self::Int(a), Self::Int(b)) => a < b,
            _ => self.float() < other.float(),
        }
    }
}

/// A decimal fraction: `digits` without its point, which stands `scale` places from the right.
#[derive(Clone, Copy)]
struct Decimal {
    digits: i128,
    scale: u32,
}

impl Decimal {
    fn of(number: f64) -> Option<Self> {
        // Without an exponent, which is written from 10^16 on.
        let text = display(&Yaml::Number(number.into()));
        let (whole, part) = text.split_once('.').unwrap_or((&text, ""));
        if text.len() > 30 {
            return None;
        }
        Some(Self { digits: [whole, part].concat().parse().ok()?, scale: u32::try_from(part.len()).ok()? })
    }

    fn scaled(self, scale: u32) -> Option<i128> {
        self.digits.checked_mul(10i128.checked_pow(scale.checked_sub(self.scale)?)?)
    }

    fn float(self) -> Option<f64> {
        let digits = self.digits.unsigned_abs().to_string();
        let scale = usize::try_from(self.scale).ok()?;
        let digits = ["0".repeat((scale + 1).saturating_sub(digits.len())), digits].concat();
        let (whole, part) = digits.split_at_checked(digits.len() - scale)?;
        let sign = if self.digits < 0 { "-" } else { "" };
        parse_float(&[sign, whole, ".", part, "0"].concat())
    }
}

/// The exact result of an operation on decimals, where 128 bits hold it.
fn exact(name: &str, a: f64, b: f64) -> Option<f64> {
    let (a, b) = (Decimal::of(a)?, Decimal::of(b)?);
    let scale = a.scale.max(b.scale);
    let (left, right) = (a.scaled(scale)?, b.scaled(scale)?);
    let result = match name {
        "plus" => Decimal { digits: left.checked_add(right)?, scale },
        "minus" => Decimal { digits: left.checked_sub(right)?, scale },
        "times" => Decimal { digits: a.digits.checked_mul(b.digits)?, scale: a.scale + b.scale },
        "modulo" => {
            let rest = left.checked_rem(right)?;
            let rest = if rest != 0 && (rest < 0) != (right < 0) { rest + right } else { rest };
            Decimal { digits: rest, scale }
        }
        _ => return None,
    };
    result.float()
}

impl Call<'_, '_> {
    /// The result of a filter of numbers; `None` for another filter.
    pub(super) fn number_filter(&mut self, name: &str) -> Option<Result<Value, Fails>> {
        let number = Number::of(&self.input);
        let argument = Number::of(&self.argument(0));
        Some(Ok(match name {
            "plus" | "minus" | "times" | "divided_by" | "modulo" => return Some(reckon(name, number, argument)),
            "abs" => match number {
                Number::Int(number) => Value::Int(number.saturating_abs()),
                Number::Float(number) => Value::Float(number.abs()),
            },
            "ceil" => Value::Int(whole(number, f64::ceil)),
            "floor" => Value::Int(whole(number, f64::floor)),
            "round" => {
                let places = whole(argument, f64::trunc);
                match number {
                    _ if places == 0 => Value::Int(whole(number, f64::round)),
                    Number::Int(number) if places > 0 => Value::Int(number),
                    number => {
                        let rounded = round(number.float(), places);
                        if matches!(number, Number::Int(_)) {
                            Value::Int(rounded as i64)
                        } else {
                            Value::Float(rounded)
                        }
                    }
                }
            }
            "at_least" => if number.is_less(argument) { argument } else { number }.value(),
            "at_most" => if argument.is_less(number) { argument } else { number }.value(),
            "to_integer" => Value::Int(match &self.input {
                Value::Bool(value) => i64::from(*value),
                value => value.to_int(),
            }),
            _ => return None,
        }))
    }
}

fn reckon(name: &str, a: Number, b: Number) -> Result<Value, Fails> {
    if matches!(name, "divided_by" | "modulo") && b.float() == 0.0 {
        return Err("A number is divided by 0.".into());
    }
    if let (Number::Int(a), Number::Int(b)) = (a, b) {
        let result = match name {
            "plus" => a.checked_add(b),
            "minus" => a.checked_sub(b),
            "times" => a.checked_mul(b),
            "divided_by" => a.checked_div_euclid(b).map(|quotient| {
                // Ruby rounds down, Euclid leaves a remainder that is not negative.
                quotient - i64::from(b < 0 && a.checked_rem_euclid(b).is_some_and(|rest| rest != 0))
            }),
            _ => a.checked_rem(b).map(|rest| if rest != 0 && (rest < 0) != (b < 0) { rest + b } else { rest }),
        };
        // Ruby's whole numbers have no limit.
        return Ok(result.map_or(Value::Unknown, Value::Int));
    }
    let (a, b) = (a.float(), b.float());
    Ok(Value::Float(exact(name, a, b).unwrap_or(match name {
        "plus" => a + b,
        "minus" => a - b,
        "times" => a * b,
        "divided_by" => a / b,
        _ => a - b * (a / b).floor(),
    })))
}

/// A whole number near to it.
fn whole(number: Number, rounding: fn(f64) -> f64) -> i64 {
    match number {
        Number::Int(number) => number,
        Number::Float(number) => rounding(number) as i64,
    }
}

/// Rounded to so many decimal places, halves away from zero; negative places are those before the point.
fn round(number: f64, places: i64) -> f64 {
    let Some(decimal) = Decimal::of(number) else { return number };
    let drop = i64::from(decimal.scale) - places;
    let Some(unit) = u32::try_from(drop).ok().filter(|&drop| drop > 0).and_then(|drop| 10i128.checked_pow(drop)) else {
        return if drop > 0 { 0.0 } else { number };
    };
    let half = if decimal.digits < 0 { -unit / 2 } else { unit / 2 };
    let digits = (decimal.digits + half) / unit * unit;
    Decimal { digits, ..decimal }.float().unwrap_or(number)
}
