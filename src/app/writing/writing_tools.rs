//! The part `writing` of the program: what a writer is helped with. In: a wish. Out: a table of functions, loaded when it is
//! first needed. Neighbours: `page_controller.rs` and `page_listeners.rs` ask.

use std::rc::Rc;
use std::sync::OnceLock;

use wasm_bindgen_futures::spawn_local;

use super::completion_list::{complete_here, watch_typing};
use super::find_bar::show_find_bar;
use super::outline_pane::{show_outline, switch_outline};
use super::palette_dialog::{PaletteContent, show_palette};
use super::writing_wish::WritingWish;
use crate::app::browser::dom::style_page;
use crate::app::page_controller::PageController;
use crate::split_point::NotLoaded;

/// The functions of the part.
pub struct WritingTools {
    /// Does what is asked.
    pub carry_out: fn(&Rc<PageController>, WritingWish),
}

static TOOLS: WritingTools = WritingTools { carry_out };

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
}

fn carry_out(page: &Rc<PageController>, wish: WritingWish) {
    watch_typing(page);
    match wish {
        WritingWish::Complete => complete_here(page),
        WritingWish::Find => show_find_bar(&page.editor, false),
        WritingWish::Replace => show_find_bar(&page.editor, true),
        WritingWish::SwitchOutline => switch_outline(page),
        WritingWish::ShowOutline => show_outline(page),
        WritingWish::AllCommands => show_palette(page, PaletteContent::Everything),
        WritingWish::GoTo => show_palette(page, PaletteContent::Places),
    }
}
