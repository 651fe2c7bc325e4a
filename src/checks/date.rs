//! The date: none, another one than in the file name, or one that the site's time zone moves to another day.
//! Rules: `document.rb` (`modify_date`), `utils.rb` (`parse_date`) and `post_reader.rb` of Jekyll.

use super::{Check, Checked};
use crate::post::date::{DateKind, DateTime};
use crate::post::edit::{self, EditValue};
use crate::post::file_name::{FileDate, Folder};
use crate::post::yaml::YamlEntry;
use crate::text::{Diagnostic, Fix, Severity};

/// Neither the file name nor the front matter has a date.
pub(super) const MISSING: Check = Check {
    code: "date-missing",
    title: "No date",
    reason: "Jekyll ignores a file in `_posts` whose name does not begin with a date.",
    severity: Severity::Note,
    fixable: false,
    run: missing,
};

fn missing(checked: &Checked<'_>) -> Vec<Diagnostic> {
    let Some(front) = checked.front() else { return Vec::new() };
    let name = &checked.input.post.file_name;
    if !name.is_post() {
        return Vec::new();
    }
    if front.entry("date").is_some() || name.date != FileDate::None || name.folder == Folder::Drafts {
        return Vec::new();
    }
    let message = "The post has no date. Begin the file name with one (2014-12-08-title.md): Jekyll ignores a file in _posts without it.";
    vec![MISSING.diagnostic(checked.front_line(), message)]
}

/// The date as it is written, and its entry.
fn written<'t>(checked: &Checked<'t>) -> Option<(DateTime, &'t YamlEntry)> {
    let front = checked.front()?;
    Some((front.date?, front.entry("date")?))
}

fn file_day(checked: &Checked<'_>) -> Option<DateTime> {
    match checked.input.post.file_name.date {
        FileDate::Day(day) => Some(day),
        _ => None,
    }
}

fn same_day(one: &DateTime, other: &DateTime) -> bool {
    (one.year, one.month, one.day) == (other.year, other.month, other.day)
}

/// Another day than that of the file name.
pub(super) const DIFFERS: Check = Check {
    code: "date-file-name",
    title: "Date differs from the file name",
    reason: "Jekyll takes the `date` of the front matter, for the address of the post too.",
    severity: Severity::Note,
    fixable: false,
    run: differs,
};

fn differs(checked: &Checked<'_>) -> Vec<Diagnostic> {
    let (Some((date, entry)), Some(day)) = (written(checked), file_day(checked)) else { return Vec::new() };
    let site = checked.input.settings.zone.on_site(&date);
    if same_day(&date, &day) || same_day(&site, &day) {
        return Vec::new();
    }
    let message = [
        "The file name says ",
        &day.iso_day(),
        ". Jekyll takes the date that is written here, for the address of the post too: ",
        &site.iso_day(),
        ".",
    ];
    vec![DIFFERS.diagnostic(entry.value_span, message.concat())]
}

/// A day that is another one on the site's clock.
pub(super) const MOVED: Check = Check {
    code: "date-zone",
    title: "Time zone moves the day",
    reason: "Jekyll converts a date to the time zone of the site, and that may change its day.",
    severity: Severity::Warning,
    fixable: true,
    run: moved,
};

fn moved(checked: &Checked<'_>) -> Vec<Diagnostic> {
    let Some((date, entry)) = written(checked) else { return Vec::new() };
    let zone = &checked.input.settings.zone;
    let site = zone.on_site(&date);
    // If the file name has the site's day, the date is intended.
    let known = file_day(checked).is_some_and(|day| same_day(&day, &site));
    if date.kind == DateKind::Day || same_day(&date, &site) || known {
        return Vec::new();
    }
    let value = entry.value_span.of(checked.input.text);
    let zoned = has_zone(value);
    let why = if zoned { "" } else { " A time without a zone counts as UTC." };
    // Without a zone in the settings, the machine that builds has one.
    let is_known = checked.input.settings.timezone.is_some();
    let clock = if is_known { "On the site's clock" } else { "Where the site is built in UTC, as on GitHub Pages," };
    let message =
        [clock, " this is ", &site.for_front_matter(), ": the post comes out under ", &site.iso_day(), ".", why];
    let mut diagnostic = MOVED.diagnostic(entry.value_span, message.concat());
    if !is_known {
        diagnostic.severity = Severity::Note;
    }
    if !zoned {
        // The same clock time, on the site's clock.
        let local = DateTime { offset: None, ..date };
        let meant = DateTime { offset: Some(zone.offset_at(zone.unix(&local))), ..date };
        diagnostic.fix = edit::set(checked.input.text, "date", &EditValue::Date(meant))
            .map(|edit| Fix { label: "Add the site's time zone".to_owned(), edit });
    }
    vec![diagnostic]
}

/// Whether a date has a zone after its time.
fn has_zone(value: &str) -> bool {
    let time = value.find(':').and_then(|colon| value.get(colon..)).unwrap_or("");
    time.contains(['+', '-']) || time.contains(|c: char| c.is_ascii_alphabetic())
}

#[cfg(test)]
mod tests {
    use crate::checks::testing::{Case, none};
    use crate::post::publishing::SiteSettings;
    use crate::post::zone::Zone;

    #[test]
    fn a_post_has_a_date() {
        Case::named("date-missing", "a.md", "---\ntitle: x\n---\n").at(&["---"]);
        Case::named("date-missing", "a.md", "---\ndate: 2014-12-08\n---\n").at(&[]);
        Case::named("date-missing", "_drafts/a.md", "---\ntitle: x\n---\n").at(&[]);
        Case::named("date-missing", "docs/a.md", "---\ntitle: x\n---\n").at(&[]);
        none("date-missing", &["---\ntitle: x\n---\n"]);
    }

    #[test]
    fn a_date_agrees_with_the_file_name() {
        Case::new("date-file-name", "---\ndate: 2014-12-10\n---\n").at(&["2014-12-10"]);
        none(
            "date-file-name",
            &["---\ndate: 2014-12-08 23:00:00\n---\n", "---\ndate: 2014-12-09 00:30:00 +0100\n---\n"],
        );
    }

    #[test]
    fn a_zone_may_move_the_day() {
        let new_york = || SiteSettings {
            zone: Zone::fixed("America/New_York", -300),
            timezone: Some("America/New_York".to_owned()),
            ..SiteSettings::default()
        };
        Case::new("date-zone", "---\ndate: 2014-12-08 02:30:00 # night\n---\n")
            .on(new_york())
            .at(&["2014-12-08 02:30:00"])
            .fixed("---\ndate: 2014-12-08 02:30:00 -0500 # night\n---\n");
        Case::new("date-zone", "---\ndate: 2014-12-08 00:30:00 +0100\n---\n").at(&["2014-12-08 00:30:00 +0100"]);
        for good in [
            "2014-12-09 02:30:00",
            "2014-12-08 02:30",
            "2014-12-08",
            "2014-12-08 12:00:00",
            "2014-12-08 23:00:00 -0500",
        ] {
            Case::new("date-zone", &["---\ndate: ", good, "\n---\n"].concat()).on(new_york()).at(&[]);
        }
    }
}
