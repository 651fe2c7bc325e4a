//! The page of a host on which a person commits a new file: GitHub, and Gitea and what came of it (Forgejo, Codeberg). In:
//! the address of a repository, a branch, a folder; a file's name and text. Out: the address of that page, with as much
//! filled in as fits. Neighbours: `app/files/sharing.rs` opens it.
//!
//! GitHub reads `filename` and `value` after `/OWNER/NAME/new/BRANCH`. Gitea reads the same two after
//! `/OWNER/NAME/_new/BRANCH/FOLDER` since 1.16 (go-gitea/gitea, pull request 16556), and Forgejo has that from it.

/// The longest address that hosts and browsers take, in bytes. GitHub refuses addresses of more than 8 KB.
const LONGEST_ADDRESS: usize = 7_000;

/// How a host names its pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HostKind {
    /// GitHub, and GitHub in a company.
    GitHub,
    /// Gitea, Forgejo, Codeberg.
    Gitea,
}

/// Where a post is committed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Repository {
    /// How its host names pages.
    pub kind: HostKind,
    /// The host's name, with a port where it has one: `codeberg.org`.
    pub host: String,
    /// Who it belongs to.
    pub owner: String,
    /// What it is called.
    pub name: String,
    /// The branch that is committed to.
    pub branch: String,
    /// The folder that posts lie in, without `/` at its ends; empty for the top folder.
    pub folder: String,
}

/// What is wrong with a repository as a person names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RepositoryError {
    /// It is not `https://HOST/OWNER/NAME`.
    Address,
    /// No branch can have this name.
    Branch,
    /// No folder can have this path.
    Folder,
}

impl RepositoryError {
    /// A sentence for a writer.
    pub fn message(self) -> &'static str {
        match self {
            Self::Address => "The repository is an address like https://github.com/owner/name.",
            Self::Branch => "No branch can have this name.",
            Self::Folder => "The folder is a path in the repository, like _posts.",
        }
    }
}

/// The address of a host's page for a new file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewFilePage {
    /// The address.
    pub address: String,
    /// Whether the text is in it. Where it is too long for that, the person has to paste it.
    pub has_text: bool,
}

impl Repository {
    /// The repository that a person names: by its address, as it stands in the address bar, also with what follows the
    /// name; a branch, `main` where that is empty; a folder, `_posts` where that is empty, and `/` for the top folder.
    pub fn read(address: &str, branch: &str, folder: &str) -> Result<Self, RepositoryError> {
        let address = address.trim();
        let (scheme, rest) = address.split_once("://").unwrap_or(("https", address));
        if !scheme.eq_ignore_ascii_case("https") {
            return Err(RepositoryError::Address);
        }
        let rest = rest.split(['?', '#']).next().unwrap_or_default();
        let mut parts = rest.split('/');
        let mut next = || parts.next().unwrap_or_default();
        let (host, owner, name) = (next().to_ascii_lowercase(), next(), next());
        let name = name.strip_suffix(".git").unwrap_or(name);
        if !is_host(&host) || !is_name(owner) || !is_name(name) {
            return Err(RepositoryError::Address);
        }
        let branch = Some(branch.trim()).filter(|branch| !branch.is_empty()).unwrap_or("main");
        if !is_branch(branch) {
            return Err(RepositoryError::Branch);
        }
        let folder = Some(folder.trim()).filter(|folder| !folder.is_empty()).unwrap_or("_posts").trim_matches('/');
        if !folder.is_empty() && !folder.split('/').all(is_part_of_path) {
            return Err(RepositoryError::Folder);
        }
        let kind = if host == "github.com" || host.starts_with("github.") || host.ends_with(".ghe.com") {
            HostKind::GitHub
        } else {
            HostKind::Gitea
        };
        let [owner, name, branch, folder] = [owner, name, branch, folder].map(str::to_owned);
        Ok(Self { kind, host, owner, name, branch, folder })
    }

    /// The repository's own address.
    pub fn address(&self) -> String {
        ["https://", &self.host, "/", &self.owner, "/", &self.name].concat()
    }

    /// What the host is called on a button.
    pub fn host_name(&self) -> &str {
        match &*self.host {
            "github.com" => "GitHub",
            "codeberg.org" => "Codeberg",
            host => host,
        }
    }

    /// The path of a post's file in the repository. A path from the top folder on (`_drafts/idea.md`) stays; a name alone
    /// comes into the folder.
    pub fn path(&self, file_name: &str) -> String {
        let name = file_name.trim_start_matches('/');
        if name.contains('/') || self.folder.is_empty() { name.to_owned() } else { [&self.folder, "/", name].concat() }
    }

    /// The host's page for a new file at that path, with that text where it fits.
    pub fn new_file(&self, path: &str, text: &str) -> NewFilePage {
        let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
        let mut address = self.address();
        match self.kind {
            HostKind::GitHub => {
                address.push_str("/new/");
                encode(&self.branch, true, &mut address);
                address.push_str("?filename=");
                // What has no folder in the address may have one in the name.
                encode(path, true, &mut address);
            }
            HostKind::Gitea => {
                address.push_str("/_new/");
                encode(&self.branch, true, &mut address);
                if !folder.is_empty() {
                    address.push('/');
                    encode(folder, true, &mut address);
                }
                address.push_str("?filename=");
                encode(name, false, &mut address);
            }
        }
        // A text that is too long as it is need not be written out.
        let fits = text.len() <= LONGEST_ADDRESS;
        let mut whole = address.clone();
        if fits {
            whole.push_str("&value=");
            encode(text, false, &mut whole);
        }
        if fits && whole.len() <= LONGEST_ADDRESS {
            NewFilePage { address: whole, has_text: true }
        } else {
            NewFilePage { address, has_text: false }
        }
    }
}

/// Writes a text as part of an address: all but letters, digits and `-._~` as `%` and two digits; slashes stay where they
/// part a path.
fn encode(text: &str, is_path: bool, address: &mut String) {
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => address.push(char::from(byte)),
            b'/' if is_path => address.push('/'),
            _ => {
                address.push('%');
                for digit in [byte >> 4, byte & 15] {
                    address.extend(char::from_digit(u32::from(digit), 16).map(|digit| digit.to_ascii_uppercase()));
                }
            }
        }
    }
}

/// A name of at least two parts with dots between, and a port.
fn is_host(host: &str) -> bool {
    let (name, port) = host.split_once(':').unwrap_or((host, "443"));
    let is_label = |label: &str| {
        !label.is_empty()
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
    };
    name.contains('.') && name.split('.').all(is_label) && port.parse::<u16>().is_ok_and(|port| port > 0)
}

/// A name of a person, a group or a repository, by the rules of GitHub and of Gitea.
fn is_name(name: &str) -> bool {
    !matches!(name, "" | "." | "..")
        && name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.'))
}

/// A name that git takes for a branch (`git check-ref-format`).
fn is_branch(branch: &str) -> bool {
    let is_part =
        |part: &str| !part.is_empty() && !part.starts_with('.') && !part.ends_with('.') && !part.ends_with(".lock");
    branch.split('/').all(is_part)
        && !branch.starts_with('-')
        && !branch.contains("..")
        && !branch.contains("@{")
        && branch != "@"
        && !branch.chars().any(|c| c.is_control() || c == ' ' || "~^:?*[\\".contains(c))
}

fn is_part_of_path(part: &str) -> bool {
    !matches!(part, "" | "." | "..") && !part.chars().any(|c| c.is_control() || c == '\\')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn repository(address: &str) -> Repository {
        Repository::read(address, "", "_posts").expect("a repository")
    }

    #[test]
    fn a_repository_is_read_from_the_address_bar() {
        for address in [
            "https://github.com/owner/name",
            " HTTPS://GitHub.com/owner/name.git ",
            "github.com/owner/name/",
            "https://github.com/owner/name/tree/main/_posts?tab=readme#top",
        ] {
            assert_eq!(repository(address).address(), "https://github.com/owner/name", "{address}");
        }
        let codeberg = repository("https://codeberg.org/o.w-n_er/pages");
        assert_eq!((codeberg.kind, codeberg.host_name(), &*codeberg.branch), (HostKind::Gitea, "Codeberg", "main"));
        assert_eq!(repository("https://git.example.org:3000/a/b").host_name(), "git.example.org:3000");
        assert_eq!(repository("https://github.example.org/a/b").kind, HostKind::GitHub);
    }

    #[test]
    fn anything_else_is_refused() {
        for address in [
            "",
            "https://github.com",
            "https://github.com/owner",
            "https://github.com//name",
            "https://github.com/../name",
            "http://github.com/owner/name",
            "javascript://github.com/owner/name",
            "javascript:alert(1)//github.com/owner/name",
            "data:text/html,a/b/c",
            "git@github.com:owner/name",
            "ssh://git@github.com/owner/name",
            "https://user@github.com/owner/name",
            "https://github.com\\@evil.example/owner/name",
            "https://localhost/owner/name",
            "https://github.com:0/owner/name",
            "https://github.com:x/owner/name",
            "https://git hub.com/owner/name",
            "https://github.com/own er/name",
            "https://github.com/owner/na%2Fme",
            "https://github.com/\u{202E}/name",
        ] {
            assert_eq!(Repository::read(address, "", ""), Err(RepositoryError::Address), "{address}");
        }
        for branch in
            ["a b", "-a", "a..b", "a/", "/a", "a//b", "a~1", "a:b", "a?b", ".a", "a.lock", "@", "a@{b", "a\nb"]
        {
            let read = Repository::read("github.com/a/b", branch, "");
            assert_eq!(read, Err(RepositoryError::Branch), "{branch}");
        }
        for folder in ["..", "a/../b", "a//b", "a\\b", "a\nb"] {
            assert_eq!(Repository::read("github.com/a/b", "", folder), Err(RepositoryError::Folder), "{folder}");
        }
    }

    #[test]
    fn the_page_of_a_new_file_has_its_name_and_text() {
        let page = repository("github.com/owner/name").new_file("_posts/2024-05-01-été.md", "a b&c=+é\n");
        let wanted = "https://github.com/owner/name/new/main?filename=_posts/2024-05-01-%C3%A9t%C3%A9.md\
                      &value=a%20b%26c%3D%2B%C3%A9%0A";
        assert_eq!(page, NewFilePage { address: wanted.into(), has_text: true });
        let codeberg = Repository::read("codeberg.org/owner/name", "feature/x#1", "").expect("a repository");
        let page = codeberg.new_file("_posts/a?.md", "x");
        let wanted = "https://codeberg.org/owner/name/_new/feature/x%231/_posts?filename=a%3F.md&value=x";
        assert_eq!(page.address, wanted);
        assert_eq!(
            codeberg.new_file("a.md", "").address,
            "https://codeberg.org/owner/name/_new/feature/x%231?filename=a.md&value="
        );
    }

    #[test]
    fn a_name_alone_comes_into_the_folder() {
        let posts = repository("github.com/a/b");
        assert_eq!(posts.path("2024-05-01-a.md"), "_posts/2024-05-01-a.md");
        assert_eq!(posts.path("_drafts/a.md"), "_drafts/a.md");
        let named = |folder| Repository::read("github.com/a/b", "", folder).expect("a repository").path("a.md");
        assert_eq!((&*named(""), &*named("/"), &*named("/docs/_posts/")), ("_posts/a.md", "a.md", "docs/_posts/a.md"));
    }

    #[test]
    fn a_long_text_stays_out_of_the_address() {
        let posts = repository("github.com/a/b");
        let bare = posts.new_file("a.md", "").address.len();
        for (text, fits) in [
            ("a".repeat(LONGEST_ADDRESS - bare), true),
            ("a".repeat(LONGEST_ADDRESS - bare + 1), false),
            // Each letter becomes six.
            ("é".repeat(LONGEST_ADDRESS / 4), false),
            ("a".repeat(5_000_000), false),
        ] {
            let page = posts.new_file("a.md", &text);
            assert_eq!((page.has_text, page.address.contains("value")), (fits, fits), "{} bytes", text.len());
        }
    }

    proptest! {
        /// Whatever a person types: the address leads to the host that was read, by https, and ends nothing early.
        #[test]
        fn the_address_is_of_the_host(address in "[a-z:/@.\\\\#?% é-]{0,30}", branch in "\\PC{0,8}", path in "\\PC{1,12}", text in "\\PC{0,20}") {
            if let Ok(repository) = Repository::read(&address, &branch, "") {
                let page = repository.new_file(&path, &text).address;
                let read = url::Url::parse(&page).expect("an address");
                prop_assert_eq!(read.scheme(), "https");
                prop_assert_eq!(read.username(), "");
                prop_assert_eq!(read.host_str(), repository.host.split(':').next());
                let value = read.query_pairs().find(|(name, _)| name == "value").map(|(_, value)| value.into_owned());
                prop_assert_eq!(value, Some(text));
            }
        }
    }
}
