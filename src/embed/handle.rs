//! What the package's script can ask of one element's editor. In: calls of `index.js`, handed on by `main.rs`. Out: an
//! editor that does it. Neighbours: `controller.rs` implements it. It is a trait, so that the part that is loaded first
//! contains no code of the editor.

use js_sys::Array;
use wasm_bindgen::JsValue;

/// One element's editor.
pub trait Handle {
    /// Takes the value of an attribute, or that there is none.
    fn configure(&self, name: &str, value: Option<&str>);
    /// The textarea has another text.
    fn refresh(&self);
    /// The body as it is shown, as sanitized HTML.
    fn html(&self) -> String;
    /// The front matter, as `values.rs` gives it.
    fn front_matter(&self) -> JsValue;
    /// What becomes of the post in a build, as `values.rs` gives it.
    fn publication(&self) -> JsValue;
    /// The diagnostics, as `values.rs` gives them.
    fn diagnostics(&self) -> Array;
    /// Runs the editing command of that id. Whether it did something.
    fn command(&self, id: &str) -> bool;
    /// Makes everything right that has a safe fix, from the end of the text on. How many fixes were made.
    fn format(&self) -> usize;
    /// Says something in the corner.
    fn tell(&self, message: &str);
    /// Takes everything away again; the textarea stays as it is.
    fn unmount(self: Box<Self>);
}
