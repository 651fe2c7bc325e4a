//! Finding and replacing. In: a text and what is looked for. Out: the spans of the hits, and the edit that replaces one or
//! all of them. Neighbours: `app/writing/find_bar.rs` asks; the crate `regex` searches in time that is linear in the text.

use regex::{Regex, RegexBuilder};

use crate::text::{Edit, Span};

/// Compiled expressions are at most so large (bytes); a larger one is refused with a message.
const LARGEST_PROGRAM: usize = 2_000_000;

/// What is looked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    /// The text or the regular expression.
    pub pattern: String,
    /// Whether capital and small letters differ.
    pub match_case: bool,
    /// Whether a hit begins and ends where words do.
    pub whole_words: bool,
    /// Whether `pattern` is a regular expression.
    pub is_regex: bool,
}

/// What finds a query's hits.
pub struct Finder {
    regex: Regex,
    whole_words: bool,
    is_regex: bool,
}

impl Query {
    /// Makes what finds the hits; `None` for an empty pattern. The error says in words what is wrong with a regular
    /// expression.
    pub fn compile(&self) -> Option<Result<Finder, String>> {
        if self.pattern.is_empty() {
            return None;
        }
        let pattern = if self.is_regex { self.pattern.clone() } else { regex::escape(&self.pattern) };
        let built = RegexBuilder::new(&pattern)
            .case_insensitive(!self.match_case)
            .multi_line(true)
            .size_limit(LARGEST_PROGRAM)
            .build()
            .map(|regex| Finder { regex, whole_words: self.whole_words, is_regex: self.is_regex })
            .map_err(|error| in_words(&error));
        Some(built)
    }
}

/// What the crate says over several lines, as one sentence.
fn in_words(error: &regex::Error) -> String {
    match error {
        regex::Error::CompiledTooBig(_) => "This expression is too large.".to_owned(),
        error => {
            let whole = error.to_string();
            let last = whole.lines().last().unwrap_or_default().trim_start_matches("error:").trim();
            format!("This is no regular expression: {last}.")
        }
    }
}

impl Finder {
    /// The hits, in order; none overlaps another. A hit of no length (`^`) is one, too.
    pub fn hits(&self, text: &str) -> Vec<Span> {
        self.regex
            .find_iter(text)
            .map(|hit| Span::new(hit.start(), hit.end()))
            .filter(|hit| !self.whole_words || stands_alone(text, *hit))
            .collect()
    }

    /// The edit that puts `replacement` in the place of one hit of `text`, and the caret behind it. In a regular
    /// expression's replacement `$1` (or `${name}`) stands for a group, `$&` for the hit, `$$` for a dollar sign, `\n` and
    /// `\t` for a line end and a tab; elsewhere all is taken as it is written.
    pub fn replace_one(&self, text: &str, hit: Span, replacement: &str) -> Edit {
        let mut new = String::new();
        self.expand(text, hit, &self.template(replacement), &mut new);
        let selection = Span::at(hit.start + new.len());
        Edit { span: hit, text: new, selection }
    }

    /// One edit that replaces all hits of `text`, and how many they were; `None` where there is none. What lies between
    /// the first and the last is written again as it was, so that one step of undo takes all back.
    pub fn replace_all(&self, text: &str, replacement: &str) -> Option<(Edit, usize)> {
        let hits = self.hits(text);
        let (first, last) = (*hits.first()?, *hits.last()?);
        let template = self.template(replacement);
        let mut new = String::with_capacity(last.end - first.start);
        let mut from = first.start;
        for hit in &hits {
            new.push_str(text.get(from..hit.start).unwrap_or_default());
            self.expand(text, *hit, &template, &mut new);
            from = hit.end;
        }
        let selection = Span::at(first.start + new.len());
        Some((Edit { span: Span::new(first.start, last.end), text: new, selection }, hits.len()))
    }

    fn expand(&self, text: &str, hit: Span, template: &str, out: &mut String) {
        if !self.is_regex {
            return out.push_str(template);
        }
        match self.regex.captures_at(text, hit.start) {
            Some(groups) => groups.expand(template, out),
            None => out.push_str(template),
        }
    }

    /// A replacement as the crate's `expand` takes it: there `$1a` would be a group of that name.
    fn template(&self, replacement: &str) -> String {
        if !self.is_regex {
            return replacement.to_owned();
        }
        let mut out = String::with_capacity(replacement.len());
        let mut rest = replacement.chars().peekable();
        while let Some(c) = rest.next() {
            match (c, rest.peek().copied()) {
                ('\\', Some(next)) => {
                    rest.next();
                    match next {
                        'n' => out.push('\n'),
                        't' => out.push('\t'),
                        '\\' => out.push('\\'),
                        '$' => out.push_str("$$"),
                        other => out.extend(['\\', other]),
                    }
                }
                ('$', Some('&')) => {
                    rest.next();
                    out.push_str("${0}");
                }
                ('$', Some('$')) => {
                    rest.next();
                    out.push_str("$$");
                }
                ('$', Some('{')) => out.push('$'),
                ('$', Some(digit)) if digit.is_ascii_digit() => {
                    out.push_str("${");
                    // At most two digits, and the second only where there is such a group.
                    let mut number = String::new();
                    while let Some(digit) = rest.peek().copied().filter(char::is_ascii_digit) {
                        let longer = [number.as_str(), digit.encode_utf8(&mut [0; 4])].concat();
                        if !number.is_empty() && longer.parse().is_ok_and(|n: usize| n >= self.regex.captures_len()) {
                            break;
                        }
                        number = longer;
                        rest.next();
                    }
                    out.push_str(&number);
                    out.push('}');
                }
                ('$', _) => out.push_str("$$"),
                (c, _) => out.push(c),
            }
        }
        out
    }
}

/// Whether neither end of a hit lies within a word.
fn stands_alone(text: &str, hit: Span) -> bool {
    let word = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_');
    let (before, after) = (text.get(..hit.start).unwrap_or_default(), text.get(hit.end..).unwrap_or_default());
    let found = hit.of(text);
    let cut_before = word(before.chars().next_back()) && word(found.chars().next());
    let cut_after = word(after.chars().next()) && word(found.chars().next_back());
    !cut_before && !cut_after
}

/// Which hit comes next from a caret at byte `from`: its number, zero-based. Past the last the first comes again.
pub fn next_hit(hits: &[Span], from: usize) -> Option<usize> {
    let next = hits.partition_point(|hit| hit.start < from);
    if next < hits.len() { Some(next) } else { (!hits.is_empty()).then_some(0) }
}

/// Which hit ends before byte `from`; before the first the last comes again.
pub fn previous_hit(hits: &[Span], from: usize) -> Option<usize> {
    let before = hits.partition_point(|hit| hit.start < from);
    before.checked_sub(1).or_else(|| hits.len().checked_sub(1))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn finder(pattern: &str, flags: &str) -> Finder {
        let query = Query {
            pattern: pattern.into(),
            match_case: flags.contains('c'),
            whole_words: flags.contains('w'),
            is_regex: flags.contains('r'),
        };
        query.compile().unwrap().unwrap_or_else(|error| panic!("{error}"))
    }

    fn found(pattern: &str, flags: &str, text: &str) -> Vec<String> {
        finder(pattern, flags).hits(text).iter().map(|hit| hit.of(text).to_owned()).collect()
    }

    fn replaced(pattern: &str, flags: &str, text: &str, with: &str) -> String {
        finder(pattern, flags).replace_all(text, with).map_or(text.to_owned(), |(edit, _)| edit.apply(text))
    }

    #[test]
    fn letters_are_equal_without_regard_to_their_case_unless_asked() {
        assert_eq!(found("été", "", "Été ÉTÉ été"), ["Été", "ÉTÉ", "été"]);
        assert_eq!(found("été", "c", "Été ÉTÉ été"), ["été"]);
    }

    #[test]
    fn whole_words_end_where_words_do() {
        assert_eq!(finder("art", "w").hits("art, part artiste l’art").len(), 2);
        // What is no word at its ends has no words to be parted from.
        assert_eq!(finder("(a)", "w").hits("x(a)y").len(), 1);
    }

    #[test]
    fn a_plain_pattern_has_no_signs_of_expressions() {
        assert_eq!(found("a.b", "", "a.b axb"), ["a.b"]);
        assert_eq!(replaced("a", "", "a-a", "$1\\n"), "$1\\n-$1\\n");
    }

    #[test]
    fn lines_begin_and_end_for_expressions() {
        assert_eq!(replaced("^", "r", "one\ntwo", "> "), "> one\n> two");
        assert_eq!(replaced(" +$", "r", "one  \ntwo ", ""), "one\ntwo");
    }

    #[test]
    fn groups_stand_in_the_replacement() {
        assert_eq!(replaced(r"(\w+)@(\w+)", "r", "ann@site bob@home", "$2: $1!"), "site: ann! home: bob!");
        assert_eq!(replaced("(?P<word>o+)", "r", "foo", "<${word}>"), "f<oo>");
        assert_eq!(replaced("(b)", "r", "abc", "$1x$10-$&-$$-\\$1"), "abxb0-b-$-$1c");
        assert_eq!(replaced("b", "r", "abc", "$7\\n\\t\\\\"), "a\n\t\\c");
    }

    #[test]
    fn a_hit_is_replaced_by_what_stands_around_it() {
        let finder = finder(r"\bcat\b", "r");
        let text = "cat concat cat";
        let hits = finder.hits(text);
        assert_eq!(hits.len(), 2);
        assert_eq!(finder.replace_one(text, hits[1], "dog").apply(text), "cat concat dog");
    }

    #[test]
    fn a_mistake_in_an_expression_is_told_in_one_sentence() {
        let query = Query { pattern: "(".into(), is_regex: true, ..Query::default() };
        let Some(Err(told)) = query.compile() else { panic!("compiled") };
        assert!(told.starts_with("This is no regular expression: ") && !told.contains('\n'), "{told}");
        let query = Query { pattern: "(a{999}){999}".into(), is_regex: true, ..Query::default() };
        assert!(matches!(query.compile(), Some(Err(_))));
        assert!(Query::default().compile().is_none());
    }

    #[test]
    fn the_next_hit_goes_round() {
        let hits = [Span::new(2, 3), Span::new(5, 6)];
        assert_eq!([0, 2, 3, 6].map(|from| next_hit(&hits, from)), [Some(0), Some(0), Some(1), Some(0)]);
        assert_eq!([0, 2, 5, 9].map(|from| previous_hit(&hits, from)), [Some(1), Some(1), Some(0), Some(1)]);
        assert_eq!((next_hit(&[], 0), previous_hit(&[], 0)), (None, None));
    }

    proptest! {
        #[test]
        fn all_hits_are_replaced_and_nothing_else_changes(text in "[abA é\n]{0,60}", with in "[ab$1 é]{0,4}") {
            let finder = finder("a", "c");
            let expected = text.replace('a', &with);
            let got = finder.replace_all(&text, &with).map_or(text.clone(), |(edit, _)| edit.apply(&text));
            prop_assert_eq!(got, expected);
        }

        #[test]
        fn any_expression_and_any_replacement_are_valid_input(pattern in any::<String>(), text in any::<String>(), with in any::<String>()) {
            let query = Query { pattern, is_regex: true, ..Query::default() };
            if let Some(Ok(finder)) = query.compile()
                && let Some((edit, count)) = finder.replace_all(&text, &with)
            {
                prop_assert!(count > 0 && text.is_char_boundary(edit.span.start));
                edit.apply(&text);
            }
        }
    }
}
