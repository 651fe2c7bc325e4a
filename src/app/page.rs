//! The root component: state and workbench meet here, and everything drawn is put into the hosts of `index.html`.
//! In: nothing. Out: the running page. Neighbours: `components/` draw, the rest of `app/` does.

use std::rc::Rc;

use yew::prelude::*;

use super::components::{
    Bar, Intent, conflict, drafts, help, messages, plain, problems, same_status, same_toolbar, same_top, status_bar,
    toolbar, top_bar,
};
use super::state::{Action, Dialog, State, view_name};
use crate::app::browser::dom::by_id;
use crate::app::browser::panic::install_panic_hook;
use crate::app::preview::initial::end_first;
use crate::app::workbench::Workbench;

impl Reducible for State {
    type Action = Action;

    fn reduce(self: Rc<Self>, action: Action) -> Rc<Self> {
        let next = self.after(action);
        if next == *self { self } else { next.into() }
    }
}

#[component]
fn App() -> Html {
    let state = use_reducer_eq(State::default);
    let bench = {
        let dispatch = state.dispatcher();
        use_memo((), move |()| Workbench::new(dispatch))
    };
    {
        let bench = Rc::clone(&bench);
        use_effect_with((), move |()| bench.start());
    }
    use_effect_with((state.view, state.pane), |(view, pane)| {
        let workspace: web_sys::Element = by_id("workspace");
        let _ = workspace.set_attribute("data-view", view_name(*view));
        let _ = workspace.set_attribute("data-pane", pane.name());
    });
    let on_intent = {
        let bench = Rc::clone(&bench);
        use_callback((), move |intent: Intent, ()| bench.handle(intent))
    };
    let hosts = use_memo((), |()| ["top-bar", "toolbar", "status"].map(by_id::<web_sys::Element>));
    let [above, beside, below] = &*hosts;
    // What the reducer's handle shows changes under it; the bars have to know how they were drawn last.
    let shown = Rc::new((*state).clone());
    let bar = |draw: fn(&State, &Callback<Intent>) -> Html, same: fn(&State, &State) -> bool| {
        html! {
            <Bar state={Rc::clone(&shown)} on_intent={on_intent.clone()} {draw} {same} />
        }
    };
    let dialog = match (state.dialog, &state.versions) {
        (Some(Dialog::Drafts), _) => drafts(&state, &on_intent),
        (Some(Dialog::Help), _) => help(&state, &on_intent),
        (Some(Dialog::Compare), _) => plain("compare", "Compare", &on_intent, html! { <div id="compare-host"></div> }),
        (Some(Dialog::Conflict), Some(versions)) => conflict(versions, &on_intent),
        _ => html! {},
    };
    html! {
        <>
            { create_portal(bar(top_bar, same_top), above.clone()) }
            { create_portal(bar(toolbar, same_toolbar), beside.clone()) }
            { create_portal(bar(status_bar, same_status), below.clone()) }
            if state.problems_open { { problems(&state.problems, &on_intent) } }
            { messages(&state.messages, &on_intent) }
            { dialog }
            if state.dropping { <div id="drop" aria-hidden="true">{ "Drop the post to open it" }</div> }
        </>
    }
}

/// Starts the page in the document of `index.html`.
pub fn start() {
    end_first();
    install_panic_hook();
    yew::Renderer::<App>::with_root(by_id("app")).render();
}
