//! Chips alone on a line: what Liquid left there is a block of its own.
//!
//! kramdown has no such rule, as it sees what the tag brought. That is mostly a block: an element of HTML, definitions
//! of links, nothing at all. So the line ends what stands above it as an element would, and what stands below begins
//! again.
//! In: a scanner at the start of a line. Out: a paragraph that nothing joins, and an end of block. Neighbours:
//! `liquid/chip.rs` writes chips, `paragraph.rs` and `block_scanner.rs` ask where a line ends a block.

use crate::liquid::chip;
use crate::markdown::kramdown::KramdownParser;
use crate::markdown::kramdown::block_scanner::BlockScanner;
use crate::markdown::kramdown::block_tree::{BlockKind, BlockNode, Eob, NodeId};
use crate::markdown::kramdown::chars;

/// The first byte of a chip.
pub(super) const FIRST_OF_CHIP: u8 = 0xF4;

/// The end of the line at `pos`, and of the chips in it, if there is nothing else in the line. It may be indented by up
/// to `most` spaces.
pub(super) fn chip_line(text: &str, pos: usize, most: usize) -> Option<(usize, usize)> {
    let mut at = chars::skip_indent(text, pos, most);
    let mut last = None;
    while let Some(length) = text.get(at..).and_then(chip::length) {
        last = Some(at + length);
        at = chars::skip_blanks(text, at + length);
    }
    let end = chars::blank_to_line_end(text, at)?;
    Some((last?, end))
}

impl<'a> KramdownParser<'a> {
    /// Takes the chips at the position.
    pub(super) fn parse_chip_line(&mut self, scanner: &mut BlockScanner<'_>, tree: NodeId) -> bool {
        let Some((last, end)) = chip_line(scanner.text, scanner.pos, 3) else { return false };
        let start = chars::skip_indent(scanner.text, scanner.pos, 3);
        if self.last_child(tree).is_some_and(BlockNode::is_paragraph) {
            self.push_new(tree, BlockNode::new(BlockKind::Eob(Eob::Marker), scanner.origin.span(start, start)));
        }
        let part = scanner.part(start, last);
        self.push_new(tree, BlockNode::with_text(BlockKind::Paragraph { transparent: false, task: None }, part));
        self.push_new(tree, BlockNode::new(BlockKind::Eob(Eob::Marker), scanner.origin.span(last, last)));
        scanner.pos = end;
        true
    }
}

#[cfg(test)]
mod tests {
    use crate::liquid::chip;
    use crate::markdown::{Options, render_html};

    /// The HTML of a body in which `@` stands for a chip, without blank lines.
    fn html(body: &str) -> String {
        let chip = chip::encode("@");
        let html = render_html(&body.replace('@', &chip), &Options::default()).replace(&chip, "@");
        html.lines().filter(|line| !line.is_empty()).map(|line| [line, "\n"].concat()).collect()
    }

    #[test]
    fn chips_alone_on_a_line_are_a_block() {
        assert_eq!(html("@\nText.\n"), "<p>@</p>\n<p>Text.</p>\n");
        assert_eq!(html("Text\n@\nmore @ text\n"), "<p>Text</p>\n<p>@</p>\n<p>more @ text</p>\n");
        assert_eq!(html("  @ @ \n# Head\n"), "<p>@ @</p>\n<h1 id=\"head\">Head</h1>\n");
        assert_eq!(html("@\n- a\n- b\n"), "<p>@</p>\n<ul>\n  <li>a</li>\n  <li>b</li>\n</ul>\n");
        assert_eq!(html("- a\n@\n"), "<ul>\n  <li>a</li>\n</ul>\n<p>@</p>\n");
        assert_eq!(html("@\n@\n"), "<p>@</p>\n<p>@</p>\n");
        assert_eq!(html("@ and text\nmore\n"), "<p>@ and text\nmore</p>\n");
    }

    #[test]
    fn definitions_right_below_count() {
        assert_eq!(html("See [a][].\n\n@\n[a]: /b\n"), "<p>See <a href=\"/b\">a</a>.</p>\n<p>@</p>\n");
        let note = html("x[^1]\n\n@\n[^1]: note\n");
        assert!(note.contains("id=\"fn:1\""), "{note}");
    }
}
