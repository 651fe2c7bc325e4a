//! Listeners that end with their owner. In: a target, an event's name, what to run. Out: calls.
//! Neighbours: everything in `app/` that listens.
//!
//! In place of gloo's, whose closures may not run inside themselves: an edit that is carried out during `beforeinput`
//! makes WebKit send another `beforeinput`.

use std::rc::Rc;

use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::*;
use web_sys::{Event, EventTarget};

/// Listens until it is dropped.
#[must_use = "it stops listening when it is dropped"]
pub struct EventListener {
    target: EventTarget,
    name: &'static str,
    first: bool,
    callback: Closure<dyn Fn(Event)>,
}

impl EventListener {
    /// Runs `run` for each event of that name at the target.
    pub fn new(target: &EventTarget, name: &'static str, run: impl Fn(&Event) + 'static) -> Self {
        Self::at(target, name, false, run)
    }

    /// The same before the listeners of the nodes within the target.
    pub fn before(target: &EventTarget, name: &'static str, run: impl Fn(&Event) + 'static) -> Self {
        Self::at(target, name, true, run)
    }

    fn at(target: &EventTarget, name: &'static str, first: bool, run: impl Fn(&Event) + 'static) -> Self {
        let callback = Closure::<dyn Fn(Event)>::new(move |event| run(&event));
        let listener = callback.as_ref().unchecked_ref();
        let _ = target.add_event_listener_with_callback_and_bool(name, listener, first);
        Self { target: target.clone(), name, first, callback }
    }
}

impl Drop for EventListener {
    fn drop(&mut self) {
        let listener = self.callback.as_ref().unchecked_ref();
        let _ = self.target.remove_event_listener_with_callback_and_bool(self.name, listener, self.first);
    }
}

/// Listens for `owner`, of which it holds a weak reference only.
pub fn on_event<T: 'static>(
    owner: &Rc<T>,
    target: &EventTarget,
    name: &'static str,
    run: impl Fn(&Rc<T>, &Event) + 'static,
) -> EventListener {
    let owner = Rc::downgrade(owner);
    EventListener::new(target, name, move |event| {
        if let Some(owner) = owner.upgrade() {
            run(&owner, event);
        }
    })
}
