//! `apercu reference`: the checks and the editing commands as Markdown. In: which of them. Out: a document with one
//! table. Neighbours: `checks/` and `commands/` hold the tables; `./dev docs` keeps what is written in `docs/`.

use crate::checks::CHECKS;
use crate::commands::{COMMANDS, MORE_COMMANDS};

/// What there is a reference of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Topic {
    /// The checks of a post.
    Checks,
    /// The editing commands.
    Commands,
}

impl Topic {
    /// The topic of that name.
    pub(super) fn of(name: &str) -> Option<Self> {
        match name {
            "checks" => Some(Self::Checks),
            "commands" => Some(Self::Commands),
            _ => None,
        }
    }
}

/// The reference of a topic, as Markdown.
pub fn reference(topic: Topic) -> String {
    match topic {
        Topic::Checks => checks(),
        Topic::Commands => commands(),
    }
}

fn checks() -> String {
    let mut page = "# Checks\n\nWhat Aperçu tells a writer about a post that can be read. The code stands in the output of \
        `apercu check`. Some diagnostics bring a fix, one click in the editor. This page is written by `apercu reference checks`.\n\n"
        .to_owned();
    let rows = CHECKS.iter().map(|check| {
        let fix = if check.fixable { "yes" } else { "" };
        [code(check.code), escaped(check.title), check.severity.name().to_owned(), fix.to_owned(), cell(check.reason)]
    });
    table(&mut page, ["code", "title", "severity", "fix", "reason"], rows);
    page
}

fn commands() -> String {
    let mut page =
        "# Commands\n\nWhat the toolbar, the keyboard and the help sheet do. The name is what `command()` of the element takes. \
        A command without a shortcut has a button on the toolbar or in the help sheet. This page is written by `apercu reference commands`.\n\n"
            .to_owned();
    let rows = COMMANDS.iter().chain(MORE_COMMANDS).map(|command| {
        let keys =
            |apple| command.shortcut.map_or_else(String::new, |shortcut| code(&shortcut.display_with_signs(apple)));
        [code(command.id), escaped(command.label), keys(false), keys(true), escaped(command.hint)]
    });
    table(&mut page, ["name", "label", "shortcut", "on Apple's systems", "what it does"], rows);
    page
}

fn table<const N: usize>(page: &mut String, head: [&str; N], rows: impl Iterator<Item = [String; N]>) {
    let mut line = |cells: &[String]| {
        page.push_str(&["| ", &cells.join(" | "), " |\n"].concat());
    };
    line(&head.map(str::to_owned));
    line(&head.map(|_| "---".to_owned()));
    for row in rows {
        line(&row);
    }
}

fn code(text: &str) -> String {
    ["`", text, "`"].concat()
}

/// A text for a cell; code in it stays code.
fn cell(text: &str) -> String {
    text.replace('|', "\\|")
}

/// Plain text for a cell: the marks of Markdown in it are escaped.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '|' | '~' | '[' | ']' | '*' | '_' | '`' | '<' | '\\') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}
