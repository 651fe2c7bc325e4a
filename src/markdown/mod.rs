//! From a post's body to sanitized blocks of HTML: dialect → events → tokens → sanitizer → blocks.
//! In: the body and options. Out: blocks with spans. Neighbours: `post/` below, `app/session.rs` above.

pub mod event;
pub mod token;
