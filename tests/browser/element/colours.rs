//! Code in colours in an element: the tables come from the package, under the host's strict policy. In: `slotted.html`.
//! Neighbours: `../colours.rs` does the same in the page.

use super::{Element, nothing_went_wrong, open};
use crate::engines;
use crate::support::Start;

fn they_come_from_the_package(start: Start) {
    let page = open(start, "/slotted.html");
    let element = Element::drawn(&page, "#element");
    element.write("```rust\nfn main() {}\n```\n\n{% highlight ruby linenos %}\nputs 1\n{% endhighlight %}\n");
    element.wait("tokens of a fence", "body.querySelector('.language-rust .k')?.textContent === 'fn'");
    element.wait("tokens of a tag", "body.querySelector('figure .mi')?.textContent === '1'");
    let asked = |part: &str| page.server.log().iter().any(|request| request.target.contains(part));
    assert!(asked("/pkg/rouge/rust-") && asked("/pkg/rouge/ruby-") && !asked("/pkg/rouge/python"));
    nothing_went_wrong(&page);
}
engines!(they_come_from_the_package: Chromium Firefox WebKit);
