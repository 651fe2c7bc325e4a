//! `Shortcut`: a key with modifiers. In: a keyboard event's parts. Out: whether it matches, and how it is written.
//! Neighbours: `table.rs` gives them to commands; `app/` passes events in and shows them.

/// A key and the modifiers held with it, no others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Shortcut {
    /// The key as `KeyboardEvent.key` names it; a letter in upper case.
    pub key: &'static str,
    /// Whether the platform's main modifier is held: Ctrl, on Apple's systems Cmd.
    pub primary: bool,
    /// Whether Shift is held.
    pub shift: bool,
    /// Whether Alt is held, on Apple's systems Option.
    pub alt: bool,
}

impl Shortcut {
    /// Whether an event means this shortcut. `key` is what [`Shortcut::key_of`] gives; the flags are the event's
    /// `ctrlKey`, `metaKey`, `shiftKey`, `altKey`; `apple` says whether the system is one of Apple's.
    pub fn matches(&self, key: &str, ctrl: bool, meta: bool, shift: bool, alt: bool, apple: bool) -> bool {
        let (primary, other) = if apple { (meta, ctrl) } else { (ctrl, meta) };
        self.key.eq_ignore_ascii_case(key)
            && primary == self.primary
            && !other
            && shift == self.shift
            && alt == self.alt
    }

    /// The key that an event means, from its `key` and `code`. Shift makes another character of a digit, Option of
    /// anything, and a Cyrillic or Greek layout of a letter: there the key's place counts (`Digit7`, `KeyB`). With Alt
    /// elsewhere it does not: Ctrl+Alt is AltGr on Windows, which writes characters of its own.
    pub fn key_of<'a>(key: &'a str, code: &'a str, alt: bool, apple: bool) -> &'a str {
        if alt && !apple {
            return key;
        }
        let latin = key.len() == 1 && key.bytes().all(|b| b.is_ascii_alphanumeric());
        match code.strip_prefix("Digit").or_else(|| code.strip_prefix("Key").filter(|_| !key.is_ascii() || alt)) {
            Some(place) if !latin && place.len() == 1 => place,
            _ => key,
        }
    }

    /// How the shortcut is written: `Ctrl+Shift+7`, on Apple's systems `⇧⌘7`.
    pub fn display(&self, apple: bool) -> String {
        let key = match self.key {
            "Tab" if apple => "⇥",
            "Enter" if apple => "↩",
            key => key,
        };
        let parts: [(bool, &str); 3] = if apple {
            [(self.alt, "⌥"), (self.shift, "⇧"), (self.primary, "⌘")]
        } else {
            [(self.primary, "Ctrl+"), (self.alt, "Alt+"), (self.shift, "Shift+")]
        };
        let mut shown: String = parts.into_iter().filter(|(held, _)| *held).map(|(_, name)| name).collect();
        shown.push_str(key);
        shown
    }

    /// The same with signs for keys that the toolbar's shortcuts do not have: `Alt+↑`.
    pub fn display_with_signs(&self, apple: bool) -> String {
        let (up, down) = if apple { ("⇞", "⇟") } else { ("Page Up", "Page Down") };
        let signs = [("ArrowUp", "↑"), ("ArrowDown", "↓"), ("PageUp", up), ("PageDown", down)];
        signs.iter().fold(self.display(apple), |shown, (key, sign)| shown.replace(key, sign))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BOLD: Shortcut = Shortcut { key: "B", primary: true, shift: false, alt: false };
    const LIST: Shortcut = Shortcut { key: "7", primary: true, shift: true, alt: false };
    const HEADING: Shortcut = Shortcut { key: "2", primary: true, shift: false, alt: true };

    #[test]
    fn the_main_modifier_is_the_platforms() {
        assert!(BOLD.matches("b", true, false, false, false, false));
        assert!(BOLD.matches("B", false, true, false, false, true));
        assert!(!BOLD.matches("b", true, false, false, false, true));
        assert!(!BOLD.matches("b", false, true, false, false, false));
        assert!(!BOLD.matches("b", true, true, false, false, false));
        assert!(!BOLD.matches("b", true, false, true, false, false));
        assert!(!BOLD.matches("b", true, false, false, true, false));
        assert!(!BOLD.matches("i", true, false, false, false, false));
    }

    #[test]
    fn a_keys_place_counts_where_its_character_says_nothing() {
        let on = |shortcut: Shortcut, key, code, shift, alt, apple: bool| {
            shortcut.matches(Shortcut::key_of(key, code, alt, apple), !apple, apple, shift, alt, apple)
        };
        assert!(on(LIST, "&", "Digit7", true, false, false));
        assert!(on(LIST, "/", "Digit7", true, false, false));
        assert!(on(BOLD, "и", "KeyB", false, false, false));
        assert!(on(HEADING, "™", "Digit2", false, true, true));
        // On a Dvorak layout the letter counts, not its place.
        assert!(on(BOLD, "b", "KeyN", false, false, false));
        assert!(!on(BOLD, "x", "KeyB", false, false, false));
        // AltGr+2 on a German keyboard writes ².
        assert!(!on(HEADING, "²", "Digit2", false, true, false));
        assert!(on(HEADING, "2", "Digit2", false, true, false));
        assert_eq!(Shortcut::key_of("Tab", "Tab", false, false), "Tab");
    }

    #[test]
    fn it_is_written_as_the_platform_does() {
        assert_eq!((BOLD.display(false), BOLD.display(true)), ("Ctrl+B".into(), "⌘B".into()));
        assert_eq!((LIST.display(false), LIST.display(true)), ("Ctrl+Shift+7".into(), "⇧⌘7".into()));
        assert_eq!((HEADING.display(false), HEADING.display(true)), ("Ctrl+Alt+2".into(), "⌥⌘2".into()));
        let outdent = Shortcut { key: "Tab", primary: false, shift: true, alt: false };
        assert_eq!((outdent.display(false), outdent.display(true)), ("Shift+Tab".into(), "⇧⇥".into()));
        let up = Shortcut { key: "PageUp", primary: false, shift: false, alt: true };
        assert_eq!((up.display_with_signs(false), up.display_with_signs(true)), ("Alt+Page Up".into(), "⌥⇞".into()));
    }
}
