//! What the bars, lists and dialogs show, and how each action changes it: a pure reducer that knows no browser. In: a
//! `State` and an `Action`. Out: the next `State`. Neighbours: `components/` read it, the rest of `app/` dispatches.

use std::rc::Rc;

pub use crate::storage::{Dialects, Theme, ViewMode as View};
use crate::text::{LineColumn, Severity, Span};
use crate::view::panel::PanelView;

/// The name of a view in attributes: `write`, `both`, `preview`.
pub fn view_name(view: View) -> &'static str {
    match view {
        View::Editor => "write",
        View::Split => "both",
        View::Preview => "preview",
    }
}

/// The value of `data-theme`, or `None` for the system's.
pub fn theme_name(theme: Theme) -> Option<&'static str> {
    match theme {
        Theme::System => None,
        Theme::Light => Some("light"),
        Theme::Dark => Some("dark"),
    }
}

/// The theme that the switch chooses next: the opposite of what the system shows, then the system's again.
pub fn next_theme(theme: Theme, system_is_dark: bool) -> Theme {
    let opposite = if system_is_dark { Theme::Light } else { Theme::Dark };
    if theme == opposite { Theme::System } else { opposite }
}

/// Whether the text is safe as a draft, in this browser.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Saved {
    /// Nothing written yet that would need saving.
    #[default]
    Untouched,
    /// The draft holds every letter.
    Draft,
    /// A put is due, or has begun.
    Saving,
    /// It did not work, and why.
    Failed(Rc<str>),
}

/// The counts of the status bar.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Words of the body.
    pub words: usize,
    /// Minutes of reading, rounded up.
    pub minutes: usize,
}

/// A diagnostic as the list shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DiagnosticView {
    /// How much it matters.
    pub severity: Severity,
    /// What it says.
    pub message: Rc<str>,
    /// Bytes of the whole text.
    pub span: Span,
    /// Where it starts, for a person.
    pub at: LineColumn,
    /// The label of the button for its fix, if it has one.
    pub fix: Option<Rc<str>>,
}

/// What a message offers to do about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Offer {
    /// Bring a deleted draft back.
    Undelete(Rc<str>),
    /// Take the text that changed on disk or in another tab.
    Reload,
    /// Put the plain text in the place of what was pasted as Markdown.
    PastePlain,
    /// Save to a file.
    SaveFile,
    /// Open that draft.
    OpenDraft(Rc<str>),
    /// Load the styles that the site's page takes from other hosts.
    LoadStyles,
    /// Make the pictures that came in last smaller.
    ShrinkPictures,
    /// Save the post and its pictures as one archive.
    SaveWithPictures,
}

/// A message in the corner.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// What makes it one of a kind: a later message with the same key takes its place.
    pub key: &'static str,
    /// How much it matters.
    pub severity: Severity,
    /// What it says.
    pub text: Rc<str>,
    /// A button: its label and what it does.
    pub offer: Option<(&'static str, Offer)>,
}

/// A draft in the list.
#[derive(Clone, Debug, PartialEq)]
pub struct DraftRow {
    /// Its id.
    pub id: Rc<str>,
    /// Its title, never empty.
    pub title: Rc<str>,
    /// The file it was opened from or saved to.
    pub file_name: Option<Rc<str>>,
    /// When it was last written, milliseconds since 1970.
    pub updated_ms: f64,
    /// Bytes of its text.
    pub bytes: usize,
}

/// What the text can be compared with.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Compared {
    /// What is chosen at first: `file`, `other`, the id of a draft, or the name of a version (`Version::encode`).
    pub chosen: Rc<str>,
    /// Whether the text of the draft's file is known.
    pub has_file: bool,
    /// The other drafts: ids and titles.
    pub drafts: Vec<(Rc<str>, Rc<str>)>,
    /// Whether `drafts` has the earlier versions of the draft instead, the newest first, by their names.
    pub is_history: bool,
}

/// The dialog that is open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OpenDialog {
    /// The list of drafts.
    Drafts,
    /// The help sheet.
    Help,
    /// Two versions of a draft.
    Conflict,
    /// The comparison with another version.
    Compare(Rc<Compared>),
}

/// Two versions of one draft: this tab's, kept as a draft of its own, and the one that was written elsewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Versions {
    /// This tab's text.
    pub mine: Rc<str>,
    /// The other text.
    pub theirs: Rc<str>,
    /// The id of the draft that holds the other text.
    pub theirs_id: Rc<str>,
    /// Whether the other version stands in a file rather than in a draft.
    pub on_disk: bool,
}

/// Everything that the components show.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct State {
    /// Panes on a wide screen.
    pub view: View,
    /// The pane on a narrow screen: never `Both`.
    pub pane: Pane,
    /// Whether the screen is narrow.
    pub narrow: bool,
    /// The dialects that the preview shows, or will show when they are loaded.
    pub dialects: Dialects,
    /// The theme.
    pub theme: Theme,
    /// Whether the system shows dark.
    pub system_is_dark: bool,
    /// Whether keys are an Apple keyboard's.
    pub apple: bool,
    /// The file's name, or the one suggested for a new post.
    pub file_name: Rc<str>,
    /// Whether the text differs from the file that it came from.
    pub differs_from_file: Option<bool>,
    /// Whether the draft is saved.
    pub saved: Saved,
    /// The counts.
    pub counts: Counts,
    /// What is wrong.
    pub diagnostics: Rc<[DiagnosticView]>,
    /// Whether the list of diagnostics is unfolded.
    pub diagnostics_open: bool,
    /// The messages, oldest first.
    pub messages: Vec<Message>,
    /// The open dialog.
    pub dialog: Option<OpenDialog>,
    /// The drafts, newest first.
    pub drafts: Rc<[DraftRow]>,
    /// The draft in the editor.
    pub current: Option<Rc<str>>,
    /// The draft whose title is being changed.
    pub renaming: Option<Rc<str>>,
    /// Two versions to choose from.
    pub versions: Option<Versions>,
    /// The panel beside the preview, and its line.
    pub panel: PanelView,
    /// Whether a file is held over the page.
    pub dropping: bool,
    /// Whether there is an editor alone, in a host's page.
    pub embedded: bool,
}

/// The pane of a narrow screen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Pane {
    /// The editor.
    #[default]
    Write,
    /// The preview.
    Preview,
}

impl Pane {
    /// The name in attributes.
    pub fn name(self) -> &'static str {
        match self {
            Self::Write => "write",
            Self::Preview => "preview",
        }
    }

    /// The pane of that name; the editor where there is none.
    pub fn of_name(name: &str) -> Self {
        if name == Self::Preview.name() { Self::Preview } else { Self::Write }
    }
}

/// What happened.
#[derive(Clone, Debug, PartialEq)]
pub enum Action {
    /// Everything begins again, for another editor.
    Begin,
    /// A view was chosen; on a narrow screen it chooses the pane.
    Show(View),
    /// The screen became narrow or wide.
    Narrow(bool),
    /// The theme was set.
    Theme(Theme),
    /// Dialects were chosen.
    Dialects(Dialects),
    /// The system's scheme is known or changed.
    SystemIsDark(bool),
    /// The keyboard is known.
    Apple(bool),
    /// The file's name changed, or how the text stands to it.
    File {
        /// The name.
        name: Rc<str>,
        /// Whether the text differs from the file; `None` where there is no file.
        differs: Option<bool>,
    },
    /// The draft's state changed.
    Saved(Saved),
    /// New counts.
    Counts(Counts),
    /// New diagnostics.
    Diagnostics(Rc<[DiagnosticView]>),
    /// The list of diagnostics is folded or unfolded.
    ToggleDiagnostics,
    /// A message is shown.
    Tell(Message),
    /// The message of that key goes.
    Dismiss(&'static str),
    /// A field for that draft's title is shown.
    Rename(Rc<str>),
    /// A dialog opens.
    Open(OpenDialog),
    /// The open dialog closes.
    Close,
    /// The drafts were listed.
    Drafts {
        /// All of them.
        rows: Rc<[DraftRow]>,
        /// The one in the editor.
        current: Option<Rc<str>>,
    },
    /// Two versions are to be chosen from; opens the dialog.
    Versions(Versions),
    /// The panel or its line changed.
    Panel(PanelView),
    /// A file is held over the page, or no longer.
    Dropping(bool),
}

impl State {
    /// The state after `action`.
    pub fn after(&self, action: Action) -> Self {
        let mut next = self.clone();
        match action {
            Action::Begin => next = Self { embedded: self.embedded, ..Self::default() },
            Action::Show(view) if self.narrow => {
                next.pane = if view == View::Preview { Pane::Preview } else { Pane::Write };
            }
            Action::Show(view) => next.view = view,
            Action::Narrow(narrow) => next.narrow = narrow,
            Action::Theme(theme) => next.theme = theme,
            Action::Dialects(dialects) => next.dialects = dialects,
            Action::SystemIsDark(dark) => next.system_is_dark = dark,
            Action::Apple(apple) => next.apple = apple,
            Action::File { name, differs } => {
                next.file_name = name;
                next.differs_from_file = differs;
            }
            Action::Saved(saved) => next.saved = saved,
            Action::Counts(counts) => next.counts = counts,
            Action::Diagnostics(diagnostics) => {
                next.diagnostics_open &= !diagnostics.is_empty();
                next.diagnostics = diagnostics;
            }
            Action::ToggleDiagnostics => next.diagnostics_open = !self.diagnostics_open && !self.diagnostics.is_empty(),
            Action::Tell(message) => {
                next.messages.retain(|m| m.key != message.key);
                next.messages.push(message);
            }
            Action::Dismiss(key) => next.messages.retain(|m| m.key != key),
            Action::Rename(id) => next.renaming = Some(id),
            Action::Open(dialog) => next.dialog = Some(dialog),
            Action::Close => {
                next.dialog = None;
                next.renaming = None;
                next.versions = None;
            }
            Action::Drafts { rows, current } => {
                next.drafts = rows;
                next.renaming = None;
                next.current = current;
            }
            Action::Versions(versions) => {
                next.versions = Some(versions);
                next.dialog = Some(OpenDialog::Conflict);
            }
            Action::Panel(panel) => next.panel = panel,
            Action::Dropping(dropping) => next.dropping = dropping,
        }
        next
    }

    /// The view button that is pressed.
    pub fn shown(&self) -> View {
        match (self.narrow, self.pane) {
            (false, _) => self.view,
            (true, Pane::Write) => View::Editor,
            (true, Pane::Preview) => View::Preview,
        }
    }

    /// Whether the page is dark now.
    pub fn is_dark(&self) -> bool {
        match self.theme {
            Theme::System => self.system_is_dark,
            theme => theme == Theme::Dark,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_narrow_screen_keeps_the_wide_view_for_later() {
        let state = State::default().after(Action::Narrow(true)).after(Action::Show(View::Preview));
        assert_eq!((state.view, state.shown()), (View::Split, View::Preview));
        assert_eq!(state.after(Action::Narrow(false)).shown(), View::Split);
    }

    #[test]
    fn the_theme_switch_always_changes_what_is_seen_and_comes_back_to_the_system() {
        for dark in [false, true] {
            let seen = |theme| State { theme, system_is_dark: dark, ..State::default() }.is_dark();
            let first = next_theme(Theme::System, dark);
            assert_ne!(seen(first), seen(Theme::System));
            assert_eq!(next_theme(first, dark), Theme::System);
        }
    }

    #[test]
    fn a_message_takes_the_place_of_the_last_with_its_key() {
        let message =
            |text: &str| Message { key: "storage", severity: Severity::Error, text: text.into(), offer: None };
        let state = State::default().after(Action::Tell(message("a"))).after(Action::Tell(message("b")));
        assert_eq!(state.messages, [message("b")]);
        assert!(state.after(Action::Dismiss("storage")).messages.is_empty());
    }

    #[test]
    fn the_list_of_diagnostics_folds_when_the_last_one_goes() {
        let diagnostic = DiagnosticView {
            severity: Severity::Error,
            message: "x".into(),
            span: Span::at(0),
            at: LineColumn { line: 1, column: 1 },
            fix: None,
        };
        let state = State::default().after(Action::ToggleDiagnostics);
        assert!(!state.diagnostics_open);
        let state = state.after(Action::Diagnostics([diagnostic].into())).after(Action::ToggleDiagnostics);
        assert!(state.diagnostics_open);
        assert!(!state.after(Action::Diagnostics([].into())).diagnostics_open);
    }
}
