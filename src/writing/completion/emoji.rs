//! Completion of the name of an emoji: `:smi` becomes `:smile:`. In: the line of the caret. Out: candidates. Neighbours:
//! `mod.rs`; `site/plugins/emoji.rs` has the names. Rules: jemoji, which leaves code as it is.

use super::{Candidate, CompletionNames, CompletionPlace, LineAtCaret};
use crate::text::Span;

pub(super) fn place(line: &LineAtCaret<'_>, body: Span, known: &dyn CompletionNames) -> Option<CompletionPlace> {
    let before = line.before_caret();
    let (lead, name) = before.rsplit_once(':')?;
    let is_name = |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit() || "_+-".contains(letter);
    // A time, an address, an attribute of kramdown, and what ends a name are none.
    let may_begin = lead.chars().next_back().is_none_or(|before| !before.is_alphanumeric() && !":{".contains(before));
    if !name.chars().all(is_name) || !may_begin || lead.matches('`').count() % 2 == 1 || is_in_code(line, body) {
        return None;
    }
    let end = if line.after_caret().starts_with(':') { "" } else { ":" };
    let of = |(name, characters): (&str, &str)| Candidate {
        label: [":", name, ":"].concat(),
        detail: characters.to_owned(),
        insert: [":", name, end].concat(),
    };
    let candidates = known.emoji().into_iter().map(of).collect();
    Some(CompletionPlace { start: line.start + lead.len(), letters: 3, candidates })
}

/// Whether the line is in a block of code: in a fence, or in a tag `highlight`.
fn is_in_code(line: &LineAtCaret<'_>, body: Span) -> bool {
    let above = line.text.get(body.start..line.start).unwrap_or("");
    let mut fence: Option<&str> = None;
    let mut in_tag = false;
    for above in above.lines() {
        let words = above.trim_start();
        let mark = ["```", "~~~"].into_iter().find(|mark| words.starts_with(mark));
        match (fence, mark) {
            (None, Some(mark)) => fence = Some(mark),
            (Some(open), Some(mark)) if open == mark => fence = None,
            (None, None) if words.starts_with("{% highlight") => in_tag = true,
            (None, None) if words.starts_with("{% endhighlight") => in_tag = false,
            _ => {}
        }
    }
    fence.is_some() || in_tag
}

#[cfg(test)]
mod tests {
    use super::super::{KnownNames, completed};

    fn known() -> KnownNames {
        KnownNames {
            emoji: vec![("+1", "👍"), ("heart_smile", "x"), ("smile", "😄"), ("smiley", "😃")],
            ..KnownNames::default()
        }
    }

    #[test]
    fn a_name_is_completed_by_its_beginning() {
        assert_eq!(completed("Hi :smi|", &known(), false), ["Hi :smile:|", "Hi :smiley:|"]);
        assert_eq!(completed("(:+|: yes)", &known(), true), ["(:+1|: yes)"]);
        assert_eq!(completed(":s|", &known(), false), [""; 0]);
        assert_eq!(completed(":s|", &known(), true), [":smile:|", ":smiley:|"]);
        assert_eq!(completed("Hi :smi|", &KnownNames::default(), true), [""; 0]);
    }

    #[test]
    fn other_colons_are_left_alone() {
        for text in [
            "at 12:sm|",
            "http:sm|",
            "::sm|",
            "{:sm|",
            ":smile:sm|",
            "a: sm|",
            "`x :sm|",
            "```ruby\n:sm|",
            "~~~\n```\n:sm|",
            "{% highlight ruby %}\n:sm|",
            "---\ntitle: :sm|\n---\n",
        ] {
            assert_eq!(completed(text, &known(), true), [""; 0], "{text}");
        }
        assert_eq!(completed("`x` :smile|\n", &known(), false), ["`x` :smile:|\n", "`x` :smiley:|\n"]);
        assert_eq!(completed("```\n:a\n```\n:smiley|", &known(), false), ["```\n:a\n```\n:smiley:|"]);
    }
}
