//! `Workspace`: editor, divider and preview side by side. In: which of them are seen, and they themselves. Out: the place
//! they stand in. Neighbours: `editor.rs`, `divider.rs`, `preview.rs`.

use yew::prelude::*;

use super::Target;
use crate::app::state::{Pane, View, view_name};

/// What is seen of the workspace.
#[derive(PartialEq, Properties)]
pub struct WorkspaceProps {
    /// Where it is drawn.
    pub target: Target,
    /// The panes of a wide screen.
    pub view: View,
    /// The pane of a narrow one.
    pub pane: Pane,
    /// Editor, divider, preview.
    pub children: Html,
}

/// The workspace.
#[component]
pub fn Workspace(props: &WorkspaceProps) -> Html {
    props.target.adopt(html! {
        <main id="workspace" data-view={view_name(props.view)} data-pane={props.pane.name()}>{ props.children.clone() }</main>
    })
}
