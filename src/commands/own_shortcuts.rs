//! Shortcuts of one's own: other keys for the commands of the page and of the editor. In: a stored string, keyboard events.
//! Out: which command a key means, how keys are written, the string again. Neighbours: `shortcut.rs` has the
//! shortcuts that commands have by themselves; `app/writing/own_keys.rs` listens, `storage/local` keeps the string.

/// A key with the modifiers that are held with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chord {
    /// The key as `KeyboardEvent.key` names it; a letter in upper case, the space as `Space`.
    pub key: String,
    /// Whether the platform's main modifier is held: Ctrl, on Apple's systems Cmd.
    pub primary: bool,
    /// Whether Ctrl is held on Apple's systems.
    pub control: bool,
    /// Whether Alt is held, on Apple's systems Option.
    pub alt: bool,
    /// Whether Shift is held.
    pub shift: bool,
}

/// Why a key cannot be a shortcut.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoShortcut {
    /// It writes, or moves within a text or a dialog.
    Writes,
    /// The browser or the system keeps it for itself.
    Reserved,
}

/// Keys with the main modifier alone that pages never see, or that every text field needs.
const RESERVED: &[&str] = &["T", "N", "W", "Q", "R", "L", "A", "C", "V", "X", "Z", "Y", "+", "-", "0", "Tab"];
/// The same with Shift.
const RESERVED_WITH_SHIFT: &[&str] = &["T", "N", "W", "Q", "R", "Z", "V", "I", "J", "Tab"];
/// How some keys are written on keyboards, and what events call them.
const SIGNS: &[(&str, &str)] = &[
    ("↩", "Enter"),
    ("⇥", "Tab"),
    ("↑", "ArrowUp"),
    ("↓", "ArrowDown"),
    ("←", "ArrowLeft"),
    ("→", "ArrowRight"),
    ("⇞", "PageUp"),
    ("⇟", "PageDown"),
    ("Page Up", "PageUp"),
    ("Page Down", "PageDown"),
];
/// The modifiers as they are written, first the main one's name in what is stored, and on other systems than Apple's.
const MODIFIERS: &[(&str, char)] = &[
    ("Ctrl+", 'p'),
    ("Control+", 'c'),
    ("Alt+", 'a'),
    ("Shift+", 's'),
    ("⌘", 'p'),
    ("⌃", 'c'),
    ("⌥", 'a'),
    ("⇧", 's'),
];

impl Chord {
    /// What an event means. `key` is what [`super::Shortcut::key_of`] gives; the flags are the event's `ctrlKey`,
    /// `metaKey`, `altKey`, `shiftKey`; `apple` says whether the system is one of Apple's. `None` for a modifier alone, a
    /// key that is not known, and with a modifier that belongs to the system.
    pub fn of_event(key: &str, [ctrl, meta, alt, shift]: [bool; 4], apple: bool) -> Option<Self> {
        let is_none = matches!(
            key,
            "" | "Control"
                | "Meta"
                | "Alt"
                | "AltGraph"
                | "Shift"
                | "CapsLock"
                | "Dead"
                | "Process"
                | "Unidentified"
                | "OS"
        );
        if is_none || (meta && !apple) {
            return None;
        }
        let key = match key {
            " " => "Space".to_owned(),
            key if key.chars().count() == 1 => key.to_uppercase(),
            key => key.to_owned(),
        };
        let (primary, control) = if apple { (meta, ctrl) } else { (ctrl, false) };
        Some(Self { key, primary, control, alt, shift })
    }

    /// What [`Chord::stored`], [`Chord::display`] or a table of commands wrote; `apple` as above. On other systems Apple's
    /// Ctrl is the main modifier.
    pub fn parse(written: &str, apple: bool) -> Option<Self> {
        let mut chord = Self { key: String::new(), primary: false, control: false, alt: false, shift: false };
        let mut rest = written;
        // What is left must be a key: `Ctrl++` ends with one.
        while let Some((after, which)) = MODIFIERS
            .iter()
            .find_map(|(name, which)| rest.strip_prefix(name).filter(|rest| !rest.is_empty()).map(|rest| (rest, which)))
        {
            rest = after;
            match which {
                'p' => chord.primary = true,
                'c' if apple => chord.control = true,
                'c' => chord.primary = true,
                'a' => chord.alt = true,
                _ => chord.shift = true,
            }
        }
        let key = SIGNS.iter().find(|(sign, _)| *sign == rest).map_or(rest, |(_, key)| key);
        chord.key = if key.chars().count() == 1 { key.to_uppercase() } else { key.to_owned() };
        (!chord.key.is_empty()).then_some(chord)
    }

    /// How it is kept, the same on every system.
    pub fn stored(&self) -> String {
        let held = [(self.primary, "Ctrl+"), (self.control, "Control+"), (self.alt, "Alt+"), (self.shift, "Shift+")];
        let mut stored: String = held.into_iter().filter(|(held, _)| *held).map(|(_, name)| name).collect();
        stored.push_str(&self.key);
        stored
    }

    /// How it is shown: `Ctrl+Shift+7`, on Apple's systems `⇧⌘7`.
    pub fn display(&self, apple: bool) -> String {
        let held = if apple {
            [(self.control, "⌃"), (self.alt, "⌥"), (self.shift, "⇧"), (self.primary, "⌘")]
        } else {
            [(self.primary, "Ctrl+"), (self.control, "Control+"), (self.alt, "Alt+"), (self.shift, "Shift+")]
        };
        let mut shown: String = held.into_iter().filter(|(held, _)| *held).map(|(_, name)| name).collect();
        let fits = |sign: &str| match self.key.as_str() {
            "Enter" | "Tab" => apple,
            "PageUp" | "PageDown" => apple != sign.is_ascii(),
            _ => true,
        };
        let sign = SIGNS.iter().find(|(sign, key)| *key == self.key && fits(sign));
        shown.push_str(sign.map_or(self.key.as_str(), |(sign, _)| sign));
        shown
    }

    /// Whether it can be a shortcut.
    pub fn check(&self) -> Result<(), NoShortcut> {
        let is_function = self.key.strip_prefix('F').is_some_and(|number| number.parse::<u8>().is_ok());
        if is_function {
            let is_kept = !self.shift && !self.alt && matches!(self.key.as_str(), "F5" | "F6" | "F11" | "F12");
            return if is_kept { Err(NoShortcut::Reserved) } else { Ok(()) };
        }
        let is_held = self.primary || self.control || self.alt;
        // Option writes letters on Apple's keyboards, and AltGr, which is Ctrl with Alt, on Windows: who has no such
        // letters may choose them.
        let moves = matches!(
            self.key.as_str(),
            "Escape" | "Backspace" | "Delete" | "Home" | "End" | "ArrowLeft" | "ArrowRight"
        );
        let moves_lines = matches!(self.key.as_str(), "ArrowUp" | "ArrowDown" | "PageUp" | "PageDown");
        if !is_held || moves || (moves_lines && !self.alt) {
            return Err(NoShortcut::Writes);
        }
        let reserved: &[&str] = match (self.alt, self.shift) {
            (false, false) => RESERVED,
            (false, true) => RESERVED_WITH_SHIFT,
            (true, _) => &["F4", "Tab"],
        };
        let is_reserved = (self.primary && reserved.contains(&self.key.as_str())) || self.key == "Tab";
        if is_reserved { Err(NoShortcut::Reserved) } else { Ok(()) }
    }
}

/// The commands that have another key than by themselves, or none any more.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OwnShortcuts(Vec<(String, Option<Chord>)>);

impl OwnShortcuts {
    /// What [`OwnShortcuts::stored`] wrote: an id, a space and a chord on each line. Other lines are left out.
    pub fn parse(stored: &str, apple: bool) -> Self {
        let mut own = Self::default();
        for line in stored.lines() {
            let Some((id, chord)) = line.split_once(' ').filter(|(id, _)| !id.is_empty()) else { continue };
            match chord {
                "-" => own.put(id, None),
                chord => {
                    if let Some(chord) = Chord::parse(chord, apple).filter(|chord| chord.check().is_ok()) {
                        own.put(id, Some(chord));
                    }
                }
            }
        }
        own
    }

    /// The same as a string; empty where every command has its own key.
    pub fn stored(&self) -> String {
        let lines = self.0.iter().map(|(id, chord)| {
            let chord = chord.as_ref().map_or_else(|| "-".to_owned(), Chord::stored);
            [id, " ", &chord].concat()
        });
        lines.collect::<Vec<_>>().join("\n")
    }

    /// The keys of a command: what somebody chose, else what it has by itself.
    pub fn of(&self, id: &str, by_itself: Option<Chord>) -> Option<Chord> {
        self.chosen(id).cloned().unwrap_or(by_itself)
    }

    /// Whether the command has other keys than by itself.
    pub fn has(&self, id: &str) -> bool {
        self.chosen(id).is_some()
    }

    /// Whether every command has its own keys.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Gives a command other keys, or none. Of `all` (ids and the keys that they have by themselves) the one that had these
    /// keys has none from now on; which that was.
    pub fn choose(&mut self, id: &str, chord: Option<Chord>, all: &[(&str, Option<Chord>)]) -> Option<String> {
        let had = chord.as_ref().and_then(|chord| {
            all.iter()
                .find(|(other, by_itself)| *other != id && self.of(other, by_itself.clone()).as_ref() == Some(chord))
        });
        let had = had.map(|(other, _)| (*other).to_owned());
        for (id, chord) in had.iter().map(|other| (other.as_str(), None)).chain([(id, chord)]) {
            let by_itself = all.iter().find(|(known, _)| *known == id).and_then(|(_, by_itself)| by_itself.clone());
            if by_itself == chord {
                self.0.retain(|(known, _)| known != id);
            } else {
                self.put(id, chord);
            }
        }
        had
    }

    /// Gives a command the keys back that it has by itself, and takes them from another one that has them now; which that is.
    pub fn give_back(&mut self, id: &str, all: &[(&str, Option<Chord>)]) -> Option<String> {
        let by_itself = all.iter().find(|(known, _)| *known == id).and_then(|(_, by_itself)| by_itself.clone());
        self.choose(id, by_itself, all)
    }

    /// What a key means: a command that somebody gave it to; or that it means nothing any more, as the command that has it
    /// by itself has another one.
    pub fn meaning(&self, chord: &Chord, all: &[(&str, Option<Chord>)]) -> Meaning {
        if let Some((id, _)) = self.0.iter().find(|(_, own)| own.as_ref() == Some(chord)) {
            return Meaning::Command(id.clone());
        }
        let had_it = all.iter().any(|(id, by_itself)| by_itself.as_ref() == Some(chord) && self.has(id));
        if had_it { Meaning::Nothing } else { Meaning::AsEver }
    }

    fn chosen(&self, id: &str) -> Option<&Option<Chord>> {
        self.0.iter().find(|(known, _)| known == id).map(|(_, chord)| chord)
    }

    fn put(&mut self, id: &str, chord: Option<Chord>) {
        match self.0.iter_mut().find(|(known, _)| known == id) {
            Some((_, known)) => *known = chord,
            None => self.0.push((id.to_owned(), chord)),
        }
    }
}

/// What a key means once somebody has chosen keys.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Meaning {
    /// The command of this id.
    Command(String),
    /// Nothing any more.
    Nothing,
    /// What it means by itself.
    AsEver,
}

#[cfg(test)]
mod tests {
    use super::super::{COMMANDS, MORE_COMMANDS};
    use super::*;

    fn chord(written: &str) -> Chord {
        Chord::parse(written, false).expect("a chord")
    }

    fn all() -> Vec<(&'static str, Option<Chord>)> {
        let shortcut = |display: String| Chord::parse(&display, false);
        COMMANDS
            .iter()
            .chain(MORE_COMMANDS)
            .map(|command| (command.id, command.shortcut.and_then(|own| shortcut(own.display(false)))))
            .collect()
    }

    #[test]
    fn what_is_written_is_read() {
        for apple in [false, true] {
            for command in COMMANDS.iter().chain(MORE_COMMANDS) {
                let Some(own) = command.shortcut else { continue };
                let read = Chord::parse(&own.display_with_signs(apple), apple).expect("a chord");
                let (primary, shift, alt) = (own.primary, own.shift, own.alt);
                assert_eq!((read.primary, read.shift, read.alt, read.control), (primary, shift, alt, false));
                assert_eq!(read.key, own.key, "{}", command.id);
                assert_eq!(read.display(apple), own.display_with_signs(apple));
                assert_eq!(Chord::parse(&read.stored(), apple), Some(read));
            }
        }
        assert_eq!(Chord::parse("⌃Space", true).map(|chord| (chord.control, chord.primary)), Some((true, false)));
        assert_eq!(Chord::parse("⌃Space", false), Chord::parse("Ctrl+Space", false));
        assert_eq!(chord("Ctrl++").key, "+");
        assert_eq!(Chord::parse("", false), None);
    }

    #[test]
    fn events_are_chords() {
        let of = |key, flags, apple| Chord::of_event(key, flags, apple).map(|chord| chord.display(apple));
        assert_eq!(of("k", [true, false, false, true], false).as_deref(), Some("Ctrl+Shift+K"));
        assert_eq!(of("k", [false, true, false, true], true).as_deref(), Some("⇧⌘K"));
        assert_eq!(of(" ", [true, false, false, false], true).as_deref(), Some("⌃Space"));
        assert_eq!(of("é", [true, false, false, false], false).as_deref(), Some("Ctrl+É"));
        assert_eq!(of("Shift", [false, false, false, true], false), None);
        assert_eq!(of("Dead", [true, false, false, false], false), None);
        assert_eq!(of("k", [false, true, false, false], false), None, "the system's own key");
    }

    #[test]
    fn some_keys_are_no_shortcuts() {
        use NoShortcut::{Reserved, Writes};
        for (written, expected) in [
            ("K", Err(Writes)),
            ("Shift+K", Err(Writes)),
            ("Ctrl+ArrowLeft", Err(Writes)),
            ("Ctrl+ArrowDown", Err(Writes)),
            ("Alt+ArrowDown", Ok(())),
            ("Alt+Escape", Err(Writes)),
            ("Ctrl+T", Err(Reserved)),
            ("Ctrl+V", Err(Reserved)),
            ("Ctrl+Shift+N", Err(Reserved)),
            ("Ctrl+K", Ok(())),
            ("Ctrl+Alt+T", Ok(())),
            ("F5", Err(Reserved)),
            ("F9", Ok(())),
            ("Shift+F5", Ok(())),
            ("Alt+Tab", Err(Reserved)),
        ] {
            assert_eq!(chord(written).check(), expected, "{written}");
        }
        for (id, own) in all() {
            let is_key_of_its_own = |own: &Chord| matches!(own.key.as_str(), "Enter" | "Tab");
            if let Some(own) = own.filter(|own| !is_key_of_its_own(own)) {
                assert_eq!(own.check(), Ok(()), "{id}");
            }
        }
    }

    #[test]
    fn a_key_means_one_command() {
        let (mut own, all) = (OwnShortcuts::default(), all());
        assert_eq!(own.meaning(&chord("Ctrl+B"), &all), Meaning::AsEver);
        assert_eq!(own.choose("bold", Some(chord("Ctrl+Shift+U")), &all), None);
        assert_eq!(own.meaning(&chord("Ctrl+Shift+U"), &all), Meaning::Command("bold".into()));
        assert_eq!(own.meaning(&chord("Ctrl+B"), &all), Meaning::Nothing);
        // The key of another command is taken from it.
        assert_eq!(own.choose("code", Some(chord("Ctrl+I")), &all), Some("italic".into()));
        assert_eq!(own.meaning(&chord("Ctrl+I"), &all), Meaning::Command("code".into()));
        assert_eq!(own.meaning(&chord("Ctrl+E"), &all), Meaning::Nothing);
        assert_eq!(own.of("italic", Some(chord("Ctrl+I"))), None);
        assert_eq!(own.give_back("italic", &all), Some("code".into()));
        assert_eq!(own.meaning(&chord("Ctrl+I"), &all), Meaning::AsEver);
        assert_eq!(own.of("code", Some(chord("Ctrl+E"))), None);
        own.give_back("code", &all);
        own.give_back("bold", &all);
        assert!(own.is_empty());
    }

    #[test]
    fn choices_come_back() {
        let (mut own, all) = (OwnShortcuts::default(), all());
        own.choose("bold", Some(chord("Ctrl+Shift+U")), &all);
        own.choose("image", Some(chord("Alt+PageUp")), &all);
        own.choose("code", None, &all);
        for apple in [false, true] {
            assert_eq!(OwnShortcuts::parse(&own.stored(), apple), own);
        }
        for stored in ["", "bold", "bold ", " Ctrl+K", "bold K", "bold Ctrl+T", "\n\n"] {
            assert!(OwnShortcuts::parse(stored, false).is_empty(), "{stored}");
        }
    }
}
