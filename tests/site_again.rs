//! A site that is read and rendered again after changes of its files is the site that is read and rendered from nothing.
//! In: the small sites of the fixtures, and one of our own; changes at random. Out: whether both are the same. Neighbours:
//! `site_rendering.rs` has single cases, `src/site/changes.rs` and `src/site/reader/remembered.rs` are what is tested.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::path::Path;
use std::rc::Rc;

use apercu::cli::SiteFolder;
use apercu::code::Highlighting;
use apercu::site::model::Site;
use apercu::site::reader::{self, ReadOptions, Remembered};
use apercu::site::rendering::{RenderingOptions, SiteRendering};
use apercu::site::source::{MemorySource, SiteSource};
use proptest::prelude::*;

const NOW: i64 = 1_420_070_400;
const MODIFIED: i64 = 1_400_000_000;

/// Files that change while others hold the source.
#[derive(Default)]
struct ChangingSource(RefCell<MemorySource>);

impl SiteSource for ChangingSource {
    fn paths(&self) -> Vec<String> {
        self.0.borrow().paths()
    }

    fn read(&self, path: &str) -> Option<Rc<[u8]>> {
        self.0.borrow().read(path)
    }

    fn modified(&self, path: &str) -> Option<i64> {
        self.0.borrow().modified(path)
    }
}

type Files = BTreeMap<String, Vec<u8>>;

/// A site whose pages read all that pages read.
const OWN: &[(&str, &str)] = &[
    (
        "_config.yml",
        "plugins: [jekyll-feed, jekyll-seo-tag, jekyll-include-cache, jekyll-paginate]\npaginate: 2\ntitle: A\n",
    ),
    ("_layouts/base.html", "{% seo %}{% include_cached side.html name='a' %}{{ content }}{{ site.data.menu.first }}"),
    (
        "_layouts/post.html",
        "---\nlayout: base\nkind: post\n---\n{{ page.title }} {{ page.date | date: '%F' }} {% for t in page.tags %}{{ t }},{% endfor %}\n\
         <a href=\"{{ page.next.url }}\">{{ page.next.title }}</a>{{ page.previous.title }}{{ content }}{{ layout.kind }}",
    ),
    (
        "_layouts/list.html",
        "---\nlayout: base\n---\n{% for tag in site.tags %}{{ tag[0] }}: {{ tag[1].size }}{% endfor %}\n\
         {% for post in site.related_posts %}{{ post.title }}{{ post.content | size }}{% endfor %}\
         {{ page.excerpt | strip_html }}{{ content | number_of_words }}{{ content }}",
    ),
    ("_includes/side.html", "{% for page in site.pages %}{{ page.title }}{% endfor %}{{ include.name }}"),
    ("_includes/note.html", "<i>{{ include.text }} {{ page.author }}</i>"),
    ("_data/menu.yml", "- one\n- two\n"),
    ("_sass/base.scss", "a { color: red }\n"),
    ("style.scss", "---\n---\n@import 'base';\nb { color: blue }\n"),
    (
        "index.html",
        "---\ntitle: Home\n---\n{% for post in paginator.posts %}{{ post.title }}{{ post.excerpt }}{% endfor %}",
    ),
    (
        "about.md",
        "---\ntitle: About\nlayout: list\n---\n{% link _posts/2013-01-01-a.md %} {{ site.static_files.size }}\n",
    ),
    ("plain.txt", "words\n"),
    (
        "_posts/2013-01-01-a.md",
        "---\ntitle: First\nlayout: post\ntags: [x]\n---\nWords {% include note.html text='n' %}\n\nMore.\n",
    ),
    (
        "_posts/2013-01-02-b.md",
        "---\ntitle: Second\nlayout: list\ntags: [x, y]\ndate: 2013-01-02\n---\n{{ page.title }} *b*\n",
    ),
    ("_posts/2013-01-03-c.md", "---\nlayout: post\ncategories: k\n---\n{% post_url 2013-01-02-b %}\n"),
];

fn sites() -> Vec<Files> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
    let mut folders: Vec<_> = ["site", "plugins"]
        .iter()
        .flat_map(|kind| std::fs::read_dir(root.join(kind)).expect("fixtures"))
        .map(|entry| entry.expect("a folder").path().join("site"))
        .collect();
    folders.sort();
    let own = OWN.iter().map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec())).collect();
    let others = folders.iter().map(|folder| {
        let folder = SiteFolder::open(folder, None).expect("a folder");
        folder.paths().into_iter().map(|path| (path.clone(), folder.read(&path).expect("a file").to_vec())).collect()
    });
    std::iter::once(own).chain(others).collect()
}

fn options(source: &Rc<ChangingSource>) -> RenderingOptions {
    RenderingOptions {
        source: source.clone(),
        theme: None,
        highlighting: Highlighting::default(),
        environment: "production".to_owned(),
        clock: NOW,
        sass: Some(apercu::site::sass::convert),
        emoji: Some(apercu::site::emoji_pictures),
    }
}

fn read(source: &ChangingSource, remembered: &mut Remembered) -> Site {
    reader::read_again(source, &ReadOptions { now: NOW, ..ReadOptions::default() }, remembered)
}

/// One change of one file.
#[derive(Clone, Debug)]
enum Change {
    Insert { file: usize, line: usize, text: &'static str },
    Delete { file: usize, line: usize },
    Remove { file: usize },
    Copy { file: usize, to: &'static str },
}

const LINES: &[&str] = &[
    "title: New",
    "tags: [x, z]",
    "categories: other",
    "date: 2013-02-03",
    "layout: list",
    "layout: post",
    "permalink: /here/:title/",
    "published: false",
    "author: me",
    "excerpt: Short",
    "---",
    "Other words.",
    "",
    "{{ page.title }}{{ page.next.title }}",
    "{% include note.html %}",
    "- three",
    "b { c: d }",
    "redirect_from: /old/",
];

const PLACES: &[&str] =
    &["_posts/2013-01-02-new.md", "_includes/note.html", "_data/more.yml", "new.md", "_layouts/other.html"];

fn change() -> impl Strategy<Value = Change> {
    prop_oneof![
        6 => (any::<usize>(), 0..12usize, proptest::sample::select(LINES)).prop_map(|(file, line, text)| Change::Insert { file, line, text }),
        3 => (any::<usize>(), 0..12usize).prop_map(|(file, line)| Change::Delete { file, line }),
        1 => any::<usize>().prop_map(|file| Change::Remove { file }),
        1 => (any::<usize>(), proptest::sample::select(PLACES)).prop_map(|(file, to)| Change::Copy { file, to }),
    ]
}

fn apply(change: &Change, files: &mut Files) {
    let paths: Vec<String> = files.keys().cloned().collect();
    let path = |file: usize| paths.get(file % paths.len().max(1)).cloned().unwrap_or_default();
    let mut lines_of = |file: usize, edit: &dyn Fn(&mut Vec<&[u8]>)| {
        if let Some(bytes) = files.get_mut(&path(file)) {
            let mut lines: Vec<&[u8]> = bytes.split(|&byte| byte == b'\n').collect();
            edit(&mut lines);
            *bytes = lines.join(&b'\n');
        }
    };
    match *change {
        Change::Insert { file, line, text } => {
            lines_of(file, &|lines| lines.insert(line.min(lines.len()), text.as_bytes()));
        }
        Change::Delete { file, line } => lines_of(file, &|lines| {
            if line < lines.len() {
                lines.remove(line);
            }
        }),
        Change::Remove { file } => {
            files.remove(&path(file));
        }
        Change::Copy { file, to } => {
            if let Some(bytes) = files.get(&path(file)).cloned() {
                files.insert(to.to_owned(), bytes);
            }
        }
    }
}

/// Everything that a rendering gives: pages, and the pages around their contents.
fn all(rendering: &SiteRendering) -> Vec<(String, Rc<str>, Rc<str>)> {
    let items = rendering.items();
    let of = |&item| {
        let path = rendering.output_file(item).unwrap_or_default();
        let shell = rendering.shell(item);
        (path, rendering.output(item), shell.html)
    };
    items.iter().map(of).collect()
}

fn problems(rendering: &SiteRendering) -> Vec<String> {
    let mut problems: Vec<String> = rendering.problems().iter().map(|problem| format!("{problem:?}")).collect();
    problems.sort();
    problems
}

/// The site after each list of changes, read and rendered again, is the one from nothing. `shown`: of how many items the
/// pages are looked at in between.
fn is_the_same_again(mut files: Files, steps: &[Vec<Change>], shown: usize) -> Result<(), TestCaseError> {
    let source = Rc::new(ChangingSource::default());
    for (path, bytes) in &files {
        source.0.borrow_mut().insert(path, bytes.clone(), Some(MODIFIED));
    }
    let mut remembered = Remembered::keeping();
    let mut rendering = apercu::site::render(read(&source, &mut remembered), options(&source));
    all(&rendering);
    for (number, changes) in steps.iter().enumerate() {
        let before = files.clone();
        changes.iter().for_each(|change| apply(change, &mut files));
        for path in before.keys().filter(|path| !files.contains_key(*path)) {
            source.0.borrow_mut().remove(path);
        }
        for (path, bytes) in files.iter().filter(|(path, bytes)| before.get(*path) != Some(bytes)) {
            source.0.borrow_mut().insert(path, bytes.clone(), Some(MODIFIED));
        }
        let site = read(&source, &mut remembered);
        let fresh_site = read(&source, &mut Remembered::default());
        prop_assert!(site == fresh_site, "the site is another: {:#?} {:#?}", site.diagnostics, fresh_site.diagnostics);
        let again = apercu::site::render_again(&rendering, site, options(&source));
        if number + 1 < steps.len() {
            // Only some pages are shown, so that others stay as they were rendered long before.
            for &item in again.items().iter().take(shown) {
                again.output(item);
            }
        } else {
            let fresh = apercu::site::render(fresh_site, options(&source));
            for ((path, output, shell), (fresh_path, fresh_output, fresh_shell)) in all(&again).iter().zip(&all(&fresh))
            {
                prop_assert_eq!(path, fresh_path);
                prop_assert_eq!(output, fresh_output, "{}", path);
                prop_assert_eq!(shell, fresh_shell, "{}", path);
            }
            prop_assert_eq!(problems(&again), problems(&fresh));
        }
        rendering = again;
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, max_shrink_iters: 60, ..ProptestConfig::default() })]

    #[test]
    fn a_site_that_is_read_again_is_the_site_from_nothing(
        number in 0..sites().len(),
        steps in proptest::collection::vec(proptest::collection::vec(change(), 1..3), 1..4),
        shown in 0..4usize,
    ) {
        is_the_same_again(sites().swap_remove(number), &steps, shown)?;
    }

    #[test]
    fn a_site_with_everything_is_the_same_again(
        steps in proptest::collection::vec(proptest::collection::vec(change(), 1..3), 1..4),
        shown in 0..4usize,
    ) {
        is_the_same_again(sites().swap_remove(0), &steps, shown)?;
    }
}
