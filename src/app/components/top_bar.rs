//! `TopBar`: the file's name, whether it is saved, what can be done with it, the switch of the panes. In: what is known
//! of each. Out: intents. Neighbours: `app.rs`.

use std::rc::Rc;

use yew::prelude::*;

use super::icon::{icon, mark};
use super::{Intent, Target};
use crate::app::state::{Saved, View, view_name};
use crate::view::panel::Tab;

/// What the bar is given.
#[derive(PartialEq, Properties)]
pub struct TopBarProps {
    /// Where it is drawn.
    pub target: Target,
    /// The file's name, or the one suggested for a new post.
    pub file_name: Rc<str>,
    /// Whether the text differs from the file that it came from.
    pub differs_from_file: Option<bool>,
    /// Whether the draft is saved.
    pub saved: Saved,
    /// The panes that are shown.
    pub shown: View,
    /// Whether the page is dark.
    pub dark: bool,
    /// Whether keys are an Apple keyboard's.
    pub apple: bool,
    /// Whether the panel is open.
    pub panel_open: bool,
    /// Takes what a person wants.
    pub on_intent: Callback<Intent>,
}

/// The bar.
#[component]
pub fn TopBar(props: &TopBarProps) -> Html {
    let TopBarProps { on_intent, panel_open, .. } = props;
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
    let switch_panel = {
        let on_intent = on_intent.clone();
        let tab = (!*panel_open).then_some(Tab::Publication);
        move |_: MouseEvent| on_intent.emit(Intent::ShowPanel(tab))
    };
    let primary = if props.apple { "⌘" } else { "Ctrl+" };
    props.target.adopt(html! {
        <header id="top-bar" inert={props.target.is_inert()}>
            <h1 class="brand">{ mark() }<span>{ "Aperçu" }</span></h1>
            <div class="file">
                <span class="file-name" title={props.file_name.to_string()}>{ props.file_name.rsplit('/').next() }</span>
                <span class="saved" data-part="saved" data-state={saved_state(&props.saved)}>{ saved_text(&props.saved, props.differs_from_file) }</span>
            </div>
            <div class="group">
                { act("open", "Open", format!("Open a file ({primary}O)"), Intent::Open, false) }
                { act("save", "Save", format!("Save to the file ({primary}S)"), Intent::Save, false) }
                { act("new", "New", "Begin a new post".into(), Intent::New, false) }
                { act("drafts", "Drafts", "Drafts kept in this browser".into(), Intent::ShowDrafts, false) }
                { act("site", "Site", "The files of a site: open its folder".into(), Intent::ShowSite, false) }
                { act("compare", "Compare", "Compare with another version".into(), Intent::Compare(None), false) }
            </div>
            { views(props.shown, on_intent) }
            <div class="group">
                <button type="button" id="show-panel" data-action="publication" title="Publication, front matter, checks, site"
                    aria-expanded={panel_open.to_string()} aria-controls="panel" onclick={switch_panel}>
                    { icon("publication") }<span class="label">{ "Publication" }</span>
                </button>
                { act("theme", if props.dark { "Light theme" } else { "Dark theme" },
                    "Switch between light and dark".into(), Intent::SwitchTheme, true) }
                { act("help", "Help", "Shortcuts and help (F1)".into(), Intent::ShowHelp, true) }
            </div>
        </header>
    })
}

/// The switch between the panes.
pub fn views(shown: View, on_intent: &Callback<Intent>) -> Html {
    let views = [View::Editor, View::Split, View::Preview].map(|view| {
        let on_intent = on_intent.clone();
        let label = match view {
            View::Editor => "Write",
            View::Split => "Both",
            View::Preview => "Preview",
        };
        html! {
            <button type="button" data-view={view_name(view)} aria-pressed={(shown == view).to_string()}
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

fn saved_text(saved: &Saved, differs_from_file: Option<bool>) -> String {
    let draft = match saved {
        Saved::Untouched => return String::new(),
        Saved::Saving => return "Saving…".into(),
        Saved::Failed(_) => return "Draft not saved".into(),
        Saved::Draft => "Draft saved",
    };
    match differs_from_file {
        Some(true) => format!("{draft} · file not yet"),
        Some(false) => "Saved".into(),
        None => draft.into(),
    }
}
