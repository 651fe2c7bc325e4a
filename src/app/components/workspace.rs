//! `Workspace`: editor, divider and preview side by side. In: which of them are seen, the toolbar. Out: their nodes.
//! Neighbours: `app.rs` draws it in the page, `embed/controller.rs` in a custom element; `editor.rs`, `divider.rs`,
//! `preview.rs` are in it.

use yew::prelude::*;

use super::{Divider, Editor, Preview, Target};
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
    /// What stands above the textarea.
    #[prop_or_default]
    pub children: Html,
}

/// The workspace.
#[component]
pub fn Workspace(props: &WorkspaceProps) -> Html {
    let target = &props.target;
    target.adopt(html! {
        <main id="workspace" data-view={view_name(props.view)} data-pane={props.pane.name()}>
            <Editor {target}>{ props.children.clone() }</Editor>
            <Divider {target} />
            <Preview {target} />
        </main>
    })
}
