//! The example's admin as a process: Django on a free port, with a database of its own. In: the package that it serves.
//! Out: `Django`. Neighbours: `examples/admin`; `scripts/examples.sh` installs Django; `process.rs` ends it.

use super::process::{self, Mark};
use serde_json::Value;
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// A running server; it ends when dropped, and its database is removed.
pub struct Django {
    folder: TempDir,
    package: PathBuf,
    port: u16,
    mark: Mark,
    child: Option<Child>,
}

fn project() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/admin")
}

/// The Python that has Django: `APERCU_PYTHON`, or where `scripts/examples.sh` puts it.
fn python() -> PathBuf {
    let cache = || std::env::var_os("APERCU_CACHE").map(PathBuf::from);
    let home = || std::env::var_os("XDG_CACHE_HOME").map(|cache| Path::new(&cache).join("apercu"));
    let default = || Path::new(&std::env::var_os("HOME").unwrap_or_default()).join(".cache/apercu");
    let python = std::env::var_os("APERCU_PYTHON").map(PathBuf::from);
    let python = python.unwrap_or_else(|| cache().or_else(home).unwrap_or_else(default).join("django/bin/python"));
    assert!(python.is_file(), "no Django at {}: ensure_django of scripts/examples.sh installs it", python.display());
    python
}

impl Django {
    /// Makes a database with the user admin (password admin), and serves it.
    pub fn start(package: &Path) -> Self {
        let folder = tempfile::Builder::new().prefix("apercu-django-").tempdir().expect("no folder for the database");
        let mut django = Self { folder, package: package.to_path_buf(), port: 0, mark: Mark::new(), child: None };
        django.run(&["manage.py", "migrate", "--verbosity", "0"]);
        django.run(&["manage.py", "demo"]);
        // The post of the demonstration is not of the test's making.
        django.query("from posts.models import Post; Post.objects.all().delete(); answer = None");
        django.serve();
        django
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(python());
        command.args(arguments).current_dir(project());
        command.env("APERCU_DATABASE", self.folder.path().join("db.sqlite3")).env("APERCU_PACKAGE", &self.package);
        command.env("DJANGO_SETTINGS_MODULE", "config.settings").env("PYTHONDONTWRITEBYTECODE", "1");
        command.stdin(Stdio::null());
        command
    }

    #[track_caller]
    fn run(&self, arguments: &[&str]) -> String {
        let output = self.command(arguments).output().expect("Python runs");
        let (out, errors) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
        assert!(output.status.success(), "{arguments:?}: {out}{errors}");
        out.into_owned()
    }

    /// Starts the server; another program may take the port in between, so there is a second and a third try.
    fn serve(&mut self) {
        for _ in 0..3 {
            self.port = process::free_port();
            let address = format!("127.0.0.1:{}", self.port);
            let mut command = self.command(&["manage.py", "runserver", "--noreload", &address]);
            command.stdout(Stdio::null());
            self.child = Some(process::start(&self.mark, &mut command).expect("Python runs"));
            if self.answers() {
                return;
            }
        }
        panic!("Django did not come up on port {}; APERCU_DRIVER_LOG=1 shows what it says", self.port);
    }

    fn answers(&mut self) -> bool {
        let start = Instant::now();
        while start.elapsed() < Duration::from_secs(30) {
            if self.child.as_mut().is_none_or(|child| !matches!(child.try_wait(), Ok(None))) {
                return false;
            }
            if TcpStream::connect(("127.0.0.1", self.port)).is_ok() {
                return true;
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        false
    }

    /// The whole URL of a path that starts with a slash.
    pub fn url(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }

    /// Runs Python against the database, beside the server; the value of its variable `answer` comes back.
    #[track_caller]
    pub fn query(&self, code: &str) -> Value {
        let code = format!("import django, json\ndjango.setup()\n{code}\nprint(json.dumps(answer))");
        let answer = self.run(&["-c", &code]);
        serde_json::from_str(answer.trim()).unwrap_or_else(|error| panic!("{error}: {answer}"))
    }

    /// Every post as it lies in the table: title, body, notes and the texts of its sections.
    #[track_caller]
    pub fn posts(&self) -> Value {
        self.query(
            "from posts.models import Post\n\
             answer = [[p.title, p.body, p.notes, [s.text for s in p.section_set.order_by('pk')]] for p in Post.objects.order_by('pk')]",
        )
    }
}

impl Drop for Django {
    fn drop(&mut self) {
        self.mark.kill();
        if let Some(mut child) = self.child.take() {
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}
