//! Addresses as browsers read them (URL Standard, basic parser): which scheme, if any, one has. In: an attribute's
//! value. Out: its kind. Neighbours: `attributes.rs` decides which kinds are allowed in which attribute.

use std::borrow::Cow;

/// The kind of an address.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Address<'u> {
    /// It has a scheme, given in lower case.
    Absolute(Cow<'u, str>),
    /// `//host/path`: it has the scheme of the page.
    NoScheme,
    /// `#id`: a place on the same page.
    Fragment,
    /// Anything else: a place on the published site, which the preview does not have.
    Relative,
}

/// An address without the characters that browsers ignore: control characters and spaces around it, tabs and line ends
/// in it.
pub(super) fn cleaned(url: &str) -> Cow<'_, str> {
    let trimmed = url.trim_matches(|c| c <= ' ');
    if trimmed.contains(['\t', '\n', '\r']) {
        Cow::Owned(trimmed.chars().filter(|c| !matches!(c, '\t' | '\n' | '\r')).collect())
    } else {
        Cow::Borrowed(trimmed)
    }
}

/// The kind of a `cleaned` address. One with an invalid host counts as relative, because it leads nowhere.
pub(super) fn kind(url: &str) -> Address<'_> {
    if let Some(scheme) = scheme(url) {
        if ["http", "https", "ftp"].iter().any(|special| scheme.eq_ignore_ascii_case(special))
            && !has_host(url.get(scheme.len() + 1..).unwrap_or(""))
        {
            return Address::Relative;
        }
        return Address::Absolute(if scheme.bytes().any(|b| b.is_ascii_uppercase()) {
            Cow::Owned(scheme.to_ascii_lowercase())
        } else {
            Cow::Borrowed(scheme)
        });
    }
    let slash = |b: Option<&u8>| matches!(b, Some(b'/' | b'\\'));
    let bytes = url.as_bytes();
    if bytes.first() == Some(&b'#') {
        Address::Fragment
    } else if slash(bytes.first()) && slash(bytes.get(1)) && has_host(url) {
        Address::NoScheme
    } else {
        Address::Relative
    }
}

/// Whether a `cleaned` address of the kind `Relative` leads somewhere on the page's own site. (One with a scheme only
/// leads nowhere, an empty one to the page itself.)
pub(super) fn is_on_site(url: &str) -> bool {
    !url.is_empty() && scheme(url).is_none()
}

fn scheme(url: &str) -> Option<&str> {
    let end = url.find(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '+' | '-' | '.'))?;
    let scheme = url.get(..end)?;
    let begins = scheme.bytes().next().is_some_and(|b| b.is_ascii_alphabetic());
    (begins && url.as_bytes().get(end) == Some(&b':')).then_some(scheme)
}

/// Whether a link with this address is allowed.
pub(super) fn may_link(scheme: &str) -> bool {
    matches!(scheme, "http" | "https" | "mailto" | "tel" | "ftp" | "irc" | "ircs" | "xmpp")
}

/// Whether an image with this address is allowed: from the web, or a `data:` address of a format without scripts.
pub(super) fn may_show(scheme: &str, url: &str) -> bool {
    match scheme {
        "http" | "https" => true,
        "data" => {
            const TYPES: [&str; 6] = ["image/png", "image/jpeg", "image/jpg", "image/gif", "image/webp", "image/avif"];
            let rest = url.get(5..).unwrap_or("");
            TYPES.iter().any(|kind| {
                rest.get(..kind.len()).is_some_and(|start| start.eq_ignore_ascii_case(kind))
                    && matches!(rest.as_bytes().get(kind.len()), Some(b';' | b','))
            })
        }
        _ => false,
    }
}

/// Host and port of an address: the text between the slashes and the path, without a user name.
fn authority(after_scheme: &str) -> &str {
    let rest = after_scheme.trim_start_matches(['/', '\\']);
    let authority = rest.split(['/', '\\', '?', '#']).next().unwrap_or("");
    authority.rsplit('@').next().unwrap_or("")
}

/// Whether the host is valid (URL Standard, forbidden domain code points).
fn has_host(after_scheme: &str) -> bool {
    // Without two slashes, the rest is a path if the page has the same scheme.
    if !matches!(after_scheme.as_bytes(), [b'/' | b'\\', b'/' | b'\\', ..]) {
        return false;
    }
    let authority = authority(after_scheme);
    let port_start = match authority.rfind(']') {
        Some(bracket) => authority.get(bracket..).and_then(|rest| rest.find(':')).map(|at| bracket + at),
        None => authority.find(':'),
    };
    let (host, port) = match port_start {
        Some(at) => (authority.get(..at).unwrap_or(""), authority.get(at + 1..).unwrap_or("")),
        None => (authority, ""),
    };
    let bare = host.strip_prefix('[').and_then(|inner| inner.strip_suffix(']'));
    let plain = match bare {
        Some(address) => {
            !address.is_empty() && address.bytes().all(|b| b.is_ascii_hexdigit() || matches!(b, b':' | b'.'))
        }
        None => !host.is_empty() && host.bytes().all(|b| b > b' ' && b != 0x7f && !b"#/:<>?@[\\]^|%".contains(&b)),
    };
    plain && (port.is_empty() || port.bytes().all(|b| b.is_ascii_digit()) && port.parse::<u16>().is_ok())
}

/// The host of an address, to be shown to people. No decision depends on it.
pub(super) fn host(url: &str) -> Option<String> {
    let url = cleaned(url);
    let rest = match kind(&url) {
        Address::Absolute(scheme) if matches!(&*scheme, "http" | "https" | "ftp") => url.get(scheme.len() + 1..)?,
        Address::NoScheme => &*url,
        _ => return None,
    };
    Some(authority(rest).chars().take(80).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scheme_of(url: &str) -> String {
        match kind(&cleaned(url)) {
            Address::Absolute(scheme) => scheme.into_owned(),
            other => format!("{other:?}"),
        }
    }

    #[test]
    fn schemes_are_seen_as_browsers_see_them() {
        for (url, expected) in [
            ("http://a", "http"),
            (" \u{1}\u{1f}JavaScript:x", "javascript"),
            ("java\tscr\nipt\r:x", "javascript"),
            ("\u{a0}javascript:x", "Relative"),
            ("javascript\0:x", "Relative"),
            ("java script:x", "Relative"),
            ("javascript&colon;x", "Relative"),
            ("vbscript:x", "vbscript"),
            ("a+b-c.d1:x", "a+b-c.d1"),
            ("1a:x", "Relative"),
            (":x", "Relative"),
            ("//host/a", "NoScheme"),
            ("\\\\host\\a", "NoScheme"),
            ("/\t/host", "NoScheme"),
            ("#x", "Fragment"),
            ("", "Relative"),
            ("img/a.png", "Relative"),
            ("http://a b/c", "Relative"),
            ("https:/a.b/c", "Relative"),
            ("https:a.b", "Relative"),
            ("https:\\/a.b/c", "https"),
            ("https:////a.b/c", "https"),
            ("http://", "Relative"),
            ("http://a:99999/", "Relative"),
            ("http://[::1]:80/", "http"),
            ("http://u:p@a.b:8/", "http"),
            ("http://é.fr/", "http"),
            ("// a/", "Relative"),
            ("mailto:a b@c", "mailto"),
        ] {
            assert_eq!(scheme_of(url), expected, "{url:?}");
        }
    }

    #[test]
    fn pictures_in_addresses_are_of_kinds_without_scripts() {
        for (url, shown) in [
            ("data:image/png;base64,AA", true),
            ("data:IMAGE/GIF,x", true),
            ("data:image/svg+xml,<svg>", false),
            ("data:image/pngx,", false),
            ("data:text/html,x", false),
            ("data:,x", false),
        ] {
            assert_eq!(may_show("data", url), shown, "{url}");
        }
    }

    #[test]
    fn the_host_is_what_a_person_reads() {
        assert_eq!(host("https://user@www.example.org:80/a?b").as_deref(), Some("www.example.org:80"));
        assert_eq!(host("//cdn.example.org/x").as_deref(), Some("cdn.example.org"));
        assert_eq!(host("a/b"), None);
    }
}
