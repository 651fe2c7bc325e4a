//! `Preview`: the frame that shows the post. In: where it is drawn. Out: its node. Neighbours: `app/preview/` fills its
//! document; `scripts/finish.mjs` writes the address of that document (`src`) into the page: set again, it would load
//! it again. In a custom element `embed/index.js` makes the frame, with the same `sandbox`.

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
    let target = &props.target;
    let frame = target.adopt(html! {
        <iframe id="preview" title="Preview of the post"
            sandbox="allow-same-origin allow-popups allow-popups-to-escape-sandbox" referrerpolicy="no-referrer"></iframe>
    });
    target.adopt(html! {
        <section id="preview-pane" part="preview" aria-label={(!target.is_guest()).then_some("Preview")}>{ frame }</section>
    })
}
