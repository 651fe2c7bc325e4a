//! When the program panics: its message and place go to the console, and `recovery.js`, which stands apart from the
//! program, is told. In: a panic. Out: a line in the console, an event on window. Neighbours: `src/recovery.js`,
//! `guard.rs`.

use web_sys::Event;

use crate::app::browser::guard::is_guarded;

/// Has every panic written to the console, and told to `recovery.js` unless the call that panics is guarded.
pub fn install_panic_hook() {
    // By Yew, which would put its own in the place of any other when it begins to draw.
    yew::set_custom_panic_hook(Box::new(|info| {
        web_sys::console::error_1(&info.to_string().into());
        if is_guarded() {
            return;
        }
        tell_stopped();
    }));
}

/// Tells `recovery.js`, and the script of the custom elements, that the program has stopped.
pub fn tell_stopped() {
    if let (Some(window), Ok(event)) = (web_sys::window(), Event::new("apercu-panic")) {
        let _ = window.dispatch_event(&event);
    }
}
