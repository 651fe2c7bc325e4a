//! A listener that ends with its owner. In: a target, an event's name, what to run. Out: calls.
//! Neighbours: `listeners.rs` and everything else that hears.
//!
//! In place of gloo's, whose closures refuse to run inside themselves: an edit that is carried out while `beforeinput` is
//! heard makes WebKit tell of another `beforeinput`.

use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::*;
use web_sys::{Event, EventTarget};

/// Listens until it is dropped.
#[must_use = "nothing is heard any more once it is dropped"]
pub struct EventListener {
    target: EventTarget,
    name: &'static str,
    callback: Closure<dyn Fn(Event)>,
}

impl EventListener {
    /// Runs `run` for each event of that name at the target.
    pub fn new(target: &EventTarget, name: &'static str, run: impl Fn(&Event) + 'static) -> Self {
        let callback = Closure::<dyn Fn(Event)>::new(move |event| run(&event));
        let _ = target.add_event_listener_with_callback(name, callback.as_ref().unchecked_ref());
        Self { target: target.clone(), name, callback }
    }
}

impl Drop for EventListener {
    fn drop(&mut self) {
        let _ = self.target.remove_event_listener_with_callback(self.name, self.callback.as_ref().unchecked_ref());
    }
}
