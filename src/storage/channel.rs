//! `Channel`: sends messages between this page's tabs in this browser. In: messages. Out: messages of other tabs.
//! Neighbours: `tabs.rs` says what they mean. Where the browser has no BroadcastChannel, no message arrives.

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{BroadcastChannel, MessageEvent};

use super::TabMessage;
use super::local::name;
use super::names::TABS;

/// The channel to the other tabs, open until it is dropped.
pub struct Channel {
    channel: Option<BroadcastChannel>,
    /// The channel calls it, so it must live as long.
    _listener: Closure<dyn FnMut(MessageEvent)>,
}

impl Channel {
    /// Opens the channel; `receive` is called with each message of another tab.
    pub fn open(mut receive: impl FnMut(TabMessage) + 'static) -> Self {
        let listener = Closure::new(move |event: MessageEvent| {
            if let Some(message) = event.data().as_string().and_then(|text| TabMessage::decode(&text)) {
                receive(message);
            }
        });
        let channel = BroadcastChannel::new(&name(TABS)).ok();
        if let Some(channel) = &channel {
            channel.set_onmessage(Some(listener.as_ref().unchecked_ref()));
        }
        Self { channel, _listener: listener }
    }

    /// Tells every other tab.
    pub fn send(&self, message: &TabMessage) {
        if let Some(channel) = &self.channel {
            let _ = channel.post_message(&message.encode().into());
        }
    }
}

impl Drop for Channel {
    fn drop(&mut self) {
        if let Some(channel) = &self.channel {
            channel.set_onmessage(None);
            channel.close();
        }
    }
}
