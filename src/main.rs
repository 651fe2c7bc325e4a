//! Starts the page. In: nothing. Out: a running app in the document of `index.html`. Neighbours: `app/`.

fn main() {
    #[cfg(target_arch = "wasm32")]
    apercu::app::start();
}
