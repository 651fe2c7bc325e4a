//! Texts that tests write. In: sizes. Out: posts. Neighbours: the tests.

/// A front matter of a post that is published.
pub const HEAD: &str = "---\ntitle: A post\ndate: 2014-12-08\n---\n\n";

/// A published post with this body.
pub fn post(body: &str) -> String {
    format!("{HEAD}{body}")
}

/// Sections from 1 on, each a heading `Section N` and a paragraph that names it.
pub fn sections(number: usize) -> String {
    let section = |n| format!("## Section {n}\n\nThe paragraph of section {n} stands here for a while.\n\n");
    (1..=number).map(section).collect()
}

/// A picture that needs no network, shown at that height.
pub fn picture(height: u32) -> String {
    let pixel = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
    format!("<img src=\"data:image/png;base64,{pixel}\" width=\"40\" height=\"{height}\" alt=\"a picture\">")
}

/// The height of a line in the editor `e` of that `style`, in pixels, as it is drawn: an expression, for a text that is
/// higher than the editor and whose lines do not wrap. WebKit draws whole pixels, whatever the style says.
pub const LINE_HEIGHT: &str = "((e.scrollHeight - parseFloat(style.paddingTop) - parseFloat(style.paddingBottom)) \
    / e.value.split('\\n').length)";
