//! What only Chromium's DevTools protocol can do: emulate a slow phone, fill the disk, run a script before the page's.
//! In: protocol commands through chromedriver. Out: methods of `Browser`; they fail the test in another engine.
//! Neighbours: `browser.rs`.

use super::browser::Browser;
use super::engine::Settings;
use serde_json::{Value, json};

impl Browser {
    /// A command of the DevTools protocol.
    #[track_caller]
    pub fn devtools(&self, command: &str, parameters: Value) -> Value {
        self.command("goog/cdp/execute", json!({"cmd": command, "params": parameters}))
    }

    pub(super) fn prepare_devtools(&self, settings: &Settings) {
        let (width, height) = settings.size;
        let metrics = json!({"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600});
        self.devtools("Emulation.setDeviceMetricsOverride", metrics);
        self.color_scheme(settings.dark);
        self.devtools("Browser.setDownloadBehavior", json!({"behavior": "allow", "downloadPath": settings.downloads}));
    }

    /// The person's wish for dark or light, now.
    #[track_caller]
    pub fn color_scheme(&self, dark: bool) {
        let scheme = json!({"name": "prefers-color-scheme", "value": if dark { "dark" } else { "light" }});
        self.devtools("Emulation.setEmulatedMedia", json!({"features": [scheme]}));
    }

    /// The wish of the system, as for a person. What is emulated holds for all frames, whatever the page says of theirs.
    #[track_caller]
    pub fn color_scheme_of_system(&self) {
        self.devtools("Emulation.setEmulatedMedia", json!({"features": []}));
    }

    /// Runs a script in every page and frame from the next load on, before any script of theirs.
    #[track_caller]
    pub fn before_load(&self, script: &str) {
        self.devtools("Page.addScriptToEvaluateOnNewDocument", json!({"source": script}));
    }

    /// A slow network: bytes a second, milliseconds of latency.
    #[track_caller]
    pub fn slow_network(&self, bytes_per_second: u32, latency: u32) {
        self.devtools("Network.enable", json!({}));
        let conditions = json!({
            "offline": false, "latency": latency,
            "downloadThroughput": bytes_per_second, "uploadThroughput": bytes_per_second,
        });
        self.devtools("Network.emulateNetworkConditions", conditions);
    }

    /// A processor that many times slower.
    #[track_caller]
    pub fn slow_processor(&self, times: f64) {
        self.devtools("Emulation.setCPUThrottlingRate", json!({"rate": times}));
    }

    /// How many bytes an origin may store; `None` gives the browser's own limit back.
    #[track_caller]
    pub fn quota(&self, origin: &str, bytes: Option<u64>) {
        let mut parameters = json!({"origin": origin});
        if let Some(bytes) = bytes {
            parameters["quotaSize"] = json!(bytes);
        }
        self.devtools("Storage.overrideQuotaForOrigin", parameters);
    }

    /// One of the numbers of `Performance.getMetrics`; times are in seconds.
    #[track_caller]
    pub fn metric(&self, name: &str) -> f64 {
        let metrics = self.devtools("Performance.getMetrics", json!({}));
        let list = metrics["metrics"].as_array().cloned().unwrap_or_default();
        let found = list.iter().find(|metric| metric["name"] == name).and_then(|metric| metric["value"].as_f64());
        found.unwrap_or_else(|| panic!("no metric {name} in {metrics}"))
    }

    /// Puts text in at the caret in one input event, as an input method does.
    #[track_caller]
    pub fn insert_text(&self, text: &str) {
        self.devtools("Input.insertText", json!({"text": text}));
    }

    /// Drops files on a point of the window, as from a file manager.
    #[track_caller]
    pub fn drop_files(&self, (x, y): (i64, i64), paths: &[&std::path::Path]) {
        let data = json!({"items": [], "files": paths, "dragOperationsMask": 1});
        for kind in ["dragEnter", "dragOver", "drop"] {
            self.devtools("Input.dispatchDragEvent", json!({"type": kind, "x": x, "y": y, "data": data}));
        }
    }
}
