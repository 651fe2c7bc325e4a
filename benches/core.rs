//! What a key costs before the page is touched, at four sizes: a first rendering, and one key after it; plain, with Liquid,
//! with all checks, on a site with defaults, in GitHub's dialect. Run with `cargo bench`; `cargo bench -- key` for the keys
//! alone.

#[path = "support/post_text.rs"]
mod post_text;

use std::hint::black_box;
use std::rc::Rc;

use apercu::checks::CHECKS;
use apercu::markdown::Dialect;
use apercu::post::site;
use apercu::render::{CheckOptions, Engines, RenderOptions, Renderer, Request};
use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};

const SIZES: [usize; 4] = [4 << 10, 40 << 10, 100 << 10, 1 << 20];

const HEAD: &str =
    "---\nlayout: post\ntitle: \"First: snow\"\ndate: 2014-12-08 10:00 +0100\ntags: [one, two]\nauthor: Ann\n---\n\n";

/// Settings of which every post has something.
const CONFIG: &str = "timezone: EST5\ndefaults:\n- values: {layout: post, author: Ann, lang: fr}\n";

fn request(text: &str) -> Request<'_> {
    Request { file_name: Some("_posts/2014-12-08-first-snow.md"), text, now: 1_420_070_400, checks: None }
}

/// A text of that size, every hundredth byte of which is Liquid.
fn with_liquid(size: usize) -> String {
    let tags = [
        "{{ page.title | upcase }}",
        "{% if page.title == 'x' %}a{% else %}b{% endif %}",
        "{% raw %}{{ x }}{% endraw %}",
    ];
    let plain = post_text::post(size);
    let paragraphs: Vec<&str> = plain.split_inclusive("\n\n").collect();
    let parts = paragraphs.chunks(9).enumerate();
    parts.flat_map(|(index, part)| part.iter().copied().chain([tags[index % tags.len()], "\n\n"])).collect()
}

/// The text with one more character in the middle of its body.
fn typed(text: &str) -> String {
    let half = text.len() / 2;
    let middle = text[half..].find("the ").map_or(half, |at| half + at);
    [&text[..middle], "x", &text[middle..]].concat()
}

/// A first rendering, and a key, of each kind of text.
fn renderings(criterion: &mut Criterion) {
    let plain = RenderOptions::default();
    let site = RenderOptions::of_site(&Rc::new(site::read(CONFIG).settings));
    let github = RenderOptions { dialect: Dialect::GitHub, ..RenderOptions::default() };
    let kinds = [
        ("plain", &plain, post_text::post as fn(usize) -> String),
        ("liquid", &plain, with_liquid),
        ("site", &site, post_text::post),
        ("github", &github, post_text::post),
    ];
    for (kind, options, make) in kinds {
        for size in SIZES {
            let text = [HEAD, &make(size)].concat();
            let edited = typed(&text);
            let mut group = criterion.benchmark_group(kind);
            group.throughput(Throughput::Bytes(text.len() as u64)).sample_size(20);
            group.bench_function(BenchmarkId::new("first", size), |b| {
                b.iter(|| {
                    let mut renderer = Renderer::new(options, Engines::all());
                    black_box(renderer.render(&request(&text)));
                });
            });
            let mut renderer = Renderer::new(options, Engines::all());
            renderer.render(&request(&text));
            let mut other = false;
            group.bench_function(BenchmarkId::new("key", size), |b| {
                b.iter(|| {
                    other = !other;
                    black_box(renderer.render(&request(if other { &edited } else { &text })));
                });
            });
            group.finish();
        }
    }
}

/// The checks on a text that was rendered: all of them; at the largest size each alone, with what they share. The text has
/// something for most of them.
fn checks(criterion: &mut Criterion) {
    let codes: Vec<String> = CHECKS.iter().map(|check| check.code.to_owned()).collect();
    for size in SIZES {
        let head = "---\nlayout: post\ntitle: A post\ntags: [a, A, b]\nlang: fr\n---\n";
        let tail = "\n{% if a %}\nhttps://a.example `{{ b }}` [x](#y) [an][other]\n";
        let text = [head, &post_text::post(size), tail].concat();
        let mut renderer = Renderer::new(&RenderOptions::default(), Engines::all());
        renderer.render(&request(&text));
        let mut group = criterion.benchmark_group("checks");
        group.throughput(Throughput::Bytes(text.len() as u64)).sample_size(20);
        let mut run = |name: &str, off: &[String]| {
            let options = CheckOptions { off, ..CheckOptions::default() };
            group.bench_function(BenchmarkId::new(name, size), |b| b.iter(|| renderer.check(&text, &options)));
        };
        run("all", &[]);
        for code in codes.iter().filter(|_| size == SIZES[SIZES.len() - 1]) {
            let off: Vec<String> = codes.iter().filter(|other| *other != code).cloned().collect();
            run(code, &off);
        }
        group.finish();
    }
}

criterion_group!(benches, renderings, checks);
criterion_main!(benches);
