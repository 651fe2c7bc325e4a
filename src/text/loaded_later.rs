//! A function that a program in parts loads later. In: the function, from the part that has it. Out: the function, and
//! whether it was asked for before it was loaded. Neighbours: `raw_html/entity.rs` and `kramdown_options.rs` have such
//! functions, `app/tools.rs` brings them.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering};

/// A function that is hardly ever needed, and is a good part of what the program costs to load.
#[derive(Debug)]
pub struct LoadedLater<F>(OnceLock<F>);

static LACKED: AtomicBool = AtomicBool::new(false);

/// Whether since the last call a function was asked for that was not loaded.
pub fn lacked_functions() -> bool {
    LACKED.swap(false, Ordering::Relaxed)
}

impl<F: Copy> LoadedLater<F> {
    /// A function that is not loaded yet.
    pub const fn not_loaded() -> Self {
        Self(OnceLock::new())
    }

    /// From now on the function is there.
    pub fn set(&self, function: F) {
        let _ = self.0.set(function);
    }

    /// The function, if it is loaded. A program that is whole has it from the start: `whole` gives it.
    #[cfg(not(all(target_arch = "wasm32", feature = "parts")))]
    pub fn get(&self, whole: impl FnOnce() -> F) -> Option<F> {
        Some(self.0.get().copied().unwrap_or_else(whole))
    }

    /// The function, if it is loaded.
    #[cfg(all(target_arch = "wasm32", feature = "parts"))]
    pub fn get(&self, _whole: impl FnOnce() -> F) -> Option<F> {
        let function = self.0.get().copied();
        if function.is_none() {
            LACKED.store(true, Ordering::Relaxed);
        }
        function
    }
}
