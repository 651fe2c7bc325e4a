//! Builds the tree: elements of the writer and tags of the text go in, tokens that nest come out.
//! In: `open`, `close`, `text`, and tags from `reader.rs`. Out: tokens. Neighbours: `html/` calls it, `implied.rs` has
//! the rules.
//!
//! There are two kinds of elements. Those of the writer are closed only by the writer. Those of the text are closed by
//! their end tag, by a tag that implies it in the standard, or at the latest with the element of the writer around
//! them. So broken HTML has no effect outside of its block.

use super::implied;
use crate::markdown::event::CowStr;
use crate::markdown::token::{Token, is_void};
use crate::text::Span;

/// How many open elements an end tag is compared with. The sanitizer cuts deeper nesting anyway.
const REACH: usize = 512;
/// How many inline elements are opened again after an end tag that is nested wrongly.
const REOPENED: usize = 8;

/// Attributes of a token, names in lower case, values decoded.
pub(crate) type TokenAttributes<'a> = Vec<(CowStr<'a>, CowStr<'a>)>;

/// Who opened an element.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Owner {
    /// The writer.
    Writer,
    /// The writer: a paragraph that a tag of the text in it has closed already.
    Ghost,
    /// A tag of the text.
    Text,
}

struct OpenElement<'a> {
    name: CowStr<'a>,
    owner: Owner,
    /// The index of its token.
    token: usize,
}

/// Text that may still grow.
enum Pending<'a> {
    None,
    One(CowStr<'a>),
    Many(String),
}

/// The tree while it is built.
pub(crate) struct TreeBuilder<'a> {
    tokens: Vec<Token<'a>>,
    stack: Vec<OpenElement<'a>>,
    pending: Pending<'a>,
    /// How many of the stack's elements are `svg` or `math`.
    foreign: usize,
}

impl<'a> TreeBuilder<'a> {
    pub(crate) fn new() -> Self {
        Self { tokens: Vec::new(), stack: Vec::new(), pending: Pending::None, foreign: 0 }
    }

    /// Opens an element of the writer.
    pub(crate) fn open(&mut self, name: impl Into<CowStr<'a>>, attributes: TokenAttributes<'a>, span: Option<Span>) {
        let name = name.into();
        self.prepare(&name);
        self.push(name, attributes, span, Owner::Writer);
    }

    /// Closes the last element that the writer opened, and the elements of the text that are still open in it.
    pub(crate) fn close(&mut self) {
        while self.stack.last().is_some_and(|open| open.owner == Owner::Text) {
            self.pop();
        }
        self.pop();
    }

    /// An element without content.
    pub(crate) fn leaf(&mut self, name: impl Into<CowStr<'a>>, attributes: TokenAttributes<'a>, span: Option<Span>) {
        self.open(name, attributes, span);
        self.close();
    }

    /// Text, not escaped. Neighbouring texts become one.
    pub(crate) fn text(&mut self, text: impl Into<CowStr<'a>>) {
        let text = text.into();
        if text.is_empty() {
            return;
        }
        self.pending = match std::mem::replace(&mut self.pending, Pending::None) {
            Pending::None => Pending::One(text),
            Pending::One(first) => {
                let mut all = String::with_capacity((first.len() + text.len()) * 2);
                all.push_str(&first);
                all.push_str(&text);
                Pending::Many(all)
            }
            Pending::Many(mut all) => {
                all.push_str(&text);
                Pending::Many(all)
            }
        };
    }

    /// A comment's content.
    pub(crate) fn comment(&mut self, text: impl Into<CowStr<'a>>) {
        self.flush();
        self.tokens.push(Token::Comment(text.into()));
    }

    /// Whether nothing was added to the innermost element.
    pub(crate) fn is_empty_element(&self) -> bool {
        matches!(self.pending, Pending::None)
            && self.stack.last().is_some_and(|open| open.token + 1 == self.tokens.len())
    }

    /// Whether the tokens so far end in text with a line break at its end.
    pub(crate) fn ends_with_line_break(&self) -> bool {
        match &self.pending {
            Pending::None => matches!(self.tokens.last(), Some(Token::Text(text)) if text.ends_with('\n')),
            Pending::One(text) => text.ends_with('\n'),
            Pending::Many(text) => text.ends_with('\n'),
        }
    }

    /// The index of the next token.
    pub(crate) fn mark(&mut self) -> usize {
        self.flush();
        self.tokens.len()
    }

    /// Removes the spans of the tokens since `mark`, because their source is at another place of the text.
    pub(crate) fn forget_spans(&mut self, mark: usize) {
        for token in self.tokens.iter_mut().skip(mark) {
            if let Token::Open { span, .. } = token {
                *span = None;
            }
        }
    }

    /// Closes everything and returns the tokens.
    pub(crate) fn finish(mut self) -> Vec<Token<'a>> {
        while !self.stack.is_empty() {
            self.pop();
        }
        self.flush();
        self.tokens
    }

    /// Whether a start tag of this name is an element of SVG or MathML here.
    pub(crate) fn in_foreign(&self, name: &str) -> bool {
        matches!(name, "svg" | "math") || self.is_foreign() && !implied::breaks_out(name)
    }

    /// Whether the position is in SVG or MathML, and not in HTML inside of it.
    fn is_foreign(&self) -> bool {
        self.foreign > 0
            && self
                .stack
                .iter()
                .rev()
                .take(REACH)
                .find(|open| matches!(&*open.name, "svg" | "math") || implied::holds_html(&open.name))
                .is_some_and(|open| !implied::holds_html(&open.name))
    }

    /// Opens an element of the text.
    pub(crate) fn start_tag(
        &mut self,
        name: CowStr<'a>,
        attributes: TokenAttributes<'a>,
        span: Option<Span>,
        self_closed: bool,
    ) {
        if self.is_foreign() && implied::breaks_out(&name) {
            while self.is_foreign() && self.stack.last().is_some_and(|open| open.owner == Owner::Text) {
                self.pop();
            }
        }
        if !self.is_foreign() {
            if matches!(&*name, "html" | "head" | "body" | "frameset") {
                return;
            }
            let name = if &*name == "image" { "img".into() } else { name };
            self.prepare(&name);
            let void = is_void(&name);
            self.push(name, attributes, span, Owner::Text);
            if void || self_closed {
                self.pop();
            }
        } else {
            self.push(name, attributes, span, Owner::Text);
            if self_closed {
                self.pop();
            }
        }
    }

    /// Closes what the end tag `name` closes: an element of the text, inside the writer's innermost element or, where
    /// that is a paragraph and the tag ends a block, around it.
    pub(crate) fn end_tag(&mut self, name: &str) {
        let mut found = None;
        let mut paragraph = None;
        // The end tag of an inline element does not close a block. Only the tags of a table close its parts.
        let inline = implied::is_formatting(name) || matches!(name, "a" | "span");
        for (index, open) in self.stack.iter().enumerate().rev().take(REACH) {
            if open.owner != Owner::Text {
                if paragraph.is_none() && &*open.name == "p" && implied::ends_paragraph(name) && name != "p" {
                    paragraph = Some(index);
                    continue;
                }
                break;
            }
            if *open.name == *name {
                found = Some(index);
                break;
            }
            if inline && (implied::ends_paragraph(&open.name) || implied::is_scope(&open.name))
                || matches!(&*open.name, "table" | "template" | "object") && self.foreign == 0
            {
                break;
            }
        }
        if let (Some(found), Some(paragraph)) = (found, paragraph) {
            return self.close_around(found, paragraph);
        }
        let Some(found) = found else {
            match name {
                "p" => {
                    self.prepare("p");
                    self.push("p".into(), Vec::new(), None, Owner::Text);
                    self.pop();
                }
                "br" => {
                    self.push("br".into(), Vec::new(), None, Owner::Text);
                    self.pop();
                }
                _ => {}
            }
            return;
        };
        let mut again = Vec::new();
        if implied::is_formatting(name) || name == "a" {
            for open in
                self.stack.iter().skip(found + 1).filter(|open| implied::is_formatting(&open.name)).take(REOPENED)
            {
                if let Some(Token::Open { name, attributes, span }) = self.tokens.get(open.token) {
                    again.push((name.clone(), attributes.clone(), *span));
                }
            }
        }
        while self.stack.len() > found {
            self.pop();
        }
        for (name, attributes, span) in again {
            self.push(name, attributes, span, Owner::Text);
        }
    }

    /// Closes the text's element at `found` although the writer's paragraph at `paragraph` is open inside it: the
    /// paragraph ends too, and what follows in it stands after the element.
    fn close_around(&mut self, found: usize, paragraph: usize) {
        while self.stack.len() > paragraph + 1 {
            self.pop();
        }
        let Some(open) = self.stack.pop() else { return };
        self.flush();
        if open.owner == Owner::Writer {
            self.tokens.push(Token::Close);
        }
        while self.stack.len() > found {
            self.pop();
        }
        self.stack.push(OpenElement { owner: Owner::Ghost, ..open });
    }

    /// Closes and opens what the start of `name` implies.
    fn prepare(&mut self, name: &str) {
        if self.stack.is_empty() {
            return;
        }
        if implied::ends_paragraph(name) {
            self.end_paragraph();
        }
        if let Some((targets, barriers)) = implied::ends(name) {
            self.end_nearest(targets, barriers);
        }
        if implied::is_header(name)
            && self.stack.last().is_some_and(|open| open.owner == Owner::Text && implied::is_header(&open.name))
        {
            self.pop();
        }
        while let Some(between) = self.stack.last().and_then(|open| match open.owner {
            Owner::Text => implied::implies(&open.name, name),
            _ => None,
        }) {
            self.push(between.into(), Vec::new(), None, Owner::Text);
        }
    }

    /// Ends the innermost open element of the text that is one of `targets`.
    fn end_nearest(&mut self, targets: &[&str], barriers: &[&str]) {
        let mut found = None;
        for (index, open) in self.stack.iter().enumerate().rev().take(REACH) {
            if open.owner != Owner::Text || barriers.contains(&&*open.name) {
                break;
            }
            if targets.contains(&&*open.name) {
                found = Some(index);
                break;
            }
        }
        if let Some(found) = found {
            while self.stack.len() > found {
                self.pop();
            }
        }
    }

    /// Ends an open paragraph: the text's own, or the writer's where the tag stands directly in it.
    fn end_paragraph(&mut self) {
        let last = self.stack.len().saturating_sub(1);
        if let Some(open) = self.stack.last_mut()
            && open.owner == Owner::Writer
            && &*open.name == "p"
        {
            open.owner = Owner::Ghost;
            self.flush();
            self.tokens.push(Token::Close);
            return;
        }
        let mut found = None;
        for (index, open) in self.stack.iter().enumerate().rev().take(REACH.min(last + 1)) {
            if open.owner != Owner::Text || implied::is_scope(&open.name) {
                break;
            }
            if &*open.name == "p" {
                found = Some(index);
                break;
            }
        }
        if let Some(found) = found {
            while self.stack.len() > found {
                self.pop();
            }
        }
    }

    fn push(&mut self, name: CowStr<'a>, attributes: TokenAttributes<'a>, span: Option<Span>, owner: Owner) {
        self.flush();
        self.foreign += usize::from(matches!(&*name, "svg" | "math"));
        self.stack.push(OpenElement { name: name.clone(), owner, token: self.tokens.len() });
        self.tokens.push(Token::Open { name, attributes, span });
    }

    fn pop(&mut self) {
        let Some(open) = self.stack.pop() else { return };
        self.flush();
        self.foreign -= usize::from(matches!(&*open.name, "svg" | "math"));
        if open.owner == Owner::Ghost {
            // In the standard, an end tag `</p>` without an open paragraph makes an empty one.
            self.tokens.push(Token::Open { name: open.name, attributes: Vec::new(), span: None });
        }
        self.tokens.push(Token::Close);
    }

    fn flush(&mut self) {
        match std::mem::replace(&mut self.pending, Pending::None) {
            Pending::None => {}
            Pending::One(text) => self.tokens.push(Token::Text(text)),
            Pending::Many(text) => self.tokens.push(Token::Text(text.into())),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use super::*;
    use crate::markdown::token::to_html;

    fn repaired(html: &str) -> String {
        let mut tree = TreeBuilder::new();
        tree.raw(Cow::Borrowed(html), &[(0, 0)]);
        to_html(&tree.finish())
    }

    #[test]
    fn broken_nesting_is_mended() {
        for (html, expected) in [
            ("<b>a", "<b>a</b>"),
            ("a</b>b", "ab"),
            ("<b><i>x</b>y</i>z", "<b><i>x</i></b><i>y</i>z"),
            ("<ul><li>a<li>b</ul>", "<ul><li>a</li><li>b</li></ul>"),
            ("<p>a<p>b<div>c</div>", "<p>a</p><p>b</p><div>c</div>"),
            ("<div><span></div>x</span>", "<div><span></span></div>x"),
            (
                "<table><tr><td>1<td>2<tr><td>3</table>",
                concat!("<table><tbody><tr><td>1</td><td>2</td></tr>", "<tr><td>3</td></tr></tbody></table>"),
            ),
            ("<dl><dt>a<dd>b<dt>c</dl>", "<dl><dt>a</dt><dd>b</dd><dt>c</dt></dl>"),
            ("<a href=1>x<a href=2>y</a>", "<a href=\"1\">x</a><a href=\"2\">y</a>"),
            ("<IMG SRC='a&amp;b'>x", "<img src=\"a&amp;b\" />x"),
            ("</p></br>", "<p></p><br />"),
            ("<svg><path/><circle/></svg>x", "<svg><path></path><circle></circle></svg>x"),
            ("<svg><g><p>x</p>", "<svg><g></g></svg><p>x</p>"),
            ("<svg/>x", "<svg></svg>x"),
            ("<script>if (a<b) '</div>'</script>x", "<script>if (a<b) '</div>'</script>x"),
            ("<textarea>&lt;b></textarea>", "<textarea>&lt;b&gt;</textarea>"),
        ] {
            assert_eq!(repaired(html), expected, "{html}");
        }
    }

    #[test]
    fn the_text_does_not_close_the_writers_elements() {
        let mut tree = TreeBuilder::new();
        tree.open("blockquote", Vec::new(), None);
        tree.raw(Cow::Borrowed("</blockquote><div>"), &[]);
        tree.close();
        tree.text("after");
        assert_eq!(to_html(&tree.finish()), "<blockquote><div></div></blockquote>after");
    }

    #[test]
    fn a_block_in_the_writers_paragraph_ends_it_as_in_a_browser() {
        let mut tree = TreeBuilder::new();
        tree.open("p", Vec::new(), None);
        tree.text("a");
        tree.raw(Cow::Borrowed("<div>b</div>"), &[]);
        tree.text("c");
        tree.close();
        assert_eq!(to_html(&tree.finish()), "<p>a</p><div>b</div>c<p></p>");
    }

    #[test]
    fn an_end_tag_in_the_writers_paragraph_ends_the_block_around_it() {
        let mut tree = TreeBuilder::new();
        tree.raw(Cow::Borrowed("<details>"), &[]);
        tree.open("p", Vec::new(), None);
        tree.text("a");
        tree.raw(Cow::Borrowed("</details>"), &[]);
        tree.text("b");
        tree.close();
        tree.text("c");
        assert_eq!(to_html(&tree.finish()), "<details><p>a</p></details>b<p></p>c");
    }
}
