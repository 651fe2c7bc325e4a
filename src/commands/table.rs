//! The table of the commands that have a button or are loaded from the start. In: nothing. Out: what toolbar, keyboard
//! and help sheet show. Neighbours: `functions.rs` has what the commands do, `more_commands.rs` all other commands;
//! `shortcut.rs`; `app/components` draw from here.

use super::Shortcut;

/// Where a command stands on the toolbar and in the help sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Group {
    /// Words: bold, italic, code, link.
    Text,
    /// Lines: headings, lists, quotes.
    Block,
    /// Moving items of lists; a touch screen has no Tab key.
    Indent,
    /// Commands that have only a key and no button.
    Key,
    /// Whole lines, whatever they say; no button, as all that follow.
    Lines,
    /// Levels of headings, order of lists, tasks, footnotes.
    Structure,
    /// Tables.
    Table,
    /// What Jekyll and kramdown know beyond Markdown.
    Jekyll,
}

/// A command as a person meets it.
#[derive(Clone, Copy, Debug)]
pub struct Command {
    /// A stable name in kebab case, unique.
    pub id: &'static str,
    /// What its button is called.
    pub label: &'static str,
    /// What it does, in a few words.
    pub hint: &'static str,
    /// Its group; the toolbar shows all of this table but [`Group::Key`].
    pub group: Group,
    /// The path of its icon, `d` of an SVG `path` in a view box of 24 by 24, drawn as lines of width 2 with round ends;
    /// empty without a button.
    pub icon: &'static str,
    /// Its shortcut, where it has one.
    pub shortcut: Option<Shortcut>,
}

const fn primary(key: &'static str) -> Option<Shortcut> {
    Some(Shortcut { key, primary: true, shift: false, alt: false })
}

const fn primary_shift(key: &'static str) -> Option<Shortcut> {
    Some(Shortcut { key, primary: true, shift: true, alt: false })
}

pub(super) const fn primary_alt(key: &'static str) -> Option<Shortcut> {
    Some(Shortcut { key, primary: true, shift: false, alt: true })
}

pub(super) const fn plain(key: &'static str, shift: bool) -> Option<Shortcut> {
    Some(Shortcut { key, primary: false, shift, alt: false })
}

/// The commands, in the toolbar's order. Their shortcuts avoid those that browsers keep for themselves (tabs, windows,
/// the address bar), those of developer tools, and those of macOS's screenshots (⇧⌘3 to 6).
pub static COMMANDS: &[Command] = &[
    Command {
        id: "bold",
        label: "Bold",
        hint: "Make the selection or word bold",
        group: Group::Text,
        icon: "M7 4h6a4 4 0 0 1 0 8H7zM7 12h7a4 4 0 0 1 0 8H7z",
        shortcut: primary("B"),
    },
    Command {
        id: "italic",
        label: "Italic",
        hint: "Make the selection or word italic",
        group: Group::Text,
        icon: "M10 4h8M6 20h8M14 4l-4 16",
        shortcut: primary("I"),
    },
    Command {
        id: "strikethrough",
        label: "Strikethrough",
        hint: "Strike the selection or word through",
        group: Group::Text,
        icon: "M4 12h16M16 7a4 3 0 0 0-4-3c-5 0-5 5-1 6M8 17a4 3 0 0 0 4 3c4 0 5-3 4-5",
        shortcut: primary_shift("X"),
    },
    Command {
        id: "code",
        label: "Code",
        hint: "Show the selection or word as code",
        group: Group::Text,
        icon: "M8 7l-5 5 5 5M16 7l5 5-5 5",
        shortcut: primary("E"),
    },
    Command {
        id: "link",
        label: "Link",
        hint: "Link the selection or word; pasting an address over a selection does so too",
        group: Group::Text,
        icon: "M10 14a4 4 0 0 0 6 0l3-3a4 4 0 0 0-6-6l-1 1M14 10a4 4 0 0 0-6 0l-3 3a4 4 0 0 0 6 6l1-1",
        shortcut: primary("K"),
    },
    Command {
        id: "image",
        label: "Image",
        hint: "Insert an image",
        group: Group::Text,
        icon: "M4 5h16v14H4zM4 16l5-5 4 4 2-2 5 4M15 9h.01",
        shortcut: None,
    },
    Command {
        id: "heading-2",
        label: "Heading",
        hint: "Make the line a second-level heading",
        group: Group::Block,
        icon: "M4 5v14M12 5v14M4 12h8M16 12a2 2 0 1 1 4 0c0 3-4 4-4 7h4",
        shortcut: primary_alt("2"),
    },
    Command {
        id: "heading-3",
        label: "Subheading",
        hint: "Make the line a third-level heading",
        group: Group::Block,
        icon: "M4 5v14M12 5v14M4 12h8M16 10h4l-2 3a3 3 0 1 1-2 5",
        shortcut: primary_alt("3"),
    },
    Command {
        id: "bulleted-list",
        label: "Bulleted list",
        hint: "Make the lines a bulleted list",
        group: Group::Block,
        icon: "M9 6h11M9 12h11M9 18h11M4 6h.01M4 12h.01M4 18h.01",
        shortcut: primary_shift("8"),
    },
    Command {
        id: "numbered-list",
        label: "Numbered list",
        hint: "Make the lines a numbered list",
        group: Group::Block,
        icon: "M10 6h10M10 12h10M10 18h10M4 4l1-1v6M4 15a1 1 0 0 1 2 0c0 2-2 2-2 4h2",
        shortcut: primary_shift("7"),
    },
    Command {
        id: "task-list",
        label: "Task list",
        hint: "Make the lines a list of tasks",
        group: Group::Block,
        icon: "M3 6l2 2 3-4M3 17l2 2 3-4M12 6h8M12 17h8",
        shortcut: None,
    },
    Command {
        id: "quote",
        label: "Quote",
        hint: "Quote the lines",
        group: Group::Block,
        icon: "M5 5v14M10 7h10M10 12h10M10 17h6",
        shortcut: primary_shift("9"),
    },
    Command {
        id: "code-block",
        label: "Code block",
        hint: "Fence the lines as a block of code",
        group: Group::Block,
        icon: "M4 4h16v16H4zM10 9l-3 3 3 3M14 9l3 3-3 3",
        shortcut: None,
    },
    Command {
        id: "outdent",
        label: "Outdent",
        hint: "Move a list item out of the one around it",
        group: Group::Indent,
        icon: "M4 5h16M12 10h8M12 14h8M4 19h16M8 9l-3 3 3 3",
        shortcut: plain("Tab", true),
    },
    Command {
        id: "indent",
        label: "Indent",
        hint: "Move a list item into the one before; elsewhere Tab leaves the text",
        group: Group::Indent,
        icon: "M4 5h16M12 10h8M12 14h8M4 19h16M5 9l3 3-3 3",
        shortcut: plain("Tab", false),
    },
    Command {
        id: "continue",
        label: "Continue",
        hint: "Go on with a list, task or quote; on an empty one, end it",
        group: Group::Key,
        icon: "",
        shortcut: plain("Enter", false),
    },
];

/// The command whose shortcut an event means; for the arguments see [`Shortcut::matches`].
pub fn find(key: &str, ctrl: bool, meta: bool, shift: bool, alt: bool, apple: bool) -> Option<&'static Command> {
    COMMANDS
        .iter()
        .find(|command| command.shortcut.is_some_and(|shortcut| shortcut.matches(key, ctrl, meta, shift, alt, apple)))
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn names_and_shortcuts_are_unique_and_every_button_has_an_icon() {
        let ids: HashSet<_> = COMMANDS.iter().map(|command| command.id).collect();
        let shortcuts: Vec<_> = COMMANDS.iter().filter_map(|command| command.shortcut).collect();
        assert_eq!(ids.len(), COMMANDS.len());
        assert_eq!(shortcuts.iter().collect::<HashSet<_>>().len(), shortcuts.len());
        for command in COMMANDS {
            assert_eq!(command.icon.is_empty(), command.group == Group::Key, "{}", command.id);
            assert!(!command.label.is_empty() && !command.hint.is_empty());
        }
    }

    #[test]
    fn no_shortcut_is_a_browsers_own() {
        for shortcut in COMMANDS.iter().filter_map(|command| command.shortcut).filter(|shortcut| shortcut.primary) {
            let reserved = match (shortcut.shift, shortcut.alt) {
                (false, false) => "TNWLQRPSFGHJDUOCVXZAY0123456789",
                (true, false) => "IJCNTWPMRVQZKBODAGYHSL3456",
                _ => "IJCUQ",
            };
            assert!(!reserved.contains(shortcut.key), "{}", shortcut.display(false));
        }
    }

    #[test]
    fn a_key_finds_its_command() {
        let id = |key, ctrl, shift| find(key, ctrl, false, shift, false, false).map(|command| command.id);
        assert_eq!(id("b", true, false), Some("bold"));
        assert_eq!(id("Tab", false, false), Some("indent"));
        assert_eq!(id("Tab", false, true), Some("outdent"));
        assert_eq!(id("Tab", true, false), None);
        assert_eq!(id("b", false, false), None);
    }
}
