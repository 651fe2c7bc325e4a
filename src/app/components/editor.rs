//! `Editor`: the textarea, with the mirror behind it and the marks beside the text. In: what stands above. Out: its
//! nodes. The text is the textarea's: nothing here knows it or sets it. In a custom element a slot stands in its place,
//! and the textarea is put into it. Neighbours: `workspace.rs`; `app/editor/` fills mirror and marks.

use yew::prelude::*;

use super::Target;

/// What the editor is given.
#[derive(PartialEq, Properties)]
pub struct EditorProps {
    /// Where it is drawn.
    pub target: Target,
    /// What stands above the textarea.
    pub children: Html,
}

/// The editor.
#[component]
pub fn Editor(props: &EditorProps) -> Html {
    let target = &props.target;
    let text = (!target.is_guest()).then(|| {
        target.adopt(html! {
            <textarea id="editor" aria-label="Text of the post, Markdown with front matter" autocomplete="off"
                autocapitalize="sentences" spellcheck="true" placeholder="Write here…" />
        })
    });
    target.adopt(html! {
        <section id="editor-pane" part="editor" aria-label={(!target.is_guest()).then_some("Editor")}>
            { props.children.clone() }
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
