//! Slugs and the titles made from them. In: a title or a part of a file name. Out: a slug, or a title.
//! Neighbours: `file_name.rs`, `permalink.rs`. The rules are those of Jekyll's `utils.rb` (`slugify`, `titleize_slug`).

use crate::text::{downcase, is_letter_mark_or_digit, upcase};

/// Which characters a slug keeps; every run of others becomes one hyphen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mode {
    /// Everything but white space.
    Raw,
    /// Letters, marks and decimal digits of any script.
    #[default]
    Default,
    /// The same and ``._~!$&'()+,;=@``.
    Pretty,
    /// `a` to `z`, `A` to `Z`, `0` to `9`.
    Ascii,
    /// The default, after Latin letters have lost their accents and everything else outside ASCII has become `?`.
    Latin,
    /// The text as it is. Jekyll takes any mode that it does not know for this one.
    None,
}

impl Mode {
    /// The mode of that name in a site's settings or a template.
    pub fn named(name: &str) -> Self {
        match name {
            "raw" => Self::Raw,
            "default" => Self::Default,
            "pretty" => Self::Pretty,
            "ascii" => Self::Ascii,
            "latin" => Self::Latin,
            _ => Self::None,
        }
    }

    fn keeps(self, c: char) -> bool {
        match self {
            // Ruby's `\s` is ASCII.
            Self::Raw => !matches!(c, ' ' | '\t' | '\n' | '\r' | '\x0B' | '\x0C'),
            Self::Pretty => is_letter_mark_or_digit(c) || "._~!$&'()+,;=@".contains(c),
            Self::Ascii => c.is_ascii_alphanumeric(),
            Self::Default | Self::Latin => is_letter_mark_or_digit(c),
            Self::None => true,
        }
    }
}

/// Whether a slug keeps capital letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SlugCase {
    /// `Docker` becomes `docker`.
    Lower,
    /// `Docker` stays, as in `:title` of a permalink.
    Kept,
}

/// Makes a slug. Empty where nothing of `text` may stay.
pub fn slugify(text: &str, mode: Mode, case: SlugCase) -> String {
    let mut slug = String::with_capacity(text.len());
    if mode == Mode::Latin {
        for c in text.chars() {
            transliterate(c, |plain| push(&mut slug, plain, mode));
        }
    } else {
        for c in text.chars() {
            push(&mut slug, c, mode);
        }
    }
    if mode != Mode::None {
        slug = trim_hyphens(&slug);
    }
    match case {
        SlugCase::Lower => downcase(&slug),
        SlugCase::Kept => slug,
    }
}

/// Adds a character that stays, or one hyphen for a run of characters that do not. A hyphen that was written counts
/// as one that does not stay, except in the raw mode.
fn push(slug: &mut String, c: char, mode: Mode) {
    if mode.keeps(c) {
        slug.push(c);
    } else if !slug.ends_with(REPLACED) {
        slug.push(REPLACED);
    }
}

/// Stands for a replaced run until the end, so that the raw mode can tell it from hyphens that were written. It is no
/// character of any text: a noncharacter of Unicode that `trim_hyphens` turns into a hyphen.
const REPLACED: char = '\u{FDD0}';

/// One hyphen at the beginning and one at the end of each line goes. Lines matter only where the mode keeps their
/// breaks, and none does.
fn trim_hyphens(slug: &str) -> String {
    let slug = slug.replace(REPLACED, "-");
    let slug = slug.strip_prefix('-').unwrap_or(&slug);
    slug.strip_suffix('-').unwrap_or(slug).to_owned()
}

/// `retour-sur-la-conf` becomes `Retour Sur La Conf`.
pub fn titleize(slug: &str) -> String {
    // Ruby's `split` drops empty parts at the end, not those in between.
    let words: Vec<String> = slug.trim_end_matches('-').split('-').map(capitalize).collect();
    words.join(" ")
}

/// The first letter in title case, the others in lower case, as Ruby's `capitalize`.
fn capitalize(word: &str) -> String {
    let mut chars = word.chars();
    let Some(first) = chars.next() else { return String::new() };
    let mut out = String::with_capacity(word.len());
    match first {
        // Digraphs have a title case of their own; Georgian's is the lower case.
        '\u{1C4}'..='\u{1C6}' => out.push('\u{1C5}'),
        '\u{1C7}'..='\u{1C9}' => out.push('\u{1C8}'),
        '\u{1CA}'..='\u{1CC}' => out.push('\u{1CB}'),
        '\u{1F1}'..='\u{1F3}' => out.push('\u{1F2}'),
        '\u{10D0}'..='\u{10FF}' => out.push(first),
        '\u{1C90}'..='\u{1CBF}' => out.push_str(&downcase(&first.to_string())),
        // Greek vowels keep their iota subscript.
        '\u{1F80}'..='\u{1FAF}' => out.push(char::from_u32(u32::from(first) | 8).unwrap_or(first)),
        'ᾳ' | 'ῃ' | 'ῳ' => out.push(char::from_u32(u32::from(first) + 9).unwrap_or(first)),
        'ᾼ' | 'ῌ' | 'ῼ' => out.push(first),
        'ŉ' => out.push_str("ʼN"),
        _ => {
            // `ß` is `SS` in capitals and `Ss` as a first letter.
            let upper = upcase(&first.to_string());
            let mut upper = upper.chars();
            out.extend(upper.next());
            out.push_str(&downcase(upper.as_str()));
        }
    }
    out.push_str(&downcase(chars.as_str()));
    out
}

/// The plain letters for U+00C0 to U+00FF and U+0100 to U+017E, as Ruby's i18n gives them; `*` where there are two.
const LATIN_1: &str = "AAAAAA*CEEEEIIIIDNOOOOOxOUUUUY**aaaaaa*ceeeeiiiidnooooo?ouuuuy*y";
const LATIN_A: &str = "AaAaAaCcCcCcCcDdDdEeEeEeEeEeGgGgGgGgHhHhIiIiIiIiIi**JjKkkLlLlLlLlLlNnNnNn***OoOoOo**RrRrRrSsSsSsSsTtTtTtUuUuUuUuUuUuWwYyYZzZzZz";

pub(crate) fn transliterate(c: char, mut give: impl FnMut(char)) {
    let code = c as usize;
    let plain = match code {
        0..0x80 => return give(c),
        0xC0..=0xFF => LATIN_1.as_bytes().get(code - 0xC0).copied().unwrap_or(b'?'),
        0x100..=0x17E => LATIN_A.as_bytes().get(code - 0x100).copied().unwrap_or(b'?'),
        _ => b'?',
    };
    if plain != b'*' {
        return give(char::from(plain));
    }
    let letters = match c {
        'Æ' => "AE",
        'æ' => "ae",
        'Þ' => "Th",
        'þ' => "th",
        'ß' => "ss",
        'Ĳ' => "IJ",
        'ĳ' => "ij",
        'ŉ' => "'n",
        'Ŋ' => "NG",
        'ŋ' => "ng",
        'Œ' => "OE",
        _ => "oe",
    };
    letters.chars().for_each(give);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lower(text: &str, mode: Mode) -> String {
        slugify(text, mode, SlugCase::Lower)
    }

    #[test]
    fn every_mode_keeps_its_own_characters() {
        let text = " L'Été à 50 % : Docker_1.0, C++ & 日本! ";
        assert_eq!(lower(text, Mode::Default), "l-été-à-50-docker-1-0-c-日本");
        assert_eq!(lower(text, Mode::Pretty), "l'été-à-50-docker_1.0,-c++-&-日本!");
        assert_eq!(lower(text, Mode::Ascii), "l-t-50-docker-1-0-c");
        assert_eq!(lower(text, Mode::Latin), "l-ete-a-50-docker-1-0-c");
        assert_eq!(lower(text, Mode::Raw), "l'été-à-50-%-:-docker_1.0,-c++-&-日本!");
        assert_eq!(lower(text, Mode::None), " l'été à 50 % : docker_1.0, c++ & 日本! ");
    }

    #[test]
    fn case_may_be_kept() {
        assert_eq!(slugify("Docker Con", Mode::Pretty, SlugCase::Kept), "Docker-Con");
        assert_eq!(lower("ΟΔΟΣ", Mode::Default), "οδοσ");
    }

    #[test]
    fn hyphens_of_the_text_survive_only_the_raw_mode() {
        assert_eq!(lower("--a--b--", Mode::Default), "a-b");
        assert_eq!(lower("--a - b--", Mode::Raw), "-a---b-");
        assert_eq!(lower("---", Mode::Default), "");
    }

    #[test]
    fn the_latin_tables_cover_their_ranges() {
        assert_eq!(LATIN_1.len(), 0x40);
        assert_eq!(LATIN_A.len(), 0x7F);
        assert_eq!(lower("Œuvre ŉ Straße Ærø Łódź", Mode::Latin), "oeuvre-n-strasse-aero-lodz");
    }

    #[test]
    fn titles_from_slugs() {
        assert_eq!(titleize("retour-sur-la-DockerCon"), "Retour Sur La Dockercon");
        assert_eq!(titleize("-a--b--"), " A  B");
        assert_eq!(titleize("été-ßa-ǆur"), "Été Ssa ǅur");
        assert_eq!(titleize(""), "");
    }
}
