//! Liquid's tags, found by their marks alone. In: a body. Out: where tags and outputs stand, and what they wrap.
//! Neighbours: `liquid_in_code.rs` reports; `checked.rs` removes what only a tag uses from the prose. Errors in a
//! tag are reported by `liquid/`, which runs it.
//!
//! The rule is the tokenizer of Liquid 4 (`liquid.rb`, `TemplateParser`): a tag goes on to the next `%}`, an output to
//! the next `}`. No markup is read.

use crate::text::{NameIndex, Span};

/// A tag or an output.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct LiquidPiece<'t> {
    /// The tag's name; empty for an output.
    pub name: &'t str,
    /// The whole of it, in bytes of the body.
    pub span: Span,
}

/// The Liquid in a body.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct LiquidScan<'t> {
    /// All tags and outputs that run, in order; none of those within `raw` and `comment`.
    pub all: Vec<LiquidPiece<'t>>,
    /// From the opening to the closing tag of blocks whose content is not the post's prose: `highlight`, `comment`,
    /// blocks of plugins. In order, none within another.
    pub opaque: Vec<Span>,
    /// Those of them that are `highlight`.
    pub highlights: Vec<(LiquidPiece<'t>, LiquidPiece<'t>)>,
}

/// Blocks of Liquid and Jekyll.
const BLOCKS: [&str; 10] =
    ["if", "unless", "case", "for", "tablerow", "capture", "ifchanged", "highlight", "comment", "raw"];

/// Tags of Liquid, Jekyll, and the plugins that GitHub Pages has.
const TAGS: [&str; 22] = [
    "assign",
    "break",
    "continue",
    "cycle",
    "decrement",
    "echo",
    "else",
    "elsif",
    "increment",
    "include",
    "include_cached",
    "include_relative",
    "liquid",
    "link",
    "post_url",
    "render",
    "when",
    "avatar",
    "feed_meta",
    "gist",
    "github_edit_link",
    "seo",
];

/// Whether Jekyll, without plugins of the site, knows a tag of that name.
pub(super) fn is_known(name: &str) -> bool {
    BLOCKS.contains(&name) || TAGS.contains(&name) || name.strip_prefix("end").is_some_and(|n| BLOCKS.contains(&n))
}

/// Whether a tag of that name brings nothing to the page by itself; an output has no name, and brings something.
pub(super) fn is_control(name: &str) -> bool {
    let own = name.strip_prefix("end").unwrap_or(name);
    matches!(own, "assign" | "break" | "capture" | "case" | "comment" | "continue" | "decrement" | "else" | "elsif")
        || matches!(own, "for" | "if" | "ifchanged" | "increment" | "raw" | "tablerow" | "unless" | "when")
}

/// Whether a tag of that name may bring text of another file, or of a plugin.
pub(super) fn brings_text(name: &str) -> bool {
    name.starts_with("include") || name == "render" || !name.is_empty() && !is_known(name)
}

/// Scans `body`, once.
pub(super) fn scan(body: &str) -> LiquidScan<'_> {
    let mut scan = LiquidScan::default();
    tokens(body, &mut scan);
    pair(&mut scan);
    scan
}

fn tokens<'t>(body: &'t str, scan: &mut LiquidScan<'t>) {
    let bytes = body.as_bytes();
    let find = |from: usize, mark: &str| {
        memchr::memmem::find(bytes.get(from..)?, mark.as_bytes()).map(|at| from + at + mark.len())
    };
    // Beyond these no such mark follows.
    let (mut tags_end, mut outputs_end) = (false, false);
    let mut at = 0;
    while let Some(open) = bytes.get(at..).and_then(|rest| memchr::memchr(b'{', rest)).map(|found| at + found) {
        at = open + 1;
        let (tag, end) = match bytes.get(at) {
            Some(b'%') => (true, if tags_end { None } else { find(open + 2, "%}") }),
            Some(b'{') => (false, if outputs_end { None } else { find(open + 2, "}") }),
            _ => continue,
        };
        let end = end.map(|end| if !tag && bytes.get(end) == Some(&b'}') { end + 1 } else { end });
        let Some(end) = end else {
            if tag {
                tags_end = true
            } else {
                outputs_end = true
            }
            at = open + 2;
            continue;
        };
        let span = Span::new(open, end);
        let source = span.of(body);
        if !tag {
            scan.all.push(LiquidPiece { name: "", span });
            at = end;
            continue;
        }
        let inner = source.get(2..source.len() - 2).unwrap_or("");
        let inner = inner.strip_prefix('-').unwrap_or(inner).trim_start();
        let name = inner.find(|c: char| !c.is_alphanumeric() && c != '_').map_or(inner, |stop| inner.split_at(stop).0);
        let liquid = LiquidPiece { name, span };
        scan.all.push(liquid);
        at = end;
        if let "raw" | "comment" = name {
            let ending = if name == "raw" { "endraw" } else { "endcomment" };
            // The end tag is found as the next token; where there is none, nothing that follows runs.
            at = block_end(body, at, ending).unwrap_or(body.len());
        }
    }
}

/// Where the tag called `ending` begins.
fn block_end(body: &str, from: usize, ending: &str) -> Option<usize> {
    let rest = body.as_bytes().get(from..)?;
    memchr::memmem::find_iter(rest, ending.as_bytes()).map(|at| from + at).find_map(|at| {
        let before = body.get(from..at)?.trim_end();
        let before = before.strip_suffix('-').unwrap_or(before);
        before.ends_with("{%").then_some(from + before.len() - 2)
    })
}

fn pair(scan: &mut LiquidScan<'_>) {
    let mut ends = NameIndex::default();
    for name in scan.all.iter().filter_map(|liquid| liquid.name.strip_prefix("end")) {
        ends.insert(name, 0);
    }
    let mut open: Vec<LiquidPiece<'_>> = Vec::new();
    // How many blocks of plugins, comments and highlights are open.
    for liquid in &scan.all {
        if liquid.name.is_empty() {
            continue;
        }
        let Some(name) = liquid.name.strip_prefix("end").filter(|name| !name.is_empty()) else {
            if BLOCKS.contains(&liquid.name) || (!is_known(liquid.name) && ends.get(liquid.name).is_some()) {
                open.push(*liquid);
            }
            continue;
        };
        // Looks only a few levels up, so that many end tags take little time.
        let depth = open.iter().rev().take(50).position(|opener| opener.name == name);
        let Some(depth) = depth else { continue };
        open.truncate(open.len() - depth);
        let Some(opener) = open.pop() else { continue };
        if name == "highlight" {
            scan.highlights.push((opener, *liquid));
        }
        if matches!(name, "highlight" | "comment") || !BLOCKS.contains(&name) {
            let span = Span::new(opener.span.start, liquid.span.end);
            // What it holds is in it.
            while scan.opaque.last().is_some_and(|last| last.start >= span.start) {
                scan.opaque.pop();
            }
            scan.opaque.push(span);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(body: &str) -> Vec<&str> {
        scan(body).all.iter().map(|liquid| liquid.name).collect()
    }

    #[test]
    fn tags_and_outputs_are_found_but_not_those_that_do_not_run() {
        assert_eq!(names("{% if a %}{{ b }}{%- endif -%} {x} {"), ["if", "", "endif"]);
        assert_eq!(names("{% raw %}{{ b }}{% x %}{% endraw %}{{ c }}"), ["raw", "endraw", ""]);
        assert_eq!(names("{% comment %}{% if %}{%- endcomment %}"), ["comment", "endcomment"]);
        assert_eq!(names("{% raw %} {{ never closed"), ["raw"]);
    }

    #[test]
    fn what_does_not_pair_is_left_to_others() {
        let body = "{% highlight c %}{% if %}x{% endhighlight %}{% endbox %}{{ a } {% highlight c %}";
        let scan = scan(body);
        assert_eq!((scan.opaque.len(), scan.highlights.len()), (1, 1));
        assert!(scan.opaque[0].of(body).ends_with("{% endhighlight %}"));
    }

    #[test]
    fn blocks_with_content_of_their_own_are_opaque() {
        let body = "{% highlight sh %}# a{% endhighlight %} {% if a %}b{% endif %}{% box %}{% highlight c %}c{% endhighlight %}{% endbox %}";
        let scan = scan(body);
        assert_eq!(scan.highlights.len(), 2);
        let opaque: Vec<&str> = scan.opaque.iter().map(|span| span.of(body)).collect();
        assert_eq!(opaque.len(), 2);
        assert!(opaque[0].ends_with("{% endhighlight %}") && opaque[1].starts_with("{% box %}"));
    }
}
