//! Front matters at random: what YAML's grammar allows, and what comes of it by small mistakes. In: a seed. Out: texts.
//! Neighbours: `tests/post_yaml.rs` has Jekyll's own reader read them, too.

/// Numbers at random (SplitMix64), the same for the same seed.
pub struct Random(u64);

impl Random {
    /// From a seed.
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// A number below `end`.
    pub fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((z ^ (z >> 31)) % end.max(1) as u64) as usize
    }

    /// Whether it happens, once in `times`.
    pub fn once_in(&mut self, times: usize) -> bool {
        self.below(times) == 0
    }

    fn of<'a>(&mut self, choices: &[&'a str]) -> &'a str {
        choices[self.below(choices.len())]
    }
}

const WORDS: &[&str] = &[
    "a",
    "b",
    "title",
    "date",
    "tags",
    "un été",
    "x y",
    "a-b",
    "a b-c",
    "it's",
    "say \"x\"",
    "c#",
    "#c",
    "a #c",
    "x:y",
    ":y",
    "-c",
    "?x",
    "x?",
    "http://e.org/a?b=c#d",
    "<<",
    "~",
    "null",
    "Null",
    "yes",
    "No",
    "on",
    "OFF",
    "true",
    "False",
    "y",
    "12",
    "-3",
    "+4",
    "0",
    "007",
    "08",
    "0x1F",
    "0b11",
    "1_000",
    "1,000",
    "_1",
    "1.5",
    "-.5",
    ".5",
    "1.",
    "1e3",
    "1.5e+3",
    "1.5e3",
    "1__0.5",
    "._",
    ".inf",
    "-.INF",
    ".nan",
    "12:30",
    "1:30:00",
    "1_:30.5",
    "12:30.",
    "-12:30",
    "2020-01-02",
    "2020-1-2",
    "2020-02-30",
    "2020-01-02 03:04:05",
    "2020-01-02T03:04:05Z",
    "2020-01-02 03:04:05 +0100",
    "2020-01-02 03:04:05.25 -3",
    "日本",
    "\u{1F600}",
    "\u{A0}x",
    "x\u{A0}",
    "@a",
    "`a`",
    "%a",
    "a%",
    "&a",
    "*a",
    "!a",
    "|",
    ">",
    "a|b",
    "- a",
    "a - b",
    "? a",
    "a ? b",
    "{{ a }}",
    "{% a %}",
    "[",
    "]",
    "{",
    "}",
    ",",
    "a,b",
    "a, b",
    "=",
    "...",
    "---",
    "--- a",
    "\\",
    "\\n",
    "\\x41",
    "\\u00e9",
    "\\U0001F600",
    "\\ud800",
    "\\N",
    "\\_",
    "\\L",
    "\\/",
    "\\\"",
    "\\'",
    "\\q",
    "''",
    "\"\"",
    "'",
    "\"",
    "\t",
    "a\tb",
    "\u{FEFF}",
    "",
];

/// What is read as it stands, wherever it stands.
const PLAIN: &[&str] = &[
    "a",
    "b",
    "c d",
    "12",
    "e-f",
    "yes",
    "un été",
    "it's",
    "x#y",
    "2020-01-02",
    "1.5",
    "-3",
    "~",
    "on",
    "12:30",
    "日本",
];

const MARKS: &[&str] = &[
    "\n", "\n", "\n", "\r\n", "\r", "\u{85}", "\u{2028}", "\u{2029}", " ", "  ", "\t", ":", ": ", " :", "-", "- ", "?",
    "? ", ",", "[", "]", "{", "}", "#", " #", "&a", "&a ", "*a", "*a ", "!", "!a ", "!!str ", "|", ">", "'", "\"", "%",
    "@", "`", "\\", "\\\n", "<<: ", "---", "---\n", "...\n", "\n---\n", "\u{FEFF}", "a", "é", "\u{7}",
];

/// One text being made.
struct Maker<'r> {
    random: &'r mut Random,
    out: String,
    line_end: &'static str,
    /// How much may yet be written.
    left: usize,
    /// Whether anything may stand anywhere.
    wild: bool,
}

/// A text as Jekyll hands it to its YAML reader, from the dashes on; about half of them have a mistake.
pub fn text(random: &mut Random) -> String {
    let line_end = match random.below(12) {
        0 => "\r\n",
        1 => "\r",
        2 => "\u{85}",
        3 => "\u{2028}",
        _ => "\n",
    };
    let left = 1 + random.below(24);
    let wild = random.once_in(3);
    let mut maker = Maker { random, out: String::new(), line_end, left, wild };
    maker.document();
    let mut out = maker.out;
    if random.once_in(3) {
        for _ in 0..=random.below(3) {
            spoil(&mut out, random);
        }
    }
    // A NUL byte separates the texts.
    out.retain(|c| c != '\0');
    out
}

/// Puts something in, takes something out, or does something twice.
fn spoil(text: &mut String, random: &mut Random) {
    let places: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
    let index = random.below(places.len());
    let at = places[index];
    let end = places[(index + 1 + random.below(4)).min(places.len() - 1)];
    match random.below(4) {
        0 => text.replace_range(at..end, ""),
        1 => {
            let again = text[at..end].to_owned();
            text.insert_str(at, &again);
        }
        _ => text.insert_str(at, random.of(MARKS)),
    }
}

impl Maker<'_> {
    fn say(&mut self, text: &str) {
        self.out.push_str(text);
    }

    fn choose(&mut self, choices: &[&str]) {
        let text = self.random.of(choices);
        self.out.push_str(text);
    }

    fn end_line(&mut self) {
        self.choose(&["", "", "", "", "", "", " ", "\t", " # c", "  # c: d", "#c", " #"]);
        let other = self.random.once_in(60);
        let line_end = if other { self.random.of(&["\n", "\r", "\r\n", "\u{85}", "\u{2029}"]) } else { self.line_end };
        self.say(line_end);
        if self.random.once_in(12) {
            let column = self.random.below(5);
            self.indent(column);
            self.choose(&["", "", "# c", "\t", "  ", "#", "# c: 'd"]);
            self.say(self.line_end);
        }
    }

    fn indent(&mut self, column: usize) {
        self.out.extend(std::iter::repeat_n(' ', column));
    }

    fn gap(&mut self) {
        self.choose(&[" ", " ", " ", " ", " ", "  ", "\t", " \t", "\t "]);
    }

    fn document(&mut self) {
        if self.random.once_in(40) {
            self.choose(&[
                "%YAML 1.1\n",
                "%YAML 1.2 # c\n",
                "%TAG !e! tag:e.org,2000:\n",
                "%TAG ! !b\n",
                "%FOO\n",
                "%YAML 2.0\n",
            ]);
        }
        self.say("---");
        match self.random.below(30) {
            0 => self.say(" # c"),
            1 => self.say(" !!map"),
            2 => self.say(" &r"),
            3 => self.say(" "),
            4 => {
                self.gap();
                return self.inline(0);
            }
            _ => {}
        }
        self.say(self.line_end);
        match self.random.below(30) {
            0 => self.say("%YAML 1.1\n"),
            1 => {
                self.inline(0);
                self.end_line();
            }
            2..=4 => self.sequence(0, 0),
            5 => {
                self.inline(0);
                self.end_line();
                self.mapping(0, 0);
            }
            6 => {
                let column = self.random.below(4);
                self.mapping(column, 0);
                self.mapping(0, 0);
            }
            _ => self.mapping(0, 0),
        }
        if self.random.once_in(25) {
            self.choose(&["...\n", "---\n", "... # c\n", "...x\n", "--- a\n", "# c"]);
            if self.random.once_in(2) {
                self.mapping(0, 0);
            }
        }
        if self.random.once_in(12) {
            self.out.pop();
        }
    }

    fn mapping(&mut self, column: usize, depth: usize) {
        for pair in 0..=self.random.below(4) {
            if pair > 0 && self.left == 0 {
                return;
            }
            self.left = self.left.saturating_sub(1);
            self.indent(column);
            self.pair(column, depth);
        }
    }

    fn pair(&mut self, column: usize, depth: usize) {
        if self.random.once_in(16) {
            self.say("?");
            self.node(column, depth, true);
            if self.random.once_in(4) {
                return;
            }
            self.indent(column);
        } else {
            self.key();
        }
        self.say(":");
        self.node(column, depth, true);
    }

    fn key(&mut self) {
        match self.random.below(30) {
            0 => self.say("<<"),
            1 => self.flow(1),
            2 => self.quoted(),
            3 => self.choose(&["*a", "*b ", "&a k", "!!str k", "&a", "~", "12", "2020-01-02"]),
            4 => self.choose(if self.wild { WORDS } else { PLAIN }),
            5 => {
                self.quoted();
                self.gap();
            }
            6 => self.choose(&["k ", "k\t", "", "a: b"]),
            _ => self.choose(&["a", "b", "c", "title", "tags", "k l", "date"]),
        }
    }

    /// What follows a colon, a dash or a question mark in a block whose lines begin at `column`.
    fn node(&mut self, column: usize, depth: usize, indentless: bool) {
        if self.random.once_in(20) {
            self.gap();
            self.choose(&["&a", "&b", "!!str", "!a", "!", "!!binary", "&a !!map", "!!seq &b", "!<x>", "!e!x", "&é"]);
        }
        let deeper = column + 1 + self.random.below(3);
        let choice = if depth > 4 || self.left == 0 { 10 } else { self.random.below(40) };
        match choice {
            0..=3 => {
                self.end_line();
                self.mapping(deeper, depth + 1);
            }
            4..=6 => {
                self.end_line();
                let column = if indentless && self.random.once_in(2) { column } else { deeper };
                self.sequence(column, depth + 1);
            }
            7 => {
                // A block that begins on the line.
                self.say(" ");
                let wide = column + 2;
                if self.random.once_in(2) {
                    self.pair(wide, depth + 1)
                } else {
                    self.item(wide, depth + 1)
                }
                if self.random.once_in(2) {
                    self.mapping(wide, depth + 1);
                }
            }
            8 | 9 => {
                self.gap();
                self.block_scalar(column);
            }
            _ => {
                if self.random.once_in(10) {
                    self.end_line();
                    self.indent(deeper);
                } else {
                    self.gap();
                }
                self.inline(column);
                self.end_line();
            }
        }
    }

    fn sequence(&mut self, column: usize, depth: usize) {
        for item in 0..=self.random.below(4) {
            if item > 0 && self.left == 0 {
                return;
            }
            self.left = self.left.saturating_sub(1);
            self.indent(column);
            self.item(column, depth);
        }
    }

    fn item(&mut self, column: usize, depth: usize) {
        self.say("-");
        self.node(column, depth, false);
    }

    fn inline(&mut self, column: usize) {
        match self.random.below(24) {
            0 => {}
            1 => self.choose(&["*a", "*b", "*a ", "*é", "*"]),
            2..=4 => self.quoted(),
            5 | 6 => self.long(column, None),
            7 => self.long(column, Some('"')),
            8 => self.long(column, Some('\'')),
            9..=12 => self.flow(0),
            13..=16 if self.wild => self.choose(WORDS),
            _ => self.choose(PLAIN),
        }
    }

    fn quoted(&mut self) {
        let quote = self.random.of(&["'", "\""]);
        self.say(quote);
        for _ in 0..self.random.below(3) {
            self.choose(if self.wild { WORDS } else { PLAIN });
        }
        self.say(quote);
    }

    /// A scalar over several lines.
    fn long(&mut self, column: usize, quote: Option<char>) {
        self.out.extend(quote);
        self.choose(&["a", "b c", "", "x"]);
        for _ in 0..=self.random.below(3) {
            self.choose(&["", "", "", " ", "\t", if quote == Some('"') { "\\" } else { "" }]);
            self.say(self.line_end);
            if self.random.once_in(4) {
                self.choose(&["", " ", "\t"]);
                self.say(self.line_end);
            }
            let left = self.wild && self.random.once_in(4);
            let column = if left { self.random.below(4) } else { column + 1 + self.random.below(2) };
            self.indent(column);
            let any = &["a", "b c", "- d", "e: f", "#g", "\th", "i #j", "\"k\"", "\u{2028}l", "m\u{85}n"];
            self.choose(if self.wild { any } else { PLAIN });
        }
        self.out.extend(quote);
    }

    fn block_scalar(&mut self, column: usize) {
        self.choose(&["|", ">"]);
        self.choose(&["", "", "", "-", "+", "1", "2", "-1", "2+", "0", "3", "a"]);
        self.end_line();
        let wide = column + 1 + self.random.below(3);
        for _ in 0..self.random.below(5) {
            let column = if self.random.once_in(5) { self.random.below(5) } else { wide };
            self.indent(column);
            self.choose(&["a", "b c", "", "", " d", "\te", "# f", "- g", "h: i", "j ", "\u{2028}k"]);
            self.say(self.line_end);
        }
    }

    fn flow(&mut self, depth: usize) {
        let sequence = self.random.once_in(2);
        self.say(if sequence { "[" } else { "{" });
        let items = self.random.below(4);
        for item in 0..items {
            self.flow_gap();
            if !sequence || self.random.once_in(8) {
                if self.random.once_in(10) {
                    self.say("? ");
                }
                self.flow_node(depth);
                self.choose(&["", "", ":", ": ", ": ", ": ", ": ", " : ", ":\t"]);
            }
            self.flow_node(depth);
            self.flow_gap();
            if item + 1 < items || self.random.once_in(6) {
                self.say(",");
            }
        }
        self.flow_gap();
        self.say(if sequence { "]" } else { "}" });
    }

    fn flow_gap(&mut self) {
        match self.random.below(14) {
            0..=5 => self.say(" "),
            6 => self.say("\t"),
            7 => {
                self.choose(&["", " # c", " #", "#"]);
                self.say(self.line_end);
                let column = self.random.below(5);
                self.indent(column);
            }
            _ => {}
        }
    }

    fn flow_node(&mut self, depth: usize) {
        match self.random.below(20) {
            0 | 1 if depth < 4 => self.flow(depth + 1),
            2..=4 => self.quoted(),
            5 => self.choose(&["*a", "&a x", "!!str x", "!a", "!a,", "&a", ""]),
            6 => {
                let quote = self.random.of(&["", "'", "\""]);
                self.say(quote);
                self.say("a");
                self.say(self.line_end);
                let column = self.random.below(4);
                self.indent(column);
                self.say("b");
                self.say(quote);
            }
            7..=9 if self.wild => self.choose(WORDS),
            _ => self.choose(PLAIN),
        }
    }
}
