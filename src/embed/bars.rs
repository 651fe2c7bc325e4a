//! The bars, lists and dialogs of an element: the page's own components, drawn into places of a shadow tree. In: who
//! takes what they ask for. Out: what is drawn; intents. Neighbours: `controller.rs` puts the places into the tree and
//! takes the intents; `app/components/app.rs` is the same for the page.
//!
//! Yew never removes its listeners from the root of what it draws. So the bars of an element that has gone are kept for
//! the next one: there are as many as there were ever elements at the same time.

use std::cell::{OnceCell, RefCell};
use std::rc::Rc;

use web_sys::Element;
use yew::prelude::*;

use crate::app::browser::dom::{document, made, sleep};
use crate::app::components::{Intent, StatusBar, Target, Toolbar, diagnostics, help, messages, views};
use crate::app::state::{Action, OpenDialog, Pane, State, View};

thread_local! {
    static SPARE: RefCell<Vec<ElementBars>> = const { RefCell::new(Vec::new()) };
}

/// What is drawn into; it moves from one shadow tree to another.
#[derive(Clone)]
pub struct Places {
    /// Above the workspace: the editing commands, the switch of the panes.
    pub above: Element,
    /// Below it: diagnostics, messages, dialogs, the line at the bottom.
    pub below: Element,
}

/// Who takes what the bars ask for.
pub trait BarsOwner {
    /// Carries out what a person wants.
    fn handle(self: Rc<Self>, intent: Intent);
    /// Shows the panes of a view; where there is room for one only, the pane decides.
    fn show_panes(&self, view: View, pane: Pane, narrow: bool);
}

/// What the bars and their owner know of each other.
#[derive(Default)]
struct BarsLink {
    dispatch: OnceCell<UseReducerDispatcher<State>>,
    owner: RefCell<Option<Rc<dyn BarsOwner>>>,
}

/// The bars of one element at a time.
pub struct ElementBars {
    /// Where they are drawn.
    pub places: Places,
    link: Rc<BarsLink>,
    /// What Yew draws.
    _app: yew::AppHandle<Bars>,
}

impl ElementBars {
    /// Bars that are drawn and have no owner.
    pub async fn take() -> Self {
        if let Some(spare) = SPARE.with_borrow_mut(Vec::pop) {
            return spare;
        }
        let page = document();
        let places = Places {
            above: made(&page, "div", &[("id", "bar"), ("part", "toolbar")]),
            below: made(&page, "div", &[("id", "app"), ("part", "diagnostics")]),
        };
        let link: Rc<BarsLink> = Rc::default();
        let props = BarsProps { places: places.clone(), link: Rc::clone(&link) };
        let app = yew::Renderer::<Bars>::with_root_and_props(places.below.clone(), props).render();
        // Yew draws in tasks of its own, and may put one off for longer than microtasks wait.
        while link.dispatch.get().is_none() {
            sleep(0).await;
        }
        Self { places, link, _app: app }
    }

    /// Where actions go.
    pub fn dispatch(&self) -> Option<UseReducerDispatcher<State>> {
        self.link.dispatch.get().cloned()
    }

    /// Their owner from now on.
    pub fn set_owner(&self, owner: Rc<dyn BarsOwner>) {
        *self.link.owner.borrow_mut() = Some(owner);
    }

    /// They have no owner any more, and are kept for the next.
    pub fn give_back(self) {
        self.places.above.remove();
        self.places.below.remove();
        self.link.owner.borrow_mut().take();
        if let Some(dispatch) = self.link.dispatch.get() {
            dispatch.dispatch(Action::Begin);
        }
        SPARE.with_borrow_mut(|spare| spare.push(self));
    }
}

/// They never change.
#[derive(Properties)]
struct BarsProps {
    places: Places,
    link: Rc<BarsLink>,
}

impl PartialEq for BarsProps {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.link, &other.link)
    }
}

#[component]
fn Bars(props: &BarsProps) -> Html {
    let link = &props.link;
    let state = use_reducer_eq(|| State { embedded: true, ..State::default() });
    {
        let (link, dispatch) = (Rc::clone(link), state.dispatcher());
        use_effect_with((), move |()| drop(link.dispatch.set(dispatch)));
    }
    {
        let link = Rc::clone(link);
        use_effect_with((state.view, state.pane, state.narrow), move |(view, pane, narrow)| {
            if let Some(owner) = &*link.owner.borrow() {
                owner.show_panes(*view, *pane, *narrow);
            }
        });
    }
    let on_intent = {
        let link = Rc::clone(link);
        use_callback((), move |intent: Intent, ()| {
            let owner = link.owner.borrow().clone();
            if let Some(owner) = owner {
                owner.handle(intent);
            }
        })
    };
    let target = &Target::Bars;
    html! {
        <>
            { create_portal(html! {
                <>
                    <Toolbar {target} apple={state.apple} on_intent={on_intent.clone()} />
                    <div id="views">{ views(state.shown(), &on_intent) }</div>
                </>
            }, props.places.above.clone()) }
            if state.diagnostics_open { { diagnostics(&state.diagnostics, &on_intent) } }
            { messages(target, &state.messages, &on_intent) }
            if state.dialog == Some(OpenDialog::Help) { { help(&state, &on_intent, None) } }
            <StatusBar {target} counts={state.counts} diagnostics={state.diagnostics.clone()} diagnostics_open={state.diagnostics_open}
                dialects={state.dialects} publication={state.panel.line.clone()} {on_intent} />
        </>
    }
}
