//! A writer's comforts in the browser: the bar that finds and replaces, the palette, the
//! outline, completion, how the editor looks. In: wishes, texts. Out: nodes, edits, ranges in another colour. Neighbours: `writing_tools.rs` is what the page calls; `writing/` has what needs no browser.

pub(crate) mod appearance;
pub(crate) mod completion_list;
pub(crate) mod find_bar;
pub(crate) mod focus_layer;
pub(crate) mod found_in_preview;
pub(crate) mod found_in_text;
pub(crate) mod hit_ranges;
pub(crate) mod link_dialog;
pub(crate) mod outline_pane;
pub(crate) mod own_keys;
pub(crate) mod page_commands;
pub(crate) mod palette_dialog;
pub(crate) mod settings_dialog;
pub(crate) mod without_bars;
pub(crate) mod writing_tools;
pub(crate) mod writing_wish;
