//! Giving a post another title: only the bytes of the title's value change. In: the text and a title. Out: an edit.
//! Neighbours: `post/` gives the span of the title; `app/drafts/` applies the edit.

use crate::post;
use crate::post::split::SplitKind;
use crate::text::{Edit, Span};

/// The edit that gives the post of `text` the title `title` (one line). `None` where it has it already.
pub fn edit(text: &str, title: &str) -> Option<Edit> {
    let post = post::read("", text);
    let value = scalar(title);
    let (span, text) = match (post.split.kind, post.front_matter.entry("title")) {
        (SplitKind::Present, _) if post.stale => return None,
        (SplitKind::Present, Some(entry)) => {
            if post.front_matter.title.as_deref() == Some(title) {
                return None;
            }
            // A missing value begins directly behind the colon.
            let gap = if text[..entry.value_span.start].ends_with(':') { " " } else { "" };
            (entry.value_span, [gap, &value].concat())
        }
        (SplitKind::Present, None) => (Span::at(post.split.yaml.start), ["title: ", &value, "\n"].concat()),
        _ => (Span::at(0), ["---\ntitle: ", &value, "\n---\n\n"].concat()),
    };
    let caret = Span::at(span.start + text.len());
    Some(Edit { span, text, selection: caret })
}

/// The title as a YAML scalar that is read back as this string: plain where that is safe, else in single quotes.
fn scalar(title: &str) -> String {
    let first = title.chars().next().is_some_and(char::is_alphabetic);
    let word = title.chars().all(char::is_alphabetic) && title.len() <= 5;
    let plain = first && !word && !title.contains([':', '#', '\\', '"']) && !title.ends_with(char::is_whitespace);
    if plain { title.to_owned() } else { ["'", &title.replace('\'', "''"), "'"].concat() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn renamed(text: &str, title: &str) -> String {
        edit(text, title).map_or_else(|| text.to_owned(), |edit| edit.apply(text))
    }

    #[test]
    fn only_the_value_changes() {
        let text = "---\nlayout: post # kept\ntitle:  \"Old\"   # why\n---\nBody\n";
        assert_eq!(renamed(text, "A new one"), "---\nlayout: post # kept\ntitle:  A new one   # why\n---\nBody\n");
    }

    #[test]
    fn a_missing_title_or_value_or_front_matter_is_added() {
        assert_eq!(renamed("---\nlayout: post\n---\nB", "Some title"), "---\ntitle: Some title\nlayout: post\n---\nB");
        assert_eq!(renamed("---\ntitle:\n---\nB", "Some title"), "---\ntitle: Some title\n---\nB");
        assert_eq!(renamed("Body", "Some title"), "---\ntitle: Some title\n---\n\nBody");
    }

    proptest! {
        #[test]
        fn any_title_is_read_back(title in "[a-zé0-9:#'\"\\\\\\[\\]{}&*!|>%@` -]{1,24}") {
            let title = title.trim();
            prop_assume!(!title.is_empty());
            for text in ["---\nlayout: post\n---\nB", "---\ntitle: x\ntags: a\n---\nB", "B"] {
                let after = renamed(text, title);
                let post = post::read("", &after);
                prop_assert_eq!(post.front_matter.title.as_deref(), Some(title), "{}", after);
            }
        }
    }
}
