//! The tab that says whether, where and as what the post is published. In: its words. Out: what is drawn.
//! Neighbours: `panel.rs`; the words are made in `publication_view.rs`.

use yew::prelude::*;

use crate::app::publication_view::{Fact, View};

/// The tab.
pub fn publication(view: &View) -> Html {
    let image = match &view.card.image {
        Some(image) => html! { <span title={image.clone()}>{ image }</span> },
        None => html! { <span>{ "No image" }</span> },
    };
    html! {
        <>
            <p class="verdict" data-mood={view.mood}><strong>{ view.heading }</strong><span>{ &view.reason }</span></p>
            if let Some((heading, reason)) = &view.github_pages {
                <p class="verdict" data-mood="skipped" data-part="github-pages">
                    <strong>{ "On GitHub Pages: " }{ *heading }</strong><span>{ reason }</span>
                </p>
            } else {
                <p class="hint">{ "Jekyll 4 and GitHub Pages do the same." }</p>
            }
            { facts(&view.facts) }
            <h2>{ "When the link is shared" }</h2>
            <div class="card">
                <div class="card-image">{ image }</div>
                <div class="card-text">
                    <span class="card-host">{ &view.card.host }</span>
                    <strong>{ &view.card.title }</strong>
                    <span>{ &view.card.description }</span>
                </div>
            </div>
            <h2>{ "In the feed" }</h2>
            if view.feed.is_empty() {
                <p class="hint">{ "No entry: the post is not published." }</p>
            } else {
                { facts(&view.feed) }
            }
        </>
    }
}

fn facts(facts: &[Fact]) -> Html {
    let rows = facts.iter().map(|fact| {
        let values = fact.values.iter().map(|value| html! { <span>{ value }</span> });
        html! { <><dt>{ fact.name }</dt><dd data-fact={fact.name}>{ for values }</dd></> }
    });
    html! { <dl class="facts">{ for rows }</dl> }
}
