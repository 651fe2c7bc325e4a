//! Which files an archive holds: a `.zip`, a `.tar`, a `.gem`. In: the bytes of an archive. Out: paths, and where in the
//! archive the bytes of each file are. Neighbours: `packed.rs` asks the browser to unpack them.

use std::ops::Range;

use rawzip::{CompressionMethod, ZipArchive};

/// So many files an archive may hold.
const MOST_FILES: usize = 100_000;

/// Everything in a tar takes a multiple of this, in bytes.
const TAR_BLOCK: usize = 512;

/// What a `.gem` holds the files of the gem in.
pub const GEM_FILES: &str = "data.tar.gz";

/// How the bytes of a file lie in an archive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Packing {
    /// As they are.
    Stored,
    /// As a stream of the format deflate, without a head (RFC 1951).
    Deflated,
}

/// A file in an archive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PackedFile {
    /// Its path, with `/` between its parts and none at either end.
    pub path: String,
    /// Where its packed bytes are in the archive.
    pub place: Range<usize>,
    /// How they are packed.
    pub packing: Packing,
    /// How many bytes the file has, as the archive says.
    pub size: u64,
}

/// Why an archive cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ArchiveError {
    /// It is none, or not a whole one.
    Broken,
    /// It holds a file with this path, which leads out of the folder that it is unpacked in.
    LeadsOut(String),
    /// It holds this file in a form that browsers cannot unpack: encrypted, or with a rare compression.
    Unknown(String),
    /// It holds too many files.
    TooMany,
}

impl ArchiveError {
    /// What is wrong, as the end of a sentence.
    pub fn message(&self) -> String {
        match self {
            Self::Broken => "it is no archive, or not a whole one".to_owned(),
            Self::LeadsOut(path) => ["it holds a path that leads out of its folder, ", path].concat(),
            Self::Unknown(path) => ["it holds a file that is encrypted or packed in a rare way, ", path].concat(),
            Self::TooMany => "it holds more than 100,000 files".to_owned(),
        }
    }
}

/// Whether these are the first bytes of a `.zip`.
pub fn is_zip(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK")
}

/// Whether these are the first bytes of what gzip has packed.
pub fn is_gzip(bytes: &[u8]) -> bool {
    bytes.starts_with(&[0x1f, 0x8b])
}

/// The files of a `.zip`, without folders and links.
pub fn zip_files(archive: &[u8]) -> Result<Vec<PackedFile>, ArchiveError> {
    let archive = ZipArchive::from_slice(archive).map_err(|_| ArchiveError::Broken)?;
    let mut files = Vec::new();
    let mut entries = archive.entries();
    while let Some(entry) = entries.next_entry().map_err(|_| ArchiveError::Broken)? {
        if entry.is_dir() || entry.mode().is_symlink() {
            continue;
        }
        let path = checked_path(entry.file_path().as_bytes())?;
        let packing = match entry.compression_method() {
            CompressionMethod::STORE => Packing::Stored,
            CompressionMethod::DEFLATE => Packing::Deflated,
            _ => return Err(ArchiveError::Unknown(path)),
        };
        if entry.flags().is_encrypted() {
            return Err(ArchiveError::Unknown(path));
        }
        let own = archive.get_entry(entry.wayfinder()).map_err(|_| ArchiveError::Broken)?;
        let (start, end) = own.compressed_data_range();
        add(&mut files, path, start, end, packing, entry.uncompressed_size_hint())?;
    }
    Ok(files)
}

/// The files of a `.tar`, without folders and links, in the form in which RubyGems and our build write it: POSIX's `ustar`.
/// (The crate tar reads all other forms, too, and is ten kilobytes of the page.)
pub fn tar_files(archive: &[u8]) -> Result<Vec<PackedFile>, ArchiveError> {
    let mut files = Vec::new();
    let mut at = 0;
    loop {
        let header = archive.get(at..at + TAR_BLOCK).ok_or(ArchiveError::Broken)?;
        if header.iter().all(|&byte| byte == 0) {
            return Ok(files);
        }
        let text = |field: Range<usize>| {
            let field = header.get(field).unwrap_or_default();
            field.split(|&byte| byte == 0).next().unwrap_or_default()
        };
        let size = octal(text(124..136))?;
        // The field of the sum itself counts as spaces.
        let sum: usize = header.iter().map(|&byte| usize::from(byte)).sum();
        let own: usize = header.get(148..156).unwrap_or_default().iter().map(|&byte| usize::from(byte)).sum();
        if text(257..262) != b"ustar" || octal(text(148..156))? != sum - own + 8 * usize::from(b' ') {
            return Err(ArchiveError::Broken);
        }
        let start = at + TAR_BLOCK;
        let end = start.checked_add(size).filter(|&end| end <= archive.len()).ok_or(ArchiveError::Broken)?;
        let path = match text(345..500) {
            b"" => text(0..100).to_vec(),
            folder => [folder, text(0..100)].join(&b'/'),
        };
        match header.get(156) {
            Some(b'0' | 0) => {
                add(&mut files, checked_path(&path)?, start as u64, end as u64, Packing::Stored, size as u64)?
            }
            // Links, devices and folders.
            Some(b'1'..=b'6') => {}
            _ => return Err(ArchiveError::Unknown(String::from_utf8_lossy(&path).into_owned())),
        }
        at = end.next_multiple_of(TAR_BLOCK);
    }
}

/// The number in a field of a tar's header.
fn octal(field: &[u8]) -> Result<usize, ArchiveError> {
    let digits = String::from_utf8_lossy(field);
    usize::from_str_radix(digits.trim(), 8).map_err(|_| ArchiveError::Broken)
}

fn add(
    files: &mut Vec<PackedFile>,
    path: String,
    start: u64,
    end: u64,
    packing: Packing,
    size: u64,
) -> Result<(), ArchiveError> {
    if files.len() == MOST_FILES {
        return Err(ArchiveError::TooMany);
    }
    let place = |at: u64| usize::try_from(at).map_err(|_| ArchiveError::Broken);
    files.push(PackedFile { path, place: place(start)?..place(end)?, packing, size });
    Ok(())
}

/// A path as an archive has it, without `.`; one that leads out of its folder (`../a`, `/a`, `C:\a`) is an error.
fn checked_path(bytes: &[u8]) -> Result<String, ArchiveError> {
    let path = String::from_utf8_lossy(bytes).replace('\\', "/");
    let parts: Vec<&str> = path.split('/').filter(|part| *part != ".").collect();
    if parts.iter().any(|part| matches!(*part, ".." | "") || part.contains(':') && part.len() == 2) {
        return Err(ArchiveError::LeadsOut(path));
    }
    Ok(parts.join("/"))
}

/// Takes the folder away that all files lie in, as archives of repositories have one, and gives its name.
pub fn without_top_folder(files: &mut [PackedFile]) -> Option<String> {
    let top = files.first()?.path.split_once('/')?.0.to_owned();
    let below = |path: &str| Some(path.strip_prefix(&*top)?.strip_prefix('/')?.to_owned());
    // The folders of a theme or a site are not folders around it.
    if top.starts_with('_') || !files.iter().all(|file| below(&file.path).is_some()) {
        return None;
    }
    for file in files {
        file.path = below(&file.path).unwrap_or_default();
    }
    Some(top)
}

#[cfg(test)]
mod tests {
    use super::*;

    // Made by scripts/theme-fixtures.sh, with the tools that themes are handed out with.
    const GEM: &[u8] = include_bytes!("../../tests/fixtures/theme/small-theme-1.0.0.gem");
    const ZIP: &[u8] = include_bytes!("../../tests/fixtures/theme/small-theme-main.zip");

    fn paths(files: &[PackedFile]) -> Vec<&str> {
        files.iter().map(|file| file.path.as_str()).collect()
    }

    #[test]
    fn the_zip_of_a_repository_lies_in_one_folder() {
        let mut files = zip_files(ZIP).expect("an archive");
        assert_eq!(without_top_folder(&mut files).as_deref(), Some("small-theme-main"));
        assert_eq!(
            paths(&files),
            [
                "README.md",
                "_data/words.yml",
                "_includes/small-header.html",
                "_layouts/default.html",
                "_layouts/post.html",
                "_sass/small.scss",
                "assets/css/small.scss",
                "assets/img/mark.svg",
                "small-theme.gemspec"
            ]
        );
        let layout = &files[3];
        assert!(layout.packing == Packing::Deflated && layout.size == 254 && layout.place.len() < 254, "{layout:?}");
        let words = files.iter().find(|file| file.path == "_data/words.yml").expect("the file");
        assert_eq!((words.packing, &ZIP[words.place.clone()]), (Packing::Stored, &b"greeting: Welcome\n"[..]));
    }

    #[test]
    fn a_gem_holds_its_files_in_an_archive_of_their_own() {
        let files = tar_files(GEM).expect("an archive");
        assert_eq!(paths(&files), ["metadata.gz", GEM_FILES, "checksums.yaml.gz"]);
        assert!(is_gzip(&GEM[files[1].place.clone()]) && !is_zip(GEM) && is_zip(ZIP));
    }

    fn tar(path: &str, kind: u8) -> Vec<u8> {
        let mut bytes = vec![0; 2048];
        bytes[..path.len()].copy_from_slice(path.as_bytes());
        bytes[124..135].copy_from_slice(b"00000000003");
        bytes[156] = kind;
        bytes[257..262].copy_from_slice(b"ustar");
        bytes[148..156].fill(b' ');
        let sum: usize = bytes[..512].iter().map(|&byte| usize::from(byte)).sum();
        bytes[148..154].copy_from_slice(format!("{sum:06o}").as_bytes());
        bytes[154] = 0;
        bytes[512..515].copy_from_slice(b"abc");
        bytes
    }

    #[test]
    fn a_path_that_leads_out_is_an_error() {
        for path in ["../a", "a/../../b", "/etc/passwd", "C:\\a", "a\\..\\b", "a//b"] {
            let error = tar_files(&tar(path, b'0')).expect_err(path);
            assert!(matches!(error, ArchiveError::LeadsOut(_)), "{path}: {error:?}");
        }
        assert_eq!(paths(&tar_files(&tar("./_layouts/a.html", b'0')).expect("a path")), ["_layouts/a.html"]);
        assert_eq!(tar_files(&tar("../a", b'2')), Ok(Vec::new()), "links are left out");
    }

    #[test]
    fn what_is_cut_off_or_no_archive_is_an_error() {
        assert_eq!(zip_files(b"PK no archive"), Err(ArchiveError::Broken));
        for length in [0, 1, 100, 600, 1000] {
            assert_eq!(tar_files(&GEM[..length]), Err(ArchiveError::Broken), "{length}");
        }
        for length in 0..ZIP.len() {
            assert_eq!(zip_files(&ZIP[..length]), Err(ArchiveError::Broken), "{length}");
        }
    }

    #[test]
    fn an_archive_with_wrong_bytes_gives_files_or_an_error() {
        for archive in [ZIP, GEM] {
            for at in 0..archive.len() {
                let mut wrong = archive.to_vec();
                wrong[at] ^= 0xFF;
                for files in [zip_files(&wrong), tar_files(&wrong)].into_iter().flatten() {
                    assert!(
                        files.iter().all(|file| file.place.end <= wrong.len() && file.place.start <= file.place.end)
                    );
                }
            }
        }
    }

    #[test]
    fn the_folders_of_a_theme_are_no_folder_around_it() {
        let file = |path: &str| PackedFile { path: path.to_owned(), place: 0..0, packing: Packing::Stored, size: 0 };
        assert_eq!(without_top_folder(&mut [file("_layouts/a.html"), file("_layouts/b.html")]), None);
        assert_eq!(without_top_folder(&mut [file("a/b"), file("c")]), None);
        assert_eq!(without_top_folder(&mut [file("a/b"), file("ab/c")]), None);
        assert_eq!(without_top_folder(&mut []), None);
    }
}
