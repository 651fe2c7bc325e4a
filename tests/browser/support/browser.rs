//! One browser window as a test sees it: calls that wait for their answer and fail the test, at the line of the call,
//! when something is wrong. In: `Driver`. Out: `Browser`. Neighbours: `page.rs` (what is special to our page),
//! `input.rs` (keys and pointer), `devtools.rs` (what only Chromium can).

use super::driver::Driver;
use super::engine::{Engine, Settings};
use super::outside::Outside;
use super::slot::Slot;
use fantoccini::elements::Element;
use fantoccini::error::CmdError;
use fantoccini::wd::WebDriverCompatibleCommand;
use fantoccini::{Client, Locator};
use http::Method;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use tempfile::TempDir;
use tokio::runtime::Runtime;

/// How long `wait_for` waits: generous, because two browsers and a compiler may share two cores.
pub const PATIENCE: Duration = Duration::from_secs(15);

/// A running browser. On the way out of a failed test it leaves a picture in `tests/failures`.
pub struct Browser {
    /// Which engine this is.
    pub engine: Engine,
    /// The proxy that stands for the rest of the web.
    pub outside: Outside,
    name: String,
    driver: Option<Driver>,
    runtime: Runtime,
    settings: Settings,
    folder: TempDir,
    _slot: Slot,
}

impl Browser {
    /// Starts an engine; `name` names the picture of a failure. `change` may change the settings.
    pub fn start(engine: Engine, name: &str, change: impl FnOnce(&mut Settings)) -> Self {
        let slot = Slot::take();
        super::process::sweep();
        let folder = tempfile::Builder::new().prefix("apercu-browser-").tempdir().expect("no folder for the profile");
        let outside = Outside::start();
        let mut settings = Settings {
            size: (1280, 900),
            dark: false,
            profile: folder.path().join("profile"),
            downloads: folder.path().join("profile/Downloads"),
            proxy: outside.address(),
            waiting: true,
            trace: None,
        };
        change(&mut settings);
        std::fs::create_dir_all(&settings.downloads).expect("no folder for downloads");
        // Where WebKitGTK looks for the name of that folder.
        let config = settings.profile.join("config");
        std::fs::create_dir_all(&config).expect("no folder for settings");
        std::fs::write(config.join("user-dirs.dirs"), "XDG_DOWNLOAD_DIR=\"$HOME/Downloads\"\n").expect("no settings");
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("no runtime");
        let driver = Some(Driver::start(engine, &settings, &runtime));
        let browser = Self { engine, outside, name: name.to_owned(), driver, runtime, settings, folder, _slot: slot };
        browser.prepare();
        browser
    }

    /// What a session needs that capabilities cannot say.
    fn prepare(&self) {
        match self.engine {
            Engine::Chromium => self.prepare_devtools(&self.settings),
            Engine::Firefox => {}
            Engine::WebKit => self.resize(self.settings.size.0, self.settings.size.1),
        }
    }

    /// Ends every process at once, as a crash of the machine would; the profile stays.
    pub fn kill(&mut self) {
        self.driver = None;
    }

    /// Starts the same browser on the same profile again.
    pub fn restart(&mut self) {
        self.driver = None;
        // A killed Chromium leaves its lock, and would take it for another machine's.
        for lock in ["SingletonLock", "SingletonCookie", "SingletonSocket", "lock", ".parentlock"] {
            let _ = std::fs::remove_file(self.settings.profile.join(lock));
        }
        self.driver = Some(Driver::start(self.engine, &self.settings, &self.runtime));
        self.prepare();
    }

    /// The processes of driver and browser.
    pub fn processes(&self) -> Vec<u32> {
        self.driver.as_ref().map(|driver| driver.mark.processes()).unwrap_or_default()
    }

    /// Where downloads land.
    pub fn downloads(&self) -> &Path {
        &self.settings.downloads
    }

    /// A folder for the files of this test, removed with it.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    fn client(&self) -> &Client {
        &self.driver.as_ref().expect("the browser was killed").client
    }

    #[track_caller]
    fn wait<T>(&self, what: &str, answer: impl Future<Output = Result<T, CmdError>>) -> T {
        match self.try_wait(answer) {
            Ok(value) => value,
            Err(error) => panic!("{}: {what}: {error}", self.engine.name()),
        }
    }

    fn try_wait<T>(&self, answer: impl Future<Output = Result<T, CmdError>>) -> Result<T, String> {
        let limit = Duration::from_secs(60);
        let answer = self.runtime.block_on(async { tokio::time::timeout(limit, answer).await });
        answer.map_err(|_| "no answer in 60 s".to_owned())?.map_err(|error| error.to_string())
    }

    /// A WebDriver command by its path below the session: for what the client library has no call for.
    #[track_caller]
    pub fn command(&self, path: &str, body: Value) -> Value {
        self.wait(path, self.client().issue_cmd(Post { path: path.to_owned(), body }))
    }

    /// The same, for commands that may be refused.
    pub fn try_command(&self, path: &str, body: Value) -> Result<Value, String> {
        self.try_wait(self.client().issue_cmd(Post { path: path.to_owned(), body }))
    }

    /// Loads a URL and waits for its load event.
    #[track_caller]
    pub fn goto(&self, url: &str) {
        self.wait(url, self.client().goto(url));
    }

    /// Loads the page again.
    #[track_caller]
    pub fn reload(&self) {
        // A driver that does not wait for loads answers while the old document still stands.
        self.js("window.old = true;", json!([]));
        self.wait("reload", self.client().refresh());
        self.wait_for("the page anew", "!window.old");
    }

    /// Goes back to the page before. The driver does it: a script may be taken away before its answer has arrived.
    #[track_caller]
    pub fn back(&self) {
        self.wait("the page before", self.client().back());
    }

    /// Goes forward again.
    #[track_caller]
    pub fn forward(&self) {
        self.wait("the page after", self.client().forward());
    }

    /// The URL of the page.
    #[track_caller]
    pub fn location(&self) -> String {
        self.wait("URL", self.client().current_url()).to_string()
    }

    /// Runs JavaScript in the page (or the frame entered); `arguments` are the elements of the array; the value that
    /// it returns comes back.
    #[track_caller]
    pub fn js(&self, script: &str, arguments: Value) -> Value {
        self.wait(&shortened(script), self.client().execute(script, list(arguments)))
    }

    /// The same, for a script that may fail.
    pub fn try_js(&self, script: &str, arguments: Value) -> Result<Value, String> {
        self.try_wait(self.client().execute(script, list(arguments)))
    }

    /// Gives the window the focus: without it no element matches `:focus`. Chromium gives it to a new window of its
    /// own accord at some time or never; Firefox always does.
    #[track_caller]
    pub fn take_focus(&self) {
        if self.engine == Engine::Chromium {
            self.devtools("Emulation.setFocusEmulationEnabled", json!({"enabled": true}));
        }
    }

    /// Runs the body of an async function and waits for it.
    #[track_caller]
    pub fn js_async(&self, script: &str, arguments: Value) -> Value {
        match self.try_js_async(script, arguments) {
            Ok(value) => value,
            Err(error) => panic!("{}: {error}: {}", self.engine.name(), shortened(script)),
        }
    }

    /// The same, for a script that may fail.
    pub fn try_js_async(&self, script: &str, arguments: Value) -> Result<Value, String> {
        let script = format!(
            "const done = arguments[arguments.length - 1], given = Array.prototype.slice.call(arguments, 0, -1);\
             (async function () {{ {script} }}).apply(null, given)\
             .then(value => done({{ value }}), error => done({{ error: String(error) }}));"
        );
        let answer = self.try_wait(self.client().execute_async(&script, list(arguments)))?;
        match answer["error"].as_str() {
            Some(error) => Err(error.to_owned()),
            None => Ok(answer["value"].clone()),
        }
    }

    /// Waits until an expression is true (as JavaScript sees it), and returns its value.
    #[track_caller]
    pub fn wait_for(&self, what: &str, expression: &str) -> Value {
        self.wait_for_in(PATIENCE, what, expression)
    }

    /// The same with a limit of time. An expression that throws is not true yet.
    #[track_caller]
    pub fn wait_for_in(&self, limit: Duration, what: &str, expression: &str) -> Value {
        // An element is as good as true: the driver could not name one of the frame's.
        let script = format!(
            "try {{ const value = {expression}; return [value && value.nodeType ? true : value]; }} \
             catch (error) {{ return [null, String(error)]; }}"
        );
        let start = Instant::now();
        loop {
            let answer = self.try_js(&script, json!([])).unwrap_or_else(|error| json!([null, error]));
            if is_true(&answer[0]) {
                return answer[0].clone();
            }
            if start.elapsed() > limit {
                panic!("{}: waited {limit:?} for {what}: {expression}: last was {answer}", self.engine.name());
            }
            std::thread::sleep(Duration::from_millis(15));
        }
    }

    /// Waits until two animation frames have been drawn: what was done before them is on the screen.
    #[track_caller]
    pub fn settle(&self) {
        self.js_async(
            "await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));",
            json!([]),
        );
    }

    /// Waits until every timer of no length has fired that the page has set before.
    #[track_caller]
    pub fn after_timers(&self) {
        self.js_async("await new Promise(done => setTimeout(done));", json!([]));
    }

    /// Waits until all transitions and animations have ended, but for those without an end.
    #[track_caller]
    pub fn after_animations(&self) {
        self.settle();
        self.js_async(
            "const roots = [document, ...[...document.querySelectorAll('*')].map(e => e.shadowRoot).filter(Boolean)]; \
             const all = roots.flatMap(root => root.getAnimations()); \
             const ending = all.filter(animation => animation.effect.getComputedTiming().endTime !== Infinity); \
             await Promise.all(ending.map(animation => animation.finished.catch(() => {})));",
            json!([]),
        );
    }

    /// Waits until `is_so` holds of what lies outside of the page, and fails with `what` after a while.
    #[track_caller]
    pub fn wait_until(&self, what: &str, mut is_so: impl FnMut() -> bool) {
        let start = Instant::now();
        while !is_so() {
            assert!(start.elapsed() < PATIENCE, "{}: waited {PATIENCE:?} for {what}", self.engine.name());
            std::thread::sleep(Duration::from_millis(15));
        }
    }

    /// The first element that a CSS selector finds; waits for it.
    #[track_caller]
    pub fn find(&self, css: &str) -> Element {
        let start = Instant::now();
        loop {
            match self.try_wait(self.client().find(Locator::Css(css))) {
                Ok(element) => return element,
                Err(error) if start.elapsed() > PATIENCE => panic!("{}: no {css}: {error}", self.engine.name()),
                Err(_) => std::thread::sleep(Duration::from_millis(15)),
            }
        }
    }

    /// Clicks in the middle of an element, as a person does: scrolled into view, nothing in front of it.
    #[track_caller]
    pub fn click(&self, css: &str) {
        let element = self.find(css);
        self.wait(css, element.click());
    }

    /// Types text into an element (it gets the focus); for a file input, the path of a file.
    #[track_caller]
    pub fn send_keys(&self, css: &str, text: &str) {
        let element = self.find(css);
        self.wait(css, element.send_keys(text));
    }

    /// Makes the commands of `inside` go to the document of a frame.
    #[track_caller]
    pub fn in_frame<T>(&self, css: &str, inside: impl FnOnce(&Self) -> T) -> T {
        let frame = self.find(css);
        self.wait(css, frame.enter_frame());
        let value = inside(self);
        self.wait("parent frame", self.client().enter_parent_frame());
        value
    }

    /// The handles of all tabs and windows.
    #[track_caller]
    pub fn tabs(&self) -> Vec<String> {
        self.wait("tabs", self.client().windows()).into_iter().map(String::from).collect()
    }

    /// Opens a tab and goes to it; its handle comes back.
    #[track_caller]
    pub fn new_tab(&self) -> String {
        let handle = String::from(self.wait("new tab", self.client().new_window(true)).handle);
        self.switch_to(&handle);
        handle
    }

    /// The handle of this tab.
    #[track_caller]
    pub fn tab(&self) -> String {
        self.wait("tab", self.client().window()).into()
    }

    /// Goes to another tab.
    #[track_caller]
    pub fn switch_to(&self, tab: &str) {
        self.command("window", json!({"handle": tab}));
        if self.engine == Engine::Chromium {
            // Chromedriver does not bring the tab to the front; a hidden one gets no animation frames.
            let _ = self.try_command("goog/cdp/execute", json!({"cmd": "Page.bringToFront", "params": {}}));
        }
    }

    /// The size of the window.
    #[track_caller]
    pub fn resize(&self, width: u32, height: u32) {
        self.wait("resize", self.client().set_window_size(width, height));
    }

    /// The text of an open dialog of the browser (alert, confirm, leave the page?).
    pub fn dialog(&self) -> Option<String> {
        self.try_wait(self.client().get_alert_text()).ok()
    }

    /// Answers such a dialog.
    #[track_caller]
    pub fn answer_dialog(&self, accept: bool) {
        match accept {
            true => self.wait("accept", self.client().accept_alert()),
            false => self.wait("dismiss", self.client().dismiss_alert()),
        }
    }

    /// A picture of the page as PNG. WebKit's pictures would otherwise race the first paint.
    #[track_caller]
    pub fn screenshot(&self) -> Vec<u8> {
        self.settle();
        self.wait("screenshot", self.client().screenshot())
    }

    /// Waits for a finished download of that name and returns its bytes.
    #[track_caller]
    pub fn downloaded(&self, name: &str) -> Vec<u8> {
        let path = self.settings.downloads.join(name);
        let start = Instant::now();
        loop {
            let unfinished = ["part", "crdownload", "wkdownload"]
                .iter()
                .any(|end| self.settings.downloads.join(format!("{name}.{end}")).exists());
            match std::fs::read(&path) {
                Ok(bytes) if !unfinished && !bytes.is_empty() => return bytes,
                _ if start.elapsed() > PATIENCE => {
                    let there = std::fs::read_dir(&self.settings.downloads).map(|folder| {
                        folder.flatten().map(|entry| entry.file_name().display().to_string()).collect::<Vec<_>>()
                    });
                    panic!("{}: {name} was not downloaded; there is {there:?}", self.engine.name());
                }
                _ => std::thread::sleep(Duration::from_millis(25)),
            }
        }
    }

    /// Where the picture of a failure lies.
    pub fn failure_picture(&self) -> PathBuf {
        let name = format!("{}-{}.png", self.name.replace("::", "-"), self.engine.name());
        Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/failures").join(name)
    }

    fn picture_failure(&self) {
        let picture = self.try_wait(async { self.client().screenshot().await });
        let path = self.failure_picture();
        let saved = picture.and_then(|bytes| {
            std::fs::create_dir_all(path.parent().unwrap_or(Path::new("."))).map_err(|error| error.to_string())?;
            std::fs::write(&path, bytes).map_err(|error| error.to_string())
        });
        match saved {
            Ok(()) => eprintln!("what {} showed: {}", self.engine.name(), path.display()),
            Err(error) => eprintln!("no picture of the failure: {error}"),
        }
        if let Ok(Value::Array(entries)) = self.try_log("browser") {
            let mut lines: Vec<&str> = entries.iter().filter_map(|entry| entry["message"].as_str()).collect();
            lines.dedup();
            for line in lines.iter().take(20) {
                eprintln!("console: {line}");
            }
        }
    }

    /// Entries of one of Chromium's logs since the last call.
    pub fn try_log(&self, kind: &str) -> Result<Value, String> {
        match self.engine {
            Engine::Chromium => self.try_command("se/log", json!({"type": kind})),
            Engine::Firefox | Engine::WebKit => Ok(json!([])),
        }
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        if std::thread::panicking() && self.driver.is_some() {
            self.picture_failure();
        }
        self.driver = None;
    }
}

/// The end of a long script: what is special to it stands there.
fn shortened(script: &str) -> String {
    let letters = script.chars().count();
    if letters > 600 {
        ["…", &script.chars().skip(letters - 600).collect::<String>()].concat()
    } else {
        script.to_owned()
    }
}

fn list(arguments: Value) -> Vec<Value> {
    match arguments {
        Value::Array(list) => list,
        Value::Null => Vec::new(),
        other => vec![other],
    }
}

fn is_true(value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::Bool(value) => *value,
        Value::Number(number) => number.as_f64() != Some(0.0),
        Value::String(text) => !text.is_empty(),
        Value::Array(_) | Value::Object(_) => true,
    }
}

#[derive(Debug)]
struct Post {
    path: String,
    body: Value,
}

impl WebDriverCompatibleCommand for Post {
    fn endpoint(&self, base: &url::Url, session: Option<&str>) -> Result<url::Url, url::ParseError> {
        base.join(&format!("session/{}/{}", session.unwrap_or_default(), self.path))
    }

    fn method_and_body(&self, _url: &url::Url) -> (Method, Option<String>) {
        (Method::POST, Some(self.body.to_string()))
    }
}
