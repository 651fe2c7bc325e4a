//! Every editing command, with the caret and with a selection. In: long paragraphs, lists, tables, open marks.
//! Neighbours: `main.rs`.

use crate::Growth;

#[test]
fn commands() {
    let lines = "- some *words* in `code` and [a link](https://a.example)\n  that go on **here** (and there\n";
    let mut growth = Growth::of("edit");
    growth.repeat(lines);
    growth.repeat(&lines.replace('\n', " "));
    growth.add(|bytes| ["- ".repeat(bytes / 2), "x".to_owned()].concat());
    for piece in
        ["> ", "- a\n", "1. a\n  b\n", "**a `", "[a](", "` ``", "*a ", "| a | b\n", "|", "[^a] ", "[^a]: b\n", "a,b\n"]
    {
        growth.repeat(piece);
    }
    growth.check();
}
