//! The comparison of the text in the editor with another version. In: what to compare with. Out: the differences of both
//! texts as nodes, and those of their previews in a frame like the preview's. Neighbours: `compare/` compares; `compare/dialog.rs` has the controls and places with the ids here.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use js_sys::Reflect;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::{Element, HtmlTextAreaElement, KeyboardEvent, Node};

use crate::app::browser::dom::{build, document, now_seconds, sleep};
use crate::app::browser::event_listener::EventListener;
use crate::app::browser::event_listener::hear;
use crate::app::browser::guard::{Stopped, guarded};
use crate::app::components::Intent;
use crate::app::preview::frame::{Connection, Preview};
use crate::app::shown::Shown;
use crate::app::state::{Action, Dialog, theme_name};
use crate::app::workbench::Workbench;
use crate::compare::Lists;
use crate::markdown::block::{Block, Patch};
use crate::markdown::token::Token;
use crate::render::Renderer;
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
    pub(crate) fn close(&self) {
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
    lists: RefCell<Lists>,
    listeners: RefCell<Vec<EventListener>>,
}

impl Open {
    fn fill(&self) {
        let lists = self.lists.borrow();
        let blocks = as_blocks(lists.get(3..).unwrap_or(&[]));
        self.preview.show_header(lists.get(2).map_or(&[][..], Vec::as_slice).into(), 0);
        self.preview.show_blocks(&blocks, &Patch::default(), 0, &Rc::new(SourceMap::identity(usize::MAX)));
        let first = self.preview.with_document(|document, _| document.query_selector(MARKS).ok().flatten()).flatten();
        if let Some((first, scroll)) = first.zip(self.preview.scroll()) {
            self.preview.scroll_to(first.get_bounding_client_rect().top() + scroll.0 - ABOVE);
        }
    }
}

impl Workbench {
    /// Opens the comparison with the draft of that id, or with what is at hand.
    pub(crate) fn compare(self: &Rc<Self>, draft: Option<Rc<str>>) {
        let bench = Rc::clone(self);
        spawn_local(async move {
            if bench.load_tools().await.is_err() {
                bench.tell("tools", Severity::Warning, "The comparison could not be loaded. Is the network gone?");
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
        put("compare-host", &(self.tools.get()?.compare_dialog)(choices));
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
            lists: RefCell::default(),
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
                    (old, name) = (Some(draft.text.to_string()), draft.file_name);
                }
            }
        }
        let open = self.comparing.open.borrow().clone();
        let Some(open) = open.filter(|_| self.comparing.turn.get() == turn) else { return };
        let lists = match old.map(|old| self.differences(old, name)) {
            Some(Ok(lists)) => lists,
            Some(Err(Stopped)) => vec![vec![Token::Text("The comparison has stopped working on these texts.".into())]],
            None => Lists::default(),
        };
        put("compare-result", lists.first().map_or(&[], Vec::as_slice));
        put("compare-text", lists.get(1).map_or(&[], Vec::as_slice));
        *open.lists.borrow_mut() = lists;
        open.fill();
    }

    /// The lists of `compare::compare`.
    fn differences(self: &Rc<Self>, old: String, name: Option<String>) -> Result<Lists, Stopped> {
        let tools = self.tools.get().ok_or(Stopped)?;
        let (new, own_name) = (self.textarea.text(), self.keeping.file_name());
        let name = name.or_else(|| own_name.clone());
        let (before, after, now) = (self.new_renderer(), self.new_renderer(), now_seconds());
        guarded(move || {
            let preview = |mut renderer: Renderer, name: Option<String>, text: &str| -> Lists {
                let shown = Shown::of(&mut renderer, name.as_deref(), text, now);
                let blocks = renderer.blocks().iter().map(|block| block.tokens.to_vec());
                std::iter::once(shown.header.to_vec()).chain(blocks).collect()
            };
            let (before, after) = (preview(before, name, &old), preview(after, own_name, &new));
            (tools.compare)(&old, &new, &before, &after)
        })
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

/// Puts the nodes of tokens into a place, instead of what is there.
fn put(id: &str, tokens: &[Token<'_>]) {
    let Some(place) = place(id) else { return };
    let mut nodes = Vec::new();
    build(&document(), tokens, &mut nodes);
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

/// A block for each list, as the preview shows them.
fn as_blocks(lists: &[Vec<Token<'static>>]) -> Vec<Block> {
    let block = |(index, tokens): (usize, &Vec<Token<'static>>)| Block {
        id: index as u64,
        span: Default::default(),
        fingerprint: index as u64,
        tokens: tokens.as_slice().into(),
        is_footnotes: false,
        is_cut: false,
        dependencies: Default::default(),
    };
    lists.iter().enumerate().map(block).collect()
}
