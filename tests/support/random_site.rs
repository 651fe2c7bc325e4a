//! Small sites at random. In: bytes, which choose files among those of the fixtures, put parts of them together and
//! change them. Out: a site in memory; and what has to hold when it is built. Neighbours: `site_random.rs` builds some
//! sites with each run of the tests, `fuzz/fuzz_targets/site.rs` as many as there is time for.

use std::fs;
use std::path::Path;
use std::rc::Rc;
use std::sync::LazyLock;

use apercu::code::Highlighting;
use apercu::site::build::Written;
use apercu::site::reader::{self, ReadOptions};
use apercu::site::rendering::RenderingOptions;
use apercu::site::sass;
use apercu::site::source::{MemorySource, SiteSource};

const NOW: i64 = 1_767_225_600;

/// All text files of the fixtures: their paths in their sites, and their texts.
static FILES: LazyLock<Vec<(String, String)>> = LazyLock::new(|| {
    let fixtures = fixtures();
    let mut found = Vec::new();
    for kind in ["plugins", "site", "sass"] {
        for site in fs::read_dir(fixtures.join(kind)).into_iter().flatten().flatten() {
            let root = if site.path().join("site").is_dir() { site.path().join("site") } else { site.path() };
            collect(&root, &root, &mut found);
        }
    }
    found.sort();
    found
});

/// What breaks texts of all kinds.
const PIECES: [&str; 24] = [
    "---\n",
    "{{ ",
    "{% ",
    " %}",
    " }}",
    "{% include a.html %}",
    "{% for x in site.posts %}{{ x.content }}{% endfor %}",
    "{{ content }}",
    "layout: post\n",
    "layout: default\n",
    "permalink: /:title/\n",
    "date: 2020-13-45\n",
    "[",
    ": ",
    "\t",
    "&a [*a]",
    "@import 'a';",
    "@while true { a { b: c } }",
    "{{ page.next.content }}{{ page.excerpt }}",
    "paginate: 2\n",
    "plugins: [jekyll-feed, jekyll-seo-tag, jekyll-sitemap, jekyll-archives, jekyll-toc]\n",
    "collections: { a: { output: true } }\n",
    "\u{FEFF}",
    "{% highlight ruby linenos %}x{% endhighlight %}",
];

fn collect(root: &Path, folder: &Path, found: &mut Vec<(String, String)>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            if path.file_name().is_some_and(|name| name != "expected") {
                collect(root, &path, found);
            }
        } else if let (Ok(name), Ok(text)) = (path.strip_prefix(root), fs::read_to_string(&path)) {
            found.push((name.to_string_lossy().into_owned(), text));
        }
    }
}

/// Numbers out of the bytes; zeros when they are used up.
struct Choices<'d>(std::slice::Iter<'d, u8>);

impl Choices<'_> {
    fn below(&mut self, count: usize) -> usize {
        let (one, other) = (self.0.next().copied().unwrap_or(0), self.0.next().copied().unwrap_or(0));
        (usize::from(one) << 8 | usize::from(other)) % count.max(1)
    }
}

fn place(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}

/// The site of these bytes.
pub fn site(data: &[u8]) -> MemorySource {
    let mut choices = Choices(data.iter());
    let mut source = MemorySource::default();
    for _ in 0..3 + choices.below(24) {
        let (path, text) = &FILES[choices.below(FILES.len())];
        let text = match choices.below(6) {
            0 => {
                let (_, other) = &FILES[choices.below(FILES.len())];
                let (at, from) =
                    (place(text, choices.below(text.len() + 1)), place(other, choices.below(other.len() + 1)));
                [&text[..at], &other[from..]].concat()
            }
            1 => {
                let at = place(text, choices.below(text.len() + 1));
                [&text[..at], PIECES[choices.below(PIECES.len())], &text[at..]].concat()
            }
            2 => {
                let at = place(text, choices.below(text.len() + 1));
                let end = place(text, at + choices.below(40)).max(at);
                [&text[..at], &text[end..]].concat()
            }
            _ => text.clone(),
        };
        let path = if choices.below(8) == 0 { FILES[choices.below(FILES.len())].0.clone() } else { path.clone() };
        source.insert(&path, text.into_bytes(), Some(NOW));
    }
    source
}

/// Reads the site and renders all of it. Panics where a promise is broken.
pub fn build(source: impl SiteSource + 'static) {
    let options = ReadOptions { now: NOW, ..ReadOptions::default() };
    let site = reader::read(&source, &options);
    let options = RenderingOptions {
        source: Rc::new(source),
        theme: None,
        highlighting: Highlighting::default(),
        environment: "production".to_owned(),
        clock: NOW,
        sass: Some(sass::convert),
        emoji: Some(apercu::site::emoji_pictures),
    };
    let rendering = apercu::site::render(site, options);
    let mut size = 0;
    rendering.write_all(|_, written| {
        if let Written::Text(text) = written {
            size += text.len();
        }
    });
    assert!(size < 400_000_000, "{size} bytes of pages");
    for (path, problem) in rendering.problems() {
        assert!(problem.span.start <= problem.span.end, "{path}: {problem:?}");
    }
    rendering.examine(("_config.yml", ""));
}

/// The folder of the fixtures.
fn fixtures() -> std::path::PathBuf {
    // The folder of the tests, or the one of the fuzz targets next to it.
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    [here, here.parent().unwrap_or(here)]
        .into_iter()
        .map(|root| root.join("tests/fixtures"))
        .find(|path| path.is_dir())
        .expect("the fixtures")
}
