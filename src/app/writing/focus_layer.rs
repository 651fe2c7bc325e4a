//! The layer over the text of the page that lets a part of it stand out, and the caret's line kept in the middle of the view.
//! In: what happens in the editor. Out: a translucent cover with a hole, a scrolled textarea. Neighbours: `appearance.rs` says
//! what is wanted; `writing/focus.rs` has paragraphs and sentences.
//!
//! Where the caret's paragraph begins is read from the mirror. While somebody types in it, that stays as it is, and only a
//! copy of the paragraph is measured: a key costs as much as its paragraph is long.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::*;
use web_sys::{Event, HtmlElement, Node, ResizeObserver};

use crate::app::browser::dom::{by_id, document, element};
use crate::app::browser::event_listener::{EventListener, on_event};
use crate::app::editor::controller::EditorController;
use crate::app::editor::host::EditorEvent;
use crate::app::page_controller::PageController;
use crate::storage::FocusedPart;
use crate::text::{Span, utf16_offset};
use crate::writing::focus::{paragraphs_at, sentence_at};

thread_local! {
    static LAYER: RefCell<Option<Rc<FocusLayer>>> = const { RefCell::new(None) };
}

/// Why the layer is brought to the text.
#[derive(Clone, Copy, PartialEq, Eq)]
enum FocusReason {
    /// Something was typed.
    Typed,
    /// The caret may have moved.
    Moved,
    /// Typing has paused: what was assumed of the text above is looked at again.
    Paused,
    /// Sizes have changed, or what is wanted.
    LaidOut,
}

/// The layer of the page, while something is wanted of it.
struct FocusLayer {
    focus: Cell<FocusedPart>,
    typewriter: Cell<bool>,
    cover: HtmlElement,
    /// A copy of the paragraph at the caret, unseen.
    copy: HtmlElement,
    line_height: Cell<f64>,
    selected: Cell<Option<Span>>,
    paragraph: Cell<Option<KnownParagraph>>,
    /// The corners of what stands out, in CSS pixels of the scrolled content.
    hole: RefCell<Vec<(f64, f64)>>,
    /// Whether the caret was last moved in the text by a pointer: then the text stays below it.
    by_pointer: Cell<bool>,
    held: RefCell<Option<LayerListeners>>,
}

/// What listens for as long as the layer is there.
struct LayerListeners {
    _listeners: Vec<EventListener>,
    observer: ResizeObserver,
    _callback: Closure<dyn FnMut()>,
}

/// Where a paragraph stands.
#[derive(Clone, Copy)]
struct KnownParagraph {
    start: usize,
    /// So many bytes of text follow it.
    rest: usize,
    /// In CSS pixels of the scrolled content.
    top: f64,
}

/// A place within the copy of a paragraph: its row, and how far it stands from the left, in CSS pixels.
#[derive(Clone, Copy)]
struct CopyPlace {
    row: f64,
    left: f64,
}

/// Lets that part stand out from now on, and keeps the caret's line in the middle or not.
pub fn show_focus(page: &Rc<PageController>, focus: FocusedPart, typewriter: bool) {
    if focus == FocusedPart::Everything && !typewriter {
        if let Some(layer) = LAYER.take() {
            layer.remove();
        }
        return;
    }
    let layer = LAYER.with_borrow(Clone::clone).unwrap_or_else(|| {
        let layer = FocusLayer::new(page);
        LAYER.set(Some(Rc::clone(&layer)));
        page.follow_editor(follow);
        layer
    });
    layer.focus.set(focus);
    layer.typewriter.set(typewriter);
    let _ = layer.cover.toggle_attribute_with_force("hidden", focus == FocusedPart::Everything);
    layer.refresh(&page.editor, FocusReason::LaidOut);
}

/// Something happened in the editor.
fn follow(page: &Rc<PageController>, event: &EditorEvent) {
    let reason = match event {
        EditorEvent::Shown { .. } => FocusReason::Typed,
        EditorEvent::Moved => FocusReason::Moved,
        EditorEvent::Paused => FocusReason::Paused,
        _ => return,
    };
    if let Some(layer) = LAYER.with_borrow(Clone::clone) {
        layer.refresh(&page.editor, reason);
    }
}

impl FocusLayer {
    fn new(page: &Rc<PageController>) -> Rc<Self> {
        let place: HtmlElement = by_id("editor-box");
        let made = |id: &str| -> HtmlElement {
            let made = element("div", "");
            made.set_id(id);
            let _ = made.set_attribute("aria-hidden", "true");
            let _ = place.append_child(&made);
            made.unchecked_into()
        };
        let layer = Rc::new(Self {
            focus: Cell::default(),
            typewriter: Cell::default(),
            cover: made("focus-cover"),
            copy: made("focus-copy"),
            line_height: Cell::new(0.0),
            selected: Cell::default(),
            paragraph: Cell::default(),
            hole: RefCell::default(),
            by_pointer: Cell::default(),
            held: RefCell::default(),
        });
        let area = &page.editor.textarea.element;
        let (weak, own) = (Rc::downgrade(page), Rc::downgrade(&layer));
        let callback = Closure::<dyn FnMut()>::new(move || {
            if let (Some(page), Some(layer)) = (weak.upgrade(), own.upgrade()) {
                layer.refresh(&page.editor, FocusReason::LaidOut);
            }
        });
        if let Ok(observer) = ResizeObserver::new(callback.as_ref().unchecked_ref()) {
            observer.observe(area);
            let weak = Rc::downgrade(page);
            let listeners = vec![
                on_event(&layer, area, "scroll", move |layer, _| {
                    if let Some(page) = weak.upgrade() {
                        layer.draw(&page.editor);
                    }
                }),
                on_event(&layer, area, "keydown", |layer, _| layer.by_pointer.set(false)),
                on_event(&layer, &document(), "pointerdown", |layer, event| layer.by_pointer.set(is_at_editor(event))),
            ];
            *layer.held.borrow_mut() = Some(LayerListeners { _listeners: listeners, observer, _callback: callback });
        }
        layer
    }

    fn remove(&self) {
        if let Some(held) = self.held.take() {
            held.observer.disconnect();
        }
        self.cover.remove();
        self.copy.remove();
    }

    /// Brings the layer to text and caret.
    fn refresh(&self, editor: &EditorController, reason: FocusReason) {
        let text = editor.text();
        let area = &editor.textarea;
        let selection = match reason {
            // To ask the browser takes time that grows with the text.
            FocusReason::Typed => editor.caret.typed.get().map(|at| (at, at)),
            FocusReason::Moved => editor.known_selection(),
            FocusReason::Paused | FocusReason::LaidOut => None,
        };
        let selected = area.span_of(&text, selection.unwrap_or_else(|| area.selection_utf16()));
        let has_moved = self.selected.replace(Some(selected)) != Some(selected);
        if reason == FocusReason::Moved && !has_moved {
            return;
        }
        let paragraph = paragraphs_at(&text, selected);
        let top = self.top_of(editor, &text, paragraph, reason);
        let line = self.line_height.get();
        let width = f64::from(area.element.client_width());
        self.fit(width);
        if !selected.is_empty() {
            editor.mirror.follow(&text);
            let bottom = editor.mirror.height_of(paragraph.end) + line;
            self.hole.replace(vec![(0.0, top), (width, top), (width, bottom), (0.0, bottom)]);
            return self.draw(editor);
        }
        let words = paragraph.of(&text);
        if self.copy.text_content().unwrap_or_default() != words {
            self.copy.set_text_content(Some(words));
        }
        let hole = match self.focus.get() {
            FocusedPart::Sentence => {
                let sentence = sentence_at(&text, paragraph, selected.start);
                let place = |offset| self.place_of(&text, paragraph, offset);
                rows_between(place(sentence.start), place(sentence.end), line, width)
            }
            FocusedPart::Paragraph | FocusedPart::Everything => {
                let height = self.copy.get_bounding_client_rect().height();
                vec![(0.0, 0.0), (width, 0.0), (width, height), (0.0, height)]
            }
        };
        self.hole.replace(hole.into_iter().map(|(x, y)| (x, y + top)).collect());
        let follows = match reason {
            FocusReason::LaidOut => true,
            FocusReason::Typed => has_moved,
            // A pause may see a move before it is told.
            FocusReason::Moved | FocusReason::Paused => has_moved && !self.by_pointer.get(),
        };
        if self.typewriter.get() && follows {
            let row = self.place_of(&text, paragraph, selected.start).row;
            let middle = top + (row + 0.5) * line - f64::from(area.element.client_height()) / 2.0;
            area.element.set_scroll_top(middle.max(0.0).round() as i32);
            editor.scroll.settle(area, &editor.preview);
        }
        self.draw(editor);
    }

    /// Where the paragraph begins, in CSS pixels of the scrolled content: as before, while only it has changed.
    fn top_of(&self, editor: &EditorController, text: &Rc<str>, paragraph: Span, reason: FocusReason) -> f64 {
        let rest = text.len().saturating_sub(paragraph.end);
        let looks_again = matches!(reason, FocusReason::Paused | FocusReason::LaidOut);
        let known =
            self.paragraph.get().filter(|known| !looks_again && (known.start, known.rest) == (paragraph.start, rest));
        if let Some(known) = known {
            return known.top;
        }
        // As the browser draws a line: WebKit takes whole pixels.
        self.copy.set_text_content(None);
        self.line_height.set(self.copy.get_bounding_client_rect().height().max(1.0));
        editor.mirror.follow(text);
        let top = editor.mirror.height_of(paragraph.start);
        self.paragraph.set(Some(KnownParagraph { start: paragraph.start, rest, top }));
        top
    }

    /// As wide as the textarea without its scroll bar.
    fn fit(&self, width: f64) {
        let width = format!("{width}px");
        for node in [&self.copy, &self.cover] {
            let style = node.style();
            if style.get_property_value("width").unwrap_or_default() != width {
                let _ = style.set_property("width", &width);
            }
        }
    }

    /// Where that byte of the text stands in the copy of its paragraph.
    fn place_of(&self, text: &str, paragraph: Span, offset: usize) -> CopyPlace {
        let unit = utf16_offset(paragraph.of(text), offset.saturating_sub(paragraph.start)).0;
        let around = self.copy.get_bounding_client_rect();
        let rect = || {
            let node: Node = self.copy.first_child()?;
            let at = u32::try_from(unit).ok()?;
            let range = document().create_range().ok()?;
            range.set_start(&node, at).ok()?;
            range.set_end(&node, at).ok()?;
            range.get_client_rects()?.item(0)
        };
        rect().map_or(CopyPlace { row: 0.0, left: 0.0 }, |rect| {
            let middle = rect.top() + rect.height() / 2.0 - around.top();
            CopyPlace { row: (middle / self.line_height.get()).floor().max(0.0), left: rect.left() - around.left() }
        })
    }

    /// Draws the cover as far as the textarea is scrolled.
    fn draw(&self, editor: &EditorController) {
        let hole = self.hole.borrow();
        let Some(first) = hole.first() else { return };
        let scrolled = f64::from(editor.textarea.element.scroll_top());
        let mut polygon = "polygon(evenodd, 0 0, 100% 0, 100% 100%, 0 100%, 0 0".to_owned();
        for (x, y) in hole.iter().chain([first]) {
            polygon.push_str(&format!(", {x:.1}px {:.1}px", y - scrolled));
        }
        polygon.push_str(", 0 0)");
        let _ = self.cover.style().set_property("clip-path", &polygon);
    }
}

fn is_at_editor(event: &Event) -> bool {
    event
        .target()
        .and_then(|target| target.dyn_into::<HtmlElement>().ok())
        .is_some_and(|target| target.id() == "editor")
}

/// The corners of the rows from one place to another.
fn rows_between(from: CopyPlace, to: CopyPlace, line: f64, width: f64) -> Vec<(f64, f64)> {
    let (left, right) = (from.left - 2.0, to.left + 2.0);
    let (top, bottom) = (from.row * line, (to.row + 1.0) * line);
    if from.row >= to.row {
        return vec![(left, top), (right, top), (right, bottom), (left, bottom)];
    }
    let (below_first, above_last) = (top + line, bottom - line);
    vec![
        (left, top),
        (width, top),
        (width, above_last),
        (right, above_last),
        (right, bottom),
        (0.0, bottom),
        (0.0, below_first),
        (left, below_first),
    ]
}
