//! Python and what has its strings: a string ends with the quotes it began with, and its prefix says what a backslash or
//! a brace means. Neighbours: `mod.rs` finds the hooks.

use super::Hook;
use crate::highlight::interpreter::{Interpreter, Scope};

/// The open strings, the innermost last: prefix in lower case and quotes.
#[derive(Debug, Default)]
pub(super) struct Strings(Vec<(String, String)>);

pub(super) fn find(key: &str) -> Option<Hook> {
    Some(match key {
        "python/root/021b4184" | "meson/root/6be68d14" => begin,
        "python/generic_string/f4e0a117" | "meson/generic_string/5b8e4b61" => quotes,
        "python/generic_string/021fb596" | "meson/generic_string/a5c89285" => brace,
        "python/generic_escape/7fb210b8" => escape,
        _ => return None,
    })
}

/// Whether the prefix of the innermost string has a letter.
fn has_letter(interpreter: &mut Interpreter, scope: &Scope, letter: char) -> bool {
    interpreter.remember(scope, |memory| memory.python.0.last().is_some_and(|(prefix, _)| prefix.contains(letter)))
}

fn begin(interpreter: &mut Interpreter, scope: &mut Scope) {
    interpreter.say("sa", scope.text(1));
    interpreter.say("s", scope.text(2));
    let string = (scope.text(1).to_lowercase(), scope.text(2).to_owned());
    interpreter.remember(scope, |memory| memory.python.0.push(string));
    interpreter.push_named(scope, "generic_string");
}

fn quotes(interpreter: &mut Interpreter, scope: &mut Scope) {
    interpreter.say("s", scope.text(0));
    let ends =
        interpreter.remember(scope, |memory| memory.python.0.pop_if(|(_, quotes)| quotes == scope.text(0)).is_some());
    if ends {
        interpreter.pop(scope.lexer, 1);
    }
}

fn brace(interpreter: &mut Interpreter, scope: &mut Scope) {
    if has_letter(interpreter, scope, 'f') {
        interpreter.say("si", scope.text(0));
        interpreter.push_named(scope, "generic_interpol");
    } else {
        interpreter.say("s", scope.text(0));
    }
}

fn escape(interpreter: &mut Interpreter, scope: &mut Scope) {
    let raw = has_letter(interpreter, scope, 'r');
    interpreter.say(if raw { "s" } else { "se" }, scope.text(0));
    interpreter.pop(scope.lexer, 1);
}
