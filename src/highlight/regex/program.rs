//! From an expression's tree to instructions. In: the tree. Out: a program for the matcher, and the bytes that a match
//! can begin with. Neighbours: `parser.rs` before, `matcher.rs` after.

use super::Regex;
use super::ascii_set::AsciiSet;
use super::class::Class;
use super::parser::Parsed;
use super::syntax_tree::{Assertion, Node, RepeatKind};

/// How many instructions an expression may have. Rouge's longest has about 12,000.
const MAX_INSTRUCTIONS: usize = 200_000;
/// How many lengths a lookbehind may have.
const MAX_LENGTHS: usize = 64;

/// One step of the matcher. A target is the index of an instruction.
#[derive(Debug)]
pub(super) enum Instruction {
    Byte(u8),
    Bytes(Box<[u8]>),
    Class(usize),
    /// A class several times over.
    ClassRepeat {
        class: usize,
        least: usize,
        most: usize,
        kind: RepeatKind,
    },
    /// Goes on at the first target; if that fails, at the second.
    Split(usize, usize),
    Jump(usize),
    /// Writes the place into a slot.
    Save(usize),
    /// Leaves out the next instruction, which would repeat, if nothing was matched since the slot was written.
    LeaveIfEmpty(usize),
    Assertion(Assertion),
    /// What follows, up to its end, must match or must not. Goes on at the target.
    Lookahead {
        negative: bool,
        target: usize,
    },
    /// The same, so many characters before.
    Lookbehind {
        negative: bool,
        lengths: Box<[usize]>,
        target: usize,
    },
    Atomic {
        target: usize,
    },
    BackReference {
        group: usize,
        ignore_case: bool,
    },
    /// A choice among many: the arms that the next byte allows.
    Choice(Box<Choice>),
    /// The end of the expression, or of a part that is matched for itself.
    End,
}

/// The arms of a choice by the next byte.
#[derive(Debug)]
pub(super) struct Choice {
    of_byte: [u8; 256],
    lists: Vec<Box<[usize]>>,
    at_end: Box<[usize]>,
}

impl Choice {
    /// The targets to try, in order.
    pub(super) fn arms(&self, byte: Option<u8>) -> &[usize] {
        let Some(byte) = byte else { return &self.at_end };
        let list = self.of_byte.get(usize::from(byte)).and_then(|&list| self.lists.get(usize::from(list)));
        list.map_or(&[], |list| list)
    }
}

/// The bytes that a match can begin with.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct FirstBytes {
    ascii: AsciiSet,
    /// Whether any other byte.
    wide: bool,
    /// Whether nothing may be matched, so that any byte can follow.
    empty: bool,
}

impl FirstBytes {
    #[inline(always)]
    pub(super) fn has(&self, byte: u8) -> bool {
        self.empty || if byte < 128 { self.ascii.has(byte) } else { self.wide }
    }

    fn of_byte(byte: u8) -> Self {
        Self { ascii: AsciiSet::of(|other| other == byte), wide: byte >= 128, empty: false }
    }

    fn any() -> Self {
        Self { ascii: AsciiSet::all(), wide: true, empty: true }
    }

    fn or(self, other: Self) -> Self {
        Self { ascii: self.ascii.or(other.ascii), wide: self.wide || other.wide, empty: self.empty || other.empty }
    }
}

pub(super) fn compile(parsed: Parsed, word: Class) -> Option<Regex> {
    let mut compiler = Compiler { program: Vec::new(), classes: &parsed.classes, slots: 2 * (parsed.groups + 1) };
    compiler.node(&parsed.node)?;
    compiler.push(Instruction::End)?;
    let first = compiler.first(&parsed.node);
    let Compiler { program, slots, .. } = compiler;
    Some(Regex { program, slots, first, classes: parsed.classes, word })
}

struct Compiler<'a> {
    program: Vec<Instruction>,
    classes: &'a [Class],
    slots: usize,
}

impl Compiler<'_> {
    /// The index of the next instruction.
    fn here(&self) -> usize {
        self.program.len()
    }

    fn push(&mut self, instruction: Instruction) -> Option<usize> {
        self.program.push(instruction);
        (self.program.len() < MAX_INSTRUCTIONS).then_some(self.program.len() - 1)
    }

    /// A place for an instruction whose target is not known yet.
    fn reserve(&mut self) -> Option<usize> {
        self.push(Instruction::End)
    }

    fn set(&mut self, index: usize, instruction: Instruction) {
        if let Some(place) = self.program.get_mut(index) {
            *place = instruction;
        }
    }

    fn node(&mut self, node: &Node) -> Option<()> {
        match node {
            Node::Char(c) => self.bytes(c.to_string())?,
            Node::Class(class) => drop(self.push(Instruction::Class(*class))?),
            Node::Sequence(nodes) => self.sequence(nodes)?,
            Node::Choice(arms) if arms.len() > 3 => self.wide_choice(arms)?,
            Node::Choice(arms) => self.choice(arms)?,
            Node::Group(number, node) => {
                self.push(Instruction::Save(2 * number))?;
                self.node(node)?;
                self.push(Instruction::Save(2 * number + 1))?;
            }
            Node::Repeat { node, least, most, kind } => self.repeat(node, *least, *most, *kind)?,
            Node::Assertion(assertion) => drop(self.push(Instruction::Assertion(*assertion))?),
            Node::Look { behind, negative, node } => {
                let start = self.part(node)?;
                let (negative, target) = (*negative, self.here());
                let instruction = if *behind {
                    let mut lengths = lengths(node)?;
                    lengths.sort_unstable();
                    lengths.dedup();
                    Instruction::Lookbehind { negative, lengths: lengths.into(), target }
                } else {
                    Instruction::Lookahead { negative, target }
                };
                self.set(start, instruction);
            }
            Node::Atomic(node) => {
                let start = self.part(node)?;
                let target = self.here();
                self.set(start, Instruction::Atomic { target });
            }
            Node::BackReference { group, ignore_case } => {
                self.push(Instruction::BackReference { group: *group, ignore_case: *ignore_case })?;
            }
        }
        Some(())
    }

    /// A part that is matched for itself, behind a place for the instruction that does.
    fn part(&mut self, node: &Node) -> Option<usize> {
        let start = self.reserve()?;
        self.node(node)?;
        self.push(Instruction::End)?;
        Some(start)
    }

    /// Neighbouring characters become one instruction.
    fn sequence(&mut self, nodes: &[Node]) -> Option<()> {
        let mut text = String::new();
        for node in nodes {
            if let Node::Char(c) = node {
                text.push(*c);
                continue;
            }
            self.bytes(std::mem::take(&mut text))?;
            self.node(node)?;
        }
        self.bytes(text)
    }

    fn bytes(&mut self, text: String) -> Option<()> {
        match text.as_bytes() {
            [] => {}
            [byte] => drop(self.push(Instruction::Byte(*byte))?),
            bytes => drop(self.push(Instruction::Bytes(bytes.into()))?),
        }
        Some(())
    }

    fn choice(&mut self, arms: &[Node]) -> Option<()> {
        let mut jumps = Vec::new();
        for (number, arm) in arms.iter().enumerate() {
            if number + 1 == arms.len() {
                self.node(arm)?;
                continue;
            }
            let split = self.reserve()?;
            self.node(arm)?;
            jumps.push(self.reserve()?);
            let next = self.here();
            self.set(split, Instruction::Split(split + 1, next));
        }
        let end = self.here();
        for jump in jumps {
            self.set(jump, Instruction::Jump(end));
        }
        Some(())
    }

    fn wide_choice(&mut self, arms: &[Node]) -> Option<()> {
        let start = self.reserve()?;
        let mut targets = Vec::new();
        let mut jumps = Vec::new();
        for arm in arms {
            targets.push((self.here(), self.first(arm)));
            self.node(arm)?;
            jumps.push(self.reserve()?);
        }
        let end = self.here();
        for jump in jumps {
            self.set(jump, Instruction::Jump(end));
        }
        let list = |allowed: &dyn Fn(&FirstBytes) -> bool| -> Box<[usize]> {
            targets.iter().filter(|(_, first)| allowed(first)).map(|(target, _)| *target).collect()
        };
        let mut lists: Vec<Box<[usize]>> = Vec::new();
        let mut of_byte = [0; 256];
        for (byte, place) in (0..=255u8).zip(&mut of_byte) {
            let wanted = list(&|first| first.has(byte));
            let known = lists.iter().position(|list| *list == wanted).unwrap_or_else(|| {
                lists.push(wanted);
                lists.len() - 1
            });
            // There are at most 129 lists: one for each ASCII byte and one for all others.
            *place = u8::try_from(known).unwrap_or(u8::MAX);
        }
        let at_end = list(&|first| first.empty);
        self.set(start, Instruction::Choice(Box::new(Choice { of_byte, lists, at_end })));
        Some(())
    }

    fn repeat(&mut self, node: &Node, least: usize, most: Option<usize>, kind: RepeatKind) -> Option<()> {
        if let Node::Class(class) = node {
            let most = most.unwrap_or(usize::MAX);
            self.push(Instruction::ClassRepeat { class: *class, least, most, kind })?;
            return Some(());
        }
        if kind == RepeatKind::Possessive {
            let start = self.reserve()?;
            self.repeat(node, least, most, RepeatKind::Greedy)?;
            self.push(Instruction::End)?;
            let target = self.here();
            self.set(start, Instruction::Atomic { target });
            return Some(());
        }
        for _ in 0..least {
            self.node(node)?;
        }
        let split = |inside, behind| match kind {
            RepeatKind::Lazy => Instruction::Split(behind, inside),
            _ => Instruction::Split(inside, behind),
        };
        if let Some(most) = most {
            let mut splits = Vec::new();
            for _ in least..most {
                splits.push(self.reserve()?);
                self.node(node)?;
            }
            let end = self.here();
            for place in splits {
                self.set(place, split(place + 1, end));
            }
            return Some(());
        }
        let start = self.reserve()?;
        let may_be_empty = self.first(node).empty;
        let slot = self.slots;
        if may_be_empty {
            self.slots += 1;
            self.push(Instruction::Save(slot))?;
        }
        self.node(node)?;
        if may_be_empty {
            self.push(Instruction::LeaveIfEmpty(slot))?;
        }
        self.push(Instruction::Jump(start))?;
        let end = self.here();
        self.set(start, split(start + 1, end));
        Some(())
    }

    fn first(&self, node: &Node) -> FirstBytes {
        let empty = FirstBytes { empty: true, ..FirstBytes::default() };
        match node {
            Node::Assertion(_) | Node::Look { .. } => empty,
            Node::Char(c) => FirstBytes::of_byte(c.to_string().as_bytes().first().copied().unwrap_or(0)),
            Node::Class(class) => self.classes.get(*class).map_or_else(FirstBytes::any, |class| {
                let ascii = class.ascii();
                FirstBytes { ascii, wide: !class.is_ascii(), empty: false }
            }),
            Node::Sequence(nodes) => {
                let mut all = empty;
                for node in nodes {
                    if !all.empty {
                        break;
                    }
                    all.empty = false;
                    all = all.or(self.first(node));
                }
                all
            }
            Node::Choice(arms) => arms.iter().fold(FirstBytes::default(), |all, arm| all.or(self.first(arm))),
            Node::Group(_, node) | Node::Atomic(node) => self.first(node),
            Node::Repeat { most: Some(0), .. } => empty,
            Node::Repeat { node, least, .. } => {
                let first = self.first(node);
                FirstBytes { empty: first.empty || *least == 0, ..first }
            }
            Node::BackReference { .. } => FirstBytes::any(),
        }
    }
}

/// How many characters a part of a lookbehind can have. Ruby allows no repeats there but those of one length.
fn lengths(node: &Node) -> Option<Vec<usize>> {
    Some(match node {
        Node::Assertion(_) | Node::Look { .. } => vec![0],
        Node::Char(_) | Node::Class(_) => vec![1],
        Node::Sequence(nodes) => {
            let mut sums = vec![0];
            for node in nodes {
                let more = lengths(node)?;
                sums = sums.iter().flat_map(|sum| more.iter().map(move |length| sum + length)).collect();
                sums.sort_unstable();
                sums.dedup();
                if sums.len() > MAX_LENGTHS {
                    return None;
                }
            }
            sums
        }
        Node::Choice(arms) => {
            let mut all = Vec::new();
            for arm in arms {
                all.extend(lengths(arm)?);
            }
            all
        }
        Node::Group(_, node) | Node::Atomic(node) => lengths(node)?,
        Node::Repeat { node, least, most, .. } if *most == Some(*least) => {
            lengths(node)?.into_iter().map(|length| length.saturating_mul(*least)).collect()
        }
        Node::Repeat { .. } | Node::BackReference { .. } => return None,
    })
}
