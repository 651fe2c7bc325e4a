//! The companion: a second WASM module with what a page seldom needs, loaded when it is first asked for. In: texts. Out:
//! bytes that `wire.rs` writes on its side and reads on the page's. Neighbours: `main.rs` here is the module's entry
//! point; `app/effects/companion.rs` loads it and calls it; everything below is shared source, compiled into both.
//!
//! The checks run there, when typing has paused, and changes of the form become edits. Liquid runs there, for most posts
//! have none. The GitHub dialect lives there: its parser and tables are a sixth of the first download, and most people
//! never look. So do the comparison of two versions (`compare/`), and the panel beside the preview (`app/panel/`), which
//! the module draws into the page by itself, for its nodes have to stay while somebody types in them.

mod blocks;
mod change;
mod findings;
mod heard;
mod lists;
mod remote;
mod template;
mod wire;
#[cfg(target_arch = "wasm32")]
mod zone;

pub use blocks::{Twin, encode_update};
pub use change::{decode_change, decode_edit, encode_change, encode_edit};
pub use findings::{decode_findings, decode_zone, encode_findings, encode_zone};
pub use heard::{Heard, decode_heard, encode_heard};
pub use lists::{decode_lists, encode_blocks, encode_lists};
pub use remote::{Call, Remote};
pub use template::{Template, decode_rendered, encode_rendered};
#[cfg(target_arch = "wasm32")]
pub use zone::zone;
