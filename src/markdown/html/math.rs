//! Math: kramdown's MathJax engine only rewrites `$$` to `\(…\)` and `\[…\]` (converter/math_engine/mathjax.rb).
//! In: TeX. Out: text. Neighbours: the page's own script, if it has one, typesets it after publishing.

use super::Writer;
use crate::markdown::event::CowStr;
use crate::text::Span;

impl<'a> Writer<'a, '_> {
    pub(super) fn inline_math(&mut self, math: &CowStr<'a>) {
        self.tree.text("\\(");
        self.tree.text(math.clone());
        self.tree.text("\\)");
    }

    /// Math between blocks stands there without an element.
    pub(super) fn display_math(&mut self, math: &CowStr<'a>, _span: Span) {
        self.tree.text("\\[");
        self.tree.text(math.clone());
        self.tree.text("\\]\n");
    }
}
