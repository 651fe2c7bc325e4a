//! Which document or page of a site is meant. In: numbers. Out: a type. Neighbours: `model.rs` and `rendering.rs` have what
//! they number.

use super::model::DocumentId;

/// Something that Jekyll renders.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum SiteItem {
    /// A document of a collection: `Site::documents`.
    Document(DocumentId),
    /// A page: `SiteRendering::pages`.
    Page(usize),
    /// The excerpt of a document.
    Excerpt(DocumentId),
    /// The excerpt of a page.
    PageExcerpt(usize),
}

impl SiteItem {
    /// Its excerpt.
    pub(super) fn excerpt(self) -> Self {
        match self {
            Self::Document(document) | Self::Excerpt(document) => Self::Excerpt(document),
            Self::Page(page) | Self::PageExcerpt(page) => Self::PageExcerpt(page),
        }
    }

    /// What it is an excerpt of; itself, if it is none.
    pub(super) fn whole(self) -> Self {
        match self {
            Self::Document(document) | Self::Excerpt(document) => Self::Document(document),
            Self::Page(page) | Self::PageExcerpt(page) => Self::Page(page),
        }
    }
}
