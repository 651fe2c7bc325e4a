//! HTTP: the body is read by the lexer of its content type. Neighbours: `mod.rs` finds the hooks.

use super::Hook;
use crate::highlight::interpreter::{Interpreter, Scope};
use crate::highlight::token_class::TokenClass;

/// The type that the headers name, in lower case.
#[derive(Debug, Default)]
pub(super) struct ContentType(String);

pub(super) fn find(key: &str) -> Option<Hook> {
    Some(match key {
        "http/headers/d4eb9594" => header,
        "http/content/65a23d1a" => content,
        _ => return None,
    })
}

fn header(interpreter: &mut Interpreter, scope: &mut Scope) {
    if scope.text(1).eq_ignore_ascii_case("content-type") {
        let content_type = scope.text(5).split(';').next().unwrap_or("").to_lowercase();
        interpreter.remember(scope, |memory| memory.http = ContentType(content_type));
    }
    for (class, group) in ["na", "", "p", "", "s", ""].into_iter().zip(1..) {
        interpreter.say(class, scope.text(group));
    }
}

fn content(interpreter: &mut Interpreter, scope: &mut Scope) {
    let name = interpreter.remember(scope, |memory| lexer(&memory.http.0));
    match name.and_then(|name| interpreter.library.find(name)) {
        Some(lexer) => interpreter.read_anew(lexer, scope.text(0)),
        None => interpreter.write(TokenClass::TEXT, scope.text(0)),
    }
}

/// The lexer of the types that bodies have; of others there is none.
fn lexer(content_type: &str) -> Option<&'static str> {
    Some(match content_type {
        "application/json" | "application/vnd.api+json" => "json",
        "application/xml" | "text/xml" | "image/svg+xml" => "xml",
        "text/html" | "application/xhtml+xml" => "html",
        "text/css" => "css",
        "application/javascript" | "text/javascript" => "javascript",
        "text/x-yaml" => "yaml",
        "text/x-markdown" => "markdown",
        _ => return None,
    })
}
