//! Reads code by tables as Rouge's `RegexLexer` does. In: a lexer, code, the tables. Out: runs, or why there are none.
//! Neighbours: `tables.rs` and `operations.rs` are what it runs, `evaluate.rs` computes values, `hooks/` does what no
//! table can say.
//!
//! Rules that no documentation of Rouge tells: an expression sees nothing before its start; one that begins with `^` is
//! tried at the start of a line only; from the sixth match of nothing in a row on, a rule still acts, but the search goes
//! on behind the included state that the rule stands in, and without another match one character is an error.

use std::collections::HashMap;
use std::rc::Rc;

use super::hooks::{Memory, Session};
use super::languages::{Lexer, Run};
use super::operations::{Expression, Operation, Target, Value};
use super::output::Output;
use super::regex::Matcher;
use super::tables::{State, Table};
use super::token_class::TokenClass;

/// How many matches of nothing in a row are allowed.
const MAX_EMPTY_MATCHES: usize = 5;
/// How many lexers may read one text inside another.
const MAX_DEPTH: usize = 40;
/// How many states a stack may have.
const MAX_STACK: usize = 10_000;
/// The steps for a piece of code: so many at once, and more for each byte.
const STEPS: u64 = 4_000_000;
const STEPS_PER_BYTE: u64 = 100;

/// Where tables and names come from.
pub(super) trait Library {
    fn table(&self, lexer: Lexer) -> Option<Rc<Table>>;
    fn find(&self, name: &str) -> Option<Lexer>;
    fn name(&self, lexer: Lexer) -> &str;
}

/// Why code has no runs.
#[derive(Debug, PartialEq)]
pub(super) enum Refused {
    /// The tables of these lexers are not there.
    Missing(Vec<Lexer>),
    /// The steps are used up, or Rouge itself would fail.
    Stopped,
}

/// A lexer that reads, with its stack of states.
#[derive(Debug)]
pub(super) struct Instance {
    pub(super) table: Rc<Table>,
    pub(super) stack: Vec<Rc<State>>,
    variables: Vec<Value>,
    /// Lexers that were made once, by name.
    kept: HashMap<usize, usize>,
    empty_matches: usize,
    indentation: IndentedBlock,
    /// What hooks remember.
    pub(super) memory: Memory,
}

/// Of a lexer whose blocks are indented.
#[derive(Debug, Default)]
struct IndentedBlock {
    /// The state of the block that may begin, and the white space before the line above it.
    block: Option<(usize, String)>,
    /// The white space before the last line.
    last: String,
}

impl IndentedBlock {
    /// The state of a line, if it belongs to a block.
    fn line(&mut self, spaces: &str) -> Option<usize> {
        spaces.clone_into(&mut self.last);
        let state = self.block.as_ref().filter(|(_, outer)| spaces.starts_with(&**outer) && spaces != outer);
        let state = state.map(|(state, _)| *state);
        if state.is_none() {
            self.block = None;
        }
        state
    }
}

/// One match, while its operations are carried out.
pub(super) struct Scope<'t> {
    /// The number of the lexer.
    pub(super) lexer: usize,
    text: &'t str,
    groups: Vec<Option<(usize, usize)>>,
    locals: Vec<(usize, Value)>,
}

impl<'t> Scope<'t> {
    /// What a group has matched; group 0 is the whole.
    pub(super) fn group(&self, number: usize) -> Option<&'t str> {
        let (start, end) = (*self.groups.get(number)?)?;
        self.text.get(start..end)
    }

    /// The same, with nothing for a group that has no part in the match.
    pub(super) fn text(&self, number: usize) -> &'t str {
        self.group(number).unwrap_or("")
    }

    pub(super) fn local(&self, name: usize) -> Value {
        let found = self.locals.iter().rev().find(|(known, _)| *known == name);
        found.map_or(Value::Nil, |(_, value)| value.clone())
    }
}

pub(super) struct Interpreter<'a> {
    pub(super) library: &'a dyn Library,
    instances: Vec<Instance>,
    pub(super) matcher: Matcher,
    output: Output,
    missing: Vec<Lexer>,
    /// Lists that were used before.
    spare_groups: Vec<Vec<Option<(usize, usize)>>>,
    depth: usize,
    stopped: bool,
}

/// The runs of a piece of code.
pub(super) fn highlight(library: &dyn Library, lexer: Lexer, code: &str) -> Result<Rc<[Run]>, Refused> {
    let mut matcher = Matcher::default();
    matcher.allow(STEPS + STEPS_PER_BYTE * code.len() as u64);
    let mut interpreter = Interpreter {
        library,
        instances: Vec::new(),
        matcher,
        output: Output::default(),
        missing: Vec::new(),
        spare_groups: Vec::new(),
        depth: 0,
        stopped: false,
    };
    interpreter.read_anew(lexer, code);
    if !interpreter.missing.is_empty() {
        return Err(Refused::Missing(interpreter.missing));
    }
    let runs = interpreter.output.finish();
    // Rules of some lexers leave characters out. What Rouge makes of such code is no longer the code.
    let covers = runs.iter().map(|run| run.length).sum::<usize>() == code.len();
    if interpreter.stopped || interpreter.matcher.is_exhausted() || !covers {
        return Err(Refused::Stopped);
    }
    Ok(runs)
}

impl Interpreter<'_> {
    /// Reads a text with a new lexer.
    pub(super) fn read_anew(&mut self, lexer: Lexer, text: &str) {
        let known = self.instances.len();
        let library = self.library;
        if let Some(session) = Session::find(library.name(lexer)) {
            session.read(self, text);
            self.instances.truncate(known);
            return;
        }
        match self.instance(lexer) {
            Some(instance) => {
                self.reset(instance);
                self.read(instance, text);
            }
            None => self.write(TokenClass::TEXT, text),
        }
        self.instances.truncate(known);
    }

    /// A new lexer, by its number. Nothing if its table is missing, or if it is the one that leaves text plain.
    pub(super) fn instance(&mut self, lexer: Lexer) -> Option<usize> {
        if self.library.name(lexer) == "plaintext" {
            return None;
        }
        let Some(table) = self.library.table(lexer) else {
            if !self.missing.contains(&lexer) {
                self.missing.push(lexer);
            }
            return None;
        };
        let number = self.instances.len();
        let variables = vec![Value::Nil; table.names];
        let stack = vec![table.root()?];
        let memory = Memory::default();
        let table_variables = table.clone();
        self.instances.push(Instance {
            table,
            stack,
            variables,
            kept: HashMap::new(),
            empty_matches: 0,
            indentation: IndentedBlock::default(),
            memory,
        });
        for (name, value) in &table_variables.variables {
            let value = match value {
                Expression::Constant(value) => value.clone(),
                // A lexer that is not needed yet may have no table yet.
                Expression::NewLexer(Some(lexer)) if self.library.table(*lexer).is_some() => {
                    self.instance(*lexer).map_or(Value::Nil, Value::Instance)
                }
                _ => Value::Nil,
            };
            self.set_variable(number, *name, value);
        }
        Some(number)
    }

    pub(super) fn lexer(&mut self, number: usize) -> Option<&mut Instance> {
        self.instances.get_mut(number)
    }

    pub(super) fn table(&self, number: usize) -> Option<&Rc<Table>> {
        self.instances.get(number).map(|instance| &instance.table)
    }

    pub(super) fn stack(&self, number: usize) -> &[Rc<State>] {
        self.instances.get(number).map_or(&[], |instance| &instance.stack)
    }

    pub(super) fn variable(&self, number: usize, name: usize) -> Value {
        let value = self.instances.get(number).and_then(|instance| instance.variables.get(name));
        value.cloned().unwrap_or(Value::Nil)
    }

    fn set_variable(&mut self, number: usize, name: usize, value: Value) {
        if let Some(place) = self.lexer(number).and_then(|instance| instance.variables.get_mut(name)) {
            *place = value;
        }
    }

    /// Begins anew: the root state, and what the lexer does at its start.
    pub(super) fn reset(&mut self, number: usize) {
        let Some(table) = self.table(number).cloned() else { return };
        self.reset_stack(number);
        let mut scope = Scope { lexer: number, text: "", groups: Vec::new(), locals: Vec::new() };
        self.carry_out(&table.start, &mut scope);
        if let Some(instance) = self.lexer(number) {
            instance.indentation.block = None;
        }
    }

    fn reset_stack(&mut self, number: usize) {
        if let Some(instance) = self.lexer(number) {
            instance.stack.clear();
            instance.stack.extend(instance.table.root());
        }
    }

    /// Reads a text with a lexer from the state it is in.
    pub(super) fn read(&mut self, number: usize, text: &str) {
        if self.depth >= MAX_DEPTH {
            self.stopped = true;
            return;
        }
        self.depth += 1;
        if let Some(instance) = self.lexer(number) {
            instance.empty_matches = 0;
        }
        let mut place = 0;
        while place < text.len() && !self.stopped && !self.matcher.is_exhausted() {
            place += self.step(number, text, place).unwrap_or_else(|| {
                let rest = text.get(place..).unwrap_or("");
                let length = rest.chars().next().map_or(1, char::len_utf8);
                self.write(TokenClass::ERROR, rest.get(..length).unwrap_or(""));
                length
            });
        }
        self.depth -= 1;
    }

    /// Tries the rules of the state on top: how many bytes one has matched, or nothing.
    fn step(&mut self, number: usize, text: &str, place: usize) -> Option<usize> {
        let Some(state) = self.stack(number).last().cloned() else {
            self.stopped = true;
            return None;
        };
        let rest = text.get(place..)?;
        let at_line_start = place == 0 || text.as_bytes().get(place - 1) == Some(&b'\n');
        let mut first = 0;
        for &index in state.rules_before(*rest.as_bytes().first()?) {
            let index = usize::from(index);
            let Some(candidate) = state.rules.get(index).filter(|_| index >= first) else { continue };
            let rule = &candidate.rule;
            if rule.at_line_start && !at_line_start {
                continue;
            }
            self.matcher.step(1);
            let Some(length) = rule.regex().and_then(|regex| self.matcher.match_start(regex, rest)) else { continue };
            self.act(number, &rule.operations, rest, length);
            let instance = self.lexer(number)?;
            if length > 0 {
                instance.empty_matches = 0;
                return Some(length);
            }
            instance.empty_matches += 1;
            if instance.empty_matches <= MAX_EMPTY_MATCHES {
                return Some(0);
            }
            first = candidate.behind_included?;
        }
        None
    }

    /// Carries out a rule's operations. The most frequent need no scope.
    fn act(&mut self, number: usize, operations: &[Operation], rest: &str, length: usize) {
        let (class, then) = match operations {
            [Operation::Token(class)] => (*class, None),
            [Operation::Token(class), then @ (Operation::Push(_) | Operation::Pop(_))] => (*class, Some(then)),
            _ => {
                let mut groups = self.spare_groups.pop().unwrap_or_default();
                self.matcher.copy_groups(&mut groups);
                let mut scope = Scope { lexer: number, text: rest, groups, locals: Vec::new() };
                self.carry_out(operations, &mut scope);
                self.spare_groups.push(scope.groups);
                return;
            }
        };
        self.write(class, rest.get(..length).unwrap_or(""));
        match then {
            Some(Operation::Push(state)) => self.push_numbered(number, *state),
            Some(Operation::Pop(count)) => self.pop(number, *count),
            _ => {}
        }
    }

    /// False if the operations ended early.
    fn carry_out(&mut self, operations: &[Operation], scope: &mut Scope) -> bool {
        let lexer = scope.lexer;
        for operation in operations {
            match operation {
                Operation::Token(class) => self.write(*class, scope.text(0)),
                Operation::TokenOf(class, text) => {
                    let class = self.value(class, scope);
                    self.with_text(text.as_ref(), scope, |this, text| this.write_value(&class, text));
                }
                Operation::Groups(classes) => {
                    for (class, group) in classes.iter().zip(1..) {
                        self.write(*class, scope.text(group));
                    }
                }
                Operation::GroupsOf(classes) => {
                    for (class, group) in classes.iter().zip(1..) {
                        let class = self.value(class, scope);
                        self.write_value(&class, scope.text(group));
                    }
                }
                Operation::Push(state) => self.push_numbered(lexer, *state),
                Operation::PushTop => {
                    let top = self.stack(lexer).last().cloned();
                    self.push_state(lexer, top);
                }
                Operation::Pop(count) => self.pop(lexer, *count),
                Operation::PopUntil(condition) => {
                    while !self.stack(lexer).is_empty() && !self.holds(condition, scope) {
                        self.pop(lexer, 1);
                    }
                }
                Operation::Indentation(spaces, content) => {
                    let state = self.with_text(Some(spaces), scope, |this, spaces| {
                        this.lexer(lexer).and_then(|instance| instance.indentation.line(spaces))
                    });
                    self.push_numbered(lexer, state.flatten().unwrap_or(*content));
                }
                Operation::StartsBlock(state) => {
                    if let Some(instance) = self.lexer(lexer) {
                        let last = instance.indentation.last.clone();
                        instance.indentation.block = Some((*state, last));
                    }
                }
                Operation::PopOf(target) => {
                    if let Some(target) = self.target(lexer, target) {
                        self.pop(target, 1);
                    }
                }
                Operation::GoTo(state) => {
                    self.pop(lexer, 1);
                    self.push_numbered(lexer, *state);
                }
                Operation::ResetStack => self.reset_stack(lexer),
                Operation::If(condition, yes, no) => {
                    let chosen = if self.holds(condition, scope) { yes } else { no };
                    if !self.carry_out(chosen, scope) {
                        return false;
                    }
                }
                Operation::Delegate(target, text) => {
                    self.with_text(text.as_ref(), scope, |this, text| this.delegate(lexer, target, text));
                }
                Operation::Reset(target) => {
                    if let Some(target) = self.target(lexer, target) {
                        self.reset(target);
                    }
                }
                Operation::SetVariable(name, value) => {
                    let value = self.value(value, scope);
                    self.set_variable(lexer, *name, value);
                }
                Operation::SetLocal(name, value) => {
                    let value = self.value(value, scope);
                    scope.locals.push((*name, value));
                }
                Operation::Return => return false,
                Operation::Hook(hook) => hook(self, scope),
            }
        }
        true
    }

    /// Does something with a text: the value of an expression, or without one the whole match.
    fn with_text<T>(
        &mut self,
        text: Option<&Expression>,
        scope: &Scope,
        act: impl FnOnce(&mut Self, &str) -> T,
    ) -> Option<T> {
        match text.map(|text| self.value(text, scope)) {
            None => Some(act(self, scope.text(0))),
            Some(Value::Text(text)) => Some(act(self, &text)),
            Some(_) => None,
        }
    }

    fn delegate(&mut self, lexer: usize, target: &Target, text: &str) {
        let new = match target {
            Target::New(new) => *new,
            Target::Variable(name) => match self.variable(lexer, *name) {
                Value::Lexer(new) => Some(new),
                _ => None,
            },
            _ => None,
        };
        if let Some(new) = new {
            return self.read_anew(new, text);
        }
        match self.target(lexer, target) {
            Some(target) => self.read(target, text),
            None => self.write(TokenClass::TEXT, text),
        }
    }

    /// The number of the lexer that an operation means.
    pub(super) fn target(&mut self, lexer: usize, target: &Target) -> Option<usize> {
        match target {
            Target::Itself => Some(lexer),
            Target::Made(number) => Some(*number),
            Target::New(new) => self.instance((*new)?),
            Target::Variable(name) => match self.variable(lexer, *name) {
                Value::Instance(number) => Some(number),
                _ => self.late_variable(lexer, *name),
            },
            Target::Kept(name, new) => {
                if let Some(&number) = self.instances.get(lexer)?.kept.get(name) {
                    return Some(number);
                }
                let number = self.instance((*new)?)?;
                self.lexer(lexer)?.kept.insert(*name, number);
                Some(number)
            }
        }
    }

    /// A variable's lexer whose table was not there when the variable was made: now it is missed.
    fn late_variable(&mut self, lexer: usize, name: usize) -> Option<usize> {
        let table = self.table(lexer)?.clone();
        let (_, value) = table.variables.iter().find(|(known, _)| *known == name)?;
        match value {
            Expression::NewLexer(Some(new)) => self.instance(*new),
            _ => None,
        }
    }

    /// Gives up: Rouge itself would fail.
    pub(super) fn stop(&mut self) {
        self.stopped = true;
    }

    pub(super) fn write(&mut self, class: TokenClass, text: &str) {
        self.output.write(class, text);
    }

    fn write_value(&mut self, class: &Value, text: &str) {
        if let Value::Class(class) = class {
            self.write(*class, text);
        }
    }

    fn push_numbered(&mut self, number: usize, state: usize) {
        let state = self.table(number).and_then(|table| table.state(state));
        self.push_state(number, state);
    }

    pub(super) fn push_state(&mut self, number: usize, state: Option<Rc<State>>) {
        let stack = self.lexer(number).map(|instance| &mut instance.stack);
        match (stack, state) {
            (Some(stack), Some(state)) if stack.len() < MAX_STACK => stack.push(state),
            _ => self.stopped = true,
        }
    }

    pub(super) fn pop(&mut self, number: usize, count: usize) {
        if let Some(instance) = self.lexer(number) {
            instance.stack.truncate(instance.stack.len().saturating_sub(count));
        }
    }
}
