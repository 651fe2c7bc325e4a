//! Filters of dates (standardfilters.rb and Jekyll's filters/date_filters.rb). In: a call. Out: text.
//! Neighbours: `mod.rs` dispatches; `strftime.rs` writes.

use super::super::strftime::strftime;
use super::super::value::{Value, leading_int};
use super::{Call, Fails};
use crate::post::date::DateTime;
use crate::post::date_text::{self, DateText};

impl Call<'_, '_> {
    /// The result of a filter of dates; `None` for another filter.
    pub(super) fn time_filter(&mut self, name: &str) -> Option<Result<Value, Fails>> {
        let long = match name {
            "date" => {
                let format = self.argument_text(0);
                let read = if format.is_empty() { Date::None } else { self.date() };
                return Some(Ok(match read {
                    Date::Some(date) => strftime(&date, &format).into(),
                    Date::None => self.input.clone(),
                    Date::OfToday => Value::Unknown,
                }));
            }
            "date_to_string" => false,
            "date_to_long_string" | "date_to_xmlschema" | "date_to_rfc822" => true,
            _ => return None,
        };
        if self.text().is_empty() {
            return Some(Ok(self.input.clone()));
        }
        let date = match self.date() {
            Date::Some(date) => self.context.settings.zone.on_site(&date),
            Date::None => return Some(Err(["`", name, "` takes a date, and this is none."].concat().into())),
            Date::OfToday => return Some(Ok(Value::Unknown)),
        };
        let month = if long { "%B" } else { "%b" };
        let ordinal = self.argument_text(0) == "ordinal";
        let american = ordinal && self.argument_text(1) == "US";
        let end = match (date.day, date.day % 10) {
            (11..=13, _) => "th",
            (_, 1) => "st",
            (_, 2) => "nd",
            (_, 3) => "rd",
            _ => "th",
        };
        let format = match name {
            "date_to_xmlschema" => "%Y-%m-%dT%H:%M:%S%:z".to_owned(),
            "date_to_rfc822" => "%a, %d %b %Y %H:%M:%S %z".to_owned(),
            _ if american => [month, " %-d", end, ", %Y"].concat(),
            _ if ordinal => ["%-d", end, " ", month, " %Y"].concat(),
            _ => ["%d ", month, " %Y"].concat(),
        };
        Some(Ok(strftime(&date, &format).into()))
    }

    /// `Utils.to_date`
    fn date(&self) -> Date {
        let zone = &self.context.settings.zone;
        let of_seconds = |seconds| Date::Some(zone.now(seconds));
        match &self.input {
            Value::Date(date) => Date::Some(*date),
            Value::Int(seconds) => of_seconds(*seconds),
            Value::Str(text) if text.eq_ignore_ascii_case("now") || text.eq_ignore_ascii_case("today") => {
                Date::Some(self.context.time())
            }
            Value::Str(text) if !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit()) => {
                of_seconds(leading_int(text))
            }
            Value::Str(text) => match date_text::read(text) {
                DateText::Date(date) => Date::Some(if date.offset.is_some() { date } else { zone.on_site(&date) }),
                DateText::Partial => Date::OfToday,
                DateText::Invalid => Date::None,
            },
            _ => Date::None,
        }
    }
}

/// A value read as a date.
enum Date {
    Some(DateTime),
    None,
    /// Ruby uses the year of the build.
    OfToday,
}
