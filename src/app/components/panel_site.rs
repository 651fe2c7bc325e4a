//! The tab of the site's settings: a `_config.yml`, pasted or opened. In: the text and what was read. Out: what is
//! drawn. Neighbours: `panel.rs` hears, `effects/site.rs` reads.

use yew::prelude::*;

use crate::app::panel::SiteView;

/// The tab.
pub fn site(view: &SiteView) -> Html {
    let problems = view.problems.iter().map(|(severity, line, message)| {
        html! { <li data-severity={*severity}><span class="where">{ "Line " }{ *line }</span>{ message }</li> }
    });
    let settings =
        view.settings.iter().map(|(name, value)| html! { <><dt>{ *name }</dt><dd><span>{ value }</span></dd></> });
    html! {
        <>
            <p class="hint">{ "Paste your site's _config.yml here, or open it. It stays in this browser." }</p>
            <label class="visually-hidden" for="site-config">{ "Text of _config.yml" }</label>
            <textarea id="site-config" data-kind="site" spellcheck="false" autocomplete="off" rows="12"
                placeholder="url: https://example.org\npermalink: pretty" value={view.text.to_string()} />
            <div class="row">
                <label class="file-button">
                    { "Open _config.yml" }
                    <input type="file" class="visually-hidden" data-kind="site-file" accept=".yml,.yaml" />
                </label>
                if !view.text.is_empty() { <button type="button" class="quiet-border" data-do="forget-site">{ "Forget it" }</button> }
            </div>
            if !view.problems.is_empty() { <ul class="site-problems" aria-label="Problems of the settings">{ for problems }</ul> }
            if view.settings.is_empty() {
                <p class="hint">{ "Without one, Jekyll's own settings hold." }</p>
            } else {
                <h2>{ "As it was read" }</h2>
                <dl class="facts">{ for settings }</dl>
            }
        </>
    }
}
