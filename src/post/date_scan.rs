//! The patterns by which Ruby finds a date in a text (`Date._parse`). In: a text. Out: its pieces.
//! Neighbours: `date_text.rs`, which tries the patterns in turn and makes a date of the pieces.

/// What was found in a text; the names are those of `Date._parse`'s result.
#[derive(Debug, Default)]
pub(super) struct Pieces {
    pub year: Option<i64>,
    pub yday: Option<i64>,
    pub mon: Option<i64>,
    pub mday: Option<i64>,
    pub hour: Option<i64>,
    pub min: Option<i64>,
    pub sec: Option<i64>,
    pub zone: Option<String>,
    /// Whether a year of one or two digits is short for one from 1969 to 2068.
    pub short_year: bool,
}

/// The text in the form that the patterns read: lower case, one space for each run of characters that no date has. When
/// a pattern matches, a space replaces what it matched.
pub(super) struct ScannedText {
    text: String,
}

const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

impl ScannedText {
    pub fn new(source: &str) -> Self {
        let mut text = String::with_capacity(source.len());
        for c in source.chars() {
            if c.is_alphanumeric() || "-+',./:@[]".contains(c) {
                text.push(c.to_ascii_lowercase());
            } else if !text.ends_with(' ') {
                text.push(' ');
            }
        }
        Self { text }
    }

    fn at(&self, at: usize) -> &str {
        self.text.get(at..).unwrap_or("")
    }

    fn remove(&mut self, from: usize, to: usize) {
        if self.text.is_char_boundary(from) && self.text.is_char_boundary(to) && from <= to {
            self.text.replace_range(from..to, " ");
        }
    }

    /// All positions at which a character begins.
    fn positions(&self) -> impl Iterator<Item = usize> + use<> {
        self.text.char_indices().map(|(at, _)| at).collect::<Vec<_>>().into_iter()
    }

    /// Ruby's `\b` before the character at `at`, which is a letter.
    fn word_begins(&self, at: usize) -> bool {
        !self.text.get(..at).is_some_and(|before| before.ends_with(|c: char| c.is_alphanumeric()))
    }

    /// The month whose name begins at `at`: its number, and where the name ends. Only its first three letters count; it
    /// goes on to a hyphen, a digit, a space or a quote.
    fn month_at(&self, at: usize) -> Option<(&'static str, usize)> {
        let rest = self.at(at);
        let index = MONTHS.iter().position(|month| rest.starts_with(month))?;
        let more = self.at(at + 3);
        let length = more.find(|c: char| c == '-' || c.is_ascii_digit() || c == ' ' || c == '\'').unwrap_or(more.len());
        let number = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12"].get(index)?;
        Some((number, at + 3 + length))
    }

    /// `'?\d+`, at `at`, with one of `signs` allowed before the digits; where it ends.
    fn number_at(&self, at: usize, signs: &[char]) -> Option<usize> {
        let quote = usize::from(self.at(at).starts_with('\''));
        let sign = usize::from(self.at(at + quote).starts_with(signs));
        let digits = digits(self.at(at + quote + sign));
        (digits > 0).then_some(at + quote + sign + digits)
    }

    fn spaces(&self, at: usize) -> usize {
        let rest = self.at(at);
        at + (rest.len() - rest.trim_start_matches(' ').len())
    }

    fn part(&self, from: usize, to: usize) -> String {
        self.text.get(from..to).unwrap_or("").to_owned()
    }

    pub fn remove_weekday(&mut self) {
        let found = self.positions().find(|&at| {
            self.word_begins(at)
                && ["sun", "mon", "tue", "wed", "thu", "fri", "sat"].iter().any(|day| self.at(at).starts_with(day))
        });
        if let Some(at) = found {
            let rest = self.at(at + 3);
            let length = rest.find(|c: char| "-/ ".contains(c) || c.is_ascii_digit()).unwrap_or(rest.len());
            self.remove(at, at + 3 + length);
        }
    }

    /// `10:30`, `10:30:00.5`, `10h30`, `10 pm`, and a zone after it.
    pub fn remove_time(&mut self, found: &mut Pieces) {
        let Some((start, end, hour, min, sec)) = self.positions().find_map(|at| self.time_at(at)) else { return };
        found.hour = Some(hour);
        found.min = min;
        found.sec = sec;
        let zone = self.spaces(end);
        let end = match self.zone_end(zone) {
            Some(after) => {
                found.zone = Some(self.part(zone, after));
                after
            }
            None => end,
        };
        self.remove(start, end);
    }

    #[allow(clippy::type_complexity)]
    fn time_at(&self, at: usize) -> Option<(usize, usize, i64, Option<i64>, Option<i64>)> {
        let count = digits(self.at(at));
        if count == 0 {
            return None;
        }
        let hour: i64 = number(self.at(at))?;
        let after = self.spaces(at + count);
        let (mut min, mut sec) = (None, None);
        let mut end;
        if self.at(after).starts_with(':') {
            let minute = self.spaces(after + 1);
            let length = digits(self.at(minute));
            if length == 0 {
                return None;
            }
            min = number(self.at(minute));
            end = minute + length;
            let colon = self.spaces(end);
            let second = self.spaces(colon + 1);
            let length = digits(self.at(second));
            if self.at(colon).starts_with(':') && length > 0 {
                sec = number(self.at(second));
                end = second + length;
                if self.at(end).starts_with([',', '.']) {
                    end += 1 + digits(self.at(end + 1));
                }
            }
        } else if self.at(after).starts_with('h') {
            end = after + 1;
            let minute = self.spaces(end);
            let length = digits(self.at(minute));
            if length > 0 {
                min = number(self.at(minute));
                end = minute + length + usize::from(self.at(minute + length).starts_with('m'));
                let second = self.spaces(end);
                let length = digits(self.at(second));
                if length > 0 {
                    sec = number(self.at(second));
                    end = second + length + usize::from(self.at(second + length).starts_with('s'));
                }
            }
        } else {
            let end = self.half_of_day(after)?;
            return Some((at, end, self.hour_of_half(hour, after), None, None));
        }
        let half = self.spaces(end);
        match self.half_of_day(half) {
            Some(end) => Some((at, end, self.hour_of_half(hour, half), min, sec)),
            None => Some((at, end, hour, min, sec)),
        }
    }

    /// `am`, `p.m.`: where it ends.
    fn half_of_day(&self, at: usize) -> Option<usize> {
        let rest = self.at(at).strip_prefix(['a', 'p'])?;
        if rest.starts_with(".m.") {
            return Some(at + 4);
        }
        let after = rest.strip_prefix('m')?;
        (!after.starts_with(|c: char| c.is_alphanumeric())).then_some(at + 2)
    }

    fn hour_of_half(&self, hour: i64, half: usize) -> i64 {
        hour % 12 + if self.at(half).starts_with('p') { 12 } else { 0 }
    }

    /// A zone at `at`: where it ends.
    fn zone_end(&self, at: usize) -> Option<usize> {
        let rest = self.at(at);
        let prefix = ["gmt", "utc", "ut"]
            .iter()
            .find(|name| rest.strip_prefix(**name).is_some_and(|after| after.starts_with(['+', '-'])));
        let sign = at + prefix.map_or(0, |name| name.len());
        if self.at(sign).starts_with(['+', '-']) {
            let length = digits(self.at(sign + 1));
            if length > 0 {
                let mut end = sign + 1 + length;
                let minutes = digits(self.at(end + 1));
                if self.at(end).starts_with([',', '.', ':']) && minutes > 0 {
                    end += 1 + minutes;
                    let seconds = digits(self.at(end + 1));
                    if self.at(end).starts_with(':') && seconds > 0 {
                        end += 1 + seconds;
                    }
                }
                return Some(end);
            }
        }
        let letters: usize = rest.chars().take_while(|c| c.is_alphabetic()).map(char::len_utf8).sum();
        let after = at + letters;
        if letters == 0 || self.at(after).starts_with(|c: char| c.is_alphanumeric()) {
            return None;
        }
        let dst = self.at(after).strip_prefix(" dst");
        Some(if dst.is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric())) { after + 4 } else { after })
    }

    /// `10 December 2014`, `10th Dec`
    pub fn european(&mut self, found: &mut Pieces) -> bool {
        for at in self.positions() {
            let Some(day) = self.number_at(at, &[]) else { continue };
            let rest = self.at(day);
            let run = rest.find(|c: char| c == '-' || c.is_ascii_digit() || c == ' ').unwrap_or(rest.len());
            let after_run = self.spaces(day + run);
            let within = || rest.get(..run).unwrap_or("").char_indices().rev().map(|(at, _)| day + at);
            let Some((month, end)) = std::iter::once(after_run).chain(within()).find_map(|at| self.month_at(at)) else {
                continue;
            };
            let year = self.spaces(end);
            let year_end = self.number_at(year, &['-']);
            let (year_text, end) = match year_end {
                Some(year_end) => {
                    let ordinal = self.ordinal_end(year_end).unwrap_or(year_end);
                    (Some(self.part(year, ordinal)), ordinal)
                }
                None => (None, end),
            };
            let day = self.part(at, day);
            found.sort(year_text.as_deref(), Some(month), Some(&day));
            self.remove(at, end);
            return true;
        }
        false
    }

    /// `December 10, 2014`, `Dec 2014`
    pub fn american(&mut self, found: &mut Pieces) -> bool {
        for at in self.positions() {
            if !self.word_begins(at) {
                continue;
            }
            let Some((month, name_end)) = self.month_at(at) else { continue };
            let day = self.spaces(name_end);
            let Some(day_end) = self.number_at(day, &[]) else { continue };
            let rest = self.at(day_end);
            let run =
                rest.find(|c: char| c == '-' || c.is_ascii_digit() || c == ' ' || c == '\'').unwrap_or(rest.len());
            let after = self.spaces(day_end + run);
            let comma = if self.at(after).starts_with(',') { self.spaces(after + 1) } else { after };
            let (year, end) = match self.number_at(comma, &['-']) {
                Some(year_end) => (Some(self.part(comma, year_end)), year_end),
                None => (None, day_end + run),
            };
            let day = self.part(day, day_end);
            found.sort(year.as_deref(), Some(month), Some(&day));
            self.remove(at, end);
            return true;
        }
        false
    }

    /// Three numbers with `between` between them; the last may be missing where `two` says so.
    fn three(&mut self, found: &mut Pieces, between: char, signs: &[char], two: bool) -> bool {
        for at in self.positions() {
            let Some(first) = self.number_at(at, signs) else { continue };
            let gap = |at: usize| if between == '-' { at } else { self.spaces(at) };
            if !self.at(first).starts_with(between) {
                continue;
            }
            let second = gap(first + 1);
            let quotes = between == '-' && self.at(second).starts_with('\'');
            let Some(second_end) = self.number_at(second, &[]).filter(|_| !quotes) else { continue };
            // After slashes any character but a digit may stand before the third number.
            let third = match self.at(second_end).chars().next() {
                Some(c) if two || c == between => gap(second_end + c.len_utf8()),
                _ => second_end,
            };
            let third_end = self.number_at(third, &['-']).filter(|_| third > second_end);
            if third_end.is_none() && !two {
                continue;
            }
            let third_part = third_end.map(|end| self.part(third, end));
            let (first_part, second_part) = (self.part(at, first), self.part(second, second_end));
            found.sort(Some(&first_part), Some(&second_part), third_part.as_deref());
            self.remove(at, third_end.unwrap_or(second_end));
            return true;
        }
        false
    }

    /// `2014-12-10`, `10-12-2014`
    pub fn iso(&mut self, found: &mut Pieces) -> bool {
        self.three(found, '-', &['-', '+'], false)
    }

    /// `2014/12/10`, `10/12/2014`, `12/10`
    pub fn slashes(&mut self, found: &mut Pieces) -> bool {
        self.three(found, '/', &['-'], true)
    }

    /// `10.12.2014`
    pub fn dots(&mut self, found: &mut Pieces) -> bool {
        self.three(found, '.', &['-'], false)
    }

    /// `10-Dec-2014`, `Dec-10-2014`
    pub fn month_name_between(&mut self, found: &mut Pieces) -> bool {
        // The rest of the name may hold anything but a hyphen, a slash or a period.
        let name_end = |scan: &Self, at: usize| {
            let rest = scan.at(at + 3);
            at + 3 + rest.find(['-', '/', '.']).unwrap_or(rest.len())
        };
        for at in self.positions() {
            let Some(first) = self.number_at(at, &['-']) else { continue };
            if !self.at(first).starts_with('-') {
                continue;
            }
            let Some((month, _)) = self.month_at(first + 1) else { continue };
            let hyphen = name_end(self, first + 1);
            let Some(end) = self.number_at(hyphen + 1, &['-']).filter(|_| self.at(hyphen).starts_with('-')) else {
                continue;
            };
            let (day, year) = (self.part(at, first), self.part(hyphen + 1, end));
            found.sort(Some(&year), Some(month), Some(&day));
            self.remove(at, end);
            return true;
        }
        for at in self.positions() {
            let Some((month, _)) = self.month_at(at).filter(|_| self.word_begins(at)) else { continue };
            let hyphen = name_end(self, at);
            let Some(day_end) = self.number_at(hyphen + 1, &['-']).filter(|_| self.at(hyphen).starts_with('-')) else {
                continue;
            };
            let year_end = self.number_at(day_end + 1, &['-']).filter(|_| self.at(day_end).starts_with('-'));
            let year = year_end.map(|end| self.part(day_end + 1, end));
            let day = self.part(hyphen + 1, day_end);
            found.sort(year.as_deref(), Some(month), Some(&day));
            self.remove(at, year_end.unwrap_or(day_end));
            return true;
        }
        false
    }

    /// `2014-344`, `-344`
    pub fn day_of_year(&mut self, found: &mut Pieces) -> bool {
        let hit = self.positions().find_map(|hyphen| {
            let day = hyphen + 1;
            let alone = digits(self.at(day)) == 3 && !self.at(day + 3).starts_with(|c: char| c.is_alphanumeric());
            if !alone || !self.at(hyphen).starts_with('-') {
                return None;
            }
            let before = self.text.get(..hyphen)?;
            let count = before.bytes().rev().take_while(u8::is_ascii_digit).count();
            let year = hyphen - count;
            match count {
                2 | 4 if self.word_begins(year) && !before.get(..year)?.ends_with([',', '.']) => {
                    Some((year, Some(year), day))
                }
                0 if !self.word_begins(hyphen) => Some((hyphen, None, day)),
                _ => None,
            }
        });
        let Some((start, year, day)) = hit else { return false };
        found.year = year.and_then(|year| number(self.at(year)));
        found.yday = number(self.at(day));
        self.remove(start, day + 3);
        true
    }

    /// `'14`
    pub fn quoted_year(&mut self, found: &mut Pieces) -> bool {
        let at = self.positions().find(|&at| {
            let count = digits(self.at(at + 1));
            self.at(at).starts_with('\'')
                && count > 0
                && !self.at(at + 1 + count).starts_with(|c: char| c.is_alphanumeric())
        });
        let Some(at) = at else { return false };
        let count = digits(self.at(at + 1));
        found.year = number(self.at(at + 1));
        self.remove(at, at + 1 + count);
        true
    }

    /// A month alone.
    pub fn month_name(&mut self, found: &mut Pieces) -> bool {
        let at = self
            .positions()
            .find_map(|at| self.month_at(at).filter(|_| self.word_begins(at)).map(|(month, _)| (at, month)));
        let Some((at, month)) = at else { return false };
        found.mon = number(month);
        let rest = self.at(at);
        let end = at + rest.find(' ').unwrap_or(rest.len());
        self.remove(at, end);
        true
    }

    /// `10th`
    pub fn ordinal_day(&mut self, found: &mut Pieces) -> bool {
        let hit = self.positions().find_map(|at| {
            let count = digits(self.at(at));
            let end = self.ordinal_end(at + count).filter(|_| count > 0)?;
            Some((at, end))
        });
        let Some((at, end)) = hit else { return false };
        found.mday = number(self.at(at));
        self.remove(at, end);
        true
    }

    fn ordinal_end(&self, at: usize) -> Option<usize> {
        let ordinal = ["st", "nd", "rd", "th"].iter().any(|end| self.at(at).starts_with(end));
        (ordinal && !self.at(at + 2).starts_with(|c: char| c.is_alphanumeric())).then_some(at + 2)
    }

    /// Digits alone: `20141210`, `2014344`, `20141210T0230Z`.
    pub fn digits_alone(&mut self, found: &mut Pieces) -> bool {
        let Some(start) = self.positions().find(|&at| digits(self.at(at)) >= 2) else { return false };
        let count = digits(self.at(start)).min(14);
        let mut end = start + count;
        // A time may follow, after a `t` or at once.
        let mut time = self.spaces(end);
        time = if self.at(time).starts_with('t') { self.spaces(time + 1) } else { time };
        let time_count = digits(self.at(time)).min(6);
        let has_time = time_count >= 2;
        if has_time {
            end = time + time_count;
        }
        // The fraction may stand after a time, or after the digits themselves, which are then a time.
        let mark = if has_time { end } else { time };
        end = mark;
        let has_fraction = self.at(mark).starts_with([',', '.']);
        if has_fraction {
            end = mark + 1 + digits(self.at(mark + 1));
        }
        let signed = self.text.get(..start).is_some_and(|before| before.ends_with('-'));
        let figures = self.part(start, start + count);
        let two = |from: usize| figures.get(from..from + 2).and_then(|part| part.parse::<i64>().ok());
        let year = |year: Option<i64>| year.map(|year| if signed { -year } else { year });
        let as_time = has_fraction && !has_time;
        match count {
            2 if as_time => found.sec = two(0),
            2 => found.mday = two(0),
            4 if as_time => (found.min, found.sec) = (two(0), two(2)),
            4 => (found.mon, found.mday) = (two(0), two(2)),
            6 if as_time => (found.hour, found.min, found.sec) = (two(0), two(2), two(4)),
            6 => (found.year, found.mon, found.mday) = (year(two(0)), two(2), two(4)),
            8 | 10 | 12 | 14 if as_time => {
                found.sec = two(count - 2);
                found.min = two(count - 4);
                found.hour = two(count - 6);
                found.mday = two(count - 8);
                found.mon = count.checked_sub(10).and_then(two);
                found.year = match count {
                    12 => year(two(0)),
                    14 => year(figures.get(..4).and_then(number)),
                    _ => None,
                };
                found.short_year = count != 14;
            }
            8 | 10 | 12 | 14 => {
                found.year = year(figures.get(..4).and_then(number));
                (found.mon, found.mday) = (two(4), two(6));
                found.hour = two(8).or(found.hour);
                found.min = two(10).or(found.min);
                found.sec = two(12).or(found.sec);
                found.short_year = false;
            }
            3 if as_time => {
                found.sec = two(1);
                found.min = figures.get(..1).and_then(number);
            }
            3 => found.yday = number(&figures),
            5 if as_time => {
                (found.sec, found.min) = (two(3), two(1));
                found.hour = figures.get(..1).and_then(number);
            }
            5 => (found.year, found.yday) = (year(two(0)), figures.get(2..).and_then(number)),
            7 if as_time => {
                (found.sec, found.min, found.hour) = (two(5), two(3), two(1));
                found.mday = figures.get(..1).and_then(number);
            }
            7 => {
                found.year = year(figures.get(..4).and_then(number));
                found.yday = figures.get(4..).and_then(number);
            }
            _ => {}
        }
        if has_time {
            let figures = self.part(time, time + time_count);
            let two = |from: usize| figures.get(from..from + 2).and_then(|part| part.parse::<i64>().ok());
            if has_fraction {
                let from_end = |back: usize| time_count.checked_sub(back).and_then(two);
                (found.sec, found.min, found.hour) = (from_end(2), from_end(4), from_end(6));
            } else {
                (found.hour, found.min, found.sec) = (two(0), two(2), two(4));
            }
        }
        let rest = self.at(end);
        let sign = digits(rest.get(1..).unwrap_or("")).min(4);
        if rest.starts_with('z') && !rest.get(1..).is_some_and(|r| r.starts_with(|c: char| c.is_alphanumeric())) {
            found.zone = Some("z".to_owned());
            end += 1;
        } else if rest.starts_with(['+', '-']) && sign > 0 {
            found.zone = Some(self.part(end, end + 1 + sign));
            end += 1 + sign;
        }
        self.remove(start, end);
        true
    }

    /// What is left is a number of one or two digits: a day where there is a time alone, an hour where there is a
    /// date alone.
    pub fn number_left(&self, found: &mut Pieces) {
        let rest = self.text.trim_matches(' ');
        if rest.is_empty() || rest.len() > 2 || !rest.bytes().all(|b| b.is_ascii_digit()) {
            return;
        }
        let value = number(rest);
        if found.hour.is_some() && found.mday.is_none() {
            found.mday = value.filter(|day| (1..=31).contains(day));
        }
        if found.mday.is_some() && found.hour.is_none() {
            found.hour = value.filter(|hour| (0..=24).contains(hour));
        }
    }
}

/// How many digits `text` begins with.
fn digits(text: &str) -> usize {
    text.bytes().take_while(u8::is_ascii_digit).count()
}

/// The digits in a part, as a number.
pub(super) fn number(part: &str) -> Option<i64> {
    let digits = part.trim_start_matches(|c: char| !c.is_ascii_digit());
    let count = digits.bytes().take_while(u8::is_ascii_digit).count();
    digits.get(..count).and_then(|digits| digits.parse().ok())
}
