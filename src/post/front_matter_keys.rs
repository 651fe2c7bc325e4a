//! The keys of a front matter that have a meaning nearly everywhere. In: nothing. Out: names. Neighbours:
//! `checks/misspelled_key.rs` and `writing/completion/` use them.

/// The keys that Jekyll, or nearly every theme, gives a meaning, the likeliest first.
pub const KEYS: [&str; 19] = [
    "layout",
    "title",
    "date",
    "tags",
    "categories",
    "published",
    "permalink",
    "description",
    "author",
    "excerpt",
    "excerpt_separator",
    "category",
    "comments",
    "redirect_from",
    "render_with_liquid",
    "image",
    "lang",
    "slug",
    "tag",
];
