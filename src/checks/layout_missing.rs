//! No layout: the post is published without the site's header and footer unless the site's defaults give one.
//! Rule: `place_in_layout?` in Jekyll's `convertible.rb` and `frontmatter_defaults.rb`.

use super::{Check, Checked};
use crate::post::edit::{self, EditValue};
use crate::text::{Diagnostic, Fix, Severity};

/// See the file's head.
pub(super) const CHECK: Check = Check {
    code: "layout-missing",
    title: "No layout",
    reason: "Without a layout, the post is published as a bare fragment of HTML.",
    severity: Severity::Note,
    fixable: true,
    run,
};

/// Plugins that give posts a layout: the plugin itself, and the one of GitHub Pages, which has it on.
const LAYOUT_PLUGINS: [&str; 2] = ["jekyll-default-layout", "github-pages"];

fn run(checked: &Checked<'_>) -> Vec<Diagnostic> {
    let Some(front) = checked.front() else { return Vec::new() };
    // What the defaults of a site are that is not known, or what a page gets, is not known either.
    if !checked.input.settings.given || !checked.input.post.file_name.is_post() {
        return Vec::new();
    }
    if front.entry("layout").is_some() || checked.input.given_keys.iter().any(|key| key == "layout") {
        return Vec::new();
    }
    if checked.input.settings.plugins.iter().any(|name| LAYOUT_PLUGINS.contains(&name.as_str())) {
        return Vec::new();
    }
    let message = "The post names no layout, and the site's settings give it none: Jekyll publishes the bare text, without header, style and menu. (GitHub Pages gives it one.)";
    let mut diagnostic = CHECK.diagnostic(checked.front_line(), message);
    diagnostic.fix = edit::set(checked.input.text, "layout", &EditValue::Text("post".to_owned()))
        .map(|edit| Fix { label: "Add `layout: post`".to_owned(), edit });
    vec![diagnostic]
}

#[cfg(test)]
mod tests {
    use crate::checks::testing::{Case, none};

    #[test]
    fn a_layout_may_be_missing() {
        let text = "---\ntitle: x\n---\ny";
        let site = |config: &str| crate::post::site::read(config).settings;
        let fixed = "---\ntitle: x\nlayout: post\n---\ny";
        Case::new("layout-missing", text).on(site("title: A")).at(&["---"]).fixed(fixed);
        Case::new("layout-missing", text).on(site("plugins: [jekyll-default-layout]")).at(&[]);
        Case::named("layout-missing", "docs/a.md", text).on(site("title: A")).at(&[]);
        for good in ["---\nlayout: none\n---\n", "---\nlayout:\n---\n", "no front matter"] {
            Case::new("layout-missing", good).on(site("title: A")).at(&[]);
        }
        // A site of which nothing is known.
        none("layout-missing", &[text]);
    }
}
