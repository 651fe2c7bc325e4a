//! `FindBar`: what is looked for, how many hits there are, what they are replaced by. In: what was found. Out: wishes.
//! Neighbours: `app/writing/find_bar.rs` draws it above the text, and finds.

use std::rc::Rc;

use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::icon::icon;
use crate::writing::find::Query;

/// What was found.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FindView {
    /// What is looked for.
    pub query: Query,
    /// Whether the fields for replacing are seen.
    pub replaces: bool,
    /// Whether the preview's words are searched, which cannot be replaced.
    pub in_preview: bool,
    /// How many hits there are.
    pub hits: usize,
    /// Which of them is selected, zero-based.
    pub current: Option<usize>,
    /// What is wrong with the regular expression.
    pub mistake: Option<Rc<str>>,
    /// How many were just replaced.
    pub replaced: Option<usize>,
    /// Goes up when the field takes the focus again.
    pub asked: u32,
    /// Whether keys are an Apple keyboard's.
    pub apple: bool,
}

/// What a person wants of it.
#[derive(Clone, Debug, PartialEq)]
pub enum FindWish {
    /// Look for this.
    Look(Query),
    /// Go to the next hit.
    Next,
    /// Go to the hit before.
    Previous,
    /// Show the fields for replacing, or put them away.
    ShowReplace(bool),
    /// Replace the selected hit by this.
    Replace(Rc<str>),
    /// Replace all hits by this.
    ReplaceAll(Rc<str>),
    /// Put the bar away.
    Close,
}

/// What the bar is given.
#[derive(PartialEq, Properties)]
pub struct FindBarProps {
    /// What it shows.
    pub view: FindView,
    /// Takes what a person wants.
    pub on_wish: Callback<FindWish>,
}

/// The bar.
#[component]
pub fn FindBar(props: &FindBarProps) -> Html {
    let FindBarProps { view, on_wish } = props;
    let field = use_node_ref();
    let replacement = use_state(|| Rc::<str>::from(""));
    {
        let field = field.clone();
        use_effect_with(view.asked, move |_| {
            if let Some(field) = field.cast::<HtmlInputElement>() {
                let _ = field.focus();
                field.select();
            }
        });
    }
    let wish = |wish: FindWish| {
        let on_wish = on_wish.clone();
        move |_: MouseEvent| on_wish.emit(wish.clone())
    };
    let look = {
        let (on_wish, query) = (on_wish.clone(), view.query.clone());
        move |event: InputEvent| on_wish.emit(FindWish::Look(Query { pattern: value_of(&event), ..query.clone() }))
    };
    let typed_replacement = {
        let replacement = replacement.clone();
        move |event: InputEvent| replacement.set(value_of(&event).into())
    };
    let option = |short: &'static str, label: &str, letter: char, on: bool, query: Query| {
        let title = if view.apple { format!("{label} (⌥{letter})") } else { format!("{label} (Alt+{letter})") };
        html! {
            <button type="button" class="find-option" aria-pressed={on.to_string()} aria-label={label.to_owned()} {title}
                onclick={wish(FindWish::Look(query))}>{ short }</button>
        }
    };
    let query = &view.query;
    let options = [
        ("Aa", "Match case", 'C', query.match_case, Query { match_case: !query.match_case, ..query.clone() }),
        ("ab", "Whole words", 'W', query.whole_words, Query { whole_words: !query.whole_words, ..query.clone() }),
        (".*", "Regular expression", 'R', query.is_regex, Query { is_regex: !query.is_regex, ..query.clone() }),
    ];
    let on_key = {
        let (on_wish, options, replacement) = (on_wish.clone(), options.clone(), Rc::clone(&replacement));
        move |event: KeyboardEvent| {
            if event.is_composing() {
                return;
            }
            let in_field = event.target().is_some_and(|target| target.dyn_ref::<HtmlInputElement>().is_some());
            let in_replacement = event
                .target()
                .and_then(|target| target.dyn_into::<HtmlInputElement>().ok())
                .is_some_and(|field| field.id() == "replace-with");
            let primary = event.ctrl_key() || event.meta_key();
            let wish = match event.key().as_str() {
                "Escape" => FindWish::Close,
                "Enter" if in_replacement && primary => FindWish::ReplaceAll(Rc::clone(&replacement)),
                "Enter" if in_replacement => FindWish::Replace(Rc::clone(&replacement)),
                "Enter" if in_field && event.shift_key() => FindWish::Previous,
                "Enter" if in_field => FindWish::Next,
                _ if event.alt_key() && !primary => {
                    let code = event.code();
                    match options.iter().find(|(.., letter, _, _)| code == format!("Key{letter}")) {
                        Some((.., query)) => FindWish::Look(query.clone()),
                        None => return,
                    }
                }
                _ => return,
            };
            event.prevent_default();
            event.stop_propagation();
            on_wish.emit(wish);
        }
    };
    let count = match (view.hits, view.current, view.replaced) {
        (_, _, Some(1)) => "1 replaced".to_owned(),
        (_, _, Some(many)) => format!("{many} replaced"),
        _ if query.pattern.is_empty() => String::new(),
        (0, ..) => "No hits".to_owned(),
        (hits, Some(current), _) => format!("{} of {hits}", current + 1),
        (1, None, _) => "1 hit".to_owned(),
        (hits, None, _) => format!("{hits} hits"),
    };
    let none = view.hits == 0;
    let where_ = if view.in_preview { "Find in the preview" } else { "Find in the text" };
    html! {
        <div class="find" role="search" aria-label={where_} onkeydown={on_key}>
            <div class="find-row">
                if !view.in_preview {
                    <button type="button" class="icon-only find-fold" aria-expanded={view.replaces.to_string()} aria-label="Replace"
                        title="Replace" onclick={wish(FindWish::ShowReplace(!view.replaces))}>{ icon(if view.replaces { "unfolded" } else { "folded" }) }</button>
                }
                <input ref={field} id="find-what" type="text" aria-label={where_} placeholder={where_} autocomplete="off" spellcheck="false"
                    value={query.pattern.clone()} aria-invalid={view.mistake.is_some().to_string()} oninput={look} />
                <span class="find-options">{ for options.into_iter().map(|(short, label, letter, on, query)| option(short, label, letter, on, query)) }</span>
                <span class="find-count" role="status">{ count }</span>
                <span class="find-steps">
                    <button type="button" class="icon-only" disabled={none} aria-label="Previous hit" title="Previous hit (Shift+Enter)" onclick={wish(FindWish::Previous)}>{ icon("up") }</button>
                    <button type="button" class="icon-only" disabled={none} aria-label="Next hit" title="Next hit (Enter)" onclick={wish(FindWish::Next)}>{ icon("down") }</button>
                    <button type="button" class="icon-only" aria-label="Close" title="Close (Esc)" onclick={wish(FindWish::Close)}>{ icon("close") }</button>
                </span>
            </div>
            if view.replaces && !view.in_preview {
                <div class="find-row">
                    <input id="replace-with" type="text" aria-label="Replace with" placeholder="Replace with" autocomplete="off" spellcheck="false"
                        value={replacement.to_string()} oninput={typed_replacement} />
                    <button type="button" class="quiet-border" disabled={none} title="Replace this hit (Enter)" onclick={wish(FindWish::Replace(Rc::clone(&replacement)))}>{ "Replace" }</button>
                    <button type="button" class="quiet-border" disabled={none} title={if view.apple { "⌘↩" } else { "Ctrl+Enter" }} onclick={wish(FindWish::ReplaceAll(Rc::clone(&replacement)))}>{ "Replace all" }</button>
                </div>
            }
            if let Some(mistake) = &view.mistake { <p class="find-mistake" role="alert">{ &**mistake }</p> }
        </div>
    }
}

/// The value of the field that an event comes from.
fn value_of(event: &InputEvent) -> String {
    event
        .target()
        .and_then(|field| field.dyn_into::<HtmlInputElement>().ok())
        .map(|field| field.value())
        .unwrap_or_default()
}
