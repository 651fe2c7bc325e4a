//! `Comparison`: the dialog that shows the text beside another version. In: what the text can be compared with. Out:
//! its nodes, and what a person chooses. Neighbours: `app/comparison/actions.rs` compares, and fills the nodes;
//! `styles/compare.css` lays them out.

use std::rc::Rc;

use web_sys::HtmlSelectElement;
use yew::prelude::*;

use super::Intent;
use super::dialog::plain;
use super::drafts::size;
use crate::app::draft_wish::DraftWish;
use crate::app::state::Compared;
use crate::storage::Version;

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
    if compared.is_history {
        let versions: Vec<Version> = compared.drafts.iter().filter_map(|(name, _)| Version::decode(name)).collect();
        return history(&versions, &nodes, oninput, &props.on_intent);
    }
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
            { panes(&nodes) }
        </div>
    };
    plain("compare", "Compare", &props.on_intent, content)
}

/// The differences of the texts and of the previews.
fn panes(nodes: &ComparisonNodes) -> Html {
    html! {
        <div id="compare-panes">
            <input type="radio" name="compare-pane" id="compare-by-text" checked=true />
            <label for="compare-by-text">{ "Text" }</label>
            <input type="radio" name="compare-pane" id="compare-by-preview" />
            <label for="compare-by-preview">{ "Preview" }</label>
            <div ref={&nodes.text} id="compare-text" class="diff" tabindex="0" role="region" aria-label="Differences of the text"></div>
            <div ref={&nodes.preview} id="compare-preview"></div>
        </div>
    }
}

/// The same dialog with the earlier versions of the draft, of which one can be restored.
fn history(
    versions: &[Version],
    nodes: &ComparisonNodes,
    oninput: impl Fn(InputEvent) + 'static,
    on_intent: &Callback<Intent>,
) -> Html {
    let restore = {
        let (chosen, on_intent) = (nodes.with.clone(), on_intent.clone());
        move |_: MouseEvent| {
            let chosen = chosen.cast::<HtmlSelectElement>().map(|field| field.value());
            if let Some(version) = chosen.and_then(|name| Version::decode(&name)) {
                on_intent.emit(Intent::ForPart(DraftWish::Restore(version).sealed()));
            }
        }
    };
    let days = versions.chunk_by(|one, other| day(one) == day(other)).map(|versions| {
        let options = versions.iter().map(|version| {
            let name = version.encode();
            let words = format!("{} · {} · {}", time(version), version.reason.words(), size(version.bytes as u64));
            html! { <option selected={versions.first() == Some(version)} value={name}>{ words }</option> }
        });
        html! { <optgroup label={versions.first().map(day).unwrap_or_default()}>{ for options }</optgroup> }
    });
    let content = if versions.is_empty() {
        html! {
            <p>
                { "There is no earlier version of this draft yet. One is kept when the text is saved to a file, when you make a pause of some minutes, and before every large change." }
            </p>
        }
    } else {
        html! {
            <div id="compare-host" class="history">
                <div id="compare-controls" {oninput}>
                    <select ref={&nodes.with} size="8" aria-label="Earlier versions of this draft">{ for days }</select>
                    <button type="button" class="quiet-border" data-action="restore" onclick={restore}>{ "Restore this version" }</button>
                    <p ref={&nodes.result} id="compare-result" role="status"></p>
                    <p class="rule">{ "All versions of the last hour are kept, then one of each hour for a day, then one of each day." }</p>
                </div>
                { panes(nodes) }
            </div>
        }
    };
    plain("compare", "History", on_intent, content)
}

fn date_of(version: &Version) -> js_sys::Date {
    js_sys::Date::new(&version.time_ms.into())
}

/// The day of a version, in the person's language.
fn day(version: &Version) -> String {
    date_of(version).to_locale_date_string("default", &js_sys::Object::new()).into()
}

/// The time of day of a version, in the person's language.
fn time(version: &Version) -> String {
    date_of(version).to_locale_time_string("default").into()
}
