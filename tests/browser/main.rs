//! End-to-end tests: a real browser, the built page, and what a person does with it, in Chromium, Firefox and WebKit.
//! In: the built page (`APERCU_DIST`, default `dist`). Out: failures, with a picture in `tests/failures`.
//! Neighbours: `support/` is the harness; each other file is one promise of the page.

mod support;

mod harness;
