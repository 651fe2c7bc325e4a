//! What a host's JavaScript gets to know of a post, as plain objects. In: posts, diagnostics, headers. Out: JavaScript
//! values. Neighbours: `post/`, `checks/`, `markdown/outline.rs`; the element and `render.rs` hand these on.
//!
//! Every offset is in UTF-16 units of the whole text, zero-based, as a textarea counts; lines and columns are
//! one-based, columns in characters. Objects are made by `Object.fromEntries`, so that a key `__proto__` of a post is
//! only a key.

use js_sys::{Array, Object};
use serde_yaml::{Mapping, Value};
use wasm_bindgen::JsValue;

use crate::markdown::outline::Heading;
use crate::post::Post;
use crate::post::date::DateKind;
use crate::post::front_matter::Layout;
use crate::post::publication::{self, ExcerptSource, rfc3339};
use crate::post::publishing::{SiteSettings, Verdict};
use crate::post::split::SplitKind;
use crate::post::yaml::{Scalar, display};
use crate::text::{Diagnostic, Fix, LineIndex, SourceMap, Span, Utf16Index};

/// The largest whole number that JavaScript's numbers hold without a gap before it.
const MAX_SAFE: u64 = (1 << 53) - 1;

/// The front matter as a plain object; null where there is none, or where Jekyll cannot read it.
///
/// Dates of the top level are texts as ISO 8601 has them, whole numbers beyond 2^53 are texts, keys are texts.
pub fn front_matter(post: &Post) -> JsValue {
    if post.failed || post.split.kind != SplitKind::Present {
        return JsValue::NULL;
    }
    let matter = &post.front_matter;
    let pairs: Array = matter.mapping.iter().map(|(key, value)| pair(&display(key), &yaml(value))).collect();
    for entry in &matter.entries {
        // Of two pairs the later wins, in the place of the first. What `<<` merged afterwards is no longer this date.
        if !entry.shadowed
            && let Some(Scalar::Date(date, written)) = &entry.scalar
            && matter.get(&entry.key).and_then(Value::as_str) == Some(written)
        {
            let iso = if date.kind == DateKind::Day { date.iso_day() } else { rfc3339(date) };
            pairs.push(&pair(&entry.key, &text(&iso)));
        }
    }
    from_entries(&pairs)
}

/// The diagnostics in their order: `{code, severity, message, start, end, line, column, fix}`, where `fix` is null or
/// `{label, start, end, text}`. Their spans are in bytes of `text`.
pub fn diagnostics(found: &[Diagnostic], text: &str) -> Array {
    let (index, lines) = (Utf16Index::new(text), LineIndex::new(text));
    found.iter().map(|found| diagnostic(found, &index, &lines)).collect()
}

fn diagnostic(found: &Diagnostic, index: &Utf16Index<'_>, lines: &LineIndex) -> JsValue {
    let line = lines.line_at(found.span.start);
    let column = index.characters(found.span.start) - index.characters(lines.start_of(line)) + 1;
    let [start, end] = range(index, found.span);
    object(&[
        ("code", text(&found.code)),
        ("severity", text(found.severity.name())),
        ("message", text(&found.message)),
        ("start", start),
        ("end", end),
        ("line", number(line + 1)),
        ("column", number(column)),
        ("fix", found.fix.as_ref().map_or(JsValue::NULL, |mend| fix(mend, index))),
    ])
}

fn fix(fix: &Fix, index: &Utf16Index<'_>) -> JsValue {
    let [start, end] = range(index, fix.edit.span);
    object(&[("label", text(&fix.label)), ("start", start), ("end", end), ("text", text(&fix.edit.text))])
}

/// What becomes of a post on its site (`Post::on_site`) in a build at `now` (seconds since 1970-01-01T00:00:00Z), and
/// all that is known of it then.
///
/// Nothing of it is sanitized: it is for text, not for markup. `url` is from the site's root on, `absoluteUrl` has the
/// site's `url` and `baseurl`, `output` is the file below the output folder; each is null where the permalink is in
/// error.
pub fn publication(site_post: &Post, source: &str, settings: &SiteSettings, now: i64) -> JsValue {
    let shown = publication::of(site_post, source, settings, now);
    let (from, excerpt) = match &shown.excerpt {
        ExcerptSource::None => ("", JsValue::NULL),
        ExcerptSource::Written(written) => ("front-matter", text(written)),
        ExcerptSource::Body(markdown) => ("body", text(markdown)),
    };
    let excerpt = match from {
        "" => JsValue::NULL,
        from => object(&[("from", text(from)), ("source", excerpt)]),
    };
    object(&[
        ("verdict", text(verdict(shown.verdict))),
        ("published", shown.is_published().into()),
        ("reason", text(&shown.reason)),
        ("url", optional(shown.url.as_deref())),
        ("absoluteUrl", optional(shown.absolute_url.as_deref())),
        ("output", optional(shown.file.as_deref())),
        ("date", optional(shown.date.map(|date| rfc3339(&date)).as_deref())),
        ("title", text(&shown.title)),
        ("slug", text(&shown.slug)),
        ("tags", texts(&shown.tags)),
        ("categories", texts(&shown.categories)),
        (
            "layout",
            match &shown.layout {
                Layout::Unset => JsValue::NULL,
                Layout::Bare => text("none"),
                Layout::Named(name) => text(name),
            },
        ),
        ("excerpt", excerpt),
        ("description", optional(shown.description.as_deref())),
        ("image", optional(shown.image.as_deref())),
        ("authors", texts(&shown.authors)),
        ("lang", optional(shown.lang.as_deref())),
    ])
}

/// A verdict as the command line names it too.
fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Published => "published",
        Verdict::Draft => "draft",
        Verdict::Unpublished => "unpublished",
        Verdict::Future => "future",
        Verdict::NotAPost => "not-a-post",
        Verdict::Unreadable => "unreadable",
        Verdict::BuildStops => "build-stops",
    }
}

/// The headers in the order of the source: `{level, text, id, start}`. Their spans are in bytes of what was rendered;
/// `map` leads from there to the body, which begins at byte `body_start` of `source`.
pub fn outline(headings: &[Heading], map: &SourceMap, body_start: usize, source: &str) -> Array {
    let index = Utf16Index::new(source);
    let one = |heading: &Heading| {
        let start = index.offset(body_start + map.to_source(heading.span.start)).0;
        object(&[
            ("level", number(heading.level.into())),
            ("text", text(&heading.text)),
            ("id", text(&heading.id)),
            ("start", number(start)),
        ])
    };
    headings.iter().map(one).collect()
}

/// An object with these properties.
pub fn object(properties: &[(&str, JsValue)]) -> JsValue {
    from_entries(&properties.iter().map(|(name, value)| pair(name, value)).collect())
}

/// Start and end of a span in UTF-16 units.
pub fn range(index: &Utf16Index<'_>, span: Span) -> [JsValue; 2] {
    let range = index.range(span);
    [number(range.start.0), number(range.end.0)]
}

fn pair(name: &str, value: &JsValue) -> JsValue {
    Array::of2(&text(name), value).into()
}

/// `Object.fromEntries` defines properties and runs no setter; of pairs it never fails.
fn from_entries(pairs: &Array) -> JsValue {
    Object::from_entries(pairs).map_or(JsValue::NULL, JsValue::from)
}

// Recursion is bounded: the reader refuses values deeper than its budget.
fn yaml(value: &Value) -> JsValue {
    match value {
        Value::Null => JsValue::NULL,
        Value::Bool(value) => (*value).into(),
        Value::Number(number) => match (number.as_i64(), number.as_u64(), number.as_f64()) {
            (Some(whole), ..) if whole.unsigned_abs() <= MAX_SAFE => (whole as f64).into(),
            (Some(_), ..) | (_, Some(_), _) => text(&display(value)),
            (.., float) => float.unwrap_or(f64::NAN).into(),
        },
        Value::String(value) => text(value),
        Value::Sequence(items) => items.iter().map(yaml).collect::<Array>().into(),
        Value::Mapping(mapping) => yaml_mapping(mapping),
        Value::Tagged(tagged) => yaml(&tagged.value),
    }
}

fn yaml_mapping(mapping: &Mapping) -> JsValue {
    from_entries(&mapping.iter().map(|(key, value)| pair(&display(key), &yaml(value))).collect())
}

fn text(text: &str) -> JsValue {
    JsValue::from_str(text)
}

fn optional(value: Option<&str>) -> JsValue {
    value.map_or(JsValue::NULL, text)
}

fn texts(all: &[String]) -> JsValue {
    all.iter().map(|one| text(one)).collect::<Array>().into()
}

fn number(number: usize) -> JsValue {
    (number as f64).into()
}
