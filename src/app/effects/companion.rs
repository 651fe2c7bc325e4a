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
            decode_rendered(&bytes(answer)?)
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
        decode_findings(&self.ask("check", &arguments)?)
    }

    /// The edit that makes a change of the form; `None` where the module is not there, or has stopped.
    pub fn change(&self, text: &str, change: &Change) -> Option<Result<Edit, Refusal>> {
        let change = Uint8Array::from(&*encode_change(change));
        decode_edit(&self.ask("change", &Array::of2(&text.into(), &change))?)
    }

    /// A call of the module's `github`.
    fn call(&self) -> Option<Call> {
        let github = self.export("github")?;
        Some(Box::new(move |body, anew| bytes(github.call2(&JsValue::UNDEFINED, &body.into(), &anew.into()).ok()?)))
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

/// The module answers in bytes.
fn bytes(answer: JsValue) -> Option<Vec<u8>> {
    Some(answer.dyn_into::<Uint8Array>().ok()?.to_vec())
}

impl Workbench {
    /// Loads the module where it is not there yet, and tells it of the site.
    pub(super) async fn load_companion(&self) -> Result<(), JsValue> {
        if self.companion.is_there() {
            return Ok(());
        }
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
            Dialects::Both => self.companion.call().and_then(|call| Beside::new(self, Remote::new(call))),
            _ => None,
        };
        if let Some(old) = self.beside.replace(beside) {
            old.remove();
        }
        self.show_anew();
        self.show_caret_soon();
    }

    /// A session that has seen no text, on the person's site, with the renderer of the dialect that is shown.
    pub(super) fn new_session(&self) -> Session {
        let mut session = match self.companion.shown.get() {
            Dialects::GitHub => Session::with(self.companion.call().map(Remote::new)),
            Dialects::Jekyll | Dialects::Both => Session::default(),
        };
        session.set_template(self.companion.template());
        session.on_site(self.site.settings())
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
        self.choose_dialects(Dialects::Jekyll);
        self.tell(
            "companion",
            Severity::Error,
            "What renders Liquid and GitHub's dialect has stopped working on this text.",
        );
    }
}
