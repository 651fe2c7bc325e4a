//! Which Jekyll builds a site, and what Jekyll 3.10 does otherwise than Jekyll 4.3. In: a site's `Gemfile` and
//! `Gemfile.lock`. Out: a version, and what it knows. Neighbours: `site.rs` keeps the version with the settings; whoever
//! follows a rule of Jekyll's that has changed asks here; `github_pages.rs` has the settings of GitHub Pages,
//! `version_differences.rs` says in words what all this means for one site.
//!
//! The rules are those of Jekyll's source of 3.8, from which 3.9 and 3.10 differ in their dependencies alone, against
//! that of 4.3.1; the numbers are those of the pull requests at jekyll/jekyll that changed them.

/// Which Jekyll builds a site.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum JekyllVersion {
    /// Jekyll 4.3.
    #[default]
    Four,
    /// Jekyll 3.10.
    Three,
    /// GitHub Pages: Jekyll 3.10, with settings of its own.
    GitHubPages,
}

impl JekyllVersion {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Four, Self::Three, Self::GitHubPages];

    /// What the command line calls it.
    pub fn code(self) -> &'static str {
        match self {
            Self::Four => "4",
            Self::Three => "3",
            Self::GitHubPages => "github-pages",
        }
    }

    /// The version that the command line calls so.
    pub fn of_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|version| version.code() == code)
    }

    /// What a person calls it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Four => "Jekyll 4.3",
            Self::Three => "Jekyll 3.10",
            Self::GitHubPages => "GitHub Pages (Jekyll 3.10)",
        }
    }

    /// `jekyll.version`
    pub fn number(self) -> &'static str {
        if self.is_three() { "3.10.0" } else { "4.3.1" }
    }

    /// Whether it is Jekyll 3.
    pub fn is_three(self) -> bool {
        self != Self::Four
    }

    /// Whether `link` and `post_url` write the site's `baseurl` before the path (#6727, #7589).
    pub fn links_below_base(self) -> bool {
        !self.is_three()
    }

    /// Whether the folders of gems and of caches are left out whatever `exclude` says. In Jekyll 3, `exclude` replaces
    /// them (configuration.rb, `DEFAULTS`; docs/_docs/upgrading/3-to-4.md).
    pub fn keeps_excluding(self) -> bool {
        !self.is_three()
    }

    /// Whether `render_with_liquid: false` in a front matter counts (#6824). In Jekyll 3, Liquid runs over every text.
    pub fn can_go_without_liquid(self) -> bool {
        !self.is_three()
    }

    /// Whether a collection may set the order of its documents by `sort_by` and `order` (#7427).
    pub fn sorts_collections(self) -> bool {
        !self.is_three()
    }

    /// Whether the files without front matter of a collection are written although its documents are not
    /// (static_file.rb, `write?`; docs/_docs/upgrading/3-to-4.md).
    pub fn writes_files_of_hidden_collections(self) -> bool {
        self.is_three()
    }

    /// Whether `site.static_files` has the files of collections (#8961).
    pub fn lists_files_of_collections(self) -> bool {
        !self.is_three()
    }

    /// Whether the settings (#7304) and the data (#8815) of a theme are read.
    pub fn reads_settings_of_themes(self) -> bool {
        !self.is_three()
    }

    /// Whether templates see the variable `theme` (#9129).
    pub fn shows_theme(self) -> bool {
        !self.is_three()
    }

    /// Whether pages may have excerpts (`page_excerpts`, 4.1).
    pub fn has_page_excerpts(self) -> bool {
        !self.is_three()
    }

    /// Whether documents have a `name` of their own (#8761).
    pub fn names_documents(self) -> bool {
        !self.is_three()
    }

    /// How many arguments a filter takes, at least and at most, for one that takes `arity` in Jekyll 4; `None` for one
    /// that there is not: `find`, `find_exp` and the modes of `number_of_words` are of 4.1.
    pub fn arity(self, filter: &str, arity: Option<(usize, usize)>) -> Option<(usize, usize)> {
        match filter {
            "find" | "find_exp" if self.is_three() => None,
            "number_of_words" if self.is_three() => Some((0, 0)),
            _ => arity,
        }
    }
}

/// Which Jekyll seems to build a site.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct VersionGuess {
    /// The version.
    pub version: JekyllVersion,
    /// What it was taken from, in words; `None` where nothing says it and Jekyll 4 is assumed. A folder without a
    /// `Gemfile`, or with a `CNAME`, proves nothing: other builders write such folders, too.
    pub reason: Option<String>,
}

/// Which Jekyll a site is read as.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct VersionChoice {
    /// What a person chose for it.
    pub chosen: Option<JekyllVersion>,
    /// What its files say; `None` where there are no files to ask.
    pub guess: Option<VersionGuess>,
}

impl VersionChoice {
    /// The version that was chosen, or else guessed.
    pub fn version(&self) -> JekyllVersion {
        self.chosen.or(self.guess.as_ref().map(|guess| guess.version)).unwrap_or_default()
    }
}

/// What a site's `Gemfile.lock`, or else its `Gemfile`, says of it.
pub fn guess(gemfile: Option<&str>, lock: Option<&str>) -> VersionGuess {
    of_lock(lock.unwrap_or("")).or_else(|| of_gemfile(gemfile.unwrap_or(""))).unwrap_or_default()
}

/// The same for a site whose files `read` gives by their names.
pub fn guess_of(read: impl Fn(&str) -> Option<String>) -> VersionGuess {
    guess(read("Gemfile").as_deref(), read("Gemfile.lock").as_deref())
}

/// The versions that were resolved: four spaces, a name, the version in parentheses.
fn of_lock(lock: &str) -> Option<VersionGuess> {
    let resolved = |gem: &str| {
        lock.lines().find_map(|line| {
            let version = line.strip_prefix("    ")?.strip_prefix(gem)?.strip_prefix(" (")?;
            version.split(')').next()
        })
    };
    let said = |gem: &str, version: &str| Some(["Gemfile.lock names ", gem, " ", version].concat());
    if let Some(version) = resolved("github-pages") {
        return Some(VersionGuess { version: JekyllVersion::GitHubPages, reason: said("github-pages", version) });
    }
    let version = resolved("jekyll")?;
    let is_three = version.split('.').next().and_then(|major| major.parse::<u32>().ok()).is_some_and(|major| major < 4);
    let found = if is_three { JekyllVersion::Three } else { JekyllVersion::Four };
    Some(VersionGuess { version: found, reason: said("jekyll", version) })
}

/// The lines `gem "name", "requirement"`; comments do not count.
fn of_gemfile(gemfile: &str) -> Option<VersionGuess> {
    let gems = gemfile.lines().filter_map(|line| {
        let rest = line.trim_start().strip_prefix("gem")?.trim_start_matches([' ', '(']);
        let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        let (name, rest) = rest.get(1..)?.split_once(quote)?;
        Some((name, rest))
    });
    let mut found = None;
    for (name, rest) in gems {
        if name == "github-pages" {
            let reason = Some("Gemfile names github-pages".to_owned());
            return Some(VersionGuess { version: JekyllVersion::GitHubPages, reason });
        }
        let requirement = rest.split(['"', '\'']).nth(1).filter(|_| name == "jekyll");
        if let Some(requirement) = requirement {
            found = of_requirement(requirement).map(|version| VersionGuess {
                version,
                reason: Some(["Gemfile asks for jekyll ", requirement].concat()),
            });
        }
    }
    found
}

/// The version that a requirement holds fast, such as `~> 3.9` or `4.3.2`; one that is open above says nothing.
fn of_requirement(requirement: &str) -> Option<JekyllVersion> {
    let (operator, number) = requirement.split_at(requirement.find(|c: char| c.is_ascii_digit())?);
    let major: u32 = number.split('.').next()?.trim().parse().ok()?;
    match (operator.trim(), major) {
        ("" | "=" | "~>" | "<=", ..4) | ("<", ..=4) => Some(JekyllVersion::Three),
        ("" | "=" | "~>" | ">=" | ">", 4..) => Some(JekyllVersion::Four),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lock_is_believed_before_the_gemfile() {
        let lock = |gem: &str| ["GEM\n  specs:\n", gem, "      jekyll (= 3.9.0)\n    jekyll (4.3.2)\n"].concat();
        let of = |gemfile: &str, lock: &str| {
            let found = guess(Some(gemfile), Some(lock));
            (found.version, found.reason.unwrap_or_default())
        };
        let reason = |text: &str| text.to_owned();
        assert_eq!(
            of("gem 'jekyll', '~> 3.9'", &lock("    github-pages (232)\n")),
            (JekyllVersion::GitHubPages, reason("Gemfile.lock names github-pages 232"))
        );
        assert_eq!(
            of("gem 'github-pages'", &lock("")),
            (JekyllVersion::Four, reason("Gemfile.lock names jekyll 4.3.2"))
        );
        assert_eq!(of("", "    jekyll (3.8.7)\n").0, JekyllVersion::Three);
    }

    #[test]
    fn a_gemfile_says_what_it_holds_fast() {
        let of = |gemfile: &str| {
            let found = guess(Some(gemfile), None);
            (found.version, found.reason.is_some())
        };
        assert_eq!(
            of("# gem 'jekyll', '~> 4.0'\n  gem(\"github-pages\", group: :x)"),
            (JekyllVersion::GitHubPages, true)
        );
        assert_eq!(of("gem 'jekyll', \"~>3.7.4\"\ngem 'minima'"), (JekyllVersion::Three, true));
        assert_eq!(of("gem 'jekyll', '< 4'"), (JekyllVersion::Three, true));
        assert_eq!(of("gem 'jekyll', '>= 4.1', '< 5'"), (JekyllVersion::Four, true));
        // Nothing is proved by these.
        for open in ["", "gem 'jekyll'", "gem 'jekyll', '>= 3.8'", "# gem 'github-pages'", "gem 'jekyll-feed', '3.0'"] {
            assert_eq!(of(open), (JekyllVersion::Four, false), "{open}");
        }
        assert_eq!(guess(None, None), VersionGuess::default());
    }
}
