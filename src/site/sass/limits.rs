//! Bounds for Sass that does not end. Out: a function that each run of a loop, of a function and of a mixin calls.
//! Neighbours: `source.rs` writes the calls into the texts, `mod.rs` hands the function to grass.
//!
//! grass has no bounds of its own: `@while true` runs for ever, and a function that calls itself uses up the stack.

use std::cell::Cell;

use grass_compiler::sass_ast::ArgumentResult;
use grass_compiler::sass_value::Value;
use grass_compiler::{Builtin, Error, Visitor};

/// The name of the function. No stylesheet calls it.
pub(super) const STEP: &str = "apercu-step";

/// How many runs of loops, functions and mixins one stylesheet may take. Bootstrap takes some thousands.
const MAX_STEPS: u32 = 500_000;

/// How many bytes of the stack functions that call each other may use.
const MAX_STACK: usize = if cfg!(target_arch = "wasm32") { 400_000 } else { THREAD_STACK / 2 };

/// The stack of the thread that compiles, in bytes. Only what is used of it takes memory.
pub(super) const THREAD_STACK: usize = 128 << 20;

thread_local! {
    static STEPS: Cell<u32> = const { Cell::new(0) };
    static STACK: Cell<usize> = const { Cell::new(0) };
}

/// Where the stack is now: an address, to be compared with others.
#[inline(never)]
fn stack_address() -> usize {
    let here = 0_u8;
    std::ptr::from_ref(&here).addr()
}

/// Runs the compiler with counters at zero.
pub(super) fn bounded<T>(compile: impl FnOnce() -> T) -> T {
    STEPS.set(0);
    STACK.set(stack_address());
    compile()
}

/// The function `STEP`.
pub(super) fn step() -> Builtin {
    Builtin::new(count)
}

fn count(arguments: ArgumentResult, _: &mut Visitor<'_>) -> Result<Value, Box<Error>> {
    let steps = STEPS.get().saturating_add(1);
    STEPS.set(steps);
    if steps > MAX_STEPS {
        return Err(("its loops do not come to an end.", arguments.span()).into());
    }
    if STACK.get().abs_diff(stack_address()) > MAX_STACK {
        return Err(("functions or mixins call each other too deeply.", arguments.span()).into());
    }
    Ok(Value::Null)
}
