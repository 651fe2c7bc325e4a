//! The arguments. In: words. Out: `Arguments`, or what is wrong with them. Neighbours: `mod.rs`.

use std::ffi::{OsStr, OsString};
use std::path::PathBuf;

use lexopt::{Arg, Parser, ValueExt};

use super::{Failure, Topic};

/// What is to be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Command {
    /// Print the usage.
    Help,
    /// Print the version.
    Version,
    /// Print the reference of a topic.
    Reference(Topic),
    /// Print what is wrong.
    Check,
    /// Print all that is known.
    Show,
    /// Print HTML.
    Render {
        /// The body alone.
        body: bool,
    },
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
}

/// The arguments of one run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Arguments {
    /// What is to be done.
    pub command: Command,
    /// How it is printed.
    pub format: Format,
    /// The site's settings, if a file is named.
    pub config: Option<PathBuf>,
    /// Whether a `_config.yml` is looked for where none is named.
    pub find_config: bool,
    /// The time of the build as it is written.
    pub now: Option<String>,
    /// The files.
    pub files: Vec<PathBuf>,
}

/// Reads the arguments, without the program's name.
pub fn parse(arguments: impl Iterator<Item = OsString>) -> Result<Arguments, Failure> {
    read(Parser::from_args(arguments.collect::<Vec<_>>())).map_err(|error| Failure(error.to_string()))
}

fn read(mut parser: Parser) -> Result<Arguments, lexopt::Error> {
    let mut command = None;
    let mut arguments = Arguments {
        command: Command::Help,
        format: Format::Text,
        config: None,
        find_config: true,
        now: None,
        files: Vec::new(),
    };
    let mut body = false;
    while let Some(argument) = parser.next()? {
        match argument {
            Arg::Long("help") | Arg::Short('h') => return Ok(arguments),
            Arg::Long("version") | Arg::Short('V') => {
                return Ok(Arguments { command: Command::Version, ..arguments });
            }
            Arg::Long("config") => arguments.config = Some(parser.value()?.into()),
            Arg::Long("no-config") => arguments.find_config = false,
            Arg::Long("now") => arguments.now = Some(parser.value()?.string()?),
            Arg::Long("body") => body = true,
            Arg::Long("format") => {
                let word = parser.value()?.string()?;
                arguments.format = match word.as_str() {
                    "text" => Format::Text,
                    "json" => Format::Json,
                    "github" => Format::GitHub,
                    _ => return Err(["no format is called ", &word].concat().into()),
                };
            }
            Arg::Value(word) if command.is_none() => {
                command = Some(match word.to_str() {
                    Some("check") => Command::Check,
                    Some("show") => Command::Show,
                    Some("render") => Command::Render { body: false },
                    Some("help") => Command::Help,
                    Some("reference") => Command::Reference(topic(&parser.value()?)?),
                    _ => return Err(["no command is called ", &word.to_string_lossy()].concat().into()),
                });
            }
            Arg::Value(file) => arguments.files.push(file.into()),
            other => return Err(other.unexpected()),
        }
    }
    arguments.command = match command {
        None => return Err("a command is missing: check, show, render or reference (--help tells more)".into()),
        Some(Command::Render { .. }) => Command::Render { body },
        Some(command) => command,
    };
    match arguments.command {
        Command::Help | Command::Version => {}
        Command::Reference(_) => {
            if let Some(file) = arguments.files.first() {
                return Err(["reference takes no ", &file.to_string_lossy()].concat().into());
            }
        }
        _ if arguments.files.is_empty() => return Err("no file is named".into()),
        Command::Render { .. } if arguments.files.len() > 1 => return Err("render takes one file".into()),
        Command::Show if arguments.format == Format::GitHub => {
            return Err("show knows the formats text and json".into());
        }
        _ => {}
    }
    Ok(arguments)
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
        let found = of("--format=json check a.md --config _config.yml -- --b.md").expect("good arguments");
        assert_eq!(found.command, Command::Check);
        assert_eq!(found.format, Format::Json);
        assert_eq!(found.config, Some(PathBuf::from("_config.yml")));
        assert_eq!(found.files, [PathBuf::from("a.md"), PathBuf::from("--b.md")]);
        assert_eq!(of("render --body a.md").expect("good").command, Command::Render { body: true });
        assert_eq!(of("reference commands").expect("good").command, Command::Reference(Topic::Commands));
        assert_eq!(of("check a.md --help").expect("good").command, Command::Help);
    }

    #[test]
    fn wrong_usage_is_told() {
        for words in [
            "",
            "check",
            "publish a.md",
            "check --format xml a.md",
            "check --colour a.md",
            "render a.md b.md",
            "show --format github a.md",
            "check --now",
            "reference",
            "reference posts",
            "reference checks a.md",
        ] {
            assert!(of(words).is_err(), "{words}");
        }
    }
}
