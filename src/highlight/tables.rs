//! One lexer's table. In: a file of the build. Out: states with rules. Neighbours: `operations.rs` reads what rules do,
//! `interpreter.rs` runs a table; `scripts/rouge-tables.rb` writes the files.

use std::cell::OnceCell;
use std::collections::HashSet;
use std::rc::Rc;

use super::languages::Lexer;
use super::operations::{Expression, Operation, Reading};
use super::regex::{Flags, Properties, Regex};
use super::tree::Tree;

/// The first string of a table that this program can read.
pub(super) const FORMAT: &str = "apercu rouge table 1";
/// How many rules a state may have with those of the states that it includes.
const MAX_RULES: usize = 20_000;

/// A lexer's states, sets of words and variables.
#[derive(Debug)]
pub(super) struct Table {
    /// Values of instance variables of a new lexer.
    pub(super) variables: Vec<(usize, Expression)>,
    /// How many names of variables there are.
    pub(super) names: usize,
    /// What is done before a text is read.
    pub(super) start: Vec<Operation>,
    pub(super) sets: Vec<HashSet<Box<str>>>,
    definitions: Vec<Definition>,
    /// Expressions are compiled when their state is first used: a table has many that a text never needs.
    states: Vec<OnceCell<Rc<State>>>,
    root: usize,
    properties: Rc<Properties>,
}

/// A state as the table has it.
#[derive(Debug)]
struct Definition {
    name: Rc<str>,
    items: Vec<Item>,
}

#[derive(Debug)]
enum Item {
    Rule(Rc<Rule>),
    /// All rules of another state.
    Include(usize),
}

/// An expression and what is done when it matches.
#[derive(Debug)]
pub(super) struct Rule {
    source: Box<str>,
    flags: Flags,
    regex: OnceCell<Option<Regex>>,
    /// Whether it is only tried at the start of a line: its expression begins with `^`.
    pub(super) at_line_start: bool,
    pub(super) operations: Vec<Operation>,
}

impl Rule {
    pub(super) fn new(source: &str, flags: Flags, operations: Vec<Operation>) -> Self {
        let at_line_start = source.starts_with('^');
        Self { source: source.into(), flags, regex: OnceCell::new(), at_line_start, operations }
    }

    /// Nothing if the expression cannot be read, which no expression of a build is.
    pub(super) fn regex(&self) -> Option<&Regex> {
        self.regex.get().and_then(Option::as_ref)
    }

    fn compile(&self, properties: &Properties) -> bool {
        self.regex.get_or_init(|| Regex::new(&self.source, self.flags, properties)).is_some()
    }
}

/// A state with the rules of the states that it includes.
#[derive(Debug)]
pub(super) struct State {
    pub(super) name: Rc<str>,
    pub(super) rules: Vec<StateRule>,
    /// For each byte an index of `lists`.
    of_byte: [u8; 256],
    /// Which rules can match before a byte, in order.
    lists: Vec<Box<[u16]>>,
}

/// A rule of a state.
#[derive(Clone, Debug)]
pub(super) struct StateRule {
    pub(super) rule: Rc<Rule>,
    /// Where the rules go on that stand behind the included state of this one. Without, it is the state's own.
    pub(super) behind_included: Option<usize>,
}

impl State {
    pub(super) fn new(name: Rc<str>, rules: Vec<StateRule>, properties: &Properties) -> Self {
        let rules: Vec<StateRule> = rules.into_iter().filter(|rule| rule.rule.compile(properties)).collect();
        let mut lists: Vec<Box<[u16]>> = Vec::new();
        let mut of_byte = [0; 256];
        for (byte, place) in (0..=255u8).zip(&mut of_byte) {
            // All bytes behind ASCII have the same rules.
            if byte > 128 {
                *place = u8::try_from(lists.len()).unwrap_or(u8::MAX).saturating_sub(1);
                continue;
            }
            let can_match = |rule: &&StateRule| rule.rule.regex().is_some_and(|regex| regex.may_begin_with(byte));
            let numbered = (0u16..).zip(&rules);
            let list: Box<[u16]> = numbered.filter(|(_, rule)| can_match(rule)).map(|(number, _)| number).collect();
            let known = lists.iter().position(|known| *known == list && byte < 128).unwrap_or_else(|| {
                lists.push(list);
                lists.len() - 1
            });
            *place = u8::try_from(known).unwrap_or(u8::MAX);
        }
        Self { name, rules, of_byte, lists }
    }

    /// The numbers of the rules that can match before a byte.
    pub(super) fn rules_before(&self, byte: u8) -> &[u16] {
        let list = self.of_byte.get(usize::from(byte)).and_then(|&list| self.lists.get(usize::from(list)));
        list.map_or(&[], |list| list)
    }
}

impl Table {
    /// Nothing if it is no table, or has what this program does not know.
    pub(super) fn read(bytes: &[u8], properties: Rc<Properties>, find: &dyn Fn(&str) -> Option<Lexer>) -> Option<Self> {
        let tree = Tree::read(bytes)?;
        if tree.text_at(0) != FORMAT {
            return None;
        }
        let states = tree.list_at(5);
        let names = states.iter().enumerate().map(|(number, state)| (state.text_at(0), number)).collect();
        let mut reading = Reading { states: names, properties: &properties, find, names: Vec::new() };
        let mut variables = Vec::new();
        for variable in tree.list_at(2) {
            variables.push((reading.name(variable.text_at(0)), reading.expression(variable.at(1)?)?));
        }
        let start = reading.operations(tree.list_at(3))?;
        let sets = tree.list_at(4).iter().map(|words| words.text().split('\n').map(Box::from).collect()).collect();
        let mut definitions = Vec::with_capacity(states.len());
        for state in states {
            let items = state.list_at(1).iter().map(|item| item_of(item, &mut reading)).collect::<Option<_>>()?;
            definitions.push(Definition { name: state.text_at(0).into(), items });
        }
        let root = *reading.states.get("root")?;
        let names = reading.names.len();
        let states = definitions.iter().map(|_| OnceCell::new()).collect();
        Some(Self { variables, names, start, sets, definitions, states, root, properties })
    }

    pub(super) fn root(&self) -> Option<Rc<State>> {
        self.state(self.root)
    }

    pub(super) fn state(&self, number: usize) -> Option<Rc<State>> {
        let cell = self.states.get(number)?;
        if let Some(state) = cell.get() {
            return Some(state.clone());
        }
        let name = self.definitions.get(number)?.name.clone();
        let state = Rc::new(State::new(name, self.rules(number), &self.properties));
        Some(cell.get_or_init(|| state).clone())
    }

    pub(super) fn state_named(&self, name: &str) -> Option<Rc<State>> {
        self.state(self.definitions.iter().position(|definition| &*definition.name == name)?)
    }

    /// Whether every expression can be read.
    pub(super) fn is_whole(&self) -> bool {
        let mut items = self.definitions.iter().flat_map(|definition| &definition.items);
        items.all(|item| match item {
            Item::Rule(rule) => rule.compile(&self.properties),
            Item::Include(_) => true,
        })
    }

    /// A state that a hook makes.
    pub(super) fn make_state(&self, name: &str, rules: Vec<StateRule>) -> Rc<State> {
        Rc::new(State::new(name.into(), rules, &self.properties))
    }

    /// The rules of a state and of those that it includes.
    fn rules(&self, number: usize) -> Vec<StateRule> {
        let mut rules = Vec::new();
        self.add_rules(number, &mut rules, self.definitions.len());
        rules
    }

    fn add_rules(&self, number: usize, rules: &mut Vec<StateRule>, depth: usize) {
        for item in self.definitions.get(number).map_or(&[][..], |definition| &definition.items) {
            match item {
                _ if rules.len() >= MAX_RULES => return,
                Item::Rule(rule) => rules.push(StateRule { rule: rule.clone(), behind_included: None }),
                Item::Include(other) if depth > 0 => {
                    let first = rules.len();
                    self.add_rules(*other, rules, depth - 1);
                    let behind = rules.len();
                    for rule in rules.iter_mut().skip(first) {
                        rule.behind_included.get_or_insert(behind);
                    }
                }
                Item::Include(_) => {}
            }
        }
    }
}

fn item_of(tree: &Tree, reading: &mut Reading) -> Option<Item> {
    if let Tree::Text(name) = tree {
        // A state that Rouge cannot load itself is not in the table; one that does not exist has no rules.
        return Some(Item::Include(reading.states.get(name).copied().unwrap_or(usize::MAX)));
    }
    let operations = reading.operations(tree.list_at(2))?;
    Some(Item::Rule(Rc::new(Rule::new(tree.text_at(0), Flags::from_letters(tree.text_at(1)), operations))))
}
