//! What names a file of the site by its name: the tags `post_url` and `link`. In: a text, the old and the new path. Out:
//! the text with the new one. Neighbours: `renaming.rs` renames; `file_names.rs` has the names.

use crate::post::file_name::special_folder;

/// The text with the new name in all tags that have the old one; `None` where there are none. Paths are those from the
/// site's source on.
pub fn with_new_name(text: &str, from: &str, to: &str) -> Option<String> {
    let (old_post, new_post) = (post_name(from), post_name(to));
    let mut out = String::new();
    let mut copied = 0;
    for (start, _) in text.match_indices("{%") {
        let inside = text.get(start + 2..).and_then(|rest| rest.split_once("%}")).map_or("", |(inside, _)| inside);
        let mut words = inside.split_whitespace().filter(|word| *word != "-");
        let (Some(tag), Some(named), None | Some("-")) = (words.next(), words.next(), words.next()) else { continue };
        let renamed = match tag.trim_start_matches('-') {
            "link" if named.trim_start_matches('/') == from => to.to_owned(),
            "post_url" => {
                let (folder, name) = named.split_at(named.rfind('/').map_or(0, |slash| slash + 1));
                match (old_post, new_post) {
                    (Some(old), Some(new)) if name == old => [folder, new].concat(),
                    _ => continue,
                }
            }
            _ => continue,
        };
        // It is the last word of the tag.
        let at = start + 2 + inside.rfind(named).unwrap_or(0);
        out.push_str(text.get(copied..at).unwrap_or(""));
        out.push_str(&renamed);
        copied = at + named.len();
    }
    (copied > 0).then(|| [&out, text.get(copied..).unwrap_or("")].concat())
}

/// What `post_url` calls a post; `None` for what is none.
fn post_name(path: &str) -> Option<&str> {
    let name = path.rsplit('/').next().filter(|_| special_folder(path) == Some("_posts"))?;
    name.rsplit_once('.').map(|(stem, _)| stem)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_get_the_new_name() {
        let (from, to) = ("_posts/2014-12-08-first.md", "_posts/2015-01-02-second.md");
        let new = |text: &str| with_new_name(text, from, to);
        assert_eq!(
            new("[a]({% post_url 2014-12-08-first %}) {%- link _posts/2014-12-08-first.md -%} end"),
            Some("[a]({% post_url 2015-01-02-second %}) {%- link _posts/2015-01-02-second.md -%} end".to_owned())
        );
        assert_eq!(
            new("é {% post_url /cat/2014-12-08-first %}"),
            Some("é {% post_url /cat/2015-01-02-second %}".to_owned())
        );
        for text in [
            "",
            "post_url 2014-12-08-first",
            "{% post_url 2014-12-08-first-too %}",
            "{% link _posts/2014-12-08-first.markdown %}",
            "{% include 2014-12-08-first %}",
            "{% post_url",
            "{% post_url 2014-12-08-first more %}",
        ] {
            assert_eq!(new(text), None, "{text}");
        }
    }

    #[test]
    fn a_page_is_named_by_link_alone() {
        assert_eq!(
            with_new_name("{% link about.md %}", "about.md", "pages/me.md"),
            Some("{% link pages/me.md %}".to_owned())
        );
        assert_eq!(with_new_name("{% post_url about %}", "about.md", "me.md"), None);
        // A post that becomes a page is no post any more.
        assert_eq!(with_new_name("{% post_url 2014-12-08-a %}", "_posts/2014-12-08-a.md", "a.md"), None);
    }
}
