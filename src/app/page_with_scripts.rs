//! The page of a site with its scripts, in a frame that reaches nothing of ours. In: the page as it is written, and its
//! files. Out: a frame over the preview. Neighbours: `with-scripts.html` is the frame's document, `site_page.rs` has the
//! page. This is in the part `site`.
//!
//! Nothing of the page is ever put into a document of our own origin. The frame is sandboxed with `allow-scripts` alone:
//! its origin is opaque. What it sends is believed to come from anybody.

use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};

use gloo::timers::callback::Timeout;
use js_sys::{Array, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{
    Blob, Element, HtmlElement, HtmlIFrameElement, KeyboardEvent, MessageChannel, MessageEvent, MessagePort,
};

use crate::app::browser::dom::{by_id, document, focus_quietly, made, now_ms};
use crate::app::browser::event_listener::{EventListener, on_event};
use crate::app::preview_bar::print_frame;
use crate::storage::SitePermission;

/// A page that has not said that it is loaded is shown so many milliseconds after it was given to its frame.
const SHOWN_AFTER_MS: u32 = 4_000;
/// So long the frame's document may take to come, in milliseconds.
const LOADS_WITHIN_MS: u32 = 20_000;

/// A file of the page, as the frame gets it.
#[derive(Clone, Debug)]
pub enum PageFile {
    /// A style sheet or a script that the site makes. It may name files before it.
    Text {
        /// What stands in it.
        text: String,
        /// Its media type: `text/css`.
        media_type: &'static str,
    },
    /// The bytes of a file of the folder.
    Bytes(Blob),
    /// One that could not be read.
    Missing,
}

/// A page with its files.
#[derive(Clone, Debug)]
pub struct ScriptedPage {
    /// The path of the file that it is the page of.
    pub path: String,
    /// HTML as it is written; `apercu-file:3;` stands for the address of the fourth file.
    pub html: String,
    /// Its files.
    pub files: Vec<PageFile>,
    /// What it may load (a Content-Security-Policy).
    pub policy: String,
}

/// What the page does that the page around may want to know.
pub enum ScriptedEvent {
    /// It has been loaded: its scripts have come to an end.
    Loaded,
    /// A link was followed; the address is as it is written.
    Link(String),
    /// The frame's document did not come: it is asked for over the network each time.
    NotLoaded,
    /// The page has led its frame to another document.
    Left,
    /// The page has taken the focus away from the editor, again and again.
    TookFocus,
}

/// So often the page may take the focus away from the editor before it is shown without its scripts.
const MOST_STEALS: u32 = 3;
/// So long after the key Tab a change of the focus is the person's doing, in milliseconds.
const AFTER_TAB_MS: f64 = 300.0;

/// The frame over the preview.
pub struct ScriptsFrame {
    this: Weak<Self>,
    /// The address of the frame's document.
    address: String,
    tell: Box<dyn Fn(ScriptedEvent)>,
    shown: RefCell<Option<RunningFrame>>,
    /// The one that takes its place when it has been loaded.
    coming: RefCell<Option<RunningFrame>>,
    /// The path of the page, and how far down it is scrolled, between 0 and 1.
    place: RefCell<(String, f64)>,
    last: RefCell<Option<ScriptedPage>>,
    /// What watches over the editor's focus: a script could take it away while somebody types.
    watching: RefCell<Vec<EventListener>>,
    last_tab_ms: Cell<f64>,
    steals: Cell<u32>,
}

/// A frame with a page. It is taken away when it is dropped.
struct RunningFrame {
    frame: HtmlIFrameElement,
    listeners: RefCell<Vec<EventListener>>,
    port: RefCell<Option<MessagePort>>,
    /// Whether the frame's document is there and has its page.
    is_received: Cell<bool>,
    late: RefCell<Option<Timeout>>,
}

impl Drop for RunningFrame {
    fn drop(&mut self) {
        if let Some(port) = &*self.port.borrow() {
            port.close();
        }
        self.frame.remove();
    }
}

impl ScriptsFrame {
    /// Nothing is shown yet. `address`: where the frame's document is.
    pub fn new(address: String, tell: impl Fn(ScriptedEvent) + 'static) -> Rc<Self> {
        let frame = Rc::new_cyclic(|this| Self {
            this: this.clone(),
            address,
            tell: Box::new(tell),
            shown: RefCell::default(),
            coming: RefCell::default(),
            place: RefCell::default(),
            last: RefCell::default(),
            watching: RefCell::default(),
            last_tab_ms: Cell::default(),
            steals: Cell::default(),
        });
        let editor: HtmlElement = by_id("editor");
        *frame.watching.borrow_mut() = vec![
            on_event(&frame, &document(), "keydown", |frame, event| {
                if event.dyn_ref::<KeyboardEvent>().is_some_and(|event| event.key() == "Tab") {
                    frame.last_tab_ms.set(now_ms());
                }
            }),
            on_event(&frame, &editor, "blur", |frame, event| {
                let (this, target) = (Rc::downgrade(frame), event.target());
                // The element that has the focus now is known when this event is over.
                Timeout::new(0, move || {
                    if let Some((frame, editor)) = this.upgrade().zip(target) {
                        frame.bring_focus_back(editor.unchecked_ref());
                    }
                })
                .forget();
            }),
        ];
        frame
    }

    /// The editor has lost the focus. Where the page took it, and not the person, it comes back.
    fn bring_focus_back(&self, editor: &HtmlElement) {
        let frames = [self.shown.borrow(), self.coming.borrow()];
        let active = document().active_element();
        let taken = frames.iter().filter_map(|running| running.as_ref()).any(|running| {
            let is_active = active.as_ref().is_some_and(|active| active.is_same_node(Some(&running.frame)));
            is_active && !running.frame.matches(":hover").unwrap_or(false)
        });
        drop(frames);
        if !taken || now_ms() - self.last_tab_ms.get() < AFTER_TAB_MS {
            return;
        }
        focus_quietly(editor);
        self.steals.set(self.steals.get() + 1);
        if self.steals.get() >= MOST_STEALS {
            self.tell_later(ScriptedEvent::TookFocus);
        }
    }

    /// Runs a page behind the one that is shown, and shows it when it has been loaded: each in a window of its own, so
    /// that nothing of the last one stays.
    pub fn show(&self, page: ScriptedPage) {
        let mut place = self.place.borrow_mut();
        if place.0 != page.path {
            *place = (page.path.clone(), 0.0);
        }
        drop(place);
        *self.last.borrow_mut() = Some(page.clone());
        let attributes = [
            ("class", "with-scripts"),
            ("title", "The site’s page, with its scripts"),
            ("sandbox", "allow-scripts"),
            ("referrerpolicy", "no-referrer"),
            ("data-coming", ""),
            ("src", &self.address),
        ];
        let frame: HtmlIFrameElement = made(&document(), "iframe", &attributes).unchecked_into();
        let (this, loads) = (self.this.clone(), Cell::new(0));
        let loaded = EventListener::new(&frame, "load", move |event| {
            let Some((this, target)) = this.upgrade().zip(event.target()) else { return };
            let frame: HtmlIFrameElement = target.unchecked_into();
            loads.set(loads.get() + 1);
            match loads.get() {
                1 => this.send(&frame, &page),
                // The page that was written into it.
                2 => {}
                _ => this.tell_later(ScriptedEvent::Left),
            }
        });
        let pane: Element = by_id("preview-pane");
        let _ = pane.append_child(&frame);
        let listeners = vec![loaded].into();
        let late = Some(self.show_after(&frame, LOADS_WITHIN_MS)).into();
        let (port, is_received) = (RefCell::default(), Cell::default());
        self.coming.replace(Some(RunningFrame { frame, listeners, port, is_received, late }));
    }

    /// Shows a frame after that time, if it has its page.
    fn show_after(&self, frame: &HtmlIFrameElement, milliseconds: u32) -> Timeout {
        let (this, frame) = (self.this.clone(), frame.clone());
        Timeout::new(milliseconds, move || {
            let Some(this) = this.upgrade() else { return };
            if this.running(&frame, |running| running.is_received.get()) == Some(true) {
                this.swap(&frame);
            } else {
                this.tell_later(ScriptedEvent::NotLoaded);
            }
        })
    }

    /// Gives the frame its page.
    fn send(&self, frame: &HtmlIFrameElement, page: &ScriptedPage) {
        let Ok(channel) = MessageChannel::new() else { return };
        let port = channel.port1();
        let (this, own) = (self.this.clone(), frame.clone());
        let messages = EventListener::new(&port, "message", move |event| {
            if let (Some(this), Some(message)) = (this.upgrade(), event.dyn_ref::<MessageEvent>()) {
                this.take_message(&own, &message.data());
            }
        });
        port.start();
        let ratio = self.place.borrow().1;
        post(frame, page, ratio, false, &channel.port2());
        let late = self.show_after(frame, SHOWN_AFTER_MS);
        self.running(frame, |running| {
            running.late.replace(Some(late));
            *running.port.borrow_mut() = Some(port);
            running.listeners.borrow_mut().push(messages);
        });
    }

    /// Looks at what is known of a frame.
    fn running<T>(&self, frame: &HtmlIFrameElement, look: impl FnOnce(&RunningFrame) -> T) -> Option<T> {
        let (shown, coming) = (self.shown.borrow(), self.coming.borrow());
        let found = [&shown, &coming].into_iter().filter_map(|running| running.as_ref());
        found.into_iter().find(|running| running.frame.is_same_node(Some(frame))).map(look)
    }

    /// Takes a message, which the page's scripts may have forged.
    fn take_message(&self, frame: &HtmlIFrameElement, message: &JsValue) {
        let field = |name: &str| Reflect::get(message, &name.into()).unwrap_or_default();
        self.running(frame, |running| running.is_received.set(true));
        if let Some(ratio) = field("ratio").as_f64().filter(|ratio| ratio.is_finite()) {
            let is_shown = self.shown.borrow().as_ref().is_some_and(|shown| shown.frame.is_same_node(Some(frame)));
            if is_shown {
                self.place.borrow_mut().1 = ratio.clamp(0.0, 1.0);
            }
        }
        if field("loaded").is_truthy() {
            self.swap(frame);
        }
        // Only a person who is in the frame follows links in it: while somebody writes, nothing else is opened.
        let has_focus = document().active_element().is_some_and(|active| active.is_same_node(Some(frame)));
        if let Some(link) = field("link").as_string().filter(|_| has_focus) {
            self.tell_later(ScriptedEvent::Link(link));
        }
    }

    /// Shows a frame that is ready, in place of the last one.
    fn swap(&self, frame: &HtmlIFrameElement) {
        let is_coming = self.coming.borrow().as_ref().is_some_and(|coming| coming.frame.is_same_node(Some(frame)));
        if !is_coming {
            return;
        }
        let had_focus = self.has_focus();
        let coming = self.coming.take();
        if let Some(coming) = &coming {
            coming.late.take();
            let _ = coming.frame.remove_attribute("data-coming");
            if had_focus {
                let _ = coming.frame.focus();
            }
        }
        let pane: Element = by_id("preview-pane");
        let _ = pane.set_attribute("data-scripts", "");
        self.shown.replace(coming);
        self.tell_later(ScriptedEvent::Loaded);
    }

    fn has_focus(&self) -> bool {
        let active = document().active_element();
        let shown = self.shown.borrow();
        shown.as_ref().zip(active).is_some_and(|(shown, active)| active.is_same_node(Some(&shown.frame)))
    }

    /// Tells when what runs now has ended: it may take this frame away.
    fn tell_later(&self, event: ScriptedEvent) {
        let this = self.this.clone();
        Timeout::new(0, move || {
            if let Some(this) = this.upgrade() {
                (this.tell)(event);
            }
        })
        .forget();
    }

    /// Prints the page as it was shown last, in a frame of its own: this one may open no dialogs.
    pub fn print(&self) {
        let Some(page) = self.last.borrow().clone() else { return };
        print_frame("allow-scripts allow-modals", &self.address, move |frame| {
            if let Ok(channel) = MessageChannel::new() {
                post(&frame, &page, 0.0, true, &channel.port2());
            }
        });
    }
}

impl Drop for ScriptsFrame {
    fn drop(&mut self) {
        let pane: Element = by_id("preview-pane");
        let _ = pane.remove_attribute("data-scripts");
    }
}

/// Sends a page into its frame. The frame's origin is opaque: no other name than `*` reaches it.
fn post(frame: &HtmlIFrameElement, page: &ScriptedPage, ratio: f64, print: bool, port: &MessagePort) {
    let message = Object::new();
    let set = |object: &Object, name: &str, value: JsValue| {
        let _ = Reflect::set(object, &name.into(), &value);
    };
    let files = Array::new();
    for file in &page.files {
        files.push(&match file {
            PageFile::Bytes(blob) => blob.clone().into(),
            PageFile::Missing => JsValue::NULL,
            PageFile::Text { text, media_type } => {
                let object = Object::new();
                set(&object, "text", text.as_str().into());
                set(&object, "type", (*media_type).into());
                object.into()
            }
        });
    }
    set(&message, "html", page.html.as_str().into());
    set(&message, "files", files.into());
    set(&message, "policy", page.policy.as_str().into());
    set(&message, "ratio", ratio.into());
    set(&message, "print", print.into());
    if let Some(window) = frame.content_window() {
        let _ = window.post_message_with_transfer(&message, "*", &Array::of1(port));
    }
}

/// What a page with scripts may load: its own files, which the frame has; of other hosts, what the person allowed.
pub fn policy(permission: &SitePermission) -> String {
    let hosts: Vec<String> = permission
        .hosts
        .iter()
        .filter(|host| is_plain(host))
        .map(|host| [" https://", host, " http://", host].concat())
        .collect();
    let hosts = hosts.concat();
    let (any, frames) = if hosts.is_empty() { ("", " 'none'") } else { (" https: http:", hosts.as_str()) };
    [
        "default-src 'none'; script-src 'unsafe-inline' 'unsafe-eval' data: blob:",
        &hosts,
        "; connect-src data: blob:",
        &hosts,
        "; style-src 'unsafe-inline' data: blob:",
        any,
        "; img-src data: blob:",
        any,
        "; media-src data: blob:",
        any,
        "; font-src data: blob:",
        any,
        "; worker-src blob:; frame-src",
        frames,
        "; form-action 'none'; base-uri 'none'",
    ]
    .concat()
}

/// Whether a host's name says nothing else in a policy.
fn is_plain(host: &str) -> bool {
    !host.is_empty()
        && host.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b':' | b'[' | b']'))
}

/// The full address and the host of what lies on another host; `None` for everything else.
pub fn elsewhere(address: &str) -> Option<(String, String)> {
    let full = if address.starts_with("//") { ["https:", address].concat() } else { address.to_owned() };
    let url = web_sys::Url::new(&full).ok()?;
    let is_web = matches!(url.protocol().as_str(), "https:" | "http:");
    let host = url.host();
    (is_web && is_plain(&host)).then_some((full, host))
}
