//! `&name;` and `&#number;`: the characters that kramdown knows, and those that the browser knows.
//! Rules: kramdown's `html_entity.rb` and its list of names (those of HTML 4 and a few more). In Markdown an unknown name
//! is text; in attributes and raw HTML the reference is left to the browser, which knows more of them.

use std::borrow::Cow;

use super::scan;
use super::span::Spans;
use crate::markdown::event::CowStr;
use crate::markdown::raw_html;

/// A reference as it is written.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Reference<'t> {
    Named(&'t str),
    Number(&'t str, u32),
}

/// The reference at `pos`, and where it ends.
fn reference(text: &str, pos: usize) -> Option<(Reference<'_>, usize)> {
    let start = pos + 1;
    if scan::byte_at(text, start) == b'#' {
        let hexadecimal = scan::byte_at(text, start + 1) == b'x';
        let from = start + 1 + usize::from(hexadecimal);
        let radix = if hexadecimal { 16 } else { 10 };
        let end = scan::skip_while(text, from, |byte| char::from(byte).is_digit(radix));
        let digits = text.get(from..end)?;
        return (end > from && scan::byte_at(text, end) == b';').then_some((Reference::Number(digits, radix), end + 1));
    }
    let first = scan::byte_at(text, start);
    if !(scan::is_word_byte(first) || first == b':') {
        return None;
    }
    let end = scan::skip_while(text, start, |b| scan::is_word_byte(b) || matches!(b, b'-' | b'.' | b':'));
    let name = text.get(start..end)?;
    (scan::byte_at(text, end) == b';').then_some((Reference::Named(name), end + 1))
}

/// The character that kramdown knows under that name.
pub(super) fn named(name: &str) -> Option<char> {
    let index = NAMES.binary_search_by(|(known, _)| (*known).cmp(name)).ok()?;
    NAMES.get(index).and_then(|&(_, code)| char::from_u32(code))
}

/// A piece of decoded text.
pub(super) enum Piece<'t> {
    /// Bytes of the text as they are.
    Text(usize, usize),
    /// What a reference stands for.
    Char(CowStr<'t>),
}

/// Hands out `text` in pieces, with references as the characters that a browser makes of them.
pub(super) fn decode_into<'t>(text: &str, mut take: impl FnMut(Piece<'t>)) {
    let mut from = 0;
    let mut at = 0;
    while let Some(found) = text.get(at..).and_then(|rest| rest.find('&')) {
        at += found;
        let Some((_, end)) = reference(text, at) else {
            at += 1;
            continue;
        };
        if at > from {
            take(Piece::Text(from, at));
        }
        let decoded = raw_html::decode(text.get(at..end).unwrap_or(""), false);
        take(Piece::Char(CowStr::from(decoded.into_owned())));
        from = end;
        at = end;
    }
    if from < text.len() {
        take(Piece::Text(from, text.len()));
    }
}

/// `text` with references as the characters that a browser makes of them.
pub(super) fn decode_references(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    let mut decoded = String::with_capacity(text.len());
    let mut changed = false;
    decode_into(text, |piece| match piece {
        Piece::Text(start, end) => decoded.push_str(text.get(start..end).unwrap_or("")),
        Piece::Char(c) => {
            changed = true;
            decoded.push_str(&c);
        }
    });
    if changed { Cow::Owned(decoded) } else { Cow::Borrowed(text) }
}

/// `text` as kramdown writes text: references stay, other markup is escaped.
pub(super) fn escaped(text: &str) -> String {
    let mut written = String::with_capacity(text.len() + 16);
    for (at, c) in text.char_indices() {
        match c {
            '<' => written.push_str("&lt;"),
            '>' => written.push_str("&gt;"),
            '&' if reference(text, at).is_none() => written.push_str("&amp;"),
            c => written.push(c),
        }
    }
    written
}

impl Spans<'_, '_, '_> {
    /// Takes a reference to a character.
    pub(super) fn parse_entity(&mut self) -> bool {
        let start = self.pos;
        let Some((found, end)) = reference(self.text, start) else { return false };
        let symbol = match found {
            Reference::Named(name) => match named(name) {
                Some(c) => CowStr::from(c),
                None => {
                    self.push_symbol(CowStr::Borrowed("&"), start, start + 1);
                    self.push_text(start + 1, end);
                    self.pos = end;
                    return true;
                }
            },
            // Numbers that are no characters are left to the browser, as are those of windows-1252.
            Reference::Number(digits, radix) => {
                match u32::from_str_radix(digits, radix).ok().and_then(char::from_u32) {
                    Some(c) if !('\u{80}'..='\u{9f}').contains(&c) && c != '\0' => CowStr::from(c),
                    _ => {
                        let decoded = raw_html::decode(self.text.get(start..end).unwrap_or(""), false);
                        CowStr::from(decoded.into_owned())
                    }
                }
            }
        };
        self.push_symbol(symbol, start, end);
        self.pos = end;
        true
    }
}

/// Names and code points, sorted by name.
#[rustfmt::skip]
const NAMES: &[(&str, u32)] = &[
    ("AElig", 198), ("Aacute", 193), ("Acirc", 194), ("Agrave", 192), ("Alpha", 913), ("Aring", 197), ("Atilde", 195),
    ("Auml", 196), ("Beta", 914), ("Ccedil", 199), ("Chi", 935), ("Dagger", 8225), ("Delta", 916), ("ETH", 208),
    ("Eacute", 201), ("Ecirc", 202), ("Egrave", 200), ("Epsilon", 917), ("Eta", 919), ("Euml", 203), ("Gamma", 915),
    ("Iacute", 205), ("Icirc", 206), ("Igrave", 204), ("Iota", 921), ("Iuml", 207), ("Kappa", 922), ("Lambda", 923),
    ("Mu", 924), ("Ntilde", 209), ("Nu", 925), ("OElig", 338), ("Oacute", 211), ("Ocirc", 212), ("Ograve", 210),
    ("Omega", 937), ("Omicron", 927), ("Oslash", 216), ("Otilde", 213), ("Ouml", 214), ("Phi", 934), ("Pi", 928),
    ("Prime", 8243), ("Psi", 936), ("Rho", 929), ("Scaron", 352), ("Sigma", 931), ("THORN", 222), ("Tau", 932),
    ("Theta", 920), ("Uacute", 218), ("Ucirc", 219), ("Ugrave", 217), ("Upsilon", 933), ("Uuml", 220), ("Xi", 926),
    ("Yacute", 221), ("Yuml", 376), ("Zeta", 918), ("aacute", 225), ("acirc", 226), ("acute", 180), ("aelig", 230),
    ("agrave", 224), ("alefsym", 8501), ("alpha", 945), ("amp", 38), ("and", 8743), ("ang", 8736), ("apos", 39),
    ("aring", 229), ("asymp", 8776), ("atilde", 227), ("auml", 228), ("bdquo", 8222), ("beta", 946), ("brvbar", 166),
    ("bull", 8226), ("cap", 8745), ("ccedil", 231), ("cedil", 184), ("cent", 162), ("chi", 967), ("circ", 710),
    ("clubs", 9827), ("cong", 8773), ("copy", 169), ("crarr", 8629), ("cup", 8746), ("curren", 164), ("dArr", 8659),
    ("dagger", 8224), ("darr", 8595), ("deg", 176), ("delta", 948), ("diams", 9830), ("divide", 247), ("eacute", 233),
    ("ecirc", 234), ("egrave", 232), ("empty", 8709), ("emsp", 8195), ("ensp", 8194), ("epsilon", 949),
    ("equiv", 8801), ("eta", 951), ("eth", 240), ("euml", 235), ("euro", 8364), ("exist", 8707), ("fnof", 402),
    ("forall", 8704), ("frac12", 189), ("frac14", 188), ("frac34", 190), ("frasl", 8260), ("gamma", 947), ("ge", 8805),
    ("gt", 62), ("hArr", 8660), ("harr", 8596), ("hearts", 9829), ("hellip", 8230), ("iacute", 237), ("icirc", 238),
    ("iexcl", 161), ("igrave", 236), ("image", 8465), ("infin", 8734), ("int", 8747), ("iota", 953), ("iquest", 191),
    ("isin", 8712), ("iuml", 239), ("kappa", 954), ("lArr", 8656), ("lambda", 955), ("lang", 9002), ("laquo", 171),
    ("larr", 8592), ("lceil", 8969), ("ldquo", 8220), ("le", 8804), ("lfloor", 8970), ("lowast", 8727), ("loz", 9674),
    ("lrm", 8206), ("lsaquo", 8249), ("lsquo", 8216), ("lt", 60), ("macr", 175), ("mdash", 8212), ("micro", 181),
    ("middot", 183), ("minus", 8722), ("mu", 956), ("nabla", 8711), ("nbsp", 160), ("ndash", 8211), ("ne", 8800),
    ("ni", 8715), ("not", 172), ("notin", 8713), ("nsub", 8836), ("ntilde", 241), ("nu", 957), ("oacute", 243),
    ("ocirc", 244), ("oelig", 339), ("ograve", 242), ("oline", 8254), ("omega", 969), ("omicron", 959),
    ("oplus", 8853), ("or", 8744), ("ordf", 170), ("ordm", 186), ("oslash", 248), ("otilde", 245), ("otimes", 8855),
    ("ouml", 246), ("para", 182), ("part", 8706), ("permil", 8240), ("perp", 8869), ("phi", 966), ("pi", 960),
    ("piv", 982), ("plusmn", 177), ("pound", 163), ("prime", 8242), ("prod", 8719), ("prop", 8733), ("psi", 968),
    ("quot", 34), ("rArr", 8658), ("radic", 8730), ("rang", 9001), ("raquo", 187), ("rarr", 8594), ("rceil", 8968),
    ("rdquo", 8221), ("real", 8476), ("reg", 174), ("rfloor", 8971), ("rho", 961), ("rlm", 8207), ("rsaquo", 8250),
    ("rsquo", 8217), ("sbquo", 8218), ("scaron", 353), ("sdot", 8901), ("sect", 167), ("shy", 173), ("sigma", 963),
    ("sigmaf", 962), ("sim", 8764), ("spades", 9824), ("sub", 8834), ("sube", 8838), ("sum", 8721), ("sup", 8835),
    ("sup1", 185), ("sup2", 178), ("sup3", 179), ("supe", 8839), ("szlig", 223), ("tau", 964), ("there4", 8756),
    ("theta", 952), ("thetasym", 977), ("thinsp", 8201), ("thorn", 254), ("tilde", 732), ("times", 215),
    ("trade", 8482), ("uArr", 8657), ("uacute", 250), ("uarr", 8593), ("ucirc", 251), ("ugrave", 249), ("uml", 168),
    ("upsih", 978), ("upsilon", 965), ("uuml", 252), ("vellip", 8942), ("weierp", 8472), ("xi", 958), ("yacute", 253),
    ("yen", 165), ("yuml", 255), ("zeta", 950), ("zwj", 8205), ("zwnj", 8204),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_sorted_and_known() {
        assert!(NAMES.is_sorted());
        assert_eq!(named("eacute"), Some('é'));
        assert_eq!(named("check"), None);
    }

    #[test]
    fn the_browser_decodes_what_is_written_with_a_semicolon() {
        assert_eq!(decode_references("a &lt; b &copy c &check; &no-such; &#233;"), "a < b &copy c ✓ &no-such; é");
        assert!(matches!(decode_references("a & b"), Cow::Borrowed(_)));
    }
}
