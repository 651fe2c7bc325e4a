//! `Comparison`: the dialog that shows the text beside another version. In: what the text can be compared with. Out:
//! its nodes, and what a person chooses. Neighbours: `app/comparison/actions.rs` compares, and fills the nodes;
//! `styles/compare.css` lays them out.

use std::rc::Rc;

use yew::prelude::*;

use super::Intent;
use super::dialog::plain;
use crate::app::state::Compared;

/// The nodes of the open dialog.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ComparisonNodes {
    /// The choice of the other version.
    pub with: NodeRef,
    /// The field for a text that is typed or pasted.
    pub other: NodeRef,
    /// What differs, in a sentence.
    pub result: NodeRef,
    /// The differences of the texts.
    pub text: NodeRef,
    /// The place of the frame that shows the differences of the previews.
    pub preview: NodeRef,
}

/// What happens in the dialog.
#[derive(Clone, Debug, PartialEq)]
pub enum ComparisonEvent {
    /// It stands in the page.
    Opened(ComparisonNodes),
    /// Another version was chosen, typed or pasted.
    Changed,
    /// A file is wanted as the other version.
    OpenFile,
}

/// What the dialog is given.
#[derive(PartialEq, Properties)]
pub struct ComparisonProps {
    /// What the text can be compared with.
    pub compared: Rc<Compared>,
    /// Takes what happens in it.
    pub on_intent: Callback<Intent>,
}

/// The dialog.
#[component]
pub fn Comparison(props: &ComparisonProps) -> Html {
    let nodes = use_state(ComparisonNodes::default);
    {
        let (nodes, on_intent) = (nodes.clone(), props.on_intent.clone());
        use_effect_with((), move |()| {
            on_intent.emit(Intent::ComparisonEvent(ComparisonEvent::Opened((*nodes).clone())));
        });
    }
    let oninput = {
        let on_intent = props.on_intent.clone();
        move |_: InputEvent| on_intent.emit(Intent::ComparisonEvent(ComparisonEvent::Changed))
    };
    let open = {
        let on_intent = props.on_intent.clone();
        move |_: MouseEvent| on_intent.emit(Intent::ComparisonEvent(ComparisonEvent::OpenFile))
    };
    let compared = &*props.compared;
    let option = |value: &str, title: &str, disabled: bool| {
        html! { <option value={value.to_owned()} selected={value == &*compared.chosen} {disabled}>{ title }</option> }
    };
    let drafts =
        compared.drafts.iter().map(|(id, title)| option(id, if title.is_empty() { "Untitled" } else { title }, false));
    let content = html! {
        <div id="compare-host">
            <div id="compare-controls" {oninput}>
                <label>
                    <span>{ "With" }</span>
                    <select ref={&nodes.with} aria-label="Compare with">
                        { option("file", "The file as opened or saved", !compared.has_file) }
                        { option("other", "Another text…", false) }
                        <optgroup label="Drafts">{ for drafts }</optgroup>
                    </select>
                </label>
                <p ref={&nodes.result} id="compare-result" role="status"></p>
                <div id="compare-older">
                    <textarea ref={&nodes.other} id="compare-other" aria-label="The older version"
                        placeholder="Paste the older version here, or open a file." />
                    <button type="button" class="quiet-border" onclick={open}>{ "Open a file…" }</button>
                </div>
            </div>
            <div id="compare-panes">
                <input type="radio" name="compare-pane" id="compare-by-text" checked=true />
                <label for="compare-by-text">{ "Text" }</label>
                <input type="radio" name="compare-pane" id="compare-by-preview" />
                <label for="compare-by-preview">{ "Preview" }</label>
                <div ref={&nodes.text} id="compare-text" class="diff" tabindex="0" role="region" aria-label="Differences of the text"></div>
                <div ref={&nodes.preview} id="compare-preview"></div>
            </div>
        </div>
    };
    plain("compare", "Compare", &props.on_intent, content)
}
