//! Paths with stars, as Ruby's `Dir.glob` and `File.fnmatch?` read them. In: a pattern and a path. Out: whether the
//! pattern names the path or a folder above it. Neighbours: `defaults.rs` and `site_files.rs` ask. For defaults Jekyll
//! globs the site's folder and compares the results with the beginning of each path.

/// How many patterns braces may expand to.
const MAX_PATTERNS: usize = 64;

/// Whether `pattern` matches `path` or one of the folders above it; both are relative to the site.
pub fn covers(pattern: &str, path: &str) -> bool {
    let parts: Vec<&str> = path.split('/').collect();
    expand(pattern).iter().any(|pattern| {
        let pattern = pattern.trim_end_matches('/');
        // An absolute pattern looks at the root of the machine.
        if pattern.starts_with('/') || pattern.is_empty() {
            return false;
        }
        let wanted: Vec<&str> = pattern.split('/').filter(|part| !part.is_empty() && *part != ".").collect();
        begins(&wanted, &parts)
    })
}

/// Whether some beginning of `parts` is matched by all of `wanted`. Each row holds which beginnings of `parts` the
/// pattern matches so far, so that `**` costs no backtracking.
fn begins(wanted: &[&str], parts: &[&str]) -> bool {
    let mut reached = vec![false; parts.len() + 1];
    if let Some(first) = reached.first_mut() {
        *first = true;
    }
    for (index, pattern) in wanted.iter().enumerate() {
        let mut next = vec![false; reached.len()];
        let deep = *pattern == "**" && index + 1 < wanted.len();
        let mut open = false;
        for (at, slot) in next.iter_mut().enumerate() {
            let here = reached.get(at) == Some(&true);
            let before = at.checked_sub(1);
            let part = before.and_then(|before| parts.get(before)).copied().unwrap_or("");
            if deep {
                // Any number of folders, none of them hidden.
                open = here || open && !part.starts_with('.');
                *slot = open;
            } else {
                *slot = before.is_some_and(|before| reached.get(before) == Some(&true)) && matches(pattern, part);
            }
        }
        reached = next;
    }
    reached.contains(&true)
}

/// `{a,b}` becomes two patterns. Braces that are not closed stay.
fn expand(pattern: &str) -> Vec<String> {
    let mut open = vec![pattern.to_owned()];
    let mut done = Vec::new();
    while let Some(pattern) = open.pop() {
        let braces = pattern.find('{').and_then(|start| Some((start, closing(&pattern, start)?)));
        let Some((start, end)) = braces.filter(|_| open.len() + done.len() < MAX_PATTERNS) else {
            done.push(pattern);
            continue;
        };
        let (head, tail) = (pattern.get(..start).unwrap_or(""), pattern.get(end + 1..).unwrap_or(""));
        let mut depth = 0;
        let mut choice = start + 1;
        for (at, byte) in pattern.bytes().enumerate().take(end + 1).skip(start + 1) {
            match byte {
                b'{' => depth += 1,
                b'}' if at < end => depth -= 1,
                b',' | b'}' if depth == 0 => {
                    open.push([head, pattern.get(choice..at).unwrap_or(""), tail].concat());
                    choice = at + 1;
                }
                _ => {}
            }
        }
    }
    done
}

/// The brace that closes the one at `start`.
fn closing(pattern: &str, start: usize) -> Option<usize> {
    let mut depth = 0;
    for (at, byte) in pattern.bytes().enumerate().skip(start) {
        match byte {
            b'{' => depth += 1,
            b'}' => depth -= 1,
            _ => continue,
        }
        if depth == 0 {
            return Some(at);
        }
    }
    None
}

/// One part of a path, as `matches_text`; a hidden name must be named with its period.
fn matches(pattern: &str, part: &str) -> bool {
    (pattern.starts_with('.') || !part.starts_with('.')) && matches_text(pattern, part)
}

/// Whether the whole of `text` matches, as Ruby's `File.fnmatch?` without flags says: `*` any text, `?` one character,
/// `[a-z]` one of them, `\` takes the next as it is. Slashes and periods are characters as any other.
pub fn matches_text(pattern: &str, text: &str) -> bool {
    let pattern: Vec<char> = pattern.chars().collect();
    let part: Vec<char> = text.chars().collect();
    let (mut p, mut t) = (0, 0);
    let mut star: Option<(usize, usize)> = None;
    loop {
        if pattern.get(p) == Some(&'*') {
            p += 1;
            star = Some((p, t));
            continue;
        }
        let step = part.get(t).and_then(|&c| one(&pattern, p, c));
        match (step, star) {
            (Some(next), _) => (p, t) = (next, t + 1),
            (None, _) if t == part.len() && p == pattern.len() => return true,
            (None, Some((after, from))) if from < part.len() => {
                star = Some((after, from + 1));
                (p, t) = (after, from + 1);
            }
            _ => return false,
        }
    }
}

/// Where the pattern goes on if what stands at `at` matches `c`.
fn one(pattern: &[char], at: usize, c: char) -> Option<usize> {
    match pattern.get(at)? {
        '?' => Some(at + 1),
        '\\' => (pattern.get(at + 1) == Some(&c)).then_some(at + 2),
        '[' => {
            let negated = matches!(pattern.get(at + 1), Some('!' | '^'));
            let first = at + 1 + usize::from(negated);
            let mut end = first + 1;
            while *pattern.get(end)? != ']' {
                end += 1;
            }
            let set = pattern.get(first..end)?;
            let mut found = false;
            let mut index = 0;
            while let Some(&low) = set.get(index) {
                match (set.get(index + 1), set.get(index + 2)) {
                    (Some('-'), Some(&high)) => {
                        found |= (low..=high).contains(&c);
                        index += 3;
                    }
                    _ => {
                        found |= low == c;
                        index += 1;
                    }
                }
            }
            (found != negated).then_some(end + 1)
        }
        &own => (own == c).then_some(at + 1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_covers_what_lies_below_what_it_names() {
        for (pattern, covered) in [
            ("_posts/*", true),
            ("*/2014", true),
            ("_posts/2014/*.md", true),
            ("_posts/2014/*.markdown", false),
            ("**/a.md", false),
            ("**/2014-*", true),
            ("_posts/**/2014-1?-*", true),
            ("_posts/**", true),
            ("_posts/*/*/*", false),
            ("_posts/{2013,2014}/*", true),
            ("_posts/{2013,20{12,15}}/*", false),
            ("_posts/201[2-4]*", true),
            ("_posts/201[!4]*", false),
            ("/_posts/*", false),
            ("*", true),
            ("posts/*", false),
        ] {
            assert_eq!(covers(pattern, "_posts/2014/2014-12-08-a.md"), covered, "{pattern}");
        }
    }

    #[test]
    fn hidden_folders_are_not_found_by_stars() {
        assert!(!covers("*/x", ".hidden/x"));
        assert!(!covers("**/x", ".hidden/x"));
        assert!(covers(".h*/x", ".hidden/x"));
    }

    #[test]
    fn many_stars_and_braces_end_soon() {
        let stars = "*a".repeat(2000);
        assert!(!covers(&stars, &"a".repeat(1999)));
        assert!(!covers(&["*", &"{a,b}".repeat(200)].concat(), "x"));
        assert!(!covers(&["**/".repeat(5000).as_str(), "c"].concat(), "a/b"));
        assert!(covers(&["**/".repeat(5000).as_str(), "b"].concat(), "a/b"));
    }
}
