//! Which attributes an element may have, and with which values. In: an element's name and attributes. Out: those kept.
//! Neighbours: `address.rs` and `style.rs` check values; `elements.rs` has checked the element before.

use std::sync::OnceLock;

use super::address::{Address, cleaned, is_on_site, kind, may_link, may_show};
use super::{Relative, style};
use crate::markdown::event::CowStr;

/// Name and value of an attribute.
type Attribute<'a> = (CowStr<'a>, CowStr<'a>);

/// The prefix of the classes that the page uses for its own elements.
const OWN_CLASSES: &str = "apercu-";

/// Whether an allowed element keeps this attribute. The value may be reduced to the allowed part.
pub(super) fn allow(element: &str, attribute: &str, value: &mut CowStr<'_>) -> bool {
    match attribute {
        "class" => return allow_class(value),
        "style" => {
            let kept = style::allowed(value);
            let any = !kept.is_empty();
            *value = kept.into();
            return any;
        }
        "id" | "title" | "lang" | "dir" | "hidden" => return true,
        // kramdown's roles `doc-noteref` and `doc-endnotes` are on elements that may not have them by ARIA in HTML.
        // They change nothing that is shown.
        "role" => return !value.starts_with("doc-"),
        _ if attribute.starts_with("aria-") => {
            return attribute.bytes().all(|b| b.is_ascii_lowercase() || b == b'-');
        }
        _ => {}
    }
    match element {
        "table" => {
            matches!(attribute, "align" | "width" | "border" | "cellpadding" | "cellspacing" | "bgcolor" | "summary")
        }
        "td" | "th" => matches!(
            attribute,
            "align" | "valign" | "width" | "height" | "colspan" | "rowspan" | "scope" | "bgcolor" | "nowrap" | "abbr"
        ),
        "tr" | "thead" | "tbody" | "tfoot" => matches!(attribute, "align" | "valign" | "bgcolor"),
        "col" | "colgroup" => matches!(attribute, "span" | "width" | "align" | "valign"),
        "caption" | "p" | "div" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => attribute == "align",
        "ol" => matches!(attribute, "start" | "type" | "reversed"),
        "ul" => attribute == "type",
        "li" => matches!(attribute, "value" | "type"),
        "hr" => matches!(attribute, "align" | "width" | "size" | "noshade" | "color"),
        "br" => attribute == "clear",
        "font" => matches!(attribute, "color" | "face" | "size"),
        "details" => attribute == "open",
        "time" | "del" | "ins" => attribute == "datetime",
        "data" => attribute == "value",
        "pre" => attribute == "width",
        "img" => matches!(attribute, "alt" | "width" | "height" | "align" | "border" | "hspace" | "vspace"),
        "video" | "audio" => matches!(attribute, "width" | "height"),
        _ => false,
    }
}

/// Removes the page's own classes: a post may not use them.
fn allow_class(value: &mut CowStr<'_>) -> bool {
    if value.contains(OWN_CLASSES) {
        let kept: Vec<_> = value.split_whitespace().filter(|class| !class.starts_with(OWN_CLASSES)).collect();
        let kept = kept.join(" ");
        *value = kept.into();
    }
    !value.is_empty()
}

fn take<'a>(attributes: &mut Vec<Attribute<'a>>, wanted: &str) -> Option<CowStr<'a>> {
    let index = attributes.iter().position(|(name, _)| &**name == wanted)?;
    Some(attributes.remove(index).1)
}

/// A cleaned address, or the value itself if there was nothing to clean.
fn clean<'a>(url: CowStr<'a>) -> CowStr<'a> {
    if cleaned(&url).len() == url.len() { url } else { cleaned(&url).into_owned().into() }
}

/// The attributes of a link. A link within the page stays a link. A link to another site opens in a new tab and sends
/// no referrer. A link to the published site, which the preview does not have, has no target and shows its address.
pub(super) fn of_link(mut attributes: Vec<Attribute<'_>>, relative: Relative) -> Vec<Attribute<'_>> {
    let url = take(&mut attributes, "href");
    let anchor = take(&mut attributes, "name");
    attributes.retain_mut(|(name, value)| allow("a", name, value));
    if let Some(anchor) = anchor
        && !anchor.is_empty()
        && !attributes.iter().any(|(name, _)| &**name == "id")
    {
        // On an anchor, `id` has the same effect as `name`.
        attributes.push(("id".into(), anchor));
    }
    let Some(url) = url.map(clean) else { return attributes };
    let outward = match kind(&url) {
        Address::Absolute(scheme) if may_link(&scheme) => Some(url.clone()),
        Address::Absolute(_) => return attributes,
        Address::NoScheme => Some(["https:", &url].concat().into()),
        Address::Fragment => {
            attributes.insert(0, ("href".into(), url));
            attributes.push(("target".into(), "_self".into()));
            return attributes;
        }
        Address::Relative => leads(relative, &url).then(|| url.clone()),
    };
    match outward {
        Some(url) => {
            attributes.insert(0, ("href".into(), url));
            attributes.push(("target".into(), "_blank".into()));
            attributes.push(("rel".into(), "noopener noreferrer".into()));
        }
        None => relative_link(&mut attributes, url),
    }
    attributes
}

/// Which pictures of the published site the page has.
static KEPT: OnceLock<fn(&str) -> bool> = OnceLock::new();

/// From now on, pictures at these relative addresses stay pictures where the published site is not there.
pub fn show_kept_pictures(is_kept: fn(&str) -> bool) {
    let _ = KEPT.set(is_kept);
}

fn is_kept(url: &str) -> bool {
    KEPT.get().is_some_and(|is_kept| is_kept(url))
}

/// Whether a relative address leads anywhere.
fn leads(relative: Relative, url: &str) -> bool {
    relative == Relative::Here && is_on_site(url)
}

fn relative_link<'a>(attributes: &mut Vec<Attribute<'a>>, url: CowStr<'a>) {
    match attributes.iter_mut().find(|(name, _)| &**name == "title") {
        Some((_, title)) => *title = [title, " (", &url, ")"].concat().into(),
        None => attributes.push(("title".into(), url)),
    }
    match attributes.iter_mut().find(|(name, _)| &**name == "class") {
        Some((_, class)) => *class = [class, " apercu-relative-link"].concat().into(),
        None => attributes.push(("class".into(), "apercu-relative-link".into())),
    }
}

/// The attributes of an image; as an error all that it had, if a placeholder has to replace it.
pub(super) fn of_image(
    mut attributes: Vec<Attribute<'_>>,
    relative: Relative,
) -> Result<Vec<Attribute<'_>>, Vec<Attribute<'_>>> {
    let Some(url) = take(&mut attributes, "src").map(clean) else { return Err(attributes) };
    let shown = match kind(&url) {
        Address::Absolute(scheme) => may_show(&scheme, &url).then(|| url.clone()),
        Address::NoScheme => Some(["https:", &url].concat().into()),
        Address::Relative => (leads(relative, &url) || is_kept(&url)).then(|| url.clone()),
        Address::Fragment => None,
    };
    match shown {
        Some(shown) => {
            attributes.retain_mut(|(name, value)| allow("img", name, value));
            attributes.insert(0, ("src".into(), shown));
            Ok(attributes)
        }
        None => {
            attributes.insert(0, ("src".into(), url));
            Err(attributes)
        }
    }
}

/// The attributes of `video`, `audio` and `source`; as an error all that it had, if its address leads nowhere.
pub(super) fn of_media<'a>(
    element: &str,
    mut attributes: Vec<Attribute<'a>>,
    relative: Relative,
) -> Result<Vec<Attribute<'a>>, Vec<Attribute<'a>>> {
    let url = take(&mut attributes, "src").map(clean);
    let kept_url = match &url {
        None if element == "source" => return Err(attributes),
        None => None,
        Some(url) => match kind(url) {
            Address::Absolute(scheme) if matches!(&*scheme, "http" | "https") => Some(url.clone()),
            Address::NoScheme => Some(["https:", url].concat().into()),
            Address::Relative if leads(relative, url) => Some(url.clone()),
            _ => {
                attributes.insert(0, ("src".into(), url.clone()));
                return Err(attributes);
            }
        },
    };
    if element == "source" {
        attributes.retain(|(name, value)| {
            &**name == "type" && value.bytes().all(|b| b.is_ascii_alphanumeric() || b"/-+.;=, \"".contains(&b))
        });
    } else {
        attributes.retain_mut(|(name, value)| allow(element, name, value));
        attributes.push(("controls".into(), "".into()));
        // Nothing is asked for before the reader plays it.
        attributes.push(("preload".into(), "none".into()));
    }
    if let Some(url) = kept_url {
        attributes.insert(0, ("src".into(), url));
    }
    Ok(attributes)
}

/// The attributes of a checkbox, which is disabled; as an error all that it had, if the input is no checkbox.
pub(super) fn of_checkbox(mut attributes: Vec<Attribute<'_>>) -> Result<Vec<Attribute<'_>>, Vec<Attribute<'_>>> {
    let is_box =
        attributes.iter().any(|(name, value)| &**name == "type" && value.trim().eq_ignore_ascii_case("checkbox"));
    if !is_box {
        return Err(attributes);
    }
    let checked = attributes.iter().any(|(name, _)| &**name == "checked");
    attributes.retain_mut(|(name, value)| allow("input", name, value));
    attributes.insert(0, ("type".into(), "checkbox".into()));
    // The text after the checkbox is no label of it.
    attributes.retain(|(name, _)| &**name != "aria-label");
    attributes.push(("aria-label".into(), if checked { "Done" } else { "To do" }.into()));
    attributes.push(("disabled".into(), "disabled".into()));
    if checked {
        attributes.push(("checked".into(), "checked".into()));
    }
    Ok(attributes)
}
