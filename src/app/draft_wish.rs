//! What a person asks of the part `drafts`. In: nothing. Out: wishes. Neighbours: `draft_tools.rs` carries them out; the
//! components and the palette have the buttons and names.

use std::any::Any;
use std::rc::Rc;

use web_sys::File;
use yew::NodeRef;

use crate::storage::Version;

/// What a person asks of the part.
#[derive(Clone, Debug, PartialEq)]
pub enum DraftWish {
    /// The earlier versions of the draft of that id, or of the one in the editor.
    History(Option<Rc<str>>),
    /// That version of the draft in the editor, in place of the text.
    Restore(Version),
    /// Say where the drafts are and how much room they take.
    TellRoom(StorageNodes),
    /// Save all drafts as one archive.
    SaveAll(StorageNodes),
    /// Take in the drafts of an archive.
    TakeIn(StorageNodes, File),
    /// Ask the browser not to remove the drafts by itself.
    AskToKeep(StorageNodes),
    /// Copy the post, print it, commit it on a host.
    Share,
}

/// The nodes below the list of drafts in which something is said.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct StorageNodes {
    /// How much room is used.
    pub room: NodeRef,
    /// The offer to ask the browser to keep the drafts.
    pub keep: NodeRef,
    /// What came of the last wish.
    pub told: NodeRef,
}

impl DraftWish {
    /// The wish, to be carried through the first load.
    pub fn sealed(self) -> SealedWish {
        SealedWish::of(self)
    }
}

/// A wish for a part, for those who only pass it on. The first load has none of the code that copies one and lets go of it.
#[derive(Clone)]
pub struct SealedWish(Rc<dyn Any>);

impl SealedWish {
    /// A wish, to be carried through the first load.
    pub fn of(wish: impl Any) -> Self {
        Self(Rc::new(wish))
    }

    /// The wish, if it is one for the part `drafts`.
    pub fn open(&self) -> Option<DraftWish> {
        self.open_as()
    }

    /// The wish, if it is one of that kind.
    pub fn open_as<T: Clone + 'static>(&self) -> Option<T> {
        self.0.downcast_ref().cloned()
    }
}

impl PartialEq for SealedWish {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl std::fmt::Debug for SealedWish {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SealedWish")
    }
}
