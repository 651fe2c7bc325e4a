//! `SideBar`: the files of the open site; before one is open, how to open it. In: what is known of the site. Out: what a
//! person wants. Neighbours: `app/site_folder/` makes what is shown, and draws it when it is loaded.

use std::collections::BTreeSet;
use std::rc::Rc;

use wasm_bindgen::JsCast;
use web_sys::{FileList, HtmlInputElement};
use yew::prelude::*;

use super::icon::icon;
use crate::app::site_folder::file_list::{FileGroup, ListedFile};

/// Of a group, so many files are drawn at first.
const DRAWN_AT_FIRST: usize = 200;

/// What the side bar shows.
#[derive(Clone, Debug, PartialEq)]
pub enum SideBarView {
    /// No site is open.
    Closed {
        /// The name of the folder that was open at the last visit, and whether the browser can open it again.
        last: Option<(Rc<str>, bool)>,
        /// Whether the browser has a dialog for folders that can be written.
        picker: bool,
    },
    /// A folder is being read.
    Reading {
        /// So many files have been found.
        found: usize,
        /// So many of them have been read.
        read: usize,
    },
    /// A site is open.
    Open(Rc<SiteView>),
}

/// What is shown of an open site.
#[derive(Debug, PartialEq)]
pub struct SiteView {
    /// The name of its folder.
    pub name: Rc<str>,
    /// Its files.
    pub groups: Vec<FileGroup>,
    /// The path of the file in the editor.
    pub current: Option<Rc<str>>,
    /// Whether that is a draft of the site's.
    pub is_draft: bool,
    /// How many files stand otherwise than in the folder.
    pub unsaved: usize,
    /// Whether the browser can write into the folder.
    pub writes: bool,
}

/// What a person wants of a site.
#[derive(Clone, Debug, PartialEq)]
pub enum SiteWish {
    /// Put the side bar away.
    Hide,
    /// Choose a folder in the browser's dialog.
    Choose,
    /// Open the folder with these files.
    Files(FileList),
    /// Open this file in the editor.
    OpenFile(Rc<str>),
    /// Open the folder of the last visit again.
    OpenLast,
    /// Make a new file.
    New {
        /// The title of the post.
        title: Rc<str>,
        /// Whether it is a draft.
        is_draft: bool,
    },
    /// Publish the draft in the editor.
    Publish,
    /// Save all files that are changed.
    Save,
    /// Close the site, and keep nothing of it.
    Forget,
}

/// What the side bar is given.
#[derive(PartialEq, Properties)]
pub struct SideBarProps {
    /// What it shows.
    pub view: SideBarView,
    /// Takes what a person wants.
    pub on_wish: Callback<SiteWish>,
}

/// The side bar.
#[component]
pub fn SideBar(props: &SideBarProps) -> Html {
    let searched = use_state(|| AttrValue::from(""));
    let whole = use_state(BTreeSet::<Rc<str>>::new);
    // Whether the title of a new file is asked for, and of what.
    let asking = use_state(|| None::<bool>);
    let wish = |wish: SiteWish| {
        let on_wish = props.on_wish.clone();
        move |_: MouseEvent| on_wish.emit(wish.clone())
    };
    let head = |name: &str| {
        html! {
            <div class="site-head">
                <h2 title={name.to_owned()}>{ name }</h2>
                <button type="button" class="icon-only" data-action="hide-site" aria-label="Hide the side bar" title="Hide" onclick={wish(SiteWish::Hide)}>{ icon("close") }</button>
            </div>
        }
    };
    match &props.view {
        SideBarView::Closed { last, picker } => html! {
            <>
                { head("Site") }
                <div class="site-intro">
                    <p>{ "Open the folder of your site’s clone to see its posts here, and to read its settings, tags and layouts." }</p>
                    { choose(last, *picker, &props.on_wish) }
                    <p class="quiet">{ "The folder is read in this browser, and sent nowhere." }</p>
                </div>
            </>
        },
        SideBarView::Reading { found, read } => html! {
            <>
                { head("Site") }
                <div class="site-intro">
                    <p role="status">{ if *read == 0 { format!("Looking for files… {found}") } else { format!("Reading files… {read} of {found}") } }</p>
                    <progress aria-label="Reading the folder" max={found.to_string()} value={(*read > 0).then(|| read.to_string())}></progress>
                </div>
            </>
        },
        SideBarView::Open(site) => {
            let search = {
                let searched = searched.clone();
                move |event: InputEvent| {
                    let field = event.target().and_then(|field| field.dyn_into::<HtmlInputElement>().ok());
                    searched.set(field.map(|field| field.value()).unwrap_or_default().into());
                }
            };
            let words: Vec<String> = searched.to_lowercase().split_whitespace().map(str::to_owned).collect();
            let groups = site.groups.iter().enumerate().filter_map(|(at, group)| {
                let found: Vec<&ListedFile> = group.files.iter().filter(|file| holds(file, &words)).collect();
                if found.is_empty() {
                    return None;
                }
                let all = found.len();
                let drawn = if whole.contains(&group.name) { all } else { DRAWN_AT_FIRST };
                let more = {
                    let (whole, name) = (whole.clone(), group.name.clone());
                    move |_: MouseEvent| {
                        let mut all = (*whole).clone();
                        all.insert(name.clone());
                        whole.set(all);
                    }
                };
                let holds_current = site.current.is_some() && group.files.iter().any(|file| Some(&file.path) == site.current.as_ref());
                let open = !words.is_empty() || at == 0 || holds_current;
                Some(html! {
                    // Another key: what was folded while nothing was searched is unfolded, and folded again after it.
                    <details key={format!("{} {}", group.name, words.is_empty())} {open}>
                        <summary>{ &*group.name }<span class="count">{ all }</span></summary>
                        <ul>{ for found.into_iter().take(drawn).map(|file| row(file, site, &props.on_wish)) }</ul>
                        if all > drawn { <button type="button" class="more" onclick={more}>{ format!("Show all {all}") }</button> }
                    </details>
                })
            });
            let groups: Vec<Html> = groups.collect();
            let nothing = groups.is_empty();
            html! {
                <>
                    { head(&site.name) }
                    <div class="site-search">
                        <input type="search" aria-label="Search the files" placeholder="Search" oninput={search} />
                    </div>
                    <div class="site-files" tabindex="-1">
                        { for groups }
                        if nothing { <p class="quiet" role="status">{ "No file has these words in its title or path." }</p> }
                    </div>
                    { new_files(&asking, site.is_draft, &props.on_wish) }
                    { foot(site, &props.on_wish) }
                </>
            }
        }
    }
}

/// The ways to choose a folder.
fn choose(last: &Option<(Rc<str>, bool)>, picker: bool, on_wish: &Callback<SiteWish>) -> Html {
    let chosen = {
        let on_wish = on_wish.clone();
        move |event: Event| {
            let field = event.target().and_then(|field| field.dyn_into::<HtmlInputElement>().ok());
            if let Some(files) = field.as_ref().and_then(HtmlInputElement::files).filter(|files| files.length() > 0) {
                on_wish.emit(SiteWish::Files(files));
            }
        }
    };
    let button = |label: &str, action: &'static str, class: &'static str, wish: SiteWish| {
        let on_wish = on_wish.clone();
        html! {
            <p><button type="button" {class} data-action={action} onclick={move |_: MouseEvent| on_wish.emit(wish.clone())}>{ label }</button></p>
        }
    };
    let again = last.as_ref().filter(|(_, has_handle)| *has_handle);
    let label = match last {
        Some((name, false)) => format!("Choose the folder “{name}” again"),
        _ if picker => "Choose a folder to read only".to_owned(),
        _ => "Choose a folder…".to_owned(),
    };
    html! {
        <>
            if let Some((name, _)) = again {
                { button(&format!("Open “{name}” again"), "open-last-folder", "primary", SiteWish::OpenLast) }
            }
            if picker {
                { button("Choose a folder…", "choose-folder", if again.is_some() { "quiet-border" } else { "primary" }, SiteWish::Choose) }
            }
            <p><label class={if picker { "folder-input quiet" } else { "folder-input" }}>
                <span>{ label }</span>
                <input type="file" id="site-folder" webkitdirectory={true} onchange={chosen} />
            </label></p>
        </>
    }
}

/// The buttons for new files, or the question for the title of one.
fn new_files(asking: &UseStateHandle<Option<bool>>, is_draft: bool, on_wish: &Callback<SiteWish>) -> Html {
    let ask = |what: Option<bool>| {
        let asking = asking.clone();
        move |_: MouseEvent| asking.set(what)
    };
    let Some(as_draft) = **asking else {
        let publish = {
            let on_wish = on_wish.clone();
            move |_: MouseEvent| on_wish.emit(SiteWish::Publish)
        };
        return html! {
            <div class="site-foot">
                <button type="button" data-action="new-post" onclick={ask(Some(false))}>{ "New post" }</button>
                <button type="button" data-action="new-site-draft" onclick={ask(Some(true))}>{ "New draft" }</button>
                if is_draft { <button type="button" data-action="publish" title="Move the draft to the posts, with today’s date" onclick={publish}>{ "Publish" }</button> }
            </div>
        };
    };
    let onsubmit = {
        let (asking, on_wish) = (asking.clone(), on_wish.clone());
        move |event: SubmitEvent| {
            event.prevent_default();
            let form = event.target().map(|form| form.unchecked_into::<web_sys::Element>());
            let field = form.and_then(|form| form.query_selector("input").ok().flatten());
            let title = field.map(|field| field.unchecked_into::<HtmlInputElement>().value()).unwrap_or_default();
            let title = title.trim();
            if !title.is_empty() {
                on_wish.emit(SiteWish::New { title: title.into(), is_draft: as_draft });
                asking.set(None);
            }
        }
    };
    html! {
        <form class="site-foot site-new" {onsubmit}>
            <label>{ if as_draft { "Title of the draft" } else { "Title of the post" } }<input id="new-site-title" autofocus={true} /></label>
            <button type="submit" class="primary">{ "Create" }</button>
            <button type="button" onclick={ask(None)}>{ "Cancel" }</button>
        </form>
    }
}

/// What is not saved yet, and what is kept.
fn foot(site: &SiteView, on_wish: &Callback<SiteWish>) -> Html {
    let wish = |wish: SiteWish| {
        let on_wish = on_wish.clone();
        move |_: MouseEvent| on_wish.emit(wish.clone())
    };
    let count = match site.unsaved {
        1 => "1 file not saved".to_owned(),
        many => format!("{many} files not saved"),
    };
    html! {
        <>
            if site.unsaved > 0 {
                <div class="site-foot">
                    <span role="status">{ count }</span>
                    <button type="button" class="quiet-border" data-action="save-site" onclick={wish(SiteWish::Save)}>
                        { if site.writes { "Save to the folder" } else { "Download" } }
                    </button>
                </div>
            }
            <details class="site-kept">
                <summary>{ "Kept in this browser" }</summary>
                <ul>
                    <li>{ format!("the name of the folder, “{}”", site.name) }</li>
                    if site.writes { <li>{ "that the browser may open the folder again, when you allow it" }</li> }
                    <li>{ "the text of _config.yml" }</li>
                    <li>{ "the texts that you have changed, as drafts" }</li>
                </ul>
                <button type="button" class="quiet-border" data-action="forget-site" onclick={wish(SiteWish::Forget)}>{ "Close and forget the site" }</button>
                <p class="quiet">{ "Drafts stay until you delete them." }</p>
            </details>
        </>
    }
}

/// Whether all words are in the title, the path or the day of a file.
fn holds(file: &ListedFile, words: &[String]) -> bool {
    let text =
        [&*file.title, " ", &*file.path, " ", &*file.about, " ", file.mark.unwrap_or("")].concat().to_lowercase();
    words.iter().all(|word| text.contains(word.as_str()))
}

fn row(file: &ListedFile, site: &SiteView, on_wish: &Callback<SiteWish>) -> Html {
    let current = site.current.as_ref() == Some(&file.path);
    let open = {
        let (on_wish, path) = (on_wish.clone(), file.path.clone());
        move |_: MouseEvent| on_wish.emit(SiteWish::OpenFile(path.clone()))
    };
    html! {
        <li key={&*file.path}>
            <button type="button" class="site-file" data-path={file.path.to_string()} data-changed={file.changed.then_some("true")}
                aria-current={current.then_some("true")} title={file.path.to_string()} onclick={open}>
                <span class="title">{ &*file.title }</span>
                if file.changed { <span class="changed"><span class="visually-hidden">{ "Not saved" }</span></span> }
                if !file.about.is_empty() || file.mark.is_some() {
                    <span class="about">
                        { &*file.about }
                        if let Some(mark) = file.mark {
                            if !file.about.is_empty() { { " · " } }
                            <span class="file-mark">{ mark }</span>
                        }
                    </span>
                }
            </button>
        </li>
    }
}
