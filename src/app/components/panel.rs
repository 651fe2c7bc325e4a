//! The panel beside the preview: its tabs, and what is done in them. In: `State`. Out: intents.
//! Neighbours: `panel_*.rs` draw the tabs, `effects/panel.rs` fills them.
//!
//! One set of listeners hears all of the panel: what an event means stands in attributes of the element that it comes
//! from (`data-do`, `data-kind`, `data-key`), so that a row costs no closure.

use wasm_bindgen::JsCast;
use web_sys::{Element, FocusEvent, HtmlElement, HtmlInputElement, HtmlTextAreaElement, KeyboardEvent, MouseEvent};
use yew::prelude::*;

use super::Intent;
use super::icon::icon;
use super::panel_checks::checks;
use super::panel_front_matter::{front_matter, kind_of_name};
use super::panel_publication::publication;
use super::panel_site::site;
use crate::app::form::{Change, Kind, What};
use crate::app::panel::{Content, Tab};
use crate::app::state::State;

/// What a person wants of the panel.
#[derive(Clone, Debug, PartialEq)]
pub enum PanelIntent {
    /// See that tab, or no panel.
    Show(Option<Tab>),
    /// Change the front matter.
    Change(Change),
    /// Switch a check on or off.
    Check(String, bool),
    /// Have these site settings.
    Site(String),
    /// Have the site settings of that file.
    SiteFile(web_sys::File),
}

/// Whether the panel looks the same.
pub fn same_panel(a: &State, b: &State) -> bool {
    (a.panel.tab, &a.panel.content) == (b.panel.tab, &b.panel.content)
}

/// The panel, where a tab is open.
pub fn panel(state: &State, on_intent: &Callback<Intent>) -> Html {
    let Some(open) = state.panel.tab else { return html! {} };
    let tabs = Tab::ALL.map(|(tab, name, label)| {
        let selected = tab == open;
        html! {
            <button type="button" role="tab" id={["tab-", name].concat()} data-tab={name} aria-selected={selected.to_string()}
                aria-controls="panel-body" tabindex={if selected { "0" } else { "-1" }}>{ label }</button>
        }
    });
    let content = match &state.panel.content {
        Content::None => html! {},
        Content::Publication(view) => publication(view),
        Content::FrontMatter(form, tags) => front_matter(form, tags),
        Content::Checks(rows) => checks(rows),
        Content::Site(view) => site(view),
    };
    let hear = |read: fn(&Event) -> Option<PanelIntent>| {
        let on_intent = on_intent.clone();
        move |event: &Event| {
            if let Some(intent) = read(event) {
                on_intent.emit(Intent::Panel(intent));
            }
        }
    };
    let (click, change, key, leave) = (hear(clicked), hear(changed), hear(pressed), hear(left));
    html! {
        <aside id="panel" aria-label="About the post"
            onclick={Callback::from(move |event: MouseEvent| click(&event))}
            onchange={Callback::from(move |event: Event| change(&event))}
            onkeydown={Callback::from(move |event: KeyboardEvent| key(&event))}
            onfocusout={Callback::from(move |event: FocusEvent| leave(&event))}>
            <div class="panel-head">
                <div role="tablist" aria-label="About the post">{ for tabs }</div>
                <button type="button" class="icon-only" data-do="close" aria-label="Close" title="Close (Escape)">{ icon("close") }</button>
            </div>
            <div id="panel-body" role="tabpanel" aria-labelledby={["tab-", open.name()].concat()} tabindex="0">{ content }</div>
        </aside>
    }
}

fn target(event: &Event) -> Option<Element> {
    event.target()?.dyn_into().ok()
}

fn attribute(element: &Element, name: &str) -> String {
    element.get_attribute(name).unwrap_or_default()
}

fn of_key(key: String, what: What) -> Option<PanelIntent> {
    (!key.is_empty()).then_some(PanelIntent::Change(Change { key, what }))
}

fn clicked(event: &Event) -> Option<PanelIntent> {
    let button = target(event)?.closest("[data-do],[data-tab]").ok()??;
    if let Some(tab) = button.get_attribute("data-tab") {
        return Some(PanelIntent::Show(Tab::of_name(&tab)));
    }
    let key = attribute(&button, "data-key");
    match attribute(&button, "data-do").as_str() {
        "close" => Some(PanelIntent::Show(None)),
        "remove" => of_key(key, What::Remove),
        "drop" => of_key(key, What::Drop(attribute(&button, "data-index").parse().ok()?)),
        "create" => created(&button),
        "forget-site" => Some(PanelIntent::Site(String::new())),
        _ => None,
    }
}

/// The fields for a new key, which are emptied.
fn created(near: &Element) -> Option<PanelIntent> {
    let fields = near.closest(".new-key").ok()??;
    let name: HtmlInputElement = fields.query_selector("input").ok()??.unchecked_into();
    let kind: web_sys::HtmlSelectElement = fields.query_selector("select").ok()??.unchecked_into();
    let key = name.value().trim().to_owned();
    name.set_value("");
    of_key(key, What::Create(kind_of_name(&kind.value())))
}

fn changed(event: &Event) -> Option<PanelIntent> {
    let element = target(event)?;
    let kind = attribute(&element, "data-kind");
    let key = attribute(&element, "data-key");
    let field: &HtmlInputElement = element.unchecked_ref();
    match kind.as_str() {
        "item" => {
            let item = field.value();
            field.set_value("");
            of_key(key, What::Add(item))
        }
        "switch" => of_key(key, What::Set(Kind::Switch, field.checked().to_string())),
        "text" => of_key(key, What::Set(Kind::Text, field.value())),
        "number" => of_key(key, What::Set(Kind::Number, field.value())),
        "long" => of_key(key, What::Set(Kind::Long, element.unchecked_ref::<HtmlTextAreaElement>().value())),
        "check" => Some(PanelIntent::Check(key, field.checked())),
        "site" => Some(PanelIntent::Site(element.unchecked_ref::<HtmlTextAreaElement>().value())),
        "site-file" => Some(PanelIntent::SiteFile(field.files()?.get(0)?)),
        // A date changes with every digit that is typed: it is taken when its fields are left, see `left`.
        _ => None,
    }
}

fn pressed(event: &Event) -> Option<PanelIntent> {
    let key: &KeyboardEvent = event.unchecked_ref();
    let element = target(event)?;
    let name = key.key();
    if key.is_composing() || key.ctrl_key() || key.alt_key() || key.meta_key() {
        return None;
    }
    match name.as_str() {
        "Escape" => {
            event.prevent_default();
            Some(PanelIntent::Show(None))
        }
        "Enter" if attribute(&element, "data-kind") == "when" => when(&element),
        "Enter" if element.has_attribute("data-new-key") => created(&element),
        _ if element.has_attribute("data-tab") => {
            let count = Tab::ALL.len();
            let at = Tab::ALL.iter().position(|(_, name, _)| *name == attribute(&element, "data-tab"))?;
            let to = match name.as_str() {
                "ArrowRight" => (at + 1) % count,
                "ArrowLeft" => (at + count - 1) % count,
                "Home" => 0,
                "End" => count - 1,
                _ => return None,
            };
            event.prevent_default();
            let (tab, ..) = Tab::ALL.get(to)?;
            let selector = ["[data-tab=", tab.name(), "]"].concat();
            let next: HtmlElement = element.parent_element()?.query_selector(&selector).ok()??.unchecked_into();
            let _ = next.focus();
            Some(PanelIntent::Show(Some(*tab)))
        }
        _ => None,
    }
}

fn left(event: &Event) -> Option<PanelIntent> {
    let element = target(event)?;
    if attribute(&element, "data-kind") != "when" {
        return None;
    }
    let fields = element.closest(".when").ok()??;
    let to = event.unchecked_ref::<FocusEvent>().related_target().and_then(|to| to.dyn_into::<Element>().ok());
    // From the date to its zone one stays with the date.
    if to.is_some_and(|to| fields.contains(Some(&to))) {
        return None;
    }
    when(&element)
}

/// The date and its zone as they stand in their fields.
fn when(element: &Element) -> Option<PanelIntent> {
    let fields = element.closest(".when").ok()??;
    let value = |selector: &str| {
        let field = fields.query_selector(selector).ok()??;
        Some(field.unchecked_ref::<HtmlInputElement>().value())
    };
    let (date, zone) = (value("[type=datetime-local]")?, value("[type=text]")?);
    let value = if date.is_empty() { date } else { [&date, " ", zone.trim()].concat() };
    of_key(attribute(element, "data-key"), What::Set(Kind::When, value))
}
