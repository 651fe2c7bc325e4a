//! The form over the front matter. In: its fields. Out: what is drawn. Neighbours: `panel.rs` hears, `form.rs` reads
//! and writes.

use yew::prelude::*;

use super::icon::icon;
use crate::app::form::{Field, Form, Kind};

/// The kind of that name; a text where there is none.
pub fn kind_of_name(name: &str) -> Kind {
    Kind::NEW.iter().find(|(_, known)| *known == name).map_or(Kind::Text, |(kind, _)| *kind)
}

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

/// The form.
pub fn front_matter(form: &Form, tags: &[String]) -> Html {
    if let Some(problem) = form.problem {
        return html! { <p class="verdict" data-mood="bad"><span>{ problem }</span></p> };
    }
    let options = |values: &mut dyn Iterator<Item = &str>| -> Html {
        values.map(|value| html! { <option value={value.to_owned()} /> }).collect()
    };
    let kinds =
        Kind::NEW.map(|(kind, name)| html! { <option value={name} selected={kind == Kind::Text}>{ name }</option> });
    html! {
        <>
            <div class="form">{ for form.fields.iter().map(row) }</div>
            <datalist id="known-tags">{ options(&mut tags.iter().map(String::as_str)) }</datalist>
            <datalist id="known-keys">{ options(&mut KNOWN.into_iter()) }</datalist>
            <div class="new-key" role="group" aria-label="Add a key">
                <input type="text" data-new-key="true" aria-label="New key" placeholder="New key" list="known-keys" autocomplete="off" />
                <select aria-label="Kind of its value">{ for kinds }</select>
                <button type="button" class="quiet-border" data-do="create">{ "Add" }</button>
            </div>
        </>
    }
}

fn row(field: &Field) -> Html {
    let id = ["field-", &field.key].concat();
    let key = field.key.clone();
    let value = field.value.clone();
    // With its seconds, where it has any.
    let step = if value.len() > "2014-12-08T10:30".len() { "1" } else { "60" };
    let control = match field.kind {
        Kind::Text => html! { <input type="text" {id} data-kind="text" data-key={key} {value} autocomplete="off" /> },
        Kind::Number => {
            html! { <input type="text" {id} inputmode="decimal" data-kind="number" data-key={key} {value} autocomplete="off" /> }
        }
        Kind::Long => html! { <textarea {id} data-kind="long" data-key={key} rows="3" {value} /> },
        Kind::Switch => {
            html! { <input type="checkbox" {id} data-kind="switch" data-key={key} checked={value == "true"} /> }
        }
        Kind::When => html! {
            <span class="when">
                <input type="datetime-local" {id} {step} data-kind="when" data-key={key.clone()} {value} />
                <input type="text" data-kind="when" data-key={key.clone()} aria-label={["Zone of ", &key].concat()} placeholder="site's zone" value={field.zone.clone()} autocomplete="off" />
            </span>
        },
        Kind::List => html! {
            <span class="items">
                { for field.items.iter().enumerate().map(|(index, item)| html! {
                    <button type="button" class="chip" data-do="drop" data-key={key.clone()} data-index={index.to_string()} aria-label={["Remove ", item].concat()}>
                        { item }{ icon("close") }
                    </button>
                }) }
                <input type="text" {id} data-kind="item" data-key={key.clone()} placeholder="Add…" autocomplete="off" enterkeyhint="done" list={(key == "tags").then_some("known-tags")} value="" />
            </span>
        },
        Kind::Fixed => html! { <input type="text" {id} readonly=true {value} title="Only the text can change this" /> },
    };
    html! {
        <div class="field" key={field.key.clone()} data-field={field.key.clone()}>
            <label for={["field-", &field.key].concat()}>{ label(&field.key) }</label>
            { control }
            if field.given {
                <button type="button" class="icon-only" data-do="remove" data-key={field.key.clone()} title="Remove" aria-label={["Remove ", &field.key].concat()}>{ icon("delete") }</button>
            }
        </div>
    }
}

/// The usual keys begin with a capital letter, as words of the page; others stand as they are written.
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
