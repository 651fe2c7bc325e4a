//! What Jekyll reads from a file name and a text: front matter, body, date, slug, publishing.
//! In: file name and text. Out: a `Post` and diagnostics. Neighbours: `text/` below, `markdown/` and `app/` above.
