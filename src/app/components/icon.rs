//! Icons as strokes in a box of 24 units, drawn by us. In: a name. Out: an `svg` that screen readers pass over.
//! Neighbours: every component with a button.

use yew::prelude::*;

#[derive(PartialEq, Properties)]
pub struct Props {
    /// One of the names below; an unknown one draws nothing.
    pub name: AttrValue,
}

#[component]
pub fn Icon(props: &Props) -> Html {
    html! {
        <svg viewBox="0 0 24 24" aria-hidden="true" focusable="false"><path d={path(&props.name)} /></svg>
    }
}

fn path(name: &str) -> &'static str {
    match name {
        "open" => "M3 18V6h6l2 2.5h8V11M3 18l3-7h16l-3 7z",
        "save" => "M12 4v11M7.5 10.5 12 15l4.5-4.5M4 17v3h16v-3",
        "new" => "M6 3h8l4 4v14H6zM14 3v4h4M12 11v6M9 14h6",
        "drafts" => "M4 6h16M4 12h16M4 18h10",
        "theme" => "M12 3a9 9 0 1 0 9 9 7 7 0 0 1-9-9z",
        "help" => "M9 9a3 3 0 1 1 4.5 2.6c-1 .6-1.5 1.2-1.5 2.4M12 17.5v.2M12 3a9 9 0 1 1 0 18 9 9 0 0 1 0-18z",
        "close" => "M6 6l12 12M18 6 6 18",
        "bold" => "M7 5h6a3.5 3.5 0 0 1 0 7H7zM7 12h7a3.5 3.5 0 0 1 0 7H7z",
        "italic" => "M10 5h8M6 19h8M14.5 5l-5 14",
        "strikethrough" => "M4 12h16M16.5 8c-.4-2-2-3-4.5-3s-4.5 1.2-4.5 3.3M7.5 15.5c.4 2.2 2 3.5 4.7 3.5s4.5-1.3 4.5-3.5",
        "code" => "M8.5 7 3.5 12l5 5M15.5 7l5 5-5 5",
        "code-block" => "M3 5h18v14H3zM8 9.5 5.8 12 8 14.5M12 9.5l2.2 2.5-2.2 2.5",
        "link" => "M10 14a4.5 4.5 0 0 0 6.5.2l3-3A4.5 4.5 0 0 0 13 4.8l-1.4 1.4M14 10a4.5 4.5 0 0 0-6.5-.2l-3 3A4.5 4.5 0 0 0 11 19.2l1.4-1.4",
        "image" => "M3 5h18v14H3zM3 16l5-5 5 5 3-3 5 5M15.5 9.5h.1",
        "heading" => "M6 5v14M18 5v14M6 12h12",
        "quote" => "M5 5v14M9 8h11M9 12h11M9 16h7",
        "bullet-list" => "M9 6h12M9 12h12M9 18h12M4.5 6h.1M4.5 12h.1M4.5 18h.1",
        "numbered-list" => "M10 6h11M10 12h11M10 18h11M4 4.5 5.5 4v5M4 13.5c.3-1.2 2.5-1.2 2.5.2 0 1-2.5 2.3-2.5 2.3h2.7M4 18h2.5L5 19.6c2.3 0 1.8 2.4-1 1.6",
        "task-list" => "M11 6h10M11 12h10M11 18h10M3 6l1.5 1.5L7.5 4.5M3.5 15.5h4v4h-4z",
        "rename" => "M4 20l1-5L16 4l4 4L9 19z",
        "delete" => "M4 7h16M9 7V4h6v3M6 7l1 13h10l1-13M10 11v5M14 11v5",
        _ => "",
    }
}

/// The mark of Aperçu: an eye over a page's corner.
#[component]
pub fn Mark() -> Html {
    html! {
        <svg viewBox="0 0 24 24" aria-hidden="true" focusable="false" class="brand-mark">
            <path d="M2.5 12C5 7.8 8.3 6 12 6s7 1.8 9.5 6c-2.5 4.2-5.8 6-9.5 6s-7-1.8-9.5-6zM12 9.4a2.6 2.6 0 1 1 0 5.2 2.6 2.6 0 0 1 0-5.2z" />
        </svg>
    }
}
