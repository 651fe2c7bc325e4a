//! What is worth telling a writer about a post that could be read. In: a `Checked`. Out: diagnostics with spans of the
//! whole text, and fixes where one is safe. Neighbours: `post/` and `markdown/` below; `app/` and the
//! command line show the diagnostics.
//!
//! One file holds one check, or a few about the same thing; the table below lists them all. What keeps a text from
//! being read at all is reported by `post/`, not here. A check misses something rather than report what is right. It
//! reports what Jekyll does, and each check was counted on real posts.

mod accidental_table;
mod bare_url;
mod check;
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
mod left_out;
mod link_target;
mod liquid_in_code;
mod liquid_lines;
mod liquid_scan;
mod misspelled_key;
mod paren_list;
mod references;
mod review;
mod similar_tags;
mod single_tilde;
mod tag_commas;
mod title;
mod unclosed_fence;
mod unclosed_html;
mod unknown_language;

#[cfg(test)]
mod properties;
#[cfg(test)]
mod testing;

use crate::text::{Diagnostic, order};

pub use check::Check;
pub use checked::{Checked, Input};
pub use review::{Review, merged};

/// Every check: those of the front matter, then those of the body.
pub static CHECKS: &[Check] = &[
    title::MISSING,
    title::NOT_A_TEXT,
    date::MISSING,
    date::DIFFERS,
    date::MOVED,
    layout_missing::CHECK,
    left_out::CHECK,
    tag_commas::CHECK,
    similar_tags::CHECK,
    misspelled_key::CHECK,
    description_length::CHECK,
    heading_order::SKIPPED,
    heading_order::SECOND_H1,
    duplicate_id::CHECK,
    link_target::CHECK,
    empty_link::CHECK,
    image_alt::CHECK,
    references::UNDEFINED,
    references::UNUSED,
    unclosed_fence::CHECK,
    unknown_language::CHECK,
    liquid_in_code::CHECK,
    accidental_table::CHECK,
    bare_url::CHECK,
    paren_list::CHECK,
    single_tilde::CHECK,
    github_alert::CHECK,
    unclosed_html::CHECK,
    french_spaces::CHECK,
];

/// Runs the checks that are on; the diagnostics come in the order of the text.
pub fn run(checked: &Checked<'_>, is_on: impl Fn(&str) -> bool) -> Vec<Diagnostic> {
    let mut diagnostics: Vec<Diagnostic> =
        CHECKS.iter().filter(|check| is_on(check.code)).flat_map(|check| (check.run)(checked)).collect();
    order::sort_by_key(&mut diagnostics, |diagnostic| diagnostic.span.order());
    diagnostics
}
