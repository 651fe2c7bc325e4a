//! Math: kramdown's MathJax engine only rewrites `$$` to `\(…\)` and `\[…\]` (converter/math_engine/mathjax.rb);
//! without an engine the dollars stay, in an element of the class `kdmath` (converter/html.rb, `convert_math`).
//! In: TeX. Out: text. Neighbours: `mod.rs`. A script of the published page, such as MathJax, shows it as a formula.

use super::Writer;
use crate::markdown::event::CowStr;
use crate::text::Span;

impl<'a> Writer<'a, '_> {
    pub(super) fn inline_math(&mut self, math: &CowStr<'a>, span: Span) {
        if self.keeps_dollars() {
            self.tree.open("span", vec![("class".into(), "kdmath".into())], Some(span));
            self.tree.text(["$", math, "$"].concat());
            self.tree.close();
            return;
        }
        self.tree.text("\\(");
        self.tree.text(math.clone());
        self.tree.text("\\)");
    }

    /// Math between blocks stands there without an element.
    pub(super) fn display_math(&mut self, math: &CowStr<'a>, span: Span) {
        if self.keeps_dollars() {
            self.tree.open("div", vec![("class".into(), "kdmath".into())], Some(span));
            self.tree.text(["$$\n", math, "\n$$"].concat());
            self.tree.close();
            self.tree.text("\n");
            return;
        }
        self.tree.text("\\[");
        self.tree.text(math.clone());
        self.tree.text("\\]\n");
    }

    /// Whether the site's settings switch the engine off.
    fn keeps_dollars(&self) -> bool {
        self.is_jekyll() && !self.document.options.kramdown.math_engine
    }
}
