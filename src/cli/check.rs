//! `apercu check`: what is wrong in posts and in the settings of their sites. In: files. Out: lines, JSON, a SARIF log,
//! or commands for GitHub Actions; fixed files or their differences. Neighbours: `render/` gives the diagnostics,
//! `report.rs` writes them, `fix.rs` makes the fixes.

use super::post_file::{self, File};
use super::report::Report;
use super::{Arguments, CommandOutput, Sites, fix};
use crate::text::Diagnostic;

/// Checks every file. A file that cannot be read does not stop the others from being checked.
pub(super) fn run(arguments: &Arguments) -> CommandOutput {
    let now = post_file::now(arguments);
    let mut sites = Sites::default();
    let found = post_file::open_all(arguments, &mut sites);
    let mut report = Report::new(arguments);
    let mut output = CommandOutput { failures: found.failures, ..CommandOutput::default() };
    for (policy, path, text, diagnostics) in sites.diagnostics() {
        report.add(policy, &path, text, diagnostics);
    }
    for mut file in found.files {
        if arguments.fix || arguments.diff {
            let fixed = fix::fixed(&file, |file| reported(arguments, &sites, file, now));
            if arguments.diff {
                output.text.push_str(&fix::diff(&file.shown, &file.text, &fixed));
            } else if let Some(target) = file.target.clone().filter(|_| fixed != file.text) {
                match std::fs::write(&target, &fixed) {
                    Ok(()) => file.text = fixed,
                    Err(error) => output.failures.push(post_file::failure(&target, &error)),
                }
            }
        }
        report.add(&sites.of(&file.place).policy, &file.shown, &file.text, &reported(arguments, &sites, &file, now));
    }
    report.passed_over = found.passed_over;
    output.diagnosed = report.counted;
    let (text, notes) = report.finish();
    // With `--diff` nothing but the difference is printed.
    if !arguments.diff {
        output.text = text;
    }
    output.notes = [sites.notes(), notes].concat();
    output
}

/// The diagnostics of a file that are reported.
fn reported(arguments: &Arguments, sites: &Sites, file: &File, now: i64) -> Vec<Diagnostic> {
    let site = sites.of(&file.place);
    let mut renderer = sites.renderer(&file.place);
    let rendered = renderer.render(&file.request(now));
    let mut diagnostics = rendered.diagnostics;
    diagnostics.retain(|diagnostic| site.policy.reports(arguments, diagnostic));
    diagnostics
}
