//! `apercu doctor`: what of a site will not work here. In: a folder. Out: diagnostics as `check` prints them. Neighbours:
//! `site/doctor.rs` finds them, `site_request.rs` opens the site, `report.rs` writes.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::policy::{self, Policy};
use super::post_file::shown;
use super::report::Report;
use super::site_request::SiteRequest;
use super::{Arguments, CommandOutput, Failure};
use crate::text::{Diagnostic, Severity, Span};

/// Jekyll stops while it reads the site.
const STOPS: &str = "site-stops";

/// Examines the site in the folder that `arguments` name; without one, in the working directory.
pub(super) fn run(arguments: &Arguments) -> Result<CommandOutput, Failure> {
    let folder = arguments.files.first().map_or(Path::new("."), PathBuf::as_path);
    let request = SiteRequest::new(arguments, folder)?;
    let disk = request.open()?;
    let site = request.read(&disk);
    let stops = site.stops.clone();
    let rendering = request.rendering(&disk, site);
    let mut found: BTreeMap<String, Vec<Diagnostic>> = BTreeMap::new();
    let (config, text) = request.configs().next().unwrap_or_default();
    for (path, diagnostic) in rendering.examine((config, text)) {
        found.entry(path).or_default().push(diagnostic);
    }
    for (path, message) in disk.source.left_out() {
        let diagnostic = Diagnostic::new("site-file-left-out", Severity::Warning, Span::at(0), message);
        found.entry(path).or_default().push(diagnostic);
    }
    if let Some(stop) = stops {
        let known = found.entry(stop.path).or_default();
        // What a diagnostic says already is not said twice.
        if !known.iter().any(|diagnostic| diagnostic.message == stop.message) {
            let message = ["Jekyll stops here: ", &*stop.message].concat();
            known.insert(0, Diagnostic::new(STOPS, Severity::Error, Span::at(0), message));
        }
    }
    let own = disk.source.root().ancestors().map(|above| above.join(policy::FILE)).find(|path| path.is_file());
    let texts: Vec<(PathBuf, String)> = request.configs().map(|(path, text)| (path.into(), text.to_owned())).collect();
    let policy = Policy::read(own.as_deref(), texts.iter().map(|(path, text)| (&**path, text)))?;
    let mut report = Report::new(arguments);
    for (path, diagnostics) in &found {
        let text = match texts.iter().find(|(config, _)| config.as_path() == Path::new(path)) {
            Some((_, text)) => text.clone(),
            None => disk.text(path),
        };
        let place = if path.is_empty() { folder.to_owned() } else { folder.join(path) };
        report.add(&policy, &shown(&place), &text, diagnostics);
    }
    let mut output = CommandOutput { diagnosed: report.counted, ..CommandOutput::default() };
    (output.text, output.notes) = report.finish();
    Ok(output)
}
