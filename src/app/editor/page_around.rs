//! What stands around a post while a whole site is open: the page that the site publishes. In: a text that has been
//! rendered. Out: nodes in the frame. Neighbours: `show.rs` asks; `app/site_page.rs` is one, in the part `site`.

use crate::app::preview::frame::PreviewFrame;
use crate::render::Liquid;

/// What stands before the address of a link within the site: a place in the frame, which leads nowhere.
pub const WITHIN: &str = "#apercu-page:";

/// The page around a post.
pub trait PageAround {
    /// Shows the page of this text in the frame, whose body begins at that byte. Whether the blocks of the text stand in
    /// it, and are to be shown.
    fn show(&self, preview: &PreviewFrame, text: &str, body_start: usize) -> bool;

    /// A link to another page of the site was followed; the address is the one that it has in the frame.
    fn open_linked(&self, address: &str);

    /// Styles of other hosts may be loaded from now on.
    fn allow_styles(&self);

    /// Liquid that knows the site.
    fn liquid(&self) -> Liquid;
}
