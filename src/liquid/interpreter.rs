//! Runs a template (context.rb, condition.rb and the tags' `render`). In: nodes and what is known. Out: text with its
//! map. Neighbours: `parser.rs` makes the nodes, `loops.rs` holds the loops, `filters/` what outputs go through.
//!
//! A value that one post cannot know is `Unknown`. Filters return it unchanged. A tag that depends on it becomes a chip
//! that shows the tag's source.

use std::collections::HashMap;
use std::rc::Rc;

use super::budget::Budget;
use super::chip;
use super::condition::{Condition, ConditionTerm, Operator};
use super::context::Context;
use super::diagnostics::{DiagnosticList, ERROR, TOO_MUCH, UNKNOWN_FILTER};
use super::environment::{TagOutput, TagRun};
use super::expression::{Expression, FilterCall, Filtered, LookupStep};
use super::filters::{self, Call, Fails, FilterResult};
use super::highlight::{self, HighlightBlock};
use super::output::MappedText;
use super::syntax_tree::{Branch, CycleName, HighlightOptions, LinkPath, Template, TemplateNode};
use super::value::{Loop, Value};
use crate::code;
use crate::text::{Severity, Span};

/// How a list of nodes ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Flow {
    Next,
    Break,
    Continue,
}

/// Whether a condition holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Truth {
    Yes,
    No,
    Unknown,
}

/// A running template: the text of one file, and the state that it shares with those that it includes.
pub(super) struct Interpreter<'t, 's, 'c> {
    pub(super) body: &'t str,
    pub(super) state: &'s mut RunState<'c>,
}

/// The state of a run.
pub(super) struct RunState<'c> {
    pub(super) context: &'c Context<'c>,
    pub(super) diagnostics: DiagnosticList<'c>,
    /// What is assigned; it holds for the whole run.
    variables: HashMap<Rc<str>, Value>,
    /// The variables of the loops that run and of the files that are included, the innermost last.
    pub(super) scopes: Vec<(Rc<str>, Value)>,
    counters: HashMap<Rc<str>, i64>,
    cycles: HashMap<Rc<str>, i64>,
    /// Where loops ended, for `offset: continue`.
    pub(super) offsets: HashMap<Rc<str>, i64>,
    /// The loops that run, the innermost last.
    pub(super) loops: Vec<Rc<Loop>>,
    /// What the last `ifchanged` wrote.
    changed: Option<String>,
    pub(super) budget: Budget,
    /// How many loops run, `tablerow` included.
    pub(super) turning: usize,
    /// How many files are included in one another.
    pub(super) depth: usize,
    /// The tag whose expressions are evaluated.
    at: Span,
}

/// Runs the nodes of a body. The diagnostics are those that were given, and those of the run.
pub(super) fn run<'c>(
    body: &str,
    nodes: &[TemplateNode],
    context: &'c Context<'c>,
    diagnostics: DiagnosticList<'c>,
) -> (MappedText, DiagnosticList<'c>) {
    let mut state = RunState {
        context,
        diagnostics,
        variables: HashMap::new(),
        scopes: Vec::new(),
        counters: HashMap::new(),
        cycles: HashMap::new(),
        offsets: HashMap::new(),
        loops: Vec::new(),
        changed: None,
        budget: Budget::of(context.scale),
        turning: 0,
        depth: 0,
        at: Span::default(),
    };
    let mut out = MappedText::new(body.len());
    Interpreter { body, state: &mut state }.nodes(nodes, &mut out);
    (out, state.diagnostics)
}

impl TagRun for Interpreter<'_, '_, '_> {
    fn value(&mut self, expression: &str) -> Value {
        self.evaluate(&Expression::parse(expression))
    }

    fn text(&mut self, template: &str) -> Option<String> {
        self.text_of(&Template::parse("", template.into(), self.state.context.settings)).map(|text| text.to_string())
    }
}

impl Interpreter<'_, '_, '_> {
    /// Writes nodes until one of them is a `break` or `continue`.
    pub(super) fn nodes(&mut self, nodes: &[TemplateNode], out: &mut MappedText) -> Flow {
        for node in nodes {
            if self.state.turning > 0 && !self.state.budget.steps(1) {
                return Flow::Break;
            }
            let flow = self.node(node, out);
            if flow != Flow::Next {
                return flow;
            }
        }
        Flow::Next
    }

    fn node(&mut self, node: &TemplateNode, out: &mut MappedText) -> Flow {
        self.state.at = node.tag();
        match node {
            TemplateNode::Text(span) | TemplateNode::Raw(span) => {
                if self.state.turning == 0 || self.state.budget.bytes(span.len()) {
                    out.verbatim(self.body, *span);
                }
            }
            TemplateNode::Nothing => {}
            TemplateNode::Output(filtered, span) => match self.filtered(filtered, *span) {
                // Liquid writes `page` as the content of the post, which is just being made.
                Ok(value) if value.is_unknown() || self.state.context.environment.is_page(&value) => {
                    self.chip(*span, out)
                }
                Ok(value) => {
                    let text = value.text(&mut self.state.budget);
                    self.made(&text, *span, out);
                }
                Err(fails) => self.fails(&fails, *span, out),
            },
            TemplateNode::Chip(span) => self.chip(*span, out),
            TemplateNode::Assign { name, value, tag } => match self.filtered(value, *tag) {
                Ok(value) => {
                    self.state.variables.insert(name.clone(), value);
                }
                Err(fails) => self.fails(&fails, *tag, out),
            },
            TemplateNode::Capture { name, body, tag } => {
                let mut captured = MappedText::new(self.body.len());
                let flow = self.nodes(body, &mut captured);
                if !self.state.budget.bytes(captured.text.len()) {
                    self.too_much(*tag);
                }
                self.state.variables.insert(name.clone(), captured.text.into());
                return flow;
            }
            TemplateNode::If { unless, branches, tag, .. } => return self.if_tag(*unless, branches, *tag, out),
            TemplateNode::Case { branches, tag, .. } => return self.case(branches, *tag, out),
            TemplateNode::For(node) => return self.for_loop(node, out),
            TemplateNode::TableRow(node) => return self.table_row(node, out),
            TemplateNode::IfChanged { body, tag, .. } => {
                let mut inner = MappedText::new(self.body.len());
                let flow = self.nodes(body, &mut inner);
                if self.state.changed.as_ref() != Some(&inner.text) {
                    self.made(&inner.text, *tag, out);
                    self.state.changed = Some(inner.text);
                }
                return flow;
            }
            TemplateNode::Highlight { options, body, tag, end, .. } => {
                let marks = options.marked.is_none() || self.state.context.environment.marks_lines();
                let plain = (!marks).then(|| HighlightOptions { marked: None, ..options.clone() });
                let options = plain.as_ref().unwrap_or(options);
                return self.highlight_tag(HighlightBlock { options, tag: *tag, end: *end }, body, out);
            }
            TemplateNode::Count { name, by, tag } => {
                let value = self.state.counters.entry(name.clone()).or_insert(0);
                let shown = if *by > 0 { *value } else { *value - 1 };
                *value += by;
                self.made(&shown.to_string(), *tag, out);
            }
            TemplateNode::Cycle { name, values, tag } => self.cycle(name, values, *tag, out),
            TemplateNode::Break => return Flow::Break,
            TemplateNode::Continue => return Flow::Continue,
            TemplateNode::PostUrl(name, tag) => {
                let path = self.state.context.environment.post_url(name);
                self.link(path, *tag, out);
            }
            TemplateNode::Link(path, tag) => {
                let path = match path {
                    LinkPath::Plain(path) => Some(path.as_str().into()),
                    LinkPath::Computed(template) => self.text_of(template),
                };
                match path {
                    Some(path) => {
                        let path = self.state.context.environment.link(&path);
                        self.link(path, *tag, out);
                    }
                    None => self.chip(*tag, out),
                }
            }
            TemplateNode::Include(include) => return self.include(include, out),
            TemplateNode::Plugin { name, markup, tag } => {
                let environment = self.state.context.environment.clone();
                match environment.tag(name, markup, self) {
                    Some(TagOutput::Text(text)) => self.made(&text, *tag, out),
                    Some(TagOutput::Stops(message)) => self.fails(&message, *tag, out),
                    Some(TagOutput::Unknown) | None => self.chip(*tag, out),
                }
            }
        }
        Flow::Next
    }

    /// `if`, and `unless`, which only differs in its first branch.
    fn if_tag(&mut self, unless: bool, branches: &[Branch], tag: Span, out: &mut MappedText) -> Flow {
        for (index, branch) in branches.iter().enumerate() {
            let truth = match &branch.condition {
                None => Truth::Yes,
                Some(condition) => match self.condition(condition) {
                    Ok(truth) => truth,
                    Err(fails) => {
                        self.fails(&fails, tag, out);
                        return Flow::Next;
                    }
                },
            };
            let unless = unless && index == 0;
            match truth {
                Truth::Unknown => {
                    self.chip(tag, out);
                    return self.nodes(&branch.body, out);
                }
                truth if (truth == Truth::Yes) != unless => return self.nodes(&branch.body, out),
                _ => {}
            }
        }
        Flow::Next
    }

    fn highlight_tag(&mut self, block: HighlightBlock<'_>, body: &[TemplateNode], out: &mut MappedText) -> Flow {
        let mut code = MappedText::new(self.body.len());
        let flow = self.nodes(body, &mut code);
        if self.state.turning == 0 || self.state.budget.bytes(code.text.len() + 100) {
            let before = out.text.len();
            if highlight::write(block, &code, self.state.context, out).over_budget {
                self.state.diagnostics.push(code::over_budget(block.tag));
            }
            if self.state.turning > 0 {
                self.state.budget.bytes((out.text.len() - before).saturating_sub(code.text.len() + 100));
            }
        }
        flow
    }

    fn link(&mut self, path: Result<String, String>, tag: Span, out: &mut MappedText) {
        match path {
            Ok(path) => {
                let path = match self.state.context.settings.version.links_below_base() {
                    true => filters::address::relative_url(&path, self.state.context),
                    false => path,
                };
                self.made(&path, tag, out);
            }
            Err(message) => self.fails(&message, tag, out),
        }
    }

    fn case(&mut self, branches: &[super::syntax_tree::When], tag: Span, out: &mut MappedText) -> Flow {
        let mut otherwise = true;
        for branch in branches {
            let Some(comparisons) = &branch.comparisons else {
                if otherwise {
                    let flow = self.nodes(&branch.body, out);
                    if flow != Flow::Next {
                        return flow;
                    }
                }
                continue;
            };
            for comparison in comparisons {
                self.state.at = tag;
                match self.comparison(comparison) {
                    Ok(Truth::Yes) => {
                        otherwise = false;
                        let flow = self.nodes(&branch.body, out);
                        if flow != Flow::Next {
                            return flow;
                        }
                    }
                    Ok(Truth::No) => {}
                    Ok(Truth::Unknown) => {
                        self.chip(tag, out);
                        return Flow::Next;
                    }
                    Err(fails) => {
                        self.fails(&fails, tag, out);
                        return Flow::Next;
                    }
                }
            }
        }
        Flow::Next
    }

    fn cycle(&mut self, name: &CycleName, values: &[Expression], tag: Span, out: &mut MappedText) {
        let name: Rc<str> = match name {
            CycleName::Named(name) => self.evaluate(name).text(&mut self.state.budget).into(),
            CycleName::Markup(markup) => markup.clone(),
        };
        let turn = self.state.cycles.entry(name).or_insert(0);
        let at = usize::try_from(*turn).unwrap_or(0);
        *turn = if at + 1 >= values.len() { 0 } else { *turn + 1 };
        match values.get(at).map(|value| self.evaluate(value)) {
            Some(Value::Unknown) => self.chip(tag, out),
            Some(value) => {
                let text = value.text(&mut self.state.budget);
                self.made(&text, tag, out);
            }
            None => {}
        }
    }

    /// Adds what a tag made, if the budget allows it.
    pub(super) fn made(&mut self, text: &str, span: Span, out: &mut MappedText) {
        if self.state.budget.bytes(text.len()) {
            out.made(text, span);
        }
        if self.state.budget.exhausted() {
            self.too_much(span);
        }
    }

    pub(super) fn chip(&mut self, span: Span, out: &mut MappedText) {
        let text = chip::encode(span.of(self.body));
        self.made(&text, span, out);
    }

    /// Reports a tag that stops the build and writes it as a chip.
    pub(super) fn fails(&mut self, message: &str, span: Span, out: &mut MappedText) {
        self.state.diagnostics.stops(ERROR, span, &[message]);
        self.chip(span, out);
    }

    pub(super) fn too_much(&mut self, span: Span) {
        if !self.state.diagnostics.list.iter().any(|diagnostic| diagnostic.code == TOO_MUCH) {
            self.state.diagnostics.add(
                TOO_MUCH,
                Severity::Warning,
                span,
                &["This takes more work than the preview does: it shows only the beginning of what Jekyll makes of it."],
            );
        }
    }

    /// The value of an expression after its filters.
    pub(super) fn filtered(&mut self, filtered: &Filtered, span: Span) -> Result<Value, Fails> {
        let mut value = self.evaluate(&filtered.expression);
        for filter in &filtered.filters {
            value = self.filter(value, filter, span)?;
        }
        Ok(value)
    }

    fn filter(&mut self, input: Value, filter: &FilterCall, span: Span) -> Result<Value, Fails> {
        let arguments: Vec<Value> = filter.arguments.iter().map(|argument| self.evaluate(argument)).collect();
        let named: Vec<(&str, Value)> =
            filter.named.iter().map(|(name, value)| (name.as_str(), self.evaluate(value))).collect();
        let count = arguments.len() + usize::from(!named.is_empty());
        let version = self.state.context.settings.version;
        let arity = version.arity(&filter.name, filters::arity(&filter.name));
        // Filters of plugins, and those that need a converter.
        if (arity.is_none() || matches!(filter.name.as_str(), "scssify" | "sassify"))
            && let Some(result) = self.state.context.environment.filter(&filter.name, &input, &arguments)
        {
            return result.map_err(Into::into);
        }
        match arity {
            Some((least, most)) if count < least || count > most => {
                return Err(["The filter `", &filter.name, "` has the wrong number of arguments."].concat().into());
            }
            // The result of the filter is not known.
            None if self.state.diagnostics.plugins.has_filter(&filter.name) => return Ok(Value::Unknown),
            None if self.state.diagnostics.strict.strict_filters => {
                let message = [
                    "Jekyll has no filter `",
                    &filter.name,
                    "`, unless a plugin of the site has it, and the site's settings say `strict_filters`.",
                ];
                return Err(message.concat().into());
            }
            None => {
                let near = filters::nearest(&filter.name);
                let message: &[&str] = match near {
                    Some(near) => &["Jekyll has no filter `", &filter.name, "`. Is `", near, "` meant?"],
                    None => &[
                        "Jekyll has no filter `",
                        &filter.name,
                        "`, unless a plugin of the site has it: it changes nothing.",
                    ],
                };
                // Of a site that is not known, the plugins are not either.
                if near.is_some() || self.state.context.settings.given {
                    self.state.diagnostics.add(UNKNOWN_FILTER, Severity::Warning, span, message);
                }
                return Ok(input);
            }
            _ => {}
        }
        let unknown = |value: &Value| self.is_unknown(value);
        if unknown(&input) || arguments.iter().any(unknown) || named.iter().any(|(_, value)| unknown(value)) {
            return Ok(Value::Unknown);
        }
        if let Some(result) = self.by_expression(&filter.name, &input, &arguments, span) {
            return result;
        }
        let context = self.state.context;
        let literal = matches!(filter.arguments.last(), Some(Expression::Empty | Expression::Blank));
        let call = Call { input, arguments, named, literal, context, budget: &mut self.state.budget };
        match call.run(&filter.name) {
            FilterResult::Value(value) => Ok(value),
            FilterResult::Fails(message) => Err(message),
        }
    }

    /// Whether a value is not known. A text with a chip in it is not known either.
    pub(super) fn is_unknown(&self, value: &Value) -> bool {
        match value {
            Value::Str(text) => chip::any(text) && !self.state.context.environment.takes_chips_for_text(),
            value => value.is_unknown(),
        }
    }

    pub(super) fn evaluate(&mut self, expression: &Expression) -> Value {
        match expression {
            Expression::Literal(value) => value.clone(),
            Expression::Empty | Expression::Blank => "".into(),
            Expression::Range(ends) => {
                let (from, to) = (self.evaluate(&ends.0), self.evaluate(&ends.1));
                if from.is_unknown() || to.is_unknown() {
                    return Value::Unknown;
                }
                Value::Range(from.to_int(), to.to_int())
            }
            Expression::Lookup { name, keys } => {
                let name = match self.key(name) {
                    Value::Str(name) => name,
                    Value::Unknown => return Value::Unknown,
                    _ => return Value::Nil,
                };
                let mut keys = keys.iter();
                let found = match self.variable(&name) {
                    Some(value) => Some(value),
                    None if &*name == "site" => self.site(&mut keys),
                    None => self.state.context.environment.global(&name),
                };
                let Some(mut value) = found else { return self.undefined(&Value::Str(name)) };
                for key in keys {
                    let command = matches!(key, LookupStep::Name(_));
                    let key = self.key(key);
                    value = match value.find(&key, command) {
                        Some(value) => value,
                        None => return self.undefined(&key),
                    };
                }
                value
            }
        }
    }

    /// `site`, or a part of it where the whole is not known.
    fn site(&mut self, keys: &mut std::slice::Iter<'_, LookupStep>) -> Option<Value> {
        let environment = self.state.context.environment.clone();
        let site = environment.global("site")?;
        if !site.is_unknown() {
            return Some(site);
        }
        match keys.next().map(|key| self.key(key)) {
            Some(Value::Str(key)) => {
                let value = environment.site(&key);
                Some(value.unwrap_or_else(|| self.undefined(&Value::Str(key))))
            }
            _ => Some(Value::Unknown),
        }
    }

    /// The value of a name that nothing has: nil. With `strict_variables`, Jekyll stops.
    fn undefined(&mut self, name: &Value) -> Value {
        if self.state.diagnostics.strict.strict_variables {
            let name = name.text(&mut self.state.budget);
            let message = ["Nothing is called `", &name, "` here, and the site's settings say `strict_variables`."];
            self.state.diagnostics.stops(ERROR, self.state.at, &message);
        }
        Value::Nil
    }

    /// Whether Jekyll stops at what only Liquid's lax parser reads.
    pub(super) fn is_strict(&self) -> bool {
        self.state.diagnostics.strict.strict_syntax
    }

    fn key(&mut self, key: &LookupStep) -> Value {
        match key {
            LookupStep::Name(name) => name.clone(),
            LookupStep::Computed(expression) => self.evaluate(expression),
        }
    }

    fn variable(&self, name: &str) -> Option<Value> {
        let scoped = self.state.scopes.iter().rev().find(|(known, _)| &**known == name).map(|(_, value)| value.clone());
        scoped
            .or_else(|| self.state.variables.get(name).cloned())
            .or_else(|| self.state.counters.get(name).map(|&count| Value::Int(count)))
    }

    pub(super) fn condition(&mut self, condition: &Condition) -> Result<Truth, Fails> {
        // Where the first part is unknown, the rest of the condition may still decide.
        let mut undecided = Vec::new();
        let mut truth = Truth::No;
        for (index, comparison) in condition.terms.iter().enumerate() {
            truth = self.comparison(comparison)?;
            match (condition.joins.get(index), truth) {
                (None, _) | (Some(false), Truth::Yes) | (Some(true), Truth::No) => break,
                (Some(&join), Truth::Unknown) => undecided.push(join),
                _ => {}
            }
        }
        while let Some(and) = undecided.pop() {
            truth = match (and, truth) {
                (false, Truth::Yes) => Truth::Yes,
                (true, Truth::No) => Truth::No,
                _ => Truth::Unknown,
            };
        }
        Ok(truth)
    }

    fn comparison(&mut self, comparison: &ConditionTerm) -> Result<Truth, Fails> {
        let truth = |holds: bool| if holds { Truth::Yes } else { Truth::No };
        let Some(operator) = comparison.operator else {
            return Ok(match &comparison.left {
                Expression::Empty | Expression::Blank => Truth::Yes,
                left => match self.evaluate(left) {
                    Value::Unknown => Truth::Unknown,
                    value => truth(value.is_true()),
                },
            });
        };
        let (left, right) = (self.evaluate(&comparison.left), self.evaluate(&comparison.right));
        if left.is_unknown() || right.is_unknown() {
            return Ok(Truth::Unknown);
        }
        if matches!(operator, Operator::Equal | Operator::Different) {
            // `x == empty` calls `empty?` of the other side, and `x == blank` its `blank?`, which no value in Jekyll
            // has.
            let equal = match (&comparison.left, &comparison.right) {
                (Expression::Empty, _) => right.is_empty() == Some(true),
                (Expression::Blank, _) => false,
                (_, Expression::Empty) => left.is_empty() == Some(true),
                (_, Expression::Blank) => false,
                _ => left.equals(&right, &mut self.state.budget),
            };
            return Ok(truth(equal == (operator == Operator::Equal)));
        }
        if operator == Operator::Unknown {
            return Err("The condition has an operator that Liquid does not know.".into());
        }
        if operator == Operator::Contains {
            return Ok(truth(match &left {
                Value::Str(text) if right.is_true() => {
                    let part = right.text(&mut self.state.budget);
                    self.state.budget.bytes(if self.state.turning > 0 { text.len() } else { 0 });
                    text.contains(part.as_str())
                }
                Value::List(list) if right.is_true() => {
                    list.items.iter().any(|item| item.equals(&right, &mut self.state.budget))
                }
                Value::Hash(hash) => matches!(&right, Value::Str(key) if hash.get(key).is_some()),
                Value::Range(from, to) => matches!(right, Value::Int(number) if *from <= number && number <= *to),
                _ => false,
            }));
        }
        let ordered = |value: &Value| matches!(value, Value::Int(_) | Value::Float(_) | Value::Str(_) | Value::Date(_));
        if !ordered(&left) || !ordered(&right) {
            return Ok(Truth::No);
        }
        let Some(order) = left.order(&right) else {
            return Err("The condition compares a number with something that is none.".into());
        };
        Ok(truth(match operator {
            Operator::Less => order.is_lt(),
            Operator::LessOrEqual => order.is_le(),
            Operator::Greater => order.is_gt(),
            _ => order.is_ge(),
        }))
    }
}
