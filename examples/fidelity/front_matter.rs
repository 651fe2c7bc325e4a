//! Where the body of a post starts, by Jekyll's own pattern. In: a file's text. Out: its body.
//! Rule: `YAML_FRONT_MATTER_REGEXP` in Jekyll's document.rb. Neighbours: `main.rs`.

fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\x0b' | '\x0c' | '\r')
}

/// What follows the front matter; a byte order mark is dropped.
pub fn body(text: &str) -> &str {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    &text[end(text)..]
}

fn end(text: &str) -> usize {
    let Some(rest) = text.strip_prefix("---") else { return 0 };
    // White space with a line break in it follows the dashes.
    let blank = rest.len() - rest.trim_start_matches(is_space).len();
    let Some(first) = rest[..blank].find('\n') else { return 0 };
    let mut line = 3 + first + 1;
    loop {
        let tail = &text[line..];
        if tail.starts_with("---") || tail.starts_with("...") {
            let after = &tail[3..];
            let blank = after.len() - after.trim_start_matches(is_space).len();
            // White space as far as it goes, back to where a line ends.
            let space = if blank == after.len() { Some(blank) } else { after[..blank].rfind('\n').map(|at| at + 1) };
            if let Some(space) = space {
                return line + 3 + space;
            }
        }
        match tail.find('\n') {
            Some(at) => line += at + 1,
            None => return 0,
        }
    }
}
