//! The three engines: how each driver is started and what a session asks of it.
//! In: `Settings`. Out: commands and WebDriver capabilities. Neighbours: `driver.rs` runs them.

use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::process::Command;

/// A browser engine under test.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// Chromium by chromedriver.
    Chromium,
    /// Firefox by geckodriver.
    Firefox,
    /// WebKitGTK's MiniBrowser by WebKitWebDriver. Not Safari, but its engine.
    WebKit,
}

/// What a browser is started with.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Window width and height in CSS pixels.
    pub size: (u32, u32),
    /// Whether pages see `prefers-color-scheme: dark`.
    pub dark: bool,
    /// The folder of the profile: drafts and settings survive in it.
    pub profile: PathBuf,
    /// Where downloads land.
    pub downloads: PathBuf,
    /// The proxy for everything but 127.0.0.1, `host:port`.
    pub proxy: String,
    /// Whether commands wait for the load of a page; else they go to the page as it is.
    pub waiting: bool,
    /// Chromium: write a trace of these categories into the performance log.
    pub trace: Option<String>,
}

impl Engine {
    /// The name used in the names of tests and screenshots.
    pub fn name(self) -> &'static str {
        match self {
            Self::Chromium => "chromium",
            Self::Firefox => "firefox",
            Self::WebKit => "webkit",
        }
    }

    /// The driver, told to listen on a port. WebKit needs an X display (`:N`).
    pub fn driver(self, port: u16, settings: &Settings, display: Option<&str>) -> Command {
        let mut command = match self {
            Self::Chromium => {
                let mut command = Command::new(program("APERCU_CHROMEDRIVER", &["chromedriver"]));
                command.arg(format!("--port={port}"));
                command
            }
            Self::Firefox => {
                let mut command = Command::new(program("APERCU_GECKODRIVER", &["geckodriver"]));
                command.args(["--host", "127.0.0.1", "--websocket-port", &super::process::free_port().to_string()]);
                command.args(["--port", &port.to_string()]);
                command
            }
            Self::WebKit => {
                let mut command = Command::new(program("APERCU_WEBKITDRIVER", &["WebKitWebDriver"]));
                command.arg(format!("--port={port}"));
                command.env("DBUS_SESSION_BUS_ADDRESS", "disabled:");
                // The proxy that the capabilities name would be spoken to in TLS for HTTPS; the variables are not.
                let proxy = format!("http://{}", settings.proxy);
                command.env("http_proxy", &proxy).env("https_proxy", &proxy).env("no_proxy", "127.0.0.1,localhost");
                command.env("GTK_THEME", if settings.dark { "Adwaita:dark" } else { "Adwaita" });
                command
            }
        };
        // A home of its own: no person's settings, and downloads where the test looks for them.
        command.env("HOME", &settings.profile).env("XDG_CONFIG_HOME", settings.profile.join("config"));
        command
            .env("XDG_CACHE_HOME", settings.profile.join("cache"))
            .env("XDG_DATA_HOME", settings.profile.join("data"));
        if let Some(display) = display {
            command.env("DISPLAY", display);
        }
        if std::env::var_os("APERCU_DRIVER_LOG").is_none() {
            command.stdout(std::process::Stdio::null());
        }
        command
    }

    /// The capabilities of a new session.
    pub fn capabilities(self, settings: &Settings) -> serde_json::Map<String, Value> {
        let (host, port) = settings.proxy.split_once(':').unwrap_or((&settings.proxy, "80"));
        let capabilities = match self {
            Self::Chromium => chromium(settings),
            Self::Firefox => json!({
                "browserName": "firefox",
                "moz:firefoxOptions": {
                    "binary": program("APERCU_FIREFOX", &["firefox-esr", "firefox"]),
                    "args": ["-headless", "-profile", settings.profile,
                        format!("--width={}", settings.size.0), format!("--height={}", settings.size.1)],
                    "prefs": {
                        "network.captive-portal-service.enabled": false,
                        "network.connectivity-service.enabled": false,
                        "app.update.enabled": false,
                        "extensions.systemAddon.update.enabled": false,
                        "services.settings.server": "data:,",
                        "network.proxy.type": 1,
                        "network.proxy.http": host, "network.proxy.http_port": port.parse::<u16>().unwrap_or(80),
                        "network.proxy.ssl": host, "network.proxy.ssl_port": port.parse::<u16>().unwrap_or(80),
                        "network.proxy.no_proxies_on": "127.0.0.1",
                        "layout.css.prefers-color-scheme.content-override": if settings.dark { 0 } else { 1 },
                        "browser.download.folderList": 2,
                        "browser.download.dir": settings.downloads,
                        "browser.download.useDownloadDir": true,
                        "browser.download.always_ask_before_handling_new_types": false,
                        "browser.helperApps.neverAsk.saveToDisk": "text/markdown,text/plain,application/octet-stream",
                        "dom.disable_open_during_load": false,
                    },
                },
            }),
            Self::WebKit => json!({
                "browserName": "MiniBrowser",
                "webkitgtk:browserOptions": {
                    "binary": mini_browser(),
                    "args": ["--automation"],
                },
            }),
        };
        let Value::Object(mut map) = capabilities else { unreachable!("each arm is an object") };
        // A dialog that asks whether to leave the page is part of what is tested: it stays open for the test to see.
        map.insert("unhandledPromptBehavior".into(), json!("ignore"));
        map.insert("pageLoadStrategy".into(), json!(if settings.waiting { "normal" } else { "none" }));
        map
    }
}

fn chromium(settings: &Settings) -> Value {
    let (width, height) = settings.size;
    let mut capabilities = json!({
        "browserName": "chrome",
        "goog:loggingPrefs": {"browser": "ALL"},
        "goog:chromeOptions": {
            "binary": program("APERCU_CHROMIUM", &["chromium", "chromium-browser", "google-chrome"]),
            "args": ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
                "--disable-background-networking", "--disable-component-update", "--disable-sync",
                "--disable-default-apps", "--disable-client-side-phishing-detection", "--disable-dev-shm-usage",
                "--disable-features=OptimizationHints,MediaRouter,Translate",
                format!("--proxy-server=http://{}", settings.proxy),
                format!("--window-size={width},{height}"),
                format!("--user-data-dir={}", settings.profile.display())],
            "prefs": {"download.default_directory": settings.downloads, "download.prompt_for_download": false},
        },
    });
    if let Some(categories) = &settings.trace {
        capabilities["goog:loggingPrefs"]["performance"] = json!("ALL");
        capabilities["goog:chromeOptions"]["perfLoggingPrefs"] = json!({"traceCategories": categories});
    }
    capabilities
}

/// A program by its variable, or the first of the names that PATH holds.
fn program(variable: &str, names: &[&str]) -> PathBuf {
    if let Some(path) = std::env::var_os(variable) {
        return path.into();
    }
    let path = std::env::var_os("PATH").unwrap_or_default();
    let cache = std::env::var_os("APERCU_CACHE").map(PathBuf::from);
    let cache = cache.or_else(|| std::env::var_os("HOME").map(|home| Path::new(&home).join(".cache/apercu")));
    let folders = std::env::split_paths(&path).chain(cache.map(|cache| cache.join("bin"))).collect::<Vec<_>>();
    let found =
        names.iter().find_map(|name| folders.iter().map(|folder| folder.join(name)).find(|file| file.is_file()));
    found.unwrap_or_else(|| {
        panic!("no {} on this machine: scripts/browsers.sh installs it (or set {variable})", names[0])
    })
}

fn mini_browser() -> PathBuf {
    let libraries = std::fs::read_dir("/usr/lib").into_iter().flatten().flatten();
    let found = libraries
        .flat_map(|folder| {
            ["webkit2gtk-4.1", "webkit2gtk-4.0"].map(|name| folder.path().join(name).join("MiniBrowser"))
        })
        .find(|file| file.is_file());
    found.unwrap_or_else(|| panic!("no MiniBrowser below /usr/lib: scripts/browsers.sh installs it"))
}
