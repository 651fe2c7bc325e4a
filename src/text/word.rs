//! Word characters of any script. In: a character. Out: whether words are made of it. Neighbours: ids of headers,
//! slugs, Markdown's rules and the editing commands ask.
//!
//! The standard library knows letters and numbers; marks, decimal digits and connectors stand in a table of their own,
//! which is fifteen times smaller than a table of all categories. A test makes the table from the general categories of
//! the crate `unicode-general-category`, and prints what to write here where a new version of Unicode differs.

/// Ruby's `\p{Word}`: letters, marks, decimal digits and connectors.
pub(crate) fn is_word(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphanumeric() || c == '_';
    }
    c.is_alphabetic() || is_listed(c)
}

/// Ruby's `[\p{L}\p{M}\p{Nd}]`.
pub(crate) fn is_letter_mark_or_digit(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphanumeric();
    }
    // Alphabetic numerals, and letters in circles or squares, belong to none of the three categories.
    let is_symbol = matches!(c, '\u{24B6}'..='\u{24E9}' | '\u{1F130}'..='\u{1F189}');
    (c.is_alphabetic() && !c.is_numeric() && !is_symbol) || (is_listed(c) && !is_connector(c))
}

/// `\p{Pc}` outside of ASCII.
fn is_connector(c: char) -> bool {
    matches!(c, '\u{203F}' | '\u{2040}' | '\u{2054}' | '\u{FE33}' | '\u{FE34}' | '\u{FE4D}'..='\u{FE4F}' | '\u{FF3F}')
}

/// Whether the character is a mark, a decimal digit or a connector, and not of ASCII.
fn is_listed(c: char) -> bool {
    let c = u32::from(c);
    let after = STARTS.partition_point(|&start| start <= c);
    let range = after.checked_sub(1).and_then(|at| STARTS.get(at).zip(LENGTHS.get(at)));
    range.is_some_and(|(&start, &length)| c - start < u32::from(length))
}

/// Where the ranges of `is_listed` begin: `\p{M}`, `\p{Nd}` and `\p{Pc}` of Unicode 16.
static STARTS: [u32; 383] = [
    0x300, 0x483, 0x591, 0x5BF, 0x5C1, 0x5C4, 0x5C7, 0x610, 0x64B, 0x670, 0x6D6, 0x6DF, 0x6E7, 0x6EA, 0x6F0, 0x711,
    0x730, 0x7A6, 0x7C0, 0x7EB, 0x7FD, 0x816, 0x81B, 0x825, 0x829, 0x859, 0x897, 0x8CA, 0x8E3, 0x93A, 0x93E, 0x951,
    0x962, 0x966, 0x981, 0x9BC, 0x9BE, 0x9C7, 0x9CB, 0x9D7, 0x9E2, 0x9E6, 0x9FE, 0xA01, 0xA3C, 0xA3E, 0xA47, 0xA4B,
    0xA51, 0xA66, 0xA75, 0xA81, 0xABC, 0xABE, 0xAC7, 0xACB, 0xAE2, 0xAE6, 0xAFA, 0xB01, 0xB3C, 0xB3E, 0xB47, 0xB4B,
    0xB55, 0xB62, 0xB66, 0xB82, 0xBBE, 0xBC6, 0xBCA, 0xBD7, 0xBE6, 0xC00, 0xC3C, 0xC3E, 0xC46, 0xC4A, 0xC55, 0xC62,
    0xC66, 0xC81, 0xCBC, 0xCBE, 0xCC6, 0xCCA, 0xCD5, 0xCE2, 0xCE6, 0xCF3, 0xD00, 0xD3B, 0xD3E, 0xD46, 0xD4A, 0xD57,
    0xD62, 0xD66, 0xD81, 0xDCA, 0xDCF, 0xDD6, 0xDD8, 0xDE6, 0xDF2, 0xE31, 0xE34, 0xE47, 0xE50, 0xEB1, 0xEB4, 0xEC8,
    0xED0, 0xF18, 0xF20, 0xF35, 0xF37, 0xF39, 0xF3E, 0xF71, 0xF86, 0xF8D, 0xF99, 0xFC6, 0x102B, 0x1040, 0x1056, 0x105E,
    0x1062, 0x1067, 0x1071, 0x1082, 0x108F, 0x135D, 0x1712, 0x1732, 0x1752, 0x1772, 0x17B4, 0x17DD, 0x17E0, 0x180B,
    0x180F, 0x1885, 0x18A9, 0x1920, 0x1930, 0x1946, 0x19D0, 0x1A17, 0x1A55, 0x1A60, 0x1A7F, 0x1A90, 0x1AB0, 0x1B00,
    0x1B34, 0x1B50, 0x1B6B, 0x1B80, 0x1BA1, 0x1BB0, 0x1BE6, 0x1C24, 0x1C40, 0x1C50, 0x1CD0, 0x1CD4, 0x1CED, 0x1CF4,
    0x1CF7, 0x1DC0, 0x203F, 0x2054, 0x20D0, 0x2CEF, 0x2D7F, 0x2DE0, 0x302A, 0x3099, 0xA620, 0xA66F, 0xA674, 0xA69E,
    0xA6F0, 0xA802, 0xA806, 0xA80B, 0xA823, 0xA82C, 0xA880, 0xA8B4, 0xA8D0, 0xA8E0, 0xA8FF, 0xA926, 0xA947, 0xA980,
    0xA9B3, 0xA9D0, 0xA9E5, 0xA9F0, 0xAA29, 0xAA43, 0xAA4C, 0xAA50, 0xAA7B, 0xAAB0, 0xAAB2, 0xAAB7, 0xAABE, 0xAAC1,
    0xAAEB, 0xAAF5, 0xABE3, 0xABEC, 0xABF0, 0xFB1E, 0xFE00, 0xFE20, 0xFE33, 0xFE4D, 0xFF10, 0xFF3F, 0x101FD, 0x102E0,
    0x10376, 0x104A0, 0x10A01, 0x10A05, 0x10A0C, 0x10A38, 0x10A3F, 0x10AE5, 0x10D24, 0x10D30, 0x10D40, 0x10D69,
    0x10EAB, 0x10EFC, 0x10F46, 0x10F82, 0x11000, 0x11038, 0x11066, 0x11073, 0x1107F, 0x110B0, 0x110C2, 0x110F0,
    0x11100, 0x11127, 0x11136, 0x11145, 0x11173, 0x11180, 0x111B3, 0x111C9, 0x111CE, 0x1122C, 0x1123E, 0x11241,
    0x112DF, 0x112F0, 0x11300, 0x1133B, 0x1133E, 0x11347, 0x1134B, 0x11357, 0x11362, 0x11366, 0x11370, 0x113B8,
    0x113C2, 0x113C5, 0x113C7, 0x113CC, 0x113D2, 0x113E1, 0x11435, 0x11450, 0x1145E, 0x114B0, 0x114D0, 0x115AF,
    0x115B8, 0x115DC, 0x11630, 0x11650, 0x116AB, 0x116C0, 0x116D0, 0x1171D, 0x11730, 0x1182C, 0x118E0, 0x11930,
    0x11937, 0x1193B, 0x11940, 0x11942, 0x11950, 0x119D1, 0x119DA, 0x119E4, 0x11A01, 0x11A33, 0x11A3B, 0x11A47,
    0x11A51, 0x11A8A, 0x11BF0, 0x11C2F, 0x11C38, 0x11C50, 0x11C92, 0x11CA9, 0x11D31, 0x11D3A, 0x11D3C, 0x11D3F,
    0x11D47, 0x11D50, 0x11D8A, 0x11D90, 0x11D93, 0x11DA0, 0x11EF3, 0x11F00, 0x11F03, 0x11F34, 0x11F3E, 0x11F50,
    0x13440, 0x13447, 0x1611E, 0x16A60, 0x16AC0, 0x16AF0, 0x16B30, 0x16B50, 0x16D70, 0x16F4F, 0x16F51, 0x16F8F,
    0x16FE4, 0x16FF0, 0x1BC9D, 0x1CCF0, 0x1CF00, 0x1CF30, 0x1D165, 0x1D16D, 0x1D17B, 0x1D185, 0x1D1AA, 0x1D242,
    0x1D7CE, 0x1DA00, 0x1DA3B, 0x1DA75, 0x1DA84, 0x1DA9B, 0x1DAA1, 0x1E000, 0x1E008, 0x1E01B, 0x1E023, 0x1E026,
    0x1E08F, 0x1E130, 0x1E140, 0x1E2AE, 0x1E2EC, 0x1E4EC, 0x1E5EE, 0x1E5F1, 0x1E8D0, 0x1E944, 0x1E950, 0x1FBF0,
    0xE0100,
];

/// How many characters each of them has.
static LENGTHS: [u8; 383] = [
    112, 7, 45, 1, 2, 2, 1, 11, 31, 1, 7, 6, 2, 4, 10, 1, 27, 11, 10, 9, 1, 4, 9, 3, 5, 3, 9, 24, 33, 3, 18, 7, 2, 10,
    3, 1, 7, 2, 3, 1, 2, 10, 1, 3, 1, 5, 2, 3, 1, 12, 1, 3, 1, 8, 3, 3, 2, 10, 6, 3, 1, 7, 2, 3, 3, 2, 10, 1, 5, 3, 4,
    1, 10, 5, 1, 7, 3, 4, 2, 2, 10, 3, 1, 7, 3, 4, 2, 2, 10, 1, 4, 2, 7, 3, 4, 1, 2, 10, 3, 1, 6, 1, 8, 10, 2, 1, 7, 8,
    10, 1, 9, 7, 10, 2, 10, 1, 1, 1, 2, 20, 2, 11, 36, 1, 20, 10, 4, 3, 3, 7, 4, 12, 15, 3, 4, 3, 2, 2, 32, 1, 10, 3,
    11, 2, 1, 12, 12, 10, 10, 5, 10, 29, 11, 10, 31, 5, 17, 10, 9, 3, 13, 10, 14, 20, 10, 10, 3, 21, 1, 1, 3, 64, 2, 1,
    33, 3, 1, 32, 6, 2, 10, 4, 10, 2, 2, 1, 1, 1, 5, 1, 2, 18, 10, 18, 11, 8, 13, 4, 14, 10, 1, 10, 14, 1, 2, 10, 3, 1,
    3, 2, 2, 1, 5, 2, 8, 2, 10, 1, 16, 16, 2, 3, 10, 1, 1, 1, 5, 10, 3, 2, 4, 3, 1, 2, 4, 10, 10, 5, 2, 4, 11, 4, 3,
    15, 11, 2, 4, 11, 1, 10, 3, 14, 10, 2, 1, 3, 14, 4, 12, 12, 1, 1, 12, 10, 4, 2, 7, 2, 3, 1, 2, 7, 5, 9, 1, 1, 4, 5,
    1, 2, 18, 10, 1, 20, 10, 7, 9, 2, 17, 10, 13, 10, 20, 15, 10, 15, 10, 6, 2, 4, 1, 2, 10, 7, 7, 1, 10, 7, 4, 1, 11,
    16, 10, 8, 8, 10, 22, 14, 6, 1, 2, 7, 1, 10, 5, 2, 5, 10, 4, 2, 1, 7, 5, 11, 1, 15, 28, 10, 10, 5, 7, 10, 10, 1,
    55, 4, 1, 2, 2, 10, 46, 23, 5, 6, 8, 7, 4, 3, 50, 55, 50, 1, 1, 5, 15, 7, 17, 7, 2, 5, 1, 7, 10, 1, 14, 14, 2, 10,
    7, 7, 10, 10, 240,
];

#[cfg(test)]
mod tests {
    use super::*;
    use unicode_general_category::{GeneralCategory as G, get_general_category};

    /// The start and the length of each range of characters outside ASCII that `is_listed` has to accept.
    fn ranges() -> (Vec<u32>, Vec<u8>) {
        let (mut starts, mut lengths): (Vec<u32>, Vec<u8>) = Default::default();
        let mut next = 0;
        for c in ('\u{80}'..=char::MAX).filter(|&c| {
            use G::{ConnectorPunctuation, DecimalNumber, EnclosingMark, NonspacingMark, SpacingMark};
            let category = get_general_category(c);
            matches!(category, ConnectorPunctuation | DecimalNumber | EnclosingMark | NonspacingMark | SpacingMark)
        }) {
            let c = u32::from(c);
            match lengths.last_mut().filter(|length| c == next && **length < u8::MAX) {
                Some(length) => *length += 1,
                None => {
                    starts.push(c);
                    lengths.push(1);
                }
            }
            next = c + 1;
        }
        (starts, lengths)
    }

    #[test]
    fn the_table_is_made_of_the_general_categories() {
        let (starts, lengths) = ranges();
        let table = || format!("STARTS: {starts:#X?}\nLENGTHS: {lengths:?}");
        assert!(starts == STARTS && lengths == LENGTHS, "the table should be\n{}", table());
    }

    #[test]
    fn words_are_made_of_the_general_categories() {
        for c in '\0'..=char::MAX {
            let category = get_general_category(c);
            let letter = matches!(
                category,
                G::UppercaseLetter | G::LowercaseLetter | G::TitlecaseLetter | G::ModifierLetter | G::OtherLetter
            );
            let mark = matches!(category, G::NonspacingMark | G::SpacingMark | G::EnclosingMark);
            let digit = category == G::DecimalNumber;
            let connector = category == G::ConnectorPunctuation;
            // The standard library may be of a later version of Unicode.
            if category == G::Unassigned {
                continue;
            }
            assert_eq!(is_letter_mark_or_digit(c), letter || mark || digit, "{c:?} {category:?}");
            let ascii_word = c.is_ascii_alphanumeric() || c == '_';
            let word = if c.is_ascii() { ascii_word } else { c.is_alphabetic() || mark || digit || connector };
            assert_eq!(is_word(c), word, "{c:?} {category:?}");
        }
    }
}
