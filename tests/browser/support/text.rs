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

/// A picture as a `data:` address: a rectangle of that height.
pub fn picture(height: u32) -> String {
    format!("data:image/svg+xml,%3Csvg%20xmlns='http://www.w3.org/2000/svg'%20width='40'%20height='{height}'/%3E")
}
