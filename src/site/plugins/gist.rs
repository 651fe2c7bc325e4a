//! jekyll-gist 1.5.0: the tag `gist` shows a gist of GitHub. In: the markup. Out: a script. Neighbours: `mod.rs` asks.
//! The gem also asks GitHub for the text, for readers without scripts; this is left out, as the gem leaves it out where
//! it gets no answer.

use crate::liquid::{TagOutput, TagRun, Value};

/// What the tag writes.
pub(super) fn tag(markup: &str, run: &mut dyn TagRun) -> TagOutput {
    let Some((id, file)) = arguments(markup) else {
        return TagOutput::Stops(["The tag `gist` takes a gist and the name of a file, not `", markup, "`."].concat());
    };
    // Each may be a variable.
    let mut known = |name: &str| match name {
        "" => String::new(),
        name => match run.value(name) {
            Value::Nil => name.to_owned(),
            value => value.plain_text(),
        },
    };
    let (id, file) = (known(id), known(file));
    let file = if file.is_empty() { file } else { ["?file=", &file].concat() };
    TagOutput::Text(["<script src=\"https://gist.github.com/", &id, ".js", &file, "\"> </script>"].concat())
}

/// `\A([\S]+|.*(?=\/).+)\s?(\S*)\Z`
fn arguments(markup: &str) -> Option<(&str, &str)> {
    let markup = markup.trim();
    let end = markup.find(char::is_whitespace).unwrap_or(markup.len());
    let (id, rest) = markup.split_at(end);
    let mut chars = rest.chars();
    chars.next();
    let file = chars.as_str();
    if !id.is_empty() && !file.contains(char::is_whitespace) {
        return Some((id, file));
    }
    (markup.contains('/') && !markup.contains('\n')).then_some((markup, ""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_gist_and_a_file_are_taken_apart() {
        assert_eq!(arguments(" ada/123 "), Some(("ada/123", "")));
        assert_eq!(arguments("123 a.rb"), Some(("123", "a.rb")));
        assert_eq!(arguments("a b/1 c"), Some(("a b/1 c", "")));
        assert_eq!(arguments("a b c"), None);
        assert_eq!(arguments(""), None);
    }
}
