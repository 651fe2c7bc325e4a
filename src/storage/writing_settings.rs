//! `WritingSettings`: how a person wants to write. In: a stored string. Out: choices with defaults, the string again, and the
//! styles of the editor that they mean. Neighbours: `local/` keeps the strings, `src/recovery.js` gives the editor its styles
//! at the start; `preferences.rs` has what the first view needs.

/// The letters of the editor.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum WritingFont {
    /// All of one width.
    #[default]
    Monospaced,
    /// Those of the page.
    Proportional,
    /// Those that are easy to tell apart, of what the system has.
    EasyToTell,
}

impl WritingFont {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Monospaced, Self::Proportional, Self::EasyToTell];

    /// Its name in the stored string.
    pub fn name(self) -> &'static str {
        match self {
            Self::Monospaced => "monospaced",
            Self::Proportional => "proportional",
            Self::EasyToTell => "easy",
        }
    }

    fn families(self) -> &'static str {
        match self {
            Self::Monospaced => "var(--mono)",
            Self::Proportional => "var(--sans)",
            Self::EasyToTell => {
                "OpenDyslexic,\"Comic Sans MS\",\"Comic Neue\",\"Chalkboard SE\",Verdana,\"DejaVu Sans\",sans-serif"
            }
        }
    }
}

/// What of the text stands out while the rest recedes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum FocusedPart {
    /// All of it: nothing recedes.
    #[default]
    Everything,
    /// The paragraph at the caret.
    Paragraph,
    /// The sentence at the caret.
    Sentence,
}

impl FocusedPart {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Everything, Self::Paragraph, Self::Sentence];

    /// Its name in the stored string.
    pub fn name(self) -> &'static str {
        match self {
            Self::Everything => "everything",
            Self::Paragraph => "paragraph",
            Self::Sentence => "sentence",
        }
    }
}

/// A person's choices for writing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WritingSettings {
    /// Whether the outline is seen.
    pub outline: bool,
    /// So many words are to be written; zero for no goal.
    pub goal: usize,
    /// The letters of the editor.
    pub font: WritingFont,
    /// How large they are, in CSS pixels.
    pub size: u8,
    /// How high a line is, in hundredths of the letters' size.
    pub line_height: u8,
    /// How many letters fit on a line; zero for as many as the editor is wide.
    pub line_width: u8,
    /// What stands out.
    pub focus: FocusedPart,
    /// Whether the caret's line stays in the middle.
    pub typewriter: bool,
    /// Whether what a word may become is shown while typing.
    pub suggest: bool,
    /// Whether some commands have keys that somebody chose.
    pub own_keys: bool,
}

impl Default for WritingSettings {
    fn default() -> Self {
        Self {
            outline: false,
            goal: 0,
            font: WritingFont::default(),
            size: 15,
            line_height: 165,
            line_width: 0,
            focus: FocusedPart::default(),
            typewriter: false,
            suggest: true,
            own_keys: false,
        }
    }
}

/// What needs the program's help from the start on is kept with this value.
const ON: &str = "=on";
/// The line that says that nothing is shown while typing.
const NO_SUGGESTIONS: &str = "suggest=off";

impl WritingSettings {
    /// The least and the largest size of letters.
    pub const SIZES: (u8, u8) = (12, 28);
    /// The least and the largest height of lines.
    pub const LINE_HEIGHTS: (u8, u8) = (120, 240);
    /// The widths of lines that can be chosen.
    pub const LINE_WIDTHS: [u8; 6] = [0, 60, 66, 72, 80, 100];

    /// One `name=value` for each line; nothing for the defaults.
    pub fn encode(self) -> String {
        let default = Self::default();
        let mut lines = Vec::new();
        let mut line = |differs: bool, name: &str, value: &str| {
            if differs {
                lines.push([name, value].concat());
            }
        };
        line(self.outline, "outline", ON);
        line(self.goal > 0, "goal=", &self.goal.to_string());
        line(self.font != default.font, "font=", self.font.name());
        line(self.size != default.size, "size=", &self.size.to_string());
        line(self.line_height != default.line_height, "line-height=", &self.line_height.to_string());
        line(self.line_width != default.line_width, "line-width=", &self.line_width.to_string());
        line(self.focus != default.focus, self.focus.name(), ON);
        line(self.typewriter, "typewriter", ON);
        line(!self.suggest, NO_SUGGESTIONS, "");
        line(self.own_keys, "own-keys", ON);
        lines.join("\n")
    }

    /// What `encode` wrote; a default for everything that is missing or unknown.
    pub fn decode(text: &str) -> Self {
        let mut settings = Self::default();
        for line in text.lines() {
            let Some((name, value)) = line.split_once('=') else { continue };
            let number = |(least, most): (u8, u8)| value.parse().ok().filter(|number| (least..=most).contains(number));
            match (name, value) {
                ("goal", _) => settings.goal = value.parse().unwrap_or_default(),
                ("font", _) => settings.font = named(&WritingFont::ALL, WritingFont::name, value),
                ("size", _) => settings.size = number(Self::SIZES).unwrap_or(settings.size),
                ("line-height", _) => settings.line_height = number(Self::LINE_HEIGHTS).unwrap_or(settings.line_height),
                ("line-width", _) => {
                    settings.line_width =
                        number((0, u8::MAX)).filter(|width| Self::LINE_WIDTHS.contains(width)).unwrap_or_default();
                }
                ("outline", "on") => settings.outline = true,
                ("typewriter", "on") => settings.typewriter = true,
                ("own-keys", "on") => settings.own_keys = true,
                ("suggest", "off") => settings.suggest = false,
                (_, "on") => settings.focus = named(&FocusedPart::ALL, FocusedPart::name, name),
                _ => {}
            }
        }
        settings
    }

    /// The styles of the box around the editor, as CSS; nothing for those that the page has anyway. Textarea and mirror take
    /// them from it (`styles/workspace.css`).
    pub fn look(self) -> String {
        let default = Self::default();
        let mut css = String::new();
        if (self.font, self.size, self.line_height) != (default.font, default.size, default.line_height) {
            let (size, line) = (self.size.to_string(), hundredths(self.line_height));
            css.push_str(&["--editor-size:", &size, "px;--editor-line:", &line].concat());
            css.push_str(&[";--editor-font:", &size, "px/", &line, " ", self.font.families(), ";"].concat());
        }
        if self.line_width > 0 || self.typewriter {
            let side = |least: &str| match self.line_width {
                0 => ["clamp(", least, ",4%,44px)"].concat(),
                // What a scroll bar takes is left to the letters.
                width => ["max(", least, ",(100% - ", &width.to_string(), "ch - 16px)/2)"].concat(),
            };
            // The first line and the last one can stand in the middle, too; and both paddings fit into the box.
            let (above, below) =
                if self.typewriter { ("calc(50cqh - .6em)", "calc(50cqh - .6em)") } else { ("20px", "40vh") };
            if self.typewriter {
                css.push_str("container-type:size;");
            }
            css.push_str(
                &["--editor-padding:", above, " ", &side("16px"), " ", below, " ", &side("20px"), ";"].concat(),
            );
        }
        css
    }
}

fn hundredths(number: u8) -> String {
    format!("{}.{:02}", number / 100, number % 100)
}

fn named<T: Copy + Default>(all: &[T], name: fn(T) -> &'static str, wanted: &str) -> T {
    all.iter().copied().find(|one| name(*one) == wanted).unwrap_or_default()
}

/// Whether something in a string that `encode` wrote needs the part `writing` from the start on. For the first load, which
/// reads nothing else of it.
pub fn begins_at_start(text: &str) -> bool {
    text.contains(ON)
}

/// Whether what a word may become is shown while typing, in a string that `encode` wrote: for those who decide whether the
/// part `writing` is loaded.
pub fn wants_suggestions(text: &str) -> bool {
    !text.contains(NO_SUGGESTIONS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn choices_come_back() {
        let other = WritingSettings {
            outline: true,
            goal: 1_200,
            font: WritingFont::EasyToTell,
            size: 18,
            line_height: 205,
            line_width: 66,
            focus: FocusedPart::Sentence,
            typewriter: true,
            suggest: false,
            own_keys: true,
        };
        for settings in [other, WritingSettings::default()] {
            assert_eq!(WritingSettings::decode(&settings.encode()), settings);
        }
        assert_eq!(WritingSettings::default().encode(), "");
    }

    #[test]
    fn anything_else_is_a_default() {
        for text in [
            "",
            "outline",
            "outline=\ngoal=many",
            "goal=-1",
            "=\n==",
            "size=11\nline-height=0\nline-width=61\nfont=\nelse=on\nsuggest=on",
        ] {
            assert_eq!(WritingSettings::decode(text), WritingSettings::default(), "{text}");
        }
    }

    #[test]
    fn the_part_is_loaded_for_what_it_alone_can_do() {
        let of = |change: fn(&mut WritingSettings)| {
            let mut settings = WritingSettings::default();
            change(&mut settings);
            (begins_at_start(&settings.encode()), wants_suggestions(&settings.encode()))
        };
        assert_eq!(of(|_| ()), (false, true));
        assert_eq!(
            of(|settings| (settings.size, settings.font, settings.goal) = (20, WritingFont::Proportional, 9)),
            (false, true)
        );
        assert_eq!(of(|settings| settings.suggest = false), (false, false));
        assert_eq!(of(|settings| settings.outline = true), (true, true));
        assert_eq!(of(|settings| settings.typewriter = true), (true, true));
        assert_eq!(of(|settings| settings.own_keys = true), (true, true));
        assert_eq!(of(|settings| settings.focus = FocusedPart::Paragraph), (true, true));
    }

    #[test]
    fn a_look_is_nothing_or_what_differs() {
        let default = WritingSettings::default();
        assert_eq!(default.look(), "");
        assert_eq!(WritingSettings { focus: FocusedPart::Paragraph, suggest: false, ..default }.look(), "");
        let larger = WritingSettings { size: 18, line_height: 205, font: WritingFont::Proportional, ..default };
        assert_eq!(larger.look(), "--editor-size:18px;--editor-line:2.05;--editor-font:18px/2.05 var(--sans);");
        assert_eq!(
            WritingSettings { line_width: 66, ..default }.look(),
            "--editor-padding:20px max(16px,(100% - 66ch - 16px)/2) 40vh max(20px,(100% - 66ch - 16px)/2);"
        );
        assert_eq!(
            WritingSettings { typewriter: true, ..default }.look(),
            "container-type:size;--editor-padding:calc(50cqh - .6em) clamp(16px,4%,44px) calc(50cqh - .6em) clamp(20px,4%,44px);"
        );
    }
}
