//! Names of classes in Wollok: where one is declared, it is one from there on. Rouge remembers them from one piece of code
//! to the next; here each begins anew, as the first of a build does. Neighbours: `mod.rs` finds the hooks.

use std::collections::HashSet;

use super::Hook;
use crate::highlight::interpreter::{Interpreter, Scope};

/// The names that were declared.
#[derive(Debug, Default)]
pub(super) struct Entities(HashSet<String>);

pub(super) fn find(key: &str) -> Option<Hook> {
    Some(match key {
        "wollok/foo/0145a187" => last_declared,
        "wollok/foo/355cdb8d" => declared,
        "wollok/objects/279d5333" => named,
        _ => return None,
    })
}

fn last_declared(interpreter: &mut Interpreter, scope: &mut Scope) {
    declared(interpreter, scope);
    interpreter.pop(scope.lexer, 1);
}

fn declared(interpreter: &mut Interpreter, scope: &mut Scope) {
    let name = scope.text(0);
    interpreter.say("nc", name);
    interpreter.remember(scope, |memory| memory.wollok.0.insert(name.to_owned()));
}

fn named(interpreter: &mut Interpreter, scope: &mut Scope) {
    let name = scope.text(0);
    let is_class = name.starts_with(|first: char| first.is_ascii_uppercase())
        || interpreter.remember(scope, |memory| memory.wollok.0.contains(name));
    interpreter.say(if is_class { "nc" } else { "kv" }, name);
}
