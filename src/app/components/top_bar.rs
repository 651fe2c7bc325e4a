//! The slim bar on top: the file's name, whether it is saved, what can be done with it, the view switch.
//! In: `State`. Out: intents. Neighbours: `components/mod.rs`.

use yew::prelude::*;

use super::Intent;
use super::icon::{icon, mark};
use crate::app::state::{Saved, State, View, view_name};
use crate::view::panel::Tab;

/// Whether the bar looks the same.
pub fn same_top(a: &State, b: &State) -> bool {
    (&a.file_name, a.differs_from_file, &a.saved, a.shown(), a.is_dark(), a.apple, a.panel.tab.is_some())
        == (&b.file_name, b.differs_from_file, &b.saved, b.shown(), b.is_dark(), b.apple, b.panel.tab.is_some())
}

/// The bar.
pub fn top_bar(state: &State, on_intent: &Callback<Intent>) -> Html {
    let act = |name: &'static str, label: &'static str, title: String, intent: Intent, plain: bool| {
        let on_intent = on_intent.clone();
        html! {
            <button type="button" data-action={name} class={plain.then_some("icon-only")} {title}
                aria-label={plain.then_some(label)} onclick={move |_| on_intent.emit(intent.clone())}>
                { icon(name) }
                if !plain { <span class="label">{ label }</span> }
            </button>
        }
    };
    let panel_open = state.panel.tab.is_some();
    let switch_panel = {
        let on_intent = on_intent.clone();
        let tab = (!panel_open).then_some(Tab::Publication);
        move |_: MouseEvent| on_intent.emit(Intent::ShowPanel(tab))
    };
    let primary = if state.apple { "⌘" } else { "Ctrl+" };
    html! {
        <>
            <h1 class="brand">{ mark() }<span>{ "Aperçu" }</span></h1>
            <div class="file">
                <span class="file-name" title={state.file_name.to_string()}>{ &*state.file_name }</span>
                <span class="saved" data-part="saved" data-state={saved_state(&state.saved)}>{ saved_text(state) }</span>
            </div>
            <div class="group">
                { act("open", "Open", format!("Open a file ({primary}O)"), Intent::Open, false) }
                { act("save", "Save", format!("Save to the file ({primary}S)"), Intent::Save, false) }
                { act("new", "New", "Begin a new post".into(), Intent::New, false) }
                { act("drafts", "Drafts", "Drafts kept in this browser".into(), Intent::ShowDrafts, false) }
                { act("compare", "Compare", "Compare with another version".into(), Intent::Compare(None), false) }
            </div>
            { views(state, on_intent) }
            <div class="group">
                <button type="button" id="show-panel" data-action="publication" title="Publication, front matter, checks, site"
                    aria-expanded={panel_open.to_string()} aria-controls="panel" onclick={switch_panel}>
                    { icon("publication") }<span class="label">{ "Publication" }</span>
                </button>
                { act("theme", if state.is_dark() { "Light theme" } else { "Dark theme" },
                    "Switch between light and dark".into(), Intent::SwitchTheme, true) }
                { act("help", "Help", "Shortcuts and help (F1)".into(), Intent::ShowHelp, true) }
            </div>
        </>
    }
}

/// The switch between the panes.
pub fn views(state: &State, on_intent: &Callback<Intent>) -> Html {
    let views = [View::Editor, View::Split, View::Preview].map(|view| {
        let on_intent = on_intent.clone();
        let label = match view {
            View::Editor => "Write",
            View::Split => "Both",
            View::Preview => "Preview",
        };
        html! {
            <button type="button" data-view={view_name(view)} aria-pressed={(state.shown() == view).to_string()}
                onclick={move |_| on_intent.emit(Intent::Show(view))}>{ label }</button>
        }
    });
    html! { <div class="group views" role="group" aria-label="Panes">{ for views }</div> }
}

fn saved_state(saved: &Saved) -> &'static str {
    match saved {
        Saved::Untouched => "untouched",
        Saved::Draft => "saved",
        Saved::Saving => "saving",
        Saved::Failed(_) => "failed",
    }
}

fn saved_text(state: &State) -> String {
    let draft = match &state.saved {
        Saved::Untouched => return String::new(),
        Saved::Saving => return "Saving…".into(),
        Saved::Failed(_) => return "Draft not saved".into(),
        Saved::Draft => "Draft saved",
    };
    match state.differs_from_file {
        Some(true) => format!("{draft} · file not yet"),
        Some(false) => "Saved".into(),
        None => draft.into(),
    }
}
