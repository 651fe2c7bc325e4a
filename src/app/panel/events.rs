//! What an event in the panel asks for. In: an event, and the element that it comes from. Out: a `PanelEvent`.
//! Neighbours: `app/panel/` has the elements, and says in their attributes (`data-do`, `data-kind`, `data-key`) what
//! they are for; `actions.rs` listens, and acts.

use wasm_bindgen::JsCast;
use web_sys::{
    Element, Event, FocusEvent, HtmlElement, HtmlInputElement, HtmlSelectElement, HtmlTextAreaElement, KeyboardEvent,
};

use crate::post::form::{FieldAction, FieldChange, FieldKind};
use crate::view::panel::Tab;

/// What a person asks for in the panel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PanelEvent {
    /// The tab of that name; no panel where the name is empty.
    Show(String),
    /// A change of the front matter.
    Change(FieldChange),
    /// A check, by its code, to be on or off.
    Check(bool, String),
    /// These site settings.
    Site(String),
    /// The site is built by the Jekyll of that code; by the one that its files say where the code is empty.
    Jekyll(String),
    /// The site settings of the file that was chosen.
    SiteFile,
}

/// What a click, a change, a key or the leaving of a field means.
pub fn read_panel_event(event: &Event) -> Option<PanelEvent> {
    match event.type_().as_str() {
        "click" => clicked(event),
        "change" => changed(event),
        "keydown" => pressed(event),
        "focusout" => left(event),
        _ => None,
    }
}

fn target(event: &Event) -> Option<Element> {
    event.target()?.dyn_into().ok()
}

fn attribute(element: &Element, name: &str) -> String {
    element.get_attribute(name).unwrap_or_default()
}

fn of_key(key: String, what: FieldAction) -> Option<PanelEvent> {
    (!key.is_empty()).then_some(PanelEvent::Change(FieldChange { key, what }))
}

fn clicked(event: &Event) -> Option<PanelEvent> {
    let button = target(event)?.closest("[data-do],[data-tab]").ok()??;
    if let Some(tab) = button.get_attribute("data-tab") {
        return Some(PanelEvent::Show(tab));
    }
    let key = attribute(&button, "data-key");
    match attribute(&button, "data-do").as_str() {
        "close" => Some(PanelEvent::Show(String::new())),
        "remove" => of_key(key, FieldAction::Remove),
        "drop" => of_key(key, FieldAction::Drop(attribute(&button, "data-index").parse().ok()?)),
        "create" => created(&button),
        "forget-site" => Some(PanelEvent::Site(String::new())),
        _ => None,
    }
}

/// The fields for a new key, which are emptied.
fn created(near: &Element) -> Option<PanelEvent> {
    let fields = near.closest(".new-key").ok()??;
    let name: HtmlInputElement = fields.query_selector("input").ok()??.unchecked_into();
    let kind: HtmlSelectElement = fields.query_selector("select").ok()??.unchecked_into();
    let key = name.value().trim().to_owned();
    name.set_value("");
    let chosen = kind.value();
    let kind = FieldKind::NEW.iter().find(|(_, known)| *known == chosen).map_or(FieldKind::Text, |(kind, _)| *kind);
    of_key(key, FieldAction::Create(kind))
}

fn changed(event: &Event) -> Option<PanelEvent> {
    let element = target(event)?;
    let kind = attribute(&element, "data-kind");
    let key = attribute(&element, "data-key");
    let field: &HtmlInputElement = element.unchecked_ref();
    match kind.as_str() {
        "item" => {
            let item = field.value();
            field.set_value("");
            of_key(key, FieldAction::Add(item))
        }
        "switch" => of_key(key, FieldAction::Set(FieldKind::Switch, field.checked().to_string())),
        "text" => of_key(key, FieldAction::Set(FieldKind::Text, field.value())),
        "number" => of_key(key, FieldAction::Set(FieldKind::Number, field.value())),
        "long" => {
            of_key(key, FieldAction::Set(FieldKind::Long, element.unchecked_ref::<HtmlTextAreaElement>().value()))
        }
        "check" => Some(PanelEvent::Check(field.checked(), key)),
        "site" => Some(PanelEvent::Site(element.unchecked_ref::<HtmlTextAreaElement>().value())),
        "jekyll" => Some(PanelEvent::Jekyll(element.unchecked_ref::<HtmlSelectElement>().value())),
        "site-file" => Some(PanelEvent::SiteFile),
        // A date changes with every digit that is typed: it is taken when its fields are left, see `left`.
        _ => None,
    }
}

fn pressed(event: &Event) -> Option<PanelEvent> {
    let key: &KeyboardEvent = event.unchecked_ref();
    let element = target(event)?;
    let name = key.key();
    if key.is_composing() || key.ctrl_key() || key.alt_key() || key.meta_key() {
        return None;
    }
    match name.as_str() {
        "Escape" => {
            event.prevent_default();
            Some(PanelEvent::Show(String::new()))
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
            Some(PanelEvent::Show(tab.name().to_owned()))
        }
        _ => None,
    }
}

fn left(event: &Event) -> Option<PanelEvent> {
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
fn when(element: &Element) -> Option<PanelEvent> {
    let fields = element.closest(".when").ok()??;
    let value = |selector: &str| {
        let field = fields.query_selector(selector).ok()??;
        Some(field.unchecked_ref::<HtmlInputElement>().value())
    };
    let (date, zone) = (value("[type=datetime-local]")?, value("[type=text]")?);
    let value = if date.is_empty() { date } else { [&date, " ", zone.trim()].concat() };
    of_key(attribute(element, "data-key"), FieldAction::Set(FieldKind::When, value))
}
