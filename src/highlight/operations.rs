//! What a rule does after it has matched. In: the operations of a table. Out: the same as types.
//! Neighbours: `tables.rs` reads rules, `interpreter.rs` carries operations out, `evaluate.rs` expressions and conditions;
//! `scripts/rouge/translator.rb` writes them.

use std::collections::HashMap;
use std::rc::Rc;

use super::hooks::{self, Hook};
use super::languages::Lexer;
use super::regex::{Flags, Properties, Regex};
use super::token_class::TokenClass;
use super::tree::Tree;

/// A value of an instance variable, of a local one or of an expression.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Value {
    Nil,
    Bool(bool),
    Number(i64),
    Text(Rc<str>),
    Class(TokenClass),
    /// A lexer that reads, by its number in the interpreter.
    Instance(usize),
    /// A lexer to be made anew each time.
    Lexer(Lexer),
}

#[derive(Debug)]
pub(super) enum Operation {
    /// What was matched gets a class.
    Token(TokenClass),
    /// A text gets a class.
    TokenOf(Expression, Option<Expression>),
    /// Each group gets a class.
    Groups(Vec<TokenClass>),
    GroupsOf(Vec<Expression>),
    /// Puts a state on the stack, by its number.
    Push(usize),
    /// Puts the top of the stack on it once more.
    PushTop,
    /// Takes so many states off.
    Pop(usize),
    /// Takes one state off the stack of another lexer.
    PopOf(Target),
    /// Takes states off until the condition holds.
    PopUntil(Condition),
    /// A line begins with that white space: puts the state of the block on the stack, or `content`.
    Indentation(Expression, usize),
    /// What is indented more than this line is a block with a state.
    StartsBlock(usize),
    /// Replaces the top of the stack.
    GoTo(usize),
    ResetStack,
    If(Condition, Vec<Operation>, Vec<Operation>),
    /// What was matched, or a text, is read by a lexer.
    Delegate(Target, Option<Expression>),
    /// A lexer begins anew.
    Reset(Target),
    SetVariable(usize, Expression),
    SetLocal(usize, Expression),
    Return,
    Hook(Hook),
}

/// The lexer that an operation means.
#[derive(Debug)]
pub(super) enum Target {
    /// A new one.
    New(Option<Lexer>),
    Variable(usize),
    Itself,
    /// One that is made once and kept under a name.
    Kept(usize, Option<Lexer>),
    /// One that a hook has made.
    Made(usize),
}

#[derive(Debug)]
pub(super) enum Expression {
    Group(usize),
    Constant(Value),
    Variable(usize),
    Local(usize),
    NewLexer(Option<Lexer>),
    /// A lexer that is made once and kept under a name.
    Kept(Target),
    Downcase(Box<Expression>),
    Upcase(Box<Expression>),
    Strip(Box<Expression>),
    StripEnd(Box<Expression>),
    /// Without a text at its end.
    Chomp(Box<Expression>, Box<str>),
    /// The number that a text begins with, or 0.
    Number(Box<Expression>),
    /// In characters.
    Size(Box<Expression>),
    /// Of numbers, or one text behind the other.
    Add(Box<Expression>, Box<Expression>),
    Subtract(Box<Expression>, Box<Expression>),
    /// What stands before the first place of another text; all, if that is not in it.
    Before(Box<Expression>, Box<str>),
    /// What stands behind it, or nil.
    Behind(Box<Expression>, Box<str>),
    /// A text without some characters.
    Without(Box<Expression>, Box<str>),
    /// The value of a word, or that of all others.
    Map(HashMap<Box<str>, Value>, Box<Expression>, Value),
    Choose(Box<Condition>, Box<Expression>, Box<Expression>),
    StackSize,
    StateName,
}

#[derive(Debug)]
pub(super) enum Condition {
    /// Whether a text is in a set of the table.
    In(usize, Expression),
    Equal(Expression, Expression),
    Less(Expression, Expression),
    Matches(Regex, Expression),
    /// Whether a text stands somewhere in another.
    PartOf(Box<str>, Expression),
    /// Whether the state on top has a name.
    State(Box<str>),
    InState(Box<str>),
    /// Whether the state on top of another lexer's stack has a name.
    StateOf(Target, Box<str>),
    Not(Box<Condition>),
    And(Box<Condition>, Box<Condition>),
    Or(Box<Condition>, Box<Condition>),
    /// Neither nil nor false.
    True(Expression),
}

/// What the names in a table stand for, while it is read.
pub(super) struct Reading<'a> {
    pub(super) states: HashMap<&'a str, usize>,
    pub(super) properties: &'a Properties,
    pub(super) find: &'a dyn Fn(&str) -> Option<Lexer>,
    /// Names of instance variables, local variables and kept lexers.
    pub(super) names: Vec<String>,
}

impl Reading<'_> {
    pub(super) fn name(&mut self, name: &str) -> usize {
        self.names.iter().position(|known| known == name).unwrap_or_else(|| {
            self.names.push(name.to_owned());
            self.names.len() - 1
        })
    }

    /// The number of a state. One that is not there ends the reading of a text when it is needed, as in Rouge.
    fn state(&self, tree: &Tree) -> usize {
        self.states.get(tree.text_at(1)).copied().unwrap_or(usize::MAX)
    }

    pub(super) fn operations(&mut self, tree: &[Tree]) -> Option<Vec<Operation>> {
        tree.iter().map(|operation| self.operation(operation)).collect()
    }

    fn operation(&mut self, tree: &Tree) -> Option<Operation> {
        Some(match tree.text_at(0) {
            "token" => match (self.expression(tree.at(1)?)?, tree.at(2)) {
                (Expression::Constant(Value::Class(class)), None) => Operation::Token(class),
                (class, text) => Operation::TokenOf(class, self.optional(text)?),
            },
            "groups" => self.groups(tree.list().get(1..)?)?,
            "push" => Operation::Push(self.state(tree)),
            "push_top" => Operation::PushTop,
            "pop" => Operation::Pop(tree.at(1)?.number()),
            "pop_until" => Operation::PopUntil(self.condition(tree.at(1)?)?),
            "indentation" => {
                let content = self.states.get("content").copied().unwrap_or(usize::MAX);
                Operation::Indentation(self.expression(tree.at(1)?)?, content)
            }
            "starts_block" => Operation::StartsBlock(self.state(tree)),
            "pop_of" => Operation::PopOf(self.target(tree.at(1)?)?),
            "goto" => Operation::GoTo(self.state(tree)),
            "reset_stack" => Operation::ResetStack,
            "if" => Operation::If(
                self.condition(tree.at(1)?)?,
                self.operations(tree.list_at(2))?,
                self.operations(tree.list_at(3))?,
            ),
            "delegate" => Operation::Delegate(self.target(tree.at(1)?)?, self.optional(tree.at(2))?),
            "reset" => Operation::Reset(self.target(tree.at(1)?)?),
            "set" => Operation::SetVariable(self.name(tree.text_at(1)), self.expression(tree.at(2)?)?),
            "let" => Operation::SetLocal(self.name(tree.text_at(1)), self.expression(tree.at(2)?)?),
            "return" => Operation::Return,
            "hook" => Operation::Hook(hooks::find(tree.text_at(1))?),
            _ => return None,
        })
    }

    fn groups(&mut self, tree: &[Tree]) -> Option<Operation> {
        let expressions: Vec<Expression> = tree.iter().map(|tree| self.expression(tree)).collect::<Option<_>>()?;
        let classes = expressions.iter().map(|expression| match expression {
            Expression::Constant(Value::Class(class)) => Some(*class),
            _ => None,
        });
        Some(match classes.collect() {
            Some(classes) => Operation::Groups(classes),
            None => Operation::GroupsOf(expressions),
        })
    }

    fn optional(&mut self, tree: Option<&Tree>) -> Option<Option<Expression>> {
        tree.map_or(Some(None), |tree| self.expression(tree).map(Some))
    }

    fn target(&mut self, tree: &Tree) -> Option<Target> {
        Some(match tree.text_at(0) {
            "new" => Target::New((self.find)(tree.text_at(1))),
            "iv" => Target::Variable(self.name(tree.text_at(1))),
            "self" => Target::Itself,
            "kept" => Target::Kept(self.name(tree.text_at(1)), (self.find)(tree.text_at(2))),
            _ => return None,
        })
    }

    pub(super) fn expression(&mut self, tree: &Tree) -> Option<Expression> {
        Some(match tree.text_at(0) {
            "group" => Expression::Group(tree.at(1)?.number()),
            "iv" => Expression::Variable(self.name(tree.text_at(1))),
            "local" => Expression::Local(self.name(tree.text_at(1))),
            "new" => Expression::NewLexer((self.find)(tree.text_at(1))),
            "kept" => Expression::Kept(self.target(tree)?),
            "lexer" => Expression::Constant((self.find)(tree.text_at(1)).map_or(Value::Nil, Value::Lexer)),
            "without" => Expression::Without(self.boxed(tree, 1)?, tree.text_at(2).into()),
            "downcase" => Expression::Downcase(self.boxed(tree, 1)?),
            "upcase" => Expression::Upcase(self.boxed(tree, 1)?),
            "strip" => Expression::Strip(self.boxed(tree, 1)?),
            "rstrip" => Expression::StripEnd(self.boxed(tree, 1)?),
            "chomp" => Expression::Chomp(self.boxed(tree, 1)?, tree.text_at(2).into()),
            "number" => Expression::Number(self.boxed(tree, 1)?),
            "size" => Expression::Size(self.boxed(tree, 1)?),
            "add" => Expression::Add(self.boxed(tree, 1)?, self.boxed(tree, 2)?),
            "subtract" => Expression::Subtract(self.boxed(tree, 1)?, self.boxed(tree, 2)?),
            "before" => Expression::Before(self.boxed(tree, 1)?, tree.text_at(2).into()),
            "behind" => Expression::Behind(self.boxed(tree, 1)?, tree.text_at(2).into()),
            "map" => {
                let pairs = tree.list_at(1).iter();
                let map = pairs.map(|pair| Some((pair.text_at(0).into(), constant(pair.at(1)?)?)));
                let other = tree.at(3).map_or(Some(Value::Nil), constant)?;
                Expression::Map(map.collect::<Option<_>>()?, self.boxed(tree, 2)?, other)
            }
            "choose" => {
                Expression::Choose(Box::new(self.condition(tree.at(1)?)?), self.boxed(tree, 2)?, self.boxed(tree, 3)?)
            }
            "stack_size" => Expression::StackSize,
            "state_name" => Expression::StateName,
            _ => Expression::Constant(constant(tree)?),
        })
    }

    fn boxed(&mut self, tree: &Tree, index: usize) -> Option<Box<Expression>> {
        self.expression(tree.at(index)?).map(Box::new)
    }

    fn condition(&mut self, tree: &Tree) -> Option<Condition> {
        Some(match tree.text_at(0) {
            "in" => Condition::In(tree.at(1)?.number(), self.expression(tree.at(2)?)?),
            "equal" => Condition::Equal(self.expression(tree.at(1)?)?, self.expression(tree.at(2)?)?),
            "less" => Condition::Less(self.expression(tree.at(1)?)?, self.expression(tree.at(2)?)?),
            "match" => {
                let regex = Regex::new(tree.text_at(1), Flags::from_letters(tree.text_at(2)), self.properties)?;
                Condition::Matches(regex, self.expression(tree.at(3)?)?)
            }
            "part_of" => Condition::PartOf(tree.text_at(1).into(), self.expression(tree.at(2)?)?),
            "state" => Condition::State(tree.text_at(1).into()),
            "state_of" => Condition::StateOf(self.target(tree.at(1)?)?, tree.text_at(2).into()),
            "in_state" => Condition::InState(tree.text_at(1).into()),
            "not" => Condition::Not(self.boxed_condition(tree, 1)?),
            "and" => Condition::And(self.boxed_condition(tree, 1)?, self.boxed_condition(tree, 2)?),
            "or" => Condition::Or(self.boxed_condition(tree, 1)?, self.boxed_condition(tree, 2)?),
            "true" => Condition::True(self.expression(tree.at(1)?)?),
            _ => return None,
        })
    }

    fn boxed_condition(&mut self, tree: &Tree, index: usize) -> Option<Box<Condition>> {
        self.condition(tree.at(index)?).map(Box::new)
    }
}

fn constant(tree: &Tree) -> Option<Value> {
    Some(match tree.text_at(0) {
        "nil" => Value::Nil,
        "true" => Value::Bool(true),
        "false" => Value::Bool(false),
        "int" => Value::Number(i64::try_from(tree.at(1)?.number()).ok()?),
        "text" => Value::Text(tree.text_at(1).into()),
        "class" => Value::Class(TokenClass::find(tree.text_at(1))?),
        _ => return None,
    })
}
