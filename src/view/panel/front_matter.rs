//! The form over the front matter. In: its fields. Out: tokens. Neighbours: `app/panel/events.rs` reads its events,
//! `post/form.rs` reads and writes.

use super::Tab;
use super::body::{Body, CLOSE, DELETE};
use crate::markdown::token::Token;
use crate::post::form::{Field, FieldKind, Form};

/// Keys that Jekyll and its usual plugins know, for a new one.
const KNOWN: [&str; 13] = [
    "permalink",
    "categories",
    "image",
    "excerpt",
    "slug",
    "lang",
    "comments",
    "redirect_from",
    "last_modified_at",
    "render_with_liquid",
    "excerpt_separator",
    "sitemap",
    "authors",
];

/// The panel with this tab; `tags` are those of other posts.
pub fn front_matter(form: &Form, tags: &[String]) -> Vec<Token<'static>> {
    let mut body = Body::of(Tab::FrontMatter);
    if let Some(error) = form.error {
        body.open("p", &[("class", "verdict"), ("data-status", "bad")]);
        body.element("span", &[], error);
        body.close(1);
        return body.finish();
    }
    body.open("div", &[("class", "form")]);
    form.fields.iter().for_each(|field| row(&mut body, field));
    body.close(1);
    options(&mut body, "known-tags", &mut tags.iter().map(String::as_str));
    options(&mut body, "known-keys", &mut KNOWN.into_iter());
    body.open("div", &[("class", "new-key"), ("role", "group"), ("aria-label", "Add a key")]);
    let name = [
        ("type", "text"),
        ("data-new-key", "true"),
        ("aria-label", "New key"),
        ("placeholder", "New key"),
        ("list", "known-keys"),
        ("autocomplete", "off"),
    ];
    body.element("input", &name, "");
    body.open("select", &[("aria-label", "Kind of its value")]);
    for (kind, name) in FieldKind::NEW {
        let selected = if kind == FieldKind::Text { "selected" } else { "" };
        body.element("option", &[("value", name), (selected, "")], name);
    }
    body.close(1);
    body.element("button", &[("type", "button"), ("class", "quiet-border"), ("data-do", "create")], "Add");
    body.close(1);
    body.finish()
}

fn options(body: &mut Body, id: &str, values: &mut dyn Iterator<Item = &str>) {
    body.open("datalist", &[("id", id)]);
    for value in values {
        body.element("option", &[("value", value)], "");
    }
    body.close(1);
}

fn row(body: &mut Body, field: &Field) {
    let (key, value) = (field.key.as_str(), field.value.as_str());
    let id = &*["field-", key].concat();
    body.open("div", &[("class", "field"), ("data-field", key)]);
    body.element("label", &[("for", id)], label(key));
    let mut control = |name: &'static str, kind: &str, attributes: &[(&'static str, &str)]| {
        let of_all = [("id", id), ("data-kind", kind), ("data-key", key)];
        body.element(name, &[&of_all, attributes].concat(), "");
    };
    let text = [("type", "text"), ("value", value), ("autocomplete", "off")];
    match field.kind {
        FieldKind::Text => control("input", "text", &text),
        FieldKind::Number => control("input", "number", &[&text[..], &[("inputmode", "decimal")]].concat()),
        FieldKind::Long => control("textarea", "long", &[("rows", "3"), ("value", value)]),
        FieldKind::Switch => {
            let checked = if value == "true" { "checked" } else { "" };
            control("input", "switch", &[("type", "checkbox"), (checked, "")]);
        }
        FieldKind::When => {
            // With its seconds, where it has any.
            let step = if value.len() > "2014-12-08T10:30".len() { "1" } else { "60" };
            body.open("span", &[("class", "when")]);
            let date = [("type", "datetime-local"), ("id", id), ("step", step), ("value", value)];
            body.element("input", &[&date[..], &[("data-kind", "when"), ("data-key", key)]].concat(), "");
            let zone = [
                ("type", "text"),
                ("data-kind", "when"),
                ("data-key", key),
                ("aria-label", &*["Zone of ", key].concat()),
                ("placeholder", "site's zone"),
                ("value", &field.zone),
                ("autocomplete", "off"),
            ];
            body.element("input", &zone, "");
            body.close(1);
        }
        FieldKind::List => list(body, field, id),
        FieldKind::Fixed => {
            let fixed = [("type", "text"), ("id", id), ("readonly", "")];
            body.element(
                "input",
                &[&fixed[..], &[("value", value), ("title", "Only the text can change this")]].concat(),
                "",
            );
        }
    }
    if field.given {
        let remove = [
            ("type", "button"),
            ("class", "icon-only"),
            ("data-do", "remove"),
            ("data-key", key),
            ("title", "Remove"),
            ("aria-label", &["Remove ", key].concat()),
        ];
        body.open("button", &remove);
        body.icon(DELETE);
        body.close(1);
    }
    body.close(1);
}

fn list(body: &mut Body, field: &Field, id: &str) {
    body.open("span", &[("class", "items")]);
    for (index, item) in field.items.iter().enumerate() {
        let chip = [
            ("type", "button"),
            ("class", "chip"),
            ("data-do", "drop"),
            ("data-key", &field.key),
            ("data-index", &index.to_string()),
            ("aria-label", &["Remove ", item].concat()),
        ];
        body.open("button", &chip);
        body.text(item);
        body.icon(CLOSE);
        body.close(1);
    }
    let next = [
        ("type", "text"),
        ("id", id),
        ("data-kind", "item"),
        ("data-key", &*field.key),
        ("placeholder", "Add…"),
        ("autocomplete", "off"),
        ("enterkeyhint", "done"),
        (if field.key == "tags" { "list" } else { "" }, "known-tags"),
    ];
    body.element("input", &next, "");
    body.close(1);
}

/// The label of a key. Usual keys begin with a capital letter; others are shown as they are written.
fn label(key: &str) -> &str {
    match key {
        "title" => "Title",
        "date" => "Date",
        "tags" => "Tags",
        "layout" => "Layout",
        "published" => "Published",
        "description" => "Description",
        "author" => "Author",
        key => key,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown::token::to_html;
    use crate::post::form;

    #[test]
    fn every_kind_has_its_control() {
        let text = "---\ntitle: T\ndate: 2014-12-08 10:30:15 +0100\ntags: [a]\nw: 3\nc: true\nimage: {path: a}\n---\n";
        let html = to_html(&front_matter(&form::of(text), &["x y".to_owned()]));
        for part in [
            "<label for=\"field-title\">Title</label><input id=\"field-title\" data-kind=\"text\" data-key=\"title\" type=\"text\" value=\"T\"",
            "id=\"field-date\" step=\"1\" value=\"2014-12-08T10:30:15\"",
            "placeholder=\"site's zone\" value=\"+0100\"",
            "data-index=\"0\" aria-label=\"Remove a\">a<svg",
            "list=\"known-tags\"",
            "value=\"3\" autocomplete=\"off\" inputmode=\"decimal\"",
            "<input id=\"field-c\" data-kind=\"switch\" data-key=\"c\" type=\"checkbox\" checked=\"\" />",
            "id=\"field-image\" readonly=\"\"",
            "<datalist id=\"known-tags\"><option value=\"x y\"></option></datalist>",
            "<option value=\"Text\" selected=\"\">Text</option>",
        ] {
            assert!(html.contains(part), "{part} in {html}");
        }
        // A value that is not in the text cannot be removed.
        assert!(html.contains("aria-label=\"Remove title\"") && !html.contains("aria-label=\"Remove author\""));
        assert!(to_html(&front_matter(&form::of("---\na: \"b\n---\n"), &[])).contains("data-status=\"bad\""));
    }
}
