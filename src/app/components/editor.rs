//! `Editor`: the toolbar and the textarea, with the mirror behind it and the marks beside the text. In: what the toolbar
//! needs. Out: intents. The text is the textarea's: nothing here knows it or sets it. Neighbours: `toolbar.rs`;
//! `app/editor/` fills mirror and marks.

use yew::prelude::*;

use super::{Intent, Target, Toolbar};

/// What the editor is given.
#[derive(PartialEq, Properties)]
pub struct EditorProps {
    /// Where it is drawn.
    pub target: Target,
    /// Whether keys are an Apple keyboard's.
    pub apple: bool,
    /// Takes what a person wants.
    pub on_intent: Callback<Intent>,
}

/// The editor.
#[component]
pub fn Editor(props: &EditorProps) -> Html {
    let target = props.target;
    let text = target.adopt(html! {
        <textarea id="editor" aria-label="Text of the post, Markdown with front matter" autocomplete="off"
            autocapitalize="sentences" spellcheck="true" placeholder="Write here…" />
    });
    target.adopt(html! {
        <section id="editor-pane" aria-label="Editor">
            <Toolbar {target} apple={props.apple} on_intent={props.on_intent.clone()} />
            { target.adopt(html! {
                <div id="editor-box">
                    { target.adopt(html! { <div id="mirror" aria-hidden="true"></div> }) }
                    { text }
                    { target.adopt(html! { <div id="marks"></div> }) }
                </div>
            }) }
        </section>
    })
}
