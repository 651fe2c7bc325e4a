//! The palette over the page. In: what the page knows (commands, headings, diagnostics, drafts, files of a site). Out: what
//! is chosen is done. Neighbours: `components/palette.rs` is what is drawn; `page_commands.rs` has the page's commands.

use std::cell::RefCell;
use std::rc::Rc;

use wasm_bindgen_futures::spawn_local;
use web_sys::Element;
use yew::AppHandle;
use yew::prelude::*;

use super::own_keys::own_keys;
use super::page_commands::{page_commands, run_command};
use crate::app::browser::dom::{document, element};
use crate::app::components::{Intent, Palette, PaletteProps};
use crate::app::page_controller::PageController;
use crate::commands::{COMMANDS, MORE_COMMANDS};
use crate::storage::{Drafts, load_recent, save_recent};
use crate::text::Span;
use crate::writing::palette::{Kind, PaletteEntry, choose};

/// What the palette lists.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum PaletteContent {
    /// Commands and places.
    Everything,
    /// Places alone: headings, problems, drafts, files.
    Places,
}

thread_local! {
    /// The palette that is open.
    static OPEN: RefCell<Option<(Element, AppHandle<Palette>)>> = const { RefCell::new(None) };
}

/// Shows the palette; drafts come when the browser has listed them.
pub fn show_palette(page: &Rc<PageController>, shown: PaletteContent) {
    if OPEN.with_borrow(Option::is_some) || document().query_selector("dialog[open]").is_ok_and(|open| open.is_some()) {
        return;
    }
    let place = element("div", "");
    if document().body().is_none_or(|body| body.append_child(&place).is_err()) {
        return;
    }
    let mut entries = Vec::new();
    if shown == PaletteContent::Everything {
        add_commands(page, &mut entries);
    }
    add_headings(page, &mut entries);
    add_problems(page, &mut entries);
    if let Some(tools) = page.loaded_site_tools() {
        for file in (tools.list_files)(page) {
            let detail = if file.title == file.path { String::new() } else { file.path.to_string() };
            let label = if file.about.is_empty() {
                file.title.to_string()
            } else {
                [&*file.title, " · ", &*file.about].concat()
            };
            entries.push(PaletteEntry {
                kind: Kind::File,
                id: file.path.to_string(),
                label,
                detail,
                keys: String::new(),
            });
        }
    }
    let props = props_of(page, entries.clone().into(), shown);
    let handle = yew::Renderer::<Palette>::with_root_and_props(place.clone(), props).render();
    OPEN.set(Some((place, handle)));
    let Some(store) = page.draft.store() else { return };
    let page = Rc::clone(page);
    spawn_local(async move {
        let Ok(listing) = store.list().await else { return };
        let current = page.draft.with_draft(|draft| draft.id);
        for draft in listing.drafts.iter().filter(|draft| draft.deleted_ms.is_none() && draft.id != current) {
            let label = if draft.title.is_empty() { "Untitled".to_owned() } else { draft.title.clone() };
            let detail = draft.file_name.clone().unwrap_or_default();
            entries.push(PaletteEntry { kind: Kind::Draft, id: draft.id.encode(), label, detail, keys: String::new() });
        }
        OPEN.with_borrow_mut(|open| {
            if let Some((_, handle)) = open {
                handle.update(props_of(&page, entries.into(), shown));
            }
        });
    });
}

fn props_of(page: &Rc<PageController>, entries: Rc<[PaletteEntry]>, shown: PaletteContent) -> PaletteProps {
    let hint = match shown {
        PaletteContent::Everything => "A command, a heading, a problem, a draft, a file",
        PaletteContent::Places => "Go to a heading, a problem, a draft, a file",
    };
    let page = Rc::downgrade(page);
    let on_choice = Callback::from(move |chosen: Option<PaletteEntry>| {
        if let Some((place, handle)) = OPEN.take() {
            handle.destroy();
            place.remove();
        }
        let Some(page) = page.upgrade() else { return };
        page.editor.textarea.focus_quietly();
        if let Some(chosen) = chosen {
            let mut recent = load_recent();
            choose(&mut recent, &chosen.id);
            save_recent(&recent);
            carry_out(&page, &chosen);
        }
    });
    PaletteProps { entries, recent: load_recent().into(), hint, on_choice }
}

fn add_commands(page: &PageController, entries: &mut Vec<PaletteEntry>) {
    let apple = page.editor.apple();
    for command in page_commands() {
        let keys = if apple { command.keys.0 } else { command.keys.1 };
        entries.push(PaletteEntry {
            kind: Kind::Command,
            id: command.id.to_owned(),
            label: command.label.to_owned(),
            detail: command.hint.to_owned(),
            keys: own_keys(command.id, apple).unwrap_or_else(|| keys.to_owned()),
        });
    }
    // Those that are a key of their own (Enter, Tab) need no palette.
    let own_key = |key: &str| key == "Enter";
    let editing = COMMANDS.iter().chain(MORE_COMMANDS);
    for command in editing.filter(|command| command.shortcut.is_none_or(|shortcut| !own_key(shortcut.key))) {
        entries.push(PaletteEntry {
            kind: Kind::Command,
            id: command.id.to_owned(),
            label: command.label.to_owned(),
            detail: command.hint.to_owned(),
            keys: own_keys(command.id, apple)
                .unwrap_or_else(|| command.shortcut.map(|shortcut| shortcut.display(apple)).unwrap_or_default()),
        });
    }
}

fn add_headings(page: &PageController, entries: &mut Vec<PaletteEntry>) {
    let renderer = page.editor.renderer.borrow();
    for heading in renderer.outline() {
        entries.push(PaletteEntry {
            kind: Kind::Heading,
            id: page.editor.preview.span_in_text(heading.span).start.to_string(),
            label: heading.text.clone(),
            detail: "#".repeat(usize::from(heading.level)),
            keys: String::new(),
        });
    }
}

fn add_problems(page: &PageController, entries: &mut Vec<PaletteEntry>) {
    for diagnostic in page.editor.diagnostics() {
        entries.push(PaletteEntry {
            kind: Kind::Problem,
            id: format!("{}-{}", diagnostic.span.start, diagnostic.span.end),
            label: diagnostic.message.clone(),
            detail: String::new(),
            keys: String::new(),
        });
    }
}

fn carry_out(page: &Rc<PageController>, chosen: &PaletteEntry) {
    match chosen.kind {
        Kind::Command => {
            run_command(page, &chosen.id);
        }
        Kind::Heading => {
            if let Ok(start) = chosen.id.parse() {
                page.editor.jump_to(Span::at(start));
            }
        }
        Kind::Problem => {
            let place = chosen.id.split_once('-').and_then(|(from, to)| Some((from.parse().ok()?, to.parse().ok()?)));
            if let Some((from, to)) = place {
                page.editor.jump_to(Span::new(from, to));
            }
        }
        Kind::Draft => page.handle(Intent::OpenDraft(chosen.id.as_str().into())),
        Kind::File => {
            if let Some(tools) = page.loaded_site_tools() {
                (tools.open_file)(page, chosen.id.as_str().into());
            }
        }
    }
}
