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
use crate::app::components::{Intent, StatusBar, Target, Toolbar, help, messages, problems, views};
use crate::app::state::{Action, Dialog, State};

thread_local! {
    static SPARE: RefCell<Vec<Chrome>> = const { RefCell::new(Vec::new()) };
}

/// What is drawn into; it moves from one shadow tree to another.
#[derive(Clone)]
pub struct Places {
    /// Above the workspace: the editing commands, the switch of the panes.
    pub above: Element,
    /// Below it: problems, messages, dialogs, the line at the bottom.
    pub below: Element,
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
            above: made(&page, "div", &[("id", "bar"), ("part", "toolbar")]),
            below: made(&page, "div", &[("id", "app"), ("part", "problems")]),
        };
        let bond: Rc<Bond> = Rc::default();
        let props = BarsProps { places: places.clone(), bond: Rc::clone(&bond) };
        let app = yew::Renderer::<Bars>::with_root_and_props(places.below.clone(), props).render();
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
    let target = Target::Element;
    html! {
        <>
            { create_portal(html! {
                <>
                    <Toolbar {target} apple={state.apple} on_intent={on_intent.clone()} />
                    <div id="views">{ views(state.shown(), &on_intent) }</div>
                </>
            }, props.places.above.clone()) }
            if state.problems_open { { problems(&state.problems, &on_intent) } }
            { messages(target, &state.messages, &on_intent) }
            if state.dialog == Some(Dialog::Help) { { help(&state, &on_intent) } }
            <StatusBar {target} counts={state.counts} problems={state.problems.clone()} problems_open={state.problems_open}
                dialects={state.dialects} publication={state.panel.line.clone()} embedded={true} {on_intent} />
        </>
    }
}
