//! `Bar`: draws one of the bars, and draws it again only when something that it shows has changed. In: how to draw it,
//! and when it looks the same. Out: what was drawn. Neighbours: `page.rs`; the bars themselves are plain functions.

use std::rc::Rc;

use yew::prelude::*;

use super::Intent;
use crate::app::state::State;

/// A bar of the page.
#[derive(Properties)]
pub struct BarProps {
    /// Everything there is to show.
    pub state: Rc<State>,
    /// Takes what a person wants.
    pub on_intent: Callback<Intent>,
    /// Draws the bar.
    pub draw: fn(&State, &Callback<Intent>) -> Html,
    /// Whether the bar looks the same in both states. `on_intent` and `draw` stay what they were.
    pub same: fn(&State, &State) -> bool,
}

impl PartialEq for BarProps {
    fn eq(&self, other: &Self) -> bool {
        (self.same)(&self.state, &other.state)
    }
}

/// The bar.
#[component]
pub fn Bar(props: &BarProps) -> Html {
    (props.draw)(&props.state, &props.on_intent)
}
