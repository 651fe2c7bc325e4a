//! Which diagnostics a site wants to have reported. In: an `apercu.toml`, the key `apercu` of the site's settings. Out:
//! a `Policy`, or what is wrong with it. Neighbours: `sites.rs` finds the files, `check.rs` applies it.

use std::path::Path;

use serde_yaml::{Mapping, Value};

use super::post_file::{read, shown};
use super::{Arguments, Failure};
use crate::checks::CHECKS;
use crate::post::yaml;
use crate::text::{Diagnostic, Severity};

/// The file that holds it, in the site's folder or one above.
pub(super) const FILE: &str = "apercu.toml";

/// The beginnings of all codes that are not of checks: of what cannot be read, and of what stops the build.
const FAMILIES: [&str; 13] = [
    "categories-",
    "code-",
    "config-",
    "date-",
    "front-matter-",
    "liquid-",
    "permalink-",
    "post-",
    "preview-",
    "published-",
    "site-",
    "tags-",
    "yaml-",
];

/// Whether that can be the code of a diagnostic. A misspelled code would switch nothing off, so it is an error.
pub(super) fn is_code(code: &str) -> bool {
    CHECKS.iter().any(|check| check.code == code) || FAMILIES.iter().any(|family| code.starts_with(family))
}

/// Which diagnostics are reported, and which of them count.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Policy {
    /// Codes that are not reported.
    disabled: Vec<String>,
    /// The least severity that counts for the exit code; without one, a warning.
    severity: Option<Severity>,
}

impl Policy {
    /// Reads the file, if there is one, over the settings of the site in the order they hold.
    pub(super) fn read<'c>(
        file: Option<&Path>,
        configs: impl Iterator<Item = (&'c Path, &'c String)>,
    ) -> Result<Self, Failure> {
        let mut policy = Self::default();
        for (path, text) in configs {
            let Value::Mapping(settings) = yaml::read(text, 0).value else { continue };
            if let Some(own) = settings.get("apercu") {
                let own = own.as_mapping().ok_or_else(|| wrong(path, "`apercu` must be a section"))?;
                policy.take(path, own)?;
            }
        }
        if let Some(path) = file {
            let Value::Mapping(own) = toml(path, &read(path)?)? else { return Ok(policy) };
            policy.take(path, &own)?;
        }
        Ok(policy)
    }

    fn take(&mut self, path: &Path, own: &Mapping) -> Result<(), Failure> {
        for (key, value) in own {
            match (key.as_str(), value) {
                (Some("disable"), Value::Sequence(codes)) => {
                    let codes = codes.iter().map(Value::as_str).collect::<Option<Vec<_>>>();
                    let codes = codes.ok_or_else(|| wrong(path, "`disable` must be a list of codes"))?;
                    if let Some(code) = codes.iter().find(|code| !is_code(code)) {
                        return Err(wrong(path, &["no diagnostic has the code ", code].concat()));
                    }
                    self.disabled.extend(codes.into_iter().map(str::to_owned));
                }
                (Some("severity"), Value::String(word)) => {
                    let severity = Severity::of(word);
                    self.severity = Some(severity.ok_or_else(|| wrong(path, "`severity` is note, warning or error"))?);
                }
                (Some("disable"), _) => return Err(wrong(path, "`disable` must be a list of codes")),
                (Some("severity"), _) => return Err(wrong(path, "`severity` is note, warning or error")),
                _ => return Err(wrong(path, "Aperçu knows the keys `disable` and `severity` only")),
            }
        }
        Ok(())
    }

    /// Whether a diagnostic is reported.
    pub(super) fn reports(&self, arguments: &Arguments, diagnostic: &Diagnostic) -> bool {
        ![&self.disabled, &arguments.disabled].into_iter().flatten().any(|code| *code == diagnostic.code)
    }

    /// Whether a diagnostic counts for the exit code.
    pub(super) fn counts(&self, arguments: &Arguments, diagnostic: &Diagnostic) -> bool {
        diagnostic.severity >= arguments.severity.or(self.severity).unwrap_or(Severity::Warning)
    }
}

/// A TOML text as a YAML text of the same values.
pub(super) fn toml_as_yaml(path: &Path, text: &str) -> Result<String, Failure> {
    serde_yaml::to_string(&toml(path, text)?).map_err(|error| wrong(path, &error.to_string()))
}

fn toml(path: &Path, text: &str) -> Result<Value, Failure> {
    toml::from_str(text).map_err(|error| wrong(path, error.message()))
}

fn wrong(path: &Path, reason: &str) -> Failure {
    Failure([&*shown(path), ": ", reason].concat())
}
