//! A page's part of the posts (jekyll-paginate 1.1.0, pager.rb). In: numbers and paths. Out: what `paginator` has.
//! Neighbours: `plugins/` makes them; `environment.rs` gives them to Liquid.

/// A page's part of the posts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Pager {
    /// Which page it is, from 1.
    pub(super) page: usize,
    /// How many posts a page has.
    pub(super) per_page: usize,
    /// How many posts there are.
    pub(super) total_posts: usize,
    /// How many pages there are.
    pub(super) total_pages: usize,
    /// The posts of this page: documents of the site.
    pub(super) posts: Vec<usize>,
    /// The address of the page before, if there is one.
    pub(super) previous_path: Option<String>,
    /// The address of the page after, if there is one.
    pub(super) next_path: Option<String>,
}
