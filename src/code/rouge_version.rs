//! Whether a site's Rouge gives code other classes than these. In: the text of a `Gemfile.lock`. Out: a diagnostic in its
//! bytes. Neighbours: the command line reads the file with a site's settings.
//!
//! The tables are those of Rouge 3.30.0. Of a hundred real posts with code, two look different with 4.0, and 35 with 4.1
//! and later ones, which know functions and classes in JavaScript and Python.

use crate::text::{Diagnostic, Severity, Span};

/// That the `Gemfile.lock` of a site names Rouge 4 or a later one.
pub fn of_later_rouge(lock: &str) -> Option<Diagnostic> {
    let mut start = 0;
    for line in lock.split_inclusive('\n') {
        if let Some(version) = gem_version(line, "rouge")
            && version.split('.').next().and_then(|major| major.parse().ok()).is_some_and(|major: u32| major >= 4)
        {
            let span = Span::new(start, start + line.trim_end().len());
            let message = [
                "This site is built with Rouge ",
                version,
                ", and code is shown here in the classes of Rouge 3.30.0, as on GitHub Pages: some of them differ.",
            ];
            return Some(Diagnostic::new("config-rouge", Severity::Note, span, message.concat()));
        }
        start += line.len();
    }
    None
}

/// The version of a gem in its own line of a `Gemfile.lock`: four spaces, name, version and platform (bundler's
/// lockfile_parser.rb). What other gems require of it stands further to the right.
pub fn gem_version<'l>(line: &'l str, gem: &str) -> Option<&'l str> {
    let version = line.trim_end().strip_prefix("    ")?.strip_prefix(gem)?.strip_prefix(" (")?.strip_suffix(')')?;
    version.split('-').next()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_later_rouge_is_told_where_the_lock_names_it() {
        let lock = |line: &str| {
            let head =
                "GEM\n  remote: https://rubygems.org/\n  specs:\n    jekyll (4.3.4)\n      rouge (>= 3.0, < 5.0)\n";
            [head, line, "\nDEPENDENCIES\n  rouge (= 5.0)\n"].concat()
        };
        for (line, told) in [
            ("    rouge (4.5.2)", true),
            ("    rouge (5.1.0-java)\r", true),
            ("    rouge (10.0)", true),
            ("    rouge (3.30.0)", false),
            ("      rouge (4.0.0)", false),
            ("    rouge-extra (4.0.0)", false),
            ("    rouge (>= 4)", false),
            ("    rouge", false),
        ] {
            let lock = lock(line);
            let found = of_later_rouge(&lock);
            assert_eq!(found.is_some(), told, "{line}");
            if let Some(diagnostic) = found {
                assert_eq!(diagnostic.span.of(&lock), line.trim_end());
            }
        }
        assert_eq!(of_later_rouge(""), None);
    }
}
