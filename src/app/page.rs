//! The root component: state and workbench meet here, and everything drawn is put into the hosts of `index.html`.
//! In: nothing. Out: the running page. Neighbours: `components/` draw, `effects/` do.

use std::rc::Rc;

use yew::prelude::*;

use super::components::{Conflict, Drafts, Help, Intent, Messages, Problems, StatusBar, Toolbar, TopBar};
use super::effects::{Workbench, by_id, install_panic_hook};
use super::state::{Action, Dialog, State, view_name};

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
    let [top_bar, toolbar, status] = &*hosts;
    let dialog = match (state.dialog, &state.versions) {
        (Some(Dialog::Drafts), _) => html! {
            <Drafts rows={state.drafts.clone()} current={state.current.clone()} on_intent={on_intent.clone()} />
        },
        (Some(Dialog::Help), _) => html! { <Help apple={state.apple} on_intent={on_intent.clone()} /> },
        (Some(Dialog::Conflict), Some(versions)) => html! {
            <Conflict versions={versions.clone()} on_intent={on_intent.clone()} />
        },
        _ => html! {},
    };
    html! {
        <>
            { create_portal(html! { <TopBar state={state.clone()} on_intent={on_intent.clone()} /> }, top_bar.clone()) }
            { create_portal(html! { <Toolbar apple={state.apple} on_intent={on_intent.clone()} /> }, toolbar.clone()) }
            { create_portal(html! { <StatusBar state={state.clone()} on_intent={on_intent.clone()} /> }, status.clone()) }
            if state.problems_open { <Problems problems={state.problems.clone()} on_intent={on_intent.clone()} /> }
            <Messages messages={state.messages.clone()} on_intent={on_intent.clone()} />
            { dialog }
            if state.dropping { <div id="drop" aria-hidden="true">{ "Drop the post to open it" }</div> }
        </>
    }
}

/// Starts the page in the document of `index.html`.
pub fn start() {
    install_panic_hook();
    yew::Renderer::<App>::with_root(by_id("app")).render();
}
