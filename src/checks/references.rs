//! References to links that nothing defines, and definitions that nothing refers to.
//! Rule: kramdown's `link.rb`: `[text][id]` without a definition stays text; a definition shows nothing by itself.

use super::checked::Prose;
use super::liquid_scan;
use super::{Check, Checked};
use crate::text::{Diagnostic, NameIndex, Severity, Span};

/// `[text][id]`, `[text][]` and `[^note]` that stayed text.
pub(super) const UNDEFINED: Check = Check {
    code: "reference-undefined",
    title: "Reference without definition",
    reason: "kramdown shows a reference that nothing defines as text, brackets included.",
    severity: Severity::Warning,
    fixable: false,
    run: undefined,
};

fn undefined(checked: &Checked<'_>) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    // What is included may define it.
    if checked.liquid.all.iter().any(|liquid| liquid_scan::brings_text(liquid.name)) {
        return diagnostics;
    }
    let mut links = checked.marks("][").filter_map(|(prose, middle)| undefined_link(checked, prose, middle)).peekable();
    if links.peek().is_some() {
        // What is defined is no link for another reason, a `|` before it perhaps.
        let mut defined = NameIndex::default();
        for definition in definitions(checked) {
            defined.insert(&normal(definition.id), 0);
        }
        diagnostics.extend(links.filter(|(id, _)| defined.get(&normal(id)).is_none()).map(|(_, found)| found));
    }
    if checked.is_jekyll() {
        for (prose, open) in checked.marks("[^") {
            diagnostics.extend(undefined_footnote(checked, prose, open));
        }
    }
    diagnostics
}

/// The brackets that meet at `middle` of a run of text: what they refer to, and that it is not defined.
fn undefined_link<'t>(checked: &Checked<'t>, prose: Prose, middle: usize) -> Option<(&'t str, Diagnostic)> {
    let text = prose.span.of(checked.body);
    let (open, close) = brackets(text, middle)?;
    // `a[i][j]` is no reference, and neither are more than two pairs, as in the lines of a log.
    let before = text.get(..open).and_then(|before| before.chars().next_back());
    let chain = text.get(..open).is_some_and(|before| before.trim_end_matches(' ').ends_with(']'));
    let joined =
        chain || before.is_some_and(|c| c.is_alphanumeric() || matches!(c, ']' | ')' | '_' | '\\' | '$' | '@'));
    let after = text.as_bytes().get(close + 1);
    let content = text.get(open + 1..middle).unwrap_or("");
    let id = text.get(middle + 2..close).unwrap_or("");
    let words = content.chars().filter(|c| c.is_alphabetic()).count() > 2;
    let code = |c: char| matches!(c, '=' | ';' | '$' | '"' | '\\');
    if prose.in_link || joined || matches!(after, Some(b'[' | b'=')) || !words {
        return None;
    }
    if content.contains(code) || id.contains(code) {
        return None;
    }
    let id = if id.trim().is_empty() { content } else { id };
    let span = Span::new(prose.span.start + open, prose.span.start + close + 1);
    let message = ["Nothing defines “", id, "”, so this stays text. Add a line `[", id, "]: address`."].concat();
    Some((id, checked.diagnostic(&UNDEFINED, span, message)))
}

/// The `[^` at `open` of a run of text.
fn undefined_footnote(checked: &Checked<'_>, prose: Prose, open: usize) -> Option<Diagnostic> {
    let text = prose.span.of(checked.body);
    let rest = text.get(open + 2..).unwrap_or("");
    let length = rest.find(|c: char| !c.is_alphanumeric() && !matches!(c, '_' | '-' | ':'))?;
    let name = rest.get(..length).unwrap_or("");
    if !rest.get(length..)?.starts_with(']')
        || name.is_empty()
        || checked.footnotes.get(name).is_some()
        || prose.in_link
    {
        return None;
    }
    // A character class is no footnote: `/[^a-z]/`.
    let start = prose.span.start + open;
    let before = checked.before(start).chars().next_back();
    if before.is_some_and(|c| matches!(c, '/' | '(' | '"' | '\'' | '\\' | '['))
        || name.contains("-z")
        || name.contains("-9")
    {
        return None;
    }
    let message = ["Nothing defines the footnote “", name, "”, so this stays text. Add a line `[^", name, "]: …`."];
    let span = Span::new(start, start + length + 3);
    Some(checked.diagnostic(&UNDEFINED, span, message.concat()))
}

/// The brackets around the two parts that meet at `middle`.
fn brackets(text: &str, middle: usize) -> Option<(usize, usize)> {
    // A reference is short; a longer search would take time.
    let before = text.as_bytes().get(middle.saturating_sub(200)..middle)?;
    let mut depth = 0;
    let open = before.iter().rposition(|&b| {
        match b {
            b']' => depth += 1,
            b'[' if depth == 0 => return true,
            b'[' => depth -= 1,
            _ => {}
        }
        false
    })?;
    let after = text.as_bytes().get(middle + 2..text.len().min(middle + 202))?;
    let close = memchr::memchr2(b']', b'[', after).filter(|&at| after.get(at) == Some(&b']'))?;
    Some((middle - before.len() + open, middle + 2 + close))
}

/// A definition that stands on a line of its own.
struct DefinitionLine<'t> {
    id: &'t str,
    address: &'t str,
    line: Span,
    /// From the beginning of the line to that of the next.
    whole: Span,
}

/// The definitions of links: lines of that form that became nothing.
fn definitions<'t>(checked: &Checked<'t>) -> Vec<DefinitionLine<'t>> {
    let body = checked.body;
    let mut out = Vec::new();
    for middle in memchr::memmem::find_iter(body.as_bytes(), b"]:") {
        let from = middle.saturating_sub(300);
        let start = body.as_bytes().get(from..middle).and_then(|before| memchr::memrchr(b'\n', before));
        let start = match start {
            Some(newline) => from + newline + 1,
            None if from == 0 => 0,
            None => continue,
        };
        let Some(before) = body.get(start..middle) else { continue };
        let indent = before.len() - before.trim_start_matches(' ').len();
        let after_marker = |rest: &str| after_list_marker(rest).map(|inner| before.len() - inner.len());
        let indent = before.get(indent..).filter(|_| indent < 4).and_then(after_marker).unwrap_or(indent);
        let is_item = before.get(..indent).is_some_and(|marker| !marker.trim().is_empty());
        let Some(id) = before.get(indent..).and_then(|rest| rest.strip_prefix('[')).filter(|_| is_item || indent < 4)
        else {
            continue;
        };
        let rest = body.get(middle + 2..).unwrap_or("");
        let length = rest.find('\n').unwrap_or(rest.len());
        let address = rest.get(..length).unwrap_or("").trim();
        // A definition that is used as a comment: `[//]: # (…)`.
        let comment = id.starts_with("//")
            || id.eq_ignore_ascii_case("comment")
            || address.starts_with(['#', '('])
            || address.starts_with("<>");
        if id.is_empty() || id.starts_with('^') || id.contains([']', '[']) || address.is_empty() || comment {
            continue;
        }
        let open = start + indent;
        if checked.is_leaf(open) || checked.is_opaque(open) || checked.code_at(open).is_some_and(|code| code.block) {
            continue;
        }
        let end = middle + 2 + length;
        let whole = Span::new(start, (end + 1).min(body.len()));
        out.push(DefinitionLine { id, address, line: Span::new(open, end), whole });
    }
    out
}

/// What follows the marker of a list item.
fn after_list_marker(line: &str) -> Option<&str> {
    let digits = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let rest = match line.strip_prefix(['-', '*', '+']) {
        Some(rest) => rest,
        None => digits.strip_prefix('.').filter(|_| digits.len() < line.len())?,
    };
    let inner = rest.trim_start_matches(' ');
    (1..=3).contains(&(rest.len() - inner.len())).then_some(inner)
}

/// Definitions that no link or image refers to.
pub(super) const UNUSED: Check = Check {
    code: "definition-unused",
    title: "Unused link definition",
    reason: "A definition shows nothing by itself, even where it was meant as text.",
    severity: Severity::Warning,
    fixable: true,
    run: unused,
};

fn unused(checked: &Checked<'_>) -> Vec<Diagnostic> {
    let definitions = definitions(checked);
    if definitions.is_empty() || !checked.is_jekyll() || checked.has_unseen() {
        return Vec::new();
    }
    let mut used = NameIndex::default();
    let mut note = |id: &str| {
        used.insert(&normal(id), 0);
    };
    for link in &checked.links {
        let source = link.span.of(checked.body);
        let Some(inner) = source.strip_suffix(']') else { continue };
        let inner = inner.strip_prefix('!').unwrap_or(inner);
        if let Some(id) = inner.strip_prefix('[') {
            note(id);
        }
        if let Some(open) = inner.rfind('[') {
            note(inner.get(open + 1..).unwrap_or(""));
            let text =
                inner.get(..open).unwrap_or("").trim_end().strip_suffix(']').and_then(|text| text.strip_prefix('['));
            if let Some(text) = text {
                note(text);
            }
        }
    }
    // What Liquid's blocks wrap may refer to any of them.
    for block in &checked.liquid.opaque {
        let brackets = block.of(checked.body).split('[').skip(1);
        for (id, _) in brackets.filter_map(|rest| rest.split_once(']')) {
            note(id);
        }
    }
    let mut diagnostics = Vec::new();
    for definition in &definitions {
        if used.get(&normal(definition.id)).is_some() {
            continue;
        }
        if is_sentence(definition.address) {
            let message = "Jekyll takes this line for the definition of a link, and shows nothing of it. Write `\\[` at its beginning if it is text.";
            let mut diagnostic = checked.diagnostic(&UNUSED, definition.line, message);
            diagnostic.fix = checked.fix("Show it as text", Span::at(definition.line.start), "\\".to_owned());
            diagnostics.push(diagnostic);
            continue;
        }
        let message = ["No link refers to “", definition.id, "”."].concat();
        let mut diagnostic = checked.diagnostic(&UNUSED, definition.line, message);
        diagnostic.severity = Severity::Note;
        if stands_alone(checked.body, definition.whole) {
            diagnostic.fix = checked.fix("Remove the line", definition.whole, String::new());
        }
        diagnostics.push(diagnostic);
    }
    diagnostics
}

/// Whether what stands in the place of an address is text: words with spaces, and no title after them.
fn is_sentence(address: &str) -> bool {
    address.contains(' ')
        && !address.contains("://")
        && !address.ends_with(['"', '\'', '>', ')'])
        && !address.starts_with(['/', '.', '<', '{'])
}

/// Whether a line can be removed without joining the lines around it.
fn stands_alone(body: &str, line: Span) -> bool {
    let blank_or_definition =
        |line: &str| line.trim().is_empty() || (line.trim_start().starts_with('[') && line.contains("]:"));
    let before = body.get(..line.start).unwrap_or("");
    let before = before.strip_suffix('\n').unwrap_or(before).rsplit('\n').next().unwrap_or("");
    let after = body.get(line.end..).unwrap_or("").split('\n').next().unwrap_or("");
    blank_or_definition(before) && blank_or_definition(after)
}

/// An id as kramdown compares it (`normalize_link_id`): one space for white space, capitals small.
fn normal(id: &str) -> String {
    let mut out = String::with_capacity(id.len());
    for word in id.split(|c: char| c.is_ascii_whitespace()).filter(|word| !word.is_empty()) {
        if !out.is_empty() {
            out.push(' ');
        }
        out.extend(word.chars().flat_map(char::to_lowercase));
    }
    out
}

#[cfg(test)]
mod tests {
    use crate::checks::testing::{Case, none};

    #[test]
    fn a_reference_has_a_definition() {
        Case::new("reference-undefined", "see [the text][nope] and [other words][] and a note[^1]\n").at(&[
            "[the text][nope]",
            "[other words][]",
            "[^1]",
        ]);
        none(
            "reference-undefined",
            &[
                "see [the text][a] and [a][] and [a] and [b]\n\n[a]: http://a.example\n",
                "matrix[row][col] and array[0][1], `[some text][x]`\n",
                "the [site | home][1] here\n\n [1]: http://a.example\n",
                "[2030-08-30][WARN ][slow.query] [node-0] [index6][0] took[8ms]\n",
                "note[^1] and /[^abc]/ and [^a-z]\n\n[^1]: x\n",
                "see [the text][nope]\n\n{% include links.md %}\n",
                "see [the text][nope] {% defined_by_a_plugin %}\n",
                "see [the text][a]\n\n{% highlight c %}\nx\n{% endhighlight %}\n[a]: http://a.example\n",
                "<div>[the text][nope]</div>\n",
            ],
        );
    }

    #[test]
    fn a_definition_is_used() {
        Case::new("definition-unused", "[a]\n\n[a]: http://a.example\n[b]: http://b.example \"t\"\n")
            .at(&["[b]: http://b.example \"t\""])
            .fixed("[a]\n\n[a]: http://a.example\n");
        Case::new("definition-unused", "a\n\n[UPDATE]: this was mended.\n")
            .at(&["[UPDATE]: this was mended."])
            .fixed("a\n\n\\[UPDATE]: this was mended.\n");
        Case::new("definition-unused", "- [the first]: what it is about\n- [x]\n\n[x]: http://a.example\n")
            .at(&["[the first]: what it is about"])
            .fixed("- \\[the first]: what it is about\n- [x]\n\n[x]: http://a.example\n");
        none(
            "definition-unused",
            &[
                "[The\nText][A b] [c][], ![d], [![e][f]][g]\n\n[a B]: x\n[C]: x\n[d]: x\n[f]: x\n[g]: x\n",
                "```\n[a]: http://a.example\n```\n",
                "[//]: # (a comment)\n\n[^1]: x\n",
                "{% include a.html %}\n\n[a]: b\n",
            ],
        );
    }
}
