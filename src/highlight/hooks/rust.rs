//! Rust: a macro's arguments end where all of its brackets are closed. Neighbours: `mod.rs` finds the hooks.

use super::Hook;
use crate::highlight::interpreter::{Interpreter, Scope};

/// How many brackets of each kind are open: `]`, `)`, `}`.
#[derive(Debug, Default)]
pub(super) struct Delimiters([i64; 3]);

impl Delimiters {
    fn count(&mut self, bracket: &str, change: i64) {
        let [square, round, curly] = &mut self.0;
        let count = match bracket {
            "[" | "]" => square,
            "(" | ")" => round,
            _ => curly,
        };
        *count = count.saturating_add(change);
    }
}

pub(super) fn find(key: &str) -> Option<Hook> {
    Some(match key {
        "rust/start/e3b0c442" => start,
        "rust/macro/a6ed53b3" => open,
        "rust/macro/0f3ac5e4" => close,
        _ => return None,
    })
}

fn start(interpreter: &mut Interpreter, scope: &mut Scope) {
    interpreter.remember(scope, |memory| memory.rust = Delimiters::default());
    interpreter.push_named(scope, "bol");
}

fn open(interpreter: &mut Interpreter, scope: &mut Scope) {
    interpreter.remember(scope, |memory| memory.rust.count(scope.text(0), 1));
    interpreter.say("p", scope.text(0));
}

fn close(interpreter: &mut Interpreter, scope: &mut Scope) {
    let closed = interpreter.remember(scope, |memory| {
        memory.rust.count(scope.text(0), -1);
        memory.rust.0 == [0; 3]
    });
    if closed {
        interpreter.pop(scope.lexer, 1);
    }
    interpreter.say("p", scope.text(0));
}
