//! Runs Jekyll's `include`, `include_relative` and `include_cached` (tags/include.rb; jekyll-include-cache 0.2.1,
//! tag.rb). In: a node, a running template. Out: what the included file writes. Neighbours: `include_markup.rs` reads
//! the tags, `interpreter.rs` comes to them, `environment.rs` finds the files.

use std::rc::Rc;

use super::environment::Included;
use super::interpreter::{Flow, Interpreter};
use super::output::MappedText;
use super::syntax_tree::{Include, IncludeName, Parameter, Template};
use super::tokens::is_word;
use super::value::Value;
use crate::text::{Span, order};

/// How deep files include one another (Liquid's `Block::MAX_DEPTH`).
const MAX_DEPTH: usize = 100;

impl Interpreter<'_, '_, '_> {
    pub(super) fn include(&mut self, include: &Include, out: &mut MappedText) -> Flow {
        let tag = include.tag;
        let name: Rc<str> = match &include.name {
            IncludeName::Plain(name) => name.clone(),
            IncludeName::Computed(template) => match self.text_of(template) {
                Some(name) => name,
                None => {
                    self.chip(tag, out);
                    return Flow::Next;
                }
            },
        };
        if !is_valid(&name) {
            self.fails(&["`", &name, "` is not the name of a file that Jekyll includes."].concat(), tag, out);
            return Flow::Next;
        }
        let template = match self.state.context.environment.include(include.from, &name) {
            Included::Template(template) => template,
            Included::Unknown => {
                self.chip(tag, out);
                return Flow::Next;
            }
            Included::Stops(message) => {
                self.fails(&message, tag, out);
                return Flow::Next;
            }
        };
        let parameters = include.parameters.as_ref().map(|parameters| {
            let mut value = |value: &Parameter| match value {
                Parameter::Text(text) => Value::Str(text.clone()),
                Parameter::Variable(expression) => self.evaluate(expression),
            };
            Value::hash(parameters.iter().map(|(name, parameter)| (name.clone(), value(parameter))).collect())
        });
        let key = include.cached.then(|| self.cache_key(&name, parameters.as_ref()));
        let environment = self.state.context.environment.clone();
        if let Some(text) = key.as_ref().and_then(|key| environment.cached(key)) {
            self.made(&text, tag, out);
            return Flow::Next;
        }
        let scopes = self.state.scopes.len();
        if let Some(parameters) = parameters {
            self.state.scopes.push(("include".into(), parameters));
        }
        let entered = self.enter(&template, tag);
        self.state.scopes.truncate(scopes);
        match entered {
            Some((text, flow)) => {
                if let Some(key) = &key {
                    environment.cache(key, &text);
                }
                self.made(&text, tag, out);
                flow
            }
            None => {
                self.fails(&["`", &name, "` includes itself without an end."].concat(), tag, out);
                Flow::Next
            }
        }
    }

    /// Runs another template with the variables of this one; `None` where templates nest too deep.
    fn enter(&mut self, template: &Template, tag: Span) -> Option<(String, Flow)> {
        if self.state.depth >= MAX_DEPTH {
            return None;
        }
        self.state.depth += 1;
        let outer = self.state.diagnostics.inside.clone();
        let place = outer.as_ref().map_or(tag, |(_, tag)| *tag);
        self.state.diagnostics.inside = Some((template.path().clone(), place));
        for diagnostic in &template.diagnostics {
            self.state.diagnostics.push(diagnostic.clone());
        }
        let mut inner = MappedText::new(template.text().len());
        let mut interpreter = Interpreter { body: template.text(), state: &mut *self.state };
        let flow = interpreter.nodes(&template.nodes, &mut inner);
        self.state.diagnostics.inside = outer;
        self.state.depth -= 1;
        Some((inner.text, flow))
    }

    /// What a small template in a tag's markup writes; `None` where it is not known.
    pub(super) fn text_of(&mut self, template: &Template) -> Option<Rc<str>> {
        let mut inner = MappedText::new(template.text().len());
        let mut interpreter = Interpreter { body: template.text(), state: &mut *self.state };
        interpreter.nodes(&template.nodes, &mut inner);
        let text = Value::from(inner.text);
        match text {
            Value::Str(text) if !self.is_unknown(&Value::Str(text.clone())) => Some(text),
            _ => None,
        }
    }

    /// The same for the same file and the same values: the plugin leaves out their names.
    fn cache_key(&mut self, name: &str, parameters: Option<&Value>) -> String {
        let mut key = name.to_owned();
        if let Some(Value::Hash(hash)) = parameters {
            let mut entries: Vec<&(Rc<str>, Value)> = hash.entries.iter().collect();
            order::sort_by(&mut entries, |one, other| one.0.cmp(&other.0));
            for (_, value) in entries {
                key.push('\0');
                match value {
                    Value::Drop(drop) => {
                        let (kind, number) = drop.identity();
                        key.push_str(&[kind, " ", &number.to_string()].concat());
                    }
                    value => value.write(&mut key, &mut self.state.budget),
                }
            }
        }
        key
    }
}

/// `VALID_FILENAME_CHARS` and `INVALID_SEQUENCES`
fn is_valid(name: &str) -> bool {
    let known = |byte: u8| is_word(byte) || b"/.-()+~#@".contains(&byte);
    let sequence = |pair: &[u8]| pair.iter().all(|byte| matches!(byte, b'.' | b'/'));
    !name.is_empty() && name.bytes().all(known) && !name.as_bytes().windows(2).any(sequence)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_lead_out_of_the_folder_are_refused() {
        for name in ["a.html", "a/b-c.md", "x@2"] {
            assert!(is_valid(name), "{name}");
        }
        for name in ["", "../a", "a//b", "a b", "a/..", "é", "./a"] {
            assert!(!is_valid(name), "{name}");
        }
    }
}
