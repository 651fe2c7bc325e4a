//! Liquid's tags: blocks that are never closed, ends without a beginning, names that Jekyll does not know.
//! Rules: Liquid 4 stops on each of them, and so does the build; plugins of a site may add names.

use super::Checked;
use super::liquid_scan::{self, Problem};
use crate::text::{Diagnostic, Severity, Span};

/// Blocks, tags and outputs that are not closed.
pub(super) fn unclosed(checked: &Checked<'_>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for (liquid, problem) in &checked.liquid.problems {
        let name = liquid.name;
        let source = liquid.span.of(checked.body);
        let message = match problem {
            Problem::Unclosed => [
                "The block `",
                name,
                "` is never closed: `{% end",
                name,
                " %}` is missing. Jekyll stops with an error.",
            ]
            .concat(),
            Problem::Stray => {
                // The end of a block that a plugin may add, or of one that closed before.
                ["`", name, "` closes nothing: no such block is open here. Jekyll stops with an error."].concat()
            }
            Problem::Unterminated => {
                let closing = if source.starts_with("{%") { "%}" } else { "}}" };
                ["Liquid begins here and `", closing, "` is missing. Jekyll stops with an error. Around text that is no Liquid, put {% raw %} and {% endraw %}."].concat()
            }
        };
        found.push(checked.found("liquid-unclosed", Severity::Error, checked.first_line(liquid.span), message));
    }
    found
}

/// Names that only a plugin could know.
pub(super) fn unknown(checked: &Checked<'_>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let stray = |span: Span| checked.liquid.problems.binary_search_by_key(&span, |(liquid, _)| liquid.span).is_ok();
    for liquid in &checked.liquid.all {
        let name = liquid.name;
        if name.is_empty() || liquid_scan::is_known(name) {
            continue;
        }
        let nearest = liquid_scan::nearest(name);
        // The end of a plugin's block is told of at its beginning.
        if nearest.is_none() && name.starts_with("end") && !stray(liquid.span) {
            continue;
        }
        let mut message =
            ["Jekyll has no tag `", name, "`. Unless a plugin of the site adds it, Jekyll stops with an error."]
                .concat();
        let mut fix = None;
        let at = liquid.span.of(checked.body).find(name).map(|at| liquid.span.start + at);
        if let (Some(nearest), Some(at)) = (nearest, at) {
            message = ["Jekyll has no tag `", name, "`. Is `", &nearest, "` meant?"].concat();
            let label = ["Write `", &nearest, "`"].concat();
            fix = checked.fix(&label, Span::new(at, at + name.len()), nearest);
        }
        let mut diagnostic =
            checked.found("liquid-unknown", Severity::Warning, checked.first_line(liquid.span), message);
        diagnostic.fix = fix;
        found.push(diagnostic);
    }
    found
}

#[cfg(test)]
mod tests {
    use crate::checks::testing::{Case, none};

    #[test]
    fn blocks_are_closed() {
        Case::new("liquid-unclosed", "{% if a %}x\n").at(&["{% if a %}"]);
        Case::new("liquid-unclosed", "x {% endif %} {{ y\n").at(&["{% endif %}", "{{"]);
        none(
            "liquid-unclosed",
            &[
                "{% if a %}x{% endif %}{% include x.html %}",
                "{% raw %}{{ {% endraw %}",
                "---\nrender_with_liquid: false\n---\n{% if %}",
            ],
        );
    }

    #[test]
    fn tags_are_known() {
        Case::new("liquid-unknown", "{% box %}a{% endbox %}\n").at(&["{% box %}"]);
        Case::new("liquid-unknown", "{% inlcude a.html %}\n")
            .at(&["{% inlcude a.html %}"])
            .fixed("{% include a.html %}\n");
        Case::new("liquid-unknown", "{% highlight c %}{% endhightlight %}\n")
            .at(&["{% endhightlight %}"])
            .fixed("{% highlight c %}{% endhighlight %}\n");
        none(
            "liquid-unknown",
            &["{% gist 1 %}{% for a in b %}{% else %}{% endfor %}{{ x }}", "{% raw %}{% box %}{% endraw %}"],
        );
    }
}
