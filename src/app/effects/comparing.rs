//! The comparison of the text in the editor with another version. In: what to compare with. Out: the differences of both
//! texts as nodes, and those of their previews in a frame like the preview's. Neighbours: `companion.rs` loads the module
//! that compares; `compare/` is its source, and `compare/dialog.rs` has the controls and places with the ids here.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use js_sys::{Array, Reflect, Uint8Array};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::{Element, HtmlTextAreaElement, KeyboardEvent, Node};

use super::dom::{build, document, now_seconds, sleep};
use super::event_listener::EventListener;
use super::listeners::hear;
use super::preview::{Connection, Preview};
use super::workbench::Workbench;
use crate::app::components::Intent;
use crate::app::state::{Action, Dialog, theme_name};
use crate::companion::{Twin, encode_lists};
use crate::markdown::block::{Block, Patch};
use crate::storage::{DraftId, Drafts};
use crate::text::{Severity, SourceMap};

/// A text that is being typed or pasted is compared after so many milliseconds.
const TYPED_AFTER: i32 = 150;
/// So many pixels are left above the first difference.
const ABOVE: f64 = 90.0;
/// What a reader can see of a difference in the preview.
const MARKS: &str = ":is(.apercu-ins, .apercu-del):not([hidden]), .apercu-changed";

/// The open comparison.
#[derive(Default)]
pub struct Comparing {
    open: RefCell<Option<Rc<Open>>>,
    /// Counts what was asked for: an answer to an older question is not shown.
    turn: Cell<u32>,
}

impl Comparing {
    /// Lets go of everything.
    pub(super) fn close(&self) {
        self.next_turn();
        self.open.take();
    }

    fn next_turn(&self) -> u32 {
        self.turn.set(self.turn.get() + 1);
        self.turn.get()
    }
}

/// The dialog's frame, and what is shown: a block for each of the lists of `compare::compare`.
struct Open {
    preview: Preview,
    twin: RefCell<Twin>,
    listeners: RefCell<Vec<EventListener>>,
}

impl Open {
    fn fill(&self) {
        let twin = self.twin.borrow();
        let lists = twin.blocks();
        let blocks = lists.get(3..).unwrap_or(&[]);
        self.preview.show_header(lists.get(2).map_or_else(|| [].into(), |header| Rc::clone(&header.tokens)), 0);
        self.preview.show_blocks(blocks, &Patch::default(), 0, &Rc::new(SourceMap::identity(usize::MAX)));
        let first = self.preview.with_document(|document, _| document.query_selector(MARKS).ok().flatten()).flatten();
        if let Some((first, scroll)) = first.zip(self.preview.scroll()) {
            self.preview.scroll_to(first.get_bounding_client_rect().top() + scroll.0 - ABOVE);
        }
    }
}

impl Workbench {
    /// Opens the comparison with the draft of that id, or with what is at hand.
    pub(super) fn compare(self: &Rc<Self>, draft: Option<Rc<str>>) {
        let bench = Rc::clone(self);
        spawn_local(async move {
            if bench.load_companion().await.is_err() {
                bench.tell("companion", Severity::Warning, "The comparison could not be loaded. Is the network gone?");
                return;
            }
            let (current, known) = bench.keeping.with_draft(|draft| (draft.id, draft.opened.is_some()));
            let chosen = draft.as_deref().unwrap_or(if known { "file" } else { "other" });
            // As `compare::dialog` reads them.
            let mut choices = [chosen, if known { "\0file" } else { "\0" }].concat();
            if let Some(store) = bench.keeping.store()
                && let Ok(listing) = store.list().await
            {
                for draft in listing.drafts.iter().filter(|draft| draft.id != current && draft.deleted_ms.is_none()) {
                    choices.push('\0');
                    choices.push_str(&draft.id.encode());
                    choices.push_str(&draft.title);
                }
            }
            bench.dispatch.dispatch(Action::Open(Dialog::Compare));
            // The dialog is there in the next turn.
            sleep(0).await;
            if bench.open_comparison(&choices).is_some() {
                bench.compare_chosen(0).await;
            }
        });
    }

    /// Puts the controls into the dialog, and a frame.
    fn open_comparison(self: &Rc<Self>, choices: &str) -> Option<()> {
        let mut twin = Twin::default();
        twin.apply(&self.companion.ask("dialog", &Array::of1(&choices.into()))?)?;
        put("compare-host", twin.blocks().first());
        let frame = self.preview.copy_of_frame("compare-frame", "Differences of the preview")?;
        let listeners = vec![
            hear(self, &frame, "load", |bench, _| bench.comparison_loaded()),
            hear(self, &place("compare-controls")?.into(), "input", |bench, _| {
                let bench = Rc::clone(bench);
                spawn_local(async move { bench.compare_chosen(TYPED_AFTER).await });
            }),
            hear(self, &place("compare-open")?.into(), "click", |bench, _| {
                let bench = Rc::clone(bench);
                spawn_local(async move { bench.open_older().await });
            }),
        ];
        place("compare-preview")?.append_child(&frame).ok()?;
        self.comparing.open.replace(Some(Rc::new(Open {
            preview: self.preview.like(frame),
            twin: RefCell::default(),
            listeners: listeners.into(),
        })));
        Some(())
    }

    /// Lets the person choose a file to compare with.
    async fn open_older(self: &Rc<Self>) {
        match crate::storage::open_file().await {
            Ok(Some(file)) => {
                if let Some(field) = place("compare-other") {
                    // The field itself makes one kind of line ends of all.
                    field.unchecked_ref::<HtmlTextAreaElement>().set_value(file.text.trim_start_matches('\u{FEFF}'));
                }
                self.compare_chosen(0).await;
            }
            Ok(None) => {}
            Err(error) => say(&error.message()),
        }
    }

    /// Compares with what is chosen, after so many milliseconds without another choice.
    async fn compare_chosen(self: &Rc<Self>, after: i32) {
        let turn = self.comparing.next_turn();
        sleep(after).await;
        let Some(chosen) = value_of("compare-with").filter(|_| self.comparing.turn.get() == turn) else { return };
        let (mut old, mut name) = (None, None);
        match &*chosen {
            "file" => old = self.keeping.with_draft(|draft| draft.opened.as_deref().map(str::to_owned)),
            "other" => old = value_of("compare-other").filter(|text| !text.is_empty()),
            id => {
                if let Some((id, store)) = DraftId::decode(id).zip(self.keeping.store())
                    && let Ok(Some(draft)) = store.load(id).await
                {
                    (old, name) = (Some(draft.text), draft.file_name);
                }
            }
        }
        let open = self.comparing.open.borrow().clone();
        let Some(open) = open.filter(|_| self.comparing.turn.get() == turn) else { return };
        let mut twin = Twin::default();
        let stopped =
            old.is_some_and(|old| self.differences(&old, name).and_then(|bytes| twin.apply(&bytes)).is_none());
        put("compare-result", twin.blocks().first());
        put("compare-text", twin.blocks().get(1));
        if stopped {
            say("The comparison has stopped working on these texts.");
        }
        *open.twin.borrow_mut() = twin;
        open.fill();
    }

    /// The lists of `compare::compare`; `None` where the module has stopped.
    fn differences(self: &Rc<Self>, old: &str, name: Option<String>) -> Option<Vec<u8>> {
        let new = self.textarea.text();
        let own_name = self.keeping.file_name();
        let name = name.or_else(|| own_name.clone());
        let arguments = Array::of2(&old.into(), &new.as_str().into());
        for (text, name) in [(old, name), (&*new, own_name)] {
            let mut session = self.new_session();
            let shown = session.update(name.as_deref(), text, now_seconds());
            let blocks = session.blocks().iter().map(|block| &*block.tokens);
            let preview = encode_lists(std::iter::once(&*shown.header).chain(blocks));
            arguments.push(&Uint8Array::from(preview.as_slice()));
        }
        let answer = self.companion.ask("compare", &arguments);
        if self.companion.keeps_the_page() {
            // The module's own page is that of another text now.
            self.show_anew();
        }
        if answer.is_none() {
            self.companion.forget();
        }
        answer
    }

    fn comparison_loaded(self: &Rc<Self>) {
        let Some(open) = self.comparing.open.borrow().clone() else { return };
        match open.preview.connect() {
            Connection::New => {
                open.preview.set_theme(theme_name(self.theme()));
                let heard = open.preview.with_document(|document, _| {
                    [
                        hear(self, document, "click", |bench, event| {
                            let open = bench.comparing.open.borrow().clone();
                            if let Some((open, target)) = open.zip(event.target()) {
                                open.preview.is_link_or_control(&target.unchecked_into::<Node>(), event);
                            }
                        }),
                        hear(self, document, "keydown", |bench, event| {
                            if event.unchecked_ref::<KeyboardEvent>().key() == "Escape" {
                                bench.handle(Intent::CloseDialog);
                            }
                        }),
                    ]
                });
                open.listeners.borrow_mut().extend(heard.into_iter().flatten());
                open.fill();
            }
            Connection::Known => {}
            Connection::Lost => open.preview.reload(),
        }
    }
}

/// A place of the dialog, while it is there.
fn place(id: &str) -> Option<Element> {
    document().get_element_by_id(id)
}

/// What stands in a field or is chosen.
fn value_of(id: &str) -> Option<String> {
    Reflect::get(&place(id)?.into(), &"value".into()).ok()?.as_string()
}

/// Puts the nodes of a list into a place, instead of what is there.
fn put(id: &str, list: Option<&Block>) {
    let Some(place) = place(id) else { return };
    let mut nodes = Vec::new();
    build(&document(), list.map_or(&[], |list| &list.tokens), &mut nodes);
    place.set_text_content(None);
    for node in nodes {
        let _ = place.append_child(&node);
    }
}

fn say(sentence: &str) {
    if let Some(place) = place("compare-result") {
        place.set_text_content(Some(sentence));
    }
}
