//! The help sheet: every shortcut and command, from the same tables as toolbar and keyboard, and what is kept where.
//! In: the tables. Out: closing, a command to run. Neighbours: `commands/table.rs`, `commands/more_commands.rs`.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlDialogElement};
use yew::prelude::*;

use super::Intent;
use super::dialog::plain;
use crate::app::draft_wish::SealedWish;
use crate::app::state::State;
use crate::commands::{COMMANDS, Group, MORE_COMMANDS};

/// The sections of the sheet after the first, and the commands in each.
const SECTIONS: [(&str, &[Group]); 6] = [
    ("Words", &[Group::Text]),
    ("Headings, lists, quotes", &[Group::Block, Group::Indent, Group::Key]),
    ("Lines", &[Group::Lines]),
    ("Order, tasks, footnotes", &[Group::Structure]),
    ("Tables", &[Group::Table]),
    ("Jekyll", &[Group::Jekyll]),
];

/// What the sheet of the page has, and that of an element has not.
pub struct HelpOfPage<'a> {
    /// Asks for how a person wants to write.
    pub settings: SealedWish,
    /// Asks for which key runs which command.
    pub shortcuts: SealedWish,
    /// The keys of a command, where somebody chose others; empty where it has none any more.
    pub own_keys: &'a dyn Fn(&str) -> Option<String>,
}

/// The sheet. `of_page`: what only the page has.
pub fn help(state: &State, on_intent: &Callback<Intent>, of_page: Option<HelpOfPage<'_>>) -> Html {
    let apple = state.apple;
    let primary = |key: &str| if apple { format!("⌘{key}") } else { format!("Ctrl+{key}") };
    let own_keys = |id: &str| of_page.as_ref().and_then(|of_page| (of_page.own_keys)(id));
    let key = |what: &str, keys: String| row(what, html! { <kbd>{ keys }</kbd> });
    let keyed = |id: &str, what: &str, keys: String| match own_keys(id).unwrap_or(keys) {
        keys if keys.is_empty() => row(what, html! { { "No key" } }),
        keys => key(what, keys),
    };
    let all = if apple { "⇧⌘P".to_owned() } else { "Ctrl+Shift+P".to_owned() };
    let page_keys = [
        keyed("open", "Open a file", primary("O")),
        keyed("save", "Save to the file", primary("S")),
        keyed("outline", "Outline and figures", if apple { "⇧⌘O".to_owned() } else { "Ctrl+Shift+O".to_owned() }),
        keyed("find", "Find in the text or the preview", primary("F")),
        keyed("replace", "Find and replace", if apple { "⌥⌘F".to_owned() } else { primary("H") }),
        key("Any command, heading, problem, draft or file", all),
        keyed("go-to", "Go to a heading, problem, draft or file", primary("P")),
        keyed(
            "full-screen",
            "Full screen without bars",
            if apple { "⇧⌘↩".to_owned() } else { "Ctrl+Shift+Enter".to_owned() },
        ),
    ];
    let offers = of_page.as_ref().map(|of_page| {
        let button = |id, label, wish: &SealedWish| button(id, label, Intent::ForPart(wish.clone()), on_intent);
        let settings = button("writing-settings", "Writing settings…", &of_page.settings);
        let shortcuts = button("shortcuts", "Shortcuts…", &of_page.shortcuts);
        [row("Letters, lines, focus, suggestions", settings), row("Other keys for any command", shortcuts)]
    });
    let page_keys = page_keys.into_iter().filter(|_| !state.embedded);
    let page = [
        key("Next problem", "F8".into()),
        key("Previous problem", "Shift+F8".into()),
        keyed("help", "This sheet", "F1".into()),
    ];
    let sections = SECTIONS.iter().map(|(title, groups)| {
        let commands = COMMANDS.iter().chain(MORE_COMMANDS).filter(|command| groups.contains(&command.group));
        let rows = commands.filter_map(|command| match command.shortcut {
            Some(shortcut) => Some(keyed(command.id, command.hint, shortcut.display_with_signs(apple))),
            None if own_keys(command.id).is_some_and(|keys| !keys.is_empty()) => {
                Some(keyed(command.id, command.hint, String::new()))
            }
            None => command
                .icon
                .is_empty()
                .then(|| row(command.hint, button(command.id, command.label, Intent::Command(command.id), on_intent))),
        });
        html! { <tbody><tr><th colspan="2" scope="rowgroup">{ title }</th></tr>{ for rows }</tbody> }
    });
    let content = html! {
        <>
            <p>{ "Write on the left; the right shows what Jekyll will publish. A click in the preview puts the caret at its source, and both sides scroll together." }</p>
            if !state.embedded { <p>{ "Everything stays in this browser: drafts are kept on this device as you type, and nothing is sent anywhere. Images that your post names are fetched from where they are." }</p> }
            <table class="help-table">
                <caption class="visually-hidden">{ "Shortcuts and commands" }</caption>
                <tbody>{ for page_keys }{ for offers.into_iter().flatten() }{ for page }</tbody>
                { for sections }
            </table>
        </>
    };
    plain("help", "Help", on_intent, content)
}

fn row(what: &str, keys: Html) -> Html {
    html! { <tr><td>{ what }</td><td>{ keys }</td></tr> }
}

/// The button of what has no other one: it closes the sheet and asks for it where the caret is.
fn button(id: &'static str, label: &'static str, intent: Intent, on_intent: &Callback<Intent>) -> Html {
    let on_intent = on_intent.clone();
    let run = move |event: MouseEvent| {
        // Behind a dialog that is still open the textarea would take no focus.
        let sheet = event.target_dyn_into::<Element>().and_then(|button| button.closest("dialog").ok().flatten());
        if let Some(sheet) = sheet {
            sheet.unchecked_into::<HtmlDialogElement>().close();
        }
        on_intent.emit(Intent::CloseDialog);
        on_intent.emit(intent.clone());
    };
    html! { <button type="button" data-command={id} onclick={run}>{ label }</button> }
}
