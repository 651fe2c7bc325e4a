//! Small helpers over the document, and nodes from tokens. In: tokens. Out: nodes, never made from a string of markup.
//! Neighbours: the rest of `app/`.

use js_sys::{Array, Function, Reflect};
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::*;
use web_sys::{Document, Element, FocusOptions, HtmlElement, Node, ShadowRoot, Text, Window};

use crate::markdown::token::Token;
use crate::post::date::DateTime;

// Called on the prototype, never on the document itself: an element of a post that is called `createElement` would
// otherwise stand in for the function.
#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(catch, js_namespace = ["Document", "prototype", "createElement"], js_name = call)]
    fn create_element(document: &Document, name: &str) -> Result<Element, JsValue>;
    #[wasm_bindgen(js_namespace = ["Document", "prototype", "createTextNode"], js_name = call)]
    fn create_text(document: &Document, text: &str) -> Text;
}

/// The window.
pub fn window() -> Window {
    web_sys::window().unwrap_throw()
}

/// The page's document.
pub fn document() -> Document {
    window().document().unwrap_throw()
}

/// The element of `index.html` with that id. It is there: both are built together.
pub fn by_id<T: JsCast>(id: &str) -> T {
    document().get_element_by_id(id).expect_throw(id).unchecked_into()
}

/// The tree that an editor stands in: the page's document, or the shadow root of a custom element. Ids are its own.
#[derive(Clone)]
pub struct Root(Option<ShadowRoot>);

impl Root {
    /// The page's document.
    pub fn page() -> Self {
        Self(None)
    }

    /// The shadow root of a custom element.
    pub fn shadow(root: ShadowRoot) -> Self {
        Self(Some(root))
    }

    /// The element with that id. It is there: the program is built together with what it stands in.
    pub fn by_id<T: JsCast>(&self, id: &str) -> T {
        match &self.0 {
            Some(root) => root.get_element_by_id(id).expect_throw(id).unchecked_into(),
            None => by_id(id),
        }
    }
}

/// An element with a class, in the page's document.
pub fn element(name: &str, class: &str) -> Element {
    let element = document().create_element(name).unwrap_throw();
    element.set_class_name(class);
    element
}

/// An element with attributes, in that document.
pub fn made(document: &Document, name: &str, attributes: &[(&str, &str)]) -> Element {
    let element = document.create_element(name).unwrap_throw();
    for (name, value) in attributes {
        let _ = element.set_attribute(name, value);
    }
    element
}

/// A style sheet as an object, made by the window of the document that takes it: a page's policy may allow no inline
/// style, and a document takes no other window's sheet.
pub fn style_sheet(view: &Window, styles: &str) -> Result<JsValue, JsValue> {
    let class: Function = Reflect::get(view, &"CSSStyleSheet".into())?.dyn_into()?;
    let sheet = Reflect::construct(&class, &Array::new())?;
    let replace: Function = Reflect::get(&sheet, &"replaceSync".into())?.dyn_into()?;
    replace.call1(&sheet, &styles.into())?;
    Ok(sheet)
}

/// Adds a style sheet to a document of that window. As an object: a policy may allow no inline style.
pub fn add_style_sheet(view: &Window, document: &Document, styles: &str) -> Result<(), JsValue> {
    let name = "adoptedStyleSheets".into();
    let sheets = Array::from(&Reflect::get(document, &name)?);
    sheets.push(&style_sheet(view, styles)?);
    Reflect::set(document, &name, &sheets)?;
    Ok(())
}

/// Adds a style sheet to the page.
pub fn style_page(styles: &str) {
    // Without its styles a panel is plain, and whole.
    let _ = add_style_sheet(&window(), &document(), styles);
}

/// Gives an element the focus without the browser's own scrolling.
pub fn focus_quietly(element: &HtmlElement) {
    let options = FocusOptions::new();
    options.set_prevent_scroll(true);
    let _ = element.focus_with_options(&options);
}

/// What the address of a picture, a film or a sound of a post becomes where the preview has files for it; `None` where it
/// is not shown.
pub type MediaAddresses = dyn Fn(&str) -> Option<String>;

/// The namespace of drawings.
const SVG: &str = "http://www.w3.org/2000/svg";

/// The nodes of `tokens`, made in `document` and appended to `parent`, or collected in `roots` where there is none.
pub fn build(document: &Document, tokens: &[Token], media: Option<&MediaAddresses>, roots: &mut Vec<Node>) {
    // Each with whether its children are those of a drawing.
    let mut open: Vec<(Element, bool)> = Vec::new();
    for token in tokens {
        let node: Node = match token {
            Token::Open { name, attributes, .. } => {
                let in_drawing = **name == *"svg" || open.last().is_some_and(|(_, in_drawing)| *in_drawing);
                let made = match in_drawing {
                    true => document.create_element_ns(Some(SVG), name),
                    false => create_element(document, name),
                };
                let Ok(element) = made.or_else(|_| create_element(document, "span")) else { continue };
                for (name, value) in attributes {
                    set_attribute(&element, name, value, in_drawing, media);
                }
                open.push((element.clone(), in_drawing));
                element.unchecked_into()
            }
            Token::Close => {
                open.pop();
                continue;
            }
            Token::Text(text) => create_text(document, text).unchecked_into(),
            Token::Comment(_) => create_text(document, "").unchecked_into(),
        };
        let parent =
            if matches!(token, Token::Open { .. }) { open.len().checked_sub(2) } else { open.len().checked_sub(1) };
        match parent.and_then(|at| open.get(at)) {
            Some((parent, _)) => {
                let _ = parent.append_child(&node);
            }
            None => roots.push(node),
        }
    }
}

/// Gives an element of a post an attribute. A style goes in as an object: a policy that forbids inline styles, as a
/// page around the frame may have one, does not forbid that.
fn set_attribute(element: &Element, name: &str, value: &str, in_drawing: bool, media: Option<&MediaAddresses>) {
    match (name, media) {
        // Every element that a document of HTML makes has one; those of a frame are no instances of this window's
        // class.
        ("style", _) => element.unchecked_ref::<HtmlElement>().style().set_css_text(value),
        ("src" | "poster", Some(media)) => {
            if let Some(address) = media(value) {
                let _ = element.set_attribute(name, &address);
            }
        }
        ("xlink:href", _) if in_drawing => {
            let _ = element.set_attribute("href", value);
        }
        // A name that the DOM refuses never gets through the sanitizer.
        _ => {
            let _ = element.set_attribute(name, value);
        }
    }
}

/// Milliseconds since 1970.
pub fn now_ms() -> f64 {
    js_sys::Date::now()
}

/// Seconds since 1970.
pub fn now_seconds() -> i64 {
    (now_ms() / 1000.0) as i64
}

/// Minutes east of UTC of the clock here.
pub fn zone_minutes() -> i32 {
    -(js_sys::Date::new_0().get_timezone_offset() as i32)
}

/// The time on the clock here.
pub fn local_time() -> DateTime {
    DateTime::from_unix(now_seconds(), zone_minutes())
}

/// Waits for so many milliseconds.
pub async fn sleep(milliseconds: i32) {
    let promise = js_sys::Promise::new(&mut |resolve, _| {
        let _ = window().set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, milliseconds);
    });
    let _ = wasm_bindgen_futures::JsFuture::from(promise).await;
}
