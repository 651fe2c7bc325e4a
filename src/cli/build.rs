//! `apercu build`: a whole site, as `jekyll build` writes it. In: a folder, and where to write. Out: files, and what is
//! wrong. Neighbours: `site_request.rs` opens the site, `destination.rs` is where it is written to.

use std::path::{Path, PathBuf};

use super::destination::OutputFolder;
use super::site_problems::{stopped, tell};
use super::site_request::SiteRequest;
use super::{Arguments, CommandOutput, Failure, build_threads, post_file};
use crate::post::{jekyll_version, version_differences};
use crate::site::source::SiteSource;
use crate::text::Severity;

/// Builds the site in the folder that `arguments` name; without one, in the working directory.
pub(super) fn run(arguments: &Arguments) -> Result<CommandOutput, Failure> {
    let folder = arguments.files.first().map_or(Path::new("."), PathBuf::as_path);
    let request = SiteRequest::new(arguments, folder)?;
    let disk = request.open()?;
    let site = request.read(&disk);
    if let Some(stopped) = stopped(&site) {
        return Ok(stopped);
    }
    let failed = |message: &str| Failure([&request.destination().to_string_lossy(), ": ", message].concat());
    let destination =
        OutputFolder::open(request.destination()).map_err(|error| post_file::failure(request.destination(), &error))?;
    if disk.source.root().starts_with(destination.root()) {
        return Err(failed("the site itself lies here, and cannot be written to its own folder"));
    }
    let mut output = CommandOutput::default();
    let rendering = request.rendering(&disk, site);
    let plan = rendering.plan();
    destination.clean(&plan.iter().map(|file| file.path.trim_start_matches('/').to_owned()).collect());
    let build = build_threads::SiteBuild { request: &request, destination: &destination, plan: &plan };
    let written = build.run(&disk, &rendering, arguments.jobs);
    for (path, message) in written.failures {
        let path = destination.root().join(path.trim_start_matches('/'));
        output.failures.push(Failure([&path.to_string_lossy(), ": ", &*message].concat()));
    }
    let configs: Vec<&str> = request.configs().map(|(_, text)| text).collect();
    output.notes.push_str(&version_note(&*disk.source, arguments, &configs));
    // What keeps Jekyll from reading a file as it is meant.
    let broken = rendering.site.diagnostics.iter().filter(|(_, diagnostic)| diagnostic.severity == Severity::Error);
    tell(&mut output, &disk, &broken.cloned().collect::<Vec<_>>());
    tell(&mut output, &disk, &written.problems);
    if let Err(message) = destination.finish() {
        output.failures.push(failed(&message));
    }
    Ok(output)
}

/// What is worth knowing of the Jekyll that the site was built as: whether its own files ask for another, where the
/// arguments do not.
fn version_note(source: &dyn SiteSource, arguments: &Arguments, configs: &[&str]) -> String {
    let version = arguments.version.unwrap_or_default();
    let guess =
        jekyll_version::guess_of(|name| source.read(name).map(|bytes| String::from_utf8_lossy(&bytes).into_owned()));
    let not_followed = version_differences::not_followed(configs, version);
    let not_followed: String = not_followed.map(|sentence| ["note: not followed: ", sentence, "\n"].concat()).collect();
    match guess.reason {
        Some(reason) if guess.version != version && arguments.version.is_none() => {
            let (built, asked) = (version.name(), guess.version.code());
            ["note: built as by ", built, "; ", &reason, ": --jekyll ", asked, " builds as that does\n", &not_followed]
                .concat()
        }
        _ => not_followed,
    }
}
