//! The comparison of the text in the editor with another version. In: what to compare with. Out: the differences of both
//! texts as nodes, and those of their previews in a frame like the preview's. Neighbours: `components/compare.rs` has the
//! places, `companion.rs` the module that compares, `compare/` is its source.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use gloo::events::{EventListener, EventListenerOptions};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::{Element, HtmlIFrameElement, KeyboardEvent, Node};

use super::dom::{build, document, now_seconds, sleep};
use super::preview::{Connection, Preview};
use super::workbench::Workbench;
use crate::app::components::Intent;
use crate::app::state::{Action, Against, Comparison, theme_name};
use crate::companion::{decode_lists, encode_lists};
use crate::markdown::block::{Block, Patch};
use crate::markdown::token::Token;
use crate::storage::{DraftId, Drafts, StorageError};
use crate::text::{LineEnds, Span};

/// A text that is being typed or pasted is compared after so many milliseconds.
const TYPED_AFTER: i32 = 150;
/// So many pixels are left above the first difference.
const ABOVE: f64 = 90.0;
/// What a reader can see of a difference in the preview.
const MARKS: &str = ":is(.apercu-ins, .apercu-del):not([hidden]), .apercu-changed";

/// The open comparison.
#[derive(Default)]
pub struct Comparing {
    frame: RefCell<Option<Rc<Frame>>>,
    /// Counts what was asked for: an answer to an older question is not shown.
    turn: Cell<u32>,
}

impl Comparing {
    /// Lets go of everything.
    pub(super) fn close(&self) {
        self.turn.set(self.turn.get() + 1);
        self.frame.borrow_mut().take();
    }
}

struct Frame {
    preview: Preview,
    header: RefCell<Rc<[Token<'static>]>>,
    blocks: RefCell<Vec<Block>>,
    listeners: RefCell<Vec<EventListener>>,
}

impl Frame {
    fn fill(&self) {
        if !self.preview.is_connected() {
            return;
        }
        self.preview.show_header(Rc::clone(&self.header.borrow()), 0);
        self.preview.show_blocks(&self.blocks.borrow(), &Patch::default(), 0);
        let first = self.preview.with_document(|document, _| document.query_selector(MARKS).ok().flatten());
        let scrolled = self.preview.scroll().map_or(0.0, |scroll| scroll.0);
        self.preview.scroll_to(first.flatten().map_or(0.0, |mark| mark.get_bounding_client_rect().top() + scrolled - ABOVE));
    }
}

impl Workbench {
    /// Opens the comparison, or compares with something else.
    pub(super) fn compare(self: &Rc<Self>, against: Option<Against>) {
        if self.keeping.store().is_some() {
            self.list_drafts(false);
        }
        let opened = self.keeping.with_draft(|draft| draft.opened.clone());
        let has_file = opened.is_some();
        let against = against.unwrap_or(if has_file { Against::File } else { Against::Other });
        self.dispatch.dispatch(Action::Compare(Comparison { against: against.clone(), has_file }));
        let turn = self.next_turn();
        let bench = Rc::clone(self);
        spawn_local(async move {
            // The dialog is there in the next turn.
            sleep(0).await;
            match against {
                Against::File => bench.compare_with(turn, opened.as_deref(), None).await,
                Against::Draft(id) => bench.compare_with_draft(turn, &id).await,
                Against::Other => bench.compare_with(turn, None, None).await,
            }
        });
    }

    async fn compare_with_draft(self: &Rc<Self>, turn: u32, id: &str) {
        let Some((id, store)) = DraftId::decode(id).zip(self.keeping.store()) else { return };
        match store.load(id).await {
            Ok(Some(draft)) => self.compare_with(turn, Some(&draft.text), draft.file_name.as_deref()).await,
            Ok(None) => say(&StorageError::Missing.message()),
            Err(error) => say(&error.message()),
        }
    }

    /// Compares with a text that was typed or pasted.
    pub(super) fn compare_text(self: &Rc<Self>, text: Rc<str>) {
        let turn = self.next_turn();
        let bench = Rc::clone(self);
        spawn_local(async move {
            sleep(TYPED_AFTER).await;
            bench.compare_with(turn, Some(&text).filter(|text| !text.is_empty()).map(|text| &**text), None).await;
        });
    }

    /// Lets the person choose a file to compare with.
    pub(super) fn open_older(self: &Rc<Self>) {
        let bench = Rc::clone(self);
        spawn_local(async move {
            match crate::storage::open_file().await {
                Ok(Some(file)) => {
                    let text = LineEnds::split(&file.text).1;
                    if let Some(field) = place("compare-other") {
                        field.unchecked_ref::<web_sys::HtmlTextAreaElement>().set_value(&text);
                    }
                    bench.compare_with(bench.next_turn(), Some(&text), None).await;
                }
                Ok(None) => {}
                Err(error) => say(&error.message()),
            }
        });
    }

    fn next_turn(&self) -> u32 {
        self.comparing.turn.set(self.comparing.turn.get() + 1);
        self.comparing.turn.get()
    }

    /// Compares with `old`, should nothing else have been asked for since; without it, everything is emptied.
    async fn compare_with(self: &Rc<Self>, turn: u32, old: Option<&str>, name: Option<&str>) {
        let loaded = old.is_none() || self.companion.load().await.is_ok();
        if self.comparing.turn.get() != turn {
            return;
        }
        let lists = match old {
            None => Some(Vec::new()),
            Some(_) if !loaded => {
                say("The comparison could not be loaded. Is the network gone?");
                return;
            }
            Some(old) => self.differences(old, name),
        };
        let Some(lists) = lists else {
            self.companion.forget();
            say("The comparison has stopped working on these texts.");
            return;
        };
        let mut lists = lists.into_iter();
        match lists.next().as_deref() {
            Some([Token::Text(sentence)]) => say(sentence),
            _ => say(""),
        }
        if let Some(host) = place("compare-text") {
            let mut rows = Vec::new();
            build(&document(), &lists.next().unwrap_or_default(), &mut rows);
            host.set_text_content(None);
            for row in rows {
                let _ = host.append_child(&row);
            }
            host.set_scroll_top(0);
        }
        let header: Rc<[Token<'static>]> = lists.next().unwrap_or_default().into();
        let block = |(id, tokens): (usize, Vec<Token<'static>>)| Block {
            id: id as u64,
            span: Span::default(),
            fingerprint: id as u64,
            tokens: tokens.into(),
            is_footnotes: false,
            is_cut: false,
        };
        let blocks = lists.enumerate().map(block).collect();
        let Some(frame) = self.comparison_frame() else { return };
        *frame.header.borrow_mut() = header;
        *frame.blocks.borrow_mut() = blocks;
        frame.fill();
    }

    /// The lists of `compare::compare`; `None` where the module has stopped.
    fn differences(self: &Rc<Self>, old: &str, name: Option<&str>) -> Option<Vec<Vec<Token<'static>>>> {
        let new = self.textarea.text();
        let own_name = self.keeping.file_name();
        let preview = |text: &str, name: Option<&str>| {
            let mut session = self.new_session();
            let shown = session.update(name, text, now_seconds());
            let header = std::iter::once(&*shown.header);
            encode_lists(header.chain(session.blocks().iter().map(|block| &*block.tokens)))
        };
        let (old_preview, new_preview) =
            (preview(old, name.or(own_name.as_deref())), preview(&new, own_name.as_deref()));
        let bytes = self.companion.compare(old, &new, &old_preview, &new_preview);
        if self.companion.keeps_the_page() {
            // The module's own page is that of another text now.
            self.show_anew();
        }
        decode_lists(&bytes?)
    }

    /// The frame for the previews, made when it is first needed.
    fn comparison_frame(self: &Rc<Self>) -> Option<Rc<Frame>> {
        let host = place("compare-preview")?;
        let known = self.comparing.frame.borrow().clone();
        if let Some(frame) = known.filter(|frame| host.contains(Some(&frame.preview.frame))) {
            return Some(frame);
        }
        let element: HtmlIFrameElement = self.preview.frame.clone_node().ok()?.unchecked_into();
        element.set_id("compare-frame");
        element.set_title("Differences of the preview");
        let frame = Rc::new(Frame {
            preview: Preview::of(element.clone()),
            header: RefCell::new([].into()),
            blocks: RefCell::default(),
            listeners: RefCell::default(),
        });
        let (bench, weak) = (Rc::downgrade(self), Rc::downgrade(&frame));
        frame.listeners.borrow_mut().push(EventListener::new(&element, "load", move |_| {
            if let Some((bench, frame)) = bench.upgrade().zip(weak.upgrade()) {
                bench.comparison_loaded(&frame);
            }
        }));
        *self.comparing.frame.borrow_mut() = Some(Rc::clone(&frame));
        host.append_child(&element).ok()?;
        Some(frame)
    }

    fn comparison_loaded(self: &Rc<Self>, frame: &Rc<Frame>) {
        match frame.preview.connect() {
            Connection::New => {
                frame.preview.set_theme(theme_name(self.theme()));
                let heard = frame.preview.with_document(|document, _| {
                    let options = EventListenerOptions::enable_prevent_default();
                    let (bench, weak) = (Rc::downgrade(self), Rc::downgrade(frame));
                    let click = EventListener::new_with_options(document, "click", options, move |event| {
                        if let Some((frame, target)) = weak.upgrade().zip(event.target()) {
                            frame.preview.is_link_or_control(&target.unchecked_into::<Node>(), event);
                        }
                    });
                    let key = EventListener::new(document, "keydown", move |event| {
                        if event.unchecked_ref::<KeyboardEvent>().key() == "Escape"
                            && let Some(bench) = bench.upgrade()
                        {
                            bench.handle(Intent::CloseDialog);
                        }
                    });
                    [click, key]
                });
                let mut listeners = frame.listeners.borrow_mut();
                listeners.truncate(1);
                listeners.extend(heard.into_iter().flatten());
                frame.fill();
            }
            Connection::Known => {}
            Connection::Lost => frame.preview.reload(),
        }
    }
}

/// A place of the dialog, while it is there.
fn place(id: &str) -> Option<Element> {
    document().get_element_by_id(id)
}

fn say(sentence: &str) {
    if let Some(place) = place("compare-result") {
        place.set_text_content(Some(sentence));
    }
}
