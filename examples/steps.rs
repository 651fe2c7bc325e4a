//! The core as a WebAssembly module whose instructions a test counts. In: a text. Out: nothing but the work done.
//! Neighbours: `tests/growth/` builds it for wasm32 and calls each function by its name; natively it only
//! has to compile.

use std::hint::black_box;

use apercu::checks::Review;
use apercu::commands::{ALL_FUNCTIONS, COMMANDS, MORE_COMMANDS, Snapshot};
use apercu::liquid::{self, Context};
use apercu::markdown::{Dialect, Options, render_html};
use apercu::post::date::DateTime;
use apercu::post::publishing::SiteSettings;
use apercu::post::{date_text, excerpt, read, slug};
use apercu::text::Span;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen::prelude::wasm_bindgen;

const FILE_NAME: &str = "2014-12-08-a.md";

/// Renders a body in Jekyll's dialect.
#[cfg_attr(target_arch = "wasm32", wasm_bindgen)]
pub fn jekyll(body: &str) {
    black_box(render_html(body, &Options::of(Dialect::Jekyll)));
}

/// Reads a post: front matter, body, date, excerpt.
#[cfg_attr(target_arch = "wasm32", wasm_bindgen)]
pub fn post(text: &str) {
    let post = read(FILE_NAME, text);
    black_box(excerpt::extract(post.body_span.of(text), "\n\n"));
    black_box(post);
}

/// Runs Liquid over a body.
#[cfg_attr(target_arch = "wasm32", wasm_bindgen)]
pub fn run_liquid(body: &str) {
    let post = read(FILE_NAME, "---\ntitle: A walk\ntags: [a, b]\n---\n");
    black_box(liquid::render(body, &Context::new(&post, &SiteSettings::default(), 1_420_070_400)));
}

/// Runs the checks over a post.
#[cfg_attr(target_arch = "wasm32", wasm_bindgen)]
pub fn check(text: &str) {
    let (options, settings) = (Options::default(), SiteSettings::default());
    let post = read(FILE_NAME, text);
    let review = Review {
        post: &post,
        site_post: &post,
        text,
        settings: &settings,
        options: &options,
        known_tags: &[],
        off: &[],
    };
    black_box(review.diagnostics());
}

/// Runs every editing command in the middle of a text, at its end, and over its halves.
#[cfg_attr(target_arch = "wasm32", wasm_bindgen)]
pub fn edit(text: &str) {
    let middle = (0..text.len() / 2).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0);
    for selection in [Span::at(middle), Span::at(text.len()), Span::new(middle, text.len()), Span::new(0, text.len())] {
        let snapshot = Snapshot { text, selection };
        for run in COMMANDS.iter().filter_map(|command| (ALL_FUNCTIONS.by_id)(command.id)) {
            black_box(run(&snapshot));
        }
        for command in MORE_COMMANDS {
            black_box(
                ALL_FUNCTIONS.more.and_then(|more| (more.run)(command.id, &snapshot, || DateTime::from_unix(0, 0))),
            );
        }
    }
}

/// Makes a slug of a title.
#[cfg_attr(target_arch = "wasm32", wasm_bindgen)]
pub fn slug(title: &str) {
    black_box(slug::slugify(title, slug::Mode::Latin, slug::SlugCase::Lower));
}

/// Reads a date.
#[cfg_attr(target_arch = "wasm32", wasm_bindgen)]
pub fn date(text: &str) {
    black_box(date_text::read(text));
}

/// Reads the name of a file, with the categories of its folders.
#[cfg_attr(target_arch = "wasm32", wasm_bindgen)]
pub fn file_name(name: &str) {
    black_box(read(name, "---\npermalink: /:path/:title\n---\n").categories());
}

/// Reads the rest of a text at each of its bytes: so that the test of growth can fail.
#[cfg_attr(target_arch = "wasm32", wasm_bindgen)]
pub fn square(text: &str) {
    for at in 0..text.len() {
        black_box(memchr::memchr(b'\n', &text.as_bytes()[at..]));
    }
}
