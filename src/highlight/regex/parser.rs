//! Reads an expression. In: its source and flags. Out: a tree and its classes, or nothing.
//! Neighbours: `bracket.rs` reads what stands in brackets, `program.rs` takes the result.

use super::char_set::CharSet;
use super::class::{Class, Folded, other_cases};
use super::properties::Properties;
use super::syntax_tree::{Assertion, Node, RepeatKind};
use super::{Flags, escape};

/// How deep groups and classes may nest.
pub(super) const MAX_DEPTH: usize = 100;

/// An expression as it was read.
pub(super) struct Parsed {
    pub(super) node: Node,
    pub(super) classes: Vec<Class>,
    /// How many groups capture.
    pub(super) groups: usize,
}

/// Nothing if the expression is not complete or has what this reader does not know.
pub(super) fn parse(source: &str, flags: Flags, properties: &Properties) -> Option<Parsed> {
    let mut parser =
        Parser { source: source.chars().collect(), at: 0, groups: 0, depth: 0, classes: Vec::new(), properties };
    let node = parser.choice(flags)?;
    (parser.at == parser.source.len()).then_some(Parsed { node, classes: parser.classes, groups: parser.groups })
}

pub(super) struct Parser<'a> {
    source: Vec<char>,
    at: usize,
    groups: usize,
    pub(super) depth: usize,
    classes: Vec<Class>,
    pub(super) properties: &'a Properties,
}

impl Parser<'_> {
    pub(super) fn peek(&self) -> Option<char> {
        self.peek_at(0)
    }

    pub(super) fn peek_at(&self, ahead: usize) -> Option<char> {
        self.source.get(self.at + ahead).copied()
    }

    pub(super) fn next(&mut self) -> Option<char> {
        let c = self.peek()?;
        self.at += 1;
        Some(c)
    }

    /// Takes a piece of the source if it is next.
    pub(super) fn take(&mut self, piece: &str) -> bool {
        let here = piece.chars().enumerate().all(|(ahead, c)| self.peek_at(ahead) == Some(c));
        if here {
            self.at += piece.chars().count();
        }
        here
    }

    /// Takes characters while they hold.
    pub(super) fn take_while(&mut self, most: usize, holds: impl Fn(char) -> bool) -> String {
        let mut taken = String::new();
        while taken.chars().count() < most
            && let Some(c) = self.peek().filter(|&c| holds(c))
        {
            taken.push(c);
            self.at += 1;
        }
        taken
    }

    fn choice(&mut self, flags: Flags) -> Option<Node> {
        let mut arms = vec![self.sequence(flags)?];
        while self.take("|") {
            arms.push(self.sequence(flags)?);
        }
        if arms.len() == 1 { arms.pop() } else { Some(Node::Choice(arms)) }
    }

    fn sequence(&mut self, flags: Flags) -> Option<Node> {
        let mut nodes = Vec::new();
        while let Some(c) = self.peek().filter(|c| !matches!(c, '|' | ')')) {
            if flags.extended && self.skip_extended(c) {
                continue;
            }
            if self.take("(?#") {
                self.take_while(usize::MAX, |c| c != ')');
                self.next()?;
                continue;
            }
            let atom = self.atom(flags)?;
            nodes.push(self.quantified(atom, flags)?);
        }
        if nodes.len() == 1 { nodes.pop() } else { Some(Node::Sequence(nodes)) }
    }

    /// White space and comments of an extended expression.
    fn skip_extended(&mut self, c: char) -> bool {
        if c == '#' {
            self.take_while(usize::MAX, |c| c != '\n');
        } else if c.is_ascii_whitespace() {
            self.at += 1;
        } else {
            return false;
        }
        true
    }

    fn quantified(&mut self, mut node: Node, flags: Flags) -> Option<Node> {
        loop {
            if flags.extended {
                self.skip_spaces_before_quantifier();
            }
            let start = self.at;
            let (least, most, braces) = match self.peek() {
                Some('*') => (0, None, false),
                Some('+') => (1, None, false),
                Some('?') => (0, Some(1), false),
                Some('{') => match self.braces() {
                    Some((least, most)) => (least, most, true),
                    None => {
                        self.at = start;
                        return Some(node);
                    }
                },
                _ => return Some(node),
            };
            if !braces {
                self.at += 1;
            }
            // `{2}?` is no lazy repeat but an optional one, and a plus after braces repeats once more.
            let kind = if !(braces && most == Some(least)) && self.take("?") {
                RepeatKind::Lazy
            } else if !braces && self.take("+") {
                RepeatKind::Possessive
            } else {
                RepeatKind::Greedy
            };
            node = Node::Repeat { node: Box::new(node), least, most, kind };
        }
    }

    fn skip_spaces_before_quantifier(&mut self) {
        let start = self.at;
        while self.peek().is_some_and(|c| self.skip_extended(c)) {}
        if !matches!(self.peek(), Some('*' | '+' | '?' | '{')) {
            self.at = start;
        }
    }

    /// `{2}`, `{2,}`, `{,3}`, `{2,3}`; anything else are plain characters.
    fn braces(&mut self) -> Option<(usize, Option<usize>)> {
        self.next()?;
        let least = self.number();
        let (least, most) = if self.take(",") {
            let most = self.number();
            least.or(most)?;
            (least.unwrap_or(0), most)
        } else {
            (least?, least)
        };
        self.take("}").then_some((least, most))
    }

    fn number(&mut self) -> Option<usize> {
        self.take_while(6, |c| c.is_ascii_digit()).parse().ok()
    }

    /// Adds a class whose case counts or not.
    fn class(&mut self, set: CharSet, folded: Option<Folded>) -> Node {
        self.classes.push(Class::new(set, folded));
        Node::Class(self.classes.len() - 1)
    }

    fn atom(&mut self, flags: Flags) -> Option<Node> {
        Some(match self.next()? {
            '.' if flags.multi_line => self.class(CharSet::all(), None),
            '.' => self.class(CharSet::of('\n', '\n').complement(), None),
            '^' => Node::Assertion(Assertion::LineStart),
            '$' => Node::Assertion(Assertion::LineEnd),
            '[' => {
                let bracket = self.bracket()?;
                if let Some(c) = bracket.only_char() {
                    self.char(c, flags)
                } else if flags.ignore_case {
                    let folded = Folded { written: bracket.written, negated: bracket.negated };
                    self.class(bracket.set, Some(folded))
                } else {
                    self.class(bracket.resolved(), None)
                }
            }
            '(' => self.group(flags)?,
            '\\' => self.escaped(flags)?,
            '*' | '+' | '?' => return None,
            c => self.char(c, flags),
        })
    }

    fn char(&mut self, c: char, flags: Flags) -> Node {
        if !flags.ignore_case || !c.is_alphabetic() {
            return Node::Char(c);
        }
        let mut set = CharSet::of(c, c);
        for other in other_cases(c) {
            set.add(&CharSet::of(other, other));
        }
        self.class(set.clone(), Some(Folded { written: set, negated: false }))
    }

    fn group(&mut self, flags: Flags) -> Option<Node> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return None;
        }
        let node = if !self.take("?") {
            self.groups += 1;
            let number = self.groups;
            Node::Group(number, Box::new(self.inner(flags)?))
        } else if self.take(":") {
            self.inner(flags)?
        } else if self.take(">") {
            Node::Atomic(Box::new(self.inner(flags)?))
        } else if let Some((behind, negative)) = self.look() {
            Node::Look { behind, negative, node: Box::new(self.inner(flags)?) }
        } else {
            let (flags, closed) = self.flags(flags)?;
            if !closed {
                self.inner(flags)?
            } else {
                // The flags hold to the end of the group around them, over the bars, too.
                self.choice(flags)?
            }
        };
        self.depth -= 1;
        Some(node)
    }

    /// What stands in a group, and its end.
    fn inner(&mut self, flags: Flags) -> Option<Node> {
        let node = self.choice(flags)?;
        self.take(")").then_some(node)
    }

    fn look(&mut self) -> Option<(bool, bool)> {
        [("=", (false, false)), ("!", (false, true)), ("<=", (true, false)), ("<!", (true, true))]
            .into_iter()
            .find_map(|(piece, look)| self.take(piece).then_some(look))
    }

    /// `i-mx:` or `i)`: the flags, and whether the group has ended.
    fn flags(&mut self, mut flags: Flags) -> Option<(Flags, bool)> {
        let mut on = true;
        loop {
            match self.next()? {
                '-' => on = false,
                'i' => flags.ignore_case = on,
                'x' => flags.extended = on,
                'm' => flags.multi_line = on,
                ':' => return Some((flags, false)),
                ')' => return Some((flags, true)),
                _ => return None,
            }
        }
    }

    fn escaped(&mut self, flags: Flags) -> Option<Node> {
        let c = self.peek()?;
        let assertion = match c {
            'A' | 'G' => Some(Assertion::TextStart),
            'z' => Some(Assertion::TextEnd),
            'Z' => Some(Assertion::LastLineEnd),
            'b' => Some(Assertion::WordBoundary),
            'B' => Some(Assertion::NoWordBoundary),
            _ => None,
        };
        if let Some(assertion) = assertion {
            self.at += 1;
            return Some(Node::Assertion(assertion));
        }
        if let Some(group) = c.to_digit(10).filter(|&digit| digit > 0) {
            self.at += 1;
            return Some(Node::BackReference { group: group as usize, ignore_case: flags.ignore_case });
        }
        Some(match self.escape()? {
            escape::Escape::Char(c) => self.char(c, flags),
            escape::Escape::Type(set) => self.class(set, None),
            escape::Escape::Property { set, negated } if flags.ignore_case => {
                let folded = Folded { written: CharSet::default(), negated };
                self.class(set, Some(folded))
            }
            escape::Escape::Property { set, negated } => {
                let set = if negated { set.complement() } else { set };
                self.class(set, None)
            }
        })
    }
}
