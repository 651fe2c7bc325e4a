//! Processes that a test starts (drivers, browsers, displays): started with a mark in their environment, found again
//! by it, killed together. In: commands. Out: `Started`, `Mark`, free ports. Neighbours: `driver.rs`.
//!
//! A driver starts its browser in a process group of its own, and browsers start dozens of helpers: neither a process
//! id nor a group reaches them all. The mark does: it is inherited, and it names the test process that made it, so
//! that what a killed test run left behind is found and ended by the next one.

use std::collections::HashSet;
use std::fs;
use std::net::TcpListener;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

const VARIABLE: &str = "APERCU_BROWSER_TEST";

/// The mark of one browser with everything around it: `process id of the test:number`.
#[derive(Clone, Debug)]
pub struct Mark(String);

impl Mark {
    /// A mark that no other test has.
    pub fn new() -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        Self(format!("{}:{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed)))
    }

    /// The processes that carry the mark now, and all their descendants: some browsers write over their environment.
    pub fn processes(&self) -> Vec<u32> {
        let wanted = self.0.clone();
        marked(|mark| mark == wanted)
    }

    /// Ends them all at once, as when the machine takes them away (SIGKILL), and waits until they are gone.
    pub fn kill(&self) {
        let start = Instant::now();
        loop {
            let processes = self.processes();
            if processes.is_empty() || start.elapsed() > Duration::from_secs(10) {
                return;
            }
            kill(&processes);
            std::thread::sleep(Duration::from_millis(10));
        }
    }
}

/// Ends what test processes that are no longer alive have left behind.
pub fn sweep() {
    let orphans =
        marked(|mark| mark.split(':').next().is_some_and(|owner| fs::metadata(format!("/proc/{owner}")).is_err()));
    if !orphans.is_empty() {
        kill(&orphans);
    }
}

fn kill(processes: &[u32]) {
    let ids = processes.iter().map(u32::to_string);
    // Some may have ended in the meantime: `kill` then complains, and that is no failure.
    let _ = Command::new("kill").arg("-KILL").args(ids).stderr(Stdio::null()).status();
}

/// Living processes whose mark fits, and their descendants.
fn marked(fits: impl Fn(&str) -> bool) -> Vec<u32> {
    let mut parents = Vec::new();
    let mut found = HashSet::new();
    let prefix = format!("{VARIABLE}=");
    for entry in fs::read_dir("/proc").into_iter().flatten().flatten() {
        let Some(id) = entry.file_name().to_str().and_then(|name| name.parse::<u32>().ok()) else { continue };
        let Some((parent, state)) = parent_and_state(id) else { continue };
        if state == 'Z' || id == std::process::id() {
            continue;
        }
        parents.push((id, parent));
        let environment = fs::read(format!("/proc/{id}/environ")).unwrap_or_default();
        let is_marked = environment
            .split(|byte| *byte == 0)
            .filter_map(|entry| std::str::from_utf8(entry).ok())
            .filter_map(|entry| entry.strip_prefix(&prefix))
            .any(&fits);
        if is_marked {
            found.insert(id);
        }
    }
    loop {
        let before = found.len();
        for (id, parent) in &parents {
            if found.contains(parent) {
                found.insert(*id);
            }
        }
        if found.len() == before {
            return found.into_iter().collect();
        }
    }
}

/// From `/proc/ID/stat`: `id (name) state parent …`; the name may itself hold blanks and brackets.
fn parent_and_state(id: u32) -> Option<(u32, char)> {
    let stat = fs::read_to_string(format!("/proc/{id}/stat")).ok()?;
    let (_, after) = stat.rsplit_once(')')?;
    let mut fields = after.split_whitespace();
    let state = fields.next()?.chars().next()?;
    Some((fields.next()?.parse().ok()?, state))
}

/// Starts a command under a mark, silent unless `APERCU_DRIVER_LOG` is set.
pub fn start(mark: &Mark, command: &mut Command) -> std::io::Result<Child> {
    command.env(VARIABLE, &mark.0).stdin(Stdio::null());
    if std::env::var_os("APERCU_DRIVER_LOG").is_none() {
        command.stderr(Stdio::null());
    }
    command.spawn()
}

/// A port of 127.0.0.1 that nobody listens on at this moment.
pub fn free_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").expect("no port to be had on 127.0.0.1");
    listener.local_addr().expect("a bound port has an address").port()
}
