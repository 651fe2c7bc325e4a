//! Split points: functions whose code is loaded when they are first called. In: a function. Out: an async function of
//! the same name. Neighbours: `main.rs` and `app/tools.rs` declare them all; `scripts/bind` parts the linked program
//! there.
//!
//! A program that is built with the feature `parts` for wasm32 does not run before it has been parted. Every other
//! build (natively, `trunk serve`, `trunk build`) is whole: there a split point is an async function and nothing else.

/// A part of the program could not be loaded. The next call asks for it again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotLoaded;

impl std::fmt::Display for NotLoaded {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a part of the program could not be loaded")
    }
}

impl std::error::Error for NotLoaded {}

#[cfg(all(target_arch = "wasm32", feature = "parts"))]
impl From<wasm_split_helpers::SplitLoaderError> for NotLoaded {
    fn from(_: wasm_split_helpers::SplitLoaderError) -> Self {
        Self
    }
}

/// Declares a function of the part with that name: `split_point! { tools: pub fn name() -> Result<T, NotLoaded> { … }
/// }`.
///
/// Its code, and all code that only this part calls, is in a file of its own. Calling the function loads that file.
#[macro_export]
macro_rules! split_point {
    ($part:ident: $(#[$meta:meta])* $vis:vis fn $name:ident($($arg:ident: $type:ty),* $(,)?) -> $out:ty $body:block) => {
        #[cfg(all(target_arch = "wasm32", feature = "parts"))]
        #[wasm_split_helpers::wasm_split($part, fallible)]
        $(#[$meta])*
        $vis fn $name($($arg: $type),*) -> $out $body

        #[cfg(not(all(target_arch = "wasm32", feature = "parts")))]
        $(#[$meta])*
        $vis async fn $name($($arg: $type),*) -> $out $body
    };
}
