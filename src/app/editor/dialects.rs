//! Which dialects the preview shows, and the loading of what they need. In: a choice of dialects. Out: renderers with
//! the functions of `app/tools.rs`. Neighbours: `loaded_tools.rs` keeps them, `second_preview.rs` shows a second
//! preview.

use std::rc::Rc;

use wasm_bindgen_futures::spawn_local;

use super::controller::EditorController;
use super::host::EditorEvent;
use crate::app::state::Action;
use crate::app::tools::{Tools, tools};
use crate::markdown::Dialect;
use crate::markdown::sanitize::Relative;
use crate::render::{Engines, RenderOptions, Renderer};
use crate::split_point::NotLoaded;
use crate::storage::Dialects;
use crate::text::Severity;

impl EditorController {
    /// Loads the part where it is not there yet.
    pub(crate) async fn load_tools(self: &Rc<Self>) -> Result<&'static Tools, NotLoaded> {
        let tools = tools().await?;
        self.tools.has_stopped.set(false);
        self.tools.tools.set(Some(tools));
        self.tools.commands.set(Some(tools.commands));
        self.renderer.borrow_mut().set_engines(tools.engines);
        if self.tools.lacks_functions.take() {
            self.show_anew();
        }
        Ok(tools)
    }

    /// Shows the post in these dialects, as soon as what they need is there.
    pub fn choose_dialects(self: &Rc<Self>, dialects: Dialects) {
        self.dispatch.dispatch(Action::Dialects(dialects));
        self.tools.chosen.set(dialects);
        if dialects == Dialects::Jekyll {
            self.show_dialects(dialects);
            return;
        }
        let editor = Rc::clone(self);
        spawn_local(async move {
            let loaded = editor.load_tools().await.is_ok();
            if editor.tools.chosen.get() != dialects {
                return;
            }
            if loaded {
                editor.show_dialects(dialects);
                return;
            }
            editor.tools.chosen.set(editor.tools.shown.get());
            editor.dispatch.dispatch(Action::Dialects(editor.tools.shown.get()));
            editor.tell(
                "tools",
                Severity::Warning,
                "GitHub's dialect could not be loaded. Is the network gone? The preview shows Jekyll's.",
            );
        });
    }

    fn show_dialects(self: &Rc<Self>, dialects: Dialects) {
        self.tools.shown.set(dialects);
        if let Some(host) = self.host() {
            host.editor_event(EditorEvent::DialectsShown(dialects));
        }
        let second = match dialects {
            Dialects::Both => self.tools.get().and_then(|tools| self.second_preview_with(tools.engines)),
            _ => None,
        };
        if let Some(old) = self.second_preview.replace(second) {
            old.remove();
        }
        if self.preview.is_blank() {
            // An empty document was there before anybody could listen.
            self.second_preview_loaded();
        }
        self.show_anew();
        self.show_caret_soon();
    }

    /// A renderer that has seen no text, on the person's site, of the dialect that is shown.
    pub(crate) fn new_renderer(&self) -> Renderer {
        let dialect = match self.tools.shown.get() {
            Dialects::GitHub => Dialect::GitHub,
            Dialects::Jekyll | Dialects::Both => Dialect::Jekyll,
        };
        Renderer::new(&self.render_options(dialect), self.engines())
    }

    /// How posts are rendered here.
    pub(crate) fn render_options(&self, dialect: Dialect) -> RenderOptions {
        let has_files = self.preview.is_guest() || self.around.borrow().is_some();
        let relative = if has_files { Relative::Here } else { Relative::Elsewhere };
        RenderOptions {
            settings: self.settings(),
            dialect,
            body_only: self.is_body_only(),
            relative,
            highlighting: self.highlighting.clone(),
        }
    }

    fn engines(&self) -> Engines {
        let engines = self.tools.get().map(|tools| tools.engines).unwrap_or_default();
        match &*self.around.borrow() {
            Some(around) => Engines { liquid: Some(around.liquid()), ..engines },
            None => engines,
        }
    }

    /// Loads what the text that is shown needs, Liquid or a function that few texts need, and shows the text again with
    /// it.
    pub(crate) fn load_for_text(self: &Rc<Self>, liquid: bool) {
        if self.tools.has_stopped() || self.tools.asked_for_text.replace(true) {
            return;
        }
        let editor = Rc::clone(self);
        spawn_local(async move {
            match editor.load_tools().await {
                Ok(_) => editor.show_again(),
                Err(NotLoaded) if liquid => editor.tell(
                    "tools",
                    Severity::Warning,
                    "What runs Liquid could not be loaded. Is the network gone? Tags are shown as they are written.",
                ),
                Err(NotLoaded) => editor.tell(
                    "tools",
                    Severity::Warning,
                    "What reads rare names of characters and rare dates could not be loaded. Is the network gone?",
                ),
            }
        });
    }

    /// The part has stopped in the middle of its work: the page goes on without it.
    pub(crate) fn tools_stopped(self: &Rc<Self>) {
        self.tools.stop();
        self.highlighting.stop();
        self.choose_dialects(Dialects::Jekyll);
        self.tell(
            "tools",
            Severity::Error,
            "What renders Liquid and GitHub's dialect has stopped working on this text.",
        );
    }
}
