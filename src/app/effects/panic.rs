//! When the program stops: `recovery.js` is told, which stands apart from it. In: a panic. Out: an event on window.
//! Neighbours: `src/recovery.js`.

use web_sys::Event;

/// Has every panic told to `recovery.js`. The panic's place goes to the console.
pub fn install_panic_hook() {
    // By Yew, which would put its own in the place of any other when it begins to draw.
    yew::set_custom_panic_hook(Box::new(|info| {
        let place = info.location().map_or("", |place| place.file());
        web_sys::console::error_2(&"Aperçu has stopped at".into(), &place.into());
        if let (Some(window), Ok(event)) = (web_sys::window(), Event::new("apercu-panic")) {
            let _ = window.dispatch_event(&event);
        }
    }));
}
