//! Edits, jumps and fixes. In: commands, edits, diagnostics. Out: changes of the textarea that its own undo takes back.
//! Neighbours: `controller.rs`; `commands/` computes edits.

use std::rc::Rc;

use wasm_bindgen_futures::spawn_local;
use web_sys::Event;

use super::controller::EditorController;
use super::host::EditorEvent;
use super::pasting::{self, LastPaste, PasteTarget};
use crate::app::browser::dom::local_time;
use crate::app::state::{Action, Message};
use crate::commands::{Functions, Snapshot, common, may_be_table};
use crate::text::{Edit, Severity, Span};

/// A command that is given what was typed or pasted.
type LaterCommand = fn(&Functions, &Snapshot, &str) -> Option<Edit>;

impl EditorController {
    /// Puts the caret at a span of the text, in view, and gives the editor the focus.
    pub fn jump_to(self: &Rc<Self>, span: Span) {
        if let Some(host) = self.host() {
            host.reveal_editor();
        }
        self.scroll.show_in_editor(&self.textarea, &self.mirror, &self.text(), span.start);
        self.textarea.focus_quietly();
        // What was typed last may not be shown yet.
        self.textarea.select(&self.textarea.text(), span);
        self.place_marks();
        self.want_caret();
    }

    /// Carries out an edit of the text as it stands in the textarea. One that changes nothing moves the caret.
    pub fn edit(self: &Rc<Self>, text: &str, edit: &Edit) {
        if edit.span.is_empty() && edit.text.is_empty() {
            return self.jump_to(edit.selection);
        }
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
        if self.tools.last_paste.take().is_some() {
            self.dispatch.dispatch(Action::Dismiss(pasting::PASTED));
        }
        self.diagnostics.typed.set(true);
        self.shown.is_current.set(false);
        if let Some(host) = self.host() {
            host.editor_event(EditorEvent::Edited);
        }
        self.want_text();
    }

    /// Runs an editing command. Whether it did something.
    pub fn run(self: &Rc<Self>, command: &dyn Fn(&Snapshot) -> Option<Edit>) -> bool {
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
            return self.run(&command);
        }
        if let Some(more) = functions.and_then(|functions| functions.more) {
            return self.run(&|snapshot| (more.run)(id, snapshot, local_time));
        }
        let id = id.to_owned();
        self.with_commands(move |editor| {
            editor.run_by_id(&id);
        });
        false
    }

    /// Runs the command that a key event means. Whether it did something.
    pub(crate) fn run_key(self: &Rc<Self>, key: &str, [ctrl, meta, shift, alt]: [bool; 4]) -> bool {
        let more = self.tools.commands.get().and_then(|functions| functions.more);
        let command = more.and_then(|more| (more.find)(key, ctrl, meta, shift, alt, self.apple()));
        command.is_some_and(|command| self.run_by_id(command.id))
    }

    /// Loads the functions of all commands and calls `run`; where they cannot be loaded, says so.
    pub(crate) fn with_commands(self: &Rc<Self>, run: impl FnOnce(&Rc<Self>) + 'static) {
        let editor = Rc::clone(self);
        spawn_local(async move {
            if editor.load_tools().await.is_ok() {
                if editor.tools.commands.get().is_some() {
                    run(&editor);
                }
            } else {
                editor.tell(
                    "commands",
                    Severity::Warning,
                    "The editing commands could not be loaded. Is the network gone?",
                );
            }
        });
    }

    /// Whether the functions of all commands are loaded.
    pub(crate) fn has_all_commands(&self) -> bool {
        self.tools.commands.get().is_some_and(|functions| functions.more.is_some())
    }

    /// Whether the caret may be in a table.
    pub(crate) fn may_be_in_table(&self) -> bool {
        let text = self.textarea.text();
        may_be_table(&Snapshot { text: &text, selection: self.textarea.selection(&text) })
    }

    /// Pastes over the selection, once the part with the functions for it has been loaded. Where it cannot be, the plain
    /// text is pasted as it is.
    pub(crate) fn paste_later(self: &Rc<Self>, pasted: String, html: String) {
        let editor = Rc::clone(self);
        spawn_local(async move {
            let tools = editor.load_tools().await;
            let text = editor.textarea.text();
            let selection = editor.textarea.selection(&text);
            let snapshot = Snapshot { text: &text, selection };
            let link = editor.tools.commands.get().and_then(|functions| (functions.paste)(&snapshot, &pasted));
            if link.is_none()
                && !html.is_empty()
                && tools.is_ok_and(|tools| (tools.paste_html)(&editor, &snapshot, &html, &pasted))
            {
                return;
            }
            let edit = link.unwrap_or_else(|| Edit {
                span: selection,
                selection: Span::at(selection.start + pasted.len()),
                text: pasted,
            });
            editor.edit(&text, &edit);
        });
    }

    /// Makes the edit that a command gives, once the functions of the commands have been loaded. Where they cannot be,
    /// or the command does nothing, `plain` takes the place of the selection.
    pub(crate) fn edit_later(self: &Rc<Self>, plain: String, command: LaterCommand) {
        let editor = Rc::clone(self);
        spawn_local(async move {
            let _ = editor.load_tools().await;
            let text = editor.textarea.text();
            let selection = editor.textarea.selection(&text);
            let snapshot = Snapshot { text: &text, selection };
            let edit = editor.tools.commands.get().and_then(|functions| command(functions, &snapshot, &plain));
            let edit = edit.unwrap_or_else(|| Edit {
                span: selection,
                selection: Span::at(selection.start + plain.len()),
                text: plain,
            });
            editor.edit(&text, &edit);
        });
    }

    /// Puts the plain text in the place of what was pasted last as Markdown.
    pub(crate) fn paste_plain_instead(self: &Rc<Self>) {
        let Some(last) = self.tools.last_paste.take() else { return };
        self.dispatch.dispatch(Action::Dismiss(pasting::PASTED));
        if self.can_edit() {
            let selection = Span::at(last.span.start + last.plain.len());
            self.edit(&self.textarea.text(), &Edit { span: last.span, text: last.plain, selection });
        }
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

impl PasteTarget for Rc<EditorController> {
    fn paste(&self, text: &str, edit: &Edit, last: LastPaste, message: Message) {
        self.edit(text, edit);
        self.tools.last_paste.set(Some(Box::new(last)));
        self.dispatch.dispatch(Action::Tell(message));
    }
}

fn input_event() -> Result<Event, wasm_bindgen::JsValue> {
    let options = web_sys::EventInit::new();
    options.set_bubbles(true);
    options.set_composed(true);
    Event::new_with_event_init_dict("input", &options)
}
