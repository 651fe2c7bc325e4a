//! Findings of the checks while the text moves under them. In: findings and two texts. Out: the findings at their new
//! places. Neighbours: `checks/` find when typing has paused, `app/panel/controller.rs` asks here meanwhile.

use crate::text::{Diagnostic, Edit, Fix, Span, common_ends};

/// The findings in `old` that an edit to `new` left alone, at the places where they stand now.
pub fn moved(findings: &[Diagnostic], old: &str, new: &str) -> Vec<Diagnostic> {
    if findings.is_empty() {
        return Vec::new();
    }
    let (before, after) = common_ends(old.as_bytes(), new.as_bytes());
    let unchanged_from = old.len() - after;
    let shift = |span: Span| {
        if span.end <= before {
            return Some(span);
        }
        let place = |at: usize| (at + new.len()).checked_sub(old.len());
        (span.start >= unchanged_from).then_some(())?;
        Some(Span::new(place(span.start)?, place(span.end)?))
    };
    let fix = |fix: &Fix| {
        let span = shift(fix.edit.span)?;
        let by = |at: usize| (at + span.start).checked_sub(fix.edit.span.start);
        let selection = Span::new(by(fix.edit.selection.start)?, by(fix.edit.selection.end)?);
        Some(Fix { label: fix.label.clone(), edit: Edit { span, text: fix.edit.text.clone(), selection } })
    };
    let found = findings.iter().filter_map(|found| {
        Some(Diagnostic {
            code: found.code.clone(),
            severity: found.severity,
            span: shift(found.span)?,
            message: found.message.clone(),
            fix: found.fix.as_ref().and_then(fix),
        })
    });
    found.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::Review;
    use crate::markdown::Options;
    use crate::post;
    use crate::post::site::SiteSettings;

    const TEXT: &str = "---\ntitle: A\nlayout: post\ntags: [docker]\n---\n\n![](a.png) and [b]()\n";

    fn found(known_tags: &[String]) -> Vec<Diagnostic> {
        let post = post::read("2014-12-08-a.md", TEXT);
        let (settings, options) = (SiteSettings::default(), Options::default());
        Review { post: &post, text: TEXT, settings: &settings, options: &options, known_tags, off: &[] }.findings()
    }

    fn codes(found: &[Diagnostic]) -> Vec<&str> {
        found.iter().map(|found| found.code.as_ref()).collect()
    }

    #[test]
    fn findings_move_with_the_text_and_their_fixes_stay_right() {
        let found = found(&["Docker".to_owned()]);
        let edited = TEXT.replace("![](a", "Words. ![](a");
        let now = moved(&found, TEXT, &edited);
        let at = |found: &[Diagnostic], text: &str| -> Vec<String> {
            found.iter().map(|found| found.span.of(text).to_owned()).collect()
        };
        assert_eq!(at(&now, &edited), at(&found, TEXT));
        let front = TEXT.replace("title: A", "title: An");
        let now = moved(&found, TEXT, &front);
        let fix = now.first().and_then(|found| found.fix.as_ref()).expect("a fix");
        assert_eq!(fix.edit.apply(&front), front.replace("docker", "Docker"));
    }

    #[test]
    fn what_an_edit_touches_waits_for_the_next_look() {
        let found = found(&[]);
        let edited = TEXT.replace("![](a.png)", "![x](a.png)");
        assert_eq!(codes(&moved(&found, TEXT, &edited)), ["link-empty"]);
        assert!(moved(&found, TEXT, "").is_empty());
    }
}
