//! The addresses in a style sheet: `url(…)` and `@import`. In: CSS, and what each address becomes. Out: CSS. Neighbours:
//! the page in the browser shows a site's style sheets by it; `page_tokens.rs` gives it styles of the page itself.
//!
//! Only what the standard's tokens make of an address counts (CSS Syntax 3): comments and texts stay as they are.

/// Stands for an address that is not loaded.
const NOWHERE: &str = "about:invalid";

/// The style sheet with other addresses: `change` gives the new one, or `None` for one that is not to be loaded.
pub fn rewrite(css: &str, change: &mut dyn FnMut(&str) -> Option<String>) -> String {
    let mut out = String::with_capacity(css.len());
    let mut rest = css;
    // Whether the last word was `@import`: its text is an address, too.
    let mut imports = false;
    // How many parentheses are open, and inside how many of them those of `image-set` are.
    let (mut depth, mut image_set) = (0_usize, None);
    while let Some(first) = rest.chars().next() {
        let taken = match first {
            '/' if rest.starts_with("/*") => rest.find("*/").map_or(rest.len(), |end| end + 2),
            '"' | '\'' => {
                let length = text_length(rest, first);
                if std::mem::take(&mut imports) || image_set.is_some() {
                    let inside = rest.get(1..length.saturating_sub(1).max(1)).unwrap_or("");
                    write_text(&mut out, &change(&unescaped(inside)).unwrap_or_else(|| NOWHERE.to_owned()));
                    rest = rest.get(length..).unwrap_or("");
                    continue;
                }
                length
            }
            '@' | '-' | '_' | '\\' | 'a'..='z' | 'A'..='Z' | '\u{80}'.. => {
                let length = word_length(rest);
                let word = unescaped(rest.get(..length).unwrap_or(rest)).to_ascii_lowercase();
                let is_call = rest.get(length..).is_some_and(|after| after.starts_with('('));
                if is_call && matches!(word.as_str(), "url" | "src") {
                    let (address, end) = address(rest.get(length + 1..).unwrap_or(""));
                    out.push_str("url(");
                    write_text(&mut out, &change(&address).unwrap_or_else(|| NOWHERE.to_owned()));
                    out.push(')');
                    imports = false;
                    rest = rest.get(length + 1 + end..).unwrap_or("");
                    continue;
                }
                if is_call && word.ends_with("image-set") {
                    image_set = image_set.or(Some(depth));
                }
                imports = word == "@import";
                length
            }
            first if first.is_ascii_whitespace() => 1,
            first => {
                imports = false;
                match first {
                    '(' => depth += 1,
                    ')' => {
                        depth = depth.saturating_sub(1);
                        image_set = image_set.filter(|outside| *outside < depth);
                    }
                    _ => {}
                }
                first.len_utf8()
            }
        };
        let (text, after) = rest.split_at(taken.min(rest.len()));
        out.push_str(text);
        rest = after;
    }
    out
}

/// How long a name is, `@` and escapes included; at least one character.
fn word_length(rest: &str) -> usize {
    let mut chars = rest.char_indices().peekable();
    let mut length = 0;
    while let Some((at, c)) = chars.next() {
        match c {
            '\\' => {
                let Some((_, escaped)) = chars.next() else { return rest.len() };
                let mut digits = usize::from(escaped.is_ascii_hexdigit());
                while digits > 0 && digits < 6 && chars.next_if(|(_, c)| c.is_ascii_hexdigit()).is_some() {
                    digits += 1;
                }
                if digits > 0 {
                    chars.next_if(|(_, c)| c.is_ascii_whitespace());
                }
            }
            c if is_name(c) || at == 0 => {}
            _ => return at,
        }
        length = at + c.len_utf8();
    }
    length.max(rest.len())
}

fn is_name(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '-' | '_') || !c.is_ascii()
}

/// How long a text in quotes is, both quotes included; it ends at the end of its line if nothing closes it.
fn text_length(rest: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, c) in rest.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '\n' => return at,
            c if c == quote => return at + 1,
            _ => {}
        }
    }
    rest.len()
}

/// The address after `url(`, and where the text after the closing parenthesis begins.
fn address(rest: &str) -> (String, usize) {
    let trimmed = rest.trim_start_matches(|c: char| c.is_ascii_whitespace());
    let begin = rest.len() - trimmed.len();
    let (inside, after) = match trimmed.chars().next() {
        Some(quote @ ('"' | '\'')) => {
            let length = text_length(trimmed, quote);
            (trimmed.get(1..length.saturating_sub(1).max(1)).unwrap_or(""), begin + length)
        }
        _ => {
            let mut escaped = false;
            let end = trimmed.char_indices().find(|&(_, c)| {
                let ends = !escaped && c == ')';
                escaped = !escaped && c == '\\';
                ends
            });
            let end = end.map_or(trimmed.len(), |(at, _)| at);
            (trimmed.get(..end).unwrap_or("").trim_end_matches(|c: char| c.is_ascii_whitespace()), begin + end)
        }
    };
    let close = rest.get(after..).and_then(|rest| rest.find(')'));
    (unescaped(inside), close.map_or(rest.len(), |close| after + close + 1))
}

/// A text without its escapes (CSS Syntax 3, 4.3.7).
fn unescaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        if c != '\\' {
            out.push(c);
            continue;
        }
        let mut code = 0_u32;
        let mut digits = 0;
        while let Some(digit) = chars.peek().and_then(|c| c.to_digit(16)).filter(|_| digits < 6) {
            code = code * 16 + digit;
            digits += 1;
            chars.next();
        }
        match digits {
            0 => out.extend(chars.next().filter(|c| *c != '\n')),
            _ => {
                out.push(char::from_u32(code).filter(|c| *c != '\0').unwrap_or('\u{FFFD}'));
                if chars.peek().is_some_and(char::is_ascii_whitespace) {
                    chars.next();
                }
            }
        }
    }
    out
}

fn write_text(out: &mut String, text: &str) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            '\n' => out.push_str("\\a "),
            c => out.push(c),
        }
    }
    out.push('"');
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rewritten(css: &str) -> String {
        rewrite(css, &mut |address| address.strip_prefix("/").map(|path| ["blob:", path].concat()))
    }

    #[test]
    fn addresses_become_others_and_nothing_else_changes() {
        for (css, expected) in [
            ("a { b: url(/c.png) }", "a { b: url(\"blob:c.png\") }"),
            ("a { b: URL( '/c d.png' ) no-repeat }", "a { b: url(\"blob:c d.png\") no-repeat }"),
            ("@import \"/a.css\" print;", "@import \"blob:a.css\" print;"),
            ("@import url(/a.css);", "@import url(\"blob:a.css\");"),
            ("a { b: url(//x.example/c) }", "a { b: url(\"blob:/x.example/c\") }"),
            ("a { b: url(http://x.example/c) }", "a { b: url(\"about:invalid\") }"),
            ("a { b: u\\72l(/c) }", "a { b: url(\"blob:c\") }"),
            ("a { b: \\75 r\\6c (/c) }", "a { b: url(\"blob:c\") }"),
            (
                "a { b: image-set('/c' 1x, url(/d) 2x) 'e' }",
                "a { b: image-set(\"blob:c\" 1x, url(\"blob:d\") 2x) 'e' }",
            ),
            ("/* url(/a) */ a::after { content: 'url(/a)' }", "/* url(/a) */ a::after { content: 'url(/a)' }"),
            ("a { b: url(\\2f c) }", "a { b: url(\"blob:c\") }"),
            ("a { b: url(/c", "a { b: url(\"blob:c\")"),
            ("é { b: my-url(/c) }", "é { b: my-url(/c) }"),
        ] {
            assert_eq!(rewritten(css), expected, "{css}");
        }
    }

    proptest::proptest! {
        #[test]
        fn a_style_sheet_without_addresses_stays_as_it_is(css in "[a-z{}:; '\"/*@\\\\\n-é]{0,60}") {
            proptest::prop_assume!(!css.contains(['\\', '@']) && !["url", "src", "image-set"].iter().any(|name| css.contains(name)));
            proptest::prop_assert_eq!(rewritten(&css), css);
        }
    }
}
