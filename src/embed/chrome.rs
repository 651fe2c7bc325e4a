//! The bars, lists and dialogs of an element: the page's own, drawn into places that `furniture.rs` puts into shadow trees.
//! In: a bench to serve. Out: what is drawn; intents for the bench. Neighbours: `app/page.rs` is the same for the page.
//!
//! What Yew listens to at the root of what it draws, it never lets go. So a chrome whose element has gone is kept for
//! the next one, and there are as many as elements were ever there at the same time.

use std::cell::{OnceCell, RefCell};
use std::rc::Rc;

use web_sys::Element;
use yew::prelude::*;

use super::bench::Bench;
use crate::app::browser::dom::{document, made, sleep};
use crate::app::components::{
    Bar, Intent, help, messages, problems, same_status, same_toolbar, same_top, status_bar, toolbar, views,
};
use crate::app::state::{Action, Dialog, State};

thread_local! {
    static SPARE: RefCell<Vec<Chrome>> = const { RefCell::new(Vec::new()) };
}

/// What is drawn into; it moves from one shadow tree to another.
#[derive(Clone)]
pub struct Places {
    /// The editing commands.
    pub toolbar: Element,
    /// The switch of the panes.
    pub views: Element,
    /// Problems, messages, dialogs.
    pub app: Element,
    /// The line at the bottom.
    pub status: Element,
}

/// What drawing and bench know of each other.
#[derive(Default)]
struct Bond {
    dispatch: OnceCell<UseReducerDispatcher<State>>,
    bench: RefCell<Option<Rc<Bench>>>,
}

/// The chrome of one element at a time.
pub struct Chrome {
    /// Where it is drawn.
    pub places: Places,
    bond: Rc<Bond>,
    /// What Yew draws.
    _app: yew::AppHandle<Bars>,
}

impl Chrome {
    /// One that is drawn and serves nobody.
    pub async fn take() -> Self {
        if let Some(spare) = SPARE.with_borrow_mut(Vec::pop) {
            return spare;
        }
        let page = document();
        let places = Places {
            toolbar: made(&page, "div", &[("id", "toolbar"), ("role", "toolbar"), ("aria-label", "Formatting")]),
            views: made(&page, "div", &[("id", "views")]),
            app: made(&page, "div", &[("id", "app"), ("part", "problems")]),
            status: made(&page, "footer", &[("id", "status"), ("part", "status")]),
        };
        let bond: Rc<Bond> = Rc::default();
        let props = BarsProps { places: places.clone(), bond: Rc::clone(&bond) };
        let app = yew::Renderer::<Bars>::with_root_and_props(places.app.clone(), props).render();
        // Yew draws in tasks of its own, and may put one off for longer than microtasks wait.
        while bond.dispatch.get().is_none() {
            sleep(0).await;
        }
        Self { places, bond, _app: app }
    }

    /// Where actions go.
    pub fn dispatch(&self) -> Option<UseReducerDispatcher<State>> {
        self.bond.dispatch.get().cloned()
    }

    /// Serves a bench from now on.
    pub fn serve(&self, bench: &Rc<Bench>) {
        *self.bond.bench.borrow_mut() = Some(Rc::clone(bench));
    }

    /// Serves nobody any more, and waits for the next.
    pub fn give_back(self) {
        self.bond.bench.borrow_mut().take();
        if let Some(dispatch) = self.bond.dispatch.get() {
            dispatch.dispatch(Action::Begin);
        }
        SPARE.with_borrow_mut(|spare| spare.push(self));
    }
}

/// They never change.
#[derive(Properties)]
struct BarsProps {
    places: Places,
    bond: Rc<Bond>,
}

impl PartialEq for BarsProps {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.bond, &other.bond)
    }
}

#[component]
fn Bars(props: &BarsProps) -> Html {
    let bond = &props.bond;
    let state = use_reducer_eq(|| State { embedded: true, ..State::default() });
    {
        let (bond, dispatch) = (Rc::clone(bond), state.dispatcher());
        use_effect_with((), move |()| drop(bond.dispatch.set(dispatch)));
    }
    {
        let bond = Rc::clone(bond);
        use_effect_with((state.view, state.pane, state.narrow), move |(view, pane, narrow)| {
            if let Some(bench) = &*bond.bench.borrow() {
                bench.show_panes(*view, *pane, *narrow);
            }
        });
    }
    let on_intent = {
        let bond = Rc::clone(bond);
        use_callback((), move |intent: Intent, ()| {
            let bench = bond.bench.borrow().clone();
            if let Some(bench) = bench {
                bench.handle(intent);
            }
        })
    };
    // What the reducer's handle shows changes under it; the bars have to know how they were drawn last.
    let shown = Rc::new((*state).clone());
    let bar = |draw: fn(&State, &Callback<Intent>) -> Html, same: fn(&State, &State) -> bool| {
        html! {
            <Bar state={Rc::clone(&shown)} on_intent={on_intent.clone()} {draw} {same} />
        }
    };
    let places = &props.places;
    html! {
        <>
            { create_portal(bar(toolbar, same_toolbar), places.toolbar.clone()) }
            { create_portal(bar(views, same_top), places.views.clone()) }
            { create_portal(bar(status_bar, same_status), places.status.clone()) }
            if state.problems_open { { problems(&state.problems, &on_intent) } }
            { messages(&state.messages, &on_intent) }
            if state.dialog == Some(Dialog::Help) { { help(&state, &on_intent) } }
        </>
    }
}
