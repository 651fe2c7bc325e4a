//! How much of what Jekyll publishes the preview's HTML is, on a folder of posts.
//!
//! `fidelity DIR [--out DIR] [--whole] [--examples N]`: every `ID.md` of DIR (`--whole`: without looking for front matter)
//! is rendered and compared with `ID.html`. Other Liquid than the tag `highlight` mostly asks for what one post cannot know:
//! then the text after Liquid, `ID.body.md`, is rendered.
//! `fidelity --site ARCHIVE…`: whole sites are built and compared file by file with what Jekyll wrote; see `sites.rs`.
//! `fidelity --stream`: a text and the HTML expected of it, each ended by a NUL byte, from standard input, again and
//! again; answers `same`, `layout` (white space only) or `differs`, each on a line.

#[path = "../../tests/support/dom.rs"]
mod dom;
mod levels;
mod sites;

use std::collections::BTreeMap;
use std::io::{BufRead, Write};
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::time::{Duration, Instant};

use apercu::cli;
use apercu::code::Highlighting;
use apercu::liquid::{AroundChips, chip};
use apercu::render::{Engines, RenderOptions, Renderer, Request};
use levels::Levels;

/// 2026-11-24T02:28:00Z: when the pages of the shared posts were made.
const NOW: i64 = 1_795_487_280;

/// A renderer of posts, or of bodies alone after Liquid.
fn renderer(body_only: bool, highlighting: &Highlighting) -> Renderer {
    let engines = if body_only { Engines::default() } else { Engines::all() };
    let highlighting = highlighting.clone();
    Renderer::new(&RenderOptions { body_only, highlighting, ..RenderOptions::default() }, engines)
}

/// The highlighter of the command line; all code is plain where there were no tables when it was built.
fn highlighting() -> Highlighting {
    Highlighting::with(Rc::new(AroundChips(cli::languages())))
}

fn request<'t>(text: &'t str, file_name: Option<&'t str>) -> Request<'t> {
    Request { file_name, text, now: NOW, checks: None }
}

/// The paths of the posts in their blogs, by id.
fn file_names(folder: &Path) -> BTreeMap<String, String> {
    let manifest = std::fs::read_to_string(folder.join("manifest.tsv")).unwrap_or_default();
    let row = |line: &str| {
        let mut cells = line.split('\t');
        Some((cells.next()?.to_owned(), cells.nth(1)?.to_owned()))
    };
    manifest.lines().filter_map(row).collect()
}

/// The HTML of a post: of its text as it is written, or after Liquid.
fn published(
    path: &Path,
    id: &str,
    file_name: Option<&str>,
    whole: bool,
    highlighting: &Highlighting,
) -> std::io::Result<String> {
    let text = std::fs::read_to_string(path)?;
    let after_liquid = path.with_file_name(format!("{id}.body.md"));
    if after_liquid.exists() {
        let body = std::fs::read_to_string(after_liquid)?;
        let mut known = renderer(false, highlighting);
        let has_all = !chip::any(&known.render(&request(&text, file_name)).body);
        if !has_all || !text.contains("endhighlight") || !is_made_of(&body, &text) {
            return Ok(renderer(true, highlighting).render(&request(&body, None)).converted());
        }
    }
    Ok(renderer(whole, highlighting).render(&request(&text, file_name)).converted())
}

/// Whether a body was made of that text: two translations of one shared post have the same id.
fn is_made_of(body: &str, text: &str) -> bool {
    let is_prose = |line: &&str| line.len() > 20 && !line.contains(['<', '&']);
    body.lines().find(is_prose).is_none_or(|line| text.contains(line))
}

struct Arguments {
    folder: PathBuf,
    out: Option<PathBuf>,
    whole: bool,
    examples: usize,
}

fn arguments() -> Option<Arguments> {
    let mut found = Arguments { folder: PathBuf::new(), out: None, whole: false, examples: 0 };
    let mut args = std::env::args().skip(1);
    while let Some(arg) = args.next() {
        match arg.as_str() {
            "--out" => found.out = Some(args.next()?.into()),
            "--examples" => found.examples = args.next()?.parse().ok()?,
            "--whole" => found.whole = true,
            _ => found.folder = arg.into(),
        }
    }
    (!found.folder.as_os_str().is_empty()).then_some(found)
}

fn main() -> std::io::Result<()> {
    if std::env::args().nth(1).as_deref() == Some("--stream") {
        return stream();
    }
    if std::env::args().nth(1).as_deref() == Some("--site") {
        return sites::compare(std::env::args().skip(2));
    }
    let Some(arguments) = arguments() else {
        eprintln!("usage: fidelity DIR [--out DIR] [--whole] [--examples N] | --site ARCHIVE… | --stream");
        std::process::exit(2);
    };
    let mut times: Vec<(Duration, String)> = Vec::new();
    let mut bytes = 0;
    let mut counts = [0usize; 5];
    let mut compared = 0;
    let mut kinds: BTreeMap<String, Vec<String>> = BTreeMap::new();
    if let Some(out) = &arguments.out {
        std::fs::create_dir_all(out)?;
    }
    let mut paths: Vec<PathBuf> =
        std::fs::read_dir(&arguments.folder)?.filter_map(|entry| entry.ok().map(|entry| entry.path())).collect();
    paths.sort();
    let (file_names, highlighting) = (file_names(&arguments.folder), highlighting());
    for path in paths {
        let Some(name) = path.file_name().and_then(|name| name.to_str()) else { continue };
        let Some(id) = name.strip_suffix(".md").filter(|id| !id.ends_with(".body")) else { continue };
        let start = Instant::now();
        let file_name = file_names.get(id).map(String::as_str);
        let html = published(&path, id, file_name, arguments.whole, &highlighting)?;
        times.push((start.elapsed(), id.to_owned()));
        bytes += std::fs::metadata(&path)?.len() as usize;
        if let Some(out) = &arguments.out {
            std::fs::write(out.join(format!("{id}.html")), &html)?;
        }
        let Ok(expected) = std::fs::read_to_string(path.with_file_name(format!("{id}.html"))) else { continue };
        let levels = Levels::of(&expected, &html);
        compared += 1;
        for (count, same) in counts.iter_mut().zip(levels.all()) {
            *count += usize::from(same);
        }
        if !levels.a {
            let mut line = id.to_owned();
            if kinds.values().map(Vec::len).sum::<usize>() < arguments.examples {
                line = format!("{line}\n{}", levels::excerpt(&expected, &html));
            }
            kinds.entry(levels::kind(&expected, &html)).or_default().push(line);
        }
    }
    report(&arguments, compared, counts, &kinds, bytes, times);
    Ok(())
}

fn report(
    arguments: &Arguments,
    compared: usize,
    counts: [usize; 5],
    kinds: &BTreeMap<String, Vec<String>>,
    bytes: usize,
    mut times: Vec<(Duration, String)>,
) {
    println!("{compared} posts compared in {}", arguments.folder.display());
    let names = ["exact", "a", "a-", "b", "c"];
    for (name, count) in names.iter().zip(counts) {
        println!("  {name:<6} {:6.2} %  ({count})", 100.0 * count as f64 / compared.max(1) as f64);
    }
    let mut kinds: Vec<_> = kinds.iter().collect();
    kinds.sort_by_key(|(_, posts)| std::cmp::Reverse(posts.len()));
    for (kind, posts) in kinds.iter().take(20) {
        println!("  {:4} {kind}", posts.len());
        posts.iter().take(3).for_each(|post| println!("       {post}"));
    }
    let total: Duration = times.iter().map(|(time, _)| *time).sum();
    let speed = bytes as f64 / total.as_secs_f64().max(1e-9) / 1e6;
    println!("rendered {bytes} bytes in {total:?} ({speed:.1} MB/s); slowest:");
    times.sort_by(|a, b| b.cmp(a));
    for (time, id) in times.iter().take(5) {
        println!("  {time:?} {id}");
    }
}

/// Answers one pair after another.
fn stream() -> std::io::Result<()> {
    let mut input = std::io::stdin().lock();
    let mut output = std::io::stdout().lock();
    let mut next = || -> std::io::Result<Option<String>> {
        let mut bytes = Vec::new();
        input.read_until(0, &mut bytes)?;
        if bytes.pop() != Some(0) {
            return Ok(None);
        }
        Ok(Some(String::from_utf8_lossy(&bytes).into_owned()))
    };
    let highlighting = highlighting();
    while let (Some(text), Some(expected)) = (next()?, next()?) {
        let html = renderer(true, &highlighting).render(&request(&text, None)).converted();
        let levels = Levels::of(&expected, &html);
        let answer = match levels {
            Levels { exact: true, .. } => "same",
            Levels { a_minus: true, .. } => "layout",
            _ => "differs",
        };
        writeln!(output, "{answer}")?;
        output.flush()?;
    }
    Ok(())
}
