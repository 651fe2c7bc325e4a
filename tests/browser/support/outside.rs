//! The rest of the web: a proxy that every browser under test is told to use for every host but 127.0.0.1. It writes
//! down who was asked for what and answers nobody, so that a test is never at the mercy of the network and can say
//! that no request left. In: nothing. Out: `Outside`. Neighbours: `engine.rs` (the browsers' settings), `server.rs`.

use super::server::read_request;
use std::io::{BufReader, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

/// Hosts that the browsers ask by themselves, whatever the page does. Nothing there is of use to a page.
const BROWSERS_OWN: &[&str] = &[
    "accounts.google.com",
    "ads.mozilla.org",
    "android.clients.google.com",
    "aus5.mozilla.org",
    "clients2.google.com",
    "content-autofill.googleapis.com",
    "content-signature-2.cdn.mozilla.net",
    "contile.services.mozilla.com",
    "detectportal.firefox.com",
    "firefox-settings-attachments.cdn.mozilla.net",
    "firefox.settings.services.mozilla.com",
    "incoming.telemetry.mozilla.org",
    "location.services.mozilla.com",
    "merino.services.mozilla.com",
    "optimizationguide-pa.googleapis.com",
    "passwordsleakcheck-pa.googleapis.com",
    "push.services.mozilla.com",
    "redirector.gvt1.com",
    "safebrowsing.googleapis.com",
    "shavar.services.mozilla.com",
    "start.duckduckgo.com",
    "update.googleapis.com",
    "www.google.com",
];

/// `GET http://host:80/path` and `CONNECT host:443` both name it.
fn host(line: &str) -> &str {
    let target = line.split(' ').nth(1).unwrap_or_default();
    let after_scheme = target.split_once("://").map_or(target, |(_, rest)| rest);
    after_scheme.split(['/', ':']).next().unwrap_or_default()
}

/// The proxy; ends when dropped.
pub struct Outside {
    address: SocketAddr,
    seen: Arc<Mutex<Vec<String>>>,
    accepted: Arc<Mutex<Vec<String>>>,
    stopped: Arc<AtomicBool>,
}

impl Outside {
    /// Starts the proxy on a free port of 127.0.0.1.
    pub fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("no port to be had on 127.0.0.1");
        let address = listener.local_addr().expect("a bound port has an address");
        let seen = Arc::new(Mutex::new(Vec::new()));
        let accepted = Arc::new(Mutex::new(Vec::new()));
        let stopped = Arc::new(AtomicBool::new(false));
        let (log, accepts, stop) = (Arc::clone(&seen), Arc::clone(&accepted), Arc::clone(&stopped));
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                if stop.load(Ordering::Relaxed) {
                    return;
                }
                let (log, accepts) = (Arc::clone(&log), Arc::clone(&accepts));
                std::thread::spawn(move || refuse(&stream, &log, &accepts));
            }
        });
        Self { address, seen, accepted, stopped }
    }

    /// `127.0.0.1:PORT`.
    pub fn address(&self) -> String {
        self.address.to_string()
    }

    /// What was asked for: `CONNECT host:443` for HTTPS, `GET http://host/path` otherwise. Without what the browsers
    /// ask of their makers.
    pub fn requests(&self) -> Vec<String> {
        let seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        seen.iter().filter(|line| !BROWSERS_OWN.contains(&host(line))).cloned().collect()
    }

    /// The same, each with the first media type that the browser said it accepts: `GET http://host/path image/avif`.
    pub fn accepted(&self) -> Vec<String> {
        let accepted = self.accepted.lock().unwrap_or_else(PoisonError::into_inner);
        accepted.iter().filter(|line| !BROWSERS_OWN.contains(&host(line))).cloned().collect()
    }

    /// Forgets the requests so far.
    pub fn clear(&self) {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner).clear();
        self.accepted.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }
}

impl Drop for Outside {
    fn drop(&mut self) {
        self.stopped.store(true, Ordering::Relaxed);
        let _ = TcpStream::connect(self.address);
    }
}

fn refuse(mut stream: &TcpStream, log: &Mutex<Vec<String>>, accepts: &Mutex<Vec<String>>) {
    let mut reader = BufReader::new(stream);
    while let Some(request) = read_request(&mut reader) {
        let line = format!("{} {}", request.method, request.target);
        let accept = request.headers.iter().find(|(name, _)| name == "accept").map_or("", |(_, value)| value);
        let first = accept.split([',', ';']).next().unwrap_or_default();
        accepts.lock().unwrap_or_else(PoisonError::into_inner).push(format!("{line} {first}"));
        log.lock().unwrap_or_else(PoisonError::into_inner).push(line);
        let answer = b"HTTP/1.1 502 Nobody here\r\nContent-Length: 0\r\n\r\n";
        if stream.write_all(answer).is_err() {
            return;
        }
    }
}
