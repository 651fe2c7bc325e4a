//! Starts what there is to start. In a browser: the page in the document of `index.html`. Natively: the command line.
//! Neighbours: `app/` and `cli/`.

#[cfg(target_arch = "wasm32")]
fn main() {
    apercu::app::start();
}

#[cfg(not(target_arch = "wasm32"))]
fn main() -> std::process::ExitCode {
    apercu::cli::main()
}
