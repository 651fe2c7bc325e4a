//! The comparison of the text in the editor with another version. In: what to compare with. Out: the differences of
//! both texts as nodes, and those of their previews in a frame like the preview's. Neighbours: `compare/` compares;
//! `components/comparison.rs` has the controls and places.

use std::cell::RefCell;
use std::rc::Rc;

use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::{Element, HtmlSelectElement, HtmlTextAreaElement, KeyboardEvent, Node};
use yew::NodeRef;

use crate::app::browser::dom::{build, document, now_seconds, sleep};
use crate::app::browser::event_listener::on_event;
use crate::app::browser::guard::{Stopped, guarded};
use crate::app::comparison::open_comparison::OpenComparison;
use crate::app::components::{ComparisonEvent, ComparisonNodes, Intent};
use crate::app::page_controller::PageController;
use crate::app::preview::frame::Connection;
use crate::app::shown::Shown;
use crate::app::state::{Action, Compared, OpenDialog, theme_name};
use crate::compare::Lists;
use crate::markdown::token::Token;
use crate::render::Renderer;
use crate::storage::{DraftId, Drafts, History, Version};
use crate::text::Severity;

/// A text that is being typed or pasted is compared after so many milliseconds.
const TYPED_AFTER: i32 = 150;

impl PageController {
    /// Opens the comparison with the draft of that id, or, without an id, with another version that there is.
    pub(crate) fn compare(self: &Rc<Self>, draft: Option<Rc<str>>) {
        let page = Rc::clone(self);
        spawn_local(async move {
            if page.editor.load_tools().await.is_err() {
                page.editor.tell(
                    "tools",
                    Severity::Warning,
                    "The comparison could not be loaded. Is the network gone?",
                );
                return;
            }
            let (current, has_file) = page.draft.with_draft(|draft| (draft.id, draft.opened.is_some()));
            let chosen = draft.as_deref().unwrap_or(if has_file { "file" } else { "other" });
            let mut drafts = Vec::new();
            if let Some(store) = page.draft.store()
                && let Ok(listing) = store.list().await
            {
                let others = listing.drafts.iter().filter(|draft| draft.id != current && draft.deleted_ms.is_none());
                drafts.extend(others.map(|draft| (draft.id.encode().into(), draft.title.as_str().into())));
            }
            let compared = Compared { chosen: chosen.into(), has_file, drafts, is_history: false };
            page.editor.dispatch.dispatch(Action::Open(OpenDialog::Compare(compared.into())));
        });
    }

    /// Something happened in the dialog.
    pub(crate) fn comparison_event(self: &Rc<Self>, event: ComparisonEvent) {
        let page = Rc::clone(self);
        match event {
            ComparisonEvent::Opened(nodes) => {
                if self.open_comparison(nodes).is_some() {
                    spawn_local(async move { page.compare_chosen(0).await });
                }
            }
            ComparisonEvent::Changed => spawn_local(async move { page.compare_chosen(TYPED_AFTER).await }),
            ComparisonEvent::OpenFile => spawn_local(async move { page.open_older().await }),
        }
    }

    /// Puts a frame into the dialog.
    fn open_comparison(self: &Rc<Self>, nodes: ComparisonNodes) -> Option<()> {
        let frame = self.editor.preview.copy_of_frame("compare-frame", "Differences of the preview")?;
        let listeners = vec![on_event(self, &frame, "load", |page, _| page.comparison_loaded())];
        nodes.preview.cast::<Element>()?.append_child(&frame).ok()?;
        self.comparison.open.replace(Some(Rc::new(OpenComparison {
            nodes,
            preview: self.editor.preview.like(frame),
            lists: RefCell::default(),
            listeners: listeners.into(),
        })));
        Some(())
    }

    /// Lets the person choose a file to compare with.
    async fn open_older(self: &Rc<Self>) {
        match crate::storage::open_file().await {
            Ok(Some(file)) => {
                let open = self.comparison.open.borrow().clone();
                if let Some(field) = open.and_then(|open| open.nodes.other.cast::<HtmlTextAreaElement>()) {
                    // The field itself makes one kind of line ends of all.
                    field.set_value(file.text.trim_start_matches('\u{FEFF}'));
                }
                self.compare_chosen(0).await;
            }
            Ok(None) => {}
            Err(error) => {
                let open = self.comparison.open.borrow().clone();
                if let Some(result) = open.and_then(|open| open.nodes.result.get()) {
                    result.set_text_content(Some(&error.message()));
                }
            }
        }
    }

    /// Compares with what is chosen, after so many milliseconds without another choice.
    async fn compare_chosen(self: &Rc<Self>, after: i32) {
        let turn = self.comparison.next_turn();
        sleep(after).await;
        let open = self.comparison.open.borrow().clone();
        let Some(open) = open.filter(|_| self.comparison.turn.get() == turn) else { return };
        let Some(chosen) = open.nodes.with.cast::<HtmlSelectElement>().map(|field| field.value()) else { return };
        let (mut old, mut name) = (None, None);
        match &*chosen {
            "file" => old = self.draft.with_draft(|draft| draft.opened.as_deref().map(str::to_owned)),
            "other" => {
                let other = open.nodes.other.cast::<HtmlTextAreaElement>().map(|field| field.value());
                old = other.filter(|text| !text.is_empty());
            }
            id if Version::decode(id).is_some() => {
                if let Some((version, store)) = Version::decode(id).zip(self.draft.store()) {
                    let id = self.draft.with_draft(|draft| draft.id);
                    old = store.version_text(id, &version).await.ok().flatten().map(|text| text.to_string());
                }
            }
            id => {
                if let Some((id, store)) = DraftId::decode(id).zip(self.draft.store())
                    && let Ok(Some(draft)) = store.load(id).await
                {
                    (old, name) = (Some(draft.text.to_string()), draft.file_name);
                }
            }
        }
        if self.comparison.turn.get() != turn {
            return;
        }
        let lists = match old.map(|old| self.differences(old, name)) {
            Some(Ok(lists)) => lists,
            Some(Err(Stopped)) => vec![vec![Token::Text("The comparison has stopped working on these texts.".into())]],
            None => Lists::default(),
        };
        put(&open.nodes.result, lists.first().map_or(&[], Vec::as_slice));
        put(&open.nodes.text, lists.get(1).map_or(&[], Vec::as_slice));
        *open.lists.borrow_mut() = lists;
        open.fill();
    }

    /// The lists of `compare::compare`.
    fn differences(self: &Rc<Self>, old: String, name: Option<String>) -> Result<Lists, Stopped> {
        let tools = self.editor.tools.get().ok_or(Stopped)?;
        let (new, own_name) = (self.editor.textarea.text(), self.draft.file_name());
        let name = name.or_else(|| own_name.clone());
        let (before, after, now) = (self.editor.new_renderer(), self.editor.new_renderer(), now_seconds());
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
        let Some(open) = self.comparison.open.borrow().clone() else { return };
        match open.preview.connect() {
            Connection::New => {
                open.preview.set_theme(theme_name(self.editor.theme()));
                let listeners = open.preview.with_document(|document, _| {
                    [
                        on_event(self, document, "click", |page, event| {
                            let open = page.comparison.open.borrow().clone();
                            if let Some((open, target)) = open.zip(event.target()) {
                                open.preview.is_link_or_control(&target.unchecked_into::<Node>(), event);
                            }
                        }),
                        on_event(self, document, "keydown", |page, event| {
                            if event.unchecked_ref::<KeyboardEvent>().key() == "Escape" {
                                page.handle(Intent::CloseDialog);
                            }
                        }),
                    ]
                });
                open.listeners.borrow_mut().extend(listeners.into_iter().flatten());
                open.fill();
            }
            Connection::Known => {}
            Connection::Lost => open.preview.reload(),
        }
    }
}

/// Puts the nodes of tokens into a place, instead of what is there.
fn put(place: &NodeRef, tokens: &[Token<'_>]) {
    let Some(place) = place.get() else { return };
    let mut nodes = Vec::new();
    build(&document(), tokens, None, &mut nodes);
    place.set_text_content(None);
    for node in nodes {
        let _ = place.append_child(&node);
    }
}
