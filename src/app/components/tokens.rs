//! Tokens of our own as what Yew draws. In: tokens, as `view/panel/` makes them. Out: `Html`. Neighbours: `panel.rs`.
//! What a post says is drawn into the preview's frame by `app/preview/frame.rs`.

use std::slice::Iter;

use wasm_bindgen::JsValue;
use yew::prelude::*;
use yew::virtual_dom::{AttributeOrProperty, VList, VTag, VText};

use crate::markdown::token::Token;

/// What Yew draws of `tokens`.
///
/// An element with an id or a `data-field` keeps its node wherever it moves among the others. The value of a field is
/// set when the tokens say another one than the last time: what is being typed stays. So is the option that is chosen.
pub fn html_of(tokens: &[Token<'_>]) -> Html {
    nodes(&mut tokens.iter()).into()
}

/// The nodes up to the `Close` of the element that holds them.
fn nodes(tokens: &mut Iter<'_, Token<'_>>) -> VList {
    let mut nodes = VList::new();
    while let Some(token) = tokens.next() {
        let node = match token {
            Token::Close => break,
            Token::Comment(_) => continue,
            Token::Text(text) => VText::new(text.to_string()).into(),
            Token::Open { name, attributes, .. } => {
                let mut tag = VTag::new(name.to_string());
                let of =
                    |wanted: &str| attributes.iter().find(|(name, _)| **name == *wanted).map(|(_, value)| &**value);
                let own = of("id").or_else(|| of("data-field"));
                let key = own.map_or_else(|| nodes.len().to_string(), |own| [own, of("type").unwrap_or("")].concat());
                tag.key = Some(key.into());
                let map = tag.attributes.get_mut_index_map();
                if &**name == "option" {
                    map.insert("selected".into(), AttributeOrProperty::Property(of("selected").is_some().into()));
                }
                let is_field = matches!(&**name, "input" | "textarea");
                for (name, value) in attributes {
                    if &**name != "selected" && !(is_field && matches!(&**name, "value" | "checked")) {
                        map.insert(name.to_string().into(), AttributeOrProperty::Attribute(value.to_string().into()));
                    }
                }
                if is_field {
                    let mut set = |name: &'static str, value: JsValue| {
                        map.insert(name.into(), AttributeOrProperty::Property(value));
                    };
                    if of("type") == Some("checkbox") {
                        let checked = of("checked").is_some();
                        set("defaultChecked", checked.into());
                        set("checked", checked.into());
                    } else {
                        let value = of("value").unwrap_or("");
                        set("defaultValue", value.into());
                        set("value", value.into());
                    }
                }
                tag.add_children([Html::from(self::nodes(tokens))]);
                tag.into()
            }
        };
        nodes.add_child(node);
    }
    nodes
}
