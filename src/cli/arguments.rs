//! The arguments. In: texts. Out: `Arguments`, or what is wrong with them. Neighbours: `mod.rs`.

use std::ffi::{OsStr, OsString};
use std::path::PathBuf;

use lexopt::{Arg, Parser, ValueExt};

use super::policy::is_code;
use super::{Failure, Topic};
use crate::post::date_text::{self, DateText};
use crate::post::jekyll_version::JekyllVersion;
use crate::text::Severity;

/// What is to be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subcommand {
    /// Print the usage.
    Help,
    /// Print the version.
    Version,
    /// Print the version and the notices of what is built in.
    Licenses,
    /// Print the reference of a topic.
    Reference(Topic),
    /// Print what is wrong.
    Check,
    /// Print all that is known.
    Show,
    /// Print HTML.
    Render,
    /// Write a whole site.
    Build,
    /// Print what of a site will not work here.
    Doctor,
}

/// How it is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Lines for a person.
    Text,
    /// One JSON array.
    Json,
    /// Commands that GitHub Actions turns into annotations.
    GitHub,
    /// A log in SARIF 2.1.0, for code scanning.
    Sarif,
}

/// The arguments of one run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Arguments {
    /// What is to be done.
    pub command: Subcommand,
    /// How it is printed.
    pub format: Format,
    /// The site's settings, if files are named: a later file overrides an earlier one.
    pub configs: Vec<PathBuf>,
    /// Whether a `_config.yml` is looked for where none is named.
    pub find_config: bool,
    /// The time of the build in seconds since 1970, if it is given.
    pub now: Option<i64>,
    /// The path of the text on standard input.
    pub file_name: Option<String>,
    /// The body alone (`render`).
    pub body: bool,
    /// The whole page as `build` writes it (`render`).
    pub site: bool,
    /// Codes of diagnostics that are not reported (`check`).
    pub disabled: Vec<String>,
    /// The least severity that counts for the exit code, if it is given (`check`).
    pub severity: Option<Severity>,
    /// Nothing is printed (`check`).
    pub quiet: bool,
    /// The diagnostics are counted (`check`).
    pub statistics: bool,
    /// The fixes are made (`check`).
    pub fix: bool,
    /// The fixes are shown and not made (`check`).
    pub diff: bool,
    /// The folder that a site is written to, if it is named (`build`).
    pub destination: Option<PathBuf>,
    /// How many threads build a site, if that is given (`build`).
    pub jobs: Option<usize>,
    /// The folder of the theme's files, if it is named (`build`).
    pub theme: Option<PathBuf>,
    /// Which Jekyll builds the site, if it is given.
    pub version: Option<JekyllVersion>,
    /// What `build` says over the settings: keys that are true.
    pub overrides: Vec<&'static str>,
    /// The files and folders; `-` for standard input.
    pub files: Vec<PathBuf>,
}

/// The options of each command alone.
const OPTIONS: &[(&str, &[&str])] = &[
    ("check", &["format", "file-name", "disable", "severity", "quiet", "statistics", "fix", "diff"]),
    ("show", &["format", "file-name"]),
    ("render", &["body", "file-name", "site", "theme", "drafts", "future", "unpublished"]),
    ("build", &["destination", "jobs", "theme", "drafts", "future", "unpublished"]),
    ("doctor", &["theme", "drafts", "future", "unpublished", "format", "disable", "severity", "quiet", "statistics"]),
];

/// The options of all these commands.
const COMMON: &[&str] = &["config", "no-config", "now", "jekyll"];

/// The version of Jekyll that a word names.
fn version(code: &str) -> Result<JekyllVersion, lexopt::Error> {
    JekyllVersion::of_code(code)
        .ok_or_else(|| ["no Jekyll is called ", code, ": it is 4, 3 or github-pages"].concat().into())
}

/// Reads the arguments, without the program's name.
pub fn parse(arguments: impl Iterator<Item = OsString>) -> Result<Arguments, Failure> {
    read(Parser::from_args(arguments.collect::<Vec<_>>())).map_err(|error| Failure(error.to_string()))
}

fn read(mut parser: Parser) -> Result<Arguments, lexopt::Error> {
    let mut command = None;
    let mut given = Vec::new();
    let mut arguments = Arguments {
        command: Subcommand::Help,
        format: Format::Text,
        configs: Vec::new(),
        find_config: true,
        now: None,
        file_name: None,
        body: false,
        site: false,
        disabled: Vec::new(),
        severity: None,
        quiet: false,
        statistics: false,
        fix: false,
        diff: false,
        destination: None,
        jobs: None,
        theme: None,
        version: None,
        overrides: Vec::new(),
        files: Vec::new(),
    };
    while let Some(argument) = parser.next()? {
        let name = match argument {
            Arg::Long("help") | Arg::Short('h') => return Ok(arguments),
            Arg::Long("version") | Arg::Short('V') => {
                let licenses = matches!(parser.next()?, Some(Arg::Long("licenses")));
                let command = if licenses { Subcommand::Licenses } else { Subcommand::Version };
                return Ok(Arguments { command, ..arguments });
            }
            Arg::Long(name) => name.to_owned(),
            Arg::Short('d') => "destination".to_owned(),
            Arg::Short('j') => "jobs".to_owned(),
            Arg::Value(word) if command.is_none() => {
                command = Some(match word.to_str() {
                    Some("check") => Subcommand::Check,
                    Some("show") => Subcommand::Show,
                    Some("render") => Subcommand::Render,
                    Some("build") => Subcommand::Build,
                    Some("doctor") => Subcommand::Doctor,
                    Some("help") => Subcommand::Help,
                    Some("reference") => Subcommand::Reference(topic(&parser.value()?)?),
                    _ => return Err(["no command is called ", &word.to_string_lossy()].concat().into()),
                });
                continue;
            }
            Arg::Value(file) => {
                arguments.files.push(file.into());
                continue;
            }
            other => return Err(other.unexpected()),
        };
        match name.as_str() {
            "config" => {
                let names = parser.value()?.string()?;
                arguments.configs.extend(names.split(',').filter(|name| !name.is_empty()).map(PathBuf::from));
            }
            "destination" => arguments.destination = Some(parser.value()?.into()),
            "jekyll" => arguments.version = Some(version(&parser.value()?.string()?)?),
            "jobs" => {
                let count = parser.value()?.string()?.parse().ok().filter(|count| (1..=256).contains(count));
                arguments.jobs = Some(count.ok_or("--jobs needs a number from 1 to 256")?);
            }
            "theme" => arguments.theme = Some(parser.value()?.into()),
            "drafts" => arguments.overrides.push("show_drafts"),
            "future" => arguments.overrides.push("future"),
            "unpublished" => arguments.overrides.push("unpublished"),
            "no-config" => arguments.find_config = false,
            "now" => arguments.now = Some(time(&parser.value()?.string()?)?),
            "file-name" => arguments.file_name = Some(parser.value()?.string()?),
            "body" => arguments.body = true,
            "site" => arguments.site = true,
            "quiet" => arguments.quiet = true,
            "statistics" => arguments.statistics = true,
            "fix" => arguments.fix = true,
            "diff" => arguments.diff = true,
            "disable" => {
                let codes = parser.value()?.string()?;
                for code in codes.split(',').filter(|code| !code.is_empty()) {
                    if !is_code(code) {
                        return Err(["no diagnostic has the code ", code].concat().into());
                    }
                    arguments.disabled.push(code.to_owned());
                }
            }
            "severity" => {
                let word = parser.value()?.string()?;
                let severity = Severity::of(&word).ok_or_else(|| ["no severity is called ", &word].concat())?;
                arguments.severity = Some(severity);
            }
            "format" => {
                let word = parser.value()?.string()?;
                arguments.format = match word.as_str() {
                    "text" => Format::Text,
                    "json" => Format::Json,
                    "github" => Format::GitHub,
                    "sarif" => Format::Sarif,
                    _ => return Err(["no format is called ", &word].concat().into()),
                };
            }
            _ => return Err(["no option is called --", &name].concat().into()),
        }
        given.push(name);
    }
    arguments.command =
        command.ok_or("a command is missing: check, show, render, build, doctor or reference (--help tells more)")?;
    check(&arguments, &given)?;
    Ok(arguments)
}

/// Refuses options that exclude each other.
fn check(arguments: &Arguments, given: &[String]) -> Result<(), lexopt::Error> {
    let name = match arguments.command {
        Subcommand::Help | Subcommand::Version | Subcommand::Licenses => return Ok(()),
        Subcommand::Reference(_) => "reference",
        Subcommand::Check => "check",
        Subcommand::Show => "show",
        Subcommand::Render => "render",
        Subcommand::Build => "build",
        Subcommand::Doctor => "doctor",
    };
    let own = OPTIONS.iter().find(|(command, _)| *command == name).map(|(_, options)| *options);
    let knows = |option: &str| own.is_some_and(|own| own.contains(&option) || COMMON.contains(&option));
    if let Some(option) = given.iter().find(|option| !knows(option)) {
        return Err([name, " takes no --", option].concat().into());
    }
    let files = &arguments.files;
    let Some(own) = own else {
        return match files.first() {
            Some(file) => Err(["reference takes no ", &file.to_string_lossy()].concat().into()),
            None => Ok(()),
        };
    };
    if matches!(arguments.command, Subcommand::Build | Subcommand::Doctor) {
        return if files.len() > 1 { Err([name, " takes one folder"].concat().into()) } else { Ok(()) };
    }
    if files.is_empty() {
        return Err("no file is named".into());
    }
    if own.contains(&"body") && files.len() > 1 {
        return Err("render takes one file".into());
    }
    let of_sites = given.iter().find(|option| ["theme", "drafts", "future", "unpublished"].contains(&option.as_str()));
    if let Some(option) = of_sites.filter(|_| !arguments.site) {
        return Err(["render takes --", option, " with --site only"].concat().into());
    }
    if arguments.site && (arguments.body || files.iter().any(|file| file.as_os_str() == "-")) {
        return Err("render --site takes a file of the site, and no --body".into());
    }
    if arguments.command == Subcommand::Show && !matches!(arguments.format, Format::Text | Format::Json) {
        return Err("show knows the formats text and json".into());
    }
    let stdin = files.iter().any(|file| file.as_os_str() == "-");
    if arguments.file_name.is_some() && !stdin {
        return Err("--file-name names the text on standard input, and no file is -".into());
    }
    if stdin && arguments.fix {
        return Err("--fix writes files; the text on standard input has none (--diff shows the fixes)".into());
    }
    if !arguments.find_config && !arguments.configs.is_empty() {
        return Err("--config and --no-config exclude each other".into());
    }
    Ok(())
}

/// A date, in seconds since 1970.
fn time(text: &str) -> Result<i64, lexopt::Error> {
    match date_text::read(text) {
        DateText::Date(date) => Ok(date.unix(0)),
        _ => Err([text, " is no date"].concat().into()),
    }
}

fn topic(word: &OsStr) -> Result<Topic, lexopt::Error> {
    word.to_str().and_then(Topic::of).ok_or_else(|| "reference knows checks and commands".into())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(words: &str) -> Result<Arguments, Failure> {
        parse(words.split_whitespace().map(OsString::from))
    }

    #[test]
    fn options_may_stand_before_and_after_the_command_and_the_files() {
        let found =
            of("--format=json check a.md --config a.yml,b.yml --config c.yml -- --b.md").expect("good arguments");
        assert_eq!(found.command, Subcommand::Check);
        assert_eq!(found.format, Format::Json);
        assert_eq!(found.configs, ["a.yml", "b.yml", "c.yml"].map(PathBuf::from));
        assert_eq!(found.files, [PathBuf::from("a.md"), PathBuf::from("--b.md")]);
        assert!(of("render --body a.md").expect("good").body);
        assert_eq!(of("reference commands").expect("good").command, Subcommand::Reference(Topic::Commands));
        assert_eq!(of("check a.md --help").expect("good").command, Subcommand::Help);
        let found = of(
            "check - --file-name _posts/2020-01-02-a.md --disable yaml-merge,url-bare --disable liquid-error --severity error",
        );
        let found = found.expect("good arguments");
        assert_eq!((found.disabled.len(), found.severity), (3, Some(Severity::Error)));
    }

    #[test]
    fn wrong_usage_is_reported() {
        for words in [
            "",
            "check",
            "publish a.md",
            "check --format xml a.md",
            "check --colour a.md",
            "check --body a.md",
            "check --now yesterday a.md",
            "check --severity bad a.md",
            "check --file-name x.md a.md",
            "check --fix -",
            "check --disable bare-url a.md",
            "check --config a.yml --no-config a.md",
            "render a.md b.md",
            "render --format json a.md",
            "show --format github a.md",
            "show --format sarif a.md",
            "show --fix a.md",
            "check --now",
            "reference",
            "reference posts",
            "reference checks a.md",
            "reference checks --now 2020-01-01",
        ] {
            assert!(of(words).is_err(), "{words}");
        }
    }
}
