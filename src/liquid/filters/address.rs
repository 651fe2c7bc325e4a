//! Filters of addresses (Jekyll's filters/url_filters.rb). In: a call. Out: an address, percent-encoded.
//! Neighbours: `mod.rs` dispatches; `links.rs` makes paths that `relative_url` finishes.

use super::super::context::Context;
use super::super::value::Value;
use super::{Call, Fails};
use crate::post::permalink::percent_bytes;
use crate::post::publishing::SiteSettings;
use crate::post::yaml::display;

/// What may stand in a path, a query and a fragment as it is, besides letters and digits (RFC 3986).
const KEPT: &str = "-._~:@!$&'()*+,;=/?#[]%";

impl Call<'_, '_> {
    /// The result of a filter of addresses; `None` for another filter.
    pub(super) fn address_filter(&mut self, name: &str) -> Option<Result<Value, Fails>> {
        if self.input.is_nil() && matches!(name, "relative_url" | "absolute_url" | "strip_index") {
            return Some(Ok(Value::Nil));
        }
        Some(Ok(match name {
            "relative_url" => relative_url(&self.address(), self.context).into(),
            "absolute_url" => absolute_url(&self.address(), self.context.settings).into(),
            "strip_index" => {
                let text = self.text();
                let stripped = text.strip_suffix("index.html").or_else(|| text.strip_suffix("index.htm"));
                stripped.filter(|stripped| stripped.ends_with('/')).unwrap_or(&text).into()
            }
            "uri_escape" => {
                // What is encoded is decoded first (Addressable's `normalize_component`).
                let text = self.text();
                let decoded = String::from_utf8(percent_bytes(&text)).unwrap_or(text);
                encode(&decoded, KEPT.trim_end_matches('%')).into()
            }
            _ => return None,
        }))
    }
}

impl Call<'_, '_> {
    /// The input as an address: of a page or a document, its own.
    fn address(&mut self) -> String {
        if let Value::Drop(drop) = &self.input
            && let Some(url) = drop.get("url")
        {
            return url.text(self.budget);
        }
        self.text()
    }
}

/// An address below the site's `baseurl`; one with a scheme stays as it is.
pub(in crate::liquid) fn relative_url(url: &str, context: &Context<'_>) -> String {
    below_base(url, context.settings)
}

/// A path on a site with these settings: its `baseurl` before it; one with a scheme stays as it is.
pub fn below_base(url: &str, settings: &SiteSettings) -> String {
    if scheme_len(url).is_some() {
        return url.to_owned();
    }
    let slash = if url.is_empty() || url.starts_with('/') { "" } else { "/" };
    normalized(&[&settings.base(), slash, url].concat())
}

/// An address on a site with these settings: its `url` and `baseurl` before it; one with a scheme stays as it is.
pub fn absolute_url(url: &str, settings: &SiteSettings) -> String {
    let relative = below_base(url, settings);
    let site = display(&settings.url);
    if site.is_empty() || scheme_len(url).is_some() {
        return relative;
    }
    let url = [site, relative].concat();
    let Some(host) = scheme_len(&url).map(|len| len + 3).filter(|&host| url.get(host - 2..host) == Some("//")) else {
        return normalized(&url);
    };
    let end = url.get(host..).and_then(|rest| rest.find(['/', '?', '#'])).map_or(url.len(), |len| host + len);
    let path = url.get(end..).unwrap_or("");
    let slash = if path.starts_with('/') { "" } else { "/" };
    [&url.get(..end).unwrap_or("").to_lowercase(), slash, &normalized(path)].concat()
}

/// The length of a scheme, its colon not counted.
fn scheme_len(url: &str) -> Option<usize> {
    let len = url.find(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '+' | '-' | '.'))?;
    let begins = url.starts_with(|c: char| c.is_ascii_alphabetic());
    (begins && url.as_bytes().get(len) == Some(&b':')).then_some(len)
}

/// Percent-encoded, and without `.` and `..` in its path.
fn normalized(url: &str) -> String {
    let end = url.find(['?', '#']).unwrap_or(url.len());
    let (path, rest) = url.split_at(end);
    let mut parts: Vec<&str> = Vec::new();
    let mut pieces = path.split('/').peekable();
    while let Some(piece) = pieces.next() {
        let last = pieces.peek().is_none();
        match piece {
            "." | ".." => {
                if piece == ".." && parts.len() > 1 {
                    parts.pop();
                }
                if last {
                    parts.push("");
                }
            }
            piece => parts.push(piece),
        }
    }
    encode(&parts.join("/"), KEPT) + &encode(rest, KEPT)
}

fn encode(text: &str, kept: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_ascii_alphanumeric() || kept.contains(c) {
            out.push(c);
        } else {
            percent(c, &mut out);
        }
    }
    out
}

fn percent(c: char, out: &mut String) {
    const HEX: &[u8; 16] = b"0123456789ABCDEF";
    let digit = |index: u8| HEX.get(usize::from(index & 15)).copied().map_or('0', char::from);
    for byte in c.encode_utf8(&mut [0; 4]).bytes() {
        out.push('%');
        out.push(digit(byte >> 4));
        out.push(digit(byte));
    }
}

/// Ruby's `CGI.escape`.
pub fn form_encode(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            ' ' => out.push('+'),
            c if c.is_ascii_alphanumeric() || "_.-~".contains(c) => out.push(c),
            c => percent(c, &mut out),
        }
    }
    out
}

/// Ruby's `CGI.unescape`; `None` where the bytes are no UTF-8.
pub(super) fn form_decode(text: &str) -> Option<String> {
    String::from_utf8(percent_bytes(&text.replace('+', " "))).ok()
}
