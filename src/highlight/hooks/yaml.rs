//! YAML: blocks end where the indentation becomes less. Neighbours: `mod.rs` finds the hooks.

use super::Hook;
use crate::highlight::interpreter::{Interpreter, Scope};

/// Widths in characters, which are spaces.
#[derive(Debug, Default)]
pub(super) struct Indentation {
    /// The open blocks; without any, 0.
    open: Vec<i64>,
    /// Where a block would begin on this line.
    next: i64,
    /// That of a text in a block, once it is known.
    text: Option<i64>,
}

pub(super) fn find(key: &str) -> Option<Hook> {
    Some(match key {
        "yaml/start/e3b0c442" => reset,
        "yaml/root/1d0d879f" => yaml_directive,
        "yaml/root/1c9b32a2" => tag_directive,
        "yaml/root/2e7cca01" => document,
        "yaml/root/39b80793" => line,
        "yaml/indentation/7171eed9" => before_indicator,
        "yaml/indentation/8d92c20d" => indicator,
        "yaml/indentation/cb4874e7" => before_line,
        "yaml/block_nodes/6a308f8b" => key_of_mapping,
        "digdag/block_nodes/72a48077" => operator,
        "yaml/block_scalar_content/0df1623d" => blank_line_of_text,
        "yaml/block_scalar_content/88629edd" => line_of_text,
        "yaml/block_scalar_header/8aaa50f8" => header_of_text,
        "yaml/plain_scalar_in_block_context_new_line/88629edd" => next_line_of_scalar,
        _ => return None,
    })
}

fn width(text: &str) -> i64 {
    i64::try_from(text.chars().count()).unwrap_or(i64::MAX)
}

impl Indentation {
    fn current(&self) -> i64 {
        self.open.last().copied().unwrap_or(0)
    }

    /// A line begins: blocks that are indented more end. How much of the white space is an error behind what is open.
    fn save(&mut self, spaces: i64) -> usize {
        self.next = spaces;
        if spaces >= self.current() {
            return 0;
        }
        while spaces < self.current() {
            self.open.pop();
        }
        usize::try_from(spaces - self.current()).unwrap_or(0)
    }

    /// A block begins, if it does not go on.
    fn set(&mut self, text: i64, implicit: bool) {
        if self.current() < self.next {
            self.open.push(self.next);
        }
        if !implicit {
            self.next = self.next.saturating_add(text);
        }
    }
}

fn reset(interpreter: &mut Interpreter, scope: &mut Scope) {
    interpreter.remember(scope, |memory| memory.yaml = Indentation::default());
}

fn yaml_directive(interpreter: &mut Interpreter, scope: &mut Scope) {
    begin(interpreter, scope, "nt", "yaml_directive");
}

fn tag_directive(interpreter: &mut Interpreter, scope: &mut Scope) {
    begin(interpreter, scope, "nt", "tag_directive");
}

fn document(interpreter: &mut Interpreter, scope: &mut Scope) {
    begin(interpreter, scope, "nn", "block_line");
}

fn begin(interpreter: &mut Interpreter, scope: &mut Scope, class: &str, state: &str) {
    interpreter.say(class, scope.text(0));
    reset(interpreter, scope);
    interpreter.push_named(scope, state);
}

fn line(interpreter: &mut Interpreter, scope: &mut Scope) {
    let spaces = scope.text(0);
    let wrong = interpreter.remember(scope, |memory| memory.yaml.save(width(spaces)));
    let (right, wrong) = spaces.split_at_checked(spaces.len().saturating_sub(wrong)).unwrap_or((spaces, ""));
    interpreter.say("", right);
    interpreter.say("err", wrong);
    interpreter.push_named(scope, "block_line");
    interpreter.push_named(scope, "indentation");
}

fn before_indicator(interpreter: &mut Interpreter, scope: &mut Scope) {
    interpreter.say("", scope.text(0));
    interpreter.remember(scope, |memory| memory.yaml.next = memory.yaml.next.saturating_add(width(scope.text(0))));
}

fn indicator(interpreter: &mut Interpreter, scope: &mut Scope) {
    interpreter.remember(scope, |memory| memory.yaml.set(width(scope.text(0)), false));
    interpreter.say("pi", scope.text(0));
}

fn before_line(interpreter: &mut Interpreter, scope: &mut Scope) {
    before_indicator(interpreter, scope);
    interpreter.pop(scope.lexer, 1);
}

fn key_of_mapping(interpreter: &mut Interpreter, scope: &mut Scope) {
    interpreter.say("na", scope.text(1));
    interpreter.say("pi", scope.text(2));
    interpreter.remember(scope, |memory| memory.yaml.set(0, true));
}

fn blank_line_of_text(interpreter: &mut Interpreter, scope: &mut Scope) {
    let spaces = scope.text(0);
    let known = interpreter.remember(scope, |memory| memory.yaml.text);
    let mark = known.unwrap_or(i64::MAX);
    // A mark below zero counts from the end.
    let mark = usize::try_from(if mark < 0 { mark.saturating_add(width(spaces)) } else { mark }).unwrap_or(0);
    let (indentation, rest) = spaces.split_at_checked(mark).unwrap_or((spaces, ""));
    interpreter.say("", indentation);
    interpreter.say("no", rest);
}

fn line_of_text(interpreter: &mut Interpreter, scope: &mut Scope) {
    let spaces = scope.text(0);
    interpreter.say("", spaces);
    let ends = interpreter.remember(scope, |memory| {
        let yaml = &mut memory.yaml;
        let level = yaml.text.unwrap_or_else(|| yaml.current());
        yaml.text.get_or_insert(width(spaces));
        if width(spaces) < level {
            yaml.save(width(spaces));
        }
        width(spaces) < level
    });
    if ends {
        interpreter.pop(scope.lexer, 1);
        interpreter.push_named(scope, "indentation");
    }
}

fn header_of_text(interpreter: &mut Interpreter, scope: &mut Scope) {
    // As Ruby's `to_i` reads it: `2-` is 2, `-` is 0.
    let digits = scope.text(1).trim_end_matches(['+', '-']);
    let more: i64 = digits.parse().unwrap_or(0);
    interpreter.remember(scope, |memory| {
        let yaml = &mut memory.yaml;
        yaml.text = (!scope.text(0).is_empty()).then(|| yaml.current().saturating_add(more));
    });
    interpreter.pop(scope.lexer, 1);
    interpreter.push_named(scope, "ignored_line");
    interpreter.say("pi", scope.text(0));
}

fn next_line_of_scalar(interpreter: &mut Interpreter, scope: &mut Scope) {
    let spaces = scope.text(0);
    interpreter.say("", spaces);
    interpreter.pop(scope.lexer, 1);
    let ends = interpreter.remember(scope, |memory| {
        let ends = width(spaces) <= memory.yaml.current();
        if ends {
            memory.yaml.save(width(spaces));
        }
        ends
    });
    if ends {
        interpreter.pop(scope.lexer, 1);
        interpreter.push_named(scope, "indentation");
    }
}

/// Digdag's key of an operator.
fn operator(interpreter: &mut Interpreter, scope: &mut Scope) {
    interpreter.say("kr", scope.text(1));
    interpreter.say("pi", scope.text(2));
    interpreter.remember(scope, |memory| memory.yaml.set(0, true));
}
