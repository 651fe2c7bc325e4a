//! Markdown: the code of a fence is read by the lexer of its language. Neighbours: `mod.rs` finds the hook.

use std::rc::Rc;

use super::Hook;
use super::delimited::quoted;
use crate::highlight::interpreter::{Interpreter, Scope};
use crate::highlight::operations::{Operation, Target};
use crate::highlight::regex::Flags;
use crate::highlight::tables::{Rule, StateRule};
use crate::highlight::token_class::TokenClass;

pub(super) fn find(key: &str) -> Option<Hook> {
    (key == "markdown/root/71d00162").then_some(fence as Hook)
}

fn fence(interpreter: &mut Interpreter, scope: &mut Scope) {
    let name = scope.text(3).trim();
    // Options of a lexer may follow.
    let lexer = interpreter.library.find(name.split('?').next().unwrap_or(""));
    let plain =
        matches!(name, "" | "guess") || lexer.is_some_and(|lexer| interpreter.library.name(lexer) == "plaintext");
    let inner = lexer.filter(|_| !plain).and_then(|lexer| interpreter.instance(lexer));
    if let Some(inner) = inner {
        interpreter.reset(inner);
    }
    let class = TokenClass::find(if plain { "" } else { "sb" }).unwrap_or_default();
    interpreter.say("", scope.text(1));
    interpreter.say("p", scope.text(2));
    interpreter.say("nl", scope.text(3));
    match inner {
        Some(inner) => interpreter.read(inner, scope.text(5)),
        None => interpreter.write(class, scope.text(5)),
    }
    interpreter.say("", scope.text(6));
    if scope.group(7).is_some() {
        interpreter.say("p", scope.text(7));
        return;
    }
    // A fence without an end: its lines, until one comes.
    let Some(table) = interpreter.table(scope.lexer).cloned() else { return };
    let punctuation = TokenClass::find("p").unwrap_or_default();
    let end = Rule::new(
        &format!(r"^([ \t]*)({})", quoted(scope.text(2))),
        Flags::default(),
        vec![Operation::Pop(1), Operation::Groups(vec![TokenClass::TEXT, punctuation])],
    );
    let line = match inner {
        Some(inner) => Operation::Delegate(Target::Made(inner), None),
        None => Operation::Token(class),
    };
    let line = Rule::new("^.*\n", Flags::default(), vec![line]);
    let rules = [end, line].map(|rule| StateRule { rule: Rc::new(rule), behind_included: None });
    let state = table.make_state("fence", rules.into());
    interpreter.push_state(scope.lexer, Some(state));
}
