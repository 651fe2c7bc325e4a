//! The classes of tokens. In: the short name that a table has. Out: the class of a run.
//! Neighbours: `operations.rs` reads them from tables; the styles of a post give each its colour.

/// All of Rouge's and Pygments' classes in order of the alphabet; the first is text without a span.
const NAMES: [&str; 82] = [
    "", "bp", "c", "c1", "cd", "ch", "cm", "cp", "cpf", "cs", "dl", "err", "esc", "fm", "g", "gd", "ge", "gh", "gi",
    "gl", "go", "gp", "gr", "gs", "gt", "gu", "il", "k", "kc", "kd", "kn", "kp", "kr", "kt", "kv", "l", "ld", "m",
    "mb", "mf", "mh", "mi", "mo", "mx", "n", "na", "nb", "nc", "nd", "ne", "nf", "ni", "nl", "nn", "no", "nt", "nv",
    "nx", "o", "ow", "p", "pi", "py", "s", "s1", "s2", "sa", "sb", "sc", "sd", "se", "sh", "si", "sr", "ss", "sx",
    "vc", "vg", "vi", "vm", "w", "x",
];

/// A class of tokens, by its number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct TokenClass(u8);

impl TokenClass {
    /// Text without a span.
    pub(super) const TEXT: Self = Self(0);
    /// What no rule of a lexer matches.
    pub(super) const ERROR: Self = Self(11);

    pub(super) fn find(name: &str) -> Option<Self> {
        NAMES.binary_search(&name).ok().and_then(|index| u8::try_from(index).ok()).map(Self)
    }

    /// The short name, as Rouge writes it into HTML.
    pub(super) fn name(self) -> &'static str {
        NAMES.get(usize::from(self.0)).copied().unwrap_or("")
    }
}

#[cfg(test)]
mod tests {
    use super::{NAMES, TokenClass};

    #[test]
    fn every_class_is_found_by_its_name() {
        for name in NAMES {
            assert_eq!(TokenClass::find(name).map(TokenClass::name), Some(name));
        }
        assert_eq!(TokenClass::TEXT.name(), "");
        assert_eq!(TokenClass::ERROR.name(), "err");
        assert_eq!(TokenClass::find("nothing"), None);
    }
}
