//! Moves diagnostics with the text until the checks run again. In: diagnostics and two texts. Out: the diagnostics at
//! their new places. Neighbours: `checks/` run when typing has paused; `app/editor/diagnostics.rs` calls this until
//! then.

use crate::text::{Diagnostic, Edit, Fix, Span, common_ends};

/// The diagnostics of `old` that the edit to `new` does not touch, with their spans in `new`.
pub fn moved(diagnostics: &[Diagnostic], old: &str, new: &str) -> Vec<Diagnostic> {
    if diagnostics.is_empty() {
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
    let moved = diagnostics.iter().filter_map(|diagnostic| {
        Some(Diagnostic {
            code: diagnostic.code.clone(),
            severity: diagnostic.severity,
            span: shift(diagnostic.span)?,
            message: diagnostic.message.clone(),
            fix: diagnostic.fix.as_ref().and_then(fix),
        })
    });
    moved.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::Review;
    use crate::markdown::Options;
    use crate::post;
    use crate::post::site::SiteSettings;

    const TEXT: &str = "---\ntitle: A\nlayout: post\ntags: [docker]\n---\n\n![](a.png) and [b]()\n";

    fn diagnostics(known_tags: &[String]) -> Vec<Diagnostic> {
        let post = post::read("2014-12-08-a.md", TEXT);
        let (settings, options) = (SiteSettings::default(), Options::default());
        Review {
            post: &post,
            site_post: &post,
            text: TEXT,
            settings: &settings,
            options: &options,
            known_tags,
            off: &[],
        }
        .diagnostics()
    }

    fn codes(diagnostics: &[Diagnostic]) -> Vec<&str> {
        diagnostics.iter().map(|diagnostic| diagnostic.code.as_ref()).collect()
    }

    #[test]
    fn diagnostics_move_with_the_text_and_their_fixes_stay_right() {
        let diagnostics = diagnostics(&["Docker".to_owned()]);
        let edited = TEXT.replace("![](a", "Words. ![](a");
        let now = moved(&diagnostics, TEXT, &edited);
        let at = |diagnostics: &[Diagnostic], text: &str| -> Vec<String> {
            diagnostics.iter().map(|diagnostic| diagnostic.span.of(text).to_owned()).collect()
        };
        assert_eq!(at(&now, &edited), at(&diagnostics, TEXT));
        let front = TEXT.replace("title: A", "title: An");
        let now = moved(&diagnostics, TEXT, &front);
        let fix = now.first().and_then(|diagnostic| diagnostic.fix.as_ref()).expect("a fix");
        assert_eq!(fix.edit.apply(&front), front.replace("docker", "Docker"));
    }

    #[test]
    fn what_an_edit_touches_waits_for_the_next_look() {
        let diagnostics = diagnostics(&[]);
        let edited = TEXT.replace("![](a.png)", "![x](a.png)");
        assert_eq!(codes(&moved(&diagnostics, TEXT, &edited)), ["link-empty"]);
        assert!(moved(&diagnostics, TEXT, "").is_empty());
    }
}
