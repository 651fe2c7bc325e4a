//! The companion module's entry point. In: calls of the page. Out: bytes for `Twin`. Neighbours: `mod.rs`,
//! `app/effects/companion.rs`.

#[cfg(target_arch = "wasm32")]
mod exports {
    use std::cell::RefCell;

    use apercu::companion::encode_update;
    use apercu::markdown::block::BlockStore;
    use wasm_bindgen::prelude::wasm_bindgen;

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
