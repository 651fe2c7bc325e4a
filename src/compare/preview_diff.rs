//! The difference of two previews: the new one, with added parts in `ins` and removed parts in `del`. Both have a class
//! of their own, because a post may use these elements itself. In: lists of sanitized tokens. Out: lists of tokens that
//! nest. Neighbours: `token_tree.rs` numbers what is equal, `pairs.rs` finds versions, `styles/preview.css` shows the
//! classes.

use super::pairs::pairs;
use super::sequence::{LINES, Numbers, Step, WORDS, steps, without_blanks};
use super::token_tree::{ItemContent, TokenTree, TreeItem};
use super::words::is_blank;
use crate::markdown::event::CowStr;
use crate::markdown::token::Token;

/// Deeper than this, two versions of an element are shown as a whole.
const DEEPEST: usize = 64;

/// A side of the comparison.
#[derive(Clone, Copy)]
struct MarkStyle {
    element: &'static str,
    class: &'static str,
    block: &'static str,
    removed: bool,
}

const REMOVED: MarkStyle =
    MarkStyle { element: "del", class: "apercu-del", block: "apercu-del apercu-block", removed: true };
const ADDED: MarkStyle =
    MarkStyle { element: "ins", class: "apercu-ins", block: "apercu-ins apercu-block", removed: false };
/// An element of which only attributes changed: another address of a link.
const CHANGED: &str = "apercu-changed";

/// The difference, and whether there is any. In both previews the first list is the header, and each other one a block.
/// The answer has the same form, with a list for every block of either preview.
pub fn preview_diff<'t>(old: &'t [Vec<Token<'t>>], new: &'t [Vec<Token<'t>>]) -> (Vec<Vec<Token<'static>>>, bool) {
    let mut numbers = Numbers::new();
    let (old, new) = (TokenTree::new(old, &mut numbers), TokenTree::new(new, &mut numbers));
    let trees = Trees { old: &old, new: &new };
    let mut lists = Vec::new();
    let mut differs = false;
    let (old_header, old_blocks) = old.roots.split_at(old.roots.len().min(1));
    let (new_header, new_blocks) = new.roots.split_at(new.roots.len().min(1));
    let mut list = |write: &dyn Fn(&mut Out)| {
        let mut out = Out::default();
        write(&mut out);
        out.flush();
        differs |= out.differs;
        lists.push(out.tokens);
    };
    list(&|out| {
        let (old_items, new_items) = (header_items(&old, old_header), header_items(&new, new_header));
        trees.merge(old_items, new_items, "", 0, out);
    });
    let numbers_of = |tree: &TokenTree<'_>, roots: &[usize]| -> Vec<u32> {
        roots.iter().filter_map(|&root| tree.nodes.get(root)).map(|node| node.number).collect()
    };
    for step in steps(&numbers_of(&old, old_blocks), &numbers_of(&new, new_blocks), LINES) {
        let old_roots = old_blocks.get(step.old.clone()).unwrap_or(&[]);
        let new_roots = new_blocks.get(step.new.clone()).unwrap_or(&[]);
        if step.same {
            for &root in new_roots {
                list(&|out| out.whole(&new, root, None));
            }
            continue;
        }
        let mut found = pairs(&old.bags(old_roots), &new.bags(new_roots), false);
        found.push((old_roots.len(), new_roots.len()));
        let (mut at_old, mut at_new) = (0, 0);
        for (to_old, to_new) in found {
            for &root in old_roots.get(at_old..to_old).unwrap_or(&[]) {
                list(&|out| out.block(&old, root, REMOVED));
            }
            for &root in new_roots.get(at_new..to_new).unwrap_or(&[]) {
                list(&|out| out.block(&new, root, ADDED));
            }
            if let (Some(&old_root), Some(&new_root)) = (old_roots.get(to_old), new_roots.get(to_new)) {
                list(&|out| trees.merge(old.items(old_root), new.items(new_root), "", 0, out));
            }
            (at_old, at_new) = (to_old + 1, to_new + 1);
        }
    }
    (lists, differs)
}

fn header_items<'a, 't>(tree: &'a TokenTree<'t>, header: &[usize]) -> &'a [TreeItem<'t>] {
    header.first().map_or(&[], |&root| tree.items(root))
}

struct Trees<'a, 't> {
    old: &'a TokenTree<'t>,
    new: &'a TokenTree<'t>,
}

impl<'t> Trees<'_, 't> {
    /// The items of an element called `parent` in both versions. Calls itself `DEEPEST` times at most.
    fn merge(&self, old: &[TreeItem<'t>], new: &[TreeItem<'t>], parent: &str, depth: usize, out: &mut Out) {
        let numbers = |items: &[TreeItem<'_>]| -> Vec<u32> { items.iter().map(|item| item.number).collect() };
        let steps = steps(&numbers(old), &numbers(new), WORDS);
        let blank = |at: usize| matches!(old.get(at), Some(TreeItem { content: ItemContent::Text(text), .. }) if is_blank(text));
        // Between the rows of a list or table spaces stand for nothing, and stay.
        let steps = if is_frame(parent) { steps } else { without_blanks(steps, blank) };
        for Step { old: from, new: to, same } in steps {
            let (from, to) = (old.get(from).unwrap_or(&[]), new.get(to).unwrap_or(&[]));
            if same {
                to.iter().for_each(|item| out.item(self.new, item, None));
            } else {
                self.change(from, to, parent, depth, out);
            }
        }
    }

    /// Compares items that were replaced; elements that are versions of each other are compared further.
    fn change(&self, old: &[TreeItem<'t>], new: &[TreeItem<'t>], parent: &str, depth: usize, out: &mut Out) {
        fn elements(items: &[TreeItem<'_>]) -> (Vec<usize>, Vec<usize>) {
            let elements = items.iter().enumerate().filter_map(|(at, item)| match item.content {
                ItemContent::Element(node) => Some((at, node)),
                ItemContent::Text(_) => None,
            });
            elements.unzip()
        }
        let ((old_places, old_nodes), (new_places, new_nodes)) = (elements(old), elements(new));
        let found = if depth < DEEPEST {
            pairs(&self.old.bags(&old_nodes), &self.new.bags(&new_nodes), true)
        } else {
            Vec::new()
        };
        let (mut at_old, mut at_new) = (0, 0);
        for (row, column) in found {
            let (Some(&to_old), Some(&to_new)) = (old_places.get(row), new_places.get(column)) else { continue };
            let (Some(&old_node), Some(&new_node)) = (old_nodes.get(row), new_nodes.get(column)) else { continue };
            out.items(self.old, old.get(at_old..to_old).unwrap_or(&[]), parent, REMOVED);
            out.items(self.new, new.get(at_new..to_new).unwrap_or(&[]), parent, ADDED);
            self.versions(old_node, new_node, depth + 1, out);
            (at_old, at_new) = (to_old + 1, to_new + 1);
        }
        out.items(self.old, old.get(at_old..).unwrap_or(&[]), parent, REMOVED);
        out.items(self.new, new.get(at_new..).unwrap_or(&[]), parent, ADDED);
    }

    /// Two versions of an element.
    fn versions(&self, old: usize, new: usize, depth: usize, out: &mut Out) {
        let (old_open, new_open) = (self.old.tokens(old).first(), self.new.tokens(new).first());
        if let (Some(Token::Open { attributes: before, .. }), Some(open @ Token::Open { attributes: after, .. })) =
            (old_open, new_open)
        {
            let changed = !visible(before).eq(visible(after));
            out.differs |= changed;
            out.open(open, changed.then_some(CHANGED), false);
            self.merge(self.old.items(old), self.new.items(new), self.new.name(new), depth, out);
            out.token(Token::Close);
        }
    }
}

/// The attributes whose change a reader would see: not the names of places, nor links to them, which follow the
/// headings and the numbers of footnotes.
fn visible<'a>(attributes: &'a [(CowStr<'_>, CowStr<'_>)]) -> impl Iterator<Item = (&'a str, &'a str)> {
    let attributes = attributes.iter().map(|(name, value)| (&**name, &**value));
    attributes.filter(|(name, value)| *name != "id" && !(*name == "href" && value.starts_with('#')))
}

/// Elements in which only certain others may stand.
fn is_frame(name: &str) -> bool {
    matches!(name, "ul" | "ol" | "dl" | "table" | "thead" | "tbody" | "tfoot" | "tr" | "colgroup")
}

/// Elements that cannot stand in an `ins` or `del` where they are: they are marked themselves.
fn is_part(name: &str) -> bool {
    matches!(
        name,
        "li" | "dt"
            | "dd"
            | "tr"
            | "td"
            | "th"
            | "thead"
            | "tbody"
            | "tfoot"
            | "caption"
            | "col"
            | "colgroup"
            | "summary"
            | "figcaption"
            | "source"
            | "option"
    )
}

fn is_block(name: &str) -> bool {
    matches!(
        name,
        "address"
            | "article"
            | "aside"
            | "blockquote"
            | "details"
            | "div"
            | "dl"
            | "fieldset"
            | "figure"
            | "footer"
            | "form"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "header"
            | "hr"
            | "main"
            | "nav"
            | "ol"
            | "p"
            | "pre"
            | "section"
            | "table"
            | "ul"
    )
}

/// The tokens of the answer.
#[derive(Default)]
struct Out {
    tokens: Vec<Token<'static>>,
    text: String,
    differs: bool,
}

impl Out {
    fn flush(&mut self) {
        if !self.text.is_empty() {
            self.tokens.push(Token::Text(std::mem::take(&mut self.text).into()));
        }
    }

    fn token(&mut self, token: Token<'static>) {
        self.flush();
        self.tokens.push(token);
    }

    fn wrap(&mut self, side: MarkStyle, class: &'static str, hidden: bool) {
        self.differs |= !hidden;
        let mut attributes: Vec<(CowStr<'static>, CowStr<'static>)> = vec![("class".into(), class.into())];
        if hidden {
            attributes.push(("hidden".into(), "".into()));
        }
        self.token(Token::Open { name: side.element.into(), attributes, span: None });
    }

    /// A copy of an opening token with one more class; without its name as a place where `nameless`.
    fn open(&mut self, token: &Token<'_>, class: Option<&str>, nameless: bool) {
        let mut token = token.clone().into_static(0);
        if let Token::Open { attributes, .. } = &mut token {
            if nameless {
                attributes.retain(|(name, _)| !matches!(&**name, "id" | "name"));
            }
            if let Some(class) = class {
                match attributes.iter_mut().find(|(name, _)| &**name == "class") {
                    Some((_, classes)) => *classes = [classes, " ", class].concat().into(),
                    None => attributes.push(("class".into(), class.to_owned().into())),
                }
            }
        }
        self.token(token);
    }

    /// A whole node as it is; marked as one of a side where `mark` says so.
    fn whole(&mut self, tree: &TokenTree<'_>, node: usize, mark: Option<(MarkStyle, bool)>) {
        for (at, token) in tree.tokens(node).iter().enumerate() {
            match token {
                Token::Open { .. } => {
                    let class = mark.filter(|(_, itself)| *itself && at == 0).map(|(side, _)| side.class);
                    self.open(token, class, mark.is_some_and(|(side, _)| side.removed));
                }
                Token::Close => self.token(Token::Close),
                Token::Text(text) => self.text.push_str(text),
                Token::Comment(_) => {}
            }
        }
    }

    /// A whole block of one side.
    fn block(&mut self, tree: &TokenTree<'_>, node: usize, side: MarkStyle) {
        self.wrap(side, side.block, false);
        self.whole(tree, node, Some((side, false)));
        self.token(Token::Close);
    }

    fn item(&mut self, tree: &TokenTree<'_>, item: &TreeItem<'_>, side: Option<MarkStyle>) {
        match item.content {
            ItemContent::Text(text) => self.text.push_str(text),
            ItemContent::Element(node) => self.whole(tree, node, side.map(|side| (side, false))),
        }
    }

    /// Items of one side within an element called `parent`.
    fn items(&mut self, tree: &TokenTree<'_>, items: &[TreeItem<'_>], parent: &str, side: MarkStyle) {
        let name = |item: &TreeItem<'_>| match item.content {
            ItemContent::Text(_) => "",
            ItemContent::Element(node) => tree.name(node),
        };
        let mut rest = items;
        while let Some(first) = rest.first() {
            if let ItemContent::Element(node) = first.content
                && (is_part(name(first)) || is_block(name(first)))
            {
                if is_part(name(first)) {
                    self.differs = true;
                    self.whole(tree, node, Some((side, true)));
                } else {
                    self.block(tree, node, side);
                }
                rest = rest.get(1..).unwrap_or(&[]);
                continue;
            }
            let inline = rest.iter().take_while(|item| !is_part(name(item)) && !is_block(name(item))).count();
            let (run, behind) = rest.split_at(inline);
            let blank =
                run.iter().all(|item| matches!(item.content, ItemContent::Text(text) if text.trim().is_empty()));
            self.wrap(side, side.class, blank && is_frame(parent));
            run.iter().for_each(|item| self.item(tree, item, Some(side)));
            self.token(Token::Close);
            rest = behind;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown::block::BlockStore;
    use crate::markdown::token::to_html;
    use crate::markdown::{Dialect, Options};

    /// The lists of a preview: an empty header and the blocks of a body.
    fn preview(body: &str) -> Vec<Vec<Token<'static>>> {
        let mut store = BlockStore::new();
        store.update(body, &Options::of(Dialect::GitHub));
        let blocks = store.blocks().iter().map(|block| block.tokens.to_vec());
        std::iter::once(Vec::new()).chain(blocks).collect()
    }

    fn show(old: &str, new: &str) -> String {
        let short = |html: String| {
            html.replace("<del class=\"apercu-del\">", "<del>")
                .replace("<ins class=\"apercu-ins\">", "<ins>")
                .replace("apercu-block", "block")
        };
        preview_diff(&preview(old), &preview(new))
            .0
            .iter()
            .map(|list| short(to_html(list)))
            .collect::<Vec<_>>()
            .join("|")
    }

    #[test]
    fn words_change_within_their_block() {
        assert_eq!(
            show("The *old house* stands here.\n", "The *new house* stands there.\n"),
            "|<p>The <em><del>old</del><ins>new</ins> house</em> stands <del>here</del><ins>there</ins>.</p>"
        );
        assert_eq!(show("a **b** c d\n", "a b c d\n"), "|<p>a <del><strong>b</strong></del><ins>b</ins> c d</p>");
    }

    #[test]
    fn blocks_come_and_go_as_wholes() {
        assert_eq!(
            show("one two\n\nthree four\n", "one two\n\n> new\n\nthree four\n"),
            "|<p>one two</p>|<ins class=\"apercu-ins block\"><blockquote><p>new</p></blockquote></ins>|<p>three four</p>"
        );
        assert_eq!(show("one\n\nsix\n", "six\n"), "|<del class=\"apercu-del block\"><p>one</p></del>|<p>six</p>");
    }

    #[test]
    fn items_of_lists_and_cells_of_tables_stay_where_they_can_stand() {
        let html = show("- one\n- two\n- three\n", "- one\n- three\n- a fourth\n");
        let expected = "<ul><li>one</li><li class=\"apercu-del\">two</li><li>three</li><li class=\"apercu-ins\">a fourth</li></ul>";
        assert_eq!(html, format!("|{expected}"));
        let table = |cell: &str| format!("| a | b |\n|---|---|\n| same | {cell} |\n");
        let html = show(&table("old"), &table("new"));
        assert!(html.contains("<td><del>old</del><ins>new</ins></td>"), "{html}");
    }

    #[test]
    fn another_address_of_a_link_is_marked() {
        let html = show("See [the page](http://a.example/) now.\n", "See [the page](http://b.example/) now.\n");
        assert!(html.contains("b.example") && !html.contains("a.example") && html.contains("apercu-changed"), "{html}");
    }

    #[test]
    fn what_went_has_no_name_that_a_link_could_lead_to() {
        let html = show("<h2 id=\"x\">Old heading</h2>\n\nstay\n", "stay\n");
        assert!(html.contains("Old heading") && !html.contains("id="), "{html}");
    }

    #[test]
    fn the_same_is_the_same_and_says_so() {
        let text = "# a\n\n- b\n- [ ] c\n\n> d\n";
        let (lists, differs) = preview_diff(&preview(text), &preview(text));
        assert!(!differs);
        assert_eq!(
            lists.iter().map(|l| to_html(l)).collect::<String>(),
            preview(text).iter().map(|l| to_html(l)).collect::<String>()
        );
        assert!(preview_diff(&preview("a"), &preview("b")).1);
        assert!(!preview_diff(&preview("a *b*"), &preview("a _b_")).1);
    }

    #[test]
    fn deep_nests_end() {
        let deep = |word: &str| format!("{}{word}\n", "> ".repeat(200));
        assert!(show(&deep("a b"), &deep("a c")).contains("<ins"));
    }

    /// The text of all that is not marked as of the other side.
    fn text_without(lists: &[Vec<Token<'_>>], class: &str) -> String {
        let mut out = String::new();
        for list in lists {
            let mut left_out: Vec<bool> = Vec::new();
            for token in list {
                match token {
                    Token::Open { attributes, .. } => {
                        let of_other =
                            attributes.iter().any(|(n, v)| &**n == "class" && v.split(' ').any(|c| c == class));
                        left_out.push(of_other || left_out.last() == Some(&true));
                    }
                    Token::Close => assert!(left_out.pop().is_some(), "more ends than beginnings"),
                    Token::Text(text) if left_out.last() != Some(&true) => out.push_str(text),
                    _ => {}
                }
            }
            assert!(left_out.is_empty(), "an element is left open");
        }
        out
    }

    fn check(old: &str, new: &str) -> Result<(), proptest::test_runner::TestCaseError> {
        let (old, new) = (preview(old), preview(new));
        let (lists, _) = preview_diff(&old, &new);
        proptest::prop_assert_eq!(text_without(&lists, "apercu-ins"), text_without(&old, ""));
        proptest::prop_assert_eq!(text_without(&lists, "apercu-del"), text_without(&new, ""));
        Ok(())
    }

    fn parts() -> proptest::sample::Select<&'static str> {
        proptest::sample::select(vec![
            "a *b* `c` d\n\n",
            "a *x* `c` e\n\n",
            "- x y\n- [ ] z\n\n",
            "- x q\n- z\n- w\n\n",
            "[^1] <!-- c -->\n\n",
            "[^1]: é\n\n",
            "> q r s\n\n",
            "> q r\n\n",
            "![i](u \"t\")\n\n",
            "# h\n\n",
            "# h h\n\n",
            "| a | b |\n|---|---|\n| c | d |\n\n",
            "| a | b |\n|---|---|\n| c | e |\n| f | g |\n\n",
            "```ruby\na\nb\n```\n\n",
            "```ruby\na\nc\n```\n\n",
            "<ins>i</ins> <del>k</del>\n\n",
            "[l](http://a.example) m n\n\n",
            "[l](http://b.example) m n\n\n",
            "1. one\n   - two\n     three\n\n",
            "1. one\n   - two\n     four\n\n",
            "<dl><dt>a</dt><dd>b c</dd></dl>\n\n",
            "<dl><dt>a</dt><dd>b d</dd><dd></dd></dl>\n\n",
        ])
    }

    proptest::proptest! {
        #[test]
        fn without_its_marks_it_is_either_side(old in proptest::collection::vec(parts(), 0..7), new in proptest::collection::vec(parts(), 0..7)) {
            check(&old.concat(), &new.concat())?;
        }

        #[test]
        fn any_two_texts_can_be_compared(old in "[-a b*_>#|\n\\[\\]()<`]{0,60}", new in "[-a b*_>#|\n\\[\\]()<`]{0,60}") {
            check(&old, &new)?;
        }
    }
}
