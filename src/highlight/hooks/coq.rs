//! The options that Coq sets: words with white space between. Neighbours: `mod.rs` finds the hooks.

use super::Hook;
use crate::highlight::interpreter::{Interpreter, Scope};

pub(super) fn find(key: &str) -> Option<Hook> {
    (key == "coq/root/320fbfee").then_some(set_options)
}

fn set_options(interpreter: &mut Interpreter, scope: &mut Scope) {
    for group in 1..=5 {
        interpreter.say(if group % 2 == 1 { "k" } else { "w" }, scope.text(group));
    }
    if scope.text(6).is_empty() {
        interpreter.say("pi", ".");
    } else {
        // Rouge looks for further words without an end.
        interpreter.stop();
    }
}
