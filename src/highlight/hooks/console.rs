//! Sessions in a shell or in IRB, which are no tables in Rouge either: prompts, what was typed, what was answered.
//! In: a text. Out: pieces of classes. Neighbours: `../interpreter.rs` asks for lexers of these names.

use crate::highlight::evaluate::is_space;
use crate::highlight::interpreter::Interpreter;

/// What a session is of.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::highlight) enum Session {
    Shell,
    Irb,
}

impl Session {
    pub(in crate::highlight) fn find(lexer: &str) -> Option<Self> {
        match lexer {
            "console" => Some(Self::Shell),
            "irb" => Some(Self::Irb),
            _ => None,
        }
    }

    /// The bytes of a line that are its prompt.
    fn prompt(self, line: &str) -> Option<&str> {
        let end = match self {
            Self::Shell => line.find(['$', '#', '>', ';'])?,
            Self::Irb => {
                let named = [line.find("irb"), line.find("pry")].into_iter().flatten().min()?;
                let line = line.get(..line.trim_end_matches('\n').len())?;
                named + 3 + line.get(named + 3..)?.find(['>', '"', '*'])?
            }
        };
        line.get(..=end)
    }

    pub(in crate::highlight) fn read(self, interpreter: &mut Interpreter, text: &str) {
        let (input, output) = match self {
            Self::Shell => ("shell", None),
            Self::Irb => ("ruby", Some("irb_output")),
        };
        let lexer = |interpreter: &mut Interpreter, name: &str| {
            let number = interpreter.library.find(name).and_then(|lexer| interpreter.instance(lexer));
            number.inspect(|&number| interpreter.reset(number))
        };
        let Some(input) = lexer(interpreter, input) else { return };
        let output = output.and_then(|name| lexer(interpreter, name));
        for line in text.split_inclusive('\n') {
            let trimmed = line.trim_matches(is_space);
            let is_comment = self == Self::Irb && trimmed.starts_with('#');
            if is_elision(trimmed) {
                self.reset(interpreter, output);
                interpreter.reset(input);
                interpreter.say("c", line);
            } else if let Some(prompt) = self.prompt(line) {
                self.reset(interpreter, output);
                interpreter.say("gp", prompt);
                let rest = line.get(prompt.len()..).unwrap_or("");
                let typed = rest.trim_start_matches(is_space);
                interpreter.say("w", rest.get(..rest.len() - typed.len()).unwrap_or(""));
                interpreter.read(input, typed);
            } else if is_comment {
                self.reset(interpreter, output);
                interpreter.reset(input);
                interpreter.say("c", line);
            } else {
                interpreter.reset(input);
                match output {
                    Some(output) => interpreter.read(output, line),
                    None => interpreter.say("go", line),
                }
            }
        }
    }

    fn reset(self, interpreter: &mut Interpreter, output: Option<usize>) {
        if let Some(output) = output {
            interpreter.reset(output);
        }
    }
}

/// A line of points, maybe in angle brackets, stands for what is left out.
fn is_elision(line: &str) -> bool {
    let inner = line.strip_prefix('<').and_then(|line| line.strip_suffix('>')).unwrap_or(line);
    !inner.is_empty() && inner.bytes().all(|byte| byte == b'.')
}
