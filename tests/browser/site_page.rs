//! The page of a site in the preview: layout, styles and files around the post, live; links, layouts, foreign styles, and
//! what must not run. In: small sites. Neighbours: `site_folder.rs` opens them; `tests/site_rendering.rs` compares pages
//! without a browser.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::engines;
use crate::site_folder::{choose_folder, open, wait_for_list, wait_for_shown};
use crate::support::server::Reply;
use crate::support::{Engine, Page, Start};
use serde_json::json;

const LAYOUT: &str = "<!DOCTYPE html><html lang=\"fr\"><head><title>{{ page.title }}</title>\
    <link rel=\"stylesheet\" href=\"{{ '/css/main.css' | relative_url }}\">\
    <link rel=\"stylesheet\" href=\"https://styles.example/a.css\">\
    <script>window.parent.document.title = 'run'</script></head>\
    <body class=\"site\" onload=\"window.parent.document.title = 'run'\"><header id=\"top\">{% include nav.html %}</header>\
    <main><h1>{{ page.title }}</h1><div class=\"text\">{{ content }}</div></main>\
    <footer><a id=\"about\" href=\"{{ site.baseurl }}/about.html\">{{ site.data.words.about }}</a>\
    <a id=\"bad\" href=\"javascript:parent.document.title='run'\">x</a><iframe src=\"/about.html\"></iframe></footer></body></html>";

const SITE: [(&str, &str); 9] = [
    ("_config.yml", "title: Blog\nbaseurl: /blog\n"),
    ("_layouts/post.html", LAYOUT),
    ("_includes/nav.html", "<nav>{% for post in site.posts %}<b>{{ post.title }}</b>{% endfor %}</nav>"),
    ("_data/words.yml", "about: About us\n"),
    ("css/main.scss", "---\n---\n$width: 30px;\n.text { p { margin-left: $width; } }\n"),
    ("about.md", "---\ntitle: About\nlayout: post\n---\nWho we are.\n"),
    ("_drafts/idea.md", "---\ntitle: An idea\nlayout: post\n---\nA thought.\n"),
    ("_posts/2020-01-01-one.md", "---\ntitle: One\nlayout: post\n---\nThe *first*.\n\nMore of it.\n"),
    ("_posts/2020-01-02-two.md", "---\ntitle: Two\nlayout: post\n---\nThe *second*.\n"),
];

/// The frame's document.
const FRAME: &str = "document.getElementById('preview').contentDocument";

fn opened(start: Start) -> Page {
    let page = start.open();
    choose_folder(&page, &SITE);
    wait_for_list(&page);
    open(&page, "_posts/2020-01-01-one.md", "title: One");
    wait_for_shown(&page, "About us");
    page
}

fn wait_in_frame(page: &Page, what: &str, expression: &str) {
    page.wait_for(what, &format!("(d => {expression})({FRAME})"));
}

fn the_page_of_the_site_follows_each_key(start: Start) {
    let page = opened(start);
    wait_in_frame(
        &page,
        "layout and include",
        "[...d.querySelectorAll('nav b')].map(b => b.textContent).join() === 'Two,One'",
    );
    wait_in_frame(&page, "the content in its place", "d.querySelector('main > .text > p em')?.textContent === 'first'");
    assert_eq!(
        page.js(&format!("const d = {FRAME}; return [d.documentElement.lang, d.body.className];"), json!([])),
        json!(["fr", "site"])
    );
    page.js(&format!("{FRAME}.querySelector('header').mark = 1;"), json!([]));
    page.to_end();
    page.type_keys("And a third");
    wait_in_frame(&page, "the key", "d.querySelector('.text').textContent.includes('And a third')");
    assert_eq!(
        page.js(&format!("return {FRAME}.querySelector('header').mark;"), json!([])),
        1,
        "the layout's nodes stay"
    );
}
engines!(the_page_of_the_site_follows_each_key: Chromium Firefox WebKit);

fn sass_of_the_site_styles_its_page(start: Start) {
    let page = opened(start);
    let margin = "d.defaultView.getComputedStyle(d.querySelector('.text p')).marginLeft === '30px'";
    wait_in_frame(&page, "the style", margin);
}
engines!(sass_of_the_site_styles_its_page: Chromium Firefox WebKit);

/// What only some sites need is there with the first page; where it does not arrive, the page is shown without it, and it
/// is asked for again.
fn what_a_site_needs_comes_with_its_first_page(start: Start) {
    const SITE: [(&str, &str); 4] = [
        ("_config.yml", "plugins: [jemoji]\n"),
        ("_layouts/post.html", "<html><body><div id=\"of-site\">{{ content }}</div></body></html>"),
        ("_posts/2020-01-01-one.md", "---\nlayout: post\n---\nOne :smile: here.\n"),
        ("_posts/2020-01-02-two.md", "---\nlayout: post\n---\nTwo :smile: there.\n"),
    ];
    let page = start.open();
    let back = Arc::new(AtomicBool::new(false));
    let arrives = Arc::clone(&back);
    page.server.handle(move |request| {
        let lost = request.target.contains("split_emoji") && !arrives.load(Ordering::SeqCst);
        lost.then(|| Reply::html("<p>not here</p>"))
    });
    choose_folder(&page, &SITE);
    wait_in_frame(&page, "the page without it", "d.getElementById('of-site')?.textContent.includes(':smile:')");
    page.wait_for_message("could not be loaded");
    back.store(true, Ordering::SeqCst);
    open(&page, "_posts/2020-01-01-one.md", "One");
    let picture = "d.querySelector('#of-site [alt=\":smile:\"]')";
    wait_in_frame(&page, "the picture, now", picture);

    page.wait_until_stored();
    page.reload();
    page.ready();
    // On a return the side bar comes by itself.
    page.wait_for("the side bar", "document.getElementById('site-folder')");
    page.server.clear_log();
    let gate = page.server.hold("split_emoji.wasm");
    choose_folder(&page, &SITE);
    let is_asked_for = || page.server.log().iter().any(|request| request.target.contains("split_emoji"));
    page.wait_until("the part is asked for", is_asked_for);
    page.settle();
    let is_shown = format!("return {FRAME}.getElementById('of-site') !== null;");
    assert_eq!(page.js(&is_shown, json!([])), false, "the page was shown without it");
    gate.open();
    wait_in_frame(&page, "the first page with its picture", picture);
}
engines!(what_a_site_needs_comes_with_its_first_page: Chromium);

fn front_matter_and_layouts_show_their_effect(start: Start) {
    let page = opened(start);
    page.write("---\ntitle: Uno\nlayout: post\n---\nThe *first*.\n");
    wait_in_frame(&page, "the new title", "d.querySelector('h1')?.textContent === 'Uno'");
    // What Jekyll leaves out for now is shown as it will be.
    page.write("---\ntitle: Uno\nlayout: post\npublished: false\n---\nNot *yet*.\n");
    wait_in_frame(&page, "a post that is not published", "d.querySelector('.text em')?.textContent === 'yet'");
    open(&page, "_drafts/idea.md", "An idea");
    wait_in_frame(&page, "a draft in its layout", "d.querySelector('main > h1')?.textContent === 'An idea'");
    page.to_end();
    page.type_keys("with a key");
    wait_in_frame(&page, "the key", "d.querySelector('main > .text').textContent.includes('with a key')");
    open(&page, "_posts/2020-01-01-one.md", "Not *yet*");
    page.write("---\ntitle: Uno\nlayout: post\n---\nThe *first*.\n");
    wait_in_frame(&page, "the post", "d.querySelector('.text em')?.textContent === 'first'");
    open(&page, "_includes/nav.html", "site.posts");
    page.write("<nav>Nothing but words</nav>");
    wait_in_frame(&page, "the new include", "d.querySelector('header nav')?.textContent === 'Nothing but words'");
    wait_in_frame(&page, "the last post", "d.querySelector('h1')?.textContent === 'Uno'");
}
engines!(front_matter_and_layouts_show_their_effect: Chromium);

/// Layouts may count the words of the content, or change it. A key is seen at once; what they make of it follows.
fn a_layout_that_reads_the_content_follows(start: Start) {
    const SITE: [(&str, &str); 4] = [
        ("_layouts/count.html", "<b>{{ content | number_of_words }}</b><main>{{ content }}</main>"),
        ("_layouts/change.html", "<main>{{ content | replace: '<em>', '<em class=\"seen\">' }}</main>"),
        ("_posts/2020-01-01-one.md", "---\nlayout: count\n---\nThe *first*.\n\nAnd more"),
        ("_posts/2020-01-02-two.md", "---\nlayout: change\n---\nThe *second*.\n\nAnd more"),
    ];
    let page = start.open();
    choose_folder(&page, &SITE);
    wait_for_list(&page);
    open(&page, "_posts/2020-01-01-one.md", "first");
    wait_in_frame(&page, "the count", "d.querySelector('b')?.textContent === '4' && d.querySelector('main em')");
    page.js(&format!("{FRAME}.querySelector('main p').mark = 1;"), json!([]));
    page.to_end();
    page.type_keys(" of it");
    wait_in_frame(&page, "the key", "d.querySelector('main').textContent.includes('And more of it')");
    wait_in_frame(&page, "the new count", "d.querySelector('b').textContent === '6'");
    wait_in_frame(
        &page,
        "the same paragraph",
        "d.querySelectorAll('main p').length === 2 && d.querySelector('main p').mark",
    );

    open(&page, "_posts/2020-01-02-two.md", "second");
    wait_in_frame(&page, "the content as it is changed", "d.querySelector('main em.seen')?.textContent === 'second'");
    page.to_end();
    page.type_keys(" of *it*");
    wait_in_frame(&page, "the key", "d.querySelector('main').textContent.includes('And more of it')");
    wait_in_frame(&page, "what the layout makes of it", "d.querySelectorAll('main em.seen').length === 2");
}
engines!(a_layout_that_reads_the_content_follows: Chromium Firefox);

fn a_link_of_the_site_opens_its_file(start: Start) {
    let page = opened(start);
    page.js(&format!("{FRAME}.getElementById('about').click();"), json!([]));
    page.wait_for("the file", "document.getElementById('editor').value.includes('Who we are.')");
    wait_in_frame(&page, "its page", "d.querySelector('h1')?.textContent === 'About'");
}
engines!(a_link_of_the_site_opens_its_file: Chromium Firefox);

fn styles_of_other_hosts_wait_for_a_word(start: Start) {
    let page = opened(start);
    let links = format!("return [...{FRAME}.querySelectorAll('link')].map(link => link.getAttribute('href'));");
    assert_eq!(page.js(&links, json!([])), json!([]));
    let question = "[...document.querySelectorAll('.message')].find(m => m.textContent.includes('styles.example'))";
    page.wait_for("the question", question);
    page.js(&format!("{question}.querySelector('button').click();"), json!([]));
    let loaded = "d.querySelector('link')?.getAttribute('href') === 'https://styles.example/a.css'";
    wait_in_frame(&page, "the style sheet", loaded);
    // The answer is kept for the site, and can be taken back.
    page.wait_until_stored();
    page.reload();
    page.ready();
    page.wait_for("the side bar", "document.getElementById('site-folder')");
    choose_folder(&page, &SITE);
    wait_for_list(&page);
    wait_in_frame(&page, "the style sheet without a question", loaded);
    assert_eq!(page.js(&format!("return {question} === undefined;"), json!([])), true);
    let switch = "document.querySelector('#preview-bar [data-action=other-hosts]')";
    page.wait_for(
        "the switch",
        &format!("{switch}?.ariaPressed === 'true' && {switch}.title.includes('styles.example')"),
    );
    page.js(&format!("{switch}.click();"), json!([]));
    wait_in_frame(&page, "the page without it", "d.querySelector('main') && !d.querySelector('link')");
    page.wait_for("the switch", &format!("{switch}.ariaPressed === 'false'"));
    assert_eq!(page.js(&format!("return {question} === undefined;"), json!([])), true, "it was asked again");
}
engines!(styles_of_other_hosts_wait_for_a_word: Chromium);

/// What the preview shows of the site, how wide, and in which colours; kept for the next visit.
fn the_preview_is_seen_as_chosen(start: Start) {
    let page = opened(start);
    let bar = |css: &str| format!("document.querySelector('#preview-bar {css}')");
    let choose = |name: &str| {
        let select = bar("[data-part=shown]");
        let script =
            format!("{select}.value = arguments[0]; {select}.dispatchEvent(new Event('change', {{bubbles: true}}));");
        page.js(&script, json!([name]));
    };
    page.wait_for("the bar", &format!("{}?.value === 'page'", bar("[data-part=shown]")));
    choose("post");
    wait_in_frame(
        &page,
        "the post alone",
        "d.querySelector('.post-body em')?.textContent === 'first' && !d.querySelector('nav')",
    );
    page.to_end();
    page.type_keys("And a third");
    wait_in_frame(&page, "the key", "d.querySelector('.post-body').textContent.includes('And a third')");
    choose("github");
    wait_in_frame(&page, "GitHub's view", "d.querySelector('.post-body') && !d.querySelector('nav')");
    choose("page");
    wait_in_frame(
        &page,
        "the site's page",
        "d.querySelector('nav') && d.querySelector('.text').textContent.includes('And a third')",
    );

    let inside = "d.defaultView.innerWidth";
    let fits = "(r => r.width <= document.getElementById('preview-pane').clientWidth)(document.getElementById('preview').getBoundingClientRect())";
    for (width, pixels) in [("phone", 390), ("desktop", 1280), ("tablet", 768)] {
        page.js(&format!("{}.click();", bar(&format!("[data-width={width}]"))), json!([]));
        wait_in_frame(&page, width, &format!("{inside} === {pixels} && {fits}"));
    }
    // WebKit does not tell a frame which colours the element around it has.
    if page.engine != Engine::WebKit {
        if page.engine == Engine::Chromium {
            page.color_scheme_of_system();
        }
        page.js(&format!("{}.click();", bar("[data-action=preview-scheme]")), json!([]));
        wait_in_frame(&page, "dark", "d.defaultView.matchMedia('(prefers-color-scheme: dark)').matches");
    }
    choose("post");
    page.wait_until_stored();
    page.reload();
    page.ready();
    page.wait_for("the side bar", "document.getElementById('site-folder')");
    choose_folder(&page, &SITE);
    wait_for_list(&page);
    page.wait_for("the choice", &format!("{}?.value === 'post'", bar("[data-part=shown]")));
    wait_in_frame(&page, "the post alone, again", &format!("d.querySelector('.post-body em') && {inside} === 768"));
    if page.engine != Engine::WebKit {
        wait_in_frame(&page, "dark, again", "d.documentElement.dataset.theme === 'dark'");
    }
    // What is printed is the whole document, in light colours.
    page.js(&format!("{}.click();", bar("[data-action=print]")), json!([]));
    page.wait_for(
        "what is printed",
        "(d => d?.querySelector('.post-body em') && d.documentElement.dataset.theme !== 'dark')(document.getElementById('print-frame')?.contentDocument)",
    );
}
engines!(the_preview_is_seen_as_chosen: Chromium Firefox WebKit);

fn nothing_of_a_layout_runs(start: Start) {
    let page = opened(start);
    let wrong = format!(
        "const d = {FRAME}; return [...d.querySelectorAll('script, iframe, object, embed, base, meta[http-equiv=refresh]')] \
         .map(e => e.outerHTML).concat([...d.querySelectorAll('*')].flatMap(e => [...e.attributes]) \
         .filter(a => a.name.startsWith('on') || /^javascript:/i.test(a.value.trim())).map(a => a.name));"
    );
    assert_eq!(page.js(&wrong, json!([])), json!([]));
    page.js(&format!("{FRAME}.getElementById('bad').click();"), json!([]));
    page.settle();
    assert_ne!(page.js("return document.title;", json!([])), "run");
    let sandbox = page.js("return document.getElementById('preview').getAttribute('sandbox');", json!([]));
    assert!(!sandbox.as_str().unwrap_or_default().contains("allow-scripts"));
    // The second defence holds alone: what the sanitizer leaves out is put in by hand, and does not run.
    page.js(
        &format!(
            "const d = {FRAME}; const script = d.createElement('script'); script.textContent = 'parent.document.title = \"run\"'; \
             d.body.append(script); d.body.insertAdjacentHTML('beforeend', '<img src=x onerror=\"parent.document.title = 1\">');"
        ),
        json!([]),
    );
    page.settle();
    let title = page.js("return document.title;", json!([]));
    assert!(title != "run" && title != "1", "{title}");
}
engines!(nothing_of_a_layout_runs: Chromium Firefox WebKit);
