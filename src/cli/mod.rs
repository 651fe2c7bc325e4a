//! The command line: what the page shows, for a terminal, a hook, a build. In: arguments and files. Out: text, JSON or
//! HTML on standard output, and an exit code. Neighbours: `render/` reads and renders; `main.rs` starts it natively.
//!
//! Exit codes: 0 for nothing above a note, 1 for a warning or an error (`check`), 2 for wrong usage or a file that
//! cannot be read.

mod arguments;
mod check;
mod json;
mod post_file;
mod reference;
mod render;
mod show;
mod zoneinfo;

use std::ffi::OsString;
use std::io::{self, Write};
use std::process::ExitCode;

pub use arguments::{Arguments, Command, Format, parse};
pub use post_file::{File, Sites};
pub use reference::{Topic, reference};
pub use zoneinfo::find as zone;

/// What `--help` prints.
const HELP: &str = "\
What Jekyll will make of a post, without Jekyll.

apercu check [--format text|json|github] FILE…   mistakes, with line and column
apercu show [--format text|json] FILE…           whether and where it is published, and all that is known of it
apercu render [--body] FILE                      the post as an HTML document, or its body alone
apercu reference checks|commands                 all checks, or all editing commands, as Markdown

  --config FILE   the site's settings; else the _config.yml in the nearest folder above a file
  --no-config     Jekyll's own settings
  --now DATE      the time of the build; else now
  --help, --version

`check` ends with 0 if there is nothing above a note, and with 1 if there is. Wrong usage and files that cannot be read
end with 2.
";

/// Why a command ends early: a sentence, for wrong usage or a file that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure(pub String);

/// The process: arguments from the system, output to the standard streams.
pub fn main() -> ExitCode {
    let mut out = io::stdout().lock();
    let mut errors = io::stderr().lock();
    let code = run(std::env::args_os().skip(1), &mut out, &mut errors);
    // The reader may have closed the stream; that is no error.
    let _ = out.flush();
    ExitCode::from(code)
}

/// Runs the command that `arguments` (without the program's name) ask for. Returns the exit code.
pub fn run(arguments: impl Iterator<Item = OsString>, out: &mut dyn Write, errors: &mut dyn Write) -> u8 {
    let result = parse(arguments).and_then(|arguments| match &arguments.command {
        Command::Help => Ok((HELP.to_owned(), Vec::new(), false)),
        Command::Version => Ok((concat!("apercu ", env!("CARGO_PKG_VERSION"), "\n").to_owned(), Vec::new(), false)),
        Command::Reference(topic) => Ok((reference(*topic), Vec::new(), false)),
        Command::Check => check::run(&arguments),
        Command::Show => show::run(&arguments),
        Command::Render { body } => render::run(&arguments, *body),
    });
    let (text, failures, diagnosed) = match result {
        Ok(output) => output,
        Err(failure) => (String::new(), vec![failure], false),
    };
    // A closed pipe is no error.
    let _ = out.write_all(text.as_bytes());
    for Failure(message) in &failures {
        let _ = writeln!(errors, "apercu: {message}");
    }
    match (failures.is_empty(), diagnosed) {
        (false, _) => 2,
        (true, true) => 1,
        (true, false) => 0,
    }
}

/// What a command gives: its output, the files it could not read, and whether a diagnostic is above a note.
type Output = (String, Vec<Failure>, bool);
