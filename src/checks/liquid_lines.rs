//! Lines with nothing but Liquid, as Markdown gets them. In: a body and its tags. Out: a text of the same length for
//! the parser, so that all places stay. Neighbours: `liquid_scan.rs` finds the tags, `review.rs` parses.
//!
//! The checks read the body as it is written, because fixes are made there. After Liquid, a tag alone on a line is a
//! blank line or a block (`kramdown/chip_line.rs`). Read as text, it would join the lines around it.

use std::borrow::Cow;

use super::liquid_scan::{LiquidScan, is_control};
use crate::text::Span;

/// The body with such lines blanked; a line that Liquid replaces by content becomes kramdown's end-of-block marker.
pub(super) fn blanked<'b>(body: &'b str, liquid: &LiquidScan<'_>) -> Cow<'b, str> {
    let mut out = String::new();
    let mut at = 0;
    let (mut start, mut seen) = (0, 0);
    let mut tags = liquid.all.iter().peekable();
    while let Some(first) = tags.next() {
        // The line's beginning is looked for once, however many tags it has.
        if let Some(newline) = body.get(seen..first.span.start).and_then(|before| before.rfind('\n')) {
            start = seen + newline + 1;
        }
        seen = first.span.start;
        let indent = body.get(start..first.span.start).unwrap_or("");
        if start < at || indent.len() > 3 || !indent.bytes().all(|b| b == b' ') {
            continue;
        }
        // What else stands in the line.
        let mut end = first.span.end;
        let mut brings = !is_control(first.name);
        let mut rest = line_rest(body, end);
        while let Some(next) = tags.peek()
            && next.span.start < rest.end
            && rest.of(body).get(..next.span.start - rest.start).is_some_and(is_blank)
        {
            brings |= !is_control(next.name);
            end = next.span.end;
            rest = if end <= rest.end { Span::new(end, rest.end) } else { line_rest(body, end) };
            tags.next();
        }
        if !is_blank(rest.of(body)) {
            continue;
        }
        out.push_str(body.get(at..start).unwrap_or(""));
        for (index, b) in body.bytes().enumerate().take(end).skip(start) {
            out.push(match b {
                b'\n' => '\n',
                _ if index == start && brings => '^',
                _ => ' ',
            });
        }
        at = end;
    }
    if at == 0 {
        return Cow::Borrowed(body);
    }
    out.push_str(body.get(at..).unwrap_or(""));
    Cow::Owned(out)
}

/// From `at` to the end of its line.
fn line_rest(body: &str, at: usize) -> Span {
    let rest = body.as_bytes().get(at..).unwrap_or_default();
    Span::new(at, at + memchr::memchr(b'\n', rest).unwrap_or(rest.len()))
}

fn is_blank(text: &str) -> bool {
    text.bytes().all(|b| matches!(b, b' ' | b'\t' | b'\r'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::liquid_scan;

    fn of(body: &str) -> String {
        let out = blanked(body, &liquid_scan::scan(body)).into_owned();
        assert_eq!(out.len(), body.len());
        out
    }

    #[test]
    fn places_stay_where_they_are() {
        assert_eq!(of("a\n{% if x %}\nb {{ c }}\n"), "a\n          \nb {{ c }}\n");
        assert_eq!(of("{% include é.md %}\n[a]: /b\n"), "^                  \n[a]: /b\n");
        assert_eq!(of("  {{ a }} {% x %} \nb"), "^                 \nb");
        assert_eq!(of("{% include\n a.md %}\nb"), "^         \n        \nb");
        assert_eq!(of("a {{ b }}\n{{ c }} d\n    {{ e }}\n"), "a {{ b }}\n{{ c }} d\n    {{ e }}\n");
        assert_eq!(of("{% highlight c %}\nx\n{% endhighlight %}"), "^                \nx\n^                 ");
    }
}
