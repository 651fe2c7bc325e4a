//! The part `writing` of the program: what a writer is helped with. In: a wish. Out: a table of functions, loaded when it is
//! first needed. Neighbours: `page_controller.rs` and `page_listeners.rs` ask.

use std::rc::Rc;
use std::sync::OnceLock;

use wasm_bindgen_futures::spawn_local;

use super::appearance::{begin, choose};
use super::completion_list::{complete_here, watch_typing};
use super::find_bar::show_find_bar;
use super::link_dialog::show_link_form;
use super::outline_pane::{return_to_outline, switch_outline};
use super::own_keys::{own_keys, show_shortcuts, take_own_keys};
use super::palette_dialog::{PaletteContent, show_palette};
use super::settings_dialog::show_settings;
use super::without_bars::switch_bars;
use super::writing_wish::WritingWish;
use crate::app::browser::dom::style_page;
use crate::app::page_controller::PageController;
use crate::commands::LinkKind;
use crate::split_point::NotLoaded;
use crate::storage::{FocusedPart, load_writing_text, wants_suggestions};

/// The functions of the part.
pub struct WritingTools {
    /// Does what is asked.
    pub carry_out: fn(&Rc<PageController>, WritingWish),
    /// The keys of a command on an Apple keyboard or elsewhere, where somebody chose others.
    own_keys: fn(&str, bool) -> Option<String>,
}

static TOOLS: WritingTools = WritingTools { carry_out, own_keys };

/// The styles of what the part draws.
const STYLES: &str = include_str!("../../../styles/writing.css");

static LOADED: OnceLock<&'static WritingTools> = OnceLock::new();

crate::split_point! { writing:
    fn writing_tools() -> Result<&'static WritingTools, NotLoaded> {
        if LOADED.get().is_none() {
            style_page(STYLES);
        }
        Ok(&TOOLS)
    }
}

/// The keys of a command, where somebody chose others; empty where it has none any more. The part is there from the start
/// where somebody chose keys.
pub fn keys_of_ones_own(id: &str, apple: bool) -> Option<String> {
    LOADED.get().and_then(|tools| (tools.own_keys)(id, apple))
}

impl PageController {
    /// Does what is asked of the part: at once, or when it has been loaded.
    pub(crate) fn write_with(self: &Rc<Self>, wish: WritingWish) {
        if let Some(tools) = LOADED.get() {
            return (tools.carry_out)(self, wish);
        }
        let page = Rc::clone(self);
        spawn_local(async move {
            match writing_tools().await {
                Ok(tools) => (LOADED.get_or_init(|| tools).carry_out)(&page, wish),
                Err(NotLoaded) => page.tell_part_missing(),
            }
        });
    }

    /// Somebody writes, and has paused: what a word may become is shown from now on, if that is wanted. Where the part does
    /// not arrive, the next pause asks again.
    pub(crate) fn suggest_while_typing(self: &Rc<Self>) {
        if LOADED.get().is_some() || !wants_suggestions(&load_writing_text()) {
            return;
        }
        let page = Rc::clone(self);
        spawn_local(async move {
            if let Ok(tools) = writing_tools().await {
                (LOADED.get_or_init(|| tools).carry_out)(&page, WritingWish::Begin);
            }
        });
    }
}

fn carry_out(page: &Rc<PageController>, wish: WritingWish) {
    if begin(page) {
        take_own_keys(page);
    }
    watch_typing(page);
    match wish {
        WritingWish::Complete => complete_here(page),
        WritingWish::Find => show_find_bar(&page.editor, false),
        WritingWish::Replace => show_find_bar(&page.editor, true),
        WritingWish::SwitchOutline => switch_outline(page),
        WritingWish::Begin => return_to_outline(page),
        WritingWish::AllCommands => show_palette(page, PaletteContent::Everything),
        WritingWish::GoTo => show_palette(page, PaletteContent::Places),
        WritingWish::Link => show_link_form(page, LinkKind::Link),
        WritingWish::Image => show_link_form(page, LinkKind::Image),
        WritingWish::Shortcuts => show_shortcuts(page),
        WritingWish::Settings => show_settings(page),
        WritingWish::SwitchParagraph => switch_focus(page, FocusedPart::Paragraph),
        WritingWish::SwitchSentence => switch_focus(page, FocusedPart::Sentence),
        WritingWish::SwitchTypewriter => choose(page, |settings| settings.typewriter = !settings.typewriter),
        WritingWish::SwitchBars => switch_bars(page),
    }
}

fn switch_focus(page: &Rc<PageController>, part: FocusedPart) {
    choose(page, |settings| {
        settings.focus = if settings.focus == part { FocusedPart::Everything } else { part };
    });
}
