//! The tab that lists the checks, each with its switch. In: rows. Out: what is drawn. Neighbours: `panel.rs` hears.

use yew::prelude::*;

use crate::app::panel::CheckRow;

/// The tab.
pub fn checks(rows: &[CheckRow]) -> Html {
    let rows = rows.iter().map(|row| {
        html! {
            <li>
                <label>
                    <input type="checkbox" data-kind="check" data-key={row.code} checked={row.on} />
                    <span>{ row.title }</span>
                </label>
                if row.found > 0 { <span class="found">{ row.found }</span> }
            </li>
        }
    });
    html! {
        <>
            <p class="hint">{ "What these find stands in the list of problems. A check that is switched off stays off, in this browser." }</p>
            <ul class="checks">{ for rows }</ul>
        </>
    }
}
