//! What is wrong with a site, on standard error. In: a site, its rendering. Out: lines with the paths of files and lines.
//! Neighbours: `build.rs`, `build_threads.rs` and `render.rs` tell it.

use super::CommandOutput;
use super::site_request::SiteOnDisk;
use crate::site::model::Site;
use crate::site::rendering::SiteRendering;
use crate::text::{Diagnostic, LineIndex, Severity};

/// What is told of a site at which Jekyll stops while it reads.
pub(super) fn stopped(site: &Site) -> Option<CommandOutput> {
    let stop = site.stops.as_ref()?;
    let notes = ["error: ", &stop.path, ": ", &stop.message, "\n"].concat();
    Some(CommandOutput { notes, diagnosed: true, ..CommandOutput::default() })
}

/// What is wrong with the pages that were rendered, in the order of the files.
pub(super) fn problems(rendering: &SiteRendering) -> Vec<(String, Diagnostic)> {
    let found = rendering.problems().into_iter();
    let mut found: Vec<_> = found.map(|(path, diagnostic)| (path.to_string(), diagnostic)).collect();
    sort(&mut found);
    found
}

/// Sorts problems by the paths of their files and by their places there.
pub(super) fn sort(problems: &mut [(String, Diagnostic)]) {
    let key =
        |(path, diagnostic): &(String, Diagnostic)| (path.clone(), diagnostic.span.start, diagnostic.message.clone());
    problems.sort_by_cached_key(key);
}

/// Tells diagnostics on standard error, with the paths of files of the site and lines.
pub(super) fn tell(output: &mut CommandOutput, disk: &SiteOnDisk, diagnostics: &[(String, Diagnostic)]) {
    for (path, diagnostic) in diagnostics {
        output.diagnosed |= diagnostic.severity == Severity::Error;
        let text = disk.text(path);
        let line = LineIndex::new(&text).line_at(diagnostic.span.start) + 1;
        let parts = [path, ":", &line.to_string(), ": ", diagnostic.severity.name(), ": ", &diagnostic.message, "\n"];
        output.notes.push_str(&parts.concat());
    }
}
