//! End-to-end tests: a real browser, the built page, and what a person does with it, in Chromium, Firefox and WebKit.
//! In: the built page (`APERCU_DIST`, default `dist`) and, for the elements, the package (`APERCU_PKG`, default `pkg`). Out: failures, with a picture in `tests/failures`.
//! Neighbours: `support/` is the harness; each other file is one promise of the page, in `element/` of the elements.

#[allow(dead_code, reason = "the benchmark of the keystroke uses the same harness, and other parts of it")]
mod support;

mod accessibility;
mod admin;
mod attacking;
mod attacks;
mod checks;
mod clicking;
mod colours;
mod compare;
mod completion;
mod dialects;
mod divider;
mod drafts;
mod editing;
mod element;
mod examples;
mod failure;
mod file_access;
mod files;
mod finding;
mod form;
mod front_matter;
mod harness;
mod history;
mod initial_preview;
mod keyboard;
mod kills;
mod link_form;
mod links;
mod liquid;
mod network;
mod offline;
mod outline;
mod parts;
mod pasting;
mod patching;
mod phone;
mod pictures;
mod placeholders;
mod publication;
mod scrolling;
mod shortcuts;
mod site_folder;
mod site_page;
mod site_scripts;
mod site_theme;
mod slow_load;
mod storage_trouble;
mod tabs;
mod theme;
mod typing;
mod writing_settings;
