//! `Toolbar`: a button for each editing command. In: the table of commands. Out: intents. Neighbours:
//! `commands/table.rs`; `app/editor/listeners.rs` moves the focus by the arrow keys.

use yew::prelude::*;

use super::icon::drawing;
use super::{Intent, Target};
use crate::commands::{COMMANDS, Group};

/// What the toolbar is given.
#[derive(PartialEq, Properties)]
pub struct ToolbarProps {
    /// Where it is drawn.
    pub target: Target,
    /// Whether keys are an Apple keyboard's.
    pub apple: bool,
    /// Takes what a person wants.
    pub on_intent: Callback<Intent>,
}

/// The toolbar.
#[component]
pub fn Toolbar(props: &ToolbarProps) -> Html {
    let mut last = None;
    let buttons = COMMANDS.iter().filter(|command| command.group != Group::Key).map(|command| {
        // One stop of Tab for all: the arrows go on from there.
        let stop = if last.is_none() { "0" } else { "-1" };
        let gap = last.replace(command.group).is_some_and(|group| group != command.group);
        let on_intent = props.on_intent.clone();
        let id = command.id;
        let title = match &command.shortcut {
            Some(shortcut) => format!("{} ({})", command.hint, shortcut.display(props.apple)),
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
    // In an element the textarea may stand in another tree, where ids are others.
    let controls = (!props.target.is_guest()).then_some("editor");
    props.target.adopt(html! {
        <div id="toolbar" role="toolbar" aria-label="Formatting" aria-controls={controls} inert={props.target.is_inert()}>{ for buttons }</div>
    })
}
