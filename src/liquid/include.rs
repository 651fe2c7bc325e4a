//! Jekyll's `include`, `include_relative` and `include_cached` (tags/include.rb; jekyll-include-cache 0.2.1, tag.rb).
//! In: the markup of a tag; a running template. Out: a node; the text of the included file. Neighbours: `parser.rs`
//! reads the tags, `interpreter.rs` runs them, `environment.rs` finds the files.

use std::rc::Rc;

use super::environment::{IncludeFrom, Included};
use super::expression::Expression;
use super::interpreter::{Flow, Interpreter};
use super::output::MappedText;
use super::template::Template;
use super::tokens::{is_space, is_stripped, is_word};
use super::value::Value;
use crate::post::site::SiteSettings;
use crate::text::Span;

/// How deep files include one another (Liquid's `Block::MAX_DEPTH`).
const MAX_DEPTH: usize = 100;

/// A tag that includes a file.
#[derive(Debug)]
pub(super) struct Include {
    from: IncludeFrom,
    /// `include_cached`
    cached: bool,
    name: IncludeName,
    /// `None` where no parameters are given: the included file then sees those of the file around it.
    parameters: Option<Vec<(Rc<str>, Parameter)>>,
    pub(super) tag: Span,
}

#[derive(Debug)]
enum IncludeName {
    Plain(Rc<str>),
    /// With outputs in it.
    Computed(Template),
}

#[derive(Debug)]
enum Parameter {
    Text(Rc<str>),
    Variable(Expression),
}

impl Include {
    /// Reads the markup of the tag `name`; `None` where Jekyll stops at it.
    pub(super) fn parse(name: &str, markup: &str, tag: Span, settings: &SiteSettings) -> Option<Self> {
        let markup = markup.trim_matches(is_stripped);
        let (name_of_file, parameters, is_computed) = match computed(markup) {
            Some(end) => {
                let (file, rest) = markup.split_at(end);
                (file.trim_matches(is_stripped), Some(rest.trim_matches(is_stripped)), true)
            }
            None => match markup.split_once(is_space) {
                Some((file, rest)) => (file, Some(rest.trim_start_matches(is_space)), false),
                None => (markup, None, false),
            },
        };
        Some(Self {
            from: if name == "include_relative" { IncludeFrom::Page } else { IncludeFrom::Includes },
            cached: name == "include_cached",
            name: match is_computed {
                true => IncludeName::Computed(Template::parse("", name_of_file.into(), settings)),
                false => IncludeName::Plain(name_of_file.into()),
            },
            parameters: parameters.map(read_parameters).transpose().ok()?,
            tag,
        })
    }
}

/// Where the name of a file with outputs in it ends (`VARIABLE_SYNTAX`).
fn computed(markup: &str) -> Option<usize> {
    let mut at = markup.find('{')?;
    let mut end = None;
    while let Some(inside) = markup.get(at..).and_then(|rest| rest.strip_prefix("{{")) {
        let name = inside.trim_start_matches(is_space);
        let length = name.bytes().take_while(|&byte| is_word(byte) || matches!(byte, b'-' | b'.')).count();
        let after = name.get(length..).unwrap_or("").trim_start_matches(is_space);
        let start = markup.len() - after.len();
        let close = match after.as_bytes().first() {
            _ if length == 0 => None,
            // Filters take as much as they can.
            Some(b'|') => after.rfind("}}").map(|close| start + close),
            _ => after.starts_with("}}").then_some(start),
        };
        let Some(close) = close else { break };
        let rest = markup.get(close + 2..).unwrap_or("");
        let plain = rest.find(|c: char| is_space(c) || matches!(c, '{' | '}')).unwrap_or(rest.len());
        at = close + 2 + plain;
        end = Some(at);
    }
    end
}

/// `name="text" name='text' name=variable`; an error where anything else stands between them (`FULL_VALID_SYNTAX`).
fn read_parameters(markup: &str) -> Result<Vec<(Rc<str>, Parameter)>, ()> {
    let mut parameters: Vec<(Rc<str>, Parameter)> = Vec::new();
    let mut rest = markup.trim_start_matches(is_space);
    while !rest.is_empty() {
        let length = rest.bytes().take_while(|&byte| is_word(byte) || byte == b'-').count();
        let (name, after) = rest.split_at(length);
        let after = after.trim_start_matches(is_space).strip_prefix('=').ok_or(())?.trim_start_matches(is_space);
        let (value, after) = match after.as_bytes().first() {
            Some(&quote @ (b'"' | b'\'')) => {
                let inside = after.get(1..).ok_or(())?;
                let end = end_of_quote(inside, quote).ok_or(())?;
                let escaped: &str = if quote == b'"' { "\\\"" } else { "\\'" };
                let text = inside.get(..end).ok_or(())?.replace(escaped, escaped.get(1..).unwrap_or(""));
                (Parameter::Text(text.into()), inside.get(end + 1..).ok_or(())?)
            }
            _ => {
                let length = after.bytes().take_while(|&byte| is_word(byte) || matches!(byte, b'-' | b'.')).count();
                let (variable, after) = after.split_at(length);
                if variable.is_empty() {
                    return Err(());
                }
                (Parameter::Variable(Expression::parse(variable)), after)
            }
        };
        if name.is_empty() || !after.is_empty() && !after.starts_with(is_space) {
            return Err(());
        }
        parameters.retain(|(known, _)| **known != *name);
        parameters.push((name.into(), value));
        rest = after.trim_start_matches(is_space);
    }
    Ok(parameters)
}

/// The first quote that no backslash stands before.
fn end_of_quote(inside: &str, quote: u8) -> Option<usize> {
    let bytes = inside.as_bytes();
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'\\' => at += 2,
            byte if byte == quote => return Some(at),
            _ => at += 1,
        }
    }
    None
}

impl Interpreter<'_, '_, '_> {
    pub(super) fn include(&mut self, include: &Include, out: &mut MappedText) -> Flow {
        let tag = include.tag;
        let name: Rc<str> = match &include.name {
            IncludeName::Plain(name) => name.clone(),
            IncludeName::Computed(template) => match self.text_of(template) {
                Some(name) => name.into(),
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
        let flow = interpreter.nodes(template.nodes(), &mut inner);
        self.state.diagnostics.inside = outer;
        self.state.depth -= 1;
        Some((inner.text, flow))
    }

    /// What a small template in a tag's markup writes; `None` where it is not known.
    pub(super) fn text_of(&mut self, template: &Template) -> Option<String> {
        let mut inner = MappedText::new(template.text().len());
        let mut interpreter = Interpreter { body: template.text(), state: &mut *self.state };
        interpreter.nodes(template.nodes(), &mut inner);
        (!super::chip::any(&inner.text)).then_some(inner.text)
    }

    /// The same for the same file and the same values: the plugin leaves out their names.
    fn cache_key(&mut self, name: &str, parameters: Option<&Value>) -> String {
        let mut key = name.to_owned();
        if let Some(Value::Hash(hash)) = parameters {
            let mut entries: Vec<&(Rc<str>, Value)> = hash.entries.iter().collect();
            entries.sort_by(|one, other| one.0.cmp(&other.0));
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

    fn parsed(markup: &str) -> Option<(String, Option<Vec<String>>)> {
        let include = Include::parse("include", markup, Span::default(), &SiteSettings::default())?;
        let name = match include.name {
            IncludeName::Plain(name) => name.to_string(),
            IncludeName::Computed(template) => template.text().to_string(),
        };
        let value = |value: Parameter| match value {
            Parameter::Text(text) => text.to_string(),
            Parameter::Variable(_) => "variable".to_owned(),
        };
        let parameters = include.parameters;
        Some((
            name,
            parameters.map(|list| list.into_iter().map(|(name, of)| [&name, "=", &value(of)].concat()).collect()),
        ))
    }

    #[test]
    fn files_and_parameters_are_told_apart() {
        assert_eq!(parsed(" a.html "), Some(("a.html".into(), None)));
        assert_eq!(
            parsed("a.html x='1' y = \"a \\\"b\\\"\" z=page.title"),
            Some(("a.html".into(), Some(vec!["x=1".into(), "y=a \"b\"".into(), "z=variable".into()])))
        );
        assert_eq!(
            parsed("{{ page.kind | append: '.html' }} x='1'"),
            Some(("{{ page.kind | append: '.html' }}".into(), Some(vec!["x=1".into()])))
        );
        assert_eq!(parsed("a/{{x}}/{{ y }}.md"), Some(("a/{{x}}/{{ y }}.md".into(), Some(Vec::new()))));
        for wrong in ["a.html x", "a.html x='1", "a.html x='1'y='2'", "a.html x=", "a.html , x='1'"] {
            assert_eq!(parsed(wrong), None, "{wrong}");
        }
    }

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
