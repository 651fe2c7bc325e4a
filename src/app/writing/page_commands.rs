//! The page's own commands, as the palette lists them. In: the id of one. Out: names, shortcuts, what each asks for. Neighbours:
//! `commands/table.rs` has the editing commands; `page_listeners.rs` listens to the shortcuts.

use std::rc::Rc;

use super::writing_wish::WritingWish;
use crate::app::components::Intent;
use crate::app::draft_wish::DraftWish;
use crate::app::page_controller::PageController;
use crate::app::state::{Dialects, View};
use crate::view::panel::Tab;

/// What a command of the page asks for.
#[derive(Clone)]
pub enum PageWish {
    /// An intent of the page.
    Intent(Intent),
    /// Something of this part.
    Writing(WritingWish),
}

/// A command of the page.
pub struct PageCommand {
    /// A stable name in kebab case, unique among all commands.
    pub id: &'static str,
    /// What it is called.
    pub label: &'static str,
    /// What it does, in a few words.
    pub hint: &'static str,
    /// Its key on an Apple keyboard and elsewhere; empty where it has none.
    pub keys: (&'static str, &'static str),
    /// What it asks for.
    pub wish: PageWish,
}

/// The commands of the page.
pub fn page_commands() -> Vec<PageCommand> {
    let command = |id, label, hint, keys, intent| PageCommand { id, label, hint, keys, wish: PageWish::Intent(intent) };
    let writing = |id, label, hint, keys, wish| PageCommand { id, label, hint, keys, wish: PageWish::Writing(wish) };
    let none = ("", "");
    vec![
        writing("find", "Find", "Find in the text or in the preview", ("⌘F", "Ctrl+F"), WritingWish::Find),
        writing("replace", "Replace", "Find and replace in the text", ("⌥⌘F", "Ctrl+H"), WritingWish::Replace),
        writing(
            "complete",
            "Complete",
            "What the word at the caret may become",
            ("⌃Space", "Ctrl+Space"),
            WritingWish::Complete,
        ),
        writing("go-to", "Go to…", "Headings, problems, drafts and files", ("⌘P", "Ctrl+P"), WritingWish::GoTo),
        writing(
            "outline",
            "Outline",
            "Headings and figures of the text",
            ("⇧⌘O", "Ctrl+Shift+O"),
            WritingWish::SwitchOutline,
        ),
        writing(
            "link-form",
            "Link…",
            "Words, address and title of a link: a new one, or the one at the caret",
            none,
            WritingWish::Link,
        ),
        writing(
            "image-form",
            "Image…",
            "Choose a picture, or give its address and description",
            none,
            WritingWish::Image,
        ),
        writing(
            "writing-settings",
            "Writing settings…",
            "Letters, lines, what stands out, suggestions",
            none,
            WritingWish::Settings,
        ),
        writing(
            "focus-paragraph",
            "Focus on the paragraph",
            "The paragraph at the caret stands out, or no longer",
            none,
            WritingWish::SwitchParagraph,
        ),
        writing(
            "focus-sentence",
            "Focus on the sentence",
            "The sentence at the caret stands out, or no longer",
            none,
            WritingWish::SwitchSentence,
        ),
        writing(
            "typewriter",
            "Typewriter scrolling",
            "Keep the caret’s line in the middle, or no longer",
            none,
            WritingWish::SwitchTypewriter,
        ),
        writing(
            "full-screen",
            "Full screen without bars",
            "The text and the preview alone; Escape brings the bars back",
            ("⇧⌘↩", "Ctrl+Shift+Enter"),
            WritingWish::SwitchBars,
        ),
        writing("shortcuts", "Shortcuts…", "Which key runs which command: choose others", none, WritingWish::Shortcuts),
        command("open", "Open", "Open a file", ("⌘O", "Ctrl+O"), Intent::Open),
        command("save", "Save", "Save to the file", ("⌘S", "Ctrl+S"), Intent::Save),
        command("new", "New", "Begin a new post", none, Intent::New),
        command("drafts", "Drafts", "The drafts kept in this browser", none, Intent::ShowDrafts),
        command("site", "Site", "The files of a site: open its folder", none, Intent::ShowSite),
        command(
            "history",
            "History",
            "Earlier versions of the draft",
            none,
            Intent::ForPart(DraftWish::History(None).sealed()),
        ),
        command(
            "publish",
            "Publish and share…",
            "Commit on a host, copy, download, print",
            none,
            Intent::ForPart(DraftWish::Share.sealed()),
        ),
        command("compare", "Compare", "Compare with another version", none, Intent::Compare(None)),
        command("write", "Write", "Show the text alone", none, Intent::Show(View::Editor)),
        command("both", "Both", "Show the text and the preview", none, Intent::Show(View::Split)),
        command("preview", "Preview", "Show the preview alone", none, Intent::Show(View::Preview)),
        command(
            "publication",
            "Publication",
            "Whether and where the post is published",
            none,
            Intent::ShowPanel(Some(Tab::Publication)),
        ),
        command(
            "front-matter",
            "Front matter",
            "The front matter as a form",
            none,
            Intent::ShowPanel(Some(Tab::FrontMatter)),
        ),
        command("checks", "Checks", "Which checks run", none, Intent::ShowPanel(Some(Tab::Checks))),
        command(
            "settings-of-the-site",
            "Settings of the site",
            "The settings that posts are read with",
            none,
            Intent::ShowPanel(Some(Tab::Site)),
        ),
        command(
            "as-jekyll",
            "As Jekyll",
            "Show the post as Jekyll publishes it",
            none,
            Intent::ShowDialects(Dialects::Jekyll),
        ),
        command(
            "as-github",
            "As GitHub",
            "Show the post as GitHub shows its file",
            none,
            Intent::ShowDialects(Dialects::GitHub),
        ),
        command(
            "as-both",
            "As Jekyll and GitHub",
            "Show both, side by side",
            none,
            Intent::ShowDialects(Dialects::Both),
        ),
        command("theme", "Light or dark", "Switch between light and dark", none, Intent::SwitchTheme),
        command("help", "Help", "Shortcuts and help", ("F1", "F1"), Intent::ShowHelp),
    ]
}

/// Runs a command of the page or of the editor.
pub fn run_command(page: &Rc<PageController>, id: &str) {
    let of_page = page_commands().into_iter().find(|command| command.id == id);
    match of_page.map(|command| command.wish) {
        Some(PageWish::Intent(intent)) => page.handle(intent),
        Some(PageWish::Writing(wish)) => page.write_with(wish),
        None => drop(page.editor.run_by_id(id)),
    }
}
