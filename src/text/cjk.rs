//! Characters of Chinese, Japanese and Korean writing. In: a character. Out: whether it has the script, as Ruby 3.1 has
//! it. Neighbours: kramdown's option `remove_line_breaks_for_cjk`, and the filter that counts words.

/// Ruby's `[\p{Han}\p{Hiragana}\p{Katakana}]`.
pub(crate) fn is_cjk(c: char) -> bool {
    matches!(c, '\u{2E80}'..='\u{2E99}' | '\u{2E9B}'..='\u{2EF3}' | '\u{2F00}'..='\u{2FD5}' | '々' | '〇'
        | '\u{3021}'..='\u{3029}' | '\u{3038}'..='\u{303B}' | '\u{3041}'..='\u{3096}' | '\u{309D}'..='\u{309F}'
        | '\u{30A1}'..='\u{30FA}' | '\u{30FD}'..='\u{30FF}' | '\u{31F0}'..='\u{31FF}' | '\u{32D0}'..='\u{32FE}'
        | '\u{3300}'..='\u{3357}' | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFC}' | '\u{F900}'..='\u{FA6D}'
        | '\u{FA70}'..='\u{FAD9}' | '\u{FF66}'..='\u{FF6F}' | '\u{FF71}'..='\u{FF9D}' | '\u{16FF0}'..='\u{16FF1}'
        | '\u{1B000}'..='\u{1B11E}' | '\u{1B150}'..='\u{1B152}' | '\u{1B164}'..='\u{1B167}' | '\u{1F200}'
        | '\u{20000}'..='\u{2A6DD}' | '\u{2A700}'..='\u{2B734}' | '\u{2B740}'..='\u{2B81D}'
        | '\u{2B820}'..='\u{2CEA1}' | '\u{2CEB0}'..='\u{2EBE0}' | '\u{2F800}'..='\u{2FA1D}'
        | '\u{30000}'..='\u{3134A}')
}

/// Ruby's `\p{Hangul}`.
pub(crate) fn is_hangul(c: char) -> bool {
    matches!(c, '\u{1100}'..='\u{11FF}' | '\u{302E}'..='\u{302F}' | '\u{3131}'..='\u{318E}' | '\u{3200}'..='\u{321E}'
        | '\u{3260}'..='\u{327E}' | '\u{A960}'..='\u{A97C}' | '\u{AC00}'..='\u{D7A3}' | '\u{D7B0}'..='\u{D7C6}'
        | '\u{D7CB}'..='\u{D7FB}' | '\u{FFA0}'..='\u{FFBE}' | '\u{FFC2}'..='\u{FFC7}' | '\u{FFCA}'..='\u{FFCF}'
        | '\u{FFD2}'..='\u{FFD7}' | '\u{FFDA}'..='\u{FFDC}')
}
