//! What Yew draws around the editor and the preview: bars, lists, dialogs. In: props made from `State`. Out: intents.
//! Neighbours: `page.rs` puts them into their hosts; none of them touches the browser. All but
//! the dialog and the holder of the bars are plain functions: components cost the download some kilobytes each.

mod bar;
mod conflict;
mod dialog;
mod drafts;
mod help;
mod icon;
mod messages;
mod problems;
mod status_bar;
mod toolbar;
mod top_bar;

pub use bar::Bar;
pub use conflict::conflict;
pub use dialog::plain;
pub use drafts::drafts;
pub use help::help;
pub use messages::messages;
pub use problems::problems;
pub use status_bar::{same_status, status_bar};
pub use toolbar::{same_toolbar, toolbar};
pub use top_bar::{same_top, top_bar, views};

use std::rc::Rc;

use crate::app::state::{Dialects, Offer, View};
use crate::text::Span;
use crate::view::panel::Tab;

/// What a person wants; `workbench.rs` and `embed/` carry it out.
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
    /// Compare with the draft of that id, or with what is at hand.
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
    /// Mend the problem of that number by its fix.
    Fix(usize),
    /// Fold or unfold the list of problems.
    ToggleProblems,
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
    /// Of two versions, go on with this tab's.
    KeepMine,
    /// Of two versions, go on with the other.
    TakeTheirs,
}
