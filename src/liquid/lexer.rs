//! Splits the markup inside a tag or an output as Liquid's strict parser does (lexer.rb, parser.rb). In: markup. Out:
//! the normal form of its expressions, or an error. Neighbours: `expression.rs`, `condition.rs`.

use super::tokens::is_space;

/// What a lexeme is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Lexeme {
    Id,
    Text,
    Number,
    Comparison,
    Dots,
    /// `|`, `.`, `:`, `,`, `[`, `]`, `(`, `)`, `?`, `-`
    Mark(u8),
    End,
}

/// Markup that the strict parser rejects; the lax parser then reads it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct NotStrict;

/// How deep brackets nest.
const MAX_DEPTH: usize = 50;

/// The lexemes of a markup and a place in them.
pub(super) struct MarkupLexer<'m> {
    rest: &'m str,
    kind: Lexeme,
    text: &'m str,
    depth: usize,
}

impl<'m> MarkupLexer<'m> {
    pub(super) fn new(markup: &'m str) -> Result<Self, NotStrict> {
        let mut lexer = Self { rest: markup, kind: Lexeme::End, text: "", depth: 0 };
        lexer.advance()?;
        Ok(lexer)
    }

    /// The text of the next lexeme if it is of that kind; it is then taken.
    pub(super) fn accept(&mut self, kind: Lexeme) -> Result<Option<&'m str>, NotStrict> {
        if self.kind != kind {
            return Ok(None);
        }
        let text = self.text;
        self.advance()?;
        Ok(Some(text))
    }

    /// Takes a lexeme that has to come.
    pub(super) fn expect(&mut self, kind: Lexeme) -> Result<&'m str, NotStrict> {
        self.accept(kind)?.ok_or(NotStrict)
    }

    /// Takes the identifier `word` if it comes next.
    pub(super) fn accept_word(&mut self, word: &str) -> Result<bool, NotStrict> {
        let found = self.kind == Lexeme::Id && self.text == word;
        if found {
            self.advance()?;
        }
        Ok(found)
    }

    pub(super) fn at_end(&self) -> bool {
        self.kind == Lexeme::End
    }

    /// Whether `name:` comes next; the name.
    pub(super) fn named(&self) -> Option<&'m str> {
        let colon = self.rest.trim_start_matches(is_space).starts_with(':');
        (self.kind == Lexeme::Id && colon).then_some(self.text)
    }

    /// Takes an expression; its normal form, without white space, is added to `out`.
    pub(super) fn expression(&mut self, out: &mut String) -> Result<(), NotStrict> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(NotStrict);
        }
        match self.kind {
            Lexeme::Id => {
                out.push_str(self.text);
                self.advance()?;
                self.lookups(out)?;
            }
            Lexeme::Mark(b'[') => {
                self.bracket(out)?;
                self.lookups(out)?;
            }
            Lexeme::Text | Lexeme::Number => {
                out.push_str(self.text);
                self.advance()?;
            }
            Lexeme::Mark(b'(') => {
                self.advance()?;
                out.push('(');
                self.expression(out)?;
                self.expect(Lexeme::Dots)?;
                out.push_str("..");
                self.expression(out)?;
                self.expect(Lexeme::Mark(b')'))?;
                out.push(')');
            }
            _ => return Err(NotStrict),
        }
        self.depth -= 1;
        Ok(())
    }

    fn bracket(&mut self, out: &mut String) -> Result<(), NotStrict> {
        self.expect(Lexeme::Mark(b'['))?;
        out.push('[');
        self.expression(out)?;
        self.expect(Lexeme::Mark(b']'))?;
        out.push(']');
        Ok(())
    }

    fn lookups(&mut self, out: &mut String) -> Result<(), NotStrict> {
        loop {
            if self.kind == Lexeme::Mark(b'[') {
                self.bracket(out)?;
            } else if self.accept(Lexeme::Mark(b'.'))?.is_some() {
                out.push('.');
                out.push_str(self.expect(Lexeme::Id)?);
            } else {
                return Ok(());
            }
        }
    }

    fn advance(&mut self) -> Result<(), NotStrict> {
        self.rest = self.rest.trim_start_matches(is_space);
        let (kind, len) = lexeme(self.rest)?;
        let (text, rest) = self.rest.split_at(len);
        (self.kind, self.text, self.rest) = (kind, text, rest);
        Ok(())
    }
}

fn lexeme(rest: &str) -> Result<(Lexeme, usize), NotStrict> {
    let bytes = rest.as_bytes();
    let Some(&first) = bytes.first() else { return Ok((Lexeme::End, 0)) };
    let digits = |from: usize| bytes.iter().skip(from).take_while(|byte| byte.is_ascii_digit()).count();
    let second = bytes.get(1).copied().unwrap_or(0);
    Ok(match first {
        b'=' | b'!' if second == b'=' => (Lexeme::Comparison, 2),
        b'<' if matches!(second, b'>' | b'=') => (Lexeme::Comparison, 2),
        b'>' if second == b'=' => (Lexeme::Comparison, 2),
        b'<' | b'>' => (Lexeme::Comparison, 1),
        b'c' if rest.strip_prefix("contains").is_some_and(|after| after.starts_with(is_space)) => {
            (Lexeme::Comparison, 8)
        }
        b'\'' | b'"' => match memchr::memchr(first, bytes.get(1..).unwrap_or(&[])) {
            Some(end) => (Lexeme::Text, end + 2),
            None => return Err(NotStrict),
        },
        b'0'..=b'9' | b'-' if first != b'-' || second.is_ascii_digit() => {
            let whole = 1 + digits(1);
            let fraction = if bytes.get(whole) == Some(&b'.') { digits(whole + 1) } else { 0 };
            (Lexeme::Number, if fraction > 0 { whole + 1 + fraction } else { whole })
        }
        b'a'..=b'z' | b'A'..=b'Z' | b'_' => {
            let len = bytes.iter().take_while(|&&byte| super::tokens::is_word(byte) || byte == b'-').count();
            (Lexeme::Id, len + usize::from(bytes.get(len) == Some(&b'?')))
        }
        b'.' if second == b'.' => (Lexeme::Dots, 2),
        b'|' | b'.' | b':' | b',' | b'[' | b']' | b'(' | b')' | b'?' | b'-' => (Lexeme::Mark(first), 1),
        _ => return Err(NotStrict),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn normal(markup: &str) -> Option<String> {
        let mut out = String::new();
        let mut lexer = MarkupLexer::new(markup).ok()?;
        lexer.expression(&mut out).ok()?;
        lexer.at_end().then_some(out)
    }

    #[test]
    fn expressions_have_a_normal_form() {
        for (markup, form) in [
            (" page . title ", "page.title"),
            ("a[ 'b c' ].d", "a['b c'].d"),
            ("( 1 .. n )", "(1..n)"),
            ("-1.5", "-1.5"),
            ("a-b?", "a-b?"),
        ] {
            assert_eq!(normal(markup).as_deref(), Some(form));
        }
        for markup in ["a b", "a[", "'a", "a.1", "", "é", "a..b"] {
            assert_eq!(normal(markup), None, "{markup}");
        }
        assert_eq!(normal(&"[".repeat(100_000)), None);
    }
}
