//! `Preview`: the frame that shows the post. In: where it is drawn. Out: its node. Neighbours: `app/preview/` fills its document;
//! `scripts/finish.mjs` writes the address of that document (`src`) into the page: set again, it would load it again.

use yew::prelude::*;

use super::Target;

/// What the preview is given.
#[derive(PartialEq, Properties)]
pub struct PreviewProps {
    /// Where it is drawn.
    pub target: Target,
}

/// The preview.
#[component]
pub fn Preview(props: &PreviewProps) -> Html {
    let frame = props.target.adopt(html! {
        <iframe id="preview" title="Preview of the post"
            sandbox="allow-same-origin allow-popups allow-popups-to-escape-sandbox" referrerpolicy="no-referrer"></iframe>
    });
    props.target.adopt(html! { <section id="preview-pane" aria-label="Preview">{ frame }</section> })
}
