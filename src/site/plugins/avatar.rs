//! jekyll-avatar 0.8.0: the tag `avatar` shows the picture of somebody on GitHub. In: the markup. Out: a picture.
//! Neighbours: `mod.rs` asks. The rules are those of the gem's jekyll-avatar.rb.

use crate::liquid::{TagOutput, TagRun};

const DEFAULT_SIZE: &str = "40";

/// Pictures below this size have another class.
const SMALL: u64 = 48;

/// What the tag writes.
pub(super) fn tag(markup: &str, run: &mut dyn TagRun) -> TagOutput {
    let Some(text) = run.text(markup) else { return TagOutput::Unknown };
    let digit = |c: char| c.is_ascii_digit();
    let name = |c: char| c.is_alphanumeric() || matches!(c, '_' | '.');
    // The size and the variable are read before Liquid runs.
    let size = option(&markup.to_ascii_lowercase(), "size=", digit).unwrap_or_else(|| DEFAULT_SIZE.to_owned());
    let user = match option(markup, "user=", name) {
        Some(variable) => {
            let value = run.value(&variable);
            if value.is_true() { value.plain_text() } else { variable }
        }
        None => {
            let first = if text.contains(' ') { text.split_whitespace().next().unwrap_or("") } else { &text };
            first.strip_prefix('@').unwrap_or(first).to_owned()
        }
    };
    let number: u64 = size.parse().unwrap_or(0);
    let path = |scale: u64| {
        let size = if scale == 1 { size.clone() } else { number.saturating_mul(scale).to_string() };
        [&user, "?v=3&s=", &size].concat()
    };
    let server = (crc32(path(1).as_bytes()) % 4).to_string();
    let url = |scale: u64| ["https://avatars", &server, ".githubusercontent.com/", &path(scale)].concat();
    let sources: Vec<String> = (1..=4).map(|scale| [&url(scale), " ", &scale.to_string(), "x"].concat()).collect();
    let (source, sources) = (url(1), sources.join(", "));
    let class = if number < SMALL { "avatar avatar-small" } else { "avatar" };
    let mut attributes =
        vec![("class", class), ("alt", &user), ("width", &size), ("height", &size), ("data-proofer-ignore", "true")];
    if text.contains("lazy=true") {
        attributes.extend([("src", ""), ("data-src", &source), ("data-srcset", &sources)]);
    } else {
        attributes.extend([("src", source.as_str()), ("srcset", &sources)]);
    }
    let attributes: String = attributes.iter().map(|(name, value)| [" ", name, "=\"", value, "\""].concat()).collect();
    TagOutput::Text(["<img", &attributes, " />"].concat())
}

/// The value after `name` where a word begins, as long as its characters are `good`, up to the end of a word.
fn option(text: &str, name: &str, good: impl Fn(char) -> bool) -> Option<String> {
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    text.match_indices(name).find_map(|(at, _)| {
        let before = text.get(..at)?.chars().next_back();
        let after = text.get(at + name.len()..)?;
        let value = after.get(..after.find(|c| !good(c)).unwrap_or(after.len()))?;
        // A word ends with a letter, a digit or `_`.
        let value = value.trim_end_matches(|c| !is_word(c));
        let next = after.get(value.len()..)?.chars().next();
        let begins = !before.is_some_and(is_word);
        (begins && !value.is_empty() && !next.is_some_and(is_word)).then(|| value.to_owned())
    })
}

/// The checksum that zlib has.
fn crc32(bytes: &[u8]) -> u32 {
    let mut sum = u32::MAX;
    for &byte in bytes {
        sum ^= u32::from(byte);
        for _ in 0..8 {
            sum = (sum >> 1) ^ (0xEDB8_8320 & (sum & 1).wrapping_neg());
        }
    }
    !sum
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_checksum_is_that_of_zlib() {
        assert_eq!(crc32(b"123456789"), 0xCBF4_3926);
    }

    #[test]
    fn an_option_is_a_word() {
        let digit = |c: char| c.is_ascii_digit();
        assert_eq!(option("ada size=80", "size=", digit).as_deref(), Some("80"));
        assert_eq!(option("ada xsize=80", "size=", digit), None);
        assert_eq!(option("ada size=80px", "size=", digit), None);
    }
}
