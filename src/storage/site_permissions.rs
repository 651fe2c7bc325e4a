//! `SitePermissions`: what a person has allowed the pages of each site to do. In: a stored string. Out: answers, and the
//! string again. Neighbours: `local/` keeps the string; the page in the browser asks, once for each site and host.

use std::collections::BTreeSet;

/// What the pages of one site may do.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SitePermission {
    /// The hosts that styles, pictures, fonts and scripts may come from.
    pub hosts: BTreeSet<String>,
    /// The hosts that were asked for, and are not allowed.
    pub refused: BTreeSet<String>,
    /// Whether the page runs its scripts.
    pub scripts: bool,
}

impl SitePermission {
    /// Whether the person has not answered for this host yet.
    pub fn is_unknown(&self, host: &str) -> bool {
        !self.hosts.contains(host) && !self.refused.contains(host)
    }

    /// Allows all hosts that were asked for, or none of them any more.
    pub fn answer(&mut self, allowed: bool) {
        let (from, to) = match allowed {
            true => (&mut self.refused, &mut self.hosts),
            false => (&mut self.hosts, &mut self.refused),
        };
        to.append(from);
    }
}

/// The permissions of all sites, by the names of their folders.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SitePermissions(Vec<(String, SitePermission)>);

impl SitePermissions {
    /// Those of the site in the folder of that name; nothing is allowed where there are none.
    pub fn of(&self, folder: &str) -> SitePermission {
        self.0.iter().find(|(name, _)| name == folder).map(|(_, found)| found.clone()).unwrap_or_default()
    }

    /// Keeps those of a site in place of its last ones; without anything in them they are forgotten.
    pub fn set(&mut self, folder: &str, permission: SitePermission) {
        self.0.retain(|(name, _)| name != folder);
        if permission != SitePermission::default() {
            self.0.push((folder.to_owned(), permission));
        }
    }

    /// One `name=value` for each line; what follows a line `folder` belongs to that folder.
    pub fn encode(&self) -> String {
        let mut lines = String::new();
        let mut line = |name: &str, value: &str| {
            // A name with a line end could pass for other lines: it is not kept.
            if !value.contains(['\n', '\r']) {
                for part in [name, "=", value, "\n"] {
                    lines.push_str(part);
                }
            }
        };
        for (folder, permission) in self.0.iter().filter(|(folder, _)| !folder.contains(['\n', '\r'])) {
            line("folder", folder);
            permission.hosts.iter().for_each(|host| line("host", host));
            permission.refused.iter().for_each(|host| line("refused", host));
            if permission.scripts {
                line("scripts", "on");
            }
        }
        lines
    }

    /// What `encode` wrote; what is unknown is not allowed.
    pub fn decode(text: &str) -> Self {
        let mut all = Self::default();
        for (name, value) in text.lines().filter_map(|line| line.split_once('=')) {
            if name == "folder" {
                all.0.push((value.to_owned(), SitePermission::default()));
            }
            let Some((_, permission)) = all.0.last_mut() else { continue };
            match (name, value) {
                ("host", host) => {
                    permission.hosts.insert(host.to_owned());
                }
                ("refused", host) => {
                    permission.refused.insert(host.to_owned());
                }
                ("scripts", "on") => permission.scripts = true,
                _ => {}
            }
        }
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hosts(names: &[&str]) -> BTreeSet<String> {
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    #[test]
    fn answers_come_back_for_their_site_alone() {
        let mut all = SitePermissions::default();
        let allowed = SitePermission { hosts: hosts(&["a.example", "b.example"]), scripts: true, ..Default::default() };
        all.set("blog", allowed.clone());
        all.set("a=b", SitePermission { refused: hosts(&["c.example"]), ..Default::default() });
        let again = SitePermissions::decode(&all.encode());
        assert_eq!(again, all);
        assert_eq!((again.of("blog"), again.of("other")), (allowed, SitePermission::default()));
        assert!(!again.of("a=b").is_unknown("c.example") && again.of("a=b").is_unknown("a.example"));
    }

    #[test]
    fn an_answer_holds_for_all_hosts_and_is_taken_back() {
        let mut permission = SitePermission { refused: hosts(&["a.example"]), ..Default::default() };
        permission.answer(true);
        assert_eq!((&permission.hosts, &permission.refused), (&hosts(&["a.example"]), &hosts(&[])));
        permission.answer(false);
        assert_eq!((&permission.hosts, &permission.refused), (&hosts(&[]), &hosts(&["a.example"])));
    }

    #[test]
    fn nothing_is_allowed_by_a_text_that_is_not_ours_or_by_a_forged_name() {
        for text in ["", "host=a", "scripts=on", "folder", "folder=blog\nscripts=yes\nhosts=a"] {
            assert_eq!(SitePermissions::decode(text).of("blog"), SitePermission::default(), "{text}");
        }
        let mut all = SitePermissions::default();
        all.set("a\nfolder=blog", SitePermission { scripts: true, ..Default::default() });
        all.set("b", SitePermission { hosts: hosts(&["x\nscripts=on"]), ..Default::default() });
        let again = SitePermissions::decode(&all.encode());
        assert_eq!((again.of("blog"), again.of("b")), (SitePermission::default(), SitePermission::default()));
    }
}
