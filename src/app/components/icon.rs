//! Icons as strokes in a box of 24 units, drawn by us. In: a name. Out: an `svg` that screen readers pass over.
//! Neighbours: every component with a button.

use yew::prelude::*;

/// The icon of one of the names below; an unknown one draws nothing.
pub fn icon(name: &str) -> Html {
    drawing(path(name))
}

/// The icon of that path.
pub fn drawing(path: &'static str) -> Html {
    html! { <svg viewBox="0 0 24 24" aria-hidden="true" focusable="false"><path d={path} /></svg> }
}

fn path(name: &str) -> &'static str {
    match name {
        "open" => "M3 18V6h6l2 2.5h8V11M3 18l3-7h16l-3 7z",
        "save" => "M12 4v11M7.5 10.5 12 15l4.5-4.5M4 17v3h16v-3",
        "new" => "M6 3h8l4 4v14H6zM14 3v4h4M12 11v6M9 14h6",
        "site" => "M4 5h16v14H4zM10 5v14M6.5 9h1M6.5 12.5h1M6.5 16h1",
        "drafts" => "M4 6h16M4 12h16M4 18h10",
        "compare" => "M8 4v12M4.5 12.5 8 16l3.5-3.5M16 20V8M12.5 11.5 16 8l3.5 3.5",
        "theme" => "M12 3a9 9 0 1 0 9 9 7 7 0 0 1-9-9z",
        "help" => "M9 9a3 3 0 1 1 4.5 2.6c-1 .6-1.5 1.2-1.5 2.4M12 17.5v.2M12 3a9 9 0 1 1 0 18 9 9 0 0 1 0-18z",
        "publication" => "M4 5h16v14H4zM14 5v14M16.5 9h1.5M16.5 12.5h1.5",
        "close" => "M6 6l12 12M18 6 6 18",
        "up" => "M6 15l6-6 6 6",
        "down" | "unfolded" => "M6 9l6 6 6-6",
        "folded" => "M9 6l6 6-6 6",
        "rename" => "M4 20l1-5L16 4l4 4L9 19z",
        "delete" => "M4 7h16M9 7V4h6v3M6 7l1 13h10l1-13M10 11v5M14 11v5",
        _ => "",
    }
}

/// The mark of Aperçu: an eye over a page's corner.
pub fn mark() -> Html {
    html! {
        <svg viewBox="0 0 24 24" aria-hidden="true" focusable="false" class="brand-mark">
            <path d="M2.5 12C5 7.8 8.3 6 12 6s7 1.8 9.5 6c-2.5 4.2-5.8 6-9.5 6s-7-1.8-9.5-6zM12 9.4a2.6 2.6 0 1 1 0 5.2 2.6 2.6 0 0 1 0-5.2z" />
        </svg>
    }
}
