//! HTML of a clipboard → clean Markdown that kramdown reads back as the same structure. In: the HTML, and the text that
//! it is pasted into. Out: Markdown, or the answer that the plain text of the clipboard serves better. Neighbours:
//! `markdown/raw_html/` gives the tokens, `markdown/kramdown/` says what escapes are needed, `app/editor/pasting.rs`
//! hears of a paste.
//!
//! `reader.rs` (tokens → `document.rs`) asks `look.rs` what elements and styles mean, `footnotes.rs` which links belong
//! to footnotes, `word_lists.rs` and `tables.rs` for their blocks; `inlines.rs` collapses white space; `writer.rs` writes
//! blocks, `inline_writer.rs` what stands in a line, `escapes.rs` as few backslashes as the parser allows;
//! `insertion.rs` says where it goes. Rules of `<style>` are not read: programs write what matters at the elements.

mod containers;
mod document;
mod escapes;
mod footnotes;
mod inline_writer;
mod inlines;
mod insertion;
mod look;
mod reader;
mod tables;
mod word_lists;
mod writer;

pub use insertion::{PastedEdit, paste_html};

/// What was made of the HTML of a clipboard.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PastedMarkdown {
    /// The Markdown, without a line end at its end.
    pub markdown: String,
    /// How many pictures were left out because they are in the HTML itself or in a file of the other program.
    pub left_out_pictures: usize,
    /// Whether it is a part of one line: no block needs lines of its own.
    pub is_inline: bool,
}

/// The Markdown of the HTML of a clipboard. `None` where it says no more than plain text does: plain paragraphs, or code
/// in the colours of an editor. `text` is what it is pasted into; labels of its footnotes are not used again.
pub fn markdown_of(html: &str, text: &str) -> Option<PastedMarkdown> {
    let document = reader::read(html);
    if !document.has_structure() {
        return None;
    }
    let is_inline = document.is_inline();
    let left_out_pictures = document.left_out_pictures;
    let markdown = writer::write(&document, text);
    (!markdown.is_empty()).then_some(PastedMarkdown { markdown, left_out_pictures, is_inline })
}
