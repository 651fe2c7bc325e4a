//! The interpreter over small tables of our own: what a rule does, and Rouge's rules that no documentation tells. Code by
//! Rouge's own tables is in `tests/highlight.rs`.

use super::tree::Tree::{self, List, Number, Text};
use super::{Highlighted, Languages};

fn encode(tree: &Tree, bytes: &mut Vec<u8>) {
    let mut head = |size: usize, kind: usize| {
        let mut number = size << 2 | kind;
        while number > 0x7f {
            bytes.push(u8::try_from(number & 0x7f).unwrap_or(0) | 0x80);
            number >>= 7;
        }
        bytes.push(u8::try_from(number).unwrap_or(0));
    };
    match tree {
        List(values) => {
            head(values.len(), 0);
            for value in values {
                encode(value, bytes);
            }
        }
        Text(text) => {
            head(text.len(), 1);
            bytes.extend(text.bytes());
        }
        Number(number) => head(*number, 2),
    }
}

fn bytes(tree: Tree) -> Vec<u8> {
    let mut bytes = Vec::new();
    encode(&tree, &mut bytes);
    bytes
}

fn list<const N: usize>(values: [Tree<'static>; N]) -> Tree<'static> {
    List(values.into())
}

fn token(class: &'static str) -> Tree<'static> {
    list([Text("token"), list([Text("class"), Text(class)])])
}

fn rule<const N: usize>(expression: &'static str, operations: [Tree<'static>; N]) -> Tree<'static> {
    list([Text(expression), Text(""), list(operations)])
}

fn state<const N: usize>(name: &'static str, rules: [Tree<'static>; N]) -> Tree<'static> {
    list([Text(name), list(rules)])
}

fn table(states: Tree<'static>) -> Vec<u8> {
    let words = list([Text("if\nwhile")]);
    bytes(list([Text("apercu rouge table 1"), Text("own"), list([]), list([]), words, states]))
}

/// Two languages: `own` with these states, and `inner`, which says `x` of everything.
fn languages(states: Tree<'static>) -> Languages {
    let row = |name, file| list([Text(name), Text(file), list([]), list([])]);
    let rows = list([row("own", "own-1"), row("inner", "inner-1"), row("none", "")]);
    let index = list([Text("apercu rouge index 1"), Text("3.30.0"), Text("unicode-1"), rows]);
    let languages = Languages::with_index(&bytes(index));
    let word = list([Text("word"), list([Number(48), Number(10), Number(39), Number(26)])]);
    let unicode = list([Text("apercu rouge table 1"), Text("unicode"), list([word])]);
    assert!(languages.add_table("unicode-1", &bytes(unicode)));
    assert!(languages.add_table("own-1", &table(states)));
    languages
}

/// `class:text` of each run, with bars between.
fn runs(languages: &Languages, code: &str) -> String {
    let lexer = languages.find("own").expect("the lexer is known");
    let Highlighted::Runs(runs) = languages.tokens(lexer, code) else { panic!("no runs for {code:?}") };
    let mut rest = code;
    let mut shown = Vec::new();
    for run in runs.iter() {
        let (text, after) = rest.split_at(run.length);
        shown.push(format!("{}:{text}", run.class));
        rest = after;
    }
    shown.join("|")
}

#[test]
fn states_words_and_groups() {
    let keyword = list([Text("in"), Number(0), list([Text("group"), Number(0)])]);
    let choice = list([Text("if"), keyword, list([token("k")]), list([token("n")])]);
    let class = |class| list([Text("class"), Text(class)]);
    let groups = list([Text("groups"), class("nf"), class("p")]);
    let languages = languages(list([
        state(
            "root",
            [
                rule("([a-z]+)(\\()", [groups]),
                rule("[a-z]+", [choice]),
                rule("\"", [token("s"), list([Text("push"), Text("string")])]),
                Text("space"),
            ],
        ),
        state("space", [rule(" +", [token("")])]),
        state("string", [rule("[^\"]+", [token("s")]), rule("\"", [token("s"), list([Text("pop"), Number(1)])])]),
    ]));
    assert_eq!(runs(&languages, "if so f(\"a b\" é"), "k:if|: |n:so|: |nf:f|p:(|s:\"a b\"|: |err:é");
    assert_eq!(runs(&languages, ""), "");
}

#[test]
fn an_expression_sees_nothing_before_its_start() {
    let languages = languages(list([state(
        "root",
        [
            rule("^b", [token("k")]),
            rule("(?<=a)b", [token("s")]),
            rule("\\bb", [token("n")]),
            rule("a|\n", [token("")]),
        ],
    )]));
    assert_eq!(runs(&languages, "ab\nb"), ":a|n:b|:\n|k:b");
}

#[test]
fn matches_of_nothing_come_to_an_end() {
    let included = state("included", [rule("(?=a)", []), rule("a", [token("s")])]);
    let root = state("root", [Text("included"), rule("a", [token("n")]), rule("b", [token("k")])]);
    // The sixth in a row goes on behind the included state.
    let languages = languages(list([root, included]));
    assert_eq!(runs(&languages, "ab"), "n:a|k:b");
}

#[test]
fn other_lexers_read_a_part_and_may_be_missing() {
    let inner = list([Text("delegate"), list([Text("new"), Text("inner")]), list([Text("group"), Number(1)])]);
    let none = list([Text("delegate"), list([Text("new"), Text("none")])]);
    let root = state("root", [rule("<", [token("p")]), rule("([a-z]+)", [inner]), rule("!", [none])]);
    let languages = languages(list([root]));
    let own = languages.find("own").expect("the lexer is known");
    assert_eq!(languages.tokens(own, "<a"), Highlighted::TableMissing(vec!["inner-1".to_owned()]));
    assert_eq!(languages.tokens(own, "!"), Highlighted::NoTable);
    assert!(!languages.add_table("inner-1", b"nothing"));
    assert!(languages.add_table("inner-1", &table(list([state("root", [rule(".", [token("x")])])]))));
    assert_eq!(runs(&languages, "<ab<"), "p:<|x:ab|p:<");
}

#[test]
fn what_rouge_fails_on_stays_plain() {
    let pop = || list([Text("pop"), Number(1)]);
    let recurse = list([Text("delegate"), list([Text("new"), Text("own")])]);
    let root = state(
        "root",
        [
            rule("a", [token("n"), pop()]),
            rule("b", [list([Text("push"), Text("nowhere")])]),
            rule("c+", [recurse]),
            rule("(d)e", [list([Text("groups"), list([Text("class"), Text("n")])])]),
        ],
    );
    let languages = languages(list([root]));
    let own = languages.find("own").expect("the lexer is known");
    for code in ["aa", "b", "c", "de"] {
        assert_eq!(languages.tokens(own, code), Highlighted::OverBudget, "{code}");
    }
}
