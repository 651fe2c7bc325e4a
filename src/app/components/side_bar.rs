//! `SideBar`: the files of the open site; before one is open, how to open it. In: what is known of the site. Out: what a
//! person wants. Neighbours: `app/site_folder/` makes what is shown, and draws it when it is loaded.

use std::collections::{BTreeSet, HashSet};
use std::rc::Rc;

use wasm_bindgen::JsCast;
use web_sys::{FileList, HtmlInputElement};
use yew::prelude::*;

use super::icon::icon;
use crate::app::site_folder::file_list::{FileGroup, ListedFile};
use crate::storage::SitePermission;

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
    /// The paths that it could have by its title and its date.
    pub suggested_paths: Vec<Rc<str>>,
    /// The file that was renamed last, where others name it by its old name.
    pub renamed: Option<Rc<RenamedFile>>,
    /// Whether that is a draft of the site's.
    pub is_draft: bool,
    /// How many files stand otherwise than in the folder.
    pub unsaved: usize,
    /// Whether the browser can write into the folder.
    pub writes: bool,
    /// What its pages may do.
    pub permission: SitePermission,
    /// The name of the site's theme, where it is not here.
    pub missing_theme: Option<Rc<str>>,
    /// The names of the themes that are kept.
    pub themes: Vec<Rc<str>>,
}

/// A file that was renamed, and those that name it by its old name.
#[derive(Debug, PartialEq)]
pub struct RenamedFile {
    /// Its path until then.
    pub from: Rc<str>,
    /// Its path since then.
    pub to: Rc<str>,
    /// The paths of the files that name it in `post_url` or `link`.
    pub files: Vec<Rc<str>>,
}

/// What the side bar asks for.
#[derive(Clone, PartialEq)]
enum Asked {
    /// The title of a new post, or of a draft.
    Title { is_draft: bool },
    /// A new path of the file at `path`, as it is typed.
    Path { path: Rc<str>, typed: AttrValue },
}

/// What a person wants of a site.
#[derive(Clone, Debug, PartialEq)]
pub enum SiteWish {
    /// Put the side bar away.
    Hide,
    /// Choose a folder in the browser's dialog.
    Choose,
    /// Open the folder with these files, or the archive that is one file.
    Files(FileList),
    /// Take the folder with these files, or the archive that is one file, as the theme that is missing.
    GiveTheme(FileList),
    /// Keep the theme of this name no longer.
    ForgetTheme(Rc<str>),
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
    /// Give the file in the editor this path.
    Rename(Rc<str>),
    /// Change the links to the file that was renamed, or leave them.
    AnswerForLinks(bool),
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
    let whole = use_state(HashSet::<Rc<str>>::new);
    let asking = use_state(|| None::<Asked>);
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
                    if let Some(theme) = &site.missing_theme { { missing_theme(theme, &props.on_wish) } }
                    <div class="site-files" tabindex="-1">
                        { for groups }
                        if nothing { <p class="quiet" role="status">{ "No file has these words in its title or path." }</p> }
                    </div>
                    if let Some(renamed) = &site.renamed { { links_to_change(renamed, &props.on_wish) } }
                    // It comes and goes: no button below it moves by that.
                    if site.unsaved > 0 { { unsaved(site, &props.on_wish) } }
                    { new_files(&asking, site, &props.on_wish) }
                    { kept(site, &props.on_wish) }
                </>
            }
        }
    }
}

/// The ways to choose a folder.
fn choose(last: &Option<(Rc<str>, bool)>, picker: bool, on_wish: &Callback<SiteWish>) -> Html {
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
            <p>{ file_input("site-folder", &label, None, !picker, chosen(on_wish, SiteWish::Files)) }</p>
            <p>{ file_input("site-archive", "Choose a .zip of the repository", Some(".zip"), false, chosen(on_wish, SiteWish::Files)) }</p>
        </>
    }
}

/// What is done with the files that an input gives.
fn chosen(on_wish: &Callback<SiteWish>, wish: fn(FileList) -> SiteWish) -> impl Fn(Event) + 'static {
    let on_wish = on_wish.clone();
    move |event: Event| {
        let field = event.target().and_then(|field| field.dyn_into::<HtmlInputElement>().ok());
        if let Some(files) = field.as_ref().and_then(HtmlInputElement::files).filter(|files| files.length() > 0) {
            on_wish.emit(wish(files));
        }
    }
}

/// A way to choose a folder, or a file of a kind.
fn file_input(
    id: &'static str,
    label: &str,
    accept: Option<&'static str>,
    primary: bool,
    onchange: impl Fn(Event) + 'static,
) -> Html {
    html! {
        <label class={if primary { "folder-input" } else { "folder-input quiet" }}>
            <span>{ label.to_owned() }</span>
            <input type="file" {id} webkitdirectory={accept.is_none()} {accept} {onchange} />
        </label>
    }
}

/// Asks for the theme that the site lacks.
fn missing_theme(name: &Rc<str>, on_wish: &Callback<SiteWish>) -> Html {
    html! {
        <section class="site-theme" aria-label="Theme">
            <p>{ "This site uses the theme " }<b>{ &**name }</b>{ ", which is not here. Without it, layouts and styles are missing." }</p>
            <p>
                { file_input("theme-archive", "Choose its .gem or .zip", Some(".gem,.zip"), false, chosen(on_wish, SiteWish::GiveTheme)) }
                { file_input("theme-folder", "Choose its folder", None, false, chosen(on_wish, SiteWish::GiveTheme)) }
            </p>
        </section>
    }
}

/// Asks what becomes of the links to a file that was renamed.
fn links_to_change(renamed: &RenamedFile, on_wish: &Callback<SiteWish>) -> Html {
    let answer = |change: bool| {
        let on_wish = on_wish.clone();
        move |_: MouseEvent| on_wish.emit(SiteWish::AnswerForLinks(change))
    };
    let count = match renamed.files.len() {
        1 => "One file links to it".to_owned(),
        many => format!("{many} files link to it"),
    };
    html! {
        <section class="site-theme" aria-label="Links to the renamed file">
            <p>{ "The file was " }<b>{ &*renamed.from }</b>{ format!(". {count} by that name, which stops Jekyll:") }</p>
            <ul>{ for renamed.files.iter().take(8).map(|path| html! { <li key={&**path}>{ &**path }</li> }) }</ul>
            <p>
                <button type="button" class="primary" data-action="change-links" onclick={answer(true)}>{ "Change the links" }</button>
                <button type="button" class="quiet-border" data-action="leave-links" onclick={answer(false)}>{ "Leave them" }</button>
            </p>
        </section>
    }
}

/// The buttons for new files and new names, or a question for what is needed.
fn new_files(asking: &UseStateHandle<Option<Asked>>, site: &SiteView, on_wish: &Callback<SiteWish>) -> Html {
    let ask = |what: Option<Asked>| {
        let asking = asking.clone();
        move |_: MouseEvent| asking.set(what.clone())
    };
    // A question about a file that is not in the editor any more is none.
    let asked = (**asking).clone().filter(|asked| match asked {
        Asked::Title { .. } => true,
        Asked::Path { path, .. } => Some(path) == site.current.as_ref(),
    });
    let Some(asked) = asked else {
        let publish = {
            let on_wish = on_wish.clone();
            move |_: MouseEvent| on_wish.emit(SiteWish::Publish)
        };
        let rename =
            site.current.as_ref().map(|path| Asked::Path { path: path.clone(), typed: path.to_string().into() });
        return html! {
            <div class="site-foot">
                <button type="button" data-action="new-post" onclick={ask(Some(Asked::Title { is_draft: false }))}>{ "New post" }</button>
                <button type="button" data-action="new-site-draft" onclick={ask(Some(Asked::Title { is_draft: true }))}>{ "New draft" }</button>
                if rename.is_some() { <button type="button" data-action="rename-site-file" title="Give the file in the editor another name" onclick={ask(rename)}>{ "Rename" }</button> }
                if site.is_draft { <button type="button" data-action="publish" title="Move the draft to the posts, with today’s date" onclick={publish}>{ "Publish" }</button> }
            </div>
        };
    };
    let as_draft = match asked {
        Asked::Title { is_draft } => is_draft,
        Asked::Path { path, typed } => return new_name(asking, site, &path, &typed, on_wish),
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

/// The question for the name of a file, with those that its title and its date would give it.
fn new_name(
    asking: &UseStateHandle<Option<Asked>>,
    site: &SiteView,
    path: &Rc<str>,
    typed: &AttrValue,
    on_wish: &Callback<SiteWish>,
) -> Html {
    let ask = {
        let (asking, path) = (asking.clone(), path.clone());
        move |typed: String| asking.set(Some(Asked::Path { path: path.clone(), typed: typed.into() }))
    };
    let oninput = {
        let ask = ask.clone();
        move |event: InputEvent| ask(event.target_unchecked_into::<HtmlInputElement>().value())
    };
    let onsubmit = {
        let (asking, on_wish, typed) = (asking.clone(), on_wish.clone(), typed.clone());
        move |event: SubmitEvent| {
            event.prevent_default();
            on_wish.emit(SiteWish::Rename(typed.as_str().into()));
            asking.set(None);
        }
    };
    let suggested = site.suggested_paths.iter().filter(|suggested| ***suggested != **typed).map(|suggested| {
        let (ask, name) = (ask.clone(), suggested.to_string());
        let shown = suggested.rsplit('/').next().unwrap_or(suggested).to_owned();
        html! { <button type="button" class="site-suggested" data-suggested={name.clone()} onclick={move |_: MouseEvent| ask(name.clone())}>{ shown }</button> }
    });
    let cancel = {
        let asking = asking.clone();
        move |_: MouseEvent| asking.set(None)
    };
    html! {
        <form class="site-foot site-new" {onsubmit}>
            <label>{ "New name of the file" }<input id="new-file-name" autofocus={true} spellcheck="false" value={typed.clone()} {oninput} /></label>
            if !site.suggested_paths.is_empty() { <p class="quiet">{ "By its date and its title:" }</p> }
            { for suggested }
            if path.contains("_posts/") { <p class="quiet">{ "The address of a post changes with its name." }</p> }
            <button type="submit" class="primary">{ "Rename" }</button>
            <button type="button" onclick={cancel}>{ "Cancel" }</button>
        </form>
    }
}

/// What is not saved yet.
fn unsaved(site: &SiteView, on_wish: &Callback<SiteWish>) -> Html {
    let save = {
        let on_wish = on_wish.clone();
        move |_: MouseEvent| on_wish.emit(SiteWish::Save)
    };
    let count = match site.unsaved {
        1 => "1 file not saved".to_owned(),
        many => format!("{many} files not saved"),
    };
    html! {
        <div class="site-foot">
            <span role="status">{ count }</span>
            <button type="button" class="quiet-border" data-action="save-site" onclick={save}>
                { if site.writes { "Save to the folder" } else { "Download" } }
            </button>
        </div>
    }
}

/// What is kept.
fn kept(site: &SiteView, on_wish: &Callback<SiteWish>) -> Html {
    let wish = |wish: SiteWish| {
        let on_wish = on_wish.clone();
        move |_: MouseEvent| on_wish.emit(wish.clone())
    };
    let permission = &site.permission;
    let list = |hosts: &BTreeSet<String>| hosts.iter().map(String::as_str).collect::<Vec<_>>().join(", ");
    html! {
            <details class="site-kept">
                <summary>{ "Kept in this browser" }</summary>
                <ul>
                    <li>{ format!("the name of the folder, “{}”", site.name) }</li>
                    if site.writes { <li>{ "that the browser may open the folder again, when you allow it" }</li> }
                    <li>{ "the text of _config.yml" }</li>
                    <li>{ "the texts that you have changed, as drafts" }</li>
                    if !permission.hosts.is_empty() { <li>{ format!("that its pages may load from {}", list(&permission.hosts)) }</li> }
                    if !permission.refused.is_empty() { <li>{ format!("that its pages load nothing from {}", list(&permission.refused)) }</li> }
                    if permission.scripts { <li>{ "that its pages run their scripts" }</li> }
                    { for site.themes.iter().map(|name| html! {
                        <li key={&**name} data-theme-kept={name.to_string()}>
                            { "the theme " }{ &**name }{ ", for all sites " }
                            <button type="button" class="quiet-border" onclick={wish(SiteWish::ForgetTheme(name.clone()))}>{ "Forget it" }</button>
                        </li>
                    }) }
                </ul>
                <button type="button" class="quiet-border" data-action="forget-site" onclick={wish(SiteWish::Forget)}>{ "Close and forget the site" }</button>
                <p class="quiet">{ if site.themes.is_empty() { "Drafts stay until you delete them." } else { "Drafts and themes stay until you delete them." } }</p>
            </details>
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
