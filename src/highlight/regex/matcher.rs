//! Runs an expression over text by trying and going back. In: the program, the text. Out: where the match ends, and the
//! groups. Neighbours: `program.rs` makes the program; `../interpreter.rs` gives the steps that are allowed.

use super::Regex;
use super::class::{Class, other_cases};
use super::program::Instruction;
use super::syntax_tree::{Assertion, RepeatKind};

/// A slot that nothing was written into.
const UNSET: usize = usize::MAX;

/// A state to go back to.
#[derive(Clone, Copy, Debug)]
enum Frame {
    /// Go on at an instruction and a place.
    At { next: usize, place: usize },
    /// A greedy repeat of a class may give back characters down to a place.
    Fewer { next: usize, place: usize, down_to: usize },
    /// A lazy repeat of a class may take so many more characters.
    More { repeat: usize, place: usize, left: usize },
    /// A slot had another value.
    Slot { slot: usize, value: usize },
}

/// What matching needs, kept from one expression to the next: the groups of the last match, and the budget.
#[derive(Debug, Default)]
pub(in crate::highlight) struct Matcher {
    frames: Vec<Frame>,
    slots: Vec<usize>,
    steps_left: u64,
}

impl Matcher {
    /// Allows so many steps from now on. A step is one character or one state to go back to.
    pub(in crate::highlight) fn allow(&mut self, steps: u64) {
        self.steps_left = steps;
    }

    /// Whether the steps are used up. Then nothing matches any more.
    pub(in crate::highlight) fn is_exhausted(&self) -> bool {
        self.steps_left == 0
    }

    /// The start and end in bytes of a group of the last match. Group 0 is the whole.
    pub(in crate::highlight) fn group(&self, number: usize) -> Option<(usize, usize)> {
        let (start, end) = (*self.slots.get(2 * number)?, *self.slots.get(2 * number + 1)?);
        (start != UNSET && end != UNSET).then_some((start, end))
    }

    /// All groups of the last match, for later, into a list.
    pub(in crate::highlight) fn copy_groups(&self, groups: &mut Vec<Option<(usize, usize)>>) {
        groups.clear();
        groups.extend((0..self.slots.len() / 2).map(|number| self.group(number)));
    }

    /// Matches at the start of the text: how many bytes.
    pub(in crate::highlight) fn match_start(&mut self, regex: &Regex, text: &str) -> Option<usize> {
        self.match_at(regex, text, 0)
    }

    /// Whether the expression matches anywhere in the text.
    pub(in crate::highlight) fn finds(&mut self, regex: &Regex, text: &str) -> bool {
        (0..=text.len()).any(|place| text.is_char_boundary(place) && self.match_at(regex, text, place).is_some())
    }

    fn match_at(&mut self, regex: &Regex, text: &str, place: usize) -> Option<usize> {
        self.frames.clear();
        self.slots.clear();
        self.slots.resize(regex.slots, UNSET);
        let end = Run { regex, text, matcher: self }.run(0, place, None)?;
        if let [start, stop, ..] = self.slots.as_mut_slice() {
            (*start, *stop) = (place, end);
        }
        Some(end)
    }

    /// Takes steps; false if none are left.
    #[inline(always)]
    pub(in crate::highlight) fn step(&mut self, count: usize) -> bool {
        self.steps_left = self.steps_left.saturating_sub(count as u64);
        self.steps_left > 0
    }

    fn write(&mut self, slot: usize, value: usize) {
        if let Some(place) = self.slots.get_mut(slot) {
            self.frames.push(Frame::Slot { slot, value: *place });
            *place = value;
        }
    }

    fn restore(&mut self, slot: usize, value: usize) {
        if let Some(place) = self.slots.get_mut(slot) {
            *place = value;
        }
    }

    /// Forgets the states behind a mark, and what was written into slots since.
    fn undo(&mut self, mark: usize) {
        while self.frames.len() > mark {
            if let Some(Frame::Slot { slot, value }) = self.frames.pop() {
                self.restore(slot, value);
            }
        }
    }

    /// Forgets the states behind a mark but not the values that slots had, so that a later `undo` restores them.
    fn commit(&mut self, mark: usize) {
        let mut kept = mark;
        for read in mark..self.frames.len() {
            if matches!(self.frames.get(read), Some(Frame::Slot { .. })) {
                self.frames.swap(kept, read);
                kept += 1;
            }
        }
        self.frames.truncate(kept);
    }
}

/// One expression over one text.
struct Run<'a> {
    regex: &'a Regex,
    text: &'a str,
    matcher: &'a mut Matcher,
}

/// How the matcher goes on after an instruction.
enum Next {
    /// At an instruction and a place.
    Go(usize, usize),
    /// The end was reached.
    Done,
    /// Back to the last state that was kept.
    Back,
}

impl Run<'_> {
    /// From an instruction to the end of its part: the place where the match ends, which may be asked for.
    fn run(&mut self, start: usize, place: usize, wanted: Option<usize>) -> Option<usize> {
        let base = self.matcher.frames.len();
        let (mut next, mut place) = (start, place);
        loop {
            match self.instruction(next, place) {
                Next::Go(target, to) => (next, place) = (target, to),
                Next::Done if wanted.is_none_or(|wanted| wanted == place) => return Some(place),
                Next::Done | Next::Back => (next, place) = self.back(base)?,
            }
        }
    }

    #[inline(always)]
    fn instruction(&mut self, next: usize, place: usize) -> Next {
        let Some(instruction) = self.regex.program.get(next) else { return Next::Back };
        let bytes = self.text.as_bytes();
        match instruction {
            Instruction::Byte(byte) if bytes.get(place) == Some(byte) => Next::Go(next + 1, place + 1),
            Instruction::Bytes(wanted) if bytes.get(place..).is_some_and(|rest| rest.starts_with(wanted)) => {
                Next::Go(next + 1, place + wanted.len())
            }
            Instruction::Byte(_) | Instruction::Bytes(_) => Next::Back,
            Instruction::Class(class) => match self.one(*class, place) {
                Some(length) => Next::Go(next + 1, place + length),
                None => Next::Back,
            },
            Instruction::ClassRepeat { class, least, most, kind } => {
                self.repeat(next, place, *class, (*least, *most), *kind)
            }
            Instruction::Split(first, second) => {
                self.matcher.frames.push(Frame::At { next: *second, place });
                Next::Go(*first, place)
            }
            Instruction::Jump(target) => Next::Go(*target, place),
            Instruction::Save(slot) => {
                self.matcher.write(*slot, place);
                Next::Go(next + 1, place)
            }
            Instruction::LeaveIfEmpty(slot) => {
                let empty = self.matcher.slots.get(*slot) == Some(&place);
                Next::Go(next + 1 + usize::from(empty), place)
            }
            Instruction::Assertion(assertion) if self.holds(*assertion, place) => Next::Go(next + 1, place),
            Instruction::Assertion(_) => Next::Back,
            Instruction::Choice(choice) => {
                let arms = choice.arms(bytes.get(place).copied());
                let Some((first, others)) = arms.split_first() else { return Next::Back };
                for &arm in others.iter().rev() {
                    self.matcher.frames.push(Frame::At { next: arm, place });
                }
                Next::Go(*first, place)
            }
            Instruction::End => Next::Done,
            part => self.part(part, next, place),
        }
    }

    /// An instruction with a part that is matched for itself, or a back-reference.
    fn part(&mut self, instruction: &Instruction, next: usize, place: usize) -> Next {
        let mark = self.matcher.frames.len();
        match instruction {
            Instruction::Lookahead { negative, target } => {
                let found = self.run(next + 1, place, None).is_some();
                if found && !negative {
                    self.matcher.commit(mark);
                } else {
                    self.matcher.undo(mark);
                }
                if found != *negative { Next::Go(*target, place) } else { Next::Back }
            }
            Instruction::Lookbehind { negative, lengths, target } => {
                let mut found = false;
                for &length in lengths {
                    let start = self.before(place, length);
                    found = start.is_some_and(|start| self.run(next + 1, start, Some(place)).is_some());
                    self.matcher.undo(mark);
                    if found {
                        break;
                    }
                }
                if found != *negative { Next::Go(*target, place) } else { Next::Back }
            }
            Instruction::Atomic { target } => match self.run(next + 1, place, None) {
                Some(end) => {
                    self.matcher.commit(mark);
                    Next::Go(*target, end)
                }
                None => Next::Back,
            },
            Instruction::BackReference { group, ignore_case } => {
                let wanted = self.matcher.group(*group).and_then(|(start, end)| self.text.get(start..end));
                let rest = self.text.get(place..).unwrap_or("");
                match wanted.and_then(|wanted| same_start(rest, wanted, *ignore_case)) {
                    Some(length) if self.matcher.step(length) => Next::Go(next + 1, place + length),
                    _ => Next::Back,
                }
            }
            _ => Next::Back,
        }
    }

    /// A class as often as it may match, or as often as it must.
    fn repeat(
        &mut self,
        next: usize,
        place: usize,
        class: usize,
        (least, most): (usize, usize),
        kind: RepeatKind,
    ) -> Next {
        let mut place = place;
        let start = place;
        let mut count = 0;
        while count < least {
            let Some(length) = self.one(class, place) else { return Next::Back };
            place += length;
            count += 1;
        }
        if kind == RepeatKind::Lazy {
            if count < most {
                self.matcher.frames.push(Frame::More { repeat: next, place, left: most - count });
            }
            return Next::Go(next + 1, place);
        }
        let down_to = place;
        while count < most
            && let Some(length) = self.one(class, place)
        {
            place += length;
            count += 1;
        }
        if !self.matcher.step(place - start) {
            return Next::Back;
        }
        if kind == RepeatKind::Greedy && place > down_to {
            self.matcher.frames.push(Frame::Fewer { next: next + 1, place, down_to });
        }
        Next::Go(next + 1, place)
    }

    /// The last state that was kept since the part began.
    fn back(&mut self, base: usize) -> Option<(usize, usize)> {
        while self.matcher.frames.len() > base {
            let frame = self.matcher.frames.pop()?;
            if !self.matcher.step(1) {
                return None;
            }
            match frame {
                Frame::Slot { slot, value } => self.matcher.restore(slot, value),
                Frame::At { next, place } => return Some((next, place)),
                Frame::Fewer { next, place, down_to } => {
                    let place = self.before(place, 1)?;
                    if place > down_to {
                        self.matcher.frames.push(Frame::Fewer { next, place, down_to });
                    }
                    return Some((next, place));
                }
                Frame::More { repeat, place, left } => {
                    let Some(Instruction::ClassRepeat { class, .. }) = self.regex.program.get(repeat) else { continue };
                    let Some(length) = self.one(*class, place) else { continue };
                    if left > 1 {
                        self.matcher.frames.push(Frame::More { repeat, place: place + length, left: left - 1 });
                    }
                    return Some((repeat + 1, place + length));
                }
            }
        }
        None
    }

    /// The length of the character at a place if a class has it.
    #[inline(always)]
    fn one(&self, class: usize, place: usize) -> Option<usize> {
        let class: &Class = self.regex.classes.get(class)?;
        let byte = *self.text.as_bytes().get(place)?;
        if byte < 128 {
            return class.has_ascii(byte).then_some(1);
        }
        let c = self.text.get(place..)?.chars().next()?;
        class.has_wide(c).then(|| c.len_utf8())
    }

    /// The place so many characters before.
    fn before(&self, place: usize, count: usize) -> Option<usize> {
        let mut place = place;
        for _ in 0..count {
            place = place.checked_sub(1)?;
            while !self.text.is_char_boundary(place) {
                place = place.checked_sub(1)?;
            }
        }
        Some(place)
    }

    fn holds(&self, assertion: Assertion, place: usize) -> bool {
        let bytes = self.text.as_bytes();
        let line_feed_before = || place.checked_sub(1).and_then(|before| bytes.get(before)) == Some(&b'\n');
        match assertion {
            Assertion::LineStart => place == 0 || line_feed_before(),
            Assertion::LineEnd => matches!(bytes.get(place), None | Some(b'\n')),
            Assertion::TextStart => place == 0,
            Assertion::TextEnd => place >= bytes.len(),
            Assertion::LastLineEnd => matches!(bytes.get(place..), None | Some([] | [b'\n'])),
            Assertion::WordBoundary => self.at_boundary(place),
            Assertion::NoWordBoundary => !self.at_boundary(place),
        }
    }

    fn at_boundary(&self, place: usize) -> bool {
        let word = |start: usize| {
            self.text.get(start..).and_then(|rest| rest.chars().next()).is_some_and(|c| self.regex.word.has(c))
        };
        self.before(place, 1).is_some_and(word) != word(place)
    }
}

/// The length of the start of a text that is the same as another, maybe but for case.
fn same_start(text: &str, wanted: &str, ignore_case: bool) -> Option<usize> {
    if text.starts_with(wanted) {
        return Some(wanted.len());
    }
    if !ignore_case {
        return None;
    }
    let mut rest = text.chars();
    for b in wanted.chars() {
        let a = rest.next()?;
        if a != b && !other_cases(a).any(|other| other == b) {
            return None;
        }
    }
    Some(text.len() - rest.as_str().len())
}
