//! Tabs where libyaml refuses them. In: the text between two tokens. Out: where the first such tab stands.
//! Neighbours: `build.rs` asks at every event.
//!
//! Our parser passes over lines that hold nothing but white space and comments; libyaml does not where it waits for a
//! key or an item (its `scanner.c`, `yaml_parser_scan_to_next_token`, and the end of `yaml_parser_scan_plain_scalar`).

/// Looks at the lines that begin in `gap`, the white space, comments and indicators before a token outside of
/// brackets. After a plain scalar or a block of text a tab may stand from column `allowed` on; elsewhere nowhere.
pub(super) fn refused(gap: &str, allowed: Option<usize>) -> Option<usize> {
    if !gap.contains('\t') {
        return None;
    }
    let mut at = gap.find('\n')? + 1;
    loop {
        let line = gap.get(at..)?;
        let spaces = line.bytes().take_while(|&b| b == b' ').count();
        let blank = line.bytes().take_while(|&b| b == b' ' || b == b'\t').count();
        if spaces < blank && allowed.is_none_or(|column| spaces < column) {
            return Some(at + spaces);
        }
        // After the dash of an item the item is waited for.
        let items = line.get(spaces..)?.bytes().take_while(|&b| b == b' ' || b == b'-').count();
        if items > 0 && line.as_bytes().get(spaces + items) == Some(&b'\t') {
            return Some(at + spaces + items);
        }
        // A comment ends the plain scalar; after its line a key or an item is waited for.
        if allowed.is_some() && line.get(blank..).is_some_and(|rest| rest.starts_with('#')) {
            let next = line.find('\n')?;
            return refused(line.get(next..)?, None).map(|found| at + next + found);
        }
        at += line.find('\n')? + 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tab_may_not_begin_a_line() {
        assert_eq!(refused("\n\t\n", None), Some(1));
        assert_eq!(refused("\n  \t# c\n", None), Some(3));
        assert_eq!(refused("\t\n  \n", None), None);
        assert_eq!(refused(" # a\tb\n", None), None);
        assert_eq!(refused("\n", None), None);
        assert_eq!(refused("\n- \t", None), Some(3));
    }

    #[test]
    fn after_a_plain_scalar_a_tab_may_follow_its_indentation() {
        assert_eq!(refused("\n \t\n", Some(1)), None);
        assert_eq!(refused("\n\t\n", Some(1)), Some(1));
        assert_eq!(refused("\n  # c\n \t\n", Some(1)), Some(8));
    }
}
