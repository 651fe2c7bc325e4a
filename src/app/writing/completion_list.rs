//! Completion at the caret, while typing and when it is asked for. In: keys and inputs of the textarea. Out: a list, an edit.
//! Neighbours: `writing/completion/` says what fits; `components/completion.rs` is what is drawn.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use wasm_bindgen::JsCast;
use web_sys::{Element, Event, KeyboardEvent};
use yew::{AppHandle, Callback};

use super::appearance;
use crate::app::browser::dom::{document, element, window};
use crate::app::browser::event_listener::EventListener;
use crate::app::components::{CompletionPopup, CompletionPopupProps};
use crate::app::page_controller::PageController;
use crate::app::site_parts;
use crate::text::Span;
use crate::writing::completion::{Completion, CompletionNames, complete};

/// The list takes so much room at most (CSS pixels; `styles/writing.css` says the same).
const ROOM: (f64, f64) = (360.0, 240.0);

thread_local! {
    static WATCHED: RefCell<Option<Watched>> = const { RefCell::new(None) };
    static OPEN: RefCell<Option<OpenList>> = const { RefCell::new(None) };
    /// Where the word begins whose list was put away (bytes of the text).
    static PUT_AWAY: Cell<Option<usize>> = const { Cell::new(None) };
}

/// What listens for as long as the page lives.
struct Watched {
    _listeners: Vec<EventListener>,
}

/// The list that is open.
struct OpenList {
    completion: Completion,
    /// The selected candidate. None is where the list came by itself: then Enter ends the line.
    current: Option<usize>,
    place: (f64, f64),
    above: bool,
    holder: Element,
    drawn: AppHandle<CompletionPopup>,
}

/// Completes while somebody types, from now on.
pub fn watch_typing(page: &Rc<PageController>) {
    if WATCHED.with_borrow(Option::is_some) {
        return;
    }
    let textarea = &page.editor.textarea.element;
    let call = |run: fn(&Rc<PageController>, &Event)| {
        let page = Rc::downgrade(page);
        move |event: &Event| {
            if let Some(page) = page.upgrade() {
                run(&page, event);
            }
        }
    };
    let listeners = vec![
        EventListener::new(
            textarea,
            "input",
            call(|page, _| {
                if appearance::current().suggest {
                    look(page, false);
                }
            }),
        ),
        EventListener::before(&document(), "keydown", call(take_key)),
        EventListener::new(textarea, "blur", |_| put_away()),
        EventListener::new(textarea, "scroll", |_| put_away()),
        EventListener::new(textarea, "pointerdown", |_| put_away()),
    ];
    WATCHED.set(Some(Watched { _listeners: listeners }));
}

/// Shows what the word at the caret may become.
pub fn complete_here(page: &Rc<PageController>) {
    PUT_AWAY.set(None);
    page.editor.textarea.focus_quietly();
    look(page, true);
}

fn look(page: &Rc<PageController>, asked: bool) {
    let editor = &page.editor;
    let text = editor.textarea.text();
    let selection = editor.textarea.selection(&text);
    let found = Some(selection)
        .filter(|selection| selection.is_empty() && editor.can_edit())
        .and_then(|caret| complete(&text, caret.start, &**page, asked));
    let Some(found) = found else { return put_away() };
    if PUT_AWAY.get() == Some(found.word.start) {
        return;
    }
    PUT_AWAY.set(None);
    let Some((place, above)) = place_of(page, text.into(), found.word.start) else { return put_away() };
    let current = asked.then_some(0);
    OPEN.with_borrow_mut(|open| match open {
        Some(open) => {
            (open.completion, open.current, open.place, open.above) = (found, current, place, above);
            let props = props_of(page, open);
            open.drawn.update(props);
        }
        None => {
            let holder = element("div", "");
            if document().body().is_none_or(|body| body.append_child(&holder).is_err()) {
                return;
            }
            let props = props(page, &found, current, place, above);
            let drawn = yew::Renderer::<CompletionPopup>::with_root_and_props(holder.clone(), props).render();
            *open = Some(OpenList { completion: found, current, place, above, holder, drawn });
        }
    });
    name_selected(page);
}

/// Where the list lies in the window: below the word's beginning, or above where there is more room.
fn place_of(page: &PageController, text: Rc<str>, at: usize) -> Option<((f64, f64), bool)> {
    let mirror = &page.editor.mirror;
    mirror.follow(&text);
    mirror.follow_scroll();
    let rect = mirror.range_of(Span::at(at))?.get_bounding_client_rect();
    let size = |size: Result<wasm_bindgen::JsValue, wasm_bindgen::JsValue>| size.ok().and_then(|size| size.as_f64());
    let (width, height) = (size(window().inner_width())?, size(window().inner_height())?);
    let left = rect.left().min(width - ROOM.0 - 8.0).max(8.0);
    let above = rect.bottom() + ROOM.1 > height && rect.top() > height / 2.0;
    Some(((left, if above { height - rect.top() + 2.0 } else { rect.bottom() + 2.0 }), above))
}

fn props_of(page: &Rc<PageController>, open: &OpenList) -> CompletionPopupProps {
    props(page, &open.completion, open.current, open.place, open.above)
}

fn props(
    page: &Rc<PageController>,
    completion: &Completion,
    current: Option<usize>,
    place: (f64, f64),
    above: bool,
) -> CompletionPopupProps {
    let page = Rc::downgrade(page);
    let on_choice = Callback::from(move |row| {
        if let Some(page) = page.upgrade() {
            take(&page, row);
        }
    });
    CompletionPopupProps { candidates: completion.candidates.as_slice().into(), current, place, above, on_choice }
}

/// Keys that the list takes while it is open; all others go on to the textarea.
fn take_key(page: &Rc<PageController>, event: &Event) {
    let key: &KeyboardEvent = event.unchecked_ref();
    let Some((current, last)) =
        OPEN.with_borrow(|open| open.as_ref().map(|open| (open.current, open.completion.candidates.len() - 1)))
    else {
        return;
    };
    if key.is_composing() || key.ctrl_key() || key.meta_key() || key.alt_key() || key.shift_key() {
        return;
    }
    match key.key().as_str() {
        "ArrowDown" => select(page, current.map_or(0, |current| if current == last { 0 } else { current + 1 })),
        "ArrowUp" => select(page, current.and_then(|current| current.checked_sub(1)).unwrap_or(last)),
        "Tab" => take(page, current.unwrap_or(0)),
        "Enter" => match current {
            Some(current) => take(page, current),
            None => return put_away(),
        },
        "Escape" => {
            PUT_AWAY.set(OPEN.with_borrow(|open| open.as_ref().map(|open| open.completion.word.start)));
            put_away();
        }
        "ArrowLeft" | "ArrowRight" | "Home" | "End" | "PageUp" | "PageDown" => return put_away(),
        _ => return,
    }
    event.prevent_default();
    event.stop_immediate_propagation();
}

fn select(page: &Rc<PageController>, row: usize) {
    OPEN.with_borrow_mut(|open| {
        if let Some(open) = open {
            open.current = Some(row);
            let props = props_of(page, open);
            open.drawn.update(props);
        }
    });
    name_selected(page);
}

/// Tells the textarea's readers which candidate is selected.
fn name_selected(page: &PageController) {
    let textarea = &page.editor.textarea.element;
    if let Some(row) = OPEN.with_borrow(|open| open.as_ref().map(|open| open.current)) {
        let _ = textarea.set_attribute("aria-autocomplete", "list");
        let _ = textarea.set_attribute("aria-controls", "completion");
        let _ = match row {
            Some(row) => textarea.set_attribute("aria-activedescendant", &format!("completion-{row}")),
            None => textarea.remove_attribute("aria-activedescendant"),
        };
    }
}

fn take(page: &Rc<PageController>, row: usize) {
    let Some(edit) = OPEN.with_borrow(|open| {
        let completion = &open.as_ref()?.completion;
        Some(completion.edit(completion.candidates.get(row)?))
    }) else {
        return;
    };
    put_away();
    let text = page.editor.textarea.text();
    page.editor.edit(&text, &edit);
    // What is written now is whole: its own input event asks for nothing more.
    put_away();
}

fn put_away() {
    if let Some(open) = OPEN.take() {
        open.drawn.destroy();
        open.holder.remove();
        for name in ["aria-autocomplete", "aria-controls", "aria-activedescendant"] {
            if let Some(editor) = document().get_element_by_id("editor") {
                let _ = editor.remove_attribute(name);
            }
        }
    }
}

impl CompletionNames for PageController {
    fn headings(&self) -> Vec<(String, String)> {
        let renderer = self.editor.renderer.borrow();
        renderer.outline().iter().map(|heading| (heading.id.clone(), heading.text.clone())).collect()
    }

    fn tags(&self) -> Vec<String> {
        self.editor.diagnostics.known_tags.borrow().to_vec()
    }

    fn categories(&self) -> Vec<String> {
        self.loaded_site_tools().map(|tools| (tools.categories)(self)).unwrap_or_default()
    }

    fn files(&self) -> Vec<String> {
        self.loaded_site_tools().map(|tools| (tools.paths)(self)).unwrap_or_default()
    }

    fn emoji(&self) -> Vec<(&'static str, &'static str)> {
        let names = site_parts::loaded().emoji_names;
        names.filter(|_| site_parts::has_emoji(&self.site.settings())).map(|names| names()).unwrap_or_default()
    }
}
