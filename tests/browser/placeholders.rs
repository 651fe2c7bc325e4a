//! What cannot be shown is said: pictures of the site, frames, scripts, forms. In: texts. Neighbours: `attacks.rs`.

use crate::engines;
use crate::support::Start;
use crate::support::text::post;

fn what_cannot_be_shown_is_named(start: Start) {
    let page = start.open();
    // The first text of the page has code: nothing of it is on its way from now on.
    page.wait_for_preview("its colours", "body.querySelector('.highlight .na')");
    page.server.clear_log();
    page.write(&post(
        "![my cat](/assets/cat.jpg)\n\n![a dog](dog.png)\n\n\
         <iframe src=\"https://video.example/embed/1\" title=\"A film\"></iframe>\n\n\
         <script src=\"https://script.example/x.js\"></script>\n\n\
         <form action=\"https://form.example/\"><input name=\"q\"></form>\n\n\
         The end",
    ));
    page.wait_for_text("The end");
    let html = page.body_html();
    for words in ["my cat", "/assets/cat.jpg", "a dog", "dog.png", "video.example", "script.example", "form.example"] {
        assert!(html.contains(words), "{words} in {html}");
    }
    for css in ["iframe", "script", "form", "img", "input"] {
        assert_eq!(page.count(css), 0, "{css} in {html}");
    }
    assert!(page.count(".apercu-placeholder") >= 5, "{html}");
    page.settle();
    let asked = page.server.log().into_iter().map(|request| request.target);
    // Parts of the program may arrive meanwhile, and what keeps the page for use without a network.
    let own = |target: &String| target.starts_with("/program-") || target.starts_with("/offline");
    let asked: Vec<String> = asked.filter(|target| !own(target)).collect();
    assert_eq!(asked, [""; 0], "nothing was asked of the page's own server");
    assert_eq!(page.outside.requests(), [""; 0]);
}
engines!(what_cannot_be_shown_is_named: Chromium Firefox WebKit);

fn pictures_of_other_hosts_are_asked_for(start: Start) {
    let page = start.open();
    page.write(&post("![far](http://pictures.example/far.png)"));
    page.wait_for_preview("the picture", "body.querySelector('img')");
    page.wait_until("the request", || !page.outside.requests().is_empty());
    let asked = page.outside.requests();
    assert_eq!(asked, ["GET http://pictures.example/far.png"], "once, and nothing else");
}
engines!(pictures_of_other_hosts_are_asked_for: Chromium Firefox WebKit);
