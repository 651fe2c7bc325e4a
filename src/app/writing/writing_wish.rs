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
    /// Do what was chosen at an earlier visit, and complete while somebody types.
    Begin,
    /// Ask for the parts of a link, or show those of the one at the caret.
    Link,
    /// The same for an image, or choose pictures.
    Image,
    /// Show which key runs which command.
    Shortcuts,
    /// Show how a person wants to write.
    Settings,
    /// Let the paragraph at the caret stand out, or all of the text again.
    SwitchParagraph,
    /// The same with the sentence at the caret.
    SwitchSentence,
    /// Keep the caret's line in the middle, or no longer.
    SwitchTypewriter,
    /// Hide the bars of the page, or show them again.
    SwitchBars,
    /// The palette with everything in it.
    AllCommands,
    /// The palette with everything that can be gone to.
    GoTo,
}
