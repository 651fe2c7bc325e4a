//! The command line: what the page shows, for a terminal, a hook, a build. In: arguments and files. Out: text, JSON or
//! HTML on standard output, and an exit code. Neighbours: `render/` reads and renders; `main.rs` starts it natively.
//!
//! Exit codes: 0 for nothing above a note, 1 for a warning or an error (`check`, `doctor`) and for a post at which Jekyll stops
//! (`render`), 2 for wrong usage or a file that cannot be read.

mod arguments;
mod build;
mod build_threads;
mod check;
mod destination;
mod doctor;
mod fix;
mod json;
mod policy;
mod post_file;
mod reference;
mod render;
mod report;
mod show;
mod site_folder;
mod site_problems;
mod site_request;
mod sites;
mod tables;
mod theme_gem;
mod zoneinfo;

use std::ffi::OsString;
use std::io::{self, Write};
use std::process::ExitCode;

pub use arguments::{Arguments, Format, Subcommand, parse};
pub use post_file::File;
pub use reference::{Topic, reference};
pub use site_folder::SiteFolder;
pub use sites::{KnownSite, SitePath, Sites};
pub use tables::languages;
pub use zoneinfo::find as zone;

/// What `--version` prints.
const VERSION: &str = concat!("apercu ", env!("CARGO_PKG_VERSION"), "\n");

/// What `--help` prints.
const HELP: &str = "\
What Jekyll will make of a post, without Jekyll.

apercu check [OPTIONS] FILE…                     mistakes, with line and column
apercu show [--format text|json] FILE…           whether and where it is published, and all that is known of it
apercu render [--body] FILE                      the post as an HTML document, or its body alone, after Liquid
apercu render --site FILE                        the whole page of a file of a site, as `build` writes it
apercu build [OPTIONS] [SITE]                    the whole site, as `jekyll build` writes it
apercu doctor [OPTIONS] [SITE]                   what of a site will not work here, with file and line
apercu reference checks|commands                 all checks, or all editing commands, as Markdown

FILE is a file; a folder, for all posts, drafts, documents of collections and pages below it; or - for standard input.

  --file-name PATH  where the text on standard input lies in the site
  --config A,B      the site's settings; else the _config.yml, .yaml or .toml in the nearest folder above a file
  --no-config       Jekyll's own settings
  --jekyll VERSION  who builds the site: 4 (Jekyll 4.3, the default), 3 (Jekyll 3.10) or github-pages; check and show
                    take it from the site's Gemfile or Gemfile.lock where it is not given, and say so
  --now DATE        the time of the build; else now
  --help, --version
  --version --licenses  with the notices of what the colours of code come from

check, doctor:
  --format FORMAT   text, json, github (annotations of a workflow) or sarif (code scanning)
  --disable A,B     do not tell diagnostics of these codes
  --severity LEVEL  what counts for the exit code: note, warning (the default) or error
  --quiet           print no diagnostics
  --statistics      count them, on standard error
  --fix             make the fixes that the page offers as buttons, and report what is left (check)
  --diff            print what --fix would change, and change nothing (check)

build, render --site, doctor:
  -d, --destination DIR  where to write; else where the settings say, or _site in the site's folder (build)
  -j, --jobs N      how many threads (build); else one for each core
  --theme DIR       the files of the theme, where it is a gem; else those of the installed gem
  --drafts, --future, --unpublished  as with Jekyll

An apercu.toml in the site's folder, or a section `apercu` in its settings, may say `disable` and `severity`, too.

`check` and `doctor` end with 0 if nothing counts, and with 1 if something does; `render` with 1 if Jekyll stops at the
post and writes no page. Wrong usage and files that cannot be read end with 2.
";

/// Why a command ends early: a sentence, for wrong usage or a file that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure(pub String);

/// The process: arguments from the system, output to the standard streams.
pub fn main() -> ExitCode {
    // Not locked: another thread that panics writes there, too.
    let (mut out, mut errors) = (io::stdout(), io::stderr());
    let code = run(std::env::args_os().skip(1), &mut out, &mut errors);
    // The reader may have closed the stream; that is no error.
    let _ = out.flush();
    ExitCode::from(code)
}

/// Runs the command that `arguments` (without the program's name) ask for. Returns the exit code.
pub fn run(arguments: impl Iterator<Item = OsString>, out: &mut dyn Write, errors: &mut dyn Write) -> u8 {
    let output = match parse(arguments) {
        Ok(arguments) => match &arguments.command {
            Subcommand::Help => CommandOutput::of(HELP.to_owned()),
            Subcommand::Version => CommandOutput::of(VERSION.to_owned()),
            Subcommand::Licenses => CommandOutput::of([VERSION, tables::notices()].concat()),
            Subcommand::Reference(topic) => CommandOutput::of(reference(*topic)),
            Subcommand::Check => check::run(&arguments),
            Subcommand::Show => show::run(&arguments),
            Subcommand::Render => render::run(&arguments).unwrap_or_else(CommandOutput::failed),
            Subcommand::Build => build::run(&arguments).unwrap_or_else(CommandOutput::failed),
            Subcommand::Doctor => doctor::run(&arguments).unwrap_or_else(CommandOutput::failed),
        },
        Err(failure) => CommandOutput::failed(failure),
    };
    // A closed pipe is no error.
    let _ = out.write_all(output.text.as_bytes());
    let _ = errors.write_all(output.notes.as_bytes());
    for Failure(message) in &output.failures {
        let _ = writeln!(errors, "apercu: {message}");
    }
    match (output.failures.is_empty(), output.diagnosed) {
        (false, _) => 2,
        (true, true) => 1,
        (true, false) => 0,
    }
}

/// The result of a command.
#[derive(Debug, Default)]
struct CommandOutput {
    /// For standard output.
    text: String,
    /// For standard error.
    notes: String,
    /// Files that could not be read, or wrong usage.
    failures: Vec<Failure>,
    /// Whether a diagnostic counts for the exit code.
    diagnosed: bool,
}

impl CommandOutput {
    fn of(text: String) -> Self {
        Self { text, ..Self::default() }
    }

    fn failed(failure: Failure) -> Self {
        Self { failures: vec![failure], ..Self::default() }
    }
}
