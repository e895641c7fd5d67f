//! Times as people type them: `18:00`, `18h30`, `mai 6:00`, `25/11 18:00`, `18:00 Berlin`. The clock and the zones are
//! arguments.
//!
//! Where the clocks are put forward a time may not exist, where they are put back it comes twice: both are told, and
//! nothing is guessed.

mod said;
#[cfg(test)]
mod tests;

use jiff::{
    Timestamp, Zoned,
    civil::DateTime,
    tz::{AmbiguousOffset, TimeZone},
};

use said::Said;

/// What a person may have meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Meant {
    At(Zoned),
    /// The clocks go forward over it: there is no such time that day. As far before, and after, as it lies in the gap.
    Skipped {
        earlier: Zoned,
        later: Zoned,
    },
    /// The clocks go back over it: it comes twice that day.
    Twice {
        first: Zoned,
        second: Zoned,
    },
}

/// So many words at the end may name a place: “Ho Chi Minh time”.
const MOST_OF_A_ZONE: usize = 4;

/// Reads a time. `home` is the zone it is meant in where it names none; `zone_of` knows zones by the words people use,
/// lower case and without diacritics. `None`: it is not a time.
#[must_use]
pub fn read(
    text: &str,
    now: Timestamp,
    home: &TimeZone,
    zone_of: &dyn Fn(&str) -> Option<TimeZone>,
) -> Option<Meant> {
    if let Some((at, zone)) = stored(text) {
        let zone = if zone.is_empty() { Some(home.clone()) } else { zone_of(&folded(zone)) };
        return zone.map(|zone| Meant::At(at.to_zoned(zone)));
    }
    let words: Vec<String> = crate::article::normalised(text)
        .to_lowercase()
        .split(|c: char| c.is_whitespace() || c == ',')
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect();
    let most = words.len().min(MOST_OF_A_ZONE);
    (0..=most).find_map(|of_zone| {
        let (time, place) = words.split_at(words.len() - of_zone);
        let zone = if place.is_empty() { home.clone() } else { zone_of(&place_named(place))? };
        Said::of(time)?.in_zone(now, &zone)
    })
}

/// Returns the time and the zone (IANA name, empty where there is none) of a stored time: RFC 3339, and the zone it was
/// typed in behind it as RFC 9557 has it, `2026-11-25T11:00:00Z[Asia/Ho_Chi_Minh]`.
#[must_use]
pub fn stored(text: &str) -> Option<(Timestamp, &str)> {
    let (time, zone) = text.trim().split_once('[').unwrap_or((text.trim(), ""));
    Some((time.parse().ok()?, zone.trim_end_matches(']')))
}

/// Returns a time as it is stored: in UTC, with the zone it was typed in.
#[must_use]
pub fn as_stored(time: &Zoned) -> String {
    let at = time.timestamp();
    time.time_zone().iana_name().map_or_else(|| at.to_string(), |zone| format!("{at}[{zone}]"))
}

/// Returns words as zones are known by: lower case, without diacritics.
#[must_use]
pub fn folded(words: &str) -> String {
    use unicode_normalization::UnicodeNormalization as _;
    let plain = words.nfd().filter(|c| !unicode_normalization::char::is_combining_mark(*c));
    plain.flat_map(char::to_lowercase).map(|c| if c == 'đ' { 'd' } else { c }).collect()
}

/// `giờ Berlin`, `Berlin time`: only the place counts.
fn place_named(words: &[String]) -> String {
    let words: Vec<String> = words.iter().map(|word| folded(word)).collect();
    let words = words.strip_prefix(&["gio".to_owned()]).unwrap_or(&words);
    let words = words.strip_suffix(&["time".to_owned()]).unwrap_or(words);
    words.join(" ").trim_matches(|c| "()[]".contains(c)).to_owned()
}

/// Says what a clock on the wall means in a zone.
fn meant(wall: DateTime, zone: &TimeZone) -> Option<Meant> {
    let ambiguous = zone.to_ambiguous_zoned(wall);
    let offset = ambiguous.offset();
    let (earlier, later) = (ambiguous.clone().earlier().ok()?, ambiguous.later().ok()?);
    Some(match offset {
        AmbiguousOffset::Unambiguous { .. } => Meant::At(earlier),
        AmbiguousOffset::Gap { .. } => Meant::Skipped { earlier, later },
        AmbiguousOffset::Fold { .. } => Meant::Twice { first: earlier, second: later },
    })
}

impl Meant {
    /// Returns the latest time it may be.
    fn latest(&self) -> &Zoned {
        match self {
            Self::At(time) => time,
            Self::Skipped { later, .. } => later,
            Self::Twice { second, .. } => second,
        }
    }
}
