//! A driver process with its display, and the session on it. In: an engine and its settings. Out: `Driver`.
//! Neighbours: `engine.rs` (what to start), `process.rs` (how it ends), `browser.rs` (what is done with it).

use super::engine::{Engine, Settings};
use super::process::{self, Mark};
use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use std::io::{BufRead, BufReader};
use std::net::{Ipv4Addr, SocketAddr, TcpStream};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use tokio::runtime::Runtime;

/// Everything that was started for one browser. Dropping it ends every process of it.
pub struct Driver {
    /// The session.
    pub client: Client,
    /// All processes carry it.
    pub mark: Mark,
    children: Vec<Child>,
}

impl Driver {
    /// Starts driver and browser; a busy machine gets a second and a third try.
    pub fn start(engine: Engine, settings: &Settings, runtime: &Runtime) -> Self {
        let mut failure = String::new();
        for _ in 0..3 {
            match Self::try_start(engine, settings, runtime) {
                Ok(driver) => return driver,
                Err(error) => failure = error,
            }
        }
        panic!("{} did not start: {failure}", engine.name());
    }

    fn try_start(engine: Engine, settings: &Settings, runtime: &Runtime) -> Result<Self, String> {
        let mark = Mark::new();
        let mut children = Vec::new();
        let started = || -> Result<Client, String> {
            let display = match engine {
                Engine::WebKit => Some(start_display(&mark, settings, &mut children)?),
                Engine::Chromium | Engine::Firefox => None,
            };
            let port = process::free_port();
            let mut command = engine.driver(port, settings, display.as_deref());
            let driver = process::start(&mark, &mut command).map_err(|error| format!("{command:?}: {error}"))?;
            children.push(driver);
            wait_for_port(port)?;
            let connecting = async {
                let mut builder = ClientBuilder::new(HttpConnector::new());
                builder.capabilities(engine.capabilities(settings));
                let connecting = builder.connect(&format!("http://127.0.0.1:{port}")).await;
                connecting.map_err(|error| format!("no session: {error}"))
            };
            let limit = Duration::from_secs(90);
            runtime
                .block_on(async { tokio::time::timeout(limit, connecting).await })
                .map_err(|_| "no session in 90 s")?
        }();
        match started {
            Ok(client) => Ok(Self { client, mark, children }),
            Err(error) => {
                mark.kill();
                reap(&mut children);
                Err(error)
            }
        }
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        self.mark.kill();
        reap(&mut self.children);
    }
}

fn reap(children: &mut Vec<Child>) {
    for mut child in children.drain(..) {
        let _ = child.kill();
        let _ = child.wait();
    }
}

/// An X display without a screen, a little larger than the window. It chooses its own number and says it.
fn start_display(mark: &Mark, settings: &Settings, children: &mut Vec<Child>) -> Result<String, String> {
    let (width, height) = (settings.size.0 + 200, settings.size.1 + 300);
    let mut command = Command::new("Xvfb");
    command.args(["-displayfd", "1", "-nolisten", "tcp", "-screen", "0", &format!("{width}x{height}x24")]);
    command.stdout(Stdio::piped());
    let mut child = process::start(mark, &mut command).map_err(|error| format!("Xvfb: {error}"))?;
    let output = child.stdout.take();
    children.push(child);
    let mut number = String::new();
    let read = output.map(|output| BufReader::new(output).read_line(&mut number));
    match read {
        Some(Ok(1..)) => Ok(format!(":{}", number.trim())),
        _ => Err("Xvfb named no display".into()),
    }
}

fn wait_for_port(port: u16) -> Result<(), String> {
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
    let start = Instant::now();
    while start.elapsed() < Duration::from_secs(20) {
        if TcpStream::connect_timeout(&address, Duration::from_secs(1)).is_ok() {
            return Ok(());
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    Err(format!("nobody listens on port {port} after 20 s"))
}
