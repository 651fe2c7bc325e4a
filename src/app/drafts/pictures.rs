//! Pictures that a writer pastes or drops: kept with the draft in the editor, named in its text, shown in the preview, made
//! smaller, saved with the post. In: files, pauses, saves, what a message offers. Out: kept bytes, edits, addresses for the
//! preview, an archive. Neighbours: `writing/pictures.rs` says what they are called and what the text gets;
//! `storage/pictures.rs` keeps them; `site_folder/site_pictures.rs` has those of an open site.
//!
//! A picture is shown by an `img` alone, from an address of its own (`blob:`): in that nothing of a drawing runs.

use std::cell::RefCell;
use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use js_sys::{Array, Function, Promise, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{Blob, BlobPropertyBag, Document, Element, File, Url};

use crate::app::browser::dom::{MediaAddresses, document, local_time, now_ms, now_seconds, window};
use crate::app::components::size;
use crate::app::page_controller::PageController;
use crate::app::site_folder::archive::archive;
use crate::app::state::{Action, Message, Offer};
use crate::commands::{Snapshot, takes_markdown};
use crate::markdown::sanitize::show_kept_pictures;
use crate::post::file_name::FileName;
use crate::storage::pictures::{PictureKey, Pictures};
use crate::storage::{DraftId, FileError, IndexedDb, StorageError, download_as, load_picture_folder, new_file};
use crate::text::Severity;
use crate::writing::pictures::{
    PictureKind, PictureOwner, PicturePlace, folder_named, names_picture, picture_address, picture_at, picture_edit,
    picture_path, smaller_size,
};

/// A larger picture is not kept, in bytes.
const LARGEST: f64 = 50_000_000.0;
/// The quality with which a picture is written again, from 0 to 1.
const QUALITY: f64 = 0.85;
/// The key of the messages.
const KEY: &str = "picture";

/// The pictures that the preview can show.
#[derive(Default)]
struct ShownPictures {
    /// What stands before all addresses of the site.
    base: String,
    /// The addresses under which the browser has them, by their paths.
    known: HashMap<String, String>,
    /// All that are kept, and the draft that was in the editor when they were listed.
    kept: Vec<PictureKey>,
    listed_for: Option<DraftId>,
    /// Those that came in last.
    last: Vec<PictureKey>,
    /// The paths of those that were offered with a saved post.
    offered: HashSet<String>,
}

thread_local! {
    static SHOWN: RefCell<ShownPictures> = RefCell::default();
}

/// The address in the browser of the picture that an address in a post names.
fn shown_address(address: &str) -> Option<String> {
    SHOWN.with_borrow(|shown| shown.known.get(&picture_at(address, &shown.base)?).cloned())
}

/// What the addresses of pictures become where a post stands without its site.
pub(crate) fn kept_media() -> Rc<MediaAddresses> {
    Rc::new(|address| Some(shown_address(address).unwrap_or_else(|| address.to_owned())))
}

/// The kept pictures that the text names, as addresses that hold their bytes, by their paths: for a page that stands alone.
/// One that cannot be read is left out.
pub(crate) async fn written_out(page: &Rc<PageController>) -> HashMap<String, String> {
    let mut addresses = HashMap::new();
    if page.show_named_pictures().await.is_err() {
        return addresses;
    }
    let Some(store) = page.draft.store() else { return addresses };
    for key in page.named_pictures() {
        let (kind, bytes) = (PictureKind::of_name(&key.path), store.picture(&key).await);
        let (Some(kind), Ok(Some(bytes))) = (kind, bytes) else { continue };
        let letters: String = bytes.iter().map(|byte| char::from(*byte)).collect();
        let written = call(&window(), "btoa", &[letters.into()]).ok().and_then(|written| written.as_string());
        if let Some(written) = written {
            addresses.insert(key.path, ["data:", kind.media_type(), ";base64,", &written].concat());
        }
    }
    addresses
}

/// The picture of those that an address in a post names.
pub(crate) fn picture_of<'a>(address: &str, pictures: &'a HashMap<String, String>) -> Option<&'a String> {
    pictures.get(&SHOWN.with_borrow(|shown| picture_at(address, &shown.base))?)
}

/// Keeps pictures with the draft in the editor, and puts them into its text.
pub(crate) fn take_pictures(page: &Rc<PageController>, files: Vec<File>) {
    let page = Rc::clone(page);
    spawn_local(async move {
        if let Err(error) = page.keep_pictures(files).await {
            page.editor.tell(KEY, Severity::Error, error.message());
        }
    });
}

/// Takes the offer of a message about pictures.
pub(crate) fn take_offer(page: &Rc<PageController>, offer: Offer) {
    let page = Rc::clone(page);
    spawn_local(async move {
        let done = match offer {
            Offer::ShrinkPictures => page.shrink_pictures().await,
            Offer::SaveWithPictures => page.save_with_pictures().await,
            _ => Ok(()),
        };
        if let Err(error) = done {
            page.editor.tell(KEY, Severity::Error, error.message());
        }
    });
}

/// Typing has paused, or the draft was saved: the preview shows the pictures that the text names, and after a save they
/// are offered with the post.
pub(crate) fn follow(page: &Rc<PageController>, is_saved: bool) {
    let page = Rc::clone(page);
    spawn_local(async move {
        // Where the store does not answer, there is a message already.
        if page.show_named_pictures().await.is_ok() && is_saved {
            page.offer_pictures();
        }
    });
}

impl PageController {
    async fn keep_pictures(self: &Rc<Self>, files: Vec<File>) -> Result<(), StorageError> {
        let store = self.draft.store().ok_or(StorageError::Blocked)?;
        if !self.editor.can_edit() {
            return Ok(());
        }
        let draft = self.id_in_editor();
        let in_site = self.picture_place_in_site();
        let of_site = in_site.is_some();
        let mut place = in_site.unwrap_or_else(|| PicturePlace {
            folder: folder_named(&load_picture_folder()),
            ..PicturePlace::default()
        });
        let kept = store.pictures().await?;
        place.taken.extend(kept.iter().map(|key| key.path.to_lowercase()));
        let owner = PictureOwner::of(&self.name_to_save(), &local_time());
        let (mut new, mut for_site) = (Vec::new(), Vec::new());
        for file in files {
            let Some(kind) = PictureKind::of(&file.name(), &file.type_()) else { continue };
            if file.size() > LARGEST {
                self.editor.tell(KEY, Severity::Warning, "A picture of more than 50 MB is not taken.");
                continue;
            }
            let is_taken = |path: &str| place.taken.contains(&path.to_lowercase());
            let path = picture_path(&place.folder, &file.name(), kind, &owner, &is_taken);
            place.taken.insert(path.to_lowercase());
            let unreadable = |_| StorageError::Other("the picture could not be read".to_owned());
            let buffer = JsFuture::from(file.array_buffer()).await.map_err(unreadable)?;
            let bytes = Uint8Array::new(&buffer).to_vec();
            let key = PictureKey { draft, path };
            store.keep_picture(&key, &bytes).await?;
            self.know(&key, &bytes);
            for_site.extend(site_file(&key.path, &bytes));
            new.push(key);
        }
        // What is kept with another draft stays there.
        if new.is_empty() || self.id_in_editor() != draft {
            return Ok(());
        }
        self.listen_for_pictures();
        let base = self.site.settings().base();
        let addresses: Vec<String> = new.iter().map(|key| picture_address(&base, &key.path)).collect();
        let text = self.editor.textarea.text();
        let selection = self.editor.textarea.selection(&text);
        let takes = takes_markdown(&Snapshot { text: &text, selection });
        self.editor.edit(&text, &picture_edit(&text, selection, &addresses, takes));
        self.add_to_site(&for_site);
        let may_be_smaller =
            |key: &PictureKey| PictureKind::of_name(&key.path).is_some_and(PictureKind::may_be_smaller);
        let offer = new.iter().any(may_be_smaller);
        self.tell_of_pictures(&kept_sentence(&addresses, of_site), offer.then_some(Offer::ShrinkPictures));
        SHOWN.with_borrow_mut(|shown| shown.last = new);
        Ok(())
    }

    fn picture_place_in_site(&self) -> Option<PicturePlace> {
        self.loaded_site_tools().and_then(|tools| (tools.picture_place)(self))
    }

    /// Pictures of a file of the open site are files of the site.
    fn add_to_site(self: &Rc<Self>, pictures: &[(String, File)]) {
        if let Some(tools) = self.loaded_site_tools() {
            (tools.add_pictures)(self, pictures);
        }
    }

    fn tell_of_pictures(&self, text: &str, offer: Option<Offer>) {
        let offer = offer.map(|offer| match offer {
            Offer::SaveWithPictures => ("Save with its pictures (.zip)", offer),
            _ => ("Make smaller and remove metadata", offer),
        });
        let message = Message { key: KEY, severity: Severity::Note, text: text.into(), offer };
        self.editor.dispatch.dispatch(Action::Tell(message));
    }

    /// The preview shows this picture from now on.
    fn know(&self, key: &PictureKey, bytes: &[u8]) {
        let Some(address) = object_url(bytes, &key.path) else { return };
        let old = SHOWN.with_borrow_mut(|shown| {
            if !shown.kept.contains(key) {
                shown.kept.push(key.clone());
            }
            shown.known.insert(key.path.clone(), address.clone())
        });
        if let Some(old) = old {
            self.in_previews(|document| replace_address(document, &old, &address));
            let _ = Url::revoke_object_url(&old);
        }
    }

    /// Addresses of kept pictures become those under which the browser has them. The page of a site has its own.
    fn listen_for_pictures(&self) {
        show_kept_pictures(|address| shown_address(address).is_some());
        let base = self.site.settings().base();
        SHOWN.with_borrow_mut(|shown| shown.base = base);
        if self.editor.around.borrow().is_some() {
            return;
        }
        self.editor.preview.set_media(Some(kept_media()));
        if let Some(second) = &*self.editor.second_preview.borrow() {
            second.preview.set_media(Some(kept_media()));
        }
        // What was shown before stays as it is.
        self.in_previews(show_all);
    }

    fn in_previews(&self, change: impl Fn(&Document)) {
        self.editor.preview.with_document(|document, _| change(document));
        if let Some(second) = &*self.editor.second_preview.borrow() {
            second.preview.with_document(|document, _| change(document));
        }
    }

    /// Loads the kept pictures that the text names, and shows them.
    async fn show_named_pictures(self: &Rc<Self>) -> Result<(), StorageError> {
        let Some(store) = self.draft.store() else { return Ok(()) };
        let draft = self.id_in_editor();
        if SHOWN.with_borrow(|shown| shown.listed_for != Some(draft)) {
            let kept = store.pictures().await?;
            SHOWN.with_borrow_mut(|shown| (shown.kept, shown.listed_for) = (kept, Some(draft)));
        }
        let mut is_new = false;
        for key in self.named_pictures() {
            if SHOWN.with_borrow(|shown| shown.known.contains_key(&key.path)) {
                continue;
            }
            if let Some(bytes) = store.picture(&key).await? {
                self.know(&key, &bytes);
                is_new = true;
            }
        }
        if SHOWN.with_borrow(|shown| !shown.known.is_empty()) {
            self.listen_for_pictures();
        }
        if is_new && self.editor.around.borrow().is_none() {
            self.editor.show_anew();
        }
        Ok(())
    }

    /// The kept pictures that the text names: of several at one path, that of the draft itself.
    fn named_pictures(&self) -> Vec<PictureKey> {
        let (draft, text) = (self.id_in_editor(), self.editor.text_now());
        let mut named: Vec<PictureKey> = SHOWN.with_borrow(|shown| {
            let named = shown.kept.iter().filter(|key| names_picture(&text, &key.path));
            named.cloned().collect()
        });
        named.sort_by_key(|key| (key.path.clone(), key.draft != draft));
        named.dedup_by(|later, first| later.path == first.path);
        named
    }

    /// The post alone was saved: its pictures are offered, too. A site's are saved with it.
    fn offer_pictures(&self) {
        let named = self.named_pictures();
        let count = named.len();
        if self.picture_place_in_site().is_some() {
            return;
        }
        // Once for each picture: who saves often is not told each time.
        let is_new = SHOWN.with_borrow_mut(|shown| {
            named.into_iter().filter(|key| shown.offered.insert(key.path.clone())).count() > 0
        });
        if !is_new {
            return;
        }
        let text = match count {
            1 => "The post is saved. Its picture is kept in this browser alone.".to_owned(),
            count => format!("The post is saved. Its {count} pictures are kept in this browser alone."),
        };
        self.tell_of_pictures(&text, Some(Offer::SaveWithPictures));
    }

    /// Saves the post and its pictures as one archive, each at its path in the site.
    async fn save_with_pictures(self: &Rc<Self>) -> Result<(), StorageError> {
        let store = self.draft.store().ok_or(StorageError::Blocked)?;
        let post = FileName::read(&self.name_to_save());
        let mut files: Vec<(String, Rc<[u8]>)> = vec![(post.site_path(), self.file_bytes().into_bytes().into())];
        for key in self.named_pictures() {
            if let Some(bytes) = store.picture(&key).await? {
                files.push((key.path, bytes));
            }
        }
        let bytes = archive(&files, now_seconds()).map_err(|error| StorageError::Other(error.to_string()))?;
        let name = [&post.stem, ".zip"].concat();
        let saved = download_as(&name, &Uint8Array::from(bytes.as_slice()), "application/zip");
        saved.map_err(|error: FileError| StorageError::Other(error.message()))
    }

    /// Makes the pictures that came in last smaller, where that is possible.
    async fn shrink_pictures(self: &Rc<Self>) -> Result<(), StorageError> {
        let store = self.draft.store().ok_or(StorageError::Blocked)?;
        let last = SHOWN.with_borrow(|shown| shown.last.clone());
        let (mut before, mut after, mut for_site) = (0, 0, Vec::new());
        for key in &last {
            let Some((old, new)) = shrunk(&store, key).await? else { continue };
            store.keep_picture(key, &new).await?;
            self.know(key, &new);
            for_site.extend(site_file(&key.path, &new));
            before += old;
            after += new.len();
        }
        if for_site.is_empty() {
            let text = "Written again, it would be no smaller. It stays as it is, with its metadata.";
            self.tell_of_pictures(text, None);
            return Ok(());
        }
        if last.first().is_some_and(|key| key.draft == self.id_in_editor()) {
            self.add_to_site(&for_site);
        }
        let text = format!("{} became {}, without metadata.", size(before as u64), size(after as u64));
        self.tell_of_pictures(&text, None);
        Ok(())
    }
}

/// The sentence that says where pictures are.
fn kept_sentence(addresses: &[String], of_site: bool) -> String {
    let what = match addresses {
        [address] => ["The picture ", address, " is"].concat(),
        _ => format!("{} pictures are", addresses.len()),
    };
    let rest = if of_site {
        " kept with this draft until the site is saved."
    } else {
        " kept in this browser, with this draft."
    };
    [&what, rest].concat()
}

/// A picture as a file of a site, with its path.
fn site_file(path: &str, bytes: &[u8]) -> Option<(String, File)> {
    let name = path.rsplit('/').next().unwrap_or(path);
    Some((path.to_owned(), new_file(&Uint8Array::from(bytes), name, now_ms()).ok()?))
}

/// The picture as a blob of its type.
fn blob(bytes: &[u8], kind: PictureKind) -> Option<Blob> {
    let options = BlobPropertyBag::new();
    options.set_type(kind.media_type());
    Blob::new_with_u8_array_sequence_and_options(&Array::of1(&Uint8Array::from(bytes)), &options).ok()
}

fn object_url(bytes: &[u8], path: &str) -> Option<String> {
    Url::create_object_url_with_blob(&blob(bytes, PictureKind::of_name(path)?)?).ok()
}

/// All pictures of a document that have an address.
fn pictures_of(document: &Document) -> Vec<Element> {
    let Ok(found) = document.query_selector_all("img[src]") else { return Vec::new() };
    (0..found.length()).filter_map(|at| found.item(at)).map(JsCast::unchecked_into).collect()
}

/// Shows the kept pictures among those of a document.
fn show_all(document: &Document) {
    for picture in pictures_of(document) {
        if let Some(address) = picture.get_attribute("src").and_then(|address| shown_address(&address)) {
            let _ = picture.set_attribute("src", &address);
        }
    }
}

fn replace_address(document: &Document, old: &str, new: &str) {
    for picture in pictures_of(document).iter().filter(|picture| picture.get_attribute("src").as_deref() == Some(old)) {
        let _ = picture.set_attribute("src", new);
    }
}

/// The length of a kept picture, and its bytes as a browser writes it again: no larger than it needs to be, without
/// metadata. Nothing where it is kept no longer, or would be no smaller.
async fn shrunk(store: &IndexedDb, key: &PictureKey) -> Result<Option<(usize, Vec<u8>)>, StorageError> {
    let kind = PictureKind::of_name(&key.path).filter(|kind| kind.may_be_smaller());
    let (Some(kind), Some(bytes)) = (kind, store.picture(key).await?) else { return Ok(None) };
    // What the browser cannot read stays as it is.
    let written = written_again(&bytes, kind).await.ok().flatten();
    Ok(written.filter(|written| written.len() < bytes.len()).map(|written| (bytes.len(), written)))
}

/// A picture as the browser writes it again; nothing where it cannot write that kind.
async fn written_again(bytes: &[u8], kind: PictureKind) -> Result<Option<Vec<u8>>, JsValue> {
    let Some(blob) = blob(bytes, kind) else { return Ok(None) };
    let bitmap = JsFuture::from(Promise::resolve(&call(&window(), "createImageBitmap", &[blob.into()])?)).await?;
    let side = |name: &str| Reflect::get(&bitmap, &name.into()).map(|side| side.as_f64().unwrap_or_default());
    let (width, height) = smaller_size(side("width")?, side("height")?);
    let canvas = document().create_element("canvas")?;
    Reflect::set(&canvas, &"width".into(), &width.into())?;
    Reflect::set(&canvas, &"height".into(), &height.into())?;
    let context = call(&canvas, "getContext", &["2d".into()])?;
    call(&context, "drawImage", &[bitmap, 0.into(), 0.into(), width.into(), height.into()])?;
    let media_type = JsValue::from_str(kind.media_type());
    let written = Promise::new(&mut |resolve, reject| {
        if let Err(error) = call(&canvas, "toBlob", &[resolve.into(), media_type.clone(), QUALITY.into()]) {
            let _ = reject.call1(&JsValue::NULL, &error);
        }
    });
    let written: Blob = match JsFuture::from(written).await?.dyn_into() {
        Ok(written) => written,
        Err(_) => return Ok(None),
    };
    // A browser that cannot write the kind writes PNG.
    if written.type_() != kind.media_type() {
        return Ok(None);
    }
    Ok(Some(Uint8Array::new(&JsFuture::from(written.array_buffer()).await?).to_vec()))
}

/// Calls a method by its name: web-sys has those for canvases behind features that nothing else needs.
fn call(object: &JsValue, method: &str, arguments: &[JsValue]) -> Result<JsValue, JsValue> {
    let function: Function = Reflect::get(object, &method.into())?.dyn_into()?;
    Reflect::apply(&function, object, &arguments.iter().collect::<Array>())
}
