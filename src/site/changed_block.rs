//! One block of a text that has changed, in the page around it. In: blocks, the tokens of a page. Out: the page's tokens with
//! the block as it is now. Neighbours: `page_tokens.rs` takes pages apart; the page in the browser shows a key so, where the
//! layouts do more with the content than to write it out, until they have run again.

use std::rc::Rc;

use crate::markdown::token::Token;

/// The number of the one block that is another; `None` where more is.
pub fn changed_block(old: &[Rc<[Token<'_>]>], new: &[Rc<[Token<'_>]>]) -> Option<usize> {
    let is_same = |(one, other): &(&Rc<[Token<'_>]>, &Rc<[Token<'_>]>)| Rc::ptr_eq(one, other) || one == other;
    let first = old.iter().zip(new).take_while(is_same).count();
    let last = old.iter().rev().zip(new.iter().rev()).take_while(is_same).count();
    (old.len() == new.len() && first + last + 1 == old.len()).then_some(first)
}

/// The tokens of `page` with `after` in the place of `before`, if that stands there once. White space in texts may be
/// another: some layouts take it away.
pub fn replaced<'t>(page: &[Token<'t>], before: &[Token<'t>], after: &[Token<'t>]) -> Option<Vec<Token<'t>>> {
    let before = without_blank_ends(before);
    let after = without_blank_ends(after);
    if before.is_empty() {
        return None;
    }
    let mut found = page.windows(before.len()).enumerate().filter(|(_, piece)| piece.iter().zip(before).all(is_alike));
    let (at, _) = found.next()?;
    if found.next().is_some() {
        return None;
    }
    let (start, rest) = page.split_at_checked(at)?;
    Some([start, after, rest.get(before.len()..)?].concat())
}

fn is_alike((one, other): (&Token<'_>, &Token<'_>)) -> bool {
    match (one, other) {
        (Token::Open { name, attributes, .. }, Token::Open { name: other_name, attributes: others, .. }) => {
            name == other_name && attributes == others
        }
        (Token::Text(one), Token::Text(other)) => {
            one == other || one.split_ascii_whitespace().eq(other.split_ascii_whitespace())
        }
        (Token::Close, Token::Close) => true,
        (Token::Comment(one), Token::Comment(other)) => one == other,
        _ => false,
    }
}

fn without_blank_ends<'s, 't>(tokens: &'s [Token<'t>]) -> &'s [Token<'t>] {
    let is_blank = |token: Option<&Token<'_>>| matches!(token, Some(Token::Text(text)) if text.trim().is_empty());
    let start = usize::from(is_blank(tokens.first()));
    let end = tokens.len() - usize::from(tokens.len() > start && is_blank(tokens.last()));
    tokens.get(start..end).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown::raw_html::parse;
    use crate::markdown::token::to_html;

    fn changed(page: &str, before: &str, after: &str) -> Option<String> {
        replaced(&parse(page), &parse(before), &parse(after)).map(|tokens| to_html(&tokens))
    }

    #[test]
    fn a_block_is_changed_in_its_page() {
        let page = "<nav><p>one</p></nav><main><p>two\nthree <em>x</em></p>\n<p class=\"a\">four</p></main>";
        assert_eq!(
            changed(page, "<p>two three <em>x</em></p>\n", "<p>two</p><p>2</p>").as_deref(),
            Some("<nav><p>one</p></nav><main><p>two</p><p>2</p>\n<p class=\"a\">four</p></main>")
        );
        for before in ["<p>four</p>", "<p>two</p>", "\n", "", "<p class=\"b\">four</p>"] {
            assert_eq!(changed(page, before, "<p>2</p>"), None, "{before}");
        }
        assert_eq!(changed("<p>a</p><i>b</i><p>a</p>", "<p>a</p>", "<p>c</p>"), None, "it stands there twice");
    }

    #[test]
    fn one_block_among_others() {
        let blocks = |texts: &[&'static str]| -> Vec<Rc<[Token<'static>]>> {
            texts.iter().map(|text| Rc::from([Token::Text((*text).into())])).collect()
        };
        let old = blocks(&["a", "b", "a"]);
        assert_eq!(changed_block(&old, &blocks(&["a", "c", "a"])), Some(1));
        assert_eq!(changed_block(&old, &blocks(&["a", "b", "c"])), Some(2));
        for other in [&["a", "b", "a"][..], &["c", "b", "c"], &["a", "b"], &["a", "b", "a", "a"], &[]] {
            assert_eq!(changed_block(&old, &blocks(other)), None, "{other:?}");
        }
    }
}
