//! A post that Jekyll leaves out although its front matter does not ask for that.
//! Rules: `post/site_files.rs`, and `published` in the defaults of the site's settings.

use super::{Check, Checked};
use crate::post::file_name::special_folder;
use crate::text::{Diagnostic, Severity};

/// See the file's head.
pub(super) const CHECK: Check = Check {
    code: "post-left-out",
    title: "Post that is left out",
    reason: "Jekyll does not say which posts it leaves out.",
    severity: Severity::Note,
    fixable: false,
    run,
};

fn run(checked: &Checked<'_>) -> Vec<Diagnostic> {
    let (post, settings) = (checked.input.site_post, checked.input.settings);
    let path = &post.file_name.path;
    if special_folder(path).is_none() {
        return Vec::new();
    }
    let own = checked.input.post.front_matter.entry("published").is_some();
    let reason = match settings.files.left_out(path, &settings.collections_dir) {
        Some(left_out) => left_out.reason(),
        None if !post.front_matter.published && !settings.unpublished && !own => {
            "The site's defaults say that it is not published.".to_owned()
        }
        None => return Vec::new(),
    };
    vec![CHECK.diagnostic(checked.front_line(), ["Jekyll does not publish this. ", &reason].concat())]
}

#[cfg(test)]
mod tests {
    use crate::checks::testing::Case;
    use crate::post::site;

    #[test]
    fn a_post_may_be_left_out() {
        let text = "---\ntitle: A\n---\n";
        let settings = || site::read("exclude: ['_posts/2013-*']").settings;
        for path in ["_wip/_posts/2014-12-08-a.md", "_posts/2014-12-08-a.md~", "_posts/2013-12-08-a.md"] {
            Case::named("post-left-out", path, text).on(settings()).at(&["---"]);
        }
        for path in ["_posts/2014-12-08-a.md", "2013-12-08-a.md", "_drafts/a.md", "_wip/a.md"] {
            Case::named("post-left-out", path, text).on(settings()).at(&[]);
        }
        let hidden = || site::read("defaults:\n- scope: {path: ''}\n  values: {published: false}").settings;
        Case::named("post-left-out", "_posts/2014-12-08-a.md", text).on(hidden()).at(&["---"]);
        let own = "---\npublished: false\n---\n";
        Case::named("post-left-out", "_posts/2014-12-08-a.md", own).on(hidden()).at(&[]);
    }
}
