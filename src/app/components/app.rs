//! `App`, the whole page as one tree: top bar, workspace, panel, status bar, diagnostics, messages, dialogs. In: where
//! it is drawn, and what starts the page once the tree stands. Out: the nodes, and what a person wants. Neighbours:
//! `page.rs` draws it in the browser, `prerender.rs` writes it into `index.html` before.

use std::rc::Rc;

use yew::prelude::*;

use super::{Intent, StatusBar, Target, Toolbar, TopBar, Workspace, diagnostics, messages};
use crate::app::state::{Action, Pane, State};
use crate::markdown::token::Token;

impl Reducible for State {
    type Action = Action;

    fn reduce(self: Rc<Self>, action: Action) -> Rc<Self> {
        let next = self.after(action);
        if next == *self { self } else { next.into() }
    }
}

/// What is called once, when the tree stands in the page: it takes what changes the state, and returns what does what
/// the intents ask for.
pub type Start = Callback<UseReducerDispatcher<State>, Callback<Intent>>;

/// What the page is given.
#[derive(PartialEq, Properties)]
pub struct AppProps {
    /// Where it is drawn.
    pub target: Target,
    /// The pane that a narrow screen shows at first.
    pub pane: Pane,
    /// Starts everything that works on the tree.
    pub start: Start,
    /// Draws the panel.
    pub panel: Callback<(Rc<[Token<'static>]>, Callback<Intent>), Html>,
    /// Draws the open dialog.
    pub dialog: Callback<(State, Callback<Intent>), Html>,
}

/// The page.
#[component]
pub fn App(props: &AppProps) -> Html {
    let pane = props.pane;
    let state = use_reducer_eq(move || State { pane, ..State::default() });
    let running = use_state(|| None);
    {
        let (start, dispatch, running) = (props.start.clone(), state.dispatcher(), running.clone());
        use_effect_with((), move |()| running.set(Some(start.emit(dispatch))));
    }
    let target = &props.target;
    let on_intent: Callback<Intent> = (*running).clone().unwrap_or_else(Callback::noop);
    html! {
        <>
            <TopBar {target} file_name={state.file_name.clone()} differs_from_file={state.differs_from_file} saved={state.saved.clone()}
                shown={state.shown()} dark={state.is_dark()} apple={state.apple} panel_open={state.panel.tab.is_some()}
                on_intent={on_intent.clone()} />
            <Workspace {target} view={state.view} pane={state.pane}>
                <Toolbar {target} apple={state.apple} on_intent={on_intent.clone()} />
            </Workspace>
            { target.adopt(html! {
                <div id="panel-host">
                    if state.panel.tab.is_some() {
                        if state.panel.tokens.is_empty() {
                            <aside id="panel" aria-label="About the post" aria-busy="true">{ "Loading…" }</aside>
                        } else {
                            { props.panel.emit((state.panel.tokens.clone(), on_intent.clone())) }
                        }
                    }
                </div>
            }) }
            <StatusBar {target} counts={state.counts} diagnostics={state.diagnostics.clone()} diagnostics_open={state.diagnostics_open}
                dialects={state.dialects} publication={state.panel.line.clone()} on_intent={on_intent.clone()} />
            if state.diagnostics_open { { diagnostics(&state.diagnostics, &on_intent) } }
            { messages(target, &state.messages, &on_intent) }
            if state.dialog.is_some() { { props.dialog.emit(((*state).clone(), on_intent.clone())) } }
            if state.dropping { <div id="drop" aria-hidden="true">{ "Drop a post, or a site’s folder, to open it" }</div> }
        </>
    }
}
