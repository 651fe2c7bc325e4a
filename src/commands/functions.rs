//! What each command does. In: the id of a command. Out: its function. Neighbours: `table.rs` describes the commands,
//! `more_commands.rs` has those without a button; the page loads most of these functions later than that table
//! (`app/tools.rs`).

use super::{
    MORE_FUNCTIONS, MoreFunctions, Snapshot, bold, bulleted_list, code, code_block, enter, heading_2, heading_3, image,
    indent, italic, link, numbered_list, outdent, paste_link, quote, strikethrough, task_list,
};
use crate::text::Edit;

/// What a command does; `None` leaves the event to the browser.
pub type CommandFunction = fn(&Snapshot) -> Option<Edit>;

/// The functions of commands.
pub struct Functions {
    /// The function of the command with that id, of those in [`super::COMMANDS`].
    pub by_id: fn(&str) -> Option<CommandFunction>,
    /// What pasting a text does: see [`paste_link`].
    pub paste: fn(&Snapshot, &str) -> Option<Edit>,
    /// What the commands do that have no button, where they are loaded.
    pub more: Option<&'static MoreFunctions>,
}

/// The functions of the commands that have a button or a key of the first load.
pub static FUNCTIONS: Functions = Functions { by_id, paste: paste_link, more: None };

/// The functions of all commands.
pub static ALL_FUNCTIONS: Functions = Functions { more: Some(&MORE_FUNCTIONS), ..FUNCTIONS };

/// The function of a command that is loaded from the start: a person who presses its key goes on typing at once.
pub fn common(id: &str) -> Option<CommandFunction> {
    let run: CommandFunction = match id {
        "bold" => bold,
        "italic" => italic,
        "strikethrough" => strikethrough,
        "outdent" => outdent,
        "indent" => indent,
        "continue" => enter,
        _ => return None,
    };
    Some(run)
}

fn by_id(id: &str) -> Option<CommandFunction> {
    let run: CommandFunction = match id {
        "code" => code,
        "link" => link,
        "image" => image,
        "heading-2" => heading_2,
        "heading-3" => heading_3,
        "bulleted-list" => bulleted_list,
        "numbered-list" => numbered_list,
        "task-list" => task_list,
        "quote" => quote,
        "code-block" => code_block,
        _ => return common(id),
    };
    Some(run)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::commands::COMMANDS;

    #[test]
    fn every_command_has_a_function_of_its_own() {
        let runs: Vec<_> = COMMANDS.iter().map(|command| by_id(command.id).map(|run| run as usize)).collect();
        for (index, run) in runs.iter().enumerate() {
            assert!(run.is_some() && !runs[..index].contains(run), "{}", COMMANDS[index].id);
        }
        assert!(by_id("no-command").is_none());
    }
}
