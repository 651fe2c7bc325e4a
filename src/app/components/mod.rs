//! What Yew draws: the page as one tree, and the custom element's bars. In: props made from `State`. Out: intents.
//! Neighbours: `page.rs` draws the tree in the browser, `prerender.rs` writes it into `index.html` before. None of them
//! asks the browser anything while it draws; `target.rs` alone does, to find what stands there. What is not worth a
//! component of its own is a plain function: a component costs the download half a kilobyte.

mod app;
mod comparison;
#[cfg(target_arch = "wasm32")]
mod completion;
mod conflict;
mod diagnostics;
mod dialog;
mod divider;
mod drafts;
mod editor;
#[cfg(target_arch = "wasm32")]
mod find_bar;
mod help;
mod icon;
#[cfg(target_arch = "wasm32")]
mod link_form;
mod messages;
#[cfg(target_arch = "wasm32")]
mod outline;
#[cfg(target_arch = "wasm32")]
mod palette;
#[cfg(target_arch = "wasm32")]
mod panel;
mod preview;
#[cfg(target_arch = "wasm32")]
mod preview_bar;
#[cfg(target_arch = "wasm32")]
mod sharing;
#[cfg(target_arch = "wasm32")]
mod shortcuts;
#[cfg(target_arch = "wasm32")]
mod side_bar;
mod status_bar;
mod target;
#[cfg(target_arch = "wasm32")]
mod tokens;
mod toolbar;
mod top_bar;
mod workspace;
#[cfg(target_arch = "wasm32")]
mod writing_settings;

pub use app::{App, AppProps};
pub use comparison::{Comparison, ComparisonEvent, ComparisonNodes};
#[cfg(target_arch = "wasm32")]
pub use completion::{CompletionPopup, CompletionPopupProps};
pub use conflict::conflict;
pub use diagnostics::diagnostics;
pub use dialog::plain;
pub use drafts::drafts;
#[cfg(target_arch = "wasm32")]
pub use drafts::size;
#[cfg(target_arch = "wasm32")]
pub use find_bar::{FindBar, FindBarProps, FindView, FindWish};
pub use help::{HelpOfPage, help};
#[cfg(target_arch = "wasm32")]
pub use link_form::{LinkChoice, LinkForm, LinkFormProps};
pub use messages::messages;
#[cfg(target_arch = "wasm32")]
pub use outline::{Outline, OutlineProps, OutlineRow, OutlineView, OutlineWish};
#[cfg(target_arch = "wasm32")]
pub use palette::{Palette, PaletteProps};
#[cfg(target_arch = "wasm32")]
pub use panel::Panel;
#[cfg(target_arch = "wasm32")]
pub use preview_bar::{PreviewBar, PreviewBarProps, PreviewBarView, PreviewWish, ShownChoice, SitePreviewView};
#[cfg(target_arch = "wasm32")]
pub use sharing::{Sharing, SharingProps, SharingWish};
#[cfg(target_arch = "wasm32")]
pub use shortcuts::{ShortcutRow, ShortcutWish, Shortcuts, ShortcutsProps};
#[cfg(target_arch = "wasm32")]
pub use side_bar::{RenamedFile, SideBar, SideBarProps, SideBarView, SiteView, SiteWish};
pub use status_bar::StatusBar;
pub use target::Target;
pub use toolbar::Toolbar;
pub use top_bar::TopBar;
#[cfg(target_arch = "wasm32")]
pub use top_bar::views;
pub use workspace::Workspace;
#[cfg(target_arch = "wasm32")]
pub use workspace::WorkspaceProps;
#[cfg(target_arch = "wasm32")]
pub use writing_settings::{WritingSettingsForm, WritingSettingsFormProps};

use divider::Divider;
use editor::Editor;
use preview::Preview;

use std::rc::Rc;

use web_sys::Event;

use crate::app::draft_wish::SealedWish;
use crate::app::state::{Dialects, Offer, View};
use crate::text::Span;
use crate::view::panel::Tab;

/// What a person wants; `page_controller.rs` and `embed/` do it.
#[derive(Clone, Debug, PartialEq)]
pub enum Intent {
    /// Open a file.
    Open,
    /// Save to the file.
    Save,
    /// Begin a new post.
    New,
    /// Show the drafts.
    ShowDrafts,
    /// Show the files of the site, or how to open one; put them away again.
    ShowSite,
    /// Show the outline beside the text; put it away again.
    ShowOutline,
    /// Compare with the draft of that id, or, without an id, with another version that there is.
    Compare(Option<Rc<str>>),
    /// Show the help sheet.
    ShowHelp,
    /// Close the open dialog.
    CloseDialog,
    /// Switch between light and dark.
    SwitchTheme,
    /// Show these panes.
    Show(View),
    /// Show the preview in these dialects.
    ShowDialects(Dialects),
    /// Run an editing command by its id.
    Command(&'static str),
    /// Put the caret there: bytes of the text.
    JumpTo(Span),
    /// Mend the diagnostic of that number by its fix.
    Fix(usize),
    /// Fold or unfold the list of diagnostics.
    ToggleDiagnostics,
    /// Take a message away.
    Dismiss(&'static str),
    /// Take a message's offer.
    Take(&'static str, Offer),
    /// Open a draft.
    OpenDraft(Rc<str>),
    /// Show a field for a draft's title.
    BeginRename(Rc<str>),
    /// Give a draft another title.
    RenameDraft(Rc<str>, Rc<str>),
    /// Delete a draft; it can be brought back.
    DeleteDraft(Rc<str>),
    /// See that tab of the panel, or no panel.
    ShowPanel(Option<Tab>),
    /// What an event in the panel asks for.
    PanelEvent(Event),
    /// What happens in the open comparison.
    ComparisonEvent(ComparisonEvent),
    /// Something of a part that is loaded later.
    ForPart(SealedWish),
    /// Of two versions, go on with this tab's.
    KeepMine,
    /// Of two versions, go on with the other.
    TakeTheirs,
}
