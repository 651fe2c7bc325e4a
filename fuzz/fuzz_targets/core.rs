//! Any text through the whole core: front matter, Liquid, both dialects, sanitizer, blocks, an edit somewhere;
//! and as code in a language of the tables that were there at the build.
//! In: bytes. Out: a crash where a promise is broken. Neighbours: `./dev fuzz`.
#![no_main]

use std::rc::Rc;

use apercu::highlight::{Highlighted, Languages, Lexer};
use apercu::markdown::Dialect;
use apercu::markdown::token::Token;
use apercu::render::{CheckOptions, Engines, RenderOptions, RenderedPost, Renderer, Request};
use apercu::text::Span;
use libfuzzer_sys::fuzz_target;

/// Places are in the text, tokens nest, and what was dropped stays dropped.
fn check(rendered: &RenderedPost<'_>, text: &str) {
    let written = text.get(rendered.body_start..).expect("the body is a part of the text");
    let body = &*rendered.body;
    let mut last = 0;
    for (at, _) in body.char_indices() {
        let from = rendered.map.to_source(at);
        assert!(last <= from && from <= written.len() && written.is_char_boundary(from));
        last = from;
    }
    for found in &rendered.diagnostics {
        assert!(text.get(found.span.start..found.span.end).is_some(), "{found:?}");
    }
    for block in rendered.blocks {
        assert!(block.span.end <= body.len());
        assert!(body.is_char_boundary(block.span.start) && body.is_char_boundary(block.span.end));
        let mut depth = 0usize;
        for token in block.tokens.iter() {
            match token {
                Token::Open { name, attributes, .. } => {
                    depth += 1;
                    assert!(!matches!(&**name, "script" | "iframe" | "object" | "embed" | "base" | "form" | "style"));
                    for (name, value) in attributes {
                        assert!(!name.starts_with("on"), "{name}");
                        let value = value.trim_start().to_ascii_lowercase();
                        assert!(!matches!(&**name, "href" | "src") || !value.starts_with("javascript:"), "{value}");
                    }
                }
                Token::Close => depth = depth.checked_sub(1).expect("every close has its open"),
                Token::Text(_) | Token::Comment(_) => {}
            }
        }
        assert_eq!(depth, 0);
    }
}

/// What is shown of a text.
fn shown(rendered: &RenderedPost<'_>) -> Vec<(Span, Rc<[Token<'static>]>)> {
    rendered.blocks.iter().map(|block| (block.span, Rc::clone(&block.tokens))).collect()
}

/// The runs of any code in any language cover it, or it stays plain.
fn highlight(languages: &Languages, code: &str, number: usize) {
    let lexers: Vec<Lexer> = languages.lexers().collect();
    let Some(&lexer) = lexers.get(number % lexers.len().max(1)) else { return };
    if let Highlighted::Runs(runs) = languages.tokens(lexer, code) {
        let mut place = 0;
        for run in runs.iter() {
            place += run.length;
            assert!(run.length > 0 && code.is_char_boundary(place));
        }
        assert_eq!(place, code.len());
    }
}

thread_local! {
    static LANGUAGES: Languages = apercu::cli::languages();
}

fuzz_target!(|data: &[u8]| {
    let text = String::from_utf8_lossy(data);
    let (first, last) = (data.first().copied().unwrap_or(0), data.last().copied().unwrap_or(0));
    let mut place = text.len() * usize::from(first) / 256;
    while !text.is_char_boundary(place) {
        place -= 1;
    }
    LANGUAGES.with(|languages| highlight(languages, &text, usize::from(first)));
    let typed = ["*x*", "x", "\n", "\n\n", "`", "\n\n```\n\n", "<", " \"", "\n- ", "\n\n# x\n\n", "[", "|", "{{ "];
    let edited = [&text[..place], typed[usize::from(last) % typed.len()], &text[place..]].concat();
    for dialect in [Dialect::Jekyll, Dialect::GitHub] {
        let options = RenderOptions { dialect, ..RenderOptions::default() };
        let new = || Renderer::new(&options, Engines::all());
        let checks = Some(CheckOptions::default());
        let request = |text| Request { file_name: Some("2014-12-08-a-post.md"), text, now: 0, checks };
        let (mut renderer, mut fresh) = (new(), new());
        check(&renderer.render(&request(&text)), &text);
        let rendered = renderer.render(&request(&edited));
        check(&rendered, &edited);
        assert!(
            shown(&rendered) == shown(&fresh.render(&request(&edited))),
            "a renderer made new differs from the one that followed"
        );
    }
});
