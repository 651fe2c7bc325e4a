//! What is worth telling a writer about a post that could be read. In: a `Checked`. Out: diagnostics with spans of the
//! whole text, and fixes where one is safe. Neighbours: `post/` and `markdown/` below; `app/` shows what is found, and
//! so does the command line.
//!
//! One file holds one check, or a few about the same thing; the table below lists them all. What keeps a text from
//! being read at all is reported by whoever reads it (`post/`), not here. A check rather misses something than cries
//! wolf: what it reports is what Jekyll does, and each was counted on real posts.

mod accidental_table;
mod bare_url;
mod checked;
mod date;
mod description_length;
mod duplicate_id;
mod empty_link;
mod french_spaces;
mod github_alert;
mod heading_order;
mod image_alt;
mod layout_missing;
mod link_target;
mod liquid_in_code;
mod liquid_scan;
mod misspelled_key;
mod paren_list;
mod references;
mod review;
mod similar_tags;
mod single_tilde;
mod tag_commas;
mod title;
mod titles;
mod unclosed_fence;
mod unclosed_html;

#[cfg(test)]
mod properties;
#[cfg(test)]
mod testing;

use crate::text::{Diagnostic, order};

pub use checked::{Checked, Input};
pub use review::{Review, merged};
pub use titles::TITLES;

/// One check.
pub struct Check {
    /// The code of every diagnostic that it gives: what a setting calls it.
    pub code: &'static str,
    /// Finds all there is to find.
    pub run: fn(&Checked<'_>) -> Vec<Diagnostic>,
}

/// Every check: those of the front matter, then those of the body.
pub static CHECKS: &[Check] = &[
    Check { code: "title-missing", run: title::missing },
    Check { code: "title-type", run: title::not_a_text },
    Check { code: "date-missing", run: date::missing },
    Check { code: "date-file-name", run: date::differs },
    Check { code: "date-zone", run: date::moved },
    Check { code: "layout-missing", run: layout_missing::run },
    Check { code: "tags-commas", run: tag_commas::run },
    Check { code: "tags-similar", run: similar_tags::run },
    Check { code: "key-misspelled", run: misspelled_key::run },
    Check { code: "description-long", run: description_length::run },
    Check { code: "heading-skipped", run: heading_order::skipped },
    Check { code: "heading-second-h1", run: heading_order::second_h1 },
    Check { code: "id-duplicate", run: duplicate_id::run },
    Check { code: "link-no-target", run: link_target::run },
    Check { code: "link-empty", run: empty_link::run },
    Check { code: "image-no-alt", run: image_alt::run },
    Check { code: "reference-undefined", run: references::undefined },
    Check { code: "definition-unused", run: references::unused },
    Check { code: "fence-unclosed", run: unclosed_fence::run },
    Check { code: "liquid-in-code", run: liquid_in_code::run },
    Check { code: "table-accidental", run: accidental_table::run },
    Check { code: "url-bare", run: bare_url::run },
    Check { code: "list-paren", run: paren_list::run },
    Check { code: "tilde-single", run: single_tilde::run },
    Check { code: "github-alert", run: github_alert::run },
    Check { code: "html-unclosed", run: unclosed_html::run },
    Check { code: "french-spaces", run: french_spaces::run },
];

/// Runs the checks that are on; the findings come in the order of the text.
pub fn run(checked: &Checked<'_>, is_on: impl Fn(&str) -> bool) -> Vec<Diagnostic> {
    let mut found: Vec<Diagnostic> =
        CHECKS.iter().filter(|check| is_on(check.code)).flat_map(|check| (check.run)(checked)).collect();
    order::sort_by_key(&mut found, |diagnostic| diagnostic.span.order());
    found
}
