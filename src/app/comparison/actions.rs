//! The comparison of the text in the editor with another version. In: what to compare with. Out: the differences of both
//! texts as nodes, and those of their previews in a frame like the preview's. Neighbours: `compare/` compares; `compare/dialog.rs` has the controls and places with the ids here.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::Reflect;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::{Element, HtmlTextAreaElement, KeyboardEvent, Node};

use crate::app::browser::dom::{build, document, now_seconds, sleep};
use crate::app::browser::event_listener::on_event;
use crate::app::browser::guard::{Stopped, guarded};
use crate::app::comparison::open_comparison::OpenComparison;
use crate::app::components::Intent;
use crate::app::page_controller::PageController;
use crate::app::preview::frame::Connection;
use crate::app::shown::Shown;
use crate::app::state::{Action, Dialog, theme_name};
use crate::compare::Lists;
use crate::markdown::token::Token;
use crate::render::Renderer;
use crate::storage::{DraftId, Drafts};
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
            let (current, known) = page.draft.with_draft(|draft| (draft.id, draft.opened.is_some()));
            let chosen = draft.as_deref().unwrap_or(if known { "file" } else { "other" });
            // As `compare::dialog` reads them.
            let mut choices = [chosen, if known { "\0file" } else { "\0" }].concat();
            if let Some(store) = page.draft.store()
                && let Ok(listing) = store.list().await
            {
                for draft in listing.drafts.iter().filter(|draft| draft.id != current && draft.deleted_ms.is_none()) {
                    choices.push('\0');
                    choices.push_str(&draft.id.encode());
                    choices.push_str(&draft.title);
                }
            }
            page.editor.dispatch.dispatch(Action::Open(Dialog::Compare));
            // The dialog is there in the next turn.
            sleep(0).await;
            if page.open_comparison(&choices).is_some() {
                page.compare_chosen(0).await;
            }
        });
    }

    /// Puts the controls into the dialog, and a frame.
    fn open_comparison(self: &Rc<Self>, choices: &str) -> Option<()> {
        put("compare-host", &(self.editor.tools.get()?.compare_dialog)(choices));
        let frame = self.editor.preview.copy_of_frame("compare-frame", "Differences of the preview")?;
        let listeners = vec![
            on_event(self, &frame, "load", |page, _| page.comparison_loaded()),
            on_event(self, &place("compare-controls")?.into(), "input", |page, _| {
                let page = Rc::clone(page);
                spawn_local(async move { page.compare_chosen(TYPED_AFTER).await });
            }),
            on_event(self, &place("compare-open")?.into(), "click", |page, _| {
                let page = Rc::clone(page);
                spawn_local(async move { page.open_older().await });
            }),
        ];
        place("compare-preview")?.append_child(&frame).ok()?;
        self.comparison.open.replace(Some(Rc::new(OpenComparison {
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
        let turn = self.comparison.next_turn();
        sleep(after).await;
        let Some(chosen) = value_of("compare-with").filter(|_| self.comparison.turn.get() == turn) else { return };
        let (mut old, mut name) = (None, None);
        match &*chosen {
            "file" => old = self.draft.with_draft(|draft| draft.opened.as_deref().map(str::to_owned)),
            "other" => old = value_of("compare-other").filter(|text| !text.is_empty()),
            id => {
                if let Some((id, store)) = DraftId::decode(id).zip(self.draft.store())
                    && let Ok(Some(draft)) = store.load(id).await
                {
                    (old, name) = (Some(draft.text.to_string()), draft.file_name);
                }
            }
        }
        let open = self.comparison.open.borrow().clone();
        let Some(open) = open.filter(|_| self.comparison.turn.get() == turn) else { return };
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
