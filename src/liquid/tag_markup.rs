//! The markup of tags: what stands between a tag's name and its end. In: markup. Out: its parts, or nothing where
//! Liquid finds a syntax error. Neighbours: `parser.rs`. Each function names the file of Liquid or Jekyll whose rule it
//! has.

use std::rc::Rc;

use super::condition::{ConditionTerm, Operator};
use super::expression::{Expression, Filtered, fragment};
use super::lexer::{Lexeme, MarkupLexer, NotStrict};
use super::syntax_tree::{CycleName, ForHead, HighlightOptions, Offset};
use super::tokens::{is_space, is_stripped, is_word, word_len};

/// tags/assign.rb: `name = value`, wherever it stands in the markup.
pub(super) fn assign(markup: &str) -> Option<(Rc<str>, Filtered)> {
    let equals = markup.find('=')?;
    let before = markup.get(..equals)?.trim_end_matches(is_space);
    let start = before.rfind(|c: char| !is_signature(c)).map_or(0, |at| at + char_len(before, at));
    let name = before.get(start..).filter(|name| !name.is_empty())?;
    Some((name.into(), Filtered::parse(markup.get(equals + 1..)?)))
}

/// tags/capture.rb: the first name, quotes and all else left out.
pub(super) fn capture(markup: &str) -> Option<Rc<str>> {
    let start = markup.find(is_signature)?;
    let rest = markup.get(start..)?;
    let end = rest.find(|c| !is_signature(c)).unwrap_or(rest.len());
    rest.get(..end).map(Into::into)
}

/// `VariableSignature`
fn is_signature(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.' | '[' | ']' | '(' | ')')
}

fn char_len(text: &str, at: usize) -> usize {
    text.get(at..).and_then(|rest| rest.chars().next()).map_or(1, char::len_utf8)
}

/// tags/for.rb
pub(super) fn for_loop(markup: &str) -> Option<ForHead> {
    for_strict(markup).ok().or_else(|| for_lax(markup))
}

/// The strict reading alone.
pub(super) fn for_strict(markup: &str) -> Result<ForHead, NotStrict> {
    let mut lexer = MarkupLexer::new(markup)?;
    let variable = lexer.expect(Lexeme::Id)?;
    if !lexer.accept_word("in")? {
        return Err(NotStrict);
    }
    let mut collection = String::new();
    lexer.expression(&mut collection)?;
    let mut head = for_head(variable, &collection);
    head.reversed = lexer.accept_word("reversed")?;
    while let Some(name) = lexer.named() {
        lexer.expect(Lexeme::Id)?;
        lexer.expect(Lexeme::Mark(b':'))?;
        let mut value = String::new();
        lexer.expression(&mut value)?;
        match name {
            "limit" => head.limit = Some(Expression::parse(&value)),
            "offset" => head.offset = offset(&value),
            _ => return Err(NotStrict),
        }
    }
    if lexer.at_end() { Ok(head) } else { Err(NotStrict) }
}

/// `name in collection`, perhaps `reversed`, and any `key: value`.
fn for_lax(markup: &str) -> Option<ForHead> {
    let len = markup.bytes().take_while(|&byte| is_word(byte) || byte == b'-').count();
    let (variable, rest) = markup.split_at(len);
    let (rest, end) = in_collection(rest)?;
    let mut head = for_head(variable, rest.get(..end)?);
    head.reversed = rest.get(end..)?.trim_start_matches(is_space).starts_with("reversed");
    for (name, value) in attributes(markup) {
        match name {
            "limit" => head.limit = Some(Expression::parse(value)),
            "offset" => head.offset = offset(value),
            _ => {}
        }
    }
    (!variable.is_empty()).then_some(head)
}

/// ` in collection`: the text from the collection on, and where it ends.
fn in_collection(rest: &str) -> Option<(&str, usize)> {
    let after = rest.strip_prefix(is_space)?.trim_start_matches(is_space).strip_prefix("in")?;
    let rest = after.strip_prefix(is_space)?.trim_start_matches(is_space);
    match fragment(rest, 0)? {
        (0, end) => Some((rest, end)),
        _ => None,
    }
}

fn for_head(variable: &str, collection: &str) -> ForHead {
    ForHead {
        variable: variable.into(),
        name: [variable, "-", collection].concat().into(),
        collection: Expression::parse(collection),
        reversed: false,
        limit: None,
        offset: Offset::None,
    }
}

fn offset(value: &str) -> Offset {
    if value == "continue" { Offset::Continue } else { Offset::At(Expression::parse(value)) }
}

/// `TagAttributes` (liquid.rb): every `name: fragment` of a markup.
pub(super) fn attributes(markup: &str) -> Vec<(&str, &str)> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(colon) = markup.get(at..).and_then(|rest| rest.find(':')).map(|colon| at + colon) {
        let before = markup.get(at..colon).unwrap_or("").trim_end_matches(is_space);
        let len = before.bytes().rev().take_while(|&byte| is_word(byte) || byte == b'-').count();
        let name = before.get(before.len() - len..).unwrap_or("").trim_start_matches('-');
        let after = markup.get(colon + 1..).unwrap_or("");
        let value = after.trim_start_matches(is_space);
        at = colon + 1;
        if let Some((0, end)) = fragment(value, 0).filter(|_| !name.is_empty()) {
            found.push((name, value.get(..end).unwrap_or("")));
            at += after.len() - value.len() + end;
        }
    }
    found
}

/// tags/table_row.rb: variable, collection and the markup for the attributes.
pub(super) fn table_row(markup: &str) -> Option<(Rc<str>, Expression)> {
    let start = markup.bytes().position(is_word)?;
    let rest = markup.get(start..)?;
    let (variable, rest) = rest.split_at(word_len(rest));
    let (rest, end) = in_collection(rest)?;
    Some((variable.into(), Expression::parse(rest.get(..end)?)))
}

/// tags/cycle.rb
pub(super) fn cycle(markup: &str) -> Option<(CycleName, Vec<Expression>)> {
    let (start, end) = fragment(markup, 0)?;
    if start > 0 {
        return None;
    }
    let after = markup.get(end..)?.trim_start_matches(is_space);
    let first = markup.get(..end)?;
    // `name:` is one fragment, and so is `name :` with a colon behind it.
    let named = after.strip_prefix(':').map(|list| (first, list)).or_else(|| {
        let colon = first.rfind(':').filter(|&colon| colon > 0 && !first.starts_with(['"', '\'']))?;
        Some((first.get(..colon)?, markup.get(colon + 1..)?))
    });
    let (name, list) = match named {
        Some((name, list)) => (CycleName::Named(Expression::parse(name)), list),
        None => (CycleName::Markup(markup.into()), markup),
    };
    let values = list.split(',').filter_map(|part| {
        let (start, end) = fragment(part, 0)?;
        Some(Expression::parse(part.get(start..end)?))
    });
    Some((name, values.collect()))
}

/// tags/case.rb: `a`, `a or b`, `a, b`; each is compared with what the `case` is about.
pub(super) fn when(markup: &str, left: &Expression) -> Option<Vec<ConditionTerm>> {
    let mut terms = Vec::new();
    let mut rest = markup;
    loop {
        let (start, end) = fragment(rest, 0)?;
        let right = Expression::parse(rest.get(start..end)?);
        terms.push(ConditionTerm { left: left.clone(), operator: Some(Operator::Equal), right });
        let after = rest.get(end..)?;
        let trimmed = after.trim_start_matches(is_space);
        let or = trimmed.strip_prefix("or").filter(|next| next.starts_with(is_space) && after.len() > trimmed.len());
        let next = or.or_else(|| trimmed.strip_prefix(',')).map(|next| next.trim_start_matches(is_space));
        match next.filter(|next| matches!(fragment(next, 0), Some((0, _)))) {
            Some(next) => rest = next,
            None => return Some(terms),
        }
    }
}

/// Jekyll's tags/highlight.rb: language and options.
pub(super) fn highlight(markup: &str) -> Option<HighlightOptions> {
    let markup = markup.trim_matches(is_stripped);
    // The expression holds for one line of the markup.
    markup.lines().find_map(highlight_line)
}

fn highlight_line(line: &str) -> Option<HighlightOptions> {
    let len = line.bytes().take_while(|&byte| is_word(byte) || matches!(byte, b'.' | b'+' | b'#' | b'-')).count();
    let (language, mut rest) = line.split_at(len);
    if language.is_empty() {
        return None;
    }
    let mut options = HighlightOptions { language: language.to_lowercase(), ..HighlightOptions::default() };
    while !rest.is_empty() {
        let option = rest.trim_start_matches(is_space);
        if option.len() == rest.len() {
            return None;
        }
        let name = option.get(..word_len(option)).filter(|name| !name.is_empty())?;
        rest = option.get(name.len()..)?;
        options.line_numbers |= name == "linenos";
        if let Some(value) = rest.strip_prefix('=') {
            let len = match value.strip_prefix('"') {
                Some(list) => {
                    let list = list.get(..list.find('"')?)?;
                    let numbers = list.bytes().all(|byte| byte.is_ascii_digit() || is_space(char::from(byte)));
                    let ends = list.ends_with(|c: char| c.is_ascii_digit()) && !list.starts_with(is_space);
                    if name == "mark_lines" {
                        options.marked = Some(list.split(is_space).filter_map(|number| number.parse().ok()).collect());
                    }
                    (numbers && ends).then_some(list.len() + 2)?
                }
                None => Some(word_len(value)).filter(|&len| len > 0)?,
            };
            rest = value.get(len..)?;
        }
    }
    Some(options)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heads_are_read_as_ruby_reads_them() {
        let options = |language: &str, line_numbers, marked: Option<&[usize]>| {
            let marked = marked.map(<[usize]>::to_vec);
            Some(HighlightOptions { language: language.to_owned(), line_numbers, marked })
        };
        assert_eq!(highlight(" C++ linenos hl_lines=\"1 2\" "), options("c++", true, None));
        assert_eq!(highlight("a mark_lines=\"1  12\" b=c"), options("a", false, Some(&[1, 12])));
        assert_eq!(highlight("a mark_lines=1"), options("a", false, None));
        assert_eq!(highlight("a b=\"x\""), None);
        assert_eq!(highlight(""), None);
        assert_eq!(capture("'a b'").as_deref(), Some("a"));
        assert_eq!(assign("x.y= 1").map(|(name, _)| name).as_deref(), Some("x.y"));
        assert!(assign("x 1").is_none());
        let head = for_loop("a in (1..3) reversed limit:2 offset:continue").expect("a head");
        assert!(head.reversed && head.limit.is_some() && matches!(head.offset, Offset::Continue));
        let lax = for_loop("a in b.c | d, limit: 2").expect("a head");
        assert!(lax.limit.is_some());
        assert!(for_loop("a of b").is_none());
        assert_eq!(when("'a' or 'b', 'c' d", &Expression::Empty).map(|all| all.len()), Some(3));
    }
}
