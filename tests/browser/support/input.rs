//! Keys, chords and the pointer as the drivers play them: real input events, through the browser's own handling.
//! In: names like `Control+Shift+k`. Out: methods of `Browser`. Neighbours: `browser.rs`.

use super::browser::Browser;
use serde_json::{Value, json};

/// WebDriver's code point of a key with a name (its table of "normalised key values").
fn code(name: &str) -> String {
    let point = match name {
        "Control" => '\u{E009}',
        "Shift" => '\u{E008}',
        "Alt" => '\u{E00A}',
        "Meta" => '\u{E03D}',
        "Enter" => '\u{E007}',
        "Tab" => '\u{E004}',
        "Escape" => '\u{E00C}',
        "Space" => ' ',
        "Backspace" => '\u{E003}',
        "Delete" => '\u{E017}',
        "ArrowLeft" => '\u{E012}',
        "ArrowUp" => '\u{E013}',
        "ArrowRight" => '\u{E014}',
        "ArrowDown" => '\u{E015}',
        "Home" => '\u{E011}',
        "End" => '\u{E010}',
        "PageUp" => '\u{E00E}',
        "PageDown" => '\u{E00F}',
        "F1" => '\u{E031}',
        "F6" => '\u{E036}',
        "F8" => '\u{E038}',
        "F9" => '\u{E039}',
        "Plus" => '+',
        _ => {
            let mut letters = name.chars();
            match (letters.next(), letters.next()) {
                (Some(letter), None) => letter,
                _ => panic!("no key is called {name}"),
            }
        }
    };
    point.to_string()
}

impl Browser {
    /// Presses a key or a chord (`"Control+b"`, `"Shift+Tab"`, `"Enter"`) where the focus is.
    #[track_caller]
    pub fn press(&self, chord: &str) {
        self.press_times(chord, 1);
    }

    /// The same several times in a row.
    #[track_caller]
    pub fn press_times(&self, chord: &str, times: usize) {
        let keys: Vec<String> = chord.split('+').map(code).collect();
        let once = || {
            let down = keys.iter().map(|key| json!({"type": "keyDown", "value": key}));
            let up = keys.iter().rev().map(|key| json!({"type": "keyUp", "value": key}));
            down.chain(up)
        };
        let actions: Vec<Value> = (0..times).flat_map(|_| once()).collect();
        self.command("actions", json!({"actions": [{"type": "key", "id": "keyboard", "actions": actions}]}));
    }

    /// Types a text, key by key, where the focus is. A line end is the Enter key.
    #[track_caller]
    pub fn type_keys(&self, text: &str) {
        let actions: Vec<Value> = text
            .chars()
            .map(|letter| if letter == '\n' { code("Enter") } else { letter.to_string() })
            .flat_map(|key| [json!({"type": "keyDown", "value": key}), json!({"type": "keyUp", "value": key})])
            .collect();
        self.command("actions", json!({"actions": [{"type": "key", "id": "keyboard", "actions": actions}]}));
    }

    /// Presses the left button at a point of the window (CSS pixels), moves to another in steps, and lets go.
    #[track_caller]
    pub fn drag(&self, from: (i64, i64), to: (i64, i64)) {
        let step = |part: i64| (from.0 + (to.0 - from.0) * part / 4, from.1 + (to.1 - from.1) * part / 4);
        let mut actions = vec![
            json!({"type": "pointerMove", "duration": 0, "x": from.0, "y": from.1}),
            json!({"type": "pointerDown", "button": 0}),
        ];
        for part in 1..=4 {
            let (x, y) = step(part);
            actions.push(json!({"type": "pointerMove", "duration": 20, "x": x, "y": y}));
        }
        actions.push(json!({"type": "pointerUp", "button": 0}));
        self.pointer(actions);
    }

    /// A click at a point of the window (CSS pixels).
    #[track_caller]
    pub fn click_at(&self, x: i64, y: i64) {
        self.pointer(vec![
            json!({"type": "pointerMove", "duration": 0, "x": x, "y": y}),
            json!({"type": "pointerDown", "button": 0}),
            json!({"type": "pointerUp", "button": 0}),
        ]);
    }

    #[track_caller]
    fn pointer(&self, actions: Vec<Value>) {
        let mouse =
            json!({"type": "pointer", "id": "mouse", "parameters": {"pointerType": "mouse"}, "actions": actions});
        self.command("actions", json!({"actions": [mouse]}));
    }

    /// Turns the mouse wheel by some CSS pixels over a point of the window.
    #[track_caller]
    pub fn wheel(&self, (x, y): (i64, i64), delta_y: i64) {
        let scroll = json!({"type": "scroll", "x": x, "y": y, "deltaX": 0, "deltaY": delta_y, "duration": 0, "origin": "viewport"});
        self.command("actions", json!({"actions": [{"type": "wheel", "id": "wheel", "actions": [scroll]}]}));
    }

    /// The middle of an element in CSS pixels of the window.
    #[track_caller]
    pub fn middle(&self, css: &str) -> (i64, i64) {
        self.find(css);
        let script = "const r = document.querySelector(arguments[0]).getBoundingClientRect(); \
                      return [Math.round(r.left + r.width / 2), Math.round(r.top + r.height / 2)];";
        let middle = self.js(script, json!([css]));
        (middle[0].as_i64().unwrap_or(0), middle[1].as_i64().unwrap_or(0))
    }
}
