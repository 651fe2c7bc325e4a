//! A lexer for tests that need spans and no language. In: code. Out: its runs: words, numbers, strings over several lines,
//! what a lexer lets through, marks. Neighbours: `scripts/code-fixtures.rb` has the same lexer for Rouge.

use apercu::code::Highlighter;
use apercu::highlight::{Highlighted, Run};

/// Reads every language.
#[derive(Debug)]
pub struct Words;

impl Highlighter for Words {
    fn highlight(&self, _language: &str, code: &str) -> Highlighted {
        let mut runs: Vec<Run> = Vec::new();
        let mut rest = code;
        while let Some(first) = rest.chars().next() {
            let while_all = |is: fn(&char) -> bool| rest.chars().take_while(is).map(char::len_utf8).sum();
            let quoted = rest[first.len_utf8()..].find(first).filter(|_| matches!(first, '"' | '`')).map(|at| at + 2);
            let (class, length): (&'static str, usize) = match (first, quoted) {
                ('"', Some(length)) => ("s", length),
                (_, Some(length)) => ("esc", length),
                ('a'..='z' | 'A'..='Z', _) => ("n", while_all(char::is_ascii_alphabetic)),
                ('0'..='9', _) => ("m", while_all(char::is_ascii_digit)),
                (' ' | '\t' | '\n' | '\r', _) => ("", while_all(|c| matches!(c, ' ' | '\t' | '\n' | '\r'))),
                _ => ("p", first.len_utf8()),
            };
            match runs.last_mut().filter(|last| last.class == class) {
                Some(last) => last.length += length,
                None => runs.push(Run { class, length }),
            }
            rest = &rest[length..];
        }
        Highlighted::Runs(runs.into())
    }

    fn add_table(&self, _file: &str, _bytes: &[u8]) -> bool {
        false
    }
}
