//! The root component of an element: the same bars, lists and dialogs as the page's, in the places of `furniture.rs`.
//! In: what the desk stands in. Out: what is drawn; a bench. Neighbours: `app/page.rs` is the same for the page.

use std::cell::OnceCell;
use std::rc::Rc;

use js_sys::Function;
use web_sys::{Element, HtmlElement, HtmlTextAreaElement, ShadowRoot};
use yew::prelude::*;

use super::bench::Bench;
use crate::app::components::{
    Bar, Intent, help, messages, problems, same_status, same_toolbar, same_top, status_bar, toolbar, views,
};
use crate::app::effects::Root;
use crate::app::state::{Dialog, State, View, view_name};

/// What an element is mounted with.
pub struct Seed {
    /// The custom element.
    pub host: HtmlElement,
    /// Its shadow root, furnished.
    pub root: ShadowRoot,
    /// The textarea.
    pub textarea: HtmlTextAreaElement,
    /// Loads the companion module.
    pub load: Function,
    /// Whether there is a preview alone.
    pub preview_only: bool,
    /// The bench, once it is there.
    pub bench: OnceCell<Rc<Bench>>,
}

/// The seed never changes.
#[derive(Properties)]
pub struct ChromeProps {
    /// What the element is mounted with.
    pub seed: Rc<Seed>,
}

impl PartialEq for ChromeProps {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.seed, &other.seed)
    }
}

/// The chrome of one element.
#[component]
pub fn Chrome(props: &ChromeProps) -> Html {
    let seed = &props.seed;
    let state = use_reducer_eq(|| State { embedded: true, ..State::default() });
    let bench = {
        let (dispatch, seed) = (state.dispatcher(), Rc::clone(seed));
        use_memo((), move |()| Bench::new(dispatch, &seed))
    };
    {
        let (bench, seed) = (Rc::clone(&bench), Rc::clone(seed));
        use_effect_with((), move |()| {
            bench.start();
            let _ = seed.bench.set((*bench).clone());
        });
    }
    let root = Root::shadow(seed.root.clone());
    {
        let root = root.clone();
        use_effect_with((state.view, state.pane, state.narrow), move |(view, pane, narrow)| {
            let workspace: Element = root.by_id("workspace");
            // Where there is room for one pane only, the pane decides.
            let view = if *narrow { View::Split } else { *view };
            let _ = workspace.set_attribute("data-view", view_name(view));
            let _ = workspace.set_attribute("data-pane", pane.name());
        });
    }
    let on_intent = {
        let bench = Rc::clone(&bench);
        use_callback((), move |intent: Intent, ()| bench.handle(intent))
    };
    let hosts = use_memo((), |()| ["toolbar", "views", "status"].map(|id| root.by_id::<Element>(id)));
    let [beside, above, below] = &*hosts;
    // What the reducer's handle shows changes under it; the bars have to know how they were drawn last.
    let shown = Rc::new((*state).clone());
    let bar = |draw: fn(&State, &Callback<Intent>) -> Html, same: fn(&State, &State) -> bool| {
        html! {
            <Bar state={Rc::clone(&shown)} on_intent={on_intent.clone()} {draw} {same} />
        }
    };
    if seed.preview_only {
        return html! { { messages(&state.messages, &on_intent) } };
    }
    html! {
        <>
            { create_portal(bar(toolbar, same_toolbar), beside.clone()) }
            { create_portal(bar(views, same_top), above.clone()) }
            { create_portal(bar(status_bar, same_status), below.clone()) }
            if state.problems_open { { problems(&state.problems, &on_intent) } }
            { messages(&state.messages, &on_intent) }
            if state.dialog == Some(Dialog::Help) { { help(&state, &on_intent) } }
        </>
    }
}
