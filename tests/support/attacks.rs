//! The attacks of `tests/attacks.txt`; the format stands at its head. In: the file. Out: texts of posts.
//! Neighbours: the tests of the sanitizer; the browser's tests read the same file.
#![allow(dead_code)]

/// Where the payloads send their requests: a port that nothing listens on.
pub const LOGGER: &str = "http://127.0.0.1:9/hit";

/// One attack.
pub struct Attack {
    /// Its name, unique in the file.
    pub id: String,
    /// The whole post, placeholders filled in.
    pub text: String,
}

impl Attack {
    /// The text without its front matter.
    pub fn body(&self) -> &str {
        let Some(rest) = self.text.strip_prefix("---\n") else { return &self.text };
        match rest.find("\n---\n") {
            Some(end) => &rest[end + 5..],
            None => &self.text,
        }
    }
}

/// All attacks, in the order of the file.
pub fn all() -> Vec<Attack> {
    let file = include_str!("../attacks.txt");
    let start = file.find("\n=== ").expect("an attack") + 1;
    let mut attacks = Vec::new();
    for piece in file[start + 4..].split("\n=== ") {
        let (id, text) = piece.split_once('\n').expect("an id and a text");
        let text = text.strip_suffix('\n').unwrap_or(text);
        let text = unescaped(text).replace("{ID}", id).replace("{LOGGER}", LOGGER);
        attacks.push(Attack { id: id.to_owned(), text });
    }
    attacks
}

/// `⟦XX⟧` as the character of that number.
fn unescaped(text: &str) -> String {
    let mut plain = String::new();
    let mut rest = text;
    while let Some(at) = rest.find('⟦') {
        let end = rest[at..].find('⟧').expect("a closing bracket") + at;
        let digits = &rest[at + '⟦'.len_utf8()..end];
        let number = u32::from_str_radix(digits, 16).expect("hexadecimal digits");
        plain.push_str(&rest[..at]);
        plain.push(char::from_u32(number).expect("a character"));
        rest = &rest[end + '⟧'.len_utf8()..];
    }
    plain.push_str(rest);
    plain
}
