//! The bench of one element: owns its desk, reads its attributes, answers its script. In: attributes, intents, calls.
//! Out: the desk kept true to them, events of the element. Neighbours: `index.js` calls `Editor`; `app/editor/controller.rs`
//! does the work; `workbench.rs` is the same for the page.

use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};

use js_sys::Array;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;
use web_sys::{
    CustomEvent, CustomEventInit, Document, Element, Event, HtmlElement, HtmlTextAreaElement, KeyboardEvent, ShadowRoot,
};
use yew::UseReducerDispatcher;

use super::chrome::Chrome;
use super::furniture::Furniture;
use super::handle::Handle;
use super::values;
use crate::app::browser::dom::{Root, now_seconds, sleep, window};
use crate::app::browser::event_listener::{EventListener, hear};
use crate::app::browser::panic::install_panic_hook;
use crate::app::components::Intent;
use crate::app::editor::controller::EditorController;
use crate::app::editor::divider::{listen as listen_to_divider, set as set_divider};
use crate::app::editor::host::{EditorEvent, EditorHost};
use crate::app::editor::listeners::listen_to_editor;
use crate::app::state::{Action, Dialects, Dialog, Pane, State, Theme, View, view_name};
use crate::markdown::token::to_html;
use crate::text::Severity;
use crate::view::panel::Panel;
use crate::view::publication_view;

/// The post's own styles, for a frame that has no document of its own.
const PREVIEW_STYLES: &str = include_str!("../../styles/preview.css");

/// Drawing waits for the frame's document: it looks so often, and at most so long, in milliseconds.
const WAIT: i32 = 5;
const LONGEST_WAIT: i32 = 1_000;

/// What belongs to one element.
pub struct Bench {
    desk: Rc<EditorController>,
    host: HtmlElement,
    root: Root,
    preview_only: bool,
    file_name: RefCell<Option<String>>,
    narrow: Cell<bool>,
    view: Cell<View>,
    listeners: RefCell<Vec<EventListener>>,
}

impl Bench {
    /// Sets a desk up. Nothing is shown yet.
    fn new(
        dispatch: UseReducerDispatcher<State>,
        host: HtmlElement,
        root: Root,
        textarea: HtmlTextAreaElement,
        preview_only: bool,
    ) -> Rc<Self> {
        let desk = EditorController::new(dispatch, root.clone(), textarea, Some(PREVIEW_STYLES));
        let bench = Rc::new(Self {
            desk,
            host,
            root,
            preview_only,
            file_name: RefCell::default(),
            narrow: Cell::new(false),
            view: Cell::default(),
            listeners: RefCell::default(),
        });
        let host: Weak<Self> = Rc::downgrade(&bench);
        bench.desk.set_host(host);
        bench
    }

    /// Reads the attributes, listens, and shows the text.
    fn start(self: &Rc<Self>) {
        for name in ["mode", "theme", "file-name", "front-matter", "lang"] {
            self.configure(name, self.host.get_attribute(name).as_deref());
        }
        self.show_panes(self.view.get(), Pane::Write, false);
        set_divider(&self.root, 50.0);
        let desk = Rc::downgrade(&self.desk);
        let mut listeners = listen_to_editor(&self.desk);
        listeners.extend(listen_to_divider(
            &self.root,
            Rc::new(move |_| {
                if let Some(desk) = desk.upgrade() {
                    desk.want_editor_scroll();
                }
            }),
        ));
        listeners.push(hear(self, &self.host, "keydown", key));
        let desk: Element = self.root.by_id("desk");
        listeners.push(hear(self, &desk, "transitionend", |bench, _| bench.follow_scheme()));
        *self.listeners.borrow_mut() = listeners;
        self.desk.ready();
        self.desk.connect();
        self.configure("dialect", self.host.get_attribute("dialect").as_deref());
    }

    /// Takes the value of an attribute, or that there is none. Two are no attributes: `narrow` (the element has become
    /// so, or is no longer) and `reveal` (the textarea has to be seen).
    pub fn configure(self: &Rc<Self>, name: &str, value: Option<&str>) {
        match (name, value) {
            ("mode", value) => {
                let view = match value {
                    _ if self.preview_only => View::Preview,
                    Some("write") => View::Editor,
                    Some("preview") => View::Preview,
                    _ => View::Split,
                };
                self.view.set(view);
                // A narrow element keeps the view for when it is wide.
                if self.narrow.get() {
                    self.desk.dispatch.dispatch(Action::Narrow(false));
                    self.desk.dispatch.dispatch(Action::Show(view));
                    self.desk.dispatch.dispatch(Action::Narrow(true));
                }
                self.desk.dispatch.dispatch(Action::Show(view));
                self.desk.show_caret_soon();
            }
            ("theme", _) => self.follow_scheme(),
            ("dialect", value) => {
                let dialects = Dialects::of_name(value.unwrap_or_default());
                if dialects != self.desk.dialects() {
                    self.desk.choose_dialects(dialects);
                }
            }
            ("file-name", value) => {
                *self.file_name.borrow_mut() = value.filter(|name| !name.is_empty()).map(str::to_owned);
                self.desk.show_again();
            }
            ("front-matter", value) => self.desk.set_body_only(value == Some("off")),
            ("lang", value) => self.desk.set_language(value.unwrap_or("en")),
            ("narrow", value) => {
                if self.narrow.replace(value.is_some()) != value.is_some() {
                    self.desk.dispatch.dispatch(Action::Narrow(value.is_some()));
                    if value.is_some() {
                        self.desk.dispatch.dispatch(Action::Show(self.view.get()));
                    }
                }
                self.desk.want_editor_scroll();
            }
            ("reveal", _) => Rc::clone(self).reveal_editor(),
            _ => {}
        }
    }

    /// Shows the panes of a view; where there is room for one only, the pane decides.
    pub fn show_panes(&self, view: View, pane: Pane, narrow: bool) {
        let workspace: Element = self.root.by_id("workspace");
        let view = if narrow { View::Split } else { view };
        let _ = workspace.set_attribute("data-view", view_name(view));
        let _ = workspace.set_attribute("data-pane", pane.name());
    }

    /// Gives the previews the scheme that holds where the element stands. A frame would ask the system, whatever scheme
    /// the page around has chosen; the element's own attribute is a part of its styles.
    fn follow_scheme(&self) {
        let place: Element = self.root.by_id("desk");
        let style = window().get_computed_style(&place).ok().flatten();
        let probe = style.and_then(|style| style.get_property_value("column-rule-color").ok());
        let dark = probe.is_some_and(|color| color.contains("255"));
        self.desk.set_theme(if dark { Theme::Dark } else { Theme::Light });
    }

    /// Carries out what a person wants. What an attribute says is changed there, so that the host sees it.
    pub fn handle(self: &Rc<Self>, intent: Intent) {
        match intent {
            Intent::Show(view) if self.narrow.get() => {
                self.desk.dispatch.dispatch(Action::Show(view));
                self.desk.show_caret_soon();
            }
            Intent::Show(view) => self.reflect("mode", view_name(view)),
            Intent::ShowDialects(dialects) => self.reflect("dialect", dialects.name()),
            Intent::Command(id) => {
                self.desk.run_by_id(id);
            }
            Intent::JumpTo(span) => self.desk.jump_to(span),
            Intent::Fix(index) => {
                self.desk.fix(index);
            }
            Intent::ToggleProblems => self.desk.dispatch.dispatch(Action::ToggleProblems),
            Intent::Dismiss(key) => self.desk.dispatch.dispatch(Action::Dismiss(key)),
            Intent::ShowHelp => self.desk.dispatch.dispatch(Action::Open(Dialog::Help)),
            Intent::CloseDialog => {
                self.desk.dispatch.dispatch(Action::Close);
                self.desk.textarea.focus_quietly();
            }
            // The rest is the page's: drafts, files, the panel.
            _ => {}
        }
    }

    fn show_publication_line(&self) {
        let session = self.desk.session.borrow();
        let line = match session.post() {
            Some(post) if !self.desk.is_body_only() => {
                publication_view::line(post, &self.desk.settings(), now_seconds()).into()
            }
            _ => Panel::default().line,
        };
        drop(session);
        self.desk.dispatch.dispatch(Action::Panel(Panel { line, ..Panel::default() }));
    }

    fn reflect(&self, name: &str, value: &str) {
        let _ = self.host.set_attribute(name, value);
    }

    /// Dispatches an event of the element, when what is under way has come to its end.
    fn tell(self: &Rc<Self>, name: &'static str, detail: impl Fn(&Self) -> JsValue + 'static) {
        let bench = Rc::clone(self);
        spawn_local(async move {
            let options = CustomEventInit::new();
            options.set_bubbles(true);
            options.set_composed(true);
            options.set_detail(&detail(&bench));
            if let Ok(event) = CustomEvent::new_with_event_init_dict(name, &options) {
                let _ = bench.host.dispatch_event(&event);
            }
        });
    }

    fn diagnostics(&self) -> Array {
        values::diagnostics(&self.desk.diagnostics(), &self.desk.text())
    }
}

impl EditorHost for Bench {
    fn file_name(&self) -> Option<String> {
        self.file_name.borrow().clone()
    }

    fn switched_off_checks(&self) -> Vec<String> {
        Vec::new()
    }

    fn wants_checks(&self) -> bool {
        false
    }

    fn reveal_editor(self: Rc<Self>) {
        if self.preview_only {
            return;
        }
        if self.narrow.get() {
            self.desk.dispatch.dispatch(Action::Show(View::Editor));
        } else if self.view.get() == View::Preview {
            self.reflect("mode", view_name(View::Split));
        }
    }

    fn listen_in_preview(self: Rc<Self>, _: &Document) -> Vec<EventListener> {
        Vec::new()
    }

    fn editor_event(self: Rc<Self>, event: EditorEvent) {
        match event {
            EditorEvent::Diagnosed => {
                self.tell("apercu:diagnostics", |bench| values::object(&[("diagnostics", bench.diagnostics().into())]));
            }
            EditorEvent::Paused => self.show_publication_line(),
            // An element that was moved to a place of another scheme sees no transition.
            EditorEvent::NewPreviewDocument => self.follow_scheme(),
            // Drafts, files and preferences are the page's.
            EditorEvent::Edited | EditorEvent::Shown { .. } | EditorEvent::Moved | EditorEvent::DialectsShown(_) => {}
        }
    }
}

fn key(bench: &Rc<Bench>, event: &Event) {
    let key: &KeyboardEvent = event.unchecked_ref();
    if key.ctrl_key() || key.meta_key() || key.alt_key() || event.default_prevented() {
        return;
    }
    match key.key().as_str() {
        "F8" => bench.desk.jump_to_problem(!key.shift_key()),
        "F1" => bench.handle(Intent::ShowHelp),
        _ => return,
    }
    event.prevent_default();
}

/// One element's editor, as its script holds it.
struct Editor {
    bench: Rc<Bench>,
    chrome: Chrome,
    furniture: Furniture,
}

/// Draws an editor. See `main.rs`.
pub async fn mount(
    host: HtmlElement,
    root: ShadowRoot,
    textarea: HtmlTextAreaElement,
    preview_only: bool,
) -> Result<Box<dyn Handle>, JsValue> {
    install_panic_hook();
    let chrome = Chrome::take().await;
    let dispatch = chrome.dispatch().ok_or(JsValue::NULL)?;
    let furniture = Furniture::put(&root, &chrome.places);
    let bench = Bench::new(dispatch, host, Root::shadow(root), textarea, preview_only);
    chrome.serve(&bench);
    bench.start();
    // The frame's document comes in a moment; where it does not, the field can be used all the same.
    for _ in 0..LONGEST_WAIT / WAIT {
        if bench.desk.is_connected() {
            break;
        }
        sleep(WAIT).await;
    }
    Ok(Box::new(Editor { bench, chrome, furniture }))
}

impl Handle for Editor {
    fn configure(&self, name: &str, value: Option<&str>) {
        self.bench.configure(name, value);
    }

    fn refresh(&self) {
        self.bench.desk.want_text();
    }

    fn html(&self) -> String {
        self.bench.desk.show_text();
        let session = self.bench.desk.session.borrow();
        session.blocks().iter().map(|block| to_html(&block.tokens)).collect()
    }

    fn front_matter(&self) -> JsValue {
        self.bench.desk.show_text();
        self.bench.desk.session.borrow().post().map_or(JsValue::NULL, values::front_matter)
    }

    fn publication(&self) -> JsValue {
        let desk = &self.bench.desk;
        desk.show_text();
        if desk.is_body_only() {
            return JsValue::NULL;
        }
        let (text, settings) = (desk.text(), desk.settings());
        let session = desk.session.borrow();
        session.post().map_or(JsValue::NULL, |post| values::publication(post, &text, &settings, now_seconds()))
    }

    fn diagnostics(&self) -> Array {
        self.bench.desk.show_text();
        self.bench.diagnostics()
    }

    fn command(&self, id: &str) -> bool {
        self.bench.desk.run_by_id(id)
    }

    fn format(&self) -> usize {
        let desk = &self.bench.desk;
        desk.show_text();
        if !desk.can_edit() {
            return 0;
        }
        let text = desk.text();
        let mut left = text.len();
        let mut made = 0;
        let fixes: Vec<_> = desk.diagnostics().into_iter().filter_map(|found| found.fix).collect();
        for fix in fixes.iter().rev() {
            // Fixes that touch another wait for the next time.
            if fix.edit.span.end <= left {
                left = fix.edit.span.start;
                let now = desk.textarea.text();
                desk.edit(&now, &fix.edit);
                made += 1;
            }
        }
        made
    }

    fn tell(&self, message: &str) {
        self.bench.desk.tell("host", Severity::Warning, message);
    }

    fn unmount(self: Box<Self>) {
        self.bench.listeners.borrow_mut().clear();
        self.bench.desk.close();
        self.furniture.clear();
        self.chrome.give_back();
    }
}
