//! The folder in an archive: what reads archives is a part of the program, loaded when somebody gives one, or for the
//! theme that the build has. In: what was chosen. Out: a folder. Neighbours: `opening.rs` and `theme.rs` ask;
//! `storage/packed.rs` looks into archives.

use std::future::Future;
use std::pin::Pin;

use web_sys::{File, FileList};

use crate::split_point::NotLoaded;
use crate::storage::{FileError, FolderForm, PackedFolder};

/// An archive that is being opened.
type Opening = Pin<Box<dyn Future<Output = Result<PackedFolder, FileError>>>>;

crate::split_point! { archives:
    /// Loads what reads archives.
    fn archive_opener() -> Result<fn(File) -> Opening, NotLoaded> {
        Ok(|file| Box::pin(PackedFolder::open(file)))
    }
}

/// The folder in an archive: a `.zip`, a `.gem`, or a `.tar` that gzip has packed.
pub async fn open_archive(file: File) -> Result<FolderForm, FileError> {
    let missing = |NotLoaded| {
        FileError::Other("what reads archives could not be loaded, as without a network; try it again".to_owned())
    };
    let open = archive_opener().await.map_err(missing)?;
    open(file).await.map(FolderForm::Archive)
}

/// What an input gave: the files below a folder, or one archive.
pub async fn open_input(files: FileList) -> Result<FolderForm, FileError> {
    match FolderForm::archive_of_input(&files) {
        Some(archive) => open_archive(archive).await,
        None => Ok(FolderForm::Files(files)),
    }
}
