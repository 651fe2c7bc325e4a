//! `PreviewBar`: above the preview, how it is seen. In: what is chosen. Out: what a person wants. Neighbours:
//! `app/preview_bar/` draws it when the part `tools` has come, and does it.

use std::rc::Rc;

use wasm_bindgen::JsCast;
use web_sys::HtmlSelectElement;
use yew::prelude::*;

use super::icon::drawing;
use crate::storage::PreviewWidth;

/// What the preview shows while a site is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ShownChoice {
    /// The site's page.
    Page,
    /// The post alone.
    Post,
    /// The file as GitHub shows it.
    GitHub,
    /// Jekyll's and GitHub's, next to each other.
    Both,
}

impl ShownChoice {
    const NAMES: [(Self, &'static str, &'static str); 4] = [
        (Self::Page, "page", "The site’s page"),
        (Self::Post, "post", "The post alone"),
        (Self::GitHub, "github", "GitHub"),
        (Self::Both, "both", "Side by side"),
    ];
}

/// What is shown of an open site in the preview.
#[derive(Clone, Debug, PartialEq)]
pub struct SitePreviewView {
    /// What the preview shows.
    pub shown: ShownChoice,
    /// The other hosts that the page takes something from; empty where there are none.
    pub hosts: Rc<str>,
    /// Whether it may.
    pub hosts_allowed: bool,
    /// Whether the page runs its scripts.
    pub scripts: bool,
}

/// What the bar shows.
#[derive(Clone, Debug, PartialEq)]
pub struct PreviewBarView {
    /// Of the open site, if one is.
    pub site: Option<SitePreviewView>,
    /// The width of the preview.
    pub width: PreviewWidth,
    /// Whether the preview is dark.
    pub dark: bool,
}

/// What a person wants of the preview.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PreviewWish {
    /// Show this of the site.
    Show(ShownChoice),
    /// Show it that wide.
    Width(PreviewWidth),
    /// Show it light instead of dark, or dark instead of light.
    SwitchScheme,
    /// Print it.
    Print,
    /// Commit, copy or download the post.
    Share,
    /// Load what other hosts have, or not any more.
    AllowHosts(bool),
    /// Run the page's scripts, or not any more.
    RunScripts(bool),
}

/// What the bar is given.
#[derive(PartialEq, Properties)]
pub struct PreviewBarProps {
    /// What it shows.
    pub view: PreviewBarView,
    /// Takes what a person wants.
    pub on_wish: Callback<PreviewWish>,
}

const HOSTS: &str =
    "M12 3a9 9 0 1 1 0 18 9 9 0 0 1 0-18zM3 12h18M12 3c3.5 3.5 3.5 14.5 0 18M12 3c-3.5 3.5-3.5 14.5 0 18";
const SCRIPTS: &str = "M8 7l-5 5 5 5M16 7l5 5-5 5M13.5 5l-3 14";
const CONTRAST: &str = "M12 4a8 8 0 1 1 0 16 8 8 0 0 1 0-16zM12 4v16M12 8h3.5M12 12h7.5M12 16h3.5";
const SHARE: &str = "M12 15V4M8 7.5 12 3.5l4 4M6 11H4.5v9.5h15V11H18";
const PRINT: &str = "M7 8V3h10v5M7 17H4V8h16v9h-3M7 13h10v8H7z";

fn of_width(width: PreviewWidth) -> (&'static str, &'static str) {
    match width {
        PreviewWidth::Full => ("As wide as there is room", "M3 12h18M6.5 8.5 3 12l3.5 3.5M17.5 8.5 21 12l-3.5 3.5"),
        PreviewWidth::Phone => ("As on a phone (390 pixels)", "M8 3h8v18H8zM11 18h2"),
        PreviewWidth::Tablet => ("As on a tablet (768 pixels)", "M5 3h14v18H5zM11 18h2"),
        PreviewWidth::Desktop => ("As on a desktop (1280 pixels)", "M3 4h18v12H3zM12 16v4M8 20h8"),
    }
}

/// The bar.
#[component]
pub fn PreviewBar(props: &PreviewBarProps) -> Html {
    let PreviewBarView { site, width, dark } = &props.view;
    let wish = |wish: PreviewWish| {
        let on_wish = props.on_wish.clone();
        move |_: MouseEvent| on_wish.emit(wish)
    };
    let widths = PreviewWidth::NAMES.map(|(choice, name)| {
        let (title, path) = of_width(choice);
        html! {
            <button type="button" class="icon-only" data-width={name} aria-label={title} {title}
                aria-pressed={(choice == *width).to_string()} onclick={wish(PreviewWish::Width(choice))}>{ drawing(path) }</button>
        }
    });
    let scheme = if *dark { "Show the post light" } else { "Show the post dark" };
    html! {
        <>
            if let Some(site) = site { <ShownSelect view={site.clone()} on_wish={props.on_wish.clone()} /> }
            <span class="spring"></span>
            if let Some(site) = site { { of_page(site, &props.on_wish) } }
            <div class="group" role="group" aria-label="Width of the preview">{ for widths }</div>
            <button type="button" class="icon-only" data-action="preview-scheme" aria-label={scheme} title={scheme}
                onclick={wish(PreviewWish::SwitchScheme)}>{ drawing(CONTRAST) }</button>
            <button type="button" class="icon-only" data-action="print" aria-label="Print the preview"
                title="Print the preview, or save it as PDF" onclick={wish(PreviewWish::Print)}>{ drawing(PRINT) }</button>
            <button type="button" class="icon-only" data-action="share" aria-label="Publish and share the post"
                title="Publish and share: commit on a host, copy, download" onclick={wish(PreviewWish::Share)}>{ drawing(SHARE) }</button>
        </>
    }
}

/// What is given to the choice of what is shown.
#[derive(PartialEq, Properties)]
struct ShownSelectProps {
    view: SitePreviewView,
    on_wish: Callback<PreviewWish>,
}

/// The choice of what is shown.
#[component]
fn ShownSelect(props: &ShownSelectProps) -> Html {
    let select = use_node_ref();
    {
        let select = select.clone();
        use_effect_with(props.view.shown, move |shown| {
            let name = ShownChoice::NAMES.iter().find(|(choice, ..)| choice == shown).map_or("", |(_, name, _)| name);
            if let Some(select) = select.cast::<HtmlSelectElement>() {
                select.set_value(name);
            }
        });
    }
    let choose = {
        let on_wish = props.on_wish.clone();
        move |event: Event| {
            let select = event.target().and_then(|select| select.dyn_into::<HtmlSelectElement>().ok());
            let chosen = select.map(|select| select.value()).unwrap_or_default();
            if let Some((choice, ..)) = ShownChoice::NAMES.iter().find(|(_, name, _)| *name == chosen) {
                on_wish.emit(PreviewWish::Show(*choice));
            }
        }
    };
    let options = ShownChoice::NAMES.map(|(_, value, label)| html! { <option {value}>{ label }</option> });
    html! {
        <label title="What the preview shows">
            <span>{ "Shown as" }</span>
            <select ref={select} data-part="shown" aria-label="What the preview shows" onchange={choose}>{ for options }</select>
        </label>
    }
}

/// What the page of the site may do.
fn of_page(site: &SitePreviewView, on_wish: &Callback<PreviewWish>) -> Html {
    if matches!(site.shown, ShownChoice::GitHub | ShownChoice::Post) {
        return html! {};
    }
    let switch = |action: &'static str, label: &'static str, title: String, path, pressed: bool, wish: PreviewWish| {
        let on_wish = on_wish.clone();
        html! {
            <button type="button" data-action={action} aria-pressed={pressed.to_string()} aria-label={label} {title}
                onclick={move |_: MouseEvent| on_wish.emit(wish)}>{ drawing(path) }<span class="label">{ label }</span></button>
        }
    };
    let hosts = match site.hosts_allowed {
        true => ["Loaded from other hosts: ", &site.hosts, ". Click to load nothing from them."].concat(),
        false => ["Not loaded from other hosts: ", &site.hosts, ". Click to load it."].concat(),
    };
    let scripts = match site.scripts {
        true => "The page runs its scripts, and is shown anew when you pause. Click to show it without them.",
        false => "Run the scripts of the page, apart from the editor",
    };
    html! {
        <>
            if !site.hosts.is_empty() {
                { switch("other-hosts", "Other hosts", hosts, HOSTS, site.hosts_allowed, PreviewWish::AllowHosts(!site.hosts_allowed)) }
            }
            if site.shown == ShownChoice::Page {
                if site.scripts { <span class="quiet" role="status">{ "Shown anew when you pause" }</span> }
                { switch("scripts", "Scripts", scripts.to_owned(), SCRIPTS, site.scripts, PreviewWish::RunScripts(!site.scripts)) }
            }
        </>
    }
}
