//! Folders of the person's disk: chosen, listed, read, written. In: a click, a drop. Out: the files below a folder.
//! Neighbours: `files.rs` does the same for one file; `indexed_db.rs` keeps a folder's handle.
//!
//! A folder comes in four forms. A list of files, of an input: they can be read as they are then. Entries, of a drop.
//! A handle, where the browser has them (Chromium): its files can be read again, and written. An archive of one
//! (`packed.rs`).

use std::collections::VecDeque;

use js_sys::{Array, Object, Promise, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Blob, DataTransfer, File, FileList, FileSystemDirectoryEntry, FileSystemDirectoryHandle, FileSystemEntry,
    FileSystemFileEntry, FileSystemFileHandle, FileSystemGetDirectoryOptions, FileSystemGetFileOptions,
    FileSystemHandle,
};

use super::FileError;
use super::files::{file_error, picked};
use super::js::{call, get, get_string, promise, set};
use super::packed::{PackedFolder, PackedItem};

/// So many files are read at the same time.
const AT_ONCE: usize = 50;

/// A folder, in the form in which the browser gives it.
#[derive(Clone)]
pub enum FolderForm {
    /// All files below it, of an input.
    Files(FileList),
    /// An entry, of a drop.
    Entry(FileSystemDirectoryEntry),
    /// A handle.
    Handle(FileSystemDirectoryHandle),
    /// An archive.
    Archive(PackedFolder),
}

/// A file in a folder.
#[derive(Clone)]
pub enum FolderItem {
    /// It can be read, as it was when the folder was chosen.
    File(File),
    /// The same of a drop.
    Entry(FileSystemFileEntry),
    /// It can be read again at any time, and written where the person allows it.
    Handle(FileSystemFileHandle),
    /// It is in an archive.
    Packed(Box<PackedItem>),
}

/// Whether this browser has a dialog for folders that can be written.
pub fn can_write_folders() -> bool {
    web_sys::window().is_some_and(|window| get(&window, "showDirectoryPicker").is_function())
}

/// Lets the person choose a folder; nothing where they choose none. To be called within a click, where
/// `can_write_folders` says so.
pub async fn choose_folder() -> Result<Option<FileSystemDirectoryHandle>, FileError> {
    let window = web_sys::window().ok_or(FileError::Denied)?;
    let options = Object::new();
    set(&options, "id", "site");
    set(&options, "mode", "readwrite");
    let handle = picked(call(&window, "showDirectoryPicker", &[options.into()])).await?;
    Ok(handle.map(JsCast::unchecked_into))
}

/// A folder that was dropped.
pub struct DroppedFolder {
    entry: FileSystemDirectoryEntry,
    /// Settles to its handle, where the browser gives one.
    handle: Option<Promise>,
}

/// The folder that was dropped, if it is one. To be called while the drop is handled: what was dropped is gone later.
pub fn dropped_folder(data: &DataTransfer) -> Option<DroppedFolder> {
    let item = data.items().get(0)?;
    let entry = call(&item, "webkitGetAsEntry", &[]).ok().filter(|entry| get(entry, "isDirectory").is_truthy())?;
    let handle = call(&item, "getAsFileSystemHandle", &[]).ok().map(|handle| Promise::resolve(&handle));
    Some(DroppedFolder { entry: entry.unchecked_into(), handle })
}

impl DroppedFolder {
    /// The folder: its handle where there is one.
    pub async fn form(self) -> FolderForm {
        let handle = match self.handle {
            Some(handle) => JsFuture::from(handle).await.ok(),
            None => None,
        };
        match handle.filter(|handle| get_string(handle, "kind").as_deref() == Some("directory")) {
            Some(handle) => FolderForm::Handle(handle.unchecked_into()),
            None => FolderForm::Entry(self.entry),
        }
    }
}

impl FolderForm {
    /// The name of the folder; empty where an input gave no file.
    pub fn name(&self) -> String {
        match self {
            Self::Files(files) => files.get(0).map(|file| parted(&file).0).unwrap_or_default(),
            Self::Entry(entry) => entry.name(),
            Self::Handle(handle) => handle.name(),
            Self::Archive(archive) => archive.name.clone(),
        }
    }

    /// The archive that an input gave, where it gave no files below a folder.
    pub fn archive_of_input(files: &FileList) -> Option<File> {
        files.get(0).filter(|file| get_string(file, "webkitRelativePath").is_none_or(|path| path.is_empty()))
    }

    /// The files below it, with their paths from it on. A folder is looked into where `enters` says so; `progress` is
    /// told how many files have been found.
    pub async fn list(
        &self,
        enters: &dyn Fn(&str) -> bool,
        progress: &dyn Fn(usize),
    ) -> Result<Vec<(String, FolderItem)>, FileError> {
        match self {
            Self::Files(files) => Ok(listed(files, enters)),
            Self::Entry(entry) => below_entry(entry, enters, progress).await,
            Self::Handle(handle) => below_handle(handle, enters, progress).await,
            Self::Archive(archive) => {
                let items = archive.items.iter().filter(|(path, _)| reached(path, enters));
                Ok(items.map(|(path, item)| (path.clone(), FolderItem::Packed(item.clone().into()))).collect())
            }
        }
    }
}

/// The name of the chosen folder that a file lies in, and the path from that folder on.
fn parted(file: &File) -> (String, String) {
    let path = get_string(file, "webkitRelativePath").unwrap_or_default();
    match path.split_once('/') {
        Some((folder, rest)) => (folder.to_owned(), rest.to_owned()),
        None => (String::new(), file.name()),
    }
}

fn listed(files: &FileList, enters: &dyn Fn(&str) -> bool) -> Vec<(String, FolderItem)> {
    let all = (0..files.length()).filter_map(|at| files.get(at));
    all.map(|file| (parted(&file).1, FolderItem::File(file))).filter(|(path, _)| reached(path, enters)).collect()
}

/// Whether every folder on a path is looked into.
fn reached(path: &str, enters: &dyn Fn(&str) -> bool) -> bool {
    path.match_indices('/').all(|(slash, _)| path.get(..slash).is_some_and(enters))
}

fn join(folder: &str, name: &str) -> String {
    if folder.is_empty() { name.to_owned() } else { [folder, "/", name].concat() }
}

async fn below_entry(
    root: &FileSystemDirectoryEntry,
    enters: &dyn Fn(&str) -> bool,
    progress: &dyn Fn(usize),
) -> Result<Vec<(String, FolderItem)>, FileError> {
    let mut found = Vec::new();
    let mut open = VecDeque::from([(String::new(), root.clone())]);
    while let Some((folder, entry)) = open.pop_front() {
        let reader = entry.create_reader();
        loop {
            let some = promise(|resolve, reject| {
                let _ = reader.read_entries_with_callback_and_callback(resolve, reject);
            });
            let some = JsFuture::from(some).await.map_err(|error| file_error(&error))?;
            let some = Array::from(&some);
            if some.length() == 0 {
                break;
            }
            for entry in some.iter() {
                let entry: FileSystemEntry = entry.unchecked_into();
                let path = join(&folder, &entry.name());
                if !entry.is_directory() {
                    found.push((path, FolderItem::Entry(entry.unchecked_into())));
                } else if enters(&path) {
                    open.push_back((path, entry.unchecked_into()));
                }
            }
            progress(found.len());
        }
    }
    Ok(found)
}

async fn below_handle(
    root: &FileSystemDirectoryHandle,
    enters: &dyn Fn(&str) -> bool,
    progress: &dyn Fn(usize),
) -> Result<Vec<(String, FolderItem)>, FileError> {
    let mut found = Vec::new();
    let mut open = VecDeque::from([(String::new(), root.clone())]);
    while let Some((folder, handle)) = open.pop_front() {
        let handles = handle.values();
        loop {
            let next = match handles.next() {
                Ok(next) => JsFuture::from(next).await,
                Err(error) => Err(error),
            };
            let next = next.map_err(|error| file_error(&error))?;
            if get(&next, "done").is_truthy() {
                break;
            }
            let handle: FileSystemHandle = get(&next, "value").unchecked_into();
            let path = join(&folder, &handle.name());
            if get_string(&handle, "kind").as_deref() == Some("file") {
                found.push((path, FolderItem::Handle(handle.unchecked_into())));
            } else if enters(&path) {
                open.push_back((path, handle.unchecked_into()));
            }
        }
        progress(found.len());
    }
    Ok(found)
}

impl FolderItem {
    /// The file as it is now, where the browser can read it again; else as it was.
    pub async fn file(&self) -> Result<File, FileError> {
        let file = JsFuture::from(self.ask_for_file()).await;
        Ok(file.map_err(|error| file_error(&error))?.unchecked_into())
    }

    fn ask_for_file(&self) -> Promise {
        match self {
            Self::File(file) => Promise::resolve(file).unchecked_into(),
            Self::Entry(entry) => promise(|resolve, reject| entry.file_with_callback_and_callback(resolve, reject)),
            Self::Handle(handle) => handle.get_file().unchecked_into(),
            Self::Packed(item) => item.ask_for_file().unchecked_into(),
        }
    }

    /// What writes it, where the browser can.
    pub fn handle(&self) -> Option<&FileSystemFileHandle> {
        match self {
            Self::Handle(handle) => Some(handle),
            Self::File(_) | Self::Entry(_) | Self::Packed(_) => None,
        }
    }
}

/// What was read of a file.
pub struct ReadFile {
    /// Its path in the folder.
    pub path: String,
    /// Its bytes, where they were wanted.
    pub bytes: Option<Vec<u8>>,
    /// When it was last changed, in milliseconds since 1970.
    pub modified_ms: f64,
}

/// So many files are read as one: the browser takes nearly as long for the bytes of one file as for those of many.
const READ_TOGETHER: usize = 16;

/// Reads files, all at the same time: give it some at a time. The bytes of a file are read where `wants` says so, of
/// its path, its size in bytes and the time of its last change. What cannot be read is left out.
pub async fn read_files(items: &[(String, FolderItem)], wants: &dyn Fn(&str, f64, f64) -> bool) -> Vec<ReadFile> {
    // Asked for before the first is awaited.
    let asked: Vec<JsFuture> = items.iter().map(|(_, item)| item.ask_for_file().into()).collect();
    let (mut read, mut wanted) = (Vec::new(), Vec::new());
    for ((path, _), file) in items.iter().zip(asked) {
        let Ok(file) = file.await else { continue };
        let file: File = file.unchecked_into();
        let modified_ms = file.last_modified();
        if wants(path, file.size(), modified_ms) {
            wanted.push((path, file));
        } else {
            read.push(ReadFile { path: path.clone(), bytes: None, modified_ms });
        }
    }
    let groups: Vec<&[(&String, File)]> = wanted.chunks(READ_TOGETHER).collect();
    let reading: Vec<Option<JsFuture>> = groups.iter().map(|group| ask_for_bytes(group)).collect();
    for (group, reading) in groups.into_iter().zip(reading) {
        let together = match reading {
            Some(bytes) => bytes.await.ok().and_then(|bytes| cut(&Uint8Array::new(&bytes), group)),
            None => None,
        };
        let bytes = match together {
            Some(bytes) => bytes,
            None => one_by_one(group).await,
        };
        let found = group.iter().zip(bytes).filter(|(_, bytes)| bytes.is_some());
        read.extend(found.map(|((path, file), bytes)| ReadFile {
            path: (*path).clone(),
            bytes,
            modified_ms: file.last_modified(),
        }));
    }
    read
}

/// Asks for the bytes of files, one after the other in one buffer.
fn ask_for_bytes(group: &[(&String, File)]) -> Option<JsFuture> {
    let files: Array = group.iter().map(|(_, file)| file).collect();
    Some(Blob::new_with_blob_sequence(&files).ok()?.array_buffer().into())
}

/// The bytes of each file; nothing where they are not as many as the files had.
fn cut(all: &Uint8Array, group: &[(&String, File)]) -> Option<Vec<Option<Vec<u8>>>> {
    let mut ends = Vec::new();
    let mut end = 0_u32;
    for (_, file) in group {
        end = end.saturating_add(file.size() as u32);
        ends.push(end);
    }
    let piece = |(start, &end): (u32, &u32)| Some(all.subarray(start, end).to_vec());
    let starts = std::iter::once(0).chain(ends.iter().copied());
    (all.length() == end).then(|| starts.zip(&ends).map(piece).collect())
}

/// The bytes of each file that can be read: one of them has vanished, or has changed meanwhile.
async fn one_by_one(group: &[(&String, File)]) -> Vec<Option<Vec<u8>>> {
    let asked: Vec<JsFuture> = group.iter().map(|(_, file)| file.array_buffer().into()).collect();
    let mut all = Vec::new();
    for bytes in asked {
        all.push(bytes.await.ok().map(|bytes| Uint8Array::new(&bytes).to_vec()));
    }
    all
}

/// All files of an archive: paths and bytes. Where one cannot be unpacked, nothing is given.
pub async fn unpacked_files(archive: &PackedFolder) -> Result<Vec<(String, Vec<u8>)>, FileError> {
    let items: Vec<(String, FolderItem)> =
        archive.items.iter().map(|(path, item)| (path.clone(), FolderItem::Packed(Box::new(item.clone())))).collect();
    let mut files = Vec::new();
    // All files of one call are read at the same time.
    for some in items.chunks(AT_ONCE) {
        let read = read_files(some, &|_, _, _| true).await;
        if read.len() < some.len() {
            return Err(super::archive::ArchiveError::Broken.into());
        }
        files.extend(read.into_iter().filter_map(|file| Some((file.path, file.bytes?))));
    }
    Ok(files)
}

/// Makes a file below a folder, and the folders on its path, where they are not there yet.
pub async fn create_file(root: &FileSystemDirectoryHandle, path: &str) -> Result<FileSystemFileHandle, FileError> {
    let (folders, name) = path.rsplit_once('/').unwrap_or(("", path));
    let folder = folder_below(root, folders, true).await?;
    let options = FileSystemGetFileOptions::new();
    options.set_create(true);
    let handle = JsFuture::from(folder.get_file_handle_with_options(name, &options)).await;
    Ok(handle.map_err(|error| file_error(&error))?.unchecked_into())
}

/// Takes a file out of a folder.
pub async fn remove_file(root: &FileSystemDirectoryHandle, path: &str) -> Result<(), FileError> {
    let (folders, name) = path.rsplit_once('/').unwrap_or(("", path));
    let folder = folder_below(root, folders, false).await?;
    JsFuture::from(folder.remove_entry(name)).await.map(|_| ()).map_err(|error| file_error(&error))
}

async fn folder_below(
    root: &FileSystemDirectoryHandle,
    folders: &str,
    create: bool,
) -> Result<FileSystemDirectoryHandle, FileError> {
    let mut folder = root.clone();
    let options = FileSystemGetDirectoryOptions::new();
    options.set_create(create);
    for name in folders.split('/').filter(|name| !name.is_empty()) {
        let below: Result<JsValue, JsValue> =
            JsFuture::from(folder.get_directory_handle_with_options(name, &options)).await;
        folder = below.map_err(|error| file_error(&error))?.unchecked_into();
    }
    Ok(folder)
}
