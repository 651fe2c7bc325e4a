//! Renders the posts of a folder natively. (The comparison follows.)
use std::path::{Path, PathBuf};
use std::time::Instant;

use apercu::markdown::{Dialect, Options, render_html};

/// The body of a post: what follows its front matter.
fn body(text: &str) -> &str {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    text.get(front_matter_end(text)..).unwrap_or("")
}

/// Where the front matter ends, by the rule of Ruby's `\A(---\s*\n.*?\n?)^((---|\.\.\.)\s*$\n?)`.
fn front_matter_end(text: &str) -> usize {
    let is_space = |c: char| matches!(c, ' ' | '\t' | '\n' | '\x0b' | '\x0c' | '\r');
    let Some(rest) = text.strip_prefix("---") else { return 0 };
    // White space that holds at least one line break follows the dashes.
    let blank = rest.len() - rest.trim_start_matches(is_space).len();
    let Some(first) = rest.get(..blank).and_then(|space| space.find('\n')) else { return 0 };
    let mut line = 3 + first + 1;
    while line <= text.len() {
        let tail = text.get(line..).unwrap_or("");
        if tail.starts_with("---") || tail.starts_with("...") {
            let after = tail.get(3..).unwrap_or("");
            let blank = after.len() - after.trim_start_matches(is_space).len();
            let space = after.get(..blank).unwrap_or("");
            // `\s*$\n?`: as far as white space goes, back to where a line ends.
            let end = if blank == after.len() { Some(blank) } else { space.rfind('\n').map(|at| at + 1) };
            if let Some(end) = end {
                return line + 3 + end;
            }
        }
        match tail.find('\n') {
            Some(at) => line += at + 1,
            None => break,
        }
    }
    0
}

fn main() -> std::io::Result<()> {
    let mut args = std::env::args().skip(1);
    let mut folder = None;
    let mut out: Option<PathBuf> = None;
    while let Some(arg) = args.next() {
        match arg.as_str() {
            "--out" => out = args.next().map(PathBuf::from),
            _ => folder = Some(PathBuf::from(arg)),
        }
    }
    let folder = folder.unwrap_or_else(|| Path::new(".").to_owned());
    let options = Options::of(Dialect::Jekyll);
    let mut slow = Vec::new();
    let mut bytes = 0;
    let all = Instant::now();
    for entry in std::fs::read_dir(&folder)? {
        let path = entry?.path();
        let Some(name) = path.file_name().and_then(|name| name.to_str()) else { continue };
        let Some(id) = name.strip_suffix(".md").filter(|id| !id.ends_with(".body")) else { continue };
        let after_liquid = folder.join(format!("{id}.body.md"));
        let html;
        let start = Instant::now();
        if after_liquid.exists() {
            let text = std::fs::read_to_string(&after_liquid)?;
            bytes += text.len();
            html = render_html(text.strip_prefix('\u{feff}').unwrap_or(&text), &options);
        } else {
            let text = std::fs::read_to_string(&path)?;
            bytes += text.len();
            html = render_html(body(&text), &options);
        }
        slow.push((start.elapsed(), id.to_owned()));
        if let Some(out) = &out {
            std::fs::create_dir_all(out)?;
            std::fs::write(out.join(format!("{id}.html")), html)?;
        }
    }
    slow.sort_by(|a, b| b.cmp(a));
    println!("{} posts, {} bytes, {:?}", slow.len(), bytes, all.elapsed());
    for (time, id) in slow.iter().take(5) {
        println!("  {time:?} {id}");
    }
    Ok(())
}
