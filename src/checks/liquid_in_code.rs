//! Liquid inside code, where it is probably not meant to run. Rule: `renderer.rb` of Jekyll runs Liquid over the whole
//! body before Markdown is read; code fences do not stop it, `raw` does.

use super::liquid_scan::LiquidPiece;
use super::{Check, Checked};
use crate::text::{Diagnostic, Fix, NameIndex, Severity, Span};

/// See the file's head. One diagnostic for each piece of code.
pub(super) const CHECK: Check = Check {
    code: "liquid-in-code",
    title: "Liquid that runs inside code",
    reason: "Jekyll runs Liquid before it reads Markdown, inside code too.",
    severity: Severity::Warning,
    fixable: true,
    run,
};

fn run(checked: &Checked<'_>) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    if checked.liquid.all.is_empty() {
        return diagnostics;
    }
    let all = &checked.liquid.all;
    let own = own_names(checked);
    let surprises = |liquid: &LiquidPiece<'_>| surprises(checked.body, liquid, &own);
    let within = |span: Span| {
        let from = all.partition_point(|liquid| liquid.span.start < span.start);
        let inside = all.get(from..).unwrap_or(&[]).iter().take_while(move |liquid| liquid.span.start < span.end);
        inside.copied()
    };
    for code in &checked.code {
        let Some(first) = within(code.span).find(surprises) else { continue };
        let mut diagnostic = report(checked, first);
        diagnostic.fix = wrap(checked, code.span, code.block);
        diagnostics.push(diagnostic);
    }
    for (open, close) in &checked.liquid.highlights {
        let content = Span::new(open.span.end, close.span.start);
        let Some(first) = within(content).find(surprises) else { continue };
        let mut diagnostic = report(checked, first);
        diagnostic.fix = put_around(checked, content, "", "");
        diagnostics.push(diagnostic);
    }
    diagnostics
}

/// The names that the post itself gives values to: they are written into code on purpose.
fn own_names(checked: &Checked<'_>) -> NameIndex {
    let named = checked.liquid.all.iter().filter(|liquid| matches!(liquid.name, "assign" | "capture" | "for"));
    let name = |liquid: &LiquidPiece<'_>| {
        let source = liquid.span.of(checked.body);
        let rest = source.split_once(liquid.name)?.1.trim_start();
        Some(root(rest))
    };
    let mut own = NameIndex::default();
    for name in named.filter_map(name).filter(|name| !name.is_empty()) {
        own.insert(name, 0);
    }
    own
}

/// The name at the beginning of an expression.
fn root(expression: &str) -> &str {
    let end = expression.find(|c: char| !c.is_alphanumeric() && !matches!(c, '_' | '-'));
    expression.get(..end.unwrap_or(expression.len())).unwrap_or("")
}

/// Whether Liquid was probably not meant to run there: includes, and values of the site and the page, are put into code
/// on purpose.
fn surprises(body: &str, liquid: &LiquidPiece<'_>, own: &NameIndex) -> bool {
    if !liquid.name.is_empty() {
        let name = liquid.name;
        let meant = name.starts_with("include")
            || matches!(name, "raw" | "endraw" | "comment" | "endcomment" | "link" | "post_url")
            || matches!(name, "highlight" | "endhighlight");
        return !meant;
    }
    let source = liquid.span.of(body);
    let inner = source.trim_start_matches(['{', '-']).trim_start();
    !["site.", "page.", "include.", "'", "\""].iter().any(|known| inner.starts_with(known))
        && own.get(root(inner)).is_none()
}

fn report(checked: &Checked<'_>, liquid: LiquidPiece<'_>) -> Diagnostic {
    let span = checked.first_line(liquid.span);
    let what =
        if liquid.name.is_empty() { "is replaced by its value, most likely by nothing" } else { "is carried out" };
    let message =
        ["Liquid runs inside code too: this ", what, ". Put the code between {% raw %} and {% endraw %}."].concat();
    checked.diagnostic(&CHECK, span, message)
}

/// Puts `raw` around code: around the marks of code within a line, on lines of their own around a block. Only for
/// blocks without indentation, because in a list such lines would end the item.
fn wrap(checked: &Checked<'_>, span: Span, block: bool) -> Option<Fix> {
    let body = checked.body;
    if !block {
        return put_around(checked, span, "", "");
    }
    let source = span.of(body);
    if !source.starts_with(['`', '~']) || !(span.start == 0 || body.get(..span.start)?.ends_with('\n')) {
        return None;
    }
    put_around(checked, span, "\n", if source.ends_with('\n') { "\n" } else { "" })
}

fn put_around(checked: &Checked<'_>, span: Span, before: &str, after: &str) -> Option<Fix> {
    let source = span.of(checked.body);
    if source.contains("endraw") || source.contains("{% raw") {
        return None;
    }
    let gap = if before.is_empty() || source.ends_with('\n') { "" } else { "\n" };
    let new = ["{% raw %}", before, source, gap, "{% endraw %}", after].concat();
    checked.fix("Keep Liquid out of it", span, new)
}

#[cfg(test)]
mod tests {
    use crate::checks::testing::{Case, none};

    #[test]
    fn liquid_runs_in_code() {
        Case::new("liquid-in-code", "a\n\n```yaml\nkey: ${{ secrets.KEY }}\n```\n\nb\n")
            .at(&["{{ secrets.KEY }}"])
            .fixed("a\n\n{% raw %}\n```yaml\nkey: ${{ secrets.KEY }}\n```\n{% endraw %}\n\nb\n");
        Case::new("liquid-in-code", "Write `{{ x }}` or `{% if %}`.\n")
            .at(&["{{ x }}", "{% if %}"])
            .fixed("Write {% raw %}`{{ x }}`{% endraw %} or `{% if %}`.\n");
        Case::new("liquid-in-code", "{% highlight c %}\n{{ x }}\n{% endhighlight %}\n")
            .at(&["{{ x }}"])
            .fixed("{% highlight c %}{% raw %}\n{{ x }}\n{% endraw %}{% endhighlight %}\n");
        none(
            "liquid-in-code",
            &[
                "    a line{% comment %}not shown{% endcomment %}\n",
                "{{ x }} `a`\n",
                "{% raw %}\n```\n{{ x }}\n```\n{% endraw %}\n",
                "```\n{% include a.c %}\n{{ site.url }}\n```\n",
                "{% assign last = site.data.releases.first %}\n```\n{{ last.size }}\n```\n",
                "{% highlight c %}\nint a;\n{% endhighlight %}\n",
                "---\nrender_with_liquid: false\n---\n`{{ x }}`\n",
            ],
        );
    }
}
