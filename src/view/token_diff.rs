//! The smallest change that turns the nodes of one token list into those of another: one run of siblings under one
//! parent. In: old and new tokens of a block. Out: a `NodeChange`. Also finds the node of a token and the token of a
//! node. Neighbours: `app/preview/frame.rs` makes the changes in the frame. Spans do not count: nodes do not hold them.

use std::ops::Range;

use crate::markdown::token::Token;

/// Which child to take at each level, zero-based, from the block's own nodes downwards. A `Text`, a `Comment` and an
/// `Open` each stand for one node.
pub type Path = Vec<usize>;

/// Under the node at `parent` (the block itself where it is empty), take away the children `remove` and put the nodes
/// of the new tokens `insert` in their place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NodeChange {
    /// The parent.
    pub parent: Path,
    /// Children of the parent that go, by index.
    pub remove: Range<usize>,
    /// Indices into the new tokens; whole nodes.
    pub insert: Range<usize>,
    /// Whether it is one text node that becomes another, so that the node itself can stay.
    pub text_only: bool,
}

fn same(a: &Token, b: &Token) -> bool {
    match (a, b) {
        (Token::Open { name: n, attributes: a, .. }, Token::Open { name: m, attributes: b, .. }) => n == m && a == b,
        (a, b) => a == b,
    }
}

/// Where the element whose children are being looked at begins in the tokens, and the index of its next child.
struct OpenParent {
    start: usize,
    children: usize,
}

/// The change from `old` to `new`, or `None` where their nodes are alike. Linear.
pub fn diff(old: &[Token], new: &[Token]) -> Option<NodeChange> {
    let prefix = old.iter().zip(new).take_while(|(a, b)| same(a, b)).count();
    if prefix == old.len() && prefix == new.len() {
        return None;
    }
    let suffix = old[prefix..].iter().rev().zip(new[prefix..].iter().rev()).take_while(|(a, b)| same(a, b)).count();
    let mut levels = vec![OpenParent { start: 0, children: 0 }];
    for (index, token) in old[..prefix].iter().enumerate() {
        match token {
            Token::Open { .. } => {
                count_child(&mut levels);
                levels.push(OpenParent { start: index + 1, children: 0 });
            }
            Token::Close => {
                levels.pop();
            }
            Token::Text(_) | Token::Comment(_) => count_child(&mut levels),
        }
    }
    // Goes up to the parent whose end lies in the part that both lists share.
    while let Some(level) = levels.pop() {
        let (old_end, new_end) = (end_of(old, level.start), end_of(new, level.start));
        let from_end = old.len() - old_end;
        if from_end != new.len() - new_end || from_end > suffix {
            continue;
        }
        let (first_child, first_token) = children_before(old, level.start, prefix);
        let old_kept = common_children(old, first_token..old_end, suffix);
        let new_kept = common_children(new, first_token..new_end, suffix);
        let kept = old_kept.min(new_kept);
        let old_children = count_children(&old[first_token..old_end]);
        let insert_end = cut_children(new, first_token..new_end, kept);
        let remove = first_child..first_child + old_children - kept;
        let insert = first_token..insert_end;
        let text_only = remove.len() == 1
            && insert.len() == 1
            && matches!((&old[first_token], &new[first_token]), (Token::Text(_), Token::Text(_)));
        let parent = levels.iter().map(|l| l.children - 1).collect();
        return Some(NodeChange { parent, remove, insert, text_only });
    }
    None
}

fn count_child(levels: &mut [OpenParent]) {
    if let Some(level) = levels.last_mut() {
        level.children += 1;
    }
}

/// The index of the `Close` of the element whose content starts at `start`, or the end.
fn end_of(tokens: &[Token], start: usize) -> usize {
    let mut depth = 0usize;
    for (index, token) in tokens.iter().enumerate().skip(start) {
        match token {
            Token::Open { .. } => depth += 1,
            Token::Close if depth == 0 => return index,
            Token::Close => depth -= 1,
            _ => {}
        }
    }
    tokens.len()
}

/// Starts of the children in `tokens[range]`.
fn child_starts<'a>(tokens: &'a [Token<'a>], range: Range<usize>) -> impl Iterator<Item = usize> + 'a {
    let mut depth = 0usize;
    tokens[range.clone()].iter().zip(range).filter_map(move |(token, index)| {
        let at_top = depth == 0;
        match token {
            Token::Open { .. } => depth += 1,
            Token::Close => {
                depth = depth.saturating_sub(1);
                return None;
            }
            _ => {}
        }
        at_top.then_some(index)
    })
}

fn count_children(tokens: &[Token]) -> usize {
    child_starts(tokens, 0..tokens.len()).count()
}

/// How many children from `start` on end before `prefix`, and the token at which the next one starts.
fn children_before(tokens: &[Token], start: usize, prefix: usize) -> (usize, usize) {
    let (mut children, mut next, mut depth) = (0, start, 0usize);
    for (index, token) in tokens[..prefix].iter().enumerate().skip(start) {
        match token {
            Token::Open { .. } => depth += 1,
            Token::Close => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 {
            children += 1;
            next = index + 1;
        }
    }
    (children, next)
}

/// How many children at the end of `tokens[range]` lie in the last `suffix` tokens.
fn common_children(tokens: &[Token], range: Range<usize>, suffix: usize) -> usize {
    let from = tokens.len() - suffix;
    child_starts(tokens, range).filter(|&start| start >= from).count()
}

/// Where the last `kept` children of `tokens[range]` start.
fn cut_children(tokens: &[Token], range: Range<usize>, kept: usize) -> usize {
    let end = range.end;
    let starts: Vec<usize> = child_starts(tokens, range).collect();
    if kept == 0 { end } else { starts.get(starts.len() - kept).copied().unwrap_or(end) }
}

/// The path of the node that the token at `index` stands for (for a `Close`, its element).
pub fn path_to(tokens: &[Token], index: usize) -> Path {
    let mut path: Path = Vec::new();
    let mut next = 0;
    for (at, token) in tokens.iter().enumerate().take(index + 1) {
        match token {
            Token::Open { .. } => {
                path.push(next);
                next = 0;
            }
            Token::Text(_) | Token::Comment(_) => {
                if at == index {
                    path.push(next);
                }
                next += 1;
            }
            Token::Close if at == index => {}
            Token::Close => next = path.pop().map_or(0, |child| child + 1),
        }
    }
    path
}

/// The token of the node at `path`: an `Open`, `Text` or `Comment`.
pub fn token_at(tokens: &[Token], path: &[usize]) -> Option<usize> {
    let (mut start, mut end) = (0, tokens.len());
    let mut found = None;
    for &child in path {
        let at = child_starts(tokens, start..end).nth(child)?;
        found = Some(at);
        start = at + 1;
        end = if matches!(tokens[at], Token::Open { .. }) { end_of(tokens, start) } else { start };
    }
    found
}

/// The end of the source of the element right before the text at `index`, and the start of that of the one right after it,
/// where they are known. Neither for anything but text.
pub fn neighbours(tokens: &[Token], index: usize) -> (Option<usize>, Option<usize>) {
    if !matches!(tokens.get(index), Some(Token::Text(_))) {
        return (None, None);
    }
    let after = match tokens.get(index + 1) {
        Some(Token::Open { span, .. }) => span.map(|span| span.start),
        _ => None,
    };
    let mut depth = 0usize;
    let mut before = None;
    for token in tokens[..index].iter().rev() {
        match token {
            Token::Close => depth += 1,
            Token::Open { span, .. } => {
                if depth == 1 {
                    before = span.map(|span| span.end);
                }
                depth = depth.saturating_sub(1);
            }
            _ => {}
        }
        if depth == 0 {
            break;
        }
    }
    (before, after)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[derive(Clone, Debug, PartialEq)]
    enum TestNode {
        Text(String),
        Element(String, Vec<TestNode>),
    }

    fn tokens(nodes: &[TestNode], out: &mut Vec<Token<'static>>) {
        for node in nodes {
            match node {
                TestNode::Text(text) => out.push(Token::Text(text.clone().into())),
                TestNode::Element(name, children) => {
                    out.push(Token::Open { name: name.clone().into(), attributes: Vec::new(), span: None });
                    tokens(children, out);
                    out.push(Token::Close);
                }
            }
        }
    }

    fn nodes(tokens: &[Token]) -> Vec<TestNode> {
        let mut stack = vec![(String::new(), Vec::new())];
        for token in tokens {
            match token {
                Token::Open { name, .. } => stack.push((name.to_string(), Vec::new())),
                Token::Close => {
                    let (name, children) = stack.pop().unwrap();
                    stack.last_mut().unwrap().1.push(TestNode::Element(name, children));
                }
                Token::Text(text) => stack.last_mut().unwrap().1.push(TestNode::Text(text.to_string())),
                Token::Comment(_) => {}
            }
        }
        assert_eq!(stack.len(), 1);
        stack.pop().unwrap().1
    }

    fn apply(tree: &mut Vec<TestNode>, change: &NodeChange, new: &[Token]) {
        let mut children = tree;
        for &child in &change.parent {
            let TestNode::Element(_, inner) = &mut children[child] else { panic!("not an element") };
            children = inner;
        }
        children.splice(change.remove.clone(), nodes(&new[change.insert.clone()]));
    }

    fn list(nodes: &[TestNode]) -> Vec<Token<'static>> {
        let mut out = Vec::new();
        tokens(nodes, &mut out);
        out
    }

    fn text(text: &str) -> TestNode {
        TestNode::Text(text.into())
    }

    fn element(name: &str, children: &[TestNode]) -> TestNode {
        TestNode::Element(name.into(), children.to_vec())
    }

    #[test]
    fn one_letter_deep_in_a_list_changes_one_text_node() {
        let tree = |word: &str| {
            let items =
                [element("li", &[text("a")]), element("li", &[text("x"), element("b", &[text(word)]), text("y")])];
            list(&[element("ul", &items), text("\n")])
        };
        let change = diff(&tree("old"), &tree("new")).unwrap();
        assert_eq!(change, NodeChange { parent: vec![0, 1, 1], remove: 0..1, insert: 7..8, text_only: true });
    }

    #[test]
    fn text_lies_between_its_neighbours() {
        let open = |start, end| Token::Open {
            name: "i".into(),
            attributes: Vec::new(),
            span: Some(crate::text::Span::new(start, end)),
        };
        let text = |text: &'static str| Token::Text(text.into());
        // <i>a<i>b</i>c</i>d<i></i>
        let tokens = [
            open(1, 9),
            text("a"),
            open(3, 5),
            text("b"),
            Token::Close,
            text("c"),
            Token::Close,
            text("d"),
            open(12, 13),
            Token::Close,
        ];
        let all: Vec<_> = (0..tokens.len()).map(|at| neighbours(&tokens, at)).collect();
        let found: Vec<_> = all.iter().enumerate().filter(|(_, found)| **found != (None, None)).collect();
        assert_eq!(found, [(1, &(None, Some(3))), (5, &(Some(5), None)), (7, &(Some(9), Some(12)))]);
    }

    #[test]
    fn alike_lists_need_no_change() {
        let tokens = list(&[element("p", &[text("a")])]);
        assert_eq!(diff(&tokens, &tokens), None);
    }

    fn tree() -> impl Strategy<Value = Vec<TestNode>> {
        let leaf = "[ab]{0,1}".prop_map(TestNode::Text);
        let node = leaf.prop_recursive(4, 24, 4, |inner| {
            ("[pq]", prop::collection::vec(inner, 0..4)).prop_map(|(name, children)| TestNode::Element(name, children))
        });
        prop::collection::vec(node, 0..4)
    }

    proptest! {
        #[test]
        fn a_change_makes_the_new_tree_out_of_the_old(old in tree(), new in tree()) {
            let (old_tokens, new_tokens) = (list(&old), list(&new));
            let mut patched = old.clone();
            match diff(&old_tokens, &new_tokens) {
                Some(change) => apply(&mut patched, &change, &new_tokens),
                None => prop_assert_eq!(&old, &new),
            }
            prop_assert_eq!(patched, new);
        }

        #[test]
        fn paths_lead_to_their_token_and_back(tree in tree()) {
            let tokens = list(&tree);
            for (index, token) in tokens.iter().enumerate() {
                if !matches!(token, Token::Close) {
                    prop_assert_eq!(token_at(&tokens, &path_to(&tokens, index)), Some(index));
                }
            }
        }
    }
}
