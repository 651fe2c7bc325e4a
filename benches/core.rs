//! What a key costs before the page is touched: parse, write, sanitize, and the store's update with one key in the
//! middle, at four sizes; and Liquid before all of it. Run with `cargo bench`; `cargo bench -- update` for the last alone.

#[path = "support/post_text.rs"]
mod post_text;

use apercu::checks::{CHECKS, Checked, Input, run};
use apercu::liquid::{self, Context};
use apercu::markdown::block::BlockStore;
use apercu::markdown::sanitize::sanitize;
use apercu::markdown::{Dialect, Options, parse, raw_html, render_html};
use apercu::post;
use apercu::post::publishing::SiteSettings;
use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use std::hint::black_box;

const SIZES: [usize; 4] = [4 << 10, 40 << 10, 100 << 10, 1 << 20];

fn sizes(criterion: &mut Criterion) {
    let options = Options::of(Dialect::Jekyll);
    for size in SIZES {
        let text = post_text::post(size);
        let mut group = criterion.benchmark_group("core");
        group.throughput(Throughput::Bytes(text.len() as u64)).sample_size(20);
        group.bench_with_input(BenchmarkId::new("parse", size), &text, |b, text| {
            b.iter(|| black_box(parse(text, &options)))
        });
        group.bench_with_input(BenchmarkId::new("render", size), &text, |b, text| {
            b.iter(|| black_box(render_html(text, &options)));
        });
        let html = render_html(&text, &options);
        group.bench_with_input(BenchmarkId::new("sanitize", size), &html, |b, html| {
            b.iter_batched(|| raw_html::parse(html), sanitize, criterion::BatchSize::LargeInput);
        });
        group.bench_with_input(BenchmarkId::new("first", size), &text, |b, text| {
            b.iter(|| {
                let mut store = BlockStore::new();
                store.update(text, &options);
                black_box(store)
            });
        });
        let middle = text[text.len() / 2..].find("the ").map_or(0, |at| text.len() / 2 + at);
        let typed = [&text[..middle], "x", &text[middle..]].concat();
        group.bench_function(BenchmarkId::new("update", size), |b| {
            let mut store = BlockStore::new();
            store.update(&text, &options);
            let mut other = false;
            b.iter(|| {
                other = !other;
                black_box(store.update(if other { &typed } else { &text }, &options))
            });
            assert_eq!(store.rendered(), 1);
        });
        group.finish();
    }
}

/// All checks on a text that is read already; the text has something for most of them.
fn checks(criterion: &mut Criterion) {
    let (options, settings) = (Options::of(Dialect::Jekyll), SiteSettings::default());
    for size in SIZES {
        let front = "---\nlayout: post\ntitle: A post\ntags: [a, A, b]\nlang: fr\n---\n";
        let text =
            [front, &post_text::post(size), "\n{% if a %}\nhttps://a.example `{{ b }}` [x](#y) [an][other]\n"].concat();
        let post = apercu::post::read("2014-12-08-a-post.md", &text);
        let items = parse(post.body_span.of(&text), &options);
        let input = Input {
            text: &text,
            post: &post,
            items: &items,
            options: &options,
            settings: &settings,
            known_tags: &[],
            given_keys: &[],
        };
        let mut group = criterion.benchmark_group("checks");
        group.throughput(Throughput::Bytes(text.len() as u64)).sample_size(20);
        group.bench_function(BenchmarkId::new("all", size), |b| b.iter(|| run(&Checked::new(input), |_| true)));
        group.bench_function(BenchmarkId::new("shared", size), |b| b.iter(|| Checked::new(input)));
        if size == SIZES[SIZES.len() - 1] {
            let checked = Checked::new(input);
            for check in CHECKS {
                group.bench_function(BenchmarkId::new(check.code, size), |b| b.iter(|| (check.run)(&checked)));
            }
        }
        group.finish();
    }
}

/// Front matter: cutting it off, reading a whole post once, and again with the same front matter, as each key does.
fn front_matter(criterion: &mut Criterion) {
    for size in SIZES {
        let head = "---\nlayout: post\ntitle: \"First: snow\"\ndate: 2014-12-08 10:00 +0100\ntags: [one, two]\nauthor: Ann\n---\n\n";
        let text = [head, &post_text::post(size)].concat();
        let typed = [&text, "x"].concat();
        let mut group = criterion.benchmark_group("post");
        group.throughput(Throughput::Bytes(text.len() as u64)).sample_size(20);
        group.bench_with_input(BenchmarkId::new("split", size), &text, |b, text| {
            b.iter(|| black_box(post::split::split(text)))
        });
        group.bench_with_input(BenchmarkId::new("front matter", size), &text, |b, text| {
            b.iter(|| black_box(post::read("2014-12-08-first-snow.md", text)));
        });
        group.bench_function(BenchmarkId::new("again", size), |b| {
            let mut reader = post::Reader::default();
            reader.read("2014-12-08-first-snow.md", &text);
            let mut other = false;
            b.iter(|| {
                other = !other;
                black_box(reader.read("2014-12-08-first-snow.md", if other { &typed } else { &text }));
            });
        });
        group.finish();
    }
}

/// Liquid before Markdown: a text without it, and one of which a hundredth is outputs and tags.
fn templates(criterion: &mut Criterion) {
    let post = post::read("_posts/2014-12-08-first-snow.md", "---\ntitle: First snow\n---\n");
    let settings = SiteSettings::default();
    let context = Context::new(&post, &settings, 1_420_070_400);
    let none = post_text::post(1 << 20);
    let some: Vec<&str> = none.split_inclusive("\n\n").collect();
    let tags = [
        "{{ page.title | upcase }}",
        "{% if page.title == 'x' %}a{% else %}b{% endif %}",
        "{% raw %}{{ x }}{% endraw %}",
    ];
    let every = 9;
    let some: String = some
        .chunks(every)
        .enumerate()
        .flat_map(|(index, chunk)| chunk.iter().copied().chain([tags[index % tags.len()], "\n\n"]).collect::<Vec<_>>())
        .collect();
    let share = some.len() - none.len();
    assert!((some.len() / 200..some.len() / 50).contains(&share), "{share} bytes of Liquid in {}", some.len());
    let mut group = criterion.benchmark_group("liquid");
    for (name, text) in [("none", &none), ("some", &some)] {
        group.throughput(Throughput::Bytes(text.len() as u64)).sample_size(20);
        group.bench_with_input(BenchmarkId::new(name, text.len()), text, |b, text| {
            b.iter(|| black_box(liquid::render(text, &context)));
        });
    }
    group.finish();
}

criterion_group!(benches, front_matter, sizes, templates, checks);
criterion_main!(benches);
