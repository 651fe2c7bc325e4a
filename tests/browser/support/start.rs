//! How a test begins: which engine, which window, which page. In: the engine of the test. Out: `Start`, the macro
//! `engines!` that makes one test for each engine. Neighbours: `page.rs`.

use super::browser::Browser;
use super::engine::{Engine, Settings};
use super::page::Page;
use super::server::Server;
use std::path::{Path, PathBuf};

/// What a test gets; it opens the page when it has said how.
pub struct Start {
    /// The engine that this test is for.
    pub engine: Engine,
    name: String,
    size: (u32, u32),
    dark: bool,
    waiting: bool,
    trace: Option<String>,
    dist: Option<PathBuf>,
    offline: bool,
}

impl Start {
    /// Called by `engines!`. The name is the test's path.
    pub fn new(engine: Engine, name: &str) -> Self {
        let name = name.trim_start_matches("browser::").to_owned();
        Self { engine, name, size: (1280, 900), dark: false, waiting: true, trace: None, dist: None, offline: false }
    }

    /// The window in CSS pixels. Widths below 450 only in Chromium.
    pub fn size(mut self, width: u32, height: u32) -> Self {
        self.size = (width, height);
        self
    }

    /// The person prefers dark.
    pub fn dark(mut self) -> Self {
        self.dark = true;
        self
    }

    /// Commands do not wait for pages to be loaded: for tests of what happens before.
    pub fn without_waiting(mut self) -> Self {
        self.waiting = false;
        self
    }

    /// Chromium writes a trace of these categories.
    pub fn trace(mut self, categories: &str) -> Self {
        self.trace = Some(categories.to_owned());
        self
    }

    /// Serves another folder than the built page.
    pub fn serving(mut self, folder: impl Into<PathBuf>) -> Self {
        self.dist = Some(folder.into());
        self
    }

    /// The server has the service worker. Other tests do without it: they would fetch the whole program each time.
    pub fn with_service_worker(mut self) -> Self {
        self.offline = true;
        self
    }

    /// A browser on a blank page, and a server with the built page: nothing is loaded yet.
    pub fn prepare(mut self) -> Page {
        let dist = self.dist.take().unwrap_or_else(built_page);
        let server = Server::start(&dist);
        if !self.offline {
            server.lose("/offline.js");
        }
        Page { browser: self.browser(), server }
    }

    /// A browser on a blank page, for servers that a test starts itself.
    pub fn browser(self) -> Browser {
        let (size, dark, waiting, trace) = (self.size, self.dark, self.waiting, self.trace);
        let change = |settings: &mut Settings| {
            settings.size = size;
            settings.dark = dark;
            settings.waiting = waiting;
            settings.trace = trace;
        };
        Browser::start(self.engine, &self.name, change)
    }

    /// The page, loaded and ready.
    #[track_caller]
    pub fn open(self) -> Page {
        let page = self.prepare();
        page.load();
        page
    }
}

/// The folder that Trunk built: `APERCU_DIST`, or `dist` in the checkout.
pub fn built_page() -> PathBuf {
    let default = || Path::new(env!("CARGO_MANIFEST_DIR")).join("dist");
    let dist = std::env::var_os("APERCU_DIST").map_or_else(default, PathBuf::from);
    assert!(dist.join("index.html").is_file(), "no page in {}: ./dev build makes it", dist.display());
    dist
}

/// The folder of the npm package: `APERCU_PKG`, or `pkg` in the checkout.
pub fn built_package() -> PathBuf {
    let default = || Path::new(env!("CARGO_MANIFEST_DIR")).join("pkg");
    let package = std::env::var_os("APERCU_PKG").map_or_else(default, PathBuf::from);
    assert!(package.join("apercu_bg.wasm").is_file(), "no package in {}: ./dev package makes it", package.display());
    package
}

/// `engines!(name: Chromium Firefox WebKit);` makes the tests `name::chromium`, … of `fn name(start: Start)`.
#[macro_export]
macro_rules! engines {
    ($name:ident: Chromium) => {
        mod $name {
            #[test]
            fn chromium() {
                super::$name($crate::support::Start::new($crate::support::Engine::Chromium, module_path!()));
            }
        }
    };
    ($name:ident: Chromium Firefox) => {
        mod $name {
            #[test]
            fn chromium() {
                super::$name($crate::support::Start::new($crate::support::Engine::Chromium, module_path!()));
            }
            #[test]
            fn firefox() {
                super::$name($crate::support::Start::new($crate::support::Engine::Firefox, module_path!()));
            }
        }
    };
    ($name:ident: Chromium WebKit) => {
        mod $name {
            #[test]
            fn chromium() {
                super::$name($crate::support::Start::new($crate::support::Engine::Chromium, module_path!()));
            }
            #[test]
            fn webkit() {
                super::$name($crate::support::Start::new($crate::support::Engine::WebKit, module_path!()));
            }
        }
    };
    ($name:ident: Chromium Firefox WebKit) => {
        mod $name {
            #[test]
            fn chromium() {
                super::$name($crate::support::Start::new($crate::support::Engine::Chromium, module_path!()));
            }
            #[test]
            fn firefox() {
                super::$name($crate::support::Start::new($crate::support::Engine::Firefox, module_path!()));
            }
            #[test]
            fn webkit() {
                super::$name($crate::support::Start::new($crate::support::Engine::WebKit, module_path!()));
            }
        }
    };
}
