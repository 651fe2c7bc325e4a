//! Loads the companion module and calls it; which dialect the preview shows. In: a choice of dialects. Out: renderers
//! behind calls. Neighbours: `companion/` is the module's source, `start.js` knows where it lies, `beside.rs` shows a
//! second preview.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use js_sys::{Array, Function, Promise, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};

use super::beside::Beside;
use super::desk::Desk;
use crate::app::session::Session;
use crate::app::state::Action;
use crate::companion::{Call, Remote, Template, decode_edit, decode_findings, decode_rendered};
use crate::markdown::sanitize::Relative;
use crate::post::form::Refusal;
use crate::storage::Dialects;
use crate::text::{Diagnostic, Edit, Severity};

/// The module, once it is there, and the dialects that are shown.
pub struct Companion {
    /// Loads the module.
    load: Function,
    /// Tells the module's posts apart: pages and elements share it.
    number: u32,
    module: RefCell<Option<JsValue>>,
    /// The module on its way.
    loading: RefCell<Option<Promise>>,
    /// Whether Liquid was asked for: it is loaded once, and not again and again where that fails.
    asked_for_liquid: Cell<bool>,
    shown: Cell<Dialects>,
}

thread_local! {
    static NEXT: Cell<u32> = const { Cell::new(0) };
}

impl Companion {
    /// A module that `load` loads: it gives a promise of the module.
    pub fn by(load: Function) -> Self {
        Self {
            load,
            number: NEXT.replace(NEXT.get().wrapping_add(1)),
            module: RefCell::default(),
            loading: RefCell::default(),
            asked_for_liquid: Cell::new(false),
            shown: Cell::default(),
        }
    }

    /// Forgets the post in the module, and the module.
    pub fn leave(&self) {
        if let Some(leave) = self.export("leave") {
            let _ = leave.call1(&JsValue::UNDEFINED, &self.number.into());
        }
        self.forget();
    }

    /// One of the module's functions.
    pub(super) fn export(&self, name: &str) -> Option<Function> {
        let module = self.module.borrow().clone()?;
        Reflect::get(&module, &name.into()).ok()?.dyn_into().ok()
    }

    /// A call of the module's `liquid`.
    fn template(&self, body_only: bool) -> Option<Template> {
        let liquid = self.export("liquid")?;
        Some(Box::new(move |name, text, now| {
            let arguments = Array::of4(&name.into(), &text.into(), &(now as f64).into(), &body_only.into());
            let answer = liquid.apply(&JsValue::UNDEFINED, &arguments).ok()?;
            decode_rendered(&bytes(answer)?)
        }))
    }

    /// The dialects that are shown.
    pub fn shown(&self) -> Dialects {
        self.shown.get()
    }

    /// Whether the module is there.
    pub fn is_there(&self) -> bool {
        self.module.borrow().is_some()
    }

    /// What the checks find in a post of that name; `None` where the module is not there, or has stopped.
    pub fn check(
        &self,
        name: &str,
        text: &str,
        known_tags: &[String],
        off: &[String],
        body_only: bool,
    ) -> Option<Vec<Diagnostic>> {
        let lines = |lines: &[String]| lines.join("\n").into();
        let arguments = Array::of5(&name.into(), &text.into(), &lines(known_tags), &lines(off), &body_only.into());
        decode_findings(&self.ask("check", &arguments)?)
    }

    /// The edit that makes a change of the form, which the module read from the panel; `None` where the module is not
    /// there, or has stopped.
    pub fn change(&self, text: &str, change: &[u8]) -> Option<Result<Edit, Refusal>> {
        decode_edit(&self.ask("change", &Array::of2(&text.into(), &Uint8Array::from(change)))?)
    }

    /// A call of the module's `github`.
    fn call(&self, is_site: bool) -> Option<Call> {
        let github = self.export("github")?;
        let number = self.number.into();
        Some(Box::new(move |body, anew| {
            let arguments = Array::of4(&number, &body.into(), &anew.into(), &is_site.into());
            bytes(github.apply(&JsValue::UNDEFINED, &arguments).ok()?)
        }))
    }

    /// What a function of the module answers; `None` where the module is not there, or has stopped.
    pub(super) fn ask(&self, name: &str, arguments: &Array) -> Option<Vec<u8>> {
        bytes(self.export(name)?.apply(&JsValue::UNDEFINED, arguments).ok()?)
    }

    /// Whether the preview is rendered in the module, which knows the last text that it was asked to render.
    pub(super) fn keeps_the_page(&self) -> bool {
        self.shown.get() == Dialects::GitHub
    }

    /// The module has stopped: it is loaded anew when it is asked for again.
    pub(super) fn forget(&self) {
        self.module.borrow_mut().take();
    }

    async fn load(&self) -> Result<(), JsValue> {
        // Whoever comes while it is on its way waits for the same.
        let under_way = self.loading.borrow().clone();
        let promise = match under_way {
            Some(promise) => promise,
            None => self.load.call0(&JsValue::UNDEFINED)?.dyn_into::<Promise>()?,
        };
        *self.loading.borrow_mut() = Some(promise.clone());
        let loaded = JsFuture::from(promise).await;
        self.loading.borrow_mut().take();
        *self.module.borrow_mut() = Some(loaded?);
        Ok(())
    }
}

/// The module answers in bytes.
fn bytes(answer: JsValue) -> Option<Vec<u8>> {
    Some(answer.dyn_into::<Uint8Array>().ok()?.to_vec())
}

impl Desk {
    /// Loads the module where it is not there yet, and tells it of the site.
    pub(super) async fn load_companion(&self) -> Result<(), JsValue> {
        if self.companion.is_there() {
            return Ok(());
        }
        self.companion.load().await?;
        if let Some(owner) = self.owner() {
            owner.companion_loaded();
        }
        Ok(())
    }

    /// Shows the post in these dialects, as soon as what they need is there.
    pub fn choose_dialects(self: &Rc<Self>, dialects: Dialects) {
        self.dispatch.dispatch(Action::Dialects(dialects));
        if dialects == Dialects::Jekyll {
            self.show_dialects(dialects);
            return;
        }
        let desk = Rc::clone(self);
        spawn_local(async move {
            if desk.load_companion().await.is_ok() {
                desk.show_dialects(dialects);
                return;
            }
            desk.dispatch.dispatch(Action::Dialects(desk.companion.shown.get()));
            desk.tell(
                "companion",
                Severity::Warning,
                "GitHub's dialect could not be loaded. Is the network gone? The preview shows Jekyll's.",
            );
        });
    }

    fn show_dialects(self: &Rc<Self>, dialects: Dialects) {
        self.companion.shown.set(dialects);
        if let Some(owner) = self.owner() {
            owner.dialects_shown(dialects);
        }
        let guest = self.preview.is_guest();
        let beside = match dialects {
            Dialects::Both => self.companion.call(guest).and_then(|call| Beside::new(self, Remote::new(call))),
            _ => None,
        };
        if let Some(old) = self.beside.replace(beside) {
            old.remove();
        }
        if self.preview.is_blank() {
            // An empty document was there before anybody could listen.
            self.beside_loaded();
        }
        self.show_anew();
        self.show_caret_soon();
    }

    /// A session that has seen no text, on the person's site, with the renderer of the dialect that is shown.
    pub(super) fn new_session(&self) -> Session {
        let guest = self.preview.is_guest();
        let mut session = match self.companion.shown.get() {
            Dialects::GitHub => Session::with(self.companion.call(guest).map(Remote::new)),
            Dialects::Jekyll | Dialects::Both => Session::default(),
        };
        session.set_template(self.companion.template(self.is_body_only()));
        if guest {
            session.lead(Relative::Here);
        }
        session.read_body_only(self.is_body_only());
        session.on_site(self.settings())
    }

    /// Loads what runs Liquid, and shows the text again with it.
    pub(super) fn load_liquid(self: &Rc<Self>) {
        if self.companion.asked_for_liquid.replace(true) {
            return;
        }
        let desk = Rc::clone(self);
        spawn_local(async move {
            if desk.load_companion().await.is_ok() {
                let template = desk.companion.template(desk.is_body_only());
                desk.session.borrow_mut().set_template(template);
                desk.show_again();
            } else {
                desk.tell(
                    "companion",
                    Severity::Warning,
                    "What runs Liquid could not be loaded. Is the network gone? Tags are shown as they are written.",
                );
            }
        });
    }

    /// The module has stopped in the middle of its work: it is left alone until it is asked for again.
    pub(super) fn companion_stopped(self: &Rc<Self>) {
        self.companion.forget();
        self.choose_dialects(Dialects::Jekyll);
        self.tell(
            "companion",
            Severity::Error,
            "What renders Liquid and GitHub's dialect has stopped working on this text.",
        );
    }
}
