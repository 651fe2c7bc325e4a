//! Our page as a person meets it: the text, the preview, what is said. In: the ids that `index.html` promises.
//! Out: `Page`. Neighbours: `browser.rs` below, every test above.

use super::browser::{Browser, PATIENCE};
use super::engine::Engine;
use super::server::Server;
use serde_json::{Value, json};
use std::ops::{Deref, DerefMut};
use std::path::Path;
use std::time::{Duration, Instant};

/// A browser with the page and the server that it comes from.
pub struct Page {
    /// The browser; its methods are the page's, too.
    pub browser: Browser,
    /// The page's origin.
    pub server: Server,
}

impl Deref for Page {
    type Target = Browser;

    fn deref(&self) -> &Browser {
        &self.browser
    }
}

impl DerefMut for Page {
    fn deref_mut(&mut self) -> &mut Browser {
        &mut self.browser
    }
}

/// Gives a script the document of the preview as `doc`, its parts as `head` and `body`.
const PREVIEW: &str = "const doc = document.getElementById('preview').contentDocument, \
    head = doc.querySelector('main.post > header.post-header'), body = doc.querySelector('main.post > article.post-body');";

impl Page {
    /// Loads the page and waits until the program runs.
    #[track_caller]
    pub fn load(&self) {
        self.goto(&self.server.url("/"));
        self.ready();
    }

    /// Waits until the program runs.
    #[track_caller]
    pub fn ready(&self) {
        self.wait_for("the program", "document.body && document.body.dataset.ready === 'true'");
    }

    /// The text in the editor.
    #[track_caller]
    pub fn text(&self) -> String {
        self.js("return document.getElementById('editor').value;", json!([])).as_str().unwrap_or_default().to_owned()
    }

    /// Replaces the whole text as a paste over everything would, then waits for the preview to follow.
    /// The caret is at the end.
    #[track_caller]
    pub fn write(&self, text: &str) {
        self.write_later(text);
        self.settle();
    }

    /// The same without waiting.
    #[track_caller]
    pub fn write_later(&self, text: &str) {
        let script = "const editor = document.getElementById('editor'); editor.focus(); editor.select(); \
            if (arguments[0] === '') document.execCommand('delete'); \
            else document.execCommand('insertText', false, arguments[0]); \
            return editor.value;";
        let value = self.js(script, json!([text]));
        assert_eq!(value.as_str().map(str::len), Some(text.len()), "the editor took the text otherwise");
    }

    /// Puts the caret at an offset (UTF-16 units), or selects up to a second one.
    #[track_caller]
    pub fn select(&self, start: usize, end: usize) {
        let script = "const editor = document.getElementById('editor'); editor.focus(); \
                      editor.setSelectionRange(arguments[0], arguments[1]);";
        self.js(script, json!([start, end]));
        self.settle();
    }

    /// Puts the caret behind the last letter and brings it into view.
    #[track_caller]
    pub fn to_end(&self) {
        self.js("document.getElementById('editor').focus();", json!([]));
        self.press("Control+End");
        let script =
            "const editor = document.getElementById('editor'); return editor.selectionStart === editor.value.length;";
        if self.js(script, json!([])) != true {
            self.select(usize::MAX >> 34, usize::MAX >> 34);
        }
    }

    /// Selects the first occurrence of a piece of the text.
    #[track_caller]
    pub fn select_text(&self, piece: &str) {
        let text = self.text();
        let at = text.find(piece).unwrap_or_else(|| panic!("the text has no {piece:?}"));
        let start = text[..at].encode_utf16().count();
        self.select(start, start + piece.encode_utf16().count());
    }

    /// Selection in the text: start and end in UTF-16 units.
    #[track_caller]
    pub fn selection(&self) -> (u64, u64) {
        let script =
            "const editor = document.getElementById('editor'); return [editor.selectionStart, editor.selectionEnd];";
        let selection = self.js(script, json!([]));
        (selection[0].as_u64().unwrap_or(0), selection[1].as_u64().unwrap_or(0))
    }

    /// The line of the caret, from zero, by line ends and not by wrapping.
    #[track_caller]
    pub fn caret_line(&self) -> usize {
        let script = "const editor = document.getElementById('editor'); \
                      return editor.value.slice(0, editor.selectionStart).split('\\n').length - 1;";
        self.js(script, json!([])).as_u64().unwrap_or(0) as usize
    }

    /// Runs JavaScript with `doc`, `head` and `body` of the preview.
    #[track_caller]
    pub fn preview(&self, script: &str, arguments: Value) -> Value {
        self.js(&format!("{PREVIEW} {script}"), arguments)
    }

    /// Waits until an expression over `doc`, `head` and `body` is true.
    #[track_caller]
    pub fn wait_for_preview(&self, what: &str, expression: &str) -> Value {
        self.wait_for_preview_in(PATIENCE, what, expression)
    }

    /// The same with a limit of time.
    #[track_caller]
    pub fn wait_for_preview_in(&self, limit: Duration, what: &str, expression: &str) -> Value {
        self.wait_for_in(limit, what, &format!("(() => {{ {PREVIEW} return {expression}; }})()"))
    }

    /// Waits until the body of the preview has a text in it.
    #[track_caller]
    pub fn wait_for_text(&self, text: &str) {
        self.wait_for_preview(text, &format!("body.textContent.includes({})", json!(text)));
    }

    /// The post's body as HTML.
    #[track_caller]
    pub fn body_html(&self) -> String {
        self.preview("return body.innerHTML;", json!([])).as_str().unwrap_or_default().to_owned()
    }

    /// The visible text of a selector in the post (header and body); `None` where nothing matches.
    #[track_caller]
    pub fn post_text(&self, css: &str) -> Option<String> {
        let script = "const found = doc.querySelector('main.post').querySelector(arguments[0]); \
                      return found && found.textContent.replace(/\\s+/g, ' ').trim();";
        self.preview(script, json!([css])).as_str().map(str::to_owned)
    }

    /// How often a selector is found in the body of the post.
    #[track_caller]
    pub fn count(&self, css: &str) -> u64 {
        self.preview("return body.querySelectorAll(arguments[0]).length;", json!([css])).as_u64().unwrap_or(0)
    }

    /// Clicks an element of the preview.
    #[track_caller]
    pub fn click_in_preview(&self, css: &str) {
        self.in_frame("#preview", |frame| frame.click(css));
    }

    /// What the page says in its message area, all of it.
    #[track_caller]
    pub fn messages(&self) -> String {
        let script = "const area = document.getElementById('messages'); return area ? area.innerText : '';";
        self.js(script, json!([])).as_str().unwrap_or_default().to_owned()
    }

    /// Waits until the message area says something with these words (any case).
    #[track_caller]
    pub fn wait_for_message(&self, words: &str) -> String {
        let words = json!(words.to_lowercase());
        let expression = format!(
            "(() => {{ const text = document.getElementById('messages').innerText; \
             return text.toLowerCase().includes({words}) && text; }})()"
        );
        self.wait_for("a message", &expression).as_str().unwrap_or_default().to_owned()
    }

    /// A part of the status bar.
    #[track_caller]
    pub fn status(&self, part: &str) -> String {
        let script = "const part = document.querySelector('#status [data-part=' + arguments[0] + ']'); return part ? part.innerText : '';";
        self.js(script, json!([part])).as_str().unwrap_or_default().to_owned()
    }

    /// The person's undo. MiniBrowser has no key for it, so WebKit gets the command that its menu would give.
    #[track_caller]
    pub fn undo(&self) {
        match self.engine {
            Engine::WebKit => drop(self.js("document.execCommand('undo');", json!([]))),
            Engine::Chromium | Engine::Firefox => self.press("Control+z"),
        }
    }

    /// The person's redo.
    #[track_caller]
    pub fn redo(&self) {
        match self.engine {
            Engine::WebKit => drop(self.js("document.execCommand('redo');", json!([]))),
            Engine::Chromium | Engine::Firefox => self.press("Control+Shift+z"),
        }
    }

    /// A click on a button of the top bar: `save`, `drafts`, …
    #[track_caller]
    pub fn action(&self, name: &str) {
        self.click(&format!("[data-action={name}]"));
    }

    /// A click on a button of the toolbar: `bold`, `italic`, …
    #[track_caller]
    pub fn toolbar(&self, name: &str) {
        self.click(&format!("[data-command={name}]"));
    }

    /// Waits until the page says that the draft is stored. It says otherwise within the event of an input.
    #[track_caller]
    pub fn wait_until_stored(&self) {
        self.settle();
        self.wait_for("the draft to be stored", "!['saving', 'failed'].includes(document.body.saved)");
    }

    /// Waits until the part of the program with checks, Liquid and more is there.
    #[track_caller]
    pub fn wait_for_tools(&self) {
        let start = Instant::now();
        while !self.server.log().iter().any(|request| request.target.contains("split_tools")) {
            assert!(start.elapsed() < PATIENCE, "{}: the tools were not asked for", self.engine.name());
            std::thread::sleep(Duration::from_millis(10));
        }
        self.settle();
    }

    /// Unfolds the list of diagnostics and returns it, one a line: `line:column message`.
    #[track_caller]
    pub fn diagnostics(&self) -> String {
        if self.js("return !document.querySelector('#diagnostics');", json!([])) == true {
            self.click("#status [data-part=diagnostics]");
        }
        self.wait_for("the diagnostics", "document.querySelector('#diagnostics li')");
        let script = "return [...document.querySelectorAll('#diagnostics li')].map(li => li.innerText.replace(/\\s+/g, ' ')).join('\\n');";
        self.js(script, json!([])).as_str().unwrap_or_default().to_owned()
    }

    /// Takes all messages away.
    #[track_caller]
    pub fn dismiss_messages(&self) {
        self.js("document.querySelectorAll('#messages [aria-label=Dismiss]').forEach(b => b.click());", json!([]));
        self.wait_for("no message", "document.getElementById('messages').innerText.trim() === ''");
    }

    /// From the next load on there are no file pickers, as in Firefox and Safari: opening is by input, saving by
    /// download.
    #[track_caller]
    pub fn without_pickers(&self) {
        if self.engine == Engine::Chromium {
            self.before_load("delete window.showOpenFilePicker; delete window.showSaveFilePicker;");
        }
    }

    /// Opens a file by the button and the file input behind it.
    #[track_caller]
    pub fn open_file(&self, path: &Path) {
        if self.engine == Engine::Chromium {
            // The dialog never shows; the input keeps waiting for what the test gives it.
            self.devtools("Page.setInterceptFileChooserDialog", json!({"enabled": true}));
        }
        self.js("delete window.showOpenFilePicker;", json!([]));
        if self.engine != Engine::Chromium {
            // Their automation cancels the dialog, and with it the input; so the dialog is never asked for.
            self.js("HTMLInputElement.prototype.click = () => {};", json!([]));
        }
        self.action("open");
        self.find("input[type=file]");
        self.send_keys("input[type=file]", &path.display().to_string());
    }

    /// Waits for a file among the downloads and returns its name.
    #[track_caller]
    pub fn wait_for_download(&self) -> String {
        let start = Instant::now();
        loop {
            let names = std::fs::read_dir(self.downloads()).into_iter().flatten().flatten();
            let found = names.map(|entry| entry.file_name().display().to_string()).find(|name| {
                !name.starts_with('.') && !["part", "crdownload", "wkdownload"].iter().any(|end| name.ends_with(end))
            });
            match found {
                Some(name) => return name,
                None if start.elapsed() > PATIENCE => panic!("{}: nothing was downloaded", self.engine.name()),
                None => std::thread::sleep(Duration::from_millis(25)),
            }
        }
    }
}
