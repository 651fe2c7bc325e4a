//! Calls that may panic without taking the page with them. In: a call that owns all it needs. Out: its answer, or that
//! it has stopped. Neighbours: `panic.rs` asks whether a panic is guarded; `app/tools.rs` has what is called so.
//!
//! A panic in WebAssembly is a trap: nothing is unwound. JavaScript sees it as an exception, so the call goes out
//! through JavaScript and the exception is caught there. What the call had borrowed stays borrowed, so it must own what
//! it uses.

use std::cell::Cell;
use std::rc::Rc;

use wasm_bindgen::prelude::*;

/// The call has panicked, or has run out of memory or stack.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stopped;

thread_local! {
    static DEPTH: Cell<u32> = const { Cell::new(0) };
}

/// Whether a panic now ends a guarded call, and not the program.
pub fn is_guarded() -> bool {
    DEPTH.get() > 0
}

/// Calls, and survives a panic in the call. Its message is in the console.
pub fn guarded<T: 'static>(call: impl FnOnce() -> T + 'static) -> Result<T, Stopped> {
    let answer = Rc::new(Cell::new(None));
    let place = Rc::clone(&answer);
    let outer: js_sys::Function = Closure::once_into_js(move || place.set(Some(call()))).unchecked_into();
    DEPTH.set(DEPTH.get() + 1);
    let outcome = outer.call0(&JsValue::UNDEFINED);
    DEPTH.set(DEPTH.get() - 1);
    if let Err(error) = outcome {
        web_sys::console::error_1(&error);
    }
    answer.take().ok_or(Stopped)
}
