//! `Outline`: the headings of the text, its figures, and a goal. In: what is known of the text. Out: wishes. Neighbours:
//! `app/writing/outline_pane.rs` draws it beside the text, and does what is wished.

use std::rc::Rc;

use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, HtmlInputElement};
use yew::prelude::*;

use super::icon::icon;
use super::status_bar::grouped;
use crate::writing::figures::Figures;

/// A heading as it is listed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutlineRow {
    /// 1 to 6.
    pub level: u8,
    /// Its text; never empty.
    pub title: Rc<str>,
    /// Whether it can be moved up, or down, with its section.
    pub moves: [bool; 2],
}

/// What the outline shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OutlineView {
    /// The headings, in the order of the text.
    pub rows: Rc<[OutlineRow]>,
    /// The heading whose section the caret is in.
    pub current: Option<usize>,
    /// Figures of the body.
    pub text: Figures,
    /// Figures of what is selected.
    pub selection: Option<Figures>,
    /// So many words are to be written; zero for no goal.
    pub goal: usize,
    /// Goes up when the headings take the focus; the row that takes it.
    pub focus: (u32, usize),
}

/// What a person wants of it.
#[derive(Clone, Debug, PartialEq)]
pub enum OutlineWish {
    /// Put the caret at that heading.
    GoTo(usize),
    /// Move that section before the one above it at its level, or after the one below it.
    Move(usize, bool),
    /// Move that section before another, or to the end.
    MoveBefore(usize, Option<usize>),
    /// Have so many words as a goal.
    Goal(usize),
    /// Put the outline away.
    Close,
}

/// What the outline is given.
#[derive(PartialEq, Properties)]
pub struct OutlineProps {
    /// What it shows.
    pub view: OutlineView,
    /// Takes what a person wants.
    pub on_wish: Callback<OutlineWish>,
}

/// The outline.
#[component]
pub fn Outline(props: &OutlineProps) -> Html {
    let OutlineProps { view, on_wish } = props;
    let tree = use_node_ref();
    // The row that Tab stops at, the row that is dragged, and the one that it would be put before.
    let stop = use_state(|| 0_usize);
    let dragged = use_state(|| None::<usize>);
    let over = use_state(|| None::<usize>);
    let last = view.rows.len().saturating_sub(1);
    let at = (*stop).min(last);
    {
        let (tree, stop) = (tree.clone(), stop.clone());
        use_effect_with(view.focus, move |&(asked, row)| {
            if asked > 0 {
                stop.set(row);
                focus_row(&tree, row);
            }
        });
    }
    let wish = |wish: OutlineWish| {
        let on_wish = on_wish.clone();
        move |_: MouseEvent| on_wish.emit(wish.clone())
    };
    let on_key = {
        let (on_wish, stop, tree) = (on_wish.clone(), stop.clone(), tree.clone());
        move |event: KeyboardEvent| {
            let go = |row: usize| {
                stop.set(row);
                focus_row(&tree, row);
            };
            let plain = !event.ctrl_key() && !event.meta_key() && !event.shift_key();
            match event.key().as_str() {
                "ArrowUp" if plain && event.alt_key() => on_wish.emit(OutlineWish::Move(at, false)),
                "ArrowDown" if plain && event.alt_key() => on_wish.emit(OutlineWish::Move(at, true)),
                _ if event.alt_key() || !plain => return,
                "ArrowUp" => go(at.saturating_sub(1)),
                "ArrowDown" => go((at + 1).min(last)),
                "Home" => go(0),
                "End" => go(last),
                "Enter" | " " => on_wish.emit(OutlineWish::GoTo(at)),
                _ => return,
            }
            event.prevent_default();
        }
    };
    let rows = view.rows.iter().enumerate().map(|(index, row)| {
        let begin = {
            let dragged = dragged.clone();
            move |event: DragEvent| {
                if let Some(data) = event.data_transfer() {
                    // Firefox drags nothing without data.
                    let _ = data.set_data("application/x-section", "");
                    data.set_effect_allowed("move");
                }
                dragged.set(Some(index));
            }
        };
        let enter = {
            let (dragged, over) = (dragged.clone(), over.clone());
            move |event: DragEvent| {
                if dragged.is_some() {
                    event.prevent_default();
                    over.set(Some(index));
                }
            }
        };
        let drop = {
            let (dragged, over, on_wish) = (dragged.clone(), over.clone(), on_wish.clone());
            move |event: DragEvent| {
                event.prevent_default();
                if let Some(from) = *dragged {
                    on_wish.emit(OutlineWish::MoveBefore(from, Some(index)));
                }
                dragged.set(None);
                over.set(None);
            }
        };
        let end = {
            let (dragged, over) = (dragged.clone(), over.clone());
            move |_: DragEvent| {
                dragged.set(None);
                over.set(None);
            }
        };
        let go = {
            let (on_wish, stop) = (on_wish.clone(), stop.clone());
            move |_: MouseEvent| {
                stop.set(index);
                on_wish.emit(OutlineWish::GoTo(index));
            }
        };
        let is_current = view.current == Some(index);
        html! {
            <li role="treeitem" class="outline-row" aria-level={row.level.to_string()} aria-current={is_current.then_some("true")} aria-selected={is_current.to_string()}
                tabindex={if index == at { "0" } else { "-1" }} title={row.title.to_string()} draggable={row.moves.contains(&true).to_string()}
                data-over={(*over == Some(index) && *dragged != Some(index)).then_some("true")} onclick={go} ondragstart={begin} ondragenter={enter.clone()}
                ondragover={enter} ondrop={drop} ondragend={end}>{ &*row.title }</li>
        }
    });
    let to_end = {
        let (dragged, over, on_wish) = (dragged.clone(), over.clone(), on_wish.clone());
        move |event: DragEvent| {
            event.prevent_default();
            if let Some(from) = *dragged {
                on_wish.emit(OutlineWish::MoveBefore(from, None));
            }
            dragged.set(None);
            over.set(None);
        }
    };
    let over_end = {
        let dragged = dragged.clone();
        move |event: DragEvent| {
            if dragged.is_some() {
                event.prevent_default();
            }
        }
    };
    let [up, down] = view.rows.get(at).map_or([false; 2], |row| row.moves);
    html! {
        <>
            <div class="outline-head">
                <h2>{ "Outline" }</h2>
                <button type="button" class="icon-only" disabled={!up} aria-label="Move the section up" title="Move the section up (Alt+↑)"
                    onclick={wish(OutlineWish::Move(at, false))}>{ icon("up") }</button>
                <button type="button" class="icon-only" disabled={!down} aria-label="Move the section down" title="Move the section down (Alt+↓)"
                    onclick={wish(OutlineWish::Move(at, true))}>{ icon("down") }</button>
                <button type="button" class="icon-only" aria-label="Hide the outline" title="Hide" onclick={wish(OutlineWish::Close)}>{ icon("close") }</button>
            </div>
            if view.rows.is_empty() {
                <p class="outline-none">{ "No headings yet." }</p>
            } else {
                <ul ref={tree} role="tree" aria-label="Headings" class="outline-rows" onkeydown={on_key}>{ for rows }</ul>
            }
            <div class="outline-rest" ondragover={over_end} ondrop={to_end}></div>
            { figures(view) }
            { goal(view, on_wish) }
        </>
    }
}

/// The table of figures: the text's, and those of what is selected.
fn figures(view: &OutlineView) -> Html {
    let row = |name: &str, of: fn(&Figures) -> usize, unit: &str| {
        let cell = |figures: &Figures| html! { <td>{ grouped(of(figures)) }{ unit }</td> };
        html! { <tr><th scope="row">{ name }</th>{ cell(&view.text) }if let Some(selection) = &view.selection { { cell(selection) } }</tr> }
    };
    html! {
        <table class="outline-figures">
            <caption class="visually-hidden">{ "Figures of the text" }</caption>
            if view.selection.is_some() {
                <thead><tr><td></td><th scope="col">{ "Text" }</th><th scope="col">{ "Selection" }</th></tr></thead>
            }
            <tbody>
                { row("Words", |figures| figures.words, "") }
                { row("Characters", |figures| figures.characters, "") }
                { row("No spaces", |figures| figures.characters_without_spaces, "") }
                { row("Sentences", |figures| figures.sentences, "") }
                { row("Reading", |figures| figures.minutes, " min") }
            </tbody>
        </table>
    }
}

/// The field for the goal, and how far it is reached.
fn goal(view: &OutlineView, on_wish: &Callback<OutlineWish>) -> Html {
    let choose = {
        let on_wish = on_wish.clone();
        move |event: Event| {
            let field = event.target().and_then(|field| field.dyn_into::<HtmlInputElement>().ok());
            let goal = field.and_then(|field| field.value().trim().parse().ok()).unwrap_or_default();
            on_wish.emit(OutlineWish::Goal(goal));
        }
    };
    let value = if view.goal == 0 { String::new() } else { view.goal.to_string() };
    html! {
        <div class="outline-goal">
            <label>{ "Goal " }<input id="outline-goal" type="number" min="0" step="50" inputmode="numeric" placeholder="none" {value} onchange={choose} />{ " words" }</label>
            if view.goal > 0 {
                <progress aria-label="Words of the goal" max={view.goal.to_string()} value={view.text.words.min(view.goal).to_string()}></progress>
                <span class="outline-reached">{ reached(view.text.words, view.goal) }</span>
            }
        </div>
    }
}

fn reached(words: usize, goal: usize) -> String {
    match goal.checked_sub(words) {
        None | Some(0) => "Reached".into(),
        Some(1) => "1 word to go".into(),
        Some(left) => format!("{} words to go", grouped(left)),
    }
}

fn focus_row(tree: &NodeRef, row: usize) {
    let row = tree.cast::<HtmlElement>().and_then(|tree| tree.children().item(u32::try_from(row).ok()?));
    if let Some(row) = row {
        let _ = row.unchecked_into::<HtmlElement>().focus();
    }
}
