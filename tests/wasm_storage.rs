//! The browser's versions of `storage/` in a browser: IndexedDB, the channel between tabs, preferences, file handles.
//! In: nothing. Out: passes or fails, in headless Chromium or Firefox. Neighbours: `webdriver.json` says how they start.
#![cfg(target_arch = "wasm32")]

use std::cell::RefCell;
use std::rc::Rc;

use apercu::storage::pictures::{PictureKey, Pictures, move_pictures};
use apercu::storage::*;
use apercu::text::{LineEnds, Utf16Offset, Utf16Range};
use js_sys::Promise;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

/// Runs JavaScript as an async function's body, and waits for what it returns.
async fn js(code: &str) -> JsValue {
    let code = format!("(async () => {{ {code} }})()");
    let promise: Promise = js_sys::eval(&code).expect("the script runs").dyn_into().expect("a promise");
    JsFuture::from(promise).await.expect("the promise resolves")
}

/// A database as an earlier version of the page has left it: with the text `old` of a draft, whose head has that revision
/// and length, and with what the script `more` puts into the transaction `tx` besides.
async fn earlier_database(name: &str, version: u32, stores: &[&str], (revision, bytes): (u32, u32), more: &str) {
    js(&format!(
        "await new Promise(y => {{ indexedDB.deleteDatabase('{name}').onsuccess = y; }});
        const stores = {stores:?};
        const db = await new Promise(y => {{
            const r = indexedDB.open('{name}', {version});
            r.onupgradeneeded = () => {{
                r.result.createObjectStore('heads', {{ keyPath: 'id' }});
                for (const name of stores) r.result.createObjectStore(name);
            }};
            r.onsuccess = () => y(r.result);
        }});
        const tx = db.transaction(['heads', ...stores], 'readwrite'), id = '0000000000000001';
        tx.objectStore('heads').put({{ id, revision: {revision}, title: 'Draft 1', lineEnds: 'l', caretStart: 0, caretEnd: 0, scroll: 0,
            created: 1, updated: 1, bytes: {bytes}, unsaved: true }});
        tx.objectStore('texts').put(new TextEncoder().encode('old'), id);
        {more}
        await new Promise(y => {{ tx.oncomplete = y; }});
        db.close();"
    ))
    .await;
}

/// Runs JavaScript within a transaction over all stores of a database, on a connection of its own.
async fn in_database(name: &str, code: &str) -> JsValue {
    js(&format!(
        "const db = await new Promise((y, n) => {{
             const r = indexedDB.open('{name}'); r.onsuccess = () => y(r.result); r.onerror = () => n(r.error);
         }});
         const tx = db.transaction([...db.objectStoreNames], 'readwrite');
         const end = new Promise((y, n) => {{ tx.oncomplete = y; tx.onabort = () => n(tx.error); }});
         const ask = r => new Promise((y, n) => {{ r.onsuccess = () => y(r.result); r.onerror = () => n(r.error); }});
         const heads = tx.objectStore('heads'), texts = tx.objectStore('texts'), edits = tx.objectStore('edits');
         const result = await (async () => {{ {code} }})();
         await end; db.close(); return result;"
    ))
    .await
}

async fn pause(ms: u32) {
    js(&format!("await new Promise(y => setTimeout(y, {ms}))")).await;
}

/// An empty database of that name.
async fn fresh(name: &str) -> IndexedDb {
    js(&format!("await new Promise(y => {{ indexedDB.deleteDatabase('{name}').onsuccess = y; }})")).await;
    IndexedDb::open(name).await.expect("IndexedDB opens")
}

fn draft(id: u64, text: &str) -> Draft {
    Draft { text: text.into(), title: format!("Draft {id}"), ..Draft::new(DraftId(id), 1.0) }
}

async fn text_of(store: &IndexedDb, id: u64) -> Option<String> {
    store.load(DraftId(id)).await.expect("the store answers").map(|draft| draft.text.to_string())
}

#[wasm_bindgen_test]
async fn a_draft_comes_back_with_everything_it_had() {
    let store = fresh("everything").await;
    let (line_ends, text) = LineEnds::split("\u{FEFF}a\r\nb\nc\r😀\r\n");
    let full = Draft {
        id: DraftId(u64::MAX),
        revision: 1,
        file_name: Some("2024-05-01-größe.md".into()),
        title: "Größe \u{0}\u{FFFF}".into(),
        text: text.into(),
        line_ends,
        saved: Some(FileVersion { hash: u64::MAX - 1, modified_ms: Some(1.5e12) }),
        opened: Some("a\nb\n".into()),
        caret: Utf16Range { start: Utf16Offset(2), end: Utf16Offset(7) },
        editor_scroll: 12.25,
        created_ms: 1.7e12,
        updated_ms: 1.7e12 + 1.0,
        deleted_ms: None,
    };
    let bare = draft(2, "");
    assert_eq!(store.load(full.id).await, Ok(None));
    assert_eq!(store.put(&full, 0).await, Ok(1));
    assert_eq!(store.put(&bare, 0).await, Ok(1));
    assert_eq!(store.load(full.id).await, Ok(Some(full.clone())));
    let bare = Draft { revision: 1, ..bare };
    assert_eq!(store.load(bare.id).await, Ok(Some(bare.clone())));
    let expected = Listing { drafts: vec![full.summary(), bare.summary()], damaged: vec![] };
    assert_eq!(store.list().await, Ok(expected));
}

#[wasm_bindgen_test]
async fn the_text_of_the_file_is_kept_apart_and_written_when_it_changes() {
    let store = fresh("opened").await;
    let file = |text: &str| Draft::of_file(DraftId(1), "a.md".into(), text, None, 1.0);
    assert_eq!(store.put(&file("as opened\n"), 0).await, Ok(1));
    let typed = Draft { text: "typed\n".into(), ..file("as opened\n") };
    // What lies there is not written again with a key.
    in_database("opened", "texts.put(new TextEncoder().encode('untouched'), '0000000000000001:opened')").await;
    assert_eq!(store.put(&typed, 1).await, Ok(2));
    let opened = |draft: Result<Option<Draft>, StorageError>| draft.map(|draft| draft.and_then(|draft| draft.opened));
    assert_eq!(opened(store.load(DraftId(1)).await), Ok(Some("untouched".into())));
    assert_eq!(store.put(&file("as saved\n"), 2).await, Ok(3));
    assert_eq!(opened(store.load(DraftId(1)).await), Ok(Some("as saved\n".into())));
    // A record of the time before is a draft without it, until the file is saved, even as it was.
    let old = "const h = await ask(heads.get('0000000000000001')); delete h.opened; heads.put(h);
               texts.delete('0000000000000001:opened');";
    in_database("opened", old).await;
    assert_eq!(store.load(DraftId(1)).await, Ok(Some(Draft { revision: 3, opened: None, ..file("as saved\n") })));
    assert_eq!(store.put(&file("as saved\n"), 3).await, Ok(4));
    assert_eq!(opened(store.load(DraftId(1)).await), Ok(Some("as saved\n".into())));
    assert_eq!(store.delete(DraftId(1), 0.0).await, Ok(5));
    assert_eq!(store.purge(9e9, 1).await, Ok(1));
    assert_eq!(in_database("opened", "return await ask(texts.count())").await, 0);
}

#[wasm_bindgen_test]
async fn drafts_outlive_the_connection() {
    let store = fresh("outlive").await;
    assert_eq!(store.put(&draft(1, "kept"), 0).await, Ok(1));
    assert_eq!(store.set_last_open(Some(DraftId(1))).await, Ok(()));
    drop(store);
    let store = IndexedDb::open("outlive").await.expect("opens again");
    assert_eq!(text_of(&store, 1).await.as_deref(), Some("kept"));
    assert_eq!(store.last_open().await, Ok(Some(DraftId(1))));
    assert_eq!(store.set_last_open(None).await, Ok(()));
    assert_eq!(store.last_open().await, Ok(None));
}

#[wasm_bindgen_test]
async fn of_two_connections_the_second_to_put_a_revision_gets_a_conflict() {
    let one = fresh("two").await;
    let two = IndexedDb::open("two").await.expect("a second connection");
    assert_eq!(one.put(&draft(1, "base"), 0).await, Ok(1));
    let (mine, theirs) = (draft(1, "mine"), draft(1, "theirs"));
    assert_eq!(two.put(&theirs, 1).await, Ok(2));
    let stored = Draft { revision: 2, ..theirs };
    let conflict = Err(StorageError::Conflict { theirs: Box::new(stored.clone()) });
    for expected in [0, 1, 9] {
        assert_eq!(one.put(&mine, expected).await, conflict);
    }
    assert_eq!(one.load(DraftId(1)).await, Ok(Some(stored.clone())), "nothing of a refused put is written");
    assert_eq!(one.list().await.map(|list| list.drafts), Ok(vec![stored.summary()]));
    assert_eq!(one.put(&stored, 1).await, Ok(2), "the same content is no conflict");
    assert_eq!(one.put(&mine, 2).await, Ok(3));
}

#[wasm_bindgen_test]
async fn puts_begun_together_do_not_overwrite_each_other() {
    let one = fresh("together").await;
    let two = IndexedDb::open("together").await.expect("a second connection");
    let results = Rc::new(RefCell::new(Vec::new()));
    for (store, text) in [(one, "a"), (two, "b")] {
        let results = Rc::clone(&results);
        wasm_bindgen_futures::spawn_local(async move {
            let result = store.put(&draft(1, text), 0).await;
            results.borrow_mut().push(result.is_ok());
        });
    }
    while results.borrow().len() < 2 {
        pause(5).await;
    }
    results.borrow_mut().sort_unstable();
    assert_eq!(*results.borrow(), [false, true]);
}

#[wasm_bindgen_test]
async fn a_put_that_nobody_waits_for_any_more_overwrites_nothing() {
    let store = fresh("dropped").await;
    assert_eq!(store.put(&draft(1, "theirs"), 0).await, Ok(1));
    for expected in [0, 1] {
        let mine = draft(1, "mine");
        let mut task = store.put(&mine, expected);
        // Asks for everything; then the task is dropped before it has compared.
        assert!(task.as_mut().poll(&mut std::task::Context::from_waker(std::task::Waker::noop())).is_pending());
        drop(task);
        pause(50).await;
        assert_eq!(text_of(&store, 1).await.as_deref(), Some("theirs"));
    }
}

#[wasm_bindgen_test]
async fn a_draft_thrown_away_comes_back_until_it_is_purged() {
    const DAY: f64 = 86_400_000.0;
    let store = fresh("deleted").await;
    for id in [1, 2] {
        assert_eq!(store.put(&draft(id, "a"), 0).await, Ok(1));
    }
    assert_eq!(store.delete(DraftId(1), 10.0).await, Ok(2));
    assert_eq!(store.load(DraftId(1)).await.map(|draft| draft.and_then(|draft| draft.deleted_ms)), Ok(Some(10.0)));
    assert!(matches!(store.put(&draft(1, "a"), 1).await, Err(StorageError::Conflict { .. })));
    assert_eq!(store.undelete(DraftId(1)).await, Ok(3));
    assert_eq!(store.load(DraftId(1)).await, Ok(Some(Draft { revision: 3, ..draft(1, "a") })));
    assert_eq!(store.delete(DraftId(9), 10.0).await, Err(StorageError::Missing));
    assert_eq!(store.delete(DraftId(2), 10.0).await, Ok(2));
    assert_eq!(store.purge(9.0 + 7.0 * DAY, 7).await, Ok(0));
    assert_eq!(store.purge(10.0 + 7.0 * DAY, 7).await, Ok(1));
    assert_eq!(store.load(DraftId(2)).await, Ok(None));
    let counts = in_database("deleted", "return [await ask(heads.count()), await ask(texts.count())].join()").await;
    assert_eq!(counts, "1,1", "the text is gone too");
    assert_eq!(store.put(&draft(2, "again"), 2).await, Ok(3), "a text in hand is stored again");
}

#[wasm_bindgen_test]
async fn a_damaged_record_is_told_and_the_rest_goes_on() {
    let store = fresh("damaged").await;
    for id in 1..=6 {
        assert_eq!(store.put(&draft(id, "text"), 0).await, Ok(1));
    }
    let id = |id| DraftId(id).encode();
    let code = format!(
        "const h = await ask(heads.get('{}')); delete h.lineEnds; h.revision = 'one'; heads.put(h);
         texts.put({{}}, '{}'); heads.delete('{}'); texts.delete('{}'); heads.put({{id: 7}});
         texts.put(new Uint8Array([97, 255]), '{}');",
        id(1),
        id(2),
        id(3),
        id(4),
        id(6)
    );
    in_database("damaged", &code).await;
    let corrupt = |text: Option<&str>| StorageError::Corrupt { rescued: text.map(str::to_owned) };
    assert_eq!(store.load(DraftId(1)).await, Err(corrupt(Some("text"))));
    assert_eq!(store.load(DraftId(2)).await, Err(corrupt(None)));
    assert_eq!(store.load(DraftId(3)).await, Err(corrupt(Some("text"))));
    assert_eq!(store.load(DraftId(4)).await, Err(corrupt(None)));
    assert_eq!(store.load(DraftId(5)).await, Ok(Some(Draft { revision: 1, ..draft(5, "text") })));
    assert_eq!(store.load(DraftId(6)).await, Err(corrupt(None)));
    let overwritten = store.put(&draft(1, "new"), 1).await;
    assert_eq!(overwritten, Err(corrupt(Some("text"))), "an unknown revision is not overwritten");
    assert_eq!(store.delete(DraftId(1), 1.0).await, Err(corrupt(None)));
    let list = store.list().await.expect("the list");
    assert_eq!(list.damaged, [DraftId(1)]);
    assert_eq!(list.drafts.iter().map(|draft| draft.id.0).collect::<Vec<_>>(), [2, 4, 5, 6]);
}

#[wasm_bindgen_test]
async fn a_record_that_the_browser_cannot_read_spoils_no_other() {
    let store = fresh("unreadable").await;
    for id in 1..=3 {
        assert_eq!(store.put(&draft(id, "text"), 0).await, Ok(1));
    }
    // Asking for all, or for the second, fails as it does where a record's file is lost: the request with an error.
    js("self.was = [IDBObjectStore.prototype.getAll, IDBObjectStore.prototype.get];
        const fail = store => { const r = store.count();
            Object.defineProperty(r, 'error', { get: () => new DOMException('lost', 'DataError') });
            queueMicrotask(() => r.dispatchEvent(new Event('error'))); return r; };
        IDBObjectStore.prototype.getAll = function() { return fail(this); };
        IDBObjectStore.prototype.get = function(key) {
            return String(key).endsWith('2') ? fail(this) : self.was[1].call(this, key);
        };")
    .await;
    let (list, lost) = (store.list().await, store.load(DraftId(2)).await);
    js("[IDBObjectStore.prototype.getAll, IDBObjectStore.prototype.get] = self.was;").await;
    let list = list.expect("the list");
    assert_eq!(list.drafts.iter().map(|draft| draft.id.0).collect::<Vec<_>>(), [1, 3]);
    assert_eq!(list.damaged, [DraftId(2)]);
    assert_eq!(lost, Err(StorageError::Corrupt { rescued: None }));
}

/// How many edits the journals of a database have, and the text that is stored whole for draft 1.
async fn journal_and_text(name: &str) -> String {
    let script = "const all = await ask(edits.count()), text = await ask(texts.get('0000000000000001')); \
        return all + ' ' + new TextDecoder().decode(text);";
    in_database(name, script).await.as_string().unwrap_or_default()
}

#[wasm_bindgen_test]
async fn edits_are_appended_and_compacted() {
    let store = fresh("journal").await;
    assert_eq!(store.put(&draft(1, "one"), 0).await, Ok(1));
    for (old, new, revision) in [("one", "one é", 1), ("one é", "é", 2), ("é", "é😀", 3)] {
        let edit = DraftEdit::between(old, new);
        assert_eq!(store.append(&draft(1, new), &edit, revision).await, Ok(revision + 1));
        assert_eq!(text_of(&store, 1).await.as_deref(), Some(new));
    }
    assert_eq!(journal_and_text("journal").await, "3 one");
    let list = store.list().await.expect("the list");
    assert_eq!((list.drafts[0].revision, list.drafts[0].bytes), (4, 6));
    let again = IndexedDb::open("journal").await.expect("IndexedDB opens");
    assert_eq!(text_of(&again, 1).await.as_deref(), Some("é😀"));
    assert_eq!(again.compact(DraftId(1)).await, Ok(()));
    assert_eq!(journal_and_text("journal").await, "0 é😀");
    assert_eq!(store.load(DraftId(1)).await, Ok(Some(Draft { revision: 4, ..draft(1, "é😀") })));
    // A whole text empties the journal, too.
    assert_eq!(store.append(&draft(1, "é"), &DraftEdit::between("é😀", "é"), 4).await, Ok(5));
    assert_eq!(store.put(&draft(1, "whole"), 5).await, Ok(6));
    assert_eq!(journal_and_text("journal").await, "0 whole");
    assert_eq!(store.compact(DraftId(2)).await, Ok(()));
}

#[wasm_bindgen_test]
async fn an_edit_upon_another_revision_is_a_conflict_with_the_replayed_text() {
    let store = fresh("journal-conflict").await;
    assert_eq!(store.put(&draft(1, "one"), 0).await, Ok(1));
    assert_eq!(store.append(&draft(1, "one two"), &DraftEdit::between("one", "one two"), 1).await, Ok(2));
    let theirs = Box::new(Draft { revision: 2, ..draft(1, "one two") });
    let edit = DraftEdit::between("one", "other");
    assert_eq!(store.append(&draft(1, "other"), &edit, 1).await, Err(StorageError::Conflict { theirs }));
    let same = DraftEdit::between("one", "one two");
    assert_eq!(store.append(&draft(1, "one two"), &same, 1).await, Ok(2), "nothing to decide");
    assert_eq!(journal_and_text("journal-conflict").await, "1 one");
    // Throwing away and bringing back count, too; the journal goes on.
    assert_eq!(store.delete(DraftId(1), 1.0).await, Ok(3));
    assert_eq!(store.undelete(DraftId(1)).await, Ok(4));
    assert_eq!(store.append(&draft(1, "two"), &DraftEdit::between("one two", "two"), 4).await, Ok(5));
    assert_eq!(text_of(&store, 1).await.as_deref(), Some("two"));
}

#[wasm_bindgen_test]
async fn an_edit_is_not_enough_where_the_draft_or_its_file_is_new() {
    let store = fresh("journal-whole").await;
    let edit = DraftEdit::between("one", "one two");
    assert_eq!(store.append(&draft(1, "one two"), &edit, 4).await, Ok(5), "it was purged meanwhile");
    assert_eq!(journal_and_text("journal-whole").await, "0 one two");
    let saved = Draft::of_file(DraftId(1), "a.md".into(), "one\n", None, 1.0);
    let edit = DraftEdit::between("one two", "one\n");
    assert_eq!(store.append(&saved, &edit, 5).await, Ok(6));
    assert_eq!(journal_and_text("journal-whole").await, "0 one\n");
    assert_eq!(store.load(DraftId(1)).await, Ok(Some(Draft { revision: 6, ..saved })));
}

#[wasm_bindgen_test]
async fn what_unfitting_edits_had_inserted_becomes_a_draft() {
    for broken in [
        "{ start: 0, deleted: 0, inserted: 'lost', length: 99 }",
        "{ start: 9, deleted: 0, inserted: 'lost', length: 7 }",
    ] {
        let store = fresh("journal-broken").await;
        assert_eq!(store.put(&draft(1, "one"), 0).await, Ok(1));
        assert_eq!(store.append(&draft(1, "one two"), &DraftEdit::between("one", "one two"), 1).await, Ok(2));
        in_database(
            "journal-broken",
            &format!(
                "edits.put({broken}, ['0000000000000001', 3]); \
            edits.put({{ start: 0, deleted: 0, inserted: ' words', length: 7 }}, ['0000000000000001', 4]);"
            ),
        )
        .await;
        assert_eq!(text_of(&store, 1).await.as_deref(), Some("one two"));
        assert_eq!(journal_and_text("journal-broken").await, "0 one two");
        let list = store.list().await.expect("the list");
        let lost = list.drafts.iter().find(|draft| draft.title == "Recovered: Draft 1").expect("the lost words");
        assert_eq!(text_of(&store, lost.id.0).await.as_deref(), Some("lost words"));
    }
}

#[wasm_bindgen_test]
async fn a_purge_takes_the_journal_along() {
    let store = fresh("journal-purge").await;
    for id in [1, 2] {
        assert_eq!(store.put(&draft(id, "one"), 0).await, Ok(1));
        assert_eq!(store.append(&draft(id, "two"), &DraftEdit::between("one", "two"), 1).await, Ok(2));
    }
    assert_eq!(store.delete(DraftId(1), 1.0).await, Ok(3));
    assert_eq!(store.purge(1e12, 30).await, Ok(1));
    let left = in_database("journal-purge", "return JSON.stringify(await ask(edits.getAllKeys()))").await;
    assert_eq!(left, "[[\"0000000000000002\",2]]");
}

#[wasm_bindgen_test]
async fn drafts_of_an_earlier_version_are_still_there() {
    earlier_database("earlier", 1, &["texts", "handles", "notes"], (1, 3), "").await;
    let store = IndexedDb::open("earlier").await.expect("IndexedDB opens");
    assert_eq!(store.load(DraftId(1)).await, Ok(Some(Draft { revision: 1, ..draft(1, "old") })));
    assert_eq!(store.append(&draft(1, "older"), &DraftEdit::between("old", "older"), 1).await, Ok(2));
    assert_eq!(text_of(&store, 1).await.as_deref(), Some("older"));
}

#[wasm_bindgen_test]
async fn the_second_version_had_no_histories_and_loses_nothing() {
    let more = "tx.objectStore('edits').put({ start: 3, deleted: 0, inserted: 'er', length: 3 }, [id, 2]); \
        tx.objectStore('notes').put(id, 'lastOpen');";
    earlier_database("second", 2, &["texts", "edits", "handles", "notes"], (2, 5), more).await;
    let store = IndexedDb::open("second").await.expect("IndexedDB opens");
    assert_eq!(store.load(DraftId(1)).await, Ok(Some(Draft { revision: 2, ..draft(1, "older") })));
    assert_eq!(store.last_open().await, Ok(Some(DraftId(1))));
    assert_eq!(store.versions(DraftId(1)).await, Ok(Vec::new()));
    assert_eq!(store.put_over(&draft(1, "new"), 2, Some(&version("older", 7.0))).await, Ok(3));
    assert_eq!(texts_of_versions(&store, 1).await, ["older"]);
}

#[wasm_bindgen_test]
async fn the_version_before_this_one_had_no_pictures_and_gets_room_for_them() {
    earlier_database("third", 3, &["texts", "edits", "versions", "handles", "notes"], (1, 3), "").await;
    let store = IndexedDb::open("third").await.expect("IndexedDB opens");
    assert_eq!(text_of(&store, 1).await.as_deref(), Some("old"));
    let key = |id, path: &str| PictureKey { draft: DraftId(id), path: path.to_owned() };
    let (one, other) = (key(1, "assets/images/é.png"), key(2, "a.svg"));
    assert_eq!(store.pictures().await, Ok(Vec::new()));
    assert_eq!(store.keep_picture(&one, &[0, 255, 7]).await, Ok(()));
    assert_eq!(store.keep_picture(&other, b"<svg/>").await, Ok(()));
    drop(store);
    let store = IndexedDb::open("third").await.expect("IndexedDB opens again");
    assert_eq!(store.pictures().await, Ok(vec![one.clone(), other.clone()]));
    assert_eq!(store.picture(&one).await, Ok(Some([0, 255, 7][..].into())));
    assert_eq!(move_pictures(&store, DraftId(2), DraftId(1)).await, Ok(()));
    assert_eq!(store.picture(&other).await, Ok(None));
    let moved = key(1, "a.svg");
    assert_eq!(store.picture(&moved).await, Ok(Some(b"<svg/>"[..].into())));
    // They go with their draft, and not before.
    assert_eq!(store.delete(DraftId(1), 0.0).await, Ok(2));
    assert_eq!(store.pictures().await, Ok(vec![moved, one]));
    assert_eq!(store.purge(9e9, 1).await, Ok(1));
    assert_eq!(store.pictures().await, Ok(Vec::new()));
}

fn version(text: &str, time_ms: f64) -> (Version, Rc<str>) {
    (Version::of(text, VersionReason::Change, time_ms), text.into())
}

/// The texts of a draft's versions, the newest first.
async fn texts_of_versions(store: &IndexedDb, id: u64) -> Vec<String> {
    let mut texts = Vec::new();
    for version in store.versions(DraftId(id)).await.expect("the store answers") {
        let text = store.version_text(DraftId(id), &version).await.expect("the store answers");
        texts.push(text.expect("a version has its text").to_string());
    }
    texts
}

#[wasm_bindgen_test]
async fn a_version_is_written_with_what_replaces_it_or_not_at_all() {
    let store = fresh("replaced").await;
    assert_eq!(store.put(&draft(1, "old é😀"), 0).await, Ok(1));
    let old = version("old é😀", 5.0);
    assert!(matches!(store.put_over(&draft(1, "new"), 4, Some(&old)).await, Err(StorageError::Conflict { .. })));
    assert_eq!(store.versions(DraftId(1)).await, Ok(Vec::new()));
    js("self.put = IDBObjectStore.prototype.put;
        IDBObjectStore.prototype.put = function(...a) {
            if (this.name === 'texts') throw new DOMException('no', 'QuotaExceededError');
            return self.put.apply(this, a);
        };")
    .await;
    let refused = store.put_over(&draft(1, "new"), 1, Some(&old)).await;
    js("IDBObjectStore.prototype.put = self.put;").await;
    assert_eq!(refused, Err(StorageError::Full));
    assert_eq!(store.versions(DraftId(1)).await, Ok(Vec::new()));
    assert_eq!(text_of(&store, 1).await.as_deref(), Some("old é😀"));
    assert_eq!(store.put_over(&draft(1, "new"), 1, Some(&old)).await, Ok(2));
    assert_eq!(texts_of_versions(&store, 1).await, ["old é😀"]);
    assert_eq!(text_of(&store, 1).await.as_deref(), Some("new"));
}

#[wasm_bindgen_test]
async fn a_history_is_thinned_and_goes_with_its_draft_alone() {
    const HOUR: f64 = 3_600_000.0;
    let store = fresh("histories").await;
    for id in [1, 2] {
        assert_eq!(store.put(&draft(id, "text"), 0).await, Ok(1));
        let added = [version("one", 10.1 * HOUR), version("two", 10.2 * HOUR), version("three", 12.0 * HOUR)];
        assert_eq!(store.add_versions(DraftId(id), &added, 12.5 * HOUR).await, Ok(()));
        assert_eq!(texts_of_versions(&store, id).await, ["three", "two"]);
    }
    assert_eq!(store.delete(DraftId(1), 0.0).await, Ok(2));
    assert_eq!(store.undelete(DraftId(1)).await, Ok(3));
    assert_eq!(texts_of_versions(&store, 1).await, ["three", "two"]);
    assert_eq!(store.delete(DraftId(1), 0.0).await, Ok(4));
    assert_eq!(store.purge(31.0 * 24.0 * HOUR, 30).await, Ok(1));
    assert_eq!(store.versions(DraftId(1)).await, Ok(Vec::new()));
    assert_eq!(texts_of_versions(&store, 2).await, ["three", "two"]);
}

#[wasm_bindgen_test]
async fn an_upgrade_elsewhere_closes_this_connection_and_is_told() {
    let store = fresh("upgraded").await;
    assert_eq!(store.put(&draft(1, "a"), 0).await, Ok(1));
    // Would wait for ever if the connection did not give way.
    js("const db = await new Promise(y => {
            const r = indexedDB.open('upgraded', 99); r.onsuccess = () => y(r.result);
        }); db.close();")
    .await;
    assert_eq!(store.put(&draft(1, "b"), 1).await, Err(StorageError::Outdated));
    assert_eq!(IndexedDb::open("upgraded").await.err(), Some(StorageError::Outdated));
}

#[wasm_bindgen_test]
async fn a_database_removed_elsewhere_is_made_again() {
    let store = fresh("removed").await;
    assert_eq!(store.put(&draft(1, "a"), 0).await, Ok(1));
    js("await new Promise(y => { indexedDB.deleteDatabase('removed').onsuccess = y; })").await;
    assert_eq!(store.put(&draft(1, "b"), 1).await, Ok(2));
    assert_eq!(text_of(&store, 1).await.as_deref(), Some("b"));
}

/// A real full disk cannot be had here (the quota is a share of the disk), so one is played: the transaction aborts
/// after its puts succeeded, as Chromium's does when it commits, and names the reason.
#[wasm_bindgen_test]
async fn a_transaction_aborted_for_want_of_space_is_full_and_keeps_what_was() {
    let store = fresh("full").await;
    assert_eq!(store.put(&draft(1, "old"), 0).await, Ok(1));
    js("const put = IDBObjectStore.prototype.put;
        const error = Object.getOwnPropertyDescriptor(IDBTransaction.prototype, 'error');
        IDBObjectStore.prototype.put = function(...a) {
            const r = put.apply(this, a), tx = this.transaction;
            r.onsuccess = () => { try { tx.abort(); } catch {} };
            return r;
        };
        Object.defineProperty(IDBTransaction.prototype, 'error',
            { configurable: true, get: () => new DOMException('full', 'QuotaExceededError') });
        self.restore = () => {
            IDBObjectStore.prototype.put = put;
            Object.defineProperty(IDBTransaction.prototype, 'error', error);
        };")
    .await;
    let result = store.put(&draft(1, "new"), 1).await;
    js("self.restore()").await;
    assert_eq!(result, Err(StorageError::Full));
    assert_eq!(text_of(&store, 1).await.as_deref(), Some("old"));
}

#[wasm_bindgen_test]
async fn a_browser_without_storage_is_blocked() {
    for getter in ["() => undefined", "() => { throw new DOMException('no', 'SecurityError'); }"] {
        let code = format!(
            "self.had = Object.getOwnPropertyDescriptor(self, 'indexedDB');
             Object.defineProperty(self, 'indexedDB', {{ configurable: true, get: {getter} }});"
        );
        js(&code).await;
        let result = IndexedDb::open("blocked").await.err();
        js("if (self.had) Object.defineProperty(self, 'indexedDB', self.had); else delete self.indexedDB;").await;
        assert_eq!(result, Some(StorageError::Blocked));
    }
    js("self.open = IDBFactory.prototype.open;
        IDBFactory.prototype.open = () => { throw new DOMException('no', 'SecurityError'); };")
    .await;
    let result = IndexedDb::open("blocked").await.err();
    js("IDBFactory.prototype.open = self.open;").await;
    assert_eq!(result, Some(StorageError::Blocked));
}

/// What `open` fires, and what that means: an error of the browser, or nothing at all until the patience ends.
#[wasm_bindgen_test]
async fn a_database_that_does_not_open_is_blocked_or_full() {
    for (fired, expected) in [
        ("this.onerror({})", StorageError::Blocked),
        ("this.error = new DOMException('', 'UnknownError'); this.onerror({})", StorageError::Blocked),
        ("this.error = new DOMException('', 'QuotaExceededError'); this.onerror({})", StorageError::Full),
        ("0", StorageError::Blocked),
    ] {
        let code = format!(
            "self.was = [IDBFactory.prototype.open, self.setTimeout];
             IDBFactory.prototype.open = () => {{
                 const r = {{ fire() {{ {fired} }} }}; queueMicrotask(() => r.fire()); return r;
             }};
             self.setTimeout = (f, ms) => self.was[1].call(self, f, ms / 100);"
        );
        js(&code).await;
        let result = IndexedDb::open("silent").await.err();
        js("[IDBFactory.prototype.open, self.setTimeout] = self.was;").await;
        assert_eq!(result, Some(expected), "{fired}");
    }
}

#[wasm_bindgen_test]
async fn writes_ask_for_strict_durability() {
    let store = fresh("strict").await;
    js("const start = IDBDatabase.prototype.transaction; self.modes = [];
        IDBDatabase.prototype.transaction = function(...a) {
            const tx = start.apply(this, a); self.modes.push(tx.mode + ' ' + tx.durability); return tx;
        };
        self.restore = () => { IDBDatabase.prototype.transaction = start; };")
    .await;
    let result = store.put(&draft(1, "a"), 0).await;
    let modes = js("self.restore(); return self.modes.join()").await;
    assert_eq!(result, Ok(1));
    assert_eq!(modes, "readwrite strict");
}

#[wasm_bindgen_test]
async fn caret_and_scroll_are_kept_without_a_new_revision() {
    let store = fresh("place").await;
    let caret = Utf16Range { start: Utf16Offset(1), end: Utf16Offset(2) };
    assert_eq!(store.put(&draft(1, "abc"), 0).await, Ok(1));
    assert_eq!(store.keep_place(DraftId(1), caret, 40.5).await, Ok(()));
    assert_eq!(store.keep_place(DraftId(2), caret, 40.5).await, Ok(()));
    let expected = Draft { revision: 1, caret, editor_scroll: 40.5, ..draft(1, "abc") };
    assert_eq!(store.load(DraftId(1)).await, Ok(Some(expected)));
    assert_eq!(store.load(DraftId(2)).await, Ok(None));
}

#[wasm_bindgen_test]
async fn a_file_is_written_and_read_and_its_handle_kept() {
    let store = fresh("handles").await;
    let handle = js("const root = await navigator.storage.getDirectory();
                     return root.getFileHandle('2024-05-01-a.md', { create: true });")
    .await;
    let handle: web_sys::FileSystemFileHandle = handle.dyn_into().expect("a handle");
    assert_eq!(store.keep_handle(DraftId(1), Some(&handle)).await, Ok(()));
    let handle = store.handle(DraftId(1)).await.expect("a store").expect("the handle");
    assert_eq!(permission(&handle, false).await, Permission::Granted);

    let text = "\u{FEFF}é\r\n😀\n";
    let written = write_file(&handle, &text.into()).await.expect("written");
    assert_eq!(last_modified(&handle).await, Ok(written));
    let file = read_handle(handle.clone()).await.expect("read");
    assert_eq!((file.name.as_str(), file.text.as_str(), file.modified_ms), ("2024-05-01-a.md", text, written));
    let draft = Draft::of_file(DraftId(1), file.name, &file.text, Some(written), 0.0);
    assert_eq!(draft.file(), text);

    write_file(&handle, &"short".into()).await.expect("written");
    let text = read_handle(handle.clone()).await.map(|file| file.text);
    assert_eq!(text, Ok("short".into()), "nothing of the old content is left");

    js("const root = await navigator.storage.getDirectory(); await root.removeEntry('2024-05-01-a.md');").await;
    assert_eq!(last_modified(&handle).await, Err(FileError::Gone));
    assert_eq!(store.keep_handle(DraftId(1), None).await, Ok(()));
    assert!(store.handle(DraftId(1)).await.expect("a store").is_none());
}

#[wasm_bindgen_test]
async fn a_failed_write_leaves_the_file_as_it_was() {
    let handle = js("const root = await navigator.storage.getDirectory();
                     return root.getFileHandle('failing.md', { create: true });")
    .await;
    let handle: web_sys::FileSystemFileHandle = handle.dyn_into().expect("a handle");
    write_file(&handle, &"old".into()).await.expect("written");
    js("self.write = FileSystemWritableFileStream.prototype.write;
        FileSystemWritableFileStream.prototype.write = async function(data) {
            await self.write.call(this, 'half'); throw new DOMException('', 'QuotaExceededError');
        };")
    .await;
    let result = write_file(&handle, &"new".into()).await;
    js("FileSystemWritableFileStream.prototype.write = self.write;").await;
    assert_eq!(result, Err(FileError::Full));
    assert_eq!(read_handle(handle).await.map(|file| file.text), Ok("old".into()));
}

#[wasm_bindgen_test]
async fn a_file_that_is_not_utf_8_or_too_large_is_refused() {
    let file: web_sys::File = js("return new File([new Uint8Array([97, 10, 233])], 'a.md')").await.unchecked_into();
    let error = read_file(&file).await.expect_err("Latin-1");
    assert_eq!(error, FileError::Decode(DecodeError::NotUtf8 { offset: 2, line: 2, looks: Looks::Latin1 }));
    let file: web_sys::File = js("return new File([new Uint8Array(10485761)], 'a.md')").await.unchecked_into();
    let error = read_file(&file).await.expect_err("too large");
    assert_eq!(error, FileError::Decode(DecodeError::TooLarge { bytes: 10_485_761 }));
}

#[wasm_bindgen_test]
async fn pickers_give_a_file_or_nothing() {
    js("self.pickers = [self.showOpenFilePicker, self.showSaveFilePicker]; self.asked = [];
        const root = await navigator.storage.getDirectory();
        const handle = await root.getFileHandle('picked.md', { create: true });
        const w = await handle.createWritable(); await w.write('picked'); await w.close();
        self.showOpenFilePicker = async o => { self.asked.push(o.types[0].accept['text/markdown'][0]); return [handle]; };
        self.showSaveFilePicker = async o => { self.asked.push(o.suggestedName); return handle; };")
    .await;
    assert!(can_write_files());
    let opened = open_file().await.expect("no error").expect("a file");
    assert_eq!((opened.name.as_str(), opened.text.as_str()), ("picked.md", "picked"));
    let saved = choose_save(Some("_posts/new.md")).await.expect("no error").expect("a handle");
    assert_eq!(saved.name(), "picked.md");
    assert_eq!(js("return self.asked.join()").await, ".md,new.md");

    let closed = "async () => { throw new DOMException('', 'AbortError'); }";
    js(&format!("self.showOpenFilePicker = self.showSaveFilePicker = {closed}")).await;
    assert!(matches!(open_file().await, Ok(None)));
    assert!(matches!(choose_save(None).await, Ok(None)));
    js("self.showOpenFilePicker = async () => { throw new DOMException('', 'SecurityError'); }").await;
    assert_eq!(open_file().await.err(), Some(FileError::Denied));
    js("[self.showOpenFilePicker, self.showSaveFilePicker] = self.pickers;").await;
}

/// The real pickers take the options: without a click they refuse to open, but not with a `TypeError`.
#[wasm_bindgen_test]
async fn the_real_pickers_understand_what_they_are_asked() {
    assert!(can_write_files(), "this browser has no pickers; the test is meant for Chromium");
    assert_eq!(open_file().await.err(), Some(FileError::Denied));
    assert_eq!(choose_save(Some("2024-05-01-a.md")).await.err(), Some(FileError::Denied));
}

#[wasm_bindgen_test]
async fn without_pickers_a_file_input_opens_and_leaves_nothing_behind() {
    js("self.picker = self.showOpenFilePicker; self.showOpenFilePicker = undefined;
        self.click = HTMLInputElement.prototype.click;
        HTMLInputElement.prototype.click = function() {
            const list = new DataTransfer(); list.items.add(new File(['by input'], 'input.md'));
            this.files = list.files; setTimeout(() => this.dispatchEvent(new Event('change')));
        };")
    .await;
    let opened = open_file().await.expect("no error").expect("a file");
    assert_eq!((opened.name.as_str(), opened.text.as_str()), ("input.md", "by input"));
    assert!(opened.handle.is_none());
    js("HTMLInputElement.prototype.click = function() { setTimeout(() => this.dispatchEvent(new Event('cancel'))); };")
        .await;
    assert!(matches!(open_file().await, Ok(None)));
    js("HTMLInputElement.prototype.click = self.click; self.showOpenFilePicker = self.picker;").await;
    assert_eq!(js("return document.querySelectorAll('input').length").await, 0.0);
}

#[wasm_bindgen_test]
async fn a_download_has_the_text_and_a_name() {
    js("self.click = HTMLAnchorElement.prototype.click;
        HTMLAnchorElement.prototype.click = function() { self.link = [this.href, this.download]; };")
    .await;
    assert_eq!(download(Some("a/größe.md"), "\u{FEFF}é\r\n"), Ok(()));
    let got = js("HTMLAnchorElement.prototype.click = self.click;
                  const bytes = new Uint8Array(await (await fetch(self.link[0])).arrayBuffer());
                  return self.link[1] + ' ' + bytes.join();")
    .await;
    assert_eq!(got, "größe.md 239,187,191,195,169,13,10");
}

#[wasm_bindgen_test]
async fn tabs_hear_each_other() {
    let received = Rc::new(RefCell::new(Vec::new()));
    let into = Rc::clone(&received);
    let one = Channel::open(move |message| into.borrow_mut().push(message));
    let two = Channel::open(|_| {});
    let message = TabMessage { kind: MessageKind::Written, draft: DraftId(1), revision: 3, tab: TabId(random_id()) };
    two.send(&message);
    js("const c = new BroadcastChannel('apercu:/tabs'); c.postMessage('rubbish'); c.postMessage({}); c.close();").await;
    pause(100).await;
    assert_eq!(*received.borrow(), [message]);
    drop(one);
    two.send(&message);
    pause(50).await;
    assert_eq!(received.borrow().len(), 1, "a closed channel receives nothing");
}

#[wasm_bindgen_test]
async fn preferences_are_kept_and_their_failures_ignored() {
    js("localStorage.clear()").await;
    assert_eq!(load_preferences(), Preferences::default());
    let chosen = Preferences { theme: Theme::Dark, divider: 0.25, ..Preferences::default() };
    save_preferences(&chosen);
    assert_eq!(load_preferences(), chosen);
    js("self.setItem = Storage.prototype.setItem; self.getItem = Storage.prototype.getItem;
        Storage.prototype.setItem = Storage.prototype.getItem = () => { throw new DOMException('', 'SecurityError'); };")
    .await;
    save_preferences(&Preferences::default());
    let without = load_preferences();
    js("Storage.prototype.setItem = self.setItem; Storage.prototype.getItem = self.getItem;").await;
    assert_eq!(without, Preferences::default());
    assert_eq!(load_preferences(), chosen);
}

/// Earlier versions kept choices and settings under names that all copies of the page on a host shared.
#[wasm_bindgen_test]
async fn what_all_copies_shared_is_taken_over_once() {
    let chosen = Preferences { theme: Theme::Dark, divider: 0.25, ..Preferences::default() };
    js(&format!(
        "localStorage.clear(); localStorage.setItem('apercu.preferences', '{}'); localStorage.setItem('apercu.site', 'title: A');",
        chosen.encode().replace('\n', "\\n")
    ))
    .await;
    assert_eq!(load_preferences(), chosen);
    assert_eq!(load_site(), "title: A");
    let names = "return Object.keys(localStorage).sort().join()";
    assert_eq!(js(names).await, "apercu:/preferences,apercu:/site");
    // What another copy, of an earlier version, keeps later is not this page's.
    js("localStorage.setItem('apercu.preferences', ''); localStorage.setItem('apercu.site', 'title: B');").await;
    assert_eq!(load_preferences(), chosen);
    assert_eq!(load_site(), "title: A");
    assert_eq!(js("return localStorage.getItem('apercu.site')").await, "title: B");
    js("localStorage.clear()").await;
}

#[wasm_bindgen_test]
async fn unsaved_texts_are_read_the_last_one_last_and_forgotten() {
    js("localStorage.clear();
        const keep = (name, record) => localStorage.setItem(name, JSON.stringify(record));
        keep('apercu:/unsaved-0000000000000002', { text: 'later', time: 9, running: false });
        keep('apercu:/unsaved-0000000000000001',
            { text: 'é\\n', time: 8, running: true, revision: 3, put: 7.5, fileName: 'a.md', start: 1, end: 2, top: 40.5 });
        keep('apercu:/unsaved-0000000000000003', { text: '', time: 10 });
        keep('apercu:/unsaved-short', { text: 'not ours' });
        keep('apercu:/blog/unsaved-0000000000000004', { text: 'of another copy' });
        localStorage.setItem('apercu:/unsaved-0000000000000005', '{');")
    .await;
    let records = UnsavedRecord::all();
    let full = UnsavedText {
        id: DraftId(1),
        revision: 3,
        put_ms: 7.5,
        file_name: Some("a.md".into()),
        text: "é\n".into(),
        caret: Utf16Range { start: Utf16Offset(1), end: Utf16Offset(2) },
        editor_scroll: 40.5,
        time_ms: 8.0,
        running: true,
    };
    let bare = UnsavedText {
        id: DraftId(2),
        revision: 0,
        put_ms: 0.0,
        file_name: None,
        text: "later".into(),
        caret: Utf16Range::default(),
        editor_scroll: 0.0,
        time_ms: 9.0,
        running: false,
    };
    let texts: Vec<UnsavedText> = records.iter().map(|record| record.unsaved.clone()).collect();
    assert_eq!(texts, [full, bare]);
    assert!(is_unsaved_text_kept(DraftId(2)));
    records.into_iter().for_each(UnsavedRecord::forget);
    assert!(!is_unsaved_text_kept(DraftId(2)));
    assert!(UnsavedRecord::all().is_empty());
    assert_eq!(js("return localStorage.length").await, 4.0, "what is no text of this page stays");
    js("localStorage.clear()").await;
}

#[wasm_bindgen_test]
fn names_are_random() {
    let names: std::collections::BTreeSet<u64> = (0..1000).map(|_| random_id()).collect();
    assert_eq!(names.len(), 1000);
}
