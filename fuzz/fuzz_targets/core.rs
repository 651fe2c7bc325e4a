//! Any text through the whole core: front matter, Liquid, both dialects, sanitizer, blocks, an edit somewhere.
//! In: bytes. Out: a crash where a promise is broken. Neighbours: `./dev fuzz`.
#![no_main]

use apercu::markdown::block::BlockStore;
use apercu::markdown::token::Token;
use apercu::markdown::{Dialect, Options};
use apercu::post::site::SiteSettings;
use libfuzzer_sys::fuzz_target;

/// Tokens nest, and what was dropped stays dropped.
fn check(store: &BlockStore, body: &str) {
    for block in store.blocks() {
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

fuzz_target!(|data: &[u8]| {
    let text = String::from_utf8_lossy(data);
    let post = apercu::post::read("2014-12-08-a-post.md", &text);
    let source = text.get(post.body_span.start..).expect("the body is a part of the text");
    let rendered = apercu::liquid::of_post(&text, &post, &SiteSettings::default(), 0);
    let mut last = 0;
    for (at, _) in rendered.text.char_indices() {
        let from = rendered.map.to_source(at);
        assert!(last <= from && from <= source.len() && source.is_char_boundary(from));
        last = from;
    }
    let body = &*rendered.text;
    for dialect in [Dialect::Jekyll, Dialect::GitHub] {
        let options = Options::of(dialect);
        let mut store = BlockStore::new();
        store.update(body, &options);
        check(&store, body);
        let (first, last) = (data.first().copied().unwrap_or(0), data.last().copied().unwrap_or(0));
        let mut place = body.len() * usize::from(first) / 256;
        while !body.is_char_boundary(place) {
            place -= 1;
        }
        let typed = ["*x*", "x", "\n", "\n\n", "`", "\n\n```\n\n", "<", " \"", "\n- ", "\n\n# x\n\n", "[", "|"];
        let edited = [&body[..place], typed[usize::from(last) % typed.len()], &body[place..]].concat();
        store.update(&edited, &options);
        check(&store, &edited);
        let mut fresh = BlockStore::new();
        fresh.update(&edited, &options);
        let shown = |store: &BlockStore| store.blocks().iter().map(|b| (b.span, b.tokens.clone())).collect::<Vec<_>>();
        assert!(shown(&store) == shown(&fresh), "the store made new differs from the one that followed");
    }
});
