//! A text as a scalar of YAML. In: the text, how the value was written before, and where it will stand. Out: what to
//! write, the best first. Neighbours: `edit.rs` tries them in turn, `list.rs` writes items.

use crate::post::yaml::scalar::{self, Scalar};
use crate::post::yaml::{Style, quoted};

/// Ways to write `text` on one line, the best first: as it was written before where that can hold it, else with the
/// least quoting. `flow` says that it will stand in brackets.
pub(super) fn candidates(text: &str, style: Option<Style>, flow: bool) -> Vec<String> {
    let single = || (!has_control(text)).then(|| ["'", &text.replace('\'', "''"), "'"].concat());
    let least = || if has_control(text) { double(text) } else { quoted(text) };
    let mut out = Vec::new();
    match style {
        Some(Style::SingleQuoted) => out.extend(single()),
        Some(Style::DoubleQuoted) => {}
        _ if is_plain(text, flow) => out.push(text.to_owned()),
        _ => out.push(least()),
    }
    out.push(double(text));
    out
}

/// The scalar for a key or for a new item.
pub(super) fn shortest(text: &str, flow: bool) -> String {
    candidates(text, None, flow).swap_remove(0)
}

/// Whether SafeYAML reads `text` without quotes as the same text. In doubt it does not, and the text is quoted.
fn is_plain(text: &str, flow: bool) -> bool {
    let Some(first) = text.chars().next() else { return false };
    let second = text.chars().nth(1);
    let opens = match first {
        '-' | '?' | ':' => second.is_none_or(char::is_whitespace) || text.starts_with("---") || flow,
        '!' | '&' | '*' | '|' | '>' | '\'' | '"' | '%' | '@' | '`' | '#' | ',' | '[' | ']' | '{' | '}' => true,
        _ => first.is_whitespace() || text.starts_with("..."),
    };
    let breaks = text.contains(": ")
        || text.contains(" #")
        || text.contains('\t')
        || text.ends_with(':')
        || text.ends_with(char::is_whitespace)
        || has_control(text)
        || text == "<<"
        || flow && (text.contains([',', '[', ']', '{', '}', ':', '#']) || text.contains(" -"));
    !opens && !breaks && matches!(scalar::resolve(text), Ok(Scalar::String(_)))
}

/// Whether `text` has a character that must be written as an escape, which only double quotes allow.
fn has_control(text: &str) -> bool {
    text.chars().any(needs_escape)
}

fn needs_escape(c: char) -> bool {
    c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{FEFF}' | '\u{FFFE}' | '\u{FFFF}' | '\u{FDD1}')
}

/// `text` in double quotes, with escapes for what YAML does not allow between them.
pub(super) fn double(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            '\r' => out.push_str("\\r"),
            c if needs_escape(c) => {
                out.push_str("\\u");
                let code = u32::from(c);
                out.extend([12, 8, 4, 0].iter().filter_map(|shift| char::from_digit(code >> shift & 15, 16)));
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// `text` as the lines of a block scalar below `header` (`|`, `>-`, …), each line `indent` spaces in. `None` where
/// `text` cannot be written so.
pub(super) fn block(text: &str, header: &str, indent: usize, line_end: &str) -> Option<String> {
    let lines = text.strip_suffix('\n').unwrap_or(text);
    if lines.is_empty() || lines.ends_with('\n') || lines.starts_with([' ', '\n', '\t']) {
        return None;
    }
    if lines.chars().any(|c| c != '\n' && needs_escape(c)) {
        return None;
    }
    let folded = header.starts_with('>');
    let mut out = String::from(header);
    for (index, line) in lines.split('\n').enumerate() {
        // In a folded scalar a single line break would be read as a space.
        if folded && index > 0 {
            out.push_str(line_end);
        }
        out.push_str(line_end);
        if !line.is_empty() {
            out.extend(std::iter::repeat_n(' ', indent));
            out.push_str(line);
        }
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bare_texts_that_would_read_as_something_else_are_quoted() {
        for text in ["yes", "1,000", "2014-12-08", "12:30", "~", "null", "0x1F", ".5", "", " a", "a ", "a: b", "a #b"] {
            assert_ne!(shortest(text, false), text, "{text:?}");
        }
        for text in ["y", "l'été", "C# tips", "a:b", "1.2.3", "two, three", "it's", "-a", "a [b]", "2014-1-2"] {
            assert_eq!(shortest(text, false), text, "{text:?}");
        }
        assert_eq!(shortest("two, three", true), "\"two, three\"");
        assert_eq!(shortest("say \"a: b\"", false), "'say \"a: b\"'");
        assert_eq!(shortest("a\nb\u{7}", false), "\"a\\nb\\u0007\"");
    }

    #[test]
    fn the_quotes_of_before_are_kept() {
        assert_eq!(candidates("it's", Some(Style::SingleQuoted), false)[0], "'it''s'");
        assert_eq!(candidates("a \"b\"", Some(Style::DoubleQuoted), false)[0], "\"a \\\"b\\\"\"");
        assert_eq!(candidates("a\nb", Some(Style::SingleQuoted), false)[0], "\"a\\nb\"");
    }

    #[test]
    fn blocks_hold_lines() {
        assert_eq!(block("a\n\nb\n", "|", 2, "\n").as_deref(), Some("|\n  a\n\n  b"));
        assert_eq!(block("a\nb", ">-", 1, "\n").as_deref(), Some(">-\n a\n\n b"));
        assert_eq!(block(" a", "|", 2, "\n"), None);
        assert_eq!(block("", "|", 2, "\n"), None);
    }
}
