//! Placeholders for elements that the page does not show: their kind, and the address they would have come from.
//! In: an element that is left out. Out: tokens of a labelled `span`. Neighbours: `mod.rs`.

use super::address::{cleaned, host};
use crate::markdown::event::CowStr;
use crate::markdown::token::Token;
use crate::text::Span;

/// The class for the kind of the missing element, and its name for readers.
fn kind(element: &str) -> (&'static str, &'static str) {
    match element {
        "img" => ("apercu-placeholder apercu-image", "image"),
        "video" => ("apercu-placeholder apercu-media", "video"),
        "audio" => ("apercu-placeholder apercu-media", "audio"),
        "script" => ("apercu-placeholder apercu-script", "script"),
        "style" => ("apercu-placeholder apercu-style", "style sheet"),
        "form" | "input" | "select" | "textarea" => ("apercu-placeholder apercu-form", "form"),
        "svg" | "canvas" => ("apercu-placeholder apercu-drawing", "drawing"),
        "math" => ("apercu-placeholder apercu-formula", "formula"),
        "object" | "embed" | "applet" => ("apercu-placeholder apercu-object", "embedded object"),
        _ => ("apercu-placeholder apercu-frame", "frame"),
    }
}

/// Writes the placeholder of an element.
pub(super) fn write<'a>(
    out: &mut Vec<Token<'a>>,
    element: &str,
    attributes: &[(CowStr<'a>, CowStr<'a>)],
    span: Option<Span>,
) {
    let value = |wanted: &str| {
        attributes.iter().find(|(name, _)| &**name == wanted).map(|(_, value)| value).filter(|value| !value.is_empty())
    };
    let (class, label) = kind(element);
    let address = value("src").or_else(|| value("data")).or_else(|| value("action"));
    let mut kept: Vec<(CowStr<'a>, CowStr<'a>)> = vec![("class".into(), class.into())];
    kept.extend(value("id").map(|id| ("id".into(), id.clone())));
    // An image on the published site shows its whole address, anything else only its host.
    let place = match (element, address) {
        (_, None) => None,
        ("img" | "video" | "audio", Some(address)) if !is_inline_data(address) => Some(shortened(address)),
        (_, Some(address)) => host(address).map(CowStr::from),
    };
    kept.extend(place.iter().map(|place| ("title".into(), place.clone())));
    out.push(Token::Open { name: "span".into(), attributes: kept, span });
    part(out, "apercu-kind", label.into());
    if let Some(place) = place {
        part(out, "apercu-place", place);
    }
    if let Some(words) = value("alt").or_else(|| value("title")).filter(|_| matches!(element, "img" | "iframe")) {
        part(out, "apercu-words", words.clone());
    }
    out.push(Token::Close);
}

fn part<'a>(out: &mut Vec<Token<'a>>, class: &'static str, text: CowStr<'a>) {
    out.push(Token::Open { name: "span".into(), attributes: vec![("class".into(), class.into())], span: None });
    out.push(Token::Text(text));
    out.push(Token::Close);
}

fn is_inline_data(url: &str) -> bool {
    cleaned(url).get(..5).is_some_and(|scheme| scheme.eq_ignore_ascii_case("data:"))
}

fn shortened<'a>(text: &CowStr<'a>) -> CowStr<'a> {
    const LONGEST: usize = 300;
    if text.len() <= LONGEST {
        return text.clone();
    }
    text.chars().take(LONGEST).collect::<String>().into()
}
