//! Whole sites in memory: what a page sees of its site, and what stands around its content. In: small sites of our own.
//! Out: pages. Neighbours: `site_reading.rs` compares what is read with the real Jekyll, `src/site/` renders.

use std::rc::Rc;

use apercu::code::Highlighting;
use apercu::post::jekyll_version::JekyllVersion;
use apercu::site::page_files::{self, BuiltFile};
use apercu::site::page_shell::CONTENT_PLACE;
use apercu::site::reader::{self, ReadOptions};
use apercu::site::rendering::{RenderingOptions, SiteItem, SiteRendering};
use apercu::site::source::MemorySource;

const NOW: i64 = 1_767_225_600;

fn site(files: &[(&str, &str)]) -> Rc<SiteRendering> {
    site_of(JekyllVersion::Four, files)
}

fn site_of(version: JekyllVersion, files: &[(&str, &str)]) -> Rc<SiteRendering> {
    let mut source = MemorySource::default();
    for (path, text) in files {
        source.insert(path, text.as_bytes(), Some(NOW));
    }
    let site = reader::read(&source, &ReadOptions { now: NOW, version, ..ReadOptions::default() });
    assert_eq!(site.stops, None);
    let options = RenderingOptions {
        source: Rc::new(source),
        theme: None,
        highlighting: Highlighting::default(),
        environment: "production".to_owned(),
        clock: NOW,
        sass: None,
        emoji: Some(apercu::site::emoji_pictures),
    };
    apercu::site::render(site, options)
}

fn item(site: &SiteRendering, path: &str) -> SiteItem {
    site.item_of(path).expect("the file is an item of the site")
}

const OLD: (&str, &str) = ("_posts/2020-01-01-old.md", "---\ntitle: Old\nlayout: post\n---\nThe *first*.\n\nMore.\n");
const NEW: (&str, &str) = ("_posts/2020-01-02-new.md", "---\ntitle: New\nlayout: post\n---\nThe *second*.\n");
const BASE: (&str, &str) = ("_layouts/base.html", "<title>{{ page.title }}</title>{{ content }}<i>end</i>");

#[test]
fn layouts_includes_and_neighbours_come_together() {
    let post = "---\nlayout: base\n---\n<p>{{ page.previous.title }}</p>{% include a.html by='me' %}{{ content }}";
    let include = "{{ include.by }} of {{ site.posts.size }}";
    let site = site(&[OLD, NEW, BASE, ("_layouts/post.html", post), ("_includes/a.html", include)]);
    let output = site.output(item(&site, NEW.0));
    let expected = "<title>New</title><p>Old</p>me of 2<p>The <em>second</em>.</p>\n<i>end</i>";
    assert_eq!(&*output, expected);
}

#[test]
fn an_older_post_is_seen_rendered_and_a_newer_one_as_it_is_written() {
    let post = "{% for other in site.posts %}[{{ other.content }}]{% endfor %}";
    let site = site(&[OLD, NEW, ("_layouts/post.html", post)]);
    let (old, new) = ("<p>The <em>first</em>.</p>\n\n<p>More.</p>\n", "<p>The <em>second</em>.</p>\n");
    assert_eq!(*site.output(item(&site, OLD.0)), *["[", "The *second*.\n", "][", old, "]"].concat());
    assert_eq!(*site.output(item(&site, NEW.0)), *["[", new, "][", old, "]"].concat());
}

#[test]
fn the_order_in_which_pages_are_asked_for_does_not_show() {
    let post = "{% for other in site.posts %}[{{ other.content }}{{ other.excerpt }}]{% endfor %}{{ content }}";
    let files = [OLD, NEW, ("_layouts/post.html", post), ("index.html", "---\n---\n{{ site.posts.last.content }}")];
    let (forwards, backwards) = (site(&files), site(&files));
    let items = forwards.items();
    let one: Vec<_> = items.iter().map(|&item| forwards.output(item)).collect();
    let mut other: Vec<_> = items.iter().rev().map(|&item| backwards.output(item)).collect();
    other.reverse();
    assert_eq!(one, other);
}

#[test]
fn a_shell_with_the_content_in_its_place_is_the_page() {
    let post = "---\nlayout: base\n---\n<p>{{ page.next.title }}</p><main>{{ content }}</main>";
    let site = site(&[OLD, NEW, BASE, ("_layouts/post.html", post)]);
    let old = item(&site, OLD.0);
    let shell = site.shell(old);
    assert!(shell.is_apart);
    let page = shell.html.replace(CONTENT_PLACE, "<p>The <em>first</em>.</p>\n\n<p>More.</p>\n");
    assert_eq!(*site.output(old), *page);
    site.set_body(old, "Changed.\n");
    assert!(site.stands(old, &shell));
    assert_eq!(*site.output(old), *shell.html.replace(CONTENT_PLACE, "<p>Changed.</p>\n"));
}

#[test]
fn a_shell_that_depends_on_the_content_is_not_kept_apart() {
    for post in [
        "{{ content }}{{ content | size }}",
        "{% capture all %}{{ content }}{% endcapture %}{{ all }}",
        "{{ content }}{{ page.content | size }}",
        "{{ content }}{% for post in site.posts %}{{ post.content | size }}{% endfor %}",
        "{{ content }}{% include size.html %}",
        "no content",
        "{{ content }}{{ content }}",
    ] {
        let files = [OLD, NEW, ("_layouts/post.html", post), ("_includes/size.html", "{{ content | size }}")];
        let site = site(&files);
        let old = item(&site, OLD.0);
        let shell = site.shell(old);
        assert!(!shell.is_apart, "{post}");
        assert_eq!(shell.html, site.output(old), "{post}");
        assert!(!site.stands(old, &shell), "{post}");
        // Where the content stands in the page as it is, its place is known all the same.
        if let Some(placed) = shell.placed {
            let content = "<p>The <em>first</em>.</p>\n\n<p>More.</p>\n";
            assert_eq!(*placed.replace(CONTENT_PLACE, content), *shell.html, "{post}");
        }
    }
}

#[test]
fn a_shell_with_the_excerpt_stands_while_the_excerpt_does() {
    let post = "<meta content=\"{{ page.excerpt | strip_html | strip }}\">{{ content }}";
    let site = site(&[OLD, NEW, ("_layouts/post.html", post)]);
    let old = item(&site, OLD.0);
    let shell = site.shell(old);
    assert!(shell.is_apart && shell.html.contains("content=\"The first.\""), "{}", shell.html);
    site.set_body(old, "The *first*.\n\nSomething else.\n");
    assert!(site.stands(old, &shell));
    site.set_body(old, "Another *first*.\n\nSomething else.\n");
    assert!(!site.stands(old, &shell));
    assert!(site.shell(old).html.contains("content=\"Another first.\""));
}

#[test]
fn a_new_text_is_seen_by_all_that_read_the_old_one() {
    let post = "{% for other in site.posts %}[{{ other.excerpt | strip_html | strip }}]{% endfor %}{{ content }}";
    let site =
        site(&[OLD, NEW, ("_layouts/post.html", post), ("index.html", "---\n---\n{{ site.posts.last.content }}")]);
    let (old, new, index) = (item(&site, OLD.0), item(&site, NEW.0), item(&site, "index.html"));
    for item in [old, new, index] {
        site.output(item);
    }
    site.set_body(old, "Other words.\n");
    assert!(site.output(new).starts_with("[The second.][Other words.]"));
    assert_eq!(&*site.output(index), "<p>Other words.</p>\n");
    assert!(site.output(old).ends_with("<p>Other words.</p>\n"));
}

#[test]
fn layouts_and_includes_that_never_end_do_end() {
    let files = [
        OLD,
        ("_layouts/post.html", "---\nlayout: other\n---\n{{ content }}{% include me.html %}"),
        ("_layouts/other.html", "---\nlayout: post\n---\n<b>{{ content }}</b>"),
        ("_includes/me.html", "x{% include me.html %}"),
    ];
    let site = site(&files);
    let output = site.output(item(&site, OLD.0));
    assert!(output.starts_with("<b><p>The <em>first</em>."));
    assert!(site.problems().iter().any(|(_, problem)| problem.message.contains("includes itself without an end")));
}

#[test]
fn addresses_on_a_page_lead_to_files_of_the_built_site() {
    let config = "url: https://a.example\nbaseurl: /blog\npermalink: pretty\n";
    let files = [OLD, NEW, ("_config.yml", config), ("about.md", "---\n---\nA"), ("assets/été 1.png", "x")];
    let site = site(&files);
    let built = site.built_files();
    for (address, page, expected) in [
        ("/blog/about/", "/", Some("about.md")),
        ("https://a.example/blog/about/#me", "/", Some("about.md")),
        ("../../../01/01/old/", "/2020/01/02/new/", Some(OLD.0)),
        ("/blog/2020/01/01/old/?x=1", "/", Some(OLD.0)),
        ("/blog/assets/%C3%A9t%C3%A9%201.png", "/", Some("assets/été 1.png")),
        ("https://b.example/blog/about/", "/", None),
        ("//a.example/blog/about/", "/", None),
        ("mailto:me@a.example", "/", None),
        ("/blog/nothing/", "/", None),
    ] {
        let path = site.path_of(address, page);
        let found = path.and_then(|path| page_files::served(&built, &path).cloned());
        let found = found.map(|file| match file {
            BuiltFile::Copy(file) => file.path,
            BuiltFile::Item(found) => {
                let of = files.iter().find(|(path, _)| site.item_of(path) == Some(found));
                of.map_or(String::new(), |(path, _)| path.to_string())
            }
        });
        assert_eq!(found.as_deref(), expected, "{address}");
    }
}

#[test]
fn a_tag_and_the_pages_of_a_plugin_come_with_the_same_plugins() {
    let built = |config: &str| {
        let post = ("_layouts/post.html", "{% seo %}|{{ content }}");
        let site = site(&[NEW, post, ("_config.yml", config)]);
        let head = site.output(item(&site, NEW.0)).split('|').next().unwrap_or("").to_owned();
        (head.contains("<title>New</title>"), site.pages.iter().any(|entry| entry.page.url.path == "/feed.xml"))
    };
    // The gem of the theme requires jekyll-feed and jekyll-seo-tag.
    assert_eq!(built("theme: minima\n"), (true, true));
    assert_eq!(built("theme: minima\nsafe: true\nwhitelist: [jekyll-feed]\n"), (false, true));
    assert_eq!(built("plugins: [jekyll-seo-tag]\nsafe: true\n"), (false, false));
    assert_eq!(built("plugins: [jekyll-seo-tag]\n"), (true, false));
}

/// Jekyll 3.10 is not packaged: these expectations are taken from its source, not from a run of it.
#[test]
fn jekyll_3_builds_as_its_source_says() {
    let config = "baseurl: /base\nexclude: [b.txt]\ncollections: {notes: {sort_by: place}}\n";
    let page = "---\n---\n{% link a.txt %} {% post_url 2020-01-02-new %} {{ jekyll.version }} \
        {{ site.notes | map: 'title' | join }} {{ site.static_files | map: 'name' | join }}\n";
    let files = [
        NEW,
        ("_config.yml", config),
        ("page.html", page),
        ("raw.html", "---\nrender_with_liquid: false\n---\n{{ 1 | plus: 1 }}\n"),
        ("find.html", "---\n---\n{{ site.notes | find: 'place', 1 | map: 'title' }}\n"),
        ("_notes/a.md", "---\ntitle: A\nplace: 2\n---\n"),
        ("_notes/b.md", "---\ntitle: B\nplace: 1\n---\n"),
        ("_notes/c.txt", "c"),
        ("a.txt", "a"),
        ("b.txt", "b"),
        ("vendor/cache/d.txt", "d"),
    ];
    let built = |version| {
        let site = site_of(version, &files);
        let text = |path: &str| site.output(item(&site, path)).trim().to_owned();
        let written = site.site.static_files.iter().filter(|file| file.written).map(|file| file.name.as_str());
        let mut written: Vec<String> = written.map(str::to_owned).collect();
        written.sort();
        (text("page.html"), text("raw.html"), text("find.html"), written.join(" "))
    };
    let texts = |found: (&str, &str, &str, &str)| {
        let (page, raw, find, written) = found;
        (page.to_owned(), raw.to_owned(), find.to_owned(), written.to_owned())
    };
    assert_eq!(
        built(JekyllVersion::Four),
        texts(("/base/a.txt /base/2020/01/02/new.html 4.3.1 B A a.txt c.txt", "{{ 1 | plus: 1 }}", "B", "a.txt"))
    );
    // The settings' own `exclude` takes the place of the usual one, and a file of a collection is written.
    assert_eq!(
        built(JekyllVersion::Three),
        texts(("/a.txt /2020/01/02/new.html 3.10.0 A B a.txt d.txt", "2", "AB", "a.txt c.txt d.txt"))
    );
}

/// As above, from the source of the gem github-pages.
#[test]
fn github_pages_has_plugins_and_settings_of_its_own() {
    let later = ("_posts/2030-01-01-later.md", "---\n---\nLater\n");
    let readme = ("README.md", "# A title\n\n[Other](other.md)\n");
    let files = [later, readme, ("other.md", "# Other\n"), ("_config.yml", "plugins: [jekyll-toc]\n")];
    let built = site_of(JekyllVersion::GitHubPages, &files);
    let index = built.output(item(&built, "README.md"));
    assert_eq!(built.site.posts().len(), 1, "posts of the future are published");
    assert!(built.pages.iter().any(|entry| entry.page.url.path == "/"), "README.md becomes the index");
    assert!(index.contains("<a href=\"/other.html\">Other</a>"), "{index}");
    assert!(!built.has_plugin("jekyll-toc") && built.has_plugin("jekyll-seo-tag"));
    assert_eq!(site(&files).site.posts().len(), 0);
}
