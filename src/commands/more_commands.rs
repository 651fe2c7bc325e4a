//! The commands without a button, in a table of their own: the first load knows nothing of them. In: nothing. Out: what
//! help sheet, keyboard and reference show, and what the commands do. Neighbours: `table.rs` has the toolbar's commands;
//! `app/tools.rs` brings this one.

use super::table::{plain, primary_alt};
use super::{
    Command, CommandFunction, Group, Shortcut, Snapshot, align_center, align_left, align_right, attribute_list,
    code_block_in, date_now, delete_column, delete_lines, delete_row, duplicate_lines, excerpt_separator, footnote,
    heading_down, heading_up, include_tag, join_lines, lines_down, lines_up, link_tag, make_table, new_column, new_row,
    next_cell, post_url, previous_cell, renumber_list, sort_list, surround, table_of_contents, table_of_values,
    tidy_table, toggle_task,
};
use crate::post::date::DateTime;
use crate::text::Edit;

/// The keys that with Alt, letters also with the main modifier, may mean one of these commands. The first load knows
/// these and loads the commands when one is pressed.
const KEYS: &[&str] = &["ArrowUp", "ArrowDown", "PageUp", "PageDown", "Enter", "F", "X"];

/// Whether a key may be the shortcut of one of [`MORE_COMMANDS`]; for the arguments see [`Shortcut::matches`].
pub fn may_be_shortcut(key: &str, ctrl: bool, meta: bool, alt: bool) -> bool {
    alt && (key.len() > 1 || ctrl || meta) && KEYS.iter().any(|known| known.eq_ignore_ascii_case(key))
}

/// Whether a sign may be put around what is selected: [`surround`] decides. The first load knows these, too.
pub fn may_surround(sign: char) -> bool {
    "*_`~([{\"'“‘«„".contains(sign)
}

/// Tells what the writer's clock shows.
pub type LocalClock = fn() -> DateTime;

/// What is loaded later.
pub struct MoreFunctions {
    /// The command whose shortcut an event means; for the arguments see [`Shortcut::matches`]. Keys without a modifier
    /// are not looked for.
    pub find: fn(&str, bool, bool, bool, bool, bool) -> Option<&'static Command>,
    /// Runs the command of that id; the last argument is the writer's clock.
    pub run: fn(&str, &Snapshot, LocalClock) -> Option<Edit>,
    /// See [`code_block_in`].
    pub code_block_in: fn(&Snapshot, &str) -> Option<Edit>,
    /// See [`table_of_values`].
    pub table_of_values: fn(&str) -> Option<String>,
    /// See [`surround`].
    pub surround: fn(&Snapshot, char) -> Option<Edit>,
}

/// The functions of [`MORE_COMMANDS`], and those that take an argument.
pub static MORE_FUNCTIONS: MoreFunctions = MoreFunctions { find, run, code_block_in, table_of_values, surround };

const fn command(id: &'static str, label: &'static str, hint: &'static str, group: Group) -> Command {
    Command { id, label, hint, group, icon: "", shortcut: None }
}

const fn with(shortcut: Option<Shortcut>, command: Command) -> Command {
    Command { shortcut, ..command }
}

const fn alt(key: &'static str, shift: bool) -> Option<Shortcut> {
    Some(Shortcut { key, primary: false, shift, alt: true })
}

/// The commands without a button, in the help sheet's order. Their shortcuts avoid what browsers keep for themselves:
/// Alt with a letter opens menus on Windows and Linux, Alt with an arrow to the side goes back and forth, and Option
/// with a letter writes a character on Apple's systems.
pub static MORE_COMMANDS: &[Command] = &[
    with(alt("ArrowUp", false), command("lines-up", "Lines up", "Move the lines up", Group::Lines)),
    with(alt("ArrowDown", false), command("lines-down", "Lines down", "Move the lines down", Group::Lines)),
    with(
        alt("ArrowDown", true),
        command("duplicate-lines", "Duplicate lines", "Write the lines once more below", Group::Lines),
    ),
    with(primary_alt("X"), command("delete-lines", "Delete lines", "Delete the lines", Group::Lines)),
    command("join-lines", "Join lines", "Join the lines with one space between", Group::Lines),
    with(
        alt("PageUp", false),
        command("heading-up", "Heading up", "Make the headings one level higher", Group::Structure),
    ),
    with(
        alt("PageDown", false),
        command("heading-down", "Heading down", "Make the headings one level lower", Group::Structure),
    ),
    with(alt("Enter", false), command("toggle-task", "Tick task", "Tick the task, or clear it", Group::Structure)),
    command("renumber-list", "Renumber list", "Number the items of the list one after the other", Group::Structure),
    command("sort-list", "Sort list", "Sort the items of the list by their words", Group::Structure),
    with(
        primary_alt("F"),
        command("footnote", "Footnote", "Write a footnote; on one, go to its text and back", Group::Structure),
    ),
    with(plain("Tab", false), command("next-cell", "Next cell", "Go to the next cell of the table", Group::Table)),
    with(
        plain("Tab", true),
        command("previous-cell", "Previous cell", "Go to the cell before in the table", Group::Table),
    ),
    with(
        plain("Enter", false),
        command("new-row", "New row", "Add a row to the table; in an empty last row, end the table", Group::Table),
    ),
    command("delete-row", "Delete row", "Delete the row of the table", Group::Table),
    command("new-column", "New column", "Add a column to the table", Group::Table),
    command("delete-column", "Delete column", "Delete the column of the table", Group::Table),
    command("align-left", "Align left", "Align the column of the table to the left", Group::Table),
    command("align-center", "Centre", "Centre the column of the table", Group::Table),
    command("align-right", "Align right", "Align the column of the table to the right", Group::Table),
    command("tidy-table", "Tidy table", "Put the pipes of the table below one another", Group::Table),
    command(
        "make-table",
        "Make table",
        "Make a table of lines with tabs, commas or semicolons; on an empty line an empty one",
        Group::Table,
    ),
    command("post-url", "Link to a post", "Link to another post by its file name", Group::Jekyll),
    command("link-tag", "Link to a file", "Link to a page or file of the site by its path", Group::Jekyll),
    command("include-tag", "Include", "Include a file of the folder _includes", Group::Jekyll),
    command("excerpt-separator", "End of the excerpt", "End the excerpt here", Group::Jekyll),
    command("table-of-contents", "Table of contents", "Insert a list of the headings", Group::Jekyll),
    command("attribute-list", "Attribute list", "Give the block a class", Group::Jekyll),
    command(
        "date-now",
        "Date and time",
        "In the front matter, set the date to now; in the text, write today's date",
        Group::Jekyll,
    ),
];

fn find(key: &str, ctrl: bool, meta: bool, shift: bool, alt: bool, apple: bool) -> Option<&'static Command> {
    MORE_COMMANDS.iter().find(|command| {
        let shortcut = command.shortcut.filter(|shortcut| shortcut.alt);
        shortcut.is_some_and(|shortcut| shortcut.matches(key, ctrl, meta, shift, alt, apple))
    })
}

fn run(id: &str, snapshot: &Snapshot, clock: LocalClock) -> Option<Edit> {
    if id == "date-now" { date_now(snapshot, &clock()) } else { by_id(id)?(snapshot) }
}

fn by_id(id: &str) -> Option<CommandFunction> {
    let run: CommandFunction = match id {
        "lines-up" => lines_up,
        "lines-down" => lines_down,
        "duplicate-lines" => duplicate_lines,
        "delete-lines" => delete_lines,
        "join-lines" => join_lines,
        "heading-up" => heading_up,
        "heading-down" => heading_down,
        "toggle-task" => toggle_task,
        "renumber-list" => renumber_list,
        "sort-list" => sort_list,
        "footnote" => footnote,
        "next-cell" => next_cell,
        "previous-cell" => previous_cell,
        "new-row" => new_row,
        "delete-row" => delete_row,
        "new-column" => new_column,
        "delete-column" => delete_column,
        "align-left" => align_left,
        "align-center" => align_center,
        "align-right" => align_right,
        "tidy-table" => tidy_table,
        "make-table" => make_table,
        "post-url" => post_url,
        "link-tag" => link_tag,
        "include-tag" => include_tag,
        "excerpt-separator" => excerpt_separator,
        "table-of-contents" => table_of_contents,
        "attribute-list" => attribute_list,
        _ => return None,
    };
    Some(run)
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;
    use crate::commands::COMMANDS;

    fn all() -> impl Iterator<Item = &'static Command> {
        COMMANDS.iter().chain(MORE_COMMANDS)
    }

    #[test]
    fn names_are_unique_and_say_something() {
        let ids: HashSet<_> = all().map(|command| command.id).collect();
        assert_eq!(ids.len(), all().count());
        for command in MORE_COMMANDS {
            assert!(!command.label.is_empty() && !command.hint.is_empty() && command.icon.is_empty());
        }
    }

    #[test]
    fn every_command_has_a_function_of_its_own() {
        let dated = |id| id == "date-now";
        let runs: Vec<_> = MORE_COMMANDS
            .iter()
            .filter(|command| !dated(command.id))
            .map(|command| by_id(command.id).map(|run| run as usize))
            .collect();
        for (index, run) in runs.iter().enumerate() {
            assert!(run.is_some() && !runs[..index].contains(run));
        }
    }

    #[test]
    fn no_two_keys_with_a_modifier_are_alike_and_the_first_load_knows_them() {
        let with_modifier = |shortcut: &Shortcut| shortcut.primary || shortcut.alt;
        let shortcuts: Vec<_> = all().filter_map(|command| command.shortcut).filter(with_modifier).collect();
        assert_eq!(shortcuts.iter().collect::<HashSet<_>>().len(), shortcuts.len());
        for command in MORE_COMMANDS {
            let Some(shortcut) = command.shortcut.filter(with_modifier) else { continue };
            let Shortcut { key, primary, shift, alt } = shortcut;
            assert!(may_be_shortcut(key, primary, false, alt), "{}", shortcut.display(false));
            let found = find(key, primary, false, shift, alt, false).map(|command| command.id);
            assert_eq!(found, Some(command.id));
        }
        assert!(!may_be_shortcut("f", false, false, true), "Alt+F opens a menu");
        assert!(!may_be_shortcut("ArrowLeft", false, false, true), "Alt+Left goes back");
    }

    #[test]
    fn no_shortcut_is_a_browsers_or_a_systems_own() {
        for shortcut in MORE_COMMANDS.iter().filter_map(|command| command.shortcut) {
            let Shortcut { key, primary, shift, alt } = shortcut;
            let reserved: &[&str] = match (primary, shift, alt) {
                // Developer tools, bookmarks and downloads on macOS; lock screen, terminal and desktop on Linux; other
                // workspaces; NVDA's start.
                (true, false, true) => &[
                    "A",
                    "B",
                    "C",
                    "D",
                    "E",
                    "H",
                    "I",
                    "J",
                    "K",
                    "L",
                    "M",
                    "N",
                    "Q",
                    "R",
                    "S",
                    "T",
                    "U",
                    "V",
                    "W",
                    "Y",
                    "Delete",
                    "ArrowUp",
                    "ArrowDown",
                    "ArrowLeft",
                    "ArrowRight",
                    "PageUp",
                    "PageDown",
                    "Escape",
                ],
                // Back and forth, the home page, windows and menus.
                (false, _, true) => &["ArrowLeft", "ArrowRight", "Home", "Tab", "F4", "Escape", " ", "Backspace"],
                _ => &[],
            };
            assert!(!reserved.contains(&key), "{}", shortcut.display(false));
            assert!(!alt || primary || key.len() > 1, "{} is a menu's or a character's", shortcut.display(false));
        }
    }
}
