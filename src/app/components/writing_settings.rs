//! `WritingSettingsForm`: how a person wants to write, as a dialog. In: the choices. Out: other choices. Neighbours:
//! `app/writing/settings_dialog.rs` shows it beside the editor, in which each choice is seen at once.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

use super::dialog::Dialog;
use crate::storage::{FocusedPart, WritingFont, WritingSettings};
use crate::writing::pictures::FOLDER as PICTURES;

/// What the form is given.
#[derive(PartialEq, Properties)]
pub struct WritingSettingsFormProps {
    /// The choices as they stand.
    pub settings: WritingSettings,
    /// The folder for pictures, as somebody named it.
    pub picture_folder: AttrValue,
    /// Takes other choices; nothing when the dialog is closed.
    pub on_choice: Callback<Option<WritingSettings>>,
    /// Takes another folder for pictures.
    pub on_folder: Callback<String>,
}

/// Writes the entry of that number into the settings.
type SetEntry = fn(&mut WritingSettings, usize);

/// The dialog.
#[component]
pub fn WritingSettingsForm(props: &WritingSettingsFormProps) -> Html {
    let WritingSettingsFormProps { settings, on_choice, .. } = props;
    let form = use_node_ref();
    let chosen = [
        ("writing-font", WritingFont::ALL.iter().position(|font| *font == settings.font)),
        ("writing-line-width", WritingSettings::LINE_WIDTHS.iter().position(|width| *width == settings.line_width)),
        ("writing-focus", FocusedPart::ALL.iter().position(|part| *part == settings.focus)),
    ];
    {
        let form = form.clone();
        use_effect_with(chosen, move |chosen| {
            for (id, at) in chosen {
                let field = form.cast::<Element>().and_then(|form| form.query_selector(&["#", id].concat()).ok()?);
                let field = field.and_then(|field| field.dyn_into::<HtmlSelectElement>().ok());
                if let (Some(field), Some(at)) = (field, at.and_then(|at| i32::try_from(at).ok())) {
                    field.set_selected_index(at);
                }
            }
        });
    }
    let widths = WritingSettings::LINE_WIDTHS.map(|width| match width {
        0 => "As wide as the editor".to_owned(),
        width => format!("{width} characters"),
    });
    let back = {
        let on_choice = on_choice.clone();
        move |_: MouseEvent| on_choice.emit(Some(WritingSettings::default()))
    };
    let line_height = format!("{}.{:02}", settings.line_height / 100, settings.line_height % 100);
    let content = html! {
        <div ref={form} class="writing-form">
            { choice(props, "writing-font", "Letters", &["Monospaced", "Proportional", "Easy to tell apart"], |settings, at| {
                settings.font = WritingFont::ALL.get(at).copied().unwrap_or_default();
            }) }
            { range(props, "writing-size", "Size", WritingSettings::SIZES, 1, (settings.size, format!("{} px", settings.size)),
                |settings, size| settings.size = size) }
            { range(props, "writing-line-height", "Line height", WritingSettings::LINE_HEIGHTS, 5, (settings.line_height, line_height),
                |settings, height| settings.line_height = height) }
            { choice(props, "writing-line-width", "Line width", &widths.each_ref().map(String::as_str), |settings, at| {
                settings.line_width = WritingSettings::LINE_WIDTHS.get(at).copied().unwrap_or_default();
            }) }
            { choice(props, "writing-focus", "Stands out", &["The whole text", "The paragraph", "The sentence"], |settings, at| {
                settings.focus = FocusedPart::ALL.get(at).copied().unwrap_or_default();
            }) }
            { switch(props, "writing-typewriter", "Keep the caret’s line in the middle", settings.typewriter,
                |settings, on| settings.typewriter = on) }
            { switch(props, "writing-suggest", "Suggest while typing", settings.suggest, |settings, on| settings.suggest = on) }
            { folder(props) }
            <p class="buttons">
                <button type="button" class="quiet-border" data-action="writing-defaults" onclick={back}>{ "As at first" }</button>
            </p>
        </div>
    };
    let on_close = {
        let on_choice = on_choice.clone();
        move |()| on_choice.emit(None)
    };
    html! { <Dialog id="writing-settings" title="Writing settings" {on_close}>{ content }</Dialog> }
}

/// One of several names. Which one is chosen is told to the field after it is drawn.
fn choice(
    props: &WritingSettingsFormProps,
    id: &'static str,
    label: &'static str,
    names: &[&str],
    set: SetEntry,
) -> Html {
    let (settings, on_choice) = (props.settings, props.on_choice.clone());
    let onchange = move |event: Event| {
        let field = event.target().and_then(|field| field.dyn_into::<HtmlSelectElement>().ok());
        let at = field.and_then(|field| usize::try_from(field.selected_index()).ok());
        if let Some(at) = at {
            let mut settings = settings;
            set(&mut settings, at);
            on_choice.emit(Some(settings));
        }
    };
    let options = names.iter().map(|name| html! { <option>{ *name }</option> });
    html! { <label for={id}><span>{ label }</span><select {id} {onchange}>{ for options }</select></label> }
}

/// A number between two.
fn range(
    props: &WritingSettingsFormProps,
    id: &'static str,
    label: &'static str,
    (least, most): (u8, u8),
    step: u8,
    (value, words): (u8, String),
    set: fn(&mut WritingSettings, u8),
) -> Html {
    let (settings, on_choice) = (props.settings, props.on_choice.clone());
    let oninput = move |event: InputEvent| {
        let field = event.target().and_then(|field| field.dyn_into::<HtmlInputElement>().ok());
        if let Some(value) = field.and_then(|field| field.value().parse().ok()) {
            let mut settings = settings;
            set(&mut settings, value);
            on_choice.emit(Some(settings));
        }
    };
    html! {
        <label for={id}>
            <span>{ label }</span>
            <input {id} type="range" min={least.to_string()} max={most.to_string()} step={step.to_string()}
                value={value.to_string()} aria-valuetext={words.clone()} {oninput} />
            <output for={id}>{ words }</output>
        </label>
    }
}

/// Where new pictures go.
fn folder(props: &WritingSettingsFormProps) -> Html {
    let on_folder = props.on_folder.clone();
    let oninput = move |event: InputEvent| {
        if let Some(field) = event.target().and_then(|field| field.dyn_into::<HtmlInputElement>().ok()) {
            on_folder.emit(field.value());
        }
    };
    html! {
        <label for="picture-folder">
            <span>{ "Pictures" }</span>
            <input id="picture-folder" type="text" value={props.picture_folder.clone()} placeholder={PICTURES}
                title="The folder that pictures of a draft go to" autocomplete="off" spellcheck="false" {oninput} />
        </label>
    }
}

/// On or off.
fn switch(
    props: &WritingSettingsFormProps,
    id: &'static str,
    label: &'static str,
    on: bool,
    set: fn(&mut WritingSettings, bool),
) -> Html {
    let (settings, on_choice) = (props.settings, props.on_choice.clone());
    let onchange = move |event: Event| {
        let field = event.target().and_then(|field| field.dyn_into::<HtmlInputElement>().ok());
        if let Some(field) = field {
            let mut settings = settings;
            set(&mut settings, field.checked());
            on_choice.emit(Some(settings));
        }
    };
    html! { <label class="switch" for={id}><input {id} type="checkbox" checked={on} {onchange} /><span>{ label }</span></label> }
}
