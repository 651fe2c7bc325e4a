//! How often each check finds something in a folder of posts, and what. In: a folder of `*.md`, and a code with a number
//! for samples of that check. Out: a table, or the samples. Neighbours: `src/checks/`, `src/render/`.
//!
//! `cargo run --release --example checks -- FOLDER [CODE [SAMPLES]]`

use std::collections::{BTreeMap, BTreeSet};

use apercu::checks::CHECKS;
use apercu::render::{CheckOptions, Engines, RenderOptions, Renderer, Request};

fn main() -> std::io::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let folder = arguments.next().unwrap_or_default();
    let code = arguments.next();
    let samples: usize = arguments.next().and_then(|n| n.parse().ok()).unwrap_or(10);
    let mut counts: BTreeMap<String, (usize, usize, usize)> = BTreeMap::new();
    let mut shown = Vec::new();
    let mut posts = 0;
    // `manifest.tsv`: the id, the blog and the path of each post.
    let manifest = std::fs::read_to_string([&folder, "/manifest.tsv"].concat()).unwrap_or_default();
    let row = |line: &str| {
        let mut cells = line.split('\t');
        let id = cells.next()?.to_owned();
        let blog = cells.next()?.to_owned();
        Some((id, (blog, cells.next()?.to_owned())))
    };
    let names: BTreeMap<String, (String, String)> = manifest.lines().filter_map(row).collect();
    let mut paths: Vec<_> = std::fs::read_dir(&folder)?.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    let mut tags: BTreeMap<&str, Vec<(String, String)>> = BTreeMap::new();
    for (id, (blog, path)) in &names {
        let text = std::fs::read_to_string([&folder, "/", id, ".md"].concat()).unwrap_or_default();
        let mut renderer = Renderer::default();
        let post = renderer.render(&Request { file_name: Some(path), text: &text, now: 0, checks: None }).post;
        tags.entry(blog).or_default().extend(post.front_matter.tags.iter().map(|tag| (id.clone(), tag.clone())));
    }
    for path in paths {
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        if !name.ends_with(".md") || name.ends_with(".body.md") {
            continue;
        }
        let Ok(text) = std::fs::read_to_string(&path) else { continue };
        posts += 1;
        let id = name.strip_suffix(".md").unwrap_or(&name);
        let dated = ["_posts/2014-12-08-", &name].concat();
        let path = names.get(id).map_or(&dated, |(_, path)| path);
        let others = names.get(id).and_then(|(blog, _)| tags.get(blog.as_str()));
        let others = others.into_iter().flatten().filter(|(other, _)| other != id);
        let known_tags: Vec<String> = others.map(|(_, tag)| tag.clone()).collect();
        let mut renderer = Renderer::new(&RenderOptions::default(), Engines::all());
        let checks = Some(CheckOptions { known_tags: &known_tags, off: &[] });
        let rendered = renderer.render(&Request { file_name: Some(path), text: &text, now: 0, checks });
        let mut here = BTreeSet::new();
        let is_of_checks = |code: &str| CHECKS.iter().any(|check| check.code == code);
        for found in rendered.diagnostics.into_iter().filter(|found| is_of_checks(&found.code)) {
            let count = counts.entry(found.code.to_string()).or_default();
            count.0 += 1;
            count.1 += usize::from(here.insert(found.code.to_string()));
            count.2 += usize::from(found.fix.is_some());
            if code.as_deref() == Some(&*found.code) {
                let start = text[..found.span.start].rfind('\n').map_or(0, |at| at + 1);
                let end = text[found.span.end..].find('\n').map_or(text.len(), |at| found.span.end + at);
                let line: String = text[start..end].chars().take(200).collect();
                let part: String = found.span.of(&text).chars().take(80).collect();
                let fix = found.fix.map(|fix| fix.edit.text.chars().take(80).collect::<String>());
                shown.push(format!("{name} {part:?}\n    {line:?}\n    {} {fix:?}", found.message));
            }
        }
    }
    if code.is_some() {
        // Spread over all posts.
        let step = (shown.len() / samples.max(1)).max(1);
        shown.iter().step_by(step).take(samples).for_each(|sample| println!("{sample}"));
        return Ok(());
    }
    println!("{posts} posts");
    println!("{:22} {:>8} {:>8} {:>8}", "check", "diagnostics", "posts", "fixes");
    for check in CHECKS {
        let (all, some, fixes) = counts.get(check.code).copied().unwrap_or_default();
        println!("{:22} {all:8} {some:8} {fixes:8}", check.code);
    }
    Ok(())
}
