//! Code in a language that the highlighter does not know, as it is written there. Rule: Rouge's `Lexer.find_fancy`.
//! kramdown takes a name as it is written; the tag `highlight` takes it in lower case.

use super::{Check, Checked};
use crate::code::names;
use crate::markdown::event::{Event, Tag};
use crate::text::{Diagnostic, Severity, Span, is_near};

/// See the file's head.
pub(super) const CHECK: Check = Check {
    code: "language-unknown",
    title: "Unknown language of code",
    reason: "Code in a language that Rouge does not know has no colours, and case counts: `python`, not `Python`.",
    severity: Severity::Note,
    fixable: true,
    run,
};

/// Names that are written to have no colours, or for a script of the site.
const MEANT: [&str; 29] = [
    "abc",
    "ascii",
    "bnf",
    "chart",
    "chartjs",
    "ebnf",
    "echarts",
    "flowchart",
    "geojson",
    "glob",
    "graphviz",
    "log",
    "math",
    "mermaid",
    "no-highlight",
    "nohighlight",
    "none",
    "output",
    "plain",
    "plantuml",
    "raw",
    "sequence",
    "stl",
    "tikz",
    "topojson",
    "txt",
    "vega",
    "vega-lite",
    "wavedrom",
];

/// For so many names the nearest one is looked for.
const LOOKED_UP: usize = 20;

fn run(checked: &Checked<'_>) -> Vec<Diagnostic> {
    let (mut diagnostics, mut nearest) = (Vec::new(), Nearest::default());
    if !checked.is_jekyll() {
        return diagnostics;
    }
    let kramdown = &checked.input.options.kramdown;
    if kramdown.syntax_highlighter == "rouge" && !kramdown.code(true).is_some_and(|code| code.disable) {
        for item in checked.input.items {
            if let Event::Start(Tag::CodeBlock(Some(info)), _) = &item.event
                && !checked.is_opaque(item.span.start)
            {
                let line = checked.first_line(item.span);
                let name = info.split('?').next().unwrap_or("");
                let at = line.of(checked.body).rfind(&**info).map(|at| line.start + at);
                diagnostics.extend(at.and_then(|at| report(checked, name, at, &mut nearest)));
            }
        }
    }
    if checked.input.settings.markdown.highlights_tag() {
        for (open, _) in &checked.liquid.highlights {
            let source = open.span.of(checked.body);
            let Some((before, rest)) = source.split_once("highlight") else { continue };
            let gap = rest.len() - rest.trim_start().len();
            let name = rest.split_ascii_whitespace().next().unwrap_or("");
            if !names::is_known(&name.to_lowercase()) {
                let at = open.span.start + before.len() + "highlight".len() + gap;
                diagnostics.extend(report(checked, name, at, &mut nearest));
            }
        }
    }
    diagnostics
}

/// The diagnostic of the name at byte `at` of the body, if it is unknown.
fn report<'t>(checked: &Checked<'t>, name: &'t str, at: usize, nearest: &mut Nearest<'t>) -> Option<Diagnostic> {
    let is_name = name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name.len() <= 30
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+#_-".contains(&byte));
    if !is_name || names::is_known(name) || MEANT.contains(&&*name.to_ascii_lowercase()) {
        return None;
    }
    let span = Span::new(at, at + name.len());
    let start = ["Rouge, which colours code in Jekyll, knows no language `", name, "`"].concat();
    let Some(known) = nearest.of(name) else {
        return Some(checked.diagnostic(&CHECK, span, [&start, ". This code has no colours."].concat()));
    };
    let mut diagnostic = checked.diagnostic(&CHECK, span, [&start, ". Is `", known, "` meant?"].concat());
    diagnostic.fix = checked.fix(&["Write `", known, "`"].concat(), span, known.to_owned());
    Some(diagnostic)
}

/// Names that were looked up, with the known name that was most likely meant.
#[derive(Default)]
struct Nearest<'t>(Vec<(&'t str, Option<&'static str>)>);

impl<'t> Nearest<'t> {
    fn of(&mut self, name: &'t str) -> Option<&'static str> {
        if let Some((_, found)) = self.0.iter().find(|(other, _)| *other == name) {
            return *found;
        }
        if self.0.len() >= LOOKED_UP {
            return None;
        }
        let lower = name.to_ascii_lowercase();
        let other_start = |known: &str| known.bytes().next() != lower.bytes().next();
        let found = names::all().filter(|known| *known == lower || is_near(name, known));
        let found = found.min_by_key(|known| (*known != lower, other_start(known), known.len().abs_diff(name.len())));
        self.0.push((name, found));
        found
    }
}

#[cfg(test)]
mod tests {
    use crate::checks::testing::{Case, none};
    use crate::post::site;

    const CODE: &str = "language-unknown";

    #[test]
    fn a_language_is_written_as_rouge_knows_it() {
        Case::new(CODE, "```Python\na\n```\n").at(&["Python"]).fixed("```python\na\n```\n");
        Case::new(CODE, "> ~~~ TypeScript\n> a\n> ~~~\n").at(&["TypeScript"]).fixed("> ~~~ typescript\n> a\n> ~~~\n");
        Case::new(CODE, "```javscript?a=b\na\n```\n").at(&["javscript"]).fixed("```javascript?a=b\na\n```\n");
        Case::new(CODE, "- ```pyhton\n  a\n  ```\n").at(&["pyhton"]).fixed("- ```python\n  a\n  ```\n");
        Case::new(CODE, "{% highlight Pyhton linenos %}\na\n{% endhighlight %}\n")
            .at(&["Pyhton"])
            .fixed("{% highlight python linenos %}\na\n{% endhighlight %}\n");
        Case::new(CODE, "```wordstar\na\n```\n").at(&["wordstar"]).unfixed();
        none(
            CODE,
            &[
                "```python\na\n```\n\n```c++\nb\n```\n",
                "{% highlight Python %}\na\n{% endhighlight %}\n",
                "```mermaid\na\n```\n\n```txt\na\n```\n\n```{r}\na\n```\n\n```a.py\nb\n```\n",
                "{% raw %}\n```\na\n```\n{% endraw %}\n\n`Python`\n",
                "{% highlight md %}\n```Python\n```\n{% endhighlight %}\n",
            ],
        );
    }

    #[test]
    fn the_tag_is_left_alone_where_no_highlighter_reads_it() {
        let off = site::read("highlighter: none\n").settings;
        let case = Case::new(CODE, "```Python\na\n```\n\n{% highlight pyhton %}\na\n{% endhighlight %}\n");
        case.on(off).at(&["Python"]);
    }
}
