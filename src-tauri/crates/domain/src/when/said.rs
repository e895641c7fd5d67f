//! The words of a time, Vietnamese and English: which day, which time of day, or how long from now.

use jiff::{
    Timestamp, ToSpan as _,
    civil::{Date, DateTime, Weekday},
    tz::TimeZone,
};

use super::{Meant, folded, meant};

/// What was said, each at most once.
#[derive(Debug, Default)]
pub struct Said {
    day: Option<Day>,
    time: Option<(i8, i8)>,
    part: Option<Part>,
    /// Minutes from now.
    from_now: Option<i64>,
}

#[derive(Debug, Clone, Copy)]
enum Day {
    FromToday(i64),
    Next(Weekday),
    Date { year: Option<i16>, month: i8, day: i8 },
}

/// The part of the day that an hour of twelve is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Morning,
    Noon,
    Afternoon,
    Night,
}

impl Part {
    /// Returns the hour of the day that an hour of twelve is.
    fn hour(self, of_twelve: i8) -> i8 {
        match self {
            Self::Noon if of_twelve >= 9 => of_twelve,
            Self::Night if !(6..12).contains(&of_twelve) => of_twelve % 12,
            Self::Morning => of_twelve % 12,
            Self::Noon | Self::Afternoon | Self::Night => of_twelve % 12 + 12,
        }
    }
}

/// Words that say nothing of their own.
const FILLING: [&str; 8] = ["luc", "vao", "at", "on", "the", "ngay", "this", "coming"];
const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const WEEKDAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
const LONG_WEEKDAYS: [&str; 7] =
    ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
/// Longer than anything is put off.
const MOST_MINUTES: i64 = 366 * 24 * 60;

/// A word as typed (lower case), and without its diacritics: “tới” (next) is not “tối” (evening).
struct Word<'a> {
    typed: &'a str,
    plain: String,
}

impl Said {
    pub fn of(words: &[String]) -> Option<Self> {
        let words: Vec<Word<'_>> =
            words.iter().map(|word| Word { typed: word, plain: folded(word) }).collect();
        let mut said = Self::default();
        let mut rest = words.as_slice();
        while !rest.is_empty() {
            let taken = said.take(rest)?;
            rest = &rest[taken..];
        }
        (said.time.is_some() != said.from_now.is_some()).then_some(said)
    }

    /// Takes what the next words say and returns how many they are; `None` where they say nothing known, or again.
    fn take(&mut self, words: &[Word<'_>]) -> Option<usize> {
        if let Some((minutes, taken)) = from_now(words) {
            return once(&mut self.from_now, minutes).then_some(taken);
        }
        if let Some((day, taken)) = day(words) {
            return once(&mut self.day, day).then_some(taken);
        }
        if let Some((time, part, taken)) = time(words) {
            let fits = part.is_none_or(|part| once(&mut self.part, part));
            return (once(&mut self.time, time) && fits).then_some(taken);
        }
        let word = words.first()?;
        if word.typed == "tới" || FILLING.contains(&word.plain.as_str()) {
            return Some(1);
        }
        once(&mut self.part, part(word)?).then_some(1)
    }

    /// Returns what that is, said at `now` in a zone.
    pub fn in_zone(self, now: Timestamp, zone: &TimeZone) -> Option<Meant> {
        let here = now.to_zoned(zone.clone());
        if let Some(minutes) = self.from_now {
            let at = Timestamp::from_second(now.as_second() - now.as_second().rem_euclid(60)).ok()?;
            return Some(Meant::At(at.checked_add(minutes.minutes()).ok()?.to_zoned(zone.clone())));
        }
        let (hour, minute) = self.hour_of_day()?;
        let today = here.date();
        let on = |date: Date| meant(DateTime::from_parts(date, jiff::civil::time(hour, minute, 0, 0)), zone);
        let is_over = |meant: &Meant| meant.latest().timestamp() <= now;
        match self.day {
            None => on(today).filter(|today| !is_over(today)).or_else(|| on(today.tomorrow().ok()?)),
            Some(Day::FromToday(days)) => on(today.checked_add(days.days()).ok()?),
            Some(Day::Next(weekday)) => {
                let ahead = i64::from(today.weekday().until(weekday));
                let first = on(today.checked_add(ahead.days()).ok()?)?;
                if !is_over(&first) { Some(first) } else { on(today.checked_add((ahead + 7).days()).ok()?) }
            }
            Some(Day::Date { year, month, day }) => on(dated(today, year, month, day)?),
        }
    }

    fn hour_of_day(&self) -> Option<(i8, i8)> {
        let (hour, minute) = self.time?;
        let of_twelve = self.part.filter(|_| hour <= 12);
        Some((of_twelve.map_or(hour, |part| part.hour(hour)), minute))
    }
}

/// Without a year it is the one that brings the day nearest: “31/12” in January is past.
fn dated(today: Date, year: Option<i16>, month: i8, day: i8) -> Option<Date> {
    if let Some(year) = year {
        return Date::new(year, month, day).ok();
    }
    let years = (today.year() - 1)..=(today.year() + 1);
    let dates = years.filter_map(|year| Date::new(year, month, day).ok());
    dates.min_by_key(|date| date.duration_since(today).abs())
}

fn once<T>(place: &mut Option<T>, value: T) -> bool {
    let free = place.is_none();
    *place = Some(value);
    free
}

fn number<T: std::str::FromStr>(digits: &str) -> Option<T> {
    let is_number = !digits.is_empty() && digits.len() <= 4 && digits.bytes().all(|c| c.is_ascii_digit());
    is_number.then(|| digits.parse().ok()).flatten()
}

/// `+2h`, `in 30 minutes`, `30 phút nữa`, `sau 2 giờ`.
fn from_now(words: &[Word<'_>]) -> Option<(i64, usize)> {
    let unit = |word: &str| match word {
        "m" | "min" | "mins" | "minute" | "minutes" | "p" | "phut" => Some(1),
        "h" | "hour" | "hours" | "gio" | "tieng" => Some(60),
        _ => None,
    };
    let minutes = |count: &str, of: &str| Some(number::<i64>(count)? * unit(of)?);
    let plain = |at: usize| words.get(at).map_or("", |word| word.plain.as_str());
    let said = match (plain(0), plain(1), plain(2)) {
        (signed, ..) if signed.starts_with('+') => {
            let (count, of) = signed[1..].split_at(signed[1..].find(|c: char| !c.is_ascii_digit())?);
            (minutes(count, of)?, 1)
        }
        ("in" | "sau", count, of) => (minutes(count, of)?, 3),
        (count, of, "nua") => (minutes(count, of)?, 3),
        _ => return None,
    };
    (said.0 <= MOST_MINUTES).then_some(said)
}

fn day(words: &[Word<'_>]) -> Option<(Day, usize)> {
    let plain = |at: usize| words.get(at).map_or("", |word| word.plain.as_str());
    let from_today = |days| Some(Day::FromToday(days));
    let (day, taken) = match (plain(0), plain(1)) {
        ("hom", "nay") => (from_today(0), 2),
        ("today" | "tonight" | "nay", _) => (from_today(0), 1),
        ("ngay", "mai") => (from_today(1), 2),
        ("tomorrow" | "mai", _) => (from_today(1), 1),
        ("ngay", "kia") => (from_today(2), 2),
        ("mot" | "kia", _) => (from_today(2), 1),
        ("hom", "qua") => (from_today(-1), 2),
        ("yesterday", _) => (from_today(-1), 1),
        ("chu", "nhat") => (Some(Day::Next(Weekday::Sunday)), 2),
        ("cn", _) => (Some(Day::Next(Weekday::Sunday)), 1),
        ("thu", of_week) if vietnamese_weekday(of_week).is_some() => {
            (vietnamese_weekday(of_week).map(Day::Next), 2)
        }
        (of_week, _) => (weekday(of_week).map(Day::Next), 1),
    };
    day.map(|day| (day, taken)).or_else(|| date(plain(0)).map(|day| (day, 1))).or_else(|| written_date(words))
}

fn vietnamese_weekday(word: &str) -> Option<Weekday> {
    let at = ["hai", "ba", "tu", "nam", "sau", "bay"]
        .iter()
        .position(|name| *name == word)
        .or_else(|| number::<usize>(word)?.checked_sub(2).filter(|at| *at < 6))?;
    Weekday::from_monday_zero_offset(i8::try_from(at).ok()?).ok()
}

fn weekday(word: &str) -> Option<Weekday> {
    if let Some(of_week) = word.strip_prefix('t').filter(|rest| rest.len() == 1) {
        return vietnamese_weekday(of_week).filter(|_| number::<u8>(of_week).is_some());
    }
    let at = WEEKDAYS
        .iter()
        .position(|name| *name == word)
        .or_else(|| LONG_WEEKDAYS.iter().position(|name| *name == word))?;
    Weekday::from_monday_zero_offset(i8::try_from(at).ok()?).ok()
}

/// `25/11`, `25/11/2026`, `2026-11-25`.
fn date(word: &str) -> Option<Day> {
    let parts: Vec<&str> = word.split(['/', '.', '-']).collect();
    match parts[..] {
        [year, month, day] if year.len() == 4 => {
            Some(Day::Date { year: number(year), month: number(month)?, day: number(day)? })
        }
        [day, month, year] if year.len() == 4 => {
            Some(Day::Date { year: Some(number(year)?), month: number(month)?, day: number(day)? })
        }
        [day, month] => Some(Day::Date { year: None, month: number(month)?, day: number(day)? }),
        _ => None,
    }
}

/// `25 tháng 11 [năm] 2026`, `25 November 2026`, `Nov 25`.
fn written_date(words: &[Word<'_>]) -> Option<(Day, usize)> {
    let plain = |at: usize| words.get(at).map_or("", |word| word.plain.as_str());
    let (day, month, mut taken): (i8, i8, usize) = if plain(1) == "thang" {
        (number(plain(0))?, number(plain(2))?, 3)
    } else if let Some(month) = month(plain(1)) {
        (number(plain(0).trim_end_matches(|c: char| c.is_ascii_alphabetic()))?, month, 2)
    } else {
        (number(plain(1).trim_end_matches(|c: char| c.is_ascii_alphabetic()))?, month(plain(0))?, 2)
    };
    let after = usize::from(plain(taken) == "nam");
    let year = number::<i16>(plain(taken + after)).filter(|year| *year > 999);
    taken += if year.is_some() { after + 1 } else { 0 };
    Some((Day::Date { year, month, day }, taken))
}

fn month(word: &str) -> Option<i8> {
    let short = word.get(..3)?;
    let at = MONTHS.iter().position(|month| *month == short)?;
    let is_whole = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ][at]
        .starts_with(word);
    is_whole.then(|| i8::try_from(at + 1).ok()).flatten()
}

fn part(word: &Word<'_>) -> Option<Part> {
    match word.plain.as_str() {
        "am" | "sang" | "morning" => Some(Part::Morning),
        "trua" => Some(Part::Noon),
        "pm" | "chieu" | "toi" | "afternoon" | "evening" => Some(Part::Afternoon),
        "dem" | "khuya" | "night" => Some(Part::Night),
        _ => None,
    }
}

/// `18:00`, `18h30`, `18h`, `18 giờ 30`, `6 giờ rưỡi`, `6pm`, `6:30 pm`.
fn time(words: &[Word<'_>]) -> Option<((i8, i8), Option<Part>, usize)> {
    let plain = |at: usize| words.get(at).map_or("", |word| word.plain.as_str());
    let first = plain(0);
    let end = first.find(|c: char| !c.is_ascii_digit()).unwrap_or(first.len());
    let (hour, rest) = first.split_at(end);
    let hour: i8 = number(hour)?;
    // “6h 25 tháng 11” has no minutes.
    let minute_at = |at: usize| match plain(at) {
        "ruoi" => Some(30),
        other if other.len() == 2 && plain(at + 1) != "thang" && month(plain(at + 1)).is_none() => {
            number::<i8>(other)
        }
        _ => None,
    };
    let (minute, part, taken) = match rest {
        "" if matches!(plain(1), "gio" | "h") => {
            minute_at(2).map_or((0, None, 2), |minute| (minute, None, 3))
        }
        "" if matches!(plain(1), "am" | "pm") => (0, None, 1),
        "" => return None,
        "h" | "g" => minute_at(1).map_or((0, None, 1), |minute| (minute, None, 2)),
        "am" => (0, Some(Part::Morning), 1),
        "pm" => (0, Some(Part::Afternoon), 1),
        rest => {
            let digits = rest.strip_prefix([':', 'h', 'g'])?;
            let end = digits.find(|c: char| !c.is_ascii_digit()).unwrap_or(digits.len());
            let part = match &digits[end..] {
                "" | "p" => None,
                "am" => Some(Part::Morning),
                "pm" => Some(Part::Afternoon),
                _ => return None,
            };
            (number(&digits[..end]).filter(|_| end == 2)?, part, 1)
        }
    };
    ((0..24).contains(&hour) && (0..60).contains(&minute)).then_some(((hour, minute), part, taken))
}
