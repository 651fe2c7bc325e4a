//! Real posts, where the person running the tests has some: `APERCU_POSTS` names a folder of Markdown files.
//! In: the environment. Out: bodies. Neighbours: tests that want more than their own snippets; each is marked
//! `#[ignore]`, so that the test runner itself says that it was skipped. `./dev test` runs them where the variable is set.
#![allow(dead_code)]

/// The texts of all Markdown files in the folder, front matter taken off, with their names. Fails without the folder,
/// and with one that holds no posts.
pub fn bodies() -> Vec<(String, String)> {
    let folder = std::env::var_os("APERCU_POSTS").expect("APERCU_POSTS names a folder of posts");
    let mut posts = Vec::new();
    for entry in std::fs::read_dir(folder).expect("APERCU_POSTS names a folder") {
        let path = entry.expect("a readable folder").path();
        if path.extension().is_some_and(|e| e == "md" || e == "markdown") {
            let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
            let bytes = std::fs::read(&path).expect("a readable post");
            posts.push((name, without_front_matter(&String::from_utf8_lossy(&bytes))));
        }
    }
    assert!(!posts.is_empty(), "the folder that APERCU_POSTS names holds no posts");
    posts.sort();
    posts
}

fn without_front_matter(text: &str) -> String {
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    let mut lines = text.split_inclusive('\n');
    let mut length = match lines.next() {
        Some(first) if first.trim_end() == "---" => first.len(),
        _ => return text.to_owned(),
    };
    for line in lines {
        length += line.len();
        if matches!(line.trim_end(), "---" | "...") {
            return text[length..].to_owned();
        }
    }
    text.to_owned()
}
