//! Expressions against what Ruby itself says of them: `tests/fixtures/highlight/expressions.json`, written by
//! `scripts/rouge-fixtures.rb`.

use serde_json::Value;

use super::char_set::CharSet;
use super::{Flags, Matcher, Properties, Regex};

/// Some properties by the standard library, which is right for the characters of these tests.
fn properties() -> Properties {
    let set = |has: fn(char) -> bool| {
        CharSet::new(('\0'..'\u{2fff}').filter(|&c| has(c)).map(|c| (u32::from(c), u32::from(c))).collect())
    };
    Properties::of([
        ("word", set(|c| c.is_alphanumeric() || c == '_')),
        ("alpha", set(char::is_alphabetic)),
        ("l", set(char::is_alphabetic)),
        ("lu", set(char::is_uppercase)),
    ])
}

fn matched(matcher: &mut Matcher, source: &str, flags: &str, text: &str) -> Option<Vec<Option<String>>> {
    let regex = Regex::new(source, Flags::from_letters(flags), &properties());
    let regex = regex.unwrap_or_else(|| panic!("{source} is read"));
    matcher.allow(100_000);
    matcher.match_start(&regex, text)?;
    if let Some(&byte) = text.as_bytes().first() {
        assert!(regex.may_begin_with(byte), "{source}: {text}");
    }
    let group = |group: Option<(usize, usize)>| group.and_then(|(start, end)| Some(text.get(start..end)?.to_owned()));
    let mut groups = Vec::new();
    matcher.copy_groups(&mut groups);
    Some(groups.into_iter().map(group).collect())
}

#[test]
fn expressions_match_as_in_ruby() {
    let fixtures = include_str!("../../../tests/fixtures/highlight/expressions.json");
    let fixtures: Value = serde_json::from_str(fixtures).expect("the fixtures are JSON");
    let fixtures = fixtures.as_array().expect("a list");
    assert!(fixtures.len() > 150, "{} expressions", fixtures.len());
    let mut matcher = Matcher::default();
    let mut wrong = Vec::new();
    for fixture in fixtures {
        let field = |name: &str| fixture[name].as_str().expect("a string");
        let found = matched(&mut matcher, field("expression"), field("flags"), field("text"));
        let expected = fixture["groups"]
            .as_array()
            .map(|groups| groups.iter().map(|group| group.as_str().map(str::to_owned)).collect::<Vec<_>>());
        if found != expected {
            wrong.push(format!("{fixture}: {found:?}"));
        }
    }
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), fixtures.len(), wrong.join("\n"));
}

#[test]
fn what_is_no_expression_gives_nothing() {
    for source in ["(", "(a", "a)", "[a", "*a", "\\p{Nothing}", "(?<name>a)", "\\", "(?<=a*)b", "[a-", "(?"] {
        assert!(Regex::new(source, Flags::default(), &properties()).is_none(), "{source}");
    }
    let nested = "(".repeat(5000) + &")".repeat(5000);
    assert!(Regex::new(&nested, Flags::default(), &properties()).is_none());
    assert!(Regex::new("(?:(?:a{9999}){9999}){9999}", Flags::default(), &properties()).is_none());
}

#[test]
fn a_budget_ends_what_would_take_for_ever() {
    let regex = Regex::new("(?:a|a|aa)*b", Flags::default(), &properties()).expect("the expression is read");
    let mut matcher = Matcher::default();
    matcher.allow(1000);
    assert_eq!(matcher.match_start(&regex, &"a".repeat(100)), None);
    assert!(matcher.is_exhausted());
    matcher.allow(1000);
    assert_eq!(matcher.match_start(&regex, "aab"), Some(3));
    assert!(!matcher.is_exhausted());
}

#[test]
fn a_search_finds_a_match_at_any_place() {
    let regex = Regex::new("é[0-9]", Flags::default(), &properties()).expect("the expression is read");
    let mut matcher = Matcher::default();
    matcher.allow(1000);
    assert!(matcher.finds(&regex, "abcé1"));
    assert!(!matcher.finds(&regex, "abcé"));
}
