//! Times as a person types them, in the zones they know; and when a job may go out.

use domain::{
    ids::ArticleId,
    when::{self, Meant},
};
use jiff::{
    Timestamp, Zoned,
    tz::{TimeZone, TimeZoneDatabase},
};
use store::{Connection, outbox, portals};

use crate::{
    Desk, Error, Result,
    window::{TimeMeant, TimeRead, TimeTyped},
};

/// How far our clock may be ahead of a portal's that was never asked (ms).
const UNKNOWN: i64 = 24 * 60 * 60 * 1000;

/// What people call a place whose zone has another name.
const PLACES: [(&str, &str); 15] = [
    ("viet nam", "Asia/Ho_Chi_Minh"),
    ("vietnam", "Asia/Ho_Chi_Minh"),
    ("ha noi", "Asia/Ho_Chi_Minh"),
    ("hanoi", "Asia/Ho_Chi_Minh"),
    ("sai gon", "Asia/Ho_Chi_Minh"),
    ("tp hcm", "Asia/Ho_Chi_Minh"),
    ("beijing", "Asia/Shanghai"),
    ("bac kinh", "Asia/Shanghai"),
    ("delhi", "Asia/Kolkata"),
    ("geneva", "Europe/Zurich"),
    ("matxcova", "Europe/Moscow"),
    ("washington", "America/New_York"),
    ("san francisco", "America/Los_Angeles"),
    ("da nang", "Asia/Ho_Chi_Minh"),
    ("gmt", "UTC"),
];

impl Desk {
    /// Says what a time means that somebody types now.
    #[must_use]
    pub fn read_time(&self, typed: &TimeTyped) -> TimeRead {
        read(typed, Timestamp::from_millisecond(self.now()).unwrap_or_default())
    }
}

fn read(typed: &TimeTyped, now: Timestamp) -> TimeRead {
    if typed.text.trim().is_empty() {
        return TimeRead::Empty;
    }
    let home = zone_named(&typed.zone).unwrap_or_else(TimeZone::system);
    let shown = |time: &Zoned| TimeMeant {
        at: time.timestamp().as_millisecond(),
        zone: time.time_zone().iana_name().unwrap_or_default().to_owned(),
        stored: when::as_stored(time),
        is_past: time.timestamp() <= now,
    };
    match when::read(&typed.text, now, &home, &zone_of) {
        None => TimeRead::NotATime,
        Some(Meant::At(time)) => TimeRead::Time { time: shown(&time) },
        Some(Meant::Skipped { earlier, later }) => {
            TimeRead::Skipped { earlier: shown(&earlier), later: shown(&later) }
        }
        Some(Meant::Twice { first, second }) => {
            TimeRead::Twice { first: shown(&first), second: shown(&second) }
        }
    }
}

/// Returns a zone by its IANA name. The system's list may lack old names, or be missing: ours has them all.
fn zone_named(name: &str) -> Option<TimeZone> {
    let ours = || TimeZoneDatabase::bundled().get(name).ok();
    (!name.is_empty()).then(|| jiff::tz::db().get(name).ok().or_else(ours)).flatten()
}

/// Returns a zone by the words people use: a place, the last part of a name (“new york”), a name.
fn zone_of(words: &str) -> Option<TimeZone> {
    if let Some((_, name)) = PLACES.iter().find(|(place, _)| *place == words) {
        return zone_named(name);
    }
    let database = TimeZoneDatabase::bundled();
    let is_called = |name: &str| {
        let place = name.rsplit_once('/').filter(|(region, _)| *region != "Etc");
        place.is_some_and(|(_, place)| place.replace('_', " ").eq_ignore_ascii_case(words))
    };
    let city = database.available().find(|name| is_called(name.as_str()));
    city.and_then(|name| zone_named(name.as_str())).or_else(|| zone_named(&words.replace(' ', "_")))
}

/// Says whether a time can be stored: one there is, in a zone there is.
pub(crate) fn is_stored(text: &str) -> bool {
    when::stored(text).is_some_and(|(_, zone)| zone.is_empty() || zone_named(zone).is_some())
}

/// Times of a job, in Unix milliseconds by the portal's clock.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Times {
    /// The later of schedule and embargo; `None` where both are past.
    pub not_before: Option<i64>,
    /// The zone that time was typed in.
    pub zone: String,
    /// The latest embargo that is to come, as stored.
    pub embargo: String,
}

/// What is not after this (Unix ms) is past, and so is none. Where it is not sure, nothing is: the portal's clock decides
/// once it is asked.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Past(pub i64);

impl Past {
    /// Returns what is past on a portal: our clock may be fast, and nothing goes out early for that.
    pub fn on(conn: &Connection, portal: &str, now: i64) -> Result<Self> {
        let behind = portals::clock_ahead(conn, portal)?.map_or(-UNKNOWN, |ahead| ahead.min(0));
        Ok(Self(now.saturating_add(behind)))
    }
}

impl Times {
    /// Returns when something goes out that is scheduled so (as stored), under these embargoes.
    pub fn of(schedule: &str, embargoes: &[String], past: Past) -> Self {
        let latest = embargoes.iter().filter_map(|one| Some((millis_of(one)?, one))).max();
        let embargo = latest.filter(|(at, _)| *at > past.0);
        let scheduled = millis_of(schedule).filter(|at| *at > past.0);
        let not_before = scheduled.max(embargo.map(|(at, _)| at));
        let of_embargo = embargo.filter(|(at, _)| Some(*at) == not_before).map(|(_, stored)| stored.as_str());
        let typed = not_before.and_then(|_| when::stored(of_embargo.unwrap_or(schedule)));
        Self {
            not_before,
            zone: typed.map(|(_, zone)| zone.to_owned()).unwrap_or_default(),
            embargo: embargo.map(|(_, stored)| stored.clone()).unwrap_or_default(),
        }
    }

    /// Returns when an article may go out whatever is scheduled.
    pub fn of_embargoes(conn: &Connection, article: ArticleId, past: Past) -> Result<Self> {
        Ok(Self::of("", &outbox::embargoes(conn, article)?, past))
    }
}

pub(crate) fn millis_of(stored: &str) -> Option<i64> {
    when::stored(stored).map(|(at, _)| at.as_millisecond())
}

/// Refuses what is no stored time; empty is none.
pub(crate) fn refuse_no_time(field: &str, given: &str) -> Result<()> {
    if given.is_empty() || is_stored(given) {
        return Ok(());
    }
    let why = "a time is written like 2026-11-23T18:00:00+07:00";
    Err(Error::Field { field: field.to_owned(), given: format!("“{given}”"), why })
}

#[cfg(test)]
mod tests {
    use super::*;

    const SIX: &str = "2026-11-25T11:00:00Z[Asia/Ho_Chi_Minh]";
    const SEVEN: &str = "2026-11-25T12:00:00Z[Europe/Berlin]";

    fn at(time: &str) -> i64 {
        millis_of(time).expect("a time")
    }

    #[test]
    fn the_later_of_schedule_and_embargo_counts_with_the_zone_it_was_typed_in() {
        let times = |schedule: &str, embargo: &[&str], now: &str| {
            let embargoes: Vec<String> = embargo.iter().map(|one| (*one).to_owned()).collect();
            let Times { not_before, zone, embargo } = Times::of(schedule, &embargoes, Past(at(now)));
            (not_before, zone, embargo)
        };
        let (noon, late) = ("2026-11-25T05:00:00Z", "2026-11-25T11:30:00Z");

        assert_eq!(times("", &[], noon), (None, String::new(), String::new()));
        assert_eq!(times(SIX, &[], noon), (Some(at(SIX)), "Asia/Ho_Chi_Minh".into(), String::new()));
        assert_eq!(times(SIX, &[SEVEN], noon), (Some(at(SEVEN)), "Europe/Berlin".into(), SEVEN.into()));
        assert_eq!(times(SEVEN, &[SIX], noon), (Some(at(SEVEN)), "Europe/Berlin".into(), SIX.into()));
        assert_eq!(times("", &[SIX, SEVEN], noon), (Some(at(SEVEN)), "Europe/Berlin".into(), SEVEN.into()));
        assert_eq!(times("", &[SIX], late), (None, String::new(), String::new()), "a past one is none");
        assert_eq!(times(SEVEN, &[SIX], late), (Some(at(SEVEN)), "Europe/Berlin".into(), String::new()));
    }

    #[test]
    fn a_zone_is_found_by_what_people_call_it() {
        let table = [
            ("berlin", "Europe/Berlin"),
            ("new york", "America/New_York"),
            ("ho chi minh", "Asia/Ho_Chi_Minh"),
            ("ha noi", "Asia/Ho_Chi_Minh"),
            ("europe/berlin", "Europe/Berlin"),
            ("utc", "UTC"),
            ("gmt", "UTC"),
        ];
        for (words, want) in table {
            let zone = zone_of(words).unwrap_or_else(|| panic!("{words}"));
            assert_eq!(zone.iana_name(), Some(want), "{words}");
        }
        assert_eq!(zone_of("nowhere at all"), None);
    }

    #[test]
    fn every_place_is_in_a_zone_there_is() {
        for (place, name) in PLACES {
            assert!(zone_named(name).is_some(), "{place}");
        }
        assert!(zone_named("Asia/Saigon").is_some(), "as web views call it");
    }

    #[test]
    fn what_is_typed_is_read_in_the_newsrooms_zone() {
        let now = "2026-11-25T05:00:00Z".parse().expect("a time");
        let typed = |text: &str| TimeTyped { text: text.into(), zone: "Asia/Saigon".into() };

        let TimeRead::Time { time } = read(&typed("18h"), now) else { panic!("a time") };
        assert_eq!((time.at, time.is_past), (at(SIX), false));
        let TimeRead::Time { time } = read(&typed("13:00 Berlin"), now) else { panic!("a time") };
        assert_eq!(time.stored, SEVEN);
        assert!(matches!(read(&typed("2:30 28/3/2027 Berlin"), now), TimeRead::Skipped { .. }));
        assert!(matches!(read(&typed("2:30 31/10/2027 Berlin"), now), TimeRead::Twice { .. }));
        assert_eq!(read(&typed("bao giờ xong"), now), TimeRead::NotATime);
        assert_eq!(read(&typed("  "), now), TimeRead::Empty);
    }

    #[test]
    fn only_a_time_in_a_zone_there_is_can_be_stored() {
        for (text, want) in [
            (SIX, true),
            ("2026-11-25T18:00:00+07:00", true),
            ("mai", false),
            ("2026-11-25T11:00:00Z[Nowhere]", false),
        ] {
            assert_eq!(is_stored(text), want, "{text}");
        }
    }
}
