//! Completion within a Liquid tag: its name, and the file that it names. In: the line of the caret. Out: candidates.
//! Neighbours: `mod.rs`. Rules: Jekyll's tags post_url, link, include and include_relative.

use super::{Candidate, CompletionNames, CompletionPlace, LineAtCaret};
use crate::post::file_name::special_folder;

/// The tags of Jekyll and Liquid that writers use in posts.
const TAGS: [(&str, &str); 14] = [
    ("post_url", "the address of a post"),
    ("link", "the address of a file"),
    ("include", "a file of _includes"),
    ("include_relative", "a file beside this one"),
    ("highlight", "code in colours"),
    ("endhighlight", "the end of it"),
    ("raw", "text without Liquid"),
    ("endraw", "the end of it"),
    ("if", "if something holds"),
    ("endif", "the end of it"),
    ("for", "for each of a list"),
    ("endfor", "the end of it"),
    ("assign", "a variable"),
    ("comment", "text that is left out"),
];

pub(super) fn place(line: &LineAtCaret<'_>, known: &dyn CompletionNames) -> Option<CompletionPlace> {
    let before = line.before_caret();
    let open = before.rfind("{%")?;
    let inside = before.get(open + 2..)?;
    if inside.contains("%}") {
        return None;
    }
    let written = inside.trim_start_matches('-').trim_start();
    let start = line.caret - written.len();
    let Some((tag, value)) = written.split_once(char::is_whitespace) else {
        let of = |&(name, detail): &(&str, &str)| Candidate {
            label: name.to_owned(),
            detail: detail.to_owned(),
            insert: name.to_owned(),
        };
        return Some(CompletionPlace { start, letters: 1, candidates: TAGS.iter().map(of).collect() });
    };
    let value = value.trim_start();
    if value.contains(char::is_whitespace) {
        return None;
    }
    let files = known.files();
    let names: Vec<&str> = files.iter().filter_map(|path| named(tag, path)).collect();
    let end = if line.after_caret().contains("%}") { "" } else { " %}" };
    let of = |name: &str| Candidate { label: name.to_owned(), detail: String::new(), insert: [name, end].concat() };
    Some(CompletionPlace {
        start: line.caret - value.len(),
        letters: 0,
        candidates: names.into_iter().map(of).collect(),
    })
}

/// How a tag names a file of the site; `None` where it cannot.
fn named<'p>(tag: &str, path: &'p str) -> Option<&'p str> {
    match tag {
        "post_url" if special_folder(path) == Some("_posts") => {
            let name = path.strip_prefix("_posts/").or_else(|| path.rsplit('/').next())?;
            name.rsplit_once('.').map(|(stem, _)| stem)
        }
        "link" => {
            let hidden = ["_layouts/", "_includes/", "_data/", "_sass/", "_config"];
            (!hidden.iter().any(|folder| path.starts_with(folder))).then_some(path)
        }
        "include" => path.strip_prefix("_includes/"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::{KnownNames, completed};

    fn known() -> KnownNames {
        let files = ["_posts/2020-01-01-one.md", "_includes/figure.html", "_layouts/post.html", "about.md"];
        KnownNames { files: files.map(str::to_owned).to_vec(), ..KnownNames::default() }
    }

    #[test]
    fn a_tag_is_completed_by_its_name() {
        assert_eq!(completed("{% po|", &known(), false), ["{% post_url|"]);
        assert_eq!(completed("{%- inc| -%}", &known(), false), ["{%- include| -%}", "{%- include_relative| -%}"]);
        assert_eq!(completed("{% raw %} po|", &known(), true), [""; 0]);
    }

    #[test]
    fn files_are_named_as_the_tag_names_them() {
        assert_eq!(completed("{% post_url on|", &known(), false), ["{% post_url 2020-01-01-one %}|"]);
        assert_eq!(completed("{% include | %}", &known(), false), ["{% include figure.html| %}"]);
        assert_eq!(
            completed("[a]({% link |", &known(), false),
            ["[a]({% link _posts/2020-01-01-one.md %}|", "[a]({% link about.md %}|"]
        );
        assert_eq!(completed("{% include figure.html alt|", &known(), true), [""; 0]);
    }
}
