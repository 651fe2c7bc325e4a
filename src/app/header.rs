//! The head of the previewed post: title, author, date, tags, description and badges, as tokens.
//! In: a post as read and its verdict. Out: tokens for the frame's header. Values are text and nothing else.
//! Neighbours: `post/` reads, `effects/preview.rs` shows.
