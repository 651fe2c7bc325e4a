//! The toolbar of editing commands. In: the table of commands. Out: intents. Neighbours: `commands/table.rs`.

use web_sys::MouseEvent;
use yew::prelude::*;

use super::Intent;
use super::icon::drawing;
use crate::app::state::State;
use crate::commands::{COMMANDS, Group};

/// Whether the toolbar looks the same.
pub fn same_toolbar(a: &State, b: &State) -> bool {
    a.apple == b.apple
}

/// The toolbar.
pub fn toolbar(state: &State, on_intent: &Callback<Intent>) -> Html {
    let mut last = None;
    let buttons = COMMANDS.iter().filter(|command| command.group != Group::Key).map(|command| {
        // One stop of Tab for all: the arrows go on from there.
        let stop = if last.is_none() { "0" } else { "-1" };
        let gap = last.replace(command.group).is_some_and(|group| group != command.group);
        let on_intent = on_intent.clone();
        let id = command.id;
        let title = match &command.shortcut {
            Some(shortcut) => format!("{} ({})", command.hint, shortcut.display(state.apple)),
            None => command.hint.to_owned(),
        };
        // The textarea keeps the focus and the selection while a button is pressed.
        let hold = |event: MouseEvent| event.prevent_default();
        html! {
            <>
                if gap { <span class="gap" aria-hidden="true"></span> }
                <button type="button" tabindex={stop} data-command={id} aria-label={command.label} {title} onmousedown={hold}
                    onclick={move |_| on_intent.emit(Intent::Command(id))}>{ drawing(command.icon) }</button>
            </>
        }
    });
    html! { <>{ for buttons }</> }
}
