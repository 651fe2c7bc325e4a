//! Expressions and outputs (expression.rb, variable_lookup.rb, variable.rb). In: markup. Out: what is to be looked up
//! and which filters it goes through. Neighbours: `lexer.rs` for the strict reading, `interpreter.rs` evaluates.

use super::lexer::{Lexeme, MarkupLexer, NotStrict};
use super::tokens::{is_space, is_stripped, is_word, word_len};
use super::value::Value;
use crate::text::parse_float;

/// Something with a value.
#[derive(Clone, Debug)]
pub(super) enum Expression {
    Literal(Value),
    /// `empty` and `blank`: the empty text, except in comparisons.
    Empty,
    Blank,
    Range(Box<(Expression, Expression)>),
    /// A variable and what is taken from it.
    Lookup {
        name: Box<LookupStep>,
        keys: Vec<LookupStep>,
    },
}

/// A step of a lookup.
#[derive(Clone, Debug)]
pub(super) enum LookupStep {
    /// `.name`
    Name(Value),
    /// `[expression]`
    Computed(Expression),
}

/// An expression and its filters: what stands in an output and after `assign x =`.
#[derive(Clone, Debug)]
pub(super) struct Filtered {
    pub(super) expression: Expression,
    pub(super) filters: Vec<FilterCall>,
}

/// A filter and its arguments.
#[derive(Clone, Debug)]
pub(super) struct FilterCall {
    pub(super) name: String,
    pub(super) arguments: Vec<Expression>,
    /// `name: value`
    pub(super) named: Vec<(String, Expression)>,
}

/// How deep ranges and brackets nest.
const MAX_DEPTH: usize = 8;

impl Expression {
    /// Liquid's `Expression.parse`, which never fails.
    pub(super) fn parse(markup: &str) -> Self {
        Self::parse_at(markup, 0)
    }

    fn parse_at(markup: &str, depth: usize) -> Self {
        let markup = markup.trim_matches(is_stripped);
        if depth > MAX_DEPTH {
            return Self::Literal(Value::Nil);
        }
        let quoted = |quote| markup.len() > 1 && markup.starts_with(quote) && markup.ends_with(quote);
        if quoted('"') || quoted('\'') {
            return Self::Literal(markup.get(1..markup.len() - 1).unwrap_or("").into());
        }
        match markup {
            "" | "nil" | "null" => return Self::Literal(Value::Nil),
            "true" => return Self::Literal(Value::Bool(true)),
            "false" => return Self::Literal(Value::Bool(false)),
            "empty" => return Self::Empty,
            "blank" => return Self::Blank,
            _ => {}
        }
        if let Some(number) = number(markup) {
            return Self::Literal(number);
        }
        if let Some((from, to)) = range(markup) {
            return Self::Range(Box::new((Self::parse_at(from, depth + 1), Self::parse_at(to, depth + 1))));
        }
        let mut keys = lookups(markup, depth).into_iter();
        // Without any name it is a variable that nothing defines.
        let name = Box::new(keys.next().unwrap_or_else(|| LookupStep::Name("".into())));
        Self::Lookup { name, keys: keys.collect() }
    }
}

/// `-?\d+` and `-?\d[\d.]+`
fn number(markup: &str) -> Option<Value> {
    let digits = markup.strip_prefix('-').unwrap_or(markup);
    if !digits.starts_with(|c: char| c.is_ascii_digit()) || !digits.bytes().all(|b| b.is_ascii_digit() || b == b'.') {
        return None;
    }
    if !digits.contains('.') {
        return markup.parse().ok().map(Value::Int).or_else(|| parse_float(markup).map(Value::Float));
    }
    // What stands after a second point is left out, and so is a point without digits.
    let fraction = digits.find('.').map_or(digits.len(), |point| {
        let after = digits.get(point + 1..).unwrap_or("");
        point + 1 + after.bytes().take_while(u8::is_ascii_digit).count()
    });
    let end = markup.len() - digits.len() + fraction;
    parse_float(markup.get(..end)?).map(Value::Float)
}

/// `(from..to)`
fn range(markup: &str) -> Option<(&str, &str)> {
    let inside = markup.strip_prefix('(')?.strip_suffix(')')?.trim_matches(is_space);
    // The expression for ranges takes as much as it can before the dots.
    let dots = inside.rfind("..")?;
    let from = inside.get(..dots)?.trim_end_matches(is_space);
    let to = inside.get(dots + 2..)?.trim_start_matches(is_space);
    let good = |part: &str| !part.is_empty() && !part.contains(is_space);
    (good(from) && good(to)).then_some((from, to))
}

/// `\[[^\]]+\]|[\w\-]+\??`, wherever they stand.
fn lookups(markup: &str, depth: usize) -> Vec<LookupStep> {
    let bytes = markup.as_bytes();
    let mut keys = Vec::new();
    let mut at = 0;
    let mut no_bracket_ends = false;
    while let Some(&byte) = bytes.get(at) {
        if byte == b'[' && !no_bracket_ends {
            match memchr::memchr(b']', bytes.get(at + 1..).unwrap_or(&[])) {
                Some(len) if len > 0 => {
                    let inside = markup.get(at + 1..at + 1 + len).unwrap_or("");
                    keys.push(LookupStep::Computed(Expression::parse_at(inside, depth + 1)));
                    at += len + 2;
                    continue;
                }
                Some(_) => {}
                None => no_bracket_ends = true,
            }
        }
        let len = bytes.iter().skip(at).take_while(|&&byte| is_word(byte) || byte == b'-').count();
        if len == 0 {
            at += 1;
            continue;
        }
        let end = at + len + usize::from(bytes.get(at + len) == Some(&b'?'));
        keys.push(LookupStep::Name(markup.get(at..end).unwrap_or("").into()));
        at = end;
    }
    keys
}

impl Filtered {
    /// Reads strictly, and where that fails as Liquid did before it was strict; Jekyll then warns (`error_mode: warn`).
    pub(super) fn parse(markup: &str) -> Self {
        Self::strict(markup).unwrap_or_else(|NotStrict| Self::lax(markup))
    }

    /// The strict reading alone.
    pub(super) fn strict(markup: &str) -> Result<Self, NotStrict> {
        let mut lexer = MarkupLexer::new(markup)?;
        let mut filtered = Self { expression: Expression::Literal(Value::Nil), filters: Vec::new() };
        if lexer.at_end() {
            return Ok(filtered);
        }
        let expression = |lexer: &mut MarkupLexer<'_>| {
            let mut normal = String::new();
            lexer.expression(&mut normal)?;
            Ok(Expression::parse(&normal))
        };
        filtered.expression = expression(&mut lexer)?;
        while lexer.accept(Lexeme::Mark(b'|'))?.is_some() {
            let name = lexer.expect(Lexeme::Id)?.to_owned();
            let mut filter = FilterCall { name, arguments: Vec::new(), named: Vec::new() };
            let mut more = lexer.accept(Lexeme::Mark(b':'))?.is_some();
            while more {
                match lexer.named() {
                    Some(name) => {
                        lexer.expect(Lexeme::Id)?;
                        lexer.expect(Lexeme::Mark(b':'))?;
                        filter.named.push((name.to_owned(), expression(&mut lexer)?));
                    }
                    None => filter.arguments.push(expression(&mut lexer)?),
                }
                more = lexer.accept(Lexeme::Mark(b','))?.is_some();
            }
            filtered.filters.push(filter);
        }
        if lexer.at_end() { Ok(filtered) } else { Err(NotStrict) }
    }

    /// The first fragment is the expression; what stands between the bars after it are filters.
    fn lax(markup: &str) -> Self {
        let mut filtered = Self { expression: Expression::Literal(Value::Nil), filters: Vec::new() };
        let Some((start, end)) = fragment(markup, 0) else { return filtered };
        filtered.expression = Expression::parse(markup.get(start..end).unwrap_or(""));
        let rest = markup.get(end..).unwrap_or("");
        let Some(bar) = rest.find('|') else { return filtered };
        for part in pieces(rest.get(bar + 1..).unwrap_or("")) {
            let Some(word) = part.bytes().position(is_word) else { continue };
            let from = part.get(word..).unwrap_or("");
            let mut filter = FilterCall {
                name: from.get(..word_len(from)).unwrap_or("").to_owned(),
                arguments: Vec::new(),
                named: Vec::new(),
            };
            lax_arguments(part, &mut filter);
            filtered.filters.push(filter);
        }
        filtered
    }
}

/// Runs of white space, fragments and commas: what stands between bars that are in no quotes.
fn pieces(markup: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut start = 0;
    let mut at = 0;
    while at < markup.len() {
        let rest = markup.get(at..).unwrap_or("");
        let next = rest.chars().next().unwrap_or('|');
        if is_space(next) || next == ',' {
            at += 1;
        } else if let Some((0, end)) = fragment(rest, 0) {
            at += end;
        } else {
            // A bar, or a quote that does not end.
            pieces.push(markup.get(start..at).unwrap_or(""));
            at += next.len_utf8();
            start = at;
        }
    }
    pieces.push(markup.get(start..).unwrap_or(""));
    pieces.retain(|piece| !piece.is_empty());
    pieces
}

/// `(?::|,)\s*((?:\w+\s*:\s*)?fragment)`, wherever it stands.
fn lax_arguments(part: &str, filter: &mut FilterCall) {
    let mut at = 0;
    while let Some(found) = part.get(at..).and_then(|rest| rest.find([':', ','])) {
        at += found + 1;
        let rest = part.get(at..).unwrap_or("");
        let start = at + rest.len() - rest.trim_start_matches(is_space).len();
        let rest = part.get(start..).unwrap_or("");
        let name = rest.get(..word_len(rest)).unwrap_or("");
        let after = rest.get(name.len()..).unwrap_or("").trim_start_matches(is_space);
        let value = after.strip_prefix(':').map(|after| after.trim_start_matches(is_space));
        if let Some(value) = value.filter(|_| !name.is_empty())
            && let Some((0, end)) = fragment(value, 0)
        {
            filter.named.push((name.to_owned(), Expression::parse(value.get(..end).unwrap_or(""))));
            at = part.len() - value.len() + end;
        } else if let Some((0, end)) = fragment(rest, 0) {
            filter.arguments.push(Expression::parse(rest.get(..end).unwrap_or("")));
            at = start + end;
        }
    }
}

/// The first `QuotedFragment` (liquid.rb) from `from` on: a text in quotes, or anything without white space, commas and
/// bars in which quotes come in pairs.
pub(super) fn fragment(markup: &str, from: usize) -> Option<(usize, usize)> {
    let bytes = markup.as_bytes();
    let closes = |at: usize| {
        let quote = bytes.get(at).copied().filter(|byte| matches!(byte, b'"' | b'\''))?;
        memchr::memchr(quote, bytes.get(at + 1..).unwrap_or(&[])).map(|len| at + len + 2)
    };
    let plain = |byte: u8| !is_space(char::from(byte)) && !matches!(byte, b',' | b'|' | b'"' | b'\'');
    let mut start = from;
    // A quote that does not end is looked for once.
    let mut dead = [false; 2];
    while let Some(&byte) = bytes.get(start) {
        if plain(byte) {
            break;
        }
        if matches!(byte, b'"' | b'\'') {
            let kind = usize::from(byte == b'"');
            if !dead.get(kind).copied().unwrap_or(true) {
                if let Some(end) = closes(start) {
                    return Some((start, end));
                }
                if let Some(dead) = dead.get_mut(kind) {
                    *dead = true;
                }
            }
        }
        start += 1;
    }
    bytes.get(start)?;
    let mut end = start;
    while let Some(&byte) = bytes.get(end) {
        match byte {
            b'"' | b'\'' => match closes(end) {
                Some(after) => end = after,
                None => break,
            },
            byte if plain(byte) => end += 1,
            _ => break,
        }
    }
    Some((start, end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_ranges_are_literals() {
        assert!(matches!(Expression::parse("-12"), Expression::Literal(Value::Int(-12))));
        assert!(matches!(Expression::parse("1.5.2"), Expression::Literal(Value::Float(f)) if f == 1.5));
        assert!(matches!(Expression::parse("(1..n)"), Expression::Range(_)));
        assert!(matches!(Expression::parse("a.b[0]"), Expression::Lookup { keys, .. } if keys.len() == 2));
    }

    #[test]
    fn what_is_not_strict_is_read_anyway() {
        let filtered = Filtered::parse("a | b: 'x|y', 2 c, d: 'z' | e &");
        let names: Vec<_> = filtered.filters.iter().map(|filter| filter.name.as_str()).collect();
        assert_eq!(names, ["b", "e"]);
        assert_eq!(filtered.filters[0].arguments.len(), 2);
        assert_eq!(filtered.filters[0].named.len(), 1);
    }

    #[test]
    fn fragments_end_at_white_space_outside_quotes() {
        let of = |markup: &'static str| fragment(markup, 0).map(|(start, end)| &markup[start..end]);
        assert_eq!(of("  a'b c'd e"), Some("a'b c'd"));
        assert_eq!(of(" , 'x y' z"), Some("'x y'"));
        assert_eq!(of(" , |"), None);
        assert_eq!(of("'a"), Some("a"));
    }
}
