//! The outline beside the text of the page. In: what happens in the editor, wishes. Out: jumps, edits, what is drawn.
//! Neighbours: `components/outline.rs` is what is drawn; `writing/outline.rs` and `writing/figures.rs` know the text.

use std::cell::RefCell;
use std::rc::Rc;

use gloo::timers::callback::Timeout;
use web_sys::Element;
use yew::AppHandle;
use yew::prelude::*;

use crate::app::browser::dom::{by_id, element};
use crate::app::components::{Outline, OutlineProps, OutlineRow, OutlineView, OutlineWish};
use crate::app::editor::host::EditorEvent;
use crate::app::page_controller::PageController;
use crate::storage::{WritingSettings, load_writing_settings, save_writing_settings};
use crate::text::Span;
use crate::writing::figures::{Figures, figures};
use crate::writing::outline::{Section, exchange, move_section, neighbour, section_at};

/// So many milliseconds after the caret has moved for the last time, the outline follows it.
const WAIT: u32 = 120;

thread_local! {
    static OPEN: RefCell<Option<OpenOutline>> = const { RefCell::new(None) };
}

/// An outline that is seen.
struct OpenOutline {
    place: Element,
    handle: AppHandle<Outline>,
    on_wish: Callback<OutlineWish>,
    view: OutlineView,
    /// The text that `view` is of.
    text: Rc<str>,
    waiting: Option<Timeout>,
}

/// Shows the outline, or puts it away; the choice is kept.
pub fn switch_outline(page: &Rc<PageController>) {
    let is_open = OPEN.with_borrow(Option::is_some);
    keep(|settings| settings.outline = !is_open);
    if is_open {
        close(page);
    } else {
        show_outline(page);
    }
}

/// Shows the outline where it was seen at the last visit. On a narrow screen it would lie over the text.
pub fn return_to_outline(page: &Rc<PageController>) {
    if load_writing_settings().outline && !page.is_narrow() && OPEN.with_borrow(Option::is_none) {
        show_outline(page);
    }
}

fn show_outline(page: &Rc<PageController>) {
    let place = element("aside", "");
    place.set_id("outline");
    let _ = place.set_attribute("aria-label", "Outline");
    if by_id::<Element>("editor-pane").append_child(&place).is_err() {
        return;
    }
    let weak = Rc::downgrade(page);
    let on_wish = Callback::from(move |wish| {
        if let Some(page) = weak.upgrade() {
            carry_out(&page, wish);
        }
    });
    let view = OutlineView { goal: load_writing_settings().goal, ..OutlineView::default() };
    let props = OutlineProps { view: view.clone(), on_wish: on_wish.clone() };
    let handle = yew::Renderer::<Outline>::with_root_and_props(place.clone(), props).render();
    OPEN.set(Some(OpenOutline { place, handle, on_wish, view, text: "".into(), waiting: None }));
    page.follow_editor(follow);
    refresh(page);
    // The text is narrower now.
    page.editor.want_editor_scroll();
}

fn close(page: &Rc<PageController>) {
    if let Some(open) = OPEN.take() {
        open.handle.destroy();
        open.place.remove();
        page.editor.want_editor_scroll();
        page.editor.textarea.focus_quietly();
    }
}

fn keep(change: impl FnOnce(&mut WritingSettings)) {
    let mut settings = load_writing_settings();
    change(&mut settings);
    save_writing_settings(settings);
}

/// Something happened in the editor.
fn follow(page: &Rc<PageController>, event: &EditorEvent) {
    match event {
        EditorEvent::Paused => refresh(page),
        EditorEvent::Moved => OPEN.with_borrow_mut(|open| {
            if let Some(open) = open {
                let page = Rc::downgrade(page);
                open.waiting = Some(Timeout::new(WAIT, move || {
                    if let Some(page) = page.upgrade() {
                        refresh(&page);
                    }
                }));
            }
        }),
        _ => {}
    }
}

/// The headings of the text that is shown.
fn sections(page: &PageController) -> Vec<Section> {
    let renderer = page.editor.renderer.borrow();
    let section = |heading: &crate::markdown::outline::Heading| Section {
        level: heading.level,
        title: heading.text.clone(),
        start: page.editor.preview.span_in_text(heading.span).start,
    };
    renderer.outline().iter().map(section).collect()
}

/// Brings the outline to the text and the caret.
fn refresh(page: &Rc<PageController>) {
    let text = page.editor.text();
    let Some(known) = OPEN.with_borrow(|open| open.as_ref().map(|open| Rc::clone(&open.text))) else { return };
    let sections = sections(page);
    let rows = sections.iter().enumerate().map(|(index, section)| OutlineRow {
        level: section.level,
        title: if section.title.is_empty() { "(no text)".into() } else { section.title.as_str().into() },
        moves: [false, true].map(|down| neighbour(&text, &sections, index, down).is_some()),
    });
    let rows: Rc<[OutlineRow]> = rows.collect();
    let selected = page.editor.textarea.selection(&text);
    let selection = (!selected.is_empty()).then(|| figures(selected.of(&text)));
    let of_text: Option<Figures> = (!Rc::ptr_eq(&known, &text)).then(|| {
        let start = page.editor.renderer.borrow().post().map_or(0, |post| post.body_span.start);
        figures(text.get(start..).unwrap_or(""))
    });
    let current = section_at(&sections, selected.start);
    change(|open| {
        open.text = text;
        let view = &mut open.view;
        view.text = of_text.unwrap_or(view.text);
        (view.rows, view.current, view.selection) = (rows, current, selection);
    });
}

/// Changes what is shown.
fn change(change: impl FnOnce(&mut OpenOutline)) {
    OPEN.with_borrow_mut(|open| {
        if let Some(open) = open {
            let before = open.view.clone();
            change(open);
            if open.view != before {
                open.handle.update(OutlineProps { view: open.view.clone(), on_wish: open.on_wish.clone() });
            }
        }
    });
}

fn carry_out(page: &Rc<PageController>, wish: OutlineWish) {
    match wish {
        OutlineWish::GoTo(index) => {
            if let Some(section) = sections(page).get(index) {
                page.editor.jump_to(Span::at(section.start));
                if page.is_narrow() {
                    switch_outline(page);
                }
            }
        }
        OutlineWish::Move(index, down) => {
            edit(page, index, |text, sections| exchange(text, sections, index, down));
        }
        OutlineWish::MoveBefore(index, before) => {
            edit(page, index, |text, sections| move_section(text, sections, index, before));
        }
        OutlineWish::Goal(goal) => {
            keep(|settings| settings.goal = goal);
            change(|open| open.view.goal = goal);
        }
        OutlineWish::Close => switch_outline(page),
    }
}

/// Carries an edit out that moves the section of that number, and gives the focus to where its heading is listed then.
fn edit(page: &Rc<PageController>, index: usize, moved: impl FnOnce(&str, &[Section]) -> Option<crate::text::Edit>) {
    // The headings are those of the text last shown; they say nothing of another one.
    let text = page.editor.text_now();
    if !page.editor.shows_text_now() || !page.editor.can_edit() {
        return;
    }
    let Some(edit) = moved(&text, &sections(page)) else { return focus(index) };
    page.editor.edit(&text, &edit);
    page.editor.show_text();
    refresh(page);
    let at = sections(page).iter().position(|section| section.start == edit.selection.start);
    focus(at.unwrap_or(index));
}

fn focus(row: usize) {
    change(|open| open.view.focus = (open.view.focus.0 + 1, row));
}
