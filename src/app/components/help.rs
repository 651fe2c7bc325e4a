//! The help sheet: every shortcut, from the same table as toolbar and keyboard, and what is kept where.
//! In: the table. Out: closing. Neighbours: `commands/table.rs`.

use yew::prelude::*;

use super::Intent;
use super::dialog::plain;
use crate::app::state::State;
use crate::commands::COMMANDS;

/// The sheet.
pub fn help(state: &State, on_intent: &Callback<Intent>) -> Html {
    let apple = state.apple;
    let primary = |key: &str| if apple { format!("⌘{key}") } else { format!("Ctrl+{key}") };
    let row = |what: &str, keys: String| html! { <tr><td>{ what }</td><td><kbd>{ keys }</kbd></td></tr> };
    let files = [row("Open a file", primary("O")), row("Save to the file", primary("S"))];
    let files = files.into_iter().take(if state.embedded { 0 } else { 2 });
    let page =
        [row("Next problem", "F8".into()), row("Previous problem", "Shift+F8".into()), row("This sheet", "F1".into())];
    let commands =
        COMMANDS.iter().filter_map(|command| Some(row(command.hint, command.shortcut.as_ref()?.display(apple))));
    let content = html! {
        <>
            <p>{ "Write on the left; the right shows what Jekyll will publish. A click in the preview puts the caret at its source, and both sides scroll together." }</p>
            if !state.embedded { <p>{ "Everything stays in this browser: drafts are kept on this device as you type, and nothing is sent anywhere. Images that your post names are fetched from where they are." }</p> }
            <table class="help-table">
                <caption class="visually-hidden">{ "Shortcuts" }</caption>
                <tbody>{ for files }{ for page }{ for commands }</tbody>
            </table>
        </>
    };
    plain("help", "Help", on_intent, content)
}
