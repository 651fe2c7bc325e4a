//! What some rules do that no table can say: Ruby's heredocs, YAML's indentation and the like. In: a key of a table, then
//! a match. Out: pieces of classes, and the next state. Neighbours: `../interpreter.rs` calls; one file for each language.
//!
//! A key names the file of Rouge, the state and a hash of the rule's expression: another Rouge whose rule differs has
//! another key, and `scripts/rouge-tables.rb` fails on it.

mod console;
mod coq;
mod delimited;
mod heredoc;
mod http;
mod markdown;
mod python;
mod rust;
mod wollok;
mod yaml;

use super::interpreter::{Interpreter, Scope};
use super::token_class::TokenClass;

pub(super) use console::Session;

/// What is done when a rule has matched.
pub(super) type Hook = fn(&mut Interpreter, &mut Scope);

/// What the hooks of one lexer remember.
#[derive(Debug, Default)]
pub(super) struct Memory {
    heredocs: heredoc::Queue,
    http: http::ContentType,
    python: python::Strings,
    rust: rust::Delimiters,
    wollok: wollok::Entities,
    yaml: yaml::Indentation,
}

/// The hook of a key.
pub(super) fn find(key: &str) -> Option<Hook> {
    let all = [
        coq::find,
        delimited::find,
        heredoc::find,
        http::find,
        markdown::find,
        python::find,
        rust::find,
        wollok::find,
        yaml::find,
    ];
    all.into_iter().find_map(|find| find(key))
}

/// What hooks have in common.
impl Interpreter<'_> {
    /// A piece of a class, by its short name.
    fn say(&mut self, class: &str, text: &str) {
        self.write(TokenClass::find(class).unwrap_or_default(), text);
    }

    /// Puts a state of the lexer's table on its stack.
    fn push_named(&mut self, scope: &Scope, name: &str) {
        let state = self.table(scope.lexer).and_then(|table| table.state_named(name));
        self.push_state(scope.lexer, state);
    }

    /// The name of the state on top.
    fn is_in(&self, scope: &Scope, name: &str) -> bool {
        self.stack(scope.lexer).last().is_some_and(|state| *state.name == *name)
    }

    /// Changes what the lexer's hooks remember, or asks it.
    fn remember<T: Default>(&mut self, scope: &Scope, act: impl FnOnce(&mut Memory) -> T) -> T {
        self.lexer(scope.lexer).map(|instance| act(&mut instance.memory)).unwrap_or_default()
    }
}
