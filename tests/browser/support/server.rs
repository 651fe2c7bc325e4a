//! The web server of a test: the built page from a folder, on a free port of 127.0.0.1, with what a test wants to
//! change about it (headers, routes, other folders, answers held back or lost), and a log of every request.
//! In: a folder. Out: `Server`, `Gate`, `Request`. Neighbours: `start.rs`; `outside.rs` plays the rest of the web.

use std::collections::HashMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::{Component, Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard};
use std::time::Duration;

/// One request as it arrived.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// `GET`, `POST`, `CONNECT`, …
    pub method: String,
    /// As in the first line: a path with its query, or a whole URL when the server is used as a proxy.
    pub target: String,
    /// Names in lower case.
    pub headers: Vec<(String, String)>,
    /// What was sent with it.
    pub body: Vec<u8>,
}

/// What a route answers.
#[derive(Clone, Debug)]
pub struct Reply {
    /// The media type.
    pub content_type: String,
    /// The content.
    pub body: Vec<u8>,
}

impl Reply {
    /// A page of HTML.
    pub fn html(body: impl Into<Vec<u8>>) -> Self {
        Self { content_type: "text/html; charset=utf-8".into(), body: body.into() }
    }
}

/// Holds answers back until it is opened.
#[derive(Debug, Default)]
pub struct Gate {
    open: Mutex<bool>,
    changed: Condvar,
}

impl Gate {
    /// Lets everything through that waits, and everything after.
    pub fn open(&self) {
        *lock(&self.open) = true;
        self.changed.notify_all();
    }

    fn pass(&self) {
        let guard = lock(&self.open);
        let _ = self.changed.wait_timeout_while(guard, Duration::from_secs(60), |open| !*open);
    }
}

type Handler = dyn Fn(&Request) -> Option<Reply> + Send + Sync;

#[derive(Default)]
struct Shared {
    root: Mutex<PathBuf>,
    mounted: Mutex<Vec<(String, PathBuf)>>,
    missing: Mutex<Vec<String>>,
    headers: Mutex<Vec<(String, String)>>,
    routes: Mutex<HashMap<String, Reply>>,
    handler: Mutex<Option<Arc<Handler>>>,
    gates: Mutex<Vec<(String, Arc<Gate>)>>,
    compressed: Mutex<HashMap<PathBuf, Vec<u8>>>,
    log: Mutex<Vec<Request>>,
    stopped: AtomicBool,
}

/// A server that lives as long as this value.
pub struct Server {
    address: SocketAddr,
    shared: Arc<Shared>,
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}

impl Server {
    /// Serves the files of a folder; `/` is its `index.html`.
    pub fn start(root: &Path) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("no port to be had on 127.0.0.1");
        let address = listener.local_addr().expect("a bound port has an address");
        let shared = Arc::new(Shared { root: Mutex::new(root.to_path_buf()), ..Shared::default() });
        let for_thread = Arc::clone(&shared);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                if for_thread.stopped.load(Ordering::Relaxed) {
                    return;
                }
                let shared = Arc::clone(&for_thread);
                std::thread::spawn(move || shared.serve(&stream));
            }
        });
        Self { address, shared }
    }

    /// Scheme, host and port, without a slash at the end.
    pub fn origin(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The whole URL of a path that starts with a slash.
    pub fn url(&self, path: &str) -> String {
        format!("{}{path}", self.origin())
    }

    /// Port of 127.0.0.1.
    pub fn port(&self) -> u16 {
        self.address.port()
    }

    /// Adds a header to every answer from now on.
    pub fn add_header(&self, name: &str, value: &str) {
        lock(&self.shared.headers).push((name.into(), value.into()));
    }

    /// Serves the files of another folder below a path, `/like/this/`.
    pub fn mount(&self, below: &str, folder: &Path) {
        lock(&self.shared.mounted).push((below.into(), folder.to_path_buf()));
    }

    /// Answers every path that ends so with 404 from now on.
    pub fn lose(&self, path_end: &str) {
        lock(&self.shared.missing).push(path_end.into());
    }

    /// Nothing is lost any more.
    pub fn find_again(&self) {
        lock(&self.shared.missing).clear();
    }

    /// Serves the files of another folder from now on.
    pub fn serve_from(&self, root: &Path) {
        *lock(&self.shared.root) = root.to_path_buf();
    }

    /// Answers a path (without its query) with something that is not a file.
    pub fn route(&self, path: &str, reply: Reply) {
        lock(&self.shared.routes).insert(path.into(), reply);
    }

    /// Answers whatever the function has an answer for; files and routes serve the rest.
    pub fn handle(&self, handler: impl Fn(&Request) -> Option<Reply> + Send + Sync + 'static) {
        *lock(&self.shared.handler) = Some(Arc::new(handler));
    }

    /// Holds back every answer whose path ends so, until the gate is opened.
    pub fn hold(&self, path_end: &str) -> Arc<Gate> {
        let gate = Arc::new(Gate::default());
        lock(&self.shared.gates).push((path_end.into(), Arc::clone(&gate)));
        gate
    }

    /// Serves a file in this Brotli-compressed form to clients that take it, as a real host would.
    pub fn compressed(&self, file: &Path, brotli: Vec<u8>) {
        lock(&self.shared.compressed).insert(file.to_path_buf(), brotli);
    }

    /// Every request so far, in the order of arrival.
    pub fn log(&self) -> Vec<Request> {
        lock(&self.shared.log).clone()
    }

    /// Forgets the requests so far.
    pub fn clear_log(&self) {
        lock(&self.shared.log).clear();
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.shared.stopped.store(true, Ordering::Relaxed);
        for (_, gate) in lock(&self.shared.gates).iter() {
            gate.open();
        }
        let _ = TcpStream::connect(self.address);
    }
}

impl Shared {
    fn serve(&self, stream: &TcpStream) {
        let _ = stream.set_nodelay(true);
        let mut reader = BufReader::new(stream);
        while let Some(request) = read_request(&mut reader) {
            lock(&self.log).push(request.clone());
            let path = request.target.split(['?', '#']).next().unwrap_or_default().to_owned();
            let gate = lock(&self.gates)
                .iter()
                .find(|(end, _)| path.ends_with(end.as_str()))
                .map(|(_, gate)| Arc::clone(gate));
            if let Some(gate) = gate {
                gate.pass();
            }
            if self.answer(&request, &path, stream).is_err() || self.stopped.load(Ordering::Relaxed) {
                return;
            }
        }
    }

    fn answer(&self, request: &Request, path: &str, mut stream: &TcpStream) -> std::io::Result<()> {
        let handler = lock(&self.handler).clone();
        let lost = lock(&self.missing).iter().any(|end| path.ends_with(end.as_str()));
        let reply = handler.and_then(|handler| handler(request)).or_else(|| lock(&self.routes).get(path).cloned());
        let mut encoding = "";
        let (status, reply) = match reply {
            Some(reply) => ("200 OK", reply),
            None => match self.file(path).filter(|_| !lost) {
                Some((file, reply)) => {
                    let takes_brotli =
                        request.headers.iter().any(|(name, value)| name == "accept-encoding" && value.contains("br"));
                    let compressed = lock(&self.compressed).get(&file).filter(|_| takes_brotli).cloned();
                    match compressed {
                        Some(body) => {
                            encoding = "Content-Encoding: br\r\n";
                            ("200 OK", Reply { body, ..reply })
                        }
                        None => ("200 OK", reply),
                    }
                }
                None => ("404 Not Found", Reply { content_type: "text/plain".into(), body: b"not here".to_vec() }),
            },
        };
        let mut head = format!(
            "HTTP/1.1 {status}\r\nContent-Type: {}\r\nContent-Length: {}\r\n{encoding}",
            reply.content_type,
            reply.body.len()
        );
        let headers = lock(&self.headers).clone();
        if !headers.iter().any(|(name, _)| name == "Cache-Control") {
            head.push_str("Cache-Control: no-store\r\n");
        }
        for (name, value) in headers {
            head.push_str(&format!("{name}: {value}\r\n"));
        }
        head.push_str("\r\n");
        stream.write_all(head.as_bytes())?;
        if request.method != "HEAD" {
            stream.write_all(&reply.body)?;
        }
        stream.flush()
    }

    fn file(&self, path: &str) -> Option<(PathBuf, Reply)> {
        let mounted = lock(&self.mounted);
        let below = mounted.iter().find_map(|(below, folder)| Some((path.strip_prefix(below.as_str())?, folder)));
        let whole = lock(&self.root).clone();
        let (path, root) = below.unwrap_or((path, &whole));
        let relative = if path.ends_with('/') { format!("{path}index.html") } else { path.to_owned() };
        let relative = Path::new(relative.trim_start_matches('/'));
        if !relative.components().all(|part| matches!(part, Component::Normal(_))) {
            return None;
        }
        let file = root.join(relative);
        let body = std::fs::read(&file).ok()?;
        let content_type = media_type(&file).to_owned();
        Some((file, Reply { content_type, body }))
    }
}

/// The media type by the end of a file's name.
pub fn media_type(file: &Path) -> &'static str {
    match file.extension().and_then(|end| end.to_str()).unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "wasm" => "application/wasm",
        "json" => "application/json",
        "webmanifest" => "application/manifest+json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "md" | "markdown" | "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

/// Reads one request with its body. `None` at the end of the connection.
pub fn read_request(reader: &mut BufReader<&TcpStream>) -> Option<Request> {
    let mut line = String::new();
    reader.read_line(&mut line).ok().filter(|read| *read > 0)?;
    let mut words = line.split_whitespace();
    let (method, target) = (words.next()?.to_owned(), words.next()?.to_owned());
    let mut headers = Vec::new();
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).ok().filter(|read| *read > 0)?;
        match line.trim_end().split_once(':') {
            Some((name, value)) => headers.push((name.to_ascii_lowercase(), value.trim().to_owned())),
            None => break,
        }
    }
    let length = headers.iter().find(|(name, _)| name == "content-length").and_then(|(_, value)| value.parse().ok());
    let mut body = Vec::new();
    reader.by_ref().take(length.unwrap_or(0)).read_to_end(&mut body).ok()?;
    Some(Request { method, target, headers, body })
}
