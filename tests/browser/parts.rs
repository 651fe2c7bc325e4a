//! The part of the program that is loaded later (`split_tools.wasm` and what it shares): it stops in the middle of its work, or it does not
//! arrive. Neighbours: `src/app/browser/guard.rs` survives a trap; `src/split_point.rs` asks for a part again.

use std::collections::BTreeMap;
use std::fs;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::engines;
use crate::support::server::Reply;
use crate::support::start::built_page;
use crate::support::text::HEAD;
use crate::support::{Page, Start};
use serde_json::json;

/// Function bodies of more bytes trap at once. The entry points of the part are smaller.
const LARGEST: usize = 1_500;

/// A number as WebAssembly writes it (LEB128), and how many bytes it takes.
fn number(bytes: &[u8]) -> (usize, usize) {
    let mut value = 0;
    for (index, byte) in bytes.iter().enumerate() {
        value |= usize::from(byte & 0x7F) << (7 * index);
        if byte & 0x80 == 0 {
            return (value, index + 1);
        }
    }
    panic!("a number does not end");
}

/// Puts `unreachable` in the place of every large function body of a module. Gives how many there are.
fn make_it_trap(module: &mut [u8]) -> usize {
    // The magic number and the version; then sections.
    let (mut at, mut made) = (8, 0);
    while at < module.len() {
        let (kind, (size, used)) = (module[at], number(&module[at + 1..]));
        let start = at + 1 + used;
        at = start + size;
        // The section of code: how many bodies, then each with its size.
        if kind != 10 {
            continue;
        }
        let (count, used) = number(&module[start..]);
        let mut body = start + used;
        for _ in 0..count {
            let (size, used) = number(&module[body..]);
            body += used;
            if size > LARGEST {
                let code = &mut module[body..body + size];
                // No locals, `unreachable`, `nop`s, `end`.
                code.fill(0x01);
                code[..2].copy_from_slice(&[0x00, 0x00]);
                code[size - 1] = 0x0B;
                made += 1;
            }
            body += size;
        }
    }
    made
}

/// The built file that a request asks for, as text.
fn built(target: &str) -> String {
    fs::read_to_string(built_page().join(target.trim_start_matches('/'))).expect("a file of the page")
}

/// A text without the hash that follows `place`.
fn without_hash(text: &str, place: &str) -> String {
    let at = text.find(place).unwrap_or_else(|| panic!("no {place} in the text"));
    let start = at + text[at..].find("sha256-").expect("a hash");
    let end = start + text[start..].find('"').expect("the end of the hash");
    [&text[..start], &text[end..]].concat()
}

/// The largest file that the part `tools` adds to the page: other parts may share it.
fn largest_file_of_tools() -> String {
    let files = fs::read_dir(built_page()).expect("the page").flatten().map(|entry| entry.path());
    let mut programs = files.filter(|path| path.join("parts.json").exists());
    let program = programs.next().expect("a program in parts");
    let parts = fs::read_to_string(program.join("parts.json")).expect("the list of parts");
    let parts: BTreeMap<String, Vec<String>> = serde_json::from_str(&parts).expect("a list");
    let own = parts["tools"].iter().filter(|file| !parts["page"].contains(file));
    let size = |file: &&String| fs::metadata(program.join(file)).map_or(0, |file| file.len());
    own.max_by_key(size).expect("a file of its own").clone()
}

/// Serves the page with a later part whose large functions trap. The hashes of what is changed so are taken out.
fn serve_trapping(page: &Page) {
    let file = largest_file_of_tools();
    page.server.handle(move |request| {
        let reply = |content_type: &str, body: Vec<u8>| Some(Reply { content_type: content_type.into(), body });
        if request.target.ends_with(&["/", &file].concat()) {
            let path = built_page().join(request.target.trim_start_matches('/'));
            let mut module = fs::read(path).expect("the part");
            assert!(make_it_trap(&mut module) > 20, "the part has no large functions");
            return reply("application/wasm", module);
        }
        if request.target.ends_with("/split.js") {
            return reply("text/javascript", without_hash(&built(&request.target), &file).into());
        }
        (request.target == "/").then(|| Reply::html(without_hash(&built("index.html"), "/split.js")))
    });
}

fn a_trap_in_it_does_not_take_the_page_along(start: Start) {
    let page = start.without_waiting().prepare();
    serve_trapping(&page);
    page.load();
    page.write(&format!("{HEAD}A {{{{ page.title }}}} and *more*\n"));
    page.wait_for_message("has stopped working on this text");
    page.wait_for_preview("the text without Liquid", "body.querySelector('em')?.textContent === 'more'");
    assert!(page.body_html().contains("{{ page.title }}"), "{}", page.body_html());
    page.to_end();
    page.type_keys("still **typing**");
    page.wait_for_preview("what was typed since", "body.querySelector('strong')?.textContent === 'typing'");
    let written = page.text();
    page.wait_until_stored();
    page.reload();
    page.ready();
    assert_eq!(page.text(), written);
}
engines!(a_trap_in_it_does_not_take_the_page_along: Chromium Firefox WebKit);

/// How often the part was asked for.
fn requests(page: &Page) -> usize {
    page.server.log().iter().filter(|request| request.target.contains("split_tools")).count()
}

/// Loses the part until the answer is set to `true`.
fn lose(page: &Page) -> Arc<AtomicBool> {
    let back = Arc::new(AtomicBool::new(false));
    let arrives = Arc::clone(&back);
    page.server.handle(move |request| {
        let lost = request.target.contains("split_tools") && !arrives.load(Ordering::SeqCst);
        lost.then(|| Reply::html("<p>not here</p>"))
    });
    back
}

fn it_is_asked_for_again_at_the_next_wish(start: Start) {
    let page = start.open();
    let back = lose(&page);
    page.action("help");
    page.wait_for_message("could not be loaded");
    assert_eq!(page.messages().matches("could not be loaded").count(), 1);
    assert!(requests(&page) > 0);
    assert_eq!(page.js("return document.querySelector('dialog');", json!([])), json!(null));
    back.store(true, Ordering::SeqCst);
    page.action("help");
    page.find("#help table");
}
engines!(it_is_asked_for_again_at_the_next_wish: Chromium Firefox WebKit);

fn a_command_waits_for_it_and_runs_on_the_text_as_it_stands(start: Start) {
    let page = start.open();
    page.write("one");
    page.wait_for_text("one");
    let gate = page.server.hold("split_tools.wasm");
    page.toolbar("quote");
    page.to_end();
    page.type_keys(" two");
    page.wait_for_text("one two");
    assert_eq!(page.text(), "one two");
    gate.open();
    page.wait_for("the command", "document.getElementById('editor').value === '> one two'");
}
engines!(a_command_waits_for_it_and_runs_on_the_text_as_it_stands: Chromium);

fn a_rare_name_of_a_character_is_known_with_it(start: Start) {
    let page = start.open();
    page.write("A letter &Zeta; and &eacute;.");
    page.wait_for_text("A letter Ζ and é.");
    assert!(requests(&page) > 0);
}
engines!(a_rare_name_of_a_character_is_known_with_it: Chromium);

fn a_rare_form_of_a_date_is_known_with_it(start: Start) {
    let page = start.open();
    page.write("---\ntitle: A\ndate: Dec 8 2014\n---\n\nText");
    page.wait_for_preview("the date", "head.querySelector('time')?.textContent === '8 December 2014'");
    assert!(requests(&page) > 0);
}
engines!(a_rare_form_of_a_date_is_known_with_it: Chromium);
