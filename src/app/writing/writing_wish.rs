//! What a person asks of the part `writing`. In: nothing. Out: wishes. Neighbours: `writing_tools.rs` carries them out;
//! `page_listeners.rs` and `page_commands.rs` have the keys and names.

/// What a person asks of the part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WritingWish {
    /// Find in the text, or in the preview where that has the focus.
    Find,
    /// Find and replace in the text.
    Replace,
    /// Show what the word at the caret may become.
    Complete,
    /// Show the outline, or put it away.
    SwitchOutline,
    /// Show the outline.
    ShowOutline,
    /// The palette with everything in it.
    AllCommands,
    /// The palette with everything that can be gone to.
    GoTo,
}
