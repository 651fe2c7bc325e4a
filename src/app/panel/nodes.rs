//! Makes nodes of tokens where there are others already, and keeps of those what it can, so that the focus, the caret, an
//! unfinished word and the scrolling stay. In: tokens of our own, a place. Out: the place holds their nodes. Neighbours:
//! `app/tools.rs` names what is here; what a post says goes into the preview's frame through `preview/`.
//!
//! What a field holds is written only when the tokens say something else than the last time: its default is that last.

use std::cell::RefCell;

use js_sys::{Array, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Document, Element, HtmlElement, Node, Text};

use crate::app::browser::dom::{document, style_sheet, window};
use crate::markdown::event::CowStr;
use crate::markdown::token::Token;
use crate::post::form::{self, Change, Refusal, What};
use crate::render::Renderer;
use crate::text::Edit;
use crate::view::panel::Content;

const SVG: &str = "http://www.w3.org/2000/svg";

type Attributes<'t> = [(CowStr<'t>, CowStr<'t>)];

thread_local! {
    /// The id of the field that a change of the form was made in: what was not taken does not stay in it.
    static CHANGED: RefCell<String> = RefCell::default();
    /// The id of the field that gets the focus when the panel is drawn next.
    static FOCUS: RefCell<String> = RefCell::default();
    /// The style sheets that the page has.
    static STYLED: RefCell<Vec<&'static str>> = const { RefCell::new(Vec::new()) };
}

/// Adds a style sheet to the page, once. As an object: the page's policy allows no other inline style than its own.
pub fn style_page(styles: &'static str) {
    if STYLED.with_borrow(|known| known.contains(&styles)) {
        return;
    }
    STYLED.with_borrow_mut(|known| known.push(styles));
    let page = document();
    let name = "adoptedStyleSheets".into();
    let sheets = style_sheet(&window(), styles).and_then(|sheet| {
        let sheets = Array::from(&Reflect::get(&page, &name)?);
        sheets.push(&sheet);
        Ok(sheets)
    });
    // Without its styles a panel is plain, and whole.
    let _ = sheets.and_then(|sheets| Reflect::set(&page, &name, &sheets));
}

/// The edit of `text` that makes a change of the form.
pub fn edit_of_form(text: &str, change: &Change) -> Result<Edit, Refusal> {
    let edit = form::edit(text, change);
    let field = ["field-", &change.key].concat();
    match change.what {
        What::Set(..) => CHANGED.set(field),
        What::Create(_) | What::Drop(_) if edit.is_ok() => FOCUS.set(field),
        _ => {}
    }
    edit
}

/// Draws the panel about the post that was rendered last into `host`. What is there already stays as far as it can.
pub fn draw_panel(host: &Element, content: &Content, renderer: &Renderer) {
    let Some((post, site_post)) = renderer.post().zip(renderer.site_post()) else { return };
    style_page(include_str!("../../../styles/panel.css"));
    let _ = morph(host, &content.tokens(post, site_post), &CHANGED.take());
    let focus = FOCUS.take();
    let page = host.owner_document().filter(|_| !focus.is_empty());
    if let Some(element) = page.and_then(|page| page.get_element_by_id(&focus)) {
        let _ = element.unchecked_into::<HtmlElement>().focus();
    }
}

/// Fills `place`. The field with the id `insist` shows what the tokens say, whatever was done in it.
fn morph(place: &Element, tokens: &[Token<'_>], insist: &str) -> Result<(), JsValue> {
    let document = place.owner_document().ok_or(JsValue::NULL)?;
    Morph { document, tokens: tokens.iter(), insist }.fill(place)
}

struct Morph<'t> {
    document: Document,
    tokens: std::slice::Iter<'t, Token<'t>>,
    insist: &'t str,
}

impl Morph<'_> {
    /// The children of `parent`, up to its `Close`. Goes as deep as the panel does, which no text decides.
    fn fill(&mut self, parent: &Element) -> Result<(), JsValue> {
        let mut next = parent.first_child();
        while let Some(token) = self.tokens.next() {
            match token {
                Token::Close => break,
                Token::Comment(_) => {}
                Token::Text(text) => match next.as_ref().and_then(|node| node.dyn_ref::<Text>()) {
                    Some(known) => {
                        if known.data() != **text {
                            known.set_data(text);
                        }
                        next = known.next_sibling();
                    }
                    None => {
                        parent.insert_before(&self.document.create_text_node(text), next.as_ref())?;
                    }
                },
                Token::Open { name, attributes, .. } => {
                    let element = match known(next.as_ref(), name, attributes) {
                        Some(element) => {
                            let kept: &Node = &element;
                            while let Some(before) = next.take_if(|node| &*node != kept) {
                                next = before.next_sibling();
                                parent.remove_child(&before)?;
                            }
                            next = kept.next_sibling();
                            element
                        }
                        None => {
                            let namespace = matches!(&**name, "svg" | "path").then_some(SVG);
                            let element = match namespace {
                                Some(_) => self.document.create_element_ns(namespace, name)?,
                                None => self.document.create_element(name)?,
                            };
                            parent.insert_before(&element, next.as_ref())?;
                            element
                        }
                    };
                    self.set_attributes(&element, name, attributes)?;
                    if &**name == "textarea" {
                        // Its children are its default, and none of ours.
                        self.tokens.next();
                    } else {
                        self.fill(&element)?;
                    }
                }
            }
        }
        while let Some(rest) = next {
            next = rest.next_sibling();
            parent.remove_child(&rest)?;
        }
        Ok(())
    }

    fn set_attributes(&self, element: &Element, name: &str, attributes: &Attributes<'_>) -> Result<(), JsValue> {
        let is_field = matches!(name, "input" | "textarea");
        let is_state = |name: &str| is_field && matches!(name, "value" | "checked");
        for known in element.get_attribute_names().iter().filter_map(|name| name.as_string()) {
            // A field that the user has made larger has a style.
            if known != "style" && !is_state(&known) && valued(attributes, &known).is_none() {
                element.remove_attribute(&known)?;
            }
        }
        for (name, value) in attributes.iter().filter(|(name, _)| !is_state(name)) {
            if element.get_attribute(name).as_deref() != Some(&**value) {
                element.set_attribute(name, value)?;
            }
        }
        if is_field {
            let insist = !self.insist.is_empty() && element.id() == self.insist;
            let value = valued(attributes, "value").unwrap_or("");
            state(element, "value", "defaultValue", &value.into(), insist)?;
            if valued(attributes, "type") == Some("checkbox") {
                let checked = valued(attributes, "checked").is_some();
                state(element, "checked", "defaultChecked", &checked.into(), insist)?;
            }
        }
        Ok(())
    }
}

/// The element that stands for this one already, at `next` or behind it. What has a name of its own is found by it;
/// what has none is only looked for at its place.
fn known(next: Option<&Node>, name: &str, attributes: &Attributes<'_>) -> Option<Element> {
    // Chips have the same name: each takes the next one's node.
    const NAMES: [&str; 3] = ["id", "data-field", "data-do"];
    let mut next = next.cloned();
    while let Some(node) = next {
        if let Some(element) = node.dyn_ref::<Element>() {
            let same = |attribute: &str| element.get_attribute(attribute).as_deref() == valued(attributes, attribute);
            if element.local_name() == name && NAMES.iter().all(|name| same(name)) && (name != "input" || same("type"))
            {
                return node.dyn_into().ok();
            }
        }
        if NAMES.iter().all(|name| valued(attributes, name).is_none()) {
            return None;
        }
        next = node.next_sibling();
    }
    None
}

fn valued<'t>(attributes: &'t Attributes<'_>, name: &str) -> Option<&'t str> {
    attributes.iter().find(|(known, _)| **known == *name).map(|(_, value)| &**value)
}

fn state(element: &Element, property: &str, default: &str, new: &JsValue, insist: bool) -> Result<(), JsValue> {
    let (property, default) = (property.into(), default.into());
    let is_new = Reflect::get(element, &default)? != *new;
    if is_new {
        Reflect::set(element, &default, new)?;
    }
    if (is_new || insist) && Reflect::get(element, &property)? != *new {
        Reflect::set(element, &property, new)?;
    }
    Ok(())
}
