//! `Divider`: the line between editor and preview, to be dragged or moved by the arrow keys. In: where it is drawn.
//! Out: its node. Neighbours: `app/editor/divider.rs` moves it.

use yew::prelude::*;

use super::Target;

/// What the divider is given.
#[derive(PartialEq, Properties)]
pub struct DividerProps {
    /// Where it is drawn.
    pub target: Target,
}

/// The divider.
#[component]
pub fn Divider(props: &DividerProps) -> Html {
    props.target.adopt(html! {
        <div id="divider" part="divider" role="separator" tabindex="0" aria-orientation="vertical" aria-label="Width of the editor"
            aria-valuemin="20" aria-valuemax="80" aria-valuenow="50" aria-controls="editor-pane"></div>
    })
}
