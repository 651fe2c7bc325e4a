//! What a template can reach beyond its own variables. In: names. Out: values, templates, texts. Neighbours:
//! `post_environment.rs` is that of a post alone, `site/` has that of a page of a site; `interpreter.rs` asks.

use std::rc::Rc;

use super::syntax_tree::{IncludeFrom, Template};
use super::value::Value;

/// What a tag writes.
#[derive(Clone, Debug)]
pub enum TagOutput {
    /// A text.
    Text(String),
    /// What is not known here: a chip.
    Unknown,
    /// Jekyll stops, and says why.
    Stops(String),
}

/// The running template, as the tag of a plugin sees it.
pub trait TagRun {
    /// The value of an expression; nil for what has none.
    fn value(&mut self, expression: &str) -> Value;

    /// What a small template writes; nothing where it is not known.
    fn text(&mut self, template: &str) -> Option<String>;
}

/// What an `include` brings.
#[derive(Clone, Debug)]
pub enum Included {
    /// The parsed file.
    Template(Rc<Template>),
    /// The file is not known here: a chip.
    Unknown,
    /// Jekyll stops, and says why.
    Stops(String),
}

/// What a template can reach beyond its own variables. Unless a method says otherwise, nothing.
pub trait Environment {
    /// The variable of that name that is there before the template assigns any.
    fn global(&self, name: &str) -> Option<Value>;

    /// `site.key`, where `site` as a whole is not known; `None` where the site surely has none.
    fn site(&self, _key: &str) -> Option<Value> {
        None
    }

    /// Whether a value is the page that is being rendered, which cannot write itself out.
    fn is_page(&self, _value: &Value) -> bool {
        false
    }

    /// Whether the page that is being rendered goes through the converter of Markdown (its `highlighter_prefix`).
    fn is_markdown(&self) -> bool {
        false
    }

    /// Whether the tag `highlight` marks the lines that `mark_lines` names: Jekyll does from 4.4 on.
    fn marks_lines(&self) -> bool {
        true
    }

    /// Whether a text with a chip in it counts as a text, and not as something that is not known: on a whole site, nearly
    /// all is known.
    fn takes_chips_for_text(&self) -> bool {
        false
    }

    /// The file that `include` and its relatives name.
    fn include(&self, _from: IncludeFrom, _path: &str) -> Included {
        Included::Unknown
    }

    /// What a text gave that was rendered before for the same file and the same parameters (jekyll-include-cache).
    fn cached(&self, _key: &str) -> Option<Rc<str>> {
        None
    }

    /// Keeps such a text.
    fn cache(&self, _key: &str, _text: &str) {}

    /// The path of the address of a file (`link`); an error where Jekyll finds no file.
    fn link(&self, path: &str) -> Result<String, String>;

    /// The path of the address of a post (`post_url`); an error where Jekyll finds none.
    fn post_url(&self, name: &str) -> Result<String, String>;

    /// What the tag of a plugin writes; `None` for a tag that nothing registers here. `run` gives values of variables.
    fn tag(&self, _name: &str, _markup: &str, _run: &mut dyn TagRun) -> Option<TagOutput> {
        None
    }

    /// What a filter gives that needs more than its input; `None` for a filter that is not known here.
    fn filter(&self, _name: &str, _input: &Value, _arguments: &[Value]) -> Option<Result<Value, String>> {
        None
    }
}
