//! Two versions of one post, to choose from. Neither is lost by the choice. In: the versions. Out: intents. Neighbours:
//! `app/drafts/storing.rs` and `app/files/open_save.rs` find conflicts.

use yew::prelude::*;

use super::Intent;
use super::dialog::Dialog;
use crate::app::state::Versions;

/// How much of each version is shown.
const SHOWN: usize = 4_000;

/// The choice.
pub fn conflict(versions: &Versions, on_intent: &Callback<Intent>) -> Html {
    let send = |intent: Intent| {
        let on_intent = on_intent.clone();
        Callback::from(move |_: MouseEvent| on_intent.emit(intent.clone()))
    };
    let close = {
        let on_intent = on_intent.clone();
        Callback::from(move |()| on_intent.emit(Intent::KeepMine))
    };
    let (why, other) = if versions.on_disk {
        ("The file was changed by another program since you opened it.", "The file")
    } else {
        ("This draft was changed in another tab. Your version has been kept as a draft of its own.", "The other tab")
    };
    let (mine, theirs) = around_difference(&versions.mine, &versions.theirs);
    let foot = html! {
        <>
            <button type="button" class="quiet-border" data-action="theirs" onclick={send(Intent::TakeTheirs)}>{ "Take the other" }</button>
            <button type="button" class="primary" data-action="mine" onclick={send(Intent::KeepMine)}>{ "Go on with mine" }</button>
        </>
    };
    html! {
        <Dialog id="conflict" title="Two versions" on_close={close} {foot}>
            <p>{ why }</p>
            <div class="versions">
                <section><h3>{ "Yours" }</h3><pre tabindex="0" aria-label="Your version">{ mine }</pre></section>
                <section><h3>{ other }</h3><pre tabindex="0" aria-label="The other version">{ theirs }</pre></section>
            </div>
        </Dialog>
    }
}

/// Both texts from a little before where they begin to differ.
fn around_difference(mine: &str, theirs: &str) -> (String, String) {
    let common = mine.bytes().zip(theirs.bytes()).take_while(|(a, b)| a == b).count();
    let mut from = mine[..floor(mine, common)].rfind('\n').map_or(0, |at| at + 1);
    if let Some(line) = mine[..from.saturating_sub(1)].rfind('\n') {
        from = line + 1;
    }
    let cut = |text: &str| {
        let rest = text.get(from..).unwrap_or(text);
        let end = floor(rest, SHOWN);
        let (head, tail) = (if from > 0 { "…\n" } else { "" }, if end < rest.len() { "…" } else { "" });
        format!("{head}{}{tail}", &rest[..end])
    };
    (cut(mine), cut(theirs))
}

fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}
