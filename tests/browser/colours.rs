//! Code in colours: they come with the table of the language, and go to the code alone. In: posts with code. Neighbours:
//! `parts.rs` loses the other part that is loaded later, `element/colours.rs` does the same in an element.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::engines;
use crate::support::server::Reply;
use crate::support::text::{HEAD, post};
use crate::support::{Page, Start};
use serde_json::json;

/// The files of the tables that were asked for, without the hashes in their names.
fn tables(page: &Page) -> Vec<String> {
    let name = |target: &str| Some(target.split_once("/rouge/")?.1.rsplit_once('-')?.0.to_owned());
    let mut names: Vec<String> = page.server.log().iter().filter_map(|request| name(&request.target)).collect();
    names.sort();
    names
}

/// Waits until a token of that class has that text.
fn wait_for_token(page: &Page, class: &str, text: &str) {
    let found = format!(
        "[...body.querySelectorAll({})].some(e => e.textContent === {})",
        json!([".", class].concat()),
        json!(text)
    );
    page.wait_for_preview("the token", &found);
}

fn they_come_when_a_post_has_code(start: Start) {
    let page = start.open();
    // The first text of the page has code.
    page.wait_for_preview("its code", "body.querySelector('.highlight .na')");
    let before = tables(&page);
    page.write(&post("Words, `code`, and\n\n```\nplain\n```\n\n~~~ nosuch\nplain\n~~~\n"));
    page.wait_for_text("plain");
    page.settle();
    assert_eq!(tables(&page), before);
    assert_eq!(before, ["index", "unicode", "yaml"]);

    page.write(&format!(
        "{HEAD}One\n\n```ruby\ndef a\n  1\nend\n```\n\n{{% highlight json %}}\n[true]\n{{% endhighlight %}}\n"
    ));
    wait_for_token(&page, "k", "def");
    wait_for_token(&page, "kc", "true");
    assert_eq!(tables(&page), ["index", "json", "ruby", "unicode", "yaml"]);
    assert_eq!(page.post_text(".language-ruby .nf").as_deref(), Some("a"));

    // A key in the code keeps the nodes of the lines above, and a key elsewhere all of them.
    page.preview(
        "body.querySelectorAll('.language-ruby span').forEach((node) => (node.mark = node.textContent));",
        json!([]),
    );
    let marked = "[...body.querySelectorAll('.language-ruby span')].filter((node) => node.mark).map((node) => node.textContent).join(' ')";
    page.select_text("end\n```");
    page.press("ArrowLeft");
    page.type_keys("2 + ");
    wait_for_token(&page, "mi", "2");
    let kept = page.preview(&format!("return {marked};"), json!([]));
    assert!(kept.as_str().is_some_and(|kept| kept.starts_with("def a 1")), "{kept}");
    page.select_text("One");
    page.type_keys("Two");
    page.wait_for_text("Two");
    assert_eq!(page.preview(&format!("return {marked};"), json!([])), kept);
    assert_eq!(tables(&page), ["index", "json", "ruby", "unicode", "yaml"]);
}
engines!(they_come_when_a_post_has_code: Chromium Firefox WebKit);

fn what_does_not_arrive_is_asked_for_again(start: Start) {
    let page = start.open();
    let back = Arc::new(AtomicBool::new(false));
    let arrives = Arc::clone(&back);
    page.server.handle(move |request| {
        let lost = request.target.contains("/rouge/") && !arrives.load(Ordering::SeqCst);
        lost.then(|| Reply::html("<p>not here</p>"))
    });
    page.write(&format!("{HEAD}```ruby\ndef a\nend\n```\n"));
    page.wait_for_message("colours of code could not be loaded");
    assert_eq!(page.post_text("code").as_deref(), Some("def a end"));
    assert_eq!(page.count("code span"), 0);
    back.store(true, Ordering::SeqCst);
    page.to_end();
    page.type_keys("\nMore");
    // Asked for in the next pause.
    wait_for_token(&page, "k", "def");
}
engines!(what_does_not_arrive_is_asked_for_again: Chromium Firefox WebKit);

/// Every class that Rouge writes (its `token.rb`).
const CLASSES: &str = "w err x k kc kd kn kp kr kt kv n na nb bp nc no nd ni ne nf fm py nl nn nx nt nv vc vg vi vm l ld s sa sb sc \
    dl sd s2 se sh si sx sr s1 ss m mb mf mh mi il mo mx o ow p pi c ch cd cm cp cpf c1 cs g gd ge gr gh gi go gp gs gu gt gl";

/// For each class, in plain code and in a marked line, the contrast of its colour with what is behind it; the least ones
/// first.
const CONTRASTS: &str = "
    const scheme = arguments[1];
    doc.documentElement.dataset.theme = scheme;
    const view = doc.defaultView, canvas = document.createElement('canvas').getContext('2d');
    const rgb = (colour) => { canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = colour; canvas.fillRect(0, 0, 1, 1); return [...canvas.getImageData(0, 0, 1, 1).data]; };
    const light = ([r, g, b]) => [r, g, b].map((c) => (c /= 255) <= .03928 ? c / 12.92 : ((c + .055) / 1.055) ** 2.4).reduce((sum, c, i) => sum + c * [.2126, .7152, .0722][i], 0);
    const behind = (node) => { for (let e = node; e; e = e.parentElement) { const colour = rgb(view.getComputedStyle(e).backgroundColor); if (colour[3] === 255) return colour; } return [255, 255, 255, 255]; };
    const contrast = (node) => { const [a, b] = [light(rgb(view.getComputedStyle(node).color)), light(behind(node))].sort((a, b) => b - a); return (a + .05) / (b + .05); };
    const code = body.querySelector('.highlight code');
    code.replaceChildren();
    const line = code.appendChild(doc.createElement('span'));
    line.className = 'hll';
    const all = [];
    for (const name of arguments[0].split(/\\s+/)) for (const place of [code, line]) {
      const node = place.appendChild(doc.createElement('span'));
      node.className = name;
      node.textContent = name + ' ';
      all.push([contrast(node), name, place === line]);
    }
    all.sort((a, b) => a[0] - b[0]);
    return all;";

fn all_of_them_can_be_read(start: Start) {
    let page = start.open();
    page.write(&format!("{HEAD}```ruby\na\n```\n"));
    page.wait_for_preview("code", "body.querySelector('.highlight code')");
    for scheme in ["light", "dark"] {
        let found = page.preview(CONTRASTS, json!([CLASSES, scheme]));
        let all = found.as_array().expect("a list");
        assert_eq!(all.len(), 2 * CLASSES.split_whitespace().count());
        let least = all[0][0].as_f64().unwrap_or(0.0);
        assert!(least >= 4.5, "{scheme}: {}", all[0]);
    }
}
engines!(all_of_them_can_be_read: Chromium Firefox WebKit);

fn numbers_of_lines_are_not_copied_and_long_lines_scroll(start: Start) {
    let page = start.size(390, 844).open();
    let long = "word ".repeat(60);
    page.write(&format!(
        "{HEAD}One\n\n{{% highlight ruby linenos %}}\na = 1\n# {long}\n{{% endhighlight %}}\n\n```ruby\n# {long}\n```\n"
    ));
    page.click("button[data-view=preview]");
    wait_for_token(&page, "mi", "1");
    let wide = page.preview("return doc.documentElement.scrollWidth - doc.documentElement.clientWidth;", json!([]));
    assert_eq!(wide, 0, "the preview scrolls sideways");
    let scrolls = "return [...body.querySelectorAll('figure > pre, div.highlight > pre')].map((e) => e.scrollWidth > e.clientWidth + 500);";
    assert_eq!(page.preview(scrolls, json!([])), json!([true, true]));
    let copied = page.preview(
        "const selection = doc.defaultView.getSelection(); selection.selectAllChildren(body.querySelector('figure')); return selection.toString().trim();",
        json!([]),
    );
    assert!(copied.as_str().is_some_and(|copied| copied.starts_with("a = 1\n# word")), "{copied}");
}
engines!(numbers_of_lines_are_not_copied_and_long_lines_scroll: Chromium);

fn a_click_on_a_token_puts_the_caret_at_it(start: Start) {
    let page = start.open();
    page.write(&format!("{HEAD}One\n\n```ruby\nif a\n  b\nend\nif c\n  d\nend\n```\n"));
    wait_for_token(&page, "k", "if");
    page.preview("body.querySelectorAll('.k')[2].id = 'second';", json!([]));
    page.click_in_preview("#second");
    page.wait_for("the caret", "document.getElementById('editor').value.slice(0, document.getElementById('editor').selectionStart).includes('end\\ni')");
}
engines!(a_click_on_a_token_puts_the_caret_at_it: Chromium Firefox);
