//! Edits, jumps and fixes. In: commands, edits, diagnostics. Out: changes of the textarea that its own undo takes back.
//! Neighbours: `controller.rs`; `commands/` computes edits.

use std::rc::Rc;

use wasm_bindgen_futures::spawn_local;
use web_sys::Event;

use super::controller::EditorController;
use super::host::EditorEvent;
use crate::commands::{CommandFunction, Snapshot, common};
use crate::text::{Edit, Severity, Span};

impl EditorController {
    /// Puts the caret at a span of the text, in view, and gives the editor the focus.
    pub fn jump_to(self: &Rc<Self>, span: Span) {
        if let Some(host) = self.host() {
            host.reveal_editor();
        }
        let text = self.text();
        self.scroll.show_in_editor(&self.textarea, &self.mirror, &text, span.start);
        self.textarea.focus_quietly();
        self.textarea.select(&text, span);
        self.place_marks();
        self.want_caret();
    }

    /// Carries out an edit of the text as it stands in the textarea.
    pub fn edit(self: &Rc<Self>, text: &str, edit: &Edit) {
        // The browser's own command tells by an input event; what stands in for it does not.
        if !self.textarea.apply(text, edit)
            && let Ok(event) = input_event()
        {
            let _ = self.textarea.element.dispatch_event(&event);
        }
        self.text_changed();
    }

    /// Something was typed, or an edit was carried out.
    pub(crate) fn text_changed(self: &Rc<Self>) {
        self.diagnostics.typed.set(true);
        self.shown.is_current.set(false);
        if let Some(host) = self.host() {
            host.editor_event(EditorEvent::Edited);
        }
        self.want_text();
    }

    /// Runs an editing command. Whether it did something.
    pub fn run(self: &Rc<Self>, command: CommandFunction) -> bool {
        if !self.can_edit() {
            return false;
        }
        let text = self.textarea.text();
        let edit = command(&Snapshot { text: &text, selection: self.textarea.selection(&text) });
        if let Some(edit) = &edit {
            self.edit(&text, edit);
        }
        edit.is_some()
    }

    /// Whether the textarea takes edits: a form's may be read-only, or disabled by itself or by a fieldset.
    pub fn can_edit(&self) -> bool {
        !self.textarea.element.read_only() && !self.textarea.element.matches(":disabled").unwrap_or(false)
    }

    /// Runs the editing command of that id. Whether it did something. Where the functions of the commands are not there
    /// yet, they are loaded, and the command runs on the text as it stands then.
    pub fn run_by_id(self: &Rc<Self>, id: &str) -> bool {
        let functions = self.tools.commands.get();
        if let Some(command) = common(id).or_else(|| (functions?.by_id)(id)) {
            return self.run(command);
        }
        if functions.is_some() {
            return false;
        }
        let (editor, id) = (Rc::clone(self), id.to_owned());
        spawn_local(async move {
            if editor.load_tools().await.is_ok() {
                if editor.tools.commands.get().is_some() {
                    editor.run_by_id(&id);
                }
            } else {
                editor.tell(
                    "commands",
                    Severity::Warning,
                    "The editing commands could not be loaded. Is the network gone?",
                );
            }
        });
        false
    }

    /// Pastes `pasted` over the selection, once the functions of the commands have been loaded. Where they cannot be,
    /// it is pasted as it is.
    pub(crate) fn paste_later(self: &Rc<Self>, pasted: String) {
        let editor = Rc::clone(self);
        spawn_local(async move {
            let _ = editor.load_tools().await;
            let text = editor.textarea.text();
            let selection = editor.textarea.selection(&text);
            let snapshot = Snapshot { text: &text, selection };
            let link = editor.tools.commands.get().and_then(|functions| (functions.paste)(&snapshot, &pasted));
            let edit = link.unwrap_or_else(|| Edit {
                span: selection,
                selection: Span::at(selection.start + pasted.len()),
                text: pasted,
            });
            editor.edit(&text, &edit);
        });
    }

    /// Mends the diagnostic of that number by its fix. Whether there was one.
    pub fn fix(self: &Rc<Self>, index: usize) -> bool {
        let edit = self.shown.diagnostics.borrow().get(index).and_then(|d| d.fix.as_ref().map(|fix| fix.edit.clone()));
        let text = self.textarea.text();
        // The diagnostics are those of the text last shown; another text may have other spans.
        let Some(edit) = edit.filter(|_| *text == *self.text() && self.can_edit()) else { return false };
        self.scroll.show_in_editor(&self.textarea, &self.mirror, &self.text(), edit.span.start);
        self.edit(&text, &edit);
        true
    }

    /// The next diagnostic after the caret, or the one before it.
    pub fn jump_to_diagnostic(self: &Rc<Self>, forward: bool) {
        let text = self.text();
        let caret = self.textarea.selection(&text);
        let diagnostics = Rc::clone(&self.shown.diagnostic_views.borrow());
        let next = if forward {
            diagnostics.iter().find(|p| p.span.start > caret.start).or_else(|| diagnostics.first())
        } else {
            diagnostics.iter().rev().find(|p| p.span.start < caret.start).or_else(|| diagnostics.last())
        };
        if let Some(diagnostic) = next {
            self.jump_to(diagnostic.span);
        }
    }
}

fn input_event() -> Result<Event, wasm_bindgen::JsValue> {
    let options = web_sys::EventInit::new();
    options.set_bubbles(true);
    options.set_composed(true);
    Event::new_with_event_init_dict("input", &options)
}
