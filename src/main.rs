//! Starts what there is to start. In a browser: the page in the document of `index.html`, when `start.js` says so. Natively:
//! the command line. Neighbours: `app/` and `cli/`.

#[cfg(target_arch = "wasm32")]
mod exports {
    use wasm_bindgen::prelude::wasm_bindgen;

    /// Shows what stands in the textarea, before the second half of the program is there. Whether it could be shown.
    #[wasm_bindgen]
    pub fn first() -> bool {
        apercu::app::show_first()
    }

    /// Starts the page.
    #[wasm_bindgen]
    pub fn start() {
        apercu::app::start();
    }
}

#[cfg(target_arch = "wasm32")]
fn main() {}

#[cfg(not(target_arch = "wasm32"))]
fn main() -> std::process::ExitCode {
    apercu::cli::main()
}
