//! Heredocs of Ruby and Crystal: their texts begin on the next line, in the order of their names.
//! Neighbours: `mod.rs` finds the hooks.

use std::collections::VecDeque;

use super::Hook;
use crate::highlight::evaluate::is_space;
use crate::highlight::interpreter::{Interpreter, Scope};

/// The heredocs whose texts have not ended: whether white space may stand before the name, and the name.
#[derive(Debug, Default)]
pub(super) struct Queue(VecDeque<(bool, String)>);

pub(super) fn find(key: &str) -> Option<Hook> {
    Some(match key {
        "ruby/start/e3b0c442" | "crystal/start/e3b0c442" => start,
        "ruby/has_heredocs/b4415438" | "crystal/has_heredocs/b4415438" => named,
        "ruby/has_heredocs/3daacd7b" | "crystal/has_heredocs/3daacd7b" => without_name,
        "ruby/test_heredoc/66e756d0" | "crystal/test_heredoc/66e756d0" => line,
        _ => return None,
    })
}

fn start(interpreter: &mut Interpreter, scope: &mut Scope) {
    interpreter.push_named(scope, "expr_start");
    interpreter.remember(scope, |memory| memory.heredocs.0.clear());
}

fn named(interpreter: &mut Interpreter, scope: &mut Scope) {
    begin(interpreter, scope, scope.text(3));
}

fn without_name(interpreter: &mut Interpreter, scope: &mut Scope) {
    begin(interpreter, scope, "");
}

fn begin(interpreter: &mut Interpreter, scope: &Scope, name: &str) {
    let operator = scope.text(1);
    interpreter.say("o", operator);
    for group in 2..=4 {
        interpreter.say("no", scope.text(group));
    }
    let heredoc = (matches!(operator, "<<-" | "<<~"), name.to_owned());
    interpreter.remember(scope, |memory| memory.heredocs.0.push_back(heredoc));
    if !interpreter.is_in(scope, "heredoc_queue") {
        interpreter.push_named(scope, "heredoc_queue");
    }
}

/// A line that may be the name of the first heredoc that is open.
fn line(interpreter: &mut Interpreter, scope: &mut Scope) {
    let line = scope.text(0);
    let (ends, was_last) = interpreter.remember(scope, |memory| {
        let heredocs = &mut memory.heredocs.0;
        let ends = heredocs.front().is_some_and(|(tolerant, name)| {
            let line = line.trim_end_matches(is_space);
            name == if *tolerant { line.trim_start_matches(is_space) } else { line }
        });
        if ends {
            heredocs.pop_front();
        }
        (ends, heredocs.is_empty())
    });
    if ends && was_last {
        interpreter.pop(scope.lexer, 1);
    }
    interpreter.say(if ends { "no" } else { "sh" }, line);
    interpreter.pop(scope.lexer, 1);
}
