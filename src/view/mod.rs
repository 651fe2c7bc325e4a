//! What is shown, in words and tokens, without drawing it. In: posts, settings, diagnostics. Out: tokens, sentences,
//! the smallest change of nodes. Knows no browser. Neighbours: `app/` draws it.

pub mod find_near;
pub mod header;
pub mod moved_diagnostics;
pub mod panel;
pub mod publication_view;
pub mod rename;
pub mod scroll_map;
pub mod token_diff;
pub mod words;
