//! Completion in the front matter: keys, and the values of those whose values are known. In: the line of the caret. Out:
//! candidates. Neighbours: `mod.rs`; `post/edit.rs` writes a value as YAML. Rules: Jekyll reads tags and categories from a
//! list or from words with spaces between.

use super::{Candidate, CompletionNames, CompletionPlace, LineAtCaret};
use crate::post::edit::scalar;
use crate::post::front_matter_keys::KEYS;
use crate::text::Span;

pub(super) fn place(line: &LineAtCaret<'_>, yaml: Span, known: &dyn CompletionNames) -> Option<CompletionPlace> {
    let before = line.before_caret();
    let yaml = line.text.get(yaml.start..yaml.end).unwrap_or("");
    if let Some(item) = before.trim_start().strip_prefix("- ") {
        let above = line.text.get(..line.start).unwrap_or("");
        let key = above.lines().rev().find(|line| !line.trim_start().starts_with('-'))?.trim_end().strip_suffix(':')?;
        let word = item.trim_start();
        return Some(values(line, key, word, true, known));
    }
    let Some((key, value)) = before.split_once(':') else {
        let is_key = before.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_-".contains(&byte));
        return (is_key && !line.after_caret().contains(':')).then(|| keys(line, yaml, before));
    };
    let value = value.strip_prefix(' ')?;
    let is_list = matches!(key, "tags" | "tag" | "categories" | "category");
    let (word, alone) = match value.trim_start().strip_prefix('[') {
        Some(items) if !items.contains(']') => (items.rsplit(',').next().unwrap_or(items).trim_start(), false),
        Some(_) => return None,
        None if is_list => (value.rsplit(' ').next().unwrap_or(value), false),
        None => (value.trim_start(), true),
    };
    Some(values(line, key, word, alone, known))
}

/// The keys that Jekyll knows and that the front matter does not have yet.
fn keys(line: &LineAtCaret<'_>, yaml: &str, word: &str) -> CompletionPlace {
    let has = |key: &&&str| yaml.lines().any(|line| line.strip_prefix(**key).is_some_and(|rest| rest.starts_with(':')));
    let of = |key: &&str| Candidate { label: (*key).to_owned(), detail: String::new(), insert: [key, ": "].concat() };
    let candidates = KEYS.iter().filter(|key| !has(key)).map(of).collect();
    CompletionPlace { start: line.caret - word.len(), letters: 2, candidates }
}

/// What is known of the values of a key. `alone`: nothing else stands in the value, so that it may have spaces.
fn values(line: &LineAtCaret<'_>, key: &str, word: &str, alone: bool, known: &dyn CompletionNames) -> CompletionPlace {
    let layouts = || {
        let files = known.files();
        let names = files.iter().filter_map(|path| path.strip_prefix("_layouts/")?.rsplit_once('.'));
        names.map(|(name, _)| name.to_owned()).collect()
    };
    let names: Vec<String> = match key.trim() {
        "layout" => layouts(),
        "tags" | "tag" => known.tags(),
        "categories" | "category" => known.categories(),
        "published" | "comments" => vec!["true".to_owned(), "false".to_owned()],
        _ => Vec::new(),
    };
    let is_word = matches!(key.trim(), "published" | "comments");
    let start = line.caret - word.len();
    let in_brackets = line.before_caret().contains('[');
    let rest = line.text.get(line.start..start).unwrap_or("");
    let there = |name: &String| rest.split(['[', ',', ' ']).any(|item| item.trim_matches(['"', '\'']) == name);
    let of = |name: String| {
        let insert = if is_word { name.clone() } else { scalar(&name, in_brackets) };
        Candidate { label: name, detail: String::new(), insert }
    };
    let fits = |name: &String| alone || in_brackets || !name.contains(' ');
    let candidates = names.into_iter().filter(|name| fits(name) && !there(name)).map(of).collect();
    CompletionPlace { start, letters: 1, candidates }
}

#[cfg(test)]
mod tests {
    use super::super::{KnownNames, completed};

    fn known() -> KnownNames {
        KnownNames {
            tags: ["docker", "free software", "yes"].map(str::to_owned).to_vec(),
            categories: vec!["diary".into()],
            files: vec!["_layouts/post.html".into(), "_layouts/page.html".into(), "_includes/a.html".into()],
            ..KnownNames::default()
        }
    }

    fn within(line: &str) -> Vec<String> {
        let all = completed(&["---\ntitle: A\n", line, "\n---\nText\n"].concat(), &known(), false);
        let inner =
            |text: &String| text.lines().skip(2).take_while(|line| *line != "---").collect::<Vec<_>>().join("\n");
        all.iter().map(inner).collect()
    }

    #[test]
    fn keys_that_are_not_there_yet_are_offered() {
        assert_eq!(within("ti|"), [""; 0]);
        assert_eq!(within("lay|"), ["layout: |"]);
        assert_eq!(within("l|"), [""; 0], "one letter is too little to offer something by itself");
        assert_eq!(within("lay|: post"), [""; 0]);
    }

    #[test]
    fn values_are_written_as_yaml_reads_them() {
        assert_eq!(within("layout: p|"), ["layout: post|", "layout: page|"]);
        assert_eq!(within("tags: [docker, y|]"), ["tags: [docker, \"yes\"|]"]);
        assert_eq!(within("tags: [docker, d|]"), [""; 0], "docker is there");
        assert_eq!(within("tags: f|"), [""; 0], "words with spaces between are tags of their own");
        assert_eq!(within("tags:\n- fr|"), ["tags:\n- free software|"]);
        assert_eq!(within("categories: di|"), ["categories: diary|"]);
        assert_eq!(within("published: f|"), ["published: false|"]);
        assert_eq!(within("date: 2|"), [""; 0]);
    }
}
