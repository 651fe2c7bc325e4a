//! The bar that finds and replaces, above the text of an editor. In: wishes. Out: selections, edits, painted hits.
//! Neighbours: `components/find_bar.rs` is what is drawn; `found_in_text.rs` and `found_in_preview.rs` have the hits.

use std::cell::RefCell;
use std::rc::{Rc, Weak};

use gloo::timers::callback::Timeout;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};
use yew::AppHandle;
use yew::prelude::*;

use super::found_in_preview::FoundInPreview;
use super::found_in_text::FoundInText;
use crate::app::browser::dom::element;
use crate::app::browser::event_listener::{EventListener, on_event};
use crate::app::components::{FindBar, FindBarProps, FindView, FindWish};
use crate::app::editor::controller::EditorController;
use crate::writing::find::{Finder, Query};

/// So many milliseconds after the last change of the text, hits are looked for again.
const WAIT: u32 = 120;

thread_local! {
    /// The bar that is open: one at a time.
    static OPEN: RefCell<Option<Rc<OpenFindBar>>> = const { RefCell::new(None) };
    /// What was looked for last, for the next time.
    static LAST: RefCell<Query> = RefCell::default();
}

/// Where hits are looked for.
enum SearchPlace {
    Text(FoundInText),
    Preview(FoundInPreview),
}

/// A bar that is seen.
struct OpenFindBar {
    editor: Weak<EditorController>,
    on_wish: Callback<FindWish>,
    place: Element,
    handle: RefCell<Option<AppHandle<FindBar>>>,
    view: RefCell<FindView>,
    finder: RefCell<Option<Finder>>,
    found: SearchPlace,
    listeners: RefCell<Vec<EventListener>>,
    waiting: RefCell<Option<Timeout>>,
}

/// Shows the bar of an editor, or gives its field the focus again. `replaces`: with the fields for replacing.
pub fn show_find_bar(editor: &Rc<EditorController>, replaces: bool) {
    let in_preview = !replaces && preview_has_focus(editor);
    let selected = selected_words(editor, in_preview);
    let open = OPEN.with_borrow(Clone::clone).filter(|bar| {
        bar.editor.upgrade().is_some_and(|known| Rc::ptr_eq(&known, editor))
            && matches!(bar.found, SearchPlace::Preview(_)) == in_preview
    });
    let bar = open.or_else(|| open_bar(editor, in_preview));
    let Some(bar) = bar else { return };
    let mut query = bar.view.borrow().query.clone();
    if let Some(selected) = selected {
        query = Query { pattern: selected, is_regex: false, ..query };
    }
    {
        let mut view = bar.view.borrow_mut();
        view.replaces |= replaces;
        view.asked += 1;
    }
    bar.look_for(query, true);
}

/// Puts the bar away.
fn close() {
    if let Some(bar) = OPEN.take() {
        bar.listeners.take();
        bar.waiting.take();
        if let Some(handle) = bar.handle.take() {
            handle.destroy();
        }
        bar.place.remove();
        if let Some(editor) = bar.editor.upgrade() {
            show_layer(&editor, false);
            match &bar.found {
                SearchPlace::Text(_) => editor.textarea.focus_quietly(),
                SearchPlace::Preview(_) => drop(editor.preview.frame.focus()),
            }
        }
    }
}

fn open_bar(editor: &Rc<EditorController>, in_preview: bool) -> Option<Rc<OpenFindBar>> {
    close();
    let found = if in_preview {
        let frame = &editor.preview.frame;
        SearchPlace::Preview(FoundInPreview::new(frame.content_window()?, frame.content_document()?))
    } else {
        SearchPlace::Text(FoundInText::new())
    };
    let place = element("div", "find-place");
    let before: Element =
        if in_preview { editor.preview.frame.clone().into() } else { editor.root.by_id("editor-box") };
    before.parent_node()?.insert_before(&place, Some(&before)).ok()?;
    let query = LAST.with_borrow(Clone::clone);
    let view = FindView { query, in_preview, apple: editor.apple(), ..FindView::default() };
    let bar = Rc::new_cyclic(|weak: &Weak<OpenFindBar>| OpenFindBar {
        on_wish: {
            let weak = Weak::clone(weak);
            Callback::from(move |wish| {
                if let Some(bar) = weak.upgrade() {
                    bar.carry_out(wish);
                }
            })
        },
        editor: Rc::downgrade(editor),
        place: place.clone(),
        handle: RefCell::default(),
        view: RefCell::new(view.clone()),
        finder: RefCell::default(),
        found,
        listeners: RefCell::default(),
        waiting: RefCell::default(),
    });
    let on_wish = bar.on_wish.clone();
    *bar.handle.borrow_mut() =
        Some(yew::Renderer::<FindBar>::with_root_and_props(place, FindBarProps { view, on_wish }).render());
    show_layer(editor, !in_preview);
    let area = &editor.textarea.element;
    *bar.listeners.borrow_mut() = vec![
        on_event(&bar, area, "input", |bar, _| bar.look_soon()),
        on_event(&bar, area, "scroll", |bar, _| {
            if let (SearchPlace::Text(found), Some(editor)) = (&bar.found, bar.editor.upgrade()) {
                found.paint(&editor);
            }
        }),
    ];
    OPEN.set(Some(Rc::clone(&bar)));
    Some(bar)
}

/// Whether the mirror's text is laid out for painting ranges of it.
fn show_layer(editor: &EditorController, shown: bool) {
    let place: HtmlElement = editor.root.by_id("editor-box");
    let _ = if shown { place.set_attribute("data-layer", "hits") } else { place.remove_attribute("data-layer") };
}

fn preview_has_focus(editor: &EditorController) -> bool {
    // Asked of the tree that the frame stands in: where the window has no focus, nothing matches `:focus`.
    let tree = editor.preview.frame.get_root_node();
    let active = js_sys::Reflect::get(&tree, &"activeElement".into()).ok();
    let frame: &wasm_bindgen::JsValue = editor.preview.frame.as_ref();
    active.is_some_and(|active| active == *frame)
}

/// What is selected, where it is a word or a few on one line: that is what somebody wants to find.
fn selected_words(editor: &EditorController, in_preview: bool) -> Option<String> {
    let selected = if in_preview {
        let selection = editor.preview.frame.content_window()?.get_selection().ok()??;
        String::from(selection.to_string())
    } else {
        let text = editor.textarea.text();
        editor.textarea.selection(&text).of(&text).to_owned()
    };
    (!selected.is_empty() && !selected.contains('\n') && selected.len() <= 200).then_some(selected)
}

impl OpenFindBar {
    fn carry_out(self: &Rc<Self>, wish: FindWish) {
        let Some(editor) = self.editor.upgrade() else { return };
        self.view.borrow_mut().replaced = None;
        match wish {
            FindWish::Look(query) => self.look_for(query, false),
            FindWish::Next | FindWish::Previous => {
                let forward = wish == FindWish::Next;
                self.look_if_waiting(&editor);
                match &self.found {
                    SearchPlace::Text(found) => {
                        found.step(&editor, forward);
                        found.reveal(&editor);
                    }
                    SearchPlace::Preview(found) => {
                        found.step(forward);
                        found.reveal();
                    }
                }
                self.draw();
            }
            FindWish::ShowReplace(replaces) => {
                self.view.borrow_mut().replaces = replaces;
                self.draw();
            }
            FindWish::Replace(with) => self.replace_one(&editor, &with),
            FindWish::ReplaceAll(with) => self.replace_all(&editor, &with),
            FindWish::Close => close(),
        }
    }

    /// Looks for another query. `again`: from the selection on, as it was when the bar was asked for.
    fn look_for(&self, query: Query, again: bool) {
        let Some(editor) = self.editor.upgrade() else { return };
        LAST.set(query.clone());
        let (finder, mistake) = match query.compile() {
            Some(Ok(finder)) => (Some(finder), None),
            Some(Err(mistake)) => (None, Some(mistake.into())),
            None => (None, None),
        };
        {
            let mut view = self.view.borrow_mut();
            view.query = query;
            view.mistake = mistake;
        }
        match &self.found {
            SearchPlace::Text(found) => {
                let from = match found.selected().filter(|_| !again) {
                    Some((_, hit)) => hit.start,
                    None => editor.textarea.selection(&editor.textarea.text()).start,
                };
                found.look(&editor, finder.as_ref(), Some(from));
                found.reveal(&editor);
            }
            SearchPlace::Preview(found) => {
                found.look(finder.as_ref(), false);
                found.reveal();
            }
        }
        *self.finder.borrow_mut() = finder;
        self.draw();
    }

    /// The text has changed: its hits are looked for when typing pauses.
    fn look_soon(self: &Rc<Self>) {
        let bar = Rc::downgrade(self);
        let wait = Timeout::new(WAIT, move || {
            if let Some(bar) = bar.upgrade() {
                bar.waiting.take();
                bar.look_again();
            }
        });
        *self.waiting.borrow_mut() = Some(wait);
    }

    fn look_if_waiting(&self, editor: &Rc<EditorController>) {
        if self.waiting.take().is_some()
            && let SearchPlace::Text(found) = &self.found
        {
            found.look(editor, self.finder.borrow().as_ref(), None);
        }
    }

    fn look_again(&self) {
        let Some(editor) = self.editor.upgrade() else { return };
        match &self.found {
            SearchPlace::Text(found) => found.look(&editor, self.finder.borrow().as_ref(), None),
            SearchPlace::Preview(found) => found.look(self.finder.borrow().as_ref(), true),
        }
        self.draw();
    }

    fn replace_one(&self, editor: &Rc<EditorController>, with: &str) {
        let SearchPlace::Text(found) = &self.found else { return };
        self.look_if_waiting(editor);
        let finder = self.finder.borrow();
        let Some(finder) = finder.as_ref().filter(|_| editor.can_edit()) else { return };
        if found.selected().is_none() {
            found.step(editor, true);
        }
        if let Some((text, hit)) = found.selected() {
            let edit = finder.replace_one(&text, hit, with);
            editor.edit(&text, &edit);
            found.look(editor, Some(finder), Some(edit.selection.start));
            found.reveal(editor);
        }
        self.waiting.take();
        self.give_focus_back();
        self.draw();
    }

    fn replace_all(&self, editor: &Rc<EditorController>, with: &str) {
        let SearchPlace::Text(found) = &self.found else { return };
        let finder = self.finder.borrow();
        let Some(finder) = finder.as_ref().filter(|_| editor.can_edit()) else { return };
        let text = editor.textarea.text();
        if let Some((edit, count)) = finder.replace_all(&text, with) {
            editor.edit(&text, &edit);
            found.look(editor, Some(finder), None);
            self.view.borrow_mut().replaced = Some(count);
        }
        self.waiting.take();
        self.give_focus_back();
        self.draw();
    }

    /// An edit gives the textarea the focus; whoever replaces goes on in the bar.
    fn give_focus_back(&self) {
        if let Ok(Some(field)) = self.place.query_selector("#replace-with") {
            let _ = field.unchecked_ref::<HtmlElement>().focus();
        }
    }

    fn draw(&self) {
        {
            let mut view = self.view.borrow_mut();
            (view.hits, view.current) = match &self.found {
                SearchPlace::Text(found) => found.count(),
                SearchPlace::Preview(found) => found.count(),
            };
        }
        let view = self.view.borrow().clone();
        if let Some(handle) = &mut *self.handle.borrow_mut() {
            handle.update(FindBarProps { view, on_wish: self.on_wish.clone() });
        }
    }
}
