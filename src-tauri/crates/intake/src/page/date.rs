//! Days as papers print them. The day stands before the month: 11/12/2025 is 11 December.

use std::sync::LazyLock;

use regex::Regex;

/// A day found in a line, and what the line says besides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dated {
    /// `YYYY-MM-DD`.
    pub day: String,
    /// The line before and after the day, without the time of day.
    pub before: String,
    pub after: String,
}

fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("the pattern is part of the program")
}

static NUMERIC: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(\d{1,2})\s?[/.\-]\s?(\d{1,2})\s?[/.\-]\s?(\d{4})"));
static ISO: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(\d{4})[\-/.](\d{1,2})[\-/.](\d{1,2})(?:[T ]\d{2}:\d{2}(?::\d{2})?(?:\.\d+)?(?:Z|[+\-]\d{2}:?\d{2})?)?",
    )
});
static CJK: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(\d{4})\s?[年년]\s?(\d{1,2})\s?[月월]\s?(\d{1,2})\s?[日일]?"));
static VIETNAMESE: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?i)(?:ngày\s+)?(\d{1,2})\s+tháng\s+(\d{1,2})(?:\s+năm|,)?\s+(\d{4})"));
static NAMED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?i)(\d{1,2})(?:er|st|nd|rd|th|\.)?\s+(?:de\s+)?([\p{L}\p{M}]{3,})\.?,?\s+(?:de\s+)?(\d{4})")
});
static NAMED_FIRST: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?i)([\p{L}\p{M}]{3,})\.?\s+(\d{1,2}),\s*(\d{4})"));
static TIME_OF_DAY: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\(?\b\d{1,2}\s?[:h]\s?\d{2}(?::\d{2})?\s?(?:am|pm)?\b\s*(?:\(?(?:gmt|utc)\s?[+\-]?\d{0,2}(?::\d{2})?\)?|WIB)?\)?",
    )
});

/// First letters of the months' names in the portal's languages.
const MONTHS: [&[&str]; 12] = [
    &["jan", "ene", "gen", "янв", "มกรา", "يناير", "ມັງກອນ", "जन"],
    &["feb", "fév", "fev", "фев", "peb", "กุมภา", "فبراير", "ກຸມພາ", "फ़र"],
    &["mar", "mär", "mac", "мар", "มีนา", "مارس", "ມີນາ", "मार्च"],
    &["apr", "avr", "abr", "апр", "เมษา", "أبريل", "ເມສາ", "अप्रैल"],
    &["may", "mai", "mei", "mag", "мая", "май", "พฤษภา", "مايو", "ພຶດສະພາ", "मई"],
    &["jun", "juin", "giu", "июн", "มิถุนา", "يونيو", "ມິຖຸນາ", "जून"],
    &["jul", "juil", "lug", "июл", "กรกฎา", "يوليو", "ກໍລະກົດ", "जुला"],
    &["aug", "aoû", "aou", "ago", "ogo", "agu", "авг", "สิงหา", "أغسطس", "ສິງຫາ", "अग"],
    &["sep", "set", "сен", "กันยา", "سبتمبر", "ກັນຍາ", "सित"],
    &["oct", "okt", "out", "ott", "окт", "ตุลา", "أكتوبر", "ຕຸລາ", "अक्टू"],
    &["nov", "ноя", "พฤศจิกา", "نوفمبر", "ພະຈິກ", "नव"],
    &["dec", "déc", "dez", "dic", "dis", "des", "дек", "ธันวา", "ديسمبر", "ທັນວາ", "दिस"],
];

fn month(name: &str) -> Option<u32> {
    let name = name.to_lowercase();
    let starts = |names: &[&str]| names.iter().any(|start| name.starts_with(start));
    MONTHS.iter().position(|names| starts(names)).and_then(|at| u32::try_from(at + 1).ok())
}

/// Days of the week stand before the day and say nothing besides.
static WEEKDAY: LazyLock<Regex> = LazyLock::new(|| {
    pattern(concat!(
        r"(?i)(?:^|[\s,|·•\-–—(])(?:thứ\s+(?:hai|ba|tư|năm|sáu|bảy|[2-7])|chủ\s+nhật|mon(?:day)?|tue(?:sday|s)?|wed(?:nesday)?",
        r"|thu(?:rsday|rs)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?|isnin|selasa|rabu|khamis|kamis|jumaat|jum[’'`]?at|sabtu|ahad|minggu|senin",
        r"|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|lunes|martes|miércoles|jueves|viernes|sábado|domingo",
        r"|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag|วัน[\p{L}\p{M}]+(?:ที่)?|[月火水木金土日]曜日?|星期[一二三四五六日天]",
        r"|понедельник|вторник|среда|четверг|пятница|суббота|воскресенье|الاثنين|الثلاثاء|الأربعاء|الخميس|الجمعة|السبت|الأحد)",
        r"\.?,?\s*(?:ngày|ngay|le|el|den|on)?[\s(（,]*$"
    ))
});

/// Finds the first day that a line names.
pub fn find(line: &str) -> Option<Dated> {
    let line: &str = &line.chars().map(western).collect::<String>();
    let found = [
        ymd(&CJK, line),
        ymd(&ISO, line),
        dmy(&NUMERIC, line),
        dmy(&VIETNAMESE, line),
        named(&NAMED, line, 1, 2),
        named(&NAMED_FIRST, line, 2, 1),
    ];
    let (day, range) = found.into_iter().flatten().min_by_key(|(_, range)| range.start)?;
    let rest = |part: &str| TIME_OF_DAY.replace_all(part, " ").into_owned();
    let before = rest(&line[..range.start]);
    Some(Dated { day, before: WEEKDAY.replace(&before, " ").into_owned(), after: rest(&line[range.end..]) })
}

/// Digits of other scripts as those of this one.
fn western(c: char) -> char {
    let zeros = ['٠', '۰', '๐', '໐', '០', '०', '０'].map(u32::from);
    let digit = zeros.into_iter().find_map(|zero| u32::from(c).checked_sub(zero).filter(|digit| *digit < 10));
    digit.and_then(|digit| char::from_digit(digit, 10)).unwrap_or(c)
}

type Found = Option<(String, std::ops::Range<usize>)>;

fn ymd(pattern: &Regex, line: &str) -> Found {
    let found = pattern.captures(line)?;
    Some((day(number(&found[1])?, number(&found[2])?, number(&found[3])?)?, found.get(0)?.range()))
}

fn dmy(pattern: &Regex, line: &str) -> Found {
    let found = pattern.captures(line)?;
    Some((day(number(&found[3])?, number(&found[2])?, number(&found[1])?)?, found.get(0)?.range()))
}

fn named(pattern: &Regex, line: &str, day_at: usize, month_at: usize) -> Found {
    let found = pattern.captures(line)?;
    let day = day(number(&found[3])?, month(&found[month_at])?, number(&found[day_at])?)?;
    Some((day, found.get(0)?.range()))
}

fn number(digits: &str) -> Option<u32> {
    digits.parse().ok()
}

fn day(year: u32, month: u32, day: u32) -> Option<String> {
    let year = if (2533..2643).contains(&year) { year - 543 } else { year }; // of the Buddhist era
    let last = match month {
        2 => 29,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return None,
    };
    ((1990..2100).contains(&year) && (1..=last).contains(&day))
        .then(|| format!("{year:04}-{month:02}-{day:02}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_day_stands_before_the_month() {
        let table = [
            ("Báo Nhân dân11/12/2025", "2025-12-11"),
            ("1/2/2025 14:30", "2025-02-01"),
            ("03.06.2025", "2025-06-03"),
            ("2025-12-11T08:00:00+07:00", "2025-12-11"),
            ("2025年12月1日", "2025-12-01"),
            ("2025년 3월 4일", "2025-03-04"),
            ("Thứ Năm, ngày 11 tháng 12 năm 2025", "2025-12-11"),
            ("11 Disember 2025", "2025-12-11"),
            ("le 1er décembre 2025", "2025-12-01"),
            ("December 11, 2025", "2025-12-11"),
            ("11 de diciembre de 2025", "2025-12-11"),
            ("14-8-2026 | 07:15", "2026-08-14"),
            ("11 ธันวาคม 2568", "2025-12-11"),
            ("١١/١٢/٢٠٢٥", "2025-12-11"),
            ("11 ديسمبر 2025", "2025-12-11"),
            ("1 Mac 2026", "2026-03-01"),
            ("5 Ogos 2025 | 9:05 AM", "2025-08-05"),
        ];
        for (line, want) in table {
            assert_eq!(find(line).map(|dated| dated.day).as_deref(), Some(want), "{line}");
        }
    }

    #[test]
    fn what_cannot_be_a_day_is_none() {
        for line in ["12/31/2025", "31/2/2025", "Năm 2025", "tỷ số 3-2", "0/1/2025", "post929488"] {
            assert_eq!(find(line), None, "{line}");
        }
    }

    #[test]
    fn the_rest_of_the_line_is_told() {
        let dated = find("Báo Nhân dân 14:30 11/12/2025 (GMT+7)").expect("a day");

        assert_eq!(dated.before.trim(), "Báo Nhân dân");
        for weekday in ["Thứ Bảy, ngày", "Suara Pesisir Kamis,", "Suara Pesisir | Thursday,", "Khamis"] {
            let dated = find(&format!("{weekday} 11/12/2025")).expect("a day");
            let before = dated.before.trim().trim_end_matches([' ', '|']);
            assert!(before.is_empty() || before == "Suara Pesisir", "{before}");
        }
    }
}
