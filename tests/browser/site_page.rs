//! The page of a site in the preview: layout, styles and files around the post, live; links, layouts, foreign styles, and
//! what must not run. In: small sites. Neighbours: `site_folder.rs` opens them; `tests/site_rendering.rs` compares pages
//! without a browser.

use crate::engines;
use crate::site_folder::{choose_folder, open, wait_for_list, wait_for_shown};
use crate::support::{Page, Start};
use serde_json::json;

const LAYOUT: &str = "<!DOCTYPE html><html lang=\"fr\"><head><title>{{ page.title }}</title>\
    <link rel=\"stylesheet\" href=\"{{ '/css/main.css' | relative_url }}\">\
    <link rel=\"stylesheet\" href=\"https://styles.example/a.css\">\
    <script>window.parent.document.title = 'run'</script></head>\
    <body class=\"site\" onload=\"window.parent.document.title = 'run'\"><header id=\"top\">{% include nav.html %}</header>\
    <main><h1>{{ page.title }}</h1><div class=\"text\">{{ content }}</div></main>\
    <footer><a id=\"about\" href=\"{{ site.baseurl }}/about.html\">{{ site.data.words.about }}</a>\
    <a id=\"bad\" href=\"javascript:parent.document.title='run'\">x</a><iframe src=\"/about.html\"></iframe></footer></body></html>";

const SITE: [(&str, &str); 8] = [
    ("_config.yml", "title: Blog\nbaseurl: /blog\n"),
    ("_layouts/post.html", LAYOUT),
    ("_includes/nav.html", "<nav>{% for post in site.posts %}<b>{{ post.title }}</b>{% endfor %}</nav>"),
    ("_data/words.yml", "about: About us\n"),
    ("css/main.scss", "---\n---\n$width: 30px;\n.text { p { margin-left: $width; } }\n"),
    ("about.md", "---\ntitle: About\nlayout: post\n---\nWho we are.\n"),
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

fn front_matter_and_layouts_show_their_effect(start: Start) {
    let page = opened(start);
    page.write("---\ntitle: Uno\nlayout: post\n---\nThe *first*.\n");
    wait_in_frame(&page, "the new title", "d.querySelector('h1')?.textContent === 'Uno'");
    open(&page, "_includes/nav.html", "site.posts");
    page.write("<nav>Nothing but words</nav>");
    wait_in_frame(&page, "the new include", "d.querySelector('header nav')?.textContent === 'Nothing but words'");
    wait_in_frame(&page, "the last post", "d.querySelector('h1')?.textContent === 'Uno'");
}
engines!(front_matter_and_layouts_show_their_effect: Chromium);

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
    wait_in_frame(
        &page,
        "the style sheet",
        "d.querySelector('link')?.getAttribute('href') === 'https://styles.example/a.css'",
    );
}
engines!(styles_of_other_hosts_wait_for_a_word: Chromium);

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
