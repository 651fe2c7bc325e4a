//! How a template uses a variable. In: a syntax tree, a name. Out: not at all, plainly as an output, or otherwise.
//! Neighbours: `site/page_shell.rs` asks for `content`: where a layout only writes it out, a change of the content does
//! not change what stands around it.

use super::condition::{Condition, ConditionTerm};
use super::expression::{Expression, Filtered, LookupStep};
use super::syntax_tree::{CycleName, IncludeName, LinkPath, Offset, Parameter, Template, TemplateNode};
use super::value::Value;

/// How a template uses a variable.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum VariableUse {
    /// Not at all.
    Unused,
    /// Only as `{{ name }}`, where nothing takes what is written for anything else.
    Written,
    /// In any other way.
    Read,
}

impl Template {
    /// How the template uses the variable of that name. Files that it includes are not looked at.
    pub fn use_of(&self, name: &str) -> VariableUse {
        Search { name }.nodes(&self.nodes, true)
    }
}

struct Search<'n> {
    name: &'n str,
}

impl Search<'_> {
    /// `is_written`: whether what the nodes write goes to the template's output.
    fn nodes(&self, nodes: &[TemplateNode], is_written: bool) -> VariableUse {
        nodes.iter().map(|node| self.node(node, is_written)).max().unwrap_or(VariableUse::Unused)
    }

    fn node(&self, node: &TemplateNode, is_written: bool) -> VariableUse {
        match node {
            TemplateNode::Text(_)
            | TemplateNode::Raw(_)
            | TemplateNode::Nothing
            | TemplateNode::Chip(_)
            | TemplateNode::Count { .. }
            | TemplateNode::Break
            | TemplateNode::Continue
            | TemplateNode::PostUrl(..)
            | TemplateNode::Plugin { .. } => VariableUse::Unused,
            TemplateNode::Output(filtered, _) => match self.filtered(filtered) {
                VariableUse::Read if is_written && self.is_alone(filtered) => VariableUse::Written,
                found => found,
            },
            TemplateNode::Assign { value, .. } => self.filtered(value),
            TemplateNode::Capture { body, .. }
            | TemplateNode::IfChanged { body, .. }
            | TemplateNode::Highlight { body, .. } => self.captured(body),
            TemplateNode::If { branches, .. } => {
                let branch = |branch: &super::syntax_tree::Branch| {
                    let condition =
                        branch.condition.as_ref().map_or(VariableUse::Unused, |found| self.condition(found));
                    condition.max(self.nodes(&branch.body, is_written))
                };
                most(branches.iter().map(branch))
            }
            TemplateNode::Case { branches, .. } => most(branches.iter().map(|branch| {
                let terms = branch.comparisons.iter().flatten().map(|term| self.term(term));
                most(terms).max(self.nodes(&branch.body, is_written))
            })),
            TemplateNode::For(node) => {
                let head = &node.head;
                let offset = match &head.offset {
                    Offset::At(offset) => self.expression(offset),
                    _ => VariableUse::Unused,
                };
                let limit = head.limit.as_ref().map_or(VariableUse::Unused, |limit| self.expression(limit));
                let bodies = [Some(&node.body), node.otherwise.as_ref()];
                let bodies = most(bodies.into_iter().flatten().map(|body| self.nodes(body, is_written)));
                self.expression(&head.collection).max(offset).max(limit).max(bodies)
            }
            TemplateNode::TableRow(node) => self.expression(&node.collection).max(self.nodes(&node.body, is_written)),
            TemplateNode::Cycle { name, values, .. } => {
                let name = match name {
                    CycleName::Named(name) => self.expression(name),
                    CycleName::Markup(_) => VariableUse::Unused,
                };
                name.max(most(values.iter().map(|value| self.expression(value))))
            }
            TemplateNode::Link(path, _) => match path {
                LinkPath::Plain(_) => VariableUse::Unused,
                LinkPath::Computed(template) => self.captured(&template.nodes),
            },
            TemplateNode::Include(include) => {
                let name = match &include.name {
                    IncludeName::Plain(_) => VariableUse::Unused,
                    IncludeName::Computed(template) => self.captured(&template.nodes),
                };
                let parameters = include.parameters.iter().flatten().map(|(_, parameter)| match parameter {
                    Parameter::Text(_) => VariableUse::Unused,
                    Parameter::Variable(expression) => self.expression(expression),
                });
                name.max(most(parameters))
            }
        }
    }

    /// Nodes whose text is taken for something else.
    fn captured(&self, nodes: &[TemplateNode]) -> VariableUse {
        self.nodes(nodes, false)
    }

    fn is_alone(&self, filtered: &Filtered) -> bool {
        matches!(&filtered.expression, Expression::Lookup { keys, .. } if keys.is_empty())
            && filtered.filters.is_empty()
    }

    fn filtered(&self, filtered: &Filtered) -> VariableUse {
        let filters = filtered.filters.iter().flat_map(|filter| {
            let named = filter.named.iter().map(|(_, value)| value);
            filter.arguments.iter().chain(named)
        });
        self.expression(&filtered.expression).max(most(filters.map(|value| self.expression(value))))
    }

    fn condition(&self, condition: &Condition) -> VariableUse {
        most(condition.terms.iter().map(|term| self.term(term)))
    }

    fn term(&self, term: &ConditionTerm) -> VariableUse {
        self.expression(&term.left).max(self.expression(&term.right))
    }

    fn expression(&self, expression: &Expression) -> VariableUse {
        match expression {
            Expression::Literal(_) | Expression::Empty | Expression::Blank => VariableUse::Unused,
            Expression::Range(ends) => self.expression(&ends.0).max(self.expression(&ends.1)),
            Expression::Lookup { name, keys } => {
                let is_it = match &**name {
                    LookupStep::Name(Value::Str(name)) => **name == *self.name,
                    LookupStep::Name(_) => false,
                    // Only the run knows the name.
                    LookupStep::Computed(_) => true,
                };
                if is_it {
                    return VariableUse::Read;
                }
                most(keys.iter().map(|key| match key {
                    LookupStep::Name(_) => VariableUse::Unused,
                    LookupStep::Computed(expression) => self.expression(expression),
                }))
            }
        }
    }
}

fn most(found: impl Iterator<Item = VariableUse>) -> VariableUse {
    found.max().unwrap_or(VariableUse::Unused)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::post::site::SiteSettings;

    fn use_of_content(text: &str) -> VariableUse {
        Template::parse("a.html", text.into(), &SiteSettings::default()).use_of("content")
    }

    #[test]
    fn what_is_only_written_is_told_from_what_is_read() {
        assert_eq!(use_of_content("<p>{{ page.content }} content {{ site.title }}"), VariableUse::Unused);
        for text in ["{{ content }}", "{% if page.toc %}{{ content }}{% else %}{{content}}{% endif %}"] {
            assert_eq!(use_of_content(text), VariableUse::Written, "{text}");
        }
        for text in [
            "{{ content | strip_html }}",
            "{{ content.size }}",
            "{% capture x %}{{ content }}{% endcapture %}",
            "{% assign x = content %}",
            "{% if content contains 'x' %}{% endif %}",
            "{% include toc.html html=content %}",
            "{% for part in content %}{% endfor %}",
            "{{ 'a' | append: content }}",
            "{{ content }}{{ content | size }}",
            "{{ page[content] }}",
        ] {
            assert_eq!(use_of_content(text), VariableUse::Read, "{text}");
        }
    }
}
