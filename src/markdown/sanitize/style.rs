//! Inline styles: declarations of allowed properties whose values cannot fetch, run or escape anything.
//! In: a `style` attribute. Out: the declarations kept. Neighbours: `attributes.rs`.

/// The allowed declarations as `name: value; …`; empty if none is allowed.
pub(super) fn allowed(style: &str) -> String {
    let mut kept = String::new();
    for declaration in style.split(';').take(MOST_DECLARATIONS) {
        let Some((name, value)) = declaration.split_once(':') else { continue };
        let (name, value) = (name.trim().to_ascii_lowercase(), value.trim());
        if !is_property(&name) || !is_value(&name, value) {
            continue;
        }
        if !kept.is_empty() {
            kept.push_str("; ");
        }
        kept.push_str(&name);
        kept.push_str(": ");
        kept.push_str(value);
    }
    kept
}

const MOST_DECLARATIONS: usize = 64;

/// Allowed properties: those that size and colour a box at its place, none that moves it elsewhere (`position: fixed`).
fn is_property(name: &str) -> bool {
    const GROUPS: [&str; 13] = [
        "background-color",
        "border",
        "break",
        "column",
        "flex",
        "font",
        "grid",
        "list-style",
        "margin",
        "overflow",
        "padding",
        "page-break",
        "text",
    ];
    let in_group = |group: &str| name.strip_prefix(group).is_some_and(|rest| rest.is_empty() || rest.starts_with('-'));
    if GROUPS.iter().any(|group| in_group(group)) {
        // The only one of them whose value can be an image.
        return !name.starts_with("border-image");
    }
    matches!(
        name,
        "align-content"
            | "align-items"
            | "align-self"
            | "aspect-ratio"
            | "background"
            | "box-shadow"
            | "box-sizing"
            | "caption-side"
            | "clear"
            | "color"
            | "columns"
            | "direction"
            | "display"
            | "empty-cells"
            | "float"
            | "gap"
            | "height"
            | "hyphens"
            | "justify-content"
            | "justify-items"
            | "justify-self"
            | "letter-spacing"
            | "line-height"
            | "max-height"
            | "max-width"
            | "min-height"
            | "min-width"
            | "object-fit"
            | "object-position"
            | "opacity"
            | "order"
            | "orphans"
            | "position"
            | "row-gap"
            | "tab-size"
            | "table-layout"
            | "vertical-align"
            | "visibility"
            | "white-space"
            | "widows"
            | "width"
            | "word-break"
            | "word-spacing"
            | "word-wrap"
            | "writing-mode"
    )
}

/// Whether a value consists of words, numbers and colours only: no escapes, no comments, no strings except names of
/// fonts, no functions except colours.
fn is_value(name: &str, value: &str) -> bool {
    if value.is_empty() || value.len() > 300 {
        return false;
    }
    if name == "position" {
        return matches!(value.to_ascii_lowercase().as_str(), "static" | "relative");
    }
    let quotes = name.starts_with("font");
    let plain = value.bytes().all(|b| {
        b.is_ascii_alphanumeric()
            || matches!(b, b' ' | b'#' | b'%' | b'.' | b',' | b'-' | b'+' | b'_' | b'!' | b'(' | b')')
            || quotes && matches!(b, b'"' | b'\'')
    });
    let even = |quote: char| value.matches(quote).count().is_multiple_of(2);
    plain && even('"') && even('\'') && functions_are_colours(value)
}

fn functions_are_colours(value: &str) -> bool {
    let mut depth = 0i32;
    let mut word = 0;
    for (at, byte) in value.bytes().enumerate() {
        match byte {
            b'(' => {
                let name = value.get(word..at).unwrap_or("").to_ascii_lowercase();
                if depth > 0 || !matches!(name.as_str(), "rgb" | "rgba" | "hsl" | "hsla") {
                    return false;
                }
                depth += 1;
            }
            b')' => depth -= 1,
            _ => {}
        }
        if depth < 0 {
            return false;
        }
        if !byte.is_ascii_alphanumeric() && byte != b'-' {
            word = at + 1;
        }
    }
    depth == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_declarations_stay() {
        for (style, kept) in [
            ("color:red", "color: red"),
            ("TEXT-ALIGN: center;", "text-align: center"),
            (
                "width: 50%; background: #fff; margin: -1px auto !important",
                "width: 50%; background: #fff; margin: -1px auto !important",
            ),
            ("color: rgba(1, 2, 3, .5)", "color: rgba(1, 2, 3, .5)"),
            ("font-family: 'Some Font', serif", "font-family: 'Some Font', serif"),
            ("position: relative", "position: relative"),
        ] {
            assert_eq!(allowed(style), kept, "{style}");
        }
    }

    #[test]
    fn whatever_could_fetch_run_or_escape_goes() {
        for style in [
            "background: url(x)",
            "background:u\\72l(x)",
            "background: URL (x)",
            "background: image-set('x' 1x)",
            "width: expression(alert(1))",
            "behavior: url(x)",
            "-moz-binding: url(x)",
            "color: re/**/d",
            "border-image: url(x)",
            "border-image-source: x",
            "list-style: url(x)",
            "list-style-image: url(x)",
            "color: var(--x)",
            "--x: 1",
            "content: attr(x)",
            "position: fixed",
            "position: absolute",
            "font-family: 'a",
            "font: \"a\\\"",
            "color: red}",
            "@import 'x'",
            "color",
            "color:",
            "filter: blur(1px)",
            "width: calc(1px)",
            "color: rgb((1))",
            "color: )rgb(",
        ] {
            assert_eq!(allowed(style), "", "{style}");
        }
        assert_eq!(allowed("color: red; background: url('a;color: blue')"), "color: red");
    }
}
