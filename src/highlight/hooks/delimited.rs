//! Strings with delimiters of one's choice, `%w[…]` in Ruby and Crystal, `~r/…/` in Elixir, `q'[…]'` in PL/SQL: a state is
//! made for each.
//! Neighbours: `mod.rs` finds the hooks, `../tables.rs` has the states that are included.

use std::rc::Rc;

use super::Hook;
use crate::highlight::interpreter::{Interpreter, Scope};
use crate::highlight::operations::Operation;
use crate::highlight::regex::Flags;
use crate::highlight::tables::{Rule, StateRule};
use crate::highlight::token_class::TokenClass;

pub(super) fn find(key: &str) -> Option<Hook> {
    Some(match key {
        "ruby/sigil_strings/91aad6e6" => ruby,
        "crystal/sigil_strings/d710e624" => crystal,
        "elixir/sigil_strings/d8447183" => elixir,
        "plsql/root/2efcc902" => plsql,
        _ => return None,
    })
}

/// What the languages differ in.
struct Sigil<'a> {
    class: TokenClass,
    /// The state for what is put into the string, if anything is.
    included: Option<&'a str>,
    /// Whether a backslash before the delimiter is an escape.
    escapes: bool,
    /// Whether the brackets nest.
    nests: bool,
    /// The characters that end a plain piece, as they stand in a class.
    ends: String,
}

fn ruby(interpreter: &mut Interpreter, scope: &mut Scope) {
    let (open, close) = delimiters(scope.text(2));
    let ends = if open == close && open == "\\#" { String::new() } else { squeezed(&format!("{open}{close}")) };
    like_ruby(interpreter, scope, ends);
}

fn crystal(interpreter: &mut Interpreter, scope: &mut Scope) {
    let (open, close) = delimiters(scope.text(2));
    like_ruby(interpreter, scope, format!("{open}{close}"));
}

fn like_ruby(interpreter: &mut Interpreter, scope: &Scope, ends: String) {
    let letter = scope.text(1);
    let class = class(letter == "r");
    if letter == "r" {
        interpreter.push_named(scope, "regex_flags");
    }
    interpreter.write(class, scope.text(0));
    let included = matches!(letter, "r" | "Q" | "W" | "x" | "I").then_some("string_intp_escaped");
    push(interpreter, scope, Sigil { class, included, escapes: true, nests: true, ends });
}

fn elixir(interpreter: &mut Interpreter, scope: &mut Scope) {
    let letter = scope.text(1);
    if letter.is_empty() {
        // Rouge fails on it.
        interpreter.stop();
        return;
    }
    let is_regex = matches!(letter, "R" | "r");
    let class = class(is_regex);
    if is_regex {
        interpreter.push_named(scope, "regex_flags");
    }
    if matches!(letter, "W" | "w") {
        interpreter.push_named(scope, "list_flags");
    }
    interpreter.write(class, scope.text(0));
    let (open, close) = delimiters(scope.text(2));
    let included = matches!(letter, "S" | "R" | "C" | "W").then_some("interpoling");
    let ends = squeezed(&format!("{open}{close}"));
    push(interpreter, scope, Sigil { class, included, escapes: false, nests: false, ends });
}

fn plsql(interpreter: &mut Interpreter, scope: &mut Scope) {
    let Some(table) = interpreter.table(scope.lexer).cloned() else { return };
    interpreter.say("o", scope.text(0));
    let (_, close) = delimiters(scope.text(1));
    let operator = TokenClass::find("o").unwrap_or_default();
    let rules = vec![
        rule(&format!("(?:{close}[^']|[^{close}]'|[^{close}'])+"), vec![Operation::Token(class(false))]),
        rule(&format!("{close}'"), vec![Operation::Token(operator), Operation::Pop(1)]),
    ];
    let state = table.make_state("delimited", rules);
    interpreter.push_state(scope.lexer, Some(state));
}

fn class(is_regex: bool) -> TokenClass {
    TokenClass::find(if is_regex { "sr" } else { "sx" }).unwrap_or_default()
}

/// The opening and the closing delimiter as expressions.
fn delimiters(open: &str) -> (String, String) {
    let close = match open {
        "{" => "}",
        "[" => "]",
        "(" => ")",
        "<" => ">",
        other => other,
    };
    (quoted(open), quoted(close))
}

/// A text as an expression that matches it.
pub(super) fn quoted(text: &str) -> String {
    let mut quoted = String::new();
    for c in text.chars() {
        if ".*?+^$|\\()[]{}-# ".contains(c) {
            quoted.push('\\');
        }
        quoted.push(c);
    }
    quoted
}

/// Without characters that repeat the one before.
fn squeezed(text: &str) -> String {
    let mut squeezed = String::new();
    for c in text.chars().filter(|&c| c != '\n') {
        if !squeezed.ends_with(c) {
            squeezed.push(c);
        }
    }
    squeezed
}

fn push(interpreter: &mut Interpreter, scope: &Scope, sigil: Sigil) {
    let Some(table) = interpreter.table(scope.lexer).cloned() else { return };
    let (open, close) = delimiters(scope.text(2));
    let Sigil { class, included, escapes, nests, ends } = sigil;
    let mut rules = Vec::new();
    if escapes {
        let escape = TokenClass::find("se").unwrap_or_default();
        rules.push(rule(&format!(r"\\[#{ends}\\]"), vec![Operation::Token(escape)]));
    }
    if nests && open != close {
        rules.push(rule(&open, vec![Operation::Token(class), Operation::PushTop]));
    }
    rules.push(rule(&close, vec![Operation::Token(class), Operation::Pop(1)]));
    match included.and_then(|name| table.state_named(name)) {
        Some(state) => {
            let before = rules.len();
            let behind = before + state.rules.len();
            rules.extend(state.rules.iter().map(|rule| StateRule {
                rule: rule.rule.clone(),
                behind_included: Some(rule.behind_included.map_or(behind, |place| before + place)),
            }));
            rules.push(rule("#", vec![Operation::Token(class)]));
        }
        None => rules.push(rule(r"[\\#]", vec![Operation::Token(class)])),
    }
    rules.push(rule(&format!(r"[^#{ends}\\]+"), vec![Operation::Token(class)]));
    let state = table.make_state("delimited", rules);
    interpreter.push_state(scope.lexer, Some(state));
}

fn rule(source: &str, operations: Vec<Operation>) -> StateRule {
    StateRule { rule: Rc::new(Rule::new(source, Flags::default(), operations)), behind_included: None }
}
