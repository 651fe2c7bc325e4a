//! Bold: `**strong**`. In: a snapshot. Out: an edit. Neighbours: `wrap.rs` does the work; `table.rs` lists it.

use super::inline::Delimiter;
use super::{Snapshot, wrap};
use crate::text::Edit;

/// Makes the selection or the word under the caret bold, or no longer bold. Writes `**`, takes `__` off too.
pub fn bold(snapshot: &Snapshot) -> Option<Edit> {
    wrap::toggle(snapshot, &[Delimiter { mark: b'*', width: 2 }, Delimiter { mark: b'_', width: 2 }])
}

#[cfg(test)]
mod tests {
    use super::super::caret::{check, declines};
    use super::*;

    #[test]
    fn it_wraps_what_is_selected() {
        check(
            bold,
            &[
                ("a |b|", "a **|b|**"),
                ("|a| b", "**|a|** b"),
                ("|é 😀|", "**|é 😀|**"),
                ("a| b |c", "a **|b|** c"),
                ("*|a|*", "***|a|***"),
                ("a |`b`|", "a **|`b`|**"),
                ("a|b\\|* c", "a**|b\\*|** c"),
            ],
        );
    }

    #[test]
    fn it_takes_off_what_wraps_the_selection() {
        check(
            bold,
            &[
                ("a **|b|**", "a |b|"),
                ("a |**b**|", "a |b|"),
                ("a *|*b*|*", "a |b|"),
                ("__|a|__", "|a|"),
                ("***|a|***", "*|a|*"),
                ("**a |b| c**", "a |b| c"),
                ("|***a***|", "|*a*|"),
            ],
        );
    }

    #[test]
    fn a_caret_takes_the_word_under_it_or_opens_a_pair() {
        check(
            bold,
            &[
                ("a wo|rd b", "a **wo|rd** b"),
                ("a word| b", "a **word|** b"),
                ("a |word b", "a **|word** b"),
                ("a **wo|rd** b", "a wo|rd b"),
                ("a **two wo|rds** b", "a two wo|rds b"),
                ("it’|s", "**it’|s**"),
                ("e\u{301}t|é", "**e\u{301}t|é**"),
                ("a | b", "a **|** b"),
                ("a **|** b", "a | b"),
                ("|", "**|**"),
                ("漢|字", "漢**|**字"),
            ],
        );
    }

    #[test]
    fn bold_inside_the_selection_is_taken_up() {
        check(
            bold,
            &[("|a **b** c|", "**|a b c|**"), ("|**a** b|", "**|a b|**"), ("|a `**b**` c|", "**|a `**b**` c|**")],
        );
    }

    #[test]
    fn each_paragraph_item_and_quoted_line_is_wrapped_by_itself() {
        check(
            bold,
            &[
                ("|a\n\nb|", "**|a**\n\n**b|**"),
                ("|a\nb|", "**|a\nb|**"),
                ("|- a\n- b\n|", "- **|a**\n- **b|**\n"),
                ("|> a\n> b|", "> **|a**\n> **b|**"),
                ("|## a\nb|", "## **|a**\n**b|**"),
                ("|- [ ] a|", "- [ ] **|a|**"),
                ("|a\n\n```\nb\n```\n\nc|", "**|a**\n\n```\nb\n```\n\n**c|**"),
                ("|a\n\n---\n\n{: .x}\nc|", "**|a**\n\n---\n\n{: .x}\n**c|**"),
                (
                    "|a\n{% highlight js %}\nb\n{% endhighlight %}\nc|",
                    "**|a**\n{% highlight js %}\nb\n{% endhighlight %}\n**c|**",
                ),
                ("|**a**\n\nb|", "|**a**\n\n**b|**"),
                ("|**a**\n\n**b**|", "|a\n\nb|"),
            ],
        );
    }

    #[test]
    fn nothing_but_white_space_or_marks_is_left_alone() {
        declines(bold, &["a| |b", "a|\n\n|b", "|**|", "\\|"]);
    }
}
