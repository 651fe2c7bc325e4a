//! The same defence for a whole page of a site: its layout may have what a post may not, forms, drawings and styles, so
//! that the page looks as it is published. In: tokens of a page. Out: tokens that may go into a frame without scripts.
//! Neighbours: `mod.rs` is for posts; `site/page_tokens.rs` takes a page apart and says what addresses become.
//!
//! What runs, loads or sends anything goes: scripts, frames, objects, handlers, addresses in attributes other than those
//! that are named here. Where a reader would miss something, a placeholder stands.

use super::address::{Address, cleaned, kind, may_link};
use super::{MAX_DEPTH, placeholder};
use crate::markdown::event::CowStr;
use crate::markdown::token::Token;
use crate::text::Span;

/// What the addresses of a page become in the frame.
pub trait PageAddresses {
    /// The address to load a picture, a film or a sound from; `None` where it is not shown.
    fn media(&self, address: &str) -> Option<String>;

    /// The address that a link within the site gets; it must lead nowhere but to a place in the frame.
    fn link(&self, address: &str) -> Option<String>;

    /// Declarations or a style sheet, with addresses that may be loaded.
    fn style(&self, css: &str) -> String;
}

/// Keeps what may go into a frame without scripts. Comments stay: they have no effect, and one of them may mark a place.
pub fn sanitize_page<'a>(tokens: Vec<Token<'a>>, addresses: &dyn PageAddresses) -> Vec<Token<'a>> {
    let out = Vec::with_capacity(tokens.len());
    let mut filter = PageFilter { addresses, out, open: Vec::new(), depth: 0, skipped: 0, drawings: 0 };
    for token in tokens {
        filter.token(token);
    }
    filter.out
}

/// What the `Close` of an open element has to do.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Opened {
    Kept,
    Drawing,
    Unwrapped,
}

struct PageFilter<'a, 'f> {
    addresses: &'f dyn PageAddresses,
    out: Vec<Token<'a>>,
    open: Vec<Opened>,
    depth: usize,
    /// How many elements are open inside one that is left out with its content, itself included.
    skipped: usize,
    /// How many elements `svg` are open.
    drawings: usize,
}

impl<'a> PageFilter<'a, '_> {
    fn token(&mut self, token: Token<'a>) {
        match token {
            Token::Open { .. } if self.skipped > 0 => self.skipped += 1,
            Token::Close if self.skipped > 0 => self.skipped -= 1,
            _ if self.skipped > 0 => {}
            Token::Open { name, attributes, span } => self.element(name, attributes, span),
            Token::Close => {
                let opened = self.open.pop();
                if matches!(opened, Some(Opened::Kept | Opened::Drawing)) {
                    self.depth -= 1;
                    self.out.push(Token::Close);
                }
                if opened == Some(Opened::Drawing) {
                    self.drawings -= 1;
                }
            }
            other => self.out.push(other),
        }
    }

    fn element(&mut self, name: CowStr<'a>, attributes: Vec<(CowStr<'a>, CowStr<'a>)>, span: Option<Span>) {
        match &*name.to_ascii_lowercase() {
            "script" | "noscript" | "template" | "base" | "meta" | "link" | "title" | "param" | "track" | "bgsound"
            | "noframes" | "noembed" | "set" | "animate" | "animatetransform" | "animatemotion" | "foreignobject" => {
                self.skipped = 1;
            }
            "iframe" | "frame" | "object" | "embed" | "applet" | "portal" | "fencedframe" | "canvas" => {
                placeholder::write(&mut self.out, &name, &attributes, span);
                self.skipped = 1;
            }
            "html" | "head" | "body" | "frameset" => self.open.push(Opened::Unwrapped),
            // The text of a style sheet is its only content.
            "style" if self.drawings > 0 => self.skipped = 1,
            _ if self.depth >= MAX_DEPTH || !is_name(&name) => self.open.push(Opened::Unwrapped),
            lower => {
                let opened = if lower == "svg" { Opened::Drawing } else { Opened::Kept };
                self.drawings += usize::from(opened == Opened::Drawing);
                let attributes = self.attributes(lower, attributes);
                self.out.push(Token::Open { name, attributes, span });
                self.open.push(opened);
                self.depth += 1;
            }
        }
    }

    fn attributes(&self, element: &str, attributes: Vec<(CowStr<'a>, CowStr<'a>)>) -> Vec<(CowStr<'a>, CowStr<'a>)> {
        let mut kept = Vec::with_capacity(attributes.len());
        let mut leads_out = false;
        for (name, value) in attributes {
            let value: CowStr<'a> = match (&*name.to_ascii_lowercase(), element) {
                ("style", _) => self.addresses.style(&value).into(),
                ("href", "a" | "area") if self.drawings == 0 => match self.link(&value) {
                    Some((address, outward)) => {
                        leads_out |= outward;
                        address.into()
                    }
                    None => continue,
                },
                ("href" | "xlink:href", _) if self.drawings > 0 && value.starts_with('#') => value,
                ("src", "img" | "video" | "audio" | "source" | "input") | ("poster", "video") => {
                    match self.addresses.media(&cleaned(&value)) {
                        Some(address) => address.into(),
                        None => continue,
                    }
                }
                (name, _) if is_allowed(name) => value,
                _ => continue,
            };
            kept.push((name, value));
        }
        if leads_out {
            kept.retain(|(name, _)| !matches!(&**name, "target" | "rel"));
            kept.push(("target".into(), "_blank".into()));
            kept.push(("rel".into(), "noopener noreferrer".into()));
        }
        if matches!(element, "video" | "audio") {
            kept.retain(|(name, _)| !matches!(&**name, "autoplay" | "preload"));
            kept.push(("preload".into(), "none".into()));
        }
        kept
    }

    /// The address of a link, and whether it leads out of the frame.
    fn link(&self, value: &str) -> Option<(String, bool)> {
        let address = cleaned(value);
        match kind(&address) {
            Address::Absolute(scheme) if may_link(&scheme) => {
                let within = self.addresses.link(&address);
                Some(within.map_or_else(|| (address.into_owned(), true), |within| (within, false)))
            }
            Address::Absolute(_) => None,
            Address::NoScheme => Some((["https:", &address].concat(), true)),
            Address::Fragment => Some((address.into_owned(), false)),
            Address::Relative => self.addresses.link(&address).map(|within| (within, false)),
        }
    }
}

/// Whether the DOM takes a name for an element.
fn is_name(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b':')
}

/// Whether an attribute does nothing but describe or style: no handler, no address, nothing that loads or sends.
fn is_allowed(name: &str) -> bool {
    const ADDRESSES: [&str; 24] = [
        "action",
        "archive",
        "autofocus",
        "background",
        "cite",
        "classid",
        "codebase",
        "data",
        "formaction",
        "href",
        "http-equiv",
        "imagesrcset",
        "integrity",
        "longdesc",
        "manifest",
        "nonce",
        "ping",
        "poster",
        "profile",
        "src",
        "srcdoc",
        "srcset",
        "usemap",
        "xlink:href",
    ];
    let is_plain = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_:.".contains(&byte));
    is_plain
        && !name.is_empty()
        && !name.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '-' | '.' | ':'))
        && !name.starts_with("on")
        && !name.starts_with("xml:base")
        && !ADDRESSES.contains(&name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown::raw_html;
    use crate::markdown::token::to_html;

    struct Plain;

    impl PageAddresses for Plain {
        fn media(&self, address: &str) -> Option<String> {
            address.strip_prefix('/').filter(|path| !path.starts_with('/')).map(|path| ["blob:", path].concat())
        }

        fn link(&self, address: &str) -> Option<String> {
            address.strip_prefix('/').map(|path| ["#page:/", path].concat())
        }

        fn style(&self, css: &str) -> String {
            css.replace("url(", "none(")
        }
    }

    fn kept(html: &str) -> String {
        to_html(&sanitize_page(raw_html::parse(html), &Plain))
    }

    #[test]
    fn a_page_keeps_its_layout() {
        let html = "<header class=\"a\" data-b=\"c\"><form><input type=\"search\" placeholder=\"x\" /></form></header>";
        assert_eq!(kept(html), html);
        let html = "<svg viewBox=\"0 0 1 1\"><use xlink:href=\"#a\"></use></svg>";
        assert!(kept(html).contains("href=\"#a\""), "{}", kept(html));
        assert_eq!(kept("<p style=\"color: red\">a<!--b--></p>"), "<p style=\"color: red\">a<!--b--></p>");
    }

    #[test]
    fn what_runs_loads_or_sends_is_left_out() {
        for html in [
            "<script>alert(1)</script>",
            "<noscript><img src=/a.png></noscript>",
            "<link rel=stylesheet href=/a.css>",
            "<base href=//evil.example>",
            "<meta http-equiv=refresh content=0>",
            "<template><script>1</script></template>",
        ] {
            assert_eq!(kept(html), "", "{html}");
        }
        for (html, expected) in [
            ("<p onclick=alert(1)>a</p>", "<p>a</p>"),
            ("<a href=\"java\nscript:alert(1)\">a</a>", "<a>a</a>"),
            ("<form action=//evil.example><button formaction=/x>b</button></form>", "<form><button>b</button></form>"),
            ("<img src=//evil.example/a.png alt=a>", "<img alt=\"a\" />"),
            ("<svg><a href=\"javascript:alert(1)\"><set></set></a></svg>", "<svg><a></a></svg>"),
            ("<svg><style>*{}</style><script>1</script></svg>", "<svg></svg>"),
            (
                "<p style=\"background: url(//evil.example)\">a</p>",
                "<p style=\"background: none(//evil.example)\">a</p>",
            ),
            ("<img srcset=\"//evil.example 2x\">", "<img />"),
        ] {
            assert_eq!(kept(html), expected, "{html}");
        }
        for html in ["<iframe srcdoc='<script>1</script>'></iframe>", "<object data=/a></object>", "<embed src=/a>"] {
            assert!(kept(html).starts_with("<span class=\"apercu-placeholder"), "{html}");
        }
    }

    #[test]
    fn links_stay_in_the_frame_or_leave_the_page() {
        assert_eq!(kept("<a href=/about/>a</a>"), "<a href=\"#page:/about/\">a</a>");
        assert_eq!(kept("<a href=#top>a</a>"), "<a href=\"#top\">a</a>");
        assert_eq!(
            kept("<a href=https://a.example target=_top>a</a>"),
            "<a href=\"https://a.example\" target=\"_blank\" rel=\"noopener noreferrer\">a</a>"
        );
        assert_eq!(kept("<img src=/a.png>"), "<img src=\"blob:a.png\" />");
    }
}
