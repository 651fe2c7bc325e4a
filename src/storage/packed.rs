//! Files in an archive, unpacked by the browser when they are asked for. In: a `.zip` or a `.gem` that was chosen. Out: the
//! files in it. Neighbours: `archive.rs` says where they are, `folder.rs` has them as the files of a folder.
//!
//! The browser's own `DecompressionStream` unpacks: every browser that is supported has it, it does not hold up typing,
//! and a library for it would be six more kilobytes.

use js_sys::{Array, Function, Promise, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, future_to_promise};
use web_sys::{Blob, File, FilePropertyBag, ReadableStreamDefaultReader};

use super::FileError;
use super::archive::{
    ArchiveError, GEM_FILES, PackedFile, Packing, is_gzip, is_zip, tar_files, without_top_folder, zip_files,
};
use super::files::file_error;
use super::js::{call, get};

/// The largest archive that is opened, and the largest file in one, in bytes.
const LARGEST_ARCHIVE: f64 = 300_000_000.0;
const LARGEST_FILE: u64 = 50_000_000;

/// An archive that was chosen, as a folder.
#[derive(Clone)]
pub struct PackedFolder {
    pub(super) name: String,
    pub(super) items: Vec<(String, PackedItem)>,
}

/// A file in an archive.
#[derive(Clone)]
pub struct PackedItem {
    bytes: Blob,
    packing: Packing,
    size: f64,
    name: String,
    modified_ms: f64,
    /// Unpacks it: the code of that comes with what opens archives.
    unpack: fn(&Self) -> Promise,
}

impl PackedFolder {
    /// Looks into an archive: a `.zip`, a `.gem`, or a `.tar` that gzip has packed. The folder that all files of it lie in
    /// is left out of their paths.
    pub async fn open(file: File) -> Result<Self, FileError> {
        if file.size() > LARGEST_ARCHIVE {
            return Err(FileError::Other("it has more than 300 MB".to_owned()));
        }
        let bytes = bytes_of(&file).await?;
        let stem = file.name();
        let stem = stem.rsplit_once('.').map_or(stem.as_str(), |(stem, _)| stem);
        if is_zip(&bytes) {
            return Ok(Self::of(zip_files(&bytes)?, &file, &file, stem));
        }
        let place = if is_gzip(&bytes) {
            0..bytes.len()
        } else {
            tar_files(&bytes)?.into_iter().find(|file| file.path == GEM_FILES).ok_or(ArchiveError::Broken)?.place
        };
        let tar = unpacked(&slice(&file, place)?, "gzip", LARGEST_ARCHIVE).await?;
        Ok(Self::of(tar_files(&bytes_of(&tar).await?)?, &tar, &file, stem))
    }

    fn of(mut files: Vec<PackedFile>, archive: &Blob, file: &File, stem: &str) -> Self {
        let name = without_top_folder(&mut files).unwrap_or_else(|| stem.to_owned());
        let modified_ms = file.last_modified();
        // What is larger is no text, and no picture of a page.
        let items = files.into_iter().filter(|file| file.size <= LARGEST_FILE).filter_map(|file| {
            let name = file.path.rsplit('/').next().unwrap_or_default().to_owned();
            let bytes = slice(archive, file.place).ok()?;
            let (size, unpack) = (file.size as f64, PackedItem::unpacked as fn(&PackedItem) -> Promise);
            let item = PackedItem { bytes, packing: file.packing, size, name, modified_ms, unpack };
            Some((file.path, item))
        });
        Self { name, items: items.collect() }
    }
}

impl From<ArchiveError> for FileError {
    fn from(error: ArchiveError) -> Self {
        Self::Other(error.message())
    }
}

impl PackedItem {
    /// The promise of the file.
    pub(super) fn ask_for_file(&self) -> Promise {
        (self.unpack)(self)
    }

    fn unpacked(&self) -> Promise {
        let item = self.clone();
        future_to_promise(async move {
            let bytes = match item.packing {
                Packing::Stored => item.bytes,
                Packing::Deflated => unpacked(&item.bytes, "deflate-raw", item.size)
                    .await
                    .map_err(|error| JsValue::from(error.message()))?,
            };
            Ok(new_file(&bytes, &item.name, item.modified_ms)?.into())
        })
    }
}

/// A file with these bytes (a `Blob` or a `Uint8Array`), of the type that its name has for a browser. `modified_ms`:
/// milliseconds since 1970.
pub fn new_file(bytes: &JsValue, name: &str, modified_ms: f64) -> Result<File, JsValue> {
    let options = FilePropertyBag::new();
    options.set_last_modified(modified_ms);
    options.set_type(media_type(name));
    File::new_with_blob_sequence_and_options(&Array::of1(bytes), name, &options)
}

/// The type of a file where a browser does not find it out from its bytes.
pub fn media_type(name: &str) -> &'static str {
    match name.rsplit_once('.').map_or("", |(_, extension)| extension) {
        "svg" => "image/svg+xml",
        "css" => "text/css",
        "js" | "mjs" => "text/javascript",
        "json" => "application/json",
        _ => "",
    }
}

/// The file, of the type that its name has where the browser knows none.
pub fn with_media_type(file: &File) -> Blob {
    let media_type = Some(media_type(&file.name())).filter(|known| !known.is_empty() && file.type_().is_empty());
    let typed = media_type.and_then(|known| file.slice_with_f64_and_f64_and_content_type(0.0, file.size(), known).ok());
    typed.unwrap_or_else(|| file.clone().unchecked_into())
}

async fn bytes_of(blob: &Blob) -> Result<Vec<u8>, FileError> {
    let buffer = JsFuture::from(blob.array_buffer()).await.map_err(|error| file_error(&error))?;
    Ok(Uint8Array::new(&buffer).to_vec())
}

fn slice(blob: &Blob, place: std::ops::Range<usize>) -> Result<Blob, FileError> {
    blob.slice_with_f64_and_f64(place.start as f64, place.end as f64).map_err(|error| file_error(&error))
}

/// What these bytes are when they are unpacked, which must not be more than `limit` bytes.
async fn unpacked(packed: &Blob, format: &str, limit: f64) -> Result<Blob, FileError> {
    match read_all(packed, format, limit).await {
        Ok(Some(bytes)) => Ok(bytes),
        Ok(None) | Err(_) => Err(ArchiveError::Broken.into()),
    }
}

async fn read_all(packed: &Blob, format: &str, limit: f64) -> Result<Option<Blob>, JsValue> {
    // By its name, because web-sys has it behind a flag only.
    let unpacking: Function = get(&js_sys::global(), "DecompressionStream").dyn_into()?;
    let unpacking = Reflect::construct(&unpacking, &Array::of1(&format.into()))?;
    let stream = call(&packed.stream(), "pipeThrough", &[unpacking])?;
    let reader: ReadableStreamDefaultReader = call(&stream, "getReader", &[])?.unchecked_into();
    let (pieces, mut length) = (Array::new(), 0.0);
    loop {
        let read = JsFuture::from(reader.read()).await?;
        if get(&read, "done").is_truthy() {
            return Blob::new_with_u8_array_sequence(&pieces).map(Some);
        }
        let piece: Uint8Array = get(&read, "value").unchecked_into();
        length += f64::from(piece.length());
        if length > limit {
            let _ = reader.cancel();
            return Ok(None);
        }
        pieces.push(&piece);
    }
}
