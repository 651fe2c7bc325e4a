//! Messages in the corner, each with what can be done about it. In: messages. Out: intents.
//! Neighbours: the reducer keeps them.

use yew::prelude::*;

use super::icon::icon;
use super::{Intent, Target};
use crate::app::state::Message;

/// The messages.
pub fn messages(target: &Target, messages: &[Message], on_intent: &Callback<Intent>) -> Html {
    let rows = messages.iter().map(|message| {
        let (dismiss, take) = (on_intent.clone(), on_intent.clone());
        let key = message.key;
        html! {
            <div {key} class="message" data-key={key} data-severity={message.severity.name()}>
                <p>{ &*message.text }</p>
                if let Some((label, offer)) = message.offer.clone() {
                    <button type="button" data-offer="true" onclick={move |_| take.emit(Intent::Take(key, offer.clone()))}>{ label }</button>
                }
                <button type="button" class="icon-only" aria-label="Dismiss" onclick={move |_| dismiss.emit(Intent::Dismiss(key))}>
                    { icon("close") }
                </button>
            </div>
        }
    });
    target.adopt(html! { <div id="messages" role="status" aria-live="polite">{ for rows }</div> })
}
