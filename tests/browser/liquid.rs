//! Liquid in a post: run before Markdown, in the part that is loaded with the first tag. In: posts with tags.
//! Neighbours: `dialects.rs` loads the same part, `attacks.rs` tries what a text can do to the page.

use crate::engines;
use crate::support::text::HEAD;
use crate::support::{Page, Start};
use serde_json::json;

fn caret_line_after_click(page: &Page, css: &str, wanted: &str) {
    page.click_in_preview(css);
    let line = format!(
        "(() => {{ const e = document.getElementById('editor'); \
         return e.value.slice(e.value.lastIndexOf('\\n', e.selectionStart - 1) + 1).startsWith({}); }})()",
        json!(wanted)
    );
    page.wait_for("the caret at the source", &line);
}

fn tags_are_run_and_what_is_unknown_keeps_its_place(start: Start) {
    let page = start.open();
    // The checks ask for the same part in the first pause.
    let gate = page.server.hold("split_tools.wasm");
    let plain = format!("{HEAD}Nothing to run.\n");
    page.write(&plain);
    // A post without Liquid does without it.
    page.wait_for_text("Nothing to run.");
    gate.open();
    page.write(&format!(
        "{HEAD}{{% assign word = \"hello\" %}}{{{{ word | upcase }}}}, {{{{ page.title }}}}!\n\n\
         {{% include figure.html src=\"a.png\" %}}\n\n\
         {{% highlight ruby linenos %}}\nputs 1\n{{% endhighlight %}}\n\n\
         {{% raw %}}{{{{ kept }}}}{{% endraw %}}\n\nThe *last* paragraph.\n"
    ));
    page.wait_for_text("HELLO, A post!");
    assert_eq!(page.post_text(".liquid-chip").as_deref(), Some("{% include figure.html src=\"a.png\" %}"));
    assert_eq!(page.count("figure.highlight"), 1);
    page.wait_for_text("{{ kept }}");
    // The map back to the source leaves out what the tags added and took away.
    caret_line_after_click(&page, "em", "The *last* paragraph.");
    caret_line_after_click(&page, ".liquid-chip", "{% include figure.html");
    page.to_end();
    page.type_keys("{{ page.title | size }}");
    page.wait_for_preview("the filter", "body.lastElementChild.textContent.endsWith('6')");
}
engines!(tags_are_run_and_what_is_unknown_keeps_its_place: Chromium Firefox WebKit);

fn mistakes_are_listed_at_their_place(start: Start) {
    let page = start.open();
    page.write(&format!("{HEAD}One\n\n{{% nosuchtag %}}\n\n{{% if page.title %}}never closed\n"));
    page.wait_for_text("never closed");
    page.wait_for("two diagnostics", "/2/.test(document.querySelector('#status [data-part=diagnostics]').innerText)");
    let list = page.diagnostics();
    assert!(list.contains("8:1") && list.contains("nosuchtag"), "{list}");
    assert!(list.contains("10:1"), "{list}");
}
engines!(mistakes_are_listed_at_their_place: Chromium);

fn a_chip_is_text_and_nothing_else(start: Start) {
    let page = start.open();
    page.write(&format!(
        "{HEAD}{{% include <script>top.ran=1</script> %}} {{{{ site.x | append: \"<img src=x onerror=top.ran=1>\" }}}}\n\n\
         <a href=\"{{% include x %}}javascript:top.ran=1\">link</a> [b](java{{{{ site.y }}}}script:top.ran=1)\n"
    ));
    page.wait_for_preview("the chips", "body.querySelectorAll('.liquid-chip').length >= 2");
    assert_eq!(page.count("script, img, iframe"), 0);
    let harmless =
        "return [...body.querySelectorAll('a')].every(a => !/script:/i.test(a.href)) && top.ran === undefined;";
    assert_eq!(page.preview(harmless, json!([])), true);
}
engines!(a_chip_is_text_and_nothing_else: Chromium Firefox WebKit);

fn liquid_can_be_switched_off(start: Start) {
    let page = start.open();
    page.write("---\ntitle: Off\nrender_with_liquid: false\n---\n\n{{ page.title }} stays\n");
    page.wait_for_text("{{ page.title }} stays");
    assert_eq!(page.count(".liquid-chip"), 0);
}
engines!(liquid_can_be_switched_off: Chromium);
