//! Loads the companion module and calls it; which dialect the preview shows. In: a choice of dialects. Out: renderers
//! behind calls. Neighbours: `companion/` is the module's source, `start.js` knows where it lies, `beside.rs` shows a
//! second preview.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use js_sys::{Array, Function, Promise, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::Element;

use super::beside::Beside;
use super::dom::by_id;
use super::workbench::Workbench;
use crate::app::session::Session;
use crate::app::state::Action;
use crate::companion::{
    Call, Remote, Template, decode_edit, decode_findings, decode_rendered, encode_change, encode_zone,
};
use crate::post::form::{Change, Refusal};
use crate::storage::Dialects;
use crate::text::{Diagnostic, Edit, Severity};

/// The module, once it is there, and the dialects that are shown.
#[derive(Default)]
pub struct Companion {
    module: RefCell<Option<JsValue>>,
    /// The module on its way.
    loading: RefCell<Option<Promise>>,
    /// Whether Liquid was asked for: it is loaded once, and not again and again where that fails.
    asked_for_liquid: Cell<bool>,
    shown: Cell<Dialects>,
}

impl Companion {
    /// One of the module's functions.
    fn export(&self, name: &str) -> Option<Function> {
        let module = self.module.borrow().clone()?;
        Reflect::get(&module, &name.into()).ok()?.dyn_into().ok()
    }

    /// A call of the module's `liquid`.
    fn template(&self) -> Option<Template> {
        let liquid = self.export("liquid")?;
        Some(Box::new(move |name, text, now| {
            let now = (now as f64).into();
            let answer = liquid.call3(&JsValue::UNDEFINED, &name.into(), &text.into(), &now).ok()?;
            decode_rendered(&answer.dyn_into::<Uint8Array>().ok()?.to_vec())
        }))
    }

    /// Whether the module is there.
    pub fn is_there(&self) -> bool {
        self.module.borrow().is_some()
    }

    /// What the checks find in a post of that name; `None` where the module is not there, or has stopped.
    pub fn check(&self, name: &str, text: &str, known_tags: &[String], off: &[String]) -> Option<Vec<Diagnostic>> {
        let lines = |lines: &[String]| lines.join("\n").into();
        let arguments = Array::of4(&name.into(), &text.into(), &lines(known_tags), &lines(off));
        let answer = self.export("check")?.apply(&JsValue::UNDEFINED, &arguments).ok()?;
        decode_findings(&answer.dyn_into::<Uint8Array>().ok()?.to_vec())
    }

    /// The edit that makes a change of the form; `None` where the module is not there, or has stopped.
    pub fn change(&self, text: &str, change: &Change) -> Option<Result<Edit, Refusal>> {
        let change = Uint8Array::from(&*encode_change(change));
        let answer = self.export("change")?.call2(&JsValue::UNDEFINED, &text.into(), &change).ok()?;
        decode_edit(&answer.dyn_into::<Uint8Array>().ok()?.to_vec())
    }

    /// A call of the module's `github`.
    fn call(&self) -> Option<Call> {
        let github = self.export("github")?;
        Some(Box::new(move |body, anew| {
            let answer = github.call2(&JsValue::UNDEFINED, &body.into(), &anew.into()).ok()?;
            Some(answer.dyn_into::<Uint8Array>().ok()?.to_vec())
        }))
    }

    /// What a function of the module answers: the first update of a `Twin`.
    pub(super) fn ask(&self, name: &str, arguments: &Array) -> Option<Vec<u8>> {
        let answer = self.export(name)?.apply(&JsValue::UNDEFINED, arguments).ok()?;
        Some(answer.dyn_into::<Uint8Array>().ok()?.to_vec())
    }

    /// Whether the preview is rendered in the module, which knows the last text that it was asked to render.
    pub(super) fn keeps_the_page(&self) -> bool {
        self.shown.get() == Dialects::GitHub
    }

    /// The module has stopped: it is loaded anew when it is asked for again.
    pub(super) fn forget(&self) {
        self.module.borrow_mut().take();
    }

    /// Loads the module where it is not there yet.
    pub(super) async fn load(&self) -> Result<(), JsValue> {
        if self.module.borrow().is_some() {
            return Ok(());
        }
        let app: Element = by_id("app");
        let load: Function = Reflect::get(&app, &"companion".into())?.dyn_into()?;
        // Whoever comes while it is on its way waits for the same.
        let under_way = self.loading.borrow().clone();
        let promise = match under_way {
            Some(promise) => promise,
            None => load.call0(&app)?.dyn_into::<Promise>()?,
        };
        *self.loading.borrow_mut() = Some(promise.clone());
        let loaded = JsFuture::from(promise).await;
        self.loading.borrow_mut().take();
        *self.module.borrow_mut() = Some(loaded?);
        Ok(())
    }
}

impl Workbench {
    /// Loads the module, and tells it of the site.
    pub(super) async fn load_companion(&self) -> Result<(), JsValue> {
        self.companion.load().await?;
        self.tell_companion_of_site();
        Ok(())
    }

    /// The module has the site's settings, too.
    pub(super) fn tell_companion_of_site(&self) {
        if let Some(site) = self.companion.export("site") {
            let zone = encode_zone(&self.site.settings().zone);
            let _ = site.call2(&JsValue::UNDEFINED, &(&*self.site.text()).into(), &Uint8Array::from(&*zone));
        }
    }

    /// Shows the post in these dialects, as soon as what they need is there.
    pub(super) fn choose_dialects(self: &Rc<Self>, dialects: Dialects) {
        self.dispatch.dispatch(Action::Dialects(dialects));
        if dialects == Dialects::Jekyll {
            self.show_dialects(dialects);
            return;
        }
        let bench = Rc::clone(self);
        spawn_local(async move {
            if bench.load_companion().await.is_ok() {
                bench.show_dialects(dialects);
                return;
            }
            bench.dispatch.dispatch(Action::Dialects(bench.companion.shown.get()));
            bench.tell(
                "companion",
                Severity::Warning,
                "GitHub's dialect could not be loaded. Is the network gone? The preview shows Jekyll's.",
            );
        });
    }

    fn show_dialects(self: &Rc<Self>, dialects: Dialects) {
        self.companion.shown.set(dialects);
        self.remember(|preferences| preferences.dialects = dialects);
        let beside = match dialects {
            Dialects::Both => self.companion.call().map(|call| Beside::new(self, Remote::new(call))),
            _ => None,
        };
        if let Some(old) = self.beside.replace(beside) {
            old.remove();
        }
        self.show_anew();
        self.show_caret_soon();
    }

    /// A session that has seen no text, with the renderer of the dialect that is shown.
    pub(super) fn new_session(&self) -> Session {
        let mut session = match self.companion.shown.get() {
            Dialects::GitHub => Session::with(self.companion.call().map(Remote::new)),
            Dialects::Jekyll | Dialects::Both => Session::default(),
        };
        session.set_template(self.companion.template());
        session
    }

    /// Loads what runs Liquid, and shows the text again with it.
    pub(super) fn load_liquid(self: &Rc<Self>) {
        if self.companion.asked_for_liquid.replace(true) {
            return;
        }
        let bench = Rc::clone(self);
        spawn_local(async move {
            if bench.load_companion().await.is_ok() {
                bench.session.borrow_mut().set_template(bench.companion.template());
                bench.show_again();
            } else {
                bench.tell(
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
        self.session.borrow_mut().set_template(None);
        self.choose_dialects(Dialects::Jekyll);
        self.tell(
            "companion",
            Severity::Error,
            "What renders Liquid and GitHub's dialect has stopped working on this text.",
        );
    }
}
