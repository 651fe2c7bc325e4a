//! The markup of Jekyll's `include` and its relatives (tags/include.rb). In: markup. Out: a file's name and parameters.
//! Neighbours: `parser.rs` makes nodes of them, which `include.rs` runs.

use std::rc::Rc;

use super::expression::Expression;
use super::syntax_tree::Parameter;
use super::tokens::{is_space, is_stripped, is_word};

/// What stands in a tag that includes a file.
pub(super) struct IncludeMarkup<'m> {
    pub(super) name: &'m str,
    /// Whether there are outputs in the name.
    pub(super) is_computed: bool,
    /// `None` where no parameters are given.
    pub(super) parameters: Option<Vec<(Rc<str>, Parameter)>>,
}

impl<'m> IncludeMarkup<'m> {
    /// Reads the markup; `None` where Jekyll stops at it.
    pub(super) fn parse(markup: &'m str) -> Option<Self> {
        let markup = markup.trim_matches(is_stripped);
        let (name, parameters, is_computed) = match computed(markup) {
            Some(end) => {
                let (name, rest) = markup.split_at(end);
                (name.trim_matches(is_stripped), Some(rest.trim_matches(is_stripped)), true)
            }
            None => match markup.split_once(is_space) {
                Some((name, rest)) => (name, Some(rest.trim_start_matches(is_space)), false),
                None => (markup, None, false),
            },
        };
        let parameters = match parameters {
            Some(parameters) => Some(read_parameters(parameters)?),
            None => None,
        };
        Some(Self { name, is_computed, parameters })
    }
}

/// Where the name of a file with outputs in it ends (`VARIABLE_SYNTAX`).
fn computed(markup: &str) -> Option<usize> {
    let mut at = markup.find('{')?;
    let mut end = None;
    while let Some(inside) = markup.get(at..).and_then(|rest| rest.strip_prefix("{{")) {
        let name = inside.trim_start_matches(is_space);
        let length = name.bytes().take_while(|&byte| is_word(byte) || matches!(byte, b'-' | b'.')).count();
        let after = name.get(length..).unwrap_or("").trim_start_matches(is_space);
        let start = markup.len() - after.len();
        let close = match after.as_bytes().first() {
            _ if length == 0 => None,
            // Filters take as much as they can.
            Some(b'|') => after.rfind("}}").map(|close| start + close),
            _ => after.starts_with("}}").then_some(start),
        };
        let Some(close) = close else { break };
        let rest = markup.get(close + 2..).unwrap_or("");
        let plain = rest.find(|c: char| is_space(c) || matches!(c, '{' | '}')).unwrap_or(rest.len());
        at = close + 2 + plain;
        end = Some(at);
    }
    end
}

/// `name="text" name='text' name=variable`; `None` where anything else stands between them (`FULL_VALID_SYNTAX`).
fn read_parameters(markup: &str) -> Option<Vec<(Rc<str>, Parameter)>> {
    let mut parameters: Vec<(Rc<str>, Parameter)> = Vec::new();
    let mut rest = markup.trim_start_matches(is_space);
    while !rest.is_empty() {
        let length = rest.bytes().take_while(|&byte| is_word(byte) || byte == b'-').count();
        let (name, after) = rest.split_at(length);
        let after = after.trim_start_matches(is_space).strip_prefix('=')?.trim_start_matches(is_space);
        let (value, after) = match after.as_bytes().first() {
            Some(&quote @ (b'"' | b'\'')) => {
                let inside = after.get(1..)?;
                let end = end_of_quote(inside, quote)?;
                let escaped: &str = if quote == b'"' { "\\\"" } else { "\\'" };
                let text = inside.get(..end)?.replace(escaped, escaped.get(1..).unwrap_or(""));
                (Parameter::Text(text.into()), inside.get(end + 1..)?)
            }
            _ => {
                let length = after.bytes().take_while(|&byte| is_word(byte) || matches!(byte, b'-' | b'.')).count();
                let (variable, after) = after.split_at(length);
                if variable.is_empty() {
                    return None;
                }
                (Parameter::Variable(Expression::parse(variable)), after)
            }
        };
        if name.is_empty() || !after.is_empty() && !after.starts_with(is_space) {
            return None;
        }
        parameters.retain(|(known, _)| **known != *name);
        parameters.push((name.into(), value));
        rest = after.trim_start_matches(is_space);
    }
    Some(parameters)
}

/// The first quote that no backslash stands before.
fn end_of_quote(inside: &str, quote: u8) -> Option<usize> {
    let bytes = inside.as_bytes();
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'\\' => at += 2,
            byte if byte == quote => return Some(at),
            _ => at += 1,
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(markup: &str) -> Option<(&str, bool, Option<Vec<String>>)> {
        let include = IncludeMarkup::parse(markup)?;
        let value = |value: Parameter| match value {
            Parameter::Text(text) => text.to_string(),
            Parameter::Variable(_) => "variable".to_owned(),
        };
        let all = |list: Vec<(Rc<str>, Parameter)>| {
            list.into_iter().map(|(name, of)| [&name, "=", &value(of)].concat()).collect()
        };
        Some((include.name, include.is_computed, include.parameters.map(all)))
    }

    #[test]
    fn files_and_parameters_are_told_apart() {
        assert_eq!(parsed(" a.html "), Some(("a.html", false, None)));
        assert_eq!(
            parsed("a.html x='1' y = \"a \\\"b\\\"\" z=page.title"),
            Some(("a.html", false, Some(vec!["x=1".into(), "y=a \"b\"".into(), "z=variable".into()])))
        );
        assert_eq!(
            parsed("{{ page.kind | append: '.html' }} x='1'"),
            Some(("{{ page.kind | append: '.html' }}", true, Some(vec!["x=1".into()])))
        );
        assert_eq!(parsed("a/{{x}}/{{ y }}.md"), Some(("a/{{x}}/{{ y }}.md", true, Some(Vec::new()))));
        for wrong in ["a.html x", "a.html x='1", "a.html x='1'y='2'", "a.html x=", "a.html , x='1'"] {
            assert_eq!(parsed(wrong), None, "{wrong}");
        }
    }
}
