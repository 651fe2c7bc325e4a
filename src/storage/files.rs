//! Files of the person's disk: chosen, read, written, watched. In: a click. Out: texts, handles, errors.
//! Neighbours: `decode.rs` reads the bytes, `indexed_db.rs` keeps handles; `app/files/` calls it within a click.
//!
//! Where the browser has file pickers (Chromium) a handle is kept and saving writes to the same file; elsewhere a file
//! input opens and a download saves. Pickers and permissions are called by name: web-sys has them only behind a flag.

use js_sys::{Array, Object, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Blob, BlobPropertyBag, DataTransfer, File, FileSystemFileHandle, FileSystemWritableFileStream, HtmlAnchorElement,
    HtmlInputElement, Url,
};

use super::decode::{FILE_LIMIT, decode, download_name};
use super::js::{call, get, get_string, promise, set};
use super::{DecodeError, FileError};

/// What file choosers offer first: the extensions that Jekyll takes as Markdown by default (`markdown_ext`), then what
/// else a post can be.
const MARKDOWN: [&str; 5] = [".md", ".markdown", ".mkdown", ".mkdn", ".mkd"];
const ACCEPT: &str = ".md,.markdown,.mkdown,.mkdn,.mkd,.html,.txt,text/markdown,text/plain,text/html";

/// How long the address of a download stays valid: a browser may ask where to save before it reads.
const REVOKE_AFTER_MS: i32 = 120_000;

/// A file that was read.
#[derive(Clone, Debug)]
pub struct OpenedFile {
    /// Its name without folders.
    pub name: String,
    /// Its text, byte order mark and line ends as they are.
    pub text: String,
    /// When it was last changed, in milliseconds since 1970.
    pub modified_ms: f64,
    /// To write to it, where the browser can.
    pub handle: Option<FileSystemFileHandle>,
}

/// Whether the page may use a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Permission {
    /// It may.
    Granted,
    /// It may after the person has agreed; asking needs a click.
    Prompt,
    /// It may not.
    Denied,
}

/// Whether this browser can write to a chosen file; otherwise saving is a download.
pub fn can_write_files() -> bool {
    web_sys::window().is_some_and(|window| get(&window, "showSaveFilePicker").is_function())
}

/// Lets the person choose a file and reads it; nothing where they choose none. To be called within a click.
pub async fn open_file() -> Result<Option<OpenedFile>, FileError> {
    let window = window()?;
    if !get(&window, "showOpenFilePicker").is_function() {
        return match choose_by_input().await? {
            Some(file) => read_file(&file).await.map(Some),
            None => Ok(None),
        };
    }
    match picked(call(&window, "showOpenFilePicker", &[picker_options(None)])).await? {
        Some(handles) => {
            read_handle(Array::from(&handles).get(0).dyn_into().map_err(|_| FileError::Gone)?).await.map(Some)
        }
        None => Ok(None),
    }
}

/// Lets the person choose where to save; nothing where they choose nothing. To be called within a click, where
/// `can_write_files` says so.
pub async fn choose_save(name: Option<&str>) -> Result<Option<FileSystemFileHandle>, FileError> {
    let name = download_name(name);
    let handle = picked(call(&JsValue::from(window()?), "showSaveFilePicker", &[picker_options(Some(&name))])).await?;
    Ok(handle.and_then(|handle| handle.dyn_into().ok()))
}

/// Reads the file of a handle.
pub async fn read_handle(handle: FileSystemFileHandle) -> Result<OpenedFile, FileError> {
    let file = file_of(&handle).await?;
    Ok(OpenedFile { handle: Some(handle), ..read_file(&file).await? })
}

/// Reads a file that was dropped or came from an input.
pub async fn read_file(file: &File) -> Result<OpenedFile, FileError> {
    // Looked at before the bytes are asked for.
    if file.size() > FILE_LIMIT as f64 {
        return Err(DecodeError::TooLarge { bytes: file.size() as usize }.into());
    }
    let buffer = JsFuture::from(file.array_buffer()).await.map_err(|error| file_error(&error))?;
    let text = decode(Uint8Array::new(&buffer).to_vec())?;
    Ok(OpenedFile { name: file.name(), text, modified_ms: file.last_modified(), handle: None })
}

/// Writes a text (as `Draft::file` gives it) or bytes, and tells the file's modification time afterwards. The file is
/// replaced only when everything is written.
pub async fn write_file(handle: &FileSystemFileHandle, content: &JsValue) -> Result<f64, FileError> {
    let stream = JsFuture::from(handle.create_writable()).await.map_err(|error| file_error(&error))?;
    let stream: FileSystemWritableFileStream = stream.dyn_into().map_err(|_| FileError::Denied)?;
    let written = match call(&stream, "write", std::slice::from_ref(content)) {
        Ok(write) => JsFuture::from(js_sys::Promise::resolve(&write)).await.map(|_| ()),
        Err(error) => Err(error),
    };
    if let Err(error) = written {
        // The file stays as it was. An error here changes nothing.
        let _ = JsFuture::from(stream.abort()).await;
        return Err(file_error(&error));
    }
    JsFuture::from(stream.close()).await.map_err(|error| file_error(&error))?;
    last_modified(handle).await
}

/// When the file was last changed, in milliseconds since 1970: another time than the one last read or written means
/// that another program changed it.
pub async fn last_modified(handle: &FileSystemFileHandle) -> Result<f64, FileError> {
    Ok(file_of(handle).await?.last_modified())
}

/// Whether the page may write to the file, or into the folder, of a handle; with `ask` the browser asks the person, which needs a click.
pub async fn permission(handle: &JsValue, ask: bool) -> Permission {
    let method = if ask { "requestPermission" } else { "queryPermission" };
    // Firefox has handles (of its private file system) without permissions: they are always granted.
    if !get(handle, method).is_function() {
        return Permission::Granted;
    }
    let mode = Object::new();
    set(&mode, "mode", "readwrite");
    let answer = match call(handle, method, &[mode.into()]) {
        Ok(answer) => JsFuture::from(js_sys::Promise::resolve(&answer)).await,
        Err(error) => Err(error),
    };
    match answer.ok().and_then(|answer| answer.as_string()).as_deref() {
        Some("granted") => Permission::Granted,
        Some("prompt") => Permission::Prompt,
        _ => Permission::Denied,
    }
}

/// Saves a text as a download. To be called within a click.
pub fn download(name: Option<&str>, text: &str) -> Result<(), FileError> {
    download_as(&download_name(name), &JsValue::from_str(text), "text/markdown;charset=utf-8")
}

/// Saves bytes, or a text, of a media type as a download of that name. To be called within a click.
pub fn download_as(name: &str, content: &JsValue, media_type: &str) -> Result<(), FileError> {
    let window = window()?;
    let document = window.document().ok_or(FileError::Denied)?;
    let kind = BlobPropertyBag::new();
    kind.set_type(media_type);
    let parts = Array::of1(content);
    let blob = Blob::new_with_str_sequence_and_options(&parts, &kind).map_err(|error| file_error(&error))?;
    let url = Url::create_object_url_with_blob(&blob).map_err(|error| file_error(&error))?;
    let link = document.create_element("a").map_err(|error| file_error(&error))?;
    let link: HtmlAnchorElement = link.dyn_into().map_err(|_| FileError::Denied)?;
    link.set_href(&url);
    link.set_download(name);
    link.click();
    let revoke: Option<js_sys::Function> = get(&get(&window, "URL"), "revokeObjectURL").dyn_into().ok();
    if let Some(revoke) = revoke {
        let _ = window.set_timeout_with_callback_and_timeout_and_arguments_1(&revoke, REVOKE_AFTER_MS, &url.into());
    }
    Ok(())
}

fn window() -> Result<web_sys::Window, FileError> {
    web_sys::window().ok_or(FileError::Denied)
}

async fn file_of(handle: &FileSystemFileHandle) -> Result<File, FileError> {
    let file = JsFuture::from(handle.get_file()).await.map_err(|error| file_error(&error))?;
    file.dyn_into().map_err(|_| FileError::Gone)
}

/// A picker's answer; nothing where the person closed it (`AbortError`).
pub(super) async fn picked(answer: Result<JsValue, JsValue>) -> Result<Option<JsValue>, FileError> {
    let answer = match answer {
        Ok(answer) => JsFuture::from(js_sys::Promise::resolve(&answer)).await,
        Err(error) => Err(error),
    };
    match answer {
        Ok(value) => Ok(Some(value)),
        Err(error) if get_string(&error, "name").as_deref() == Some("AbortError") => Ok(None),
        Err(error) => Err(file_error(&error)),
    }
}

fn picker_options(name: Option<&str>) -> JsValue {
    let accept = Object::new();
    let extensions = |list: &[&str]| list.iter().map(|e| JsValue::from_str(e)).collect::<Array>();
    set(&accept, "text/markdown", extensions(&MARKDOWN));
    set(&accept, "text/html", extensions(&[".html"]));
    set(&accept, "text/plain", extensions(&[".txt"]));
    let posts = Object::new();
    set(&posts, "description", "Posts");
    set(&posts, "accept", accept);
    let options = Object::new();
    // The browser remembers the folder under this name.
    set(&options, "id", "posts");
    set(&options, "types", Array::of1(&posts));
    if let Some(name) = name {
        set(&options, "suggestedName", name);
    }
    options.into()
}

/// A file input. It is in the document while the person chooses, because Safari opens no other, and so that a test can
/// find it.
async fn choose_by_input() -> Result<Option<File>, FileError> {
    let document = window()?.document().ok_or(FileError::Denied)?;
    let body = document.body().ok_or(FileError::Denied)?;
    let input = document.create_element("input").map_err(|error| file_error(&error))?;
    let input: HtmlInputElement = input.dyn_into().map_err(|_| FileError::Denied)?;
    input.set_type("file");
    input.set_accept(ACCEPT);
    input.set_hidden(true);
    let chosen = promise(|resolve, _| {
        input.set_onchange(Some(resolve));
        // No typed setter; a browser without this event leaves the input waiting for a change that never comes.
        let _ = Reflect::set(&input, &JsValue::from_str("oncancel"), resolve);
    });
    let _ = body.append_child(&input);
    input.click();
    let chosen = JsFuture::from(chosen).await;
    input.remove();
    chosen.map_err(|error| file_error(&error))?;
    Ok(input.files().and_then(|files| files.get(0)))
}

pub(super) fn file_error(error: &JsValue) -> FileError {
    let text = |name| get_string(error, name).unwrap_or_default();
    FileError::of_exception(&text("name"), &text("message"))
}

/// The handle of the first file that was dropped, where the browser gives one. To be called while the drop is handled;
/// what comes back may be waited for later.
pub fn dropped_handle(data: &DataTransfer) -> Option<impl Future<Output = Option<FileSystemFileHandle>> + use<>> {
    let item = data.items().get(0)?;
    if !get(&item, "getAsFileSystemHandle").is_function() {
        return None;
    }
    let promise = call(&item, "getAsFileSystemHandle", &[]).ok()?;
    Some(async move {
        let handle = JsFuture::from(js_sys::Promise::resolve(&promise)).await.ok()?;
        // A folder has no file to read.
        (get_string(&handle, "kind").as_deref() == Some("file")).then(|| handle.unchecked_into())
    })
}
