//! `Everything`: all drafts of this browser with their histories, and the settings, as the files of one archive. In: drafts,
//! versions, settings; the files of an archive. Out: the files; what they hold; what becomes of each draft where others
//! are. Neighbours: `app/drafts/archive.rs` writes and reads the archive; `history.rs` has the versions.
//!
//! A person can read the archive without this page: `drafts/` has a file of each draft, as saving would write it;
//! `history/` has a folder of each draft with its versions, `pictures/` one with its pictures; `apercu.json`, the manifest,
//! names them all. A file that the manifest does not name is passed over, so that a later version can add some. Archives
//! that were made before there were pictures have none.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use serde_json::{Map, Value as Json, json};

use super::draft::{content_hash, decode_hex, encode_hex};
use super::pictures::is_inside;
use super::{Draft, DraftId, Version, VersionReason};
use crate::post::date::DateTime;
use crate::post::file_name::FileName;
use crate::post::publication::rfc3339;
use crate::text::LineEnds;

/// The file that names all others.
pub const MANIFEST: &str = "apercu.json";
/// What the manifest says that it is.
const FORMAT: &str = "apercu drafts";
/// The version of the format. A later page reads earlier ones; a page refuses a later one.
const FORMAT_VERSION: u64 = 1;
/// A name has at most so many characters, without what follows its last dot.
const LONGEST_NAME: usize = 100;

/// A draft in an archive.
#[derive(Clone, Debug, PartialEq)]
pub struct ArchivedDraft {
    /// Its name in the store.
    pub id: DraftId,
    /// As the draft's.
    pub title: String,
    /// The name of the file that it came from or goes to.
    pub file_name: Option<String>,
    /// What its file holds: byte order mark and line ends are the person's.
    pub file: String,
    /// In milliseconds since 1970.
    pub created_ms: f64,
    /// In milliseconds since 1970.
    pub updated_ms: f64,
    /// Its versions with their texts, whose lines end with `\n`.
    pub versions: Vec<(Version, Rc<str>)>,
    /// Its pictures: the paths that they will have in the site's folder, and their bytes.
    pub pictures: Vec<(String, Rc<[u8]>)>,
}

/// All that an archive holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Everything {
    /// The drafts.
    pub drafts: Vec<ArchivedDraft>,
    /// The settings: names and values, as this browser keeps them.
    pub settings: Vec<(String, String)>,
}

/// Why an archive is not taken in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotTaken {
    /// It has no manifest of ours.
    Foreign,
    /// A newer version of the page wrote it.
    Newer,
    /// Its manifest cannot be read.
    Manifest,
    /// This file lacks, or is not as it was written.
    Damaged(String),
}

impl NotTaken {
    /// What is wrong, in sentences for a writer.
    pub fn message(&self) -> String {
        let reason = match self {
            Self::Foreign => "This is no archive of drafts: it has no file apercu.json.".to_owned(),
            Self::Newer => {
                "A newer version of this page wrote this archive. Reload the page, then try again.".to_owned()
            }
            Self::Manifest => "This archive is damaged: its file apercu.json cannot be read.".to_owned(),
            Self::Damaged(path) => {
                ["This archive is damaged: ", path, " is missing, or is not as it was written."].concat()
            }
        };
        [&reason, " Nothing was changed."].concat()
    }
}

impl ArchivedDraft {
    /// A draft with its versions and pictures.
    pub fn of(draft: &Draft, versions: Vec<(Version, Rc<str>)>, pictures: Vec<(String, Rc<[u8]>)>) -> Self {
        Self {
            id: draft.id,
            title: draft.title.clone(),
            file_name: draft.file_name.clone(),
            file: draft.file(),
            created_ms: draft.created_ms,
            updated_ms: draft.updated_ms,
            versions,
            pictures,
        }
    }

    /// The draft as it is stored where there is no other, under that id.
    fn draft(&self, id: DraftId) -> Draft {
        let (line_ends, text) = LineEnds::split(&self.file);
        Draft {
            title: self.title.clone(),
            file_name: self.file_name.clone(),
            text: text.into(),
            line_ends,
            updated_ms: self.updated_ms,
            ..Draft::new(id, self.created_ms)
        }
    }

    /// The id of the copy that it becomes where a draft with another text has its id. It is always the same, so that an
    /// archive that is taken in twice makes no second copy.
    pub fn copy_id(&self) -> DraftId {
        DraftId(content_hash([&self.id.encode(), "\n", &self.file].concat().as_bytes()))
    }

    /// The name of its file in the archive, without the folder.
    fn plain_name(&self) -> String {
        let day = DateTime::from_unix((self.created_ms / 1000.0) as i64, 0);
        let own = self.file_name.as_deref().map(|path| path.rsplit('/').next().unwrap_or(path));
        let name = own.map_or_else(|| FileName::suggest(&self.title, &day, "md"), str::to_owned);
        let name = plain(&name);
        let (stem, extension) = name.rsplit_once('.').unwrap_or((&name, "md"));
        let stem: String = stem.chars().take(LONGEST_NAME).collect();
        let stem = stem.trim_matches([' ', '.']);
        [if stem.is_empty() { "draft" } else { stem }, ".", extension].concat()
    }
}

/// What becomes of a draft of an archive.
#[derive(Clone, Debug, PartialEq)]
pub enum MergeOutcome {
    /// It is here already.
    Known,
    /// It was deleted here, and comes back.
    BroughtBack,
    /// It is stored.
    New(Box<Draft>),
    /// Here is another text under its id: it is stored as a copy.
    Copy(Box<Draft>),
}

impl MergeOutcome {
    /// What becomes of it, where `stored` is the draft of its id here, and `copy` that of `copy_id`.
    pub fn of(archived: &ArchivedDraft, stored: Option<&Draft>, copy: Option<&Draft>) -> Self {
        let own = archived.draft(archived.id);
        match stored {
            None => Self::New(Box::new(own)),
            Some(stored) if stored.text == own.text && stored.deleted_ms.is_some() => Self::BroughtBack,
            Some(stored) if stored.text == own.text => Self::Known,
            Some(_) if copy.is_some() => Self::Known,
            Some(_) => {
                let title = [&own.title, " (from an archive)"].concat();
                Self::Copy(Box::new(Draft { title, ..archived.draft(archived.copy_id()) }))
            }
        }
    }
}

impl Everything {
    /// The files of the archive: paths and bytes. `now_ms` is in milliseconds since 1970.
    pub fn files(&self, now_ms: f64) -> Vec<(String, Rc<[u8]>)> {
        let mut files: Vec<(String, Rc<[u8]>)> = Vec::new();
        let mut names = PlainNames::default();
        let mut drafts = Vec::new();
        for draft in &self.drafts {
            let name = names.unique(&draft.plain_name());
            let stem = name.rsplit_once('.').map_or(&*name, |(stem, _)| stem);
            let folder = ["history/", stem].concat();
            let extension = name.rsplit_once('.').map_or("md", |(_, extension)| extension);
            let mut in_folder = PlainNames::default();
            let mut versions = Vec::new();
            for (version, text) in &draft.versions {
                // Colons are in no name of a file.
                let time = utc(version.time_ms).replace(':', "-");
                let path = [&folder, "/", &*in_folder.unique(&[&time, ".", extension].concat())].concat();
                versions.push(json!({
                    "file": path,
                    "time": version.time_ms,
                    "why": version.reason.name(),
                    "hash": encode_hex(version.hash),
                }));
                files.push((path, text.as_bytes().into()));
            }
            let mut pictures = Vec::new();
            let mut in_folder = PlainNames::default();
            for (known, bytes) in &draft.pictures {
                let own = known.rsplit('/').next().unwrap_or(known);
                let path = ["pictures/", stem, "/", &*in_folder.unique(&plain(own))].concat();
                pictures.push(json!({ "file": path, "path": known, "hash": encode_hex(content_hash(bytes)) }));
                files.push((path, Rc::clone(bytes)));
            }
            let path = ["drafts/", &name].concat();
            drafts.push(json!({
                "file": path,
                "id": draft.id.encode(),
                "title": draft.title,
                "fileName": draft.file_name,
                "created": draft.created_ms,
                "updated": draft.updated_ms,
                "hash": encode_hex(content_hash(draft.file.as_bytes())),
                "history": versions,
                "pictures": pictures,
            }));
            files.push((path, draft.file.as_bytes().into()));
        }
        let settings: Map<String, Json> =
            self.settings.iter().map(|(name, value)| (name.clone(), Json::from(value.as_str()))).collect();
        let manifest = json!({
            "format": FORMAT,
            "version": FORMAT_VERSION,
            "written": utc(now_ms),
            "drafts": drafts,
            "settings": settings,
        });
        let manifest = serde_json::to_string_pretty(&manifest).unwrap_or_default();
        files.push((MANIFEST.to_owned(), manifest.as_bytes().into()));
        files
    }

    /// What the files of an archive hold. All of them are looked at before anything is said of one.
    pub fn read(files: &[(String, Vec<u8>)]) -> Result<Self, NotTaken> {
        let files: BTreeMap<&str, &[u8]> =
            files.iter().map(|(path, bytes)| (path.as_str(), bytes.as_slice())).collect();
        let manifest = files.get(MANIFEST).ok_or(NotTaken::Foreign)?;
        let manifest: Json = serde_json::from_slice(manifest).map_err(|_| NotTaken::Manifest)?;
        if manifest["format"] != FORMAT {
            return Err(NotTaken::Foreign);
        }
        if manifest["version"].as_u64().ok_or(NotTaken::Manifest)? > FORMAT_VERSION {
            return Err(NotTaken::Newer);
        }
        // What is not as it was written is none.
        let bytes_of = |entry: &Json| {
            let path = entry["file"].as_str().ok_or(NotTaken::Manifest)?;
            let damaged = || NotTaken::Damaged(path.to_owned());
            let bytes = files.get(path).copied().ok_or_else(damaged)?;
            let hash = entry["hash"].as_str().and_then(decode_hex).ok_or(NotTaken::Manifest)?;
            if content_hash(bytes) == hash { Ok((bytes, hash)) } else { Err(damaged()) }
        };
        let text_of = |entry: &Json| {
            let (bytes, hash) = bytes_of(entry)?;
            let damaged = |_| NotTaken::Damaged(entry["file"].as_str().unwrap_or_default().to_owned());
            Ok((std::str::from_utf8(bytes).map_err(damaged)?.to_owned(), hash))
        };
        let time_of =
            |entry: &Json, name: &str| entry[name].as_f64().filter(|time| time.is_finite()).ok_or(NotTaken::Manifest);
        let list_of = |entry: &Json, name: &str| entry[name].as_array().cloned().ok_or(NotTaken::Manifest);
        let mut drafts = Vec::new();
        for entry in list_of(&manifest, "drafts")? {
            let mut versions = Vec::new();
            for version in list_of(&entry, "history")? {
                let (text, hash) = text_of(&version)?;
                let reason = VersionReason::of_name(version["why"].as_str().unwrap_or_default());
                let version = Version { time_ms: time_of(&version, "time")?.trunc(), reason, bytes: text.len(), hash };
                versions.push((version, text.into()));
            }
            let mut pictures = Vec::new();
            for picture in entry["pictures"].as_array().into_iter().flatten() {
                let path = picture["path"].as_str().filter(|path| is_inside(path)).ok_or(NotTaken::Manifest)?;
                pictures.push((path.to_owned(), Rc::from(bytes_of(picture)?.0)));
            }
            drafts.push(ArchivedDraft {
                id: entry["id"].as_str().and_then(DraftId::decode).ok_or(NotTaken::Manifest)?,
                title: entry["title"].as_str().unwrap_or_default().to_owned(),
                file_name: entry["fileName"].as_str().map(str::to_owned),
                file: text_of(&entry)?.0,
                created_ms: time_of(&entry, "created")?,
                updated_ms: time_of(&entry, "updated")?,
                versions,
                pictures,
            });
        }
        let settings = manifest["settings"].as_object().into_iter().flatten();
        let settings = settings.filter_map(|(name, value)| Some((name.clone(), value.as_str()?.to_owned()))).collect();
        Ok(Self { drafts, settings })
    }
}

/// A name without what no system takes in one.
fn plain(name: &str) -> String {
    let plain = |c: char| if c.is_control() || r#"\/:*?"<>|"#.contains(c) { '-' } else { c };
    name.chars().map(plain).collect()
}

/// A time as `2026-11-30T17:20:47Z`; `time_ms` is in milliseconds since 1970.
fn utc(time_ms: f64) -> String {
    rfc3339(&DateTime::from_unix((time_ms / 1000.0).floor() as i64, 0)).replace("+00:00", "Z")
}

/// The names of one folder.
#[derive(Default)]
struct PlainNames {
    /// In small letters: some systems take `A.md` and `a.md` for one file.
    taken: BTreeSet<String>,
}

impl PlainNames {
    /// The name, or one like it that no other file has: `name (2).md`.
    fn unique(&mut self, name: &str) -> String {
        let (stem, extension) = name.rsplit_once('.').unwrap_or((name, ""));
        let mut unique = name.to_owned();
        let mut count = 1;
        while !self.taken.insert(unique.to_lowercase()) {
            count += 1;
            unique = format!("{stem} ({count}).{extension}");
        }
        unique
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The files of an archive.
    type Files = Vec<(String, Vec<u8>)>;

    fn archived(id: u64, title: &str, file: &str) -> ArchivedDraft {
        let draft = Draft {
            title: title.into(),
            ..Draft::of_file(DraftId(id), "a.md".into(), file, None, 1_764_523_200_000.0)
        };
        ArchivedDraft { file_name: None, ..ArchivedDraft::of(&draft, Vec::new(), Vec::new()) }
    }

    fn version(text: &str, time_ms: f64) -> (Version, Rc<str>) {
        (Version::of(text, VersionReason::Saved, time_ms), text.into())
    }

    /// What is read of what was written; `change` damages it before.
    fn read_again(everything: &Everything, change: impl FnOnce(&mut Files)) -> Result<Everything, NotTaken> {
        let files = everything.files(1_764_523_247_000.0);
        let mut files = files.into_iter().map(|(path, bytes)| (path, bytes.to_vec())).collect();
        change(&mut files);
        Everything::read(&files)
    }

    fn example() -> Everything {
        let mut first = archived(1, "Été \u{0}\u{2028}😀 \"a\"", "\u{FEFF}---\r\ntitle: Été\r\n---\r\nText\n");
        first.versions = vec![version("two\n", 1_764_523_200_500.0), version("one\n", 1_764_519_600_000.0)];
        let picture = |path: &str, bytes: &[u8]| (path.to_owned(), Rc::from(bytes));
        first.pictures = vec![picture("assets/images/a.png", &[0x89, 0xFF]), picture("img/a.png", &[])];
        let settings = vec![("preferences".to_owned(), "theme=dark\n".to_owned())];
        Everything { drafts: vec![first, archived(2, "Été \u{0}\u{2028}😀 \"a\"", "")], settings }
    }

    #[test]
    fn what_goes_in_comes_out() {
        assert_eq!(read_again(&example(), |_| ()), Ok(example()));
        assert_eq!(read_again(&Everything::default(), |_| ()), Ok(Everything::default()));
    }

    #[test]
    fn a_person_can_read_it_without_the_page() {
        let named = |id, name: &str| ArchivedDraft { file_name: Some(name.into()), ..archived(id, "Title", "text") };
        let mut drafts =
            vec![named(1, "_posts/2024-05-01-a.md"), named(2, "2024-05-01-A.md"), archived(3, "A: b?", "")];
        drafts.push(named(4, "a:b\\c*.markdown"));
        drafts.push(named(5, "…/.."));
        drafts[0].versions = vec![version("two", 1_764_523_200_500.0), version("one", 1_764_523_200_000.0)];
        drafts[0].pictures = vec![("assets/images/a.png".into(), Rc::new([1])), ("b/A.png".into(), Rc::new([2]))];
        let files = Everything { drafts, ..Everything::default() }.files(1_764_523_247_000.0);
        let paths: Vec<_> = files.iter().map(|(path, _)| path.as_str()).collect();
        assert_eq!(
            paths,
            [
                "history/2024-05-01-a/2025-11-30T17-20-00Z.md",
                "history/2024-05-01-a/2025-11-30T17-20-00Z (2).md",
                "pictures/2024-05-01-a/a.png",
                "pictures/2024-05-01-a/A (2).png",
                "drafts/2024-05-01-a.md",
                "drafts/2024-05-01-A (2).md",
                "drafts/2025-11-30-a-b.md",
                "drafts/a-b-c-.markdown",
                "drafts/draft.",
                "apercu.json",
            ]
        );
    }

    #[test]
    fn what_is_damaged_or_foreign_is_refused() {
        let refused = |change: &dyn Fn(&mut Files)| read_again(&example(), |files| change(files)).err();
        let version = &*example().files(0.0)[0].0;
        let damaged = |path: &str| Some(NotTaken::Damaged(path.to_owned()));
        let without = |files: &mut Files, path: &str| files.retain(|(known, _)| known != path);
        assert_eq!(refused(&|files| without(files, version)), damaged(version));
        assert_eq!(refused(&|files| files[0].1.push(b'x')), damaged(version));
        assert_eq!(refused(&|files| files[0].1 = vec![0xFF]), damaged(version));
        assert_eq!(refused(&|files| files[2].1.push(0)), damaged(&example().files(0.0)[2].0));
        assert_eq!(refused(&|files| without(files, MANIFEST)), Some(NotTaken::Foreign));
        let manifest = |text: &'static str| {
            move |files: &mut Files| {
                if let Some(last) = files.last_mut() {
                    last.1 = text.as_bytes().to_vec();
                }
            }
        };
        assert_eq!(refused(&manifest("{")), Some(NotTaken::Manifest));
        assert_eq!(refused(&manifest("[]")), Some(NotTaken::Foreign));
        assert_eq!(refused(&manifest(r#"{"format": "other"}"#)), Some(NotTaken::Foreign));
        assert_eq!(refused(&manifest(r#"{"format": "apercu drafts", "version": 2}"#)), Some(NotTaken::Newer));
        assert_eq!(refused(&manifest(r#"{"format": "apercu drafts", "version": 1}"#)), Some(NotTaken::Manifest));
        for error in [NotTaken::Foreign, NotTaken::Newer, NotTaken::Manifest, NotTaken::Damaged("a".into())] {
            assert!(error.message().ends_with(". Nothing was changed."), "{}", error.message());
        }
        // What the manifest does not name is passed over.
        assert_eq!(refused(&|files| files.push(("pictures/a.png".into(), vec![1]))), None);
    }

    #[test]
    fn no_draft_takes_the_place_of_another() {
        let archived = archived(1, "Title", "text");
        let own = Draft { revision: 3, ..archived.draft(DraftId(1)) };
        let other = Draft { text: "another".into(), ..own.clone() };
        let deleted = |draft: &Draft| Draft { deleted_ms: Some(1.0), ..draft.clone() };
        assert_eq!(MergeOutcome::of(&archived, None, None), MergeOutcome::New(Box::new(archived.draft(DraftId(1)))));
        assert_eq!(MergeOutcome::of(&archived, Some(&own), None), MergeOutcome::Known);
        assert_eq!(MergeOutcome::of(&archived, Some(&deleted(&own)), None), MergeOutcome::BroughtBack);
        for here in [other.clone(), deleted(&other)] {
            let MergeOutcome::Copy(copy) = MergeOutcome::of(&archived, Some(&here), None) else { panic!("no copy") };
            assert_ne!(copy.id, here.id);
            assert_eq!((&*copy.text, &*copy.title), ("text", "Title (from an archive)"));
            assert_eq!(MergeOutcome::of(&archived, Some(&here), Some(&copy)), MergeOutcome::Known);
        }
    }

    proptest! {
        #[test]
        fn any_bytes_are_an_archive_or_refused(manifest in "\\PC{0,60}", path in "[a-z/.]{0,9}") {
            let files = [(MANIFEST.to_owned(), manifest.into_bytes()), (path, vec![1, 2])];
            prop_assert!(Everything::read(&files).is_err());
        }

        #[test]
        fn any_text_comes_out_as_it_went_in(title in "\\PC{0,9}", file in "[\\PC\r\n\u{FEFF}]{0,20}", older in "\\PC{0,9}") {
            let mut draft = archived(7, &title, &file);
            draft.versions.push(version(&older, 5.0));
            let everything = Everything { drafts: vec![draft.clone(), draft], settings: Vec::new() };
            prop_assert_eq!(read_again(&everything, |_| ()), Ok(everything.clone()));
        }
    }
}
