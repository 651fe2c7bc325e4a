//! One custom element: its workspace, its attributes, its events. In: attributes, calls of `index.js`, a shadow root
//! with `#layout > #workspace` and the panes in it. Out: an editor kept true to them, events of the element.
//! Neighbours: `handle.rs` says what `index.js` may ask; `app/components/workspace.rs` is drawn,
//! `app/editor/controller.rs` does the work; the page has a controller of its own.

use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};

use js_sys::{Array, Function};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;
use web_sys::{
    CustomEvent, CustomEventInit, Document, Element, Event, HtmlElement, HtmlTextAreaElement, KeyboardEvent, ShadowRoot,
};
use yew::{AppHandle, Html, UseReducerDispatcher};

use super::bars::{BarsOwner, ElementBars};
use super::handle::Handle;
use super::values;
use crate::app::browser::dom::{Root, element, now_seconds, sleep};
use crate::app::browser::event_listener::{EventListener, on_event};
use crate::app::browser::panic::install_panic_hook;
use crate::app::components::{Intent, Target, Workspace, WorkspaceProps};
use crate::app::editor::controller::EditorController;
use crate::app::editor::divider::{listen as listen_to_divider, set as set_divider};
use crate::app::editor::host::{EditorEvent, EditorHost};
use crate::app::editor::listeners::listen_to_editor;
use crate::app::state::{Action, Dialects, Offer, OpenDialog, Pane, State, Theme, View, view_name};
use crate::commands::FUNCTIONS;
use crate::markdown::token::to_html;
use crate::text::Severity;
use crate::view::panel::PanelView;
use crate::view::publication_view;

/// Drawing waits for the frame's document: it looks so often, and at most so long, in milliseconds.
const WAIT: i32 = 5;
const LONGEST_WAIT: i32 = 1_000;

/// What belongs to one element.
pub struct ElementController {
    editor: Rc<EditorController>,
    /// The panes. They are drawn apart from the bars: Yew listens to nothing here, so that all of it goes with the
    /// element.
    workspace: RefCell<Option<AppHandle<Workspace>>>,
    host: HtmlElement,
    shadow: ShadowRoot,
    root: Root,
    preview_only: bool,
    file_name: RefCell<Option<String>>,
    narrow: Cell<bool>,
    view: Cell<View>,
    listeners: RefCell<Vec<EventListener>>,
}

impl ElementController {
    /// Makes the editor in a workspace that is drawn. Nothing is shown yet.
    fn new(
        dispatch: UseReducerDispatcher<State>,
        workspace: AppHandle<Workspace>,
        host: HtmlElement,
        shadow: ShadowRoot,
        textarea: HtmlTextAreaElement,
        fill: Function,
        preview_only: bool,
    ) -> Rc<Self> {
        let root = Root::shadow(shadow.clone());
        let editor = EditorController::new(dispatch, root.clone(), textarea, Some(fill));
        let controller = Rc::new(Self {
            editor,
            workspace: RefCell::new(Some(workspace)),
            host,
            shadow,
            root,
            preview_only,
            file_name: RefCell::default(),
            narrow: Cell::new(false),
            view: Cell::default(),
            listeners: RefCell::default(),
        });
        let host: Weak<Self> = Rc::downgrade(&controller);
        controller.editor.set_host(host);
        // A script asks whether a command did something, and is answered at once.
        controller.editor.tools.commands.set(Some(&FUNCTIONS));
        controller
    }

    /// Reads the attributes, listens, and shows the text.
    fn start(self: &Rc<Self>) {
        for name in ["mode", "theme", "file-name", "front-matter", "lang"] {
            self.configure(name, self.host.get_attribute(name).as_deref());
        }
        self.show_panes(self.view.get(), Pane::Write, false);
        set_divider(&self.root, 50.0);
        let editor = Rc::downgrade(&self.editor);
        let mut listeners = listen_to_editor(&self.editor);
        listeners.extend(listen_to_divider(
            &self.root,
            Rc::new(move |_| {
                if let Some(editor) = editor.upgrade() {
                    editor.want_editor_scroll();
                }
            }),
        ));
        listeners.push(on_event(self, &self.host, "keydown", key));
        let outer: Element = self.root.by_id("layout");
        listeners.push(on_event(self, &outer, "transitionend", |controller, _| controller.follow_scheme()));
        *self.listeners.borrow_mut() = listeners;
        self.editor.ready();
        self.editor.connect();
        self.configure("dialect", self.host.get_attribute("dialect").as_deref());
    }

    /// Takes the value of an attribute, or that there is none. Two are no attributes: `narrow` (the element has become
    /// so, or is no longer) and `reveal` (the textarea has to be seen).
    pub fn configure(self: &Rc<Self>, name: &str, value: Option<&str>) {
        match (name, value) {
            ("mode", value) => {
                let view = view_of(value, self.preview_only);
                self.view.set(view);
                // A narrow element keeps the view for when it is wide.
                if self.narrow.get() {
                    self.editor.dispatch.dispatch(Action::Narrow(false));
                    self.editor.dispatch.dispatch(Action::Show(view));
                    self.editor.dispatch.dispatch(Action::Narrow(true));
                }
                self.editor.dispatch.dispatch(Action::Show(view));
                // At the start both sides are scrolled to their tops, unless somebody is writing already.
                if self.editor.is_ready() || self.editor.textarea.is_focused() {
                    self.editor.show_caret_soon();
                }
            }
            ("theme", _) => self.follow_scheme(),
            ("dialect", value) => {
                let dialects = Dialects::of_name(value.unwrap_or_default());
                if dialects != self.editor.dialects() {
                    self.editor.choose_dialects(dialects);
                }
            }
            ("file-name", value) => {
                *self.file_name.borrow_mut() = value.filter(|name| !name.is_empty()).map(str::to_owned);
                self.editor.show_again();
            }
            ("front-matter", value) => self.editor.set_body_only(value == Some("off")),
            ("lang", value) => self.editor.set_language(value.unwrap_or("en")),
            ("narrow", value) => {
                if self.narrow.replace(value.is_some()) != value.is_some() {
                    self.editor.dispatch.dispatch(Action::Narrow(value.is_some()));
                    if value.is_some() {
                        self.editor.dispatch.dispatch(Action::Show(self.view.get()));
                    }
                }
                self.editor.want_editor_scroll();
            }
            ("reveal", _) => Rc::clone(self).reveal_editor(),
            _ => {}
        }
    }

    /// Gives the previews the scheme that holds where the element stands: its own attribute is a part of its styles.
    fn follow_scheme(&self) {
        self.editor.set_theme(Theme::System);
    }

    fn show_publication_line(&self) {
        let renderer = self.editor.renderer.borrow();
        let line = match renderer.site_post() {
            Some(post) if !self.editor.is_body_only() => {
                publication_view::line(post, &self.editor.settings(), now_seconds()).into()
            }
            _ => PanelView::default().line,
        };
        drop(renderer);
        self.editor.dispatch.dispatch(Action::Panel(PanelView { line, ..PanelView::default() }));
    }

    fn reflect(&self, name: &str, value: &str) {
        let _ = self.host.set_attribute(name, value);
    }

    /// Dispatches an event of the element, after the code that runs now has ended.
    fn tell(self: &Rc<Self>, name: &'static str, detail: impl Fn(&Self) -> JsValue + 'static) {
        let controller = Rc::clone(self);
        spawn_local(async move {
            let options = CustomEventInit::new();
            options.set_bubbles(true);
            options.set_composed(true);
            options.set_detail(&detail(&controller));
            if let Ok(event) = CustomEvent::new_with_event_init_dict(name, &options) {
                let _ = controller.host.dispatch_event(&event);
            }
        });
    }

    fn diagnostics(&self) -> Array {
        values::diagnostics(&self.editor.diagnostics(), &self.editor.text())
    }
}

impl BarsOwner for ElementController {
    fn handle(self: Rc<Self>, intent: Intent) {
        match intent {
            Intent::Show(view) if self.narrow.get() => {
                self.editor.dispatch.dispatch(Action::Show(view));
                self.editor.show_caret_soon();
            }
            Intent::Show(view) => self.reflect("mode", view_name(view)),
            Intent::ShowDialects(dialects) => self.reflect("dialect", dialects.name()),
            Intent::Command(id) => {
                self.editor.run_by_id(id);
            }
            Intent::JumpTo(span) => self.editor.jump_to(span),
            Intent::Fix(index) => {
                self.editor.fix(index);
            }
            Intent::ToggleDiagnostics => self.editor.dispatch.dispatch(Action::ToggleDiagnostics),
            Intent::Dismiss(key) => self.editor.dispatch.dispatch(Action::Dismiss(key)),
            Intent::Take(_, Offer::PastePlain) => self.editor.paste_plain_instead(),
            Intent::ShowHelp => self.editor.dispatch.dispatch(Action::Open(OpenDialog::Help)),
            Intent::CloseDialog => {
                self.editor.dispatch.dispatch(Action::Close);
                self.editor.textarea.focus_quietly();
            }
            // The rest is the page's: drafts, files, the panel.
            _ => {}
        }
    }

    fn show_panes(&self, view: View, pane: Pane, narrow: bool) {
        let view = if narrow { View::Split } else { view };
        if let Some(workspace) = &mut *self.workspace.borrow_mut() {
            workspace.update(workspace_props(&self.shadow, view, pane));
        }
    }
}

impl EditorHost for ElementController {
    fn pastes_plain(&self) -> bool {
        self.host.get_attribute("paste").is_some_and(|how| how == "plain")
    }

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
            self.editor.dispatch.dispatch(Action::Show(View::Editor));
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
                self.tell("apercu:diagnostics", |controller| {
                    values::object(&[("diagnostics", controller.diagnostics().into())])
                });
            }
            EditorEvent::Paused => self.show_publication_line(),
            // Drafts, files and preferences are the page's.
            EditorEvent::Edited | EditorEvent::Shown { .. } | EditorEvent::Moved | EditorEvent::DialectsShown(_) => {}
        }
    }
}

/// What the attribute `mode` says.
fn view_of(mode: Option<&str>, preview_only: bool) -> View {
    match mode {
        _ if preview_only => View::Preview,
        Some("write") => View::Editor,
        Some("preview") => View::Preview,
        _ => View::Split,
    }
}

fn workspace_props(root: &ShadowRoot, view: View, pane: Pane) -> WorkspaceProps {
    WorkspaceProps { target: Target::Shadow(root.clone()), view, pane, children: Html::default() }
}

fn key(controller: &Rc<ElementController>, event: &Event) {
    let key: &KeyboardEvent = event.unchecked_ref();
    if key.ctrl_key() || key.meta_key() || key.alt_key() || event.default_prevented() {
        return;
    }
    match key.key().as_str() {
        "F8" => controller.editor.jump_to_diagnostic(!key.shift_key()),
        "F1" => Rc::clone(controller).handle(Intent::ShowHelp),
        _ => return,
    }
    event.prevent_default();
}

/// One element's editor, as its script holds it.
struct ElementEditor {
    controller: Rc<ElementController>,
    bars: ElementBars,
}

/// Draws an editor. See `main.rs`.
pub async fn mount(
    host: HtmlElement,
    root: ShadowRoot,
    textarea: HtmlTextAreaElement,
    fill: Function,
    preview_only: bool,
) -> Result<Box<dyn Handle>, JsValue> {
    install_panic_hook();
    let bars = ElementBars::take().await;
    let dispatch = bars.dispatch().ok_or(JsValue::NULL)?;
    let view = view_of(host.get_attribute("mode").as_deref(), preview_only);
    // Its root stands nowhere: the workspace is drawn into nodes that `panes.js` has put in their places.
    let props = workspace_props(&root, view, Pane::default());
    let workspace = yew::Renderer::<Workspace>::with_root_and_props(element("div", ""), props).render();
    while root.get_element_by_id("marks").is_none() {
        sleep(0).await;
    }
    let layout = root.get_element_by_id("layout").ok_or(JsValue::NULL)?;
    layout.prepend_with_node_1(&bars.places.above)?;
    layout.append_child(&bars.places.below)?;
    let controller = ElementController::new(dispatch, workspace, host, root, textarea, fill, preview_only);
    bars.set_owner(Rc::clone(&controller) as Rc<dyn BarsOwner>);
    controller.start();
    // The frame's document comes in a moment; where it does not, the field can be used all the same.
    for _ in 0..LONGEST_WAIT / WAIT {
        if controller.editor.is_connected() {
            break;
        }
        sleep(WAIT).await;
    }
    Ok(Box::new(ElementEditor { controller, bars }))
}

impl Handle for ElementEditor {
    fn configure(&self, name: &str, value: Option<&str>) {
        self.controller.configure(name, value);
    }

    fn refresh(&self) {
        self.controller.editor.want_text();
    }

    fn html(&self) -> String {
        self.controller.editor.show_text();
        let renderer = self.controller.editor.renderer.borrow();
        renderer.blocks().iter().map(|block| to_html(&block.tokens)).collect()
    }

    fn front_matter(&self) -> JsValue {
        self.controller.editor.show_text();
        self.controller.editor.renderer.borrow().post().map_or(JsValue::NULL, values::front_matter)
    }

    fn publication(&self) -> JsValue {
        let editor = &self.controller.editor;
        editor.show_text();
        if editor.is_body_only() {
            return JsValue::NULL;
        }
        let (text, settings) = (editor.text(), editor.settings());
        let renderer = editor.renderer.borrow();
        renderer.site_post().map_or(JsValue::NULL, |post| values::publication(post, &text, &settings, now_seconds()))
    }

    fn diagnostics(&self) -> Array {
        self.controller.editor.show_text();
        self.controller.diagnostics()
    }

    fn command(&self, id: &str) -> bool {
        self.controller.editor.run_by_id(id)
    }

    fn format(&self) -> usize {
        let editor = &self.controller.editor;
        editor.show_text();
        if !editor.can_edit() {
            return 0;
        }
        let text = editor.text();
        let mut left = text.len();
        let mut made = 0;
        let fixes: Vec<_> = editor.diagnostics().into_iter().filter_map(|found| found.fix).collect();
        for fix in fixes.iter().rev() {
            // Fixes that touch another wait for the next time.
            if fix.edit.span.end <= left {
                left = fix.edit.span.start;
                let now = editor.textarea.text();
                editor.edit(&now, &fix.edit);
                made += 1;
            }
        }
        made
    }

    fn tell(&self, message: &str) {
        self.controller.editor.tell("host", Severity::Warning, message);
    }

    fn unmount(self: Box<Self>) {
        self.controller.listeners.borrow_mut().clear();
        self.controller.editor.close();
        self.bars.give_back();
        if let Some(workspace) = self.controller.workspace.take() {
            workspace.destroy();
        }
    }
}
