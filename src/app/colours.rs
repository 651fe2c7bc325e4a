//! What gives code its colours: a part of the program that is loaded when a post first has code in a language, and the
//! tables of languages, each when it is first needed. In: what rendering lacks. Out: the same, with more. Neighbours:
//! `code/highlighting.rs` notes what is missing; `editor/colours.rs` and `embed/` ask; the page's and the package's scripts
//! say how a table is read.

use std::cell::RefCell;
use std::pin::Pin;
use std::rc::Rc;

use js_sys::{Function, Promise, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use crate::code::{Highlighter, Highlighting};
use crate::highlight::Languages;
use crate::liquid::AroundChips;
use crate::split_point::NotLoaded;

/// The file with the names of all languages.
const INDEX: &str = "index";

thread_local! {
    /// Reads a file of the tables: a name in, a promise of its bytes out. None where the build has no tables.
    static READ: RefCell<Option<Function>> = const { RefCell::new(None) };
    /// One for all posts: a table is loaded once.
    static HIGHLIGHTER: RefCell<Option<Rc<dyn Highlighter>>> = const { RefCell::new(None) };
}

/// From now on the files of the tables are read so.
pub fn read_tables_with(read: Function) {
    READ.set(Some(read));
}

/// Something that is on its way.
type Loading = Pin<Box<dyn Future<Output = Result<(), NotLoaded>>>>;

crate::split_point! { colours:
    fn begin_loading(highlighting: Highlighting) -> Result<Loading, NotLoaded> {
        Ok(Box::pin(load_missing(highlighting)))
    }
}

/// Loads what code that was rendered lacks: the highlighter, or else tables. Something has come then, and it is worth
/// rendering again.
pub async fn load(highlighting: &Highlighting) -> Result<(), NotLoaded> {
    begin_loading(highlighting.clone()).await?.await
}

/// Begins to read a file.
fn begin(file: &str) -> Option<JsFuture> {
    let read = READ.with_borrow(Clone::clone)?;
    let promise = read.call1(&JsValue::UNDEFINED, &file.into()).ok()?;
    Some(promise.dyn_into::<Promise>().ok()?.into())
}

/// Its bytes.
async fn bytes(reading: Option<JsFuture>) -> Result<Vec<u8>, NotLoaded> {
    let read = reading.ok_or(NotLoaded)?.await.map_err(|_| NotLoaded)?;
    Ok(Uint8Array::new(&read).to_vec())
}

/// Whether more can be loaded for the code that was rendered.
pub fn is_wanted(highlighting: &Highlighting) -> bool {
    READ.with_borrow(Option::is_some) && (highlighting.is_wanted() || !highlighting.missing_tables().is_empty())
}

/// The highlighter with the names of all languages.
async fn new_highlighter() -> Result<Rc<dyn Highlighter>, NotLoaded> {
    let languages = Languages::with_index(&bytes(begin(INDEX)).await?);
    // Something else may have come in the place of the index.
    if languages.rouge_version().is_empty() { Err(NotLoaded) } else { Ok(Rc::new(AroundChips(languages))) }
}

async fn load_missing(highlighting: Highlighting) -> Result<(), NotLoaded> {
    let Some(loaded) = highlighting.highlighter() else {
        let known = HIGHLIGHTER.with_borrow(Clone::clone);
        let loaded = match known {
            Some(known) => known,
            None => new_highlighter().await?,
        };
        HIGHLIGHTER.set(Some(Rc::clone(&loaded)));
        highlighting.set(loaded);
        return Ok(());
    };
    let files = highlighting.missing_tables();
    let begun: Vec<_> = files.into_iter().map(|file| (begin(&file), file)).collect();
    let mut added = Vec::new();
    for (reading, file) in begun {
        if let Ok(table) = bytes(reading).await
            && loaded.add_table(&file, &table)
        {
            added.push(file);
        }
    }
    if added.is_empty() {
        return Err(NotLoaded);
    }
    highlighting.tables_added(&added);
    Ok(())
}

/// What gives code its runs: for a text that is rendered once.
pub fn highlighting() -> Highlighting {
    HIGHLIGHTER.with_borrow(Clone::clone).map(Highlighting::with).unwrap_or_default()
}
