//! A body after Liquid, from the module to the page. In: a `Rendered`. Out: bytes, and from bytes the same again.
//! Neighbours: `wire.rs`; `liquid/` renders, `app/session.rs` asks.

use std::borrow::Cow;

use super::wire::{Reader, Writer};
use crate::liquid::Rendered;
use crate::text::{Diagnostic, Severity, SourceMap};

/// Runs Liquid over the post of that name and text at that time, in seconds since 1970. `None` where the module does not
/// answer.
pub type Template = Box<dyn Fn(&str, &str, i64) -> Option<Rendered<'static>>>;

/// What Liquid made of a body.
pub fn encode_rendered(rendered: &Rendered<'_>) -> Vec<u8> {
    let mut out = Writer::default();
    out.text(&rendered.text);
    let map = rendered.map.encode();
    out.size(map.len());
    map.iter().for_each(|&number| out.size(number));
    write_diagnostics(&mut out, &rendered.diagnostics);
    out.bytes
}

/// What `encode_rendered` wrote.
pub fn decode_rendered(bytes: &[u8]) -> Option<Rendered<'static>> {
    let mut reader = Reader { bytes };
    let text = Cow::Owned(reader.text()?.to_owned());
    let mut numbers = Vec::new();
    for _ in 0..reader.count()? {
        numbers.push(reader.size()?);
    }
    let map = SourceMap::decode(&numbers)?;
    Some(Rendered { text, map, diagnostics: read_diagnostics(&mut reader)? })
}

/// Diagnostics without fixes.
pub(super) fn write_diagnostics(out: &mut Writer, diagnostics: &[Diagnostic]) {
    out.size(diagnostics.len());
    for found in diagnostics {
        out.text(&found.code);
        out.size(match found.severity {
            Severity::Note => 0,
            Severity::Warning => 1,
            Severity::Error => 2,
        });
        out.span(found.span);
        out.text(&found.message);
    }
}

pub(super) fn read_diagnostics(reader: &mut Reader<'_>) -> Option<Vec<Diagnostic>> {
    let mut diagnostics = Vec::new();
    for _ in 0..reader.count()? {
        let code = reader.text()?.to_owned().into();
        let severity = match reader.size()? {
            0 => Severity::Note,
            1 => Severity::Warning,
            _ => Severity::Error,
        };
        let span = reader.span()?;
        diagnostics.push(Diagnostic { code, severity, span, message: reader.text()?.to_owned(), fix: None });
    }
    Some(diagnostics)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::liquid::of_post;
    use crate::post::read;
    use crate::post::site::SiteSettings;

    #[test]
    fn what_liquid_made_comes_back() {
        for body in [
            "plain",
            "a {% raw %}{{ x }}{% endraw %} b",
            "{% for i in (1..3) %}é{{ i }}{% endfor %} {% nope %} {{ page.title | foo }} {% if %}",
        ] {
            let text = ["---\ntitle: T\n---\n", body].concat();
            let post = read("2014-12-08-a.md", &text);
            let rendered = of_post(&text, &post, &SiteSettings::default(), 0);
            let back = decode_rendered(&encode_rendered(&rendered)).expect("what was written is read");
            assert_eq!(
                (&back.text, &back.map, &back.diagnostics),
                (&rendered.text, &rendered.map, &rendered.diagnostics)
            );
        }
    }

    proptest::proptest! {
        #[test]
        fn no_bytes_make_it_panic(bytes in proptest::collection::vec(0u8..9, 0..40)) {
            if let Some(rendered) = decode_rendered(&bytes) {
                for at in 0..50 {
                    let _ = (rendered.map.to_source(at), rendered.map.to_rendered(at));
                }
            }
        }
    }
}
