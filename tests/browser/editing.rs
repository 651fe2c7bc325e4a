//! Editing commands in a real textarea: buttons, shortcuts, keys with a meaning, the browser's own undo.
//! In: keys and clicks. Neighbours: the native tests of `commands/` try the many cases; here it is the wiring.

use crate::engines;
use crate::support::Start;
use serde_json::json;

fn undo_goes_back_through_commands_and_typing(start: Start) {
    let page = start.open();
    page.write("");
    page.click("#editor");
    page.type_keys("some words");
    page.select_text("words");
    page.toolbar("bold");
    assert_eq!(page.text(), "some **words**");
    page.wait_for("the focus back", "document.activeElement.id === 'editor'");
    page.toolbar("italic");
    assert_eq!(page.text(), "some ***words***");
    page.undo();
    assert_eq!(page.text(), "some **words**");
    page.undo();
    assert_eq!(page.text(), "some words");
    page.wait_for_preview("no bold", "!body.querySelector('strong') && body.textContent.includes('some words')");
    page.redo();
    assert_eq!(page.text(), "some **words**");
    page.wait_for_preview("bold again", "body.querySelector('strong')?.textContent === 'words'");
    page.undo();
    page.undo();
    assert_ne!(page.text(), "some words", "typing is undone, too");
}
engines!(undo_goes_back_through_commands_and_typing: Chromium Firefox WebKit);

fn shortcuts_run_commands(start: Start) {
    let page = start.open();
    for (chord, before, selected, after) in [
        ("Control+b", "a word", "word", "a **word**"),
        ("Control+i", "a word", "word", "a *word*"),
        ("Control+e", "a word", "word", "a `word`"),
    ] {
        page.write(before);
        page.select_text(selected);
        page.press(chord);
        page.wait_for(
            &format!("{chord} to make {after}"),
            &format!("document.getElementById('editor').value === {}", json!(after)),
        );
        page.press(chord);
        page.wait_for(
            &format!("{chord} to take it back"),
            &format!("document.getElementById('editor').value === {}", json!(before)),
        );
    }
    page.write("a word");
    page.select_text("word");
    page.press("Control+k");
    page.wait_for("a link", "document.getElementById('editor').value.startsWith('a [word](')");
}
engines!(shortcuts_run_commands: Chromium Firefox WebKit);

fn every_button_does_something_that_undo_takes_back(start: Start) {
    let page = start.open();
    page.write("word");
    let script = "return [...document.querySelectorAll('#toolbar [data-command]')].map(b => b.dataset.command);";
    let commands = page.js(script, json!([]));
    let commands: Vec<String> =
        commands.as_array().into_iter().flatten().filter_map(|c| c.as_str().map(str::to_owned)).collect();
    assert!(commands.len() >= 8, "{commands:?}");
    for command in commands {
        let before = match command.as_str() {
            "outdent" => "- item\n  - word",
            "indent" => "- item\n- word",
            _ => "word",
        };
        page.write(before);
        page.select_text("word");
        page.toolbar(&command);
        if command == "image" {
            // It asks for the address.
            page.wait_for("the dialog", "document.activeElement.matches('#link-form [name=address]')");
            page.type_keys("/a.png");
            page.press("Enter");
        }
        page.wait_for(
            &format!("{command} to change the text"),
            &format!("document.getElementById('editor').value !== {}", json!(before)),
        );
        page.undo();
        assert_eq!(page.text(), before, "{command} is one step of undo");
    }
}
engines!(every_button_does_something_that_undo_takes_back: Chromium);

fn enter_continues_a_list(start: Start) {
    let page = start.open();
    page.write("- one");
    page.press("Enter");
    page.type_keys("two");
    assert_eq!(page.text(), "- one\n- two");
    page.press("Enter");
    page.press("Enter");
    page.type_keys("out");
    assert!(page.text().starts_with("- one\n- two\n") && !page.text().contains("- out"), "{:?}", page.text());
    page.write("1. one");
    page.press("Enter");
    page.type_keys("two");
    assert_eq!(page.text(), "1. one\n2. two");
    page.undo();
    page.undo();
    assert!(page.text().len() < "1. one\n2. two".len());
    page.write("no list");
    page.press("Enter");
    assert_eq!(page.text(), "no list\n");
}
engines!(enter_continues_a_list: Chromium Firefox WebKit);

fn tab_indents_in_a_list_and_leaves_the_field_elsewhere(start: Start) {
    let page = start.open();
    page.write("- one\n- two");
    page.press("Tab");
    assert!(page.text().starts_with("- one\n ") && page.text().ends_with("- two"), "{:?}", page.text());
    assert_eq!(page.js("return document.activeElement.id;", json!([])), "editor");
    page.press("Shift+Tab");
    assert_eq!(page.text(), "- one\n- two");
    page.write("no list");
    page.press("Tab");
    assert_eq!(page.text(), "no list");
    page.wait_for("the focus elsewhere", "document.activeElement.id !== 'editor'");
    page.press("Shift+Tab");
    page.wait_for("the focus back", "document.activeElement.id === 'editor'");
    page.press("Shift+Tab");
    page.wait_for("the focus before", "document.activeElement.id !== 'editor'");
    assert_eq!(page.text(), "no list");
}
engines!(tab_indents_in_a_list_and_leaves_the_field_elsewhere: Chromium Firefox);

fn keys_edit_lines_tasks_footnotes_and_tables(start: Start) {
    let page = start.open();
    let wait = |what: &str, text: &str| {
        page.wait_for(what, &format!("document.getElementById('editor').value === {}", json!(text)));
    };
    page.write("- [ ] one\n- two");
    // The first of these keys loads the commands.
    page.press("Alt+ArrowUp");
    wait("the line up", "- two\n- [ ] one");
    page.press("Alt+ArrowDown");
    wait("the line down", "- [ ] one\n- two");
    page.select_text("one");
    page.press("Alt+Enter");
    wait("the task ticked", "- [x] one\n- two");
    page.press("Shift+Alt+ArrowDown");
    wait("the line twice", "- [x] one\n- [x] one\n- two");
    page.press("Control+Alt+x");
    wait("the line gone", "- [x] one\n- two");
    page.undo();
    assert_eq!(page.text(), "- [x] one\n- [x] one\n- two");
    page.undo();
    page.undo();
    assert_eq!(page.text(), "- [ ] one\n- two", "each command is one step of undo");

    page.write("one word");
    page.select_text("word");
    page.type_keys("*");
    wait("the word emphasized", "one *word*");
    page.type_keys("*");
    wait("the word strong", "one **word**");
    page.undo();
    assert_eq!(page.text(), "one *word*");

    page.write("word");
    page.press("Control+Alt+f");
    wait("the footnote", "word[^1]\n\n[^1]: ");
    page.type_keys("note");
    page.press("Control+Alt+f");
    page.wait_for("the caret at the reference", "document.getElementById('editor').selectionStart === 8");
    assert_eq!(page.text(), "word[^1]\n\n[^1]: note");

    page.write("| a | b |");
    page.press("Enter");
    wait("a row", "| a | b |\n| --- | --- |\n|  |  |");
    page.type_keys("1");
    page.press("Tab");
    page.type_keys("2");
    wait("both cells", "| a | b |\n| --- | --- |\n| 1 | 2 |");
    page.press("Tab");
    page.wait_for("the focus elsewhere", "document.activeElement.id !== 'editor'");

    page.write("- b\n- a");
    page.press("F1");
    page.click("#help [data-command=sort-list]");
    wait("the list in order", "- a\n- b");
    page.wait_for("the sheet gone", "!document.querySelector('#help') && document.activeElement.id === 'editor'");
    page.undo();
    assert_eq!(page.text(), "- b\n- a");
}
engines!(keys_edit_lines_tasks_footnotes_and_tables: Chromium Firefox WebKit);

fn an_address_pasted_over_words_links_them(start: Start) {
    let page = start.open();
    page.write("https://a.example/b see here");
    page.select_text("https://a.example/b ");
    page.press("Control+x");
    page.select_text("here");
    page.press("Control+v");
    page.wait_for("the link", "document.getElementById('editor').value.startsWith('see [here](https://a.example/b')");
    page.undo();
    assert_eq!(page.text(), "see here");
    page.write("plain words");
    page.select_text("plain ");
    page.press("Control+x");
    page.select_text("words");
    page.press("Control+v");
    assert_eq!(page.text(), "plain ", "other text replaces");
}
engines!(an_address_pasted_over_words_links_them: Chromium Firefox);

fn a_shortcut_reaches_the_page_and_not_the_browser(start: Start) {
    let page = start.open();
    page.write("text");
    page.press("F1");
    page.wait_for("the help", "document.querySelector('#help[open]')");
    page.press("Escape");
    page.wait_for("it gone", "!document.querySelector('#help')");
    page.wait_for("the focus back", "document.activeElement.id === 'editor'");
}
engines!(a_shortcut_reaches_the_page_and_not_the_browser: Chromium Firefox);
