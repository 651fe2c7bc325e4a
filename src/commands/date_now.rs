//! The date of the moment. In: a snapshot and the time on the writer's clock. Out: an edit. Neighbours:
//! `post/edit.rs` writes the front matter; the caller has the clock.

use super::changes::Changes;
use super::{Snapshot, region};
use crate::post::date::DateTime;
use crate::post::edit::{self, EditValue};
use crate::text::{Edit, Span};

/// In the front matter: sets the post's date to `now`. In the body: writes the day in place of the selection.
pub fn date_now(snapshot: &Snapshot, now: &DateTime) -> Option<Edit> {
    snapshot.selected()?;
    let Snapshot { text, selection } = *snapshot;
    if selection.start < region::front_matter_end(text) {
        let edit = edit::set(text, "date", &EditValue::Date(*now))?;
        let mut changes = Changes::new(text);
        changes.replace(edit.span, edit.text);
        return changes.edit(edit.selection);
    }
    let day = now.iso_day();
    let mut changes = Changes::new(text);
    changes.replace(selection, day.as_str());
    changes.edit(Span::at(selection.start + day.len()))
}

#[cfg(test)]
mod tests {
    use super::super::caret::{check, declines, run};
    use super::*;

    fn now() -> DateTime {
        let day = DateTime::day(2026, 3, 5).expect("a day");
        DateTime::time(day, 9, 7, 4, Some(60)).expect("a time")
    }

    #[test]
    fn the_front_matter_gets_the_time_and_the_body_the_day() {
        check(
            |s| date_now(s, &now()),
            &[("é |x|", "é 2026-03-05|"), ("---\na: 1\n---\n|", "---\na: 1\n---\n2026-03-05|")],
        );
        for before in ["---\ntitle:| é\n---\n", "---\ndate: 2020-01-01 |10:00:00 +0000\n---\n"] {
            let after = run(|s| date_now(s, &now()), before).expect("an edit").replace('|', "");
            assert!(after.contains("date: 2026-03-05 09:07:04 +0100\n"), "{after}");
        }
        declines(|s| date_now(s, &now()), &["---\ndate: 2026-03-05 09:07:04 +0100|\n---\n"]);
    }
}
