//! Files as one archive, for browsers that cannot write into a folder. In: paths and bytes. Out: the bytes of a `.zip`.
//! Neighbours: `saving.rs` offers it as a download.

use std::io::Write;
use std::rc::Rc;

use rawzip::time::UtcDateTime;
use rawzip::{Error, ZipArchiveWriter};

/// The archive with these files, uncompressed. `now` is in seconds since 1970-01-01T00:00:00Z.
pub fn archive(files: &[(String, Rc<[u8]>)], now: i64) -> Result<Vec<u8>, Error> {
    let mut archive = ZipArchiveWriter::new(Vec::new());
    for (path, bytes) in files {
        let file = archive.new_file(path.as_str()).last_modified(UtcDateTime::from_unix(now)).unix_permissions(0o644);
        let (mut entry, config) = file.start()?;
        let mut writer = config.wrap(&mut entry);
        writer.write_all(bytes)?;
        let (_, descriptor) = writer.finish()?;
        entry.finish(descriptor)?;
    }
    archive.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_goes_in_comes_out() {
        let files: [(String, Rc<[u8]>); 3] = [
            ("_posts/2014-12-08-été.md".into(), "---\ntitle: Été\n---\n".as_bytes().into()),
            ("_data/empty.yml".into(), b""[..].into()),
            ("about.md".into(), b"About\r\n"[..].into()),
        ];
        let bytes = archive(&files, 1_418_000_000).expect("an archive");
        let archive = rawzip::ZipArchive::from_slice(&bytes).expect("it can be read");
        let mut read = Vec::new();
        let mut entries = archive.entries();
        while let Some(entry) = entries.next_entry().expect("an entry") {
            let path = entry.file_path().try_normalize().expect("a path").as_ref().to_owned();
            let data = archive.get_entry(entry.wayfinder()).expect("its place").data().to_vec();
            read.push((path, Rc::<[u8]>::from(data)));
        }
        assert_eq!(read, files);
    }
}
