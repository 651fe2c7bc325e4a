//! The companion module's entry point. In: calls of the page. Out: bytes for `Twin`. Neighbours: `mod.rs`,
//! `app/effects/companion.rs`.

#[cfg(target_arch = "wasm32")]
mod exports {
    use std::cell::RefCell;

    use apercu::companion::{encode_rendered, encode_update};
    use apercu::liquid::of_post;
    use apercu::markdown::block::BlockStore;
    use apercu::markdown::{Options, render_html};
    use apercu::post::{self, site};
    use wasm_bindgen::prelude::wasm_bindgen;

    /// A body as HTML, in Jekyll's dialect, **not** sanitized: for comparisons. Never put it into a page.
    #[wasm_bindgen]
    pub fn html(body: &str) -> String {
        render_html(body, &Options::default())
    }

    /// Runs Liquid over the body of a post. `config` is the text of the site's `_config.yml`, `now` the time in seconds
    /// since 1970.
    #[wasm_bindgen]
    pub fn liquid(name: &str, text: &str, config: &str, now: f64) -> Vec<u8> {
        let settings = site::read(config).settings;
        let post = post::read(name, text);
        encode_rendered(&of_post(text, &post, &settings, now as i64))
    }

    thread_local! {
        static GITHUB: RefCell<BlockStore> = RefCell::default();
    }

    /// Renders a body in GitHub's dialect; the change since the last call, or from nothing where `anew`.
    #[wasm_bindgen]
    pub fn github(body: &str, anew: bool) -> Vec<u8> {
        GITHUB.with_borrow_mut(|store| {
            if anew {
                *store = BlockStore::new();
            }
            let patch = store.update_github(body);
            encode_update(store, &patch)
        })
    }
}

fn main() {}
